//! Several accounts of one event, and what they have in common.

use super::{Date, Document, NameKind, Number, Span};

/// One spelling of an entity in one account.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The spelling, in its base form where the language inflects.
    pub text: String,
    /// Language tag of the account.
    pub language: &'static str,
    /// Index of the account.
    pub document: usize,
    /// Where it is written so.
    pub spans: Vec<Span>,
}

/// What an entity is said to be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role {
    /// The concept: `deputy-prime-minister`.
    pub concept: String,
    /// Whose: the gazetteer's key of a place or organisation, `place:RU`.
    pub of: Option<String>,
    /// Index of the account that says so.
    pub document: usize,
    /// Where it says so: role and name.
    pub span: Span,
}

/// A person, place or organisation across accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: NameKind,
    /// The form reports use.
    pub name: String,
    /// The gazetteer's row, where one stands for it.
    pub key: Option<String>,
    /// Its spellings, by account, then place.
    pub variants: Vec<Variant>,
    /// What it is said to be, sorted.
    pub roles: Vec<Role>,
}

/// A figure or a date that accounts give for one thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// How many or how much.
    Number(Number),
    /// When.
    Date(Date),
}

/// What one account states about something countable or datable.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What is counted or dated, language-independent: concept, place, unit.
    pub about: String,
    /// The figure.
    pub figure: Figure,
    /// Index of the account.
    pub document: usize,
    /// Where the figure stands.
    pub span: Span,
    /// The number of the deviation it belongs to, where nothing else tells what it is about.
    pub deviation: Option<usize>,
}

/// Sentences of several accounts that speak of the same fact, one an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Index of the account, and the place of the sentence in it.
    pub sentences: Vec<(usize, Span)>,
    /// What most of them share, as written in one of them: names, figures, words; the most telling first.
    pub shared: Vec<String>,
}

/// N accounts of one event, any languages, not translations of each other.
#[derive(Debug, Clone)]
pub struct Story {
    /// The accounts.
    pub documents: Vec<Document>,
    /// Who and what appears in them, the most mentioned first.
    pub entities: Vec<Entity>,
    /// Facts, sorted by what they are about, then account.
    pub facts: Vec<Fact>,
    /// Which sentences speak of the same fact, those of most accounts first.
    pub passages: Vec<Passage>,
}
