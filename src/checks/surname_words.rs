//! Names that one text betrays: it writes the name, and elsewhere the word that the name means in its language. *Karen
//! Short* and then *Karen Kurz*. What `name-translated` finds by a table of names and their translations.

use std::collections::{BTreeMap, BTreeSet};

use super::running::{self, Token};
use crate::lang::surnames::{self, Surnames};
use crate::lang::{Language, PerLanguage, gazetteer, lexis, roles, tables, text};
use crate::model::{Document, Name, NameKind, Segment, Span, Value};

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
struct Bearer {
    /// As the text writes it.
    usual: String,
    /// The word before it, folded, where it is a given name.
    given: Option<String>,
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
        return unspaced(document, table);
    }
    let named = bearers(document, table);
    if named.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for segment in document.prose() {
        let tokens = running::tokens(document, segment.span);
        let title = running::is_title(document.excerpt(segment.span), &tokens);
        let mut index = 0;
        while index < tokens.len() {
            match read(document, &tokens, index, (table, &named), title) {
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

/// The bearers of each row of the table that the text names.
fn bearers(document: &Document, table: &Surnames) -> BTreeMap<usize, Vec<Bearer>> {
    let language = document.language;
    let mut out: BTreeMap<usize, Vec<Bearer>> = BTreeMap::new();
    for segment in document.prose() {
        let tokens = running::tokens(document, segment.span);
        for (index, token) in tokens.iter().enumerate() {
            if language.cased && !token.capitalised() {
                continue;
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
                continue;
            }
            for row in rows {
                let (given, surname) = (given.clone(), surname.clone());
                let bearer = Bearer { usual: bare(token.text).to_owned(), given, surname };
                out.entry(row).or_default().push(bearer);
            }
        }
    }
    out
}

/// A word without the possessive of its language.
fn bare(word: &str) -> &str {
    let cut = ["’s", "'s"].iter().find_map(|ending| word.strip_suffix(ending));
    cut.unwrap_or(word)
}

/// A translation of a name of the text that begins at a word, and the last of its words.
fn read(
    document: &Document,
    tokens: &[Token<'_>],
    index: usize,
    (table, named): (&Surnames, &BTreeMap<usize, Vec<Bearer>>),
    title: bool,
) -> Option<(Renamed, usize)> {
    let language = document.language;
    let token = &tokens[index];
    if language.cased && !token.capitalised() {
        return None;
    }
    let lower = language.lower(token.text);
    let before = index.checked_sub(1).and_then(|before| tokens.get(before));
    for (row, wrong) in table.translated(&lower, language) {
        let Some(bearers) = named.get(&row) else { continue };
        let Some(last) = phrase_end(tokens, index, wrong, language) else { continue };
        if table.named(token.text, language).contains(&row) {
            continue;
        }
        let after = tokens.get(last + 1).filter(|after| after.follows_a_space());
        let adjoining = before.filter(|_| token.follows_a_space());
        let hyphen = |token: Option<&Token<'_>>| token.is_some_and(|token| token.gap.starts_with(text::is_hyphen));
        if hyphen(tokens.get(last + 1)) || hyphen(Some(token)) {
            continue;
        }
        let goes_on = language.cased && after.is_some_and(Token::capitalised);
        let same_given = |bearer: &&Bearer| {
            let given = bearer.given.as_deref();
            !goes_on && given.zip(adjoining).is_some_and(|(given, before)| alike(given, before.text, language))
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
                && !all_nouns_have_capitals(language)
                && !title
                && !goes_on
                && !text::is_all_capitals(token.text)
                && !running::may_open(tokens, index)
                && matches!(token.gap, " " | "\u{a0}" | ", ")
                && before.is_some_and(|before| is_plain(before, index == 1, language))
        };
        let opens_and_tells = || {
            language.cased
                && index == 0
                && after.is_some_and(|after| tables::reporting(language).contains(&after.text))
        };
        let (bearer, confidence) = if let Some(bearer) = bearers.iter().find(same_given) {
            (bearer, 0.85)
        } else if let Some(bearer) = bearers.iter().find(same_surname) {
            (bearer, 0.85)
        } else if let Some(bearer) = bearers.iter().find(|bearer| bearer.surname.is_none())
            && (titled() || lone() || opens_and_tells())
            && !belongs_to_another(document, wrong, bearers)
        {
            (bearer, 0.75)
        } else {
            continue;
        };
        let from = if same_given(&bearer) { adjoining.map_or(token.span, |before| before.span) } else { token.span };
        let span = from.join(tokens[last].span);
        let word = document.excerpt(token.span.join(tokens[last].span));
        let word = bare(word).to_owned();
        return Some((Renamed { span, word, usual: bearer.usual.clone(), confidence }, last));
    }
    None
}

/// Where a translation ends that begins at a word: its last word may have an ending.
fn phrase_end(tokens: &[Token<'_>], index: usize, wrong: &str, language: &Language) -> Option<usize> {
    let mut last = index;
    for (nth, word) in wrong.split(' ').enumerate() {
        let token = tokens.get(index + nth)?;
        let lower = language.lower(token.text);
        let fits = lower == word || gazetteer::bases(&lower, language).iter().any(|base| base == word);
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
        let known = |bearer: &Bearer| {
            bearer.given.as_deref().is_some_and(|given| alike(given, first.text, language))
        };
        same && !title && !bearers.iter().any(known)
    })
}

/// Whether two words are one given name, perhaps in two cases.
fn alike(given: &str, other: &str, language: &Language) -> bool {
    let folded = text::fold(other);
    given == folded
        || gazetteer::bases(&folded, language).iter().any(|base| base == given)
        || gazetteer::bases(given, language).contains(&folded)
}

/// Whether a word before a name is a given name: known for one, or a word with a capital that is no other word.
fn is_given(before: &Token<'_>, segment: &Segment, language: &Language) -> bool {
    let lower = language.lower(before.text);
    let known = gazetteer::is_given_name(before.text) || tables::strangers(language).names.contains(&before.text);
    if is_title(before, language) {
        return false;
    }
    if language.cased {
        before.capitalised() && (known || !lexis::known(&lower, language))
    } else {
        known || is_person(segment, before.span)
    }
}

/// Whether a word is part of the name of a person.
fn is_person(segment: &Segment, span: Span) -> bool {
    segment.mentions.iter().any(|mention| {
        matches!(&mention.value, Value::Name(name) if name.kind == NameKind::Person && name.certainty >= 0.7)
            && mention.span.overlaps(span)
    })
}

/// Whether a word is a title or an office right before a name.
pub(super) fn precedes(before: &Token<'_>, token: &Token<'_>, language: &Language) -> bool {
    matches!(token.gap, " " | "\u{a0}" | ". " | ".\u{a0}") && is_title(before, language)
}

/// Whether a word is a form of address or an office.
pub(super) fn is_title(token: &Token<'_>, language: &Language) -> bool {
    titles(language).contains(language.lower(token.text).trim_end_matches('.'))
}

/// Whether a word stands behind names in the language: 씨, bey.
fn is_honorific(token: &Token<'_>, language: &Language) -> bool {
    let lower = language.lower(token.text);
    let behind = tables::behind_names(language);
    behind.contains(&lower.as_str())
        || !behind.is_empty() && gazetteer::bases(&lower, language).iter().any(|base| behind.contains(&base.as_str()))
}

/// Whether a word before a lone name with a capital begins no name itself: small, or a small word that opens the sentence.
fn is_plain(before: &Token<'_>, opens: bool, language: &Language) -> bool {
    before.small()
        || opens && before.wordy() && running::function_words(language).contains(language.lower(before.text).as_str())
}

fn all_nouns_have_capitals(language: &Language) -> bool {
    language.typography.as_ref().is_some_and(|rules| rules.capitals.iter().any(|word| word == "*"))
}

/// Forms of address and offices of one word, in lower case; saints and what noblemen are called are no such forms, and
/// without capitals no offices: a mayor may be a market.
fn titles(language: &Language) -> &'static BTreeSet<String> {
    static TITLES: PerLanguage<BTreeSet<String>> = PerLanguage::new();
    TITLES.get(language, |language| {
        let honorifics = language.names.iter().flat_map(|names| &names.honorifics).map(String::as_str);
        let behind = tables::behind_names(language);
        let profile = language.roles.iter().flat_map(|roles| roles.forms.values().flatten()).map(String::as_str);
        let table = roles::rows().iter().flat_map(|row| roles::forms(row, language));
        let holy = ["san", "são", "saint", "sf", "sv", "św", "st", "dom", "don", "св"];
        honorifics
            .chain(profile.chain(table).filter(|_| language.cased))
            .map(|form| language.lower(form.trim_end_matches('.')))
            .filter(|form| !behind.contains(&form.as_str()))
            .filter(|form| !form.contains(' ') && form.chars().count() >= 2)
            .filter(|form| !holy.iter().any(|start| form.starts_with(start)))
            .collect()
    })
}

/// The same where words are not separated: behind the dot or space after a given name, or before a form of address.
fn unspaced(document: &Document, table: &Surnames) -> Vec<Renamed> {
    let language = document.language;
    let behind = tables::behind_names(language);
    let mut out: Vec<Renamed> = Vec::new();
    for row in table.rows() {
        let named = row.right().iter().filter(|right| !right.is_ascii()).find_map(|right| {
            let places: Vec<Place<'_>> = places(document, right, &behind).collect();
            (!places.is_empty()).then_some((*right, places))
        });
        let Some((usual, named)) = named else { continue };
        for wrong in row.wrong() {
            for place in places(document, wrong, &behind) {
                let known = named.iter().any(|other| other.given.is_some() && other.given == place.given);
                let same = known || place.given.is_none() && place.addressed && !place.inside;
                if same && !out.iter().any(|other| other.span.overlaps(place.span)) {
                    out.push(Renamed {
                        span: place.span,
                        word: (*wrong).to_owned(),
                        usual: usual.to_owned(),
                        confidence: if known { 0.85 } else { 0.75 },
                    });
                }
            }
        }
    }
    out.sort_unstable_by_key(|renamed| renamed.span);
    out
}

/// Where a name or word stands as the name of somebody.
struct Place<'a> {
    span: Span,
    /// The last letters of the given name before it.
    given: Option<&'a str>,
    /// Whether a form of address is behind it.
    addressed: bool,
    /// Whether a longer word may hold it.
    inside: bool,
}

/// Letters by which given names are told apart.
const TOLD_BY: usize = 2;

/// The places of a text where a word stands behind a given name or before a form of address.
fn places<'a>(
    document: &'a Document,
    word: &'a str,
    behind: &'a [&'a str],
) -> impl Iterator<Item = Place<'a>> + 'a {
    document.prose().flat_map(move |segment| {
        let written = document.excerpt(segment.span);
        written.match_indices(word).filter_map(move |(at, _)| {
            let before = written.get(..at).unwrap_or_default();
            let rest = written.get(at + word.len()..).unwrap_or_default();
            let last = before.chars().next_back();
            let next = rest.chars().next();
            let addressed = behind.iter().any(|form| rest.starts_with(form));
            let longer = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphabetic() && !is_hiragana(letter));
            // A run of katakana is one word.
            let cut = |one: Option<char>, other: Option<char>| {
                one.is_some_and(is_katakana) && other.is_some_and(is_katakana)
            };
            if cut(last, word.chars().next()) || cut(word.chars().next_back(), next) {
                return None;
            }
            let joined = before
                .strip_suffix(['·', '・', '‧', '•', '＝', ' '])
                .filter(|given| given.ends_with(char::is_alphabetic) || given.ends_with('ー'));
            let given = joined.map(|given| {
                let from = given.char_indices().rev().nth(TOLD_BY - 1).map_or(0, |(at, _)| at);
                given.get(from..).unwrap_or_default()
            });
            let inside = longer(last) && (word.chars().count() < 2 || last.is_some_and(is_katakana));
            let span = Span::new(at, at + word.len()).shift(segment.span.start);
            (given.is_some() && (addressed || !longer(next) || word.chars().count() > 1) || addressed)
                .then_some(Place { span, given, addressed, inside })
        })
    })
}

fn is_katakana(letter: char) -> bool {
    matches!(letter, '\u{30a1}'..='\u{30fa}' | 'ー')
}

fn is_hiragana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{309f}')
}
