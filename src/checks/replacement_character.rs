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

/// A question mark in the place of a letter: between small letters, or after what is no word and before a word
/// in small letters; some letter in its place makes a word.
fn asked(text: &Document, segment: Span, stretch: &str, context: &Context, findings: &mut Findings<'_>) {
    // A source that asks nothing is not asked in the translation, least of all in the middle of a sentence.
    let unasked =
        context.source.as_deref().is_some_and(|source| !source.contains(['?', '？', '؟', ';', '՞']));
    for (at, _) in stretch.match_indices('?') {
        let span = Span::new(at, at + 1).shift(segment.start);
        let before = text.text.get(..span.start).and_then(|head| head.chars().next_back());
        let mut after = text.text.get(span.end..).unwrap_or_default().chars();
        let next = after.next();
        let inside = next.is_some_and(char::is_lowercase);
        let goes_on = next == Some(' ') && after.next().is_some_and(char::is_lowercase);
        let lost = unasked && (goes_on || matches!(next, Some('.' | ',')));
        if !before.is_some_and(char::is_lowercase)
            || !(inside || goes_on || lost)
            || running::in_link(text, span)
        {
            continue;
        }
        let around = running::chunk(&text.text, span);
        let word = text.excerpt(around);
        if word.matches('?').count() > 1
            || context.source.as_deref().is_some_and(|source| source.contains(word))
        {
            continue;
        }
        let core = text
            .language
            .lower(word.trim_matches(|character: char| !character.is_alphabetic() && character != '?'));
        let Some((head, tail)) = core.split_once('?') else { continue };
        // `why?because` lacks a space instead.
        // After a word that a short list lacks the mark may be right.
        let rich = lexis::size(text.language) > 50_000;
        let known = |part: &str| part.is_empty() || lexis::known(part, text.language);
        let enough = if inside {
            !(known(head) && known(tail))
        } else {
            lost || rich && head.chars().count() >= 3 && !known(head)
        };
        let mut fits = fitting(&core, '?', text.language);
        if !enough || fits.is_empty() {
            continue;
        }
        let finding = findings.at(span, format!("a character is lost in “{word}”"));
        finding.confidence(if inside { 0.9 } else { 0.75 });
        if fits.len() == 1 {
            finding.suggest(format!("perhaps “{}”", fits.remove(0)));
        }
    }
}

/// The word with a letter in the place of its one lost character, where exactly one word fits.
fn repair(word: &str, lost: char, language: &Language) -> Option<String> {
    let core = word.trim_matches(|character: char| !character.is_alphabetic() && character != lost);
    let mut fits = fitting(&language.lower(core), lost, language);
    (fits.len() == 1).then(|| fits.remove(0))
}

/// The words that have one letter in the place of the one lost character.
fn fitting(word: &str, lost: char, language: &Language) -> Vec<String> {
    if word.matches(lost).count() != 1 {
        return Vec::new();
    }
    let Some((head, tail)) = word.split_once(lost) else { return Vec::new() };
    // `near` offers what is one change away; the change must be at the lost character.
    let near = lexis::near(word, language).into_iter().map(|(candidate, _)| candidate);
    near.filter(|candidate| {
        candidate
            .strip_prefix(head)
            .and_then(|rest| rest.strip_suffix(tail))
            .is_some_and(|middle| middle.chars().count() == 1)
    })
    .collect()
}
