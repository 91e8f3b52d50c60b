//! Names that became words, where words are not separated.

use super::surname_words::Renamed;
use crate::lang::surnames::Surnames;
use crate::lang::surnames::speech::{self, Order};
use crate::lang::{tables, text};
use crate::model::{Document, Span};

/// The same where words are not separated: behind the dot or space after a given name, or before a form of address.
pub(super) fn unspaced(document: &Document, table: &Surnames) -> Vec<Renamed> {
    let language = document.language;
    let behind = tables::behind_names(language);
    let mut out: Vec<Renamed> = Vec::new();
    for row in table.rows() {
        let named = row.right().iter().filter(|right| !right.is_ascii()).find_map(|right| {
            let places: Vec<Place<'_>> = places(document, right, behind).collect();
            (!places.is_empty()).then_some((*right, places))
        });
        let Some((usual, named)) = named else { continue };
        for wrong in row.wrong() {
            let found: Vec<Place<'_>> = places(document, wrong, behind).collect();
            let free = |span: Span, out: &[Renamed]| !out.iter().any(|other| other.span.overlaps(span));
            for span in speakers(document, wrong, &found) {
                if free(span, &out) {
                    let (word, usual) = ((*wrong).to_owned(), usual.to_owned());
                    out.push(Renamed { span, word, usual, confidence: 0.7 });
                }
            }
            for place in found {
                let known = named.iter().any(|other| other.given.is_some() && other.given == place.given);
                let same = known || place.given.is_none() && place.addressed && !place.inside;
                if same && free(place.span, &out) {
                    out.push(Renamed {
                        span: place.span,
                        word: (*wrong).to_owned(),
                        usual: usual.to_owned(),
                        confidence: if known { 0.85 } else { 0.75 },
                    });
                }
            }
        }
    }
    out.sort_unstable_by_key(|renamed| renamed.span);
    out
}

/// Where a word opens sentences that say that it spoke; none where it stands otherwise too.
fn speakers(document: &Document, word: &str, places: &[Place<'_>]) -> Vec<Span> {
    let Some(speech) = speech::of(document.language) else { return Vec::new() };
    let mut out = Vec::new();
    for segment in document.prose() {
        let written = document.excerpt(segment.span);
        for (at, _) in written.match_indices(word) {
            let span = Span::new(at, at + word.len()).shift(segment.span.start);
            if places.iter().any(|place| place.span.overlaps(span)) {
                continue;
            }
            let before = written.get(..at).unwrap_or_default().chars().next_back();
            let rest = written.get(at + word.len()..).unwrap_or_default();
            let opens = before.is_none_or(|sign| {
                text::is_quote(sign) || matches!(sign, '。' | '！' | '？' | '」' | '』' | '\n')
            });
            let says = match speech.order {
                Order::End => {
                    speech.glued().find_map(|particle| rest.strip_prefix(particle)).is_some_and(|rest| {
                        let sentence = rest.split('。').next().unwrap_or_default();
                        speech.verbs.iter().any(|verb| sentence.contains(verb))
                    })
                }
                Order::After | Order::Before => {
                    let rest = rest.trim_start_matches(' ');
                    speech.verbs.iter().any(|verb| rest.starts_with(verb))
                }
            };
            if !(opens && says) {
                return Vec::new();
            }
            out.push(span);
        }
    }
    out
}

/// Where a name or word stands as the name of somebody.
struct Place<'a> {
    span: Span,
    /// The last letters of the given name before it.
    given: Option<&'a str>,
    /// Whether a form of address is behind it.
    addressed: bool,
    /// Whether a longer word may hold it.
    inside: bool,
}

/// Letters by which given names are told apart.
const TOLD_BY: usize = 2;

/// The places of a text where a word stands behind a given name or before a form of address.
fn places<'a>(
    document: &'a Document,
    word: &'a str,
    behind: &'a [&'a str],
) -> impl Iterator<Item = Place<'a>> + 'a {
    document.prose().flat_map(move |segment| {
        let written = document.excerpt(segment.span);
        written.match_indices(word).filter_map(move |(at, _)| {
            let before = written.get(..at).unwrap_or_default();
            let rest = written.get(at + word.len()..).unwrap_or_default();
            let last = before.chars().next_back();
            let next = rest.chars().next();
            let addressed = behind.iter().any(|form| rest.starts_with(form));
            let longer = |letter: Option<char>| {
                letter.is_some_and(|letter| letter.is_alphabetic() && !is_hiragana(letter))
            };
            // A run of katakana is one word.
            let cut = |one: Option<char>, other: Option<char>| {
                one.is_some_and(is_katakana) && other.is_some_and(is_katakana)
            };
            if cut(last, word.chars().next()) || cut(word.chars().next_back(), next) {
                return None;
            }
            let joined = before
                .strip_suffix(['·', '・', '‧', '•', '＝', ' '])
                .filter(|given| given.ends_with(char::is_alphabetic) || given.ends_with('ー'));
            let given = joined.map(|given| {
                let from = given.char_indices().rev().nth(TOLD_BY - 1).map_or(0, |(at, _)| at);
                given.get(from..).unwrap_or_default()
            });
            let inside = longer(last) && (word.chars().count() < 2 || last.is_some_and(is_katakana));
            let span = Span::new(at, at + word.len()).shift(segment.span.start);
            (given.is_some() && (addressed || !longer(next) || word.chars().count() > 1) || addressed)
                .then_some(Place { span, given, addressed, inside })
        })
    })
}

fn is_katakana(letter: char) -> bool {
    matches!(letter, '\u{30a1}'..='\u{30fa}' | 'ー')
}

fn is_hiragana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{309f}')
}
