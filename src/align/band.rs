//! Where in the matrix of two documents the path may run: anchors and the band around them.

use super::units::Side;

/// For each bound between source sentences, the bounds between target sentences that the path may cross,
/// both ends included. Never decreasing on either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    /// First.
    pub low: Vec<u32>,
    /// Last.
    pub high: Vec<u32>,
}

impl Band {
    /// The whole matrix.
    pub(super) fn full(rows: usize, columns: usize) -> Self {
        Self { low: vec![0; rows + 1], high: vec![columns as u32; rows + 1] }
    }

    /// Around points on the path, every source bound with at least one: the extremes over `margin` bounds either
    /// way, and `margin` more.
    pub(super) fn around(points: &[(u32, u32)], rows: usize, columns: usize, margin: usize) -> Self {
        let mut first = vec![u32::MAX; rows + 1];
        let mut last = vec![0; rows + 1];
        for &(row, column) in points {
            first[row as usize] = first[row as usize].min(column);
            last[row as usize] = last[row as usize].max(column);
        }
        let low = (0..=rows).map(|row| first[row.saturating_sub(margin)].saturating_sub(margin as u32));
        let high = (0..=rows).map(|row| (last[(row + margin).min(rows)] + margin as u32).min(columns as u32));
        Self { low: low.collect(), high: high.collect() }.mended(columns)
    }

    /// Along the line through anchors, wider the farther the next anchor is: `narrow` and half the distance, the
    /// latter at most `widest`.
    pub(super) fn along(
        anchors: &[(u32, u32)],
        rows: usize,
        columns: usize,
        narrow: f32,
        widest: f32,
    ) -> Self {
        let inner = anchors.iter().filter(|point| point.0 > 0 && point.1 > 0);
        let mut points: Vec<(f32, f32)> = vec![(0.0, 0.0)];
        points.extend(inner.map(|&(row, column)| (row as f32, column as f32)));
        points.push((rows as f32, columns as f32));
        let slope = steepness(&points);
        let (mut low, mut high) = (Vec::with_capacity(rows + 1), Vec::with_capacity(rows + 1));
        let mut at = 0;
        for row in 0..=rows {
            let row = row as f32;
            while at + 2 < points.len() && points[at + 1].0 <= row {
                at += 1;
            }
            let (from, to) = (points[at], points[at + 1]);
            let column = from.1 + (row - from.0) * (to.1 - from.1) / (to.0 - from.0).max(1.0);
            let distance = (row - from.0).min(to.0 - row).max(0.0);
            let width = narrow + (distance * 0.5).min(widest);
            // Something long may be missing anywhere between two anchors: the path runs level with the one until
            // there, with the other from there on.
            let level = (from.1 + (row - from.0) * slope, to.1 - (to.0 - row) * slope);
            let clamp = |column: f32| column.clamp(from.1, to.1.max(from.1));
            let (first, last) = (clamp(level.0.min(level.1)), clamp(level.0.max(level.1)));
            let steep = (to.0 - from.0) * (level.0 - level.1).abs() < AREA;
            let (first, last) = if steep { (first.min(column), last.max(column)) } else { (column, column) };
            low.push((first - width).max(0.0) as u32);
            high.push(((last + width).max(0.0) as u32).min(columns as u32));
        }
        Self { low, high }.mended(columns)
    }

    /// Along a line of known slope from the first corner, ever wider; the last row is open.
    pub(super) fn wedge(rows: usize, columns: usize, slope: f32, narrow: f32) -> Self {
        let (low, high) = (0..=rows)
            .map(|row| {
                let (middle, width) = (row as f32 * slope, narrow + 0.15 * row as f32 * slope.max(1.0));
                ((middle - width).max(0.0) as u32, ((middle + width) as u32).min(columns as u32))
            })
            .unzip();
        let mut band = Self { low, high };
        band.low.iter_mut().for_each(|low| *low = (*low).min(columns as u32));
        band.mended(columns)
    }

    /// Corners in, monotone, connected.
    fn mended(mut self, columns: usize) -> Self {
        let rows = self.rows();
        self.low[0] = 0;
        self.high[rows] = columns as u32;
        for row in (0..rows).rev() {
            self.low[row] = self.low[row].min(self.low[row + 1]);
        }
        for row in 1..=rows {
            self.high[row] = self.high[row].max(self.high[row - 1]).max(self.low[row]);
        }
        for row in 0..rows {
            self.high[row] = self.high[row].max(self.low[row + 1]);
        }
        self
    }

