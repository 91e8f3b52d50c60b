//! `placeholder-mismatch`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings, placeholders};
use crate::model::{Bitext, ErrorType, Severity};

/// `placeholder-mismatch` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceholderMismatch {}

impl Check for PlaceholderMismatch {
    const NAME: &'static str = "placeholder-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("placeholder_mismatch.md");
}

impl BitextCheck for PlaceholderMismatch {
    fn run(&self, bitext: &Bitext, _: &Context, findings: &mut Findings<'_>) {
        placeholders::compare(
            &placeholders::placeholders(&bitext.source.text),
            &placeholders::placeholders(&bitext.target.text),
            findings,
        );
    }
}
