//! A text in the form that phrases are looked up in, and tables of phrases: words of a language are found by
//! one walk down a tree of characters, so that the cost is linear in the text whatever the table holds.

use std::collections::BTreeMap;

use crate::lang::{
    Language,
    text::{self, is_dash, is_hyphen, is_unspaced},
    words,
};

/// One character in comparable form and the bytes it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Lower case; any space is a space, any hyphen `-`, any apostrophe `'`, any decimal digit ASCII.
    pub(super) character: char,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Whether it was written as a capital.
    pub(super) capital: bool,
}

/// A text as a row of glyphs.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its glyphs; runs of space are one, marks without width none.
    pub(super) glyphs: Vec<Glyph>,
    /// Where dictionary words of Thai and its like begin; empty where the text has none.
    breaks: Vec<usize>,
}

impl<'a> Line<'a> {
    /// Reads a text.
    pub(super) fn new(text: &'a str, language: &Language) -> Self {
        let dotless = language.dotless();
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(text.len());
        let mut by_dictionary = false;
        for (start, character) in text.char_indices() {
            let end = start + character.len_utf8();
            by_dictionary |= is_dictionary(character);
            let comparable = match character {
                _ if is_silent(character) => {
                    if let Some(last) = glyphs.last_mut() {
                        last.end = end;
                    }
                    continue;
                }
                'I' if dotless => 'ı',
                'İ' => 'i',
                '’' | 'ʼ' | '‘' | '`' | '´' | '＇' | '׳' => '\'',
                '％' | '٪' => '%',
                '＄' | '﹩' => '$',
                '￥' => '¥',
                '：' => ':',
                '／' => '/',
                '．' => '.',
                '，' => ',',
                other if is_hyphen(other) => '-',
                other if other.is_whitespace() => ' ',
                other => digit(other).map_or_else(
                    || other.to_lowercase().next().unwrap_or(other),
                    |digit| char::from(b'0' + digit),
                ),
            };
            if comparable == ' '
                && let Some(last) = glyphs.last_mut()
                && last.character == ' '
            {
                last.end = end;
                continue;
            }
            glyphs.push(Glyph { character: comparable, start, end, capital: character.is_uppercase() });
        }
        let breaks = if by_dictionary {
            words::segmented(text).iter().flat_map(|word| [word.start, word.end()]).collect()
        } else {
            Vec::new()
        };
        Self { text, glyphs, breaks }
    }

    /// The character at an index; NUL beyond the end.
    pub(super) fn at(&self, index: usize) -> char {
        self.glyphs.get(index).map_or('\0', |glyph| glyph.character)
    }

    /// The character before an index; NUL at the start.
    pub(super) fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or('\0', |index| self.at(index))
    }

    /// The byte a glyph starts at; the text's length beyond the end.
    pub(super) fn byte(&self, index: usize) -> usize {
        self.glyphs.get(index).map_or(self.text.len(), |glyph| glyph.start)
    }

    /// One past the last byte of the glyph before an index.
    pub(super) fn byte_end(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|index| self.glyphs.get(index)).map_or(0, |glyph| glyph.end)
    }

    /// Index of the first glyph that starts at or after a byte.
    pub(super) fn index_of(&self, byte: usize) -> usize {
        self.glyphs.partition_point(|glyph| glyph.start < byte)
    }

    /// Whether a word may begin or end at an index.
    pub(super) fn is_edge(&self, index: usize) -> bool {
        let (left, right) = (self.before(index), self.at(index));
        if is_dictionary(left) && is_dictionary(right) {
            return self.is_break(index);
        }
        !(is_letter(left) && is_letter(right)) || is_unspaced(left) || is_unspaced(right)
    }

    fn is_break(&self, index: usize) -> bool {
        self.breaks.is_empty() || self.breaks.binary_search(&self.byte(index)).is_ok()
    }

    /// Skips one space, if there is one.
    pub(super) fn skip_space(&self, index: usize) -> usize {
        index + usize::from(self.at(index) == ' ')
    }

    /// Index after the last letter of the word at `index`; a word of a script with spaces ends where one without
    /// begins.
    pub(super) fn word_end(&self, index: usize) -> usize {
        let unspaced = is_unspaced(self.at(index));
        let mut end = index;
        while is_letter(self.at(end)) && (unspaced || !is_unspaced(self.at(end))) {
            end += 1;
        }
        end
    }

    /// Index of the first letter of the word that ends at `index`.
    pub(super) fn word_start(&self, index: usize) -> usize {
        let mut start = index;
        while start > 0 && is_letter(self.at(start - 1)) {
            start -= 1;
        }
        start
    }

    /// The characters of a range of glyphs.
    pub(super) fn characters(&self, start: usize, end: usize) -> impl Iterator<Item = char> + '_ {
        self.glyphs.get(start..end).unwrap_or_default().iter().map(|glyph| glyph.character)
    }
}

