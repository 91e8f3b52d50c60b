//! Where in a text a name of another account may stand, by script.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::lang::Language;
use crate::lang::text::is_unspaced;
use crate::lang::words::segmented;
use crate::names::{transliteration, windows};

use super::units::is_han;

/// Longest whole name that Chinese characters write without a dot, and shortest.
const TOGETHER: std::ops::RangeInclusive<usize> = 2..=5;

/// Most pieces of the dictionary that one foreign name falls into, and most letters.
const PIECES: usize = 8;
const LETTERS: usize = 28;

/// A place where a name may stand.
pub(super) struct Spot {
    pub(super) range: Range<usize>,
    /// Nothing about the letters says name: they must spell it exactly.
    pub(super) plain: bool,
}

/// Places where a name may stand: words where they are spaced; runs of letters that spell foreign names, and any few
/// Chinese characters; in scripts such as Thai what the dictionary takes apart, over one space at most.
pub(super) fn spots(text: &str, language: &Language) -> Vec<Spot> {
    let dictionary = matches!(language.script.as_str(), "Thai" | "Laoo" | "Khmr" | "Mymr");
    if dictionary {
        return pieces(text);
    }
    let mut out: Vec<Spot> =
        windows(text, language, 1..=3).into_iter().map(|range| Spot { range, plain: false }).collect();
    if !language.spaced {
        out.extend(together(text));
        let known: BTreeSet<(usize, usize)> =
            out.iter().map(|spot| (spot.range.start, spot.range.end)).collect();
        let dotted = around_dots(text).into_iter().filter(|range| !known.contains(&(range.start, range.end)));
        out.extend(dotted.map(|range| Spot { range, plain: false }));
        out.retain(|spot| !cuts_katakana(text, &spot.range));
    }
    out
}

/// Most characters of a name before its middle dot, and behind it.
const BEFORE: usize = 6;
const BEHIND: usize = 8;

/// Log-odds of a character that spells no name that was counted.
const UNLISTED: f64 = -1.0;

/// Runs of Chinese characters around a middle dot, whatever they spell elsewhere: 安德烈·卢卡申.
fn around_dots(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for (at, dot) in text.char_indices().filter(|&(_, c)| is_dot(c)) {
        let behind = at + dot.len_utf8();
        let (left, right) = (text.get(..at).unwrap_or_default(), text.get(behind..).unwrap_or_default());
        let starts = left.char_indices().rev().take_while(|&(_, c)| is_han(c)).take(BEFORE);
        let starts: Vec<usize> = starts.map(|(start, _)| start).collect();
        let ends = right.char_indices().take_while(|&(_, c)| is_han(c)).take(BEHIND);
        let ends: Vec<usize> = ends.map(|(end, c)| behind + end + c.len_utf8()).collect();
        let spells = |range: &Range<usize>| {
            let written = text.get(range.clone()).unwrap_or_default();
            let listed = |c: Option<char>| c.is_some_and(|c| transliteration(c) > UNLISTED);
            listed(written.chars().next()) && listed(written.chars().next_back())
        };
        let ranges = starts.iter().flat_map(|&start| ends.iter().map(move |&end| start..end));
        out.extend(ranges.filter(spells));
    }
    out
}

fn is_dot(character: char) -> bool {
    matches!(character, '·' | '・' | '‧' | '•')
}

/// Whether a place begins or ends inside a run of katakana: no name does.
fn cuts_katakana(text: &str, range: &Range<usize>) -> bool {
    let katakana = |c: Option<char>| c.is_some_and(|c| matches!(c, 'ァ'..='ヺ' | 'ー'));
    let written = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    katakana(before) && katakana(written.chars().next())
        || katakana(after) && katakana(written.chars().next_back())
}

fn pieces(text: &str) -> Vec<Spot> {
    let words = segmented(text);
    let mut out = Vec::new();
    for (first, word) in words.iter().enumerate() {
        let mut spaces = 0;
        for (nth, last) in words[first..].iter().enumerate().take(PIECES) {
            if let Some(before) = nth.checked_sub(1).map(|before| &words[first + before]) {
                match text.get(before.end()..last.start).unwrap_or_default() {
                    "" => {}
                    " " if spaces == 0 => spaces = 1,
                    _ => break,
                }
            }
            let range = word.start..last.end();
            let written = text.get(range.clone()).unwrap_or_default();
            let letters = written.chars().count();
            if letters > LETTERS || !written.chars().all(|c| is_unspaced(c) || c == ' ') {
                break;
            }
            if letters >= 4 {
                out.push(Spot { range, plain: false });
            }
        }
    }
    out
}

fn together(text: &str) -> Vec<Spot> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut out = Vec::new();
    for first in 0..characters.len() {
        let run = characters[first..].iter().take(*TOGETHER.end()).take_while(|(_, c)| is_han(*c)).count();
        for length in TOGETHER.take_while(|&length| length <= run) {
            let window = &characters[first..first + length];
            // What spells foreign names is among the other windows.
            let plain = window.iter().any(|&(_, c)| transliteration(c) <= 0.0);
            if plain {
                let end = characters.get(first + length).map_or(text.len(), |&(byte, _)| byte);
                out.push(Spot { range: characters[first].0..end, plain });
            }
        }
    }
    out
}
