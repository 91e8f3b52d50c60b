//! Findings as JSON, with their places and what was decided about them.

use schemars::JsonSchema;
use serde::Serialize;

use super::round;
use crate::model::{Accepted, Finding};
use crate::report::places::{Located, Places};

#[derive(Serialize, JsonSchema)]
pub(super) struct FindingOut<'a> {
    check: &'a str,
    /// MQM dimension and type.
    error_type: &'static str,
    /// neutral, minor, major or critical.
    severity: &'static str,
    /// Probability that an editor would agree.
    confidence: f64,
    message: &'a str,
    /// What should stand there, or advice.
    suggestion: Option<&'a str>,
    /// Whether the suggestion may replace the first target place mechanically.
    replace: bool,
    /// The same for the same fault in the same words, wherever it moves in the text.
    fingerprint: String,
    /// Where; the first target place is where the fault is.
    places: Vec<PlaceOut<'a>>,
    /// Where it would block, and somebody who may has decided otherwise: it warns.
    #[serde(skip_serializing_if = "Option::is_none")]
    overridden: Option<OverriddenOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct OverriddenOut<'a> {
    /// accept, false-alarm or wont-fix.
    decision: &'static str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    role: &'a str,
    /// Surer than this, it blocks all the same.
    threshold: f64,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct AcceptedOut<'a> {
    #[serde(flatten)]
    finding: FindingOut<'a>,
    /// accept, false-alarm, wont-fix, or ignore where a comment in the text says so.
    decision: &'static str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    /// The day from which the decision counts no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct PlaceOut<'a> {
    /// source, target or account.
    side: &'static str,
    document: &'a str,
    byte_start: usize,
    byte_end: usize,
    /// Code points, half-open.
    char_start: usize,
    char_end: usize,
    /// From 1.
    line: usize,
    /// Code points, from 1.
    column: usize,
    /// One past the last character.
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

impl<'a> FindingOut<'a> {
    pub(super) fn new(finding: &'a Finding, fingerprint: String, places: &Places<'a>) -> Self {
        Self {
            check: finding.check,
            error_type: finding.error_type.as_str(),
            severity: finding.severity.as_str(),
            confidence: round(finding.confidence),
            message: &finding.message,
            suggestion: finding.suggestion.as_ref().map(|suggestion| suggestion.text.as_str()),
            replace: finding.replacement().is_some(),
            fingerprint,
            places: places.finding(finding).into_iter().map(PlaceOut::new).collect(),
            overridden: finding.overridden.as_ref().map(|overridden| OverriddenOut {
                decision: overridden.decision,
                reason: &overridden.reason,
                by: overridden.by.as_deref(),
                role: &overridden.role,
                threshold: round(overridden.threshold),
            }),
        }
    }
}

impl<'a> AcceptedOut<'a> {
    pub(super) fn new(accepted: &'a Accepted, fingerprint: String, places: &Places<'a>) -> Self {
        Self {
            finding: FindingOut::new(&accepted.finding, fingerprint, places),
            decision: accepted.decision,
            reason: &accepted.reason,
            by: accepted.by.as_deref(),
            expires: accepted.expires.as_deref(),
        }
    }
}

impl<'a> PlaceOut<'a> {
    fn new(place: Located<'a>) -> Self {
        Self {
            side: place.side.as_str(),
            document: place.file,
            byte_start: place.span.start,
            byte_end: place.span.end,
            char_start: place.characters.0,
            char_end: place.characters.1,
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
            text: place.text,
        }
    }
}
