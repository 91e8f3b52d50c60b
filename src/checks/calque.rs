//! A turn of phrase rendered word for word.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck, idioms};
use crate::lang::calques::Kind;
use crate::model::{Document, ErrorType, Severity};

/// `calque` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Calque {}

impl Check for Calque {
    const NAME: &'static str = "calque";
    const ERROR_TYPE: ErrorType = ErrorType::Awkward;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("calque.md");
}

impl TextCheck for Calque {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        idioms::report(text, context, Kind::Calque, findings);
    }
}
