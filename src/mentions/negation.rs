//! Negation: the words and word parts that deny.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::phrases::{Line, Phrases, is_letter};
use crate::lang::{Language, profile::Negation, text::is_unspaced};
use crate::model::Span;

struct Cues {
    phrases: Phrases<Meaning>,
    /// Words of these shapes negate, unless they are of those below.
    carriers: Vec<Shape>,
    not_carriers: Vec<Shape>,
    strong: Phrases<()>,
    strong_shapes: Vec<Shape>,
    /// Whether all that negates is strong.
    all_strong: bool,
    only: Phrases<()>,
    verb_final: bool,
    covers: Vec<Shape>,
    not_covers: Vec<Shape>,
    concord: bool,
    alternates: Vec<Vec<char>>,
    support: Phrases<()>,
    not_before: Phrases<()>,
    not_after: Phrases<()>,
}

/// What a listed phrase does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Negates,
    /// May render a negation of another language.
    May,
    /// Holds a negation, and is often rendered without: *don't forget*, *remember*.
    Either,
    /// Only looks like a negation.
    Nothing,
}

/// A word with stars for any letters.
struct Shape {
    begins: String,
    ends: String,
    holds: String,
    whole: bool,
}

impl Shape {
    fn new(text: &str, language: &Language) -> Self {
        let plain =
            |text: &str| Line::new(text, language).glyphs.iter().map(|glyph| glyph.character).collect();
        let parts: Vec<&str> = text.split('*').collect();
        match parts[..] {
            [whole] => Self { begins: plain(whole), ends: String::new(), holds: String::new(), whole: true },
            ["", inner, ""] => {
                Self { begins: String::new(), ends: String::new(), holds: plain(inner), whole: false }
            }
            [first, .., last] => {
                Self { begins: plain(first), ends: plain(last), holds: String::new(), whole: false }
            }
            [] => Self { begins: String::new(), ends: String::new(), holds: String::new(), whole: true },
        }
    }

    fn fits(&self, word: &str) -> bool {
        if self.whole {
            return word == self.begins;
        }
        let longer = word.len() > self.begins.len() + self.ends.len();
        (longer || self.is_stem(word))
            && word.starts_with(self.begins.as_str())
            && word.ends_with(self.ends.as_str())
            && (self.holds.is_empty() || word.find(self.holds.as_str()).is_some_and(|at| at > 1))
    }
}

impl Shape {
    /// Whether the word is the beginning of the shape and nothing else, long enough to be a word: `fail` of `fail*`.
    fn is_stem(&self, word: &str) -> bool {
        self.ends.is_empty() && self.begins == word && word.chars().nth(SHORTEST_STEM - 1).is_some()
    }
}

/// Letters from which the beginning of a shape is a word by itself.
const SHORTEST_STEM: usize = 4;

fn cues(language: &'static Language) -> Option<&'static Cues> {
    static CACHE: OnceLock<Mutex<BTreeMap<usize, Option<&'static Cues>>>> = OnceLock::new();
    let key = std::ptr::from_ref(language) as usize;
    let mut cache = CACHE.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    // Profiles live for the whole run, so a table for each is no leak.
    *cache.entry(key).or_insert_with(|| {
        let negation = language.negation.as_ref()?;
        Some(Box::leak(Box::new(make(negation, language))))
    })
}

fn make(negation: &Negation, language: &Language) -> Cues {
    let mut phrases = Phrases::default();
    for phrase in &negation.words {
        *phrases.entry(phrase, language) = Some(Meaning::Negates);
    }
    let has_star = |phrase: &&String| phrase.contains('*');
    let (taken, covers): (Vec<&String>, Vec<&String>) =
        negation.covers.iter().partition(|cover| cover.starts_with('!'));
    let (sayings, covers): (Vec<&String>, Vec<&String>) =
        covers.into_iter().partition(|cover| cover.contains(' '));
    let covers: Vec<Shape> = covers.into_iter().map(|cover| Shape::new(cover, language)).collect();
    for phrase in negation.not_negation.iter().filter(|phrase| !has_star(phrase)) {
        let renders = covers.iter().any(|cover| cover.fits(phrase));
        *phrases.entry(phrase, language) = Some(if renders { Meaning::May } else { Meaning::Nothing });
    }
    for phrase in sayings {
        *phrases.entry(phrase, language) = Some(Meaning::Either);
    }
    let shapes = |list: &[String]| -> Vec<Shape> {
        list.iter().filter(has_star).map(|shape| Shape::new(shape, language)).collect()
    };
    let with_star = |before: &str, part: &String, behind: &str| {
        let part = part.trim_matches('-');
        if part.contains('*') { part.to_owned() } else { format!("{before}{part}{behind}") }
    };
    let carriers = (negation.prefixes.iter().map(|prefix| with_star("", prefix, "*")))
        .chain(negation.suffixes.iter().map(|suffix| with_star("*", suffix, "")));
    let mut strong = Phrases::default();
    for phrase in negation.strong.iter().filter(|phrase| !has_star(phrase)) {
        *strong.entry(phrase, language) = Some(());
    }
    let table = |phrases: &[String]| {
        let mut table = Phrases::default();
        for phrase in phrases {
            *table.entry(phrase, language) = Some(());
        }
        table
    };
    Cues {
        carriers: carriers.map(|shape| Shape::new(&shape, language)).collect(),
        not_carriers: shapes(&negation.not_negation),
        strong,
        strong_shapes: shapes(&negation.strong),
        all_strong: negation.strong.is_empty(),
        only: table(&negation.only),
        verb_final: negation.verb_final,
        covers,
        not_covers: taken
            .into_iter()
            .map(|cover| Shape::new(cover.trim_start_matches('!'), language))
            .collect(),
        phrases,
        concord: negation.concord,
        alternates: negation.alternates.iter().map(|ending| ending.chars().collect()).collect(),
        support: table(&negation.support.words),
        not_before: table(&negation.support.not_before),
        not_after: table(&negation.support.not_after),
    }
}

/// Words in which a second cue still belongs to the first one: `ne … pas`, `no … nada`.
const CONCORD_REACH: usize = 6;

/// What a word or phrase does to what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Denies; no translation can do without one.
    Denies,
    /// Denies, but is often rendered in another way.
    Weak,
    /// May render a negation of another language: `only`, `unable`, `refused`.
    May,
    /// Holds a negation that other languages do without: `don't forget`, `whether or not`.
    Either,
}

