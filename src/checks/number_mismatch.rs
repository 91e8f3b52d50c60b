//! `number-mismatch`.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::{Fact, Kind};
use super::quantities::Comparison;
use super::{BitextCheck, Check, Context, Findings};
use crate::model::{Bitext, ErrorType, Severity};

/// Options of `number-mismatch`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NumberMismatch {
    /// Numbers in words up to this one are written otherwise in other languages (both, a couple, a few): without a
    /// partner they are let pass.
    small: f64,
}

impl Default for NumberMismatch {
    fn default() -> Self {
        Self { small: 12.0 }
    }
}

impl Check for NumberMismatch {
    const NAME: &'static str = "number-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("number_mismatch.md");
}

impl BitextCheck for NumberMismatch {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        for document in [&bitext.source, &bitext.target] {
            if document.language.numbers.is_none() {
                findings.abstain(format!("nothing known of numbers in {}", document.language.name));
                return;
            }
        }
        for comparison in context.comparisons(bitext) {
            let crowd = comparison.missing.len() + comparison.added.len();
            for pair in &comparison.different {
                let plain = |fact: &Fact| matches!(fact.kind, Kind::Number | Kind::Code);
                if pair.source.is_figure() && !pair.is_scale() && (plain(&pair.source) || plain(&pair.target))
                {
                    let (source, target) =
                        (bitext.source.excerpt(pair.source.span), bitext.target.excerpt(pair.target.span));
                    findings
                        .report(format!("“{source}” became “{target}”"))
                        .target(pair.target.span)
                        .source(pair.source.span)
                        .grave(pair.confidence);
                }
            }
            for fact in comparison.missing.iter().filter(|fact| self.counts(fact)) {
                let number = bitext.source.excerpt(fact.span);
                findings
                    .report(format!("“{number}” has no counterpart in the translation"))
                    .source(fact.span)
                    .grave(alone(fact, crowd));
            }
            for fact in
                comparison.added.iter().filter(|fact| self.counts(fact) && !repeated(fact, comparison))
            {
                let number = bitext.target.excerpt(fact.span);
                findings
                    .report(format!("“{number}” has no counterpart in the source"))
                    .target(fact.span)
                    .grave(alone(fact, crowd));
            }
        }
    }
}

impl NumberMismatch {
    /// Whether a number without a partner is worth a word.
    fn counts(&self, fact: &Fact) -> bool {
        let value = fact.value.abs();
        // Round numbers in words are vague: a dozen, twenty years, hundreds.
        let is_vague = value <= self.small || value % 10.0 == 0.0 || value.fract() != 0.0 || value == 15.0;
        fact.kind == Kind::Number
            && value > 1.0
            && !fact.is_aside()
            && !fact.is_whole_period()
            && !(fact.spelled && is_vague)
    }
}

/// Whether the checks of units and currencies speak of it.
fn repeated(fact: &Fact, comparison: &Comparison) -> bool {
    comparison.equal.iter().any(|pair| fact.repeats(&pair.target))
}

/// The probability that a number without a partner is an error.
fn alone(fact: &Fact, crowd: usize) -> f64 {
    let sure: f64 = match fact {
        fact if fact.spelled => 0.55,
        fact if fact.value.abs() <= 12.0 => 0.65,
        _ => 0.75,
    };
    (sure - 0.05 * crowd.saturating_sub(1).min(5) as f64).max(0.3)
}
