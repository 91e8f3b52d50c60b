//! Two documents to one bitext: which segments translate which, whether it is a translation at all, and which
//! words correspond.
//!
//! The method is a log-likelihood ratio of every possible bead, from lengths, bounds and words, the word pairs
//! being learnt from the documents themselves over a few passes. `docs/alignment.md` gives every formula.

mod band;
mod batch;
mod bounds;
mod candidates;
mod known;
mod length;
mod lexical;
mod matches;
mod maths;
mod moved;
mod parallel;
mod path;
mod pool;
mod prior;
mod route;
mod score;
mod table;
mod tokens;
mod units;
mod words;

use crate::model::{Bead, Bitext, Document, Parallelism};

pub use batch::align_all;

/// Knowledge of words from elsewhere: dictionaries, names, gazetteers.
pub trait Lexicon: Sync {
    /// Pairs of words of the two vocabularies that correspond, by index, and how surely, 0 to 1. Words come in
    /// lower case, figures by value, and characters of Chinese and Japanese one by one.
    fn pairs(&self, source: &[String], target: &[String]) -> Vec<(usize, usize, f64)>;
}

/// How to align.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What is known of words.
    pub lexicon: Option<&'a dyn Lexicon>,
    /// Whether to link the words of each bead.
    pub links: bool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { lexicon: None, links: true }
    }
}

/// What placed a bead: logarithms of likelihood ratios, in nats.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Evidence {
    /// How often beads of its kind are met; of a gap, all.
    pub prior: f64,
    /// That the lengths fit.
    pub length: f64,
    /// That the words explain each other.
    pub words: f64,
    /// That both sides begin and end alike.
    pub bounds: f64,
}

/// Beads over two lists of segments, and whether they are translations.
#[derive(Debug, Clone)]
pub struct Alignment {
    /// In order of the source; every segment of either side is in exactly one. Without links.
    pub beads: Vec<Bead>,
    /// What placed each bead.
    pub evidence: Vec<Evidence>,
    /// Whether it is a translation.
    pub parallelism: Parallelism,
}

/// Aligns two documents. Segments that are no prose take no part, are in no bead, and never lie within the range
/// of one.
pub fn align(source: Document, target: Document) -> Bitext {
    align_all(vec![(source, target)], &Options::default()).pop().expect("one pair in, one bitext out").0
}

/// Aligns two lists of segments.
pub fn align_segments(source: &[&str], target: &[&str], options: &Options<'_>) -> Alignment {
    align_lists(&[(source, target)], options).pop().expect("one pair in, one alignment out")
}

/// Aligns many pairs of lists of segments of one pair of languages: what one teaches helps the others.
pub fn align_lists(pairs: &[(&[&str], &[&str])], options: &Options<'_>) -> Vec<Alignment> {
    batch::lists(pairs, options)
}

/// A lexicon asked the other way round.
struct Turned<'a> {
    lexicon: &'a dyn Lexicon,
    turned: bool,
}

impl Lexicon for Turned<'_> {
    fn pairs(&self, source: &[String], target: &[String]) -> Vec<(usize, usize, f64)> {
        if !self.turned {
            return self.lexicon.pairs(source, target);
        }
        let pairs = self.lexicon.pairs(target, source);
        pairs.into_iter().map(|(source, target, probability)| (target, source, probability)).collect()
    }
}
