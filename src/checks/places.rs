//! A place of the tables where the source names another.

use std::collections::BTreeSet;
use std::ops::Range;

use super::persons::named;
use super::{Findings, name_words};
use crate::lang::gazetteer::{self, Kind, Level, related};
use crate::lang::text::fold;
use crate::lang::{Language, lexis, words};
use crate::model::{Bead, Bitext, Document, Mention, Name, NameKind, Span};
use crate::names::{Matcher, Verdict};

/// Above which certainty a mention has the form of a table, and from which one with an ending.
const AS_WRITTEN: f64 = 0.95;
const INFLECTED: f64 = 0.9;

type Named<'a> = (&'a Mention, &'a Name);

/// Reports a place of the tables that the target lacks, where the target has one that the source lacks.
pub(super) fn compare(
    bitext: &Bitext,
    index: usize,
    source: &[Named<'_>],
    target: &[Named<'_>],
    findings: &mut Findings<'_>,
) -> Option<Span> {
    let in_source = around(bitext, &bitext.source, index, |bead| bead.source.clone());
    let in_target = around(bitext, &bitext.target, index, |bead| bead.target.clone());
    let lost = |document: &Document, others: &BTreeSet<String>, named: &&Named<'_>| {
        is_sure(document, named)
            && !is_ordinary(document, named)
            && named.1.key.as_ref().is_some_and(|key| !others.iter().any(|other| related(key, other)))
    };
    let missing: Vec<_> = source.iter().filter(|name| lost(&bitext.source, &in_target, name)).collect();
    let extra: Vec<_> = target.iter().filter(|name| lost(&bitext.target, &in_source, name)).collect();
    let cased = bitext.source.language.cased && bitext.target.language.cased;
    // Without capitals a word that is also a city is more often the word.
    if !cased
        && !missing.iter().chain(&extra).all(|(_, name)| level(name).is_some_and(|level| level < Level::City))
    {
        return None;
    }
    let ([(was, was_name)], [(is, _)]) = (missing.as_slice(), extra.as_slice()) else { return None };
    let (from, to) = (bitext.source.excerpt(was.span), bitext.target.excerpt(is.span));
    let tags =
        [bitext.source.language, bitext.target.language].map(|language: &Language| language.tag.as_str());
    let renders = |words: &str| Matcher::compare(from, tags[0], words, tags[1]).verdict == Verdict::Same;
    // West Virginia or the District of Columbia, for what the tables took for Virginia and a country.
    if renders(to)
        || is_part(was_name, to, bitext.target.language)
        || words::words(to).any(|word| renders(word.text))
    {
        return None;
    }
    let confidence = if cased { 0.9 } else { 0.7 };
    findings.report(format!("{from} became {to}")).grave(confidence).target(is.span).source(was.span);
    Some(is.span)
}

/// Whether the target says the name of the source's place and more: West Virginia for what the tables took for Virginia.
fn is_part(was: &Name, written: &str, language: &Language) -> bool {
    let name = was.key.as_deref().and_then(|key| gazetteer::name_in(key, Kind::Place, language));
    let parts = |name: &str| words::words(name).map(|word| fold(word.text)).collect::<Vec<_>>();
    name.map(parts).is_some_and(|name| {
        let written = parts(written);
        !name.is_empty() && name.len() < written.len() && name.iter().all(|word| written.contains(word))
    })
}

/// The keys of what a side names in a bead and beside it.
fn around(
    bitext: &Bitext,
    document: &Document,
    index: usize,
    side: fn(&Bead) -> Range<usize>,
) -> BTreeSet<String> {
    let beads = &bitext.beads[index.saturating_sub(1)..bitext.beads.len().min(index + 2)];
    beads
        .iter()
        .flat_map(|bead| named(document, side(bead)))
        .filter_map(|(_, name)| name.key.clone())
        .collect()
}

fn level(name: &Name) -> Option<Level> {
    name.key.as_deref().and_then(gazetteer::level)
}

/// Whether a mention is a place of the tables for certain. With an ending it may be another word, unless it is long and
/// no given name.
fn is_sure(document: &Document, (mention, name): &Named<'_>) -> bool {
    let written = document.excerpt(mention.span);
    name.kind == NameKind::Place
        && (name.certainty > AS_WRITTEN
            || name.certainty >= INFLECTED
                && document.language.cased
                && written.chars().count() >= 5
                && !gazetteer::is_given_name(written))
}

/// An ordinary word may have its capital from the sentence: Para. Lists of nouns with capitals have countries too.
fn is_ordinary(document: &Document, (mention, name): &Named<'_>) -> bool {
    let language = document.language;
    if !language.cased || !lexis::known(&language.lower(document.excerpt(mention.span)), language) {
        return false;
    }
    if name_words::capitals_of_nouns(language) {
        level(name).is_none_or(|level| !matches!(level, Level::Territory | Level::Region | Level::Part))
    } else {
        name_words::capital_says_nothing(document, mention.span)
    }
}
