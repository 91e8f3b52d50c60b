//! Where a document is searched: whole, along its anchors, or window by window; and around the path found so far.

use super::band::{self, Band, Clue};
use super::path::{self, Outcome, Step};
use super::pool::{Pool, WHOLE};
use super::score::{self, Place, Workspace};
use super::units::Side;

/// Documents without anchors are searched whole up to so many cells: both ends are known then, which a window does not
/// have.
const WHOLE_SPARSE: usize = 1_000_000;
/// Long documents with fewer anchors than one in so many sentences are tracked window by window.
const SPARSE: usize = 60;
/// How often the first window is searched again with what was learnt from it.
const FIRST_ROUNDS: usize = 2;
/// Source sentences of a window.
const WINDOW: usize = 800;
/// A window whose beads are less sure than this is searched again, wider.
const LOST: f32 = 0.6;
/// So is one whose beads score less than this share of what is usual.
const POOR: f32 = 0.5;
/// Neighbouring anchors out of line by more sentences than this, and a quarter of their distance, have an omission
/// between them.
const ASTRAY: f64 = 20.0;
/// Sentences that the path may move from one pass to the next.
const MARGIN: usize = 6;
/// The same in long documents, whose anchors keep the path.
const MARGIN_LONG: usize = 4;

impl Pool {
    /// Where a document is searched first, and whether it had to be tracked.
    pub(super) fn first_band(&mut self, document: usize) -> (Band, bool) {
        let (rows, columns) = self.place(document).count;
        if rows * columns <= WHOLE {
            return (Band::full(rows, columns), false);
        }
        let anchors = self.anchors(document, false);
        if anchors.len() * SPARSE >= rows {
            return (self.along(document, &anchors, false), false);
        }
        if rows * columns <= WHOLE_SPARSE {
            return (Band::full(rows, columns), false);
        }
        let outcome = self.track(document);
        (self.next_band(document, &outcome), true)
    }

    /// Aligns a long document without anchors window by window, learning on the way.
    fn track(&mut self, document: usize) -> Outcome {
        let Place { first, count, .. } = self.place(document);
        let mut outcomes: Vec<Outcome> = Vec::new();
        outcomes.resize_with(self.documents(), Outcome::default);
        let (mut row, mut column, mut learnt) = (0, 0, 0);
        let (mut wide, mut rounds) = (1, FIRST_ROUNDS);
        let mut gains = (0.0_f32, 0.0_f32);
        let mut workspace = Workspace::default();
        while row < count.0 && column < count.1 {
            let rows = (WINDOW * wide).min(count.0 - row);
            let slope = Self::slope(&outcomes[document], (row, column), count);
            let columns = ((rows as f32 * slope * 1.3) as usize + 60 * wide).min(count.1 - column);
            let last = row + rows == count.0 && column + columns == count.1;
            let place = Place {
                sides: (&self.source, &self.target),
                first: (first.0 + row, first.1 + column),
                count: (rows, columns),
            };
            let band = Band::wedge(rows, columns, slope, 30.0 * wide as f32);
            let ratios = self.directions();
            let (forth, back) = (self.direction(false, &ratios.0), self.direction(true, &ratios.1));
            let most = if learnt == 0 && rounds == FIRST_ROUNDS { 3 } else { 5 };
            let scores =
                score::score(place, &band, score::shapes(most), &self.model, (&forth, &back), &mut workspace);
            let window = path::solve(&band, &scores, !last);
            let keep = if last { rows + 1 } else { rows * 3 / 5 };
            let kept: Vec<Step> = window
                .path
                .iter()
                .copied()
                .take_while(|step| step.row as usize + usize::from(step.rows) <= keep)
                .collect();
            let sure = kept.iter().map(|step| step.probability).sum::<f32>() / kept.len().max(1) as f32;
            let gain = kept.iter().map(|step| step.score).sum::<f32>() / kept.len().max(1) as f32;
            let usual = gains.0 / gains.1.max(1.0);
            if (sure < LOST || gain < POOR * usual) && wide < 8 && learnt > 0 && !last {
                wide *= 2;
                continue;
            }
            let Some(end) = kept.last().copied() else { break };
            let shift = |step: &Step| Step {
                row: step.row + row as u32,
                column: step.column + column as u32,
                ..*step
            };
            let until = end.row + u32::from(end.rows);
            let so_far = &mut outcomes[document];
            so_far.path.extend(kept.iter().map(shift));
            so_far.beads.extend(window.beads.iter().filter(|step| step.row < until).map(shift));
            // What lengths alone make of the first window is often wrong; it is good enough to learn a few words from.
            if learnt == 0 && rounds > 0 && !last {
                rounds -= 1;
                self.learn(&outcomes);
                outcomes[document] = Outcome::default();
                continue;
            }
            wide = 1;
            gains = (gains.0 + gain, gains.1 + 1.0);
            row += until as usize;
            column += (end.column + u32::from(end.columns)) as usize;
            if last {
                break;
            }
            // By half as much again each time: the cost of learning stays linear.
            if row >= learnt + (learnt / 2).max(WINDOW / 2) {
                self.learn(&outcomes);
                learnt = row;
            }
        }
        outcomes.swap_remove(document)
    }

