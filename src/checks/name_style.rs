use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck};
use crate::lang::gazetteer;
use crate::lang::phrases::Phrases;
use crate::lang::text::is_capitalised;
use crate::model::{Document, ErrorType, Severity, Span};

/// `name-style` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NameStyle {}

impl Check for NameStyle {
    const NAME: &'static str = "name-style";
    const ERROR_TYPE: ErrorType = ErrorType::WrongTerm;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("name_style.md");
}

impl TextCheck for NameStyle {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let Some(known) = &context.ledger else { return };
        let language = text.language;
        let avoided = known.avoided(&language.tag);
        if avoided.is_empty() {
            return;
        }
        let forms = avoided.iter().enumerate().map(|(number, (form, _))| (*form, number as u32));
        let phrases = Phrases::new(forms);
        for segment in text.prose() {
            let sentence = text.excerpt(segment.span);
            for found in phrases.find(sentence, |word| gazetteer::bases(word, language)) {
                let span = Span::from(found.range.clone()).shift(segment.span.start);
                let written = text.excerpt(span);
                let (form, entry) = avoided[found.phrases[0] as usize];
                // *turkey* the bird is not *Turkey*.
                if language.cased && is_capitalised(form) && !is_capitalised(written) {
                    continue;
                }
                let preferred = entry.spelling(&language.tag);
                let finding = findings.at(span, format!("the house writes {preferred}, not {written}"));
                finding.confidence(0.9);
                if found.inflected || written != form {
                    finding.suggest(preferred);
                } else {
                    finding.replace_with(preferred);
                }
            }
        }
    }
}
