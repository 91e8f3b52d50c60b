//! `meaning-reversed`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coverage::{Coverage, Word};
use super::{BitextCheck, Check, Context, Findings};
use crate::lang::dictionary::Dictionary;
use crate::mentions::negation::{Cue, read};
use crate::model::{Bitext, Document, ErrorType, Severity, Span};

/// `meaning-reversed` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MeaningReversed {}

impl Check for MeaningReversed {
    const NAME: &'static str = "meaning-reversed";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("meaning_reversed.md");
}

impl BitextCheck for MeaningReversed {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let (from, to) = (&bitext.source, &bitext.target);
        let dictionary = context.knowledge().dictionary(from.language, to.language);
        if !dictionary.has_opposites() {
            return;
        }
        let coverages = context.coverages(bitext);
        let pairs = bitext.beads.iter().zip(coverages).filter(|(bead, _)| bead.is_pair());
        for (bead, coverage) in pairs.filter(|(bead, _)| bead.confidence >= SURE_BEAD) {
            let (Some(source), Some(target)) = (bitext.source_span(bead), bitext.target_span(bead)) else {
                continue;
            };
            let Some((one, other)) = reversed(coverage, &dictionary, (from, source), (to, target)) else {
                continue;
            };
            let (one, other) = (one.shift(source.start), other.shift(target.start));
            findings
                .report(format!(
                    "“{}” became “{}”, which says the opposite",
                    from.excerpt(one),
                    to.excerpt(other)
                ))
                .target(other)
                .source(one)
                .confidence(SURE);
        }
    }
}

/// Beads less sure than this are not compared.
const SURE_BEAD: f64 = 0.7;
/// How often an editor agrees.
const SURE: f64 = 0.75;
/// From this on a word is taken to have a partner.
const RENDERED: f32 = 0.3;
/// How far apart, in shares of their passages, a word and its opposite may stand.
const NEAR: f64 = 0.4;
/// Bytes around a word within which a negation turns it round.
const TURNED: usize = 30;

/// The first word of the source without a partner whose opposite stands, without a partner too, in its place.
fn reversed(
    coverage: &Coverage,
    dictionary: &Dictionary,
    source: (&Document, Span),
    target: (&Document, Span),
) -> Option<(Span, Span)> {
    let alone = |word: &&Word| !word.light && word.partner < RENDERED;
    let mut cues: Option<(Vec<Cue>, Vec<Cue>)> = None;
    for word in coverage.source.iter().filter(alone) {
        let Some(stem) = word.stem else { continue };
        let mut opposites = coverage.target.iter().filter(alone).filter(|other| {
            other.stem.is_some_and(|own| dictionary.opposites(stem).any(|opposite| opposite == own))
        });
        let (Some(other), None) = (opposites.next(), opposites.next()) else { continue };
        let place = |span: Span, whole: Span| span.start as f64 / whole.len().max(1) as f64;
        if (place(word.span, source.1) - place(other.span, target.1)).abs() > NEAR {
            continue;
        }
        let (here, there) = cues.get_or_insert_with(|| {
            let cues = |(document, span): (&Document, Span)| read(document.excerpt(span), document.language);
            (cues(source), cues(target))
        });
        if !is_turned(word.span, here) && !is_turned(other.span, there) {
            return Some((word.span, other.span));
        }
    }
    None
}

/// Whether a negation, or a word that may render one, stands beside a word.
fn is_turned(word: Span, cues: &[Cue]) -> bool {
    cues.iter().any(|cue| {
        !cue.span.overlaps(word) && cue.span.start < word.end + TURNED && word.start < cue.span.end + TURNED
    })
}
