//! Names of the source that the target lacks, and names in their place that have nothing in common with them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Change, Likeness, RESEMBLES, Side, Table, Word, beside, capitals_of_nouns, is_derived, is_grave,
    is_people, lost, place_of, skeleton,
};
use crate::lang::{Language, gazetteer, lexis};
use crate::model::NameKind;
use crate::names::{self, Matcher};

/// How far two words may stand apart, as shares of what lies between the names about them.
const LEVEL: f64 = 0.3;

/// Probability under which two words of two scripts are surely not one name.
const UNLIKE: f64 = 0.004;

pub(super) fn changes(
    source: &Side<'_>,
    target: &Side<'_>,
    table: &Table,
    (mut taken, mut done): (BTreeSet<usize>, BTreeSet<usize>),
) -> Vec<Change> {
    let (from, to) = (source.document.language, target.document.language);
    let mut out: Vec<Change> = Vec::new();
    if capitals_of_nouns(to) {
        return out;
    }
    let (here, there) = (source.keys(), target.keys());
    // Within one script a given name that is also a word counts.
    let same_script = from.script == to.script;
    let nouns = capitals_of_nouns(from);
    let left: Vec<usize> = (0..source.words.len())
        .filter(|&x| {
            let word = source.words[x];
            !part_of_longer(source, word)
                && !taken.contains(&x)
                && !table.rendered[x]
                && !table.near.iter().any(|near| near.0 == x)
                && !is_derived(word, from)
                && if from.cased {
                    let person = word.is_person();
                    let a_word = nouns || word.bases.iter().any(|base| lexis::known(base, from));
                    word.may_be_name()
                        && (person || !a_word)
                        && (lost(word, &there) && !word.known
                            || word.key().is_none() && named(word, from, same_script))
                } else {
                    word.letters() >= 3 && word.key().is_none() && !word.known && !word.dated
                }
        })
        .collect();
    let mut open: Vec<usize> = (0..target.words.len())
        .filter(|&y| {
            let word = target.words[y];
            !part_of_longer(target, word)
                && !done.contains(&y)
                && !table.supported[y]
                && word.may_be_name()
                && !word.dated
                && (!word.known || word.is_person())
                && (word.key().is_none() || lost(word, &here))
                && !table.near.iter().any(|near| near.1 == y)
                && !is_people(word, to)
        })
        .collect();
    for (x, y) in translated(source, target, table, &taken) {
        let (source, target) = (source.words[x].span, target.words[y].span);
        out.push(Change { source, target, likeness: Likeness::Word, grave: true });
        taken.insert(x);
        done.insert(y);
    }
    open.retain(|y| !done.contains(y));
    let fixed = anchors(source, target, table);
    for &y in &open {
        let word = target.words[y];
        let strange =
            lost(word, &here) && !word.known || word.key().is_none() && named(word, to, same_script);
        let unlike = |x: usize| differ(source.words[x], word, (from, to), same_script);
        let free = |x: &usize| !taken.contains(x);
        let near_by = left
            .iter()
            .copied()
            .filter(free)
            .find(|&x| {
                let other = source.words[x];
                // Behind the right given name even a name that begins alike is another: Harcourt, Harcastle.
                let persons = same_script && other.is_person() && word.is_person();
                beside(source, target, table, (x, y))
                    && (other.is_person() || word.is_person())
                    && (unlike(x) || persons && !alike(other, word))
            })
            .filter(|_| strange);
        let only = || {
            let plain = |word: &Word<'_>| !word.opens && !word.known && word.key().is_none();
            let gap = Gap::around(y, &fixed, source.words.len(), target.words.len());
            let mine: Vec<usize> = left.iter().copied().filter(|&x| gap.holds_source(x)).collect();
            let theirs = open.iter().filter(|&&other| gap.holds_target(other)).count();
            let [x] = mine[..] else { return None };
            let other = source.words[x];
            // A name may have given way to a word, with a capital or not: *Conservatives* for *Tories*.
            let sure = plain(other) && plain(word)
                || is_grave(other, word, (&here, &there))
                    && !other.opens
                    && !word.opens
                    && (other.is_person() || word.is_person());
            (theirs == 1 && sure && free(&x) && unlike(x) && gap.level(x, y)).then_some(x)
        };
        let Some(x) = near_by.or_else(|| if from.cased { only() } else { None }) else { continue };
        taken.insert(x);
        let likeness = Likeness::Place { context: near_by.is_some() };
        let grave = is_grave(source.words[x], word, (&here, &there));
        out.push(Change { source: source.words[x].span, target: word.span, likeness, grave });
    }
    out
}

