//! Which words of the two sides of a bead are one name, which are near, and which are left over.

use std::collections::{BTreeMap, BTreeSet};

use super::by_ear::{self, Heard};
use super::{
    ADAPTS, Change, Likeness, RENDERS, RENDERS_SURELY, RENDERS_UNCASED, RESEMBLES, SHORTEST, Side, Word,
    alike_outside, is_derived, is_people, place_of, replaced, skeleton,
};
use crate::lang::text::fold;
use crate::lang::{Language, gazetteer};
use crate::model::{NameKind, Span};
use crate::names::{self, Matcher};

/// Probability that two words of two scripts are one name, in any form that the endings of the languages leave.
pub(super) fn resemblance((word, own): (&Word<'_>, &Language), (other, its): (&Word<'_>, &Language)) -> f64 {
    let forms = |word: &Word<'_>, language: &Language| {
        let bases = if word.bases.is_empty() && !language.cased {
            gazetteer::bases(&word.folded, language)
        } else {
            word.bases.clone()
        };
        std::iter::once(word.text.to_owned()).chain(bases).collect::<Vec<_>>()
    };
    let others = forms(other, its);
    forms(word, own)
        .iter()
        .flat_map(|form| {
            others.iter().map(move |other| Matcher::probability(form, &own.tag, other, &its.tag))
        })
        .fold(0.0, f64::max)
}

/// Which words have a counterpart, and which resemble each other.
pub(super) struct Table {
    pub(super) rendered: Vec<bool>,
    pub(super) supported: Vec<bool>,
    /// Source, target, and the likeness without its context.
    pub(super) near: Vec<(usize, usize, Likeness)>,
    /// Pairs that are one name.
    pub(super) pairs: BTreeSet<(usize, usize)>,
}

/// A name that the target says more often than the source: one of its mentions may stand in the place of another
/// name. *Janet Jackson and Hugh Jackman* has one Jackman.
pub(super) fn said_too_often(source: &Side<'_>, target: &Side<'_>, table: &mut Table) {
    if !source.document.language.cased {
        return;
    }
    let mut mentions: BTreeMap<&str, (Vec<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for &(x, y) in &table.pairs {
        let (theirs, ours) = mentions.entry(target.words[y].folded.as_str()).or_default();
        if !theirs.contains(&y) {
            theirs.push(y);
        }
        ours.insert(x);
    }
    for (theirs, ours) in mentions.values().filter(|(theirs, ours)| theirs.len() > ours.len()) {
        for &y in theirs {
            let right = ours.iter().any(|&x| beside(source, target, table, (x, y)));
            let wrong = (0..source.words.len()).find(|&x| {
                let word = source.words[x];
                !table.rendered[x]
                    && word.capital
                    && !word.known
                    && word.key().is_none()
                    && !ours.contains(&x)
                    && beside(source, target, table, (x, y))
            });
            if let (false, Some(x)) = (right, wrong) {
                table.supported[y] = false;
                let edits = strsim::osa_distance(&source.words[x].folded, &target.words[y].folded);
                table.near.push((x, y, Likeness::Letters { edits, strange: true, context: true }));
            }
        }
    }
}

pub(super) fn by_letters(source: &Side<'_>, target: &Side<'_>) -> Table {
    let (from, to) = (source.document.language, target.document.language);
    let (here, there) = (source.forms(), target.forms());
    let stands = |word: &Word<'_>, forms: &BTreeSet<&str>, others: &[&Word<'_>]| {
        forms.contains(word.folded.as_str())
            || word.bases.iter().any(|base| forms.contains(base.as_str()))
            || word.letters() >= 4
                && others.iter().filter(|other| other.letters() >= 4).any(|other| {
                    other.folded.contains(word.folded.as_str()) || word.folded.contains(other.folded.as_str())
                })
    };
    let mut rendered: Vec<bool> =
        source.words.iter().map(|word| word.capital && stands(word, &there, &target.words)).collect();
    let mut supported: Vec<bool> =
        target.words.iter().map(|word| word.capital && stands(word, &here, &source.words)).collect();
    let mut near = Vec::new();
    let mut pairs = BTreeSet::new();
    for (y, word) in target.words.iter().enumerate().filter(|(_, word)| word.capital) {
        for (x, other) in source.words.iter().enumerate().filter(|(_, other)| other.capital) {
            if word.folded == other.folded
                || word.bases.contains(&other.folded)
                || other.bases.contains(&word.folded)
            {
                pairs.insert((x, y));
                continue;
            }
            let (a, b) = (word.letters(), other.letters());
            if supported[y] || a.min(b) < SHORTEST || a.abs_diff(b) > 2 {
                continue;
            }
            let edits = strsim::osa_distance(&word.folded, &other.folded);
            let most = if a.max(b) >= 7 { 2 } else { 1 };
            if edits <= most || edits == 2 && alike_outside(&word.folded, &other.folded) {
                let alike = skeleton(&word.folded) == skeleton(&other.folded);
                let probability = Matcher::probability(other.text, &from.tag, word.text, &to.tag);
                if probability >= RENDERS_SURELY {
                    // Württemberg, Wuerttemberg.
                    (rendered[x], supported[y]) = (true, true);
                    pairs.insert((x, y));
                } else if !alike && probability < ADAPTS {
                    near.push((x, y, Likeness::Letters { edits, strange: !word.known, context: false }));
                }
            }
        }
    }
    Table { rendered, supported, near, pairs }
}

