use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, StoryCheck, conflict};
use crate::model::{ErrorType, Figure, Severity, Story};

/// `date-conflict` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct DateConflict {}

impl Check for DateConflict {
    const NAME: &'static str = "date-conflict";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("date_conflict.md");
}

impl StoryCheck for DateConflict {
    fn run(&self, story: &Story, _context: &Context, findings: &mut Findings<'_>) {
        conflict::report(story, findings, |figure| match figure {
            Figure::Date(date) => Some(format!("{:02}-{:02}", date.month?, date.day?)),
            Figure::Number(_) => None,
        });
    }
}
