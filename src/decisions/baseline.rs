//! The baseline: what the log of decisions says today, and what it covers.
//!
//! A finding is covered by its check, its words on both sides and its document, never by a line number. Later records
//! override earlier ones about the same thing. A decision that tells which texts it was about ends with them, unless it
//! reaches further than a document.

use std::collections::{BTreeMap, BTreeSet};

use super::overriding::{Effect, Policy};
use super::{Decision, Fault, Log, Record, Scope, Texts, document_of, fingerprint, record};
use crate::model::{Accepted, Finding, InputReport};

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
    /// Whether it was about other texts than those that were checked.
    pub lapsed: bool,
    /// Findings that block, against which it was not enough.
    pub refused: usize,
}

/// How findings that are open are accepted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Acceptance<'a> {
    /// When, RFC 3339 in UTC.
    pub at: &'a str,
    /// Who.
    pub by: Option<&'a str>,
    /// As what.
    pub role: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// Until either text changes; otherwise wherever the words move.
    pub until_changed: bool,
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
    policy: Policy,
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
                entries.insert(
                    key,
                    Entry { line: *line, record: record.clone(), used: 0, lapsed: false, refused: 0 },
                );
            }
        }
        Self { entries, today: today.to_owned(), ..Self::default() }
    }

    /// The same, where only these may decide against a block.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Moves findings that a decision covers to [`InputReport::accepted`], and marks those that would block and were
    /// overridden.
    pub fn apply(&mut self, input: &mut InputReport) {
        self.seen.extend(input.subject.documents().iter().map(|document| document.name.clone()));
        let mut covered: Vec<Option<Accepted>> = Vec::with_capacity(input.findings.len());
        let mut raised = Vec::new();
        let prints = fingerprint::of(input);
        let texts = if input.findings.is_empty() { Texts::default() } else { Texts::of(input) };
        for (index, (finding, print)) in input.findings.iter().zip(prints).enumerate() {
            let (key, found) = self.cover(finding, input, &texts);
            let (accepted, open) = match found {
                Some((record, Effect::Covered)) => (Some(record), false),
                Some((_, Effect::Raised(overridden))) => {
                    raised.push((index, overridden));
                    (None, false)
                }
                Some((_, Effect::Refused)) | None => (None, true),
            };
            covered.push(accepted.map(|record| Accepted {
                index,
                finding: finding.clone(),
                decision: record.decision.as_str(),
                reason: record.reason,
                by: record.by,
                expires: record.expires,
            }));
            if open {
                let open = self.open.entry(key).and_modify(|record| record.count += 1);
                open.or_insert_with(|| Record { fingerprint: Some(print), ..record(finding, input, &texts) });
            }
        }
        for (index, overridden) in raised {
            input.findings[index].overridden = Some(overridden);
        }
        accept(input, covered);
    }

    /// The key of a single finding, and the record that counts for it with what it does.
    fn cover(
        &mut self,
        finding: &Finding,
        input: &InputReport,
        texts: &Texts,
    ) -> (Key, Option<(Record, Effect)>) {
        let document = document_of(finding, input).unwrap_or_default();
        let places = [
            (Scope::Everywhere, String::new()),
            (Scope::Pair, input.pair()),
            (Scope::Document, document.to_owned()),
            (Scope::Finding, document.to_owned()),
        ];
        let fault = Fault::of(finding, input);
        let mut key = Key { fault, scope: Scope::Finding, place: document.to_owned() };
        for (scope, place) in places {
            (key.scope, key.place) = (scope, place);
            let Some(entry) = self.entries.get_mut(&key) else { continue };
            if expired(&entry.record, &self.today) {
                continue;
            }
            if entry.record.is_about_other(texts) {
                entry.lapsed = true;
                continue;
            }
            if scope == Scope::Finding && entry.used >= entry.record.count {
                continue;
            }
            let effect = self.policy.effect(&entry.record, finding, input);
            if effect == Effect::Refused {
                entry.refused += 1;
                continue;
            }
            entry.used += 1;
            return (key, Some((entry.record.clone(), effect)));
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
                _ if entry.refused > 0 || entry.lapsed => false,
                Scope::Finding => checked && entry.used < record.count,
                Scope::Document => checked && entry.used == 0,
                Scope::Pair | Scope::Everywhere => false,
            }
        })
    }

    /// Records that would cover every finding that is open. Entries that cover a part of them are widened, and keep
    /// their reason, author and day unless the day has come.
    pub fn update(&self, acceptance: &Acceptance<'_>) -> Vec<Record> {
        let mut records = Vec::new();
        for (key, open) in &self.open {
            let mut record = open.clone();
            if !acceptance.until_changed {
                record = record.loose();
            }
            acceptance.at.clone_into(&mut record.at);
            record.by = acceptance.by.map(str::to_owned);
            record.role = acceptance.role.map(str::to_owned);
            acceptance.reason.clone_into(&mut record.reason);
            let counts = |entry: &&Entry| !self.is_expired(entry) && !entry.lapsed && entry.refused == 0;
            if let Some(entry) = self.entries.get(key).filter(counts) {
                record.count += entry.used;
                record.decision = entry.record.decision;
                record.reason.clone_from(&entry.record.reason);
                record.by.clone_from(&entry.record.by);
                record.role.clone_from(&entry.record.role);
                record.expires.clone_from(&entry.record.expires);
            }
            records.push(record);
        }
        records
    }

    /// Decisions about texts that have changed since.
    pub fn lapsed(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().filter(|entry| entry.lapsed && !self.is_expired(entry))
    }

    /// Decisions that were not enough against a block.
    pub fn refused(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().filter(|entry| entry.refused > 0)
    }

    /// Records that take out what is no longer found, what was about other texts, and what has expired.
    pub fn prune(&self, at: &str) -> Vec<Record> {
        let expired = self.entries.values().filter(|entry| self.is_expired(entry));
        let unused = self.unused().filter(|entry| !self.is_expired(entry));
        let mut gone: Vec<&Entry> = expired.chain(unused).chain(self.lapsed()).collect();
        gone.sort_by_key(|entry| entry.line);
        gone.into_iter()
            .map(|entry| {
                let mut record = Record { at: at.to_owned(), prev: None, ..entry.record.clone() };
                if entry.used > 0 {
                    record.count = entry.used;
                } else {
                    record.decision = Decision::Fixed;
                    let why = match entry {
                        entry if self.is_expired(entry) => "expired",
                        entry if entry.lapsed => "the text changed",
                        _ => "no longer found",
                    };
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
