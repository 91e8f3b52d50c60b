//! Patterns of words with their endings left open (`increas*`, `shut_down`), and where a text holds them.

use std::collections::HashMap;

use super::words::words;
use super::{Language, text};
use crate::model::Span;

/// One word of a pattern, or what a word begins with: any word where that is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// The word.
    Whole(&'a str),
    /// What it begins with.
    Stem(&'a str),
}

impl<'a> Part<'a> {
    pub(super) fn new(written: &'a str) -> Self {
        written.strip_suffix('*').map_or(Self::Whole(written), Self::Stem)
    }

    pub(super) fn fits(self, word: &str) -> bool {
        match self {
            Self::Whole(whole) => word == whole,
            Self::Stem(stem) => word.starts_with(stem),
        }
    }
}

/// The words of a text as they are looked up.
pub struct Words<'a> {
    text: &'a str,
    words: Vec<(Span, String)>,
}

impl<'a> Words<'a> {
    /// Of this text, in lower case.
    pub fn of(text: &'a str, language: &Language) -> Self {
        Self::by(text, |word| language.lower(word))
    }

    /// Of this text, each word in the form that this makes of it.
    pub(super) fn by(text: &'a str, form: impl Fn(&str) -> String) -> Self {
        let words = words(text).map(|word| (Span::new(word.start, word.end()), form(word.text)));
        Self { text, words: words.collect() }
    }

    /// Where one of the patterns is, the longest at each word.
    pub(super) fn find(&self, patterns: &[Vec<Part<'_>>]) -> Vec<Span> {
        let mut out = Vec::new();
        for (first, (_, word)) in self.words.iter().enumerate() {
            let begun = patterns.iter().filter(|pattern| pattern.first().is_some_and(|part| part.fits(word)));
            let longest = begun.filter(|pattern| self.continues(first, pattern)).map(Vec::len).max();
            out.extend(longest.map(|length| self.place(first, length)));
        }
        out
    }

    /// Whether the words from the first on are those of the pattern, the first being so.
    fn continues(&self, first: usize, pattern: &[Part<'_>]) -> bool {
        let Some(place) = self.words.get(first..first + pattern.len()) else { return false };
        let fits = place.iter().zip(pattern).skip(1).all(|((_, word), part)| part.fits(word));
        fits && place.windows(2).all(|pair| {
            let gap = self.text.get(pair[0].0.end..pair[1].0.start).unwrap_or_default();
            gap.chars().count() <= 2 && gap.chars().all(|c| c.is_whitespace() || text::is_hyphen(c))
        })
    }

    fn place(&self, first: usize, length: usize) -> Span {
        self.words[first].0.join(self.words[first + length - 1].0)
    }
}

/// Patterns by the words they begin with: a text is asked for all of them at the cost of its own length.
pub(super) struct Wildcards<T> {
    patterns: Vec<(Vec<Part<'static>>, T)>,
    whole: HashMap<&'static str, Vec<usize>>,
    stems: HashMap<&'static str, Vec<usize>>,
}

impl<T: Copy> Wildcards<T> {
    /// Of these patterns, each with what it stands for.
    pub(super) fn new(patterns: impl Iterator<Item = (Vec<Part<'static>>, T)>) -> Self {
        let mut own = Self { patterns: patterns.collect(), whole: HashMap::new(), stems: HashMap::new() };
        for (number, (pattern, _)) in own.patterns.iter().enumerate() {
            let (words, first) = match pattern.first() {
                Some(Part::Whole(whole)) => (&mut own.whole, *whole),
                Some(Part::Stem(stem)) => (&mut own.stems, *stem),
                None => continue,
            };
            words.entry(first).or_default().push(number);
        }
        own
    }

    /// Every pattern that a text holds, by where it begins. Before a word may stand one of the prefixes.
    pub(super) fn find(&self, text: &Words<'_>, prefixes: &[String]) -> Vec<(Span, T)> {
        let mut out = Vec::new();
        for (first, (_, word)) in text.words.iter().enumerate() {
            let bare = prefixes.iter().filter_map(|prefix| word.strip_prefix(prefix.as_str()));
            for word in std::iter::once(word.as_str()).chain(bare) {
                let ends = word.char_indices().map(|(at, _)| at).chain(std::iter::once(word.len()));
                let stems = ends.filter_map(|end| self.stems.get(word.get(..end)?));
                for &number in self.whole.get(word).into_iter().chain(stems).flatten() {
                    let (pattern, value) = &self.patterns[number];
                    if text.continues(first, pattern) {
                        out.push((text.place(first, pattern.len()), *value));
                    }
                }
            }
        }
        out
    }
}
