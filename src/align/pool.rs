//! The passes: align, learn, align again, over all documents of one pair of languages at once.

use rayon::prelude::*;

use super::band::{self, Band, Clue};
use super::length::Lengths;
use super::lexical::{Buffers, Direction};
use super::moved;
use super::path::{self, Outcome, Step};
use super::prior;
use super::score::{self, Bounds, Model, Place, Scores, Workspace};
use super::table::{Matches, Prior, Table};
use super::units::{Kind, Side, Unit};
use super::{Evidence, Lexicon};

/// Number of passes.
const PASSES: usize = 5;
/// Passes of long documents, at most: what the new anchors change wants learning.
const PASSES_LONG: usize = 8;
/// The pass after which long documents are anchored again, with what was learnt.
const ANCHOR_AGAIN: usize = 2;
/// Share of words explained, before it is learnt.
const EXPLAINED: f32 = 0.45;
/// Documents up to so many cells are searched whole.
const WHOLE: usize = 90_000;
/// Long documents with fewer anchors than one in so many sentences are tracked window by window.
const SPARSE: usize = 60;
/// Source sentences of a window.
const WINDOW: usize = 800;
/// A window whose beads are less sure than this is searched again, wider.
const LOST: f32 = 0.6;
/// So is one whose beads score less than this share of what is usual.
const POOR: f32 = 0.5;
/// The passes end when fewer than one bead in so many changes.
const SETTLED: usize = 200;
/// Names and figures in more sentences than this are the topic of the text, not a detail.
const RARE: usize = 8;
/// Guesses of the ratio of lengths closer than this are one.
const SAME_RATIO: f32 = 0.1;
/// Neighbouring anchors out of line by more sentences than this, and a quarter of their distance, have an omission
/// between them.
const ASTRAY: f64 = 20.0;
/// Sentences that the path may move from one pass to the next.
const MARGIN: usize = 6;
/// The same in long documents, whose anchors keep the path.
const MARGIN_LONG: usize = 4;
/// Sentence pairs less likely than this to share a bead teach nothing.
const FAINT: f32 = 0.02;

/// One document, aligned.
#[derive(Debug, Default)]
pub(super) struct Aligned {
    /// The path; sentences counted in the document.
    pub path: Vec<Step>,
    /// Which beads were found out of order.
    pub moved: Vec<bool>,
    /// What placed each bead of the path.
    pub parts: Vec<Evidence>,
    /// Share of words explained, mean of both directions.
    pub explained: f32,
    /// Sum of the scores of two-sided beads.
    pub evidence: f32,
}

/// Documents of one pair of languages.
pub(super) struct Pool {
    /// The sources.
    pub source: Side,
    /// The targets.
    pub target: Side,
    /// What looks alike.
    pub words: Vec<prior::Pair>,
    /// How many of them the lexicon knows.
    pub known: usize,
    /// The same between stems.
    pub prior: Prior,
    /// What was learnt.
    pub table: Table,
    /// Where it was learnt.
    pub matches: Matches,
    /// Lengths, bounds, shares.
    pub model: Model,
    bounds: Bounds,
}

