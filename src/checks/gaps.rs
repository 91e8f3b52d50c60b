//! Segments of one side that the other has nothing for. Finds nothing itself.

use std::ops::Range;

use super::coverage::{Coverage, Word};
use super::{Context, anchors, runs};
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
pub(super) fn gaps(bitext: &Bitext, context: &Context, side: Side) -> Vec<Gap> {
    if !bitext.parallelism.relation.may_be_translation() {
        return Vec::new();
    }
    let usual = anchors::ratio(bitext);
    let mut out: Vec<Gap> = Vec::new();
    let mut after_gap = false;
    for (bead, coverage) in bitext.beads.iter().zip(context.coverages(bitext)) {
        let (own, other) = sides(bead, side);
        if own.is_empty() {
            continue;
        }
        let gap = if other.is_empty() {
            whole(bitext, side, bead)
        } else {
            part(bitext, side, bead, usual).or_else(|| bare(bitext, side, bead, coverage, usual))
        };
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

/// Content words of a sentence from which their partners tell anything.
const TELLING: usize = 3;
/// How sure words alone make it: translators choose words that no dictionary knows.
const BY_WORDS: f64 = 0.55;
/// Mean support of the words of a sentence that has no counterpart, at the most, and of those beside it, at the least.
const BARE: f64 = 0.18;
const COVERED: f64 = 0.4;

/// A sentence beside another one whose words have no partners, where the length does not speak for it.
fn bare(bitext: &Bitext, side: Side, bead: &Bead, coverage: &Coverage, usual: f64) -> Option<Gap> {
    let (own, other) = sides(bead, side);
    if own.len() <= other.len() {
        return None;
    }
    let here = document(bitext, side);
    let there = document(bitext, if side == Side::Source { Side::Target } else { Side::Source });
    let (words, usual) =
        if side == Side::Source { (&coverage.source, usual) } else { (&coverage.target, 1.0 / usual) };
    let segments = here.segments.get(own)?;
    let counterpart = there.segments.get(other)?;
    let start = segments.first()?.span.start;
    let counterpart = counterpart.first()?.span.join(counterpart.last()?.span);
    let length = anchors::length(there.excerpt(counterpart));
    let lengths: Vec<f64> =
        segments.iter().map(|own| anchors::length(here.excerpt(own.span)) * usual).collect();
    let sum: f64 = lengths.iter().sum();
    let off = |expected: f64| (length / expected.max(1.0)).ln();
    let content: Vec<&Word> = words.iter().filter(|word| !word.light).collect();
    let mean = |inside: &dyn Fn(&Word) -> bool| {
        let list: Vec<&&Word> = content.iter().filter(|word| inside(word)).collect();
        let known = list.iter().filter(|word| !word.unknown).count();
        let sum: f64 = list.iter().map(|word| runs::support(word)).sum();
        (list.len(), known, sum / list.len().max(1) as f64)
    };
    let (_, at) = segments
        .iter()
        .enumerate()
        .filter(|(at, _)| {
            lengths[*at] >= 15.0 && off(sum) < -0.18 && off(sum - lengths[*at]).abs() < off(sum).abs()
        })
        .filter_map(|(at, segment)| {
            let inside = |word: &Word| segment.span.contains(word.span.shift(start));
            let (count, known, support) = mean(&inside);
            let (_, _, beside) = mean(&|word| !inside(word));
            (count >= TELLING && known * 2 >= count && support <= BARE && beside >= COVERED)
                .then_some((support, at))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Gap { span: segments[at].span, confidence: BY_WORDS })
}
