//! Word sequences: counts of words, pairs and triples, smoothed after Kneser and Ney, and of classes of words.

use super::{Options, classes};
use crate::lang::Language;
use crate::lang::packs::Model;
use crate::lang::packs::bytes::pack_cost;
use crate::lang::packs::model::{END, FIGURE, NAME, START, UNKNOWN, key_of, shape_of};
use crate::lang::tokens::tokens;
use crate::lang::vocabulary::Vocabulary;

/// Texts of one language, as numbers of words.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Words as written in the vocabulary of a model.
    words: Vocabulary,
    /// Shape of each word, should it be too rare: by capital inside a sentence or not.
    shapes: Vec<[u32; 2]>,
    /// Words and whether they stood inside a sentence with a capital.
    tokens: Vec<(u32, bool)>,
    ends: Vec<usize>,
}

/// Numbers fit in sixteen bits.
const MOST: usize = 60_000;
/// A shape must stand for so many words.
const SHAPED: u32 = 40;
/// Classes of words.
const CLASSES: usize = 96;
/// Tokens under which nothing is learnt.
const FEW: usize = 2_000;

impl Texts {
    /// One sentence or paragraph more.
    pub(super) fn add(&mut self, text: &str, language: &Language) {
        let mut key = String::new();
        let mut first = true;
        for token in tokens(text, language) {
            key_of(&token, language, &mut key);
            let word = self.words.add(&key);
            while self.shapes.len() < self.words.len() {
                self.shapes.push([u32::MAX; 2]);
            }
            let inside = token.capital && !first;
            if self.shapes[word as usize][usize::from(inside)] == u32::MAX {
                shape_of(&token, first, &mut key);
                let shape = self.words.add(&key);
                while self.shapes.len() < self.words.len() {
                    self.shapes.push([u32::MAX; 2]);
                }
                self.shapes[word as usize][usize::from(inside)] = shape;
            }
            self.tokens.push((word, inside));
            first = token.kind == crate::lang::tokens::Kind::Mark
                && (first || matches!(token.text, "." | "!" | "?"));
        }
        if self.ends.last() != Some(&self.tokens.len()) {
            self.ends.push(self.tokens.len());
        }
    }

    /// The model; nothing where there is too little text.
    pub(super) fn learn(self, language: String, options: Options) -> Option<Model> {
        if self.tokens.len() < FEW {
            return None;
        }
        let (words, sentences) = self.numbered(options.common);
        let counts = Counts::of(&sentences, words.len());
        let count = words.len();
        let start = words.get(START)?;
        let grouped = classes::group(&counts.pairs, count, CLASSES.min(count / 20).max(4));
        let mut model = Model { language, words, ..Model::default() };
        counts.smooth(&mut model, start, options.triples);
        classes::model(&sentences, &grouped, &mut model);
        Some(model)
    }

    /// The words of the model in order, and the sentences in its numbers, with their bounds.
    fn numbered(&self, common: usize) -> (Vocabulary, Vec<Vec<u32>>) {
        let mut counts = vec![0_u32; self.words.len()];
        for &(word, _) in &self.tokens {
            counts[word as usize] += 1;
        }
        let mut frequent: Vec<u32> =
            (0..counts.len() as u32).filter(|&word| counts[word as usize] as usize >= common).collect();
        frequent.sort_by_key(|&word| (std::cmp::Reverse(counts[word as usize]), word));
        frequent.truncate(MOST);
        let mut kept = vec![false; counts.len()];
        for &word in &frequent {
            kept[word as usize] = true;
        }
        let mut shaped = vec![0_u32; counts.len()];
        for &(word, inside) in self.tokens.iter().filter(|&&(word, _)| !kept[word as usize]) {
            shaped[self.shapes[word as usize][usize::from(inside)] as usize] += 1;
        }
        let common_shapes = (0..shaped.len() as u32).filter(|&shape| shaped[shape as usize] >= SHAPED);
        let mut list: Vec<&str> =
            frequent.iter().copied().chain(common_shapes).map(|word| self.words.word(word)).collect();
        list.extend([START, END, FIGURE, NAME, UNKNOWN]);
        list.sort_unstable();
        list.dedup();
        let mut words = Vocabulary::with_capacity(list.len());
        for word in list {
            words.add(word);
        }
        let number = |word: u32| words.get(self.words.word(word));
        let unknown = words.get(UNKNOWN).unwrap_or_default();
        let (start, end) = (words.get(START).unwrap_or_default(), words.get(END).unwrap_or_default());
        let direct: Vec<Option<u32>> =
            (0..counts.len() as u32).map(|word| number(word).filter(|_| kept[word as usize])).collect();
        let shape: Vec<u32> = (0..counts.len() as u32).map(|word| number(word).unwrap_or(unknown)).collect();
        let mut from = 0;
        let sentences = self
            .ends
            .iter()
            .map(|&to| {
                let tokens = &self.tokens[std::mem::replace(&mut from, to)..to];
                let middle = tokens.iter().map(|&(word, inside)| {
                    direct[word as usize]
                        .unwrap_or_else(|| shape[self.shapes[word as usize][usize::from(inside)] as usize])
                });
                [start, start].into_iter().chain(middle).chain([end]).collect()
            })
            .collect();
        (words, sentences)
    }
}

