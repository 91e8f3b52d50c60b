use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::absent::{self, Absent};
use super::{BitextCheck, Check, Context, Findings};
use crate::model::{Bitext, ErrorType, Severity};

/// `name-added` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NameAdded {}

impl Check for NameAdded {
    const NAME: &'static str = "name-added";
    const ERROR_TYPE: ErrorType = ErrorType::Addition;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("name_added.md");
}

impl BitextCheck for NameAdded {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let (source, target) = (&bitext.source, &bitext.target);
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair()) {
            let Some(whole) = bitext.source_span(bead) else { continue };
            for Absent { span } in absent::of((target, bead.target.clone()), (source, bead.source.clone())) {
                if absent::is_remembered((target, span), (source, whole), context) {
                    continue;
                }
                let message = format!("{} is not in the source", target.excerpt(span));
                findings.report(message).confidence(0.6).target(span).source(whole);
            }
        }
    }
}
