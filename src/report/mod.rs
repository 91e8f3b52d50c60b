//! Report to bytes: one file a format.

pub mod fingerprint;
pub mod json;
pub mod offsets;
pub mod text;

use std::io;

use crate::model::Report;

/// An output format.
pub trait Writer: Sync {
    /// `--to NAME`.
    fn name(&self) -> &'static str;
    /// One line for the list of formats.
    fn summary(&self) -> &'static str;
    /// Writes a report.
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()>;
}

/// Every output format.
pub static WRITERS: &[&dyn Writer] = &[&text::Plain, &json::Json, &json::JsonLines];

/// The format of a name.
pub fn find(name: &str) -> Option<&'static dyn Writer> {
    WRITERS.iter().copied().find(|writer| writer.name() == name)
}
