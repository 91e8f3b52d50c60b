//! Sentences of the source that the target lacks, and runs of words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings, foreign, gaps, runs};
use crate::model::{Bitext, ErrorType, Severity, Side};

/// `omission` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Omission {}

impl Check for Omission {
    const NAME: &'static str = "omission";
    const ERROR_TYPE: ErrorType = ErrorType::Omission;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("omission.md");
}

impl BitextCheck for Omission {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let gaps = gaps::gaps(bitext, context, Side::Source);
        for run in runs::runs(bitext, context, Side::Source) {
            if gaps.iter().any(|gap| gap.span.overlaps(run.span)) {
                continue;
            }
            let excerpt = foreign::shorten(bitext.source.excerpt(run.span));
            let finding = findings.report(format!("perhaps not translated: “{excerpt}”"));
            finding.source(run.span).confidence(run.confidence);
            if !run.grave {
                finding.severity(Severity::Minor);
            }
        }
        for gap in gaps {
            let excerpt = foreign::shorten(bitext.source.excerpt(gap.span));
            let finding = findings.report(format!("not translated: “{excerpt}”"));
            finding.source(gap.span).confidence(gap.confidence);
            if gap.confidence < 0.6 {
                finding.severity(Severity::Minor);
            }
        }
    }
}
