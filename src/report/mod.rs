//! Report to bytes: one file a format.

pub mod checkstyle;
pub mod escape;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod mqm;
pub mod offsets;
pub mod places;
pub mod rdjsonl;
pub mod sarif;
pub mod text;
pub mod wrap;

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
    /// Whether the report of many inputs is the reports of each, one after the other.
    fn streams(&self) -> bool {
        false
    }
    /// What stands between two of them.
    fn gap(&self) -> &'static str {
        ""
    }
}

/// Every output format.
pub static WRITERS: &[&dyn Writer] = &[
    &text::Plain,
    &markdown::Markdown,
    &json::Json,
    &json::JsonLines,
    &sarif::Sarif,
    &html::Html,
    &github::Github,
    &gitlab::Gitlab,
    &junit::Junit,
    &rdjsonl::Rdjsonl,
    &checkstyle::Checkstyle,
    &mqm::Mqm,
];

/// The format of a name.
pub fn find(name: &str) -> Option<&'static dyn Writer> {
    WRITERS.iter().copied().find(|writer| writer.name() == name)
}
