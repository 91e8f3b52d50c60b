//! The score of every bead in the band: the natural logarithm of how much likelier its two sides are as
//! translations of each other than on their own. The formulas are in `docs/alignment.md`.

use super::band::Band;
use super::bounds::{BOUNDS, ENDS, STARTS};
use super::length::{self, Lengths};
use super::lexical::{Buffers, Direction};
use super::maths::NEVER;
use super::units::Side;

/// How many sentences of either side a bead holds, and the logarithm of how often such beads are met.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Source sentences.
    pub source: usize,
    /// Target sentences.
    pub target: usize,
    /// Logarithm of the prior.
    pub prior: f32,
}

/// Prior of a gap of mean length.
const GAP: f32 = -5.0;
/// Taken off for each sentence more than two.
const SENTENCE: f32 = 0.25;
/// Weight of the words.
const WORDS: f32 = 0.9;

/// Shares of beads, gaps apart.
const SHARES: [(usize, usize, f32); 15] = [
    (1, 1, 0.72),
    (1, 2, 0.08),
    (2, 1, 0.08),
    (2, 2, 0.02),
    (1, 3, 0.012),
    (3, 1, 0.012),
    (2, 3, 0.005),
    (3, 2, 0.005),
    (1, 4, 0.004),
    (4, 1, 0.004),
    (3, 3, 0.002),
    (1, 5, 0.001),
    (5, 1, 0.001),
    (2, 4, 0.001),
    (4, 2, 0.001),
];

/// The shapes of beads with at most `most` sentences in all; the two gaps first.
pub(super) fn shapes(most: usize) -> Vec<Shape> {
    let gaps = [(1, 0), (0, 1)].map(|(source, target)| Shape { source, target, prior: GAP });
    let pairs = SHARES.iter().filter(|(source, target, _)| source + target <= most);
    let pairs = pairs.map(|&(source, target, share)| Shape {
        source,
        target,
        prior: share.ln() - SENTENCE * (source + target - 2) as f32,
    });
    gaps.into_iter().chain(pairs).collect()
}

/// What is learnt from one pass to the next, the word table apart.
#[derive(Debug, Clone)]
pub(super) struct Model {
    /// Lengths.
    pub lengths: Lengths,
    /// Share of words explained: target by source, source by target.
    pub explained: [f32; 2],
    /// Pointwise mutual information of the ends of both sides.
    pub ends: [[f32; ENDS]; ENDS],
    /// Of their starts.
    pub starts: [[f32; STARTS]; STARTS],
    /// Of both ending a paragraph.
    pub paragraphs: [[f32; 2]; 2],
    /// Score of each class of bound inside a bead, source and target.
    pub inside: [[f32; BOUNDS]; 2],
}

/// Figures of one row a count of sentences, for every sentence of a document in its columns.
#[derive(Debug, Default)]
struct Grid {
    starts: Vec<usize>,
    columns: Vec<(usize, usize)>,
    values: Vec<f32>,
}

impl Grid {
    fn shape(&mut self, band: &Band, most: usize) {
        self.starts.clear();
        self.columns.clear();
        let mut size = 0;
        for row in 0..band.rows() {
            let columns = band.columns(row, most);
            self.starts.push(size);
            size += most * columns.len();
            self.columns.push((columns.start, columns.end));
        }
        self.values.clear();
        self.values.resize(size, 0.0);
    }

    fn set(&mut self, row: usize, count: usize, column: usize, value: f32) {
        let (start, end) = self.columns[row];
        if column >= start && column < end {
            self.values[self.starts[row] + (count - 1) * (end - start) + column - start] = value;
        }
    }

    /// Values from `column` on.
    fn row(&self, row: usize, count: usize, column: usize) -> &[f32] {
        let (start, end) = self.columns[row];
        let base = self.starts[row] + (count - 1) * (end - start);
        self.values.get(base + column.max(start) - start..base + end - start).unwrap_or_default()
    }
}

/// Scores of all beads that start in each cell of the band.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// The shapes, in the order of the scores.
    pub shapes: Vec<Shape>,
    /// First cell of each row, and the number of cells.
    pub cells: Vec<usize>,
    values: Vec<f32>,
}

impl Scores {
    /// Scores of a shape, for each cell of a row.
    pub(super) fn row(&self, row: usize, shape: usize) -> &[f32] {
        let width = self.cells[row + 1] - self.cells[row];
        let start = self.cells[row] * self.shapes.len() + shape * width;
        &self.values[start..start + width]
    }
}

/// Memory of one worker, used again for each document.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    forth: Grid,
    back: Grid,
    /// Buffers of the lexical part.
    pub buffers: Buffers,
}

