//! One line of the log: what was decided, about what, by whom, when, and which texts lay before them.

use serde::{Deserialize, Serialize};

use super::{Decision, Fault, Scope, document_of, log};
use crate::model::{Finding, InputReport, Severity, Subject};

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of the format: 1.
    pub v: u32,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// As what: who decides against a block must say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// What was decided.
    pub decision: Decision,
    /// How far it reaches.
    pub scope: Scope,
    /// The check.
    pub check: String,
    /// The document that the fault is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Its languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<String>,
    /// The words of the source that the finding quotes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    /// The words of the target, or of the accounts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target: Vec<String>,
    /// How many such findings in the document, where the scope is finding.
    #[serde(default = "one")]
    pub count: usize,
    /// Why.
    pub reason: String,
    /// The day from which it counts no more, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// The fingerprint of the finding that somebody looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// How grave the finding was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// How sure it was, 0 to 1. A decision that says so counts against a block only with a role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// SHA-256 of the source that somebody looked at. Where it is given and the scope is finding or document, another
    /// source ends the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_sha256: Option<String>,
    /// The same of the target, or of all accounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_sha256: Option<String>,
    /// The version of recto that found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<String>,
    /// SHA-256 of the line before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev: Option<String>,
}

const fn one() -> usize {
    1
}

/// Bytes that a name or a day may have.
const SHORT: usize = 1_000;
/// Bytes that a reason may have, and all quoted words together.
const LONG: usize = 20_000;

impl Record {
    /// Whether it may stand in a log; why not, if not. What was written before rules were added is read all the same:
    /// this is asked of what is new.
    pub fn check(&self) -> Result<(), String> {
        if self.v != 1 {
            return Err(format!("version {} of the format, and this recto knows 1", self.v));
        }
        if self.reason.trim().is_empty() {
            return Err("a decision needs a reason".into());
        }
        if self.check.trim().is_empty() {
            return Err("a decision names the check".into());
        }
        if !log::is_moment(&self.at) {
            return Err("`at` is a moment, such as 2026-05-01T09:00:00Z".into());
        }
        if self.expires.as_deref().is_some_and(|day| !log::is_day(day)) {
            return Err("`expires` is a day, YYYY-MM-DD".into());
        }
        if self.confidence.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
            return Err("`confidence` is a probability, 0 to 1".into());
        }
        match self.scope {
            Scope::Finding | Scope::Document if self.document.is_none() => {
                return Err("a decision of this scope names the document".into());
            }
            Scope::Pair if self.pair.is_none() => {
                return Err("a decision of this scope names the pair".into());
            }
            _ => {}
        }
        for (name, hash) in [("source_sha256", &self.source_sha256), ("target_sha256", &self.target_sha256)] {
            let digits =
                |hash: &String| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            if hash.as_ref().is_some_and(|hash| !digits(hash)) {
                return Err(format!("`{name}` is 64 hexadecimal digits"));
            }
        }
        let short = [&self.by, &self.role, &self.document, &self.pair, &self.fingerprint, &self.tool];
        let quotes: usize = self.source.iter().chain(&self.target).map(String::len).sum();
        if short.into_iter().flatten().chain([&self.check]).any(|text| text.len() > SHORT)
            || self.reason.len() > LONG
            || quotes > LONG
        {
            return Err("a decision is a line, not an article".into());
        }
        Ok(())
    }

    /// The same without what ties it to the texts and to how sure the finding was: it holds for the words, wherever
    /// they move.
    #[must_use]
    pub fn loose(mut self) -> Self {
        (self.source_sha256, self.target_sha256) = (None, None);
        (self.severity, self.confidence) = (None, None);
        self
    }

    /// Whether it was about other texts than these. What is not known on one side is not another text.
    pub fn is_about_other(&self, texts: &Texts) -> bool {
        let differ = |told: &Option<String>, now: &Option<String>| match (told, now) {
            (Some(told), Some(now)) => !told.eq_ignore_ascii_case(now),
            _ => false,
        };
        matches!(self.scope, Scope::Finding | Scope::Document)
            && (differ(&self.source_sha256, &texts.source) || differ(&self.target_sha256, &texts.target))
    }
}

/// SHA-256 of the texts of an input as they were read, in hexadecimal digits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Of the source.
    pub source: Option<String>,
    /// Of the target; of a story, of all accounts in order.
    pub target: Option<String>,
}

impl Texts {
    /// Those of an input.
    pub fn of(input: &InputReport) -> Self {
        match &input.subject {
            Subject::Text(document) => Self { source: None, target: Some(log::hash(&document.text)) },
            Subject::Bitext(bitext) => Self {
                source: Some(log::hash(&bitext.source.text)),
                target: Some(log::hash(&bitext.target.text)),
            },
            Subject::Story(story) => {
                let each: Vec<String> =
                    story.documents.iter().map(|document| log::hash(&document.text)).collect();
                Self { source: None, target: Some(log::hash(&each.join("\n"))) }
            }
            Subject::None => Self::default(),
        }
    }
}

/// A decision about a finding, but for who, when, what and why. `texts` are those of the input.
pub fn record(finding: &Finding, input: &InputReport, texts: &Texts) -> Record {
    let Fault { check, source, target } = Fault::of(finding, input);
    Record {
        v: 1,
        at: String::new(),
        by: None,
        role: None,
        decision: Decision::Accept,
        scope: Scope::Finding,
        check,
        document: document_of(finding, input).map(str::to_owned),
        pair: Some(input.pair()),
        source,
        target,
        count: 1,
        reason: String::new(),
        expires: None,
        fingerprint: None,
        severity: Some(finding.severity),
        confidence: Some((finding.confidence * 10_000.0).round() / 10_000.0),
        source_sha256: texts.source.clone(),
        target_sha256: texts.target.clone(),
        tool: Some(env!("CARGO_PKG_VERSION").to_owned()),
        prev: None,
    }
}
