//! A document: text exactly as read, and the segments the pipeline found in it.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::{MadeFrom, Mention, Origin};
use crate::lang::Language;

/// A place in one document's text: a half-open range of bytes into the text as read, on character
/// boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same span moved right by `by` bytes.
    #[must_use]
    pub const fn shift(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// The text of the span; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The span without white space at either end.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let whole = self.of(text);
        let start = self.start + whole.len() - whole.trim_start().len();
        Self::new(start, start + whole.trim().len())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// What a segment is. Only [`SegmentKind::is_prose`] kinds feed alignment and entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// A sentence of running text.
    Sentence,
    /// A headline or subheading: its own line, no final mark.
    Heading,
    /// Who wrote it, where, when.
    Byline,
    /// The caption of a picture.
    Caption,
    /// An item of a list.
    ListItem,
    /// Web furniture: share bars, cookie lines, invitations, copyright, related stories.
    Boilerplate,
}

impl SegmentKind {
    /// Whether the segment is part of the article rather than of the page around it.
    pub const fn is_prose(self) -> bool {
        !matches!(self, Self::Boilerplate)
    }
}

/// What the aligner moves: a sentence, or a line that is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Where it is, without surrounding white space.
    pub span: Span,
    /// What it is.
    pub kind: SegmentKind,
    /// Number of its paragraph, counted from 0.
    pub paragraph: u32,
    /// What is named or counted in it, in order of place.
    pub mentions: Vec<Mention>,
}

/// One text exactly as read; never normalised in place.
#[derive(Debug, Clone)]
pub struct Document {
    /// What the user calls it: a path, a row's id, `-` for standard input.
    pub name: String,
    /// The language it is taken to be in.
    pub language: &'static Language,
    /// The text.
    pub text: String,
    /// The segments, in order, never overlapping; every visible character is in one.
    pub segments: Vec<Segment>,
    /// Where the text was read from; `None` where the text is the file.
    pub origin: Option<Arc<Origin>>,
    /// What a reader of the report must know of how it was read: a detected encoding, entries left out.
    pub notes: Vec<String>,
    /// What it says of the source that it was made from.
    pub made_from: Option<MadeFrom>,
    /// The day it is of, `YYYY-MM-DD`, where that was given.
    pub day: Option<String>,
}

impl Document {
    /// The text of a span.
    pub fn excerpt(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The file that the text is in.
    pub fn file(&self) -> &str {
        self.origin.as_ref().map_or(&self.name, |origin| &origin.name)
    }

    /// Segments that belong to the article.
    pub fn prose(&self) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(|segment| segment.kind.is_prose())
    }

    /// The segment that holds a byte.
    pub fn segment_at(&self, byte: usize) -> Option<&Segment> {
        let after = self.segments.partition_point(|segment| segment.span.start <= byte);
        self.segments[..after].last().filter(|segment| byte < segment.span.end)
    }

    /// All mentions, in order of place.
    pub fn mentions(&self) -> impl Iterator<Item = &Mention> {
        self.segments.iter().flat_map(|segment| &segment.mentions)
    }
}
