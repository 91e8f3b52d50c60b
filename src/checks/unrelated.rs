//! A pair that is no translation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::anchors::{self, Anchors, Shared};
use super::coverage::Word;
use super::{BitextCheck, Check, Context, Findings};
use crate::lang::{Language, identify};
use crate::model::{Bitext, Document, ErrorType, Relation, Severity, Span};

/// `unrelated` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Unrelated {}

impl Check for Unrelated {
    const NAME: &'static str = "unrelated";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("unrelated.md");
}

impl BitextCheck for Unrelated {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let Some((message, confidence)) = judge(bitext, context) else { return };
        let severity = if confidence >= 0.55 { Severity::Major } else { Severity::Minor };
        findings
            .report(message)
            .target(whole(&bitext.target))
            .source(whole(&bitext.source))
            .confidence(confidence.min(0.98))
            .severity(severity);
    }
}

fn whole(document: &Document) -> Span {
    Span::new(0, document.text.len()).trim(&document.text)
}

fn judge(bitext: &Bitext, context: &Context) -> Option<(String, f64)> {
    let parallelism = &bitext.parallelism;
    let (from, to) = (bitext.source.language, bitext.target.language);
    if context.swapped(bitext) {
        let message = format!(
            "source and target are swapped: the target is in {}, the source in {}",
            from.name, to.name
        );
        return Some((message, 0.9));
    }
    if from.tag == to.tag && bitext.source.text.trim() == bitext.target.text.trim() {
        return Some((format!("source and target are both in {}", from.name), 0.9));
    }
    match parallelism.relation {
        Relation::Unrelated => {
            Some(("the target is no translation of the source".into(), parallelism.confidence.max(0.6)))
        }
        Relation::Comparable => Some((
            "both texts are about one subject, but the target is no translation of the source".into(),
            parallelism.confidence.max(0.6),
        )),
        Relation::Swapped => Some(("source and target are swapped".into(), parallelism.confidence.max(0.6))),
        // The same text twice is left to `untranslated`, which knows what is copied.
        Relation::SameLanguage if from.same_language(to) => {
            Some((format!("source and target are both in {}", from.name), 0.9))
        }
        Relation::Unclear => short(bitext, context),
        Relation::SameLanguage | Relation::Parallel | Relation::PartlyParallel | Relation::Truncated => None,
    }
}

/// Whether each side is in the language declared for the other.
pub(super) fn swapped(bitext: &Bitext) -> bool {
    let (source, target) = (&bitext.source, &bitext.target);
    // Most pairs of two scripts need no closer look.
    let written = |text: &str, language: &Language| {
        identify::dominant_script(text).is_some_and(|script| identify::writes(language, script))
    };
    if !written(&source.text, target.language) || !written(&target.text, source.language) {
        return false;
    }
    let is = |text: &str, language: &Language| {
        identify::guess(text)
            .is_some_and(|guess| guess.letters >= 40 && guess.language.same_language(language))
    };
    !source.language.same_language(target.language)
        && is(&source.text, target.language)
        && is(&target.text, source.language)
}

/// From this on a word is taken to have a partner.
const PARTNER: f32 = 0.2;
/// Words that the dictionary must know on each side.
const FEWEST: usize = 2;
/// Evidence from which a pair is taken for no translation.
const NEEDED: f64 = 4.8;

/// The words of one side.
#[derive(Default)]
struct Words {
    content: usize,
    /// Content words that the dictionary knows, and those of them that have a partner.
    known: usize,
    partnered: usize,
    /// How surely all of them have one.
    support: f64,
    light: usize,
    /// How far the other side explains the function words.
    explained: f64,
}

impl Words {
    fn of<'a>(words: impl Iterator<Item = &'a Word>) -> Self {
        let mut own = Self::default();
        for word in words {
            if word.light {
                own.light += 1;
                own.explained += f64::from(word.explained.min(1.0));
                continue;
            }
            own.content += 1;
            if !word.unknown {
                own.known += 1;
                own.partnered += usize::from(word.partner >= PARTNER);
                own.support += f64::from(word.partner.max(word.explained.min(1.0)));
            }
        }
        own
    }

    fn share_known(&self) -> f64 {
        self.known as f64 / self.content.max(1) as f64
    }
}

/// What the words of two passages say for their having nothing to do with each other; `None` where too few are known.
/// The weights are fitted to translations and the same ones shuffled: TICO-19 and MLQE-PE, both CC0.
fn strangeness(bitext: &Bitext, context: &Context, all: &Shared, odd: f64) -> Option<f64> {
    let coverages = context.coverages(bitext);
    let source = Words::of(coverages.iter().flat_map(|coverage| &coverage.source));
    let target = Words::of(coverages.iter().flat_map(|coverage| &coverage.target));
    if source.known.min(target.known) < FEWEST {
        return None;
    }
    let known = (source.known + target.known) as f64;
    let partnered = (source.partnered + target.partnered) as f64;
    let same = bitext.source.language.script == bitext.target.language.script;
    let few = |count: usize| count.min(3) as f64;
    let weighed = [
        (-2.49, 1.0),
        (-0.47, partnered.min(12.0)),
        (0.68, (known - partnered).min(12.0)),
        (-3.66, (partnered + 0.3) / (known + 1.5)),
        (-2.85, (source.support + target.support) / (known + 1.0)),
        (-1.02, few(all.cognates)),
        (0.2, few(all.source)),
        (0.61, few(all.target)),
        (0.69, f64::from(u8::from(same))),
        (2.04, source.share_known().min(target.share_known())),
        (-2.05, (source.explained + target.explained) / (source.light + target.light + 2) as f64),
        (0.5, odd.min(1.5)),
    ];
    Some(weighed.iter().map(|(weight, value)| weight * value).sum())
}

/// Pairs of a few sentences: what a translation cannot lose is lost.
fn short(bitext: &Bitext, context: &Context) -> Option<(String, f64)> {
    let (source, target) = (&bitext.source, &bitext.target);
    if source.text.is_empty() || target.text.is_empty() || source.language.same_language(target.language) {
        return None;
    }
    let all = anchors::shared(
        &Anchors::of(source, source.prose()),
        source.language,
        &Anchors::of(target, target.prose()),
        target.language,
    );
    if all.kept > 0 || bitext.beads.iter().flat_map(|bead| &bead.links).any(|link| link.weight > 0.6) {
        return None;
    }
    // What is not in the language of the target is no matter of meaning.
    if identify::instead(&target.text, target.language).is_some_and(|instead| instead.margin > 0.3) {
        return None;
    }
    let (from, to) = (anchors::length(&source.text), anchors::length(&target.text));
    let odd = (to / from.max(1.0)).ln().abs();
    if let Some(evidence) = strangeness(bitext, context, &all, odd) {
        let confidence = (0.6 + 0.08 * (evidence - NEEDED)).min(0.85);
        return (evidence >= NEEDED)
            .then(|| ("hardly a word of the source is in the target".into(), confidence));
    }
    if all.cognates > 0 {
        return None;
    }
    let mut sum = all.source.min(3) as f64 + all.target.min(3) as f64;
    // Names of another script are found and compared less surely.
    if source.language.script != target.language.script {
        sum -= 1.0;
    }
    sum += if odd > 0.8 {
        1.5
    } else if odd > 0.5 {
        0.8
    } else {
        0.0
    };
    let both = all.source > 0 && all.target > 0;
    let confidence = if both && sum >= 4.5 {
        0.7
    } else if both && sum >= 3.5 {
        0.5
    } else {
        return None;
    };
    Some(("nothing that the source names or counts is in the target".into(), confidence))
}
