//! The passes: align, learn, align again, over all documents of one pair of languages at once.

use rayon::prelude::*;

use super::band::{self, Band, Clue};
use super::length::Lengths;
use super::lexical::{Buffers, Direction};
use super::path::{self, Outcome, Step};
use super::prior;
use super::score::{self, Bounds, Model, Place, Scores, Workspace};
use super::table::{Matches, Prior, Table};
use super::units::{Side, Unit};
use super::{Evidence, Lexicon};

/// Number of passes.
const PASSES: usize = 5;
/// The pass after which long documents are anchored again, with what was learnt.
const ANCHOR_AGAIN: usize = 2;
/// Share of words explained, before it is learnt.
const EXPLAINED: f32 = 0.25;
/// Documents up to so many cells are searched whole.
const WHOLE: usize = 90_000;
/// Sentences that the path may move from one pass to the next.
const MARGIN: usize = 8;
/// Sentence pairs less likely than this to share a bead teach nothing.
const FAINT: f32 = 0.02;

/// One document, aligned.
#[derive(Debug, Default)]
pub(super) struct Aligned {
    /// The path; sentences counted in the document.
    pub path: Vec<Step>,
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
        let words = prior::pairs(&source, &target, lexicon);
        let prior = Prior::new(&source, &target, &words);
        let table = Table::from_prior(&prior, &source, &target);
        let bounds = Bounds::new(&source, &target);
        let lengths = Lengths::new(source.lengths.iter().sum(), target.lengths.iter().sum());
        let model = bounds.start(lengths, EXPLAINED);
        Self { source, target, words, prior, table, matches: Matches::default(), model, bounds }
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
        let mut bands: Vec<Band> = (0..documents).map(|document| self.first_band(document)).collect();
        let mut outcomes: Vec<Outcome> = Vec::new();
        for pass in 0..PASSES {
            if pass > 0 {
                self.learn(&outcomes);
                bands =
                    (0..documents).map(|document| self.next_band(document, &outcomes[document])).collect();
            }
            if pass == ANCHOR_AGAIN + 1 {
                for (document, band) in bands.iter_mut().enumerate() {
                    let place = self.place(document);
                    if place.count.0 * place.count.1 > WHOLE {
                        *band = band.join(&self.anchored(document, true));
                    }
                }
            }
            let most = if pass == 0 { 3 } else { 6 };
            let next = self.pass(&bands, most);
            let same = outcomes.len() == next.len()
                && outcomes.iter().zip(&next).all(|(old, new)| is_same(&old.path, &new.path));
            outcomes = next;
            if same && pass > ANCHOR_AGAIN + 1 {
                break;
            }
        }
        outcomes.into_iter().enumerate().map(|(document, outcome)| self.finish(document, outcome)).collect()
    }

    fn first_band(&self, document: usize) -> Band {
        let (rows, columns) = self.place(document).count;
        if rows * columns <= WHOLE { Band::full(rows, columns) } else { self.anchored(document, false) }
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
        Band::around(&points, rows, columns, MARGIN)
    }

    /// The band along anchors: from words that look alike and, where `learnt`, from what the table is sure of.
    fn anchored(&self, document: usize, learnt: bool) -> Band {
        let place = self.place(document);
        let (rows, columns) = place.count;
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
        let anchors = band::anchors(words.chain(sure), place.sides, document);
        let widest = 20.0 + 0.06 * columns as f32;
        let narrow = if learnt { 12.0 } else { 40.0 };
        Band::along(&anchors, rows, columns, narrow, widest)
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
        let evidence_of = |step: &Step| {
            let (length, bounds) = score::parts(self.place(document), &self.model, step);
            let shapes = score::shapes(6);
            let prior = shapes[usize::from(step.shape)].prior;
            let prior = if step.rows == 0 || step.columns == 0 { step.score } else { prior };
            Evidence {
                prior: f64::from(prior),
                length: f64::from(length),
                words: f64::from(step.score - prior - length - bounds),
                bounds: f64::from(bounds),
            }
        };
        let parts = outcome.path.iter().map(evidence_of).collect();
        Aligned { parts, path: outcome.path, explained: f32::midpoint(explained[0], explained[1]), evidence }
    }
}

fn is_same(old: &[Step], new: &[Step]) -> bool {
    let key = |step: &Step| (step.row, step.column, step.rows, step.columns);
    old.len() == new.len() && old.iter().zip(new).all(|(a, b)| key(a) == key(b))
}
