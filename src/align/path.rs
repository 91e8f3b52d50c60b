//! Forward-backward and the best path over a band.

use super::band::Band;
use super::maths::{self, NEVER};
use super::score::Scores;

/// Scores are flattened by this before they become probabilities.
const TEMPERATURE: f32 = 0.75;
/// Logarithms of posteriors under this are dropped.
const FAINT: f32 = -4.6;

/// A bead that starts in a cell, and its posterior.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// Source sentence.
    pub row: u32,
    /// Target sentence.
    pub column: u32,
    /// Index of its shape.
    pub shape: u8,
    /// Source sentences.
    pub rows: u8,
    /// Target sentences.
    pub columns: u8,
    /// Posterior.
    pub probability: f32,
    /// Score.
    pub score: f32,
}

/// What the band says.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The best path.
    pub path: Vec<Step>,
    /// Beads with a posterior of .01 and more, gaps included, in order.
    pub beads: Vec<Step>,
    /// Logarithm of the sum over all paths: how well the band explains the texts.
    pub total: f64,
}

/// Logarithms of one figure a cell; each row relative to its own greatest.
struct Field {
    values: Vec<f32>,
    offsets: Vec<f64>,
}

/// Posteriors and the best path. Where `open`, the path may end in any cell of the last row.
pub(super) fn solve(band: &Band, scores: &Scores, open: bool) -> Outcome {
    let forward = forward(band, scores);
    let backward = backward(band, scores, open);
    let (path, ways) = best(band, scores, open);
    let mut outcome =
        Outcome { path: trace(band, scores, &path, &ways, open), beads: Vec::new(), total: 0.0 };
    let rows = band.rows();
    let total = f64::from(backward.values[0]) + backward.offsets[0];
    outcome.total = total;
    let log = |row: usize, at: usize, kind: (usize, usize), score: f32| -> f32 {
        let next = row + kind.0;
        let column = band.low[row] as usize + at + kind.1;
        let there = scores.cells[next] + column - band.low[next] as usize;
        let offset = (forward.offsets[row] + backward.offsets[next] - total) as f32;
        forward.values[scores.cells[row] + at] + TEMPERATURE * score + backward.values[there] + offset
    };
    for step in &mut outcome.path {
        let at = (step.column - band.low[step.row as usize]) as usize;
        let kind = (usize::from(step.rows), usize::from(step.columns));
        let value = log(step.row as usize, at, kind, step.score);
        step.probability = maths::exp(value.min(0.0));
    }
    for row in 0..=rows {
        let offset = (forward.offsets[row] + backward.offsets[row] - total) as f32;
        let cells = scores.cells[row]..scores.cells[row + 1];
        for (at, cell) in cells.enumerate() {
            if forward.values[cell] + backward.values[cell] + offset < FAINT {
                continue;
            }
            for (shape, kind) in scores.shapes.iter().enumerate() {
                let score = scores.row(row, shape)[at];
                if score <= NEVER / 2.0 {
                    continue;
                }
                let value = log(row, at, (kind.source, kind.target), score);
                if value > FAINT {
                    outcome.beads.push(Step {
                        row: row as u32,
                        column: band.low[row] + at as u32,
                        shape: shape as u8,
                        rows: kind.source as u8,
                        columns: kind.target as u8,
                        probability: maths::exp(value.min(0.0)),
                        score,
                    });
                }
            }
        }
    }
    outcome
}

/// Cells of `row` from which, or into which, a shape leads to a cell of row `other`, `shift` columns on: first cell
/// in `row`, first cell in `other`, number.
fn overlap(band: &Band, row: usize, other: usize, shift: usize) -> (usize, usize, usize) {
    let (low, high) = (band.low[row] as usize + shift, band.high[row] as usize + shift);
    let (first, last) = (band.low[other] as usize, band.high[other] as usize);
    let (start, end) = (low.max(first), high.min(last) + 1);
    if start >= end { (0, 0, 0) } else { (start - low, start - first, end - start) }
}

