//! Classes of words that keep the same company, by exchange: each word goes where the pairs of classes tell most.

use crate::lang::packs::Model;
use crate::lang::packs::bytes::pack_cost;

/// Rounds of exchange.
const ROUNDS: usize = 12;

/// The class of every word, from counts of pairs (first, second, count).
pub(super) fn group(pairs: &[(u32, u32, u32)], words: usize, classes: usize) -> Vec<u8> {
    let mut counts = vec![0.0_f64; words];
    let mut after: Vec<Vec<(u32, f64)>> = vec![Vec::new(); words];
    let mut before: Vec<Vec<(u32, f64)>> = vec![Vec::new(); words];
    for &(first, second, count) in pairs {
        counts[second as usize] += f64::from(count);
        after[first as usize].push((second, f64::from(count)));
        before[second as usize].push((first, f64::from(count)));
    }
    let mut order: Vec<usize> = (0..words).collect();
    order.sort_by(|&a, &b| counts[b].total_cmp(&counts[a]).then(a.cmp(&b)));
    let mut class = vec![0_u8; words];
    for (rank, &word) in order.iter().enumerate() {
        class[word] = (rank % classes) as u8;
    }
    let mut grid = Grid::new(classes);
    for &(first, second, count) in pairs {
        grid.add(class[first as usize], class[second as usize], f64::from(count));
    }
    let mut near = Neighbours::new(classes);
    for _ in 0..ROUNDS {
        let mut moved = 0;
        for &word in &order {
            near.of(word, &after, &before, &class);
            if near.is_empty() {
                continue;
            }
            let own = class[word];
            grid.take(own, &near);
            let mut best = (own, grid.gain(own, &near));
            for other in 0..classes as u8 {
                let gain = grid.gain(other, &near);
                if gain > best.1 + 1e-9 {
                    best = (other, gain);
                }
            }
            grid.put(best.0, &near);
            moved += usize::from(best.0 != own);
            class[word] = best.0;
        }
        if moved * 200 < words {
            break;
        }
    }
    class
}

/// Counts of pairs of classes.
struct Grid {
    classes: usize,
    pair: Vec<f64>,
    left: Vec<f64>,
    right: Vec<f64>,
}

fn weight(count: f64) -> f64 {
    if count > 0.5 { count * count.ln() } else { 0.0 }
}

impl Grid {
    fn new(classes: usize) -> Self {
        Self {
            classes,
            pair: vec![0.0; classes * classes],
            left: vec![0.0; classes],
            right: vec![0.0; classes],
        }
    }

    fn add(&mut self, first: u8, second: u8, count: f64) {
        self.pair[usize::from(first) * self.classes + usize::from(second)] += count;
        self.left[usize::from(first)] += count;
        self.right[usize::from(second)] += count;
    }

    fn take(&mut self, class: u8, near: &Neighbours) {
        self.change(class, near, -1.0);
    }

    fn put(&mut self, class: u8, near: &Neighbours) {
        self.change(class, near, 1.0);
    }

    fn change(&mut self, class: u8, near: &Neighbours, sign: f64) {
        for &other in &near.touched_after {
            self.add(class, other, sign * near.after[usize::from(other)]);
        }
        for &other in &near.touched_before {
            self.add(other, class, sign * near.before[usize::from(other)]);
        }
        if near.itself > 0.0 {
            self.add(class, class, sign * near.itself);
        }
    }

    /// What the word, taken out, would add to the sum in a class.
    fn gain(&self, class: u8, near: &Neighbours) -> f64 {
        let at = |first: usize, second: usize| self.pair[first * self.classes + second];
        let own = usize::from(class);
        let mut sum = 0.0;
        let mut corner = near.itself;
        for &other in &near.touched_after {
            let (there, count) = (usize::from(other), near.after[usize::from(other)]);
            if there == own {
                corner += count;
            } else {
                sum += weight(at(own, there) + count) - weight(at(own, there));
            }
        }
        for &other in &near.touched_before {
            let (there, count) = (usize::from(other), near.before[usize::from(other)]);
            if there == own {
                corner += count;
            } else {
                sum += weight(at(there, own) + count) - weight(at(there, own));
            }
        }
        if corner > 0.0 {
            sum += weight(at(own, own) + corner) - weight(at(own, own));
        }
        sum -= weight(self.left[own] + near.all_after) - weight(self.left[own]);
        sum - (weight(self.right[own] + near.all_before) - weight(self.right[own]))
    }
}

/// The classes around one word.
struct Neighbours {
    after: Vec<f64>,
    before: Vec<f64>,
    touched_after: Vec<u8>,
    touched_before: Vec<u8>,
    itself: f64,
    all_after: f64,
    all_before: f64,
}