impl Role {
    /// Whether it counts as a negation in any case.
    pub fn denies(self) -> bool {
        matches!(self, Self::Denies | Self::Weak)
    }
}

/// A word or phrase of negation in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// Where.
    pub span: Span,
    /// What it does.
    pub role: Role,
}

/// Characters between a negation and the *only* that belongs to it, at most.
const ONLY_REACH: usize = 24;

/// The negations of a text, in order of place; cues that deny once together are one span.
pub fn negations(text: &str, language: &'static Language) -> Vec<Span> {
    let denies = read(text, language).into_iter().filter(|cue| cue.role.denies());
    denies.map(|cue| cue.span).collect()
}

/// Everything in a text that denies or may render a negation, in order of place.
pub fn read(text: &str, language: &'static Language) -> Vec<Cue> {
    let Some(cues) = cues(language) else { return Vec::new() };
    let line = Line::new(text, language);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut may: Vec<(usize, usize)> = Vec::new();
    let mut either: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < line.glyphs.len() {
        if let Some(end) = cues.cover_within(&line, at) {
            may.push((at, end));
        }
        if !line.is_edge(at) || !(is_letter(line.at(at)) || line.at(at) == '\'') {
            at += 1;
            continue;
        }
        if let Some((end, &meaning)) = cues.phrases.longest(&line, at) {
            match meaning {
                Meaning::Negates => found.push((at, end)),
                Meaning::May => may.push((at, end)),
                Meaning::Either => either.push((at, end)),
                Meaning::Nothing => {}
            }
            at = end.max(at + 1);
            continue;
        }
        if is_unspaced(line.at(at)) {
            at += 1;
            continue;
        }
        let mut end = line.word_end(at).max(at + 1);
        let short = end;
        while line.at(end) == '\'' && is_letter(line.at(end + 1)) {
            end = line.word_end(end + 1);
        }
        let word: String = line.characters(at, end).collect();
        let carried = cues.carriers.iter().any(|shape| shape.fits(&word))
            && !cues.not_carriers.iter().any(|shape| shape.fits(&word));
        if carried && cues.alternates_at(&line, at, end) {
            may.push((at, end));
        } else if carried {
            found.push((at, end));
        } else if cues.may_render(&line.characters(at, short).collect::<String>()) {
            may.push((at, short));
        }
        // Elision leaves a cue inside what looks like one word: l'un, n'est, qu'aucun.
        at = if carried { end } else { short };
    }
    if cues.concord {
        found = cues.agree(&line, &found);
    }
    found.retain(|&(start, end)| !cues.only_beside(&line, start, end));
    let strong = |start: usize, end: usize| cues.is_strong(&line, start, end);
    let place = |start: usize, end: usize| Span::new(line.byte(start), line.byte_end(end));
    let denies = found.into_iter().map(|(start, end)| {
        let role = if strong(start, end) { Role::Denies } else { Role::Weak };
        Cue { span: place(start, end), role }
    });
    let mut out: Vec<Cue> = denies.collect();
    let taken: Vec<Span> = out.iter().map(|cue| cue.span).collect();
    let may = may.into_iter().map(|(start, end)| Cue { span: place(start, end), role: Role::May });
    out.extend(either.into_iter().map(|(start, end)| Cue { span: place(start, end), role: Role::Either }));
    out.extend(may.filter(|cue| !taken.iter().any(|span| span.overlaps(cue.span))));
    out.sort_by_key(|cue| cue.span);
    out
}

