//! One side of a pool of documents: its sentences, its vocabulary, and the statistics of both.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::bounds;
use super::tokens::is_visible;
pub(super) use super::tokens::{Kind, each_token};
use crate::lang::text;

/// One segment as the aligner takes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its paragraph ends with it.
    pub ends_paragraph: bool,
    /// No bead may hold this segment and the next: boilerplate stands between them.
    pub ends_block: bool,
    /// Further units in a form that does not depend on the language: what is not written in digits.
    pub values: Vec<String>,
}

/// A word of the vocabulary of one side.
#[derive(Debug)]
pub(super) struct Word {
    /// As interned: lower case.
    pub key: String,
    /// Without accents; the key where nothing would be left.
    pub folded: String,
    /// What it is.
    pub kind: Kind,
    /// Its stem.
    pub stem: u32,
    /// Written with a capital wherever it occurs.
    pub capital: bool,
}

/// Lists of numbers, one after another.
#[derive(Debug, Default)]
pub(super) struct Lists {
    offsets: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    /// List `index`.
    pub(super) fn get(&self, index: usize) -> &[u32] {
        &self.values[self.offsets[index] as usize..self.offsets[index + 1] as usize]
    }

    /// Where list `index` stands.
    pub(super) fn range(&self, index: usize) -> std::ops::Range<usize> {
        self.offsets[index] as usize..self.offsets[index + 1] as usize
    }

    /// From sorted pairs (list, value).
    pub(super) fn new(count: usize, pairs: &[(u32, u32)]) -> Self {
        let mut offsets = vec![0_u32; count + 1];
        for &(list, _) in pairs {
            offsets[list as usize + 1] += 1;
        }
        for index in 0..count {
            offsets[index + 1] += offsets[index];
        }
        Self { offsets, values: pairs.iter().map(|&(_, value)| value).collect() }
    }
}

/// The tokens of one side that weigh enough to be scored.
#[derive(Debug, Default)]
pub(super) struct Scored {
    /// First token of each sentence, and the number of tokens.
    pub offsets: Vec<u32>,
    /// Their stems.
    pub stems: Vec<u32>,
    /// Their weights.
    pub weights: Vec<f32>,
}

/// Tokens under this weight are in every other sentence and say nothing.
const LIGHT: f32 = 0.05;

/// In pools of more sentences such words explain nothing either; in short ones every word counts.
const LONG: usize = 1_500;

/// One side of all documents of a pool: sentences numbered through.
#[derive(Debug)]
pub(super) struct Side {
    /// First sentence of each document, and the number of sentences.
    pub documents: Vec<usize>,
    /// First token of each sentence, and the number of tokens.
    pub offsets: Vec<u32>,
    /// Stem of each token.
    pub stems: Vec<u32>,
    /// Summed weight of the tokens before each sentence.
    pub density: Vec<f64>,
    /// Visible characters of each sentence.
    pub lengths: Vec<f32>,
    /// Class of the end of each sentence.
    pub ends: Vec<u8>,
    /// Class of its start.
    pub starts: Vec<u8>,
    /// Class of the bound after it.
    pub bounds: Vec<u8>,
    /// Whether its paragraph ends with it.
    pub paragraphs: Vec<bool>,
    /// How many sentences a bead may hold that begins here.
    pub reach: Vec<u8>,
    /// The vocabulary.
    pub words: Vec<Word>,
    /// Sentences of each word.
    pub sentences_of_word: Lists,
    /// Sentences of each stem.
    pub sentences_of_stem: Lists,
    /// Distinct stems of each sentence.
    pub distinct: Lists,
    /// How often each of them stands in it.
    pub counts: Vec<u32>,
    /// The tokens that weigh enough to be scored.
    pub scored: Scored,
    /// Stems in nearly every sentence: they explain nothing.
    pub light: Vec<bool>,
    /// Share of each stem among all tokens, (count + 1/2) normalised.
    pub share: Vec<f32>,
    /// Mean visible length of a sentence.
    pub mean_length: f32,
}

