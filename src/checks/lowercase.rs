//! A whole sentence in small letters.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::agreement::nouns_have_capitals;
use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, gazetteer, lexis, slips, text, words};
use crate::model::{Document, ErrorType, NameKind, Severity, Span, Value};

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
        let names = small_names(text, findings);
        let mut end = 0;
        let mut continues = false;
        for segment in text.prose() {
            let stretch = segment.span.of(&text.text);
            let apart =
                text.text.get(end..segment.span.start).is_none_or(|gap| gap.matches('\n').count() > 1);
            let follows = continues && !apart;
            end = segment.span.end;
            continues = !ends(stretch) || stretch.ends_with([',', ';', ':']);
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
            if stretch.chars().any(text::is_upper) {
                lost_capitals(text, &tokens, &names, findings);
            }
            let small = starts_small && !stretch.chars().any(text::is_upper);
            // A heading without a mark, a list item and the rest of a broken line are no whole sentences.
            let whole = ends(stretch) || (text.segments.len() == 1 && words >= 6);
            // Beside a source that begins with a capital a short sentence tells too.
            let fewest = if context.source.as_deref().is_some_and(begins_large) { 2 } else { 4 };
            if !small || words < fewest || !whole || follows {
                continue;
            }
            let Some(first) = tokens.first() else { continue };
            // `b) a fish, given to the cats;`: an item of a list.
            let behind = text.text.get(first.span.end..).unwrap_or_default();
            let item = first.text.chars().count() == 1 && behind.starts_with([')', '.']);
            if item || running::in_link(text, first.span) {
                continue;
            }
            let last = tokens.last().map_or(first.span, |token| token.span);
            let span: Span = first.span.join(last);
            findings.at(span, "the whole sentence is in small letters").confidence(0.9);
        }
    }
}

/// A full name in small letters, which the text writes elsewhere with capitals. Gives back where.
fn small_names(text: &Document, findings: &mut Findings<'_>) -> Vec<Span> {
    let mut told = Vec::new();
    let language = text.language;
    let mut names: BTreeSet<Vec<String>> = BTreeSet::new();
    for mention in text.mentions() {
        let Value::Name(name) = &mention.value else { continue };
        let words: Vec<String> =
            words::words(text.excerpt(mention.span)).map(|word| language.lower(word.text)).collect();
        if name.kind == NameKind::Person && (2..=3).contains(&words.len()) {
            names.insert(words);
        }
    }
    if names.is_empty() {
        return told;
    }
    for segment in text.prose() {
        let tokens = running::tokens(text, segment.span);
        for (index, first) in tokens.iter().enumerate() {
            if !first.small() {
                continue;
            }
            let same = |name: &&Vec<String>| {
                name.iter().enumerate().all(|(offset, word)| {
                    tokens.get(index + offset).is_some_and(|token| {
                        token.small() && token.text == word && (offset == 0 || token.follows_a_space())
                    })
                })
            };
            let from = vec![first.text.to_owned()];
            let Some(name) = names.range(from..).take_while(|name| name[0] == first.text).find(same) else {
                continue;
            };
            // Words that are no names in this language are not taken for one.
            if name.iter().all(|word| lexis::known(word, language)) {
                continue;
            }
            let span = first.span.join(tokens[index + name.len() - 1].span);
            if !running::in_link(text, span) {
                told.push(span);
                findings
                    .at(span, format!("the name “{}” is in small letters", text.excerpt(span)))
                    .confidence(0.85);
            }
        }
    }
    told
}

/// Nouns of a language that writes them with capitals, and names of places, in small letters.
fn lost_capitals(text: &Document, tokens: &[Token<'_>], names: &[Span], findings: &mut Findings<'_>) {
    let language = text.language;
    let nouns = nouns_have_capitals(language);
    if !nouns && lexis::size(language) <= LARGE {
        return;
    }
    for (index, token) in tokens.iter().enumerate() {
        let alone = !token.gap.ends_with(text::is_hyphen)
            && tokens.get(index + 1).is_none_or(|next| !next.gap.starts_with(text::is_hyphen));
        let lost = alone
            && token.small()
            && token.wordy()
            && if nouns { is_noun(tokens, index, language) } else { is_place(token, language) };
        let is_told = || names.iter().any(|name| name.overlaps(token.span));
        if lost && !is_told() && !running::in_link(text, token.span) {
            let large = text::capitalised(token.text);
            findings
                .at(token.span, format!("“{}” has lost its capital", token.text))
                .confidence(0.75)
                .replace_with(large);
        }
    }
}

/// Whether a word in small letters can only be a noun: no adjective before one, no verb that is spelt like it.
fn is_noun(tokens: &[Token<'_>], index: usize, language: &Language) -> bool {
    let Some(sure) = lexis::always_large(tokens[index].text, language) else { return false };
    let determined = || {
        let grammar = language.grammar.as_ref();
        index.checked_sub(1).is_some_and(|before| {
            let before = language.lower(tokens[before].text);
            tokens[index].follows_a_space()
                && grammar.is_some_and(|grammar| grammar.determiners.contains_key(&before))
        })
    };
    !tokens.get(index + 1).is_some_and(Token::capitalised) && (sure || determined())
}

/// Words of a list that is large enough to miss few words.
const LARGE: usize = 9000;

/// Letters of the shortest place that is told from a word.
const PLACE: usize = 6;

/// Whether a word in small letters is known as the name of a place alone.
fn is_place(token: &Token<'_>, language: &Language) -> bool {
    if token.text.chars().count() < PLACE
        || lexis::seen(token.text, language)
        || slips::is_word(token.text, language)
    {
        return false;
    }
    let index = gazetteer::index(language);
    index.scan(token.text, language).is_empty()
        && index.scan(&text::capitalised(token.text), language).iter().any(|hit| {
            hit.rows.iter().any(|row| matches!(row.kind, gazetteer::Kind::Place | gazetteer::Kind::Demonym))
        })
}

/// A sentence that begins with a small letter after a full stop: the word before it is no abbreviation.
fn small_after_full_stop(text: &Document, tokens: &[Token<'_>], findings: &mut Findings<'_>) {
    let language = text.language;
    let function = running::function_words(language);
    for (index, pair) in tokens.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        if after.gap != ". " {
            continue;
        }
        // Behind a name only a whole sentence tells: a short word with a capital may be abbreviated.
        let rest = tokens.get(index + 1..).unwrap_or_default();
        let sentence = || rest.iter().take(SENTENCE).filter(|token| !token.capitalised()).count() == SENTENCE;
        let whole_word = before.text.chars().count() >= 4
            && (before.small() && lexis::rank(before.text, language).is_some_and(|rank| rank < 5000)
                || before.capitalised() && !before.text.contains('.') && sentence());
        let opens = after.small() && (function.contains(after.text) || lexis::known(after.text, language));
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

/// Words of what is a sentence, whatever stands before it.
const SENTENCE: usize = 6;

fn ends(stretch: &str) -> bool {
    stretch
        .chars()
        .rev()
        .find(|&character| !text::is_quote(character) && !matches!(character, ')' | ']' | '\''))
        .is_some_and(|character| matches!(character, '.' | '!' | '?' | '…' | ';' | '։'))
}

/// Whether the first letter of the source is a capital.
fn begins_large(source: &str) -> bool {
    source.chars().find(|character| character.is_alphabetic()).is_some_and(text::is_upper)
}

/// Whether the source has letters with case and no capital either.
fn small_by_choice(source: &str) -> bool {
    source.chars().any(char::is_lowercase) && !source.chars().any(text::is_upper)
}
