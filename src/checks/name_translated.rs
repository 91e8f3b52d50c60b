use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::name_words::Likeness;
use super::{BitextCheck, Check, Context, Findings};
use crate::model::{Bitext, ErrorType, Severity};

/// `name-translated` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NameTranslated {}

impl Check for NameTranslated {
    const NAME: &'static str = "name-translated";
    const ERROR_TYPE: ErrorType = ErrorType::DoNotTranslate;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("name_translated.md");
}

impl BitextCheck for NameTranslated {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let changes = context.name_changes(bitext).iter().flatten();
        for change in changes.filter(|change| change.likeness == Likeness::Word) {
            let was = bitext.source.excerpt(change.source);
            let is = bitext.target.excerpt(change.target);
            findings
                .report(format!("the name {was} became the word {is}"))
                .grave(0.75)
                .target(change.target)
                .source(change.source)
                .suggest(was);
        }
    }
}
