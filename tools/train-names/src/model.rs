//! The costs while they are learned: one matrix of Latin chunks by chunks of the other script.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use recto::names::readings::{Script, Unit};

/// A fast hash for small whole numbers; nothing depends on the order it gives.
#[derive(Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }
    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    }
}

pub type Fast<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// As many as the matcher takes for a unit.
const BITS: u32 = 7;

pub type Key = u32;
pub const EMPTY: Key = 1;
pub const GAP: f32 = 4.5;
pub const STRANGE: f32 = 6.0;

pub fn key(units: &[Unit]) -> Key {
    units.iter().fold(1, |bits, &unit| bits << BITS | u32::from(unit))
}

pub fn length(key: Key) -> usize {
    (31 - key.leading_zeros()) as usize / BITS as usize
}

fn unpack(key: Key) -> Vec<Unit> {
    (0..length(key)).rev().map(|place| (key >> (BITS as usize * place) & 127) as Unit).collect()
}

pub fn chunk_name(script: Script, key: Key) -> String {
    if key == EMPTY {
        return "-".to_owned();
    }
    let names: Vec<String> = unpack(key).into_iter().map(|unit| script.unit_name(unit)).collect();
    names.join(if script == Script::Han { " " } else { "" })
}

/// Longest chunk on either side.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub left: usize,
    pub right: usize,
}

pub struct Model {
    pub script: Script,
    pub sizes: Sizes,
    /// Costs of (a, b) and (b, a) are one.
    pub symmetric: bool,
    left: Vec<Key>,
    right: Vec<Key>,
    left_places: Fast<Key, u32>,
    right_places: Fast<Key, u32>,
    pub costs: Vec<f32>,
}

/// A word with the places of its chunks: for each end and length less one, the row or column.
pub struct Word {
    pub units: Vec<Unit>,
    places: Vec<[u32; 4]>,
}

impl Word {
    pub fn len(&self) -> usize {
        self.units.len()
    }
}

const NONE: u32 = u32::MAX;

#[derive(Default)]
pub struct Scratch {
    cells: Vec<f32>,
    back: Vec<u8>,
}

impl Model {
    pub fn new(script: Script, sizes: Sizes, symmetric: bool, costs: &[(Key, Key, f64)]) -> Self {
        let mut left: BTreeSet<Key> = costs.iter().map(|&(x, _, _)| x).collect();
        let mut right: BTreeSet<Key> = costs.iter().map(|&(_, y, _)| y).collect();
        let units = |script: Script| (0..128).filter(move |&unit| !script.unit_name(unit).is_empty());
        left.extend(units(Script::Latin).map(|unit| key(&[unit])));
        right.extend(units(script).map(|unit| key(&[unit])));
        left.insert(EMPTY);
        right.insert(EMPTY);
        if symmetric {
            let all: BTreeSet<Key> = left.union(&right).copied().collect();
            (left, right) = (all.clone(), all);
        }
        let (left, right): (Vec<Key>, Vec<Key>) = (left.into_iter().collect(), right.into_iter().collect());
        let number = |keys: &[Key]| keys.iter().zip(0..).map(|(&key, place)| (key, place)).collect();
        let mut model = Self {
            script,
            sizes,
            symmetric,
            left_places: number(&left),
            right_places: number(&right),
            costs: vec![f32::INFINITY; left.len() * right.len()],
            left,
            right,
        };
        for (row, &x) in model.left.iter().enumerate() {
            for (column, &y) in model.right.iter().enumerate() {
                let default = match (length(x), length(y)) {
                    (1, 1) => STRANGE,
                    (1, 0) | (0, 1) => GAP,
                    _ => continue,
                };
                model.costs[row * model.right.len() + column] = default;
            }
        }
        for &(x, y, cost) in costs {
            let place = model.place(x, y);
            model.costs[place] = cost as f32;
        }
        model
    }

    fn place(&self, x: Key, y: Key) -> usize {
        self.left_places[&x] as usize * self.right.len() + self.right_places[&y] as usize
    }

    /// The place that holds the same cost the other way round.
    pub fn mirrored(&self, place: usize) -> usize {
        place % self.right.len() * self.right.len() + place / self.right.len()
    }

    pub fn left_word(&self, units: &[Unit]) -> Word {
        Self::word(units, &self.left_places, self.sizes.left)
    }

    pub fn right_word(&self, units: &[Unit]) -> Word {
        Self::word(units, &self.right_places, self.sizes.right)
    }

