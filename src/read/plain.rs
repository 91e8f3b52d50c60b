//! Plain text: the file is the text.

use std::path::Path;
use std::sync::Arc;

use super::error::{LARGEST, ReadError};
use super::file::{self, File};
use crate::model::{Anchor, Origin, Piece, Span};
use crate::pipeline::Text;

/// Reads a file, or standard input where the path is `-`.
pub fn file(path: &Path) -> Result<Text, ReadError> {
    text(&file::open(path)?)
}

/// A file as one text.
pub fn text(file: &File) -> Result<Text, ReadError> {
    let name = file.name.to_string();
    check(&name, &file.text)?;
    // Behind a byte order mark, or packed, bytes of the text are not those of the file.
    let origin = (file.skipped != Some(0)).then(|| {
        let whole = Span::new(0, file.text.len());
        Arc::new(Origin {
            name: file.name.clone(),
            file: file.text.clone(),
            anchor: Anchor::START,
            skipped: file.skipped,
            pieces: vec![Piece { text: whole, file: whole }],
        })
    });
    Ok(Text { origin, notes: file.notes.clone(), ..Text::new(name, None, &*file.text) })
}

/// Refuses a text that holds nothing to see, or too much.
pub fn check(name: &str, text: &str) -> Result<(), ReadError> {
    if text.len() > LARGEST << 20 {
        return Err(ReadError::Large { name: name.to_owned(), megabytes: text.len().div_ceil(1 << 20) });
    }
    if text.chars().all(|c| c.is_whitespace() || c.is_control() || crate::lang::text::is_invisible(c)) {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_nothing_is_refused() {
        let read = |bytes: &[u8]| text(&file::decode("c", bytes.to_vec(), false).expect("UTF-8"));
        assert_eq!(read(b" \n\t\x01").err(), Some(ReadError::Empty { name: "c".into() }));
        assert_eq!(read("\u{FEFF}".as_bytes()).err(), Some(ReadError::Empty { name: "c".into() }));
        assert!(read(b"x").expect("a text").origin.is_none());
    }
}