/// How often words, pairs and triples were met.
struct Counts {
    single: Vec<u32>,
    /// First and second word, count.
    pairs: Vec<(u32, u32, u32)>,
    /// The three words, sixteen bits each, and the count.
    triples: Vec<(u64, u32)>,
}

/// Sequences sorted at a time.
const BATCH: usize = 1 << 23;

impl Counts {
    fn of(sentences: &[Vec<u32>], words: usize) -> Self {
        let mut single = vec![0_u32; words];
        let mut triples: Vec<(u64, u32)> = Vec::new();
        let mut batch: Vec<u64> = Vec::new();
        for sentence in sentences {
            for run in sentence.windows(3) {
                single[run[2] as usize] += 1;
                batch.push(u64::from(run[0]) << 32 | u64::from(run[1]) << 16 | u64::from(run[2]));
            }
            if batch.len() > BATCH {
                triples = merge(triples, &mut batch);
            }
        }
        let triples = merge(triples, &mut batch);
        let mut pairs: Vec<(u32, u32, u32)> = triples
            .iter()
            .map(|&(key, count)| ((key >> 16 & 0xFFFF) as u32, (key & 0xFFFF) as u32, count))
            .collect();
        pairs.sort_unstable();
        pairs.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        Self { single, pairs, triples }
    }

