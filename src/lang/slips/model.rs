//! How usual the letters of a word are, one after the other.

use crate::lang::{Language, PerLanguage, lexis};

/// Which letters follow which in the words of a list: sequences of one to four letters with their counts.
pub(super) struct Model {
    alphabet: Vec<char>,
    orders: [Vec<(u32, u32)>; 4],
    total: f64,
    /// Every word, in order.
    pub(super) forward: Vec<&'static str>,
    /// Every word from its end, in order.
    pub(super) backward: Vec<String>,
}

/// The start and the end of a word.
const START: u8 = 1;
const END: u8 = 2;
/// The first letter of the alphabet.
const FIRST: u8 = 3;

impl Model {
    pub(super) fn of(language: &Language) -> &'static Self {
        static MODELS: PerLanguage<Model> = PerLanguage::new();
        MODELS.get(language, Self::count)
    }

    fn count(language: &Language) -> Self {
        let mut alphabet: Vec<char> = lexis::counted(language).flat_map(str::chars).collect();
        alphabet.sort_unstable();
        alphabet.dedup();
        alphabet.truncate(usize::from(u8::MAX - FIRST));
        let forward: Vec<&'static str> = lexis::all(language).collect();
        let mut backward: Vec<String> = forward.iter().map(|word| word.chars().rev().collect()).collect();
        backward.sort_unstable();
        let mut model = Self { alphabet, orders: Default::default(), total: 0.0, forward, backward };
        let mut keys: [Vec<u32>; 4] = Default::default();
        for word in lexis::counted(language) {
            for key in model.keys(word.chars()) {
                for (order, keys) in keys.iter_mut().enumerate() {
                    keys.push(tail(key, order));
                }
            }
        }
        model.total = keys[0].len() as f64;
        for (order, mut keys) in keys.into_iter().enumerate() {
            keys.sort_unstable();
            for key in keys {
                match model.orders[order].last_mut() {
                    Some((last, count)) if *last == key => *count += 1,
                    _ => model.orders[order].push((key, 1)),
                }
            }
        }
        model
    }

    /// Every letter of the word and its end with the three before, a byte each.
    fn keys(&self, letters: impl Iterator<Item = char>) -> Vec<u32> {
        let mut key = u32::from_be_bytes([START; 4]);
        let codes =
            letters.map(|letter| self.alphabet.binary_search(&letter).map_or(0, |place| place as u8 + FIRST));
        codes
            .chain(std::iter::once(END))
            .map(|code| {
                key = key << 8 | u32::from(code);
                key
            })
            .collect()
    }

    /// Log probability of each letter after those before it.
    pub(super) fn surprise(&self, letters: &[char]) -> Vec<f64> {
        self.keys(letters.iter().copied()).into_iter().map(|key| self.probability(key).ln()).collect()
    }

    /// Interpolated as Witten and Bell do: what followed often weighs by how often, and by how varied it was.
    fn probability(&self, key: u32) -> f64 {
        let mut probability = (self.seen(0, tail(key, 0)) + 1.0) / (self.total + 60.0);
        for order in 1..4 {
            let first = tail(key, order) & !0xFF;
            let from = self.orders[order].partition_point(|&(other, _)| other < first);
            let after = self.orders[order].get(from..).unwrap_or_default();
            let followers = after.iter().take_while(|&&(other, _)| other <= first | 0xFF);
            let (sum, kinds) =
                followers.fold((0.0, 0.0), |(sum, kinds), &(_, count)| (sum + f64::from(count), kinds + 1.0));
            if kinds == 0.0 {
                break;
            }
            probability = (self.seen(order, tail(key, order)) + kinds * probability) / (sum + kinds);
        }
        probability
    }

    fn seen(&self, order: usize, key: u32) -> f64 {
        let counts = &self.orders[order];
        counts.binary_search_by_key(&key, |&(other, _)| other).map_or(0.0, |place| f64::from(counts[place].1))
    }
}

/// The last letters of a key.
fn tail(key: u32, order: usize) -> u32 {
    if order >= 3 { key } else { key & ((1 << (8 * (order + 1))) - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn letters_that_never_meet_are_a_surprise() {
        let model = Model::of(lang::find("pt").expect("a profile"));
        let total = |word: &str| model.surprise(&word.chars().collect::<Vec<_>>()).iter().sum::<f64>();
        assert!(total("caminho") > total("camihno"));
        assert!(total("xqzvt") < total("carta"));
    }
}
