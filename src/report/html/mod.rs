//! The report as one HTML file: opened from disk or an e-mail, without a network, and read without scripts.
//!
//! Three walls stand between an article and the reader's browser. Its text is escaped wherever it is put, and the script
//! only ever makes text nodes of it; the data for the script is JSON in which no markup character is left; and the page
//! forbids every script and style but its own, by their hashes.

mod frame;
mod grid;
mod names;
mod review;
mod text;

pub use review::Review;

use std::fmt::Write as _;
use std::io;

use serde_json::json;
use sha2::{Digest, Sha256};

use self::grid::Grid;
use self::text::{Mark, escape, visible};
use super::Writer;
use super::places::{Hit, hits};
use crate::decisions::{self, Texts};
use crate::model::{Accepted, Document, InputReport, Report, Span, Subject, Verdict};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Inputs up to which each has a table of names.
const TABLES: usize = 200;
/// Segments from which only what is on the screen is laid out.
const MANY: usize = 2_000;
/// Inputs from which those without findings are folded.
const FOLDED: usize = 10;

/// The HTML report.
pub struct Html;

impl Writer for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn summary(&self) -> &'static str {
        "one page to review findings in a browser and decide about them"
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let page = Page::new(report);
        let policy = format!(
            "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
            hash_of(SCRIPT),
            hash_of(STYLE),
        );
        head(&policy, Some(report), STYLE, out)?;
        out.write_all(page.strip(report).as_bytes())?;
        page.body(report, SAVED, out)?;
        let data = page.data(&serde_json::Value::Null);
        writeln!(out, "<script type=\"application/json\" id=\"data\">{data}</script>")?;
        write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n")
    }
}

/// The head of a page, and the beginning of its body.
fn head(policy: &str, report: Option<&Report>, style: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let verdict = report.map(|report| report.verdict().map_or("nothing checked", Verdict::as_str));
    let documents =
        report.iter().flat_map(|report| &report.inputs).flat_map(|input| input.subject.documents());
    let rows: usize = documents.map(|document| document.segments.len()).sum();
    let many = if rows > MANY { " class=\"many\"" } else { "" };
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>recto: {}</title>\n<style>{style}</style>\n</head>\n<body{many}>\n",
        verdict.unwrap_or("check two texts")
    )
}

/// The source of a script or a style, for a content-security policy.
fn hash_of(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text)))
}

/// What a page that stands alone says of decisions.
const SAVED: &str = "Decisions are saved as lines of JSON: <code>recto baseline import decisions.ndjson --baseline FILE</code> \
    adds them to the file that <code>recto check --baseline FILE</code> respects.";

/// The parts of the page, and what is counted on the way.
#[derive(Default)]
struct Page {
    list: String,
    texts: String,
    records: Vec<serde_json::Value>,
    checks: std::collections::BTreeMap<&'static str, usize>,
    counts: [usize; 4],
}

impl Page {
    fn new(report: &Report) -> Self {
        let mut page = Self::default();
        page.list.push_str("<section class=\"findings\" aria-label=\"Findings\">\n");
        page.texts.push_str("<section class=\"texts\" aria-label=\"Texts\">\n");
        for (nth, input) in report.inputs.iter().enumerate() {
            page.input(nth, input, report.inputs.len());
        }
        if page.records.is_empty() {
            page.list.push_str("<p class=\"empty\">Nothing was found.</p>");
        }
        page.list.push_str("</section>\n");
        page.texts.push_str("</section>\n");
        page
    }

    /// Filters, findings, texts, and what the checks are for.
    /// `kept` says where decisions go.
    fn body(&self, report: &Report, kept: &str, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(self.filters(report).as_bytes())?;
        out.write_all(b"<main>\n")?;
        out.write_all(self.list.as_bytes())?;
        out.write_all(self.texts.as_bytes())?;
        out.write_all(b"</main>\n")?;
        out.write_all(self.about(kept).as_bytes())
    }

