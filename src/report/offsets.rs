//! The one place that converts bytes to lines, columns and code points.

use crate::model::Span;

/// Bytes between two remembered counts.
const STEP: usize = 512;

/// Lines and code points of one text, for converting byte offsets.
pub struct Offsets<'a> {
    text: &'a str,
    lines: Vec<usize>,
    /// Code points before the first character at or after every [`STEP`]th byte, and where that one is.
    counts: Vec<(usize, usize)>,
}

impl<'a> Offsets<'a> {
    /// Reads where the lines of a text start. `\n`, `\r\n` and a lone `\r` end a line.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        let mut counts = Vec::with_capacity(text.len() / STEP + 1);
        for (count, (at, character)) in text.char_indices().enumerate() {
            if at >= counts.len() * STEP {
                counts.push((at, count));
            }
            if character == '\n' || (character == '\r' && bytes.get(at + 1) != Some(&b'\n')) {
                lines.push(at + 1);
            }
        }
        Self { text, lines, counts }
    }

    /// Line, counted from 1, and column in code points, counted from 1.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start <= byte);
        let start = self.lines[line - 1];
        (line, self.characters(byte) - self.characters(start) + 1)
    }

    /// Code points before a byte.
    pub fn characters(&self, byte: usize) -> usize {
        let known = self.counts.partition_point(|&(at, _)| at <= byte);
        let (at, count) = known.checked_sub(1).map_or((0, 0), |index| self.counts[index]);
        count + Span::new(at, byte).of(self.text).chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn code_points_lines_and_columns_in_any_script() {
        let text = "a𐐀b\r\nनमस्ते\rشكرا\n\u{FEFF}😀x";
        let offsets = Offsets::new(text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.characters(at), count);
        }
        let place = |needle: &str| offsets.line_column(text.find(needle).expect("is there"));
        assert_eq!(place("b"), (1, 3));
        assert_eq!(place("स्ते"), (2, 3));
        assert_eq!(place("كرا"), (3, 2));
        assert_eq!(place("x"), (4, 3));
    }

    #[test]
    fn long_lines_are_counted_from_the_nearest_mark() {
        let text = "я".repeat(5000);
        let offsets = Offsets::new(&text);
        assert_eq!(offsets.line_column(8000), (1, 4001));
    }
}
