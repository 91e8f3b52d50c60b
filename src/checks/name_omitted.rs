use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::absent::{self, Absent};
use super::{BitextCheck, Check, Context, Findings};
use crate::model::{Bitext, ErrorType, SegmentKind, Severity};

/// `name-omitted` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NameOmitted {}

impl Check for NameOmitted {
    const NAME: &'static str = "name-omitted";
    const ERROR_TYPE: ErrorType = ErrorType::Omission;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("name_omitted.md");
}

impl BitextCheck for NameOmitted {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let (source, target) = (&bitext.source, &bitext.target);
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair()) {
            let Some(whole) = bitext.target_span(bead) else { continue };
            for Absent { span } in absent::of((source, bead.source.clone()), (target, bead.target.clone())) {
                // Who wrote a text is often left out on purpose.
                let mut bylines =
                    source.segments.iter().filter(|segment| segment.kind == SegmentKind::Byline);
                if bylines.any(|segment| segment.span.contains(span)) {
                    continue;
                }
                if absent::is_remembered((source, span), (target, whole), context) {
                    continue;
                }
                let message = format!("{} is not in the translation", source.excerpt(span));
                findings.report(message).confidence(0.6).source(span).target(whole);
            }
        }
    }
}