impl Neighbours {
    fn new(classes: usize) -> Self {
        Self {
            after: vec![0.0; classes],
            before: vec![0.0; classes],
            touched_after: Vec::new(),
            touched_before: Vec::new(),
            itself: 0.0,
            all_after: 0.0,
            all_before: 0.0,
        }
    }

    fn is_empty(&self) -> bool {
        self.touched_after.is_empty() && self.touched_before.is_empty()
    }

    fn of(&mut self, word: usize, after: &[Vec<(u32, f64)>], before: &[Vec<(u32, f64)>], class: &[u8]) {
        self.touched_after.drain(..).for_each(|other| self.after[usize::from(other)] = 0.0);
        self.touched_before.drain(..).for_each(|other| self.before[usize::from(other)] = 0.0);
        (self.itself, self.all_after, self.all_before) = (0.0, 0.0, 0.0);
        for &(other, count) in &after[word] {
            self.all_after += count;
            if other as usize == word {
                self.itself += count;
                continue;
            }
            let place = class[other as usize];
            if self.after[usize::from(place)] == 0.0 {
                self.touched_after.push(place);
            }
            self.after[usize::from(place)] += count;
        }
        for &(other, count) in &before[word] {
            self.all_before += count;
            if other as usize == word {
                continue;
            }
            let place = class[other as usize];
            if self.before[usize::from(place)] == 0.0 {
                self.touched_before.push(place);
            }
            self.before[usize::from(place)] += count;
        }
    }
}

/// Fills the class part of a model.
pub(super) fn model(sentences: &[Vec<u32>], class: &[u8], model: &mut Model) {
    let classes = class.iter().copied().max().map_or(0, |most| usize::from(most) + 1);
    let mut words = vec![0.3_f64; class.len()];
    let mut triples = vec![0.0_f64; classes.pow(3)];
    for sentence in sentences {
        for run in sentence.windows(3) {
            words[run[2] as usize] += 1.0;
            let place =
                run.iter().fold(0, |place, &word| place * classes + usize::from(class[word as usize]));
            triples[place] += 1.0;
        }
    }
    let mut of_class = vec![0.0; classes];
    for (word, count) in words.iter().enumerate() {
        of_class[usize::from(class[word])] += count;
    }
    model.in_class = words
        .iter()
        .enumerate()
        .map(|(word, count)| pack_cost(-(count / of_class[usize::from(class[word])]).ln()))
        .collect();
    // Two classes predict the third; where they were met rarely, the nearer one does, then nothing.
    let total: f64 = of_class.iter().sum();
    let single: Vec<f64> =
        of_class.iter().map(|count| (count + 0.5) / (total + 0.5 * classes as f64)).collect();
    let mut pairs = vec![0.0_f64; classes * classes];
    for (place, count) in triples.iter().enumerate() {
        pairs[place % (classes * classes)] += count;
    }
    let pair: Vec<f64> = smoothed(&pairs, classes, |_, third| single[third]);
    let triple = smoothed(&triples, classes, |context, third| pair[context % classes * classes + third]);
    model.class = class.to_vec();
    model.class_count = classes;
    model.classes = triple.iter().map(|value| pack_cost(-value.max(1e-9).ln())).collect();
}

/// Shares of each row of counts, mixed with what a shorter context says (Witten and Bell).
fn smoothed(counts: &[f64], classes: usize, shorter: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let mut out = Vec::with_capacity(counts.len());
    for (context, row) in counts.chunks(classes).enumerate() {
        let total: f64 = row.iter().sum();
        let kinds = row.iter().filter(|&&count| count > 0.0).count() as f64 + 0.01;
        out.extend(
            row.iter()
                .enumerate()
                .map(|(third, count)| (count + kinds * shorter(context, third)) / (total + kinds)),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_same_company_share_a_class() {
        // 0 the start, 1-10 determiners, 11-20 nouns, 21-30 verbs.
        let mut pairs = Vec::new();
        for determiner in 1..11 {
            pairs.push((0, determiner, 40 + determiner));
            for noun in 11..21 {
                pairs.push((determiner, noun, 2 + (determiner * noun) % 3));
            }
        }
        for noun in 11..21 {
            for verb in 21..31 {
                pairs.push((noun, verb, 2 + (noun * verb) % 4));
            }
        }
        pairs.sort_unstable();
        let class = group(&pairs, 31, 4);
        for first in [1, 11, 21] {
            let inside: Vec<u8> = class[first..first + 10].to_vec();
            let outside = (1..31).filter(|word| !(first..first + 10).contains(word));
            assert!(outside.into_iter().all(|word| !inside.contains(&class[word])), "{class:?}");
        }
    }
}
