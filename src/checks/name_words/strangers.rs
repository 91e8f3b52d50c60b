//! Names of the target that nothing in the source can be, where the source has a name that nothing in the target
//! can be: the one stands for the other.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Change, Likeness, RESEMBLES, RESEMBLES_UNCASED, Side, Table, Word, beside, capitals_of_nouns, is_derived,
    is_grave, is_people, lost, resemblance, says_place, sounds,
};
use crate::lang::text::fold;
use crate::lang::{Language, PerLanguage, gazetteer, lexis, roles};
use crate::model::NameKind;

/// Likeness from which two words of one script may be one name, or a name and what is derived from it.
const ALIKE: f64 = 0.45;

/// The same of a name and a word without a capital.
const ALIKE_SMALL: f64 = 0.6;

/// Fewest letters of a stranger: short names resemble something in every sentence.
const SHORTEST: usize = 4;

/// Most letters of a noun that may be a name where all nouns have capitals; longer ones are compounds.
const LONGEST_NOUN: usize = 10;

/// How far two names may stand apart, as shares of their sentences, where there are others to choose from.
const LEVEL: f64 = 0.15;

/// Adds what nothing else explains to the changes that were found.
pub(super) fn extend(source: &Side<'_>, target: &Side<'_>, table: Option<&Table>, out: &mut Vec<Change>) {
    let found = match table {
        Some(table) => by_words(source, target, table, out),
        None => sounds::changes(source, target, out),
    };
    out.extend(found);
}

