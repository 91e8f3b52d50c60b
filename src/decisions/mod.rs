//! What people decided about findings: one log, one record a line, appended to and never rewritten.
//!
//! The log is newline-delimited JSON and is committed beside the texts. The HTML report exports such records, `recto
//! baseline` appends them, and so can a server. Each line that we append carries the hash of the line before, so that
//! a line changed or taken out later shows. The baseline is a view of the log: what it says today. Where the log is
//! kept is a [`Store`]: a file, or a table of PostgreSQL.

pub mod baseline;
pub mod comments;
pub mod file;
pub mod fingerprint;
pub mod log;
pub mod overriding;
#[cfg(feature = "postgres")]
pub mod postgres;
pub mod record;
pub mod store;

pub use baseline::{Acceptance, Baseline};
pub use log::Log;
pub use record::{Record, Texts, record};
pub use store::{Store, StoreError};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::lang::text::lower;
use crate::model::{Finding, InputReport, Side, Subject};

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It is so, and may stay.
    Accept,
    /// Nothing is wrong.
    FalseAlarm,
    /// It was put right: earlier decisions about it count no more.
    Fixed,
    /// It is wrong, and stays.
    WontFix,
}

impl Decision {
    /// Its name, as the log has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::FalseAlarm => "false-alarm",
            Self::Fixed => "fixed",
            Self::WontFix => "wont-fix",
        }
    }
}

/// How far a decision reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// As many findings of this check in these words in this document as were counted.
    Finding,
    /// Every finding of this check in these words in this document.
    Document,
    /// … in every document of these languages.
    Pair,
    /// … everywhere.
    Everywhere,
}

/// What a finding is, apart from where in the text it stands: check and words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The check.
    pub check: String,
    /// The words of the source.
    pub source: Vec<String>,
    /// The words of the target, or of the accounts.
    pub target: Vec<String>,
}

impl Fault {
    /// That of a finding.
    pub fn of(finding: &Finding, input: &InputReport) -> Self {
        let (mut source, mut target) = (Vec::new(), Vec::new());
        for place in &finding.places {
            let Some(document) = input.subject.document(place) else { continue };
            let quote = quote(document.excerpt(place.span));
            if place.side == Side::Source { source.push(quote) } else { target.push(quote) }
        }
        Self { check: finding.check.to_owned(), source, target }
    }

    /// That of a record.
    pub fn of_record(record: &Record) -> Self {
        let all = |quotes: &[String]| quotes.iter().map(|text| quote(text)).collect();
        Self { check: record.check.clone(), source: all(&record.source), target: all(&record.target) }
    }
}

/// The document that a finding's fault is in: the translation, or the account of the first place.
pub fn document_of<'a>(finding: &Finding, input: &'a InputReport) -> Option<&'a str> {
    let document = match &input.subject {
        Subject::Bitext(bitext) => &bitext.target,
        subject => subject.document(finding.places.first()?)?,
    };
    Some(document.name.as_str())
}

/// Characters of a quotation that a record keeps.
const KEPT: usize = 120;

/// Words as decisions compare them: composed, lower case, single spaces. Marks and figures stay as they are, since
/// `1.5` and `15` are two things. What is long is cut, and what was cut off told by a hash.
pub fn quote(text: &str) -> String {
    let text: String = lower(text, false).nfc().collect();
    let words: Vec<&str> = text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    match text.char_indices().nth(KEPT) {
        // A quotation that was cut before is kept as it is.
        Some((at, _)) if !is_cut(&text) => {
            let hash: String = log::hash(&text).chars().take(8).collect();
            format!("{}…{hash}", text.get(..at).unwrap_or_default())
        }
        _ => text,
    }
}

fn is_cut(text: &str) -> bool {
    text.rsplit_once('…').is_some_and(|(before, hash)| {
        before.chars().count() == KEPT && hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn quotations_differ_where_the_meaning_does() {
        assert_eq!(quote(" Two\n  Words "), "two words");
        assert_eq!(quote("E\u{301}te"), "éte");
        assert_ne!(quote("1.5"), quote("15"));
        assert_ne!(quote("50 %"), quote("50"));
    }

    #[test]
    fn long_quotations_are_cut_once_and_told_apart() {
        let (one, two) = (format!("{}a", "слово ".repeat(60)), format!("{}b", "слово ".repeat(60)));
        assert_ne!(quote(&one), quote(&two));
        assert_eq!(quote(&quote(&one)), quote(&one));
        assert!(quote(&one).chars().count() < 140);
    }
}