    /// Target sentences for a source sentence: what the path so far says, and what is left.
    fn slope(so_far: &Outcome, done: (usize, usize), count: (usize, usize)) -> f32 {
        let left = (count.1 - done.1) as f32 / (count.0 - done.0).max(1) as f32;
        let seen = so_far.path.len().min(1000);
        let recent = &so_far.path[so_far.path.len() - seen..];
        let sums = recent
            .iter()
            .fold((0, 0), |sum, step| (sum.0 + usize::from(step.rows), sum.1 + usize::from(step.columns)));
        if sums.0 < 100 { left } else { 0.5 * (left + sums.1 as f32 / sums.0 as f32) }
    }

    pub(super) fn next_band(&self, document: usize, outcome: &Outcome) -> Band {
        let (rows, columns) = self.place(document).count;
        let mut points = vec![(0, 0), (rows as u32, columns as u32)];
        for step in &outcome.path {
            for row in step.row..=step.row + u32::from(step.rows) {
                points.push((row, step.column));
                points.push((row, step.column + u32::from(step.columns)));
            }
        }
        let margin = if rows * columns > WHOLE { MARGIN_LONG } else { MARGIN };
        Band::around(&points, rows, columns, margin)
    }

    /// Anchors: words that look alike and, where `learnt`, pairs the table is sure of.
    pub(super) fn anchors(&self, document: usize, learnt: bool) -> Vec<(u32, u32)> {
        let place = self.place(document);
        let bounds = |side: &Side| (side.documents[document], side.documents[document + 1]);
        let (source, target) = (bounds(&self.source), bounds(&self.target));
        let words = self.words.iter().filter(|pair| pair.weight >= 0.2).map(|pair| Clue {
            source: band::within(self.source.sentences_of_word.get(pair.source as usize), source),
            target: band::within(self.target.sentences_of_word.get(pair.target as usize), target),
            weight: pair.weight,
        });
        let sure = self.table.sure().filter(|_| learnt).map(|(stem, other, weight)| Clue {
            source: band::within(self.source.sentences_of_stem.get(stem as usize), source),
            target: band::within(self.target.sentences_of_stem.get(other as usize), target),
            weight,
        });
        let rule = if learnt { band::LEARNT } else { band::ALIKE };
        band::anchors(words.chain(sure), place.sides, document, rule)
    }

    /// The band along anchors.
    pub(super) fn along(&self, document: usize, anchors: &[(u32, u32)], learnt: bool) -> Band {
        let (rows, columns) = self.place(document).count;
        let widest = if learnt { 30.0 } else { (20.0 + 0.06 * columns as f32).min(400.0) };
        let narrow = if learnt { 4.0 } else { 40.0 };
        Band::along(anchors, rows, columns, narrow, widest)
    }
}

/// Whether two neighbouring anchors are out of line with the rest.
pub(super) fn apart(anchors: &[(u32, u32)]) -> impl Fn((u32, u32), (u32, u32)) -> bool + use<> {
    let slope = f64::from(band::slope(anchors));
    move |from, to| {
        let rows = (f64::from(to.0) - f64::from(from.0)) * slope;
        let columns = f64::from(to.1) - f64::from(from.1);
        (rows - columns).abs() > ASTRAY.max(0.25 * rows)
    }
}

/// Takes out the beads between two anchors that are not level with each other: something is missing there, or the
/// path has gone astray. Gives their number.
pub(super) fn forget(outcome: &mut Outcome, anchors: &[(u32, u32)]) -> usize {
    let before = outcome.beads.len();
    let apart = apart(anchors);
    for pair in anchors.windows(2).filter(|pair| apart(pair[0], pair[1])) {
        outcome.beads.retain(|step| step.row <= pair[0].0 || step.row >= pair[1].0);
    }
    before - outcome.beads.len()
}
