//! Chunk tables: what it costs to write a chunk of Latin letters as a chunk of another script, and the
//! cheapest way to cut two words into such pairs.
//!
//! A table file is text. First line: `# script Hant theta 1.25 …`, see [`Table::parse`]. Then one line for each
//! chunk of the other script: the chunk, a tab, and the Latin chunks that it may stand for, each with its cost
//! in eighths, separated by spaces: `нг<TAB>ng3 ing5`. `-` is the empty chunk, `^` and `$` are the ends of the word.

use super::cells::{self, Spread};
use super::pairs::{ABSENT, Pairs};
use super::readings::{LONGEST, Script, UNITS, Unit};

/// Cost of a unit dropped that the table does not know, in eighths.
const GAP: i16 = 36;

/// Cost of one unit for one unit that the table does not know together, in eighths.
const STRANGE: i8 = 48;

/// No such chunk.
pub(super) const NONE: u16 = u16::MAX;

/// Bits that hold a unit; a key of four units has one more.
const BITS: u32 = 7;

/// The longest chunk on either side.
pub(super) const LONGEST_CHUNK: usize = 4;

/// A learned table.
#[derive(Debug)]
pub struct Table {
    /// The script of the second side; the first is Latin.
    pub script: Script,
    weights: Weights,
    pub(super) left: Chunks,
    pub(super) right: Chunks,
    pairs: Pairs,
    /// The same costs, in the order in which the cells are filled.
    pub(super) spread: Spread,
    pub(super) left_gaps: [i16; UNITS],
    pub(super) right_gaps: [i16; UNITS],
    /// The costs of one unit for one unit, which every cell asks for: they stay in the nearest cache.
    pub(super) single: Vec<i8>,
}

/// How a margin is made of an alignment whose readings have the mean length L:
/// `theta - mean * cost / L - worst * dearest chunk + length * ln L`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Where the two sides of the cut meet.
    pub theta: f64,
    /// Weight of the cost for each unit.
    pub mean: f64,
    /// Weight of the dearest chunk.
    pub worst: f64,
    /// Weight of the logarithm of the mean length.
    pub length: f64,
}

/// One step of an alignment: chunks as places in the two readings, and the cost in eighths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// First unit on the left and one past the last.
    pub left: (usize, usize),
    /// First unit on the right and one past the last.
    pub right: (usize, usize),
    /// In eighths.
    pub cost: i16,
}

pub use super::cells::Scratch;

impl Table {
    /// Reads a table. `None` where the text is not one.
    pub fn parse(script: Script, text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let weights = Weights::parse(lines.next()?)?;
        let (mut left, mut right) = (Chunks::default(), Chunks::default());
        let mut entries = Vec::new();
        for line in lines {
            let (chunk, others) = line.split_once('\t')?;
            let right_key = packed(script, chunk)?;
            let right_place = right.add(right_key);
            for entry in others.split(' ') {
                // `-` is the empty chunk in front, a sign behind: `-12`, `--3`, `ng-3`.
                let figures = entry.find(|character: char| character.is_ascii_digit())?;
                let sign = usize::from(figures > 1 && entry.get(..figures)?.ends_with('-'));
                let (letters, cost) =
                    (entry.get(..figures - sign)?, entry.get(figures - sign..)?.parse().ok()?);
                entries.push((left.add(packed(Script::Latin, letters)?), right_place, cost));
            }
        }
        let mut pairs = Pairs::new(entries.len());
        for &(row, column, cost) in &entries {
            pairs.add(row, column, cost);
        }
        // Any unit may stand for any other, at a price.
        let mut single = vec![ABSENT; UNITS * UNITS];
        for x in units(Script::Latin) {
            for y in units(script) {
                let (row, column) = (left.find(key(&[x])), right.find(key(&[y])));
                let known = row != NONE && column != NONE;
                let cost = if known {
                    pairs.cost(row, column, Pairs::left(row) ^ Pairs::right(column))
                } else {
                    ABSENT
                };
                single[usize::from(x) * UNITS + usize::from(y)] = if cost == ABSENT { STRANGE } else { cost };
            }
        }
        let gaps = [GAP; UNITS];
        let spread = Spread::new(&left, &right, &entries);
        let mut table =
            Self { script, weights, left, right, pairs, spread, left_gaps: gaps, right_gaps: gaps, single };
        for unit in 0..UNITS as Unit {
            if let Some(cost) = table.look_up(&[unit], &[]) {
                table.left_gaps[usize::from(unit)] = cost;
            }
            if let Some(cost) = table.look_up(&[], &[unit]) {
                table.right_gaps[usize::from(unit)] = cost;
            }
        }
        Some(table)
    }

