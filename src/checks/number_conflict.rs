use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, StoryCheck, conflict};
use crate::model::{ErrorType, Figure, Severity, Story};

/// `number-conflict` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NumberConflict {}

impl Check for NumberConflict {
    const NAME: &'static str = "number-conflict";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("number_conflict.md");
}

impl StoryCheck for NumberConflict {
    fn run(&self, story: &Story, _context: &Context, findings: &mut Findings<'_>) {
        conflict::report(story, findings, |figure| match figure {
            Figure::Number(number) => Some(format!("{}", number.value)),
            Figure::Date(_) => None,
        });
    }
}
