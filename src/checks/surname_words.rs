//! Names that one text betrays: it writes the name, and elsewhere the word that the name means in its language. *Karen
//! Short* and then *Karen Kurz*. What `name-translated` finds by a table of names and their translations.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::nouns_have_capitals;
use super::running::{self, Token};
use super::surname_subjects::{ordinary, speaks};
use super::surname_titles::{alike, is_given, is_honorific, is_person, is_plain, is_title, precedes};
use super::surname_unspaced;
use crate::lang::surnames::{self, Surnames};
use crate::lang::{Language, gazetteer, lexis, tables, text};
use crate::model::{Document, Name, NameKind, Span, Value};

/// A name that became a word.
pub(super) struct Renamed {
    pub(super) span: Span,
    /// The word, as written.
    pub(super) word: String,
    /// The name, as the text writes it.
    pub(super) usual: String,
    pub(super) confidence: f64,
}

impl Renamed {
    /// What should stand in the whole place.
    pub(super) fn suggestion(&self, document: &Document) -> String {
        document.excerpt(self.span).replacen(&self.word, &self.usual, 1)
    }
}

/// Whom the text names by a name of the table.
pub(super) struct Bearer {
    /// As the text writes it.
    usual: String,
    /// The word before it, folded, where it is a given name.
    pub(super) given: Option<String>,
    /// The name behind it, folded, where it is a given name itself.
    surname: Option<String>,
}

/// The names of a text that stand as words elsewhere in it.
pub(super) fn of(document: &Document) -> Vec<Renamed> {
    let table = surnames::of(document.language);
    if table.is_empty() {
        return Vec::new();
    }
    if !document.language.spaced {
        return surname_unspaced::unspaced(document, table);
    }
    let mut known = Named { bearers: BTreeMap::new(), alone: BTreeMap::new(), ordinary: BTreeSet::new() };
    bearers(document, table, &mut known);
    if known.bearers.is_empty() && known.alone.is_empty() {
        return Vec::new();
    }
    known.ordinary = ordinary(document, table, &known.bearers);
    let mut out = Vec::new();
    for segment in document.prose() {
        let tokens = running::tokens(document, segment.span);
        let title = running::is_title(document.excerpt(segment.span), &tokens);
        let mut index = 0;
        while index < tokens.len() {
            match read(document, &tokens, index, (table, &known), title) {
                Some((renamed, last)) => {
                    out.push(renamed);
                    index = last + 1;
                }
                None => index += 1,
            }
        }
    }
    out
}

/// What a text says of the names of the table.
struct Named {
    /// Who is named in full or with a title, by row.
    bearers: BTreeMap<usize, Vec<Bearer>>,
    /// The names that stand alone, by row.
    alone: BTreeMap<usize, String>,
    /// The rows whose words stand in the text as what they are.
    ordinary: BTreeSet<usize>,
}

/// The bearers of each row of the table that the text names.
fn bearers(document: &Document, table: &Surnames, out: &mut Named) {
    let language = document.language;
    for segment in document.prose() {
        let tokens = running::tokens(document, segment.span);
        for (index, token) in tokens.iter().enumerate() {
            if language.cased && !token.capitalised() {
                continue;
            }
            if let Some(next) = tokens.get(index + 1).filter(|next| next.follows_a_space()) {
                for row in table.paired(token.text, next.text) {
                    let usual = format!("{} {}", token.text, bare(next.text));
                    let bearer = Bearer { usual, given: None, surname: None };
                    out.bearers.entry(row).or_default().push(bearer);
                }
            }
            let rows = table.named(token.text, language);
            if rows.is_empty() {
                continue;
            }
            let before = index.checked_sub(1).and_then(|before| tokens.get(before));
            let after = tokens.get(index + 1).filter(|after| after.follows_a_space());
            let given = before
                .filter(|before| token.follows_a_space() && is_given(before, segment, language))
                .map(|before| text::fold(before.text));
            let titled = before.is_some_and(|before| precedes(before, token, language))
                || after.is_some_and(|after| is_honorific(after, language));
            let surname = after
                .filter(|after| {
                    language.cased
                        && given.is_none()
                        && after.capitalised()
                        && gazetteer::is_given_name(token.text)
                        && is_person(segment, after.span)
                })
                .map(|after| text::fold(after.text));
            if given.is_none() && surname.is_none() && !titled {
                // No other word of the language.
                if !running::may_open(&tokens, index) && !lexis::known(&language.lower(token.text), language)
                {
                    out.alone.extend(rows.into_iter().map(|row| (row, bare(token.text).to_owned())));
                }
                continue;
            }
            for row in rows {
                let (given, surname) = (given.clone(), surname.clone());
                let bearer = Bearer { usual: bare(token.text).to_owned(), given, surname };
                out.bearers.entry(row).or_default().push(bearer);
            }
        }
    }
}

/// A word without the possessive of its language.
pub(super) fn bare(word: &str) -> &str {
    let cut = ["’s", "'s"].iter().find_map(|ending| word.strip_suffix(ending));
    cut.unwrap_or(word)
}

