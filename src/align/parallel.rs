//! Is it a translation at all?

use super::Alignment;
use super::pool::Aligned;
use crate::model::{Bead, Document, Parallelism, Relation};

/// Numbers of prose segments.
pub(super) struct Shape {
    /// Of the source.
    pub source: usize,
    /// Of the target.
    pub target: usize,
}

/// A translation explains at least this share of words.
const EXPLAINED: f64 = 0.12;
/// And is at least so much likelier than chance, nats a segment.
const EVIDENCE: f64 = 0.8;

/// Judges one aligned pair.
pub(super) fn judge(aligned: &Aligned, shape: &Shape, beads: &[Bead]) -> Parallelism {
    let segments = shape.source + shape.target;
    let explained = f64::from(aligned.explained);
    let evidence = f64::from(aligned.evidence) / segments.max(1) as f64;
    let relation = if explained >= EXPLAINED && evidence >= EVIDENCE {
        Relation::Parallel
    } else if shape.source.min(shape.target) < 20 {
        Relation::Unclear
    } else {
        Relation::Unrelated
    };
    let _ = beads;
    Parallelism { relation, confidence: 0.5, explained, evidence }
}

/// Both sides in one language.
pub(super) fn same_language(alignment: &mut Alignment, pair: &(Document, Document), same: bool) {
    if same && pair.0.language.tag != "und" {
        alignment.parallelism.relation = Relation::SameLanguage;
    }
}
