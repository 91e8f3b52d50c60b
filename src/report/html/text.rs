//! Text of articles as text nodes, with marks on places of findings.

use std::fmt::Write;

use crate::model::{Severity, Span};

/// A place to mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Number of the finding on the page.
    pub(super) finding: usize,
    pub(super) severity: Severity,
    pub(super) span: Span,
}

/// Escapes text for a text node or a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        push(character, &mut out);
    }
    out
}

fn push(character: char, out: &mut String) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        // Where a page is printed into a log, a runner must not find a command in it.
        ':' if out.ends_with(':') => out.push_str("&#58;"),
        '[' if out.ends_with("##") => out.push_str("&#91;"),
        '\0' => out.push('\u{FFFD}'),
        // A parser would make of it what it makes of a line feed.
        '\r' => out.push_str("&#13;"),
        other => out.push(other),
    }
}

/// Escapes text to be read: characters that hide, or turn the order of others, are shown by name.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match name(character) {
            Some(name) => {
                let _ =
                    write!(out, "<span class=\"chip\" title=\"U+{:04X}\">{name}</span>", character as u32);
            }
            None => push(character, &mut out),
        }
    }
    out
}

/// What a character that cannot be seen is called.
fn name(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{200B}' => "ZWSP",
        '\u{200E}' => "LRM",
        '\u{200F}' => "RLM",
        '\u{061C}' => "ALM",
        '\u{202A}' => "LRE",
        '\u{202B}' => "RLE",
        '\u{202C}' => "PDF",
        '\u{202D}' => "LRO",
        '\u{202E}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{2060}' => "WJ",
        '\u{2061}'..='\u{2064}' => "INV",
        '\u{FEFF}' => "BOM",
        '\u{00AD}' => "SHY",
        '\n' | '\t' | '\r' => return None,
        control if control.is_control() => "CTRL",
        _ => return None,
    })
}

/// The text of a span with the marks that lie in it. Marks that overlap are cut into pieces, each of which belongs to
/// every finding that covers it.
pub(super) fn marked(text: &str, span: Span, marks: &[Mark]) -> String {
    let within: Vec<Mark> = (marks.iter())
        .filter(|mark| mark.span.start < span.end && mark.span.end > span.start)
        .map(|mark| Mark {
            span: Span::new(mark.span.start.max(span.start), mark.span.end.min(span.end)),
            ..*mark
        })
        .collect();
    if within.is_empty() {
        return visible(span.of(text));
    }
    let mut cuts: Vec<usize> = within.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    cuts.extend([span.start, span.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for piece in cuts.windows(2) {
        let [start, end] = *piece else { continue };
        let piece = Span::new(start, end);
        let covering: Vec<&Mark> = within.iter().filter(|mark| mark.span.contains(piece)).collect();
        let Some(gravest) = covering.iter().map(|mark| mark.severity).max() else {
            out.push_str(&visible(piece.of(text)));
            continue;
        };
        let mut numbers: Vec<usize> = covering.iter().map(|mark| mark.finding).collect();
        numbers.dedup();
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        let _ = write!(
            out,
            "<mark class=\"{}\" data-f=\"{}\">{}</mark>",
            gravest.as_str(),
            numbers.join(" "),
            visible(piece.of(text))
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text_and_the_hidden_is_seen() {
        assert_eq!(escape("</script><b a='\"'>&"), "&lt;/script&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;");
        assert_eq!(escape("##[debug] ::error::"), "##&#91;debug] :&#58;error:&#58;");
        assert_eq!(visible("a\u{202E}b"), "a<span class=\"chip\" title=\"U+202E\">RLO</span>b");
        assert_eq!(visible("می‌خواهم"), "می‌خواهم");
    }

    #[test]
    fn marks_that_overlap_are_cut() {
        let mark = |finding, severity, start, end| Mark { finding, severity, span: Span::new(start, end) };
        let marks = [mark(0, Severity::Minor, 2, 6), mark(1, Severity::Critical, 4, 8)];
        assert_eq!(
            marked("abcdefghij", Span::new(1, 10), &marks),
            "b<mark class=\"minor\" data-f=\"0\">cd</mark><mark class=\"critical\" data-f=\"0 1\">ef</mark>\
             <mark class=\"critical\" data-f=\"1\">gh</mark>ij"
        );
    }
}
