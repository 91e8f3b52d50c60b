//! Pairs of words that look like translations before anything is learnt: the same word, figure or mark, words
//! that look or sound alike, and whatever the caller knows.

use std::collections::BTreeMap;

use super::Lexicon;
use super::units::{Kind, Side, Word};
use crate::lang::letters;

/// Weight of identical words.
const IDENTICAL: f32 = 0.8;
/// Identical words of fewer than four letters, by chance more often: times this.
const SHORT: f32 = 0.3;
/// Marks of one class: times this.
const MARKS: f32 = 0.7;
/// Weight of words that look alike to the last letter.
const COGNATE: f32 = 0.5;
/// Similarity from which words count as cognates.
const SIMILAR: f64 = 0.6;
/// Weight of names that sound alike, across scripts.
const SOUND: f32 = 0.5;
/// Weight of a pair the lexicon is sure of.
const LEXICON: f32 = 0.5;
/// A trigram or sound that so many words share says nothing.
const COMMON: usize = 400;

/// Marks that stand for one another in different scripts.
const CLASSES: &[&str] = &[
    "\"«»“”„‟<>「」『』‹›《》",
    "'’‘`",
    "-–—―…",
    ".。।۔",
    ",，、،",
    "?？؟",
    "!！",
    ":：",
    ";；؛",
    "(（",
    ")）",
];

/// One pair of words and its weight, 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// Word of the source.
    pub source: u32,
    /// Word of the target.
    pub target: u32,
    /// Weight.
    pub weight: f32,
}

/// All pairs, sorted, each once with its greatest weight; and how many the lexicon knows.
pub(super) fn pairs(source: &Side, target: &Side, lexicon: Option<&dyn Lexicon>) -> (Vec<Pair>, usize) {
    let mut known = 0;
    let mut pairs = Vec::new();
    identical(source, target, &mut pairs);
    marks(source, target, &mut pairs);
    cognates(source, target, &mut pairs);
    sounds(source, target, &mut pairs);
    if let Some(lexicon) = lexicon {
        let keys = |side: &Side| side.words.iter().map(|word| word.key.clone()).collect::<Vec<_>>();
        for (source, target, probability) in lexicon.pairs(&keys(source), &keys(target)) {
            let weight = LEXICON * (probability.clamp(0.0, 1.0) as f32).powf(0.25);
            pairs.push(Pair { source: source as u32, target: target as u32, weight });
            known += 1;
        }
    }
    pairs.sort_by(|a, b| (a.source, a.target).cmp(&(b.source, b.target)).then(b.weight.total_cmp(&a.weight)));
    pairs.dedup_by_key(|pair| (pair.source, pair.target));
    (pairs, known)
}

fn by_key<'a>(words: impl Iterator<Item = (usize, &'a str)>) -> BTreeMap<&'a str, Vec<u32>> {
    let mut index: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (word, key) in words {
        index.entry(key).or_default().push(word as u32);
    }
    index
}

fn identical(source: &Side, target: &Side, pairs: &mut Vec<Pair>) {
    let index = by_key(target.words.iter().enumerate().map(|(word, it)| (word, it.folded.as_str())));
    for (word, it) in source.words.iter().enumerate() {
        let short = it.kind == Kind::Word && it.folded.chars().nth(3).is_none();
        let weight = if short { IDENTICAL * SHORT } else { IDENTICAL };
        for &other in index.get(it.folded.as_str()).into_iter().flatten() {
            pairs.push(Pair { source: word as u32, target: other, weight });
        }
    }
}

fn marks(source: &Side, target: &Side, pairs: &mut Vec<Pair>) {
    let of_class = |side: &Side, class: &str| -> Vec<u32> {
        let matching = |word: &Word| word.kind == Kind::Character && class.contains(&word.key);
        (0..side.words.len()).filter(|&word| matching(&side.words[word])).map(|word| word as u32).collect()
    };
    for class in CLASSES {
        let others = of_class(target, class);
        for &word in &of_class(source, class) {
            pairs.extend(others.iter().map(|&other| Pair {
                source: word,
                target: other,
                weight: IDENTICAL * MARKS,
            }));
        }
    }
}

/// Words of four letters and more in Latin letters, and whether they were before.
fn latin(side: &Side) -> Vec<(u32, Vec<char>)> {
    let words = side.words.iter().enumerate().filter(|(_, word)| word.kind == Kind::Word);
    words
        .filter_map(|(index, word)| Some((index as u32, letters::latin(&word.folded)?.chars().collect())))
        .filter(|(_, letters): &(u32, Vec<char>)| letters.len() >= 4)
        .collect()
}