impl Side {
    /// Reads the segments of all documents of one side.
    pub(super) fn new(documents: &[Vec<Unit<'_>>]) -> Self {
        let mut side = Reader::default();
        let mut bounds = vec![0];
        for document in documents {
            for (index, unit) in document.iter().enumerate() {
                side.read(unit, document.get(index + 1));
            }
            bounds.push(side.lengths.len());
        }
        side.finish(bounds)
    }

    /// Number of sentences.
    pub(super) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Number of stems.
    pub(super) fn stem_count(&self) -> usize {
        self.share.len()
    }

    /// Tokens of a sentence.
    pub(super) fn range(&self, sentence: usize) -> std::ops::Range<usize> {
        self.offsets[sentence] as usize..self.offsets[sentence + 1] as usize
    }

    /// Distinct stems of a sentence, sorted, and how often each stands in it.
    pub(super) fn bag(&self, sentence: usize) -> impl Iterator<Item = (u32, f32)> {
        let counts = &self.counts[self.distinct.range(sentence)];
        self.distinct.get(sentence).iter().zip(counts).map(|(&stem, &count)| (stem, count as f32))
    }
}

#[derive(Default)]
struct Reader {
    index: HashMap<String, u32>,
    words: Vec<(String, Kind, bool)>,
    offsets: Vec<u32>,
    tokens: Vec<u32>,
    lengths: Vec<f32>,
    ends: Vec<u8>,
    starts: Vec<u8>,
    bounds: Vec<u8>,
    paragraphs: Vec<bool>,
    blocks: Vec<bool>,
}

impl Reader {
    fn read(&mut self, unit: &Unit<'_>, next: Option<&Unit<'_>>) {
        self.offsets.push(self.tokens.len() as u32);
        each_token(unit.text, |span, kind, key| {
            let capital = span.of(unit.text).chars().next().is_some_and(text::is_upper);
            self.add(kind, key, capital);
        });
        for value in &unit.values {
            self.add(Kind::Number, value, false);
        }
        self.lengths.push(unit.text.chars().filter(|&character| is_visible(character)).count() as f32);
        let end = bounds::end_class(unit.text);
        let lower = next.is_some_and(|next| bounds::start_class(next.text) == bounds::LOWER);
        self.ends.push(end);
        self.starts.push(bounds::start_class(unit.text));
        self.bounds.push((end * 2 + u8::from(lower)) * 2 + u8::from(unit.ends_paragraph));
        self.paragraphs.push(unit.ends_paragraph);
        self.blocks.push(unit.ends_block || next.is_none());
    }

    fn add(&mut self, kind: Kind, key: &str, capital: bool) {
        let word = if let Some(&word) = self.index.get(key) {
            self.words[word as usize].2 &= capital;
            word
        } else {
            let word = self.words.len() as u32;
            self.index.insert(key.to_owned(), word);
            self.words.push((key.to_owned(), kind, capital));
            word
        };
        self.tokens.push(word);
    }

