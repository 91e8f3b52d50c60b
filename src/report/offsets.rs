//! The one place that converts bytes to lines, columns and code points.
//!
//! Formats count columns in four ways: bytes of UTF-8 (reviewdog), units of UTF-16 (SARIF as we write it, editors),
//! code points (terminals, checkstyle) and bytes into the whole text (our own JSON).

use std::sync::Arc;

use crate::model::{Anchor, Document, Origin, Span};

/// Bytes between two remembered counts.
const STEP: usize = 512;

/// U+FEFF at the very start of a file says how it is encoded; no editor shows it as a column.
const BOM: char = '\u{FEFF}';

/// A place in a text as people and programs count it, everything from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column in code points.
    pub column: usize,
    /// Column in units of UTF-16.
    pub utf16: usize,
    /// Column in bytes of UTF-8.
    pub utf8: usize,
}

/// What was counted before the first character at or after every [`STEP`]th byte.
struct Mark {
    at: usize,
    characters: usize,
    utf16: usize,
}

/// Lines and code points of one text, for converting byte offsets. Where the text was read out of a file that
/// holds more, lines and columns are the file's.
pub struct Offsets<'a> {
    text: &'a str,
    lines: Vec<usize>,
    marks: Vec<Mark>,
    file: Option<Box<FileOffsets<'a>>>,
}

/// The part of a file that a text was read out of.
struct FileOffsets<'a> {
    origin: &'a Arc<Origin>,
    offsets: Offsets<'a>,
}

impl<'a> Offsets<'a> {
    /// Reads where the lines of a text start. `\n`, `\r\n` and a lone `\r` end a line.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut utf16 = 0;
        for (characters, (at, character)) in text.char_indices().enumerate() {
            if at >= marks.len() * STEP {
                marks.push(Mark { at, characters, utf16 });
            }
            utf16 += character.len_utf16();
            if character == '\n' || (character == '\r' && bytes.get(at + 1) != Some(&b'\n')) {
                lines.push(at + 1);
            }
        }
        Self { text, lines, marks, file: None }
    }

    /// Of a document: lines and columns are those of the file it was read out of.
    pub fn of(document: &'a Document) -> Self {
        let file = document.origin.as_ref().map(|origin| {
            let from = origin.anchor.byte;
            let last = origin.pieces.iter().map(|piece| piece.file.end).max().unwrap_or(from);
            let part = Span::new(from, last).of(&origin.file);
            Box::new(FileOffsets { origin, offsets: Self::new(part) })
        });
        Self { file, ..Self::new(&document.text) }
    }

    /// Line and column of the first byte of a span and of the byte after its last.
    pub fn ends(&self, span: Span) -> (Position, Position) {
        match &self.file {
            Some(file) => {
                let span = file.origin.span(span);
                (file.position(span.start), file.position(span.end))
            }
            None => (self.position(span.start), self.position(span.end)),
        }
    }

    /// Line and column of a byte. A byte order mark at the start of the text is in no column.
    pub fn position(&self, byte: usize) -> Position {
        if let Some(file) = &self.file {
            return file.position(file.origin.span(Span::new(byte, byte + 1)).start);
        }
        let line = self.lines.partition_point(|&start| start <= byte);
        let mut start = self.lines[line - 1];
        if start == 0 && self.text.starts_with(BOM) {
            start = BOM.len_utf8();
        }
        let byte = byte.max(start);
        let (here, first) = (self.before(byte), self.before(start));
        Position { line, column: here.0 - first.0 + 1, utf16: here.1 - first.1 + 1, utf8: byte - start + 1 }
    }

    /// Code points before a byte.
    pub fn characters(&self, byte: usize) -> usize {
        self.before(byte).0
    }

    /// Code points and units of UTF-16 before a byte.
    fn before(&self, byte: usize) -> (usize, usize) {
        let known = self.marks.partition_point(|mark| mark.at <= byte);
        let mark = known.checked_sub(1).map(|index| &self.marks[index]);
        let (at, characters, utf16) = mark.map_or((0, 0, 0), |mark| (mark.at, mark.characters, mark.utf16));
        let rest = Span::new(at, byte).of(self.text);
        (characters + rest.chars().count(), utf16 + rest.chars().map(char::len_utf16).sum::<usize>())
    }
}

impl FileOffsets<'_> {
    /// The place of a byte of the file, counted on from where the part begins.
    fn position(&self, byte: usize) -> Position {
        let Anchor { byte: from, line, column, utf16, utf8 } = self.origin.anchor;
        let inside = self.offsets.text.floor_char_boundary(byte.saturating_sub(from));
        let place = self.offsets.position(inside);
        if place.line > 1 {
            return Position { line: place.line + line - 1, ..place };
        }
        Position {
            line,
            column: place.column + column - 1,
            utf16: place.utf16 + utf16 - 1,
            utf8: place.utf8 + utf8 - 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Offsets, Position};

    #[test]
    fn code_points_lines_and_columns_in_any_script() {
        let text = "a𐐀b\r\nनमस्ते\rشكرا\n\u{FEFF}😀x";
        let offsets = Offsets::new(text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.characters(at), count);
        }
        let place = |needle: &str| {
            let Position { line, column, utf16, utf8 } =
                offsets.position(text.find(needle).expect("is there"));
            (line, column, utf16, utf8)
        };
        assert_eq!(place("b"), (1, 3, 4, 6));
        assert_eq!(place("स्ते"), (2, 3, 3, 7));
        assert_eq!(place("كرا"), (3, 2, 2, 3));
        // In the middle of a text it is a character like any other.
        assert_eq!(place("x"), (4, 3, 4, 8));
    }

    #[test]
    fn families_of_emoji_and_clusters_count_as_their_parts() {
        let text = "👩‍👩‍👧!क्षि?";
        let offsets = Offsets::new(text);
        let place = |needle: char| offsets.position(text.find(needle).expect("is there"));
        assert_eq!(place('!'), Position { line: 1, column: 6, utf16: 9, utf8: 19 });
        assert_eq!(place('?'), Position { line: 1, column: 11, utf16: 14, utf8: 32 });
    }

    #[test]
    fn a_byte_order_mark_is_in_no_column() {
        let offsets = Offsets::new("\u{FEFF}ab\nc");
        assert_eq!(offsets.position(0), Position { line: 1, column: 1, utf16: 1, utf8: 1 });
        assert_eq!(offsets.position(3), Position { line: 1, column: 1, utf16: 1, utf8: 1 });
        assert_eq!(offsets.position(4), Position { line: 1, column: 2, utf16: 2, utf8: 2 });
        assert_eq!(offsets.position(6), Position { line: 2, column: 1, utf16: 1, utf8: 1 });
    }

    #[test]
    fn the_end_and_empty_texts_have_a_place() {
        assert_eq!(Offsets::new("").position(0), Position { line: 1, column: 1, utf16: 1, utf8: 1 });
        assert_eq!(Offsets::new("é\r\n").position(4), Position { line: 2, column: 1, utf16: 1, utf8: 1 });
    }

    #[test]
    fn long_lines_are_counted_from_the_nearest_mark() {
        let text = "я".repeat(5000);
        let offsets = Offsets::new(&text);
        assert_eq!(offsets.position(8000), Position { line: 1, column: 4001, utf16: 4001, utf8: 8001 });
    }
}