pub(super) fn by_sound(source: &Side<'_>, target: &Side<'_>, candidates: &[usize]) -> Table {
    let (from, to) = (source.document.language, target.document.language);
    let renders = if from.cased { RENDERS } else { RENDERS_UNCASED };
    let mut rendered = vec![false; source.words.len()];
    let mut supported = vec![false; target.words.len()];
    let (mut near, mut pairs, mut unheard) = (Vec::new(), BTreeSet::new(), Vec::new());
    let keys: Vec<Vec<String>> = source
        .words
        .iter()
        .map(|word| {
            let name = !from.cased || word.capital;
            if from.cased || !name || word.letters() < 2 {
                return Vec::new();
            }
            let mut keys = names::keys(word.text);
            if !from.cased {
                // Clitics hide the beginning.
                for base in gazetteer::bases(&word.folded, from) {
                    keys.extend(names::keys(&base));
                }
            }
            keys
        })
        .collect();
    for (y, word) in target.words.iter().enumerate() {
        if !word.capital || word.letters() < 2 {
            continue;
        }
        let mine = if from.cased { Vec::new() } else { names::keys(word.text) };
        let wanted = candidates.contains(&y);
        let mut best: Option<(usize, f64)> = None;
        for (x, other) in source.words.iter().enumerate() {
            if word.folded == other.folded {
                supported[y] = true;
                rendered[x] = true;
                pairs.insert((x, y));
                continue;
            }
            if from.cased && !other.capital || !from.cased && !keys[x].iter().any(|key| mine.contains(key)) {
                continue;
            }
            // A Latin name in a text of another script.
            if other.folded.is_ascii() {
                let edits = strsim::osa_distance(&word.folded, &other.folded);
                if wanted && edits == 1 && other.letters() >= SHORTEST && other.capital {
                    near.push((x, y, Likeness::Letters { edits, strange: !word.known, context: false }));
                }
                continue;
            }
            let mut probability = Matcher::probability(other.text, &from.tag, word.text, &to.tag);
            if !from.cased && probability < renders {
                // Clitics of one letter that the rules leave on short names.
                let rest = other.text.char_indices().nth(1).and_then(|(at, _)| other.text.get(at..));
                let prefixes = from.names.as_ref().map_or(&[][..], |names| names.prefixes.as_slice());
                let clitic = prefixes
                    .iter()
                    .any(|prefix| prefix.chars().count() == 1 && other.text.starts_with(prefix.as_str()));
                if let Some(rest) = rest.filter(|rest| clitic && rest.chars().count() >= 3) {
                    probability = probability.max(Matcher::probability(rest, &from.tag, word.text, &to.tag));
                }
            }
            if probability >= renders {
                supported[y] = true;
                rendered[x] = true;
                pairs.insert((x, y));
            } else if wanted
                && from.cased
                && other.letters() >= 2
                && probability >= RESEMBLES
                && best.is_none_or(|(_, old)| probability > old)
            {
                best = Some((x, probability));
            }
        }
        // Two words here, one there: ван Дайк, Vandyke.
        if wanted && !supported[y] {
            supported[y] = source.words.windows(2).any(|two| {
                (!from.cased || two[0].capital || two[1].capital)
                    && two[0].letters() + two[1].letters() <= word.letters() + 4
                    && {
                        let joined = format!("{}{}", two[0].text, two[1].text);
                        (from.cased || names::keys(&joined).iter().any(|key| mine.contains(key)))
                            && Matcher::probability(&joined, &from.tag, word.text, &to.tag) >= renders
                    }
            });
        }
        // What is derived from a name: гарвардской, Harvard.
        if let (Some((x, _)), true, false) = (best, from.cased, supported[y]) {
            let written = source.words[x].text;
            let cuts = written.char_indices().skip(5).filter_map(|(at, _)| written.get(..at));
            supported[y] = cuts
                .filter(|stem| written.chars().count() - stem.chars().count() >= 3)
                .any(|stem| Matcher::probability(stem, &from.tag, word.text, &to.tag) >= ADAPTS);
        }
        if wanted && !from.cased && !supported[y] {
            unheard.push(y);
        }
        if let (Some((x, probability)), false) = (best, supported[y]) {
            near.push((x, y, Likeness::Sound { probability, strange: !word.known, context: false }));
        }
    }
    // What renders a name cannot be near another: the names that are rendered are known first.
    for y in unheard {
        let word = target.words[y];
        let places = beside_its_other_part(target, y, &pairs);
        match by_ear::hear(source, &rendered, (word, to), places.as_deref()) {
            Some(Heard::Rendered(x)) => {
                (rendered[x], supported[y]) = (true, true);
                pairs.insert((x, y));
            }
            Some(Heard::Near(x, probability)) => {
                near.push((x, y, Likeness::Sound { probability, strange: !word.known, context: false }));
            }
            None => {}
        }
    }
    Table { rendered, supported, near, pairs }
}

