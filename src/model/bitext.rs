//! A document, its translation, and what matches what.

use std::ops::Range;

use serde::Serialize;

use super::{Document, Span};

/// Words of a bead that correspond.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Place in the source text.
    pub source: Span,
    /// Place in the target text.
    pub target: Span,
    /// Probability that they correspond, 0 to 1.
    pub weight: f64,
}

/// m source segments translated by n target segments; 1-0 is an omission, 0-1 an addition.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// Indices into the source's segments.
    pub source: Range<usize>,
    /// Indices into the target's segments.
    pub target: Range<usize>,
    /// Probability that this bead is right, 0 to 1.
    pub confidence: f64,
    /// Found out of order, in a second pass: a paragraph or caption elsewhere in the article.
    pub moved: bool,
    /// Pairs of words.
    pub links: Vec<Link>,
}

impl Bead {
    /// Whether both sides hold something.
    pub fn is_pair(&self) -> bool {
        !self.source.is_empty() && !self.target.is_empty()
    }
}

/// What two documents are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A translation.
    Parallel,
    /// Parts are a translation, others have no counterpart.
    PartlyParallel,
    /// One topic or event, not a translation.
    Comparable,
    /// Nothing in common.
    Unrelated,
    /// Both in one language.
    SameLanguage,
    /// The source is in the declared target language and the other way round.
    Swapped,
    /// A translation of which one side ends early.
    Truncated,
    /// Too little text to tell.
    Unclear,
}

impl Relation {
    /// Whether what one side lacks may be held against it: the pair is a translation at least in part, or may be one.
    #[must_use]
    pub fn may_be_translation(self) -> bool {
        !matches!(self, Self::Unrelated | Self::Comparable | Self::SameLanguage | Self::Swapped)
    }
}

/// Whether a pair is a translation at all, and the figures it rests on (see `docs/alignment.md`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parallelism {
    /// The judgement.
    pub relation: Relation,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Share of words explained by the other side, mean of both directions, 0 to 1.
    pub explained: f64,
    /// Log-likelihood ratio of the two-sided beads per segment.
    pub evidence: f64,
}

/// A document and its translation.
#[derive(Debug, Clone)]
pub struct Bitext {
    /// The source.
    pub source: Document,
    /// The translation.
    pub target: Document,
    /// In order of the source; every prose segment of either side is in exactly one.
    pub beads: Vec<Bead>,
    /// Whether it is a translation.
    pub parallelism: Parallelism,
}

impl Bitext {
    /// The source text a bead covers.
    pub fn source_span(&self, bead: &Bead) -> Option<Span> {
        cover(&self.source, &bead.source)
    }

    /// The target text a bead covers.
    pub fn target_span(&self, bead: &Bead) -> Option<Span> {
        cover(&self.target, &bead.target)
    }
}

fn cover(document: &Document, range: &Range<usize>) -> Option<Span> {
    let segments = document.segments.get(range.clone())?;
    Some(segments.first()?.span.join(segments.last()?.span))
}
