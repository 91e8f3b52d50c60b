//! The start: how often does a chunk stand for a chunk? Expectation maximisation over all ways to cut each pair
//! into chunk pairs (many-to-many alignment).

use recto::names::readings::Unit;

use crate::model::{EMPTY, Fast, Key, Sizes, key, length};

/// Chunk pairs seen less often than this start without a cost.
const ROUNDS: usize = 5;

/// Left chunk, right chunk, cost; in order of the chunks.
pub fn costs(pairs: &[(Vec<Unit>, Vec<Unit>)], sizes: Sizes, least: f64) -> Vec<(Key, Key, f64)> {
    let mut chance = start(pairs, sizes, least);
    let mut expected = Vec::new();
    for round in 0..ROUNDS {
        expected = expect(pairs, sizes, &chance);
        let total: f64 = expected.iter().map(|&(_, _, count)| count).sum();
        let keep = if round + 1 < ROUNDS { 0.3 } else { 0.0 };
        chance = expected
            .iter()
            .filter(|&&(_, _, count)| count > keep)
            .map(|&(x, y, count)| (whole(x, y), count / total))
            .collect();
    }
    let (mut of_left, mut of_right) = (Fast::<Key, f64>::default(), Fast::<Key, f64>::default());
    for &(x, y, count) in &expected {
        *of_left.entry(x).or_default() += count;
        *of_right.entry(y).or_default() += count;
    }
    // -1/2 [ln P(y|x) + ln P(x|y)], smoothed; a gap has one side only.
    let conditional = |count: f64, side: f64| -((count + 0.5) / (side + 15.0)).ln();
    expected
        .into_iter()
        .filter(|&(_, _, count)| count >= least)
        .map(|(x, y, count)| {
            let given_left = conditional(count, of_left[&x]);
            let given_right = conditional(count, of_right[&y]);
            let cost = match (x, y) {
                (_, EMPTY) => given_left,
                (EMPTY, _) => given_right,
                _ => (given_left + given_right) / 2.0,
            };
            (x, y, cost.clamp(0.0, 8.0))
        })
        .collect()
}

fn whole(x: Key, y: Key) -> u64 {
    u64::from(x) << 32 | u64::from(y)
}

/// Calls with each edge: cell it ends in, sizes, chunks.
fn edges(a: &[Unit], b: &[Unit], sizes: Sizes, mut each: impl FnMut(usize, usize, usize, usize, u64)) {
    let (n, m) = (a.len(), b.len());
    // Far from the diagonal nothing true is found, and it costs most of the time.
    let near = |i: usize, j: usize| (i * m).abs_diff(j * n) * 5 <= 2 * n * m;
    for i in 0..=n {
        for j in 0..=m {
            if !near(i, j) {
                continue;
            }
            if i > 0 {
                each(i, j, 1, 0, whole(key(&a[i - 1..i]), EMPTY));
            }
            if j > 0 {
                each(i, j, 0, 1, whole(EMPTY, key(&b[j - 1..j])));
            }
            for dx in 1..=sizes.left.min(i) {
                let x = key(&a[i - dx..i]);
                for dy in 1..=sizes.right.min(j) {
                    each(i, j, dx, dy, whole(x, key(&b[j - dy..j])));
                }
            }
        }
    }
}

/// Relative frequency, halved for each unit beyond one on a side, gaps times .05.
fn start(pairs: &[(Vec<Unit>, Vec<Unit>)], sizes: Sizes, least: f64) -> Fast<u64, f64> {
    let mut counts = Fast::<u64, u32>::default();
    for (a, b) in pairs {
        edges(a, b, sizes, |_, _, _, _, pair| *counts.entry(pair).or_default() += 1);
    }
    let total: f64 = counts.values().map(|&count| u64::from(count)).sum::<u64>() as f64;
    counts
        .into_iter()
        .filter(|&(_, count)| f64::from(count) >= least)
        .map(|(pair, count)| {
            let (x, y) = ((pair >> 32) as Key, pair as Key);
            let extra = length(x).saturating_sub(1) + length(y).saturating_sub(1);
            let gap = if x == EMPTY || y == EMPTY { 0.05 } else { 1.0 };
            (pair, f64::from(count) / total * 0.5f64.powi(extra as i32) * gap)
        })
        .collect()
}

/// Posterior counts of the chunk pairs, by the forward-backward algorithm.
fn expect(
    pairs: &[(Vec<Unit>, Vec<Unit>)],
    sizes: Sizes,
    chance: &Fast<u64, f64>,
) -> Vec<(Key, Key, f64)> {
    let mut expected = Fast::<u64, f64>::default();
    let mut used = Vec::new();
    for (a, b) in pairs {
        let (n, m) = (a.len(), b.len());
        let width = m + 1;
        let mut forward = vec![0.0; (n + 1) * width];
        let mut backward = vec![0.0; (n + 1) * width];
        forward[0] = 1.0;
        backward[n * width + m] = 1.0;
        used.clear();
        edges(a, b, sizes, |i, j, dx, dy, pair| {
            let (from, to) = ((i - dx) * width + j - dy, i * width + j);
            if forward[from] > 0.0
                && let Some(&chance) = chance.get(&pair)
            {
                forward[to] += forward[from] * chance;
                used.push((from, to, pair, chance));
            }
        });
        let whole = forward[n * width + m];
        if whole <= 0.0 {
            continue;
        }
        for &(from, to, pair, chance) in used.iter().rev() {
            let weight = chance * backward[to];
            backward[from] += weight;
            let posterior = forward[from] * weight / whole;
            if posterior > 1e-4 {
                *expected.entry(pair).or_default() += posterior;
            }
        }
    }
    let mut expected: Vec<(Key, Key, f64)> =
        expected.into_iter().map(|(pair, count)| ((pair >> 32) as Key, pair as Key, count)).collect();
    expected.sort_by_key(|&(x, y, _)| (x, y));
    expected
}
