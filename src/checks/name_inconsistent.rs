use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::misspelt_name::accents_inside;
use super::{Check, Context, Findings, TextCheck};
use crate::lang::text::{is_hangul, is_unspaced, lower};
use crate::lang::{Language, gazetteer, words};
use crate::model::{Document, ErrorType, NameKind, Severity, Span, Value};
use crate::names::{Matcher, keys};

/// `name-inconsistent` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NameInconsistent {}

impl Check for NameInconsistent {
    const NAME: &'static str = "name-inconsistent";
    const ERROR_TYPE: ErrorType = ErrorType::InconsistentTerm;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("name_inconsistent.md");
}

/// How certain a person must be.
const LEAST: f64 = 0.6;

/// Probability from which two spellings that differ may be those of one person.
const ONE: f64 = 0.005;

/// A whole name of a person, and where it is written so.
struct Spelling<'a> {
    text: &'a str,
    parts: Vec<String>,
    spans: Vec<Span>,
}

impl TextCheck for NameInconsistent {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let spellings = spellings(text);
        // Whose given name or surname is written alike: only they can be one person.
        let mut groups: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
        for (index, spelling) in spellings.iter().enumerate() {
            groups.entry((true, &spelling.parts[0])).or_default().push(index);
            groups.entry((false, &spelling.parts[spelling.parts.len() - 1])).or_default().push(index);
        }
        let mut reported = vec![false; spellings.len()];
        for ((given, _), members) in &groups {
            // A family, or everybody called Ali: nobody's slip.
            if members.len() > 6 {
                continue;
            }
            for (nth, &a) in members.iter().enumerate() {
                for &b in &members[nth + 1..] {
                    if !is_drift(&spellings[a], &spellings[b], *given, text.language) {
                        continue;
                    }
                    let (usual, other) = ranked(a, b, &spellings);
                    if std::mem::replace(&mut reported[other], true) {
                        continue;
                    }
                    let (usual, other) = (&spellings[usual], &spellings[other]);
                    // What is copied from the source is the source's.
                    if context.source.as_ref().is_some_and(|source| source.contains(other.text)) {
                        continue;
                    }
                    let finding = findings.at(
                        other.spans[0],
                        format!("“{}” is “{}” elsewhere in the text", other.text, usual.text),
                    );
                    finding.confidence(0.7).suggest(usual.text);
                    for &span in &other.spans[1..] {
                        let place = finding.places[0];
                        finding.place(place.side, place.document, span);
                    }
                }
            }
        }
    }
}

fn spellings(text: &Document) -> Vec<Spelling<'_>> {
    let mut out: Vec<Spelling<'_>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for mention in text.mentions() {
        let Value::Name(name) = &mention.value else { continue };
        if name.kind != NameKind::Person || name.certainty < LEAST {
            continue;
        }
        let written = text.excerpt(mention.span);
        let parts: Vec<String> = if let Some(parts) = by_syllable(written) {
            parts
        } else if written.chars().any(is_unspaced) {
            written
                .split(['·', '・', '‧', '•', '＝'])
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        } else {
            words::words(written).map(|word| plain(word.text)).collect()
        };
        if parts.len() < 2 {
            continue;
        }
        let exact = lower(written, false);
        if let Some(&index) = places.get(&exact) {
            out[index].spans.push(mention.span);
        } else {
            places.insert(exact, out.len());
            out.push(Spelling { text: written, parts, spans: vec![mention.span] });
        }
    }
    out
}

/// Surname and given name of a name in three characters of Chinese or Korean, or in four of Japanese.
fn by_syllable(written: &str) -> Option<Vec<String>> {
    let all = |from: char, to: char| written.chars().all(|letter| (from..=to).contains(&letter));
    let cut = match written.chars().count() {
        3 if all('一', '鿿') || all('가', '힣') => 1,
        4 if all('一', '鿿') => 2,
        _ => return None,
    };
    let at = written.char_indices().nth(cut)?.0;
    let (surname, given) = written.split_at(at);
    Some(vec![surname.to_owned(), given.to_owned()])
}

/// A word in lower case without accents, which newsrooms keep or drop. Letters stay apart: э is not е.
fn plain(word: &str) -> String {
    lower(word, false).nfd().filter(|&c| !is_combining_mark(c)).collect()
}

/// Whether two spellings with one given name (or one surname) are those of one person: the other word differs by a
/// letter or two, sounds alike, and is no other form of it.
fn is_drift(a: &Spelling<'_>, b: &Spelling<'_>, given: bool, language: &Language) -> bool {
    if a.parts.len() != b.parts.len() {
        return false;
    }
    // The same letters with other accents, in words whose endings change none.
    if a.parts == b.parts {
        return accents_inside(a.text, b.text, language);
    }
    let differing: Vec<usize> = (0..a.parts.len()).filter(|&at| a.parts[at] != b.parts[at]).collect();
    let wanted = if given { a.parts.len() - 1 } else { 0 };
    let [at] = differing[..] else { return false };
    let (one, other) = (a.parts[at].as_str(), b.parts[at].as_str());
    let letters = |word: &str| word.chars().count();
    let edits = strsim::osa_distance(one, other);
    let shortest = letters(one).min(letters(other));
    // Given names of brothers differ by a letter: Karim and Karem are one, Ivan and Iván, but Ali and Adi are two.
    let names = !given && gazetteer::is_given_name(one) && gazetteer::is_given_name(other);
    let unspaced = one.chars().any(|letter| is_unspaced(letter) || is_hangul(letter));
    at == wanted
        && !names
        && edits > 0
        && (unspaced && edits == 1 && shortest >= 2
            || shortest >= 5 && edits <= 1 + usize::from(shortest >= 8))
        && !one.starts_with(other)
        && !other.starts_with(one)
        && !is_inflected(one, other, language)
        && (one_letter_of_hangul(one, other)
            || keys(one).iter().any(|key| keys(other).contains(key))
                && Matcher::probability(one, &language.tag, other, &language.tag) >= ONE)
}

/// Whether two names in Hangul differ in one letter of one syllable: 서지환, 서지완.
fn one_letter_of_hangul(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.nfd().collect::<String>();
    one.chars().all(is_hangul) && strsim::osa_distance(&letters(one), &letters(other)) == 1
}

/// Whether two forms may be of one word by the endings of the language.
pub(super) fn is_inflected(one: &str, other: &str, language: &Language) -> bool {
    let forms = |word: &str| {
        let mut forms = gazetteer::bases(word, language);
        forms.push(word.to_owned());
        forms
    };
    let theirs = forms(other);
    forms(one).iter().any(|form| theirs.contains(form))
}

/// The usual spelling of two and the deviation: the rarer, the later.
fn ranked(a: usize, b: usize, spellings: &[Spelling<'_>]) -> (usize, usize) {
    let rank = |index: usize| {
        let spelling = &spellings[index];
        (usize::MAX - spelling.spans.len(), spelling.spans[0])
    };
    if rank(a) <= rank(b) { (a, b) } else { (b, a) }
}
