//! Packs: what was learnt from texts (`recto learn`), in one file. Word tables of pairs of languages and the names that an
//! archive writes in both, what follows what in a language, and which words it has. Some are part of the program
//! (`README.md` says what they were learnt from).

pub(crate) mod bytes;
mod lists;
pub(crate) mod model;
pub(crate) mod table;

use sha2::{Digest, Sha256};

use bytes::{In, Out};
pub(crate) use lists::{List, Names};
pub(crate) use model::Model;
pub(crate) use table::{Entry, Table};

/// The first bytes of every pack.
const MAGIC: &[u8; 8] = b"rectopak";
/// Raised when the format changes.
const VERSION: u8 = 2;
/// Bytes of the checksum at the end.
const CHECKSUM: usize = 16;

/// Why bytes are no pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Not one of ours.
    #[error("is no language pack")]
    Foreign,
    /// A later version wrote it.
    #[error(
        "was written by a later version of recto (format {found}, this one reads {VERSION}): update recto"
    )]
    Newer {
        /// Its format.
        found: u8,
    },
    /// Its checksum differs.
    #[error("is damaged: build it again with `recto learn`")]
    Damaged,
}

/// A pack: tables, models, names and word lists of any number of languages.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    pub(crate) tables: Vec<Table>,
    pub(crate) models: Vec<Model>,
    pub(crate) names: Vec<Names>,
    pub(crate) lists: Vec<List>,
}

impl Pack {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.models.is_empty() && self.names.is_empty() && self.lists.is_empty()
    }

    /// What is in it, a line each.
    pub fn contents(&self) -> Vec<String> {
        let tables = self.tables.iter().map(|table| {
            let (a, b) = &table.languages;
            format!("{a}-{b}: {} pairs of words", table.entries.len())
        });
        let models = self.models.iter().map(|model| {
            format!(
                "{}: {} words, {} pairs, {} triples",
                model.language,
                model.words.len(),
                model.pair_word.len(),
                model.triple_word.len()
            )
        });
        let names = self
            .names
            .iter()
            .map(|names| format!("{}-{}: {} names", names.languages.0, names.languages.1, names.pairs.len()));
        let lists =
            self.lists.iter().map(|list| format!("{}: a list of {} words", list.language, list.len()));
        tables.chain(names).chain(models).chain(lists).collect()
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Out::default();
        out.bytes.extend(MAGIC);
        out.byte(VERSION);
        for table in &self.tables {
            let mut part = Out::default();
            table.write(&mut part);
            out.byte(b't');
            out.block(&part.bytes);
        }
        for model in &self.models {
            let mut part = Out::default();
            model.write(&mut part);
            out.byte(b'm');
            out.block(&part.bytes);
        }
        for names in &self.names {
            let mut part = Out::default();
            names.write(&mut part);
            out.byte(b'n');
            out.block(&part.bytes);
        }
        for list in &self.lists {
            let mut part = Out::default();
            list.write(&mut part);
            out.byte(b'w');
            out.block(&part.bytes);
        }
        let sum = checksum(&out.bytes);
        out.bytes.extend(sum);
        out.bytes
    }

    /// A pack from a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PackError> {
        let parts = Parts::checked(bytes)?;
        let mut pack = Self::default();
        for (kind, part) in parts.list()? {
            match kind {
                b't' => pack.tables.push(Table::read(&mut In::new(part)).ok_or(PackError::Damaged)?),
                b'm' => pack.models.push(Model::read(&mut In::new(part)).ok_or(PackError::Damaged)?),
                b'n' => pack.names.push(Names::read(&mut In::new(part)).ok_or(PackError::Damaged)?),
                b'w' => pack.lists.push(List::read(&mut In::new(part)).ok_or(PackError::Damaged)?),
                _ => return Err(PackError::Damaged),
            }
        }
        Ok(pack)
    }
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let hash = Sha256::digest(bytes);
    let mut out = [0; CHECKSUM];
    out.iter_mut().zip(hash.iter()).for_each(|(own, byte)| *own = *byte);
    out
}

/// A pack whose parts are read when they are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parts<'a> {
    body: &'a [u8],
}

