//! A summary in Markdown, for the page of a workflow run or a comment.

use std::fmt::Write as _;
use std::io;

use super::places::{Hit, gravest_first};
use super::{Writer, escape::markdown};
use crate::model::{Report, Severity, Verdict};

/// Bytes that a step summary may have are 1 MiB; this leaves room for what other steps wrote.
const MOST: usize = 900 << 10;
/// Characters of a quotation.
const QUOTED: usize = 120;

/// A summary in Markdown.
pub struct Markdown;

impl Writer for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn summary(&self) -> &'static str {
        "a summary in Markdown, for a step summary or a comment"
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let hits = gravest_first(report);
        let mut page = String::new();
        head(report, &hits, &mut page);
        let mut shown = 0;
        if !hits.is_empty() {
            page.push_str("\n| | place | finding | here | there |\n| --- | --- | --- | --- | --- |\n");
        }
        for hit in &hits {
            let row = row(hit);
            if page.len() + row.len() > MOST {
                break;
            }
            page.push_str(&row);
            shown += 1;
        }
        if shown < hits.len() {
            let _ = write!(page, "\nand {} more, none graver\n", hits.len() - shown);
        }
        tail(report, &mut page);
        out.write_all(page.as_bytes())
    }
}

fn head(report: &Report, hits: &[Hit<'_>], page: &mut String) {
    let verdict = match report.verdict() {
        Some(Verdict::Block) => "🛑 block",
        Some(Verdict::Warn) => "⚠️ warn",
        Some(Verdict::Pass) => "✅ pass",
        None => "nothing was checked",
    };
    let counts: Vec<String> = (Severity::ALL.iter().rev())
        .map(|&severity| {
            (hits.iter().filter(|hit| hit.finding.severity == severity).count(), severity.as_str())
        })
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    let counts = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    let _ = write!(page, "## recto: {verdict}\n\n{counts}");
    let accepted: usize = report.inputs.iter().map(|input| input.accepted.len()).sum();
    if accepted > 0 {
        let _ = write!(page, "; {accepted} accepted before");
    }
    let read = report.inputs.iter().filter(|input| input.error.is_none()).count();
    let _ = writeln!(page, " · {read} of {} inputs checked", report.inputs.len());
    if report.inputs.len() > 1 {
        page.push_str("\n| verdict | input | languages | findings |\n| --- | --- | --- | ---: |\n");
        let mut listed: Vec<_> = report.inputs.iter().filter(|input| input.verdict.is_some()).collect();
        listed.sort_by_key(|input| std::cmp::Reverse(input.verdict));
        let clean = listed.iter().filter(|input| input.findings.is_empty()).count();
        for input in listed.iter().filter(|input| !input.findings.is_empty()).take(200) {
            let verdict = input.verdict.map_or("", Verdict::as_str);
            let (id, pair) = (markdown(&input.id), input.pair());
            let _ = writeln!(page, "| {verdict} | {id} | {pair} | {} |", input.findings.len());
        }
        if clean > 0 {
            let _ = write!(page, "\n{clean} inputs without findings\n");
        }
    }
}

fn row(hit: &Hit<'_>) -> String {
    let place = hit.main();
    let severity = match hit.finding.severity {
        Severity::Critical => "🛑 critical",
        Severity::Major => "🔴 major",
        Severity::Minor => "🟡 minor",
        Severity::Neutral => "ℹ️ neutral",
    };
    let mut message = markdown(&hit.finding.message);
    if let Some(suggestion) = hit.finding.suggestion.as_ref().filter(|suggestion| !suggestion.text.is_empty())
    {
        let _ = write!(message, " → {}", markdown(&suggestion.text));
    }
    let there = hit.others().next().map(|place| quoted(place.text)).unwrap_or_default();
    format!(
        "| {severity} | {}&#58;{}&#58;{} | **{}** {message} | {} | {there} |\n",
        markdown(place.file),
        place.start.line,
        place.start.column,
        hit.finding.check,
        quoted(place.text),
    )
}

/// A quotation that keeps its own direction.
fn quoted(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let cut: String = text.chars().take(QUOTED).collect();
    let more = if cut.len() < text.len() { "…" } else { "" };
    format!("\u{2068}{}{more}\u{2069}", markdown(&cut))
}

fn tail(report: &Report, page: &mut String) {
    let mut lines: Vec<String> = Vec::new();
    for input in &report.inputs {
        lines.extend(input.error.iter().map(|error| format!("* not read: {}", markdown(error))));
    }
    for input in &report.inputs {
        lines.extend(input.abstentions.iter().map(|abstention| {
            format!("* {}: {}: {}", markdown(&input.id), abstention.check, markdown(&abstention.reason))
        }));
    }
    if lines.is_empty() {
        return;
    }
    let _ = write!(page, "\n<details><summary>not checked: {}</summary>\n\n", lines.len());
    for line in lines.iter().take(300) {
        let _ = writeln!(page, "{line}");
    }
    if lines.len() > 300 {
        let _ = writeln!(page, "* and {} more", lines.len() - 300);
    }
    page.push_str("\n</details>\n");
}
