//! A word chosen because it looks like that of the source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck, idioms};
use crate::lang::calques::Kind;
use crate::model::{Document, ErrorType, Severity};

/// `false-friend` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FalseFriend {}

impl Check for FalseFriend {
    const NAME: &'static str = "false-friend";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("false_friend.md");
}

impl TextCheck for FalseFriend {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        idioms::report(text, context, Kind::FalseFriend, findings);
    }
}
