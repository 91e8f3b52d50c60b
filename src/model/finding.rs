//! One error that a check believes it found.

use serde::Serialize;

use super::{ErrorType, Severity, Span};

/// Which text a place is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The source of a bitext.
    Source,
    /// The target of a bitext, or a translation whose source we do not have.
    Target,
    /// One of the accounts of a story.
    Account,
}

impl Side {
    /// Its name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Target => "target",
            Self::Account => "account",
        }
    }
}

/// Where: a span of one document of the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which text.
    pub side: Side,
    /// Index of the document: 0 but for accounts.
    pub document: usize,
    /// Where in it.
    pub span: Span,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What should stand there instead, or advice in one sentence.
    pub text: String,
    /// Whether `text` may replace the first target place mechanically.
    pub replace: bool,
}

/// A decision to publish in spite of a finding that blocks. The finding stays, and what would block again is more.
#[derive(Debug, Clone, PartialEq)]
pub struct Overridden {
    /// What was decided: accept, false-alarm or wont-fix.
    pub decision: &'static str,
    /// Why.
    pub reason: String,
    /// Who decided, where that is known.
    pub by: Option<String>,
    /// As what.
    pub role: String,
    /// Surer than this, the finding blocks all the same.
    pub threshold: f64,
}

/// One error that a check believes it found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Name of the check.
    pub check: &'static str,
    /// MQM type.
    pub error_type: ErrorType,
    /// MQM severity.
    pub severity: Severity,
    /// Probability that an editor would agree, 0 to 1.
    pub confidence: f64,
    /// One sentence, lower case, no full stop; quotes the text.
    pub message: String,
    /// Where; the first target place is where the fault is.
    pub places: Vec<Place>,
    /// What to do.
    pub suggestion: Option<Suggestion>,
    /// Where it would block, and somebody who may has decided otherwise.
    pub overridden: Option<Overridden>,
}

impl Finding {
    /// Whether it blocks by itself, where a critical finding that is at least so sure does.
    pub fn blocks(&self, block_confidence: f64) -> bool {
        self.severity == Severity::Critical
            && match &self.overridden {
                Some(overridden) => self.confidence > overridden.threshold,
                None => self.confidence >= block_confidence,
            }
    }

    /// What may replace the first target place mechanically.
    pub fn replacement(&self) -> Option<&str> {
        self.suggestion
            .as_ref()
            .filter(|suggestion| suggestion.replace)
            .map(|suggestion| suggestion.text.as_str())
    }

    /// Adds a place in the source.
    pub fn source(&mut self, span: Span) -> &mut Self {
        self.place(Side::Source, 0, span)
    }

    /// Adds a place in the target.
    pub fn target(&mut self, span: Span) -> &mut Self {
        self.place(Side::Target, 0, span)
    }

    /// Adds a place in an account.
    pub fn account(&mut self, document: usize, span: Span) -> &mut Self {
        self.place(Side::Account, document, span)
    }

    /// Adds a place.
    pub fn place(&mut self, side: Side, document: usize, span: Span) -> &mut Self {
        self.places.push(Place { side, document, span });
        self
    }

    /// Sets how sure the check is, 0 to 1.
    pub fn confidence(&mut self, confidence: f64) -> &mut Self {
        self.confidence = confidence.clamp(0.0, 1.0);
        self
    }

    /// Sets the severity.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Sets the confidence, and the severity of a wrong fact by it: critical from .9, else major.
    pub fn grave(&mut self, confidence: f64) -> &mut Self {
        self.severity = if confidence >= 0.9 { Severity::Critical } else { Severity::Major };
        self.confidence(confidence)
    }

    /// Says what should stand there, applied only by a person.
    pub fn suggest(&mut self, text: impl Into<String>) -> &mut Self {
        self.suggestion = Some(Suggestion { text: text.into(), replace: false });
        self
    }

    /// Gives a mechanical replacement of the first target place.
    pub fn replace_with(&mut self, text: impl Into<String>) -> &mut Self {
        self.suggestion = Some(Suggestion { text: text.into(), replace: true });
        self
    }
}