/// A document of a pool.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// Both sides.
    pub sides: (&'a Side, &'a Side),
    /// First sentence on both sides.
    pub first: (usize, usize),
    /// Number of sentences on both sides.
    pub count: (usize, usize),
}

/// What does not depend on the other side, for one side and each number of sentences from each sentence on.
struct Alone {
    /// Summed length.
    length: Vec<f32>,
    /// Half of what a run would cost on its own, and the bounds inside it.
    fixed: Vec<f32>,
}

impl Alone {
    fn new(side: &Side, first: usize, count: usize, take: usize, scale: f32, inside: &[f32; BOUNDS]) -> Self {
        let mean = side.mean_length + 1.0;
        let (mut length, mut fixed) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for start in 0..count {
            let run = first + start..first + (start + take).min(count);
            let sum: f32 = side.lengths[run.clone()].iter().sum();
            let own = run.len() as f32 * mean.ln() + sum / mean;
            let bounds: f32 = run.clone().take(take - 1).map(|at| inside[usize::from(side.bounds[at])]).sum();
            let cuts = (take - 1) as f32 * (sum * scale + 1.0).ln();
            length.push(sum * scale);
            fixed.push(0.5 * (own - cuts) + bounds);
        }
        Self { length, fixed }
    }
}

/// A gap is likelier the shorter the sentence.
fn gap(side: &Side, sentence: usize) -> f32 {
    (-2.0 * (side.lengths[sentence] / side.mean_length.max(1.0) + 0.1).ln()).clamp(-2.0, 1.5)
}

