//! Segments of one side that the other has nothing for. Finds nothing itself.

use std::ops::Range;

use super::anchors;
use crate::lang::words;
use crate::model::{Bead, Bitext, Document, Relation, SegmentKind, Side, Span};

/// Segments without a counterpart.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    /// Where.
    pub span: Span,
    /// How sure.
    pub confidence: f64,
}

/// Posterior of a gap from which it is spoken of: the aligner is cautious with gaps, so that what it calls one
/// nearly always is.
const POSTERIOR: f64 = 0.2;

/// The gaps of one side, those that follow each other as one.
pub(super) fn gaps(bitext: &Bitext, side: Side) -> Vec<Gap> {
    let relation = bitext.parallelism.relation;
    if matches!(
        relation,
        Relation::Unrelated | Relation::Comparable | Relation::SameLanguage | Relation::Swapped
    ) {
        return Vec::new();
    }
    let usual = anchors::ratio(bitext);
    let mut out: Vec<Gap> = Vec::new();
    let mut after_gap = false;
    for bead in &bitext.beads {
        let (own, other) = sides(bead, side);
        if own.is_empty() {
            continue;
        }
        let gap = if other.is_empty() { whole(bitext, side, bead) } else { part(bitext, side, bead, usual) };
        let Some(gap) = gap else {
            after_gap = false;
            continue;
        };
        match out.last_mut() {
            Some(last) if after_gap && other.is_empty() => {
                last.span = last.span.join(gap.span);
                last.confidence = last.confidence.max(gap.confidence);
            }
            _ => out.push(gap),
        }
        after_gap = other.is_empty();
    }
    out
}

fn sides(bead: &Bead, side: Side) -> (Range<usize>, Range<usize>) {
    match side {
        Side::Source => (bead.source.clone(), bead.target.clone()),
        _ => (bead.target.clone(), bead.source.clone()),
    }
}

fn document(bitext: &Bitext, side: Side) -> &Document {
    if side == Side::Source { &bitext.source } else { &bitext.target }
}

/// A bead with nothing on the other side.
fn whole(bitext: &Bitext, side: Side, bead: &Bead) -> Option<Gap> {
    let document = document(bitext, side);
    let (own, _) = sides(bead, side);
    let segments = document.segments.get(own)?;
    let span = segments.first()?.span.join(segments.last()?.span);
    if bead.moved || bead.confidence < POSTERIOR {
        return None;
    }
    let says = anchors::length(document.excerpt(span));
    let prose =
        segments.iter().any(|segment| matches!(segment.kind, SegmentKind::Sentence | SegmentKind::ListItem));
    // Captions, bylines and headings are often left out on purpose, and a word or two are often moved.
    if says < 12.0 || words::words(document.excerpt(span)).count() < 3 || (!prose && bead.confidence < 0.9) {
        return None;
    }
    let mut confidence = 0.55 + 0.4 * bead.confidence;
    if !prose || bitext.parallelism.relation == Relation::PartlyParallel {
        confidence *= 0.7;
    }
    Some(Gap { span, confidence })
}

/// A sentence among several that stand for one, where the length fits without it.
fn part(bitext: &Bitext, side: Side, bead: &Bead, usual: f64) -> Option<Gap> {
    let (own, other) = sides(bead, side);
    if own.len() < 2 || other.len() != 1 {
        return None;
    }
    let here = document(bitext, side);
    let there = document(bitext, if side == Side::Source { Side::Target } else { Side::Source });
    let usual = if side == Side::Source { usual } else { 1.0 / usual };
    let counterpart = there.segments.get(other)?.first()?.span;
    let length = anchors::length(there.excerpt(counterpart));
    let segments = here.segments.get(own)?;
    let lengths: Vec<f64> = segments.iter().map(|x| anchors::length(here.excerpt(x.span)) * usual).collect();
    let sum: f64 = lengths.iter().sum();
    let deviation = |expected: f64| (length / expected.max(1.0)).ln();
    let linked = |span: Span| -> f64 {
        bead.links
            .iter()
            .filter(|link| span.contains(if side == Side::Source { link.source } else { link.target }))
            .map(|link| link.weight)
            .sum()
    };
    let all = deviation(sum);
    // The one without which the length fits best, and that shares the fewest words with the other side.
    let best = (0..segments.len())
        .filter(|&at| lengths[at] >= 20.0 && lengths[at] > 0.2 * sum)
        .map(|at| {
            let links = linked(segments[at].span) / lengths[at].max(1.0) * 30.0;
            (at, deviation(sum - lengths[at]).abs() + 0.3 * links, links)
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let (at, _, links) = best;
    let without = deviation(sum - lengths[at]).abs();
    let confidence = if all < -0.6 && without < 0.3 {
        0.75
    } else if all < -0.4 && without < 0.27 && links < 0.4 {
        0.6
    } else if all < -0.3 && without < 0.18 && links < 0.2 && bitext.beads.len() > 2 {
        0.5
    } else {
        return None;
    };
    Some(Gap { span: segments[at].span, confidence })
}
