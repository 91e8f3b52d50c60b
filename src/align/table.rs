//! Which stems translate which, learnt from the documents themselves: a significance test picks the pairs, a few
//! rounds of expectation and maximisation give their probabilities, both directions apart.

use super::candidates::{Prior, candidates};
use super::matches::Matches;
use super::units::{Lists, Side};

/// Pseudo-count of the prior in a row of the table.
const PRIOR: f32 = 1.0;
/// Weight of the empty word, times share and length.
const NOTHING: f32 = 0.3;
/// Entries from which a table is large.
const LARGE: usize = 30_000;
/// Rounds of expectation and maximisation.
const ROUNDS: usize = 3;

/// One pair of stems. Both figures: target given source, source given target.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Source stem.
    pub source: u32,
    /// Target stem.
    pub target: u32,
    /// Share of the prior.
    pub prior: [f32; 2],
    /// Probability in the last round of expectation.
    pub current: [f32; 2],
    /// Expected count.
    pub count: [f32; 2],
}

/// Source stem's place, target stem's place in the bags of a match, and the entry they meet in.
#[derive(Debug, Clone, Copy)]
struct Hit {
    source: u32,
    target: u32,
    entry: u32,
}

/// The table.
#[derive(Debug)]
pub(super) struct Table {
    /// Sorted by source, then target.
    pub entries: Vec<Entry>,
    offsets: Vec<u32>,
    /// Entries by target, then source.
    by_target: Lists,
    /// Expected counts of each source stem, each target stem.
    totals: [Vec<f32>; 2],
    /// Hits of each match.
    hits: Vec<Hit>,
    hit_offsets: Vec<u32>,
}

impl Table {
    /// The prior alone.
    pub(super) fn from_prior(prior: &Prior, source: &Side, target: &Side) -> Self {
        let entries = prior.all();
        Self::assemble(entries, source, target)
    }

    /// Learns from matches.
    pub(super) fn learn(prior: &Prior, source: &Side, target: &Side, matches: &Matches) -> Self {
        let entries = candidates(prior, source, target, matches);
        let mut table = Self::assemble(entries, source, target);
        table.find_hits(source, target, matches);
        let mut work = Work::default();
        for round in 0..ROUNDS {
            if round > 0 {
                table.maximise();
            }
            table.expect(source, target, matches, &mut work);
        }
        table.add_up();
        table
    }

    fn assemble(entries: Vec<Entry>, source: &Side, target: &Side) -> Self {
        let mut offsets = vec![0_u32; source.stem_count() + 1];
        for entry in &entries {
            offsets[entry.source as usize + 1] += 1;
        }
        for stem in 0..source.stem_count() {
            offsets[stem + 1] += offsets[stem];
        }
        let mut order: Vec<(u32, u32)> =
            entries.iter().enumerate().map(|(place, entry)| (entry.target, place as u32)).collect();
        order.sort_unstable();
        let by_target = Lists::new(target.stem_count(), &order);
        let totals = [vec![0.0; source.stem_count()], vec![0.0; target.stem_count()]];
        Self { entries, offsets, by_target, totals, hits: Vec::new(), hit_offsets: vec![0] }
    }

    fn row(&self, stem: u32) -> std::ops::Range<usize> {
        self.offsets[stem as usize] as usize..self.offsets[stem as usize + 1] as usize
    }

    /// The index of each pair of stems in each match, once for all rounds.
    fn find_hits(&mut self, source: &Side, target: &Side, matches: &Matches) {
        let mut slot = vec![u32::MAX; target.stem_count()];
        let mut found: Vec<Vec<Hit>> = Vec::new();
        for sentence in 0..source.len() {
            let range = matches.range(sentence);
            found.iter_mut().for_each(Vec::clear);
            found.resize_with(range.len().max(found.len()), Vec::new);
            for (x, (stem, _)) in source.bag(sentence).enumerate() {
                let row = self.row(stem);
                if row.is_empty() {
                    continue;
                }
                for place in row.clone() {
                    slot[self.entries[place].target as usize] = place as u32;
                }
                for (hits, place) in found.iter_mut().zip(range.clone()) {
                    for (y, &other) in target.distinct.get(matches.list[place].0 as usize).iter().enumerate()
                    {
                        let entry = slot[other as usize];
                        if entry != u32::MAX {
                            hits.push(Hit { source: x as u32, target: y as u32, entry });
                        }
                    }
                }
                for place in row {
                    slot[self.entries[place].target as usize] = u32::MAX;
                }
            }
            for hits in &found[..range.len()] {
                self.hits.extend_from_slice(hits);
                self.hit_offsets.push(self.hits.len() as u32);
            }
        }
    }

