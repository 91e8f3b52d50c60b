//! A source that changed after it was translated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings};
use crate::model::{Bitext, ErrorType, Severity, Span};

/// `stale-source` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StaleSource {}

impl Check for StaleSource {
    const NAME: &'static str = "stale-source";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("stale_source.md");
}

impl BitextCheck for StaleSource {
    fn run(&self, bitext: &Bitext, _context: &Context, findings: &mut Findings<'_>) {
        let Some(change) = bitext.target.made_from.as_ref().and_then(|made| made.change.as_ref()) else {
            return;
        };
        // Nobody knows where it changed: the beginning of both stands for all of it.
        let first = |document: &crate::model::Document| {
            document.prose().next().map_or(Span::new(0, 0), |segment| segment.span)
        };
        findings
            .report(format!("the source changed after it was translated: {change}"))
            .target(first(&bitext.target))
            .source(first(&bitext.source))
            .confidence(0.8);
    }
}