    fn finish(mut self, documents: Vec<usize>) -> Side {
        let count = self.lengths.len();
        self.offsets.push(self.tokens.len() as u32);
        let mut stem_index: HashMap<String, u32> = HashMap::new();
        let words: Vec<Word> = self
            .words
            .into_iter()
            .map(|(key, kind, capital)| {
                let folded = if kind == Kind::Character { key.clone() } else { fold(&key) };
                let next = stem_index.len() as u32;
                let stem = *stem_index.entry(stem(&folded, kind)).or_insert(next);
                Word { key, folded, kind, stem, capital }
            })
            .collect();
        let stems: Vec<u32> = self.tokens.iter().map(|&word| words[word as usize].stem).collect();
        let of_word = sentences(&self.offsets, &self.tokens, words.len());
        let of_stem = sentences(&self.offsets, &stems, stem_index.len());
        let mut distinct = Vec::with_capacity(stems.len());
        let mut counts: Vec<u32> = Vec::with_capacity(stems.len());
        for sentence in 0..count {
            let range = self.offsets[sentence] as usize..self.offsets[sentence + 1] as usize;
            let mut here: Vec<u32> = stems[range].to_vec();
            here.sort_unstable();
            for same in here.chunk_by(|a, b| a == b) {
                distinct.push((sentence as u32, same[0]));
                counts.push(same.len() as u32);
            }
        }
        let norm = (count.max(3) as f64).ln();
        let word_weights: Vec<f32> = (0..words.len())
            .map(|word| {
                let frequency = of_word.get(word).len().max(1) as f64;
                ((count as f64 / frequency).max(1.0001).ln() / norm).min(1.0) as f32
            })
            .collect();
        let weights: Vec<f32> = self.tokens.iter().map(|&word| word_weights[word as usize]).collect();
        let mut scored = Scored::default();
        for sentence in 0..count {
            scored.offsets.push(scored.stems.len() as u32);
            for token in self.offsets[sentence] as usize..self.offsets[sentence + 1] as usize {
                if weights[token] >= LIGHT {
                    scored.stems.push(stems[token]);
                    scored.weights.push(weights[token]);
                }
            }
        }
        scored.offsets.push(scored.stems.len() as u32);
        let mut density = Vec::with_capacity(count + 1);
        let mut sum = 0.0;
        for sentence in 0..=count {
            density.push(sum);
            if sentence < count {
                let range = self.offsets[sentence] as usize..self.offsets[sentence + 1] as usize;
                sum += weights[range].iter().map(|&weight| f64::from(weight)).sum::<f64>();
            }
        }
        let light = (0..stem_index.len())
            .map(|stem| {
                let frequency = of_stem.get(stem).len().max(1) as f64;
                count > LONG && (count as f64 / frequency).ln() / norm < f64::from(LIGHT)
            })
            .collect();
        let mut share = vec![0.5_f32; stem_index.len()];
        for &stem in &stems {
            share[stem as usize] += 1.0;
        }
        let total: f64 = share.iter().map(|&count| f64::from(count)).sum();
        for count in &mut share {
            *count = (f64::from(*count) / total) as f32;
        }
        let mut reach = vec![0_u8; count];
        let mut ahead = 0_u8;
        for sentence in (0..count).rev() {
            ahead = if self.blocks[sentence] { 1 } else { (ahead + 1).min(u8::MAX - 1) };
            reach[sentence] = ahead;
        }
        let mean_length = self.lengths.iter().sum::<f32>() / count.max(1) as f32;
        Side {
            documents,
            offsets: self.offsets,
            stems,
            density,
            lengths: self.lengths,
            ends: self.ends,
            starts: self.starts,
            bounds: self.bounds,
            paragraphs: self.paragraphs,
            reach,
            words,
            sentences_of_word: of_word,
            sentences_of_stem: of_stem,
            distinct: Lists::new(count, &distinct),
            counts,
            scored,
            light,
            share,
            mean_length,
        }
    }
}

/// Sentences in which each of `count` things occurs, each sentence once.
fn sentences(offsets: &[u32], tokens: &[u32], count: usize) -> Lists {
    let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(tokens.len());
    for (sentence, bounds) in offsets.windows(2).enumerate() {
        let range = bounds[0] as usize..bounds[1] as usize;
        pairs.extend(tokens[range].iter().map(|&token| (token, sentence as u32)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    Lists::new(count, &pairs)
}

/// Letters of a stem.
const STEM: usize = 4;

/// The first letters of a word: a crude stem that works in most languages with endings. Empty-handed words
/// (figures, marks, characters) are their own stem.
fn stem(folded: &str, kind: Kind) -> String {
    if kind != Kind::Word {
        return folded.to_owned();
    }
    let body = without_article(folded);
    let limit = if body.chars().next().is_some_and(is_syllable) { 2 } else { STEM };
    match body.char_indices().nth(limit) {
        Some((end, _)) => format!("{}*", body.get(..end).unwrap_or(body)),
        None => body.to_owned(),
    }
}

/// Articles and prepositions written together with the word, longest first.
const PROCLITICS: &[&str] = &["وال", "بال", "فال", "كال", "ال", "لل"];

fn without_article(word: &str) -> &str {
    PROCLITICS
        .iter()
        .find_map(|clitic| word.strip_prefix(clitic).filter(|rest| rest.chars().nth(1).is_some()))
        .unwrap_or(word)
}

/// Comparable form of a word; Hangul stays in syllables.
fn fold(key: &str) -> String {
    if key.is_ascii() {
        return key.to_owned();
    }
    let folded = text::fold(key);
    if folded.is_empty() {
        return key.to_owned();
    }
    if key.chars().any(is_syllable) { folded.nfc().collect() } else { folded }
}

fn is_syllable(character: char) -> bool {
    matches!(u32::from(character), 0xAC00..=0xD7AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_short() {
        assert_eq!(stem("presidente", Kind::Word), "pres*");
        assert_eq!(stem("rio", Kind::Word), "rio");
        assert_eq!(stem("الحكومة", Kind::Word), stem("حكومة", Kind::Word));
        assert_eq!(stem(&fold("대통령은"), Kind::Word), "대통*");
    }
}