    /// Fills the word part of a model. Triples met more rarely than `least` are left to the pairs.
    fn smooth(&self, model: &mut Model, start: u32, least: u32) {
        let words = self.single.len();
        // In how many companies a pair or word was met.
        let mut before_pair = vec![0_u32; self.pairs.len()];
        for &(key, _) in &self.triples {
            let pair = ((key >> 16 & 0xFFFF) as u32, (key & 0xFFFF) as u32);
            if let Ok(at) = self.pairs.binary_search_by(|probe| (probe.0, probe.1).cmp(&pair)) {
                before_pair[at] += 1;
            }
        }
        let mut before_word = vec![0_u32; words];
        for (pair, &(first, second, count)) in self.pairs.iter().enumerate() {
            before_word[second as usize] += 1;
            // Nothing but the start stands before the start: what follows it is counted as met.
            if first == start {
                before_pair[pair] = count;
            }
        }
        let companies: f64 = before_word.iter().map(|&count| f64::from(count)).sum();
        let single: Vec<f64> = before_word
            .iter()
            .map(|&count| (f64::from(count) + 0.3) / (companies + 0.3 * words as f64))
            .collect();
        let off_pairs = discount(before_pair.iter().copied());
        let off_triples = discount(self.triples.iter().map(|&(_, count)| count));
        // Pairs by first word.
        let mut pair_start = vec![0_usize; words + 1];
        for &(first, ..) in &self.pairs {
            pair_start[first as usize + 1] += 1;
        }
        for word in 0..words {
            pair_start[word + 1] += pair_start[word];
        }
        let mut pair = vec![0.0_f64; self.pairs.len()];
        let mut single_back = vec![0.0_f64; words];
        for first in 0..words {
            let range = pair_start[first]..pair_start[first + 1];
            let total: f64 = before_pair[range.clone()].iter().map(|&count| f64::from(count)).sum();
            if total == 0.0 {
                continue;
            }
            let left = off_pairs * range.len() as f64 / total;
            for at in range {
                let own = (f64::from(before_pair[at]) - off_pairs).max(0.0) / total;
                pair[at] = own + left * single[self.pairs[at].1 as usize];
            }
            single_back[first] = -left.max(1e-9).ln();
        }
        // Triples by pair: those that are kept, and the share left to the rest.
        let find = |first: u64, second: u64| {
            let key = (first as u32, second as u32);
            self.pairs.binary_search_by(|probe| (probe.0, probe.1).cmp(&key)).unwrap_or_default()
        };
        let mut kept: Vec<(usize, u16, f64)> = Vec::new();
        let mut pair_back = vec![0.0_f64; self.pairs.len()];
        let mut useful = vec![false; self.pairs.len()];
        for run in self.triples.chunk_by(|a, b| a.0 >> 16 == b.0 >> 16) {
            let (first, second) = (run[0].0 >> 32, run[0].0 >> 16 & 0xFFFF);
            let context = if first == second && first == u64::from(start) {
                continue;
            } else {
                find(first, second)
            };
            let total: f64 = run.iter().map(|&(_, count)| f64::from(count)).sum();
            let left = off_triples * run.len() as f64 / total;
            let (mut mass, mut lower) = (0.0, 0.0);
            for &(key, count) in run.iter().filter(|&&(_, count)| count >= least) {
                let below = pair[find(second, key & 0xFFFF)];
                let value = (f64::from(count) - off_triples).max(0.0) / total + left * below;
                kept.push((context, (key & 0xFFFF) as u16, value));
                mass += value;
                lower += below;
            }
            useful[context] = mass > 0.0;
            pair_back[context] = -((1.0 - mass) / (1.0 - lower).max(1e-3)).clamp(1e-6, 1.0).ln();
        }
        // A pair met once that begins no triple says little more than its words do.
        let held: Vec<usize> =
            (0..self.pairs.len()).filter(|&at| useful[at] || self.pairs[at].2 >= 2).collect();
        let mut place = vec![u32::MAX; self.pairs.len()];
        model.pair_start = vec![0; words + 1];
        for (new, &at) in held.iter().enumerate() {
            place[at] = new as u32;
            model.pair_start[self.pairs[at].0 as usize + 1] += 1;
            model.pair_word.push(self.pairs[at].1 as u16);
            model.pair_cost.push(pack_cost(-pair[at].max(1e-9).ln()));
            model.pair_back.push(if useful[at] { pack_cost(pair_back[at]) } else { 0 });
        }
        for word in 0..words {
            model.pair_start[word + 1] += model.pair_start[word];
        }
        // The share of what was left out goes to the rest.
        for first in 0..words {
            let (mut mass, mut lower) = (0.0, 0.0);
            for at in pair_start[first]..pair_start[first + 1] {
                if place[at] != u32::MAX {
                    mass += pair[at];
                    lower += single[self.pairs[at].1 as usize];
                }
            }
            if mass > 0.0 {
                single_back[first] = -((1.0 - mass) / (1.0 - lower).max(1e-3)).clamp(1e-6, 1.0).ln();
            }
        }
        model.single = single.iter().map(|value| pack_cost(-value.ln())).collect();
        model.single_back = single_back.iter().map(|&value| pack_cost(value)).collect();
        model.triple_start = vec![0; held.len() + 1];
        kept.sort_by_key(|&(context, word, _)| (place[context], word));
        for (context, word, value) in kept {
            model.triple_start[place[context] as usize + 1] += 1;
            model.triple_word.push(word);
            model.triple_cost.push(pack_cost(-value.max(1e-9).ln()));
        }
        for at in 0..held.len() {
            model.triple_start[at + 1] += model.triple_start[at];
        }
    }
}

/// Adds a batch of keys to sorted counts; the batch is empty afterwards.
fn merge(counts: Vec<(u64, u32)>, batch: &mut Vec<u64>) -> Vec<(u64, u32)> {
    batch.sort_unstable();
    let mut out = Vec::with_capacity(counts.len() + batch.len() / 2);
    let mut old = counts.into_iter().peekable();
    for run in batch.chunk_by(|a, b| a == b) {
        while let Some(entry) = old.next_if(|entry| entry.0 < run[0]) {
            out.push(entry);
        }
        let before = old.next_if(|entry| entry.0 == run[0]).map_or(0, |entry| entry.1);
        out.push((run[0], before + run.len() as u32));
    }
    out.extend(old);
    batch.clear();
    out
}

/// What is taken off every count: by how many were met once and twice.
fn discount(counts: impl Iterator<Item = u32>) -> f64 {
    let (mut once, mut twice) = (0.0_f64, 0.0_f64);
    for count in counts {
        match count {
            1 => once += 1.0,
            2 => twice += 1.0,
            _ => {}
        }
    }
    if once == 0.0 { 0.5 } else { (once / (once + 2.0 * twice)).clamp(0.3, 0.95) }
}
