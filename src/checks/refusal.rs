//! What a machine says instead of translating.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::opening;
use super::running;
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{PerLanguage, tables};
use crate::model::{Document, ErrorType, Severity, Span};

/// `refusal` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Refusal {}

impl Check for Refusal {
    const NAME: &'static str = "refusal";
    const ERROR_TYPE: ErrorType = ErrorType::Unintelligible;
    const SEVERITY: Severity = Severity::Critical;
    const CASEBOOK: &'static str = include_str!("refusal.md");
}

impl TextCheck for Refusal {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        static PHRASES: PerLanguage<Vec<&str>> = PerLanguage::new();
        let phrases = PHRASES.get(text.language, tables::refusals);
        for segment in &text.segments {
            let stretch = text.excerpt(segment.span);
            let lower = text.language.lower(stretch).replace('’', "'");
            let body = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
            let hit = phrases.iter().find_map(|phrase| match phrase.strip_prefix('^') {
                Some(start) => opens(body, start).then_some((lower.len() - body.len(), *phrase)),
                None => at_word(&lower, phrase).map(|at| (at, *phrase)),
            });
            let Some((at, phrase)) = hit else { continue };
            // An article may quote a machine.
            let place = Span::new(
                segment.span.start + at.min(stretch.len()),
                segment.span.start + at.min(stretch.len()),
            );
            if running::in_quotation(text, segment.span, place)
                || context.source.as_deref().is_some_and(|source| source.contains(stretch))
            {
                continue;
            }
            let quoted = opening(stretch, 60);
            let message = if note(phrase) {
                format!("a note of the translator stands in the text: “{quoted}”")
            } else {
                format!("a machine speaks of its task: “{quoted}”")
            };
            findings.at(segment.span, message).confidence(0.9).severity(
                if body.ends_with([':', '：']) || note(phrase) {
                    Severity::Major
                } else {
                    Severity::Critical
                },
            );
        }
    }
}

/// Whether a text opens with a phrase; a star in it stands for a few words: `here is the * translation`.
fn opens(text: &str, phrase: &str) -> bool {
    const FEW: usize = 40;
    let Some((first, then)) = phrase.split_once(" * ") else { return text.starts_with(phrase) };
    let rest = text.strip_prefix(first).and_then(|rest| rest.strip_prefix(' '));
    rest.and_then(|rest| at_word(rest, then)).is_some_and(|at| at <= FEW)
}

/// Whether the phrase heads a translator's note, which may be a person's: `^translator's note`.
fn note(phrase: &str) -> bool {
    phrase.ends_with("note") || phrase.ends_with([':', '：']) && phrase.split(' ').count() > 1
}

/// Where a phrase begins that is no part of a longer word, where words have spaces.
fn at_word(text: &str, phrase: &str) -> Option<usize> {
    let at = text.find(phrase)?;
    let joined = |character: Option<char>, edge: Option<char>| {
        character.zip(edge).is_some_and(|(a, b)| {
            a.is_alphanumeric()
                && b.is_alphanumeric()
                && !crate::lang::text::is_unspaced(a)
                && !crate::lang::text::is_unspaced(b)
        })
    };
    let before = text.get(..at).and_then(|head| head.chars().next_back());
    (!joined(before, phrase.chars().next())).then_some(at)
}
