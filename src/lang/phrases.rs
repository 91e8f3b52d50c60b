//! Many phrases at once in a text of any script: word by word where words are spaced, by characters where
//! they are not.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::text::{fold, is_all_capitals, is_unspaced};
use super::words::words;

/// One phrase found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// The numbers of the phrases that are written so, in the order they were given.
    pub phrases: Vec<u32>,
    /// Whether the last word had to lose an ending or the first a prefix.
    pub inflected: bool,
}

/// Phrases compiled for search. Words are compared folded; hyphens and spaces between words are alike.
pub struct Phrases {
    first: HashMap<String, Vec<Entry>>,
    characters: Option<AhoCorasick>,
    of_pattern: Vec<Vec<u32>>,
}

struct Entry {
    rest: Vec<String>,
    phrases: Vec<u32>,
}

impl Phrases {
    /// Compiles phrases; the number of each is its place in the list.
    pub fn new<'a>(phrases: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut first: HashMap<String, Vec<Entry>> = HashMap::new();
        let mut patterns: Vec<String> = Vec::new();
        let mut of_pattern: Vec<Vec<u32>> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for (phrase, number) in phrases {
            if phrase.chars().any(is_unspaced) {
                let index = *known.entry(phrase.to_owned()).or_insert_with(|| {
                    patterns.push(phrase.to_owned());
                    of_pattern.push(Vec::new());
                    patterns.len() - 1
                });
                of_pattern[index].push(number);
                continue;
            }
            let mut folded = words(phrase).map(|word| fold(word.text)).filter(|word| !word.is_empty());
            let Some(head) = folded.next() else { continue };
            let rest: Vec<String> = folded.collect();
            let entries = first.entry(head).or_default();
            match entries.iter_mut().find(|entry| entry.rest == rest) {
                Some(entry) if entry.phrases.contains(&number) => {}
                Some(entry) => entry.phrases.push(number),
                None => entries.push(Entry { rest, phrases: vec![number] }),
            }
        }
        let characters = (!patterns.is_empty()).then(|| {
            AhoCorasickBuilder::new()
                .match_kind(MatchKind::LeftmostLongest)
                .build(&patterns)
                .expect("phrases fit an automaton")
        });
        Self { first, characters, of_pattern }
    }

    /// Every phrase in the text, leftmost first, longest first, never overlapping. `bases` gives the base
    /// forms a folded word may stand for, the word itself left out.
    pub fn find(&self, text: &str, bases: impl Fn(&str) -> Vec<String>) -> Vec<Found> {
        let tokens: Vec<(Range<usize>, String)> =
            words(text).map(|word| (word.start..word.end(), fold(word.text))).collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.at(&tokens[at..], text, &bases) {
                Some((count, phrases, inflected)) => {
                    let range = tokens[at].0.start..tokens[at + count - 1].0.end;
                    out.push(Found { range, phrases, inflected });
                    at += count;
                }
                None => at += 1,
            }
        }
        if let Some(characters) = &self.characters {
            for found in characters.find_iter(text) {
                let phrases = self.of_pattern[found.pattern().as_usize()].clone();
                out.push(Found { range: found.range(), phrases, inflected: false });
            }
            out.sort_by_key(|found| (found.range.start, found.range.end));
        }
        out
    }

    /// The longest phrase that begins with the first token: how many tokens, which, inflected.
    fn at(
        &self,
        tokens: &[(Range<usize>, String)],
        text: &str,
        bases: &impl Fn(&str) -> Vec<String>,
    ) -> Option<(usize, Vec<u32>, bool)> {
        let head = &tokens[0].1;
        let mut best: Option<(usize, Vec<u32>, bool)> = None;
        let mut bare = bases(head);
        bare.extend(acronym(text.get(tokens[0].0.clone()).unwrap_or_default()));
        for (index, form) in std::iter::once(head).chain(&bare).enumerate() {
            let Some(entries) = self.first.get(form) else { continue };
            for entry in entries {
                let count = entry.rest.len() + 1;
                if count > tokens.len() || best.as_ref().is_some_and(|(most, ..)| *most >= count) {
                    continue;
                }
                let mut inflected = index > 0;
                let fits = entry.rest.iter().enumerate().all(|(nth, wanted)| {
                    let (range, token) = &tokens[nth + 1];
                    if !adjacent(text.get(tokens[nth].0.end..range.start).unwrap_or_default()) {
                        return false;
                    }
                    if wanted == token {
                        return true;
                    }
                    let stem = bases(token).contains(wanted);
                    inflected |= stem;
                    stem
                });
                if fits {
                    best = Some((count, entry.phrases.clone(), inflected));
                }
            }
        }
        best
    }
}

/// The acronym that an apostrophe parts from its ending, folded: ABD of *ABD'nin*. It is too short for the rules of
/// endings, which see no apostrophe.
fn acronym(word: &str) -> Option<String> {
    let (stem, _) = word.split_once(['\'', '’'])?;
    (stem.chars().count() > 1 && is_all_capitals(stem)).then(|| fold(stem))
}

/// Whether two words of one phrase may have this between them.
fn adjacent(between: &str) -> bool {
    between.chars().count() <= 3
        && between.chars().all(|c| {
            c.is_whitespace() || super::text::is_hyphen(c) || matches!(c, '’' | '\'' | '.' | '\u{200C}' | '·')
        })
        && !between.contains('\n')
}
