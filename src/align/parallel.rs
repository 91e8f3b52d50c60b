//! Is it a translation at all? The figures are explained in `docs/alignment.md`.

use super::pool::Aligned;
use crate::model::{Parallelism, Relation};

/// What is known of a pair besides its path.
pub(super) struct Pair {
    /// Number of prose segments of the source.
    pub source: usize,
    /// Of the target.
    pub target: usize,
    /// Names and figures of one side that the other has too, share of the smaller number, and their number.
    pub shared: (f32, usize),
    /// Pairs of words that a lexicon knows.
    pub known: usize,
    /// Whether the words of both sides are mostly the same.
    pub same_words: bool,
}

/// Without a control, a translation explains at least this share of words.
const EXPLAINED: f64 = 0.12;
/// And is at least so much likelier than chance, nats a segment.
const EVIDENCE: f64 = 0.8;
/// With so much more evidence there is no need for a control, nats a segment.
const CLEAR: f64 = 5.5;
/// Pairs with fewer segments on the longer side are not called unrelated, unless the words of both are known.
const FEW: usize = 20;
/// Segments of the shorter side under which a pair is never called unrelated.
const SHORT: usize = 8;
/// Above this probability of a translation a pair is not plainly none, where there is no control.
const PLAIN: f64 = 0.05;
/// Evidence over that of the control, and less it, of a translation.
const ORDERED: (f64, f64) = (1.7, 0.4);
/// The same of a text that has no more to do with the other one way round than the other.
const DISORDERED: (f64, f64) = (1.2, 0.15);
/// Evidence over that of the control where a translation is as likely as none.
const EVEN: f64 = 1.45;
/// Added to both before they are divided, nats a segment.
const CHANCE: f64 = 0.5;
/// Share of words under which nothing is explained, where the words of both sides are known.
const NOTHING: f64 = 0.05;
/// More segments than this share without counterpart: only in part a translation.
const GAPS: f64 = 0.3;
/// An end is missing that holds at least this share of one side, and three segments.
const END: f64 = 0.1;
/// Beads on either side that a local judgement takes in.
const WINDOW: usize = 5;
/// Evidence of words, nats a segment, and mean posterior, from which a window is a translation.
const LOCAL: (f64, f64) = (0.6, 0.75);
/// Share of segments in such windows that makes a part worth checking.
const PART: f64 = 0.2;
/// Share, and number, of names and figures in common that make two texts comparable.
const SHARED: (f32, usize) = (0.15, 3);

/// The evidence of a pair, and that of the same sentences with one side out of order; nats a segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Control {
    /// In order.
    pub own: f64,
    /// Out of order.
    pub disordered: f64,
}

impl Control {
    fn ratio(self) -> f64 {
        (self.own.max(0.0) + CHANCE) / (self.disordered.max(0.0) + CHANCE)
    }

