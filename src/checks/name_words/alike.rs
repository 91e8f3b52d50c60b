//! One script on both sides, where a foreign name is written alike: a name that the target lacks, and one in it that the
//! source lacks, alike and not the same. *Chambers* is not *Chalmers*, be both good names.

use std::collections::BTreeSet;

use super::strangers::may_stand;
use super::{
    ADAPTS, Change, Likeness, Matcher, NameKind, Side, Table, Word, beside, capitals_of_nouns, is_derived,
    is_grave, is_people, says_place, skeleton,
};
use crate::lang::{Language, gazetteer};

/// Probability from which spellings with the same consonants are those of two languages.
const ADAPTS_BY_VOWELS: f64 = 0.25;

/// Letters of a name in which two may differ, and three.
const LONG: usize = 5;
const LONGER: usize = 7;

/// How far two words may stand apart, as shares of their sentences, where one of them may be no name.
const LEVEL: f64 = 0.2;

/// Adds such pairs to the changes that were found.
pub(super) fn extend(source: &Side<'_>, target: &Side<'_>, table: &Table, out: &mut Vec<Change>) {
    let (from, to) = (source.document.language, target.document.language);
    let said: BTreeSet<&str> = target.words.iter().filter_map(|word| word.key()).collect();
    let keys = (source.keys(), target.keys());
    let share = |at: usize, words: &[&Word<'_>]| at as f64 / words.len().max(1) as f64;
    for (y, word) in target.words.iter().enumerate() {
        let open = may_stand(word)
            && !table.supported[y]
            && word.key().is_none()
            && (is_named(word, to) || !word.opens)
            && !is_people(word, to)
            && !out.iter().any(|change| change.target.overlaps(word.span));
        if !open {
            continue;
        }
        let found = source.words.iter().enumerate().find_map(|(x, other)| {
            let level = (share(x, &source.words) - share(y, &target.words)).abs() < LEVEL;
            let context = beside(source, target, table, (x, y));
            let name = match other.key() {
                // A place of the tables is said or it is not.
                Some(key) => {
                    other.name.is_some_and(|name| name.kind == NameKind::Place)
                        && !said.contains(key)
                        && !says_place(target, key)
                        && (!word.known || !is_part(source, other))
                }
                // A word of the language takes the place of a name that is none.
                None if !is_named(word, to) => {
                    !other.known && !other.opens && (context || other.is_person()) && !is_derived(other, from)
                }
                None => is_named(other, from) || capitals_of_nouns(from) && !word.known && level,
            };
            let fits = name
                && may_stand(other)
                && !table.rendered[x]
                && (!word.known || context || level || other.key().is_some())
                && !out.iter().any(|change| change.source.overlaps(other.span));
            let edits = strsim::osa_distance(&other.folded, &word.folded);
            let most = if is_named(word, to) { edits } else { 2 };
            (fits && edits <= most && is_near(other, word, edits) && !adapts(other, word, (from, to)))
                .then_some((x, edits, context))
        });
        if let Some((x, edits, context)) = found {
            let other = source.words[x];
            out.push(Change {
                source: other.span,
                target: word.span,
                likeness: Likeness::Letters { edits, strange: !word.known, context },
                grave: is_grave(other, word, (&keys.0, &keys.1)),
            });
        }
    }
}

/// Whether a word is part of a longer name of the tables.
fn is_part(side: &Side<'_>, word: &Word<'_>) -> bool {
    let Some(name) = word.name else { return false };
    side.words.iter().filter(|other| other.name.is_some_and(|other| std::ptr::eq(other, name))).count() > 1
}

/// A word that is a name by itself, or a person's, or a given name inside a sentence.
fn is_named(word: &Word<'_>, language: &Language) -> bool {
    let nouns = capitals_of_nouns(language);
    word.is_person() || gazetteer::is_given_name(word.text) && !word.opens || !word.known && !nouns
}

/// Whether two words begin alike and differ in few letters.
fn is_near(one: &Word<'_>, other: &Word<'_>, edits: usize) -> bool {
    let (a, b) = (&one.folded, &other.folded);
    let longest = one.letters().max(other.letters());
    let start = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let ends = a.chars().next_back() == b.chars().next_back();
    let alike = match edits {
        1 => true,
        2 => longest >= LONG && (start >= 2 || ends),
        3 => longest >= LONGER && start >= 2,
        _ => false,
    };
    alike && start >= 1
}

/// Whether one of two words may be the form that a language gives the other: Macedonia, Macédoine.
fn adapts(one: &Word<'_>, other: &Word<'_>, (from, to): (&Language, &Language)) -> bool {
    let (here, there) = (skeleton(&one.folded), skeleton(&other.folded));
    let most = if here == there { ADAPTS_BY_VOWELS } else { ADAPTS };
    if Matcher::probability(one.text, &from.tag, other.text, &to.tag) >= most {
        return true;
    }
    let person = |word: &Word<'_>| word.is_person() || gazetteer::is_given_name(word.text);
    // C before e is read like s or like k.
    let soft = |skeleton: String| skeleton.replace('k', "s");
    if person(one) || person(other) {
        return false;
    }
    // A language may spell a place in a way of its own that the tables lack: Mississippi, Mississípi.
    let place = one.key().is_some();
    soft(here) == soft(there) && (!place || strsim::osa_distance(&one.folded, &other.folded) == 1)
}