fn grams(letters: &[char]) -> Vec<[char; 3]> {
    let mut grams: Vec<_> = letters.windows(3).map(|gram| [gram[0], gram[1], gram[2]]).collect();
    grams.push(['^', letters[0], letters[1]]);
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// Words that look alike, through an index of trigrams.
fn cognates(source: &Side, target: &Side, pairs: &mut Vec<Pair>) {
    let others = latin(target);
    let mut index: Vec<([char; 3], u32)> = Vec::new();
    for (place, (_, letters)) in others.iter().enumerate() {
        index.extend(grams(letters).into_iter().map(|gram| (gram, place as u32)));
    }
    index.sort_unstable();
    let mut lists: Vec<([char; 3], std::ops::Range<usize>)> = Vec::new();
    for (place, &(gram, _)) in index.iter().enumerate() {
        match lists.last_mut() {
            Some((last, range)) if *last == gram => range.end = place + 1,
            _ => lists.push((gram, place..place + 1)),
        }
    }
    let mut shared = vec![0_u16; others.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut rows = (Vec::new(), Vec::new());
    for (word, letters) in latin(source) {
        touched.clear();
        for gram in grams(&letters) {
            let Ok(at) = lists.binary_search_by(|(other, _)| other.cmp(&gram)) else { continue };
            let range = lists[at].1.clone();
            if range.len() >= COMMON {
                continue;
            }
            for &(_, other) in &index[range] {
                if shared[other as usize] == 0 {
                    touched.push(other);
                }
                shared[other as usize] += 1;
            }
        }
        touched.sort_unstable();
        for &other in &touched {
            let count = std::mem::take(&mut shared[other as usize]);
            let (target, form) = &others[other as usize];
            let similarity = similarity(&letters, form, count, &mut rows);
            if similarity >= SIMILAR {
                let weight = COGNATE * (0.1 + 0.9 * ((similarity - SIMILAR) / (1.0 - SIMILAR)) as f32);
                pairs.push(Pair { source: word, target: *target, weight });
            }
        }
    }
}

/// Likeness of two words, 0 to 1: edit distance, or a common beginning of at least four letters.
fn similarity(a: &[char], b: &[char], shared: u16, rows: &mut (Vec<u16>, Vec<u16>)) -> f64 {
    let (long, short) = (a.len().max(b.len()) as f64, a.len().min(b.len()) as f64);
    if short / long < 0.5 {
        return 0.0;
    }
    let common = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let mut best: f64 = 0.0;
    if common >= 4 {
        best = (common as f64 / long).max(0.5 + 0.5 * (common as f64 - 3.0) / long);
    }
    if shared >= 2 || common >= 2 {
        best = best.max(1.0 - f64::from(distance(a, b, rows)) / long);
    }
    best
}

/// Levenshtein distance.
fn distance<T: PartialEq>(a: &[T], b: &[T], (before, now): &mut (Vec<u16>, Vec<u16>)) -> u16 {
    before.clear();
    before.extend(0..=b.len() as u16);
    for (row, x) in a.iter().enumerate() {
        now.clear();
        now.push(row as u16 + 1);
        for (column, y) in b.iter().enumerate() {
            let change = before[column] + u16::from(x != y);
            now.push(change.min(before[column + 1] + 1).min(now[column] + 1));
        }
        std::mem::swap(before, now);
    }
    before[b.len()]
}

/// Names that sound alike across scripts: by their consonants.
fn sounds(source: &Side, target: &Side, pairs: &mut Vec<Pair>) {
    let coded = |side: &Side| -> Vec<(u32, bool, Vec<u8>)> {
        side.words
            .iter()
            .enumerate()
            .filter(|(_, word)| word.kind == Kind::Word)
            .filter(|(_, word)| word.capital || !letters::has_case(&word.folded))
            .filter_map(|(index, word)| {
                Some((index as u32, word.folded.is_ascii(), letters::sounds(&letters::latin(&word.folded)?)))
            })
            .filter(|(_, _, code)| code.len() >= 3)
            .collect()
    };
    let others = coded(target);
    let mut index: BTreeMap<(u8, u8), Vec<usize>> = BTreeMap::new();
    for (place, (_, _, code)) in others.iter().enumerate() {
        index.entry((code[0], code[1])).or_default().push(place);
    }
    let mut rows = (Vec::new(), Vec::new());
    for (word, ascii, code) in coded(source) {
        let candidates = index.get(&(code[0], code[1])).map_or(&[][..], Vec::as_slice);
        if candidates.len() > 4 * COMMON {
            continue;
        }
        for &place in candidates {
            let (other, other_ascii, form) = &others[place];
            let long = code.len().max(form.len());
            // One script writes the vowels: spelling decides there, above.
            if ascii == *other_ascii || code.len().abs_diff(form.len()) > 1 || long < 3 {
                continue;
            }
            let likeness = 1.0 - f32::from(distance(&code, form, &mut rows)) / long as f32;
            // Three sounds agree by chance too often to weigh much.
            let chance = (long as f32 - 2.0).min(3.0) / 3.0;
            if likeness >= 0.75 {
                pairs.push(Pair {
                    source: word,
                    target: *other,
                    weight: SOUND * chance * (likeness - 0.5) * 2.0,
                });
            }
        }
    }
}
