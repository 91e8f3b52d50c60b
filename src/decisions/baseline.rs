//! The baseline: what the log of decisions says today, and what it covers.
//!
//! A finding is covered by its check, its words on both sides and its document, never by a line number. Later records
//! override earlier ones about the same thing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decision, Fault, Log, Record, Scope, document_of, fingerprint, record};
use crate::model::{Accepted, InputReport};

/// What a decision is about: a fault, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    fault: Fault,
    scope: Scope,
    /// The document or the languages; empty where the decision holds everywhere.
    place: String,
}

/// A decision that counts, and how often it did.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its line in the log.
    pub line: usize,
    /// The record.
    pub record: Record,
    /// Findings that it covered.
    pub used: usize,
}

/// The decisions that count.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    entries: BTreeMap<Key, Entry>,
    /// Documents that were checked.
    seen: BTreeSet<String>,
    /// Faults that were found and no decision covers, with a record for each.
    open: BTreeMap<Key, Record>,
    today: String,
}

impl Baseline {
    /// The view of a log on a day, `YYYY-MM-DD`.
    pub fn new(log: &Log, today: &str) -> Self {
        let mut entries = BTreeMap::new();
        for (line, record) in log.records() {
            let key = Key::of(record);
            if record.decision == Decision::Fixed {
                entries.remove(&key);
            } else {
                entries.insert(key, Entry { line: *line, record: record.clone(), used: 0 });
            }
        }
        Self { entries, today: today.to_owned(), ..Self::default() }
    }

    /// Moves findings that a decision covers to [`InputReport::accepted`].
    pub fn apply(&mut self, input: &mut InputReport) {
        self.seen.extend(input.subject.documents().iter().map(|document| document.name.clone()));
        let mut covered: Vec<Option<Accepted>> = Vec::with_capacity(input.findings.len());
        let prints = fingerprint::of(input);
        for (index, (finding, print)) in input.findings.iter().zip(prints).enumerate() {
            let fault = Fault::of(finding, input);
            let document = document_of(finding, input).unwrap_or_default().to_owned();
            let (key, accepted) = self.cover(fault, &document, &input.pair());
            covered.push(accepted.map(|record| Accepted {
                index,
                finding: finding.clone(),
                decision: record.decision.as_str(),
                reason: record.reason,
                by: record.by,
                expires: record.expires,
            }));
            if covered.last().is_some_and(Option::is_none) {
                let open = self.open.entry(key).and_modify(|record| record.count += 1);
                open.or_insert_with(|| Record { fingerprint: Some(print), ..record(finding, input) });
            }
        }
        accept(input, covered);
    }

    /// The key of a single finding, and the record that covers it.
    fn cover(&mut self, fault: Fault, document: &str, pair: &str) -> (Key, Option<Record>) {
        let places = [
            (Scope::Everywhere, String::new()),
            (Scope::Pair, pair.to_owned()),
            (Scope::Document, document.to_owned()),
            (Scope::Finding, document.to_owned()),
        ];
        let mut key = Key { fault, scope: Scope::Finding, place: document.to_owned() };
        for (scope, place) in places {
            (key.scope, key.place) = (scope, place);
            let Some(entry) = self.entries.get_mut(&key) else { continue };
            let full = scope == Scope::Finding && entry.used >= entry.record.count;
            if !full && !expired(&entry.record, &self.today) {
                entry.used += 1;
                return (key, Some(entry.record.clone()));
            }
        }
        (key, None)
    }

    /// Every decision that counts, in order of check, words and place.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Whether a decision's day has come.
    pub fn is_expired(&self, entry: &Entry) -> bool {
        expired(&entry.record, &self.today)
    }

    /// Decisions about documents that were checked, of which nothing, or less than was counted, was found. Of a
    /// decision that reaches further than a document nobody can tell.
    pub fn unused(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().filter(|entry| {
            let record = &entry.record;
            let checked = record.document.as_ref().is_some_and(|document| self.seen.contains(document));
            match record.scope {
                Scope::Finding => checked && entry.used < record.count,
                Scope::Document => checked && entry.used == 0,
                Scope::Pair | Scope::Everywhere => false,
            }
        })
    }

    /// Records that would cover every finding that is open. Entries that cover a part of them are widened, and keep
    /// their reason, author and day unless the day has come.
    pub fn update(&self, at: &str, by: Option<&str>, reason: &str) -> Vec<Record> {
        let mut records = Vec::new();
        for (key, open) in &self.open {
            let mut record = open.clone();
            at.clone_into(&mut record.at);
            record.by = by.map(str::to_owned);
            reason.clone_into(&mut record.reason);
            if let Some(entry) = self.entries.get(key).filter(|entry| !self.is_expired(entry)) {
                record.count += entry.used;
                record.decision = entry.record.decision;
                record.reason.clone_from(&entry.record.reason);
                record.by.clone_from(&entry.record.by);
                record.expires.clone_from(&entry.record.expires);
            }
            records.push(record);
        }
        records
    }

    /// Records that take out what is no longer found, and what has expired.
    pub fn prune(&self, at: &str) -> Vec<Record> {
        let expired = self.entries.values().filter(|entry| self.is_expired(entry));
        let unused = self.unused().filter(|entry| !self.is_expired(entry));
        let mut gone: Vec<&Entry> = expired.chain(unused).collect();
        gone.sort_by_key(|entry| entry.line);
        gone.into_iter()
            .map(|entry| {
                let mut record = Record { at: at.to_owned(), prev: None, ..entry.record.clone() };
                if entry.used > 0 {
                    record.count = entry.used;
                } else {
                    record.decision = Decision::Fixed;
                    let why = if self.is_expired(entry) { "expired" } else { "no longer found" };
                    record.reason = format!("{why}; was: {}", record.reason);
                }
                record
            })
            .collect()
    }
}

/// Leaves the open findings, and keeps the others with why.
pub(super) fn accept(input: &mut InputReport, covered: Vec<Option<Accepted>>) {
    let mut open = Vec::with_capacity(input.findings.len());
    let before = std::mem::take(&mut input.accepted);
    // Places among all findings: those that were accepted before count too.
    let mut all = before.into_iter().peekable();
    let mut place = 0;
    let mut accepted = Vec::new();
    for (finding, covered) in std::mem::take(&mut input.findings).into_iter().zip(covered) {
        while let Some(earlier) = all.next_if(|earlier| earlier.index == place) {
            accepted.push(earlier);
            place += 1;
        }
        match covered {
            Some(covered) => accepted.push(Accepted { index: place, ..covered }),
            None => open.push(finding),
        }
        place += 1;
    }
    accepted.extend(all);
    (input.findings, input.accepted) = (open, accepted);
}

fn expired(record: &Record, today: &str) -> bool {
    record.expires.as_deref().is_some_and(|day| day <= today)
}

impl Key {
    fn of(record: &Record) -> Self {
        let place = match record.scope {
            Scope::Finding | Scope::Document => record.document.clone(),
            Scope::Pair => record.pair.clone(),
            Scope::Everywhere => None,
        };
        Self { fault: Fault::of_record(record), scope: record.scope, place: place.unwrap_or_default() }
    }
}
