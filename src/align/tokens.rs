//! What a segment is made of: words, figures, characters and marks.

use unicode_normalization::UnicodeNormalization;

use crate::lang::{text, words};
use crate::model::Span;

/// What a word unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// One character of a script written without spaces, or anything else that is visible.
    Character,
}

/// Han and kana: every character is a unit of its own.
fn is_ideograph(character: char) -> bool {
    matches!(u32::from(character), 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3040..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x20000..=0x323AF)
}

pub(super) fn is_visible(character: char) -> bool {
    !character.is_whitespace() && !text::is_invisible(character)
}

fn is_letter(character: char) -> bool {
    character.is_alphabetic()
        || matches!(character, '\u{200C}' | '\u{200D}')
        || unicode_normalization::char::is_combining_mark(character)
}

/// Value of a decimal digit of any script that newspapers use.
pub(super) fn digit(character: char) -> Option<char> {
    let zero = match u32::from(character) {
        code @ 0x30..=0x39 => return char::from_u32(code),
        0x660..=0x669 => 0x660,
        0x6F0..=0x6F9 => 0x6F0,
        0x966..=0x96F => 0x966,
        0x9E6..=0x9EF => 0x9E6,
        0xE50..=0xE59 => 0xE50,
        0xFF10..=0xFF19 => 0xFF10,
        _ => return None,
    };
    char::from_u32(u32::from(character) - zero + u32::from('0'))
}

/// Calls `take` with the place, kind and comparable form of every unit of a text.
pub(super) fn each_token(text: &str, mut take: impl FnMut(Span, Kind, &str)) {
    let mut key = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        if !is_visible(first) {
            continue;
        }
        key.clear();
        let mut end = start + first.len_utf8();
        if let Some(value) = digit(first) {
            key.push(value);
            let mut ahead = characters.clone();
            while let Some((at, next)) = ahead.next() {
                if let Some(value) = digit(next) {
                    key.push(value);
                } else if matches!(next, '.' | ',' | '٫' | '٬' | '\'' | '’' | '\u{a0}' | '\u{202f}')
                    && ahead.peek().is_some_and(|&(_, after)| digit(after).is_some())
                {
                    key.push(if matches!(next, '.' | ',' | '٫') { '.' } else { '\'' });
                } else {
                    break;
                }
                end = at + next.len_utf8();
                characters = ahead.clone();
            }
            let value = value_of(&key);
            take(Span::new(start, end), Kind::Number, &value);
        } else if is_ideograph(first) {
            key.push(first);
            take(Span::new(start, end), Kind::Character, &key);
        } else if is_letter(first) {
            let unspaced = text::is_unspaced(first);
            push_lower(&mut key, first);
            while let Some(&(at, next)) = characters.peek() {
                if !is_letter(next)
                    || is_ideograph(next)
                    || text::is_unspaced(next) != unspaced && next.is_alphabetic()
                {
                    break;
                }
                push_lower(&mut key, next);
                end = at + next.len_utf8();
                characters.next();
            }
            if unspaced {
                let run = Span::new(start, end).of(text);
                for word in words::segmented(run) {
                    take(Span::new(start + word.start, start + word.end()), Kind::Word, word.text);
                }
            } else {
                take(Span::new(start, end), Kind::Word, &key);
            }
        } else {
            key.push(mark(first));
            take(Span::new(start, end), Kind::Character, &key);
        }
    }
}

fn push_lower(key: &mut String, character: char) {
    match character {
        'a'..='z' => key.push(character),
        '\u{200C}' | '\u{200D}' | '\u{640}' => {}
        'İ' => key.push('i'),
        // Full-width letters and ligatures.
        '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF21}'..='\u{FF5A}' => {
            key.extend(character.nfkc().flat_map(char::to_lowercase));
        }
        _ => key.extend(character.to_lowercase()),
    }
}

/// Full-width punctuation under its usual width.
fn mark(character: char) -> char {
    match u32::from(character) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

/// Digits with separators to one form: `1,234`, `1.234`, `1'234` are 1234; `3,5` is 3.5.
fn value_of(key: &str) -> String {
    let mut groups = key.split(['.', '\'']);
    let Some(first) = groups.next() else { return key.to_owned() };
    let rest: Vec<&str> = groups.collect();
    let plain = |digits: &str| match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        other => other.to_owned(),
    };
    match rest.split_last() {
        None => plain(first),
        Some((last, between)) => {
            let grouped = between.iter().all(|group| group.len() == 3);
            if grouped && last.len() == 3 && first != "0" {
                plain(&(first.to_owned() + &rest.concat()))
            } else if grouped {
                format!("{}.{last}", plain(&(first.to_owned() + &between.concat())))
            } else {
                format!("{first}.{}", rest.join("."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        each_token(text, |span, _, key| {
            assert!(!span.of(text).is_empty());
            out.push(key.to_owned());
        });
        out
    }

    #[test]
    fn words_figures_and_marks() {
        assert_eq!(keys("L’Été, 1.234,5 km"), ["l", "’", "été", ",", "1234.5", "km"]);
        assert_eq!(keys("１２ 日本語 abc"), ["12", "日", "本", "語", "abc"]);
        assert_eq!(keys("٣٫٥ و٢٠٢٤"), ["3.5", "و", "2024"]);
        assert_eq!(keys("12,345,678 12.03.2024"), ["12345678", "12.03.2024"]);
        assert_eq!(keys("ประเทศไทย 5 คน"), ["ประเทศไทย", "5", "คน"]);
    }
}
