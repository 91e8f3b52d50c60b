//! Words of a text in any script: UAX 29 words; Thai, Chinese and Japanese by dictionary.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use super::{Language, PerLanguage, text};
use crate::lang::text::is_unspaced;
use crate::model::Span;

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

/// Words joined for one function word at the most: `parce que`, `в течение`.
const LONGEST_PHRASE: usize = 4;

/// Function words of a language, in lower case.
static LISTED: PerLanguage<BTreeSet<&str>> = PerLanguage::new();

/// Function words of a text by the language's profile, in order, never overlapping, the longest first; none
/// where the profile lists none. An elided word (`l'`, `d’`) counts without what follows its apostrophe.
pub fn function_words(text: &str, language: &Language) -> Vec<Span> {
    if language.function_words.is_none() {
        return Vec::new();
    }
    let listed = LISTED.get(language, |language| {
        language.function_words.iter().flat_map(|functions| &functions.words).map(String::as_str).collect()
    });
    let tokens = segmented(text);
    let mut out = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let start = tokens[index].start;
        let whole = (index..tokens.len().min(index + LONGEST_PHRASE)).rev().find(|&last| {
            let span = Span::new(start, tokens[last].end());
            joined(&tokens[index..=last], text) && is_listed(span.of(text), language, listed)
        });
        if let Some(last) = whole {
            out.push(Span::new(start, tokens[last].end()));
            index = last + 1;
            continue;
        }
        out.extend(elided(tokens[index], language, listed));
        out.extend(misjoined(&tokens[index..], listed));
        index += 1;
    }
    out
}

/// Whether nothing but one space or hyphen stands between each word and the next.
fn joined(tokens: &[Word<'_>], text: &str) -> bool {
    tokens.windows(2).all(|pair| {
        let between = text.get(pair[0].end()..pair[1].start).unwrap_or("  ");
        let mut characters = between.chars();
        characters
            .next()
            .is_none_or(|c| (c != '\n' && c.is_whitespace()) || text::is_hyphen(c) || is_apostrophe(c))
            && characters.next().is_none()
    })
}

fn is_listed(word: &str, language: &Language, listed: &BTreeSet<&str>) -> bool {
    let lower = language.lower(word);
    listed.contains(lower.as_str())
        || (lower.contains(is_apostrophe)
            && (listed.contains(lower.replace(is_apostrophe, "'").as_str())
                || listed.contains(lower.replace(is_apostrophe, "’").as_str())))
        || (lower.contains(char::is_whitespace)
            && listed.contains(lower.replace(char::is_whitespace, " ").as_str()))
}

/// The parts of a word around an apostrophe that are listed: `l’` of `l’eau`, `il` of `-t-il`.
fn elided(word: Word<'_>, language: &Language, listed: &BTreeSet<&str>) -> Vec<Span> {
    let Some((at, mark)) = word.text.char_indices().find(|&(_, c)| is_apostrophe(c)) else {
        return Vec::new();
    };
    let middle = at + mark.len_utf8();
    let end = word.text.len();
    let mut out = Vec::new();
    let head = [middle, at].into_iter().find(|&cut| {
        word.text.get(..cut).is_some_and(|head| !head.is_empty() && is_listed(head, language, listed))
    });
    let head_kept = head.unwrap_or(0);
    out.extend(head.map(|cut| Span::new(word.start, word.start + cut)));
    let tail = [at, middle].into_iter().find(|&cut| {
        cut >= head_kept
            && cut < end
            && word.text.get(cut..).is_some_and(|tail| is_listed(tail, language, listed))
    });
    out.extend(tail.map(|cut| Span::new(word.start + cut, word.start + end)));
    out
}

/// The first character of a two-character word, where that is listed and the second makes a word with the
/// single character after it: the dictionary, which serves Chinese and Japanese at once, joins 和学 in 和学生.
fn misjoined(tokens: &[Word<'_>], listed: &BTreeSet<&str>) -> Option<Span> {
    let [word, next, ..] = tokens else { return None };
    let mut characters = word.text.chars();
    let (first, second) = (characters.next()?, characters.next()?);
    let single = next.text.chars().count() == 1 && next.start == word.end() && !listed.contains(next.text);
    let length = first.len_utf8();
    if characters.next().is_some()
        || !is_unspaced(second)
        || !single
        || !listed.contains(word.text.get(..length)?)
    {
        return None;
    }
    let rest = format!("{second}{}", next.text);
    (segmented(&rest).len() == 1).then(|| Span::new(word.start, word.start + length))
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ')
}
