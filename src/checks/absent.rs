//! Persons whom one side of a bitext names in full and the other side nowhere. What `name-omitted` and `name-added`
//! share.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Context;
use super::persons::{is_person, named};
use crate::lang::text::fold;
use crate::lang::{gazetteer, lexis, words};
use crate::model::{Document, Span};
use crate::names::{Matcher, keys, windows};

/// Probability from which a word of the other side may be the name after all.
const MAY_BE: f64 = 0.02;

/// Likeness from which two words of one script may be one name after all.
const ALIKE: f64 = 0.55;

/// Surely a person: by a given name.
const SURE: f64 = 0.9;

/// A person whom the other side does not name.
pub(super) struct Absent {
    /// The whole name.
    pub(super) span: Span,
}

/// Persons that a passage names in full, where nothing in the whole other text can be a part of the name, and the
/// other passage names nobody who could stand in their place.
pub(super) fn of(
    (document, range): (&Document, Range<usize>),
    (other, passage): (&Document, Range<usize>),
) -> Vec<Absent> {
    // In scripts without capitals too much sounds a little like a name.
    if !other.language.cased || !document.language.cased {
        return Vec::new();
    }
    let names = named(document, range);
    let full = |text: &str| {
        let words: Vec<&str> = words::words(text).map(|word| word.text).collect();
        let ([first, .., last], true) = (words.as_slice(), words.len() >= 2) else { return false };
        // West Coast and Fashion Week are persons to nobody who knows the words.
        gazetteer::is_given_name(first)
            && !lexis::known(&document.language.lower(last), document.language)
            && words.iter().all(|word| word.chars().count() >= 3)
    };
    let candidates: Vec<Span> = names
        .iter()
        .filter(|(mention, name)| {
            is_person(name) && name.certainty >= SURE && full(document.excerpt(mention.span))
        })
        .map(|(mention, _)| mention.span)
        .collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let theirs = named(other, passage.clone());
    let count = names.iter().filter(|(_, name)| is_person(name)).count();
    // As many persons on the other side: a name has another form there, or is another's.
    if theirs.iter().filter(|(_, name)| name.key.is_none()).count() >= count {
        return Vec::new();
    }
    candidates
        .into_iter()
        .filter(|&span| !is_named(document, span, other))
        .map(|span| Absent { span })
        .collect()
}

/// Whether an archive of the user's writes a word of the other passage for a part of the name.
pub(super) fn is_remembered(
    (document, name): (&Document, Span),
    (other, passage): (&Document, Span),
    context: &Context,
) -> bool {
    words::words(document.excerpt(name)).any(|part| {
        words::words(other.excerpt(passage))
            .any(|word| context.names_alike((part.text, document.language), (word.text, other.language)))
    })
}

/// Whether the other text may hold any part of a name.
fn is_named(document: &Document, span: Span, other: &Document) -> bool {
    let (from, to) = (document.language, other.language);
    let parts: Vec<(&str, String, BTreeSet<String>)> = words::words(document.excerpt(span))
        .map(|word| (word.text, fold(word.text), keys(word.text).into_iter().collect()))
        .collect();
    let same_script = from.script == to.script;
    other.prose().any(|segment| {
        let text = other.excerpt(segment.span);
        windows(text, to, 1..=1).into_iter().any(|range| {
            let written = text.get(range).unwrap_or_default();
            let folded = fold(written);
            parts.iter().any(|(part, own, own_keys)| {
                if folded.contains(own.as_str()) || own.contains(folded.as_str()) && folded.len() > 3 {
                    return true;
                }
                if same_script {
                    return strsim::normalized_damerau_levenshtein(own, &folded) >= ALIKE;
                }
                let meets = to.spaced || keys(written).iter().any(|key| own_keys.contains(key));
                meets && Matcher::probability(part, &from.tag, written, &to.tag) >= MAY_BE
            })
        })
    })
}
