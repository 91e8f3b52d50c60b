//! A word that is no word, one letter from one that is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, lexis, slips, text};
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

/// Unknown words in a sentence beyond which it is in another language, if they are a fifth of it.
const MANY: usize = 3;

impl TextCheck for Misspelling {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let language = text.language;
        if !language.spaced || lexis::size(language) == 0 {
            return;
        }
        let function = running::function_words(language);
        for segment in text.prose() {
            let tokens = running::tokens(text, segment.span);
            let small = tokens.iter().filter(|token| token.small() || !language.cased && token.wordy());
            let unknown = small.filter(|token| !lexis::seen(token.text, language)).count();
            if rich(language) && unknown >= MANY && unknown * 5 > tokens.len() {
                continue;
            }
            for (index, token) in tokens.iter().enumerate() {
                if !may_be_wrong(token, &tokens, index, language) || function.contains(token.text) {
                    continue;
                }
                let Some((right, confidence)) = correct(token.text, language) else { continue };
                if context.known.contains(&text::fold(token.text))
                    || context.has_word(&language.lower(token.text), language)
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
fn may_be_wrong(token: &Token<'_>, tokens: &[Token<'_>], index: usize, language: &Language) -> bool {
    let hyphen = |gap: &str| gap.starts_with(text::is_hyphen) || gap.ends_with(text::is_hyphen);
    (token.small() || !language.cased)
        && token.text.chars().all(char::is_alphabetic)
        && token.text.chars().count() >= 4
        && !hyphen(token.gap)
        && !tokens.get(index + 1).is_some_and(|next| next.gap.starts_with(text::is_hyphen))
}

/// What the word should be, where that is nearly certain.
fn correct(word: &str, language: &Language) -> Option<(String, f64)> {
    if lexis::seen(word, language) {
        return None;
    }
    let slip = slips::slip(word, language)?;
    let rank = lexis::rank(&slip.right, language);
    // Short words are near many others: only a very frequent one can be meant.
    if word.chars().count() == 4 && (!rich(language) || rank.is_none_or(|rank| rank > 800)) {
        return None;
    }
    // Two words written as one, compounds and derived words are no slips of one letter; nor are words of another
    // language.
    if compound(word, language) || derived(word, &slip.right, language) || elsewhere(word, language) {
        return None;
    }
    Some((slip.right, 0.65 + 0.3 * (1.0 - (-slip.sure / 2.0).exp())))
}

/// Whether a full spelling list is known.
fn rich(language: &Language) -> bool {
    lexis::size(language) > 50_000
}

/// Whether another language writes the word often.
fn elsewhere(word: &str, language: &Language) -> bool {
    lexis::rank_elsewhere(word, language).is_some_and(|rank| rank < 4000)
}

/// Whether the word is one of the list with an ending that makes words.
fn derived(word: &str, right: &str, language: &Language) -> bool {
    const ENDINGS: [&str; 10] = ["s", "es", "ed", "er", "ers", "ing", "ly", "ness", "like", "able"];
    rich(language)
        && (lexis::plausible(word, language) > 0.9 || word.strip_suffix('s') == Some(right))
        && ENDINGS.iter().any(|ending| {
            word.strip_suffix(ending).is_some_and(|stem| {
                stem.chars().count() >= 3
                    && (lexis::known(stem, language) || lexis::known(&format!("{stem}e"), language))
            })
        })
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
