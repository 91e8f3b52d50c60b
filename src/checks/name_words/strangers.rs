//! Names of the target that nothing in the source can be, where the source has a name that nothing in the target
//! can be: the one stands for the other.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Change, Likeness, Side, Table, Word, beside, capitals_of_nouns, is_grave, lost, place_of, sounds,
};
use crate::lang::{Language, gazetteer, lexis};
use crate::model::NameKind;

/// Likeness from which two words of one script may be one name, or a name and what is derived from it.
const ALIKE: f64 = 0.45;

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
                && (word.key().is_none() || lost(word, &here))
                && !done(word)
                && !table.supported[y]
                && !table.near.iter().any(|near| near.1 == y)
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
            may_stand(word)
                && is_name(word, from, &there)
                && !taken(word)
                && (surplus.contains(&x)
                    || !table.rendered[x]
                        && !table.near.iter().any(|near| near.0 == x)
                        && !resembles_any(word, target, (from, to)))
        })
        .collect();
    let mut out = Vec::new();
    let mut add = |x: usize, y: usize, context: bool| {
        let (was, is) = (source.words[x], target.words[y]);
        out.push(Change {
            source: was.span,
            target: is.span,
            likeness: Likeness::Place { context },
            grave: from.cased && is_grave(was, is, (&here, &there)),
        });
    };
    let mut strangers: Vec<usize> = Vec::new();
    for &y in &unsupported {
        let word = target.words[y];
        let strange = is_strange(word, to);
        // Behind the right first name, or as the other half of a name.
        let partner = open.iter().copied().find(|&x| {
            let was = source.words[x];
            beside(source, target, table, (x, y)) && (strange || was.is_person() && !word.opens)
        });
        match partner {
            Some(x) => add(x, y, true),
            None if strange => strangers.push(y),
            None => {}
        }
    }
    // Words in a row are one name.
    let (mine, theirs) = (runs(&open), runs(&strangers));
    if out.is_empty()
        && let [y] = theirs[..]
    {
        let share = |at: usize, words: &[&Word<'_>]| at as f64 / words.len().max(1) as f64;
        let place = share(y, &target.words);
        let level = |x: &usize| (share(*x, &source.words) - place).abs() < LEVEL;
        let x = match mine[..] {
            [x] => Some(x),
            _ if from.cased && to.cased && from.script == to.script => mine.iter().copied().find(level),
            _ => None,
        };
        let mut out = Vec::new();
        if let Some(x) = x {
            let (was, is) = (source.words[x], target.words[y]);
            let grave = from.cased && is_grave(was, is, (&here, &there));
            let likeness = Likeness::Place { context: false };
            out.push(Change { source: was.span, target: is.span, likeness, grave });
        }
        return out;
    }
    out
}

/// The first of every run of words that follow each other.
fn runs(at: &[usize]) -> Vec<usize> {
    at.iter().copied().filter(|&index| index == 0 || !at.contains(&(index - 1))).collect()
}

/// A word with a capital that stands for no date and no people.
fn may_stand(word: &Word<'_>) -> bool {
    word.capital
        && !word.shouts
        && !word.dated
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
fn is_name(word: &Word<'_>, language: &Language, there: &BTreeSet<&str>) -> bool {
    let key = word.key();
    if let Some(key) = key {
        let kind = word.name.map(|name| name.kind);
        return !there.contains(place_of(key))
            && (lost(word, there) || kind == Some(NameKind::Organisation) && !word.known);
    }
    let ordinary = || word.bases.iter().any(|base| lexis::known(base, language));
    let compound = || capitals_of_nouns(language) && word.letters() > LONGEST_NOUN;
    word.is_person() && (!word.known || gazetteer::is_given_name(word.text) && !word.opens)
        || !word.known && !ordinary() && !compound()
}

/// Whether any word of the other side may be this name or a relation of it.
fn resembles_any(word: &Word<'_>, other: &Side<'_>, (own, its): (&Language, &Language)) -> bool {
    other.words.iter().chain(&other.around).any(|other| {
        if own.script != its.script {
            return (other.capital || !its.cased)
                && super::resemblance((word, own), (other, its)) >= super::RESEMBLES;
        }
        let first = |word: &Word<'_>| word.folded.chars().take(4).collect::<String>();
        other.letters() >= 3
            && (strsim::normalized_damerau_levenshtein(&other.folded, &word.folded) >= ALIKE
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
