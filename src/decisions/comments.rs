//! Comments in a text that say what to leave alone: `<!-- recto-ignore CHECK: REASON -->`.
//!
//! A comment with text beside it on its line covers its paragraph; one alone on its line covers the next paragraph;
//! `recto-ignore-document` covers the whole document. The reason is not optional: a comment without one covers nothing
//! and is complained about.

use crate::model::{Abstention, Accepted, Document, Finding, InputReport, Span};

use super::baseline::accept;
use crate::lang::text::lower;

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// Names of checks.
    pub checks: Vec<String>,
    /// Why.
    pub reason: String,
    /// First and last line that it covers, from 1.
    pub lines: (usize, usize),
}

/// The comments of the file that a document was read out of, or of the part of it that holds the document.
pub fn of(document: &Document) -> (Vec<Ignore>, Vec<String>) {
    let Some(origin) = &document.origin else { return find(&document.text, 1) };
    // A page or a Markdown file is one document: what stands above its first words is about it. Where a file holds
    // many, a comment belongs to the one that it is in.
    let one = [".md", ".markdown", ".html", ".htm", ".xhtml"];
    if one.iter().any(|extension| lower(&origin.name, false).ends_with(extension)) {
        return find(&origin.file, 1);
    }
    let from = origin.anchor.byte;
    let last = origin.pieces.iter().map(|piece| piece.file.end).max().unwrap_or(from);
    // To the end of the line of the last word.
    let rest = Span::new(last, origin.file.len()).of(&origin.file);
    let last = last + rest.find('\n').unwrap_or(rest.len());
    find(Span::new(from, last).of(&origin.file), origin.anchor.line)
}

