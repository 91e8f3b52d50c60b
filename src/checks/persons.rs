//! The persons of a passage and of its translation, each with the other. Finds nothing itself.

use std::ops::Range;

use crate::lang::words;
use crate::model::{Bead, Bitext, Document, Mention, Name, NameKind, Value};
use crate::names::Matcher;

/// Probability from which two mentions are one person.
const SAME: f64 = 0.6;

/// Most persons of one passage that are compared: a list of names is no sentence.
const MOST: usize = 12;

/// A name and where it stands.
pub(super) type Named<'a> = (&'a Mention, &'a Name);

/// The names of some segments.
pub(super) fn named(document: &Document, range: Range<usize>) -> Vec<Named<'_>> {
    document.segments[range]
        .iter()
        .flat_map(|segment| &segment.mentions)
        .filter_map(|mention| match &mention.value {
            Value::Name(name) => Some((mention, name)),
            _ => None,
        })
        .collect()
}

/// A person for certain: by a given name, a title, or a full name elsewhere.
pub(super) fn is_person(name: &Name) -> bool {
    name.kind == NameKind::Person && name.certainty >= 0.7
}

/// Persons of a source and a target passage that are surely one, each named once on either side.
pub(super) fn matched<'a>(
    (source, here): (&'a Document, &[Named<'a>]),
    (target, there): (&'a Document, &[Named<'a>]),
) -> Vec<(Named<'a>, Named<'a>)> {
    let persons = |names: &[Named<'a>]| -> Vec<Named<'a>> {
        names.iter().filter(|(_, name)| is_person(name)).copied().collect()
    };
    let (here, there) = (persons(here), persons(there));
    if here.len() > MOST || there.len() > MOST {
        return Vec::new();
    }
    let (from, to) = (source.language, target.language);
    let same = |a: &Mention, b: &Mention| {
        let (written, other) = (source.excerpt(a.span), target.excerpt(b.span));
        let last =
            |text: &str| words::words(text).last().map(|word| word.text.to_owned()).unwrap_or_default();
        let compare = |a: &str, b: &str| Matcher::probability(a, &from.tag, b, &to.tag) >= SAME;
        compare(written, other) || from.spaced && to.spaced && compare(&last(written), &last(other))
    };
    let partner = |mention: &Mention| {
        let mut fits = there.iter().filter(|other| same(mention, other.0));
        let first = fits.next()?;
        let alone =
            fits.next().is_none() && here.iter().filter(|(other, _)| same(other, first.0)).count() == 1;
        alone.then_some(*first)
    };
    here.iter().filter_map(|&person| Some((person, partner(person.0)?))).collect()
}

/// The same of a bead.
pub(super) fn matched_in<'a>(bitext: &'a Bitext, bead: &Bead) -> Vec<(Named<'a>, Named<'a>)> {
    let source = named(&bitext.source, bead.source.clone());
    let target = named(&bitext.target, bead.target.clone());
    matched((&bitext.source, &source), (&bitext.target, &target))
}
