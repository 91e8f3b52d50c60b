//! Learns language packs from texts: word tables and names from pairs of sentences, word sequences from texts of a
//! language; and from dictionaries and word lists that the user has. Deterministic: the same texts give the same bytes,
//! on any number of threads.

mod classes;
pub mod dictd;
pub mod hunspell;
mod memory;
mod sequences;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::Language;
use crate::lang::packs::{List, Model, Names, Pack, Table};
use crate::lang::stems::Stemmer;
use crate::lang::tokens::{self, Kind};
use crate::lang::vocabulary::Vocabulary;

/// Why a dictionary or word list cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// A line of a dictd index without a place.
    #[error("line {line} of the index says no place")]
    Index {
        /// Counted from 1.
        line: usize,
    },
    /// A place of a dictd index that is none of the body.
    #[error("the index leads outside the dictionary: they do not belong together")]
    Body,
    /// A character set nobody knows.
    #[error("is in the character set `{name}`, which recto does not know")]
    Charset {
        /// As the affix file says.
        name: String,
    },
    /// Not in the character set that it claims.
    #[error("is not in {name}, as its affix file says")]
    Encoding {
        /// The character set.
        name: &'static str,
    },
    /// A condition that makes no sense.
    #[error("line {line} of the affix file cannot be read")]
    Affix {
        /// Counted from 1.
        line: usize,
    },
    /// More forms than a pack can hold.
    #[error("makes more than {most} forms of its words")]
    TooMany {
        /// The most.
        most: usize,
    },
}

/// What to learn.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Word tables.
    pub tables: bool,
    /// Word sequences.
    pub models: bool,
    /// How often a word must be met to have a number of its own in the word sequences.
    pub common: usize,
    /// How often three words must be met together to be kept.
    pub triples: u32,
    /// Pairs kept for a word of the tables at the most.
    pub pairs: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { tables: true, models: true, common: 2, triples: 2, pairs: 12 }
    }
}

/// Collects texts, line by line, and makes a pack of them.
#[derive(Debug, Default)]
pub struct Learner {
    options: Options,
    pairs: BTreeMap<(String, String), words::Pairs>,
    texts: BTreeMap<String, sequences::Texts>,
    lists: BTreeMap<String, BTreeSet<String>>,
}

impl Learner {
    /// A learner that has seen nothing.
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// A sentence and its translation.
    pub fn pair(&mut self, source: &str, from: &'static Language, target: &str, to: &'static Language) {
        if self.options.tables && !from.same_language(to) {
            // One table serves both directions.
            let ((a, one), (b, other)) = if from.primary() < to.primary() {
                ((source, from), (target, to))
            } else {
                ((target, to), (source, from))
            };
            let key = (one.primary().to_owned(), other.primary().to_owned());
            self.pairs.entry(key).or_default().add((a, one), (b, other));
        }
    }

    /// A word of a dictionary and a translation of it.
    pub fn entry(&mut self, word: &str, from: &'static Language, translation: &str, to: &'static Language) {
        if from.same_language(to) {
            return;
        }
        let ((a, one), (b, other)) = if from.primary() < to.primary() {
            ((word, from), (translation, to))
        } else {
            ((translation, to), (word, from))
        };
        let key = (one.primary().to_owned(), other.primary().to_owned());
        self.pairs.entry(key).or_default().enter((a, one), (b, other));
    }

    /// A word that a language has.
    pub fn word(&mut self, word: &str, language: &'static Language) {
        let list = self.lists.entry(language.primary().to_owned()).or_default();
        list.insert(language.lower(word));
    }

    /// A sentence or paragraph of a language.
    pub fn text(&mut self, text: &str, language: &'static Language) {
        if self.options.models && language.spaced {
            self.texts.entry(language.primary().to_owned()).or_default().add(text, language);
        }
    }

    /// Sentence pairs seen.
    pub fn pair_count(&self) -> usize {
        self.pairs.values().map(words::Pairs::len).sum()
    }

    /// The pack.
    pub fn finish(self) -> Pack {
        let options = self.options;
        let mut tables: Vec<Table> = Vec::new();
        let mut names: Vec<Names> = Vec::new();
        for (languages, pairs) in self.pairs {
            let (table, memory) = pairs.learn(languages, options.pairs);
            tables.extend(Some(table).filter(|table| !table.entries.is_empty()));
            names.extend(Some(memory).filter(|memory| !memory.pairs.is_empty()));
        }
        let models: Vec<Model> =
            self.texts.into_iter().filter_map(|(language, texts)| texts.learn(language, options)).collect();
        let lists = self.lists.into_iter().map(|(language, words)| List::new(language, &words)).collect();
        Pack { tables, models, names, lists }
    }
}

/// The stems of a sentence that tables are about: words, not figures or marks.
fn stems(text: &str, language: &Language, words: &mut Vocabulary, out: &mut Vec<u32>) {
    let stemmer = Stemmer::new(language);
    let mut buffer = String::new();
    for token in tokens::tokens(text, language) {
        if token.kind == Kind::Word {
            let stem = stemmer.stem(token.text, &mut buffer);
            if !stem.is_empty() {
                out.push(words.add(stem));
            }
        }
    }
}
