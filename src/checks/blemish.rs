//! A small figure that orders translations between which the findings make no difference. Finds nothing itself.

use super::Context;
use super::anchors::{self, Anchors};
use super::coverage::Coverage;
use crate::lang::dictionary::Knowledge;
use crate::lang::packs::model;
use crate::lang::tokens::{self, Kind, Token};
use crate::lang::{identify, text};
use crate::model::Bitext;

/// What the figure is made of. `tools/blemish.py` weighs them.
pub const TRAITS: [&str; 22] = [
    "sequence",
    "mean",
    "target",
    "source",
    "bare target",
    "bare source",
    "joint",
    "length",
    "marks",
    "end",
    "start",
    "letters",
    "lost",
    "unseen",
    "worst",
    "capitals",
    "own words",
    "own inverse",
    "own unknown",
    "own capitals",
    "own anchors",
    "own marks",
];

/// What they weigh.
const WEIGHTS: [f64; TRAITS.len()] = [
    0.6822, 2.8676, 3.1506, 9.4839, -44.5783, 36.9788, 2.2064, 4.4349, 45.818, 72.4586, 139.8922, 43.2252,
    3.9404, 6.5124, 0.0558, 4.9338, 2.845, -61.1536, -14.9707, -6.2806, 30.3976, -4.9944,
];
/// The weighed sum of a middling translation, and what is far from it.
const MIDDLE: f64 = 75.0;
const SPREAD: f64 = 25.0;

/// A figure from 0 to 1: how much there is to object to that no check names.
pub fn of(bitext: &Bitext, context: &Context) -> f64 {
    let sum: f64 = traits(bitext, context).iter().zip(WEIGHTS).map(|(trait_, weight)| trait_ * weight).sum();
    0.99 / (1.0 + (-(sum - MIDDLE) / SPREAD).exp())
}

/// The traits of a translation, each about one a word of the source.
pub fn traits(bitext: &Bitext, context: &Context) -> [f64; TRAITS.len()] {
    let (source, target) = (&bitext.source, &bitext.target);
    let mut sum = Sums::default();
    for (bead, coverage) in bitext.beads.iter().zip(context.coverages(bitext)) {
        let from = bitext.source_span(bead).map_or("", |span| source.excerpt(span));
        let to = bitext.target_span(bead).map_or("", |span| target.excerpt(span));
        sum.add(coverage, from, to, bitext, context.knowledge());
    }
    let size = (sum.source_words as f64).max(anchors::length(&source.text) / 6.0).max(3.0);
    let surprise = identify::surprise(&target.text, target.language).map_or(0.0, |nats| nats / (nats + 3.0));
    let all = anchors::shared(
        &Anchors::of(source, source.prose()),
        source.language,
        &Anchors::of(target, target.prose()),
        target.language,
    );
    let most = all.source.max(all.target).max(1);
    let lost = 1.0 - (all.kept.min(most) as f64 / most as f64);
    let lost = if all.source + all.target == 0 { 0.0 } else { lost };
    let (from, to) = (anchors::length(&source.text).max(1.0), anchors::length(&target.text).max(1.0));
    let odd = (to / from).ln().abs();
    [
        sum.sequence / size,
        sum.sequence / (sum.target_tokens as f64).max(1.0),
        sum.target / size,
        sum.source / size,
        sum.bare_target / size,
        sum.bare_source / size,
        sum.joint / size,
        odd,
        sum.marks / size,
        sum.end / size,
        sum.start / size,
        surprise,
        lost,
        sum.unseen / size,
        sum.worst,
        sum.capitals / size,
        // What the source alone decides: it makes translations of different sources comparable.
        size.ln(),
        1.0 / size,
        sum.unknown / size,
        sum.source_capitals / size,
        all.source as f64 / size,
        sum.source_marks / size,
    ]
}

#[derive(Default)]
struct Sums {
    source_words: usize,
    target_tokens: usize,
    sequence: f64,
    target: f64,
    source: f64,
    bare_target: f64,
    bare_source: f64,
    joint: f64,
    marks: f64,
    end: f64,
    start: f64,
    unseen: f64,
    worst: f64,
    capitals: f64,
    unknown: f64,
    source_capitals: f64,
    source_marks: f64,
}

/// Marks that are counted on both sides.
const MARKS: &[&str] = &[",", ".", "?", "!", ":", ";", "\"", "(", ")", "-"];
/// Share of chance in what explains a word.
const CHANCE: f64 = 0.02;