    fn excess(self) -> f64 {
        self.own - self.disordered
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Translation,
    Unsure,
    None,
}

/// Judges one aligned pair. `control` is asked where the figures alone do not tell.
pub(super) fn judge(aligned: &Aligned, pair: &Pair, control: impl FnOnce() -> Control) -> Parallelism {
    let segments = (pair.source + pair.target).max(1) as f64;
    let explained = f64::from(aligned.explained);
    let evidence = f64::from(aligned.evidence) / segments;
    let gaps = aligned
        .path
        .iter()
        .zip(&aligned.moved)
        .filter(|(step, moved)| (step.rows == 0 || step.columns == 0) && !**moved)
        .map(|(step, _)| f64::from(step.rows + step.columns))
        .sum::<f64>()
        / segments;
    let (good, inside) = local(aligned);
    let good = good / segments;
    // How far both figures are over the cut, in powers of two.
    let margin = (explained / EXPLAINED).min(evidence / EVIDENCE).max(1e-3).log2();
    let ends = ends(aligned, pair);
    let (shorter, longer) = (pair.source.min(pair.target), pair.source.max(pair.target));
    // A dictionary explains much in any two texts of its languages: the cut is for what was learnt.
    let doubtful = margin < 0.0 || pair.known > 0;
    let asked = doubtful && !pair.same_words && shorter >= SHORT && evidence < CLEAR;
    let control = asked.then(control);
    let sure = match control {
        Some(control) => 1.0 / (1.0 + (-6.0 * (control.ratio() / EVEN).log2()).exp()),
        None => 1.0 / (1.0 + (-3.0 * margin).exp()),
    };
    // The words of both sides are known, and none finds its partner.
    let strange = pair.known >= pair.source + pair.target && explained < NOTHING;
    let verdict = match control {
        Some(it) if it.ratio() >= ORDERED.0 && it.excess() >= ORDERED.1 => Verdict::Translation,
        Some(_) if strange => Verdict::None,
        Some(it) if it.ratio() < DISORDERED.0 && it.excess() < DISORDERED.1 => Verdict::None,
        None if margin >= 0.0 => Verdict::Translation,
        None if sure <= PLAIN => Verdict::None,
        _ => Verdict::Unsure,
    };
    let few = longer < FEW && !strange;
    let (relation, confidence) = if shorter == 0 {
        (Relation::Unclear, 0.0)
    } else if pair.same_words {
        (Relation::SameLanguage, 0.95)
    } else if let Some(end) =
        ends.filter(|_| verdict == Verdict::Translation || (verdict == Verdict::Unsure && inside >= 0.6))
    {
        (Relation::Truncated, end)
    } else if verdict == Verdict::Translation {
        if gaps <= GAPS {
            (Relation::Parallel, sure)
        } else {
            (Relation::PartlyParallel, 0.5 + 0.5 * good.min(inside))
        }
    } else if verdict == Verdict::Unsure && good >= PART && (gaps > GAPS || control.is_none()) {
        (Relation::PartlyParallel, 0.5 + 0.5 * good.min(inside))
    } else if verdict == Verdict::Unsure || shorter < SHORT || few {
        (Relation::Unclear, 1.0 - sure)
    } else if pair.shared.0 >= SHARED.0 && pair.shared.1 >= SHARED.1 {
        (Relation::Comparable, 1.0 - sure)
    } else {
        (Relation::Unrelated, 1.0 - sure)
    };
    Parallelism { relation, confidence, explained, evidence }
}

/// Segments in two-sided beads whose neighbourhood is a translation; and their share among those in such beads.
fn local(aligned: &Aligned) -> (f64, f64) {
    let beads: Vec<(f64, f64, f64)> = aligned
        .path
        .iter()
        .zip(&aligned.parts)
        .filter(|(step, _)| step.rows > 0 && step.columns > 0)
        .map(|(step, parts)| (parts.words, f64::from(step.probability), f64::from(step.rows + step.columns)))
        .collect();
    let all: f64 = beads.iter().map(|bead| bead.2).sum();
    let good = (0..beads.len()).filter(|&at| {
        let near = &beads[at.saturating_sub(WINDOW)..(at + WINDOW + 1).min(beads.len())];
        let (words, sizes) = near.iter().fold((0.0, 0.0), |sum, bead| (sum.0 + bead.0, sum.1 + bead.2));
        let mean = near.iter().map(|bead| bead.1).sum::<f64>() / near.len() as f64;
        words / sizes >= LOCAL.0 && mean >= LOCAL.1
    });
    let good: f64 = good.map(|at| beads[at].2).sum();
    (good, if all > 0.0 { good / all } else { 0.0 })
}

/// How surely one side ends early: a long run of gaps of one side ends the path.
fn ends(aligned: &Aligned, pair: &Pair) -> Option<f64> {
    let (mut rows, mut columns, mut sure) = (0, 0, 0.0);
    for step in aligned.path.iter().rev() {
        if step.rows > 0 && step.columns > 0 {
            break;
        }
        rows += usize::from(step.rows);
        columns += usize::from(step.columns);
        sure += f64::from(step.probability);
    }
    let long = |count: usize, of: usize| count >= 3 && count as f64 >= END * of as f64;
    let one_sided = (long(rows, pair.source) && columns == 0) || (long(columns, pair.target) && rows == 0);
    (one_sided && 2 * (rows + columns) < pair.source + pair.target).then(|| sure / (rows + columns) as f64)
}
