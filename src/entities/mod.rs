//! Mentions of N documents to entities with variants: who and what appears where, under which spelling.

mod alone;
mod facts;
mod figures;
mod link;
mod passages;
mod search;
mod spots;
mod titles;
mod units;

use std::collections::BTreeMap;

use crate::lang::gazetteer;
use crate::model::{Document, Entity, NameKind, Role, Story, Variant};

use units::Unit;

/// Gathers who and what appears in the accounts of one event.
pub fn gather(mut documents: Vec<Document>) -> Story {
    let units = units::of(&mut documents);
    let groups = link::groups(&units, &documents);
    let mut entities: Vec<Entity> = groups.iter().map(|group| entity(group, &units, &documents)).collect();
    entities.sort_by(|a, b| {
        let accounts = |entity: &Entity| accounts(entity);
        let count =
            |entity: &Entity| entity.variants.iter().map(|variant| variant.spans.len()).sum::<usize>();
        (accounts(b), count(b), a.kind, &a.name).cmp(&(accounts(a), count(a), b.kind, &b.name))
    });
    let mut facts = facts::of(&documents);
    let passages = passages::of(&documents, &entities);
    facts.extend(figures::of(&documents, &entities));
    facts.sort_by(|a, b| {
        (&a.about, a.deviation, a.document, a.span).cmp(&(&b.about, b.deviation, b.document, b.span))
    });
    Story { documents, entities, facts, passages }
}

/// In how many accounts an entity appears.
pub fn accounts(entity: &Entity) -> usize {
    let mut documents: Vec<usize> = entity.variants.iter().map(|variant| variant.document).collect();
    documents.sort_unstable();
    documents.dedup();
    documents.len()
}

fn entity(group: &[usize], units: &[Unit], documents: &[Document]) -> Entity {
    let first = &units[group[0]];
    let mut variants: Vec<Variant> = Vec::new();
    let mut roles: Vec<Role> = Vec::new();
    for &index in group {
        let unit = &units[index];
        let mut spellings: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for &span in &unit.spans {
            spellings.entry(documents[unit.document].excerpt(span)).or_default().push(span);
        }
        for (text, spans) in spellings {
            let language = documents[unit.document].language.tag.as_str();
            variants.push(Variant { text: text.to_owned(), language, document: unit.document, spans });
        }
        roles.extend(unit.roles.iter().cloned());
    }
    variants.sort_by(|a, b| (a.document, a.spans.first()).cmp(&(b.document, b.spans.first())));
    roles.sort();
    roles.dedup();
    let key = first.key.clone();
    let name = key
        .as_deref()
        .and_then(|key| known_name(key, first.kind))
        .map_or_else(|| best_name(group, units, documents), str::to_owned);
    Entity { kind: first.kind, name, key, variants, roles }
}

fn known_name(key: &str, kind: NameKind) -> Option<&'static str> {
    let kind = match kind {
        NameKind::Place => gazetteer::Kind::Place,
        NameKind::Organisation => gazetteer::Kind::Organisation,
        _ => return None,
    };
    gazetteer::row(key, kind).map(|row| row.name)
}

/// The fullest name that most accounts write: English before other Latin scripts before the rest.
fn best_name(group: &[usize], units: &[Unit], documents: &[Document]) -> String {
    let rank = |unit: &Unit| {
        let language = documents[unit.document].language;
        let script = if language.tag == "en" { 0 } else { 1 + usize::from(language.script != "Latn") };
        let support = group.iter().filter(|&&other| units[other].folded == unit.folded).count();
        (usize::from(unit.words < 2), script, usize::MAX - support, unit.document)
    };
    let best = group.iter().map(|&index| &units[index]).min_by_key(|unit| rank(unit));
    best.map(|unit| unit.text.clone()).unwrap_or_default()
}
