//! How segments begin and end, and what it says of beads that both sides do so alike.

use super::length::Lengths;
use super::score::Model;
use super::tokens::{digit, is_visible};
use super::units::Side;
use crate::lang::text;

/// Number of kinds of segment ends: `. ? ! : ; , …`, other, none.
pub(super) const ENDS: usize = 9;
/// Number of kinds of segment starts: capital or caseless, digit, quote, dash, nothing, lower case.
pub(super) const STARTS: usize = 6;
/// Number of kinds of bounds between segments: end x next starts in lower case x paragraph ends.
pub(super) const BOUNDS: usize = ENDS * 4;

/// The start in lower case.
pub(super) const LOWER: u8 = 5;

/// Class of the start of a segment.
pub(super) fn start_class(text: &str) -> u8 {
    match text.chars().find(|&character| is_visible(character)) {
        None => 4,
        Some(first) if first == '-' || text::is_dash(first) => 3,
        Some(first) if text::is_quote(first) || first == '\'' || first == '`' => 2,
        Some(first) if digit(first).is_some() => 1,
        Some(first) if first.is_lowercase() => LOWER,
        Some(_) => 0,
    }
}

/// Class of its end.
pub(super) fn end_class(text: &str) -> u8 {
    let closes = |character: char| {
        text::is_quote(character) || matches!(character, '\'' | ')' | ']' | '}' | '】' | '）' | '］' | '*')
    };
    if text.trim_end().ends_with("...") || text.trim_end().ends_with(". . .") {
        return 6;
    }
    let last = text.chars().rev().find(|&character| is_visible(character) && !closes(character));
    match last {
        None => 8,
        Some('.' | '。' | '．' | '।' | '॥' | '۔' | '։' | '｡') => 0,
        Some('?' | '？' | '؟' | '՞' | '\u{37E}') => 1,
        Some('!' | '！' | '՜') => 2,
        Some(':' | '：') => 3,
        Some(';' | '；' | '؛' | '·') => 4,
        Some(',' | '，' | '、' | '،' | '､') => 5,
        Some('…') => 6,
        Some(_) => 7,
    }
}

/// Pseudo-counts of the start tables.
const PSEUDO: f32 = 30.0;
/// Scores inside a bead, by end class: `. ? ! : ; , …`, other, none.
const INSIDE: [f32; ENDS] = [-0.2, -0.3, -0.3, 0.5, 0.5, 0.8, 0.0, 0.6, 0.5];
/// Added where lower case follows.
const LOWER_FOLLOWS: f32 = 0.7;
/// Added where the paragraph ends.
const PARAGRAPH_ENDS: f32 = -1.0;
/// How much of the mass lies on equal classes: ends, starts, ends of paragraphs.
const EQUAL: [f32; 3] = [0.5, 0.25, 0.4];

/// Counts of what both sides of beads end and start with.
#[derive(Debug, Clone)]
pub(super) struct Bounds {
    ends: [[f32; ENDS]; ENDS],
    starts: [[f32; STARTS]; STARTS],
    paragraphs: [[f32; 2]; 2],
    at_end: [[f32; BOUNDS]; 2],
    inside: [[f32; BOUNDS]; 2],
}

/// Both classes are equal with more probability than by chance.
fn joint<const N: usize>(
    source: impl Iterator<Item = usize>,
    target: impl Iterator<Item = usize>,
    equal: f32,
) -> [[f32; N]; N] {
    let share = |classes: &mut dyn Iterator<Item = usize>| {
        let mut share = [0.5_f32; N];
        classes.for_each(|class| share[class] += 1.0);
        let sum: f32 = share.iter().sum();
        share.map(|count| count / sum)
    };
    let (p, q) = (share(&mut { source }), share(&mut { target }));
    let mut joint = [[0.0; N]; N];
    let mut sum = 0.0;
    for (x, row) in joint.iter_mut().enumerate() {
        for (y, cell) in row.iter_mut().enumerate() {
            *cell = (1.0 - equal) * p[x] * q[y] + if x == y { equal * (p[x] * q[y]).sqrt() } else { 0.0 };
            sum += *cell;
        }
    }
    joint.iter_mut().flatten().for_each(|cell| *cell *= PSEUDO / sum);
    joint
}

/// Pointwise mutual information of counts.
fn information<const N: usize>(joint: &[[f32; N]; N]) -> [[f32; N]; N] {
    let sum: f32 = joint.iter().flatten().sum();
    let rows = joint.map(|row| row.iter().sum::<f32>());
    let mut columns = [0.0; N];
    for row in joint {
        for (column, cell) in columns.iter_mut().zip(row) {
            *column += cell;
        }
    }
    let mut out = [[0.0; N]; N];
    for x in 0..N {
        for y in 0..N {
            out[x][y] = (joint[x][y] * sum / (rows[x] * columns[y]).max(1e-20)).max(1e-6).ln();
        }
    }
    out
}

