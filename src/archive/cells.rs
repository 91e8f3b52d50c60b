//! Counts that add up: what was found by languages and check, and who was named in which spelling and month.
//!
//! A cell is a list of words and a number. Cells of parts are merged by addition, in a program here or by any engine that
//! can sum by a key; order and split cannot matter.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use crate::entities::gather;
use crate::ledger::{Kind, Known, Ledger, Naming};
use crate::model::{InputReport, Severity, Story, Subject};

/// Counts by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    counts: BTreeMap<Vec<String>, u64>,
}

/// One line of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    cell: Vec<String>,
    n: u64,
}

impl Cells {
    /// Counts who is named in an input.
    pub fn of_names(input: &InputReport) -> Self {
        let mut cells = Self::default();
        match &input.subject {
            Subject::Text(document) => cells.names(&gather(vec![document.clone()])),
            Subject::Bitext(bitext) => {
                cells.names(&gather(vec![bitext.source.clone(), bitext.target.clone()]));
            }
            Subject::Story(story) => cells.names(story),
            Subject::None => {}
        }
        cells
    }

    /// Counts what was found in an input, decisions considered.
    pub fn count(&mut self, input: &InputReport) {
        let pair = input.pair();
        let (Some(verdict), Some(score)) = (input.verdict, &input.score) else {
            self.add(&["unread"], 1);
            return;
        };
        self.add(&["inputs", &pair], 1);
        self.add(&["verdict", &pair, verdict.as_str()], 1);
        self.add(&["words", &pair], score.words as u64);
        for finding in &input.findings {
            self.add(&["finding", &pair, finding.check, finding.severity.as_str()], 1);
        }
        let penalty: u64 = input.findings.iter().map(|finding| weight(finding.severity)).sum();
        self.add(&["penalty", &pair], penalty);
        for accepted in &input.accepted {
            self.add(&["accepted", &pair, accepted.finding.check, accepted.decision], 1);
        }
        for abstention in &input.abstentions {
            self.add(&["abstention", &pair, abstention.check], 1);
        }
    }

    fn names(&mut self, story: &Story) {
        for entity in &story.entities {
            let Some(kind) = Kind::of(entity.kind) else { continue };
            for variant in &entity.variants {
                let month: String = (story.documents.get(variant.document))
                    .and_then(|document| document.day.as_deref())
                    .map(|day| day.chars().take(7).collect())
                    .unwrap_or_default();
                let key = entity.key.as_deref().unwrap_or_default();
                let cell =
                    ["name", kind.as_str(), key, &entity.name, variant.language, &variant.text, &month];
                self.add(&cell, variant.spans.len() as u64);
            }
        }
    }

    fn add(&mut self, cell: &[&str], count: u64) {
        if count > 0 {
            let cell = cell.iter().map(|&word| word.to_owned()).collect();
            let sum = self.counts.entry(cell).or_default();
            *sum = sum.saturating_add(count);
        }
    }

    /// Adds others.
    pub fn merge(&mut self, other: Self) {
        for (cell, count) in other.counts {
            let sum = self.counts.entry(cell).or_default();
            *sum = sum.saturating_add(count);
        }
    }

    /// Adds the lines of a file; the error says which line is none.
    pub fn read(&mut self, reader: impl BufRead) -> Result<(), String> {
        for (index, line) in reader.lines().enumerate() {
            let fault = |error: &dyn std::fmt::Display| format!("line {}: {error}", index + 1);
            let line = line.map_err(|error| fault(&error))?;
            if line.trim().is_empty() {
                continue;
            }
            let Line { cell, n } = serde_json::from_str(&line).map_err(|error| fault(&error))?;
            if n > 0 {
                let sum = self.counts.entry(cell).or_default();
                *sum = sum.saturating_add(n);
            }
        }
        Ok(())
    }

    /// Writes a cell a line, sorted.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for (cell, &n) in &self.counts {
            crate::report::escape::json_line(&Line { cell: cell.clone(), n }, out)?;
        }
        Ok(())
    }

    /// The counts in order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&[String], u64)> {
        self.counts.iter().map(|(cell, &count)| (cell.as_slice(), count))
    }

    /// Who was named in which month (nothing where texts have no date) how often, in order.
    pub fn namings(&self) -> impl Iterator<Item = (Naming<'_>, &str, u64)> {
        self.iter().filter_map(|(cell, count)| {
            let [what, kind, key, name, language, spelling, month] = cell else { return None };
            let kind = [Kind::Person, Kind::Place, Kind::Organisation]
                .into_iter()
                .find(|one| one.as_str() == kind)?;
            (what == "name").then_some((
                Naming { kind, key, name, language, spelling },
                month.as_str(),
                count,
            ))
        })
    }

    /// A ledger with whom the cells name. It depends on all of them and on nothing else, so that the parts of an archive
    /// make the ledger of the whole.
    pub fn ledger(&self, before: Ledger) -> Ledger {
        let mut known = Known::from(before);
        for (naming, ..) in self.namings() {
            known.learn_name(&naming);
        }
        known.into_ledger()
    }
}

/// What a finding weighs, as a whole number: sums of such are the same in any order.
fn weight(severity: Severity) -> u64 {
    severity.multiplier() as u64
}
