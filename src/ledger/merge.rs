//! What a day's texts add to a ledger. Nothing is taken away, and what a person wrote stays as it is.

use super::known::parts;
use super::{Entry, Kind, Known, Office, Status};
use crate::lang::{self, gazetteer, text::fold};
use crate::model::{Entity, NameKind, Story, Variant};

impl Known {
    /// Takes in who and what appears in texts, seen on a day (`2026-11-28`). Persons with their whole names; places
    /// and organisations as the texts write them.
    pub fn learn(&mut self, story: &Story, day: Option<&str>) {
        for entity in &story.entities {
            let Some(kind) = Kind::of(entity.kind) else { continue };
            let variants: Vec<&Variant> =
                entity.variants.iter().filter(|variant| is_whole(kind, &variant.text)).collect();
            if variants.is_empty() {
                continue;
            }
            let index = self.place_of(kind, entity, &variants);
            self.take(index, entity, &variants, story, day);
            self.index(index);
        }
    }

    /// The entry of an entity, made where there is none.
    fn place_of(&mut self, kind: Kind, entity: &Entity, variants: &[&Variant]) -> usize {
        let known = match &entity.key {
            Some(key) => self.of_key(key),
            None => variants.iter().find_map(|variant| self.find(kind, &variant.text, variant.language)),
        };
        // A name whose entry is not to be confused with this one is another.
        let known = known.filter(|&index| {
            let entry = self.entry(index);
            !entry.confused_with.iter().any(|other| fold(other) == fold(&entity.name))
        });
        known.unwrap_or_else(|| {
            self.push(Entry {
                name: entity.name.clone(),
                kind,
                key: entity.key.clone(),
                status: Status::New,
                preferred: None,
                avoid: None,
                confused_with: Vec::new(),
                spellings: std::collections::BTreeMap::new(),
                roles: Vec::new(),
                sources: Vec::new(),
                rest: std::collections::BTreeMap::new(),
            })
        })
    }

    fn take(
        &mut self,
        index: usize,
        entity: &Entity,
        variants: &[&Variant],
        story: &Story,
        day: Option<&str>,
    ) {
        let entry = self.entry(index);
        for variant in variants {
            // What a table names is written as the table does: texts decline it.
            let text = table_name(entity, variant.language).unwrap_or(&variant.text);
            let spellings = entry.spellings.entry(variant.language.to_owned()).or_default();
            let known = spellings.iter().any(|other| is_form_of(text, other, variant.language));
            if !known {
                spellings.push(text.to_owned());
                spellings.sort();
            }
            let source = &story.documents[variant.document].name;
            if !entry.sources.contains(source) {
                entry.sources.push(source.clone());
            }
        }
        for role in &entity.roles {
            let day = day.map(str::to_owned);
            let same = |office: &&mut Office| office.role == role.concept && office.of == role.of;
            match entry.roles.iter_mut().find(same) {
                Some(office) => {
                    if day.is_some() && (office.first.is_none() || office.first > day) {
                        office.first.clone_from(&day);
                    }
                    if office.last < day {
                        office.last = day;
                    }
                }
                None => entry.roles.push(Office {
                    role: role.concept.clone(),
                    of: role.of.clone(),
                    first: day.clone(),
                    last: day,
                    rest: std::collections::BTreeMap::new(),
                }),
            }
        }
    }
}

/// The name of an entity in the gazetteer's table.
fn table_name(entity: &Entity, language: &str) -> Option<&'static str> {
    let kind = match entity.kind {
        NameKind::Place => gazetteer::Kind::Place,
        NameKind::Organisation => gazetteer::Kind::Organisation,
        _ => return None,
    };
    gazetteer::name_in(entity.key.as_deref()?, kind, lang::find(language)?)
}

/// Whether a spelling names by itself: a surname does not.
fn is_whole(kind: Kind, text: &str) -> bool {
    kind != Kind::Person || parts(text).len() >= 2
}

/// Whether a spelling is a known one in another case of the grammar, or in capitals.
fn is_form_of(text: &str, known: &str, language: &str) -> bool {
    let (text, known) = (fold(text), fold(known));
    if text == known {
        return true;
    }
    let Some(language) = lang::find(language) else { return false };
    let stems = |word: &str| {
        let mut stems = gazetteer::bases(word, language);
        stems.push(word.to_owned());
        stems
    };
    let (mine, theirs) = (parts(&text), parts(&known));
    mine.len() == theirs.len()
        && mine.iter().zip(&theirs).all(|(a, b)| stems(a).iter().any(|stem| stems(b).contains(stem)))
}
