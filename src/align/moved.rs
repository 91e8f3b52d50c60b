//! Blocks out of order: a caption or a paragraph that stands elsewhere in the translation. No monotone path holds
//! them, so they are sought afterwards, among what the path left over on both sides.

use std::ops::Range;

use super::Evidence;
use super::path::Step;

/// A bead off the path must be this much likelier than chance, in nats, and as much again for each tenfold of
/// places it might be at.
const SCORE: f32 = 4.0;
/// And its words must bear it.
const WORDS: f64 = 3.0;
/// More runs of gaps than this on one side are no moved blocks but another text.
const RUNS: usize = 60;
/// Cells that are searched for one document.
const CELLS: usize = 250_000;

/// A run of sentences without counterpart, on one side.
fn runs(path: &[Step], source: bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for step in path {
        let (at, count, other) = if source {
            (step.row as usize, usize::from(step.rows), step.columns)
        } else {
            (step.column as usize, usize::from(step.columns), step.rows)
        };
        if count == 0 || other > 0 {
            continue;
        }
        match runs.last_mut() {
            Some(last) if last.end == at => last.end += count,
            _ => runs.push(at..at + count),
        }
    }
    runs
}

/// Aligns what the path left over; `align` aligns one block of either side, `evidence` says what places a bead.
/// Gives the beads found, sentences counted in the document.
pub(super) fn find(
    path: &[Step],
    mut align: impl FnMut(&Range<usize>, &Range<usize>) -> Vec<Step>,
    evidence: impl Fn(&Step) -> Evidence,
) -> Vec<Step> {
    let (sources, targets) = (runs(path, true), runs(path, false));
    if sources.is_empty() || targets.is_empty() || sources.len() > RUNS || targets.len() > RUNS {
        return Vec::new();
    }
    let places = (sources.iter().map(ExactSizeIterator::len).sum::<usize>()
        * targets.iter().map(ExactSizeIterator::len).sum::<usize>()) as f32;
    let needed = SCORE + places.log10();
    let mut cells = 0;
    let mut found: Vec<(f32, Vec<Step>)> = Vec::new();
    for source in &sources {
        for target in &targets {
            cells += source.len() * target.len();
            if cells > CELLS {
                break;
            }
            let beads: Vec<Step> = align(source, target)
                .into_iter()
                .filter(|step| step.rows > 0 && step.columns > 0)
                .filter(|step| step.score >= needed && evidence(step).words >= WORDS)
                .collect();
            if !beads.is_empty() {
                found.push((beads.iter().map(|step| step.score).sum(), beads));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut taken: Vec<Step> = Vec::new();
    for (_, beads) in found {
        for bead in beads {
            let free = |other: &Step| {
                apart(bead.row, bead.rows, other.row, other.rows)
                    && apart(bead.column, bead.columns, other.column, other.columns)
            };
            if taken.iter().all(free) {
                taken.push(bead);
            }
        }
    }
    taken
}

fn apart(start: u32, count: u8, other: u32, others: u8) -> bool {
    start + u32::from(count) <= other || other + u32::from(others) <= start
}

/// Whether a gap of the path is part of a bead found.
pub(super) fn covers(bead: &Step, gap: &Step) -> bool {
    if gap.rows > 0 {
        !apart(bead.row, bead.rows, gap.row, gap.rows)
    } else {
        !apart(bead.column, bead.columns, gap.column, gap.columns)
    }
}
