//! `markup-mismatch`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings, placeholders};
use crate::model::{Bitext, ErrorType, Severity};

/// `markup-mismatch` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkupMismatch {}

impl Check for MarkupMismatch {
    const NAME: &'static str = "markup-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Markup;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("markup_mismatch.md");
}

impl BitextCheck for MarkupMismatch {
    fn run(&self, bitext: &Bitext, _: &Context, findings: &mut Findings<'_>) {
        let source = placeholders::tags(&bitext.source.text);
        // Tags in the translation alone are left over from a page: `markup-residue` speaks of them.
        if !source.is_empty() {
            placeholders::compare(&source, &placeholders::tags(&bitext.target.text), findings);
        }
    }
}
