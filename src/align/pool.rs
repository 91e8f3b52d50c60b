//! The passes: align, learn, align again, over all documents of one pair of languages at once.

use rayon::prelude::*;

use super::band::{self, Band};
use super::bounds::Bounds;
use super::candidates::Prior;
use super::length::Lengths;
use super::lexical::{Buffers, Direction};
use super::matches::Matches;
use super::moved;
use super::path::{self, Outcome, Step};
use super::prior;
use super::route::{apart, forget};
use super::score::{self, Model, Place, Scores, Workspace};
use super::table::Table;
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
pub(super) const WHOLE: usize = 90_000;
/// The passes end when fewer than one bead in so many changes.
const SETTLED: usize = 200;
/// Names and figures in more sentences than this are the topic of the text, not a detail.
const RARE: usize = 8;
/// Guesses of the ratio of lengths closer than this are one.
const SAME_RATIO: f32 = 0.1;
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

    pub(super) fn documents(&self) -> usize {
        self.source.documents.len() - 1
    }

    /// Runs all passes.
    pub(super) fn run(&mut self) -> Vec<Aligned> {
        let documents = self.documents();
        let mut tracked = false;
        let mut bands: Vec<Band> = Vec::new();
        for document in 0..documents {
            let (band, without_anchors) = self.first_band(document);
            tracked |= without_anchors;
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

    pub(super) fn directions(&self) -> (super::table::Ratios, super::table::Ratios) {
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

    pub(super) fn direction<'a>(&'a self, backward: bool, ratios: &'a super::table::Ratios) -> Direction<'a> {
        Direction {
            sides: (&self.source, &self.target),
            backward,
            ratios,
            table: &self.table,
            matches: &self.matches,
        }
    }

    /// Learns everything anew from what a pass found.
    pub(super) fn learn(&mut self, outcomes: &[Outcome]) {
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
