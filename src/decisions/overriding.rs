//! To publish in spite of a block: it takes a role, and it raises the bar instead of taking it away.
//!
//! A finding that blocks and is decided about stays among the findings and warns. Should recto later be surer of it than
//! the raised threshold, it blocks again; and whatever else blocks, blocks.

use super::Record;
use crate::model::{Finding, InputReport, Overridden};

/// Who may decide against a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    roles: Vec<String>,
}

/// What a decision does to a finding.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Effect {
    /// It counts for nothing any more.
    Covered,
    /// It stays, and warns.
    Raised(Overridden),
    /// The decision is not enough against a block.
    Refused,
}

impl Policy {
    /// These roles alone, each of them. With none named, any role will do, and decisions that do not say how sure the
    /// finding was (written by hand, or by `recto baseline update`) need none.
    pub fn of_roles(roles: &[String]) -> Self {
        Self { roles: roles.to_vec() }
    }

    /// Whether a role may decide against a block.
    pub fn allows(&self, role: Option<&str>) -> bool {
        let role = role.map(str::trim).filter(|role| !role.is_empty());
        role.is_some_and(|role| self.roles.is_empty() || self.roles.iter().any(|known| known == role))
    }

    /// Whether a new decision about a finding may be taken, and why not. Only taking a fault for put right needs no
    /// role: it covers nothing.
    pub fn admits(&self, record: &Record, finding: &Finding, input: &InputReport) -> Result<(), String> {
        record.check()?;
        let covers = record.decision != super::Decision::Fixed;
        if covers && blocks(finding, input) && !self.allows(record.role.as_deref()) {
            return Err(match self.roles.as_slice() {
                [] => "the finding blocks: to decide against it takes a role".into(),
                roles => {
                    format!("the finding blocks: to decide against it takes a role of {}", roles.join(", "))
                }
            });
        }
        Ok(())
    }

    pub(super) fn effect(&self, record: &Record, finding: &Finding, input: &InputReport) -> Effect {
        if !blocks(finding, input) {
            return Effect::Covered;
        }
        match &record.role {
            Some(role) if self.allows(Some(role)) => Effect::Raised(Overridden {
                decision: record.decision.as_str(),
                reason: record.reason.clone(),
                by: record.by.clone(),
                role: role.clone(),
                threshold: raised(record.confidence, input.block_confidence),
            }),
            // What was accepted before anybody asked for roles stays accepted.
            _ if self.roles.is_empty() && record.confidence.is_none() => Effect::Covered,
            _ => Effect::Refused,
        }
    }
}

/// Whether a finding blocks by itself, apart from what was decided.
pub fn blocks(finding: &Finding, input: &InputReport) -> bool {
    Finding { overridden: None, ..finding.clone() }.blocks(input.block_confidence)
}

/// Half way from how sure the finding was to certainty.
fn raised(confidence: Option<f64>, block_confidence: f64) -> f64 {
    let from = confidence.unwrap_or(block_confidence).max(block_confidence).min(1.0);
    // Rounded as the report rounds, so that what is told is what holds.
    ((from + (1.0 - from) / 2.0) * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_rises_and_never_passes_certainty() {
        for from in [0.9, 0.93, 0.99] {
            assert!(raised(Some(from), 0.9) > from);
        }
        let same = |bar: f64, expected: f64| (bar - expected).abs() < 1e-9;
        assert!(same(raised(Some(1.0), 0.9), 1.0));
        assert!(same(raised(None, 0.9), 0.95) && same(raised(Some(0.5), 0.9), 0.95));
    }

    #[test]
    fn roles_are_those_named_or_any_that_says_something() {
        assert!(Policy::default().allows(Some("desk")) && !Policy::default().allows(Some(" ")));
        assert!(!Policy::default().allows(None));
        let chief = Policy::of_roles(&["chief".into()]);
        assert!(chief.allows(Some("chief")) && !chief.allows(Some("desk")) && !chief.allows(None));
    }
}
