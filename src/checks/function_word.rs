//! Small words that cannot stand in this order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::patterns::Patterns;
use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{PerLanguage, text::is_all_capitals};
use crate::model::{Document, ErrorType, Severity};

/// `function-word` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FunctionWord {}

impl Check for FunctionWord {
    const NAME: &'static str = "function-word";
    const ERROR_TYPE: ErrorType = ErrorType::Grammar;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("function_word.md");
}

impl TextCheck for FunctionWord {
    fn run(&self, text: &Document, _context: &Context, findings: &mut Findings<'_>) {
        static PATTERNS: PerLanguage<Patterns<'static>> = PerLanguage::new();
        let patterns = PATTERNS.get(text.language, |language| {
            let lists =
                language.grammar.iter().flat_map(|grammar| [&grammar.impossible, &grammar.government]);
            Patterns::of(lists.flatten())
        });
        for segment in text.prose() {
            let tokens = running::segmented(text, segment.span);
            for (index, length, _) in patterns.find(&tokens, text.language) {
                // A name or a noun is no small word: `of IT`.
                let capital = tokens[index + 1..index + length].iter().any(Token::capitalised);
                // A letter that labels: `vitamin A from …`.
                let label =
                    index > 0 && tokens[index].capitalised() && tokens[index].text.chars().count() == 1;
                // An abbreviation: `ПО для`, `PO w`.
                let short_for = is_all_capitals(tokens[index].text) && tokens[index].text.chars().count() > 1;
                if text.language.cased && (capital || label || short_for) {
                    continue;
                }
                let span = tokens[index].span.join(tokens[index + length - 1].span);
                // An abbreviation, not the small word: `на о. Итуруп`.
                let short = tokens[index + length - 1].text.chars().count() <= 2;
                let after = text.text.get(span.end..).unwrap_or_default();
                if short && after.starts_with(['.', '-']) && !after.trim_start_matches('.').is_empty() {
                    continue;
                }
                let written = text.excerpt(span);
                let message = if length == 1 {
                    format!("“{written}” has no such form")
                } else {
                    format!("“{written}” cannot stand together")
                };
                findings.at(span, message).confidence(0.8);
            }
        }
    }
}
