//! What a day's texts add to a ledger. Nothing is taken away, and what a person wrote stays as it is.

use super::known::parts;
use super::{Entry, Kind, Known, Office, Status};
use crate::lang::{self, gazetteer, text::fold};
use crate::model::{Entity, Story, Variant};

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

    /// Takes in one spelling of a name, and says whose it is. Nothing for a surname: it stands for many.
    pub fn learn_name(&mut self, naming: &Naming<'_>) -> Option<usize> {
        let Naming { kind, key, name, language, spelling } = *naming;
        if !is_whole(kind, spelling) {
            return None;
        }
        let row = Some(key).filter(|key| !key.is_empty());
        let index = match row {
            Some(key) => self.of_key(key),
            None => self.find(kind, spelling, language).or_else(|| self.of_name(kind, name)),
        };
        let index = index.unwrap_or_else(|| self.push(Entry::new(kind, name, row)));
        let text = table_name(kind, row, language).unwrap_or(spelling);
        self.spell(index, text, language);
        self.index(index);
        Some(index)
    }

    fn spell(&mut self, index: usize, text: &str, language: &str) {
        let spellings = self.entry(index).spellings.entry(language.to_owned()).or_default();
        if !spellings.iter().any(|other| is_form_of(text, other, language)) {
            spellings.push(text.to_owned());
            spellings.sort();
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
        known.unwrap_or_else(|| self.push(Entry::new(kind, &entity.name, entity.key.as_deref())))
    }

    fn take(
        &mut self,
        index: usize,
        entity: &Entity,
        variants: &[&Variant],
        story: &Story,
        day: Option<&str>,
    ) {
        let kind = self.entry(index).kind;
        for variant in variants {
            // What a table names is written as the table does: texts decline it.
            let text = table_name(kind, entity.key.as_deref(), variant.language).unwrap_or(&variant.text);
            self.spell(index, text, variant.language);
            let entry = self.entry(index);
            let source = &story.documents[variant.document].name;
            if !entry.sources.contains(source) {
                entry.sources.push(source.clone());
            }
        }
        let entry = self.entry(index);
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

/// One spelling of a name, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Naming<'a> {
    /// What is named.
    pub kind: Kind,
    /// The row of the gazetteer, or nothing.
    pub key: &'a str,
    /// What the text's own table of names calls it.
    pub name: &'a str,
    /// The language of the spelling.
    pub language: &'a str,
    /// The spelling.
    pub spelling: &'a str,
}

impl Entry {
    fn new(kind: Kind, name: &str, key: Option<&str>) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            key: key.map(str::to_owned),
            status: Status::New,
            preferred: None,
            avoid: None,
            confused_with: Vec::new(),
            spellings: std::collections::BTreeMap::new(),
            roles: Vec::new(),
            sources: Vec::new(),
            rest: std::collections::BTreeMap::new(),
        }
    }
}

/// The name of an entity in the gazetteer's table.
fn table_name(kind: Kind, key: Option<&str>, language: &str) -> Option<&'static str> {
    let kind = match kind {
        Kind::Place => gazetteer::Kind::Place,
        Kind::Organisation => gazetteer::Kind::Organisation,
        Kind::Person => return None,
    };
    gazetteer::name_in(key?, kind, lang::find(language)?)
}

/// Whether a spelling names by itself: a surname does not.
fn is_whole(kind: Kind, text: &str) -> bool {
    kind != Kind::Person || parts(text).len() >= 2
}

/// Whether a spelling is a known one in another case of the grammar, or in capitals.
pub fn is_form_of(text: &str, known: &str, language: &str) -> bool {
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