/// Logarithm of the sum over all ways from the first cell.
fn forward(band: &Band, scores: &Scores) -> Field {
    let rows = band.rows();
    let mut field = Field { values: vec![NEVER; scores.cells[rows + 1]], offsets: vec![0.0; rows + 1] };
    let (mut ways, mut peak, mut sum) = (Vec::new(), Vec::new(), Vec::new());
    let step = scores.shapes.iter().position(|kind| kind.source == 0).unwrap_or(0);
    for row in 0..=rows {
        let width = scores.cells[row + 1] - scores.cells[row];
        let reference = if row > 0 { field.offsets[row - 1] } else { 0.0 };
        ways.clear();
        peak.clear();
        peak.resize(width, NEVER);
        if row == 0 {
            peak[0] = 0.0;
        }
        let mut count = 0;
        for (shape, kind) in scores.shapes.iter().enumerate() {
            if kind.source == 0 || kind.source > row {
                continue;
            }
            let before = row - kind.source;
            let (from, to, size) = overlap(band, before, row, kind.target);
            let offset = (field.offsets[before] - reference) as f32;
            ways.resize((count + 1) * width, NEVER);
            let out = &mut ways[count * width + to..][..size];
            let values = &field.values[scores.cells[before] + from..][..size];
            let score = &scores.row(before, shape)[from..][..size];
            let high = &mut peak[to..][..size];
            for at in 0..size {
                let value = values[at] + TEMPERATURE * score[at] + offset;
                out[at] = value.max(NEVER);
                high[at] = high[at].max(value);
            }
            count += 1;
        }
        add_ways(&ways, &mut peak, &mut sum, width, count);
        let gaps = scores.row(row, step);
        for at in 1..width {
            peak[at] = maths::add_logs(peak[at], (peak[at - 1] + TEMPERATURE * gaps[at - 1]).max(NEVER));
        }
        settle(&mut field, scores, row, &peak, reference);
    }
    field
}

/// Logarithm of the sum over ways, their greatest in `peak`, into `peak`.
fn add_ways(ways: &[f32], peak: &mut [f32], sum: &mut Vec<f32>, width: usize, count: usize) {
    sum.clear();
    sum.resize(width, 0.0);
    if count == 0 {
        return;
    }
    for way in ways.chunks_exact(width) {
        for at in 0..width {
            sum[at] += maths::exp(way[at] - peak[at]);
        }
    }
    for at in 0..width {
        // Cells without a way in have `NEVER` for all: their sum is the number of ways, and does no harm.
        peak[at] += maths::ln(sum[at].max(1e-30));
    }
}

fn settle(field: &mut Field, scores: &Scores, row: usize, values: &[f32], reference: f64) {
    let greatest = values.iter().copied().fold(NEVER, f32::max);
    let greatest = if greatest > NEVER / 2.0 { greatest } else { 0.0 };
    for (out, value) in field.values[scores.cells[row]..scores.cells[row + 1]].iter_mut().zip(values) {
        *out = (value - greatest).max(NEVER);
    }
    field.offsets[row] = reference + f64::from(greatest);
}

/// Logarithm of the sum over all ways to the last cell.
fn backward(band: &Band, scores: &Scores, open: bool) -> Field {
    let rows = band.rows();
    let mut field = Field { values: vec![NEVER; scores.cells[rows + 1]], offsets: vec![0.0; rows + 1] };
    let (mut ways, mut peak, mut sum) = (Vec::new(), Vec::new(), Vec::new());
    let step = scores.shapes.iter().position(|kind| kind.source == 0).unwrap_or(0);
    for row in (0..=rows).rev() {
        let width = scores.cells[row + 1] - scores.cells[row];
        let reference = if row < rows { field.offsets[row + 1] } else { 0.0 };
        ways.clear();
        peak.clear();
        peak.resize(width, NEVER);
        if row == rows {
            peak[width - 1] = 0.0;
            if open {
                peak.fill(0.0);
            }
        }
        let mut count = 0;
        for (shape, kind) in scores.shapes.iter().enumerate() {
            if kind.source == 0 || kind.source + row > rows {
                continue;
            }
            let next = row + kind.source;
            let (from, to, size) = overlap(band, row, next, kind.target);
            let offset = (field.offsets[next] - reference) as f32;
            ways.resize((count + 1) * width, NEVER);
            let out = &mut ways[count * width + from..][..size];
            let values = &field.values[scores.cells[next] + to..][..size];
            let score = &scores.row(row, shape)[from..][..size];
            let high = &mut peak[from..][..size];
            for at in 0..size {
                let value = values[at] + TEMPERATURE * score[at] + offset;
                out[at] = value.max(NEVER);
                high[at] = high[at].max(value);
            }
            count += 1;
        }
        add_ways(&ways, &mut peak, &mut sum, width, count);
        let gaps = scores.row(row, step);
        if !(open && row == rows) {
            for at in (0..width - 1).rev() {
                peak[at] = maths::add_logs(peak[at], (peak[at + 1] + TEMPERATURE * gaps[at]).max(NEVER));
            }
        }
        settle(&mut field, scores, row, &peak, reference);
    }
    field
}

