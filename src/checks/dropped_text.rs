//! A place from which text was dropped.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running;
use super::{Check, Context, Findings, TextCheck};
use crate::lang::tables;
use crate::model::{Document, ErrorType, Severity, Span};

/// `dropped-text` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DroppedText {}

impl Check for DroppedText {
    const NAME: &'static str = "dropped-text";
    const ERROR_TYPE: ErrorType = ErrorType::Omission;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("dropped_text.md");
}

impl TextCheck for DroppedText {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let openers = tables::openers(text.language);
        if openers.is_empty() {
            return;
        }
        let shortest = openers.iter().map(|opener| opener.split(' ').count()).max().unwrap_or(1);
        for segment in text.prose() {
            let tokens = running::tokens(text, segment.span);
            for (index, token) in tokens.iter().enumerate() {
                let after = text.text.get(token.span.end..segment.span.end).unwrap_or_default();
                let mut characters = after.chars();
                let gap = characters.next().is_some_and(|space| matches!(space, ' ' | '\u{a0}'));
                let mark = characters.next();
                let empty = matches!(mark, Some(',' | '.' | ';' | ')' | '،' | '؛' | '।' | '։'));
                // ` ...` and ` .5` are no empty places.
                let alone = characters.next().is_none_or(char::is_whitespace);
                if !gap || !empty || !alone {
                    continue;
                }
                let first = (0..shortest).rev().find_map(|more| {
                    let first = index.checked_sub(more)?;
                    let phrase: Vec<String> =
                        tokens[first..=index].iter().map(|token| text.language.lower(token.text)).collect();
                    openers.contains(&phrase.join(" ").as_str()).then_some(first)
                });
                let Some(first) = first else { continue };
                let opener = tokens[first].span.join(token.span);
                let written = text.excerpt(opener);
                if written.chars().all(char::is_uppercase) && written.chars().count() == 1 && first > 0 {
                    continue;
                }
                let span = Span::new(opener.start, token.span.end + gap_and_mark(after));
                if context.source.as_deref().is_some_and(|source| source.contains(text.excerpt(span))) {
                    continue;
                }
                findings
                    .at(span, format!("something is missing after “{written}”"))
                    .severity(Severity::Major)
                    .confidence(0.8);
            }
        }
    }
}

/// Bytes of a space and the mark after it.
fn gap_and_mark(after: &str) -> usize {
    after.chars().take(2).map(char::len_utf8).sum()
}
