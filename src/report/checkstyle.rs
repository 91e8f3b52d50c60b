//! Checkstyle XML: findings by file.

use std::io;

use super::places::{Hit, Level, advice, hits, level};
use super::{Writer, escape::xml};
use crate::model::Report;

/// Checkstyle XML.
pub struct Checkstyle;

impl Writer for Checkstyle {
    fn name(&self) -> &'static str {
        "checkstyle"
    }

    fn summary(&self) -> &'static str {
        "checkstyle XML, findings by file"
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
        let mut files: Vec<(&str, Vec<Hit<'_>>)> = Vec::new();
        let mut at: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for hit in report.inputs.iter().flat_map(hits) {
            let file = hit.main().file;
            let index = *at.entry(file).or_insert_with(|| {
                files.push((file, Vec::new()));
                files.len() - 1
            });
            files[index].1.push(hit);
        }
        for (file, hits) in files {
            writeln!(out, "  <file name=\"{}\">", xml(file))?;
            for hit in hits {
                let place = hit.main();
                writeln!(
                    out,
                    "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"recto.{}\"/>",
                    place.start.line,
                    place.start.column,
                    match level(hit.finding.severity) {
                        Level::Error => "error",
                        Level::Warning => "warning",
                        Level::Note => "info",
                    },
                    xml(&advice(hit.finding)),
                    hit.finding.check,
                )?;
            }
            writeln!(out, "  </file>")?;
        }
        for input in &report.inputs {
            if let Some(error) = &input.error {
                writeln!(out, "  <file name=\"{}\">", xml(&input.id))?;
                writeln!(
                    out,
                    "    <error line=\"1\" severity=\"error\" message=\"not read: {}\" source=\"recto.unread\"/>",
                    xml(error)
                )?;
                writeln!(out, "  </file>")?;
            }
        }
        writeln!(out, "</checkstyle>")
    }
}
