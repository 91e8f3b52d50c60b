//! The dictionary of a pair of languages as the aligner asks for it.

use std::collections::BTreeMap;

use super::Lexicon;
use crate::lang::dictionary::{Dictionary, Stems};
use crate::lang::text::is_unspaced;

impl Lexicon for Dictionary {
    fn pairs(&self, source: &[String], target: &[String]) -> Vec<(usize, usize, f64)> {
        let (mine, yours) = (stems(&self.source, source), stems(&self.target, target));
        let mut out = Vec::new();
        for (&stem, words) in &mine {
            for partner in self.partners(stem) {
                let Some(others) = yours.get(&partner.stem) else { continue };
                let probability = f64::from(partner.there.max(partner.back));
                for word in words {
                    out.extend(others.iter().map(|other| (*word, *other, probability)));
                }
            }
        }
        out
    }
}

/// Stems of the dictionary, and the words that have them. Words of several characters of a script without spaces are
/// asked for character by character: each stands for them all.
fn stems(stems: &Stems, words: &[String]) -> BTreeMap<u32, Vec<usize>> {
    let mut out: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut buffer = String::new();
    for (index, word) in words.iter().enumerate() {
        if word.starts_with(is_unspaced) {
            for &stem in stems.with_character(word) {
                out.entry(stem).or_default().push(index);
            }
        } else if let Some(stem) = stems.get(stems.stem(word, &mut buffer)) {
            out.entry(stem).or_default().push(index);
        }
    }
    out
}
