//! `negation-mismatch`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coverage::Word;
use super::{BitextCheck, Check, Context, Findings};
use crate::lang::Language;
use crate::mentions::negation::{Cue, Role, read};
use crate::model::{Bitext, Document, ErrorType, Severity, Span};

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
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        for document in [&bitext.source, &bitext.target] {
            if document.language.negation.is_none() {
                findings.abstain(format!("nothing known of negation in {}", document.language.name));
                return;
            }
        }
        let sides: Vec<(Half, Half)> = bitext
            .beads
            .iter()
            .map(|bead| {
                let source = bitext.source_span(bead).unwrap_or_default();
                let target = bitext.target_span(bead).unwrap_or_default();
                (Half::new(&bitext.source, source), Half::new(&bitext.target, target))
            })
            .collect();
        let order = [&bitext.source, &bitext.target]
            .map(|document| document.language.negation.as_ref().is_some_and(|negation| negation.verb_final));
        let window = if order[0] == order[1] { NEAR } else { 1.0 };
        for (index, bead) in bitext.beads.iter().enumerate().filter(|(_, bead)| bead.is_pair()) {
            let (source, target) = &sides[index];
            if source.span.len().max(target.span.len()) > self.longest || bead.confidence < SURE_BEAD {
                continue;
            }
            // A neighbour with a negation too many on the other side: the sentences are cut otherwise.
            let excess = |index: usize| {
                sides
                    .get(index)
                    .map_or(0, |(source, target)| source.denials() as isize - target.denials() as isize)
            };
            let mine = excess(index);
            let around = [excess(index.wrapping_sub(1)), excess(index + 1)];
            if mine == 0 || around.iter().any(|theirs| theirs.signum() == -mine.signum()) {
                continue;
            }
            let (more, less) = if mine > 0 { (source, target) } else { (target, source) };
            let Some((cue, confidence)) = left_over(more, less, window) else { continue };
            let document = if mine > 0 { &bitext.source } else { &bitext.target };
            let coverage = &context.coverages(bitext)[index];
            let words = if mine > 0 { &coverage.source } else { &coverage.target };
            if is_said_otherwise(
                words,
                Span::new(cue.start - more.span.start, cue.end - more.span.start),
                document.language,
            ) {
                continue;
            }
            let word = document.excerpt(cue);
            let finding = if mine > 0 {
                findings
                    .report(format!("nothing in the translation denies what “{word}” denies"))
                    .target(target.span)
                    .source(cue)
            } else {
                findings
                    .report(format!("“{word}” denies what the source does not"))
                    .target(cue)
                    .source(source.span)
            };
            finding.confidence(confidence).severity(if confidence >= GRAVE {
                Severity::Major
            } else {
                Severity::Minor
            });
        }
    }
}

/// Beads less sure than this are not compared.
const SURE_BEAD: f64 = 0.5;
/// How far apart, in shares of the sentences, a negation and what renders it may stand.
const NEAR: f64 = 0.25;
/// Below this confidence nothing is said.
const LEAST: f64 = 0.4;
/// From this confidence on a finding is major: less sure ones are for a second look.
const GRAVE: f64 = 0.6;

/// Whether nothing on the other side stands for what a cue denies: then it is said in another way, which needs no
/// negation.
fn is_said_otherwise(words: &[Word], cue: Span, language: &Language) -> bool {
    let weighs = |word: &&Word| !word.light && !word.unknown;
    let verb_final = language.negation.as_ref().is_some_and(|negation| negation.verb_final);
    let denied: Vec<&Word> = if verb_final {
        words.iter().rev().filter(|word| word.span.start < cue.end).filter(weighs).take(DENIED).collect()
    } else {
        words.iter().filter(|word| word.span.end > cue.start).filter(weighs).take(DENIED).collect()
    };
    denied.len() == DENIED && denied.iter().all(|word| word.partner < RENDERED)
}

/// Words that a negation is taken to deny, the nearest ones that the dictionary knows.
const DENIED: usize = 2;
/// From this on a word is taken to have a partner.
const RENDERED: f32 = 0.3;

/// What a bead covers on one side, and what denies there.
struct Half {
    span: Span,
    cues: Vec<Cue>,
}

impl Half {
    fn new(document: &Document, span: Span) -> Self {
        let mut cues = read(document.excerpt(span), document.language);
        for cue in &mut cues {
            cue.span = cue.span.shift(span.start);
        }
        Self { span, cues }
    }

    fn denials(&self) -> usize {
        self.cues.iter().filter(|cue| cue.role != Role::May).count()
    }

    /// The relative place of a cue, 0 to 1.
    fn place(&self, cue: &Cue) -> f64 {
        (cue.span.start - self.span.start) as f64 / self.span.len().max(1) as f64
    }
}

/// A negation of one side that nothing on the other renders, and how sure that is.
fn left_over(more: &Half, less: &Half, window: f64) -> Option<(Span, f64)> {
    // One of several may be said in another way, or belong to another clause.
    if less.denials() > 0 {
        return None;
    }
    let mut free: Vec<&Cue> = more.cues.iter().filter(|cue| cue.role != Role::May).collect();
    // What may render one takes the nearest, where it stands at about the same place.
    for cue in less.cues.iter().filter(|cue| cue.role == Role::May) {
        let distance = |other: &&Cue| (more.place(other) - less.place(cue)).abs();
        let nearest = (0..free.len()).min_by(|&a, &b| distance(&free[a]).total_cmp(&distance(&free[b])))?;
        if distance(&free[nearest]) <= window {
            free.remove(nearest);
        }
    }
    let cue = free.iter().find(|cue| cue.role == Role::Denies)?;
    let room = less.span.len();
    let mut confidence: f64 = if room < 120 { 0.65 } else { 0.55 };
    if less.cues.iter().any(|cue| cue.role == Role::May) {
        confidence -= 0.1;
    }
    (confidence >= LEAST).then_some((cue.span, confidence))
}