fn by_words(source: &Side<'_>, target: &Side<'_>, table: &Table, known: &[Change]) -> Vec<Change> {
    let (from, to) = (source.document.language, target.document.language);
    let (here, there) = (source.keys(), target.keys());
    let done = |word: &Word<'_>| known.iter().any(|change| change.target.overlaps(word.span));
    let taken = |word: &Word<'_>| known.iter().any(|change| change.source.overlaps(word.span));
    let unsupported: Vec<usize> = (0..target.words.len())
        .filter(|&y| {
            let word = target.words[y];
            may_stand(word)
                && word.key().is_none_or(|key| key.contains('/') && lost(word, &here))
                && !done(word)
                && !table.supported[y]
                && !table.near.iter().any(|near| near.1 == y)
                && !is_people(word, to)
                && !resembles_any(word, source, (to, from))
        })
        .collect();
    if unsupported.is_empty() {
        return Vec::new();
    }
    let surplus = surplus(source, target, from);
    let open: Vec<usize> = (0..source.words.len())
        .filter(|&x| {
            let word = source.words[x];
            (if from.cased { may_stand(word) } else { is_foreign(word, from) })
                && is_name(word, from, target, &there)
                && is_half_said(source, target, x)
                && !is_office(word, from)
                && !taken(word)
                && (surplus.contains(&x)
                    || !table.rendered[x]
                        && !table.near.iter().any(|near| near.0 == x)
                        && !resembles_any(word, target, (from, to)))
        })
        .collect();
    let mut out = Vec::new();
    let change = |x: usize, y: usize, context: bool| {
        let (was, is) = (source.words[x], target.words[y]);
        Change {
            source: was.span,
            target: is.span,
            likeness: Likeness::Place { context },
            // Where nothing but their places says so, two names may be two ways of saying one thing.
            grave: context && from.cased && is_grave(was, is, (&here, &there)),
        }
    };
    let mut strangers: Vec<usize> = Vec::new();
    for &y in &unsupported {
        let word = target.words[y];
        let strange = is_strange(word, to);
        // Behind the right first name, or as the other half of a name.
        let partner = open.iter().copied().find(|&x| {
            let was = source.words[x];
            let behind_given_name = || {
                let before = x.checked_sub(1).map(|before| source.words[before]);
                was.is_person()
                    && before.is_some_and(|before| !before.known && gazetteer::is_given_name(before.text))
                    && !is_derived(was, from)
            };
            beside(source, target, table, (x, y))
                && (strange || !word.opens && (was.key().is_some() || behind_given_name()))
        });
        match partner {
            Some(x) => out.push(change(x, y, true)),
            None if strange || stands_alone(target, y) => strangers.push(y),
            None => {}
        }
    }
    if !out.is_empty() {
        return out;
    }
    // Words in a row are one name.
    let (mine, theirs) = (runs(&open), runs(&strangers));
    let [y] = theirs[..] else { return out };
    let share = |at: usize, words: &[&Word<'_>]| at as f64 / words.len().max(1) as f64;
    let place = share(y, &target.words);
    let level = |x: usize, by: f64| (share(x, &source.words) - place).abs() < by;
    let x = match mine[..] {
        [x] => Some(x),
        _ if from.cased && from.script == to.script => mine.into_iter().find(|&x| level(x, LEVEL)),
        _ => None,
    };
    let strange = is_strange(target.words[y], to);
    let fits = |x: &usize| {
        let word = source.words[*x];
        let sure = !word.known && word.key().is_some();
        from.cased && (strange || sure && level(*x, 2.0 * LEVEL))
    };
    if let Some(x) = x.filter(fits) {
        out.push(change(x, y, false));
    }
    out
}

/// A word of the language that is a given name or a person's too, and has a capital inside a sentence, between words
/// without: no part of the name of a body or a building.
fn stands_alone(side: &Side<'_>, at: usize) -> bool {
    let word = side.words[at];
    let honorifics =
        side.document.language.names.as_ref().map_or(&[][..], |names| names.honorifics.as_slice());
    let small = |other: Option<&&Word<'_>>| other.is_none_or(|other| !other.capital);
    let before = at.checked_sub(1).and_then(|at| side.words.get(at));
    let title = || before.is_some_and(|word| honorifics.iter().any(|honorific| honorific == word.text));
    !word.opens
        && at > 0
        && (small(before) || title())
        && small(side.words.get(at + 1))
        && (word.is_person() || gazetteer::is_given_name(word.text))
}

/// Whether a word is a name by itself, or the target says the other half of it: West Virginia, West Radstock.
fn is_half_said(source: &Side<'_>, target: &Side<'_>, at: usize) -> bool {
    let word = source.words[at];
    let Some(name) = word.name.filter(|name| name.key.is_some()) else { return true };
    let others = source
        .words
        .iter()
        .enumerate()
        .filter(|&(other, word)| other != at && word.name.is_some_and(|other| std::ptr::eq(other, name)));
    let halves: Vec<&Word<'_>> = others.map(|(_, word)| *word).collect();
    halves.is_empty()
        || halves
            .iter()
            .any(|half| target.words.iter().any(|word| word.capital && word.folded == half.folded))
}

/// Whether a word names an office.
fn is_office(word: &Word<'_>, language: &Language) -> bool {
    static OFFICES: PerLanguage<BTreeSet<String>> = PerLanguage::new();
    let offices = OFFICES.get(language, |language| {
        roles::rows().iter().flat_map(|row| roles::forms(row, language)).map(fold).collect()
    });
    offices.contains(&word.folded)
}

/// A word of a script without capitals that is none of the language, and not too long to be one.
fn is_foreign(word: &Word<'_>, language: &Language) -> bool {
    !word.known
        && !word.dated
        && (5..=14).contains(&word.letters())
        && word.folded.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
        && !gazetteer::bases(&word.folded, language).iter().any(|base| lexis::known(base, language))
        && word.name.is_none_or(|name| name.kind != NameKind::Demonym)
}

/// The first of every run of words that follow each other.
fn runs(at: &[usize]) -> Vec<usize> {
    at.iter().copied().filter(|&index| index == 0 || !at.contains(&(index - 1))).collect()
}

/// A word with a capital that stands for no date and no people.
pub(super) fn may_stand(word: &Word<'_>) -> bool {
    word.capital
        && !word.shouts
        && !word.dated
        // FAQs, iPhones.
        && word.text.chars().filter(|c| c.is_uppercase()).count() <= 2
        && !(word.opens && word.known)
        && word.letters() >= SHORTEST
        && word.folded.chars().all(char::is_alphabetic)
        && word.name.is_none_or(|name| name.kind != NameKind::Demonym)
}

/// Whether a word of the target is a name whatever stands beside it.
fn is_strange(word: &Word<'_>, language: &Language) -> bool {
    let derived = |word: &Word<'_>| word.bases.iter().any(|base| lexis::known(base, language));
    !word.known
        && (!derived(word) || word.is_person())
        && (!capitals_of_nouns(language) || word.is_person() || word.key().is_some())
}

/// Whether a word of the source is a name that the target should have.
fn is_name(word: &Word<'_>, language: &Language, target: &Side<'_>, there: &BTreeSet<&str>) -> bool {
    let key = word.key();
    if let Some(key) = key {
        let kind = word.name.map(|name| name.kind);
        // Where a stranger stands for a city, the country alone does not name it.
        return match kind {
            Some(NameKind::Place) if key.contains('/') => !says_place(target, key),
            Some(NameKind::Organisation) => !says_place(target, key) && !word.opens,
            _ => lost(word, there),
        };
    }
    let ordinary =
        || word.bases.iter().any(|base| lexis::known(base, language)) || is_derived(word, language);
    let compound = || capitals_of_nouns(language) && word.letters() > LONGEST_NOUN;
    let given = gazetteer::is_given_name(word.text) && !word.opens;
    word.is_person() && given || !word.known && !ordinary() && (word.is_person() || !compound())
}

/// Whether any word of the other side may be this name or a relation of it.
fn resembles_any(word: &Word<'_>, other: &Side<'_>, (own, its): (&Language, &Language)) -> bool {
    let limit = if own.cased && its.cased { RESEMBLES } else { RESEMBLES_UNCASED };
    other.words.iter().chain(&other.around).any(|other| {
        if own.script != its.script {
            return other.letters() >= 3 && resemblance((word, own), (other, its)) >= limit;
        }
        let first = |word: &Word<'_>| word.folded.chars().take(4).collect::<String>();
        other.letters() >= 3
            && (strsim::normalized_damerau_levenshtein(&other.folded, &word.folded)
                >= if other.capital { ALIKE } else { ALIKE_SMALL }
                || first(word) == first(other)
                || other.letters() >= 4
                    && (word.folded.contains(&other.folded) || other.folded.contains(&word.folded)))
    })
}

/// Names that the source says more often than the target, at their last mention.
fn surplus(source: &Side<'_>, target: &Side<'_>, from: &Language) -> BTreeSet<usize> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    if from.script != target.document.language.script {
        return BTreeSet::new();
    }
    for (x, word) in source.words.iter().enumerate() {
        if word.capital && !word.known && word.letters() >= SHORTEST {
            let entry = counts.entry(word.folded.as_str()).or_default();
            *entry = (entry.0 + 1, x);
        }
    }
    let said = |name: &str| target.words.iter().filter(|word| word.folded.contains(name)).count();
    counts
        .into_iter()
        .filter(|(name, (count, _))| *count >= 2 && said(name) < *count)
        .map(|(_, (_, x))| x)
        .collect()
}
