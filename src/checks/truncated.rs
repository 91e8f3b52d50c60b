//! A paragraph that was cut off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running;
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{order, tables, text};
use crate::model::{Document, ErrorType, Segment, SegmentKind, Severity, Span};

/// `truncated` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Truncated {}

impl Check for Truncated {
    const NAME: &'static str = "truncated";
    const ERROR_TYPE: ErrorType = ErrorType::Omission;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("truncated.md");
}

impl TextCheck for Truncated {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let openers = tables::openers(text.language);
        let segments: Vec<&Segment> = text.prose().collect();
        // A single sentence may be cut out of a longer one on purpose.
        if segments.len() == 1 && more(text.text.trim_end()).is_none() {
            return;
        }
        for paragraph in segments.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let Some(last) =
                paragraph.last().filter(|last| last.kind == SegmentKind::Sentence || paragraph.len() > 1)
            else {
                continue;
            };
            let stretch = text.excerpt(last.span).trim_end();
            if text.language.count_words(stretch) < LEAST || cut_too(context.source.as_deref()) {
                continue;
            }
            if let Some(length) = more(stretch) {
                let span =
                    Span::new(last.span.start + stretch.len() - length, last.span.start + stretch.len());
                findings.at(span, "the text was cut off here").confidence(0.9);
                continue;
            }
            let tokens = running::tokens(text, last.span);
            let Some(end) = tokens.last() else { continue };
            let rest = text.text.get(end.span.end..last.span.start + stretch.len()).unwrap_or_default();
            let lower = text.language.lower(end.text);
            let goes_on =
                || order::of(text.language).is_some_and(|order| order.never_ends(order.class(&lower)));
            let opener = (openers.contains(&lower.as_str()) || goes_on()) && !end.capitalised();
            let cut = match rest {
                "" => opener || paragraph.len() > 1 && alone_without_mark(text, &segments, last),
                "," | "،" | "、" | "，" => !in_verse(&text.text, last.span),
                "-" => end.text.chars().count() > 1,
                _ => rest == "…" && opener,
            };
            if cut {
                let from =
                    tokens.len().checked_sub(3).map_or(end.span.start, |index| tokens[index].span.start);
                let span = Span::new(from.max(last.span.start), last.span.start + stretch.len());
                findings
                    .at(span, format!("the sentence breaks off: “…{}”", text.excerpt(span)))
                    .confidence(if paragraph.len() > 1 || opener { 0.8 } else { 0.6 });
            }
        }
    }
}

/// Whether the sentence is the only one of the text that ends without a mark, other paragraphs having several.
fn alone_without_mark(text: &Document, segments: &[&Segment], last: &Segment) -> bool {
    let ends = |segment: &Segment| {
        let stretch = text.excerpt(segment.span).trim_end();
        !stretch.chars().next_back().is_some_and(char::is_alphanumeric)
    };
    let others = segments.iter().filter(|other| {
        other.kind == SegmentKind::Sentence && other.span != last.span && other.paragraph != last.paragraph
    });
    let (marked, bare): (Vec<&Segment>, Vec<&Segment>) = others.copied().partition(|other| ends(other));
    marked.len() >= 4 && bare.is_empty() && text.language.count_words(text.excerpt(last.span)) >= 6
}

/// Words of a line that is a sentence.
const LEAST: usize = 4;

/// Bytes of what a feed writes where it cut a text: `[…]`, `[+1234 chars]`.
fn more(stretch: &str) -> Option<usize> {
    let body = stretch.strip_suffix(']')?;
    let at = body.rfind('[')?;
    let inside = body.get(at + 1..)?.trim();
    let count = inside.strip_prefix('+').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (count || matches!(inside, "…" | "...")).then(|| stretch.len() - at)
}

/// Whether the line is one of a verse: it is short, and so is the line right below it or above.
fn in_verse(text: &str, span: Span) -> bool {
    const LONGEST: usize = 60;
    let short = |line: &str| (1..=LONGEST).contains(&line.trim().chars().count());
    let own = text.get(..span.end).and_then(|head| head.rsplit('\n').next());
    let below = text.get(span.end..).and_then(|rest| rest.split('\n').nth(1));
    let above = text.get(..span.end).and_then(|head| head.rsplit('\n').nth(1));
    own.is_some_and(short) && (below.is_some_and(short) || above.is_some_and(short))
}

/// Whether the source ends without a final mark too.
fn cut_too(source: Option<&str>) -> bool {
    source.is_some_and(|source| {
        let end = source.trim_end().trim_end_matches(text::is_quote);
        end.ends_with([',', '-', '،', '、', '，'])
            || end.chars().next_back().is_some_and(char::is_alphanumeric)
    })
}