/// Auxiliaries that carry a negation, in statements where none is near: *they did leave*.
pub fn unused_support(text: &str, language: &'static Language) -> Vec<Span> {
    let Some(cues) = cues(language) else { return Vec::new() };
    let line = Line::new(text, language);
    let starts = (0..line.glyphs.len()).filter(|&at| line.is_edge(at) && is_letter(line.at(at)));
    let found = starts.filter_map(|at| Some((at, cues.support.whole(&line, at)?.0)));
    found
        .filter(|&(at, end)| {
            // A word before it and one behind, in the same clause: else it asks, or stands for another verb.
            let (before, next) = (at.saturating_sub(1), end + 1);
            let between_words = line.at(end) == ' '
                && is_letter(line.at(next))
                && line.before(at) == ' '
                && is_letter(line.before(before));
            between_words
                && cues.not_before.whole(&line, next).is_none()
                && cues
                    .not_after
                    .whole(&line, line.word_start(before))
                    .is_none_or(|(last, ())| last != before)
        })
        .map(|(at, end)| Span::new(line.byte(at), line.byte_end(end)))
        .collect()
}

/// Whether a language lets two words deny once.
pub fn agrees(language: &'static Language) -> bool {
    cues(language).is_some_and(|cues| cues.concord)
}

impl Cues {
    /// Whether no translation can do without what denies from one index to another.
    fn is_strong(&self, line: &Line<'_>, start: usize, end: usize) -> bool {
        if self.all_strong {
            return true;
        }
        (start..end).filter(|&at| line.is_edge(at)).any(|at| {
            let listed = self.strong.whole(line, at).is_some_and(|(last, ())| last <= end);
            listed
                || !self.strong_shapes.is_empty() && {
                    let word: String = line.characters(at, line.word_end(at).min(end)).collect();
                    self.strong_shapes.iter().any(|shape| shape.fits(&word))
                }
        })
    }

    /// Whether *only* stands at the cue, on the side where the verb is: what is not only so, is so.
    fn only_beside(&self, line: &Line<'_>, start: usize, end: usize) -> bool {
        let reach = if self.verb_final {
            start.saturating_sub(ONLY_REACH)..end
        } else {
            start..(end + ONLY_REACH).min(line.glyphs.len())
        };
        let clause = |at: usize| {
            let (first, last) = if at < start { (at, start) } else { (end, at) };
            line.characters(first, last)
                .any(|letter| matches!(letter, ',' | '.' | ';' | '!' | '?' | '。' | '、' | '؛'))
        };
        reach.into_iter().any(|at| {
            let found = if is_unspaced(line.at(at)) {
                self.only.longest(line, at)
            } else {
                self.only.whole(line, at)
            };
            found.is_some() && !clause(at)
        })
    }

    /// Where a word that may render a negation ends, in a script without spaces.
    fn cover_within(&self, line: &Line<'_>, at: usize) -> Option<usize> {
        if !is_unspaced(line.at(at)) {
            return None;
        }
        let fits = |shape: &&Shape| {
            !shape.begins.is_empty()
                && shape.begins.chars().enumerate().all(|(offset, letter)| line.at(at + offset) == letter)
        };
        self.covers.iter().find(fits).map(|shape| at + shape.begins.chars().count())
    }

    /// Whether the word before is the same verb, so that both ask *whether or not*.
    fn alternates_at(&self, line: &Line<'_>, start: usize, end: usize) -> bool {
        let Some(last) = start.checked_sub(1).filter(|&last| line.at(last) == ' ') else { return false };
        let before: Vec<char> = line.characters(line.word_start(last), last).collect();
        self.alternates.iter().any(|ending| {
            let Some(stem) = before.strip_suffix(ending.as_slice()) else { return false };
            let same =
                stem.iter().copied().zip(line.characters(start, end)).take_while(|(a, b)| a == b).count();
            // A vowel between stem and ending changes with the ending: isteyip istemediği.
            same >= 2 && same + 1 >= stem.len()
        })
    }

    /// Joins cues that follow one another within a clause and deny once. The word that denies a verb, said again, denies
    /// another verb.
    fn agree(&self, line: &Line<'_>, found: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut out: Vec<(usize, usize)> = Vec::new();
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for &(start, end) in found {
            let again = self.is_strong(line, start, end)
                && joined.iter().any(|&(from, to)| line.characters(from, to).eq(line.characters(start, end)));
            if let Some(last) = out.last_mut()
                && !again
            {
                let between: Vec<char> = line.characters(last.1, start).collect();
                let words =
                    between.split(|character| !is_letter(*character)).filter(|word| !word.is_empty()).count();
                let clause = between.iter().any(|character| {
                    !is_letter(*character) && !matches!(character, ' ' | '\'' | '-' | '"' | '«' | '»')
                });
                if !clause && words <= CONCORD_REACH {
                    last.1 = end;
                    joined.push((start, end));
                    continue;
                }
            }
            joined = vec![(start, end)];
            out.push((start, end));
        }
        out
    }

    fn may_render(&self, word: &str) -> bool {
        self.covers.iter().any(|shape| shape.fits(word))
            && !self.not_covers.iter().any(|shape| shape.fits(word))
    }
}
