//! Names that were translated word by word: the target has a rendering of the surname as a word, behind the right given
//! name, or of every word of the name. What `name-translated` finds by a dictionary.

use super::persons::named;
use crate::lang::dictionary::Dictionary;
use crate::lang::text::{fold, is_capitalised};
use crate::lang::{gazetteer, lexis, words};
use crate::model::{Bead, Bitext, NameKind, Span};
use crate::names::Matcher;

/// How sure a dictionary must be that one word stands for another.
const SURE: f32 = 0.5;

/// Probability from which two words are one name, and under which they are surely not.
const SAME: f64 = 0.5;
const OTHER: f64 = 0.1;

/// How certain a person must be.
const CERTAIN: f64 = 0.9;

/// Words that may stand between two words of a translated name.
const BETWEEN: usize = 2;

/// A name of the source and what it became.
pub(super) struct Translated {
    pub(super) source: Span,
    pub(super) target: Span,
}

/// The names of a bead that became words.
pub(super) fn of(bitext: &Bitext, bead: &Bead, dictionary: &Dictionary) -> Vec<Translated> {
    let Some(whole) = bitext.target_span(bead) else { return Vec::new() };
    let persons: Vec<Span> = named(&bitext.source, bead.source.clone())
        .into_iter()
        .filter(|(_, name)| name.kind == NameKind::Person && name.certainty >= CERTAIN)
        .map(|(mention, _)| mention.span)
        .collect();
    if persons.is_empty() || dictionary.is_empty() {
        return Vec::new();
    }
    let target = Target::read(bitext, whole, dictionary);
    persons.into_iter().filter_map(|span| target.translates(span)).collect()
}

/// The words of the target's passage.
struct Target<'a> {
    bitext: &'a Bitext,
    dictionary: &'a Dictionary,
    words: Vec<(&'a str, Span)>,
    stems: Vec<Option<u32>>,
}

impl<'a> Target<'a> {
    fn read(bitext: &'a Bitext, whole: Span, dictionary: &'a Dictionary) -> Self {
        let text = bitext.target.excerpt(whole);
        let words: Vec<(&str, Span)> = words::segmented(text)
            .into_iter()
            .map(|word| (word.text, Span::new(word.start, word.end()).shift(whole.start)))
            .collect();
        let mut buffer = String::new();
        let stem = |word: &str| dictionary.target.get(dictionary.target.stem(word, &mut buffer));
        let stems = words.iter().map(|(word, _)| *word).map(stem).collect();
        Self { bitext, dictionary, words, stems }
    }

    fn translates(&self, name: Span) -> Option<Translated> {
        let written = self.bitext.source.excerpt(name);
        let parts: Vec<(&str, Span)> = words::words(written)
            .map(|word| (word.text, Span::new(word.start, word.end()).shift(name.start)))
            .collect();
        let (&(given, _), &(surname, at)) = (parts.first()?, parts.last()?);
        if parts.len() < 2 {
            return None;
        }
        if let Some(first) = self.words.iter().position(|(word, _)| self.is_same(given, word)) {
            let becomes = self.partners(surname)?;
            let found = (first + 1..self.words.len().min(first + 2 + BETWEEN))
                .find(|&index| self.is_word(index, &becomes))
                .filter(|&index| self.is_surname(first, index))?;
            let rendered = self.words.iter().any(|(word, _)| self.may_be(surname, word));
            return (!rendered).then_some(Translated { source: at, target: self.words[found].1 });
        }
        self.whole(name, &parts)
    }

    /// Every word of a name as a word, in order.
    fn whole(&self, name: Span, parts: &[(&str, Span)]) -> Option<Translated> {
        let language = self.bitext.source.language;
        let content: Vec<&str> =
            parts.iter().map(|part| part.0).filter(|part| is_capitalised(part)).collect();
        // Two words without anything between them are too often a body, or a point of the compass.
        let tied = content.len() < parts.len() || content.len() > 2;
        if content.len() < 2 || !tied || !language.cased {
            return None;
        }
        let becomes: Vec<Vec<u32>> =
            content.iter().map(|part| self.partners(part)).collect::<Option<Vec<_>>>()?;
        let mut places: Vec<usize> = Vec::new();
        for stems in &becomes {
            let from = places.last().map_or(0, |last| last + 1);
            let to = places.last().map_or(self.words.len(), |last| self.words.len().min(last + 2 + BETWEEN));
            places.push((from..to).find(|&index| self.is_word(index, stems))?);
        }
        let rendered = content.iter().any(|part| self.words.iter().any(|(word, _)| self.may_be(part, word)));
        let (first, last) = (*places.first()?, *places.last()?);
        let capitals = !self.bitext.target.language.cased
            || places.iter().all(|&index| is_capitalised(self.words[index].0));
        (!rendered && capitals)
            .then(|| Translated { source: name, target: self.words[first].1.join(self.words[last].1) })
    }

    /// What a word of the source may become, where its language has it as a word.
    fn partners(&self, word: &str) -> Option<Vec<u32>> {
        let language = self.bitext.source.language;
        if language.spaced && !lexis::known(&language.lower(word), language) {
            return None;
        }
        let mut buffer = String::new();
        let stem = self.dictionary.source.get(self.dictionary.source.stem(word, &mut buffer))?;
        let sure = self.dictionary.partners(stem).iter().filter(|partner| partner.sure >= SURE);
        Some(sure.map(|partner| partner.stem).collect())
    }

    fn is_word(&self, index: usize, stems: &[u32]) -> bool {
        self.stems[index].is_some_and(|stem| stems.contains(&stem))
    }

    /// Whether a word stands where the surname belongs: beside the given name, or behind an article, with a capital where
    /// the script has them, and no given name itself.
    fn is_surname(&self, first: usize, index: usize) -> bool {
        let language = self.bitext.target.language;
        let word = self.words[index].0;
        let between = Span::new(self.words[first].1.end, self.words[index].1.start);
        let between = self.bitext.target.excerpt(between);
        let joined =
            index == first + 1 && between.chars().count() <= 2 && !between.contains([',', '，', '、', '،']);
        joined && (!language.cased || is_capitalised(word)) && !gazetteer::is_given_name(word)
    }

    fn is_same(&self, name: &str, word: &str) -> bool {
        fold(name) == fold(word) || self.probability(name, word) >= SAME
    }

    fn may_be(&self, name: &str, word: &str) -> bool {
        fold(name) == fold(word) || self.probability(name, word) >= OTHER
    }

    fn probability(&self, name: &str, word: &str) -> f64 {
        let (from, to) = (self.bitext.source.language, self.bitext.target.language);
        Matcher::probability(name, &from.tag, word, &to.tag)
    }
}
