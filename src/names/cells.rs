//! The dynamic programme over two readings: the cheapest way to cut both into pairs of chunks.
//!
//! Of the chunks of a word few go together with those of the other, so that a table is asked in the order of its own
//! lists: what a chunk of several Latin letters may stand for, and where that ends in the other word.

use super::chunks::{Chunks, LONGEST_CHUNK, NONE, Table, last, length};
use super::pairs::ABSENT;
use super::readings::{LONGEST, UNITS, Unit};

/// The costs of a table once more, by the left chunk.
#[derive(Debug)]
pub(super) struct Spread {
    /// Where the entries of each left chunk begin; those of one unit have none.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    /// What one left unit costs for a right chunk: the chunks of a unit lie together.
    ones: Vec<i8>,
    /// How many right chunks there are.
    width: usize,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    column: u16,
    /// Units of the column.
    length: u8,
    cost: i8,
}

impl Spread {
    /// Of costs that are listed as left chunk, right chunk and cost.
    pub(super) fn new(left: &Chunks, right: &Chunks, listed: &[(u16, u16, i8)]) -> Self {
        let keys = |chunks: &Chunks| {
            let mut keys = vec![1; chunks.len()];
            for (place, key) in chunks.all() {
                keys[usize::from(place)] = key;
            }
            keys
        };
        let (left_keys, right_keys) = (keys(left), keys(right));
        let width = right.len();
        let mut ones = vec![ABSENT; UNITS * width];
        let mut of_row: Vec<Vec<Entry>> = vec![Vec::new(); left.len()];
        for &(row, column, cost) in listed {
            let (x, y) = (left_keys[usize::from(row)], right_keys[usize::from(column)]);
            match (length(x), length(y)) {
                (0, _) | (_, 0) => {}
                (1, _) => ones[usize::from(last(x)) * width + usize::from(column)] = cost,
                (_, long) => of_row[usize::from(row)].push(Entry { column, length: long as u8, cost }),
            }
        }
        let mut starts = vec![0];
        let mut entries = Vec::new();
        for row in of_row {
            entries.extend(row);
            starts.push(entries.len() as u32);
        }
        Self { starts, entries, ones, width }
    }

