//! Which words of a passage have a partner in its translation. Finds nothing itself.

use crate::lang::Language;
use crate::lang::dictionary::{Dictionary, Knowledge};
use crate::lang::letters;
use crate::lang::stems::Stemmer;
use crate::lang::tokens::{self, Kind};
use crate::model::{Bead, Bitext, Span};

/// A word of one side.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where, in the passage.
    pub span: Span,
    /// Its number in the dictionary.
    pub stem: Option<u32>,
    /// Whether it is a function word.
    pub light: bool,
    /// Whether the dictionary knows no partner of it.
    pub unknown: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Summed probability of the word given the words of the other side.
    pub explained: f32,
    /// How surely one word of the other side is its partner.
    pub partner: f32,
    sounds: Sounds,
}

/// The words of a passage and of its translation, compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Coverage {
    /// Words of the source in order.
    pub source: Vec<Word>,
    /// Words of the target in order.
    pub target: Vec<Word>,
}

/// For the words of each side the place and sureness of the one that translates them.
#[derive(Debug, Clone, Default)]
pub(super) struct Partners {
    /// Of the source's words.
    pub source: Vec<Option<(usize, f32)>>,
    /// Of the target's words.
    pub target: Vec<Option<(usize, f32)>>,
}

/// Consonants of a word by class, the first twelve.
#[derive(Debug, Clone, Copy, Default)]
struct Sounds {
    classes: [u8; 12],
    count: u8,
}

/// The words of every bead, in order of the beads.
pub(super) fn compare(bitext: &Bitext, knowledge: &Knowledge) -> Vec<Coverage> {
    let (source, target) = (&bitext.source, &bitext.target);
    let dictionary = knowledge.dictionary(source.language, target.language);
    let passage = |bead: &Bead| {
        let from = bitext.source_span(bead).map_or("", |span| source.excerpt(span));
        let to = bitext.target_span(bead).map_or("", |span| target.excerpt(span));
        Coverage::of(&dictionary, (from, source.language), (to, target.language))
    };
    bitext.beads.iter().map(passage).collect()
}

impl Coverage {
    /// Compares two passages.
    pub(super) fn of(dictionary: &Dictionary, source: (&str, &Language), target: (&str, &Language)) -> Self {
        let mut own = Self {
            source: words(source.0, source.1, |stem| {
                let number = dictionary.source.get(stem);
                (number, number.is_some_and(|number| dictionary.source.is_light(number)))
            }),
            target: words(target.0, target.1, |stem| {
                let number = dictionary.target.get(stem);
                (number, number.is_some_and(|number| dictionary.target.is_light(number)))
            }),
        };
        for word in &mut own.target {
            word.unknown = word.stem.is_none_or(|stem| !dictionary.is_partner(stem));
        }
        own.look_up(dictionary);
        own.compare_sounds(source, target);
        own
    }

    fn look_up(&mut self, dictionary: &Dictionary) {
        let mut places: Vec<(u32, usize)> =
            self.target.iter().enumerate().filter_map(|(at, word)| Some((word.stem?, at))).collect();
        places.sort_unstable();
        for word in &mut self.source {
            let Some(stem) = word.stem else { continue };
            let partners = dictionary.partners(stem);
            word.unknown = partners.is_empty();
            let mut next = 0;
            for &(other, at) in &places {
                while next < partners.len() && partners[next].stem < other {
                    next += 1;
                }
                let Some(partner) = partners.get(next) else { break };
                if partner.stem == other {
                    let there = &mut self.target[at];
                    there.explained += partner.there;
                    word.explained += partner.back;
                    there.partner = there.partner.max(partner.sure);
                    word.partner = word.partner.max(partner.sure);
                }
            }
        }
    }

    /// The word of the other side that most surely translates each word: of the source, and of the target. `None`
    /// where the dictionary knows of none.
    pub(super) fn partners(&self, dictionary: &Dictionary) -> Partners {
        let mut own =
            Partners { source: vec![None; self.source.len()], target: vec![None; self.target.len()] };
        let surer = |known: Option<(usize, f32)>, sure: f32| known.is_none_or(|(_, before)| sure > before);
        for (at, word) in self.source.iter().enumerate() {
            let Some(stem) = word.stem else { continue };
            let partners = dictionary.partners(stem);
            for (there, other) in self.target.iter().enumerate() {
                let Some(number) = other.stem else { continue };
                let Ok(found) = partners.binary_search_by_key(&number, |partner| partner.stem) else {
                    continue;
                };
                let sure = partners[found].sure;
                if surer(own.source[at], sure) {
                    own.source[at] = Some((there, sure));
                }
                if surer(own.target[there], sure) {
                    own.target[there] = Some((at, sure));
                }
            }
        }
        own
    }

