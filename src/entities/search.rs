//! Persons that accounts in cased scripts name, searched for in accounts whose script shows no names: Arabic,
//! Hebrew, Persian, Hindi, Korean word by word, Chinese and Japanese by runs of characters that spell names.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::text::{fold, is_unspaced};
use crate::lang::{Language, gazetteer, lexis};
use crate::model::{self, Document, Mention, NameKind, Span, Value};
use crate::names::{Matcher, keys, transliteration, windows};

use super::units::{Unit, parts, tail};

/// A name to look for.
struct Name {
    text: String,
    language: &'static str,
    surname: String,
    words: usize,
    kind: NameKind,
}

/// Names to look for, by the sounds of their last word.
pub(super) struct Wanted {
    names: Vec<Name>,
    by_sound: BTreeMap<String, Vec<usize>>,
}

/// In how many places of the cased accounts a lone word must be a name before it is looked for elsewhere.
const LEAST: usize = 2;

/// Probability from which one word is a wanted name.
const ONE_WORD: f64 = 0.8;

/// Probability from which several words are.
const WORDS: f64 = 0.5;

/// The same where the word is written in characters that spell foreign names, four of them at least.
const SPELLED: f64 = 0.35;

/// Whether characters can hardly be anything but a foreign name.
fn spells_a_name(written: &str) -> bool {
    let count = written.chars().count();
    let odds = |c: char| if matches!(c, 'ァ'..='ヺ' | 'ー') { 1.0 } else { transliteration(c) };
    count >= 4 && written.chars().all(is_unspaced) && written.chars().map(odds).sum::<f64>() >= count as f64
}

/// Every person of several words that a cased account names, and every other name that they write more than once.
pub(super) fn wanted(units: &[Vec<Unit>], documents: &[Document]) -> Wanted {
    let mut names: BTreeMap<&str, Name> = BTreeMap::new();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in units.iter().flatten().filter(|unit| is_lone(unit)) {
        *uses.entry(&unit.folded).or_default() += unit.spans.len();
    }
    for unit in units.iter().flatten() {
        let language = documents[unit.document].language;
        let person = unit.kind == NameKind::Person && unit.words >= 2 && unit.certainty >= 0.6;
        let lone = is_lone(unit) && uses.get(unit.folded.as_str()).is_some_and(|&uses| uses >= LEAST);
        if language.cased && (person || lone) {
            names.entry(&unit.folded).or_insert_with(|| Name {
                text: unit.text.clone(),
                language: &language.tag,
                surname: parts(&unit.text).last().map(|&part| part.to_owned()).unwrap_or_default(),
                words: unit.words,
                kind: unit.kind,
            });
        }
    }
    let names: Vec<Name> = names.into_values().collect();
    let mut by_sound: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        for key in keys(&name.surname) {
            // Chinese spells a first consonant as its syllables allow: Ternovsky begins like *jie*.
            by_sound.entry(tail(&key)).or_default().push(index);
            by_sound.entry(key).or_default().push(index);
        }
    }
    Wanted { names, by_sound }
}

/// A name of one word that no table and no title explains: mostly a place.
fn is_lone(unit: &Unit) -> bool {
    unit.kind == NameKind::Other && unit.words == 1 && unit.key.is_none() && unit.folded.chars().count() >= 4
}

impl Wanted {
    /// The names that a window may be: one of its words shares the sounds of their last word.
    fn candidates(&self, written: &str, language: &Language) -> BTreeSet<usize> {
        let mut out = BTreeSet::new();
        for part in parts(written) {
            let mut sounds = keys(part);
            if language.spaced {
                // Clitics hide the beginning.
                sounds.extend(gazetteer::bases(&fold(part), language).iter().flat_map(|base| keys(base)));
            }
            if !language.spaced {
                sounds.extend(sounds.clone().iter().map(|key| tail(key)));
            }
            out.extend(sounds.iter().filter_map(|key| self.by_sound.get(key)).flatten().copied());
        }
        out
    }
}

/// Adds mentions of the wanted names to a document; tells whether there were any.
pub(super) fn add(document: &mut Document, wanted: &Wanted) -> bool {
    let mut added = false;
    let language = document.language;
    for index in 0..document.segments.len() {
        let segment = &document.segments[index];
        if !segment.kind.is_prose() || wanted.names.is_empty() {
            continue;
        }
        let shift = segment.span.start;
        let text = segment.span.of(&document.text);
        let mut found: Vec<(usize, f64, Span, NameKind)> = Vec::new();
        for range in windows(text, language, 1..=3) {
            let written = text.get(range.clone()).unwrap_or_default();
            let count = parts(written).len();
            let span = Span::from(range.clone()).shift(shift);
            let letters = written.chars().count();
            // A word of the language is no strange name.
            let strange = || {
                letters >= 3
                    && !lexis::known(&language.lower(written), language)
                    && !segment
                        .mentions
                        .iter()
                        .any(|mention| is_keyed(mention) && mention.span.overlaps(span))
            };
            if count == 1 && !strange() {
                continue;
            }
            for name in wanted.candidates(written, language).into_iter().map(|index| &wanted.names[index]) {
                // A surname alone is looked for where words are not spaced: nothing else would find it.
                let wanted = match (language.spaced, count) {
                    (_, count) if count == name.words => name.text.as_str(),
                    (false, 1) => name.surname.as_str(),
                    _ => continue,
                };
                let probability = Matcher::probability(wanted, name.language, written, &language.tag);
                let least = match count {
                    1 if spells_a_name(written) => SPELLED,
                    1 => ONE_WORD,
                    _ => WORDS,
                };
                if probability > least {
                    found.push((count, probability, span, name.kind));
                }
            }
        }
        // Whole names before surnames, then the likeliest.
        found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        let mut taken: Vec<Span> = Vec::new();
        for (_, probability, span, kind) in found {
            if taken.iter().any(|other| other.overlaps(span)) {
                continue;
            }
            taken.push(span);
            added |= insert(document, index, span, (probability, kind));
        }
    }
    added
}

fn is_keyed(mention: &Mention) -> bool {
    matches!(&mention.value, Value::Name(name) if name.key.is_some())
}

fn insert(document: &mut Document, segment: usize, span: Span, (probability, kind): (f64, NameKind)) -> bool {
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
    let value = Value::Name(model::Name { kind, certainty, key: None, roles, role_of });
    mentions.push(Mention { span, value });
    mentions.sort_by_key(|mention| (mention.span, mention.kind()));
    true
}
