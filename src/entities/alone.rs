//! Persons of one account under one of their names alone: the surname, the given name that a story of brothers
//! uses, the family name before a title. Finds them where nothing else shows that the word is a name.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::text::{fold, is_capitalised, is_hangul, is_hyphen, is_unspaced};
use crate::lang::words::words;
use crate::lang::{Language, gazetteer, lexis, roles as table};
use crate::mentions::roles::roles;
use crate::model::{Document, Mention, Name, NameKind, Span, Value};

use super::search::Wanted;
use super::titles::title;
use super::units::{KNOWN, Unit, is_han, parts};

/// How certain a person under one name alone is.
const CERTAIN: f64 = 0.8;

/// Shortest surname that is looked for where no capital shows a name, in letters.
const SHORTEST: usize = 3;

/// The person whose name a single word is. Of several with that surname the one with an office is meant by it
/// alone, of several with an office the one mentioned last before it.
pub(super) fn bearer(known: &[Unit], unit: &Unit, language: &Language) -> Option<usize> {
    let at = unit.spans.first()?.start;
    let forms = forms(&unit.folded, language);
    let by = |names: fn(&str, &Language) -> Vec<String>| -> Vec<usize> {
        (0..known.len())
            .filter(|&index| known[index].is_full())
            .filter(|&index| {
                names(&known[index].text, language).iter().any(|name| {
                    let theirs = self::forms(name, language);
                    forms.iter().any(|form| theirs.contains(form))
                })
            })
            .collect()
    };
    let mut bearers = by(surnames);
    if unit.text.chars().all(is_han) {
        let begins = |other: &Unit| {
            other.is_full() && other.text.chars().all(is_han) && other.text.starts_with(&unit.text)
        };
        bearers.extend((0..known.len()).filter(|&index| begins(&known[index])));
    }
    if !bearers.is_empty() {
        let rank = |&&index: &&usize| {
            let other = &known[index];
            let shared =
                other.roles.iter().any(|role| unit.roles.iter().any(|own| own.concept == role.concept));
            let office = other.roles.iter().any(|role| is_office(&role.concept));
            let before = other.spans.iter().filter(|span| span.start < at).map(|span| span.start).max();
            (before.is_some(), shared, office, before.unwrap_or_default())
        };
        return bearers.iter().max_by_key(rank).copied();
    }
    // A given name alone stands for one person or for nobody.
    match by(given)[..] {
        [only] if language.cased => Some(only),
        _ => None,
    }
}

/// Whether a concept is an office that a text introduces a person by.
pub(super) fn is_office(concept: &str) -> bool {
    table::row(table::degree(concept).1).or_else(|| table::row(concept)).is_some_and(|row| {
        matches!(row.kind, "state" | "military" | "religion" | "international" | "business" | "law")
    })
}

/// A folded word and its base forms.
fn forms(folded: &str, language: &Language) -> Vec<String> {
    let mut forms = vec![folded.to_owned()];
    forms.extend(gazetteer::bases(folded, language));
    forms
}

/// Words of a whole name that stand for the person alone, folded: the last, or either where the language puts the
/// family name first and keeps foreign names as they are.
fn surnames(name: &str, language: &Language) -> Vec<String> {
    let parts = parts(name);
    let family_first = language.names.as_ref().is_some_and(|names| names.family_first);
    match parts[..] {
        [only] if only.chars().all(is_hangul) => {
            only.chars().take(1).map(|family| fold(&family.to_string())).collect()
        }
        [only] if only.chars().all(is_han) => Vec::new(),
        [first, .., last] if family_first && language.spaced && !gazetteer::is_given_name(first) => {
            vec![fold(last), fold(first)]
        }
        [.., last] => vec![fold(last)],
        [] => Vec::new(),
    }
}

/// The given name of a whole name, folded.
fn given(name: &str, _language: &Language) -> Vec<String> {
    match parts(name)[..] {
        [first, _, ..] => vec![fold(first)],
        _ => Vec::new(),
    }
}

/// Adds mentions of the document's persons by one name alone; tells whether there were any.
pub(super) fn add(document: &mut Document, units: &[Unit], wanted: &Wanted) -> bool {
    let persons: Vec<&Unit> = units.iter().filter(|unit| unit.is_full() && unit.certainty >= KNOWN).collect();
    if persons.is_empty() {
        return false;
    }
    let language = document.language;
    let names = names_of(&persons, language);
    let mut found: Vec<(usize, Span)> = Vec::new();
    for (index, segment) in
        document.segments.iter().enumerate().filter(|(_, segment)| segment.kind.is_prose())
    {
        let text = segment.span.of(&document.text);
        let taken: Vec<Span> = segment
            .mentions
            .iter()
            .filter(|mention| covers(mention, document.excerpt(mention.span), &names, wanted))
            .map(|mention| mention.span)
            .collect();
        let mut spans =
            if language.spaced { spaced(text, &names, language) } else { unspaced(text, &persons) };
        spans.extend(before_titles(text, &persons, language));
        spans.sort_unstable();
        for span in spans {
            let span = span.shift(segment.span.start);
            if !taken.iter().any(|other| other.overlaps(span))
                && found.last().is_none_or(|(_, last)| !last.overlaps(span))
            {
                found.push((index, span));
            }
        }
    }
    for (index, span) in &found {
        let (roles, role_of) = title(&document.text, &document.segments[*index], *span, language);
        let mentions = &mut document.segments[*index].mentions;
        mentions.retain(|mention| !matches!(mention.value, Value::Name(_)) || !mention.span.overlaps(*span));
        let name = Name { kind: NameKind::Person, certainty: CERTAIN, key: None, roles, role_of };
        mentions.push(Mention { span: *span, value: Value::Name(name) });
        mentions.sort_by_key(|mention| (mention.span, mention.kind()));
    }
    !found.is_empty()
}

