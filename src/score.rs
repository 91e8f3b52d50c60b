//! Findings and a word count to a score and a verdict, by the raw score model of MQM 2.

use crate::model::{Finding, Score, Severity, Verdict};

/// Below this many words the quality score says little.
pub const STABLE_WORDS: usize = 300;

/// MQM's raw score: 100 × (1 - absolute penalty total / evaluation word count), not below 0.
pub fn score<'a>(findings: impl IntoIterator<Item = &'a Finding>, words: usize) -> Score {
    let mut counts = [0; 4];
    let mut penalty_total = 0.0;
    for finding in findings {
        counts[finding.severity as usize] += 1;
        penalty_total += finding.severity.multiplier();
    }
    let quality = if words == 0 { 100.0 } else { (100.0 * (1.0 - penalty_total / words as f64)).max(0.0) };
    Score { words, penalty_total, quality, unstable: words < STABLE_WORDS, counts }
}

/// When a text is blocked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// A critical finding at least this sure blocks.
    pub block_confidence: f64,
    /// More critical findings than this block, however sure they are.
    pub max_critical: Option<usize>,
    /// More major findings than this block.
    pub max_major: Option<usize>,
    /// A finding less sure than this is not reported.
    pub min_confidence: f64,
    /// A quality score below this blocks; never applied to an unstable score.
    pub score: Option<f64>,
    /// What an abstention does to the verdict.
    pub on_unchecked: Verdict,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            block_confidence: 0.9,
            max_critical: None,
            max_major: None,
            min_confidence: 0.0,
            score: None,
            on_unchecked: Verdict::Warn,
        }
    }
}

/// The verdict on one input of so many words. What somebody overrode does not count against the limits, and warns.
pub fn verdict(findings: &[Finding], abstained: bool, words: usize, thresholds: &Thresholds) -> Verdict {
    let score = &score(findings.iter().filter(|finding| finding.overridden.is_none()), words);
    let under = thresholds.score.is_some_and(|least| !score.unstable && score.quality < least);
    let unchecked = if abstained { thresholds.on_unchecked } else { Verdict::Pass };
    let over = |severity: Severity, most: Option<usize>| {
        most.is_some_and(|most| score.counts[severity as usize] > most)
    };
    let many =
        over(Severity::Critical, thresholds.max_critical) || over(Severity::Major, thresholds.max_major);
    let found = if under || many || findings.iter().any(|finding| finding.blocks(thresholds.block_confidence))
    {
        Verdict::Block
    } else if findings.iter().any(|finding| finding.severity > Severity::Neutral) {
        Verdict::Warn
    } else {
        Verdict::Pass
    };
    found.max(unchecked)
}