/// A word with a capital inside a sentence that stands for no date and no known name of anything else.
fn may_be_surname(word: &Word<'_>) -> bool {
    word.capital && !word.opens && word.known && !word.dated && word.letters() >= 3 && word.key().is_none()
}

/// Surnames that are words of the source's language, and in their place, behind the same given name, words of the
/// target's: Eli Broad, Eli Ampio.
fn translated(
    source: &Side<'_>,
    target: &Side<'_>,
    table: &Table,
    taken: &BTreeSet<usize>,
) -> Vec<(usize, usize)> {
    let (from, to) = (source.document.language, target.document.language);
    let same_script = from.script == to.script;
    let open = |x: &usize| {
        let word = source.words[*x];
        let person = word.name.is_some_and(|name| name.kind == NameKind::Person && name.certainty >= 0.9);
        !taken.contains(x) && !table.rendered[*x] && person && may_be_surname(word)
    };
    let surnames: Vec<usize> = (0..source.words.len()).filter(open).collect();
    let pairs = surnames.into_iter().filter_map(|x| {
        let y = (0..target.words.len()).find(|&y| {
            let word = target.words[y];
            !table.supported[y]
                && may_be_surname(word)
                && !gazetteer::is_given_name(word.text)
                && (x > 0 && y > 0 && table.pairs.contains(&(x - 1, y - 1)))
                && beside(source, target, table, (x, y))
                && differ(source.words[x], word, (from, to), same_script)
        })?;
        Some((x, y))
    });
    pairs.collect()
}

/// Whether a word is a part of a longer name of the tables: *West* of *West Virginia* is no place.
fn part_of_longer(side: &Side<'_>, word: &Word<'_>) -> bool {
    let Some(name) = word.name.filter(|name| name.key.is_some()) else { return false };
    let part = |other: &&&Word<'_>| other.name.is_some_and(|other| std::ptr::eq(other, name));
    side.words.iter().filter(part).count() > 1
}

/// Whether a word is a name by itself, or a person's where the two languages write names alike.
fn named(word: &Word<'_>, language: &Language, same_script: bool) -> bool {
    word.is_name(language) && !word.known || same_script && word.is_person() && !word.opens
}

/// Whether two words of one script share half of their letters.
fn alike(one: &Word<'_>, other: &Word<'_>) -> bool {
    strsim::osa_distance(&one.folded, &other.folded) * 2 <= one.letters().max(other.letters())
}

