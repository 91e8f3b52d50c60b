//! A word that is no word, one letter from one that is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, lexis, text};
use crate::model::{Document, ErrorType, Severity};

/// `misspelling` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Misspelling {}

impl Check for Misspelling {
    const NAME: &'static str = "misspelling";
    const ERROR_TYPE: ErrorType = ErrorType::Spelling;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("misspelling.md");
}

/// Words a list must hold before a word outside it means anything.
const ENOUGH: usize = 9000;

impl TextCheck for Misspelling {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let language = text.language;
        if !language.spaced || !language.cased || lexis::size(language) < ENOUGH {
            return;
        }
        let function = running::function_words(language);
        for segment in text.prose() {
            let tokens = running::tokens(text, segment.span);
            for (index, token) in tokens.iter().enumerate() {
                if !may_be_wrong(token, &tokens, index) || function.contains(token.text) {
                    continue;
                }
                let Some((right, confidence)) = correct(token.text, language) else { continue };
                if context.known.contains(&text::fold(token.text))
                    || context.source.as_deref().is_some_and(|source| source.contains(token.text))
                    || running::in_link(text, token.span)
                    || text.text.matches(token.text).take(3).count() > 2
                {
                    continue;
                }
                findings
                    .at(token.span, format!("“{}” is no word: “{right}”", token.text))
                    .confidence(confidence)
                    .replace_with(right);
            }
        }
    }
}

/// Whether the word is of a kind that lists hold: small letters only, no part of a compound.
fn may_be_wrong(token: &Token<'_>, tokens: &[Token<'_>], index: usize) -> bool {
    let hyphen = |gap: &str| gap.starts_with(text::is_hyphen) || gap.ends_with(text::is_hyphen);
    token.small()
        && token.text.chars().all(char::is_alphabetic)
        && token.text.chars().count() >= 4
        && !hyphen(token.gap)
        && !tokens.get(index + 1).is_some_and(|next| next.gap.starts_with(text::is_hyphen))
}

/// What the word should be, where that is nearly certain.
fn correct(word: &str, language: &Language) -> Option<(String, f64)> {
    if lexis::known(word, language) || !word.chars().all(|letter| lexis::writes(letter, language)) {
        return None;
    }
    let plausible = lexis::plausible(word, language);
    let rich = lexis::size(language) > 50_000;
    let length = word.chars().count();
    let all = lexis::near(word, language);
    let (right, rank) = all.iter().find(|(right, _)| right.chars().count() >= 4)?.clone();
    // Short words are near many others: only a very frequent one can be meant.
    if length == 4 && (!rich || rank > 800) {
        return None;
    }
    // Countries write some accents differently.
    if !rich && text::fold(word) == text::fold(&right) {
        return None;
    }
    // Two words written as one, and compounds of two words, are no slips of one letter.
    if compound(word, language) {
        return None;
    }
    if rich {
        let derived = ["s", "es", "ed", "er", "ers", "ing", "ly", "ness", "like", "able"];
        let stem = derived.iter().any(|ending| {
            word.strip_suffix(ending).is_some_and(|stem| {
                stem.chars().count() >= 3
                    && (lexis::known(stem, language) || lexis::known(&format!("{stem}e"), language))
            })
        });
        if stem && plausible > 0.9 || rank > 16_000 && plausible > 0.85 {
            return None;
        }
        return Some((right, if plausible < 0.8 { 0.9 } else { 0.8 }));
    }
    // Inflected forms are missing from a list: only letters that never stand together tell a slip.
    let unseen = plausible < if length >= 8 { 0.78 } else { 0.66 };
    // A change in the last two letters may be an ending.
    let stem: String = word.chars().take(length - 2).collect();
    let inflected = right.starts_with(&stem);
    (unseen && !inflected && rank < 6000).then_some((right, 0.75))
}

/// Whether the word is two words of the list, each of three letters or more.
fn compound(word: &str, language: &Language) -> bool {
    word.char_indices().skip(3).any(|(at, _)| {
        let (left, right) = word.split_at(at);
        right.chars().count() >= 3
            && lexis::rank(left, language).is_some_and(|rank| left.chars().count() > 3 || rank < 2000)
            && lexis::rank(right, language).is_some_and(|rank| right.chars().count() > 3 || rank < 2000)
    })
}
