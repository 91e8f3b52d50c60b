//! Entries of catalogues, translation memories and tables to inputs.

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use crate::model::Anchor;
use crate::pipeline::Input;

/// The inputs of one file, as they are found.
pub(super) struct Rows<'a> {
    file: &'a File,
    anchor: Anchor,
    inputs: Vec<Input>,
    /// Entries without a translation that anybody would see.
    left_out: usize,
}

/// One side of an entry.
pub(super) struct Side<'a> {
    /// What it says.
    pub(super) text: Extract,
    /// Its language, where the file tells it.
    pub(super) language: Option<&'a str>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(file: &'a File) -> Self {
        Self { file, anchor: Anchor::START, inputs: Vec::new(), left_out: 0 }
    }

    /// An entry; one that is not translated is left out.
    pub(super) fn pair(&mut self, id: &str, source: Option<Side<'_>>, target: Side<'_>) {
        let id = format!("{}#{id}", self.file.name);
        if target.text.is_blank() || source.as_ref().is_some_and(|source| source.text.is_blank()) {
            self.left_out += 1;
            return;
        }
        let mut text = |side: Side<'_>| side.text.text(self.file, &mut self.anchor, &id, side.language);
        let input = match source {
            None => text(target).map(|target| Input::Text { id: id.clone(), target }),
            Some(source) => text(source)
                .and_then(|source| text(target).map(|target| Input::Pair { id: id.clone(), source, target })),
        };
        self.inputs.push(input.unwrap_or_else(|error| Input::Unreadable { id, error: error.to_string() }));
    }

    /// Counts an entry that nobody would see.
    pub(super) fn leave_out(&mut self) {
        self.left_out += 1;
    }

    /// All of them.
    pub(super) fn finish(self, what: &str) -> Result<Vec<Input>, ReadError> {
        if self.inputs.is_empty() {
            let message = match self.left_out {
                0 => format!("holds no {what}"),
                count => format!("holds no translated {what} ({count} untranslated)"),
            };
            return Err(self.file.nothing(message));
        }
        Ok(self.inputs)
    }
}
