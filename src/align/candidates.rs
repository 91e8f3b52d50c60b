//! Which pairs of stems may translate each other: those that look alike, and those that occur together more often than
//! chance allows.

use super::matches::Matches;
use super::prior::Pair;
use super::table::Entry;
use super::units::Side;

/// A pair must be expected so often.
const SEEN: f32 = 1.6;
/// G2 of a pair that nothing but the texts suggests.
const SIGNIFICANT: f64 = 9.0;
/// G2 of a pair that the prior suggests.
const SUPPORTED: f64 = 1.0;

/// The prior between stems.
#[derive(Debug)]
pub(super) struct Prior {
    /// Source stem, target stem, weight; sorted.
    pairs: Vec<(u32, u32, f32)>,
    source_sums: Vec<f32>,
    target_sums: Vec<f32>,
}

impl Prior {
    /// The greatest weight over the words of each pair of stems.
    pub(super) fn new(source: &Side, target: &Side, words: &[Pair]) -> Self {
        let stem = |side: &Side, word: u32| side.words[word as usize].stem;
        let mut pairs: Vec<(u32, u32, f32)> = words
            .iter()
            .map(|pair| (stem(source, pair.source), stem(target, pair.target), pair.weight))
            .collect();
        pairs.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        pairs.dedup_by_key(|pair| (pair.0, pair.1));
        let mut source_sums = vec![0.0; source.stem_count()];
        let mut target_sums = vec![0.0; target.stem_count()];
        for &(source, target, weight) in &pairs {
            source_sums[source as usize] += weight;
            target_sums[target as usize] += weight;
        }
        Self { pairs, source_sums, target_sums }
    }

    /// All its pairs.
    pub(super) fn all(&self) -> Vec<Entry> {
        self.entries(0..self.pairs.len())
    }

    fn entries(&self, range: std::ops::Range<usize>) -> Vec<Entry> {
        self.pairs[range]
            .iter()
            .map(|&(source, target, weight)| {
                let prior = [
                    weight / self.source_sums[source as usize].max(1.0),
                    weight / self.target_sums[target as usize].max(1.0),
                ];
                Entry { source, target, prior, current: prior, count: [0.0; 2] }
            })
            .collect()
    }
}

/// x ln(x / y), 0 at 0.
fn term(x: f64, y: f64) -> f64 {
    if x > 1e-9 { x * (x / y.max(1e-9)).ln() } else { 0.0 }
}

/// G2 of a pair seen `seen` times together, its parts `counts` times, in `total` matches; `None` where chance would
/// have them together as often.
fn significance(seen: f64, counts: (f64, f64), total: f64) -> Option<f64> {
    let expected = counts.0 * counts.1 / total;
    if seen <= expected {
        return None;
    }
    let (others, other_targets) = (total - counts.0, total - counts.1);
    let neither = (total - counts.0 - counts.1 + seen).max(1e-9);
    Some(
        2.0 * (term(seen, expected)
            + term((counts.0 - seen).max(0.0), counts.0 * other_targets / total)
            + term((counts.1 - seen).max(0.0), counts.1 * others / total)
            + term(neither, others * other_targets / total)),
    )
}

/// Pairs of stems that occur together more often than chance allows, and those of the prior.
pub(super) fn candidates(prior: &Prior, source: &Side, target: &Side, matches: &Matches) -> Vec<Entry> {
    let mut of_target = vec![0.0_f32; target.stem_count()];
    let mut of_sentence = vec![0.0_f32; source.len()];
    let mut total = 0.0_f64;
    for (sentence, sum) in of_sentence.iter_mut().enumerate() {
        for &(other, weight) in &matches.list[matches.range(sentence)] {
            *sum += weight;
            total += f64::from(weight);
            for &stem in target.distinct.get(other as usize) {
                of_target[stem as usize] += weight;
            }
        }
    }
    let mut entries: Vec<Entry> = Vec::with_capacity(prior.pairs.len() * 2);
    let mut together = vec![0.0_f32; target.stem_count()];
    let mut touched: Vec<u32> = Vec::new();
    let mut next = 0;
    for stem in 0..source.stem_count() {
        let first = next;
        while prior.pairs.get(next).is_some_and(|pair| pair.0 as usize == stem) {
            next += 1;
        }
        let start = entries.len();
        entries.extend(prior.entries(first..next));
        let known = entries.len();
        let mut of_source = 0.0_f32;
        for &sentence in source.sentences_of_stem.get(stem) {
            of_source += of_sentence[sentence as usize];
            for &(other, weight) in &matches.list[matches.range(sentence as usize)] {
                for &stem in target.distinct.get(other as usize) {
                    if together[stem as usize] == 0.0 {
                        touched.push(stem);
                    }
                    together[stem as usize] += weight;
                }
            }
        }
        for &other in &touched {
            let seen = std::mem::take(&mut together[other as usize]);
            let old = entries[start..known].binary_search_by_key(&other, |entry| entry.target).ok();
            if old.is_none() && seen <= SEEN {
                continue;
            }
            let counts = (f64::from(of_source), f64::from(of_target[other as usize]));
            let Some(g2) = significance(f64::from(seen), counts, total) else { continue };
            let shares = [target.share[other as usize], source.share[stem]];
            match old {
                Some(place) if g2 > SUPPORTED => {
                    let current = &mut entries[start + place].current;
                    *current = [current[0] + shares[0], current[1] + shares[1]];
                }
                None if g2 > SIGNIFICANT => entries.push(Entry {
                    source: stem as u32,
                    target: other,
                    prior: [0.0; 2],
                    current: shares,
                    count: [0.0; 2],
                }),
                _ => {}
            }
        }
        touched.clear();
        entries[start..].sort_unstable_by_key(|entry| entry.target);
    }
    entries
}
