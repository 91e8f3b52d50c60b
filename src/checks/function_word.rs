//! Small words that cannot stand in this order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::agreement::nouns_have_capitals;
use super::patterns::Patterns;
use super::running::{self, Token};
use super::sounds;
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{PerLanguage, text};
use crate::model::{Document, ErrorType, Severity, Span};

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
        static IMPOSSIBLE: PerLanguage<Patterns<'static>> = PerLanguage::new();
        static GOVERNMENT: PerLanguage<Patterns<'static>> = PerLanguage::new();
        let language = text.language;
        let impossible = IMPOSSIBLE.get(language, |language| {
            Patterns::of(language.grammar.iter().flat_map(|grammar| &grammar.impossible))
        });
        let government = GOVERNMENT.get(language, |language| {
            Patterns::of(language.grammar.iter().flat_map(|grammar| &grammar.government))
        });
        // A name or a noun is no small word, `of IT`; what is governed may be a noun.
        let names = [language.cased, language.cased && !nouns_have_capitals(language)];
        for segment in text.prose() {
            let tokens = running::segmented(text, segment.span);
            let lower = running::lowered(&tokens, language);
            let mut reported: Vec<Span> = Vec::new();
            for (patterns, names) in [impossible, government].into_iter().zip(names) {
                for (index, length, _) in patterns.find(&tokens, &lower, language) {
                    let found = &tokens[index..index + length];
                    let span = found[0].span.join(found[length - 1].span);
                    let excused = reported.iter().any(|other| other.overlaps(span))
                        || names && found[1..].iter().any(Token::capitalised)
                        || language.cased && is_label(found[0], index > 0)
                        || is_abbreviation(found[length - 1], text, span.end);
                    if !excused {
                        report(text, span, length, findings);
                        reported.push(span);
                    }
                }
            }
            sounds::report(text, &tokens, &lower, &reported, findings);
        }
    }
}

/// Whether a word is a letter that labels, `vitamin A from …`, or an abbreviation, `ПО для`.
fn is_label(token: Token<'_>, inside: bool) -> bool {
    let letters = token.text.chars().count();
    inside && letters == 1 && token.capitalised() || letters > 1 && text::is_all_capitals(token.text)
}

/// Whether a word is cut short by a full stop, not the small word: `на о. Итуруп`.
fn is_abbreviation(token: Token<'_>, document: &Document, end: usize) -> bool {
    let after = document.text.get(end..).unwrap_or_default();
    token.text.chars().count() <= 2
        && after.starts_with(['.', '-'])
        && !after.trim_start_matches('.').is_empty()
}

fn report(text: &Document, span: Span, words: usize, findings: &mut Findings<'_>) {
    let written = text.excerpt(span);
    let message = if words == 1 {
        format!("“{written}” has no such form")
    } else {
        format!("“{written}” cannot stand together")
    };
    findings.at(span, message).confidence(0.8);
}
