//! Patterns of words with their endings left open (`increas*`, `shut_down`), and where a text holds them.

use std::collections::HashMap;

use super::words::words;
use super::{Language, text};
use crate::model::Span;

/// One word of a pattern, or what a word begins or ends with: any word where that is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The word.
    Whole(&'static str),
    /// What it begins with: `increas*`.
    Stem(&'static str),
    /// What it ends with: `~ment`.
    Ending(&'static str),
    /// One of several: `(increas*|rise)`, without the brackets.
    Any(&'static str),
}

impl Part {
    pub(super) fn new(written: &'static str) -> Self {
        if let Some(several) = written.strip_prefix('(').and_then(|several| several.strip_suffix(')')) {
            return Self::Any(several);
        }
        match (written.strip_suffix('*'), written.strip_prefix('~')) {
            (Some(stem), _) => Self::Stem(stem),
            (None, Some(ending)) => Self::Ending(ending),
            (None, None) => Self::Whole(written),
        }
    }

    /// The parts that one stands for.
    fn each(several: &'static str) -> impl Iterator<Item = Self> {
        several.split('|').map(Self::new)
    }

    fn fits(self, word: &str) -> bool {
        match self {
            Self::Whole(whole) => word == whole,
            Self::Stem(stem) => word.starts_with(stem),
            Self::Ending(ending) => word.ends_with(ending),
            Self::Any(several) => Self::each(several).any(|part| part.fits(word)),
        }
    }
}

/// Words in a row, `^` before them where they must begin a sentence; behind `…` such as must follow in the same
/// sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    opens: bool,
    head: Vec<Part>,
    tail: Vec<Part>,
}

impl Pattern {
    /// Of words as a table has them.
    pub(super) fn new(words: impl Iterator<Item = &'static str>) -> Self {
        let mut words = words.peekable();
        let opens = words.next_if_eq(&"^").is_some();
        let mut words = words.collect::<Vec<_>>().into_iter();
        let head = words.by_ref().take_while(|word| *word != "…").map(Part::new).collect();
        Self { opens, head, tail: words.map(Part::new).collect() }
    }

    /// Of parts in a row.
    pub(super) fn of(head: Vec<Part>) -> Self {
        Self { opens: false, head, tail: Vec::new() }
    }

    /// Whether a word of it is empty.
    #[cfg(test)]
    pub(super) fn is_broken(&self) -> bool {
        let nothing = |part: &Part| match part {
            Part::Any(several) => Part::each(several).any(|part| part == Part::Whole("")),
            part => *part == Part::Whole(""),
        };
        self.head.is_empty() || self.head.iter().chain(&self.tail).any(nothing)
    }
}

/// Words that may stand between the two parts of a pattern.
const REACH: usize = 9;

/// The words of a text as they are looked up.
pub struct Words<'a> {
    text: &'a str,
    words: Vec<(Span, String)>,
}

impl<'a> Words<'a> {
    /// Of this text, in lower case and without vowel points.
    pub fn of(text: &'a str, language: &Language) -> Self {
        Self::by(text, |word| text::unpointed(language.lower(word)))
    }

    /// Of this text, each word in the form that this makes of it.
    pub(super) fn by(text: &'a str, form: impl Fn(&str) -> String) -> Self {
        let words = words(text).map(|word| (Span::new(word.start, word.end()), form(word.text)));
        Self { text, words: words.collect() }
    }

    /// Where one of the patterns is, the longest at each word.
    pub(super) fn find(&self, patterns: &[Pattern]) -> Vec<Span> {
        let mut out = Vec::new();
        for (first, (_, word)) in self.words.iter().enumerate() {
            let begun =
                patterns.iter().filter(|pattern| pattern.head.first().is_some_and(|part| part.fits(word)));
            let longest =
                begun.filter(|pattern| self.goes_on(first, pattern)).map(|own| own.head.len()).max();
            out.extend(longest.map(|length| self.place(first, length)));
        }
        out
    }

    /// How many of the patterns are there.
    pub(super) fn count(&self, patterns: &[Pattern]) -> usize {
        let stands = |pattern: &&Pattern| {
            let begins = |at: usize| pattern.head.first().is_some_and(|part| part.fits(&self.words[at].1));
            (0..self.words.len()).any(|at| begins(at) && self.goes_on(at, pattern))
        };
        patterns.iter().filter(stands).count()
    }

    /// Whether the words from the first on are those of the pattern, the first being so.
    fn goes_on(&self, first: usize, pattern: &Pattern) -> bool {
        let behind = first + pattern.head.len();
        let mut places = (behind..self.words.len()).take(REACH).take_while(|&at| !self.opens(at));
        let begins =
            |at: usize, parts: &[Part]| parts[0].fits(&self.words[at].1) && self.continues(at, parts);
        (!pattern.opens || self.opens(first))
            && self.continues(first, &pattern.head)
            && (pattern.tail.is_empty() || places.any(|at| begins(at, &pattern.tail)))
    }

    /// Whether the words behind the first are those of the parts behind the first.
    fn continues(&self, first: usize, parts: &[Part]) -> bool {
        let Some(place) = self.words.get(first..first + parts.len()) else { return false };
        let fits = place.iter().zip(parts).skip(1).all(|((_, word), part)| part.fits(word));
        fits && place.windows(2).all(|pair| {
            let gap = self.text.get(pair[0].0.end..pair[1].0.start).unwrap_or_default();
            gap.chars().count() <= 2 && gap.chars().all(|c| c.is_whitespace() || text::is_hyphen(c))
        })
    }

    /// Whether a sentence may begin with the word.
    fn opens(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|before| self.words.get(before)) else {
            return true;
        };
        let gap = self.text.get(before.0.end..self.words[index].0.start).unwrap_or_default();
        gap.contains(['.', '!', '?', '…', '\n', '։', '।', '؟', ':', '—', '–', '“', '„', '«', '"', '‘'])
    }

    fn place(&self, first: usize, length: usize) -> Span {
        self.words[first].0.join(self.words[first + length - 1].0)
    }
}

