//! The one place that converts bytes to lines, columns and code points.

use crate::model::Span;

/// Lines of one text, for converting byte offsets.
pub struct Offsets<'a> {
    text: &'a str,
    lines: Vec<usize>,
}

impl<'a> Offsets<'a> {
    /// Reads where the lines of a text start. `\n`, `\r\n` and a lone `\r` end a line.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                lines.push(at + 1);
            }
        }
        Self { text, lines }
    }

    /// Line, counted from 1, and column in code points, counted from 1.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start <= byte);
        let start = self.lines[line - 1];
        (line, Span::new(start, byte).of(self.text).chars().count() + 1)
    }

    /// Code points before a byte.
    pub fn characters(&self, byte: usize) -> usize {
        Span::new(0, byte).of(self.text).chars().count()
    }
}
