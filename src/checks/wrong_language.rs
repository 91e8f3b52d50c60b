//! A sentence, a line or a longer stretch that is not in the language of the text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::foreign::{self, Foreign};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::Language;
use crate::model::{Document, ErrorType, Severity, Span};

/// `wrong-language` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrongLanguage {}

impl Check for WrongLanguage {
    const NAME: &'static str = "wrong-language";
    const ERROR_TYPE: ErrorType = ErrorType::WrongLanguage;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("wrong_language.md");
}

impl TextCheck for WrongLanguage {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        if text.language.primary() == "und" {
            return;
        }
        let mut found: Vec<Foreign> = Vec::new();
        let (mut foreign, mut all) = (0, 0);
        for segment in &text.segments {
            let mut stretches = foreign::stretches(text, segment);
            if !segment.kind.is_prose() {
                // Pages name themselves and their languages in any language: there only another script tells.
                let other_script = |stretch: &Foreign| {
                    stretch.words >= 2
                        && stretch.language.is_some_and(|other| other.script != text.language.script)
                };
                stretches.retain(other_script);
            }
            all += segment.span.len();
            foreign += stretches.iter().map(|stretch| stretch.span.len()).sum::<usize>();
            found.extend(stretches);
        }
        // What is left in the language of the source is untranslated.
        let left = |language: Option<&Language>| {
            language.is_some_and(|language| {
                context.source_language.is_some_and(|source| language.same_language(source))
            })
        };
        let expected = &text.language.name;
        if found.len() > 2 && foreign * 10 > all * 8 {
            let first = found[0];
            let Some(last) = found.last() else { return };
            if !left(first.language) {
                let message = format!("the text is in {}, not {expected}", name(first.language));
                findings.at(Span::new(first.span.start, last.span.end), message).confidence(0.97);
            }
            return;
        }
        for stretch in join(&found) {
            let excerpt = text.excerpt(stretch.span);
            // What the source has in that language too is kept on purpose.
            if left(stretch.language)
                || context.source.as_deref().is_some_and(|source| source.contains(excerpt))
            {
                continue;
            }
            let excerpt = foreign::shorten(excerpt);
            let message = format!("“{excerpt}” is in {}, not {expected}", name(stretch.language));
            findings.at(stretch.span, message).confidence(stretch.confidence);
        }
    }
}

/// Stretches of one language that follow each other are one.
fn join(found: &[Foreign]) -> Vec<Foreign> {
    let mut out: Vec<Foreign> = Vec::new();
    for stretch in found {
        match out.last_mut() {
            Some(last)
                if stretch.span.start <= last.span.end + 2
                    && last.language.map(|x| &x.tag) == stretch.language.map(|x| &x.tag) =>
            {
                last.span = last.span.join(stretch.span);
                last.words += stretch.words;
                last.confidence = last.confidence.max(stretch.confidence);
            }
            _ => out.push(*stretch),
        }
    }
    out
}

fn name(language: Option<&Language>) -> &str {
    language.map_or("another language", |language| language.name.as_str())
}