    /// This band, and `other` between those neighbouring anchors that are not both inside or are `apart`.
    pub(super) fn join_between(
        &self,
        other: &Self,
        anchors: &[(u32, u32)],
        apart: impl Fn((u32, u32), (u32, u32)) -> bool,
    ) -> Self {
        let rows = self.rows();
        let columns = *self.high.last().unwrap_or(&0);
        let inside = |&(row, column): &(u32, u32)| {
            (self.low[row as usize]..=self.high[row as usize]).contains(&column)
        };
        let mut joined = self.clone();
        let ends = [(0, 0), (rows as u32, columns)];
        let points: Vec<(u32, u32)> = ends[..1].iter().chain(anchors).chain(&ends[1..]).copied().collect();
        for pair in points.windows(2) {
            if inside(&pair[0]) && inside(&pair[1]) && !apart(pair[0], pair[1]) {
                continue;
            }
            for row in pair[0].0 as usize..=pair[1].0 as usize {
                joined.low[row] = joined.low[row].min(other.low[row]);
                joined.high[row] = joined.high[row].max(other.high[row]);
            }
        }
        joined.mended(columns as usize)
    }

    /// Number of source sentences.
    pub(super) fn rows(&self) -> usize {
        self.low.len() - 1
    }

    /// Target sentences that may stand in one bead with source sentence `row`, beads holding up to `most`.
    pub(super) fn columns(&self, row: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.low[(row + 1).saturating_sub(most)] as usize;
        start..self.high[(row + most).min(self.rows())] as usize
    }

    /// The band seen from the other side.
    pub(super) fn transposed(&self) -> Self {
        let columns = *self.high.last().unwrap_or(&0) as usize;
        let mut low = Vec::with_capacity(columns + 1);
        let mut high = Vec::with_capacity(columns + 1);
        let (mut first, mut last) = (0, 0);
        for column in 0..=columns as u32 {
            while self.high[first] < column {
                first += 1;
            }
            while last < self.rows() && self.low[last + 1] <= column {
                last += 1;
            }
            low.push(first as u32);
            high.push(last as u32);
        }
        Self { low, high }
    }
}

/// Cells that the search for something missing between two anchors may take.
const AREA: f32 = 1_000_000.0;

/// Target sentences for one source sentence, the median between neighbouring anchors.
pub(super) fn slope(anchors: &[(u32, u32)]) -> f32 {
    let points: Vec<(f32, f32)> = anchors.iter().map(|&(row, column)| (row as f32, column as f32)).collect();
    if points.len() < 2 { 1.0 } else { steepness(&points) }
}

/// Columns for one row, the median between neighbouring points.
fn steepness(points: &[(f32, f32)]) -> f32 {
    let near = |at: usize| (points[at], points[(at + 5).min(points.len() - 1)]);
    let slopes = (0..points.len() - 1).map(near).filter(|(a, b)| b.0 > a.0);
    let mut slopes: Vec<f32> = slopes.map(|(a, b)| (b.1 - a.1) / (b.0 - a.0)).collect();
    slopes.sort_by(f32::total_cmp);
    slopes.get(slopes.len() / 2).copied().unwrap_or(1.0).clamp(0.1, 10.0)
}

/// Which clues anchor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// Words stand in at most so many sentences of a document, on either side.
    rare: usize,
    /// Their numbers of sentences differ by at most this.
    differ: usize,
    /// Sentence pairs with this much evidence are candidates.
    evidence: f32,
    /// Anchors lie within this share of the text off the diagonal.
    diagonal: f64,
    /// A candidate is the best of its row and of its column.
    best: bool,
}

/// Before anything is learnt: words that look alike are seldom wrong where they are rare.
pub(super) const ALIKE: Rule = Rule { rare: 8, differ: 2, evidence: 1.0, diagonal: 0.15, best: false };
/// With learnt pairs, less rare and less sure: several must agree.
pub(super) const LEARNT: Rule = Rule { rare: 40, differ: 20, evidence: 7.0, diagonal: 0.35, best: true };

impl Rule {
    /// What one pair of occurrences is worth: less the more others there are.
    fn vote(self, weight: f32, rows: usize, counts: (usize, usize)) -> f32 {
        let product = (counts.0 * counts.1) as f32;
        if self.best {
            (1.0 + weight * rows as f32 / product).ln()
        } else {
            weight * (rows as f32 / counts.0 as f32).ln() / product
        }
    }
}

/// An anchor so many sentences off the line through its neighbours is dropped.
const ASTRAY: f32 = 20.0;

