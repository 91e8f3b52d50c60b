//! A sentence whose translation is far too short or too long.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings, anchors};
use crate::model::{Bitext, ErrorType, Relation, Severity};

/// `length` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Length {}

impl Check for Length {
    const NAME: &'static str = "length";
    const ERROR_TYPE: ErrorType = ErrorType::Omission;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("length.md");
}

/// Spread of the logarithm of the ratio of lengths between a sentence and its translation, counted in news.
const SPREAD: f64 = 0.2;
/// Deviations from which a length is reported.
const FAR: f64 = 4.2;
/// Length from which the ratio means something, in letters.
const LONG: f64 = 50.0;

impl BitextCheck for Length {
    fn run(&self, bitext: &Bitext, _context: &Context, findings: &mut Findings<'_>) {
        if !matches!(
            bitext.parallelism.relation,
            Relation::Parallel | Relation::PartlyParallel | Relation::Truncated | Relation::Unclear
        ) {
            return;
        }
        let usual = anchors::ratio(bitext);
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair()) {
            let (Some(source), Some(target)) = (bitext.source_span(bead), bitext.target_span(bead)) else {
                continue;
            };
            let from = anchors::length(bitext.source.excerpt(source)) * usual;
            let to = anchors::length(bitext.target.excerpt(target));
            let deviation = (to.max(1.0) / from.max(1.0)).ln() / SPREAD;
            if from.max(to) < LONG || deviation.abs() < FAR {
                continue;
            }
            let (error_type, message) = if deviation < 0.0 {
                (ErrorType::Omission, format!("only {:.0} % of the usual length", 100.0 * to / from))
            } else {
                (ErrorType::Addition, format!("{:.1} times the usual length", to / from))
            };
            let finding = findings.report(message);
            finding.target(target).source(source).confidence(0.55);
            finding.error_type = error_type;
        }
    }
}
