//! Units of several documents to groups: one group an entity.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::text::fold;
use crate::model::{Document, NameKind};
use crate::names::{Matcher, Verdict, keys};

use super::units::{Unit, parts, tail};

/// Indices of units that are one thing, each group by document.
///
/// Places and organisations with a row of the gazetteer join by it. Persons join by name, then by role: the
/// same office and the same given name with another surname, in accounts of one event, is one person under a
/// wrong name. Two units of one document never join.
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
    by_name(&spellings, units, documents, &mut sets);
    by_role(&spellings, units, documents, &mut sets);
    sets.groups()
}

/// Whether units of a kind are joined by how they are written: persons, and names that no table explains.
fn is_compared(unit: &Unit) -> bool {
    unit.kind == NameKind::Person || unit.kind == NameKind::Other && unit.key.is_none()
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

fn by_name(spellings: &Spellings, units: &[Unit], documents: &[Document], sets: &mut Sets) {
    let mut blocks: BTreeMap<(NameKind, String), Vec<usize>> = BTreeMap::new();
    for (spelling, members) in spellings.units.iter().enumerate() {
        spellings.join(spelling, spelling, sets);
        let unit = &units[members[0]];
        for key in parts(&unit.text).into_iter().flat_map(keys).flat_map(|key| [tail(&key), key]) {
            let block = blocks.entry((unit.kind, key)).or_default();
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
    let mut pairs: Vec<(f64, usize, usize)> = candidates
        .into_iter()
        .filter_map(|(a, b)| {
            let (left, right) = (&units[spellings.units[a][0]], &units[spellings.units[b][0]]);
            same(left, right, documents).map(|probability| (probability, a, b))
        })
        .collect();
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (_, a, b) in pairs {
        spellings.join(a, b, sets);
    }
}

/// Probability that two units name one person; `None` where they do not.
fn same(a: &Unit, b: &Unit, documents: &[Document]) -> Option<f64> {
    let (left, right) = (documents[a.document].language, documents[b.document].language);
    if a.kind == NameKind::Other {
        let found = Matcher::compare(&a.text, &left.tag, &b.text, &right.tag);
        let same = a.words == b.words && found.verdict == Verdict::Same;
        return same.then_some(found.probability);
    }
    if a.words >= 2 && b.words >= 2 {
        let found = Matcher::compare(&a.text, &left.tag, &b.text, &right.tag);
        return (found.verdict == Verdict::Same).then_some(found.probability);
    }
    // A surname alone joins whoever bears it, behind every full name.
    let surname = |unit: &Unit| parts(&unit.text).last().map(|&part| part.to_owned()).unwrap_or_default();
    let found = Matcher::compare(&surname(a), &left.tag, &surname(b), &right.tag);
    (found.verdict == Verdict::Same).then_some(found.probability * 0.5)
}

fn by_role(spellings: &Spellings, units: &[Unit], documents: &[Document], sets: &mut Sets) {
    let mut offices: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    for (&index, &spelling) in &spellings.of_unit {
        for role in &units[index].roles {
            let Some(of) = &role.of else { continue };
            offices.entry((role.concept.as_str(), of.as_str())).or_default().insert(spelling);
        }
    }
    for holders in offices.values() {
        let holders: Vec<usize> = holders.iter().copied().collect();
        for (nth, &a) in holders.iter().enumerate() {
            for &b in &holders[nth + 1..] {
                let (left, right) = (&units[spellings.units[a][0]], &units[spellings.units[b][0]]);
                if given_names_agree(left, right, documents) {
                    spellings.join(a, b, sets);
                }
            }
        }
    }
}

fn given_names_agree(a: &Unit, b: &Unit, documents: &[Document]) -> bool {
    let first = |unit: &Unit| parts(&unit.text).first().map(|&part| part.to_owned()).unwrap_or_default();
    let (left, right) = (documents[a.document].language, documents[b.document].language);
    a.words >= 2
        && b.words >= 2
        && (fold(&first(a)) == fold(&first(b))
            || Matcher::compare(&first(a), &left.tag, &first(b), &right.tag).verdict == Verdict::Same)
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
