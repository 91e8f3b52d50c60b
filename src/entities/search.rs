//! Persons that accounts in cased scripts name, searched for in accounts whose script shows no names: Arabic,
//! Hebrew, Persian, Hindi, Korean word by word, Chinese and Japanese by runs of characters that spell names.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::lang::words::{Word, words};
use crate::model::{Document, Mention, Name, NameKind, Span, Value};
use crate::names::{Matcher, Verdict};

use super::units::Unit;

/// A name to look for.
pub(super) struct Wanted {
    text: String,
    language: &'static str,
    words: usize,
}

/// Every person of several words that a cased account names, once.
pub(super) fn wanted(units: &[Vec<Unit>], documents: &[Document]) -> Vec<Wanted> {
    let mut names: BTreeMap<&str, Wanted> = BTreeMap::new();
    for unit in units.iter().flatten() {
        let language = documents[unit.document].language;
        if language.cased && unit.kind == NameKind::Person && unit.words >= 2 && unit.certainty >= 0.6 {
            names.entry(&unit.folded).or_insert_with(|| Wanted {
                text: unit.text.clone(),
                language: &language.tag,
                words: unit.words,
            });
        }
    }
    names.into_values().collect()
}

/// Adds mentions of the wanted names to a document; tells whether there were any.
pub(super) fn add(document: &mut Document, wanted: &[Wanted]) -> bool {
    let mut added = false;
    for index in 0..document.segments.len() {
        let segment = &document.segments[index];
        if !segment.kind.is_prose() || wanted.is_empty() {
            continue;
        }
        let shift = segment.span.start;
        let text = segment.span.of(&document.text);
        let windows = if document.language.spaced { word_windows(text) } else { letter_windows(text) };
        let mut found: Vec<(f64, Span)> = Vec::new();
        for window in windows {
            let written = window.span.of(text);
            for name in wanted.iter().filter(|name| window.words == 0 || window.words == name.words) {
                let outcome = Matcher::compare(&name.text, name.language, written, &document.language.tag);
                if outcome.verdict == Verdict::Same {
                    found.push((outcome.probability, window.span.shift(shift)));
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.len().cmp(&a.1.len())).then(a.1.cmp(&b.1)));
        let mut taken: Vec<Span> = Vec::new();
        for (probability, span) in found {
            if taken.iter().any(|other| other.overlaps(span)) {
                continue;
            }
            taken.push(span);
            added |= insert(document, index, span, probability);
        }
    }
    added
}

fn insert(document: &mut Document, segment: usize, span: Span, probability: f64) -> bool {
    let mentions = &mut document.segments[segment].mentions;
    let (mut roles, mut role_of) = (Vec::new(), Vec::new());
    mentions.retain(|mention| {
        let Value::Name(name) = &mention.value else { return true };
        if !mention.span.overlaps(span) {
            return true;
        }
        roles.extend(name.roles.iter().cloned());
        role_of.extend(name.role_of.iter().cloned());
        false
    });
    let certainty = probability.min(0.9);
    let value = Value::Name(Name { kind: NameKind::Person, certainty, key: None, roles, role_of });
    mentions.push(Mention { span, value });
    mentions.sort_by_key(|mention| (mention.span, mention.kind()));
    true
}

struct Window {
    span: Span,
    /// Words in it; 0 where the script does not tell.
    words: usize,
}

fn word_windows(text: &str) -> Vec<Window> {
    let tokens: Vec<Word<'_>> = words(text).collect();
    let mut out = Vec::new();
    for first in 0..tokens.len() {
        for count in 2..=3 {
            let Some(last) = tokens.get(first + count - 1) else { break };
            let span = Span::new(tokens[first].start, last.end());
            let close = tokens[first..first + count].windows(2).all(|pair| {
                let between = Span::new(pair[0].end(), pair[1].start).of(text);
                between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '־' | '·'))
            });
            if close {
                out.push(Window { span, words: count });
            }
        }
    }
    out
}

/// Runs of 3 to 12 characters that spell foreign names, middle dots inside allowed.
fn letter_windows(text: &str) -> Vec<Window> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let dot = |c: char| matches!(c, '·' | '・' | '‧' | '•' | '＝');
    let spells = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー') || transliteration(c) > 0.0;
    let mut out = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let end = characters[at..]
            .iter()
            .position(|&(_, c)| !spells(c) && !dot(c))
            .map_or(characters.len(), |n| at + n);
        for first in at..end {
            for last in first + 2..end.min(first + 13) {
                if dot(characters[first].1) || dot(characters[last].1) {
                    continue;
                }
                let stop = characters.get(last + 1).map_or(text.len(), |&(byte, _)| byte);
                out.push(Window { span: Span::new(characters[first].0, stop), words: 0 });
            }
        }
        at = end + 1;
    }
    out
}

/// Log-odds (nats) of a character in foreign names against ordinary Chinese text; negative where it is rare in
/// names.
fn transliteration(character: char) -> f64 {
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
