//! When a text is blocked and a run fails. What is not given is left to what lies under it, at last to the defaults.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Verdict;
use crate::score::Thresholds;

/// When a text is blocked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct VerdictSettings {
    /// A critical finding at least this sure blocks, 0 to 1; 0.9 where not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block_confidence: Option<f64>,
    /// More critical findings than this block, however sure they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_critical: Option<usize>,
    /// More major findings than this block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_major: Option<usize>,
    /// A quality score below this blocks, 0 to 100; never applied under 300 words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// A finding less sure than this is not reported, 0 to 1; 0 where not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f64>,
    /// What a check that could not judge does to the verdict; warn where not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_unchecked: Option<Verdict>,
}

/// The verdict that makes a run fail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Warn or block.
    Warn,
    /// Block.
    #[default]
    Block,
    /// None: findings are shown, and nothing waits for them.
    Never,
}

impl FailOn {
    /// Whether a verdict makes a run fail.
    pub fn fails(self, verdict: Verdict) -> bool {
        match self {
            Self::Warn => verdict >= Verdict::Warn,
            Self::Block => verdict >= Verdict::Block,
            Self::Never => false,
        }
    }
}

impl VerdictSettings {
    /// What is given here, or else there.
    #[must_use]
    pub fn over(self, under: Self) -> Self {
        Self {
            block_confidence: self.block_confidence.or(under.block_confidence),
            max_critical: self.max_critical.or(under.max_critical),
            max_major: self.max_major.or(under.max_major),
            score: self.score.or(under.score),
            min_confidence: self.min_confidence.or(under.min_confidence),
            on_unchecked: self.on_unchecked.or(under.on_unchecked),
        }
    }

    /// With the defaults filled in.
    #[must_use]
    pub fn effective(self) -> Self {
        let Thresholds { block_confidence, max_critical, max_major, min_confidence, score, on_unchecked } =
            Thresholds::default();
        self.over(Self {
            block_confidence: Some(block_confidence),
            max_critical,
            max_major,
            score,
            min_confidence: Some(min_confidence),
            on_unchecked: Some(on_unchecked),
        })
    }

    /// As the score takes them.
    pub fn thresholds(self) -> Thresholds {
        let usual = Thresholds::default();
        Thresholds {
            block_confidence: self.block_confidence.unwrap_or(usual.block_confidence),
            max_critical: self.max_critical,
            max_major: self.max_major,
            min_confidence: self.min_confidence.unwrap_or(usual.min_confidence),
            score: self.score,
            on_unchecked: self.on_unchecked.unwrap_or(usual.on_unchecked),
        }
    }

    /// Whether every figure is in its range, or which key is not and what it should be.
    pub(super) fn validate(self) -> Result<(), (&'static str, String)> {
        let within = |key: &'static str, figure: Option<f64>, most: f64, what: &str| match figure {
            Some(figure) if !(0.0..=most).contains(&figure) => Err((key, format!("{key} is {what}"))),
            _ => Ok(()),
        };
        within("block-confidence", self.block_confidence, 1.0, "a probability, 0 to 1")?;
        within("min-confidence", self.min_confidence, 1.0, "a probability, 0 to 1")?;
        within("score", self.score, 100.0, "a quality score, 0 to 100")
    }
}
