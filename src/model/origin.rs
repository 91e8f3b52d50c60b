//! Where a text was read from: which bytes of which file each of its bytes stands for.
//!
//! Checks see text alone. What markup and escapes take away on the way in, the origin gives back when a finding is shown.

use std::sync::Arc;

use super::{SegmentKind, Span};

/// A run of a text and the bytes of the file that it stands for. Where both are equally long, byte stands for
/// byte; else the whole run stands for all the bytes (`&` for `&amp;`, one space for an indentation).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text.
    pub text: Span,
    /// Bytes of the file.
    pub file: Span,
}

impl Piece {
    /// Whether byte stands for byte.
    pub const fn is_exact(&self) -> bool {
        self.text.len() == self.file.len()
    }
}

/// A paragraph that markup names: a hard boundary, and its kind where the markup tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where, in the text.
    pub span: Span,
    /// What; `None` where its own words must tell.
    pub kind: Option<SegmentKind>,
}

/// A place in a file as it is counted from its beginning: lines and columns from 1, bytes from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Bytes of the decoded file before it.
    pub byte: usize,
    /// Line.
    pub line: usize,
    /// Column in code points.
    pub column: usize,
    /// Column in units of UTF-16.
    pub utf16: usize,
    /// Column in bytes of UTF-8.
    pub utf8: usize,
}

impl Anchor {
    /// The beginning of a file.
    pub const START: Self = Self { byte: 0, line: 1, column: 1, utf16: 1, utf8: 1 };

    /// The place `to` in `file`, counted on from here; from the beginning where it lies before.
    #[must_use]
    pub fn advance(self, file: &str, to: usize) -> Self {
        let mut at = if to < self.byte { Self::START } else { self };
        let mut rest = Span::new(at.byte, to).of(file).chars().peekable();
        while let Some(character) = rest.next() {
            let ends = character == '\n' || (character == '\r' && next_is_not_newline(&mut rest, file, to));
            if ends {
                at = Self { byte: at.byte, line: at.line + 1, column: 1, utf16: 1, utf8: 1 };
            } else {
                at.column += 1;
                at.utf16 += character.len_utf16();
                at.utf8 += character.len_utf8();
            }
            at.byte += character.len_utf8();
        }
        at
    }
}

fn next_is_not_newline(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, file: &str, to: usize) -> bool {
    match rest.peek() {
        Some(&next) => next != '\n',
        None => file.as_bytes().get(to) != Some(&b'\n'),
    }
}

/// What a translation says of the source that it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MadeFrom {
    /// Where the source is, as seen from the translation.
    pub path: Option<String>,
    /// Which state of it was translated: a SHA-256, or the beginning of one, or a commit.
    pub revision: Option<String>,
    /// How the source differs from that state, where it does.
    pub change: Option<String>,
}

/// Where a text was read from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// What the user calls the file.
    pub name: Arc<str>,
    /// The file as decoded, or the lines of it that the text is in.
    pub file: Arc<str>,
    /// Where the counting of lines and columns starts, at or before the first piece.
    pub anchor: Anchor,
    /// Bytes of the file before the decoded ones: a byte order mark, earlier lines. `None` where the file
    /// itself holds other bytes, being compressed or in another encoding.
    pub skipped: Option<usize>,
    /// In order of the text, never overlapping in it. What is in no piece stands for nothing in the file.
    pub pieces: Vec<Piece>,
}

impl Origin {
    /// The bytes of the decoded file that a span of the text stands for.
    pub fn span(&self, span: Span) -> Span {
        let start = start(&self.pieces, span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, end(&self.pieces, span.end).max(start))
    }

    /// The bytes of the file as stored that hold exactly the text of a span, so that other bytes may be
    /// written in their place.
    pub fn exact(&self, span: Span) -> Option<Span> {
        let skipped = self.skipped?;
        let after = self.pieces.partition_point(|piece| piece.text.start <= span.start);
        let piece = after.checked_sub(1).and_then(|at| self.pieces.get(at))?;
        let fits = piece.is_exact() && piece.text.contains(span) && !span.is_empty();
        fits.then(|| self.span(span).shift(skipped))
    }
}

fn start(pieces: &[Piece], at: usize) -> usize {
    let after = pieces.partition_point(|piece| piece.text.start <= at);
    if let Some(piece) = after.checked_sub(1).and_then(|index| pieces.get(index))
        && at < piece.text.end
    {
        return if piece.is_exact() { piece.file.start + (at - piece.text.start) } else { piece.file.start };
    }
    match pieces.get(after) {
        Some(next) => next.file.start,
        None => pieces.last().map_or(0, |last| last.file.end),
    }
}

fn end(pieces: &[Piece], at: usize) -> usize {
    // The piece that holds the last byte of the span, or the last one before it.
    let after = pieces.partition_point(|piece| piece.text.start < at);
    let Some(piece) = after.checked_sub(1).and_then(|index| pieces.get(index)) else {
        return pieces.first().map_or(0, |first| first.file.start);
    };
    if at < piece.text.end && piece.is_exact() {
        piece.file.start + (at - piece.text.start)
    } else {
        piece.file.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Origin {
        // "a &amp; b\n\nc" read as "a & b", two line breaks of ours, "c".
        let piece = |text: (usize, usize), file: (usize, usize)| Piece {
            text: Span::new(text.0, text.1),
            file: Span::new(file.0, file.1),
        };
        Origin {
            name: "x".into(),
            file: "a &amp; b\n\nc".into(),
            anchor: Anchor::START,
            skipped: Some(3),
            pieces: vec![
                piece((0, 2), (0, 2)),
                piece((2, 3), (2, 7)),
                piece((3, 5), (7, 9)),
                piece((7, 8), (11, 12)),
            ],
        }
    }

    #[test]
    fn spans_lead_back_through_escapes() {
        let origin = origin();
        assert_eq!(origin.span(Span::new(0, 1)), Span::new(0, 1));
        assert_eq!(origin.span(Span::new(2, 3)), Span::new(2, 7));
        assert_eq!(origin.span(Span::new(4, 5)), Span::new(8, 9));
        assert_eq!(origin.span(Span::new(0, 8)), Span::new(0, 12));
        // Line breaks of ours stand for nothing.
        assert_eq!(origin.span(Span::new(5, 7)), Span::new(11, 11));
        assert_eq!(origin.span(Span::new(8, 8)), Span::new(12, 12));
    }

    #[test]
    fn only_untouched_bytes_may_be_replaced() {
        let origin = origin();
        assert_eq!(origin.exact(Span::new(4, 5)), Some(Span::new(11, 12)));
        assert_eq!(origin.exact(Span::new(2, 3)), None);
        assert_eq!(origin.exact(Span::new(0, 5)), None);
    }

    #[test]
    fn anchors_count_on() {
        let file = "é\r\n😀x\ry";
        let at = |place: &str| file.find(place).expect("is there");
        let x = Anchor::START.advance(file, at("x"));
        assert_eq!((x.line, x.column, x.utf16, x.utf8), (2, 2, 3, 5));
        let y = x.advance(file, at("y"));
        assert_eq!((y.line, y.column), (3, 1));
        assert_eq!(y.advance(file, at("\r\n")).line, 1);
        assert_eq!(Anchor::START.advance(file, at("\n")).line, 1);
    }
}
