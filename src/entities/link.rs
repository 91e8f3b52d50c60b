//! Units of several documents to groups: one group an entity.

use std::collections::BTreeMap;

use crate::lang::text::fold;
use crate::model::{Document, NameKind};
use crate::names::{Matcher, Verdict};

use super::units::{Unit, parts};

/// Indices of units that are one thing, each group by document.
///
/// Places and organisations with a row of the gazetteer join by it. Persons join by name, then by role: the
/// same office and the same given name with another surname, in accounts of one event, is one person under a
/// wrong name. Two units of one document never join.
pub(super) fn groups(units: &[Unit], documents: &[Document]) -> Vec<Vec<usize>> {
    let mut sets = Sets::new(units);
    let mut keys: BTreeMap<(NameKind, &str), usize> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        let id = unit.key.as_deref().unwrap_or(&unit.folded);
        if unit.key.is_some() || unit.kind != NameKind::Person {
            match keys.get(&(unit.kind, id)) {
                Some(&first) => sets.join(first, index),
                None => drop(keys.insert((unit.kind, id), index)),
            }
        }
    }
    let persons: Vec<usize> =
        (0..units.len()).filter(|&index| units[index].kind == NameKind::Person).collect();
    by_name(&persons, units, documents, &mut sets);
    by_role(&persons, units, documents, &mut sets);
    sets.groups()
}

fn by_name(persons: &[usize], units: &[Unit], documents: &[Document], sets: &mut Sets) {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (nth, &a) in persons.iter().enumerate() {
        for &b in &persons[nth + 1..] {
            if units[a].document == units[b].document {
                continue;
            }
            if let Some(probability) = same(&units[a], &units[b], documents) {
                pairs.push((probability, a, b));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (_, a, b) in pairs {
        sets.join(a, b);
    }
}

/// Probability that two units name one person; `None` where they do not.
fn same(a: &Unit, b: &Unit, documents: &[Document]) -> Option<f64> {
    let (left, right) = (documents[a.document].language, documents[b.document].language);
    if a.words >= 2 && b.words >= 2 {
        let found = Matcher::compare(&a.text, &left.tag, &b.text, &right.tag);
        return (found.verdict == Verdict::Same).then_some(found.probability);
    }
    // A surname alone joins whoever bears it, behind every full name.
    let surname = |unit: &Unit| parts(&unit.text).last().map(|&part| part.to_owned()).unwrap_or_default();
    let found = Matcher::compare(&surname(a), &left.tag, &surname(b), &right.tag);
    (found.verdict == Verdict::Same).then_some(found.probability * 0.5)
}

fn by_role(persons: &[usize], units: &[Unit], documents: &[Document], sets: &mut Sets) {
    let mut offices: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for &index in persons {
        for role in &units[index].roles {
            let Some(of) = &role.of else { continue };
            let holders = offices.entry((role.concept.as_str(), of.as_str())).or_default();
            if holders.last() != Some(&index) {
                holders.push(index);
            }
        }
    }
    for holders in offices.values() {
        for (nth, &a) in holders.iter().enumerate() {
            for &b in &holders[nth + 1..] {
                if given_names_agree(&units[a], &units[b], documents) {
                    sets.join(a, b);
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
    documents: Vec<usize>,
    keyed: Vec<bool>,
}

impl Sets {
    fn new(units: &[Unit]) -> Self {
        Self {
            set_of: (0..units.len()).collect(),
            members: (0..units.len()).map(|index| vec![index]).collect(),
            documents: units.iter().map(|unit| unit.document).collect(),
            keyed: units.iter().map(|unit| unit.key.is_some()).collect(),
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.set_of[a], self.set_of[b]);
        if a == b {
            return;
        }
        let clash = self.members[a].iter().any(|&x| {
            self.members[b]
                .iter()
                .any(|&y| self.documents[x] == self.documents[y] && !(self.keyed[x] && self.keyed[y]))
        });
        if clash {
            return;
        }
        let (into, from) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.members[from]);
        for &member in &moved {
            self.set_of[member] = into;
        }
        self.members[into].extend(moved);
        self.members[into].sort_unstable();
    }

    fn groups(self) -> Vec<Vec<usize>> {
        self.members.into_iter().filter(|members| !members.is_empty()).collect()
    }
}