/// Scores every bead of a document in its band.
pub(super) fn score(
    place: Place<'_>,
    band: &Band,
    shapes: Vec<Shape>,
    model: &Model,
    directions: (&Direction<'_>, &Direction<'_>),
    workspace: &mut Workspace,
) -> Scores {
    let (source, target) = place.sides;
    let (rows, columns) = place.count;
    let most = shapes.iter().map(|shape| shape.source.max(shape.target)).max().unwrap_or(1);
    let Workspace { forth, back, buffers } = workspace;
    forth.shape(band, most);
    back.shape(band, most);
    let flipped = band.transposed();
    directions.0.score(place.first, band, most, model.explained[0], buffers, |row, count, column, value| {
        forth.set(row, count, column, value);
    });
    let turned = (place.first.1, place.first.0);
    directions.1.score(turned, &flipped, most, model.explained[1], buffers, |row, count, column, value| {
        back.set(column, count, row, value);
    });

    let mut cells = vec![0];
    for row in 0..=rows {
        cells.push(cells[row] + (band.high[row] - band.low[row] + 1) as usize);
    }
    let size = cells[rows + 1] * shapes.len();
    let mut scores = Scores { shapes, cells, values: vec![NEVER; size] };

    let runs = |side, first, count, scale, inside| -> Vec<Alone> {
        (1..=most).map(|take| Alone::new(side, first, count, take, scale, inside)).collect()
    };
    let of_source = runs(source, place.first.0, rows, model.lengths.ratio, &model.inside[0]);
    let of_target = runs(target, place.first.1, columns, 1.0, &model.inside[1]);
    let ends: Vec<Vec<f32>> = (0..2 * ENDS)
        .map(|class| {
            let score = |at: usize| {
                model.ends[class / 2][usize::from(target.ends[at])]
                    + model.paragraphs[class % 2][usize::from(target.paragraphs[at])]
            };
            (place.first.1..place.first.1 + columns).map(score).collect()
        })
        .collect();
    let starts: Vec<Vec<f32>> = (0..STARTS)
        .map(|class| {
            let score = |at: usize| model.starts[class][usize::from(target.starts[at])];
            (place.first.1..place.first.1 + columns).map(score).collect()
        })
        .collect();
    let gaps: Vec<f32> = (0..columns).map(|at| gap(target, place.first.1 + at)).collect();
    let blocked = (0..columns).any(|at| {
        usize::from(target.reach[place.first.1 + at]) < most
            && usize::from(target.reach[place.first.1 + at]) < columns - at
    });

    let widest = (0..=rows).map(|row| scores.cells[row + 1] - scores.cells[row]).max().unwrap_or(0);
    let mut there = vec![0.0_f32; widest];
    let mut backs = vec![vec![0.0_f32; widest]; most];
    for row in 0..=rows {
        let (low, high) = (band.low[row] as usize, band.high[row] as usize);
        let width = high - low + 1;
        let base = scores.cells[row] * scores.shapes.len();
        let from = place.first.0 + row;
        for (shape, kind) in scores.shapes.iter().enumerate() {
            if (kind.source, kind.target) == (0, 1) {
                let out = &mut scores.values[base + shape * width..base + (shape + 1) * width];
                for (out, gap) in out.iter_mut().zip(&gaps[low.min(columns)..high.min(columns)]) {
                    *out = kind.prior + gap;
                }
            }
            if row < rows && (kind.source, kind.target) == (1, 0) {
                let out = &mut scores.values[base + shape * width..base + (shape + 1) * width];
                let value = kind.prior + gap(source, from);
                let (first, last) = (band.low[row + 1] as usize, band.high[row + 1] as usize);
                for (at, out) in out.iter_mut().enumerate() {
                    if (first..=last).contains(&(low + at)) {
                        *out = value;
                    }
                }
            }
        }
        if row == rows {
            break;
        }
        for sums in &mut backs {
            sums[..width].fill(0.0);
        }
        let start = &starts[usize::from(source.starts[from])];
        let reach = usize::from(source.reach[from]).min(most).min(rows - row);
        for take in 1..=reach {
            let stop = band.high[row + take] as usize;
            let end = from + take - 1;
            let end = &ends[2 * usize::from(source.ends[end]) + usize::from(source.paragraphs[end])];
            let (length, fixed) = (of_source[take - 1].length[row], of_source[take - 1].fixed[row]);
            there[..width].fill(0.0);
            for count in 1..=most {
                let forward = forth.row(row, take, low + count - 1);
                there[..width].iter_mut().zip(forward).for_each(|(sum, value)| *sum += value);
                let backward = back.row(row + take - 1, count, low);
                let skipped = forth.columns[row + take - 1].0.saturating_sub(low);
                backs[count - 1][skipped.min(width)..width]
                    .iter_mut()
                    .zip(backward)
                    .for_each(|(sum, value)| *sum += value);
                let Some(shape) =
                    scores.shapes.iter().position(|kind| (kind.source, kind.target) == (take, count))
                else {
                    continue;
                };
                // Columns whose bead ends inside the band.
                let first = low.max((band.low[row + take] as usize).saturating_sub(count));
                let last = (high + 1).min((stop + 1).saturating_sub(count));
                if first >= last {
                    continue;
                }
                let prior = scores.shapes[shape].prior + fixed;
                let alone = &of_target[count - 1];
                let size = last - first;
                let out = &mut scores.values[base + shape * width + first - low..][..size];
                let forward = &there[first - low..][..size];
                let backward = &backs[count - 1][first - low..][..size];
                let lengths = &alone.length[first..last];
                let fixed = &alone.fixed[first..last];
                let ends = &end[first + count - 1..][..size];
                let starts = &start[first..last];
                for at in 0..size {
                    let fit = length::student(length, lengths[at], model.lengths.variance);
                    let words = 0.5 * WORDS * (forward[at] + backward[at]);
                    out[at] = prior + fit + words + fixed[at] + ends[at] + starts[at];
                }
                if blocked {
                    for (at, out) in out.iter_mut().enumerate() {
                        if usize::from(target.reach[place.first.1 + first + at]) < count {
                            *out = NEVER;
                        }
                    }
                }
            }
        }
    }
    scores
}

/// What of a bead's score is not the words': length, and bounds.
pub(super) fn parts(place: Place<'_>, model: &Model, step: &super::path::Step) -> (f32, f32) {
    let (rows, columns) = (usize::from(step.rows), usize::from(step.columns));
    if rows == 0 || columns == 0 {
        return (0.0, 0.0);
    }
    let (row, column) = (place.first.0 + step.row as usize, place.first.1 + step.column as usize);
    let none = [0.0; BOUNDS];
    let one = |side, first, take, scale, inside| {
        let alone = Alone::new(side, first, take, take, scale, inside);
        (alone.length[0], alone.fixed[0])
    };
    let (source, target) = place.sides;
    let (x, own) = one(source, row, rows, model.lengths.ratio, &none);
    let (d, other) = one(target, column, columns, 1.0, &none);
    let length = length::student(x, d, model.lengths.variance) + own + other;
    let inside = one(source, row, rows, model.lengths.ratio, &model.inside[0]).1 - own
        + one(target, column, columns, 1.0, &model.inside[1]).1
        - other;
    let (last, end) = (row + rows - 1, column + columns - 1);
    let bounds = inside
        + model.ends[usize::from(source.ends[last])][usize::from(target.ends[end])]
        + model.starts[usize::from(source.starts[row])][usize::from(target.starts[column])]
        + model.paragraphs[usize::from(source.paragraphs[last])][usize::from(target.paragraphs[end])];
    (length, bounds)
}
