//! `copied-source`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings, foreign, untranslated};
use crate::model::{Bitext, ErrorType, Severity, Span};

/// `copied-source` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CopiedSource {}

impl Check for CopiedSource {
    const NAME: &'static str = "copied-source";
    const ERROR_TYPE: ErrorType = ErrorType::Untranslated;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("copied_source.md");
}

impl BitextCheck for CopiedSource {
    fn run(&self, bitext: &Bitext, _: &Context, findings: &mut Findings<'_>) {
        let (from, to) = (bitext.source.language, bitext.target.language);
        if from.same_language(to) || to.primary() == "und" {
            return;
        }
        let mut copies: Vec<Span> = Vec::new();
        let mut after = false;
        for segment in bitext.target.prose() {
            let same = untranslated::is_copied(bitext, segment.span);
            match copies.last_mut() {
                Some(last) if same && after => *last = last.join(segment.span),
                _ if same => copies.push(segment.span),
                _ => {}
            }
            after = same;
        }
        for span in copies {
            let excerpt = foreign::shorten(bitext.target.excerpt(span));
            findings.at(span, format!("“{excerpt}” is copied from the source")).confidence(0.92);
        }
    }
}
