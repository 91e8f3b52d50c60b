//! `negation-mismatch`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings};
use crate::mentions::negation::{covers, is_strong, negations};
use crate::model::{Bead, Bitext, Document, ErrorType, Severity, Span};

/// Options of `negation-mismatch`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NegationMismatch {
    /// Sentences with more characters than this on the side without negation are let pass: there is room to say
    /// it in another way.
    longest: usize,
}

impl Default for NegationMismatch {
    fn default() -> Self {
        Self { longest: 400 }
    }
}

impl Check for NegationMismatch {
    const NAME: &'static str = "negation-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("negation_mismatch.md");
}

impl BitextCheck for NegationMismatch {
    fn run(&self, bitext: &Bitext, _: &Context, findings: &mut Findings<'_>) {
        for document in [&bitext.source, &bitext.target] {
            if document.language.negation.is_none() {
                findings.abstain(format!("nothing known of negation in {}", document.language.name));
                return;
            }
        }
        let sides: Vec<Sides> = bitext.beads.iter().map(|bead| Sides::new(bitext, bead)).collect();
        for (index, _) in bitext.beads.iter().enumerate().filter(|(_, bead)| bead.is_pair()) {
            let Sides { source, target, before, after } = &sides[index];
            if source.len().max(target.len()) > self.longest {
                continue;
            }
            // A neighbour with a negation too many on the other side: the sentences are cut otherwise.
            let excess = |index: usize| {
                sides.get(index).map_or(0, |sides| sides.before.len() as isize - sides.after.len() as isize)
            };
            let mine = excess(index);
            let around = [excess(index.wrapping_sub(1)), excess(index + 1)];
            if around.iter().any(|theirs| theirs.signum() == -mine.signum() && mine != 0) {
                continue;
            }
            let (source, target) = (*source, *target);
            let (source_text, target_text) = (bitext.source.excerpt(source), bitext.target.excerpt(target));
            let strong = |spans: &[Span], document: &Document| {
                spans.iter().copied().find(|span| is_strong(document.excerpt(*span), document.language))
            };
            if after.is_empty()
                && let Some(cue) = strong(before, &bitext.source)
                && !covers(target_text, bitext.target.language)
            {
                let word = bitext.source.excerpt(cue);
                findings
                    .report(format!("nothing in the translation denies what “{word}” denies"))
                    .target(target)
                    .source(cue)
                    .grave(sure(before.len(), target.len()));
            } else if before.is_empty()
                && let Some(cue) = strong(after, &bitext.target)
                && !covers(source_text, bitext.source.language)
            {
                let word = bitext.target.excerpt(cue);
                findings
                    .report(format!("“{word}” denies what the source does not"))
                    .target(cue)
                    .source(source)
                    .grave(sure(after.len(), source.len()));
            }
        }
    }
}

/// What a bead covers on either side, and the negations there.
struct Sides {
    source: Span,
    target: Span,
    before: Vec<Span>,
    after: Vec<Span>,
}

impl Sides {
    fn new(bitext: &Bitext, bead: &Bead) -> Self {
        let cues = |document: &Document, whole: Span| -> Vec<Span> {
            let found = negations(document.excerpt(whole), document.language);
            found.into_iter().map(|span| span.shift(whole.start)).collect()
        };
        let source = bitext.source_span(bead).unwrap_or_default();
        let target = bitext.target_span(bead).unwrap_or_default();
        Self { source, target, before: cues(&bitext.source, source), after: cues(&bitext.target, target) }
    }
}

/// The probability that a negation was lost or added: less in a long sentence, which may say it otherwise.
fn sure(cues: usize, room: usize) -> f64 {
    let base: f64 = if room < 120 { 0.65 } else { 0.55 };
    (base + if cues > 1 { 0.1 } else { 0.0 }).min(0.75)
}
