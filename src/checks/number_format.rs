//! `number-format`.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::Kind;
use super::{BitextCheck, Check, Context, Findings};
use crate::mentions::numbers;
use crate::model::{Bitext, ErrorType, Severity};

/// `number-format` has no options.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberFormat {}

impl Check for NumberFormat {
    const NAME: &'static str = "number-format";
    const ERROR_TYPE: ErrorType = ErrorType::NumberFormat;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("number_format.md");
}

impl BitextCheck for NumberFormat {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let language = bitext.target.language;
        for language in [bitext.source.language, language] {
            if language.numbers.is_none() {
                findings.abstain(format!("nothing known of numbers in {}", language.name));
                return;
            }
        }
        for comparison in context.comparisons(bitext) {
            for pair in &comparison.equal {
                let target = &pair.target;
                if target.kind != Kind::Number || target.spelled || pair.source.value == target.value {
                    continue;
                }
                let text = bitext.target.excerpt(target.span);
                // The separators, not a scale word, must be what tells the two readings apart.
                let read_abroad = numbers::misread(text, language).is_some_and(|misread| {
                    target.other == Some(pair.source.value) && misread <= pair.source.value
                });
                if read_abroad {
                    findings
                        .report(format!("“{text}” reads as another number in {}", language.name))
                        .target(target.span)
                        .source(pair.source.span)
                        .confidence(0.85);
                }
            }
        }
    }
}
