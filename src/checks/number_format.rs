//! `number-format`.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::{Fact, Kind};
use super::{BitextCheck, Check, Context, Findings};
use crate::mentions::numbers;
use crate::model::{Bitext, ErrorType, NumberForm, Severity};

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
                if target.kind != Kind::Number || target.spelled {
                    continue;
                }
                let text = bitext.target.excerpt(target.span);
                if pair.source.value == target.value {
                    let original = bitext.source.excerpt(pair.source.span);
                    if is_plain(&pair.source) && is_plain(target) && places(text) > places(original).max(1) {
                        findings
                            .report(format!("“{text}” is more exact than “{original}”"))
                            .target(target.span)
                            .source(pair.source.span)
                            .confidence(0.6);
                    }
                    continue;
                }
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

/// Whether a number is written in figures to a part, and is no price: prices have two places by custom.
fn is_plain(fact: &Fact) -> bool {
    !fact.spelled
        && !fact.scaled
        && fact.currencies.is_empty()
        && fact.form != NumberForm::Fraction
        && fact.value.fract() != 0.0
}

/// Figures behind the point of a number that is no whole one.
fn places(text: &str) -> usize {
    let figures: Vec<char> = text.chars().skip_while(|letter| !letter.is_numeric()).collect();
    let end = figures
        .iter()
        .position(|letter| !letter.is_numeric() && !matches!(letter, '.' | ',' | '٫' | '·'))
        .unwrap_or(figures.len());
    figures[..end].iter().rev().take_while(|letter| letter.is_numeric()).count()
}
