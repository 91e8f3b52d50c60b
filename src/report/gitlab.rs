//! GitLab Code Quality: a JSON array that a merge request shows.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Value, json};

use super::places::{advice, gravest_first};
use super::{Writer, escape};
use crate::model::{Report, Severity};

/// GitLab Code Quality.
pub struct Gitlab;

impl Writer for Gitlab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn summary(&self) -> &'static str {
        "GitLab Code Quality"
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let all: Vec<Value> = gravest_first(report)
            .iter()
            .map(|hit| {
                let place = hit.main();
                // Entries with one fingerprint collapse into one: two inputs may share a document.
                let count = seen.entry(hit.fingerprint.clone()).and_modify(|count| *count += 1).or_insert(1);
                let print = match count {
                    1 => hit.fingerprint.clone(),
                    more => format!("{}-{more}", hit.fingerprint),
                };
                json!({
                    "description": advice(hit.finding),
                    "check_name": hit.finding.check,
                    "fingerprint": print,
                    "severity": match hit.finding.severity {
                        Severity::Neutral => "info",
                        other => other.as_str(),
                    },
                    "location": {
                        "path": place.file.strip_prefix("./").unwrap_or(place.file),
                        "lines": { "begin": place.start.line, "end": place.end.line },
                    },
                })
            })
            .collect();
        escape::json_pretty(&all, out)
    }
}
