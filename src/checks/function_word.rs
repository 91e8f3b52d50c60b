//! Small words that cannot stand in this order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::text;
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
        let Some(grammar) = text.language.grammar.as_ref().filter(|grammar| !grammar.impossible.is_empty())
        else {
            return;
        };
        let patterns: Vec<Vec<Vec<&str>>> = grammar
            .impossible
            .iter()
            .map(|pattern| pattern.split(' ').map(|item| item.split('|').collect()).collect())
            .filter(|pattern: &Vec<Vec<&str>>| pattern.len() > 1)
            .collect();
        for segment in text.prose() {
            let tokens = running::segmented(text, segment.span);
            let lower: Vec<String> = tokens.iter().map(|token| text.language.lower(token.text)).collect();
            let mut index = 0;
            while index < tokens.len() {
                let longest = patterns
                    .iter()
                    .filter(|pattern| fits(pattern, &tokens, &lower, index))
                    .map(Vec::len)
                    .max();
                let Some(length) = longest else {
                    index += 1;
                    continue;
                };
                let span = tokens[index].span.join(tokens[index + length - 1].span);
                let written = text.excerpt(span);
                findings.at(span, format!("“{written}” cannot stand together")).confidence(0.8);
                index += length;
            }
        }
    }
}

fn fits(pattern: &[Vec<&str>], tokens: &[Token<'_>], lower: &[String], index: usize) -> bool {
    index + pattern.len() <= tokens.len()
        && pattern.iter().enumerate().all(|(offset, alternatives)| {
            let at = index + offset;
            (offset == 0
                || tokens[at].follows_a_space()
                || (tokens[at].gap.is_empty() && unspaced(&tokens[at])))
                && alternatives.iter().any(|item| match item.strip_prefix('~') {
                    Some(ending) => lower[at].strip_suffix(ending).is_some_and(|stem| !stem.is_empty()),
                    None => *item == "_" || *item == lower[at],
                })
        })
}

fn unspaced(token: &Token<'_>) -> bool {
    token.text.chars().all(text::is_unspaced)
}
