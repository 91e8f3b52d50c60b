//! One name in two spellings that sound alike: Wilczak and Vilczak, Kenhasset and Kenhassett, غرينفيلد and جرينفيلد. What
//! `misspelt-name` finds in a text on its own, whatever letters differ.

use std::collections::{BTreeMap, BTreeSet};

use super::misspelt_name::single_letters;
use super::name_inconsistent;
use super::running::{self, Token};
use crate::lang::text::{fold, is_all_capitals};
use crate::lang::{Language, gazetteer, lexis};
use crate::model::{Document, NameKind, Span, Value};
use crate::names::{Matcher, keys, spelled_alike};

/// Letters of a name that another is told from.
const SHORTEST: usize = 5;
/// Letters from which a name written once may belie another written once.
const LONG: usize = 7;
/// The probability that two spellings are of one name, by the matcher.
const ONE: f64 = 0.3;
/// Names that share a key at most: more is a list.
const MOST: usize = 12;
/// How often the deviating spelling stands at most.
const RARE: usize = 2;

/// A word that may be a name, everywhere that it stands.
struct Form<'a> {
    text: &'a str,
    folded: String,
    spans: Vec<Span>,
    /// The given names before it.
    given: BTreeSet<String>,
    /// Whether a name stands beside it: part of the name of a person, a place, a firm.
    beside: bool,
    /// Whether it is no word of the language.
    strange: bool,
    /// How often it stands there, its other cases counted in.
    uses: usize,
}

/// The spellings of a text that look like slips, each with the usual one.
pub(super) fn of(document: &Document) -> Vec<(Span, String)> {
    let language = document.language;
    // Hangul has its own way to drift.
    if lexis::size(language) == 0 || !language.spaced || language.script == "Kore" {
        return Vec::new();
    }
    let mut forms = forms(document);
    let pairs = pairs(&forms);
    for &(one, other) in &pairs {
        if is_inflected(&forms[one].folded, &forms[other].folded, language) {
            let (mine, theirs) = (forms[one].spans.len(), forms[other].spans.len());
            forms[one].uses += theirs;
            forms[other].uses += mine;
        }
    }
    let mut out = Vec::new();
    for (one, other) in pairs {
        let (usual, slip) = ranked(&forms[one], &forms[other]);
        if is_slip(slip, usual, language) {
            out.extend(slip.spans.iter().map(|&span| (span, usual.text.to_owned())));
        }
    }
    out.sort_unstable();
    out.dedup_by_key(|(span, _)| *span);
    out
}

/// The forms that share a key, by their places in the list.
fn pairs(forms: &[Form<'_>]) -> BTreeSet<(usize, usize)> {
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, form) in forms.iter().enumerate() {
        for key in keys(&form.folded) {
            by_key.entry(key).or_default().push(index);
        }
    }
    let groups = by_key.values().filter(|members| members.len() <= MOST);
    groups
        .flat_map(|members| {
            members
                .iter()
                .enumerate()
                .flat_map(|(nth, &one)| members[nth + 1..].iter().map(move |&other| (one, other)))
        })
        .collect()
}

/// The words that may be names.
fn forms(document: &Document) -> Vec<Form<'_>> {
    let language = document.language;
    let mut out: BTreeMap<String, Form<'_>> = BTreeMap::new();
    for segment in document.prose() {
        let tokens = running::tokens(document, segment.span);
        for (index, token) in tokens.iter().enumerate() {
            if !may_be_a_name(token, language) {
                continue;
            }
            let before = index.checked_sub(1).and_then(|before| tokens.get(before)).filter(|before| {
                token.follows_a_space()
                    && (!language.cased || before.capitalised() && !before.text.ends_with('.'))
            });
            let after = tokens.get(index + 1).filter(|after| after.follows_a_space() && after.capitalised());
            let person = segment.mentions.iter().any(|mention| {
                matches!(&mention.value, Value::Name(name) if name.kind == NameKind::Person)
                    && mention.span.end == token.span.end
                    && mention.span.start < token.span.start
            });
            let folded = fold(token.text);
            let strange = is_strange(token.text, &folded, language);
            let beside = person || language.cased && (before.is_some() || after.is_some());
            if !strange && !beside {
                continue;
            }
            let form = out.entry(folded.clone()).or_insert_with(|| Form {
                text: token.text,
                folded,
                spans: Vec::new(),
                given: BTreeSet::new(),
                beside: false,
                strange,
                uses: 0,
            });
            form.spans.push(token.span);
            form.uses += 1;
            form.beside |= beside;
            form.given.extend(
                before
                    .filter(|before| person || gazetteer::is_given_name(before.text))
                    .map(|before| fold(before.text)),
            );
        }
    }
    out.into_values().collect()
}