const NO_WAY: u8 = u8::MAX;

/// The best score into each cell, and the shape it comes by. Of equal ones the first shape wins.
fn best(band: &Band, scores: &Scores, open: bool) -> (Field, Vec<u8>) {
    let rows = band.rows();
    let mut field = Field { values: vec![NEVER; scores.cells[rows + 1]], offsets: vec![0.0; rows + 1] };
    let mut ways = vec![NO_WAY; scores.cells[rows + 1]];
    let mut peak: Vec<f32> = Vec::new();
    let step = scores.shapes.iter().position(|kind| kind.source == 0).unwrap_or(0);
    for row in 0..=rows {
        let width = scores.cells[row + 1] - scores.cells[row];
        let reference = if row > 0 { field.offsets[row - 1] } else { 0.0 };
        peak.clear();
        peak.resize(width, NEVER);
        if row == 0 {
            peak[0] = 0.0;
        }
        for (shape, kind) in scores.shapes.iter().enumerate() {
            if kind.source == 0 || kind.source > row {
                continue;
            }
            let before = row - kind.source;
            let (from, to, size) = overlap(band, before, row, kind.target);
            let offset = (field.offsets[before] - reference) as f32;
            let values = &field.values[scores.cells[before] + from..][..size];
            let score = &scores.row(before, shape)[from..][..size];
            let high = &mut peak[to..][..size];
            let way = &mut ways[scores.cells[row] + to..][..size];
            for at in 0..size {
                let value = values[at] + score[at] + offset;
                if value > high[at] {
                    high[at] = value;
                    way[at] = shape as u8;
                }
            }
        }
        let gaps = scores.row(row, step);
        // In an open last row nothing may follow the path.
        if !(open && row == rows) {
            for at in 1..width {
                let value = peak[at - 1] + gaps[at - 1];
                if value > peak[at] {
                    peak[at] = value;
                    ways[scores.cells[row] + at] = step as u8;
                }
            }
        }
        settle(&mut field, scores, row, &peak, reference);
    }
    (field, ways)
}

fn trace(band: &Band, scores: &Scores, field: &Field, ways: &[u8], open: bool) -> Vec<Step> {
    let rows = band.rows();
    let mut at = scores.cells[rows + 1] - scores.cells[rows] - 1;
    if open {
        let last = &field.values[scores.cells[rows]..scores.cells[rows + 1]];
        at = (0..last.len()).fold(0, |best, at| if last[at] > last[best] { at } else { best });
    }
    let mut path = Vec::new();
    let (mut row, mut column) = (rows, band.low[rows] as usize + at);
    while row > 0 || column > 0 {
        let way = ways[scores.cells[row] + column - band.low[row] as usize];
        if way == NO_WAY {
            break;
        }
        let kind = scores.shapes[usize::from(way)];
        row -= kind.source;
        column -= kind.target;
        path.push(Step {
            row: row as u32,
            column: column as u32,
            shape: way,
            rows: kind.source as u8,
            columns: kind.target as u8,
            probability: 0.0,
            score: scores.row(row, usize::from(way))[column - band.low[row] as usize],
        });
    }
    path.reverse();
    path
}