    /// How many costs the table holds, those of any unit for any other not counted.
    pub fn len(&self) -> usize {
        self.pairs.count_but(STRANGE)
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cost of a pair of chunks that the table lists, in eighths.
    pub fn look_up(&self, left: &[Unit], right: &[Unit]) -> Option<i16> {
        let cost = if let (&[x], &[y]) = (left, right) {
            self.single[usize::from(x) * UNITS + usize::from(y)]
        } else {
            let (row, column) = (self.left.find(key(left)), self.right.find(key(right)));
            if row == NONE || column == NONE {
                return None;
            }
            self.pairs.cost(row, column, Pairs::left(row) ^ Pairs::right(column))
        };
        (cost != ABSENT).then_some(i16::from(cost))
    }

    /// How far two readings are on the right side of the cut: above 0 they are renderings of one name. `left` is
    /// Latin.
    pub fn margin(&self, left: &[Unit], right: &[Unit], scratch: &mut Scratch) -> f64 {
        let (cost, worst) = cells::fill(self, left, right, scratch);
        self.weights.margin(f64::from(cost) / 8.0, f64::from(worst) / 8.0, left.len() + right.len())
    }

    /// The cheapest way to cut both readings, and the margin.
    pub fn align(&self, left: &[Unit], right: &[Unit], scratch: &mut Scratch) -> (f64, Vec<Step>) {
        let (cost, worst) = cells::fill(self, left, right, scratch);
        let path = self.path(left, right, scratch);
        (self.weights.margin(f64::from(cost) / 8.0, f64::from(worst) / 8.0, left.len() + right.len()), path)
    }

    /// The steps of a filled table, first to last. Of equal ways the one with the shortest chunks at the end.
    fn path(&self, left: &[Unit], right: &[Unit], scratch: &Scratch) -> Vec<Step> {
        let (n, m) = (left.len().min(LONGEST), right.len().min(LONGEST));
        let cell = |i: usize, j: usize| scratch.cell(i * (m + 1) + j);
        let mut steps = Vec::new();
        let (mut i, mut j) = (n, m);
        while i > 0 || j > 0 {
            let mut found = None;
            'search: for down in 0..=LONGEST_CHUNK.min(i) {
                for across in 0..=LONGEST_CHUNK.min(j) {
                    let cost = match (down, across) {
                        (0, 0) => continue,
                        (1, 0) => Some(self.left_gaps[usize::from(left[i - 1])]),
                        (0, 1) => Some(self.right_gaps[usize::from(right[j - 1])]),
                        (0, _) | (_, 0) => None,
                        _ => self.look_up(&left[i - down..i], &right[j - across..j]),
                    };
                    if let Some(cost) = cost
                        && cell(i - down, j - across) + cost == cell(i, j)
                    {
                        found = Some((down, across, cost));
                        break 'search;
                    }
                }
            }
            let Some((down, across, cost)) = found else { break };
            steps.push(Step { left: (i - down, i), right: (j - across, j), cost });
            i -= down;
            j -= across;
        }
        steps.reverse();
        steps
    }
}

impl Weights {
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("# ")?.split(' ');
        let mut weights = Self { theta: 0.0, mean: 1.0, worst: 0.0, length: 0.0 };
        while let Some(word) = words.next() {
            let place = match word {
                "theta" => &mut weights.theta,
                "mean" => &mut weights.mean,
                "worst" => &mut weights.worst,
                "length" => &mut weights.length,
                _ => continue,
            };
            *place = words.next()?.parse().ok()?;
        }
        Some(weights)
    }

    /// The margin of an alignment whose readings have so many units together.
    pub fn margin(&self, cost: f64, worst: f64, units: usize) -> f64 {
        let length = units as f64 / 2.0;
        self.theta - self.mean * cost / length - self.worst * worst + self.length * length.ln()
    }
}