/// Patterns by the words they begin with: a text is asked for all of them at the cost of its own length.
pub(super) struct Wildcards<T> {
    patterns: Vec<(Pattern, T)>,
    whole: HashMap<&'static str, Vec<usize>>,
    stems: HashMap<&'static str, Vec<usize>>,
    endings: HashMap<&'static str, Vec<usize>>,
    /// Bytes of the longest stem or ending.
    longest: usize,
}

impl<T: Copy> Wildcards<T> {
    /// Of these patterns, each with what it stands for.
    pub(super) fn new(patterns: impl Iterator<Item = (Pattern, T)>) -> Self {
        let patterns = patterns.collect();
        let mut own = Self {
            patterns,
            whole: HashMap::new(),
            stems: HashMap::new(),
            endings: HashMap::new(),
            longest: 0,
        };
        for (number, (pattern, _)) in own.patterns.iter().enumerate() {
            let Some(&first) = pattern.head.first() else { continue };
            let mut enter = |part: Part| {
                let (words, first) = match part {
                    Part::Whole(whole) => (&mut own.whole, whole),
                    Part::Stem(stem) => (&mut own.stems, stem),
                    Part::Ending(ending) => (&mut own.endings, ending),
                    Part::Any(_) => return,
                };
                words.entry(first).or_default().push(number);
            };
            if let Part::Any(several) = first {
                Part::each(several).for_each(enter);
            } else {
                enter(first);
            }
        }
        own.longest =
            own.stems.keys().chain(own.endings.keys()).map(|part| part.len()).max().unwrap_or_default();
        own
    }

    /// Every pattern that a text holds, by where it begins. Before a word may stand one of the prefixes.
    pub(super) fn find(&self, text: &Words<'_>, prefixes: &[String]) -> Vec<(Span, T)> {
        let mut out = Vec::new();
        for (first, (_, word)) in text.words.iter().enumerate() {
            let bare = prefixes.iter().filter_map(|prefix| word.strip_prefix(prefix.as_str()));
            for word in std::iter::once(word.as_str()).chain(bare) {
                let (opening, _) = word.split_at(word.floor_char_boundary(self.longest));
                let start = word.len().saturating_sub(self.longest);
                let (_, closing) = word.split_at(word.ceil_char_boundary(start));
                let stems = cuts(opening).filter_map(|cut| self.stems.get(opening.get(..cut)?));
                let endings = cuts(closing).filter_map(|cut| self.endings.get(closing.get(cut..)?));
                for &number in self.whole.get(word).into_iter().chain(stems).chain(endings).flatten() {
                    let (pattern, value) = &self.patterns[number];
                    if text.goes_on(first, pattern) {
                        out.push((text.place(first, pattern.head.len()), *value));
                    }
                }
            }
        }
        out
    }
}

/// The places where a word can be cut, its ends among them.
fn cuts(word: &str) -> impl Iterator<Item = usize> + '_ {
    word.char_indices().map(|(at, _)| at).chain(std::iter::once(word.len()))
}

/// What stands between the bars of a cell, those in brackets left alone.
pub(super) fn alternatives(cell: &'static str) -> impl Iterator<Item = &'static str> {
    let mut inside = false;
    cell.split(move |character| {
        inside = match character {
            '(' => true,
            ')' => false,
            _ => inside,
        };
        character == '|' && !inside
    })
}
