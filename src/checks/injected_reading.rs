//! A reading or a note glued into a word.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck};
use crate::lang::Language;
use crate::model::{Document, ErrorType, Severity, Span};

/// `injected-reading` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InjectedReading {}

impl Check for InjectedReading {
    const NAME: &'static str = "injected-reading";
    const ERROR_TYPE: ErrorType = ErrorType::CharacterEncoding;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("injected_reading.md");
}

impl TextCheck for InjectedReading {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        for segment in text.prose() {
            let stretch = text.excerpt(segment.span);
            let mut spans = bracketed(stretch, text.language.cased);
            spans.extend(kana(stretch));
            spans.extend(latin(stretch));
            spans.extend(two_scripts(stretch, text.language));
            spans.sort_unstable();
            for (span, right) in spans {
                let span = span.shift(segment.span.start);
                let written = text.excerpt(span);
                if context.source.as_deref().is_some_and(|source| source.contains(written)) {
                    continue;
                }
                findings
                    .at(span, format!("a reading or a note stands inside: “{written}”"))
                    .confidence(0.85)
                    .suggest(right);
            }
        }
    }
}

/// Scripts whose letters stand in one word.
#[derive(PartialEq, Clone, Copy)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Han,
    Kana,
    Other,
}

fn script(character: char) -> Option<Script> {
    if !character.is_alphabetic() {
        return None;
    }
    Some(match u32::from(character) {
        0x41..=0x24F | 0x1E00..=0x1EFF => Script::Latin,
        0x370..=0x3FF | 0x1F00..=0x1FFF => Script::Greek,
        0x400..=0x52F => Script::Cyrillic,
        0x3040..=0x30FF => Script::Kana,
        0x3400..=0x9FFF => Script::Han,
        _ => Script::Other,
    })
}

/// The same word in another script in brackets glued to it: `Tbilisi[тбилиси]`; round ones where the script is one that sets
/// a space before them.
fn bracketed(text: &str, cased: bool) -> Vec<(Span, String)> {
    let mut out = Vec::new();
    for (at, sign) in text.match_indices(['[', '(']) {
        let round = sign == "(";
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + 1..).unwrap_or_default();
        let Some(length) = after.find(if round { ')' } else { ']' }) else { continue };
        let inside = after.get(..length).unwrap_or_default();
        let own = before.chars().next_back().and_then(script);
        let mut scripts = inside.chars().filter_map(script);
        let other = scripts.next();
        let foreign = other.is_some() && other != own && scripts.all(|script| Some(script) == other);
        // The mark of a footnote, left from an encyclopaedia.
        let spaced = matches!(own, Some(Script::Latin | Script::Cyrillic | Script::Greek));
        if round && !(cased && spaced && foreign) {
            continue;
        }
        let note = (1..=3).contains(&inside.len()) && inside.bytes().all(|byte| byte.is_ascii_digit());
        if own.is_none()
            || !(foreign || note)
            || inside.chars().count() > 40
            || inside.contains(['@', '/', '\n'])
        {
            continue;
        }
        let word: String = {
            let letters: Vec<char> = before
                .chars()
                .rev()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '’' | '\''))
                .collect();
            letters.into_iter().rev().collect()
        };
        // `a[0]` is code.
        if note && word.chars().count() < 3 && !word.chars().all(crate::lang::text::is_unspaced) {
            continue;
        }
        out.push((Span::new(at - word.len(), at + length + 2), word));
    }
    out
}