    fn input(&mut self, nth: usize, input: &InputReport, inputs: usize) {
        if let Some(error) = &input.error {
            let _ = writeln!(
                self.texts,
                "<section class=\"input\" id=\"i{nth}\"><h2>{}</h2><p class=\"error\">not read: {}</p></section>",
                visible(&input.id),
                visible(error)
            );
            return;
        }
        let mut hits = hits(input);
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.finding.severity));
        let first = self.records.len();
        let marks = marks(input, &hits, first);
        let fold = inputs > FOLDED && hits.is_empty();
        let grid = Grid::new(nth, input, &marks, !fold);
        if !hits.is_empty() {
            let name = if inputs > 1 { visible(&input.id) } else { "Findings".to_owned() };
            let _ = write!(self.list, "<h2><a href=\"#i{nth}\">{name}</a></h2>\n<ol>\n");
        }
        let texts = if hits.is_empty() { Texts::default() } else { Texts::of(input) };
        for hit in &hits {
            self.finding(nth, hit, &grid, &texts);
        }
        if !hits.is_empty() {
            self.list.push_str("</ol>\n");
        }
        let verdict = input.verdict.map_or("", Verdict::as_str);
        let (id, summary) = (visible(&input.id), summary(input));
        let close = if fold {
            let _ = write!(
                self.texts,
                "<details class=\"input\" id=\"i{nth}\"><summary><strong>{id}</strong> <span class=\"verdict {verdict}\">{verdict}</span> \
                 {summary}</summary>",
            );
            "</details>"
        } else {
            let _ = write!(
                self.texts,
                "<section class=\"input\" id=\"i{nth}\"><h2>{id} <span class=\"verdict {verdict}\">{verdict}</span></h2>\
                 <p class=\"sum\">{summary}</p>",
            );
            "</section>"
        };
        if inputs <= TABLES {
            self.texts.push_str(&names::table(input, &grid, &marks));
        }
        self.texts.push_str(grid.html());
        self.texts.push_str(&accepted(input));
        let _ = writeln!(self.texts, "{close}");
    }

    fn finding(&mut self, nth: usize, hit: &Hit<'_>, grid: &Grid, texts: &Texts) {
        let number = self.records.len();
        let (finding, place) = (hit.finding, hit.main());
        *self.checks.entry(finding.check).or_default() += 1;
        self.counts[finding.severity as usize] += 1;
        let severity = finding.severity.as_str();
        let rows: Vec<&str> = {
            let mut rows: Vec<&str> =
                hit.places.iter().filter_map(|place| grid.row(place.index, place.span.start)).collect();
            rows.dedup();
            rows
        };
        let row = hit.places.first().and_then(|_| grid.row(place.index, place.span.start));
        // A gap is shown where the source has the passage.
        let row = if hit.gap.is_some() { rows.first().copied() } else { row };
        let _ = write!(
            self.list,
            "<li class=\"f {severity}\" id=\"f{number}\" data-check=\"{}\" data-severity=\"{severity}\" data-pair=\"{}\" \
             data-rows=\"{}\"><p class=\"h\"><span class=\"sev\">{severity}</span> <a href=\"#c-{}\">{}</a> \
             <span class=\"sure\">{:.0} %</span></p><p class=\"m\" dir=\"auto\">{}</p>",
            finding.check,
            escape(&hit.input.pair()),
            rows.join(" "),
            finding.check,
            finding.check,
            finding.confidence * 100.0,
            visible(&finding.message)
        );
        if let Some(suggestion) = &finding.suggestion {
            let text =
                if suggestion.text.is_empty() { "(nothing)".to_owned() } else { visible(&suggestion.text) };
            let _ = write!(self.list, "<p class=\"s\">→ <bdi>{text}</bdi></p>");
        }
        if let Some(overridden) = &finding.overridden {
            let by = overridden.by.as_deref().map(|by| format!("{by}, ")).unwrap_or_default();
            let said = format!("{}: {} ({by}{})", overridden.decision, overridden.reason, overridden.role);
            let _ = write!(
                self.list,
                "<p class=\"s\" dir=\"auto\">published all the same: {}</p>",
                visible(&said)
            );
        }
        let _ = writeln!(
            self.list,
            "<p class=\"w\"><a href=\"#{}\"><bdi>{}</bdi>:{}:{}</a></p></li>",
            row.map_or_else(|| format!("i{nth}"), str::to_owned),
            visible(place.file),
            place.start.line,
            place.start.column
        );
        let mut record = decisions::record(finding, hit.input, texts);
        // A decision about one more of the same replaces the one about those before.
        let fault = decisions::Fault::of(finding, hit.input);
        let same = |accepted: &&Accepted| {
            accepted.decision != "ignore" && decisions::Fault::of(&accepted.finding, hit.input) == fault
        };
        record.count += hit.input.accepted.iter().filter(same).count();
        record.fingerprint = Some(hit.fingerprint.clone());
        self.records.push(serde_json::to_value(record).unwrap_or_default());
    }

    /// What the script needs, with no character of markup left in it.
    fn data(&self, gate: &serde_json::Value) -> String {
        let mut data = json!({ "version": 1, "records": self.records });
        if !gate.is_null() {
            data["gate"] = gate.clone();
        }
        let json = data.to_string();
        json.replace('&', "\\u0026")
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029")
            .replace("##[", "#\\u0023[")
    }
}

