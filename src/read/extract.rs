//! Text taken out of markup, with the way back.

use std::sync::Arc;

use super::error::ReadError;
use super::file::File;
use super::plain;
use crate::lang;
use crate::model::{Anchor, Block, Origin, Piece, SegmentKind, Span};
use crate::pipeline::Text;

/// Text as it is taken out, piece by piece. Places are bytes of whatever it is taken out of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extract {
    /// The text so far.
    pub text: String,
    /// Which bytes it stands for.
    pub pieces: Vec<Piece>,
    /// Its paragraphs.
    pub blocks: Vec<Block>,
    /// Where the open paragraph begins.
    begun: usize,
    /// White space that is written once something follows it.
    space: Option<Span>,
}

impl Extract {
    /// Text that stands as it is at `at`.
    pub fn copy(&mut self, text: &str, at: usize) {
        self.put(text, Span::new(at, at + text.len()));
    }

    /// Text in the place of other bytes: `&` for `&amp;`.
    pub fn put(&mut self, text: &str, file: Span) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let piece = Piece { text: Span::new(start, self.text.len()), file };
        if let Some(last) = self.pieces.last_mut()
            && piece.is_exact()
            && last.is_exact()
            && last.text.end == piece.text.start
            && last.file.end == piece.file.start
        {
            last.text.end = piece.text.end;
            last.file.end = piece.file.end;
        } else {
            self.pieces.push(piece);
        }
    }

    /// Text that stands for nothing.
    pub fn insert(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Running text whose white space is worth one space, as in HTML.
    pub fn flow(&mut self, text: &str, at: usize) {
        let mut run = 0;
        for (index, character) in text.char_indices() {
            if !matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
                continue;
            }
            self.word(Span::new(run, index).of(text), at + run);
            run = index + 1;
            self.space(Span::new(at + index, at + run));
        }
        self.word(Span::new(run, text.len()).of(text), at + run);
    }

    /// White space in running text.
    pub fn space(&mut self, file: Span) {
        self.space = Some(
            self.space.map_or(file, |space| if space.end == file.start { space.join(file) } else { space }),
        );
    }

    /// One character of running text in the place of other bytes.
    pub fn flow_put(&mut self, text: &str, file: Span) {
        if matches!(text, " " | "\t" | "\n" | "\r") {
            return self.space(file);
        }
        self.settle();
        self.put(text, file);
    }

    fn word(&mut self, word: &str, at: usize) {
        if !word.is_empty() {
            self.settle();
            self.copy(word, at);
        }
    }

    fn settle(&mut self) {
        if let Some(space) = self.space.take()
            && self.text.len() > self.begun
        {
            self.put(" ", space);
        }
    }

    /// Ends the open paragraph; one of nothing is none.
    pub fn end_block(&mut self, kind: Option<SegmentKind>) {
        self.space = None;
        let span = Span::new(self.begun, self.text.len());
        if span.of(&self.text).trim().is_empty() {
            return;
        }
        self.blocks.push(Block { span, kind });
        self.text.push_str("\n\n");
        self.begun = self.text.len();
    }

    /// Whether the open paragraph holds nothing yet.
    pub fn at_start(&self) -> bool {
        self.text.len() == self.begun
    }

    /// Adds another text as paragraphs of its own.
    pub fn append(&mut self, other: &Self) {
        self.end_block(None);
        let by = self.text.len();
        self.text.push_str(&other.text);
        let moved = |piece: &Piece| Piece { text: piece.text.shift(by), file: piece.file };
        self.pieces.extend(other.pieces.iter().map(moved));
        self.blocks.extend(other.blocks.iter().map(|block| Block { span: block.span.shift(by), ..*block }));
        // What follows the last paragraph of the other is its tail.
        let tail = other.blocks.last().map_or(0, |last| last.span.end);
        if Span::new(tail, other.text.len()).of(&other.text).trim().is_empty() {
            if !self.text.is_empty() && !self.text.ends_with("\n\n") {
                self.text.push_str("\n\n");
            }
            self.begun = self.text.len();
        } else {
            self.begun = by + tail;
            self.end_block(None);
        }
    }

    /// Adds another text as one paragraph of a kind.
    pub fn append_as(&mut self, other: &Self, kind: SegmentKind) {
        let first = self.blocks.len();
        self.append(other);
        for block in self.blocks.iter_mut().skip(first) {
            block.kind = Some(kind);
        }
    }

    /// The same text, with places in what `outer` was taken out of; the places so far are those in `outer`.
    #[must_use]
    pub fn through(mut self, outer: &[Piece]) -> Self {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let mut index = outer.partition_point(|out| out.text.end <= piece.file.start);
            let (mut first, mut last) = (None, 0);
            while let Some(out) = outer.get(index).filter(|out| out.text.start < piece.file.end) {
                let shared =
                    Span::new(out.text.start.max(piece.file.start), out.text.end.min(piece.file.end));
                let file = if out.is_exact() {
                    let start = out.file.start + (shared.start - out.text.start);
                    Span::new(start, start + shared.len())
                } else {
                    out.file
                };
                if piece.is_exact() {
                    let start = piece.text.start + (shared.start - piece.file.start);
                    pieces.push(Piece { text: Span::new(start, start + shared.len()), file });
                } else {
                    first.get_or_insert(file.start);
                    last = file.end;
                }
                index += 1;
            }
            if let Some(first) = first {
                pieces.push(Piece { text: piece.text, file: Span::new(first, last.max(first)) });
            }
        }
        self.pieces = pieces;
        self
    }

    /// Whether there is nothing to see.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text of a file. `anchor` is where counting may go on; it is moved.
    pub fn text(
        mut self,
        file: &File,
        anchor: &mut Anchor,
        name: &str,
        language: Option<&str>,
    ) -> Result<Text, ReadError> {
        if !self.blocks.is_empty() {
            self.end_block(None);
        }
        plain::check(name, &self.text)?;
        let trimmed = self.text.trim_end().len();
        self.text.truncate(trimmed);
        for block in &mut self.blocks {
            block.span.end = block.span.end.min(trimmed);
        }
        self.pieces.retain(|piece| piece.text.start < trimmed);
        if let Some(last) = self.pieces.last_mut()
            && last.text.end > trimmed
        {
            if last.is_exact() {
                last.file.end -= last.text.end - trimmed;
            }
            last.text.end = trimmed;
        }
        Ok(Text {
            name: name.to_owned(),
            language: language.filter(|tag| lang::find(tag).is_some()).map(str::to_owned),
            text: self.text,
            origin: Some(origin(file, self.pieces, anchor)),
            blocks: self.blocks,
            notes: file.notes.clone(),
            shared: Vec::new(),
            day: None,
            made_from: None,
        })
    }
}

