//! What a machine says instead of translating.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::opening;
use super::running;
use super::{Check, Context, Findings, TextCheck};
use crate::lang::text::is_quote;
use crate::lang::{self, PerLanguage, remarks, tables};
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
        let mut told: Vec<Span> = Vec::new();
        for segment in &text.segments {
            let stretch = text.excerpt(segment.span);
            let lower = text.language.lower(stretch).replace('’', "'");
            let body = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
            let hit = phrases.iter().find_map(|phrase| match phrase.strip_prefix('^') {
                Some(start) => opens(body, start).then_some((lower.len() - body.len(), *phrase)),
                None => remarks::at_word(&lower, phrase).map(|at| (at, *phrase)),
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
            told.push(segment.span);
            findings.at(segment.span, message).confidence(0.9).severity(
                if body.ends_with([':', '：']) || note(phrase) {
                    Severity::Major
                } else {
                    Severity::Critical
                },
            );
        }
        remarks(text, context, &told, findings);
    }
}

/// Paragraphs that speak of a translation to whom it was made for, in whatever words.
fn remarks(text: &Document, context: &Context, told: &[Span], findings: &mut Findings<'_>) {
    for paragraph in text.segments.chunk_by(|one, other| one.paragraph == other.paragraph) {
        let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { continue };
        let span = first.span.join(last.span);
        let written = text.excerpt(span);
        if written.len() > LONGEST_REMARK
            || running::is_told(told, span)
            || context.source.as_deref().is_some_and(|source| source.contains(written))
            || written.contains(is_quote)
        {
            continue;
        }
        let lower = text.language.lower(written);
        let spoken = [Some(text.language), lang::find("en")]
            .into_iter()
            .flatten()
            .any(|language| remarks::of(language).is_some_and(|remarks| remarks.are_in(&lower)));
        if spoken {
            let message = format!("a machine speaks of its task: “{}”", opening(written, 60));
            findings.at(span, message).confidence(0.8).severity(Severity::Major);
        }
    }
}

/// Bytes of the longest paragraph that is a remark.
const LONGEST_REMARK: usize = 800;

/// Whether a text opens with a phrase; a star in it stands for a few words: `here is the * translation`.
fn opens(text: &str, phrase: &str) -> bool {
    const FEW: usize = 40;
    let Some((first, then)) = phrase.split_once(" * ") else { return text.starts_with(phrase) };
    let rest = text.strip_prefix(first).and_then(|rest| rest.strip_prefix(' '));
    rest.and_then(|rest| remarks::at_word(rest, then)).is_some_and(|at| at <= FEW)
}

/// Whether the phrase heads a translator's note, which may be a person's: `^translator's note`.
fn note(phrase: &str) -> bool {
    phrase.ends_with("note") || phrase.ends_with([':', '：']) && phrase.split(' ').count() > 1
}
