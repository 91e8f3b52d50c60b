//! Offices and functions of people in a text, as concepts.

use crate::lang::phrases::Phrases;
use crate::lang::{Language, PerLanguage, gazetteer};
use crate::model::Span;

struct Index {
    phrases: Phrases,
    concepts: Vec<&'static str>,
}

/// A role in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleMention {
    /// Where.
    pub span: Span,
    /// The concept: `deputy-prime-minister`.
    pub concept: &'static str,
}

/// Every role in a text, in order, the longest where several begin together.
pub fn roles(text: &str, language: &Language) -> Vec<RoleMention> {
    static INDEXES: PerLanguage<Index> = PerLanguage::new();
    let index = INDEXES.get(language, |language| {
        let forms = || language.roles.iter().flat_map(|roles| &roles.forms);
        Index {
            phrases: Phrases::new(forms().enumerate().flat_map(|(number, (_, forms))| {
                forms.iter().map(move |form| (form.as_str(), number as u32))
            })),
            concepts: forms().map(|(concept, _)| concept.as_str()).collect(),
        }
    });
    let found = index.phrases.find(text, |word| gazetteer::bases(word, language));
    found
        .into_iter()
        .map(|found| RoleMention {
            span: found.range.into(),
            concept: index.concepts[found.phrases[0] as usize],
        })
        .collect()
}