/// A pair of things that may anchor: the sentences of one document each stands in, and how surely they correspond.
pub(super) struct Clue<'a> {
    /// Sentences of the source.
    pub source: &'a [u32],
    /// Sentences of the target.
    pub target: &'a [u32],
    /// Weight, 0 to 1.
    pub weight: f32,
}

/// Sentences in `list` that belong to a document.
pub(super) fn within(list: &[u32], bounds: (usize, usize)) -> &[u32] {
    let start = list.partition_point(|&sentence| (sentence as usize) < bounds.0);
    let end = list.partition_point(|&sentence| (sentence as usize) < bounds.1);
    &list[start..end]
}

/// The heaviest chain of sentence pairs that clues point to; counted in the document.
pub(super) fn anchors<'a>(
    clues: impl Iterator<Item = Clue<'a>>,
    (source, target): (&Side, &Side),
    document: usize,
    rule: Rule,
) -> Vec<(u32, u32)> {
    let first = (source.documents[document], target.documents[document]);
    let rows = source.documents[document + 1] - first.0;
    let columns = target.documents[document + 1] - first.1;
    let mut votes: Vec<(u32, u32, f32)> = Vec::new();
    for clue in clues {
        let counts = (clue.source.len(), clue.target.len());
        let (few, many) = (counts.0.min(counts.1), counts.0.max(counts.1));
        if few == 0 || many > rule.rare || many - few > rule.differ {
            continue;
        }
        let weight = rule.vote(clue.weight, rows, counts);
        if weight <= 0.0 {
            continue;
        }
        for &row in clue.source {
            for &column in clue.target {
                let (row, column) = (row as usize - first.0, column as usize - first.1);
                if (row as f64 / rows as f64 - column as f64 / columns as f64).abs() <= rule.diagonal {
                    votes.push((row as u32, column as u32, weight));
                }
            }
        }
    }
    votes.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    let mut points: Vec<(u32, u32, f32)> = Vec::new();
    for vote in votes {
        match points.last_mut() {
            Some(last) if (last.0, last.1) == (vote.0, vote.1) => last.2 += vote.2,
            _ => points.push(vote),
        }
    }
    points.retain(|point| point.2 > rule.evidence);
    if rule.best {
        let (mut of_row, mut of_column) = (vec![0.0_f32; rows], vec![0.0_f32; columns]);
        for &(row, column, weight) in &points {
            of_row[row as usize] = of_row[row as usize].max(weight);
            of_column[column as usize] = of_column[column as usize].max(weight);
        }
        points.retain(|point| point.2 >= of_row[point.0 as usize] && point.2 >= of_column[point.1 as usize]);
    }
    let chain = heaviest(&mut points, columns);
    let slope = columns as f32 / rows.max(1) as f32;
    let astray = |at: usize| {
        let near = at.saturating_sub(5)..(at + 6).min(chain.len());
        let mut off: Vec<f32> = near
            .filter(|&other| other != at)
            .map(|other| {
                let (a, b) = (chain[other], chain[at]);
                ((a.1 as f32 - b.1 as f32) - (a.0 as f32 - b.0 as f32) * slope).abs()
            })
            .collect();
        off.sort_by(f32::total_cmp);
        off.get(off.len() / 2).is_none_or(|&median| median >= ASTRAY)
    };
    (0..chain.len()).filter(|&at| !astray(at)).map(|at| chain[at]).collect()
}

/// The heaviest chain that increases on both sides, by a tree of prefix maxima.
fn heaviest(points: &mut [(u32, u32, f32)], columns: usize) -> Vec<(u32, u32)> {
    points.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    let mut tree: Vec<(f64, usize)> = vec![(0.0, usize::MAX); columns + 2];
    let mut previous = vec![usize::MAX; points.len()];
    let mut best = (0.0, usize::MAX);
    for (place, &(_, column, weight)) in points.iter().enumerate() {
        let mut before = (0.0, usize::MAX);
        let mut at = column as usize;
        while at > 0 {
            if tree[at].0 > before.0 {
                before = tree[at];
            }
            at &= at - 1;
        }
        previous[place] = before.1;
        let sum = (before.0 + f64::from(weight), place);
        if sum.0 > best.0 {
            best = sum;
        }
        let mut at = column as usize + 1;
        while at < tree.len() {
            if sum.0 > tree[at].0 {
                tree[at] = sum;
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while at != usize::MAX {
        chain.push((points[at].0, points[at].1));
        at = previous[at];
    }
    chain.reverse();
    chain
}