/// Whether a mention says what its words are. A place that no other account names may be a person's name, and
/// so may a people: *Taras* is a town as well, *Roman* of Rome.
fn covers(mention: &Mention, written: &str, names: &Alone, wanted: &Wanted) -> bool {
    let Value::Name(name) = &mention.value else { return false };
    let folded = fold(written);
    let alone = names.surnames.contains(&folded) || names.given.get(&folded) == Some(&1);
    match (&name.key, name.kind) {
        (Some(key), NameKind::Place) => !alone || wanted.names_place(key),
        (Some(_), NameKind::Demonym) => !alone,
        (None, NameKind::Other) => parts(written).len() > 1,
        _ => true,
    }
}

/// The names of a document's persons, each alone, under every ending.
struct Alone {
    surnames: BTreeSet<String>,
    /// With how many persons bear them.
    given: BTreeMap<String, usize>,
}

fn names_of(persons: &[&Unit], language: &Language) -> Alone {
    let mut surnames: BTreeSet<String> = BTreeSet::new();
    let mut given_names: BTreeMap<String, usize> = BTreeMap::new();
    for person in persons {
        surnames.extend(self::surnames(&person.text, language).iter().flat_map(|name| forms(name, language)));
        for name in given(&person.text, language).iter().filter(|_| language.cased) {
            for form in forms(name, language).into_iter().collect::<BTreeSet<_>>() {
                *given_names.entry(form).or_default() += 1;
            }
        }
    }
    Alone { surnames, given: given_names }
}

/// Words of a text that are the surname of a person, or the given name of one alone.
fn spaced(text: &str, names: &Alone, language: &Language) -> Vec<Span> {
    let tokens: Vec<_> = words(text).collect();
    let mut out = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let letters = token.text.chars().count();
        let known = || lexis::known(&language.lower(token.text), language);
        if language.cased && !is_capitalised(token.text) || letters < SHORTEST || !language.cased && known() {
            continue;
        }
        let folded = forms(&fold(token.text), language);
        let beside = |other: Option<&crate::lang::words::Word<'_>>| {
            other.is_some_and(|other| {
                let (from, to) = (token.end().min(other.end()), token.start.max(other.start));
                let between = text.get(from..to).unwrap_or_default();
                is_capitalised(other.text) && between.chars().all(|c| c == ' ' || is_hyphen(c))
            })
        };
        let (before, after) = (at.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(at + 1));
        if folded.iter().any(|form| names.surnames.contains(form)) {
            // A given name before it makes it another person's.
            let anothers = language.cased
                && beside(before)
                && before.is_some_and(|word| {
                    let word = word.text;
                    gazetteer::is_given_name(word) || !lexis::known(&language.lower(word), language)
                });
            if !anothers {
                out.push(Span::new(token.start, token.end()));
            }
        } else if folded.iter().any(|form| names.given.get(form) == Some(&1))
            && !beside(before)
            && !beside(after)
            && (at > 0 || !known())
        {
            out.push(Span::new(token.start, token.end()));
        }
    }
    out
}

/// The surnames of persons in a text without spaces, letter by letter.
fn unspaced(text: &str, persons: &[&Unit]) -> Vec<Span> {
    let surnames = persons.iter().filter_map(|person| {
        let parts = parts(&person.text);
        parts.last().filter(|last| parts.len() > 1 && last.chars().count() >= 2).copied()
    });
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for surname in surnames {
        *bearers.entry(surname).or_default() += 1;
    }
    let mut out = Vec::new();
    for (surname, bearers) in bearers {
        for (start, found) in text.match_indices(surname) {
            // Behind a space stands the surname of somebody whose given name was not made out.
            let behind = text.get(..start).unwrap_or_default();
            let named = behind.ends_with(' ') && behind.trim_end().ends_with(char::is_alphabetic);
            if bearers == 1 || !named {
                out.push(Span::new(start, start + found.len()));
            }
        }
    }
    out
}

/// A family name before a title: 김 장관, 松倉氏.
fn before_titles(text: &str, persons: &[&Unit], language: &Language) -> Vec<Span> {
    let together: Vec<&str> = persons
        .iter()
        .filter(|person| person.text.chars().all(is_hangul) || person.text.chars().all(is_han))
        .map(|person| person.text.as_str())
        .collect();
    if together.is_empty() {
        return Vec::new();
    }
    let offices = roles(text, language);
    let honorifics: Vec<&str> =
        language.names.iter().flat_map(|names| names.honorifics.iter().map(String::as_str)).collect();
    let mut out = Vec::new();
    for name in together {
        let longest = if is_hangul(name.chars().next().unwrap_or_default()) { 1 } else { 2 };
        for length in 1..=longest {
            let family: String = name.chars().take(length).collect();
            if family == name {
                continue;
            }
            for (start, found) in text.match_indices(family.as_str()) {
                let end = start + found.len();
                let after = text.get(end..).unwrap_or_default();
                let title_at = end + after.len() - after.trim_start().len();
                let titled = offices.iter().any(|office| office.span.start == title_at)
                    || honorifics.iter().any(|honorific| after.trim_start().starts_with(honorific));
                let opens = text.get(..start).unwrap_or_default().chars().next_back();
                let apart = opens
                    .is_none_or(|c| !c.is_alphabetic() || is_unspaced(c) && !is_hangul(c) && longest > 1);
                if titled && apart {
                    out.push(Span::new(start, end));
                }
            }
        }
    }
    out
}
