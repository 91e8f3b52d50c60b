//! Which words of a bead correspond.

use std::ops::Range;

use super::pool::Pool;
use crate::model::{Link, Span};

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

impl<'a> Linker<'a> {
    /// For a pool that has been run.
    pub(super) fn new(pool: &'a Pool) -> Self {
        Self { pool }
    }

    /// Links of one bead; sentences counted in the document.
    pub(super) fn link(&mut self, document: usize, bead: (Range<usize>, Range<usize>)) -> Vec<Pair> {
        let _ = (self.pool, document, bead);
        Vec::new()
    }
}
