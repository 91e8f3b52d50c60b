//! A word chosen because it looks like that of the source, or in the wrong one of its senses.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::agreement::nouns_have_capitals;
use super::{Check, Context, Findings, TextCheck, idioms};
use crate::lang::calques::Kind;
use crate::lang::senses::Senses;
use crate::lang::text;
use crate::model::{Document, ErrorType, Severity, Span};

/// `false-friend` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FalseFriend {}

impl Check for FalseFriend {
    const NAME: &'static str = "false-friend";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("false_friend.md");
}

impl TextCheck for FalseFriend {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let told = idioms::report(text, context, Kind::FalseFriend, findings);
        report_senses(text, context, &told, findings);
    }
}

/// Letters by which a word of the source is known, whatever its ending.
const STEM: usize = 5;

/// Words in a sense that the company around them belies.
fn report_senses(
    text: &Document,
    context: &Context,
    told: &BTreeMap<usize, usize>,
    findings: &mut Findings<'_>,
) {
    let Some(senses) = Senses::into(text.language) else { return };
    let cased = text.language.cased && !nouns_have_capitals(text.language);
    let sentence = |byte: usize| text.segment_at(byte).map_or(Span::new(byte, byte), |segment| segment.span);
    let around = |byte: usize| {
        let after = text.segments.partition_point(|segment| segment.span.start <= byte);
        let beside = &text.segments[after.saturating_sub(2)..text.segments.len().min(after + 1)];
        beside
            .first()
            .zip(beside.last())
            .map_or(Span::new(byte, byte), |(first, last)| first.span.join(last.span))
    };
    for trap in senses.find(&text.text, text.language, sentence, around) {
        let Some(segment) = text.segment_at(trap.span.start).filter(|segment| segment.kind.is_prose()) else {
            continue;
        };
        // A name: *Robert Plant*.
        let opens = trap.span.start == segment.span.start;
        let name = cased && !opens && text.excerpt(trap.span).starts_with(text::is_upper);
        let unsaid = || {
            let own = context.source_language.filter(|from| from.primary() == trap.from);
            context.source.as_deref().zip(own).is_some_and(|(source, from)| {
                let source = from.lower(source);
                let said = |word: &str| source.contains(&word.trim().chars().take(STEM).collect::<String>());
                !trap.source.split(['/', ';', ',']).any(said)
            })
        };
        if name || idioms::is_told(told, trap.span) || unsaid() {
            continue;
        }
        let written = text.excerpt(trap.span);
        findings
            .at(trap.span, format!("“{written}” does not fit what it stands with: “{}”", trap.better))
            .confidence(0.7)
            .suggest(trap.better);
    }
}