/// The comments of a text that begins in a line, and what is wrong with some, as `line N: …`.
pub fn find(text: &str, first: usize) -> (Vec<Ignore>, Vec<String>) {
    let (mut ignores, mut wrong) = (Vec::new(), Vec::new());
    if !text.contains("recto-ignore") {
        return (ignores, wrong);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut rest = text;
    let mut line = 1;
    while let Some((before, after)) = rest.split_once("<!--") {
        line += before.matches('\n').count();
        let Some((body, after)) = after.split_once("-->") else { break };
        let last = line + body.matches('\n').count();
        if let Some(said) = body.trim().strip_prefix("recto-ignore") {
            let alone = before.rsplit('\n').next().is_none_or(|start| start.trim().is_empty())
                && after.split('\n').next().is_none_or(|end| end.trim().is_empty());
            match read(said) {
                Ok((checks, reason, whole)) => {
                    let covers = match (whole, alone) {
                        (true, _) => (1, usize::MAX),
                        (_, true) => paragraph_after(&lines, last),
                        _ => paragraph_around(&lines, line, last),
                    };
                    let lines = (covers.0 + first - 1, covers.1.saturating_add(first - 1));
                    ignores.push(Ignore { checks, reason, lines });
                }
                Err(message) => wrong.push(format!("line {}: {message}", line + first - 1)),
            }
        }
        line = last;
        rest = after;
    }
    (ignores, wrong)
}

/// What stands after `recto-ignore`: checks, a colon, why.
fn read(said: &str) -> Result<(Vec<String>, String, bool), String> {
    let (whole, said) = match said.strip_prefix("-document") {
        Some(said) => (true, said),
        None => (false, said),
    };
    let form = "write `<!-- recto-ignore CHECK: REASON -->`";
    let Some((checks, reason)) = said.split_once(':') else {
        return Err(format!("an ignore needs a reason: {form}"));
    };
    if reason.trim().is_empty() {
        return Err(format!("an ignore needs a reason: {form}"));
    }
    let checks: Vec<String> =
        checks.split(',').map(|check| check.trim().to_owned()).filter(|check| !check.is_empty()).collect();
    if checks.is_empty() {
        return Err(format!("an ignore names the check: {form}"));
    }
    Ok((checks, reason.trim().to_owned(), whole))
}

/// Lines of the first paragraph after a line.
fn paragraph_after(lines: &[&str], last: usize) -> (usize, usize) {
    let blank = |line: usize| lines.get(line - 1).is_some_and(|text| text.trim().is_empty());
    // Comments that follow each other belong to the same paragraph.
    let comment = |line: usize| {
        lines
            .get(line - 1)
            .is_some_and(|text| text.trim().starts_with("<!--") && text.trim().ends_with("-->"))
    };
    let mut first = last + 1;
    while first <= lines.len() && (blank(first) || comment(first)) {
        first += 1;
    }
    let mut end = first;
    while end < lines.len() && !blank(end + 1) {
        end += 1;
    }
    (first, end)
}

fn paragraph_around(lines: &[&str], first: usize, last: usize) -> (usize, usize) {
    let blank = |line: usize| lines.get(line - 1).is_none_or(|text| text.trim().is_empty());
    let (mut start, mut end) = (first, last);
    while start > 1 && !blank(start - 1) {
        start -= 1;
    }
    while end < lines.len() && !blank(end + 1) {
        end += 1;
    }
    (start, end)
}

/// Moves findings that the comments of their file cover to [`InputReport::accepted`]. `comments` gives the comments of
/// each of the input's documents, `places` the document and line of every finding's fault.
pub fn apply(
    input: &mut InputReport,
    comments: &[(Vec<Ignore>, Vec<String>)],
    places: Vec<Option<(usize, usize)>>,
    known: impl Fn(&str) -> bool,
) {
    // Where comments are part of the text, ours are no fault of it.
    let findings = std::mem::take(&mut input.findings).into_iter().zip(places);
    let (findings, places): (Vec<Finding>, Vec<_>) =
        findings.filter(|(finding, _)| !is_comment(finding, input)).unzip();
    input.findings = findings;
    let covered = (input.findings.iter().zip(places).enumerate())
        .map(|(index, (finding, place))| {
            let (document, line) = place?;
            let (ignores, _) = comments.get(document)?;
            let ignore = ignores.iter().find(|ignore| {
                (ignore.lines.0..=ignore.lines.1).contains(&line)
                    && ignore.checks.iter().any(|check| check == finding.check)
            })?;
            Some(Accepted {
                index,
                finding: finding.clone(),
                decision: "ignore",
                reason: ignore.reason.clone(),
                by: None,
                expires: None,
            })
        })
        .collect();
    accept(input, covered);
    for (ignores, wrong) in comments {
        let unknown = ignores.iter().flat_map(|ignore| &ignore.checks).filter(|check| !known(check));
        let unknown = unknown.map(|check| format!("there is no check `{check}`"));
        for reason in wrong.iter().cloned().chain(unknown) {
            input.abstentions.push(Abstention { check: "recto-ignore", reason });
        }
    }
}

/// Whether a finding is about one of the comments.
fn is_comment(finding: &Finding, input: &InputReport) -> bool {
    finding.places.first().is_some_and(|place| {
        let words = input.subject.document(place).map_or("", |document| document.excerpt(place.span));
        words.strip_prefix("<!--").is_some_and(|body| body.trim_start().starts_with("recto-ignore"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(text: &str) -> Vec<(usize, usize)> {
        let (ignores, wrong) = find(text, 1);
        assert!(wrong.is_empty(), "{wrong:?}");
        ignores.into_iter().map(|ignore| ignore.lines).collect()
    }

    #[test]
    fn a_comment_covers_its_paragraph_or_the_next() {
        assert_eq!(covers("a\n\nb\nc <!-- recto-ignore spacing: so it is -->\nd\n\ne\n"), [(3, 5)]);
        assert_eq!(covers("a\n<!-- recto-ignore spacing: so it is -->\n\nb\nc\n\nd\n"), [(4, 5)]);
        assert_eq!(
            covers("<!-- recto-ignore spacing: x -->\r\n<!-- recto-ignore omission: y -->\r\nb\r\n\r\nc"),
            [(3, 3), (3, 3)]
        );
        assert_eq!(covers("<!--\n recto-ignore-document spacing: poem\n-->\na"), [(1, usize::MAX)]);
    }

    #[test]
    fn checks_and_reason_are_read() {
        let (ignores, _) = find("<!-- recto-ignore spacing , omission: said so: twice -->\na", 1);
        assert_eq!(ignores[0].checks, ["spacing", "omission"]);
        assert_eq!(ignores[0].reason, "said so: twice");
    }

    #[test]
    fn a_comment_without_a_reason_covers_nothing() {
        for text in
            ["<!-- recto-ignore spacing -->", "<!-- recto-ignore spacing: -->", "<!-- recto-ignore : x -->"]
        {
            let (ignores, wrong) = find(&format!("a\n{text}"), 1);
            assert!(ignores.is_empty() && wrong.len() == 1 && wrong[0].starts_with("line 2: "), "{wrong:?}");
        }
        assert_eq!(find("<!-- other --> recto-ignore <!-- recto-ignore", 1).0, []);
    }
}
