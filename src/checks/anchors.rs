//! What a source and its translation should have in common: names, figures, dates, words that look alike. How much
//! of it they have, and how long a translation should be. Finds nothing itself.

use std::collections::BTreeSet;

use crate::lang::text::{self, fold, is_unspaced};
use crate::lang::{Language, words};
use crate::model::{Bitext, Document, NumberForm, Segment, Value};
use crate::names::Matcher;

/// What one side has that the other should have.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    figures: Vec<f64>,
    keys: BTreeSet<String>,
    names: Vec<String>,
    roles: BTreeSet<String>,
    alike: BTreeSet<String>,
    capitals: BTreeSet<String>,
}

/// How many of the anchors of each side the other side has.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Shared {
    /// Names, figures and dates of the source.
    pub source: usize,
    /// Of the target.
    pub target: usize,
    /// Those of the source that the target has.
    pub kept: usize,
    /// Words that look alike, names aside.
    pub cognates: usize,
}

impl Anchors {
    /// Of some segments of a document.
    pub(super) fn of<'a>(document: &Document, segments: impl Iterator<Item = &'a Segment>) -> Self {
        let mut out = Self::default();
        for segment in segments {
            for mention in &segment.mentions {
                match &mention.value {
                    Value::Number(number) if !number.spelled && number.form != NumberForm::Ordinal => {
                        out.figures.push(number.value);
                    }
                    Value::Date(date) => {
                        out.figures.extend(date.year.map(f64::from));
                        out.figures.extend(date.day.map(f64::from));
                    }
                    Value::Name(name) => {
                        out.roles.extend(name.roles.iter().cloned());
                        match &name.key {
                            Some(key) => drop(out.keys.insert(base(key))),
                            None => out.names.push(document.excerpt(mention.span).to_owned()),
                        }
                    }
                    _ => {}
                }
            }
            out.capitals.extend(
                words::words(document.excerpt(segment.span))
                    .filter(|word| text::is_capitalised(word.text) && word.text.len() >= 3)
                    .map(|word| fold(word.text)),
            );
            let letters = words::words(document.excerpt(segment.span))
                .filter(|word| word.text.len() >= 5 && !word.text.chars().any(is_unspaced))
                .map(|word| fold(word.text));
            out.alike
                .extend(letters.filter(|word| word.len() >= 5).map(|word| word.chars().take(5).collect()));
        }
        out.figures.sort_by(f64::total_cmp);
        out
    }

    /// Names, figures and dates.
    fn count(&self) -> usize {
        self.figures.len() + self.keys.len() + self.names.len()
    }
}

fn base(key: &str) -> String {
    key.split('/').next().unwrap_or(key).to_owned()
}

/// Compares the anchors of both sides. At most twelve names of a side are compared.
pub(super) fn shared(source: &Anchors, from: &Language, target: &Anchors, to: &Language) -> Shared {
    const MOST: usize = 12;
    let figure = |value: &f64| target.figures.iter().any(|other| (other - value).abs() <= slack(*value));
    let figures = source.figures.iter().filter(|value| figure(value)).count();
    let keys = source.keys.intersection(&target.keys).count();
    let names: Vec<(&String, String)> =
        target.names.iter().take(MOST).map(|name| (name, fold(name))).collect();
    let same = |name: &&String| {
        let folded = fold(name);
        // To compare letters takes far less than to compare names.
        names.iter().any(|(_, other)| *other == folded)
            || names.iter().any(|(other, _)| Matcher::probability(name, &from.tag, other, &to.tag) >= 0.3)
    };
    let kept_names = source.names.iter().take(MOST).filter(same).count();
    let roles = source.roles.intersection(&target.roles).count();
    Shared {
        source: source.count(),
        target: target.count(),
        kept: figures + keys + kept_names + roles,
        cognates: source.alike.intersection(&target.alike).count()
            + source.capitals.intersection(&target.capitals).count(),
    }
}

/// How far two figures may be apart and still be one: a fiftieth for rounding, nothing for what may be a year.
fn slack(value: f64) -> f64 {
    if value.fract() == 0.0 && (1000.0..2200.0).contains(&value) { 0.0 } else { 0.02 * value.abs() }
}

/// Length of a text in the letters an alphabet would need: a Chinese character says as much as three letters.
pub(super) fn length(text: &str) -> f64 {
    text.chars()
        .map(|character| match u32::from(character) {
            0x3040..=0x30FF => 1.7,
            0xAC00..=0xD7AF => 2.1,
            0x0590..=0x06FF => 1.1,
            0x4E00..=0x9FFF | 0x3400..=0x4DBF => 2.9,
            _ if text::is_mark(character) => 0.0,
            _ => 1.0,
        })
        .sum()
}

/// Target length for one unit of source length: the middle of the two-sided beads, 1 where there are few.
pub(super) fn ratio(bitext: &Bitext) -> f64 {
    let mut ratios: Vec<f64> = (bitext.beads.iter())
        .filter(|bead| bead.source.len() == 1 && bead.target.len() == 1)
        .filter_map(|bead| {
            let source = length(bitext.source.excerpt(bitext.source_span(bead)?));
            let target = length(bitext.target.excerpt(bitext.target_span(bead)?));
            (source > 15.0).then(|| target / source)
        })
        .collect();
    // Two ratios of one count as if seen too.
    ratios.extend([0.95, 1.0]);
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2].clamp(0.5, 2.0)
}
