//! rdjsonl: one diagnostic a line, for reviewdog. Columns are bytes of UTF-8.

use std::io;

use serde_json::{Value, json};

use super::offsets::Position;
use super::places::{Hit, Level, hits, level};
use super::{Writer, escape};
use crate::model::{InputReport, Report};

/// reviewdog's diagnostic format, a finding a line.
pub struct Rdjsonl;

impl Writer for Rdjsonl {
    fn name(&self) -> &'static str {
        "rdjsonl"
    }

    fn summary(&self) -> &'static str {
        "a diagnostic a line, for reviewdog; replacements as suggestions"
    }

    fn streams(&self) -> bool {
        true
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        report.inputs.iter().try_for_each(|input| lines(input, out))
    }
}

fn lines(input: &InputReport, out: &mut dyn io::Write) -> io::Result<()> {
    hits(input).iter().try_for_each(|hit| escape::json_line(&diagnostic(hit), out))
}

fn position(position: Position) -> Value {
    json!({ "line": position.line, "column": position.utf8 })
}

fn diagnostic(hit: &Hit<'_>) -> Value {
    let (finding, place) = (hit.finding, hit.main());
    let range = json!({ "start": position(place.start), "end": position(place.end) });
    let mut message = finding.message.clone();
    for other in hit.others().take(3) {
        let quoted: String = other.text.chars().take(200).collect();
        if !quoted.is_empty() && !message.contains(&quoted) {
            message = format!("{message}\n{}: {quoted}", other.side.as_str());
        }
    }
    let mut diagnostic = json!({
        "message": message,
        "location": { "path": place.file, "range": range },
        "severity": match level(finding.severity) {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Note => "INFO",
        },
        "source": { "name": "recto" },
        "code": { "value": finding.check },
    });
    if let Some(text) = finding.replacement() {
        diagnostic["suggestions"] = json!([{ "range": range, "text": text }]);
    }
    diagnostic
}