    fn word(units: &[Unit], known: &Fast<Key, u32>, longest: usize) -> Word {
        let places = (1..=units.len())
            .map(|end| {
                let mut places = [NONE; 4];
                for length in 1..=longest.min(end) {
                    if let Some(&place) = known.get(&key(&units[end - length..end])) {
                        places[length - 1] = place;
                    }
                }
                places
            })
            .collect();
        Word { units: units.to_vec(), places }
    }

    /// The least cost, and the places of the costs along the way.
    pub fn align(&self, a: &Word, b: &Word, path: &mut Vec<u32>, scratch: &mut Scratch) -> f32 {
        let (n, m) = (a.len(), b.len());
        let (width, columns) = (m + 1, self.right.len());
        let (no_row, no_column) = (self.left_places[&EMPTY] as usize, self.right_places[&EMPTY] as usize);
        scratch.cells.clear();
        scratch.cells.resize((n + 1) * width, f32::INFINITY);
        scratch.back.clear();
        scratch.back.resize((n + 1) * width, 0);
        scratch.cells[0] = 0.0;
        for i in 0..=n {
            for j in 0..=m {
                let (mut best, mut back) = (scratch.cells[i * width + j], 0);
                if i > 0 {
                    let row = a.places[i - 1][0] as usize * columns;
                    let cost = scratch.cells[(i - 1) * width + j] + self.costs[row + no_column];
                    if cost < best {
                        (best, back) = (cost, 0x10);
                    }
                }
                if j > 0 {
                    let column = b.places[j - 1][0] as usize;
                    let cost = scratch.cells[i * width + j - 1] + self.costs[no_row * columns + column];
                    if cost < best {
                        (best, back) = (cost, 0x01);
                    }
                }
                if i > 0 && j > 0 {
                    for dx in 1..=self.sizes.left.min(i) {
                        let row = a.places[i - 1][dx - 1];
                        if row == NONE {
                            continue;
                        }
                        for dy in 1..=self.sizes.right.min(j) {
                            let column = b.places[j - 1][dy - 1];
                            if column == NONE {
                                continue;
                            }
                            let cost = scratch.cells[(i - dx) * width + j - dy]
                                + self.costs[row as usize * columns + column as usize];
                            if cost < best {
                                (best, back) = (cost, (dx << 4 | dy) as u8);
                            }
                        }
                    }
                }
                scratch.cells[i * width + j] = best;
                scratch.back[i * width + j] = back;
            }
        }
        path.clear();
        let (mut i, mut j) = (n, m);
        while i > 0 || j > 0 {
            let back = scratch.back[i * width + j];
            let (dx, dy) = (usize::from(back >> 4), usize::from(back & 15));
            let row = if dx == 0 { no_row } else { a.places[i - 1][dx - 1] as usize };
            let column = if dy == 0 { no_column } else { b.places[j - 1][dy - 1] as usize };
            path.push((row * columns + column) as u32);
            i -= dx;
            j -= dy;
        }
        scratch.cells[n * width + m]
    }

    /// Every cost that the matcher does not know by itself: left chunk, right chunk, eighths.
    pub fn entries(&self) -> Vec<(Key, Key, i32)> {
        let mut entries = Vec::new();
        for (row, &x) in self.left.iter().enumerate() {
            for (column, &y) in self.right.iter().enumerate() {
                let cost = self.costs[row * self.right.len() + column];
                let eighths = if cost.is_finite() { (cost * 8.0).round() as i32 } else { continue };
                let default = match (length(x), length(y)) {
                    (1, 1) => 48,
                    (1, 0) | (0, 1) => 36,
                    _ => i32::MAX,
                };
                if eighths != default {
                    entries.push((x, y, eighths));
                }
            }
        }
        entries
    }

    /// Forgets a cost.
    pub fn forget(&mut self, place: usize) {
        let (x, y) = (self.left[place / self.right.len()], self.right[place % self.right.len()]);
        self.costs[place] = match (length(x), length(y)) {
            (1, 1) => STRANGE,
            (1, 0) | (0, 1) => GAP,
            _ => f32::INFINITY,
        };
    }

    /// Whether the matcher has a cost for this pair even when the table does not list it.
    pub fn has_default(&self, place: usize) -> bool {
        let (x, y) = (self.left[place / self.right.len()], self.right[place % self.right.len()]);
        length(x) < 2 && length(y) < 2
    }
}