impl Sums {
    fn add(&mut self, coverage: &Coverage, from: &str, to: &str, bitext: &Bitext, knowledge: &Knowledge) {
        self.source_words += coverage.source.len();
        for word in &coverage.source {
            self.unknown += f64::from(u8::from(word.unknown));
            self.source_capitals += f64::from(u8::from(word.capital));
            self.source -= (CHANCE + (1.0 - CHANCE) * f64::from(word.explained.min(1.0))).ln();
            self.bare_source += if word.light { 0.0 } else { f64::from(1.0 - word.partner) };
        }
        for word in &coverage.target {
            self.target -= (CHANCE + (1.0 - CHANCE) * f64::from(word.explained.min(1.0))).ln();
            self.bare_target += if word.light { 0.0 } else { f64::from(1.0 - word.partner) };
        }
        let tokens =
            (tokens::tokens(from, bitext.source.language), tokens::tokens(to, bitext.target.language));
        self.sequences(coverage, &tokens.1, bitext, knowledge);
        self.marks((from, &tokens.0), (to, &tokens.1), bitext);
    }

    fn sequences(
        &mut self,
        coverage: &Coverage,
        tokens: &[Token<'_>],
        bitext: &Bitext,
        knowledge: &Knowledge,
    ) {
        let language = bitext.target.language;
        let Some(model) = knowledge.model(language) else { return };
        let mut key = String::new();
        let mut before = model.start();
        let mut words = coverage.target.iter().peekable();
        let mut first = true;
        let mut last = [0.0_f64; 2];
        for token in tokens {
            self.target_tokens += 1;
            let (number, known) = model.number(token, first, language, &mut key);
            let mut cost = f64::from(model.cost(before, number));
            let alone = f64::from(model.alone(number));
            let stranger = if known { 0.0 } else { f64::from(model::stranger(token, language)) };
            self.unseen += f64::from(u8::from(cost > alone + 1.0));
            cost += stranger;
            let mut explained = 0.0;
            while let Some(word) = words.peek() {
                if word.span.start > token.start {
                    break;
                }
                if word.span.start == token.start {
                    explained = f64::from(word.explained.min(1.0));
                }
                words.next();
            }
            self.sequence += cost;
            self.joint -= (0.7 * (-cost).exp() + 0.3 * explained).max(1e-9).ln();
            self.worst = self.worst.max(cost + last[0] + last[1]);
            last = [cost, last[0]];
            before = [before[1], number];
            first = first && token.kind == Kind::Mark;
        }
        let end = f64::from(model.cost(before, model.end()));
        self.sequence += end;
        self.joint += end;
    }

    /// Marks of punctuation that one side has more of, the last mark, the first letter.
    fn marks(&mut self, from: (&str, &[Token<'_>]), to: (&str, &[Token<'_>]), bitext: &Bitext) {
        let (source, target) = (bitext.source.language, bitext.target.language);
        let marks = |tokens: &[Token<'_>]| -> Vec<&'static str> {
            let marks = tokens.iter().filter(|token| token.kind == Kind::Mark);
            marks
                .filter_map(|token| MARKS.iter().copied().find(|own| *own == tokens::plain_mark(token.text)))
                .collect()
        };
        let (mine, yours) = (marks(from.1), marks(to.1));
        self.source_marks += mine.len() as f64;
        for mark in MARKS {
            let count = |list: &[&str]| list.iter().filter(|own| **own == *mark).count() as f64;
            let weight = if matches!(*mark, "," | "-") { 0.3 } else { 1.0 };
            self.marks += weight * (count(&mine) - count(&yours)).abs();
        }
        let ends = |text: &str| {
            text.trim_end()
                .chars()
                .rev()
                .find(|&character| !text::is_quote(character) && !matches!(character, ')' | '）' | '\''))
                .map(|last| tokens::plain_mark(last.encode_utf8(&mut [0; 4])).chars().next())
                .unwrap_or_default()
                .filter(|last| !last.is_alphanumeric())
        };
        self.end += f64::from(u8::from(ends(from.0) != ends(to.0)));
        let small = |text: &str| text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
        self.start += f64::from(u8::from(target.cased && small(to.0) && !(source.cased && small(from.0))));
        let capital = to.1.iter().filter(|token| token.capital).count() as f64;
        self.capitals += capital;
    }
}
