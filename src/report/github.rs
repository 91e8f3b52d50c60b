//! Workflow commands: annotations on a pull request, written to standard output of a step.

use std::io;

use super::places::{Level, advice, gravest_first, level};
use super::{Writer, escape};
use crate::model::Report;

/// Annotations of one kind that a step may make; the rest is silently dropped.
const MOST: usize = 10;

/// Workflow commands.
pub struct Github;

impl Writer for Github {
    fn name(&self) -> &'static str {
        "github"
    }

    fn summary(&self) -> &'static str {
        "workflow commands of GitHub Actions: annotations, the gravest first"
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let hits = gravest_first(report);
        let mut unread: Vec<String> = Vec::new();
        for input in &report.inputs {
            if let Some(error) = &input.error {
                unread.push(format!("::error title=not read::{}", escape::command(error)));
            }
        }
        for (wanted, name) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "notice")]
        {
            let mut lines = if wanted == Level::Error { std::mem::take(&mut unread) } else { Vec::new() };
            for hit in hits.iter().filter(|hit| level(hit.finding.severity) == wanted) {
                let place = hit.main();
                let title = format!("{} {}", hit.finding.severity.as_str(), hit.finding.check);
                // Columns are only for places within one line.
                let columns = if place.start.line == place.end.line {
                    format!(",col={},endColumn={}", place.start.utf16, place.end.utf16)
                } else {
                    String::new()
                };
                let quoted: String = hit
                    .others()
                    .next()
                    .map(|other| other.text)
                    .unwrap_or_default()
                    .chars()
                    .take(300)
                    .collect();
                let mut message = advice(hit.finding);
                if !quoted.is_empty() && !message.contains(&quoted) {
                    message = format!("{message}\n{quoted}");
                }
                lines.push(format!(
                    "::{name} file={},line={},endLine={}{columns},title={}::{}",
                    escape::command_property(place.file.strip_prefix("./").unwrap_or(place.file)),
                    place.start.line,
                    place.end.line,
                    escape::command_property(&title),
                    escape::command(&message),
                ));
            }
            let more = lines.len().saturating_sub(MOST - 1);
            if lines.len() > MOST {
                lines.truncate(MOST - 1);
                lines.push(format!("::{name} title=recto::and {more} more: see the full report"));
            }
            for line in lines {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }
}
