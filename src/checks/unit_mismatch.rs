//! `unit-mismatch`.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::Kind;
use super::{BitextCheck, Check, Context, Findings};
use crate::model::{Bitext, ErrorType, Measure, Severity};

/// `unit-mismatch` has no options.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitMismatch {}

impl Check for UnitMismatch {
    const NAME: &'static str = "unit-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("unit_mismatch.md");
}

impl BitextCheck for UnitMismatch {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        for document in [&bitext.source, &bitext.target] {
            if document.language.units.is_none() {
                findings.abstain(format!("nothing known of units in {}", document.language.name));
                return;
            }
        }
        for comparison in context.comparisons(bitext) {
            // A conversion that names one unit twice: 800 km/h (497 km/h).
            for fact in comparison.added.iter().filter(|fact| fact.measure.is_some()) {
                if let Some(pair) = comparison.equal.iter().find(|pair| fact.repeats(&pair.target)) {
                    let (one, other) =
                        (bitext.target.excerpt(pair.target.span), bitext.target.excerpt(fact.span));
                    findings
                        .report(format!("“{other}” and “{one}” are said to be one amount in one unit"))
                        .target(fact.span)
                        .target(pair.target.span)
                        .source(pair.source.span)
                        .grave(0.8);
                }
            }
            for pair in &comparison.equal {
                let (Some(source), Some(target)) = (pair.source.measure, pair.target.measure) else {
                    continue;
                };
                let figures = pair.source.kind == Kind::Number && pair.source.value == pair.target.value;
                if !figures || pair.source.value == 0.0 || same(source, target) {
                    continue;
                }
                let confidence = if source.quantity == target.quantity { 0.9 } else { 0.8 };
                let (before, after) =
                    (bitext.source.excerpt(pair.source.span), bitext.target.excerpt(pair.target.span));
                findings
                    .report(format!("“{before}” became “{after}”: same figure, other unit"))
                    .target(pair.target.span)
                    .source(pair.source.span)
                    .grave(confidence - if pair.source.spelled || pair.target.spelled { 0.15 } else { 0.0 });
            }
        }
    }
}

/// Whether two units are one; a degree is a degree of whatever scale.
fn same(a: Measure, b: Measure) -> bool {
    let degrees = |a: Measure, b: Measure| a.unit == "degree" && b.quantity == "temperature";
    // 85 miles in an hour: the hour may stand elsewhere in the sentence.
    let hourly = |length: Measure, speed: Measure| {
        length.quantity == "length"
            && speed.quantity == "speed"
            && (speed.factor * 3600.0 - length.factor).abs() <= 0.01 * length.factor
    };
    degrees(a, b)
        || degrees(b, a)
        || hourly(a, b)
        || hourly(b, a)
        || a.quantity == b.quantity
            && (a.factor - b.factor).abs() <= 0.015 * a.factor.max(b.factor)
            && (a.offset - b.offset).abs() < 1e-6
}