/// Marks of every document in order of place, findings numbered from `first`.
fn marks(input: &InputReport, hits: &[Hit<'_>], first: usize) -> Vec<Vec<Mark>> {
    let documents = input.subject.documents();
    let mut marks: Vec<Vec<Mark>> = documents.iter().map(|_| Vec::new()).collect();
    for (nth, hit) in hits.iter().enumerate() {
        for place in &hit.places {
            // A place without characters is marked on the one before it.
            let span = if place.span.is_empty() {
                let before = Span::new(0, place.span.start).of(&place.document.text);
                let width = before.chars().next_back().map_or(0, char::len_utf8);
                Span::new(place.span.start - width, place.span.start)
            } else {
                place.span
            };
            marks[place.index].push(Mark { finding: first + nth, severity: hit.finding.severity, span });
        }
    }
    for marks in &mut marks {
        marks.sort_by_key(|mark| (mark.span.start, mark.span.end, mark.finding));
    }
    marks
}

/// `name, language`.
fn heading(document: &Document) -> String {
    format!(
        "<bdi>{}</bdi> <span class=\"lang\">{}</span>",
        visible(&document.name),
        escape(&document.language.name)
    )
}

fn summary(input: &InputReport) -> String {
    let mut parts = Vec::new();
    match &input.subject {
        Subject::Bitext(bitext) => {
            parts.push(format!("{} from {}", bitext.target.language.name, bitext.source.language.name));
            let pairs = bitext.beads.iter().filter(|bead| bead.is_pair()).count();
            parts.push(format!("{pairs} of {} passages aligned", bitext.beads.len()));
        }
        Subject::Text(document) => parts.push(format!("{}, no source given", document.language.name)),
        Subject::Story(story) => parts.push(format!("{} accounts of one story", story.documents.len())),
        Subject::None => {}
    }
    if let Some(score) = &input.score {
        let unstable = if score.unstable { " (unstable under 300 words)" } else { "" };
        parts.push(format!("MQM {:.1} over {} words{unstable}", score.quality, score.words));
    }
    parts.push(format!("{} checks", input.checks.len()));
    escape(&parts.join(" · "))
}

/// Findings that somebody decided about before.
fn accepted(input: &InputReport) -> String {
    if input.accepted.is_empty() {
        return String::new();
    }
    let item = |accepted: &Accepted| {
        let by = accepted.by.as_deref().map(|by| format!(", {}", visible(by))).unwrap_or_default();
        let until =
            accepted.expires.as_deref().map(|day| format!(", until {}", escape(day))).unwrap_or_default();
        format!(
            "<li>{} {}: {} <em>{}: {}{by}{until}</em></li>",
            accepted.finding.severity.as_str(),
            accepted.finding.check,
            visible(&accepted.finding.message),
            accepted.decision,
            visible(&accepted.reason)
        )
    };
    let items: String = input.accepted.iter().map(item).collect();
    format!(
        "<details class=\"accepted\"><summary>Accepted before: {}</summary><ul>{items}</ul></details>",
        input.accepted.len()
    )
}

/// Base 64, as content-security policies write hashes.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = (0..3).fold(0_u32, |group, index| {
            group << 8 | u32::from(chunk.get(index).copied().unwrap_or_default())
        });
        for index in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * index)) as usize & 63];
            out.push(if index <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base_64_is_as_others_write_it() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xFF, 0xFE, 0xFD]), "//79");
    }
}
