//! Slips of the pen: is a word that no list holds one letter from a word that was meant? Weighs how frequent that
//! word is, how much more usual its letters are, where the two differ (a different ending is grammar), and which other
//! words begin or end so.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Language, PerLanguage, lexis, text};

/// A word that was meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// The word that was meant.
    pub right: String,
    /// How sure that is beyond what the language demands: log odds, 0 at least.
    pub sure: f64,
}

/// The word that was meant by one that is no word, where that is sure enough. The word is in lower case.
pub fn slip(word: &str, language: &Language) -> Option<Slip> {
    let rule = RULES.get_or_init(rules).get(language.primary())?;
    if lexis::seen(word, language) || !word.chars().all(|letter| lexis::writes(letter, language)) {
        return None;
    }
    let near = lexis::near_classes(word, language).into_iter();
    let (right, class) = near.into_iter().find(|(right, _)| right.chars().count() >= 4)?;
    let one_spelling = |text: &str| {
        rule.spellings.iter().fold(text::fold(text), |text, (long, short)| text.replace(long, short))
    };
    if text::fold(word) == text::fold(&right) || one_spelling(word) == one_spelling(&right) {
        return None;
    }
    let sure = odds(word, &right, class, language) - rule.demanded;
    (sure >= 0.0).then_some(Slip { right, sure })
}

/// What the table says of a language.
struct Rule {
    demanded: f64,
    spellings: Vec<(&'static str, &'static str)>,
}

static RULES: OnceLock<BTreeMap<&'static str, Rule>> = OnceLock::new();

fn rules() -> BTreeMap<&'static str, Rule> {
    let rows = include_str!("slips.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let (tag, demanded) = (cells.next()?, cells.next()?.parse().ok()?);
        let spellings = cells.next().unwrap_or_default().split(' ').filter_map(|pair| pair.split_once('='));
        Some((tag, Rule { demanded, spellings: spellings.collect() }))
    })
    .collect()
}

/// Log odds that the word is a slip for the right one. The weights were fitted to slips made at random in
/// Portuguese, Spanish, French, German, Russian, English, Polish, Czech, Italian, Dutch, Romanian, Ukrainian,
/// Bulgarian, Indonesian and Greek text, against the words of these texts that no list holds.
fn odds(word: &str, right: &str, class: u8, language: &Language) -> f64 {
    let (letters, meant): (Vec<char>, Vec<char>) = (word.chars().collect(), right.chars().collect());
    let front = letters.iter().zip(&meant).take_while(|(a, b)| a == b).count();
    let room = letters.len().min(meant.len()) - front;
    let back = letters.iter().rev().zip(meant.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let model = Model::of(language);
    let (written, wanted) = (model.surprise(&letters), model.surprise(&meant));
    let gain = wanted.iter().sum::<f64>() - written.iter().sum::<f64>();
    let worst = written.iter().copied().fold(0.0, f64::min);
    let is = |condition: bool| f64::from(u8::from(condition));
    let length = letters.len();
    let kin = Kin { word, right, longest: length + 3 };
    let shares = |cut: usize, weight: f64| weight * is(kin.begins(cut, &model.forward));
    let ends = |cut: usize, weight: f64| weight * is(kin.ends(cut, &model.backward));
    // Letters change places in a slip, seldom between two words.
    let swapped = length == meant.len()
        && front + back + 2 == length
        && back > 1
        && letters.get(front) == meant.get(front + 1);
    10.368 + 1.5 * is(swapped) + 0.299 * gain - 0.165 * worst - 0.294 * f64::from(class)
        + 0.039 * is(class > 25)
        - 0.41 * length.min(12) as f64
        + 0.425 * front.min(4) as f64
        - [3.874, 1.655, 1.444, 0.717].get(back).copied().unwrap_or(0.151 * gain)
        - 1.551 * is(front == 0)
        + 0.301 * is(front == 1)
        - 1.693 * is(length <= 5)
        - 1.414 * is(length == 6)
        - shares(1, 1.398)
        - shares(2, 0.532)
        - shares(3, 0.929)
        - ends(1, 0.728)
        - ends(2, 0.413)
        - ends(3, 1.22)
}

/// Other words with the same beginning or end: the word may be a form or a compound that no list holds.
struct Kin<'a> {
    word: &'a str,
    right: &'a str,
    longest: usize,
}

impl Kin<'_> {
    /// Whether another word begins as this one does, its last letters aside.
    fn begins(&self, cut: usize, forward: &[&str]) -> bool {
        let Some(stem) = shortened(self.word.chars(), cut) else { return false };
        let from = forward.partition_point(|other| *other < stem.as_str());
        let kin = forward.get(from..).unwrap_or_default();
        kin.iter()
            .take_while(|other| other.starts_with(&stem))
            .any(|other| *other != self.word && *other != self.right && other.chars().count() <= self.longest)
    }

    /// Whether another word ends as this one does, its first letters aside.
    fn ends(&self, cut: usize, backward: &[String]) -> bool {
        let Some(stem) = shortened(self.word.chars().rev(), cut) else { return false };
        let from = backward.partition_point(|other| other.as_str() < stem.as_str());
        let kin = backward.get(from..).unwrap_or_default();
        let is = |other: &str, word: &str| other.chars().rev().eq(word.chars());
        kin.iter()
            .take_while(|other| other.starts_with(&stem))
            .any(|other| !is(other, self.word) && !is(other, self.right))
    }
}

/// The letters without the last ones; none where fewer than four are left.
fn shortened(letters: impl Iterator<Item = char>, cut: usize) -> Option<String> {
    let all: Vec<char> = letters.collect();
    let stem = all.get(..all.len().checked_sub(cut)?)?;
    (stem.len() >= 4).then(|| stem.iter().collect())
}

/// Which letters follow which in the words of a list: sequences of one to four letters with their counts.
struct Model {
    alphabet: Vec<char>,
    orders: [Vec<(u32, u32)>; 4],
    total: f64,
    /// Every word, in order.
    forward: Vec<&'static str>,
    /// Every word from its end, in order.
    backward: Vec<String>,
}

/// The start and the end of a word.
const START: u8 = 1;
const END: u8 = 2;
/// The first letter of the alphabet.
const FIRST: u8 = 3;

impl Model {
    fn of(language: &Language) -> &'static Self {
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
    fn surprise(&self, letters: &[char]) -> Vec<f64> {
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
    fn a_slip_is_told_from_a_rare_word() {
        let find = |tag| lang::find(tag).expect("a profile");
        assert_eq!(slip("prolemas", find("pt")).expect("a slip").right, "problemas");
        assert_eq!(slip("frequênccia", find("pt")).expect("a slip").right, "frequência");
        assert_eq!(slip("goverment", find("en")).expect("a slip").right, "government");
        for (word, tag) in
            [("contacto", "pt"), ("académica", "pt"), ("government", "en"), ("präsidentin", "de")]
        {
            assert_eq!(slip(word, find(tag)), None, "{word}");
        }
    }

    #[test]
    fn letters_that_never_meet_are_a_surprise() {
        let model = Model::of(lang::find("pt").expect("a profile"));
        let total = |word: &str| model.surprise(&word.chars().collect::<Vec<_>>()).iter().sum::<f64>();
        assert!(total("caminho") > total("camihno"));
        assert!(total("xqzvt") < total("carta"));
    }
}
