//! A word that speaks: the subject of a sentence that says what somebody said, where a surname should stand.
//! *Palude ha detto* in a text about Owen Marsh.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::nouns_have_capitals;
use super::running::{self, Token};
use super::surname_titles::{alike, is_honorific, precedes};
use super::surname_words::{Bearer, phrase_end};
use crate::lang::surnames::speech::{self, Order, Speech};
use crate::lang::surnames::{Kind, Row, Surnames};
use crate::lang::{Language, tables};
use crate::model::Document;

/// Letters of the small words that may stand before a verb: negations, pronouns.
const SMALL: usize = 3;

/// Whether a word, from one token to another, is the subject of a sentence that says that somebody spoke.
pub(super) fn speaks(
    tokens: &[Token<'_>],
    (index, last): (usize, usize),
    row: &Row,
    language: &Language,
) -> bool {
    let Some(speech) = speech::of(language) else { return false };
    let token = &tokens[index];
    let before = index.checked_sub(1).and_then(|before| tokens.get(before));
    // Some translations of the tables hold an article themselves: *le boulanger*.
    let own = last > index && is_article(token, language);
    let articled =
        own || before.is_some_and(|before| token.follows_a_space() && is_article(before, language));
    if articled {
        // What may speak itself, or is a quality, proves nothing with an article.
        return row.kind() == Kind::Thing && says(tokens, last, speech, language);
    }
    if language.cased && !token.capitalised() {
        return false;
    }
    let opens = running::may_open(tokens, index);
    match speech.order {
        Order::After | Order::Before => {
            opens
                && (says(tokens, last, speech, language)
                    || speech.bare && row.kind() == Kind::Thing && is_auxiliary(tokens.get(last + 1), speech))
                || speech.order == Order::Before
                    && token.follows_a_space()
                    && before.is_some_and(|before| speech.verbs.contains(&before.text))
                    && row.kind() != Kind::Quality
        }
        Order::End => opens && ends(tokens, last, speech, language),
    }
}

/// Whether an article stands before a noun.
fn is_article(before: &Token<'_>, language: &Language) -> bool {
    tables::articles(language).contains(&language.lower(before.text).as_str())
}

fn is_auxiliary(token: Option<&Token<'_>>, speech: &Speech) -> bool {
    token.is_some_and(|token| token.follows_a_space() && speech.auxiliaries.contains(&token.text))
}

/// Whether the words behind a subject say that it spoke.
fn says(tokens: &[Token<'_>], last: usize, speech: &Speech, language: &Language) -> bool {
    let Some(next) = tokens.get(last + 1).filter(|next| next.follows_a_space()) else { return false };
    let small = next.text.chars().count() <= SMALL
        && running::function_words(language).contains(next.text)
        && !speech.auxiliaries.contains(&next.text);
    let at = if small { last + 2 } else { last + 1 };
    [last + 1, at].iter().any(|&at| is_verb(tokens, at, speech))
        || is_auxiliary(tokens.get(at), speech)
            && tokens.iter().skip(at + 1).take(2).any(|token| speech.participles.contains(&token.text))
}

/// Whether a verb of speaking stands at a place.
fn is_verb(tokens: &[Token<'_>], at: usize, speech: &Speech) -> bool {
    speech.verbs.iter().any(|verb| {
        let mut words = verb.split(' ').enumerate();
        words.all(|(nth, word)| {
            tokens
                .get(at + nth)
                .is_some_and(|token| token.text == word && (nth == 0 || token.follows_a_space()))
        })
    })
}

/// The same where verbs end the sentence: behind the subject stands a verb of speaking, or a small word and the verb further
/// on; behind a particle of the subject it may be anywhere.
fn ends(tokens: &[Token<'_>], last: usize, speech: &Speech, language: &Language) -> bool {
    let Some(next) = tokens.get(last + 1).filter(|next| next.follows_a_space()) else { return false };
    let verb = |token: &Token<'_>| speech.verbs.contains(&token.text);
    let mut glued = speech.glued().peekable();
    if glued.peek().is_some() {
        return glued.any(|particle| tokens[last].text.ends_with(particle))
            && tokens.iter().skip(last + 1).any(verb);
    }
    let small = running::function_words(language).contains(next.text);
    let particle = speech.particles.contains(&next.text);
    verb(next) || (small || particle) && tokens.iter().skip(last + 2).any(verb)
}

/// The rows whose word stands in the text as what it is, too.
pub(super) fn ordinary(
    document: &Document,
    table: &Surnames,
    bearers: &BTreeMap<usize, Vec<Bearer>>,
) -> BTreeSet<usize> {
    let language = document.language;
    let mut out = BTreeSet::new();
    for segment in document.prose() {
        let tokens = running::tokens(document, segment.span);
        for (index, token) in tokens.iter().enumerate() {
            for (row, wrong) in table.translated(&language.lower(token.text), language) {
                let Some(persons) = bearers.get(&row) else { continue };
                let Some(last) = phrase_end(&tokens, index, wrong, language) else { continue };
                let opens = running::may_open(&tokens, index);
                let counts = token.small()
                    || !language.cased
                    || nouns_have_capitals(language)
                    || opens && !speech::of(language).is_some_and(|speech| speech.bare);
                let before = index.checked_sub(1).and_then(|before| tokens.get(before));
                let given = before.is_some_and(|before| {
                    let mut given_names = persons.iter().filter_map(|person| person.given.as_deref());
                    given_names.any(|given| alike(given, before.text, language))
                });
                let titled = before.is_some_and(|before| precedes(before, token, language))
                    || tokens.get(last + 1).is_some_and(|after| is_honorific(after, language));
                if counts
                    && !given
                    && !titled
                    && !speaks(&tokens, (index, last), &table.rows()[row], language)
                {
                    out.insert(row);
                }
            }
        }
    }
    out
}