/// Where pieces of a file come from. `anchor` is where counting may go on; it is moved.
pub fn origin(file: &File, pieces: Vec<Piece>, anchor: &mut Anchor) -> Arc<Origin> {
    let first = pieces.iter().map(|piece| piece.file.start).min().unwrap_or_default();
    *anchor = anchor.advance(&file.text, first);
    Arc::new(Origin {
        name: file.name.clone(),
        file: file.text.clone(),
        anchor: *anchor,
        skipped: file.skipped,
        pieces,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_is_worth_one_space() {
        let mut extract = Extract::default();
        extract.flow("\n  The  bridge\n", 10);
        extract.flow_put("&", Span::new(25, 30));
        extract.flow(" the road ", 30);
        extract.end_block(None);
        assert_eq!(extract.text, "The bridge & the road\n\n");
        assert_eq!(extract.blocks, [Block { span: Span::new(0, 21), kind: None }]);
        assert_eq!(extract.pieces[0], Piece { text: Span::new(0, 3), file: Span::new(13, 16) });
        assert_eq!(extract.pieces[1], Piece { text: Span::new(3, 4), file: Span::new(16, 18) });
    }

    #[test]
    fn ways_back_are_joined() {
        // A file holds `x&lt;b&gt;y`, which is the HTML `x<b>y`, which is the text `xy`.
        let mut outer = Extract::default();
        outer.copy("x", 5);
        outer.put("<", Span::new(6, 10));
        outer.copy("b", 10);
        outer.put(">", Span::new(11, 15));
        outer.copy("yz", 15);
        let mut inner = Extract::default();
        inner.copy("x", 0);
        inner.copy("yz", 4);
        let joined = inner.through(&outer.pieces);
        assert_eq!(joined.text, "xyz");
        assert_eq!(joined.pieces[0].file, Span::new(5, 6));
        assert_eq!(joined.pieces[1].file, Span::new(15, 17));
    }
}
