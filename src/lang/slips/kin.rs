//! Other words with the same beginning or end: a word may be a form or a compound that no list holds.

use super::model::Model;

/// A word, the one that may have been meant, and all others.
pub(super) struct Kin<'a> {
    word: &'a str,
    right: &'a str,
    longest: usize,
    model: &'static Model,
}

impl<'a> Kin<'a> {
    pub(super) fn of(word: &'a str, right: &'a str, model: &'static Model) -> Self {
        Self { word, right, longest: word.chars().count() + 3, model }
    }

    /// The weights of those cuts, of one to three letters at the end, after which another word begins so.
    pub(super) fn begins(&self, weights: [f64; 3]) -> f64 {
        weights.into_iter().zip(1..).filter(|&(_, cut)| self.begins_so(cut)).map(|(weight, _)| weight).sum()
    }

    /// The weights of those cuts, of one to three letters at the start, after which another word ends so.
    pub(super) fn ends(&self, weights: [f64; 3]) -> f64 {
        weights.into_iter().zip(1..).filter(|&(_, cut)| self.ends_so(cut)).map(|(weight, _)| weight).sum()
    }

    fn begins_so(&self, cut: usize) -> bool {
        let Some(stem) = shortened(self.word.chars(), cut) else { return false };
        let forward = &self.model.forward;
        let from = forward.partition_point(|other| *other < stem.as_str());
        let kin = forward.get(from..).unwrap_or_default();
        kin.iter()
            .take_while(|other| other.starts_with(&stem))
            .any(|other| *other != self.word && *other != self.right && other.chars().count() <= self.longest)
    }

    fn ends_so(&self, cut: usize) -> bool {
        let Some(stem) = shortened(self.word.chars().rev(), cut) else { return false };
        let backward = &self.model.backward;
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