/// Where the source must have a part of a whole name another part of which it renders.
pub(super) fn beside_its_other_part(
    target: &Side<'_>,
    at: usize,
    pairs: &BTreeSet<(usize, usize)>,
) -> Option<Vec<usize>> {
    let name = target.words[at].name.filter(|name| name.kind == NameKind::Person)?;
    let parts = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(|&other| {
        target.words.get(other).and_then(|word| word.name).is_some_and(|other| std::ptr::eq(other, name))
    });
    let rendered = parts.flat_map(|part| pairs.iter().filter(move |pair| pair.1 == part).map(|pair| pair.0));
    let places: Vec<usize> = rendered.flat_map(|x| [x.wrapping_sub(1), x + 1]).collect();
    (!places.is_empty()).then_some(places)
}

/// Whether a word is a place of the tables, for certain, that the other side lacks.
pub(super) fn lost(word: &Word<'_>, others: &BTreeSet<&str>) -> bool {
    word.name.is_some_and(|name| {
        name.kind == NameKind::Place
            && name.certainty > 0.95
            && name.key.as_deref().is_some_and(|key| !others.contains(place_of(key)))
    })
}

/// Whether a passage says this very place or body, alone or within a longer name: the *Boston Globe*.
pub(super) fn says_place(side: &Side<'_>, key: &str) -> bool {
    let language = side.document.language;
    let kinds = [gazetteer::Kind::Place, gazetteer::Kind::Organisation];
    side.words.iter().any(|word| word.key() == Some(key))
        || kinds.into_iter().filter_map(|kind| gazetteer::name_in(key, kind, language)).any(|name| {
            let name = fold(name);
            side.words.iter().any(|word| word.folded == name)
        })
}

/// Whether either of two words is a person or a place of the tables for certain.
pub(super) fn is_grave(
    one: &Word<'_>,
    other: &Word<'_>,
    (here, there): (&BTreeSet<&str>, &BTreeSet<&str>),
) -> bool {
    one.is_person() || other.is_person() || lost(one, there) || lost(other, here)
}

/// Whether a strange word is one slip away from a place's name. Another word of the family is no slip: Korea,
/// Korean.
fn is_slip_of(word: &Word<'_>, key: &str, language: &Language) -> bool {
    let slips = |form: &str| {
        let form = fold(form);
        !form.contains(&word.folded)
            && !word.folded.contains(&form)
            && skeleton(&form) != skeleton(&word.folded)
    };
    !word.known
        && word.letters() >= 5
        && gazetteer::index(language)
            .near(&word.folded)
            .iter()
            .any(|(form, row)| row.key == key && slips(form))
}

