//! Units of several documents to groups: one group an entity.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::text::fold;
use crate::model::{Document, NameKind};
use crate::names::{Matcher, is_korean_family, keys, latin_words};

use super::alone::is_office;
use super::units::{Unit, parts, tail};

/// Indices of units that are one thing, each group by document.
///
/// Places and organisations with a row of the gazetteer join by it. Persons join by name, then by role: the
/// same office and the same given name with another surname, in accounts of one event, is one person under a
/// wrong name. A surname alone joins the one who bears it, of several the one in that office. Two units of one
/// document never join.
pub(super) fn groups(units: &[Unit], documents: &[Document]) -> Vec<Vec<usize>> {
    let mut sets = Sets::new(units);
    let mut rows: BTreeMap<(NameKind, &str), usize> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        let id = unit.key.as_deref().unwrap_or(&unit.folded);
        if unit.key.is_some() || unit.kind != NameKind::Person {
            match rows.get(&(unit.kind, id)) {
                Some(&first) => sets.join(first, index),
                None => drop(rows.insert((unit.kind, id), index)),
            }
        }
    }
    let spellings = Spellings::of(units, documents);
    let single = by_name(&spellings, units, documents, &mut sets);
    by_role(&spellings, units, documents, &mut sets);
    by_surname(single, &spellings, units, &mut sets);
    sets.groups()
}

/// Whether a unit is compared by how it is written: persons, places, and names that no table explains.
fn is_compared(unit: &Unit) -> bool {
    unit.kind == NameKind::Person || unit.is_place()
}

/// What is compared with each other: persons with persons, places and unexplained names with theirs.
fn class(unit: &Unit) -> NameKind {
    if unit.is_place() { NameKind::Place } else { unit.kind }
}

/// Names by spelling: what a hundred accounts write alike is compared once.
struct Spellings {
    /// Units with one spelling in one language, in order.
    units: Vec<Vec<usize>>,
    /// The spelling of each unit that is compared.
    of_unit: BTreeMap<usize, usize>,
}

impl Spellings {
    fn of(units: &[Unit], documents: &[Document]) -> Self {
        let mut known: BTreeMap<(NameKind, &str, &str), usize> = BTreeMap::new();
        let mut out = Self { units: Vec::new(), of_unit: BTreeMap::new() };
        for (index, unit) in units.iter().enumerate().filter(|(_, unit)| is_compared(unit)) {
            let language = documents[unit.document].language.tag.as_str();
            let spelling = *known.entry((unit.kind, &unit.folded, language)).or_insert_with(|| {
                out.units.push(Vec::new());
                out.units.len() - 1
            });
            out.units[spelling].push(index);
            out.of_unit.insert(index, spelling);
        }
        out
    }

    /// Joins every unit of one spelling to those of another, where no document holds both.
    fn join(&self, a: usize, b: usize, sets: &mut Sets) {
        let (left, right) = (&self.units[a], &self.units[b]);
        for &unit in left {
            sets.join(unit, right[0]);
        }
        for &unit in right {
            sets.join(left[0], unit);
        }
    }
}

