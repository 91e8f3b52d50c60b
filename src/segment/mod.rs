//! Document to segments: lines, paragraphs, sentences, and what is no sentence.

mod furniture;
mod lines;
mod sentences;
pub mod shared;

use crate::lang::{Language, PerLanguage};
use crate::model::{Block, Segment, SegmentKind, Span};

static RULES: PerLanguage<sentences::Rules<'static>> = PerLanguage::new();

/// Cuts a text into segments, in order; every visible character is in exactly one. Sentences, items of lists
/// and captions are cut at sentence ends; a heading, a byline or a line of furniture is one segment.
pub fn segment(text: &str, language: &Language) -> Vec<Segment> {
    segment_blocks(text, language, &[])
}

/// As [`segment`], where markup already names paragraphs: each block is one, of its kind where that is known.
/// What lies between the blocks is read by its lines.
pub fn segment_blocks(text: &str, language: &Language, blocks: &[Block]) -> Vec<Segment> {
    let rules = RULES.get(language, sentences::Rules::of);
    let mut out = Vec::new();
    for (number, paragraph) in lines::paragraphs(text, language, blocks).into_iter().enumerate() {
        let spans = match paragraph.kind {
            SegmentKind::Sentence | SegmentKind::ListItem | SegmentKind::Caption => {
                rules.cut(text, paragraph.span)
            }
            SegmentKind::Heading | SegmentKind::Byline | SegmentKind::Boilerplate => vec![paragraph.span],
        };
        out.extend(spans.into_iter().map(|span| Segment {
            span,
            kind: paragraph.kind,
            paragraph: number as u32,
            mentions: Vec::new(),
        }));
    }
    out
}

/// Sentences of a text, in order, trimmed. A line ends a sentence, unless it is one of a hard-wrapped paragraph.
pub fn sentences(text: &str, language: &Language) -> Vec<Span> {
    let rules = RULES.get(language, sentences::Rules::of);
    lines::unwrapped(text, language).into_iter().flat_map(|span| rules.cut(text, span)).collect()
}
