use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, StoryCheck};
use crate::lang::text::{fold, is_all_capitals};
use crate::lang::{self, gazetteer, words};
use crate::model::{Entity, ErrorType, NameKind, Severity, Story, Variant};
use crate::names::Matcher;

/// `name-spelling` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NameSpelling {}

impl Check for NameSpelling {
    const NAME: &'static str = "name-spelling";
    const ERROR_TYPE: ErrorType = ErrorType::InconsistentTerm;
    const SEVERITY: Severity = Severity::Neutral;
    const CASEBOOK: &'static str = include_str!("name_spelling.md");
}

impl StoryCheck for NameSpelling {
    fn run(&self, story: &Story, _context: &Context, findings: &mut Findings<'_>) {
        for entity in &story.entities {
            let mut languages: BTreeMap<&str, Vec<&Variant>> = BTreeMap::new();
            for variant in &entity.variants {
                languages.entry(variant.language).or_default().push(variant);
            }
            for variants in languages.values() {
                report_drift(entity, variants, findings);
            }
        }
    }
}

/// Reports each spelling that is not the most used one of its language.
fn report_drift(entity: &Entity, variants: &[&Variant], findings: &mut Findings<'_>) {
    let mut spellings: BTreeMap<String, Vec<&Variant>> = BTreeMap::new();
    for variant in variants.iter().filter(|variant| compares(entity, variant)) {
        spellings.entry(lang::text::lower(&variant.text, false)).or_default().push(variant);
    }
    let mut ranked: Vec<&Vec<&Variant>> = spellings.values().collect();
    ranked.sort_by_key(|variants| {
        let uses: usize = variants.iter().map(|variant| variant.spans.len()).sum();
        (usize::MAX - uses, variants[0].document)
    });
    let Some((usual, others)) = ranked.split_first() else { return };
    let usual = usual[0];
    for other in others {
        let variant = other[0];
        // An account at odds with itself is `name-inconsistent`.
        let apart = ranked[0].iter().all(|usual| usual.document != variant.document);
        if apart && is_drift(entity, usual, variant) {
            findings
                .report(format!("“{}” is also “{}”", variant.text, usual.text))
                .confidence(0.9)
                .account(variant.document, variant.spans[0])
                .account(usual.document, usual.spans[0])
                .suggest(usual.text.clone());
        }
    }
}

fn compares(entity: &Entity, variant: &Variant) -> bool {
    match entity.kind {
        NameKind::Person => words::words(&variant.text).count() >= 2,
        NameKind::Place => !is_all_capitals(&variant.text) && !variant.text.contains('.'),
        _ => false,
    }
}

/// Whether two spellings are a matter of style rather than of grammar or length.
fn is_drift(entity: &Entity, usual: &Variant, other: &Variant) -> bool {
    let (a, b) = (fold(&usual.text), fold(&other.text));
    let Some(language) = lang::find(other.language) else { return false };
    let stems = |text: &str| -> Vec<String> {
        let mut stems = gazetteer::bases(text, language);
        stems.push(text.to_owned());
        stems
    };
    let inflected = stems(&a).iter().any(|stem| stems(&b).contains(stem));
    let count = |text: &str| words::words(text).count();
    let longer = entity.kind == NameKind::Place && count(&usual.text) != count(&other.text);
    if a.contains(&b) || b.contains(&a) || inflected || longer {
        return false;
    }
    entity.kind == NameKind::Place
        || Matcher::in_a_story(&usual.text, usual.language, &other.text, other.language) > 0.5
}
