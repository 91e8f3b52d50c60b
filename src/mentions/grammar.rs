//! Number words of one language, made ready for finding: from the profile, once.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::figures::Style;
use super::phrases::{Line, Phrases};
use crate::lang::Language;
use crate::lang::profile::Numbers;

/// What a word may mean as a number or part of one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Atom {
    /// Counts: `three`.
    pub(super) word: Option<f64>,
    /// Multiplies what stands before it: `million`.
    pub(super) scale: Option<f64>,
    /// Multiplies by this in another locale.
    pub(super) other_scale: Option<f64>,
    /// Orders: `third`.
    pub(super) ordinal: Option<f64>,
    /// Parts, or multiplies in a noun: `half`, `dozen`.
    pub(super) fraction: Option<f64>,
    /// Joins number words: `and`.
    pub(super) joiner: bool,
    /// Counts only in company of another number word.
    pub(super) ambiguous: bool,
}

/// Number words of one language.
#[derive(Debug)]
pub(super) struct Grammar {
    pub(super) language: &'static Language,
    pub(super) style: Style,
    pub(super) atoms: Phrases<Atom>,
    pub(super) short_scales: Phrases<f64>,
    pub(super) percent: Phrases<()>,
    pub(super) ordinal_marks: Phrases<()>,
    pub(super) century: Phrases<()>,
    pub(super) decade: Phrases<()>,
    /// Marks of a decade that follow the figure at once.
    pub(super) decade_marks: Phrases<()>,
    /// Phrases that hold a number word and count nothing.
    pub(super) not_number: Phrases<()>,
    pub(super) glued: bool,
    pub(super) unit_first: bool,
    /// Single letters that join and are written together with the next word: Arabic `و`.
    pub(super) clitics: Vec<char>,
    /// What is written together before a word, longest first: Arabic `ال`.
    pub(super) prefixes: Vec<Vec<char>>,
    /// Beginnings of words that count: `(value, forms)`, for numbers inside longer words.
    pub(super) stems: BTreeMap<u64, Vec<String>>,
}

/// The grammar of a language; `None` where its profile says nothing of numbers.
pub(super) fn of(language: &'static Language) -> Option<&'static Grammar> {
    static CACHE: OnceLock<Mutex<BTreeMap<usize, Option<&'static Grammar>>>> = OnceLock::new();
    let key = std::ptr::from_ref(language) as usize;
    let mut cache = CACHE.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    // Profiles live for the whole run, so a grammar for each is no leak.
    *cache.entry(key).or_insert_with(|| {
        let numbers = language.numbers.as_ref()?;
        Some(Box::leak(Box::new(Grammar::new(language, numbers))))
    })
}

impl Grammar {
    fn new(language: &'static Language, numbers: &Numbers) -> Self {
        let mut atoms: Phrases<Atom> = Phrases::default();
        let mut stems: BTreeMap<u64, Vec<String>> = BTreeMap::new();
        let atom = |phrase: &str, atoms: &mut Phrases<Atom>, set: &dyn Fn(&mut Atom)| {
            set(atoms.entry(phrase, language).get_or_insert_with(Atom::default));
        };
        for (phrase, &value) in &numbers.words {
            if value.abs() >= 1000.0 && value % 1000.0 == 0.0 {
                atom(phrase, &mut atoms, &|atom| atom.scale = Some(value));
            } else {
                atom(phrase, &mut atoms, &|atom| atom.word = Some(value));
            }
            if value.fract() == 0.0 && phrase.chars().count() >= 4 {
                stems.entry(value as u64).or_default().push(comparable(phrase, language));
            }
        }
        for (phrase, &value) in &numbers.scales {
            atom(phrase, &mut atoms, &|atom| atom.scale = Some(value));
        }
        for (locale, scales) in &numbers.locale_scales {
            for (phrase, &value) in scales {
                atom(phrase, &mut atoms, &|atom| match atom.scale {
                    Some(first) if first != value && *locale != language.tag => {
                        atom.other_scale = Some(value);
                    }
                    _ => atom.scale = Some(value),
                });
            }
        }
        for (phrase, &value) in &numbers.ordinals {
            atom(phrase, &mut atoms, &|atom| atom.ordinal = Some(value));
        }
        for (phrase, &value) in &numbers.fractions {
            atom(phrase, &mut atoms, &|atom| atom.fraction = Some(value));
        }
        for phrase in &numbers.joiners {
            atom(phrase, &mut atoms, &|atom| atom.joiner = true);
        }
        for phrase in &numbers.ambiguous {
            atom(phrase, &mut atoms, &|atom| atom.ambiguous = true);
        }
        let set = |list: &[String]| {
            let mut phrases = Phrases::default();
            for phrase in list {
                *phrases.entry(phrase, language) = Some(());
            }
            phrases
        };
        let mut short_scales = Phrases::default();
        for (phrase, &value) in &numbers.short_scales {
            *short_scales.entry(phrase, language) = Some(value);
        }
        let (marks, decade): (Vec<String>, Vec<String>) =
            numbers.decade.iter().cloned().partition(|mark| mark.starts_with('-') || mark.starts_with('\''));
        let mut decade_marks = Phrases::default();
        for mark in &marks {
            for form in [mark.as_str(), mark.trim_start_matches(['-', '\''])] {
                *decade_marks.entry(form, language) = Some(());
            }
        }
        let mut prefixes: Vec<Vec<char>> = language
            .names
            .iter()
            .flat_map(|names| &names.prefixes)
            .map(|prefix| prefix.chars().collect())
            .collect();
        prefixes.sort_by_key(|prefix: &Vec<char>| std::cmp::Reverse(prefix.len()));
        let clitics = numbers
            .joiners
            .iter()
            .filter_map(|joiner| {
                let mut characters = joiner.chars();
                let first = characters.next()?;
                (characters.next().is_none() && matches!(language.script.as_str(), "Arab" | "Hebr"))
                    .then_some(first)
            })
            .collect();
        Self {
            language,
            style: Style::new(numbers),
            atoms,
            short_scales,
            percent: set(&numbers.percent),
            ordinal_marks: set(&numbers.ordinal_marks),
            century: set(&numbers.century),
            decade: set(&decade),
            decade_marks,
            not_number: set(&numbers.not_number),
            glued: numbers.glued,
            unit_first: numbers.unit_first,
            clitics,
            prefixes,
            stems,
        }
    }
}

fn comparable(phrase: &str, language: &Language) -> String {
    Line::new(phrase, language).glyphs.iter().map(|glyph| glyph.character).collect()
}
