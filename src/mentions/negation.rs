//! Negation: the words and word parts that deny.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::phrases::{Line, Phrases, is_letter};
use crate::lang::{Language, profile::Negation, text::is_unspaced};
use crate::model::Span;

struct Cues {
    /// True for a negation, false for a phrase that only looks like one.
    phrases: Phrases<bool>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    concord: bool,
}

fn cues(language: &'static Language) -> Option<&'static Cues> {
    static CACHE: OnceLock<Mutex<BTreeMap<usize, Option<&'static Cues>>>> = OnceLock::new();
    let key = std::ptr::from_ref(language) as usize;
    let mut cache = CACHE.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    // Profiles live for the whole run, so a table for each is no leak.
    *cache.entry(key).or_insert_with(|| {
        let negation = language.negation.as_ref()?;
        Some(Box::leak(Box::new(make(negation, language))))
    })
}

fn make(negation: &Negation, language: &Language) -> Cues {
    let mut phrases = Phrases::default();
    for phrase in &negation.words {
        *phrases.entry(phrase, language) = Some(true);
    }
    for phrase in &negation.not_negation {
        *phrases.entry(phrase, language) = Some(false);
    }
    let plain = |list: &[String]| {
        let comparable = |text: &String| -> String {
            Line::new(text.trim_matches('-'), language).glyphs.iter().map(|glyph| glyph.character).collect()
        };
        list.iter().map(comparable).collect::<Vec<_>>()
    };
    Cues {
        phrases,
        prefixes: plain(&negation.prefixes),
        suffixes: plain(&negation.suffixes),
        concord: negation.concord,
    }
}

/// Words in which a second cue still belongs to the first one: `ne … pas`, `no … nada`.
const CONCORD_REACH: usize = 6;

/// The negations of a text, in order of place; cues that deny once together are one span.
pub fn negations(text: &str, language: &'static Language) -> Vec<Span> {
    let Some(cues) = cues(language) else { return Vec::new() };
    let line = Line::new(text, language);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < line.glyphs.len() {
        if !line.is_edge(at) || !(is_letter(line.at(at)) || line.at(at) == '\'') {
            at += 1;
            continue;
        }
        if let Some((end, &negates)) = cues.phrases.longest(&line, at) {
            if negates {
                found.push((at, end));
            }
            at = end.max(at + 1);
            continue;
        }
        if is_unspaced(line.at(at)) {
            at += 1;
            continue;
        }
        let mut end = line.word_end(at).max(at + 1);
        while line.at(end) == '\'' && is_letter(line.at(end + 1)) {
            end = line.word_end(end + 1);
        }
        let word: String = line.characters(at, end).collect();
        let carried = cues.suffixes.iter().any(|suffix| word.len() > suffix.len() && word.ends_with(suffix.as_str()))
            || cues.prefixes.iter().any(|prefix| word.len() > prefix.len() && word.starts_with(prefix.as_str()));
        if carried {
            found.push((at, end));
        }
        // Elision leaves a cue inside what looks like one word: l'un, n'est, qu'aucun.
        at = if carried { end } else { line.word_end(at).max(at + 1) };
    }
    if cues.concord {
        found = concord(&line, &found);
    }
    found.into_iter().map(|(start, end)| Span::new(line.byte(start), line.byte_end(end))).collect()
}

/// Joins cues that follow one another within a clause.
fn concord(line: &Line<'_>, found: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for &(start, end) in found {
        if let Some(last) = out.last_mut() {
            let between: Vec<char> = line.characters(last.1, start).collect();
            let words = between.split(|character| !is_letter(*character)).filter(|word| !word.is_empty()).count();
            let clause = between
                .iter()
                .any(|character| !is_letter(*character) && !matches!(character, ' ' | '\'' | '-' | '"' | '«' | '»'));
            if !clause && words <= CONCORD_REACH {
                last.1 = end;
                continue;
            }
        }
        out.push((start, end));
    }
    out
}
