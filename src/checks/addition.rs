//! Sentences of the target that the source does not have, and runs of words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings, foreign, gaps, runs};
use crate::model::{Bitext, ErrorType, Severity, Side};

/// `addition` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Addition {}

impl Check for Addition {
    const NAME: &'static str = "addition";
    const ERROR_TYPE: ErrorType = ErrorType::Addition;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("addition.md");
}

impl BitextCheck for Addition {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let gaps = gaps::gaps(bitext, context, Side::Target);
        for run in runs::runs(bitext, context, Side::Target) {
            if gaps.iter().any(|gap| gap.span.overlaps(run.span)) {
                continue;
            }
            let excerpt = foreign::shorten(bitext.target.excerpt(run.span));
            let finding = findings.report(format!("perhaps not in the source: “{excerpt}”"));
            finding.target(run.span).confidence(run.confidence);
            if !run.grave {
                finding.severity(Severity::Minor);
            }
        }
        for gap in gaps {
            let excerpt = foreign::shorten(bitext.target.excerpt(gap.span));
            let finding = findings.report(format!("not in the source: “{excerpt}”"));
            finding.target(gap.span).confidence(gap.confidence);
            if gap.confidence < 0.6 {
                finding.severity(Severity::Minor);
            }
        }
    }
}