/// Whether two words are surely not one name: renderings of one name mostly begin with the same sound.
fn differ(one: &Word<'_>, other: &Word<'_>, (from, to): (&Language, &Language), same_script: bool) -> bool {
    let of_table = |word: &Word<'_>, language: &Language| {
        let hits = gazetteer::index(language).scan(word.text, language);
        let keys = hits.iter().flat_map(|hit| hit.rows.iter().map(|row| place_of(row.key)));
        keys.chain(word.key().map(place_of)).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let (here, there) = (of_table(one, from), of_table(other, to));
    // Two places of the tables are compared by their rows.
    if !here.is_disjoint(&there) || !here.is_empty() && !there.is_empty() {
        return false;
    }
    if same_script {
        let first = |word: &Word<'_>| skeleton(&word.folded).chars().next();
        let shortest = one.letters().min(other.letters());
        let edits = strsim::osa_distance(&one.folded, &other.folded);
        return !alike(one, other) && (first(one) != first(other) || edits >= shortest);
    }
    if from.cased {
        return Matcher::probability(one.text, &from.tag, other.text, &to.tag) < RESEMBLES;
    }
    // Clitics and words run together hide a name.
    let mine = names::keys(other.text);
    let mut forms: Vec<String> = gazetteer::bases(&one.folded, from);
    let rests = one.text.char_indices().skip(1).take(4).filter_map(|(at, _)| one.text.get(at..));
    forms.extend(rests.map(str::to_owned));
    forms.push(one.text.to_owned());
    one.letters() <= other.letters() + 3
        && !one.folded.contains(&other.folded)
        && forms.iter().all(|form| {
            !names::keys(form).iter().any(|key| mine.contains(key))
                && Matcher::probability(form, &from.tag, other.text, &to.tag) < UNLIKE
        })
}

/// Words that stand for each other beyond doubt, in order on both sides.
fn anchors(source: &Side<'_>, target: &Side<'_>, table: &Table) -> Vec<(usize, usize)> {
    let count = |pairs: &mut dyn Iterator<Item = usize>| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for at in pairs {
            *counts.entry(at).or_default() += 1;
        }
        counts
    };
    let left = count(&mut table.pairs.iter().map(|pair| pair.0));
    let right = count(&mut table.pairs.iter().map(|pair| pair.1));
    let mut pairs: Vec<(usize, usize)> =
        table.pairs.iter().copied().filter(|(x, y)| left[x] == 1 && right[y] == 1).collect();
    let figures = |side: &Side<'_>| {
        let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, word) in side.words.iter().enumerate() {
            if word.folded.chars().all(|c| c.is_ascii_digit()) {
                out.entry(word.folded.clone()).or_default().push(at);
            }
        }
        out
    };
    let others = figures(target);
    for (figure, here) in figures(source) {
        if let ([x], Some([y])) = (here.as_slice(), others.get(&figure).map(Vec::as_slice)) {
            pairs.push((*x, *y));
        }
    }
    pairs.sort_unstable();
    // What stands out of order says nothing of what is between.
    let crosses = |a: &(usize, usize), b: &(usize, usize)| (a.0 < b.0) != (a.1 < b.1) && a != b;
    let kept = pairs.iter().filter(|pair| !pairs.iter().any(|other| crosses(pair, other)));
    kept.copied().collect()
}

/// What lies between two anchors, both ends left out.
struct Gap {
    source: (usize, usize),
    target: (usize, usize),
}

impl Gap {
    /// The gap that a word of the target stands in; positions count from one, so that nothing is before the first.
    fn around(y: usize, anchors: &[(usize, usize)], sources: usize, targets: usize) -> Self {
        let before = anchors.iter().rev().find(|anchor| anchor.1 < y);
        let after = anchors.iter().find(|anchor| anchor.1 > y);
        let (left, right) = before.map_or((0, 0), |&(x, y)| (x + 1, y + 1));
        let (end, close) = after.copied().unwrap_or((sources, targets));
        Self { source: (left, end), target: (right, close) }
    }

    fn holds_source(&self, x: usize) -> bool {
        (self.source.0..self.source.1).contains(&x)
    }

    fn holds_target(&self, y: usize) -> bool {
        (self.target.0..self.target.1).contains(&y)
    }

    /// Whether two words stand at about the same share of it.
    fn level(&self, x: usize, y: usize) -> bool {
        let share = |at: usize, (start, end): (usize, usize)| {
            (at as f64 - start as f64 + 0.5) / (end.saturating_sub(start)).max(1) as f64
        };
        (share(x, self.source) - share(y, self.target)).abs() < LEVEL
    }
}
