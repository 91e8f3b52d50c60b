//! A whole sentence in small letters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{lexis, text};
use crate::model::{Document, ErrorType, Severity, Span};

/// `lowercase` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Lowercase {}

impl Check for Lowercase {
    const NAME: &'static str = "lowercase";
    const ERROR_TYPE: ErrorType = ErrorType::Spelling;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("lowercase.md");
}

impl TextCheck for Lowercase {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        if !text.language.cased || context.source.as_deref().is_some_and(small_by_choice) {
            return;
        }
        let mut end = 0;
        let mut continues = false;
        for segment in text.prose() {
            let stretch = segment.span.of(&text.text);
            let apart =
                text.text.get(end..segment.span.start).is_none_or(|gap| gap.matches('\n').count() > 1);
            let follows = continues && !apart;
            end = segment.span.end;
            continues = !ends(stretch);
            let tokens = running::tokens(text, segment.span);
            let words = tokens.iter().filter(|token| token.wordy()).count();
            let starts_small = stretch
                .chars()
                .find(|character| {
                    !character.is_whitespace()
                        && !text::is_quote(*character)
                        && !matches!(character, '¿' | '¡' | '(' | '[')
                })
                .is_some_and(char::is_lowercase);
            small_after_full_stop(text, &tokens, findings);
            let small = starts_small && !stretch.chars().any(text::is_upper);
            // A heading without a mark, a list item and the rest of a broken line are no whole sentences.
            let whole = ends(stretch) || (text.segments.len() == 1 && words >= 6);
            if !small || words < 4 || !whole || follows {
                continue;
            }
            let Some(first) = tokens.first() else { continue };
            if running::in_link(text, first.span) {
                continue;
            }
            let last = tokens.last().map_or(first.span, |token| token.span);
            let span: Span = first.span.join(last);
            findings.at(span, "the whole sentence is in small letters").confidence(0.9);
        }
    }
}

/// A sentence that begins with a small letter after a full stop: the word before it is no abbreviation.
fn small_after_full_stop(text: &Document, tokens: &[Token<'_>], findings: &mut Findings<'_>) {
    let language = text.language;
    let function = running::function_words(language);
    for pair in tokens.windows(2) {
        let [before, after] = pair else { continue };
        let whole_word = before.small()
            && before.text.chars().count() >= 4
            && lexis::rank(before.text, language).is_some_and(|rank| rank < 5000);
        let opens = after.small()
            && after.gap == ". "
            && (function.contains(after.text) || lexis::known(after.text, language));
        let abbreviated = || {
            language.sentences.as_ref().is_some_and(|sentences| {
                let dotted = format!("{}.", before.text);
                let mut known = sentences.abbreviations.iter().chain(&sentences.abbreviations_before_number);
                known.any(|short| language.lower(short).ends_with(&dotted))
            })
        };
        if whole_word && opens && !abbreviated() && !running::in_link(text, after.span) {
            findings.at(after.span, "a sentence begins with a small letter").confidence(0.8);
        }
    }
}

fn ends(stretch: &str) -> bool {
    stretch
        .chars()
        .rev()
        .find(|&character| !text::is_quote(character) && !matches!(character, ')' | ']' | '\''))
        .is_some_and(|character| matches!(character, '.' | '!' | '?' | '…' | ';' | '։'))
}

/// Whether the source has letters with case and no capital either.
fn small_by_choice(source: &str) -> bool {
    source.chars().any(char::is_lowercase) && !source.chars().any(text::is_upper)
}