    fn hits(&self, place: usize) -> &[Hit] {
        &self.hits[self.hit_offsets[place] as usize..self.hit_offsets[place + 1] as usize]
    }

    /// Shares out every stem of every match among the stems that may explain it.
    fn expect(&mut self, source: &Side, target: &Side, matches: &Matches, work: &mut Work) {
        for entry in &mut self.entries {
            entry.count = [0.0; 2];
        }
        for sentence in 0..source.len() {
            for place in matches.range(sentence) {
                let (other, weight) = matches.list[place];
                work.denominators(self, source, target, sentence, other as usize, place);
                for at in self.hit_offsets[place] as usize..self.hit_offsets[place + 1] as usize {
                    let hit = self.hits[at];
                    let entry = &mut self.entries[hit.entry as usize];
                    let (x, y) = (hit.source as usize, hit.target as usize);
                    let times = weight * work.source[x].1 * work.target[y].1;
                    entry.count[0] += times * entry.current[0] / work.target[y].0;
                    entry.count[1] += times * entry.current[1] / work.source[x].0;
                }
            }
        }
    }

    fn add_up(&mut self) {
        self.totals.iter_mut().for_each(|totals| totals.fill(0.0));
        for entry in &self.entries {
            self.totals[0][entry.source as usize] += entry.count[0];
            self.totals[1][entry.target as usize] += entry.count[1];
        }
    }

    fn maximise(&mut self) {
        self.add_up();
        for entry in &mut self.entries {
            entry.current = [
                (entry.count[0] + PRIOR * entry.prior[0]) / (self.totals[0][entry.source as usize] + PRIOR),
                (entry.count[1] + PRIOR * entry.prior[1]) / (self.totals[1][entry.target as usize] + PRIOR),
            ];
        }
    }

    /// Probability of an entry: target given source, source given target.
    pub(super) fn probability(&self, entry: &Entry) -> [f32; 2] {
        [
            (entry.count[0] + PRIOR * entry.prior[0]) / (self.totals[0][entry.source as usize] + PRIOR),
            (entry.count[1] + PRIOR * entry.prior[1]) / (self.totals[1][entry.target as usize] + PRIOR),
        ]
    }

    /// Entries of a source stem.
    pub(super) fn row_of(&self, stem: u32) -> &[Entry] {
        &self.entries[self.row(stem)]
    }

    /// Pairs learnt so well that they may anchor: both probabilities over .15, their product over .05, seen
    /// twice in both directions. With their weight.
    pub(super) fn sure(&self) -> impl Iterator<Item = (u32, u32, f32)> {
        self.entries.iter().filter_map(|entry| {
            let [there, back] = self.probability(entry);
            let product = there * back;
            let seen = entry.count[0] + entry.count[1] >= 4.0;
            (seen && there > 0.15 && back > 0.15 && product > 0.05)
                .then(|| (entry.source, entry.target, product.sqrt().min(0.8)))
        })
    }

