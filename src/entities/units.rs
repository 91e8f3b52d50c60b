//! One document's persons, places and organisations, each with all its mentions there.

use std::collections::BTreeMap;

use crate::lang::text::{fold, is_hangul, is_hyphen, is_unspaced};
use crate::lang::words::words;
use crate::lang::{Language, gazetteer};
use crate::model::{Document, NameKind, Role, Span, Value};
use crate::names::{Matcher, share_base};

use super::{alone, search};

/// A person, place or organisation in one document.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) document: usize,
    pub(super) kind: NameKind,
    /// The fullest form, as written.
    pub(super) text: String,
    /// The same, folded.
    pub(super) folded: String,
    /// Words of the fullest form.
    pub(super) words: usize,
    pub(super) key: Option<String>,
    pub(super) certainty: f64,
    pub(super) spans: Vec<Span>,
    pub(super) roles: Vec<Role>,
}

/// How certain a name must be that nothing explains.
const LONE: f64 = 0.4;

/// How certain a person must be whose names are looked for alone and elsewhere.
pub(super) const KNOWN: f64 = 0.6;

impl Unit {
    /// Whether it is a person under a whole name.
    pub(super) fn is_full(&self) -> bool {
        self.kind == NameKind::Person && self.words >= 2
    }

    /// Whether it is a place, or a name that nothing explains: mostly a place.
    pub(super) fn is_place(&self) -> bool {
        matches!(self.kind, NameKind::Place | NameKind::Other)
    }
}

/// The words of a name; where words are not spaced, what middle dots and spaces part.
pub(super) fn parts(name: &str) -> Vec<&str> {
    if name.chars().any(is_unspaced) {
        return name
            .split(|c: char| matches!(c, '·' | '・' | '‧' | '•' | '＝') || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .collect();
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    for word in words(name) {
        // *Tae-hyeok* is one name, *Jean-Luc* is two.
        let tied = out.last().is_some_and(|&(_, end)| {
            let between = name.get(end..word.start).unwrap_or_default();
            !between.is_empty() && between.chars().all(is_hyphen) && word.text.starts_with(char::is_lowercase)
        });
        match out.last_mut().filter(|_| tied) {
            Some(last) => last.1 = word.end(),
            None => out.push((word.start, word.end())),
        }
    }
    out.into_iter().filter_map(|(start, end)| name.get(start..end)).collect()
}

/// Words of a name. Hangul and Chinese characters write family and given name together: 김태혁, 王志远.
pub(super) fn count(name: &str, kind: NameKind) -> usize {
    let parts = parts(name);
    let [only] = parts[..] else { return parts.len() };
    let characters = only.chars().count();
    let together = only.chars().all(is_hangul) && characters >= 3
        || only.chars().all(is_han) && (2..=5).contains(&characters);
    if together && kind == NameKind::Person { 2 } else { 1 }
}

pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '々')
}

/// A key of a name without its first sound, marked so that it meets its like alone; the key itself where little is
/// left. Chinese spells a first consonant as its syllables allow: *Derbent* begins like *jie*.
pub(super) fn tail(key: &str) -> String {
    let mut rest = key.chars();
    rest.next();
    if rest.as_str().len() < 2 { key.to_owned() } else { format!("-{}", rest.as_str()) }
}

/// Every unit of every document, by document, then place. What one account names is searched for in the others,
/// and the persons of an account under one of their names alone.
pub(super) fn of(documents: &mut [Document]) -> Vec<Unit> {
    let mut per_document: Vec<Vec<Unit>> =
        documents.iter().enumerate().map(|(index, document)| units(index, document)).collect();
    let wanted = search::wanted(&per_document, documents);
    let mut memory = search::Memory::default();
    for (index, document) in documents.iter_mut().enumerate() {
        if search::add(document, index, &wanted, &mut memory) {
            per_document[index] = units(index, document);
        }
        if alone::add(document, &per_document[index], &wanted) {
            per_document[index] = units(index, document);
        }
    }
    per_document.into_iter().flatten().collect()
}

