//! Where in a text a name may stand: windows to compare it with.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use crate::lang::Language;
use crate::lang::text::{is_capitalised, is_hyphen};
use crate::lang::words::{Word, words};

/// Longest run of letters of one name in scripts without spaces.
const LONGEST: usize = 12;

/// Places where a name of so many words may stand. In scripts with case a window begins and ends with a capital;
/// where words are not spaced it is a run of letters that spell foreign names.
pub fn windows(text: &str, language: &Language, counts: RangeInclusive<usize>) -> Vec<Range<usize>> {
    if language.spaced { word_windows(text, language, &counts) } else { letter_windows(text) }
}

fn word_windows(text: &str, language: &Language, counts: &RangeInclusive<usize>) -> Vec<Range<usize>> {
    let tokens: Vec<Word<'_>> = words(text).collect();
    let opens = |word: &Word<'_>| !language.cased || is_capitalised(word.text);
    let mut out = Vec::new();
    for (first, token) in tokens.iter().enumerate() {
        if !opens(token) {
            continue;
        }
        for (count, last) in tokens[first..].iter().enumerate().take(*counts.end()) {
            let before = count.checked_sub(1).map(|before| &tokens[first + before]);
            if before.is_some_and(|before| !joined(text.get(before.end()..last.start).unwrap_or_default())) {
                break;
            }
            if counts.contains(&(count + 1)) && opens(last) {
                out.push(token.start..last.end());
            }
        }
    }
    out
}

/// Whether two words of one name may have this between them.
fn joined(between: &str) -> bool {
    between.chars().count() <= 2
        && between.chars().all(|c| {
            c.is_whitespace() && c != '\n' || is_hyphen(c) || matches!(c, '·' | '.' | '’' | '\'' | '\u{200C}')
        })
}

fn letter_windows(text: &str) -> Vec<Range<usize>> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let dot = |c: char| matches!(c, '·' | '・' | '‧' | '•' | '＝');
    let spells = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー') || transliteration(c) > 0.0;
    let mut out = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let run = characters[at..].iter().position(|&(_, c)| !spells(c) && !dot(c));
        let end = run.map_or(characters.len(), |length| at + length);
        for first in at..end {
            for last in first + 1..end.min(first + LONGEST + 1) {
                if dot(characters[first].1) || dot(characters[last].1) {
                    continue;
                }
                let stop = characters.get(last + 1).map_or(text.len(), |&(byte, _)| byte);
                out.push(characters[first].0..stop);
            }
        }
        at = end + 1;
    }
    out
}

/// Log-odds (nats) of a Chinese character in foreign names against ordinary text; negative where it is rare in
/// names.
pub fn transliteration(character: char) -> f64 {
    static ODDS: LazyLock<HashMap<char, f64>> = LazyLock::new(|| {
        include_str!("../lang/gazetteer/transliteration_han.tsv")
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(odds, characters)| Some((odds.parse::<f64>().ok()? / 10.0, characters)))
            .flat_map(|(odds, characters)| characters.chars().map(move |character| (character, odds)))
            .collect()
    });
    ODDS.get(&character).copied().unwrap_or(-1.0)
}