    /// Ratios p(to | from) / share(to) by stem of `from`. In large tables those that hint at less than chance are left
    /// out.
    pub(super) fn ratios(&self, backward: bool, to: &Side) -> Ratios {
        let least = if self.entries.len() > LARGE { 1.0 } else { 0.0 };
        let mut ratios = Ratios { offsets: vec![0], list: Vec::with_capacity(self.entries.len()) };
        if backward {
            for stem in 0..self.totals[1].len() {
                for &place in self.by_target.get(stem) {
                    let entry = &self.entries[place as usize];
                    let ratio = self.probability(entry)[1] / to.share[entry.source as usize];
                    if ratio >= least {
                        ratios.list.push((entry.source, ratio));
                    }
                }
                ratios.offsets.push(ratios.list.len() as u32);
            }
        } else {
            for stem in 0..self.totals[0].len() {
                for entry in &self.entries[self.row(stem as u32)] {
                    let ratio = self.probability(entry)[0] / to.share[entry.target as usize];
                    if ratio >= least {
                        ratios.list.push((entry.target, ratio));
                    }
                }
                ratios.offsets.push(ratios.list.len() as u32);
            }
        }
        ratios
    }

    /// Whether a table learnt from matches, so that a match must be left out when it is scored itself.
    pub(super) fn is_learnt(&self) -> bool {
        self.hit_offsets.len() > 1
    }

    /// Summed ratio of each distinct stem of one side of match `place`, its own counts taken out, into `out`.
    pub(super) fn without(
        &self,
        place: usize,
        matches: &Matches,
        sides: (&Side, &Side),
        sentence: usize,
        backward: bool,
        work: &mut Work,
    ) {
        let (source, target) = sides;
        let (other, weight) = matches.list[place];
        work.denominators(self, source, target, sentence, other as usize, place);
        let size = if backward { work.source.len() } else { work.target.len() };
        work.ratios.clear();
        work.ratios.resize(size, 0.0);
        let direction = usize::from(backward);
        for hit in self.hits(place) {
            let entry = &self.entries[hit.entry as usize];
            let (x, y) = (hit.source as usize, hit.target as usize);
            let (sum, times, share, total, out) = if backward {
                let share = source.share[entry.source as usize];
                (work.source[x].0, work.target[y].1, share, self.totals[1][entry.target as usize], x)
            } else {
                let share = target.share[entry.target as usize];
                (work.target[y].0, work.source[x].1, share, self.totals[0][entry.source as usize], y)
            };
            let light = if backward {
                target.light[entry.target as usize]
            } else {
                source.light[entry.source as usize]
            };
            if light {
                continue;
            }
            let own = weight * work.source[x].1 * work.target[y].1 * entry.current[direction] / sum;
            let count = (entry.count[direction] - own).max(0.0);
            let rest = (total - weight).max(count);
            work.ratios[out] += times * (count + PRIOR * entry.prior[direction]) / (rest + PRIOR) / share;
        }
    }
}

/// Rows of ratios.
#[derive(Debug)]
pub(super) struct Ratios {
    offsets: Vec<u32>,
    list: Vec<(u32, f32)>,
}

impl Ratios {
    /// Stems and ratios of a row.
    pub(super) fn row(&self, stem: u32) -> &[(u32, f32)] {
        &self.list[self.offsets[stem as usize] as usize..self.offsets[stem as usize + 1] as usize]
    }
}

/// Buffers for one match: denominator and count of each distinct stem; ratios as result.
#[derive(Debug, Default)]
pub(super) struct Work {
    source: Vec<(f32, f32)>,
    target: Vec<(f32, f32)>,
    /// Result of [`Table::without`], in order of the distinct stems.
    pub ratios: Vec<f32>,
}

impl Work {
    fn denominators(
        &mut self,
        table: &Table,
        source: &Side,
        target: &Side,
        sentence: usize,
        other: usize,
        place: usize,
    ) {
        let lengths = (source.range(sentence).len() as f32 + 1.0, target.range(other).len() as f32 + 1.0);
        self.source.clear();
        self.source.extend(
            source
                .bag(sentence)
                .map(|(stem, count)| (NOTHING * source.share[stem as usize] * lengths.1, count)),
        );
        self.target.clear();
        self.target.extend(
            target.bag(other).map(|(stem, count)| (NOTHING * target.share[stem as usize] * lengths.0, count)),
        );
        for hit in table.hits(place) {
            let entry = &table.entries[hit.entry as usize];
            let (x, y) = (hit.source as usize, hit.target as usize);
            self.target[y].0 += entry.current[0] * self.source[x].1;
            self.source[x].0 += entry.current[1] * self.target[y].1;
        }
    }
}
