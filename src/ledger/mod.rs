//! The newsroom's authority file: who is who, under which spelling, in which office, over days. A person reads,
//! edits and merges it; what recto does not know in it is kept.

mod join;
mod known;
mod merge;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::NameKind;

pub use known::Known;
pub use merge::{Naming, is_form_of};

/// The format that is written. A ledger of a later one is refused rather than spoilt.
const VERSION: u32 = 1;

/// A ledger that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Not JSON, or not of this shape.
    #[error("is no ledger")]
    Shape(#[from] serde_json::Error),
    /// Written by a later recto.
    #[error("has version {0}; this recto reads {VERSION}")]
    Version(u32),
    /// Two entries for one thing: a merge gone wrong.
    #[error("has two entries “{0}” of kind {1}")]
    Twice(String, &'static str),
}

/// Whether a person has looked at an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Added by recto, not yet looked at.
    New,
    /// Accepted by a person; entries written by hand are.
    #[default]
    Accepted,
}

/// One value for every language, or one for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ByLanguage<T> {
    /// Whatever the language.
    All(T),
    /// By language tag.
    Each(BTreeMap<String, T>),
}

impl<T> ByLanguage<T> {
    /// What holds in a language.
    pub fn get(&self, tag: &str) -> Option<&T> {
        match self {
            Self::All(value) => Some(value),
            Self::Each(values) => values.get(tag).or_else(|| values.get(tag.split('-').next()?)),
        }
    }
}

/// An office somebody held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Office {
    /// The concept: `deputy-prime-minister`.
    pub role: String,
    /// Whose: a key of the gazetteer, `place:RU`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The day it was first seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The day it was last seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// What else a person wrote.
    #[serde(flatten)]
    pub rest: BTreeMap<String, Value>,
}

/// A person, place or organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What reports call it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The row of the gazetteer it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether a person has looked at it.
    #[serde(default)]
    pub status: Status,
    /// The spelling that the house wants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred: Option<ByLanguage<String>>,
    /// Spellings that the house does not want.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avoid: Option<ByLanguage<Vec<String>>>,
    /// Names of other entries that this one is not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confused_with: Vec<String>,
    /// Spellings seen, by language.
    #[serde(default)]
    pub spellings: BTreeMap<String, Vec<String>>,
    /// Offices, by role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Office>,
    /// The texts it was seen in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// What else a person wrote.
    #[serde(flatten)]
    pub rest: BTreeMap<String, Value>,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A human being.
    Person,
    /// A country, region or city.
    Place,
    /// A body, company, party.
    Organisation,
}

impl Kind {
    /// The kind of what a text names.
    pub const fn of(kind: NameKind) -> Option<Self> {
        match kind {
            NameKind::Person => Some(Self::Person),
            NameKind::Place => Some(Self::Place),
            NameKind::Organisation => Some(Self::Organisation),
            NameKind::Demonym | NameKind::Other => None,
        }
    }

    /// Its name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
        }
    }
}

/// The whole file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    version: u32,
    /// By kind, then name.
    pub entities: Vec<Entry>,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { version: VERSION, entities: Vec::new(), rest: BTreeMap::new() }
    }
}

impl Ledger {
    /// Reads the text of a file.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let mut ledger: Self = serde_json::from_str(text)?;
        if ledger.version > VERSION {
            return Err(LedgerError::Version(ledger.version));
        }
        ledger.sort();
        let twice = ledger
            .entities
            .windows(2)
            .find(|two| (two[0].kind, &two[0].name, &two[0].key) == (two[1].kind, &two[1].name, &two[1].key));
        match twice {
            Some(two) => Err(LedgerError::Twice(two[0].name.clone(), two[0].kind.as_str())),
            None => Ok(ledger),
        }
    }

    /// The text of the file: one value a line, always in one order, so that two days merge.
    pub fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Entries that nobody has accepted.
    pub fn unreviewed(&self) -> impl Iterator<Item = &Entry> {
        self.entities.iter().filter(|entry| entry.status == Status::New)
    }

    fn sort(&mut self) {
        self.entities.sort_by(|a, b| (a.kind, &a.name, &a.key).cmp(&(b.kind, &b.name, &b.key)));
        for entry in &mut self.entities {
            entry.roles.sort_by(|a, b| (&a.role, &a.of).cmp(&(&b.role, &b.of)));
            entry.sources.sort();
            entry.sources.dedup();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "version": 1,
  "desk": "world",
  "entities": [
    {
      "name": "Tarn",
      "kind": "place",
      "status": "accepted",
      "preferred": "Tarn",
      "avoid": {
        "en": [
          "Tarne"
        ]
      },
      "spellings": {},
      "note": "ask Ines"
    }
  ]
}
"#;

    #[test]
    fn what_a_person_wrote_is_kept() {
        let ledger = Ledger::parse(TEXT).expect("a ledger");
        let again = Ledger::parse(&ledger.to_text()).expect("a ledger");
        assert_eq!(ledger, again);
        assert!(ledger.to_text().contains("ask Ines") && ledger.to_text().contains("world"));
    }

    #[test]
    fn a_ledger_of_another_shape_is_refused() {
        for text in ["", "{", "[]", r#"{"version": 1}"#, r#"{"version": 9, "entities": []}"#] {
            assert!(Ledger::parse(text).is_err(), "{text}");
        }
        let twice = TEXT.replace("    }\n  ]", "    }, {\"name\": \"Tarn\", \"kind\": \"place\"}\n  ]");
        assert!(matches!(Ledger::parse(&twice), Err(LedgerError::Twice(..))));
    }

    #[test]
    fn a_preference_may_be_for_one_language() {
        let ledger = Ledger::parse(TEXT).expect("a ledger");
        let entry = &ledger.entities[0];
        let avoid = entry.avoid.as_ref().expect("a list");
        assert!(avoid.get("en-GB").is_some() && avoid.get("pt").is_none());
        assert_eq!(entry.preferred.as_ref().and_then(|all| all.get("pt")).map(String::as_str), Some("Tarn"));
    }
}
