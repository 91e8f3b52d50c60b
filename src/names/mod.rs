//! Do two spellings name one person or place? Knows language, nothing of documents.
//!
//! A word is read as units ([`readings`]), two readings are cut into chunks whose costs a learned table holds
//! ([`chunks`]); before that come equality and established forms, after it whole names. The margin that
//! comes out is 0 where both answers are equally likely, in every script.

mod bare;
pub mod chunks;
mod key;
mod matcher;
mod person;
pub mod readings;
pub mod romanise;
mod tables;
mod windows;

pub use bare::{bare_forms, share_base};
pub use key::keys;
pub use matcher::{Basis, Chunk};
pub use windows::{transliteration, windows};

use chunks::Scratch;

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
    /// Probability that both are one name, where a right rendering and the nearest wrong name are equally likely.
    pub probability: f64,
    /// Above 0 renderings of one name; the same scale in every script, a quarter of a logit each .25.
    pub margin: f64,
    /// Whether there was nothing to judge by: no reading of one side. Then the verdict is no evidence.
    pub unreadable: bool,
    /// The alignment, piece by piece, of the words that stand for each other.
    pub chunks: Vec<Chunk>,
    /// The words where two names differ most, when they are not the same.
    pub difference: Option<(String, String)>,
}

/// Margin above which two names are near, not different.
const NEAR: f64 = -1.1;

/// Logit for each unit of margin.
const SLOPE: f64 = 4.0;

/// Compares names.
pub struct Matcher;

impl Matcher {
    /// Compares two names of persons or places, one word or several, in any scripts. The languages are BCP 47 tags,
    /// or empty. The order of the two does not matter.
    pub fn compare(a: &str, a_lang: &str, b: &str, b_lang: &str) -> Match {
        // One order for both questions, so that the answers are equal to the last bit.
        let swap = (a, a_lang) > (b, b_lang);
        let comparison = if swap {
            person::compare(b, b_lang, a, a_lang, true)
        } else {
            person::compare(a, a_lang, b, b_lang, true)
        };
        let margin = comparison.margin;
        let verdict = if margin > 0.0 {
            Verdict::Same
        } else if margin > NEAR {
            Verdict::Near
        } else {
            Verdict::Different
        };
        let turn = |(a, b)| if swap { (b, a) } else { (a, b) };
        let worst = comparison.pairs.iter().min_by(|x, y| x.margin.total_cmp(&y.margin));
        let difference =
            worst.filter(|_| verdict != Verdict::Same).map(|pair| turn((pair.a.clone(), pair.b.clone())));
        let chunks = comparison.pairs.iter().flat_map(|pair| &pair.chunks).map(|chunk| {
            let (a, b) = turn((chunk.a.clone(), chunk.b.clone()));
            Chunk { a, b, cost: chunk.cost }
        });
        Match {
            verdict,
            probability: probability(margin),
            margin,
            unreadable: comparison.pairs.iter().all(|pair| pair.basis == Basis::Unreadable),
            chunks: chunks.collect(),
            difference,
        }
    }

    /// The probability that two names are one, without the explanation: the same figure as
    /// [`Matcher::compare`] gives, faster.
    pub fn probability(a: &str, a_lang: &str, b: &str, b_lang: &str) -> f64 {
        let swap = (a, a_lang) > (b, b_lang);
        let ((a, a_lang), (b, b_lang)) =
            if swap { ((b, b_lang), (a, a_lang)) } else { ((a, a_lang), (b, b_lang)) };
        probability(person::compare(a, a_lang, b, b_lang, false).margin)
    }

    /// The margin of two single words.
    pub fn words(a: &str, a_lang: &str, b: &str, b_lang: &str) -> f64 {
        let (a, b) = (matcher::Word::new(a, a_lang), matcher::Word::new(b, b_lang));
        let (a, b) = if a.text > b.text { (b, a) } else { (a, b) };
        matcher::margin(&a, &b, &mut Scratch::default()).0
    }
}

fn probability(margin: f64) -> f64 {
    1.0 / (1.0 + (-SLOPE * margin).exp())
}
