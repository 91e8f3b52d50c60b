//! Characters that were lost.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running;
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, lexis};
use crate::model::{Document, ErrorType, Severity, Span};

/// `replacement-character` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplacementCharacter {}

impl Check for ReplacementCharacter {
    const NAME: &'static str = "replacement-character";
    const ERROR_TYPE: ErrorType = ErrorType::CharacterEncoding;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("replacement_character.md");
}

impl TextCheck for ReplacementCharacter {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        for segment in &text.segments {
            let stretch = segment.span.of(&text.text);
            lost(text, segment.span, stretch, findings);
            if stretch.contains('?') && lexis::size(text.language) > 0 {
                asked(text, segment.span, stretch, context, findings);
            }
        }
    }
}

/// Runs of U+FFFD.
fn lost(text: &Document, segment: Span, stretch: &str, findings: &mut Findings<'_>) {
    let mut from = 0;
    while let Some(at) = stretch.get(from..).and_then(|rest| rest.find('\u{FFFD}')) {
        let start = from + at;
        let rest = stretch.get(start..).unwrap_or_default();
        let length = rest.find(|character| character != '\u{FFFD}').unwrap_or(rest.len());
        from = start + length;
        let span = Span::new(start, from).shift(segment.start);
        let around = running::chunk(&text.text, span);
        let word = text.excerpt(around);
        let finding = findings.at(span, format!("a character is lost in “{word}”"));
        finding.confidence(0.99);
        if let Some(repaired) = repair(word, '\u{FFFD}', text.language) {
            finding.suggest(format!("perhaps “{repaired}”"));
        }
    }
}

/// A question mark between letters, where exactly one letter in its place makes a word.
fn asked(text: &Document, segment: Span, stretch: &str, context: &Context, findings: &mut Findings<'_>) {
    for (at, _) in stretch.match_indices('?') {
        let span = Span::new(at, at + 1).shift(segment.start);
        let before = text.text.get(..span.start).and_then(|head| head.chars().next_back());
        let after = text.text.get(span.end..).and_then(|tail| tail.chars().next());
        let between = before.is_some_and(char::is_lowercase) && after.is_some_and(char::is_lowercase);
        if !between || running::in_link(text, span) {
            continue;
        }
        let around = running::chunk(&text.text, span);
        let word = text.excerpt(around);
        if context.source.as_deref().is_some_and(|source| source.contains(word)) {
            continue;
        }
        // `why?because` lacks a space instead.
        let halves = word.split('?').all(|half| {
            lexis::known(&text.language.lower(half.trim_matches(|c: char| !c.is_alphanumeric())), text.language)
        });
        if halves {
            continue;
        }
        if let Some(repaired) = repair(word, '?', text.language) {
            findings
                .at(span, format!("a character is lost in “{word}”"))
                .confidence(0.9)
                .suggest(format!("perhaps “{repaired}”"));
        }
    }
}

/// The word with a letter in the place of its one lost character, where exactly one word fits.
fn repair(word: &str, lost: char, language: &Language) -> Option<String> {
    let core = word.trim_matches(|character: char| !character.is_alphabetic() && character != lost);
    if core.matches(lost).count() != 1 {
        return None;
    }
    let lower = language.lower(core);
    // `near` offers what is one change away; the change must be at the lost character.
    let (head, tail) = lower.split_once(lost)?;
    let mut fits = lexis::near(&lower, language).into_iter().filter(|(candidate, _)| {
        candidate
            .strip_prefix(head)
            .and_then(|rest| rest.strip_suffix(tail))
            .is_some_and(|middle| middle.chars().count() == 1 && !middle.is_ascii())
    });
    let first = fits.next()?;
    fits.next().is_none().then_some(first.0)
}
