//! `JUnit` XML: a suite an input, a test case a check.
//!
//! Readers keep only the first of two test cases with one name, and some drop attributes of a failure: so there is
//! one case for all findings of a check, and all that is said is in its body.

use std::collections::BTreeMap;
use std::io;

use super::places::{Hit, advice, hits};
use super::{Writer, escape::xml};
use crate::model::{InputReport, Report, Severity};

/// `JUnit` XML.
pub struct Junit;

impl Writer for Junit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn summary(&self) -> &'static str {
        "JUnit XML: a suite an input, a case a check"
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let suites: Vec<Suite> = report
            .inputs
            .iter()
            .map(|input| {
                let name = format!("{}.{}", input.pair(), input.id);
                let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
                let name = if *count == 1 { name } else { format!("{name} ({count})") };
                Suite::new(input, name)
            })
            .collect();
        let total = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"recto\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
            total(|suite| suite.cases.len()),
            total(|suite| suite.failures),
            total(|suite| suite.errors),
        )?;
        for suite in &suites {
            suite.write(out)?;
        }
        writeln!(out, "</testsuites>")
    }
}

/// A case: its name, and the elements in it.
struct Case {
    name: String,
    body: String,
}

struct Suite {
    name: String,
    cases: Vec<Case>,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Suite {
    fn new(input: &InputReport, name: String) -> Self {
        let mut suite = Self { name, cases: Vec::new(), failures: 0, errors: 0, skipped: 0 };
        if let Some(error) = &input.error {
            suite.errors = 1;
            let body = format!("<error type=\"unread\">{}</error>", xml(error));
            suite.cases.push(Case { name: "read".into(), body });
            return suite;
        }
        let hits = hits(input);
        for check in &input.checks {
            let found: Vec<&Hit<'_>> = hits.iter().filter(|hit| hit.finding.check == *check).collect();
            let abstained: Vec<&str> = (input.abstentions.iter())
                .filter(|abstention| abstention.check == *check)
                .map(|abstention| abstention.reason.as_str())
                .collect();
            let fails = found.iter().any(|hit| hit.finding.severity > Severity::Neutral);
            let said: Vec<String> = found.iter().map(|hit| xml(&told(hit))).collect();
            // A line break inside an element is a line break.
            let said = said.join("\n").replace("&#10;", "\n");
            let body = if fails {
                suite.failures += 1;
                let gravest = found.iter().map(|hit| hit.finding.severity).max().unwrap_or(Severity::Minor);
                format!("<failure type=\"{}\">{said}</failure>", gravest.as_str())
            } else if !found.is_empty() {
                format!("<system-out>{said}</system-out>")
            } else if !abstained.is_empty() {
                suite.skipped += 1;
                format!("<skipped message=\"{}\"/>", xml(&abstained.join("; ")))
            } else {
                String::new()
            };
            suite.cases.push(Case { name: (*check).to_owned(), body });
        }
        suite
    }

    fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let name = xml(&self.name);
        writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">",
            self.cases.len(),
            self.failures,
            self.errors,
            self.skipped,
        )?;
        for case in &self.cases {
            write!(out, "    <testcase classname=\"{name}\" name=\"{}\"", xml(&case.name))?;
            if case.body.is_empty() {
                writeln!(out, "/>")?;
            } else {
                writeln!(out, ">{}</testcase>", case.body)?;
            }
        }
        writeln!(out, "  </testsuite>")
    }
}

/// `file:line:column: severity: message`, and the other side.
fn told(hit: &Hit<'_>) -> String {
    let place = hit.main();
    let mut text = format!(
        "{}:{}:{}: {}: {}",
        place.file,
        place.start.line,
        place.start.column,
        hit.finding.severity.as_str(),
        advice(hit.finding)
    );
    for other in hit.others().take(5) {
        text =
            format!("{text}\n  {}:{}:{}: {}", other.file, other.start.line, other.start.column, other.text);
    }
    text
}
