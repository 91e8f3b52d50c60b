//! A text as words, figures and marks, for counting and comparing: one pass, nothing copied.

use super::text::{is_hyphen, is_mark, is_unspaced, is_upper};
use super::{Language, stems, words};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Begins with a digit.
    Figure,
    /// A single visible character that is neither letter nor digit.
    Mark,
}

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// First byte, in the text given.
    pub start: usize,
    /// As written.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
    /// An apostrophe stands right before it: `s` of `it's`, `eau` of `l'eau`.
    pub joined: bool,
    /// Its first letter is a capital.
    pub capital: bool,
}

impl Token<'_> {
    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The tokens of a text in order. An apostrophe inside a word parts it, unless it is a letter of the language; a
/// hyphen is a mark of its own. Words of scripts without spaces are found by dictionary.
pub fn tokens<'a>(text: &'a str, language: &Language) -> Vec<Token<'a>> {
    let letter = stems::apostrophe_is_a_letter(language);
    let mut out: Vec<Token<'a>> = Vec::with_capacity(text.len() / 5);
    let mut rest = text.char_indices().peekable();
    let mut joined = false;
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() || is_ignored(first) {
            joined = false;
            continue;
        }
        if is_unspaced(first) && first.is_alphanumeric() {
            let mut end = start + first.len_utf8();
            while let Some(&(at, next)) = rest.peek() {
                if !(is_unspaced(next) && (next.is_alphanumeric() || is_mark(next))) {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
            unspaced(text, start, end, &mut out);
            joined = false;
            continue;
        }
        let kind = if first.is_numeric() {
            Kind::Figure
        } else if first.is_alphabetic() {
            Kind::Word
        } else {
            Kind::Mark
        };
        let mut end = start + first.len_utf8();
        if kind != Kind::Mark {
            while let Some(&(at, next)) = rest.peek() {
                let own = (next.is_alphanumeric() && !is_unspaced(next))
                    || is_mark(next)
                    || matches!(next, '\u{200C}' | '\u{200D}' | '\u{AD}');
                if !own && !inside(text, at, next, kind, letter) {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
        }
        let body = text.get(start..end).unwrap_or_default();
        out.push(Token { start, text: body, kind, joined, capital: is_upper(first) });
        joined = false;
        if kind == Kind::Word
            && let Some(&(at, mark)) = rest.peek()
            && is_apostrophe(mark)
            && text.get(at + mark.len_utf8()..).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        {
            rest.next();
            joined = true;
        }
    }
    out
}

/// Whether a character that is no letter goes on a token all the same: the separators of a figure.
fn inside(text: &str, at: usize, character: char, kind: Kind, letter: bool) -> bool {
    let mut after = text.get(at + character.len_utf8()..).unwrap_or_default().chars();
    match kind {
        Kind::Figure => {
            matches!(character, '.' | ',' | ':' | '’' | '\'' | '٫' | '٬')
                && after.next().is_some_and(char::is_numeric)
        }
        Kind::Word => letter && is_apostrophe(character) && after.next().is_some_and(char::is_alphabetic),
        Kind::Mark => false,
    }
}

fn unspaced<'a>(text: &'a str, start: usize, end: usize, out: &mut Vec<Token<'a>>) {
    for word in words::segmented(text.get(start..end).unwrap_or_default()) {
        let kind = if word.text.starts_with(char::is_alphabetic) { Kind::Word } else { Kind::Figure };
        out.push(Token { start: start + word.start, text: word.text, kind, joined: false, capital: false });
    }
}

fn is_ignored(character: char) -> bool {
    super::text::is_invisible(character) || (is_mark(character) && !character.is_alphanumeric())
}

/// Whether a character is an apostrophe.
pub fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ' | '＇')
}

/// A mark as one of its kind: every opening or closing quotation mark is `"`, every dash `-`.
pub fn plain_mark(mark: &str) -> &str {
    let Some(character) = mark.chars().next() else { return mark };
    match character {
        _ if is_apostrophe(character) => "'",
        _ if super::text::is_quote(character) => "\"",
        _ if super::text::is_dash(character) || is_hyphen(character) => "-",
        '。' | '।' | '۔' | '．' => ".",
        '，' | '、' | '،' => ",",
        '？' | '؟' => "?",
        '！' => "!",
        '：' => ":",
        '；' | '؛' => ";",
        '（' => "(",
        '）' => ")",
        _ => mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    fn read(tag: &str, text: &str) -> String {
        let language = lang::find(tag).expect("a language");
        tokens(text, language).iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_figures_and_marks_are_parted() {
        assert_eq!(read("en", "It's 3,500.5 km, isn't it?"), "It s 3,500.5 km , isn t it ?");
        assert_eq!(read("fr", "L’eau d'été (douce)"), "L eau d été ( douce )");
        assert_eq!(read("uk", "Любов і м'яч."), "Любов і м'яч .");
        assert_eq!(read("de", "U-Bahn im Jahr 1999."), "U - Bahn im Jahr 1999 .");
        assert_eq!(read("zh", "市长宣布3项计划。"), "市长 宣布 3 项 计划 。");
    }
}
