//! `date-mismatch`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::Kind;
use super::{BitextCheck, Check, Context, Findings};
use crate::model::{Bitext, ErrorType, Severity};

/// `date-mismatch` has no options.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DateMismatch {}

impl Check for DateMismatch {
    const NAME: &'static str = "date-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("date_mismatch.md");
}

impl BitextCheck for DateMismatch {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        for document in [&bitext.source, &bitext.target] {
            if document.language.dates.is_none() {
                findings.abstain(format!("nothing known of dates in {}", document.language.name));
                return;
            }
        }
        for comparison in context.comparisons(bitext) {
            let mut last = None;
            for pair in &comparison.different {
                let figure = |kind: Kind| matches!(kind, Kind::Number | Kind::Code);
                if figure(pair.source.kind) || figure(pair.target.kind) || last == Some(pair.target.span) {
                    continue;
                }
                last = Some(pair.target.span);
                let (source, target) =
                    (bitext.source.excerpt(pair.source.span), bitext.target.excerpt(pair.target.span));
                findings
                    .report(format!("“{source}” became “{target}”"))
                    .target(pair.target.span)
                    .source(pair.source.span)
                    .grave(pair.confidence);
            }
        }
    }
}
