//! Words of a text in any script: UAX 29 words; Thai, Chinese and Japanese by dictionary.

use unicode_segmentation::UnicodeSegmentation;

use super::{Language, text};
use crate::lang::text::is_unspaced;

/// One word and where it starts in the text given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// First byte, in the text given.
    pub start: usize,
    /// The word as written.
    pub text: &'a str,
}

impl Word<'_> {
    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Words in the sense of UAX 29: runs that hold a letter or digit; an apostrophe inside belongs to the word, a
/// hyphen does not. Text of a script without spaces comes out one character a word: see [`segmented`].
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.unicode_word_indices().map(|(start, text)| Word { start, text })
}

/// Words joined by hyphens are one word here: `vice-presidente`, `Nagorno-Karabakh`.
pub fn hyphenated(text: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    for word in words(text) {
        if let Some(last) = out.last_mut() {
            let between = text.get(last.end()..word.start).unwrap_or_default();
            let mut characters = between.chars();
            if characters.next().is_some_and(text::is_hyphen) && characters.next().is_none() {
                let whole = text.get(last.start..word.end()).unwrap_or_default();
                *last = Word { start: last.start, text: whole };
                continue;
            }
        }
        out.push(word);
    }
    out
}

/// Words by dictionary where the script writes no spaces, UAX 29 words elsewhere.
pub fn segmented(text: &str) -> Vec<Word<'_>> {
    if !text.chars().any(is_unspaced) {
        return words(text).collect();
    }
    let segmenter = icu_segmenter::WordSegmenter::new_dictionary(
        icu_segmenter::options::WordBreakInvariantOptions::default(),
    );
    let mut out = Vec::new();
    let mut start = 0;
    for end in segmenter.segment_str(text).skip(1) {
        let piece = text.get(start..end).unwrap_or_default();
        if piece.chars().any(char::is_alphanumeric) {
            out.push(Word { start, text: piece });
        }
        start = end;
    }
    out
}

/// Evaluation word count: words where they are spaced, characters divided by the profile's figure elsewhere.
pub fn count(text: &str, language: &Language) -> usize {
    if language.characters_per_word > 0.0 {
        let unspaced = text.chars().filter(|&character| is_unspaced(character)).count();
        let others = words(text).filter(|word| !word.text.chars().any(is_unspaced)).count();
        return (unspaced as f64 / language.characters_per_word).ceil() as usize + others;
    }
    words(text).count()
}