impl<'a> Parts<'a> {
    /// Of a pack that is part of the program.
    pub(crate) fn bundled(bytes: &'a [u8]) -> Self {
        let end = bytes.len().saturating_sub(CHECKSUM);
        Self { body: bytes.get(MAGIC.len() + 1..end).unwrap_or_default() }
    }

    fn checked(bytes: &'a [u8]) -> Result<Self, PackError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(PackError::Foreign)?;
        let found = *rest.first().ok_or(PackError::Damaged)?;
        if found > VERSION {
            return Err(PackError::Newer { found });
        }
        let end =
            bytes.len().checked_sub(CHECKSUM).filter(|&end| end > MAGIC.len()).ok_or(PackError::Damaged)?;
        let (body, sum) = bytes.split_at_checked(end).ok_or(PackError::Damaged)?;
        if checksum(body) != sum {
            return Err(PackError::Damaged);
        }
        Ok(Self::bundled(bytes))
    }

    fn list(&self) -> Result<Vec<(u8, &'a [u8])>, PackError> {
        let mut read = In::new(self.body);
        let mut out = Vec::new();
        while !read.at_end() {
            let kind = read.byte().ok_or(PackError::Damaged)?;
            out.push((kind, read.block().ok_or(PackError::Damaged)?));
        }
        Ok(out)
    }

    /// The table of two languages, in whichever order it has them.
    pub(crate) fn table(&self, one: &str, other: &str) -> Option<Table> {
        let parts = self.list().ok()?;
        let (_, part) = parts.into_iter().find(|(kind, part)| {
            *kind == b't'
                && Table::peek(In::new(part))
                    .is_some_and(|(a, b)| (a, b) == (one, other) || (a, b) == (other, one))
        })?;
        Table::read(&mut In::new(part))
    }

    /// The model of a language.
    pub(crate) fn model(&self, language: &str) -> Option<Model> {
        let parts = self.list().ok()?;
        let (_, part) = parts
            .into_iter()
            .find(|(kind, part)| *kind == b'm' && Model::peek(In::new(part)) == Some(language))?;
        Model::read(&mut In::new(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pack_is_refused() {
        assert_eq!(Pack::from_bytes(b"PK").err(), Some(PackError::Foreign));
        let good = Pack::default().to_bytes();
        assert!(Pack::from_bytes(&good).is_ok());
        let mut newer = good.clone();
        newer[8] = 9;
        assert_eq!(Pack::from_bytes(&newer).err(), Some(PackError::Newer { found: 9 }));
        for at in 9..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert_eq!(Pack::from_bytes(&bad).err(), Some(PackError::Damaged), "{at}");
        }
        for end in 8..good.len() {
            assert_eq!(Pack::from_bytes(&good[..end]).err(), Some(PackError::Damaged), "{end}");
        }
    }

    /// The first format had tables and models alone, as they still are.
    #[test]
    fn packs_of_the_first_format_are_read() {
        let mut table = Table { languages: ("en".into(), "pt".into()), ..Table::default() };
        table.first.add("bridg");
        table.second.add("pont");
        table.entries.push(Entry { first: 0, second: 0, there: 0.8, back: 0.9 });
        let now = Pack { tables: vec![table], ..Pack::default() }.to_bytes();
        let mut first = now[..now.len() - CHECKSUM].to_vec();
        first[MAGIC.len()] = 1;
        // Only the number of the format differs: with the old checksum it is damaged, with its own it is read.
        let mut forged = first.clone();
        forged.extend(&now[now.len() - CHECKSUM..]);
        assert_eq!(Pack::from_bytes(&forged).err(), Some(PackError::Damaged));
        let sum = checksum(&first);
        first.extend(sum);
        let pack = Pack::from_bytes(&first).expect("the first format is read");
        assert_eq!(pack.tables.len(), 1);
        assert_eq!(pack.tables[0].entries.len(), 1);
        assert_eq!(pack.tables[0].first.word(0), "bridg");
        // What is written again is of today's format.
        assert_eq!(pack.to_bytes()[MAGIC.len()], VERSION);
    }
}
