//! A word that is no word, one letter from one that is.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::slips::{self, Slip};
use crate::lang::{Language, forms, gazetteer, lexis, orthography, text};
use crate::model::{Document, ErrorType, Severity, Span};

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
/// How much surer than elsewhere a slip must be between quotation marks, where foreign and old words stand.
const QUOTED: f64 = 1.5;
/// And in a word with a capital, which may be a name.
const CAPITAL: f64 = 1.5;

impl TextCheck for Misspelling {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let language = text.language;
        let impossible = impossible(text, context, findings);
        if !language.spaced || lexis::size(language) == 0 {
            return;
        }
        let function = running::function_words(language);
        let dialects = LazyCell::new(|| dialects(text));
        for segment in text.prose() {
            let tokens = running::tokens(text, segment.span);
            let small = tokens.iter().filter(|token| token.small() || !language.cased && token.wordy());
            let unknown = small.filter(|token| !slips::is_word(token.text, language)).count();
            if rich(language) && unknown >= MANY && unknown * 5 > tokens.len() {
                continue;
            }
            let title = running::is_title(text.excerpt(segment.span), &tokens);
            let mut found = Vec::new();
            for (index, token) in tokens.iter().enumerate() {
                let lower = language.lower(token.text);
                if !may_be_wrong(token, &tokens, index) || function.contains(lower.as_str()) {
                    continue;
                }
                let demanded = match capital(&tokens, index, language) {
                    _ if !language.cased || token.small() => 0.0,
                    Some(demanded) if !title => demanded,
                    _ => continue,
                };
                let Some((slip, confidence)) = correct(&lower, language) else { continue };
                if slip.sure < demanded
                    || echoes(&tokens, index, language)
                    || demanded > 0.0 && (!slip.listed || !usual(&slip.right, language))
                    || running::in_quotation(text, segment.span, token.span)
                        && (dialects.contains(&segment.paragraph)
                            || slip.sure < QUOTED
                            || foreign(&tokens, index, language))
                    || context.known.contains(&text::fold(token.text))
                    || context.has_word(&lower, language)
                    || context.source.as_deref().is_some_and(|source| source.contains(token.text))
                    || running::in_link(text, token.span)
                    || text.text.matches(token.text).take(3).count() > 2
                    || demanded > 0.0 && is_name(text, token, &lower)
                    || impossible.iter().any(|span| span.overlaps(token.span))
                {
                    continue;
                }
                let right = if token.small() || !language.cased {
                    slip.right
                } else {
                    text::capitalised(&slip.right)
                };
                found.push((token, right, slip.listed, confidence));
            }
            // A sentence of such words is in another language, or another check's.
            if found.len() > MANY && found.len() * 4 > tokens.len() {
                continue;
            }
            for (token, right, listed, confidence) in found {
                let finding = findings.at(token.span, format!("“{}” is no word: “{right}”", token.text));
                let finding = finding.confidence(confidence);
                if listed {
                    finding.replace_with(right)
                } else {
                    finding.suggest(right)
                };
            }
        }
    }
}

/// The paragraphs where who is quoted speaks dialect: several of the words between quotation marks are none.
fn dialects(text: &Document) -> BTreeSet<u32> {
    let language = text.language;
    let mut strange: BTreeMap<u32, usize> = BTreeMap::new();
    for segment in text.prose() {
        for token in running::tokens(text, segment.span) {
            if (token.small() || !language.cased && token.wordy())
                && !slips::is_word(&language.lower(token.text), language)
                && running::in_quotation(text, segment.span, token.span)
            {
                *strange.entry(segment.paragraph).or_default() += 1;
            }
        }
    }
    strange.into_iter().filter(|(_, count)| *count >= MANY).map(|(paragraph, _)| paragraph).collect()
}

/// Whether the word is the one before it with another beginning: Turkish *börek mörek*.
fn echoes(tokens: &[Token<'_>], index: usize, language: &Language) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| language.lower(tokens[before].text)) else {
        return false;
    };
    let word = language.lower(tokens[index].text);
    let without_first = |word: &str| word.chars().skip(1).collect::<String>();
    word.chars().count() >= 4
        && tokens[index].follows_a_space()
        && before != word
        && (without_first(&word) == without_first(&before) || without_first(&word) == before)
}

/// Whether two words close to a word are unknown as well: they are in another language together.
fn foreign(tokens: &[Token<'_>], index: usize, language: &Language) -> bool {
    let near = &tokens[index.saturating_sub(4)..tokens.len().min(index + 5)];
    let unknown = |token: &&Token<'_>| {
        token.span != tokens[index].span && token.wordy() && !slips::is_word(token.text, language)
    };
    near.iter().filter(unknown).count() >= 2
}

