//! Which words of a bead correspond.

use std::ops::Range;

use super::pool::Pool;
use super::units::{self, Kind, Side};
use crate::model::{Link, Span};

/// Links under this probability are not reported.
const FAINT: f32 = 0.15;
/// Weight of the word that stands for nothing, times its share and the number of words: the higher, the fewer links.
const NOTHING: f32 = 2.0;
/// How much a word at the same relative place is preferred to one at the other end of the bead, in nats.
const PLACE: f32 = 3.0;

/// A pair of words: place of the sentence in the document, and of the word in the sentence, on both sides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    first: (usize, Span),
    second: (usize, Span),
    weight: f32,
}

impl Pair {
    /// In the texts as read.
    pub(super) fn place(self, turned: bool, source: &[(usize, usize)], target: &[(usize, usize)]) -> Link {
        let (here, there) = if turned { (self.second, self.first) } else { (self.first, self.second) };
        let shift = |places: &[(usize, usize)], (at, span): (usize, Span)| {
            span.shift(places.get(at).map_or(0, |place| place.1))
        };
        Link { source: shift(source, here), target: shift(target, there), weight: f64::from(self.weight) }
    }
}

/// Links words by the table of a pool.
pub(super) struct Linker<'a> {
    pool: &'a Pool,
}

/// A word or figure of a bead.
struct Token {
    sentence: usize,
    span: Span,
    stem: u32,
    /// Relative place in the bead, 0 to 1.
    place: f32,
}

impl<'a> Linker<'a> {
    /// For a pool that has been run.
    pub(super) fn new(pool: &'a Pool) -> Self {
        Self { pool }
    }

    /// Links of one bead, each word in at most one; sentences counted in the document. `texts` are the sentences.
    pub(super) fn link(
        &self,
        document: usize,
        bead: &(Range<usize>, Range<usize>),
        texts: (&[&str], &[&str]),
    ) -> Vec<Pair> {
        let first = self.pool.place(document).first;
        let source = tokens(&self.pool.source, first.0, &bead.0, texts.0);
        let target = tokens(&self.pool.target, first.1, &bead.1, texts.1);
        let mut order: Vec<usize> = (0..target.len()).collect();
        order.sort_by_key(|&at| (target[at].stem, at));
        let stems: Vec<u32> = order.iter().map(|&at| target[at].stem).collect();
        // Sums over the candidates of each word, both ways.
        let share = |side: &Side, stem: u32, words: usize| NOTHING * side.share[stem as usize] * words as f32;
        let mut of_target: Vec<f32> =
            target.iter().map(|token| share(&self.pool.target, token.stem, source.len() + 1)).collect();
        let mut of_source: Vec<f32> =
            source.iter().map(|token| share(&self.pool.source, token.stem, target.len() + 1)).collect();
        let mut found: Vec<(usize, usize, [f32; 2])> = Vec::new();
        for (x, token) in source.iter().enumerate() {
            for entry in self.pool.table.row_of(token.stem) {
                let start = stems.partition_point(|&stem| stem < entry.target);
                let probability = self.pool.table.probability(entry);
                for &y in order[start..].iter().take_while(|&&y| target[y].stem == entry.target) {
                    let near = (-PLACE * (token.place - target[y].place).abs()).exp();
                    let both = probability.map(|value| value * near);
                    of_target[y] += both[0];
                    of_source[x] += both[1];
                    found.push((x, y, both));
                }
            }
            // Repetitive text has many pairs of equal words; more of them say nothing new.
            if found.len() > 20_000 {
                break;
            }
        }
        let mut pairs: Vec<(f32, usize, usize)> = found
            .into_iter()
            .map(|(x, y, [there, back])| ((there / of_target[y] * (back / of_source[x])).sqrt(), x, y))
            .filter(|&(weight, ..)| weight > FAINT)
            .collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut used, mut taken) = (vec![false; source.len()], vec![false; target.len()]);
        let mut out = Vec::new();
        for (weight, x, y) in pairs {
            if !used[x] && !taken[y] {
                used[x] = true;
                taken[y] = true;
                out.push(Pair {
                    first: (source[x].sentence, source[x].span),
                    second: (target[y].sentence, target[y].span),
                    weight,
                });
            }
        }
        out
    }
}

/// Words, figures and ideographs of a bead; marks are not linked.
fn tokens(side: &Side, first: usize, run: &Range<usize>, texts: &[&str]) -> Vec<Token> {
    let mut out = Vec::new();
    for sentence in run.clone() {
        let mut at = side.range(first + sentence).start;
        units::each_token(texts.get(sentence).copied().unwrap_or_default(), |span, kind, key| {
            if kind != Kind::Character || key.chars().any(char::is_alphanumeric) {
                out.push(Token { sentence, span, stem: side.stems[at], place: 0.0 });
            }
            at += 1;
        });
    }
    let count = out.len().max(1) as f32;
    out.iter_mut().enumerate().for_each(|(at, token)| token.place = at as f32 / count);
    out
}
