use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck};
use crate::model::{Document, ErrorType, Segment, SegmentKind, Severity, Span};

/// `boilerplate` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Boilerplate {}

impl Check for Boilerplate {
    const NAME: &'static str = "boilerplate";
    const ERROR_TYPE: ErrorType = ErrorType::Furniture;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("boilerplate.md");
}

/// Characters of a line that may be one entry of a menu.
const ENTRY: usize = 30;

impl TextCheck for Boilerplate {
    fn run(&self, text: &Document, _context: &Context, findings: &mut Findings<'_>) {
        let mut block: Vec<&Segment> = Vec::new();
        for segment in &text.segments {
            let furniture = segment.kind == SegmentKind::Boilerplate
                && text.excerpt(segment.span).chars().any(char::is_alphanumeric);
            let entry = furniture && text.excerpt(segment.span).chars().count() <= ENTRY;
            if !entry {
                report(text, &block, findings);
                block.clear();
            }
            if entry {
                block.push(segment);
            } else if furniture {
                report(text, &[segment], findings);
            }
        }
        report(text, &block, findings);
    }
}

fn report(text: &Document, block: &[&Segment], findings: &mut Findings<'_>) {
    let (Some(first), Some(last)) = (block.first(), block.last()) else { return };
    let quoted = opening(text.excerpt(first.span), 60);
    let message = match block.len() {
        1 => format!("part of the web page, not of the article: “{quoted}”"),
        lines => format!("{lines} lines of the web page, not of the article, from “{quoted}”"),
    };
    findings.at(first.span.join(last.span), message).confidence(if block.len() > 2 { 0.9 } else { 0.85 });
}

/// The first characters of a text, cut between words where there are any.
pub(super) fn opening(text: &str, longest: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    let Some((cut, _)) = line.char_indices().nth(longest) else { return line.to_owned() };
    let head = Span::new(0, cut).of(line);
    let at = head.rfind(char::is_whitespace).filter(|&at| at > cut / 2).unwrap_or(cut);
    format!("{}…", Span::new(0, at).of(line).trim_end())
}