/// Reports what no word is written with: no list need hold the right one.
fn impossible(text: &Document, context: &Context, findings: &mut Findings<'_>) -> Vec<Span> {
    let mut out = Vec::new();
    for segment in text.prose() {
        let stretch = text.excerpt(segment.span);
        let spans = orthography::impossible(stretch, text.language);
        // A sentence of such words is in another language.
        if spans.len() > MANY {
            continue;
        }
        for span in spans.into_iter().map(|span| span.shift(segment.span.start)) {
            let written = text.excerpt(span);
            if context.source.as_deref().is_some_and(|source| source.contains(written))
                || context.known.contains(&text::fold(written))
                || running::in_link(text, span)
            {
                continue;
            }
            findings.at(span, format!("no word is written so: “{written}”")).confidence(0.8);
            out.push(span);
        }
    }
    out
}

/// Whether the word is of a kind that lists hold: letters only, no part of a compound.
fn may_be_wrong(token: &Token<'_>, tokens: &[Token<'_>], index: usize) -> bool {
    let hyphen = |gap: &str| gap.starts_with(text::is_hyphen) || gap.ends_with(text::is_hyphen);
    token.text.chars().all(|letter| letter.is_alphabetic() || is_combining_mark(letter))
        && token.text.chars().count() >= 3
        && !hyphen(token.gap)
        && !tokens.get(index + 1).is_some_and(|next| next.gap.starts_with(text::is_hyphen))
}

/// How sure a slip must be in a word with a capital that it may owe to its place or, in German, to its kind.
fn capital(tokens: &[Token<'_>], index: usize, language: &Language) -> Option<f64> {
    let token = &tokens[index];
    let rest = token.text.chars().skip(1);
    let one = token.capitalised() && rest.clone().count() >= 4 && !rest.into_iter().any(text::is_upper);
    let nouns = running::listed(language, |typography| &typography.capitals).contains(&"*");
    // Two in a row are a name.
    let alone = !tokens.get(index + 1).is_some_and(|next| next.capitalised() && next.follows_a_space());
    (one && alone && (index == 0 || nouns)).then_some(CAPITAL)
}

/// Whether the text or a list knows the word as a name.
fn is_name(text: &Document, token: &Token<'_>, lower: &str) -> bool {
    gazetteer::is_given_name(token.text)
        || text.text.matches(token.text).take(2).count() > 1
        || lower.chars().count() < 6
        || !gazetteer::index(text.language).near(&text::fold(token.text)).is_empty()
}

/// What the word should be, where that is nearly certain.
fn correct(word: &str, language: &Language) -> Option<(Slip, f64)> {
    if word.chars().count() == 3 {
        return swapped(word, language).map(|right| (Slip { right, sure: QUOTED, listed: false }, 0.75));
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
    let confidence = 0.65 + 0.3 * (1.0 - (-slip.sure / 2.0).exp());
    Some((slip, confidence))
}

/// The very frequent small word of which two neighbouring letters were swapped: `teh`, `qeu`. No word of any language.
fn swapped(word: &str, language: &Language) -> Option<String> {
    if !language.cased || lexis::seen(word, language) || lexis::rank_elsewhere(word, language).is_some() {
        return None;
    }
    let letters: Vec<char> = word.chars().collect();
    let small = running::function_words(language);
    (0..2).find_map(|at| {
        let mut letters = letters.clone();
        letters.swap(at, at + 1);
        let right: String = letters.into_iter().collect();
        let common = small.contains(right.as_str())
            && right != word
            && lexis::rank(&right, language).is_some_and(|rank| rank < 100);
        common.then_some(right)
    })
}

/// Whether a word is written often enough to be meant where a name may stand.
fn usual(word: &str, language: &Language) -> bool {
    lexis::rank(word, language).is_some_and(|rank| rank < USUAL)
}

/// Words that are written often, by rank.
const USUAL: u32 = 8000;

/// Whether a full spelling list is known.
fn rich(language: &Language) -> bool {
    lexis::size(language) > 50_000 || forms::listed(language)
}

/// Whether another language writes the word often.
fn elsewhere(word: &str, language: &Language) -> bool {
    lexis::rank_elsewhere(word, language).is_some_and(|rank| rank < 4000)
}

/// Whether the word is one of the list with an ending that makes words.
fn derived(word: &str, right: &str, language: &Language) -> bool {
    const ENDINGS: [&str; 10] = ["s", "es", "ed", "er", "ers", "ing", "ly", "ness", "like", "able"];
    lexis::size(language) > 50_000
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