/// Joins whole names and places; the pairs of a surname alone and what may bear it are given back, by surname.
fn by_name(
    spellings: &Spellings,
    units: &[Unit],
    documents: &[Document],
    sets: &mut Sets,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut blocks: BTreeMap<(NameKind, String), Vec<usize>> = BTreeMap::new();
    for (spelling, members) in spellings.units.iter().enumerate() {
        spellings.join(spelling, spelling, sets);
        let unit = &units[members[0]];
        for key in parts(&unit.text).into_iter().flat_map(keys).flat_map(|key| [tail(&key), key]) {
            let block = blocks.entry((class(unit), key)).or_default();
            if block.last() != Some(&spelling) {
                block.push(spelling);
            }
        }
        for key in joined(unit) {
            let block = blocks.entry((class(unit), key)).or_default();
            if block.last() != Some(&spelling) {
                block.push(spelling);
            }
        }
    }
    // Without their first sound names are compared with those of scripts without spaces alone.
    let together = |spelling: usize| !documents[units[spellings.units[spelling][0]].document].language.spaced;
    let candidates: BTreeSet<(usize, usize)> = blocks
        .iter()
        .flat_map(|((_, key), block)| {
            let whole = !key.starts_with('-');
            let pairs = block.iter().enumerate();
            let pairs = pairs.flat_map(|(nth, &a)| block[nth + 1..].iter().map(move |&b| (a, b)));
            pairs.filter(move |&(a, b)| whole || together(a) != together(b))
        })
        .collect();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    let mut single: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (a, b) in candidates {
        let (left, right) = (&units[spellings.units[a][0]], &units[spellings.units[b][0]]);
        let Some(probability) = same(left, right, documents) else { continue };
        match (class(left) == NameKind::Person, left.is_full(), right.is_full()) {
            (true, false, true) => drop(single.entry(a).or_default().insert(b)),
            (true, true, false) => drop(single.entry(b).or_default().insert(a)),
            _ => pairs.push((probability, a, b)),
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (_, a, b) in pairs {
        spellings.join(a, b, sets);
    }
    single
}

/// Keys of a whole name as other scripts write it: family and given name together, in either order.
fn joined(unit: &Unit) -> Vec<String> {
    let parts = parts(&unit.text);
    if !unit.is_full() || parts.len() < 2 {
        return Vec::new();
    }
    let turned: String = parts.iter().rev().copied().collect();
    [parts.concat(), turned].iter().flat_map(|word| keys(word)).collect()
}

/// Probability that two units name one thing; `None` where they do not.
fn same(a: &Unit, b: &Unit, documents: &[Document]) -> Option<f64> {
    let (left, right) = (documents[a.document].language, documents[b.document].language);
    if class(a) == NameKind::Place {
        // Two rows of the tables are two places.
        let rows = a.key.is_some() && b.key.is_some();
        let found = || Matcher::probability(&a.text, &left.tag, &b.text, &right.tag);
        return Some(if rows || a.words != b.words { 0.0 } else { found() }).filter(|&found| found > 0.5);
    }
    if a.is_full() && b.is_full() {
        let probability = Matcher::in_a_story(&a.text, &left.tag, &b.text, &right.tag);
        return (probability > 0.5).then_some(probability);
    }
    let surname = |unit: &Unit| parts(&unit.text).last().map(|&part| part.to_owned()).unwrap_or_default();
    let probability = Matcher::probability(&surname(a), &left.tag, &surname(b), &right.tag);
    (probability > 0.5).then_some(probability)
}

/// The office of a unit: what it is, and whose.
fn offices<'a>(indices: &[usize], units: &'a [Unit]) -> BTreeSet<(&'a str, Option<&'a str>)> {
    let roles = indices.iter().flat_map(|&index| &units[index].roles);
    roles.map(|role| (role.concept.as_str(), role.of.as_deref())).collect()
}

/// Joins a surname alone to the one person who bears it; where several do, to the one who holds its office.
fn by_surname(
    single: BTreeMap<usize, BTreeSet<usize>>,
    spellings: &Spellings,
    units: &[Unit],
    sets: &mut Sets,
) {
    for (surname, bearers) in single {
        for &unit in &spellings.units[surname] {
            let own = offices(&[unit], units);
            let homes: BTreeSet<usize> = bearers
                .iter()
                .flat_map(|&bearer| &spellings.units[bearer])
                .map(|&bearer| sets.set_of(bearer))
                .collect();
            let holds = |&&home: &&usize| {
                let theirs = offices(sets.members(home), units);
                own.iter()
                    .any(|(concept, _)| is_office(concept) && theirs.iter().any(|other| other.0 == *concept))
            };
            let holders: Vec<usize> = homes.iter().filter(holds).copied().collect();
            let home = match (homes.iter().next(), &holders[..]) {
                (Some(&only), _) if homes.len() == 1 => Some(only),
                (_, &[only]) => Some(only),
                _ => None,
            };
            if let Some(&member) = home.and_then(|home| sets.members(home).first()) {
                sets.join(member, unit);
            }
        }
    }
}

/// Joins holders of one office under different names, where one of their names agrees.
fn by_role(spellings: &Spellings, units: &[Unit], documents: &[Document], sets: &mut Sets) {
    let mut offices: BTreeMap<(&str, Option<&str>), BTreeSet<usize>> = BTreeMap::new();
    for (&index, &spelling) in &spellings.of_unit {
        if !units[index].is_full() {
            continue;
        }
        for role in units[index].roles.iter().filter(|role| role.of.is_some() || is_office(&role.concept)) {
            offices.entry((role.concept.as_str(), role.of.as_deref())).or_default().insert(spelling);
            offices.entry((role.concept.as_str(), None)).or_default().insert(spelling);
        }
    }
    // Whose office it is is told first.
    let mut known: Vec<_> = offices.into_iter().collect();
    known.sort_by_key(|((concept, of), _)| (of.is_none(), *concept, *of));
    for ((concept, of), holders) in known {
        let holders: Vec<usize> = holders.into_iter().collect();
        for (nth, &a) in holders.iter().enumerate() {
            for &b in &holders[nth + 1..] {
                let (left, right) = (&units[spellings.units[a][0]], &units[spellings.units[b][0]]);
                let agree = given_names_agree(left, right, documents)
                    || of.is_some() && is_office(concept) && surnames_agree(left, right, documents);
                if agree && (of.is_some() || owners_agree(a, b, concept, spellings, units)) {
                    spellings.join(a, b, sets);
                }
            }
        }
    }
}

/// Whether nobody says of two holders of an office that they hold it in different places.
fn owners_agree(a: usize, b: usize, concept: &str, spellings: &Spellings, units: &[Unit]) -> bool {
    let owners = |spelling: usize| -> BTreeSet<&str> {
        let roles = spellings.units[spelling].iter().flat_map(|&index| &units[index].roles);
        roles.filter(|role| role.concept == concept).filter_map(|role| role.of.as_deref()).collect()
    };
    let (left, right) = (owners(a), owners(b));
    left.is_empty() || right.is_empty() || !left.is_disjoint(&right)
}

fn given_names_agree(a: &Unit, b: &Unit, documents: &[Document]) -> bool {
    one_name_agrees(a, b, documents, |parts| parts.first().copied())
}

fn surnames_agree(a: &Unit, b: &Unit, documents: &[Document]) -> bool {
    one_name_agrees(a, b, documents, |parts| parts.last().copied())
}

fn one_name_agrees<'a>(
    a: &'a Unit,
    b: &'a Unit,
    documents: &[Document],
    which: impl Fn(&[&'a str]) -> Option<&'a str>,
) -> bool {
    let (left, right) = (parts(&a.text), parts(&b.text));
    if left.len() < 2 || right.len() < 2 {
        return false;
    }
    let (Some(one), Some(other)) = (which(&left), which(&right)) else { return false };
    // Half a nation bears one of a few family names, and they stand first.
    let family = |word: &str| latin_words(word).iter().any(|word| is_korean_family(word));
    if family(one) || family(other) {
        return false;
    }
    let (from, to) = (documents[a.document].language, documents[b.document].language);
    fold(one) == fold(other) || Matcher::in_a_story(one, &from.tag, other, &to.tag) > 0.5
}

/// Disjoint sets that never hold two units of one document, but for one thing under one key.
struct Sets {
    set_of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Documents of the members, and of those without a key.
    documents: Vec<(BTreeSet<usize>, BTreeSet<usize>)>,
}

impl Sets {
    fn new(units: &[Unit]) -> Self {
        let documents = units.iter().map(|unit| {
            let own = BTreeSet::from([unit.document]);
            (own.clone(), if unit.key.is_some() { BTreeSet::new() } else { own })
        });
        Self {
            set_of: (0..units.len()).collect(),
            members: (0..units.len()).map(|index| vec![index]).collect(),
            documents: documents.collect(),
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.set_of[a], self.set_of[b]);
        if a == b
            || meet(&self.documents[a].0, &self.documents[b].1)
            || meet(&self.documents[a].1, &self.documents[b].0)
        {
            return;
        }
        // The smaller set moves: every unit moves a few times at most.
        let (into, from) = if self.members[a].len() < self.members[b].len() { (b, a) } else { (a, b) };
        let moved = std::mem::take(&mut self.members[from]);
        for &member in &moved {
            self.set_of[member] = into;
        }
        self.members[into].extend(moved);
        let (all, loose) = std::mem::take(&mut self.documents[from]);
        self.documents[into].0.extend(all);
        self.documents[into].1.extend(loose);
    }

    fn set_of(&self, unit: usize) -> usize {
        self.set_of[unit]
    }

    fn members(&self, set: usize) -> &[usize] {
        &self.members[set]
    }

    fn groups(self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> =
            self.members.into_iter().filter(|members| !members.is_empty()).collect();
        for group in &mut groups {
            group.sort_unstable();
        }
        groups.sort_unstable();
        groups
    }
}

/// Whether two sets share a member.
fn meet(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter().any(|member| many.contains(member))
}
