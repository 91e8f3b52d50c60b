//! Two documents to one bitext.

use crate::model::{Bead, Bitext, Document, Parallelism, Relation};

/// Aligns two documents.
pub fn align(source: Document, target: Document) -> Bitext {
    let beads = (0..source.segments.len().max(target.segments.len()))
        .map(|index| Bead {
            source: index.min(source.segments.len())..(index + 1).min(source.segments.len()),
            target: index.min(target.segments.len())..(index + 1).min(target.segments.len()),
            confidence: 0.5,
            moved: false,
            links: Vec::new(),
        })
        .collect();
    let parallelism =
        Parallelism { relation: Relation::Unclear, confidence: 0.0, explained: 0.0, evidence: 0.0 };
    Bitext { source, target, beads, parallelism }
}
