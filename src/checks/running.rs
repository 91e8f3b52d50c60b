//! Running text as several checks read it: words with what stands between them, sentence starts, titles, places
//! that are no prose (links, code). Finds nothing itself.

use std::collections::BTreeSet;

use crate::lang::profile::Typography;
use crate::lang::{Language, PerLanguage, text, words};
use crate::model::{Document, Span};

/// A word in its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    /// As written.
    pub(super) text: &'a str,
    /// Where, in the document.
    pub(super) span: Span,
    /// What stands between it and the word before, or the start of the stretch.
    pub(super) gap: &'a str,
}

impl Token<'_> {
    /// Whether the first letter is a capital.
    pub(super) fn capitalised(&self) -> bool {
        text::is_capitalised(self.text)
    }

    /// Whether every cased letter is small and there is one.
    pub(super) fn small(&self) -> bool {
        !self.text.chars().any(text::is_upper) && self.text.chars().any(char::is_lowercase)
    }

    /// Whether it holds letters only, apostrophes and marks on letters aside.
    pub(super) fn wordy(&self) -> bool {
        self.text.chars().any(char::is_alphabetic) && !self.text.chars().any(char::is_numeric)
    }

    /// Whether only a space stands before it.
    pub(super) fn follows_a_space(&self) -> bool {
        matches!(self.gap, " " | "\u{a0}")
    }
}

/// The words of a stretch of the document.
pub(super) fn tokens(document: &Document, span: Span) -> Vec<Token<'_>> {
    let stretch = document.excerpt(span);
    let mut end = 0;
    words::words(stretch)
        .map(|word| {
            let gap = stretch.get(end..word.start).unwrap_or_default();
            end = word.end();
            Token { text: word.text, span: Span::new(word.start, word.end()).shift(span.start), gap }
        })
        .collect()
}

/// The words as tables have them: in lower case, without vowel points.
pub(super) fn lowered(tokens: &[Token<'_>], language: &Language) -> Vec<String> {
    tokens.iter().map(|token| text::unpointed(language.lower(token.text))).collect()
}

/// Whether the language writes compounds in one word.
pub(super) fn compounds(language: &Language) -> bool {
    language.typography.as_ref().is_some_and(|part| part.compounds)
}

/// The words of a stretch, by dictionary where the script writes no spaces.
pub(super) fn segmented(document: &Document, span: Span) -> Vec<Token<'_>> {
    let stretch = document.excerpt(span);
    let mut end = 0;
    words::segmented(stretch)
        .into_iter()
        .map(|word| {
            let gap = stretch.get(end..word.start).unwrap_or_default();
            end = word.end();
            Token { text: word.text, span: Span::new(word.start, word.end()).shift(span.start), gap }
        })
        .collect()
}

/// Whether a span overlaps one of those told, which are in order and do not overlap.
pub(super) fn is_told(told: &[Span], span: Span) -> bool {
    let after = told.partition_point(|other| other.end <= span.start);
    told.get(after).is_some_and(|other| other.overlaps(span))
}

/// Whether a sentence, a quotation, a clause after a dash or colon, or an item may start at the word: whatever
/// allows a capital.
pub(super) fn may_open(tokens: &[Token<'_>], index: usize) -> bool {
    let gap = tokens[index].gap;
    index == 0
        || gap.contains(|character: char| {
            matches!(
                character,
                '.' | '!'
                    | '?'
                    | ':'
                    | ';'
                    | '…'
                    | '。'
                    | '！'
                    | '？'
                    | '：'
                    | '('
                    | '['
                    | '{'
                    | '/'
                    | '|'
                    | '•'
                    | '·'
                    | '*'
                    | '#'
                    | '\n'
                    | '\t'
                    | '-'
                    | '\''
                    | '<'
                    | '>'
                    | '`'
                    | '&'
                    | '@'
                    | '+'
                    | '='
                    | '_'
                    | '~'
            ) || text::is_quote(character)
                || text::is_dash(character)
        })
}

/// Whether the stretch is set as a title is: most of its longer words have capitals, nearly all where it ends
/// with a full stop as a sentence does.
pub(super) fn is_title(stretch: &str, tokens: &[Token<'_>]) -> bool {
    let longer: Vec<_> =
        tokens.iter().skip(1).filter(|token| token.wordy() && token.text.chars().count() > 3).collect();
    let capitals = longer.iter().filter(|token| token.capitalised()).count();
    let sentence = stretch.ends_with('.');
    longer.is_empty()
        || if sentence { capitals * 5 >= longer.len() * 4 } else { capitals * 2 >= longer.len() }
}

/// A list of words of the profile's typography; empty where it has none.
pub(super) fn listed(language: &Language, list: impl Fn(&Typography) -> &Vec<String>) -> Vec<&str> {
    language.typography.as_ref().map(list).into_iter().flatten().map(String::as_str).collect()
}

/// The function words of a language, for looking up.
pub(super) fn function_words(language: &Language) -> &'static BTreeSet<&'static str> {
    static WORDS: PerLanguage<BTreeSet<&str>> = PerLanguage::new();
    WORDS.get(language, |language| {
        let words = language.function_words.iter().flat_map(|section| &section.words);
        words.map(String::as_str).filter(|word| !word.contains(' ')).collect()
    })
}

/// Whether the word belongs to a link, an address, a path, a handle, a hashtag: the visible characters around it
/// hold `://`, `www.`, `@`, `#`, `_`, `\`, or a slash with a dot.
pub(super) fn in_link(document: &Document, span: Span) -> bool {
    let around = chunk(&document.text, span);
    let chunk = around.of(&document.text);
    chunk.contains("://")
        || chunk.contains("www.")
        || chunk.contains(['@', '#', '_', '\\', '='])
        || (chunk.contains('/') && chunk.contains('.'))
}

/// The run of characters without white space around a span, at most 300 bytes to either side.
pub(super) fn chunk(whole: &str, span: Span) -> Span {
    let mut start = span.start;
    for (index, character) in whole.get(..span.start).unwrap_or_default().char_indices().rev().take(300) {
        if character.is_whitespace() {
            break;
        }
        start = index;
    }
    let tail = whole.get(span.end..).unwrap_or_default();
    let end = tail.char_indices().take(300).find(|(_, character)| character.is_whitespace()).map_or_else(
        || tail.char_indices().nth(300).map_or(tail.len(), |(index, _)| index),
        |(index, _)| index,
    );
    Span::new(start, span.end + end)
}

/// Bytes before a place in which a quotation may have opened: no sentence is as long, and every place is asked for.
const QUOTATION: usize = 8192;

/// Whether the place is between quotation marks of its segment, by counting the marks before it.
pub(super) fn in_quotation(document: &Document, segment: Span, place: Span) -> bool {
    let start = document.text.floor_char_boundary(place.start.saturating_sub(QUOTATION));
    let before = Span::new(segment.start.max(start), place.start).of(&document.text);
    let (mut open, mut single, mut straight) = (0_i32, 0_i32, 0);
    let mut characters = before.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '“' | '„' | '«' | '「' | '『' | '‹' | '《' => open += 1,
            '”' | '»' | '」' | '』' | '›' | '》' => open -= 1,
            '‘' | '‚' => single += 1,
            // Not the apostrophe inside a word.
            '’' if single > 0 && !characters.peek().is_some_and(|next| next.is_alphanumeric()) => {
                single -= 1;
            }
            '"' | '＂' => straight += 1,
            _ => {}
        }
    }
    open > 0 || single > 0 || straight % 2 == 1
}