fn units(index: usize, document: &Document) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut by_key: BTreeMap<(NameKind, String), usize> = BTreeMap::new();
    let mut single: Vec<Unit> = Vec::new();
    // The person just named, and where.
    let mut last: Option<(usize, Span)> = None;
    for mention in document.mentions() {
        let Value::Name(name) = &mention.value else { continue };
        let kind = name.kind;
        if matches!(kind, NameKind::Demonym) {
            continue;
        }
        // 金泰赫（キム・テヒョク）: the name again, as it is spoken or written elsewhere.
        if let Some((known, before)) = last.take()
            && kind == NameKind::Person
            && glosses(document, before, mention.span)
        {
            out[known].spans.push(mention.span);
            continue;
        }
        let text = document.excerpt(mention.span).to_owned();
        let unit = Unit {
            document: index,
            kind,
            folded: fold(&text),
            words: count(&text, kind),
            text,
            key: name.key.clone(),
            certainty: name.certainty,
            spans: vec![mention.span],
            roles: roles(index, mention.span, &name.roles, &name.role_of),
        };
        let id = match &unit.key {
            Some(key) => (kind, key.clone()),
            None => (kind, unit.folded.clone()),
        };
        if let Some(&known) = by_key.get(&id) {
            absorb(&mut out[known], unit);
            last = Some((known, mention.span)).filter(|_| kind == NameKind::Person);
        } else if unit.key.is_none()
            && kind != NameKind::Organisation
            && (unit.words < 2 || ends_a_name(&out, &unit))
        {
            single.push(unit);
        } else if let Some(known) = same_person(&out, &unit, document.language) {
            by_key.insert(id, known);
            absorb(&mut out[known], unit);
        } else {
            last = Some((out.len(), mention.span)).filter(|_| kind == NameKind::Person);
            by_key.insert(id, out.len());
            out.push(unit);
        }
    }
    let mut lone: BTreeMap<String, usize> = BTreeMap::new();
    for unit in single {
        match alone::bearer(&out, &unit, document.language) {
            Some(known) => absorb(&mut out[known], unit),
            None if unit.kind == NameKind::Person => {
                if let Some(&known) = by_key.get(&(unit.kind, unit.folded.clone())) {
                    absorb(&mut out[known], unit);
                } else {
                    by_key.insert((unit.kind, unit.folded.clone()), out.len());
                    out.push(unit);
                }
            }
            None if unit.kind == NameKind::Other && unit.certainty >= LONE => {
                // Names that no table and no title explains, under any ending.
                let mut forms = vec![unit.folded.clone()];
                forms.extend(gazetteer::bases(&unit.folded, document.language));
                if let Some(&known) = forms.iter().find_map(|form| lone.get(form)) {
                    absorb(&mut out[known], unit);
                } else {
                    lone.extend(forms.into_iter().map(|form| (form, out.len())));
                    out.push(unit);
                }
            }
            None => {}
        }
    }
    for unit in &mut out {
        unit.spans.sort_unstable();
        unit.spans.dedup();
        unit.roles.sort();
        unit.roles.dedup();
    }
    out.sort_by_key(|unit| unit.spans.first().copied());
    out
}

fn roles(document: usize, span: Span, concepts: &[String], of: &[String]) -> Vec<Role> {
    concepts
        .iter()
        .map(|concept| Role { concept: concept.clone(), of: of.first().cloned(), document, span })
        .collect()
}

fn absorb(into: &mut Unit, unit: Unit) {
    if unit.words > into.words {
        (into.text, into.folded, into.words) = (unit.text, unit.folded, unit.words);
    }
    into.certainty = into.certainty.max(unit.certainty);
    into.spans.extend(unit.spans);
    into.roles.extend(unit.roles);
}

/// Whether a name without spaces is the last part of one that is longer: 韦利耶夫 of 拉沙德·韦利耶夫.
fn ends_a_name(known: &[Unit], unit: &Unit) -> bool {
    parts(&unit.text).len() == 1
        && known.iter().any(|other| {
            let parts = parts(&other.text);
            other.kind == NameKind::Person && parts.len() > 1 && parts.last() == Some(&unit.text.as_str())
        })
}

/// Whether a name stands in brackets right behind another.
fn glosses(document: &Document, before: Span, span: Span) -> bool {
    let between = document.text.get(before.end..span.start).unwrap_or_default();
    let after = document.text.get(span.end..).unwrap_or_default();
    matches!(between.trim(), "(" | "（") && after.starts_with([')', '）'])
}

/// A person of several words under another ending or in another spelling: Алексея Оверчука for Алексей Оверчук.
fn same_person(known: &[Unit], unit: &Unit, language: &Language) -> Option<usize> {
    if unit.kind != NameKind::Person {
        return None;
    }
    let initial = unit.folded.chars().next();
    known.iter().position(|other| {
        other.kind == NameKind::Person
            && other.folded.chars().next() == initial
            && if other.words == unit.words {
                Matcher::in_a_story(&other.text, &language.tag, &unit.text, &language.tag) > 0.5
            } else {
                leaves_out(&other.text, &unit.text, language) || leaves_out(&unit.text, &other.text, language)
            }
    })
}

/// Whether a whole name is a longer one without its patronymic, its middle name or its second surname: *Андрей Сергеевич*
/// and *Андрей Лукашин* of *Андрей Сергеевич Лукашин*.
fn leaves_out(short: &str, long: &str, language: &Language) -> bool {
    let (mine, theirs) = (parts(short), parts(long));
    let same = |a: &str, b: &str| fold(a) == fold(b) || share_base(a, b, language);
    let (Some(first), Some(given)) = (mine.first(), theirs.first()) else { return false };
    if !language.spaced || mine.len() < 2 || mine.len() >= theirs.len() || !same(first, given) {
        return false;
    }
    let mut rest = theirs[1..].iter();
    mine[1..].iter().all(|word| rest.any(|other| same(word, other)))
}
