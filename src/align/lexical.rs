//! How well the words of one side explain those of the other, for every run of sentences a bead may take.

use super::band::Band;
use super::matches::Matches;
use super::maths;
use super::table::{Ratios, Table, Work};
use super::units::Side;

/// Power of the number of words among which an explanation is shared out: under 1 keeps wide beads alive.
const DILUTION: f64 = 0.8;

/// One direction: words of `to` given words of `from`.
pub(super) struct Direction<'a> {
    /// Both sides, source first.
    pub sides: (&'a Side, &'a Side),
    /// Whether `from` is the target.
    pub backward: bool,
    /// Its ratios.
    pub ratios: &'a Ratios,
    /// The table.
    pub table: &'a Table,
    /// The matches it was learnt from.
    pub matches: &'a Matches,
}

/// Buffers of one worker.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    sums: Vec<f32>,
    own: Vec<f32>,
    touched: Vec<u32>,
    ring: Vec<(usize, Vec<f32>)>,
    total: Vec<f32>,
    logs: Vec<f32>,
    work: Work,
}

impl Direction<'_> {
    fn from(&self) -> &Side {
        if self.backward { self.sides.1 } else { self.sides.0 }
    }

    fn to(&self) -> &Side {
        if self.backward { self.sides.0 } else { self.sides.1 }
    }

    /// Summed ratios of every scored token of `columns` given sentence `row`; sentences numbered through.
    fn ratios_of(
        &self,
        row: usize,
        columns: std::ops::Range<usize>,
        out: &mut Vec<f32>,
        buffers: &mut Buffers,
    ) {
        let to = self.to();
        let Buffers { sums, own, touched, work, .. } = buffers;
        sums.resize(to.stem_count(), 0.0);
        let from = self.from();
        for (stem, count) in from.bag(row).filter(|&(stem, _)| !from.light[stem as usize]) {
            for &(other, ratio) in self.ratios.row(stem) {
                if sums[other as usize] == 0.0 {
                    touched.push(other);
                }
                sums[other as usize] += count * ratio;
            }
        }
        let first = to.scored.offsets[columns.start] as usize;
        let last = to.scored.offsets[columns.end] as usize;
        out.clear();
        out.extend(to.scored.stems[first..last].iter().map(|&stem| sums[stem as usize]));
        touched.drain(..).for_each(|stem| sums[stem as usize] = 0.0);
        if !self.table.is_learnt() {
            return;
        }
        own.resize(to.stem_count(), 0.0);
        let mut leave_out = |sentence: usize, place: usize, column: usize| {
            if !columns.contains(&column) {
                return;
            }
            self.table.without(place, self.matches, self.sides, sentence, self.backward, work);
            for (&stem, &ratio) in to.distinct.get(column).iter().zip(&work.ratios) {
                own[stem as usize] = ratio;
            }
            let range = to.scored.offsets[column] as usize..to.scored.offsets[column + 1] as usize;
            for token in range {
                out[token - first] = own[to.scored.stems[token] as usize];
            }
        };
        if self.backward {
            let range = self.matches.back_offsets[row] as usize..self.matches.back_offsets[row + 1] as usize;
            for &(sentence, place) in &self.matches.back[range] {
                leave_out(sentence as usize, place as usize, sentence as usize);
            }
        } else {
            for place in self.matches.range(row) {
                leave_out(row, place, self.matches.list[place].0 as usize);
            }
        }
    }

    /// Share of the words that the other side explains, learnt on pairs of sentence ranges.
    pub(super) fn explained(
        &self,
        beads: &[(std::ops::Range<usize>, std::ops::Range<usize>)],
        buffers: &mut Buffers,
    ) -> Option<f32> {
        let (from, to) = (self.from(), self.to());
        let mut seen: Vec<(f32, f32)> = Vec::new();
        let (mut row, mut sum) = (Vec::new(), Vec::new());
        for (source, target) in beads {
            let (rows, columns) = if self.backward { (target, source) } else { (source, target) };
            let weight = from.density[rows.end] - from.density[rows.start];
            if weight <= 0.0 {
                continue;
            }
            let dilution = (weight.powf(DILUTION) + 1.0) as f32;
            sum.clear();
            for sentence in rows.clone() {
                self.ratios_of(sentence, columns.clone(), &mut row, buffers);
                sum.resize(row.len(), 0.0);
                sum.iter_mut().zip(&row).for_each(|(sum, ratio)| *sum += ratio);
            }
            let first = to.scored.offsets[columns.start] as usize;
            seen.extend(
                sum.iter().enumerate().map(|(at, sum)| (to.scored.weights[first + at], sum / dilution)),
            );
        }
        let total: f32 = seen.iter().map(|&(weight, _)| weight).sum();
        if total <= 0.0 {
            return None;
        }
        let mut share = 0.5_f32;
        for _ in 0..8 {
            let parts = seen
                .iter()
                .map(|&(weight, ratio)| f64::from(weight * share * ratio / (1.0 - share + share * ratio)));
            share = ((parts.sum::<f64>() as f32 + 0.6) / (total + 20.0)).clamp(0.03, 0.9);
        }
        Some(share)
    }

    /// For each row of a document, each number of sentences from there on up to `most`, and each column in the
    /// band: the log-likelihood ratio of the words of that column. `first` is the first sentence of the document
    /// on both sides; `emit` takes row, number of sentences, column, value, counted in the document.
    pub(super) fn score(
        &self,
        first: (usize, usize),
        band: &Band,
        most: usize,
        share: f32,
        buffers: &mut Buffers,
        mut emit: impl FnMut(usize, usize, usize, f32),
    ) {
        let (from, to) = (self.from(), self.to());
        let rows = band.rows();
        let mut ring = std::mem::take(&mut buffers.ring);
        ring.resize_with(most.max(1), Default::default);
        let mut built = 0;
        let offset = |column: usize| to.scored.offsets[first.1 + column] as usize;
        for row in 0..rows {
            let reach = usize::from(from.reach[first.0 + row]).min(most).min(rows - row);
            while built < row + reach {
                let columns = band.columns(built, most);
                let slot = built % most;
                let mut out = std::mem::take(&mut ring[slot].1);
                let shifted = first.1 + columns.start..first.1 + columns.end;
                self.ratios_of(first.0 + built, shifted, &mut out, buffers);
                ring[slot] = (offset(columns.start), out);
                built += 1;
            }
            let start = band.low[row] as usize;
            let end = band.high[row + reach] as usize;
            if start >= end {
                continue;
            }
            let tokens = offset(start)..offset(end);
            buffers.total.clear();
            buffers.total.resize(tokens.len(), 0.0);
            for count in 1..=reach {
                let (begin, ratios) = &ring[(row + count - 1) % most];
                let shift = tokens.start - begin;
                let available = ratios.len().saturating_sub(shift).min(tokens.len());
                for (sum, ratio) in buffers.total[..available].iter_mut().zip(&ratios[shift..]) {
                    *sum += ratio;
                }
                let weight = from.density[first.0 + row + count] - from.density[first.0 + row];
                let stop = band.high[row + count] as usize;
                if weight <= 0.0 {
                    (start..stop).for_each(|column| emit(row, count, column, 0.0));
                    continue;
                }
                let scale = share / (weight.powf(DILUTION) as f32 + 1.0);
                let needed = offset(stop) - tokens.start;
                buffers.logs.clear();
                buffers.logs.extend(
                    buffers.total[..needed]
                        .iter()
                        .zip(&to.scored.weights[tokens.start..])
                        .map(|(sum, weight)| weight * maths::ln(1.0 - share + scale * sum)),
                );
                let mut at = 0;
                for column in start..stop {
                    let next = offset(column + 1) - tokens.start;
                    emit(row, count, column, add(&buffers.logs[at..next]));
                    at = next;
                }
            }
        }
        buffers.ring = ring;
    }
}

/// Sum in four lanes.
fn add(values: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 4];
    let chunks = values.chunks_exact(4);
    let rest: f32 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value;
        }
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + rest
}