/// Whether a word may be a name.
fn may_be_a_name(token: &Token<'_>, language: &Language) -> bool {
    token.text.chars().count() >= SHORTEST
        && token.wordy()
        && !token.text.contains(['\'', '’', '.', '"', '״', '׳'])
        && !token.gap.ends_with(['-', '‑', '#', '@', '/'])
        && (!language.cased || token.capitalised() && !is_all_capitals(token.text))
}

/// How frequent a word of another language is that no name is told from: the Surveillance Centre.
const FOREIGN_RANK: u32 = 15_000;

/// Whether neither the word nor what it may be a form of is a word of the language, a given name, or a word of another
/// language.
fn is_strange(written: &str, folded: &str, language: &Language) -> bool {
    let lower = language.lower(written);
    !lexis::seen(&lower, language)
        && lexis::rank_elsewhere(&lower, language).is_none_or(|rank| rank > FOREIGN_RANK)
        && !gazetteer::is_given_name(written)
        && !gazetteer::bases(folded, language).iter().any(|base| lexis::seen(base, language))
}

/// The usual spelling of two and the other: what stands oftener, behind a given name, beside other names, earlier.
fn ranked<'a, 'b>(one: &'b Form<'a>, other: &'b Form<'a>) -> (&'b Form<'a>, &'b Form<'a>) {
    let rank = |form: &Form<'_>| {
        (
            !form.strange && !form.beside,
            usize::MAX - form.uses,
            form.given.is_empty(),
            !form.beside,
            form.spans.first().copied(),
        )
    };
    if rank(one) <= rank(other) { (one, other) } else { (other, one) }
}

/// Whether the one is the other's name spelt otherwise.
fn is_slip(slip: &Form<'_>, usual: &Form<'_>, language: &Language) -> bool {
    let alike = |one: &str, other: &str| {
        spelled_alike(one, other) && Matcher::probability(one, &language.tag, other, &language.tag) >= ONE
    };
    let (word, other) = (slip.folded.as_str(), usual.folded.as_str());
    let shorter = word.chars().count().min(other.chars().count());
    let (bare, other_bare) = (single_letters(word), single_letters(other));
    // Two full names: of two people, or of one, which `name-inconsistent` tells.
    let two = || {
        let pairs = || slip.given.iter().flat_map(|own| usual.given.iter().map(move |told| (own, told)));
        !slip.given.is_empty()
            && !usual.given.is_empty()
            && !pairs().any(|(own, told)| own != told && alike(own, told))
    };
    let oftener = usual.uses > slip.uses;
    let established = !usual.given.is_empty()
        || oftener && (usual.beside || usual.uses > 2)
        || shorter >= LONG
            && (bare == other_bare || usual.beside && slip.beside || oftener && !language.cased);
    slip.strange
        && slip.spans.len() <= RARE
        && established
        && strsim::osa_distance(&bare, &other_bare) <= if shorter > SHORTEST { 2 } else { 1 }
        && !is_inflected(word, other, language)
        && alike(word, other)
        && !two()
}

/// Whether the two may be forms of one word, or one made of the other: by the endings of the language, or because they differ in
/// their ends alone.
fn is_inflected(one: &str, other: &str, language: &Language) -> bool {
    if name_inconsistent::is_inflected(one, other, language) {
        return true;
    }
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let rest = |word: &str| word.chars().skip(shared).collect::<String>();
    let (mine, others) = (rest(one), rest(other));
    let longest = mine.chars().count().max(others.chars().count());
    // A doubled last letter, or one that only softens, is no ending.
    let same_sound = single_letters(one) == single_letters(other)
        || [mine.as_str(), others.as_str()].iter().all(|rest| ["", "ь"].contains(rest));
    longest <= 2 && !same_sound
}
