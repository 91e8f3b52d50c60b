//! Wrong names to learn from: the nearest other real names of the script.

use std::collections::BTreeMap;

use recto::names::readings::{Script, Unit};

use crate::chance::Chance;
use crate::model::Fast;

pub type Reading = Vec<Unit>;

/// Edits between two readings.
pub fn distance(a: &[Unit], b: &[Unit]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let best = (row[j + 1] + 1).min(row[j] + 1).min(diagonal + usize::from(x != y));
            diagonal = row[j + 1];
            row[j + 1] = best;
        }
    }
    row[b.len()]
}

/// Finds near readings through shared pairs of units.
pub struct Neighbours {
    all: Vec<Reading>,
    sizes: Vec<u32>,
    index: Fast<u32, Vec<u32>>,
}

fn grams(word: &[Unit]) -> Vec<u32> {
    let mut grams: Vec<u32> = word.windows(2).map(|two| u32::from(two[0]) << 8 | u32::from(two[1])).collect();
    grams.extend(word.windows(3).map(|three| 1 << 16 | u32::from(three[0]) << 8 | u32::from(three[2])));
    grams.sort_unstable();
    grams.dedup();
    grams
}

impl Neighbours {
    pub fn new(all: Vec<Reading>) -> Self {
        let mut index = Fast::<u32, Vec<u32>>::default();
        let mut sizes = Vec::new();
        for (word, place) in all.iter().zip(0..) {
            let grams = grams(word);
            sizes.push(grams.len() as u32);
            for gram in grams {
                index.entry(gram).or_default().push(place);
            }
        }
        Self { all, sizes, index }
    }

    /// The nearest other readings by edits for each unit of the longer, nearest first.
    pub fn near(&self, word: &[Unit], count: usize) -> Vec<&Reading> {
        let mut own = grams(word);
        let size = own.len() as u32;
        own.sort_by_key(|gram| (self.index.get(gram).map_or(0, Vec::len), *gram));
        own.truncate((2 * own.len() / 3).max(4));
        let mut hits = Fast::<u32, u32>::default();
        for place in own.iter().filter_map(|gram| self.index.get(gram)).flatten() {
            *hits.entry(*place).or_default() += 1;
        }
        let mut close: Vec<(u32, u32)> =
            hits.into_iter().map(|(place, hit)| (hit * 1_000_000 / (size + self.sizes[place as usize]), place)).collect();
        let order = |a: &(u32, u32), b: &(u32, u32)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        let wanted = 3 * count;
        if close.len() > wanted {
            close.select_nth_unstable_by(wanted, order);
            close.truncate(wanted);
        }
        close.sort_by(order);
        let mut near: Vec<(usize, &Reading)> = close
            .into_iter()
            .map(|(_, place)| &self.all[place as usize])
            .filter(|other| other.as_slice() != word)
            .map(|other| (distance(word, other) * 10_000 / word.len().max(other.len()), other))
            .collect();
        near.sort();
        near.into_iter().take(count).map(|(_, other)| other).collect()
    }
}

/// For each pair: the nearest wrong right sides, others near, one at random. A wrong name is at least two edits
/// away on the Latin side, else it may be a spelling of the same.
pub fn wrong_names(
    all: &[(Reading, Reading)],
    wanted: &[(Reading, Reading)],
    nearest: usize,
    others: usize,
    chance: &mut Chance,
) -> Vec<Vec<Reading>> {
    let mut latin: BTreeMap<&Reading, Vec<&Reading>> = BTreeMap::new();
    for (a, b) in all {
        latin.entry(b).or_default().push(a);
    }
    let neighbours = Neighbours::new(latin.keys().map(|&reading| reading.clone()).collect());
    wanted
        .iter()
        .map(|(a, b)| {
            let near: Vec<&Reading> = neighbours
                .near(b, 25)
                .into_iter()
                .filter(|near| latin[*near].iter().all(|other| distance(a, other) >= 2))
                .take(nearest + 3 * others)
                .collect();
            let mut wrong: Vec<Reading> = near.iter().take(nearest).map(|&near| near.clone()).collect();
            let rest = near.get(nearest..).unwrap_or_default();
            for _ in 0..others.min(rest.len()) {
                wrong.push(rest[chance.below(rest.len())].clone());
            }
            let far = &all[chance.below(all.len())].1;
            if far != b {
                wrong.push(far.clone());
            }
            wrong
        })
        .collect()
}

/// A Latin reading with one letter exchanged, a vowel for a vowel: what a careless writer makes of a name.
pub fn slip(right: &[Unit], chance: &mut Chance) -> Reading {
    let of = |letters: &str| -> Vec<Unit> {
        letters.chars().filter_map(|letter| Script::Latin.unit(letter.encode_utf8(&mut [0; 4]))).collect()
    };
    let (vowels, consonants) = (of("aeiou"), of("bcdfghklmnprstvz"));
    let mut out = right.to_vec();
    let place = 1 + chance.below(out.len() - 2);
    let kind = if vowels.contains(&out[place]) { &vowels } else { &consonants };
    let letter = kind[chance.below(kind.len())];
    if out[place] == letter || chance.unit() < 0.15 {
        // Or with one letter missing.
        out.remove(place);
    } else {
        out[place] = letter;
    }
    out
}
