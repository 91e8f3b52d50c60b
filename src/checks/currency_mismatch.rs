//! `currency-mismatch`.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings};
use crate::model::{Bitext, ErrorType, Severity};

/// `currency-mismatch` has no options.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyMismatch {}

impl Check for CurrencyMismatch {
    const NAME: &'static str = "currency-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("currency_mismatch.md");
}

impl BitextCheck for CurrencyMismatch {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        for document in [&bitext.source, &bitext.target] {
            if document.language.units.is_none() {
                findings.abstain(format!("nothing known of currencies in {}", document.language.name));
                return;
            }
        }
        for comparison in context.comparisons(bitext) {
            // A conversion that names one currency twice: 800 km/h (497 km/h).
            for fact in comparison.added.iter().filter(|fact| !fact.currencies.is_empty()) {
                if let Some(pair) = comparison.equal.iter().find(|pair| fact.repeats(&pair.target)) {
                    let (one, other) =
                        (bitext.target.excerpt(pair.target.span), bitext.target.excerpt(fact.span));
                    findings
                        .report(format!("“{other}” and “{one}” are said to be one amount in one currency"))
                        .target(fact.span)
                        .target(pair.target.span)
                        .source(pair.source.span)
                        .grave(0.8);
                }
            }
            for pair in &comparison.equal {
                let (source, target) = (&pair.source.currencies, &pair.target.currencies);
                let disjoint = !source.is_empty()
                    && !target.is_empty()
                    && !source.iter().any(|code| target.contains(code));
                if !disjoint || pair.source.value == 0.0 {
                    continue;
                }
                let (before, after) =
                    (bitext.source.excerpt(pair.source.span), bitext.target.excerpt(pair.target.span));
                findings
                    .report(format!("“{before}” became “{after}”: same figure, other currency"))
                    .target(pair.target.span)
                    .source(pair.source.span)
                    .grave(0.92);
            }
        }
    }
}