/// Share of each class of bound on a side.
fn shares(side: &Side) -> [f32; BOUNDS] {
    let mut share = [0.5 / (BOUNDS / ENDS) as f32; BOUNDS];
    side.bounds.iter().for_each(|&class| share[usize::from(class)] += 1.0);
    let sum: f32 = share.iter().sum();
    share.map(|count| count / sum)
}

/// What a bound inside a bead is worth before anything is learnt.
fn inside(class: usize) -> f32 {
    let lower = if class / 2 % 2 == 1 { LOWER_FOLLOWS } else { 0.0 };
    INSIDE[class / 4] + lower + if class % 2 == 1 { PARAGRAPH_ENDS } else { 0.0 }
}

impl Bounds {
    /// The start tables.
    pub(super) fn new(source: &Side, target: &Side) -> Self {
        let class = |classes: &[u8]| classes.iter().map(|&class| usize::from(class)).collect::<Vec<_>>();
        let flag = |flags: &[bool]| flags.iter().map(|&flag| usize::from(flag)).collect::<Vec<_>>();
        let pseudo = |side| shares(side).map(|share| share * PSEUDO);
        let within = |side| {
            let mut share = shares(side);
            share.iter_mut().enumerate().for_each(|(class, share)| *share *= inside(class).exp());
            let sum: f32 = share.iter().sum();
            share.map(|share| share * PSEUDO / sum)
        };
        Self {
            ends: joint(class(&source.ends).into_iter(), class(&target.ends).into_iter(), EQUAL[0]),
            starts: joint(class(&source.starts).into_iter(), class(&target.starts).into_iter(), EQUAL[1]),
            paragraphs: joint(
                flag(&source.paragraphs).into_iter(),
                flag(&target.paragraphs).into_iter(),
                EQUAL[2],
            ),
            at_end: [pseudo(source), pseudo(target)],
            inside: [within(source), within(target)],
        }
    }

    /// Counts a two-sided bead, sentences numbered through.
    pub(super) fn count(
        &mut self,
        (source, target): (&Side, &Side),
        rows: std::ops::Range<usize>,
        columns: std::ops::Range<usize>,
        weight: f32,
    ) {
        let (last, end) = (rows.end - 1, columns.end - 1);
        self.ends[usize::from(source.ends[last])][usize::from(target.ends[end])] += weight;
        self.starts[usize::from(source.starts[rows.start])][usize::from(target.starts[columns.start])] +=
            weight;
        self.paragraphs[usize::from(source.paragraphs[last])][usize::from(target.paragraphs[end])] += weight;
        for (side, (of, run)) in [(source, rows), (target, columns)].into_iter().enumerate() {
            self.at_end[side][usize::from(of.bounds[run.end - 1])] += weight;
            for at in run.start..run.end - 1 {
                self.inside[side][usize::from(of.bounds[at])] += weight;
            }
        }
    }

    /// Puts what was counted into the model.
    pub(super) fn learn(&self, model: &mut Model) {
        model.ends = information(&self.ends);
        model.starts = information(&self.starts);
        model.paragraphs = information(&self.paragraphs);
        for side in 0..2 {
            let sums = (self.inside[side].iter().sum::<f32>(), self.at_end[side].iter().sum::<f32>());
            for class in 0..BOUNDS {
                let within = self.inside[side][class] / sums.0;
                let end = self.at_end[side][class] / sums.1;
                model.inside[side][class] = (within / end).max(1e-6).ln().clamp(-2.0, 2.0);
            }
        }
    }

    /// The model before anything is learnt.
    pub(super) fn start(&self, lengths: Lengths, explained: f32) -> Model {
        let mut model = Model {
            lengths,
            explained: [explained; 2],
            ends: information(&self.ends),
            starts: information(&self.starts),
            paragraphs: information(&self.paragraphs),
            inside: [[0.0; BOUNDS]; 2],
        };
        for side in &mut model.inside {
            side.iter_mut().enumerate().for_each(|(class, score)| *score = inside(class));
        }
        model
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_starts() {
        assert_eq!(end_class("He said: “No.”"), 0);
        assert_eq!(end_class("真的吗？」"), 1);
        assert_eq!(end_class("A headline"), 7);
        assert_eq!(end_class(""), 8);
        assert_eq!(start_class("“No"), 2);
        assert_eq!(start_class("and so"), LOWER);
    }
}
