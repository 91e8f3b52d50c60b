//! The dictionaries of a pair of languages as the aligner asks for them.

use std::collections::BTreeMap;

use super::Lexicon;
use crate::lang::dictionary::{Bridge, Dictionary, Stems};
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

/// A word found by way of a third language counts from this probability on.
const CHAINED: f32 = 0.05;

/// Texts with more distinct words than this teach more than words by way of a third language do.
const RICH: usize = 2_500;

impl Lexicon for Bridge {
    fn pairs(&self, source: &[String], target: &[String]) -> Vec<(usize, usize, f64)> {
        let mut out = self.direct.pairs(source, target);
        let Some((first, second)) = self.through.as_ref().filter(|_| source.len().min(target.len()) <= RICH)
        else {
            return out;
        };
        let (mine, yours) = (stems(&first.source, source), stems(&second.target, target));
        for (&stem, words) in &mine {
            // Over all words of the third language between them.
            let mut chained: BTreeMap<u32, [f32; 2]> = BTreeMap::new();
            for middle in first.partners(stem).iter().filter(|partner| !first.target.is_light(partner.stem)) {
                let Some(from) = second.source.get(first.target.word(middle.stem)) else { continue };
                for partner in second.partners(from) {
                    let sums = chained.entry(partner.stem).or_default();
                    sums[0] += middle.there * partner.there;
                    sums[1] += middle.back * partner.back;
                }
            }
            for (partner, [there, back]) in chained {
                let probability = there.max(back);
                let Some(others) = yours.get(&partner).filter(|_| probability >= CHAINED) else { continue };
                for word in words {
                    out.extend(others.iter().map(|other| (*word, *other, f64::from(probability))));
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