/// A translation of a name of the text that begins at a word, and the last of its words.
fn read(
    document: &Document,
    tokens: &[Token<'_>],
    index: usize,
    (table, known): (&Surnames, &Named),
    title: bool,
) -> Option<(Renamed, usize)> {
    let language = document.language;
    let token = &tokens[index];
    let lower = language.lower(bare(token.text));
    let before = index.checked_sub(1).and_then(|before| tokens.get(before));
    for (row, wrong) in table.translated(&lower, language) {
        let Some(last) = phrase_end(tokens, index, wrong, language) else { continue };
        let bearers = known.bearers.get(&row).map(Vec::as_slice).unwrap_or_default();
        let capital = !language.cased || token.capitalised();
        if table.named(token.text, language).contains(&row) {
            continue;
        }
        let after = tokens.get(last + 1).filter(|after| after.follows_a_space());
        let adjoining = before.filter(|_| token.follows_a_space());
        let hyphen =
            |token: Option<&Token<'_>>| token.is_some_and(|token| token.gap.starts_with(text::is_hyphen));
        if hyphen(tokens.get(last + 1)) || hyphen(Some(token)) {
            continue;
        }
        let goes_on = language.cased && after.is_some_and(Token::capitalised);
        let same_given = |bearer: &&Bearer| {
            let given = bearer.given.as_deref();
            !goes_on
                && given.zip(adjoining).is_some_and(|(given, before)| alike(given, before.text, language))
        };
        let same_surname = |bearer: &&Bearer| {
            let surname = bearer.surname.as_deref();
            surname.zip(after).is_some_and(|(surname, after)| alike(surname, after.text, language))
        };
        let titled = || {
            !goes_on && before.is_some_and(|before| precedes(before, token, language))
                || after.is_some_and(|after| is_honorific(after, language))
        };
        // Where a sentence cannot begin, a lone word has no capital unless it is a name.
        let lone = || {
            language.cased
                && !nouns_have_capitals(language)
                && !title
                && !goes_on
                && !text::is_all_capitals(token.text)
                && !table.rows()[row].has_capitals()
                && !running::may_open(tokens, index)
                && matches!(token.gap, " " | "\u{a0}" | ", ")
                && before.is_some_and(|before| is_plain(before, index == 1, language))
        };
        let tells = || {
            !title
                && !goes_on
                && !known.ordinary.contains(&row)
                && speaks(tokens, (index, last), &table.rows()[row], language)
        };
        let stranger = || {
            let given =
                adjoining.is_some_and(|before| tables::strangers(language).names.contains(&before.text));
            known.alone.get(&row).filter(|_| given && capital && !goes_on)
        };
        let bearer = bearers.iter().find(|bearer| bearer.surname.is_none());
        let same = bearers.iter().filter(|_| capital).find(same_given);
        let known_by = same.or_else(|| bearers.iter().filter(|_| capital).find(same_surname));
        let (usual, confidence) = if let Some(bearer) = known_by {
            (&bearer.usual, 0.85)
        } else if let Some(bearer) = bearer
            && (capital && (titled() || lone()) || tells())
            && !belongs_to_another(document, wrong, bearers)
        {
            (&bearer.usual, 0.75)
        } else if let Some(usual) = stranger() {
            (usual, 0.75)
        } else {
            continue;
        };
        let addressed = before.filter(|before| precedes(before, token, language));
        let given = same.is_some() || bearer.is_none() && known_by.is_none();
        let with = if given { adjoining } else { addressed };
        let from = with.map_or(token.span, |before| before.span);
        let span = from.join(tokens[last].span);
        let word = document.excerpt(token.span.join(tokens[last].span));
        let word = bare(word).to_owned();
        return Some((Renamed { span, word, usual: usual.clone(), confidence }, last));
    }
    None
}

/// Where a translation ends that begins at a word: its last word may have an ending.
pub(super) fn phrase_end(
    tokens: &[Token<'_>],
    index: usize,
    wrong: &str,
    language: &Language,
) -> Option<usize> {
    let mut last = index;
    for (nth, word) in wrong.split(' ').enumerate() {
        let token = tokens.get(index + nth)?;
        let (lower, word) = (surnames::plain(&language.lower(bare(token.text))), surnames::plain(word));
        let fits = lower == word || gazetteer::bases(&lower, language).contains(&word);
        if !fits || nth > 0 && !token.follows_a_space() {
            return None;
        }
        last = index + nth;
    }
    Some(last)
}

/// Whether somebody else of the text has the translation for a surname, with another given name.
fn belongs_to_another(document: &Document, wrong: &str, bearers: &[Bearer]) -> bool {
    let language = document.language;
    document.mentions().any(|mention| {
        let Value::Name(Name { kind: NameKind::Person, .. }) = &mention.value else { return false };
        let words: Vec<_> = running::tokens(document, mention.span);
        let [first, .., last] = words.as_slice() else { return false };
        let lower = language.lower(last.text);
        let same = lower == wrong || gazetteer::bases(&lower, language).iter().any(|base| base == wrong);
        let title = is_title(first, language);
        let known =
            |bearer: &Bearer| bearer.given.as_deref().is_some_and(|given| alike(given, first.text, language));
        same && !title && !bearers.iter().any(known)
    })
}
