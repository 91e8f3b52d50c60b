//! `scale-mismatch`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings};
use crate::model::{Bitext, ErrorType, Severity};

/// `scale-mismatch` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScaleMismatch {}

impl Check for ScaleMismatch {
    const NAME: &'static str = "scale-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("scale_mismatch.md");
}

impl BitextCheck for ScaleMismatch {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        for document in [&bitext.source, &bitext.target] {
            if document.language.numbers.is_none() {
                findings.abstain(format!("nothing known of numbers in {}", document.language.name));
                return;
            }
        }
        let pairs = context.comparisons(bitext).iter().flat_map(|comparison| &comparison.different);
        for pair in pairs.filter(|pair| pair.is_scale()) {
            let (source, target) =
                (bitext.source.excerpt(pair.source.span), bitext.target.excerpt(pair.target.span));
            findings
                .report(format!("“{source}” became “{target}”: same figure, other scale"))
                .target(pair.target.span)
                .source(pair.source.span)
                .grave(pair.confidence);
        }
    }
}
