//! Do two spellings name one person or place? Knows language, nothing of documents.

/// What two spellings are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// One name.
    Same,
    /// Alike, not the same.
    Near,
    /// Two names.
    Different,
}

/// The outcome of a comparison.
#[derive(Debug, Clone)]
pub struct Match {
    /// The judgement.
    pub verdict: Verdict,
    /// Probability that both are one name.
    pub probability: f64,
    /// Where two names differ.
    pub difference: Option<(String, String)>,
}

/// Compares names.
pub struct Matcher;

impl Matcher {
    /// Compares two names.
    pub fn compare(a: &str, _a_lang: &str, b: &str, _b_lang: &str) -> Match {
        let score = strsim::normalized_levenshtein(&crate::lang::text::fold(a), &crate::lang::text::fold(b));
        let verdict = if score > 0.85 {
            Verdict::Same
        } else if score > 0.6 {
            Verdict::Near
        } else {
            Verdict::Different
        };
        Match { verdict, probability: score, difference: None }
    }
}
