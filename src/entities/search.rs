//! Persons that accounts in cased scripts name, searched for in accounts whose script shows no names: Arabic,
//! Hebrew, Persian, Hindi, Korean word by word, Chinese and Japanese by runs of characters that spell names.

use std::collections::BTreeMap;

use crate::model::{Document, Mention, Name, NameKind, Span, Value};
use crate::names::{Matcher, windows};

use super::units::{Unit, parts};

/// A name to look for.
pub(super) struct Wanted {
    text: String,
    language: &'static str,
    surname: String,
    words: usize,
}

/// Every person of several words that a cased account names, once.
pub(super) fn wanted(units: &[Vec<Unit>], documents: &[Document]) -> Vec<Wanted> {
    let mut names: BTreeMap<&str, Wanted> = BTreeMap::new();
    for unit in units.iter().flatten() {
        let language = documents[unit.document].language;
        if language.cased && unit.kind == NameKind::Person && unit.words >= 2 && unit.certainty >= 0.6 {
            names.entry(&unit.folded).or_insert_with(|| Wanted {
                text: unit.text.clone(),
                language: &language.tag,
                surname: parts(&unit.text).last().map(|&part| part.to_owned()).unwrap_or_default(),
                words: unit.words,
            });
        }
    }
    names.into_values().collect()
}

/// Adds mentions of the wanted names to a document; tells whether there were any.
pub(super) fn add(document: &mut Document, wanted: &[Wanted]) -> bool {
    let mut added = false;
    for index in 0..document.segments.len() {
        let segment = &document.segments[index];
        if !segment.kind.is_prose() || wanted.is_empty() {
            continue;
        }
        let shift = segment.span.start;
        let text = segment.span.of(&document.text);
        let spaced = document.language.spaced;
        let mut found: Vec<(usize, f64, Span)> = Vec::new();
        for range in windows(text, document.language, 2..=3) {
            let written = text.get(range.clone()).unwrap_or_default();
            let count = parts(written).len();
            for name in wanted {
                // A surname alone is looked for where words are not spaced: nothing else would find it.
                let wanted = match (spaced, count) {
                    (_, count) if count == name.words => name.text.as_str(),
                    (false, 1) if written.chars().count() >= 3 => name.surname.as_str(),
                    _ => continue,
                };
                let probability =
                    Matcher::probability(wanted, name.language, written, &document.language.tag);
                if probability > if count == 1 { 0.8 } else { 0.5 } {
                    found.push((count, probability, Span::from(range.clone()).shift(shift)));
                }
            }
        }
        // Whole names before surnames, then the likeliest.
        found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        let mut taken: Vec<Span> = Vec::new();
        for (_, probability, span) in found {
            if taken.iter().any(|other| other.overlaps(span)) {
                continue;
            }
            taken.push(span);
            added |= insert(document, index, span, probability);
        }
    }
    added
}

fn insert(document: &mut Document, segment: usize, span: Span, probability: f64) -> bool {
    let mentions = &mut document.segments[segment].mentions;
    let (mut roles, mut role_of) = (Vec::new(), Vec::new());
    mentions.retain(|mention| {
        let Value::Name(name) = &mention.value else { return true };
        if !mention.span.overlaps(span) {
            return true;
        }
        roles.extend(name.roles.iter().cloned());
        role_of.extend(name.role_of.iter().cloned());
        false
    });
    let certainty = probability.min(0.9);
    let value = Value::Name(Name { kind: NameKind::Person, certainty, key: None, roles, role_of });
    mentions.push(Mention { span, value });
    mentions.sort_by_key(|mention| (mention.span, mention.kind()));
    true
}