impl Pool {
    /// Reads the documents.
    pub(super) fn new(
        sources: &[Vec<Unit<'_>>],
        targets: &[Vec<Unit<'_>>],
        lexicon: Option<&dyn Lexicon>,
    ) -> Self {
        let (source, target) = (Side::new(sources), Side::new(targets));
        let (words, known) = prior::pairs(&source, &target, lexicon);
        let prior = Prior::new(&source, &target, &words);
        let table = Table::from_prior(&prior, &source, &target);
        let bounds = Bounds::new(&source, &target);
        let lengths = Lengths::new(source.lengths.iter().sum(), target.lengths.iter().sum());
        let model = bounds.start(lengths, EXPLAINED);
        Self { source, target, words, known, prior, table, matches: Matches::default(), model, bounds }
    }

    /// A document of the pool.
    pub(super) fn place(&self, document: usize) -> Place<'_> {
        let first = (self.source.documents[document], self.target.documents[document]);
        let count =
            (self.source.documents[document + 1] - first.0, self.target.documents[document + 1] - first.1);
        Place { sides: (&self.source, &self.target), first, count }
    }

    fn documents(&self) -> usize {
        self.source.documents.len() - 1
    }

    /// Runs all passes.
    pub(super) fn run(&mut self) -> Vec<Aligned> {
        let documents = self.documents();
        let mut tracked = false;
        let mut bands: Vec<Band> = Vec::new();
        for document in 0..documents {
            let (rows, columns) = self.place(document).count;
            let band = if rows * columns <= WHOLE {
                Band::full(rows, columns)
            } else {
                let anchors = self.anchors(document, false);
                if anchors.len() * SPARSE < rows {
                    tracked = true;
                    let outcome = self.track(document);
                    self.next_band(document, &outcome)
                } else {
                    self.along(document, &anchors, false)
                }
            };
            bands.push(band);
        }
        let mut outcomes: Vec<Outcome> = Vec::new();
        let long = (0..documents).map(|document| self.place(document).count).any(|(m, n)| m * n > WHOLE);
        for pass in 0..if long { PASSES_LONG } else { PASSES } {
            if pass > 0 {
                self.learn(&outcomes);
                bands =
                    (0..documents).map(|document| self.next_band(document, &outcomes[document])).collect();
            }
            if pass > ANCHOR_AGAIN {
                let long: Vec<usize> = (0..documents)
                    .filter(|&document| {
                        let (rows, columns) = self.place(document).count;
                        rows * columns > WHOLE
                    })
                    .collect();
                let anchors: Vec<_> = long.iter().map(|&document| self.anchors(document, true)).collect();
                if pass == ANCHOR_AGAIN + 1 {
                    let dropped =
                        long.iter().zip(&anchors).map(|(&at, anchors)| forget(&mut outcomes[at], anchors));
                    // A path that went astray has taught itself the wrong words there.
                    if dropped.sum::<usize>() > 0 {
                        self.learn(&outcomes);
                    }
                }
                for (&document, anchors) in long.iter().zip(&anchors) {
                    let along = self.along(document, anchors, true);
                    bands[document] = bands[document].join_between(&along, anchors, apart(anchors));
                }
            }
            let most = if pass == 0 && !tracked { 3 } else { 6 };
            let mut next = self.pass(&bands, most);
            if pass == 0 {
                next = self.another_ratio(&bands, most, next);
            }
            let changed: usize =
                outcomes.iter().zip(&next).map(|(old, new)| changes(&old.path, &new.path)).sum();
            let beads: usize = next.iter().map(|outcome| outcome.path.len()).sum();
            outcomes = next;
            if pass > ANCHOR_AGAIN && changed * SETTLED <= beads {
                break;
            }
        }
        outcomes.into_iter().enumerate().map(|(document, outcome)| self.finish(document, outcome)).collect()
    }

    /// Where a side lacks a part, its length over the other's is a wrong ratio, and the ratio of mean segments is the
    /// better guess: takes whichever explains the texts better.
    fn another_ratio(&mut self, bands: &[Band], most: usize, first: Vec<Outcome>) -> Vec<Outcome> {
        let guess = self.target.mean_length.max(1.0) / self.source.mean_length.max(1.0);
        if (guess / self.model.lengths.ratio).ln().abs() < SAME_RATIO {
            return first;
        }
        let before = self.model.lengths;
        self.model.lengths = before.with_ratio(guess);
        let second = self.pass(bands, most);
        let total = |outcomes: &[Outcome]| outcomes.iter().map(|outcome| outcome.total).sum::<f64>();
        if total(&second) > total(&first) {
            return second;
        }
        self.model.lengths = before;
        first
    }

    /// Aligns a long document without anchors window by window, learning on the way.
    fn track(&mut self, document: usize) -> Outcome {
        let Place { first, count, .. } = self.place(document);
        let mut outcomes: Vec<Outcome> = Vec::new();
        outcomes.resize_with(self.documents(), Outcome::default);
        let (mut row, mut column, mut learnt) = (0, 0, 0);
        let mut wide = 1;
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
            let most = if learnt == 0 { 3 } else { 5 };
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
            wide = 1;
            gains = (gains.0 + gain, gains.1 + 1.0);
            let Some(end) = kept.last().copied() else { break };
            let shift = |step: &Step| Step {
                row: step.row + row as u32,
                column: step.column + column as u32,
                ..*step
            };
            let so_far = &mut outcomes[document];
            so_far.path.extend(kept.iter().map(shift));
            let until = end.row + u32::from(end.rows);
            so_far.beads.extend(window.beads.iter().filter(|step| step.row < until).map(shift));
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

    fn next_band(&self, document: usize, outcome: &Outcome) -> Band {
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
    fn anchors(&self, document: usize, learnt: bool) -> Vec<(u32, u32)> {
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
    fn along(&self, document: usize, anchors: &[(u32, u32)], learnt: bool) -> Band {
        let (rows, columns) = self.place(document).count;
        let widest = if learnt { 30.0 } else { (20.0 + 0.06 * columns as f32).min(400.0) };
        let narrow = if learnt { 4.0 } else { 40.0 };
        Band::along(anchors, rows, columns, narrow, widest)
    }

    fn directions(&self) -> (super::table::Ratios, super::table::Ratios) {
        (self.table.ratios(false, &self.target), self.table.ratios(true, &self.source))
    }

    /// One pass over all documents.
    fn pass(&self, bands: &[Band], most: usize) -> Vec<Outcome> {
        let ratios = self.directions();
        let (forth, back) = (self.direction(false, &ratios.0), self.direction(true, &ratios.1));
        let one = |workspace: &mut Workspace, document: usize| {
            let place = self.place(document);
            let shapes = score::shapes(most);
            let band = &bands[document];
            let scores: Scores = score::score(place, band, shapes, &self.model, (&forth, &back), workspace);
            path::solve(band, &scores, false)
        };
        if bands.len() == 1 {
            return vec![one(&mut Workspace::default(), 0)];
        }
        (0..bands.len()).into_par_iter().map_init(Workspace::default, one).collect()
    }

    fn direction<'a>(&'a self, backward: bool, ratios: &'a super::table::Ratios) -> Direction<'a> {
        Direction {
            sides: (&self.source, &self.target),
            backward,
            ratios,
            table: &self.table,
            matches: &self.matches,
        }
    }

    /// Learns everything anew from what a pass found.
    fn learn(&mut self, outcomes: &[Outcome]) {
        let mut rows: Vec<Vec<(u32, f32)>> = vec![Vec::new(); self.source.len()];
        let mut bounds = self.bounds.clone();
        let mut lengths = Vec::new();
        let mut beads = Vec::new();
        for (document, outcome) in outcomes.iter().enumerate() {
            let first = (self.source.documents[document], self.target.documents[document]);
            let ranges = |step: &Step| {
                let row = first.0 + step.row as usize;
                let column = first.1 + step.column as usize;
                (row..row + usize::from(step.rows), column..column + usize::from(step.columns))
            };
            for step in outcome.beads.iter().filter(|step| step.rows > 0 && step.columns > 0) {
                let (run, columns) = ranges(step);
                for row in run.clone() {
                    for column in columns.clone() {
                        let column = column as u32;
                        match rows[row].iter_mut().find(|(other, _)| *other == column) {
                            Some((_, weight)) => *weight += step.probability,
                            None => rows[row].push((column, step.probability)),
                        }
                    }
                }
                if step.probability > 0.05 {
                    let sum = |side: &Side, range: std::ops::Range<usize>| -> f32 {
                        side.lengths[range].iter().sum()
                    };
                    lengths.push((
                        sum(&self.source, run.clone()),
                        sum(&self.target, columns.clone()),
                        step.probability,
                    ));
                    bounds.count((&self.source, &self.target), run, columns, step.probability);
                }
            }
            beads.extend(outcome.path.iter().filter(|step| step.rows > 0 && step.columns > 0).map(ranges));
        }
        for row in &mut rows {
            row.retain_mut(|(_, weight)| {
                *weight = weight.min(1.0);
                *weight > FAINT
            });
            row.sort_unstable_by_key(|&(column, _)| column);
        }
        bounds.learn(&mut self.model);
        self.model.lengths.learn(&lengths);
        self.matches = Matches::new(&rows, self.target.len());
        self.table = Table::learn(&self.prior, &self.source, &self.target, &self.matches);
        self.model.explained = self.explained(&beads).map(|share| share.unwrap_or(EXPLAINED));
    }

    fn explained(&self, beads: &[(std::ops::Range<usize>, std::ops::Range<usize>)]) -> [Option<f32>; 2] {
        let ratios = self.directions();
        let mut buffers = Buffers::default();
        [
            self.direction(false, &ratios.0).explained(beads, &mut buffers),
            self.direction(true, &ratios.1).explained(beads, &mut buffers),
        ]
    }

    /// What placed a bead.
    fn parts(&self, document: usize, step: &Step) -> Evidence {
        let (length, bounds) = score::parts(self.place(document), &self.model, step);
        let prior = score::shapes(6)[usize::from(step.shape)].prior;
        let prior = if step.rows == 0 || step.columns == 0 { step.score } else { prior };
        Evidence {
            prior: f64::from(prior),
            length: f64::from(length),
            words: f64::from(step.score - prior - length - bounds),
            bounds: f64::from(bounds),
        }
    }

    fn finish(&self, document: usize, outcome: Outcome) -> Aligned {
        let first = self.place(document).first;
        let two_sided = outcome.path.iter().filter(|step| step.rows > 0 && step.columns > 0);
        let beads: Vec<_> = two_sided
            .clone()
            .map(|step| {
                let row = first.0 + step.row as usize;
                let column = first.1 + step.column as usize;
                (row..row + usize::from(step.rows), column..column + usize::from(step.columns))
            })
            .collect();
        let evidence = two_sided.map(|step| step.score).sum();
        let explained = self.explained(&beads).map(|share| share.unwrap_or(0.0));
        let found = self.moved(document, &outcome.path);
        let mut path = outcome.path;
        path.retain(|step| {
            (step.rows > 0 && step.columns > 0) || !found.iter().any(|bead| moved::covers(bead, step))
        });
        let mut moved = vec![false; path.len()];
        moved.resize(path.len() + found.len(), true);
        path.extend(found);
        let parts = path.iter().map(|step| self.parts(document, step)).collect();
        Aligned { path, moved, parts, explained: f32::midpoint(explained[0], explained[1]), evidence }
    }

    /// Beads out of order, among the gaps of a path.
    fn moved(&self, document: usize, path: &[Step]) -> Vec<Step> {
        let ratios = self.directions();
        let (forth, back) = (self.direction(false, &ratios.0), self.direction(true, &ratios.1));
        let mut workspace = Workspace::default();
        let align = |source: &std::ops::Range<usize>, target: &std::ops::Range<usize>| {
            let Place { sides, first, .. } = self.place(document);
            let first = (first.0 + source.start, first.1 + target.start);
            let place = Place { sides, first, count: (source.len(), target.len()) };
            let band = Band::full(source.len(), target.len());
            let scores =
                score::score(place, &band, score::shapes(6), &self.model, (&forth, &back), &mut workspace);
            let mut path = path::solve(&band, &scores, false).path;
            for step in &mut path {
                step.row += source.start as u32;
                step.column += target.start as u32;
            }
            path
        };
        moved::find(path, align, |step| self.parts(document, step))
    }

    /// Share of the names and figures of the poorer side that the other has too, and their number.
    pub(super) fn shared(&self, document: usize) -> (f32, usize) {
        let bounds = |side: &Side| (side.documents[document], side.documents[document + 1]);
        let telling = |side: &Side, word: u32, lists: &super::units::Lists| {
            let it = &side.words[word as usize];
            let rare = (1..=RARE).contains(&band::within(lists.get(word as usize), bounds(side)).len());
            rare && ((it.capital && it.kind == Kind::Word) || it.kind == Kind::Number)
        };
        let count = |side: &Side| {
            (0..side.words.len() as u32).filter(|&word| telling(side, word, &side.sentences_of_word)).count()
        };
        let mut words: Vec<u32> = self
            .words
            .iter()
            .filter(|pair| pair.weight >= 0.3)
            .filter(|pair| {
                telling(&self.source, pair.source, &self.source.sentences_of_word)
                    && telling(&self.target, pair.target, &self.target.sentences_of_word)
            })
            .map(|pair| pair.source)
            .collect();
        words.dedup();
        let fewer = count(&self.source).min(count(&self.target)).max(1);
        (words.len() as f32 / fewer as f32, words.len())
    }
}

/// Whether two neighbouring anchors are out of line with the rest.
fn apart(anchors: &[(u32, u32)]) -> impl Fn((u32, u32), (u32, u32)) -> bool + use<> {
    let slope = f64::from(band::slope(anchors));
    move |from, to| {
        let rows = (f64::from(to.0) - f64::from(from.0)) * slope;
        let columns = f64::from(to.1) - f64::from(from.1);
        (rows - columns).abs() > ASTRAY.max(0.25 * rows)
    }
}

/// Takes out the beads between two anchors that are not level with each other: something is missing there, or the
/// path has gone astray. Gives their number.
fn forget(outcome: &mut Outcome, anchors: &[(u32, u32)]) -> usize {
    let before = outcome.beads.len();
    let apart = apart(anchors);
    for pair in anchors.windows(2).filter(|pair| apart(pair[0], pair[1])) {
        outcome.beads.retain(|step| step.row <= pair[0].0 || step.row >= pair[1].0);
    }
    before - outcome.beads.len()
}

/// Beads of the new path that the old one does not have.
fn changes(old: &[Step], new: &[Step]) -> usize {
    let key = |step: &Step| (step.row, step.column, step.rows, step.columns);
    let mut known = old.iter().map(key).peekable();
    let mut changed = 0;
    for step in new.iter().map(key) {
        while known.next_if(|old| *old < step).is_some() {}
        changed += usize::from(known.next_if(|old| *old == step).is_none());
    }
    changed
}
