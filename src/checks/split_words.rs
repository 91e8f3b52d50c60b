//! A word torn in two by a space: `go vernment`.

use std::collections::BTreeSet;

use super::running::{self, Token};
use super::{Context, Findings};
use crate::lang::{Language, gazetteer, lexis, slips, text};
use crate::model::{Document, Span};

/// Letters of the shortest word that is sure to be one.
const SHORTEST: usize = 5;
/// Rank beyond which a whole word is too rare to be sure of.
const COMMON: u32 = 15_000;
/// Unknown words near a place that make it one in another language.
const FOREIGN: usize = 2;

/// Reports words that a space tears: two parts, one of them no word, that are a word together.
pub(super) fn report(text: &Document, context: &Context, findings: &mut Findings<'_>) {
    let language = text.language;
    let loose = language.typography.as_ref().is_some_and(|part| part.loose_compounds);
    if !language.spaced || loose || lexis::size(language) == 0 {
        return;
    }
    let function = running::function_words(language);
    for segment in text.prose() {
        let tokens = running::tokens(text, segment.span);
        for index in 1..tokens.len() {
            let Some(whole) = torn(&tokens, index, language) else { continue };
            let span = tokens[index - 1].span.join(tokens[index].span);
            let written = text.excerpt(span);
            let part = |token: &Token<'_>| {
                let lower = language.lower(token.text);
                function.contains(lower.as_str()) || slips::is_word(&lower, language)
            };
            if part(&tokens[index - 1]) && part(&tokens[index])
                || tokens[index - 1..=index].iter().all(|part| elsewhere(part, language))
                || beside_a_rare_word(&tokens[index - 1..=index], function, language)
                || foreign(&tokens, index, language)
                || context.known.contains(&text::fold(written))
                || context.source.as_deref().is_some_and(|source| source.contains(written))
                || running::in_link(text, span)
                || stands_elsewhere(text, &tokens[index - 1..=index], language)
            {
                continue;
            }
            findings
                .at(span, format!("a space tears a word: “{written}”, “{whole}”"))
                .confidence(0.8)
                .suggest(whole);
        }
    }
}

/// What the word and the one before it are together, as written, where that is a frequent word.
fn torn(tokens: &[Token<'_>], index: usize, language: &Language) -> Option<String> {
    let [before, after] = &tokens[index - 1..=index] else { return None };
    let letters = |token: &Token<'_>| token.text.chars().all(|c| c.is_alphabetic() || text::is_mark(c));
    let small = |token: &Token<'_>| token.small() || !language.cased;
    let opens = before.capitalised()
        && before.text.chars().skip(1).all(|letter| !text::is_upper(letter))
        && running::may_open(tokens, index - 1);
    let bare =
        |token: Option<&Token<'_>>| token.is_none_or(|token| !token.gap.starts_with(['.', '-', '’', '\'']));
    let front = tokens.get(index.wrapping_sub(2)).is_none() || !before.gap.ends_with(['-', '’', '\'']);
    if after.gap != " "
        || !letters(before)
        || !letters(after)
        || !small(after)
        || !(small(before) || opens)
        || !bare(tokens.get(index + 1))
        || !front
    {
        return None;
    }
    let whole = format!("{}{}", before.text, after.text);
    let lower = language.lower(&whole);
    (lower.chars().count() >= SHORTEST && lexis::rank(&lower, language).is_some_and(|rank| rank < COMMON))
        .then_some(whole)
}

/// Whether another language writes the part.
fn elsewhere(part: &Token<'_>, language: &Language) -> bool {
    lexis::rank_elsewhere(&language.lower(part.text), language).is_some_and(|rank| rank < COMMON)
}

/// Whether a small word may stand beside one that no list holds: *a trair*.
fn beside_a_rare_word(parts: &[Token<'_>], function: &BTreeSet<&str>, language: &Language) -> bool {
    let [before, after] = parts else { return false };
    [(before, after), (after, before)].into_iter().any(|(small, rare)| {
        function.contains(language.lower(small.text).as_str())
            && small.text.chars().count() <= 2
            && rare.text.chars().count() > 3
            && lexis::plausible(&language.lower(rare.text), language) > 0.95
    })
}

/// Whether words around the two are unknown as well: they are in another language together.
fn foreign(tokens: &[Token<'_>], index: usize, language: &Language) -> bool {
    let unknown = |token: &&Token<'_>| {
        (token.small() || !language.cased)
            && token.wordy()
            && token.text.chars().count() > 1
            && !slips::is_word(&language.lower(token.text), language)
    };
    let (before, after) = (&tokens[..index - 1], &tokens[index + 1..]);
    before.iter().rev().take(3).chain(after.iter().take(3)).filter(unknown).count() >= FOREIGN
}

/// Whether the text writes a part that is no word again, or knows it as a name.
fn stands_elsewhere(text: &Document, parts: &[Token<'_>], language: &Language) -> bool {
    parts.iter().any(|part| {
        let lower = language.lower(part.text);
        part.text.chars().count() > 2
            && !slips::is_word(&lower, language)
            && (gazetteer::is_given_name(part.text) || is_repeated(text, part))
    })
}

/// Whether the word stands a second time in the text, on its own.
fn is_repeated(text: &Document, part: &Token<'_>) -> bool {
    let places = text.text.match_indices(part.text).take(8);
    places
        .filter(|&(at, word)| {
            let around = running::chunk(&text.text, Span::new(at, at + word.len())).of(&text.text);
            around.trim_matches(|letter: char| !letter.is_alphabetic()) == word
        })
        .count()
        > 1
}
