//! A paragraph that stands there twice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::opening;
use super::{Check, Context, Findings, TextCheck};
use crate::model::{Document, ErrorType, Segment, Severity, Span};
use std::collections::BTreeMap;

/// `repeated-block` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RepeatedBlock {}

impl Check for RepeatedBlock {
    const NAME: &'static str = "repeated-block";
    const ERROR_TYPE: ErrorType = ErrorType::Repetition;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("repeated_block.md");
}

impl TextCheck for RepeatedBlock {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let segments: Vec<&Segment> = text.prose().collect();
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for paragraph in segments.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { continue };
            let span = first.span.join(last.span).trim(&text.text);
            let block = text.excerpt(span);
            if text.language.count_words(block) < LEAST || block.chars().count() < SHORTEST {
                continue;
            }
            let Some(&earlier) = seen.get(block) else {
                seen.insert(block, span);
                continue;
            };
            if context.source.as_deref().is_some_and(twice) {
                continue;
            }
            findings
                .at(span, format!("the paragraph “{}” stands there twice", opening(block, 50)))
                .confidence(0.92)
                .suggest("say it once");
            if let Some(finding) = findings.last() {
                finding.places.extend(
                    finding.places.first().map(|place| crate::model::Place { span: earlier, ..*place }),
                );
            }
        }
    }
}

/// Words, and characters, of a paragraph that says something.
const LEAST: usize = 6;
const SHORTEST: usize = 16;

/// Whether the source itself has a line twice.
fn twice(source: &str) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    source
        .lines()
        .map(str::trim)
        .filter(|line| line.chars().count() >= SHORTEST)
        .any(|line| !seen.insert(line))
}