/// Whether two words stand beside words that are one name, on the same hand.
pub(super) fn beside(source: &Side<'_>, target: &Side<'_>, table: &Table, (x, y): (usize, usize)) -> bool {
    let step = |forward: bool| {
        let (a, b) = if forward { (x + 1, y + 1) } else { (x.wrapping_sub(1), y.wrapping_sub(1)) };
        let touches = |side: &Side<'_>, one: usize, two: usize| {
            side.words.get(one).zip(side.words.get(two)).is_some_and(|(one, two)| {
                let (one, two) = if one.span < two.span { (one, two) } else { (two, one) };
                let between = Span::new(one.span.end, two.span.start.max(one.span.end));
                side.document.excerpt(between).chars().count() <= 2
            })
        };
        table.pairs.contains(&(a, b)) && touches(source, x, a) && touches(target, y, b)
    };
    step(true) || step(false)
}

/// Pairs what is left over on both sides.
pub(super) fn residue(
    source: &Side<'_>,
    target: &Side<'_>,
    candidates: &[usize],
    table: &Table,
) -> Vec<Change> {
    let (from, to) = (source.document.language, target.document.language);
    let (here, there) = (source.keys(), target.keys());
    let mut out: Vec<Change> = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut done: BTreeSet<usize> = BTreeSet::new();
    // The same place in the sentence, as a share of its words.
    let share = |at: usize, words: &[&Word<'_>]| at as f64 / words.len().max(1) as f64;
    let level = |x: usize, y: usize| (share(x, &source.words) - share(y, &target.words)).abs() < 0.15;
    let grave = |x: usize, y: usize| is_grave(source.words[x], target.words[y], (&here, &there));
    for &y in candidates.iter().filter(|&&y| !table.supported[y]) {
        let word = target.words[y];
        if is_people(word, to) {
            continue;
        }
        let best = table
            .near
            .iter()
            .filter(|near| near.1 == y)
            .filter_map(|&(x, _, likeness)| {
                let other = source.words[x];
                let context = beside(source, target, table, (x, y));
                let left_over = !table.rendered[x]
                    && other.key().is_none_or(|key| {
                        other.name.is_some_and(|name| name.kind == NameKind::Place)
                            && !there.contains(place_of(key))
                    });
                let (likeness, fits, order) = match likeness {
                    Likeness::Letters { edits, strange, .. } => {
                        let person = other.is_person() && word.is_person();
                        let fits = match (strange, edits) {
                            (true, 1) => left_over || other.letters() >= 5,
                            (true, _) => left_over && (context || person) && other.is_name(from),
                            (false, _) => {
                                left_over
                                    && (context && person
                                        || (context || edits == 1 || level(x, y) && !word.opens)
                                            && other.is_name(from)
                                            && !other.known
                                            && !is_derived(other, from))
                            }
                        };
                        (Likeness::Letters { edits, strange, context }, fits, edits as f64)
                    }
                    Likeness::Sound { probability, strange, .. } => {
                        // Without capitals the ear has judged whether it may be a name.
                        let named = !from.cased || other.is_name(from);
                        let fits = left_over && named && strange && (context || word.is_name(to));
                        (Likeness::Sound { probability, strange, context }, fits, 1.0 - probability)
                    }
                    other => (other, false, 9.0),
                };
                fits.then_some((order, x, likeness))
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let slip = || {
            let lost_places = (0..source.words.len()).filter(|&x| lost(source.words[x], &there));
            lost_places
                .filter(|&x| source.words[x].key().is_some_and(|key| is_slip_of(word, key, to)))
                .map(|x| (0.0, x, Likeness::Letters { edits: 1, strange: true, context: true }))
                .next()
        };
        if let Some((_, x, likeness)) = best.or_else(slip) {
            taken.insert(x);
            done.insert(y);
            let (source, target) = (source.words[x].span, word.span);
            out.push(Change { source, target, likeness, grave: grave(x, y) });
        }
    }
    out.extend(replaced::changes(source, target, table, (taken, done)));
    out
}
