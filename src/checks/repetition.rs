//! Text that loops.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, text};
use crate::model::{Document, ErrorType, Severity, Span};

/// `repetition` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Repetition {}

impl Check for Repetition {
    const NAME: &'static str = "repetition";
    const ERROR_TYPE: ErrorType = ErrorType::Repetition;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("repetition.md");
}

/// Longest loop looked for, in words, and in characters of a script without spaces.
const LONGEST: usize = 24;

impl TextCheck for Repetition {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let function = running::function_words(text.language);
        for segment in text.prose() {
            let stretch = segment.span.of(&text.text);
            if stretch.chars().any(text::is_unspaced) {
                characters(text, segment.span, findings);
            }
            let tokens = running::tokens(text, segment.span);
            words(text, &tokens, function, findings);
        }
        sentences(text, context.source.is_none(), findings);
    }
}

/// Loops of two words or more.
fn words(text: &Document, tokens: &[Token<'_>], function: &BTreeSet<&str>, findings: &mut Findings<'_>) {
    let language: &Language = text.language;
    let lower: Vec<String> = tokens.iter().map(|token| language.lower(token.text)).collect();
    let mut done = 0;
    for period in 2..=LONGEST.min(tokens.len() / 2) {
        let mut index = period;
        while index < lower.len() {
            if lower[index] != lower[index - period] || index - period < done {
                index += 1;
                continue;
            }
            let first = index - period;
            let mut last = index;
            while last + 1 < lower.len() && lower[last + 1] == lower[last + 1 - period] {
                last += 1;
            }
            let length = last + 1 - first;
            let copies = length / period;
            let unit = &lower[first..first + period];
            let content = unit.iter().filter(|word| {
                word.chars().count() >= if period < 3 { 4 } else { 3 }
                    && !function.contains(word.as_str())
                    && word.chars().all(char::is_alphabetic)
            });
            let content = content.count();
            // A list repeats with marks between, a loop runs on.
            let seams: Vec<&str> = (1..copies).map(|copy| tokens[first + copy * period].gap).collect();
            let smooth = seams.iter().all(|gap| matches!(*gap, " " | "\u{a0}"));
            let smooth_inside = tokens[first + 1..=last].iter().all(|token| token.gap.chars().count() == 1);
            let varied = unit.iter().any(|word| *word != unit[0]);
            let long_words = unit.iter().all(|word| word.chars().count() > 3);
            let unspaced = tokens[first].text.chars().any(text::is_unspaced);
            // A heading that ends as the sentence below it begins, the line end lost.
            let heading = copies == 2
                && !text::is_capitalised(tokens[first].text)
                && text::is_capitalised(tokens[first + period].text);
            let loops = varied
                && !heading
                && !unspaced
                && match copies {
                    0 | 1 => false,
                    2 => smooth_inside && content > 0 && (period >= 3 || (content == 2 && long_words)),
                    3 => (period > 2 || (smooth && content > 0)) && (content > 0 || smooth),
                    _ => content > 0 || smooth,
                };
            if loops {
                let span = tokens[first].span.join(tokens[last].span);
                report(
                    text,
                    span,
                    tokens[first].span.join(tokens[first + period - 1].span),
                    copies,
                    length >= 12,
                    findings,
                );
                done = last + 1;
            }
            index = last + 1;
        }
    }
}

/// Loops in scripts without spaces: six characters twice, four three times, two four times.
fn characters(text: &Document, segment: Span, findings: &mut Findings<'_>) {
    let all: Vec<(usize, char)> = segment.of(&text.text).char_indices().collect();
    let mut done = 0;
    for period in 2..=LONGEST.min(all.len() / 2) {
        let mut index = period;
        while index < all.len() {
            if all[index].1 != all[index - period].1 || index - period < done {
                index += 1;
                continue;
            }
            let first = index - period;
            let mut last = index;
            while last + 1 < all.len() && all[last + 1].1 == all[last + 1 - period].1 {
                last += 1;
            }
            let copies = (last + 1 - first) / period;
            let unit = &all[first..first + period];
            let letters = unit.iter().filter(|(_, character)| text::is_unspaced(*character)).count();
            let varied = unit.iter().any(|(_, character)| *character != unit[0].1);
            let han_or_kana =
                || unit.iter().all(|(_, character)| ('\u{3040}'..='\u{9FFF}').contains(character));
            let different = || unit.iter().map(|(_, character)| character).collect::<BTreeSet<_>>().len();
            let loops = varied
                && letters * 2 > period
                && letters >= 2
                && (copies >= 4
                    || (copies == 3 && period >= 4)
                    || (copies == 2 && period >= 6 && han_or_kana() && different() >= 5));
            if loops {
                let end = all[last].0 + all[last].1.len_utf8();
                let span = Span::new(all[first].0, end).shift(segment.start);
                let once = Span::new(all[first].0, all[first + period].0).shift(segment.start);
                report(text, span, once, copies, span.len() >= 60, findings);
                done = last + 1;
            }
            index = last + 1;
        }
    }
}

/// Words of a sentence that is not said twice in an article by chance.
const LONG: usize = 8;

/// The same sentence twice in a row; a long one anywhere, where no source may have it so.
fn sentences(text: &Document, anywhere: bool, findings: &mut Findings<'_>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut before: Option<(Span, usize)> = None;
    for segment in text.prose() {
        for span in pieces(&text.text, segment.span) {
            let piece = span.of(&text.text);
            let size = text.language.count_words(piece);
            let again = before.is_some_and(|(earlier, _)| earlier.of(&text.text) == piece);
            let elsewhere = !seen.insert(piece)
                && anywhere
                && (size >= LONG && piece.chars().count() >= 24 || size >= 6 && piece.chars().count() >= 48);
            if size >= 5 && piece.chars().count() >= 12 && (again || elsewhere) {
                findings
                    .at(span, format!("the sentence “{piece}” stands there twice"))
                    .severity(Severity::Major)
                    .confidence(0.9)
                    .suggest("say it once");
            }
            before = Some((span, size));
        }
    }
}

/// A segment cut after the marks that end sentences: segments may still be whole lines.
fn pieces(whole: &str, span: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = span.start;
    let mut ended = false;
    for (index, character) in span.of(whole).char_indices() {
        let at = span.start + index;
        if matches!(character, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।') {
            ended = true;
        } else if ended && (character.is_whitespace() || text::is_unspaced(character)) {
            out.push(Span::new(start, at).trim(whole));
            start = at;
            ended = false;
        } else if !text::is_quote(character) {
            ended = false;
        }
    }
    out.push(Span::new(start, span.end).trim(whole));
    out.retain(|span| !span.is_empty());
    out
}

fn report(text: &Document, span: Span, once: Span, copies: usize, long: bool, findings: &mut Findings<'_>) {
    let unit = text.excerpt(once);
    let finding = findings.at(span, format!("“{unit}” stands there {copies} times in a row"));
    finding.confidence(if copies > 2 { 0.95 } else { 0.85 }).replace_with(unit.to_owned());
    if long {
        finding.severity(Severity::Major);
    }
}