    fn of(&self, row: u16) -> &[Entry] {
        let row = usize::from(row);
        &self.entries[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    fn of_unit(&self, unit: Unit) -> &[i8] {
        &self.ones[usize::from(unit) * self.width..][..self.width]
    }
}

/// Scratch space, so that comparing many words allocates once.
#[derive(Debug, Default)]
pub struct Scratch {
    cells: Vec<i16>,
    /// The dearest chunk on the cheapest way to each cell.
    worst: Vec<i16>,
    /// The best way to each cell of the row that is being filled.
    row: Vec<Way>,
    left: Vec<[u16; LONGEST_CHUNK]>,
    right: Vec<[u16; LONGEST_CHUNK]>,
    /// The right chunks of several units that are in the word: number, end, units.
    long: Vec<(u16, u8, u8)>,
    /// For each right chunk the places where it ends, a bit each; 0 for all when nothing is being compared.
    ends: Vec<u64>,
}

impl Scratch {
    /// The cost of a cell that was filled.
    pub(super) fn cell(&self, place: usize) -> i16 {
        self.cells[place]
    }
}

/// A way to a cell as one number, the better the less: the cost, its rank among ways of one cost, the cell it
/// comes from, the cost of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way(i64);

impl Way {
    /// Ranks: a unit left out on the left, on the right, a unit for a unit, then pairs of chunks, the shorter on
    /// the right before the longer, and so on the left.
    const ABOVE: i64 = 0;
    const BEFORE: i64 = 1;
    const SINGLE: i64 = 2;

    fn new(cells: &[i16], from: usize, step: i16, rank: i64) -> Self {
        let cost = i64::from(cells[from]) + i64::from(step);
        Self(cost << 40 | rank << 32 | (from as i64) << 16 | i64::from(step as u16))
    }

    fn pair(cells: &[i16], from: usize, step: i8, down: usize, across: usize) -> Self {
        Self::new(cells, from, i16::from(step), (3 + (across - 1) * LONGEST_CHUNK + down - 1) as i64)
    }

    fn cost(self) -> i16 {
        (self.0 >> 40) as i16
    }

    fn from(self) -> usize {
        (self.0 >> 16 & 0xFFFF) as usize
    }

    fn step(self) -> i16 {
        self.0 as i16
    }
}

/// Fills the cells: the least cost of aligning the first i units with the first j. Returns that of all, and the
/// dearest chunk on the way.
pub(super) fn fill(table: &Table, left: &[Unit], right: &[Unit], scratch: &mut Scratch) -> (i16, i16) {
    let left = left.get(..LONGEST).unwrap_or(left);
    let right = right.get(..LONGEST).unwrap_or(right);
    let (n, m) = (left.len(), right.len());
    let width = m + 1;
    let Scratch { cells, worst, row, left: rows, right: columns, long, ends } = scratch;
    table.left.places(left, rows);
    table.right.places(right, columns);
    if ends.len() < table.right.len() {
        ends.resize(table.right.len(), 0);
    }
    long.clear();
    for (place, of_end) in columns.iter().enumerate() {
        for (back, &column) in of_end.iter().enumerate() {
            if column != NONE {
                ends[usize::from(column)] |= 1 << place;
                if back > 0 {
                    long.push((column, place as u8 + 1, back as u8 + 1));
                }
            }
        }
    }
    cells.clear();
    cells.resize((n + 1) * width, 0);
    worst.clear();
    worst.resize((n + 1) * width, 0);
    row.clear();
    row.resize(width, Way(0));
    for j in 1..=m {
        let gap = table.right_gaps[usize::from(right[j - 1])];
        cells[j] = cells[j - 1] + gap;
        worst[j] = worst[j - 1].max(gap);
    }
    for i in 1..=n {
        let unit = left[i - 1];
        let gap = table.left_gaps[usize::from(unit)];
        let (above, here) = ((i - 1) * width, i * width);
        row[0] = Way::new(cells, above, gap, Way::ABOVE);
        let single = &table.single[usize::from(unit) * UNITS..][..UNITS];
        for (j, (&other, way)) in right.iter().zip(&mut row[1..]).enumerate() {
            let cost = i16::from(single[usize::from(other)]);
            *way = Way::new(cells, above + j + 1, gap, Way::ABOVE);
            if cost != i16::from(ABSENT) {
                *way = (*way).min(Way::new(cells, above + j, cost, Way::SINGLE));
            }
        }
        let ones = table.spread.of_unit(unit);
        for &(column, end, length) in &*long {
            let cost = ones[usize::from(column)];
            if cost != ABSENT {
                let (end, length) = (usize::from(end), usize::from(length));
                row[end] = row[end].min(Way::pair(cells, above + end - length, cost, 1, length));
            }
        }
        for (back, &chunk) in rows[i - 1].iter().enumerate().skip(1) {
            if chunk == NONE {
                continue;
            }
            let start = (i - back - 1) * width;
            for entry in table.spread.of(chunk) {
                let mut places = ends[usize::from(entry.column)];
                while places != 0 {
                    let end = places.trailing_zeros() as usize + 1;
                    places &= places - 1;
                    let length = usize::from(entry.length);
                    let way = Way::pair(cells, start + end - length, entry.cost, back + 1, length);
                    row[end] = row[end].min(way);
                }
            }
        }
        cells[here] = row[0].cost();
        worst[here] = worst[above].max(gap);
        for j in 1..=m {
            let skipped = table.right_gaps[usize::from(right[j - 1])];
            let way = row[j].min(Way::new(cells, here + j - 1, skipped, Way::BEFORE));
            cells[here + j] = way.cost();
            worst[here + j] = worst[way.from()].max(way.step());
        }
    }
    for &column in columns.iter().flatten().filter(|&&column| column != NONE) {
        ends[usize::from(column)] = 0;
    }
    (cells[n * width + m], worst[n * width + m])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::readings::{Script, read};
    use crate::names::tables::tables;

    /// The same by asking the table for every pair of chunks that ends at every cell.
    fn plainly(table: &Table, left: &[Unit], right: &[Unit]) -> (i16, i16) {
        let (n, m) = (left.len(), right.len());
        let mut cells = vec![vec![(0i16, 0i16); m + 1]; n + 1];
        for i in 0..=n {
            for j in 0..=m {
                let mut best: Option<(i16, i16)> = None;
                let mut offer = |(cost, worst): (i16, i16), step: i16| {
                    if best.is_none_or(|best| cost + step < best.0) {
                        best = Some((cost + step, worst.max(step)));
                    }
                };
                if i > 0 {
                    offer(cells[i - 1][j], table.left_gaps[usize::from(left[i - 1])]);
                }
                if j > 0 {
                    offer(cells[i][j - 1], table.right_gaps[usize::from(right[j - 1])]);
                }
                for across in 1..=LONGEST_CHUNK.min(j) {
                    for down in 1..=LONGEST_CHUNK.min(i) {
                        if let Some(cost) = table.look_up(&left[i - down..i], &right[j - across..j]) {
                            offer(cells[i - down][j - across], cost);
                        }
                    }
                }
                if i + j > 0 {
                    cells[i][j] = best.expect("a unit can be left out");
                }
            }
        }
        cells[n][m]
    }

    #[test]
    fn the_lists_find_what_asking_for_every_pair_finds() {
        const LATIN: [&str; 9] = [
            "schtschukin",
            "Overchuk",
            "Gonçalves",
            "al",
            "Nguyễn",
            "O",
            "Wright",
            "Krzysztof",
            "Øystein-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ];
        const OTHERS: [(Script, &[&str]); 7] = [
            (Script::Latin, &["Shchukin", "Szczukin", "x", "Gonzalez", "Wainwright"]),
            (Script::Cyrillic, &["Щукин", "Оверчуком", "Гонсалвес", "я", "Райтщщщщщ"]),
            (Script::Arabic, &["غونسالفيس", "أوفرتشوك", "عبدالرحمن", "و"]),
            (Script::Hebrew, &["צ'רני", "גונסאלבש", "שצ'וקין", "י"]),
            (Script::Kana, &["シチューキン", "ゴンサルヴェス", "ライト", "ん"]),
            (Script::Hangul, &["시추킨", "곤살베스", "라이트", "이"]),
            (Script::Han, &["休金", "贡萨尔维斯", "赖特", "李"]),
        ];
        let mut scratch = Scratch::default();
        for (script, words) in OTHERS {
            for table in tables(script) {
                for latin in LATIN {
                    for word in words {
                        let (left, right) = (read(Script::Latin, latin), read(script, word));
                        let found = fill(table, &left, &right, &mut scratch);
                        assert_eq!(found, plainly(table, &left, &right), "{latin} {word}");
                    }
                }
            }
        }
        assert!(scratch.ends.iter().all(|&places| places == 0));
    }
}
