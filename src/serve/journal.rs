//! The log: a line of JSON a request. Ids, sizes, hashes, verdicts and milliseconds; never a word of an article.

use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use crate::model::Verdict;

/// Where lines of the log go.
pub type Journal = Arc<dyn Fn(&str) + Send + Sync>;

/// One request, as the log tells it.
#[derive(Debug, Serialize)]
pub(super) struct Line<'a> {
    /// When, in UTC.
    pub(super) at: String,
    /// Its number since the start.
    pub(super) request: u64,
    pub(super) method: &'a str,
    /// The route, not the path, which anybody may choose.
    pub(super) route: &'static str,
    pub(super) status: u16,
    /// Bytes received.
    pub(super) received: usize,
    /// SHA-256 of them, the first half.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sha256: Option<String>,
    pub(super) milliseconds: u64,
    #[serde(flatten)]
    pub(super) note: Note,
}

/// What a handler adds to its line.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Note {
    #[serde(skip)]
    pub(super) route: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// Who asked: the name of a token, or what the proxy says.
    pub(super) by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) report: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) verdict: Option<Verdict>,
    /// Languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pair: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) findings: Option<usize>,
    /// Why something was refused or not checked: a code of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<&'static str>,
}

impl Line<'_> {
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Lets a panic say where it happened, and nothing of what it was given: a message may quote an article.
pub fn quiet_panics(journal: Journal) {
    std::panic::set_hook(Box::new(move |info| {
        let mut line = String::from("{\"panic\":\"");
        if let Some(place) = info.location() {
            let _ = write!(line, "{}:{}:{}", place.file().escape_default(), place.line(), place.column());
        }
        line.push_str("\"}");
        journal(&line);
    }));
}