/// The chunks of one side, numbered.
#[derive(Debug)]
pub(super) struct Chunks {
    /// Open addressing; a key is never 0, for the empty chunk is 1.
    slots: Vec<(u32, u16)>,
    count: usize,
    /// The numbers of chunks of one unit.
    ones: [u16; UNITS],
    /// A bit for two units: whether a chunk ends with them, of two units and of more.
    twos: Vec<u64>,
    longer: Vec<u64>,
}

impl Default for Chunks {
    fn default() -> Self {
        let bits = vec![0; 1 << (2 * BITS - 6)];
        let (twos, longer) = (bits.clone(), bits);
        Self { slots: vec![(0, NONE); 1024], count: 0, ones: [NONE; UNITS], twos, longer }
    }
}

impl Chunks {
    fn slot(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(0x9E37_79B1) >> 12) as usize & mask;
        while self.slots[at].0 != key && self.slots[at].0 != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    fn add(&mut self, key: u32) -> u16 {
        let at = self.slot(key);
        if self.slots[at].0 == key {
            return self.slots[at].1;
        }
        let place = self.count as u16;
        self.slots[at] = (key, place);
        self.count += 1;
        let last_two = key as usize & ((1 << (2 * BITS)) - 1);
        match length(key) {
            0 => {}
            1 => self.ones[key as usize & (UNITS - 1)] = place,
            2 => self.twos[last_two >> 6] |= 1 << (last_two & 63),
            _ => self.longer[last_two >> 6] |= 1 << (last_two & 63),
        }
        if self.count * 3 > self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, NONE); old.len() * 2];
            for (key, place) in old.into_iter().filter(|&(key, _)| key != 0) {
                let at = self.slot(key);
                self.slots[at] = (key, place);
            }
        }
        place
    }

    fn find(&self, key: u32) -> u16 {
        self.slots[self.slot(key)].1
    }

    /// How many chunks there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Of each chunk its number and its key.
    pub(super) fn all(&self) -> impl Iterator<Item = (u16, u32)> {
        self.slots.iter().filter(|slot| slot.0 != 0).map(|&(key, place)| (place, key))
    }

    /// The numbers of the chunks that end with a unit, by length less one, for each unit.
    pub(super) fn places(&self, units: &[Unit], out: &mut Vec<[u16; LONGEST_CHUNK]>) {
        out.clear();
        let mut bits = 0u32;
        for (before, &unit) in units.iter().enumerate() {
            // The last four units, the newest lowest.
            bits = bits << BITS | u32::from(unit);
            let mut places = [self.ones[usize::from(unit) & (UNITS - 1)], NONE, NONE, NONE];
            let of_last = |length: u32| bits & ((1 << (length * BITS)) - 1) | 1 << (length * BITS);
            if before > 0 {
                let last_two = bits as usize & ((1 << (2 * BITS)) - 1);
                let is_set = |set: &[u64]| set[last_two >> 6] & (1 << (last_two & 63)) != 0;
                if is_set(&self.twos) {
                    places[1] = self.find(of_last(2));
                }
                if before > 1 && is_set(&self.longer) {
                    places[2] = self.find(of_last(3));
                    if before > 2 {
                        places[3] = self.find(of_last(4));
                    }
                }
            }
            out.push(places);
        }
    }
}

/// How many units a key has.
pub(super) fn length(key: u32) -> u32 {
    key.checked_ilog2().map_or(0, |log| log / BITS)
}

/// The last unit of a key.
pub(super) fn last(key: u32) -> Unit {
    (key & (UNITS as u32 - 1)) as Unit
}

/// The units of a script.
fn units(script: Script) -> impl Iterator<Item = Unit> {
    (0..UNITS as Unit).take_while(move |&unit| !script.unit_name(unit).is_empty())
}

/// Up to four units in one number; a leading one tells the length.
fn key(units: &[Unit]) -> u32 {
    units.iter().fold(1, |bits, &unit| bits << BITS | u32::from(unit))
}

/// The key of a chunk as a table file writes it.
fn packed(script: Script, chunk: &str) -> Option<u32> {
    if chunk == "-" {
        return Some(1);
    }
    let mut units = Vec::with_capacity(LONGEST_CHUNK);
    if script == Script::Han {
        for name in chunk.split(' ') {
            units.push(script.unit(name)?);
        }
    } else {
        let mut buffer = [0; 4];
        for letter in chunk.chars() {
            units.push(script.unit(letter.encode_utf8(&mut buffer))?);
        }
    }
    (units.len() <= LONGEST_CHUNK).then(|| key(&units))
}
