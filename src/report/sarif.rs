//! SARIF 2.1.0, as code-scanning services read it.
//!
//! What such services do with it shapes it: only the first location of a result is shown, so that is the target and
//! the source is a related location that the message links to; only `primaryLocationLineHash` tells results apart, so
//! we bring our own; suppressions are not read, so decided findings are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde_json::{Value, json};

use super::places::{Hit, Level, Located, gravest_first, level};
use super::{Writer, escape};
use crate::checks;
use crate::model::{Report, Severity};

/// Results that a service keeps of one run.
const MOST: usize = 5_000;
/// Runs that a service reads of one file.
const MOST_RUNS: usize = 20;

/// SARIF 2.1.0.
pub struct Sarif;

impl Writer for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn summary(&self) -> &'static str {
        "SARIF 2.1.0, for code scanning; a run a language pair"
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut runs: BTreeMap<String, Vec<Hit<'_>>> = BTreeMap::new();
        for hit in gravest_first(report) {
            runs.entry(hit.input.pair()).or_default().push(hit);
        }
        if runs.len() > MOST_RUNS || runs.is_empty() {
            runs = BTreeMap::from([("all".to_owned(), runs.into_values().flatten().collect())]);
        }
        let runs: Vec<Value> =
            runs.iter().enumerate().map(|(nth, (pair, hits))| run(pair, hits, report, nth == 0)).collect();
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": runs,
        });
        escape::json_pretty(&log, out)
    }
}

fn run(pair: &str, hits: &[Hit<'_>], report: &Report, first: bool) -> Value {
    let names: BTreeSet<&str> = hits.iter().take(MOST).map(|hit| hit.finding.check).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let results: Vec<Value> = hits.iter().take(MOST).map(|hit| result(hit, &names)).collect();
    // Once a file: what could not be read belongs to no language pair.
    let mut said: Vec<Value> = Vec::new();
    if first {
        for input in &report.inputs {
            if let Some(error) = &input.error {
                said.push(json!({ "level": "error", "message": { "text": error } }));
            }
            for abstention in &input.abstentions {
                let text = format!("{}: {} did not judge: {}", input.id, abstention.check, abstention.reason);
                said.push(json!({ "level": "note", "message": { "text": text } }));
            }
        }
    }
    if hits.len() > MOST {
        let text = format!("and {} findings more, none graver", hits.len() - MOST);
        said.push(json!({ "level": "warning", "message": { "text": text } }));
    }
    let unread = said.iter().any(|note| note["level"] == "error");
    json!({
        "tool": { "driver": {
            "name": "recto",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": names.iter().map(|name| rule(name)).collect::<Vec<_>>(),
        }},
        "automationDetails": { "id": format!("recto/{pair}/") },
        "columnKind": "utf16CodeUnits",
        "invocations": [{ "executionSuccessful": !unread, "toolExecutionNotifications": said }],
        "results": results,
    })
}

fn rule(name: &str) -> Value {
    let card = checks::find(name);
    let summary = card.map(checks::Card::summary).unwrap_or_default();
    let short: String =
        summary.split_inclusive(". ").next().unwrap_or(name).trim().chars().take(255).collect();
    let full: String = summary.chars().take(1000).collect();
    let severity = card.map_or(Severity::Minor, |card| card.severity);
    let kind = card.map_or("translation", |card| card.error_type.as_str());
    json!({
        "id": name,
        "shortDescription": { "text": short },
        "fullDescription": { "text": full },
        "help": { "text": format!("{full}\n\nExamples: recto explain {name}") },
        "defaultConfiguration": { "level": level_name(severity) },
        "properties": {
            "tags": ["translation", kind],
            "problem.severity": match level(severity) {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "recommendation",
            },
        },
    })
}

fn level_name(severity: Severity) -> &'static str {
    match level(severity) {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

fn result(hit: &Hit<'_>, names: &[&str]) -> Value {
    let finding = hit.finding;
    let related: Vec<Value> = (hit.others().enumerate())
        .map(|(nth, place)| {
            let mut location = location(place);
            location["id"] = (nth + 1).into();
            location["message"] = json!({ "text": label(place) });
            location
        })
        .take(100)
        .collect();
    let links: Vec<String> = (hit.others().enumerate().take(5))
        .map(|(nth, place)| {
            format!("[{} {}:{}]({})", place.side.as_str(), place.start.line, place.start.column, nth + 1)
        })
        .collect();
    let mut text = bracketed(&finding.message);
    if let Some(suggestion) = finding.suggestion.as_ref().filter(|suggestion| !suggestion.text.is_empty()) {
        text = format!("{text} → {}", bracketed(&suggestion.text));
    }
    if !links.is_empty() {
        text = format!("{text} ({})", links.join(", "));
    }
    let mut result = json!({
        "ruleId": finding.check,
        "ruleIndex": names.iter().position(|name| *name == finding.check),
        "level": level_name(finding.severity),
        "rank": super::json::round(finding.confidence * 100.0),
        "message": { "text": text },
        "locations": [location(hit.main())],
        "partialFingerprints": { "primaryLocationLineHash": occurrence(&hit.fingerprint) },
        "properties": {
            "severity": finding.severity.as_str(),
            "confidence": super::json::round(finding.confidence),
            "errorType": finding.error_type.as_str(),
            "input": hit.input.id,
        },
    });
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(replacement) = finding.replacement() {
        let place = hit.main();
        result["fixes"] = json!([{
            "description": { "text": "replace by what recto suggests" },
            "artifactChanges": [{
                "artifactLocation": { "uri": escape::uri(place.file) },
                "replacements": [{
                    "deletedRegion": region(place),
                    "insertedContent": { "text": replacement },
                }],
            }],
        }]);
    }
    result
}

/// `hash:occurrence`, as services write it themselves.
fn occurrence(fingerprint: &str) -> String {
    let (hash, count) = fingerprint.split_once('.').unwrap_or((fingerprint, "1"));
    format!("{hash}:{count}")
}

fn label(place: &Located<'_>) -> String {
    let quoted: String = place.text.chars().take(200).collect();
    if quoted.is_empty() {
        place.side.as_str().to_owned()
    } else {
        format!("{}: {quoted}", place.side.as_str())
    }
}

/// Square brackets of an article are no links.
fn bracketed(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn location(place: &Located<'_>) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": escape::uri(place.file) },
        "region": region(place),
    }})
}

fn region(place: &Located<'_>) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.utf16,
        "endLine": place.end.line,
        "endColumn": place.end.utf16,
        "snippet": { "text": place.text },
    })
}
