//! Which sentences share a bead, and how surely.

/// Sentences that share a bead, by source sentence, with the probability that they do.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// First match of each source sentence, and the number of matches.
    pub offsets: Vec<u32>,
    /// Target sentence and probability.
    pub list: Vec<(u32, f32)>,
    /// By target sentence: source sentence and place in `list`.
    pub back: Vec<(u32, u32)>,
    /// First of each target sentence in `back`, and the number of matches.
    pub back_offsets: Vec<u32>,
}

impl Matches {
    /// From the matches of each source sentence in turn.
    pub(super) fn new(rows: &[Vec<(u32, f32)>], targets: usize) -> Self {
        let mut it = Self { back_offsets: vec![0; targets + 1], ..Self::default() };
        for row in rows {
            it.offsets.push(it.list.len() as u32);
            it.list.extend_from_slice(row);
        }
        it.offsets.push(it.list.len() as u32);
        for &(target, _) in &it.list {
            it.back_offsets[target as usize + 1] += 1;
        }
        for target in 0..targets {
            it.back_offsets[target + 1] += it.back_offsets[target];
        }
        let mut next = it.back_offsets.clone();
        it.back = vec![(0, 0); it.list.len()];
        for source in 0..rows.len() {
            for place in it.range(source) {
                let target = it.list[place].0 as usize;
                it.back[next[target] as usize] = (source as u32, place as u32);
                next[target] += 1;
            }
        }
        it
    }

    /// Places in `list` of a source sentence.
    pub(super) fn range(&self, source: usize) -> std::ops::Range<usize> {
        self.offsets[source] as usize..self.offsets[source + 1] as usize
    }
}