    /// Words that look or sound alike.
    fn compare_sounds(&mut self, source: (&str, &Language), target: (&str, &Language)) {
        for word in &mut self.source {
            if word.light || word.sounds.count < 2 {
                continue;
            }
            for other in &mut self.target {
                if other.light || word.sounds.count.abs_diff(other.sounds.count) > 1 {
                    continue;
                }
                let mut alike = word.sounds.likeness(&other.sounds, word.capital && other.capital);
                if alike < 0.9
                    && word.span.len() == other.span.len()
                    && word.span.of(source.0) == other.span.of(target.0)
                {
                    alike = 0.95;
                }
                if alike > 0.0 {
                    word.partner = word.partner.max(alike);
                    other.partner = other.partner.max(alike);
                    word.explained += alike;
                    other.explained += alike;
                }
            }
        }
    }
}

impl Sounds {
    fn of(word: &str) -> Self {
        let mut own = Self::default();
        let Some(latin) = letters::latin(word) else { return own };
        for (place, class) in own.classes.iter_mut().zip(letters::sounds(&latin)) {
            *place = class;
            own.count += 1;
        }
        own
    }

    fn likeness(&self, other: &Self, names: bool) -> f32 {
        if self.count.max(other.count) < 3 {
            return 0.0;
        }
        if self.classes == other.classes {
            return match self.count {
                3 if names => 0.8,
                3 => 0.5,
                4 => 0.8,
                _ => 0.9,
            };
        }
        let count = usize::from(self.count.min(other.count));
        let same =
            self.classes[..count].iter().zip(&other.classes[..count]).take_while(|(a, b)| a == b).count();
        // One more or one other at the end: an ending.
        if same >= 4 && same + 1 >= usize::from(self.count.max(other.count)) { 0.6 } else { 0.0 }
    }
}

/// Words of a passage that are compared: every word is compared with every other, and no sentence has as many.
const MOST_WORDS: usize = 1_000;

/// Letters that a word of a script without spaces has at most.
const LONGEST: usize = 12;

fn words(text: &str, language: &Language, look: impl Fn(&str) -> (Option<u32>, bool)) -> Vec<Word> {
    let stemmer = Stemmer::new(language);
    let mut buffer = String::new();
    let mut folded = String::new();
    let mut out = Vec::with_capacity(text.len() / 6);
    for token in tokens::tokens(text, language) {
        if token.kind != Kind::Word {
            continue;
        }
        if out.len() > MOST_WORDS {
            break;
        }
        let stem = stemmer.stem(token.text, &mut buffer);
        if stem.is_empty() {
            continue;
        }
        let (number, light) = look(stem);
        if number.is_none() && !language.spaced && parts(&token, &look, &mut out) {
            continue;
        }
        folded.clear();
        folded.push_str(stem);
        let light = light || folded.chars().nth(1).is_none() && language.spaced;
        out.push(Word {
            span: Span::new(token.start, token.end()),
            stem: number,
            light,
            unknown: true,
            capital: token.capital,
            explained: 0.0,
            partner: 0.0,
            sounds: if light { Sounds::default() } else { Sounds::of(&folded) },
        });
    }
    out
}

/// The longest known words that an unknown one of a script without spaces begins with, one after another. Whether all
/// of it was used up.
fn parts(token: &tokens::Token<'_>, look: impl Fn(&str) -> (Option<u32>, bool), out: &mut Vec<Word>) -> bool {
    let before = out.len();
    let mut start = 0;
    while start < token.text.len() {
        let rest = token.text.get(start..).unwrap_or_default();
        let ends = rest.char_indices().take(LONGEST).map(|(at, letter)| at + letter.len_utf8());
        let Some((end, (stem, light))) = ends
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .map(|end| (end, look(rest.get(..end).unwrap_or_default())))
            .find(|(_, (stem, _))| stem.is_some())
        else {
            out.truncate(before);
            return false;
        };
        out.push(Word {
            span: Span::new(token.start + start, token.start + start + end),
            stem,
            light,
            unknown: true,
            capital: false,
            explained: 0.0,
            partner: 0.0,
            sounds: Sounds::default(),
        });
        start += end;
    }
    true
}