/// Marks that a comparison passes over: vowel signs of Arabic and Hebrew, tatweel, bidi controls, soft hyphen.
fn is_silent(character: char) -> bool {
    text::is_vowel_point(character) || character == '\u{0640}' || text::is_invisible(character)
}

/// Scripts without spaces whose words are found by dictionary: Thai, Lao, Khmer, Burmese.
fn is_dictionary(character: char) -> bool {
    matches!(character, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// Whether a character belongs to a word; marks and the joiners inside words count.
pub(super) fn is_letter(character: char) -> bool {
    character.is_alphabetic()
        || unicode_normalization::char::is_combining_mark(character)
        || matches!(character, '\u{200C}' | '\u{200D}')
}

/// The first code point of every row of ten decimal digits in use.
const ZEROS: [u32; 22] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50,
    0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0xFF10, 0x1D7CE,
];

/// The value of a decimal digit of any script.
pub(super) fn digit(character: char) -> Option<u8> {
    let code = u32::from(character);
    let after = ZEROS.partition_point(|&zero| zero <= code);
    let value = code - ZEROS.get(after.checked_sub(1)?)?;
    (value < 10).then_some(value as u8)
}

/// Whether a glyph joins two figures of a range: a hyphen or dash.
pub(super) fn is_range_mark(character: char) -> bool {
    character == '-' || is_dash(character) || matches!(character, '~' | '～' | '〜')
}

/// A table of phrases.
#[derive(Debug, Clone)]
pub(super) struct Phrases<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Debug, Clone)]
struct Node<T> {
    next: BTreeMap<char, usize>,
    value: Option<T>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { nodes: vec![Node { next: BTreeMap::new(), value: None }] }
    }
}

impl<T> Phrases<T> {
    /// The place of a phrase, made where it is new.
    pub(super) fn entry(&mut self, phrase: &str, language: &Language) -> &mut Option<T> {
        let mut node = 0;
        for glyph in Line::new(phrase.trim(), language).glyphs {
            let character = joined(glyph.character);
            let known = self.nodes[node].next.get(&character).copied();
            node = known.unwrap_or_else(|| {
                let next = self.nodes.len();
                self.nodes.push(Node { next: BTreeMap::new(), value: None });
                self.nodes[node].next.insert(character, next);
                next
            });
        }
        &mut self.nodes[node].value
    }

    /// Every phrase at an index, shortest first: where it ends, and its value.
    pub(super) fn all<'t>(&'t self, line: &Line<'_>, index: usize) -> impl Iterator<Item = (usize, &'t T)> {
        let mut node = Some(0);
        let mut at = index;
        std::iter::from_fn(move || {
            while let Some(current) = node {
                node = line
                    .glyphs
                    .get(at)
                    .and_then(|glyph| self.nodes[current].next.get(&joined(glyph.character)).copied());
                at += 1;
                if let Some(value) = node.and_then(|node| self.nodes[node].value.as_ref()) {
                    return Some((at, value));
                }
            }
            None
        })
    }

    /// The longest phrase at an index that ends where a word may end.
    pub(super) fn longest<'t>(&'t self, line: &Line<'_>, index: usize) -> Option<(usize, &'t T)> {
        self.all(line, index).filter(|&(end, _)| line.is_edge(end)).last()
    }

    /// The longest phrase that is a whole word or words.
    pub(super) fn whole<'t>(&'t self, line: &Line<'_>, index: usize) -> Option<(usize, &'t T)> {
        if line.is_edge(index) { self.longest(line, index) } else { None }
    }
}

/// Hyphens and spaces are one inside phrases.
fn joined(character: char) -> char {
    if character == '-' { ' ' } else { character }
}
