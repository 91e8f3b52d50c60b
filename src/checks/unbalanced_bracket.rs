//! A bracket that never closes, or closes nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck};
use crate::model::{Document, ErrorType, Segment, Severity, Span};

/// `unbalanced-bracket` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UnbalancedBracket {}

impl Check for UnbalancedBracket {
    const NAME: &'static str = "unbalanced-bracket";
    const ERROR_TYPE: ErrorType = ErrorType::Punctuation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("unbalanced_bracket.md");
}

impl TextCheck for UnbalancedBracket {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let source = context.source.as_deref().map(|source| lone(source, Span::new(0, source.len())).len());
        let segments: Vec<&Segment> = text.prose().collect();
        let mut found = Vec::new();
        for paragraph in segments.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { continue };
            found.extend(lone(&text.text, first.span.join(last.span)));
        }
        // The source is set with as little care, or the text uses the marks for something else.
        if source.is_some_and(|source| source >= found.len()) || found.len() > TOO_MANY {
            return;
        }
        for bracket in found {
            let segment = text.segment_at(bracket.span.start).map_or(bracket.span, |segment| segment.span);
            let (span, message) = if bracket.opening {
                let end = segment.end.max(bracket.span.end);
                (Span::new(bracket.span.start, end), format!("“{}” never closes", bracket.mark))
            } else {
                (bracket.span, format!("nothing opens what “{}” closes", bracket.mark))
            };
            findings.at(span, message).confidence(0.8);
        }
    }
}

/// Lone brackets beyond which they are no brackets: lists, code, faces.
const TOO_MANY: usize = 4;

/// A bracket without its counterpart.
struct Lone {
    span: Span,
    mark: char,
    opening: bool,
}

const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】'), ('［', '］')];

/// The brackets of a stretch that have no counterpart in it. A full-width one may be closed by a narrow one.
fn lone(text: &str, stretch: Span) -> Vec<Lone> {
    let kind = |mark: char| PAIRS.iter().position(|pair| pair.0 == mark || pair.1 == mark);
    let family = |kind: usize| kind % 2;
    let mut open: Vec<(Span, char, usize)> = Vec::new();
    let mut out = Vec::new();
    let (mut before, mut word) = (' ', 0_usize);
    for (at, mark) in stretch.of(text).char_indices() {
        let span = Span::new(at, at + mark.len_utf8()).shift(stretch.start);
        if let Some(kind) = kind(mark) {
            let opening = PAIRS[kind].0 == mark;
            // Faces: `:)`, `:-(`.
            let face = matches!(before, ':' | ';' | '-' | '=' | '^' | '_');
            let own = open.iter().rposition(|&(_, _, other)| family(other) == family(kind));
            if opening && !face {
                open.push((span, mark, kind));
            } else if !opening && own.is_some() {
                open.truncate(own.unwrap_or_default());
            } else if !(opening || face || before.is_alphanumeric() && word <= 2) {
                // An item of a list: `a)`, `12)`.
                out.push(Lone { span, mark, opening: false });
            }
        }
        word = if mark.is_alphanumeric() { word + 1 } else { 0 };
        before = mark;
    }
    out.extend(open.into_iter().map(|(span, mark, _)| Lone { span, mark, opening: true }));
    out.sort_by_key(|lone| lone.span);
    out
}
