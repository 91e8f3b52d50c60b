//! A story as JSON: who and what appears in which account, and which sentences speak of the same fact.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Document, Entity, Passage, Story};

/// Who and what appears where.
#[derive(Serialize)]
pub struct Entities<'a> {
    /// Those of most accounts first.
    entities: Vec<EntityOut<'a>>,
}

impl<'a> Entities<'a> {
    /// Those of a story.
    pub fn of(story: &'a Story) -> Self {
        Self { entities: entities(story) }
    }
}

pub(super) fn entities(story: &Story) -> Vec<EntityOut<'_>> {
    story.entities.iter().map(|entity| EntityOut::new(entity, &story.documents)).collect()
}

pub(super) fn passages(story: &Story) -> Vec<PassageOut<'_>> {
    story.passages.iter().map(|passage| PassageOut::new(passage, &story.documents)).collect()
}

#[derive(Serialize, JsonSchema)]
pub(super) struct PassageOut<'a> {
    /// What most of them share: names, figures, words as one of them writes them.
    shared: &'a [String],
    /// One an account.
    sentences: Vec<SentenceOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct SentenceOut<'a> {
    /// Index of the account in `documents`.
    document: usize,
    /// First byte of the sentence in the account.
    byte_start: usize,
    /// One past its last byte.
    byte_end: usize,
    text: &'a str,
}

impl<'a> PassageOut<'a> {
    fn new(passage: &'a Passage, documents: &'a [Document]) -> Self {
        let sentences = passage.sentences.iter().filter_map(|&(document, span)| {
            let text = documents.get(document)?.excerpt(span);
            Some(SentenceOut { document, byte_start: span.start, byte_end: span.end, text })
        });
        Self { shared: &passage.shared, sentences: sentences.collect() }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct EntityOut<'a> {
    name: &'a str,
    /// person, place, organisation or other.
    kind: String,
    /// The row of the gazetteer that it stands for, place:RU.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    variants: Vec<VariantOut<'a>>,
    roles: Vec<RoleOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct VariantOut<'a> {
    text: &'a str,
    language: &'a str,
    document: &'a str,
    count: usize,
}

#[derive(Serialize, JsonSchema)]
struct RoleOut<'a> {
    /// The concept: deputy-prime-minister.
    role: &'a str,
    /// Whose: a key of the gazetteer, place:RU.
    of: Option<&'a str>,
    document: &'a str,
}

impl<'a> EntityOut<'a> {
    fn new(entity: &'a Entity, documents: &'a [Document]) -> Self {
        let name = |index: usize| documents.get(index).map_or("", |document| document.name.as_str());
        Self {
            name: &entity.name,
            kind: entity.kind.as_str().to_owned(),
            key: entity.key.as_deref(),
            variants: entity
                .variants
                .iter()
                .map(|variant| VariantOut {
                    text: &variant.text,
                    language: variant.language,
                    document: name(variant.document),
                    count: variant.spans.len(),
                })
                .collect(),
            roles: entity
                .roles
                .iter()
                .map(|role| RoleOut {
                    role: &role.concept,
                    of: role.of.as_deref(),
                    document: name(role.document),
                })
                .collect(),
        }
    }
}
