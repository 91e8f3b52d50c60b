//! `meaning-reversed`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coverage::{Coverage, Word};
use super::{BitextCheck, Check, Context, Findings};
use crate::lang::dictionary::Dictionary;
use crate::lang::opposites::{self, Pole};
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
        let coverages = context.coverages(bitext);
        let pairs = bitext.beads.iter().zip(coverages).filter(|(bead, _)| bead.is_pair());
        for (bead, coverage) in pairs.filter(|(bead, _)| bead.confidence >= SURE_BEAD) {
            let (Some(source), Some(target)) = (bitext.source_span(bead), bitext.target_span(bead)) else {
                continue;
            };
            let mut place = Place { source: (from, source), target: (to, target), cues: None };
            let found = reversed(coverage, &dictionary, &mut place).or_else(|| opposed(coverage, &mut place));
            let Some((one, other)) = found else { continue };
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
/// The same of the ends of an axis, each the only one in its passage: verbs stand first in Arabic, last in Turkish.
const NEAR_AXIS: f64 = 0.6;
/// From this on such a word is taken to have a partner: the tables know its form, however the dictionary cuts it.
const RENDERED_AXIS: f32 = 0.45;
/// Bytes around a word within which a negation turns it round.
const TURNED: usize = 30;

/// A passage and its translation.
struct Place<'a> {
    source: (&'a Document, Span),
    target: (&'a Document, Span),
    /// What denies in either, once asked.
    cues: Option<(Vec<Cue>, Vec<Cue>)>,
}

impl Place<'_> {
    /// Whether the two stand at like places and nothing near either turns its meaning round.
    fn are_opposed(&mut self, one: Span, other: Span, near: f64) -> bool {
        let share = |span: Span, whole: Span| span.start as f64 / whole.len().max(1) as f64;
        if (share(one, self.source.1) - share(other, self.target.1)).abs() > near {
            return false;
        }
        let (source, target) = (self.source, self.target);
        let (here, there) = self.cues.get_or_insert_with(|| {
            let cues = |(document, span): (&Document, Span)| read(document.excerpt(span), document.language);
            (cues(source), cues(target))
        });
        !is_turned(one, here, source.0) && !is_turned(other, there, target.0)
    }
}

/// The first word of the source without a partner whose opposite stands, without a partner too, in its place.
fn reversed(coverage: &Coverage, dictionary: &Dictionary, place: &mut Place<'_>) -> Option<(Span, Span)> {
    let alone = |word: &&Word| !word.light && word.partner < RENDERED;
    for word in coverage.source.iter().filter(alone) {
        let Some(stem) = word.stem else { continue };
        let mut opposites = coverage.target.iter().filter(alone).filter(|other| {
            other.stem.is_some_and(|own| dictionary.opposites(stem).any(|opposite| opposite == own))
        });
        let (Some(other), None) = (opposites.next(), opposites.next()) else { continue };
        if place.are_opposed(word.span, other.span, NEAR) {
            return Some((word.span, other.span));
        }
    }
    None
}

/// The first word of the source that names one end of an axis, where the translation names the other, and neither
/// names both. What has a partner of its own renders that.
fn opposed(coverage: &Coverage, place: &mut Place<'_>) -> Option<(Span, Span)> {
    let poles =
        |(document, span): (&Document, Span)| opposites::find(document.excerpt(span), document.language);
    let here = poles(place.source);
    if here.is_empty() {
        return None;
    }
    let there = poles(place.target);
    let only = |poles: &[(Span, Pole)], pole: Pole| {
        let mut of_axis = poles.iter().filter(|(_, other)| other.axis == pole.axis);
        let (first, second) = (of_axis.next(), of_axis.next());
        first.filter(|(_, other)| second.is_none() && *other == pole).map(|(span, _)| *span)
    };
    let rendered = |words: &[Word], span: Span| {
        words.iter().any(|word| word.span.overlaps(span) && word.partner >= RENDERED_AXIS)
    };
    here.iter().find_map(|&(_, pole)| {
        let (one, other) = (only(&here, pole)?, only(&there, pole.opposite())?);
        let free = !rendered(&coverage.source, one) && !rendered(&coverage.target, other);
        (free && place.are_opposed(one, other, NEAR_AXIS)).then_some((one, other))
    })
}

/// Whether a negation, or a word that may render one, stands beside a word, or in it where verbs carry theirs:
/// *unut-ma-yın*.
fn is_turned(word: Span, cues: &[Cue], document: &Document) -> bool {
    let carried = document.language.negation.as_ref().is_some_and(|negation| !negation.suffixes.is_empty());
    cues.iter().any(|cue| {
        (carried || !cue.span.overlaps(word))
            && cue.span.start < word.end + TURNED
            && word.start < cue.span.end + TURNED
    })
}
