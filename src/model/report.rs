//! What we say, in input order.

use serde::{Deserialize, Serialize};

use super::{Bitext, Document, Finding, Story};

/// A check that could not judge, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Abstention {
    /// Name of the check.
    pub check: &'static str,
    /// Why, one sentence, lower case, no full stop.
    pub reason: String,
}

/// MQM's arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// Evaluation word count of the target.
    pub words: usize,
    /// Absolute penalty total: severity multipliers summed.
    pub penalty_total: f64,
    /// Overall quality score of the raw model, 100 at best: 100 × (1 - penalty total / words), not below 0.
    pub quality: f64,
    /// Fewer words than the score needs to be stable (300).
    pub unstable: bool,
    /// Findings by severity: neutral, minor, major, critical.
    pub counts: [usize; 4],
}

/// What to do with the text.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Publish.
    Pass,
    /// Look first.
    Warn,
    /// Do not publish.
    Block,
}

impl Verdict {
    /// Its name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }
}

/// What an input is.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A translation whose source we do not have.
    Text(Document),
    /// A translation against its source.
    Bitext(Box<Bitext>),
    /// Accounts of one event.
    Story(Box<Story>),
    /// Nothing: the input could not be read.
    None,
}

impl Subject {
    /// The document a place is in.
    pub fn document(&self, place: &super::Place) -> Option<&Document> {
        match (self, place.side) {
            (Self::Text(document), _) => Some(document),
            (Self::Bitext(bitext), super::Side::Source) => Some(&bitext.source),
            (Self::Bitext(bitext), _) => Some(&bitext.target),
            (Self::Story(story), _) => story.documents.get(place.document),
            (Self::None, _) => None,
        }
    }

    /// Which of [`Subject::documents`] a place is in.
    pub fn index(&self, place: &super::Place) -> Option<usize> {
        match (self, place.side) {
            (Self::Text(_), _) | (Self::Bitext(_), super::Side::Source) => Some(0),
            (Self::Bitext(_), _) => Some(1),
            (Self::Story(story), _) => (place.document < story.documents.len()).then_some(place.document),
            (Self::None, _) => None,
        }
    }

    /// Every document of the subject.
    pub fn documents(&self) -> Vec<&Document> {
        match self {
            Self::Text(document) => vec![document],
            Self::Bitext(bitext) => vec![&bitext.source, &bitext.target],
            Self::Story(story) => story.documents.iter().collect(),
            Self::None => Vec::new(),
        }
    }
}

/// What we say of one input.
#[derive(Debug, Clone)]
pub struct InputReport {
    /// The input's id: a path, or the row's.
    pub id: String,
    /// What it is.
    pub subject: Subject,
    /// What was found, by place, then check.
    pub findings: Vec<Finding>,
    /// What could not be judged.
    pub abstentions: Vec<Abstention>,
    /// MQM score; `None` where nothing could be read.
    pub score: Option<Score>,
    /// Weighted sum of the findings plus a small continuous term (coverage, fluency).
    pub penalty: f64,
    /// What to do; `None` where nothing could be read.
    pub verdict: Option<Verdict>,
    /// Why the input could not be read or checked: file and place.
    pub error: Option<String>,
    /// Findings that somebody decided about before; they count for nothing.
    pub accepted: Vec<Accepted>,
    /// Names of the checks that looked at it, in order.
    pub checks: Vec<&'static str>,
    /// How sure a critical finding must be to block it.
    pub block_confidence: f64,
}

/// A finding that a decision covers.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// Where it stood among all findings, from 0.
    pub index: usize,
    /// The finding.
    pub finding: Finding,
    /// What was decided: accept, false-alarm, wont-fix, or ignore where a comment in the text says so.
    pub decision: &'static str,
    /// Why.
    pub reason: String,
    /// Who decided, where that is known.
    pub by: Option<String>,
    /// The day from which the decision counts no more, `YYYY-MM-DD`.
    pub expires: Option<String>,
}

impl InputReport {
    /// What could not be read.
    pub fn unreadable(id: String, error: String) -> Self {
        Self {
            id,
            subject: Subject::None,
            findings: Vec::new(),
            abstentions: Vec::new(),
            score: None,
            penalty: 0.0,
            verdict: None,
            error: Some(error),
            accepted: Vec::new(),
            checks: Vec::new(),
            block_confidence: 1.0,
        }
    }

    /// Its languages: `en-pt` for a translation from English, `pt` where the source is not known, `story`.
    pub fn pair(&self) -> String {
        match &self.subject {
            Subject::Text(document) => document.language.tag.clone(),
            Subject::Bitext(bitext) => {
                format!("{}-{}", bitext.source.language.tag, bitext.target.language.tag)
            }
            Subject::Story(_) => "story".to_owned(),
            Subject::None => "unread".to_owned(),
        }
    }
}

/// What we say, in input order.
#[derive(Debug, Clone)]
pub struct Report {
    /// One entry an input.
    pub inputs: Vec<InputReport>,
}

impl Report {
    /// The gravest verdict.
    pub fn verdict(&self) -> Option<Verdict> {
        self.inputs.iter().filter_map(|input| input.verdict).max()
    }
}
