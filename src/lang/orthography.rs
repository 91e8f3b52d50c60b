//! How no word of a language is written, whatever the word: letters that never stand in a row, syllables that do not
//! exist (`orthography.tsv`). It needs no list of words, so it holds where words are not separated, too.

use std::sync::OnceLock;

use encoding_rs::EUC_KR;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Language, PerLanguage, text};
use crate::model::Span;

/// Where a text holds what no word is written with, each place a word, or the letters where words are not separated.
pub fn impossible(text: &str, language: &Language) -> Vec<Span> {
    static RULES: PerLanguage<Option<Rules>> = PerLanguage::new();
    let Some(rules) = RULES.get(language, Rules::of) else { return Vec::new() };
    let mut out = Vec::new();
    for (start, word) in runs(text) {
        let places: Vec<(usize, char)> = word.char_indices().collect();
        if let Some(found) = rules.broken(&places) {
            let span = if language.spaced { Span::new(0, word.len()) } else { found };
            out.push(span.shift(start));
        }
    }
    out
}

/// Runs of letters and marks on them, each with its start. A mark between two letters is the sign of an acronym, and a
/// part of it: מנכ"ל.
fn runs(text: &str) -> Vec<(usize, &str)> {
    let part = |character: char| character.is_alphabetic() || is_combining_mark(character);
    let sign = |character: char| matches!(character, '"' | '״' | '\'' | '׳');
    let mut out = Vec::new();
    let mut start = None;
    let mut characters = text.char_indices().chain(std::iter::once((text.len(), ' '))).peekable();
    while let Some((index, character)) = characters.next() {
        let joins = sign(character) && characters.peek().is_some_and(|next| part(next.1));
        match (part(character) || joins && start.is_some(), start) {
            (true, None) => start = Some(index),
            (false, Some(first)) => {
                out.push((first, text.get(first..index).unwrap_or_default()));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// One place of a pattern: a letter of these ranges, or an end of the word.
#[derive(Debug, PartialEq)]
enum Place {
    Start,
    End,
    Letter(Vec<(char, char)>),
}

/// The rows of one language.
#[derive(Default)]
struct Rules {
    never: Vec<Vec<Place>>,
    onsets: Vec<&'static str>,
    rimes: Vec<&'static str>,
    /// Syllables beyond those of the standard set.
    standard: Option<&'static str>,
}

impl Rules {
    fn of(language: &Language) -> Option<Self> {
        let mut rules = Self::default();
        let mut any = false;
        for (tag, kind, value) in rows() {
            if *tag != language.primary() {
                continue;
            }
            any = true;
            let list = value.split(' ');
            match *kind {
                "never" => rules.never.extend(list.map(pattern)),
                "onsets" => rules.onsets.extend(list),
                "rimes" => rules.rimes.extend(list),
                _ => rules.standard = Some(value),
            }
        }
        any.then_some(rules)
    }

    /// Where a word breaks a rule, in bytes of it.
    fn broken(&self, word: &[(usize, char)]) -> Option<Span> {
        let end = |index: usize| word.get(index).map_or(0, |(at, letter)| at + letter.len_utf8());
        let whole = || Span::new(0, end(word.len().saturating_sub(1)));
        if !self.rimes.is_empty() && self.is_no_syllable(word) {
            return Some(whole());
        }
        if let Some(others) = self.standard {
            let odd =
                |letter: char| text::is_hangul(letter) && !is_standard(letter) && !others.contains(letter);
            if word.iter().any(|&(_, letter)| odd(letter)) {
                return Some(whole());
            }
        }
        (0..word.len()).find_map(|first| {
            let length = self.never.iter().find_map(|pattern| fits(pattern, word, first))?;
            Some(Span::new(word[first].0, end(first + length - 1)))
        })
    }

    /// Whether the word is written with a letter that only this language has, and is no syllable of it.
    fn is_no_syllable(&self, word: &[(usize, char)]) -> bool {
        let small = word.iter().all(|(_, letter)| letter.is_lowercase() || is_combining_mark(*letter));
        if !small || word.iter().all(|(_, letter)| letter.is_ascii()) {
            return false;
        }
        let (mut plain, mut tones) = (String::new(), 0);
        for letter in word.iter().map(|&(_, letter)| letter).nfd() {
            if matches!(letter, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
                tones += 1;
            } else {
                plain.push(letter);
            }
        }
        let plain: String = plain.nfc().collect();
        let syllable = |onset: &str| plain.strip_prefix(onset).is_some_and(|rime| self.rimes.contains(&rime));
        // `gìn` is g and i and n, though the onset is `gi`.
        tones > 1 || !(syllable("") || self.onsets.iter().any(|onset| syllable(onset)))
    }
}

/// Whether the pattern fits at a place of the word: with how many letters.
fn fits(pattern: &[Place], word: &[(usize, char)], first: usize) -> Option<usize> {
    let mut at = first;
    for place in pattern {
        match place {
            Place::Start if at == 0 => {}
            Place::End if at == word.len() => {}
            Place::Letter(ranges) if word.get(at).is_some_and(|(_, letter)| holds(ranges, *letter)) => {
                at += 1;
            }
            _ => return None,
        }
    }
    (at > first).then_some(at - first)
}

fn holds(ranges: &[(char, char)], letter: char) -> bool {
    ranges.iter().any(|&(from, to)| (from..=to).contains(&letter))
}

/// Whether the syllable is one of the 2,350 of the Korean standard set, not of what was added to it.
fn is_standard(syllable: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = EUC_KR.encode(syllable.encode_utf8(&mut buffer));
    !failed && matches!(*bytes, [0xB0..=0xC8, 0xA1..=0xFE])
}

fn pattern(text: &'static str) -> Vec<Place> {
    let mut out = Vec::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '^' => out.push(Place::Start),
            '$' => out.push(Place::End),
            '[' => {
                let mut ranges: Vec<(char, char)> = Vec::new();
                let mut ranging = false;
                for letter in letters.by_ref().take_while(|letter| *letter != ']') {
                    match ranges.last_mut() {
                        Some(range) if ranging => range.1 = letter,
                        _ if letter == '-' => {}
                        _ => ranges.push((letter, letter)),
                    }
                    ranging = letter == '-';
                }
                out.push(Place::Letter(ranges));
            }
            letter => out.push(Place::Letter(vec![(letter, letter)])),
        }
    }
    out
}

type Row = (&'static str, &'static str, &'static str);

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = include_str!("orthography.tsv").lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| {
                let (tag, rest) = line.split_once('\t')?;
                let (kind, value) = rest.split_once('\t')?;
                Some((tag, kind, value))
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    fn found<'a>(text: &'a str, tag: &str) -> Vec<&'a str> {
        let spans = impossible(text, lang::find(tag).expect("a profile"));
        spans.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn patterns_are_read() {
        let parts = pattern("^[a-cx]d$");
        let set = vec![('a', 'c'), ('x', 'x')];
        assert_eq!(parts, [Place::Start, Place::Letter(set), Place::Letter(vec![('d', 'd')]), Place::End]);
    }

    #[test]
    fn what_cannot_be_written_is_found() {
        for (text, tag, word) in [
            ("nghe tiếngg mưa", "vi", "tiếngg"),
            ("השכנים רצו החוצהם", "he", ""),
            ("שלוםם לכולם", "he", "שלוםם"),
            ("المدرسةا مغلقة", "ar", "المدرسةا"),
            ("सड़क बंंद है", "hi", "बंंद"),
            ("비가 왔ㅅ다고 했다", "ko", "왔ㅅ다고"),
            ("ฝนตกหนักก่่อน", "th", "่่"),
        ] {
            let found = found(text, tag);
            assert!(
                if word.is_empty() { found.is_empty() } else { found == [word] },
                "{tag} {text} {found:?}"
            );
        }
    }

    #[test]
    fn what_is_written_so_is_left_alone() {
        for (text, tag) in [
            ("Mưa nghiêng nghiêng quanh vườn chuối, giữa khuya gìn giữ quyển sách của huynh.", "vi"),
            ("המורים והתלמידים הלכו לקליפ של הכיתה", "he"),
            ("مدرسة كبرى ومستشفى في المدينة", "ar"),
            ("हिंदी में कहानियाँ और कविताएँ लिखी गईं", "hi"),
            ("닭을 삶아 먹고 똠얌꿍도 시켰다", "ko"),
            ("น้ำท่วมที่เชียงใหม่ทำให้ถนนหลายสายต้องปิด", "th"),
            ("きょうはちょっと寒い。シャツを買った。", "ja"),
        ] {
            assert!(found(text, tag).is_empty(), "{tag} {:?}", found(text, tag));
        }
    }
}
