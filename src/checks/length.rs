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
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        if !matches!(
            bitext.parallelism.relation,
            Relation::Parallel | Relation::PartlyParallel | Relation::Truncated | Relation::Unclear
        ) {
            return;
        }
        let usual = anchors::ratio(bitext);
        let archive = context.knowledge().dictionary(bitext.source.language, bitext.target.language).length();
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair()) {
            let (Some(source), Some(target)) = (bitext.source_span(bead), bitext.target_span(bead)) else {
                continue;
            };
            let (original, translation) = (bitext.source.excerpt(source), bitext.target.excerpt(target));
            let (from, to, spread) = match archive {
                // The archive of the newsroom knows best how long its translations are; other texts spread no less than
                // news does.
                Some((mean, spread)) => {
                    (letters(original) * mean.exp(), letters(translation), spread.max(SPREAD))
                }
                None => (anchors::length(original) * usual, anchors::length(translation), SPREAD),
            };
            let deviation = (to.max(1.0) / from.max(1.0)).ln() / spread;
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

/// Letters, as archives count them.
fn letters(text: &str) -> f64 {
    text.chars().filter(|letter| !letter.is_whitespace()).count() as f64
}
