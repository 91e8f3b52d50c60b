//! Two ledgers to one. Every field is joined so that neither order nor repetition matters: what both have stays, lists are
//! united, days widen, and where two people wrote different things the later of the two in the alphabet stands.

use std::collections::{BTreeMap, btree_map};

use serde::Serialize;
use serde_json::Value;

use super::{Entry, Ledger, Office, Status};

impl Ledger {
    /// Both. Entries are one where kind, name and key are the same.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let mut entities: BTreeMap<_, Entry> = BTreeMap::new();
        for entry in self.entities.into_iter().chain(other.entities) {
            let key = (entry.kind, entry.name.clone(), entry.key.clone());
            let entry = match entities.remove(&key) {
                Some(known) => known.join(entry),
                None => entry,
            };
            entities.insert(key, entry);
        }
        // What one of them says twice is said once, whichever of them it is.
        let tidied = entities.into_values().map(Entry::tidied);
        let mut ledger =
            Self { version: self.version, entities: tidied.collect(), rest: rest(self.rest, other.rest) };
        ledger.sort();
        ledger
    }
}

impl Entry {
    fn join(mut self, other: Self) -> Self {
        if other.status == Status::Accepted {
            self.status = Status::Accepted;
        }
        self.preferred = later(self.preferred, other.preferred);
        self.avoid = later(self.avoid, other.avoid);
        self.confused_with.extend(other.confused_with);
        for (language, spellings) in other.spellings {
            self.spellings.entry(language).or_default().extend(spellings);
        }
        self.roles.extend(other.roles);
        self.sources.extend(other.sources);
        self.rest = rest(self.rest, other.rest);
        self
    }

    /// Lists in order, nothing in them twice.
    fn tidied(mut self) -> Self {
        self.confused_with.sort();
        self.confused_with.dedup();
        for spellings in self.spellings.values_mut() {
            spellings.sort();
            spellings.dedup();
        }
        let mut roles: BTreeMap<_, Office> = BTreeMap::new();
        for office in std::mem::take(&mut self.roles) {
            match roles.entry((office.role.clone(), office.of.clone())) {
                btree_map::Entry::Occupied(mut mine) => mine.get_mut().join(office),
                btree_map::Entry::Vacant(free) => {
                    free.insert(office);
                }
            }
        }
        self.roles = roles.into_values().collect();
        self
    }
}

impl Office {
    fn join(&mut self, other: Self) {
        let mine = std::mem::take(&mut self.first);
        self.first = match (mine, other.first) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        // Nothing is before any day.
        self.last = std::mem::take(&mut self.last).max(other.last);
        self.rest = rest(std::mem::take(&mut self.rest), other.rest);
    }
}

fn rest(mut one: BTreeMap<String, Value>, two: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    for (key, value) in two {
        let joined = later(one.remove(&key), Some(value));
        one.extend(joined.map(|value| (key, value)));
    }
    one
}

/// What is given; of two, the later by their JSON.
fn later<T: Serialize>(one: Option<T>, two: Option<T>) -> Option<T> {
    let text =
        |value: &Option<T>| value.as_ref().map(|value| serde_json::to_string(value).unwrap_or_default());
    if text(&two) > text(&one) { two } else { one }
}
