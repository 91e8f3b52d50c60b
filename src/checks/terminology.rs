//! `terminology`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings};
use crate::lang::{Language, text, words};
use crate::model::{Bitext, Document, ErrorType, Severity, Span};

/// Options of `terminology`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Terminology {
    /// What the newsroom calls things.
    terms: Vec<Concept>,
}

/// What terms of several languages stand for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
struct Concept {
    /// Terms by language tag, the one to use first. A term that stays as it is stands under both languages.
    #[serde(rename = "use")]
    terms: BTreeMap<String, Vec<String>>,
    /// Terms by language tag that must not be used.
    avoid: BTreeMap<String, Vec<String>>,
}

impl Check for Terminology {
    const NAME: &'static str = "terminology";
    const ERROR_TYPE: ErrorType = ErrorType::WrongTerm;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("terminology.md");
}

impl BitextCheck for Terminology {
    fn run(&self, bitext: &Bitext, _: &Context, findings: &mut Findings<'_>) {
        if self.terms.is_empty() {
            return;
        }
        let (from, to) = (bitext.source.language, bitext.target.language);
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair()) {
            let (Some(source), Some(target)) = (bitext.source_span(bead), bitext.target_span(bead)) else {
                continue;
            };
            let said = Passage::new(&bitext.source, source);
            let rendered = Passage::new(&bitext.target, target);
            for concept in &self.terms {
                let avoided = of(&concept.avoid, to).iter().find_map(|term| rendered.find(term));
                let wanted = of(&concept.terms, to);
                if let Some(place) = avoided {
                    let term = bitext.target.excerpt(place);
                    let finding = findings.report(format!("“{term}” is not used here"));
                    finding.target(place).confidence(0.9);
                    if let Some(better) = wanted.first() {
                        finding.suggest(better);
                    }
                    continue;
                }
                let place = of(&concept.terms, from).iter().find_map(|term| said.find(term));
                let (Some(place), Some(better)) = (place, wanted.first()) else { continue };
                if wanted.iter().all(|term| rendered.find(term).is_none()) {
                    let term = bitext.source.excerpt(place);
                    findings
                        .report(format!("“{term}” is “{better}” here, which the translation does not say"))
                        .target(target)
                        .source(place)
                        .confidence(0.75)
                        .suggest(better);
                }
            }
        }
    }
}

/// The terms of a language, those of its locale before those of the language.
fn of<'a>(terms: &'a BTreeMap<String, Vec<String>>, language: &Language) -> &'a [String] {
    let own = terms.get(&language.tag).or_else(|| terms.get(language.primary()));
    own.map_or(&[], Vec::as_slice)
}

/// The words of one side of a bead, folded.
struct Passage<'a> {
    document: &'a Document,
    words: Vec<(Span, String)>,
}

impl<'a> Passage<'a> {
    fn new(document: &'a Document, span: Span) -> Self {
        let passage = document.excerpt(span);
        let words = words::segmented(passage)
            .into_iter()
            .map(|word| (Span::new(word.start, word.end()).shift(span.start), text::fold(word.text)))
            .collect();
        Self { document, words }
    }

    /// Where a term stands, inflected forms included.
    fn find(&self, term: &str) -> Option<Span> {
        let parts: Vec<String> = words::segmented(term).iter().map(|word| text::fold(word.text)).collect();
        let cased = term.chars().any(text::is_upper);
        let fits = |window: &&[(Span, String)]| {
            window.iter().zip(&parts).all(|((_, word), part)| is_form(word, part))
                // ‘Polish’ is not ‘polish’: a term with capitals is found with one.
                && (!cased || self.document.excerpt(window[0].0).chars().any(text::is_upper))
        };
        if parts.is_empty() {
            return None;
        }
        let window = self.words.windows(parts.len()).find(fits)?;
        Some(window.first()?.0.join(window.last()?.0))
    }
}

/// Letters that an ending may change at most.
const ENDING: usize = 3;

/// Whether a word may be an inflected form of a term's word: they differ in a short ending alone.
fn is_form(word: &str, term: &str) -> bool {
    if word == term {
        return true;
    }
    let shared = word.chars().zip(term.chars()).take_while(|(a, b)| a == b).count();
    let longest = word.chars().count().max(term.chars().count());
    let stem = term.chars().count().saturating_sub(2);
    shared >= 4 && shared >= stem && longest - shared <= ENDING
}
