//! Looking up in a ledger: candidates by sound, holders by office, nothing compared with everything.

use std::collections::BTreeMap;

use super::{Entry, Kind, Ledger};
use crate::lang::text::is_unspaced;
use crate::lang::words::words;
use crate::names::{Match, Matcher, Verdict, keys};

/// A ledger with its indexes.
#[derive(Debug, Default)]
pub struct Known {
    ledger: Ledger,
    /// Entries by the sounds of the last word of each spelling.
    by_sound: BTreeMap<String, Vec<usize>>,
    by_office: BTreeMap<(String, String), Vec<usize>>,
    by_key: BTreeMap<String, usize>,
    by_name: BTreeMap<(Kind, String), usize>,
}

impl From<Ledger> for Known {
    fn from(ledger: Ledger) -> Self {
        let mut out = Self { ledger, ..Self::default() };
        for index in 0..out.ledger.entities.len() {
            out.index(index);
        }
        out
    }
}

/// The words of a name; where words are not spaced, what middle dots part.
pub(super) fn parts(name: &str) -> Vec<&str> {
    if name.chars().any(is_unspaced) {
        return name.split(['·', '・', '‧', '•', '＝']).filter(|part| !part.is_empty()).collect();
    }
    words(name).map(|word| word.text).collect()
}

impl Known {
    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The ledger, to be written.
    pub fn into_ledger(mut self) -> Ledger {
        self.ledger.sort();
        self.ledger
    }

    pub(super) fn entry(&mut self, index: usize) -> &mut Entry {
        &mut self.ledger.entities[index]
    }

    pub(super) fn push(&mut self, entry: Entry) -> usize {
        self.ledger.entities.push(entry);
        self.ledger.entities.len() - 1
    }

    /// Takes an entry into the indexes, again where it has grown.
    pub(super) fn index(&mut self, index: usize) {
        let entry = &self.ledger.entities[index];
        if let Some(key) = &entry.key {
            self.by_key.insert(key.clone(), index);
        }
        self.by_name.entry((entry.kind, entry.name.clone())).or_insert(index);
        let names = entry.spellings.values().flatten().chain(std::iter::once(&entry.name));
        for key in names.flat_map(|name| parts(name).into_iter().flat_map(keys).collect::<Vec<_>>()) {
            let entries = self.by_sound.entry(key).or_default();
            if !entries.contains(&index) {
                entries.push(index);
            }
        }
        for office in &entry.roles {
            let key = (office.role.clone(), office.of.clone().unwrap_or_default());
            let holders = self.by_office.entry(key).or_default();
            if !holders.contains(&index) {
                holders.push(index);
            }
        }
    }

    /// The entry of a row of the gazetteer.
    pub fn of_key(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// The entry that reports call so.
    pub(super) fn of_name(&self, kind: Kind, name: &str) -> Option<usize> {
        self.by_name.get(&(kind, name.to_owned())).copied()
    }

    /// Everybody who holds or held an office.
    pub fn holders(&self, role: &str, of: &str) -> impl Iterator<Item = &Entry> {
        let holders = self.by_office.get(&(role.to_owned(), of.to_owned()));
        holders.into_iter().flatten().map(|&index| &self.ledger.entities[index])
    }

    /// Spellings that the house does not want in a language, each with its entry.
    pub fn avoided(&self, language: &str) -> Vec<(&str, &Entry)> {
        self.ledger
            .entities
            .iter()
            .flat_map(|entry| {
                let avoid = entry.avoid.as_ref().and_then(|avoid| avoid.get(language));
                avoid.into_iter().flatten().map(move |form| (form.as_str(), entry))
            })
            .collect()
    }

    /// Entries of a kind that share the sounds of one of the words of a name.
    fn candidates(&self, kind: Kind, name: &str) -> Vec<usize> {
        let keys = parts(name).into_iter().flat_map(keys);
        let mut candidates: Vec<usize> =
            keys.filter_map(|key| self.by_sound.get(&key)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|&index| self.ledger.entities[index].kind == kind);
        candidates
    }

    /// Entries of a kind whose name is near another and not the same.
    pub fn alike(&self, kind: Kind, name: &str, language: &str) -> impl Iterator<Item = &Entry> {
        let entries = self.candidates(kind, name).into_iter().map(|index| &self.ledger.entities[index]);
        entries.filter(move |entry| {
            entry.compare(name, language).is_some_and(|found| found.verdict == Verdict::Near)
        })
    }

    /// The entry of a kind that a name stands for, the likeliest.
    pub fn find(&self, kind: Kind, name: &str, language: &str) -> Option<usize> {
        self.candidates(kind, name)
            .into_iter()
            .filter_map(|index| {
                let found = self.ledger.entities[index].compare(name, language)?;
                (found.verdict == Verdict::Same).then_some((found.probability, index))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|(_, index)| index)
    }
}

impl Entry {
    /// Compares a whole name with the spelling of the entry that is closest to it: of its language, else whichever
    /// is nearest. Names of fewer words than the entry's are not compared: a surname stands for many.
    pub fn compare(&self, name: &str, language: &str) -> Option<Match> {
        let count = parts(name).len();
        let whole =
            |spelling: &&String| count >= 2 && parts(spelling).len() >= 2 || count == parts(spelling).len();
        let own = self.spellings.get(language).into_iter().flatten().map(|spelling| (spelling, language));
        let others = self
            .spellings
            .iter()
            .filter(|(tag, _)| *tag != language)
            .flat_map(|(tag, spellings)| spellings.iter().map(move |spelling| (spelling, tag.as_str())));
        own.chain(others)
            .chain(std::iter::once((&self.name, "")))
            .filter(|(spelling, _)| whole(spelling))
            .map(|(spelling, tag)| Matcher::compare(name, language, spelling, tag))
            .max_by(|a, b| a.margin.total_cmp(&b.margin))
    }

    /// Its spelling for readers of a language: what the house prefers, what was seen, its name.
    pub fn spelling(&self, language: &str) -> &str {
        let preferred = self.preferred.as_ref().and_then(|preferred| preferred.get(language));
        let seen = self.spellings.get(language).and_then(|spellings| spellings.first());
        preferred.or(seen).map_or(self.name.as_str(), String::as_str)
    }
}
