//! Small words in the form that stands before another sound: *an section*, *il studente*. Finds nothing itself:
//! `function-word` uses it.

use super::Findings;
use super::agreement::in_case_of;
use super::running::{self, Token};
use crate::lang::paradigms::{self, Before};
use crate::lang::{Language, concord, lexis, sounds, text};
use crate::model::{Document, Span};

/// Letters of the shortest word that is read.
const SHORTEST: usize = 3;

/// Reports what does not overlap what is `told` already.
pub(super) fn report(
    document: &Document,
    tokens: &[Token<'_>],
    lower: &[String],
    told: &[Span],
    findings: &mut Findings<'_>,
) {
    let language = document.language;
    for row in sounds::of(language) {
        for (index, pair) in tokens.windows(2).enumerate() {
            let [word, next] = pair else { continue };
            let Some((_, right)) = row.words.iter().find(|(wrong, _)| lower[index] == *wrong) else {
                continue;
            };
            let opens = running::may_open(tokens, index);
            let written = (word.small() || opens && word.capitalised())
                && (opens && !word.gap.ends_with(text::is_hyphen) || word.follows_a_space())
                && next.follows_a_space()
                && next.text.chars().count() >= SHORTEST
                && (next.small() && fits(&lower[index + 1], row.noun, language)
                    || row.name && next.capitalised() && !text::is_all_capitals(next.text));
            let span = word.span.join(next.span);
            if written
                && row.is_wrong_before(&lower[index + 1])
                && !told.iter().any(|other| other.overlaps(span))
            {
                let gap = if right.ends_with('\'') { "" } else { next.gap };
                let right = in_case_of(word.text, right, language);
                let message = format!("“{}” does not stand before “{}”: “{right}”", word.text, next.text);
                findings
                    .at(span, message)
                    .confidence(0.85)
                    .replace_with(format!("{right}{gap}{}", next.text));
            }
        }
    }
}

/// Whether a word in lower case is one of the language, a noun where that is wanted, and no small word.
fn fits(word: &str, noun: bool, language: &Language) -> bool {
    lexis::known(word, language)
        && !running::function_words(language).contains(word)
        && (!noun
            || concord::of(language).is_some_and(|known| known.listed(word).is_some())
                && paradigms::of(language).is_none_or(|known| known.adjective(word, Before::Nothing) == 0))
}