/// A name in two other scripts in one bracket: `(Parvin, 帕尔文)`; a text that translates gives one at most.
fn two_scripts(text: &str, language: &Language) -> Vec<(Span, String)> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices('(') {
        let after = text.get(at + 1..).unwrap_or_default();
        let Some(inside) = after.find(')').and_then(|length| after.get(..length)) else { continue };
        let of = |part: &str| part.chars().find_map(script);
        let Some((left, right)) = inside.split_once(',') else { continue };
        let own = text.get(..at).unwrap_or_default().chars().rev().find_map(script);
        let both = of(left)
            .zip(of(right))
            .is_some_and(|(left, right)| left != right && Some(left) != own && Some(right) != own);
        // Kanji and kana are one script of two.
        let names = !inside.chars().any(char::is_numeric) && inside.chars().count() <= 60;
        if both && names && !matches!(language.script.as_str(), "Jpan" | "Hans" | "Hant" | "Kore") {
            out.push((Span::new(at, at + inside.len() + 2), String::new()));
        }
    }
    out
}

/// Readings between the characters of a Japanese word: 市し長ちょう. Characters in a row with a reading each, one of which
/// holds a contracted sound, as no ending does that the language writes in kana.
fn kana(text: &str) -> Vec<(Span, String)> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let is =
        |index: usize, wanted: Script| characters.get(index).is_some_and(|&(_, c)| script(c) == Some(wanted));
    let hiragana =
        |index: usize| characters.get(index).is_some_and(|&(_, c)| ('ぁ'..='ゖ').contains(&c) || c == 'ー');
    let mut out = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        if !is(index, Script::Han) || index > 0 && is(index - 1, Script::Han) {
            index += 1;
            continue;
        }
        let (mut at, mut word, mut parts, mut contracted) = (index, String::new(), 0, false);
        while is(at, Script::Han) && !is(at + 1, Script::Han) {
            let start = at + 1;
            let run = (start..start + 4).take_while(|&end| hiragana(end)).count();
            // A reading may be followed by particles.
            let kana = |length: usize| -> Vec<char> {
                characters.get(start..start + length).unwrap_or_default().iter().map(|&(_, c)| c).collect()
            };
            let Some(length) = (1..=run).rev().find(|&length| is_reading(&kana(length))) else {
                break;
            };
            contracted |= kana(length).get(1).is_some_and(|&c| is_small(c));
            word.push(characters[at].1);
            parts += 1;
            at = start + length;
        }
        // Contracted sounds are no endings.
        if parts >= 2 && contracted && !is(at, Script::Han) {
            let end = characters.get(at).map_or(text.len(), |&(at, _)| at);
            out.push((Span::new(characters[index].0, end), word));
        }
        index = at.max(index + 1);
    }
    out
}

/// Whether hiragana can be the Sino-Japanese reading of one character: one beat, or two of the kinds such readings have.
fn is_reading(reading: &[char]) -> bool {
    let beats: Vec<char> = reading.iter().copied().filter(|&c| !is_small(c)).collect();
    match beats[..] {
        [_] => !reading.first().is_some_and(|&c| is_small(c)),
        [_, last] => matches!(last, 'う' | 'い' | 'ん' | 'く' | 'つ' | 'き' | 'ち'),
        _ => false,
    }
}

/// Whether the sign contracts two sounds.
fn is_small(character: char) -> bool {
    matches!(character, 'ゃ' | 'ゅ' | 'ょ')
}

/// Pinyin with tone marks glued between Chinese characters.
fn latin(text: &str) -> Vec<(Span, String)> {
    const TONES: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ";
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let han = |index: usize| characters.get(index).is_some_and(|&(_, c)| script(c) == Some(Script::Han));
    let mut out = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        if index == 0 || script(characters[index].1) != Some(Script::Latin) || !han(index - 1) {
            index += 1;
            continue;
        }
        let mut end = index;
        while characters.get(end).is_some_and(|&(_, c)| script(c) == Some(Script::Latin)) {
            end += 1;
        }
        let toned = characters[index..end].iter().any(|(_, c)| TONES.contains(*c));
        if toned {
            let stop = characters.get(end).map_or(text.len(), |&(at, _)| at);
            out.push((Span::new(characters[index - 1].0, stop), characters[index - 1].1.to_string()));
        }
        index = end;
    }
    out
}
