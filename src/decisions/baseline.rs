//! The baseline: what the log of decisions says today, and what it covers.
//!
//! A finding is covered by its check, its words on both sides and its document, never by a line number. Later records
//! override earlier ones about the same thing. A decision that tells which texts it was about ends with them, unless it
//! reaches further than a document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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

/// A decision that counts.
#[derive(Debug)]
struct Kept {
    line: usize,
    record: Record,
}

/// What a decision did to the findings that were seen.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    used: usize,
    lapsed: bool,
    refused: usize,
}

/// A decision that counts, and how often it did.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Its line in the log.
    pub line: usize,
    /// The record.
    pub record: &'a Record,
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

/// The decisions that count. A copy shares them with its original: a gate makes one for every request.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    kept: Arc<BTreeMap<Key, Kept>>,
    /// Of those that met a finding.
    uses: BTreeMap<Key, Use>,
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
        let mut kept = BTreeMap::new();
        for (line, record) in log.records() {
            let key = Key::of(record);
            if record.decision == Decision::Fixed {
                kept.remove(&key);
            } else {
                kept.insert(key, Kept { line: *line, record: record.clone() });
            }
        }
        Self { kept: Arc::new(kept), today: today.to_owned(), ..Self::default() }
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
            let Some(Kept { record, .. }) = self.kept.get(&key) else { continue };
            if expired(record, &self.today) {
                continue;
            }
            let uses = self.uses.entry(key.clone()).or_default();
            if record.is_about_other(texts) {
                uses.lapsed = true;
                continue;
            }
            if scope == Scope::Finding && uses.used >= record.count {
                continue;
            }
            let effect = self.policy.effect(record, finding, input);
            if effect == Effect::Refused {
                uses.refused += 1;
                continue;
            }
            uses.used += 1;
            return (key, Some((record.clone(), effect)));
        }
        (key, None)
    }

    /// Every decision that counts, in order of check, words and place.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.kept.iter().map(|(key, kept)| self.entry(key, kept))
    }

    fn entry<'a>(&self, key: &Key, kept: &'a Kept) -> Entry<'a> {
        let Use { used, lapsed, refused } = self.uses.get(key).copied().unwrap_or_default();
        Entry { line: kept.line, record: &kept.record, used, lapsed, refused }
    }

    /// Whether a decision's day has come.
    pub fn is_expired(&self, entry: &Entry<'_>) -> bool {
        expired(entry.record, &self.today)
    }

    /// Decisions about documents that were checked, of which nothing, or less than was counted, was found. Of a
    /// decision that reaches further than a document nobody can tell.
    pub fn unused(&self) -> impl Iterator<Item = Entry<'_>> {
        self.entries().filter(|entry| {
            let record = entry.record;
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
            let counts = |entry: &Entry<'_>| !self.is_expired(entry) && !entry.lapsed && entry.refused == 0;
            let entry = self.kept.get(key).map(|kept| self.entry(key, kept));
            if let Some(entry) = entry.filter(counts) {
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
    pub fn lapsed(&self) -> impl Iterator<Item = Entry<'_>> {
        self.entries().filter(|entry| entry.lapsed && !self.is_expired(entry))
    }

    /// Decisions that were not enough against a block.
    pub fn refused(&self) -> impl Iterator<Item = Entry<'_>> {
        self.entries().filter(|entry| entry.refused > 0)
    }

    /// Records that take out what is no longer found, what was about other texts, and what has expired.
    pub fn prune(&self, at: &str) -> Vec<Record> {
        let expired = self.entries().filter(|entry| self.is_expired(entry));
        let unused = self.unused().filter(|entry| !self.is_expired(entry));
        let mut gone: Vec<Entry<'_>> = expired.chain(unused).chain(self.lapsed()).collect();
        gone.sort_by_key(|entry| entry.line);
        gone.into_iter()
            .map(|entry| {
                let mut record = Record { at: at.to_owned(), prev: None, ..entry.record.clone() };
                if entry.used > 0 {
                    record.count = entry.used;
                } else {
                    record.decision = Decision::Fixed;
                    let why = match entry {
                        entry if self.is_expired(&entry) => "expired",
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
