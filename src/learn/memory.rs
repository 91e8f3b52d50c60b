//! Names that an archive writes in both languages: words that always have a capital, and what always stands for them.

use std::collections::{BTreeMap, BTreeSet};

use super::Stemmer;
use crate::lang::Language;
use crate::lang::packs::Entry;
use crate::lang::text::fold;
use crate::lang::tokens::{self, Kind};
use crate::lang::vocabulary::Vocabulary;

/// How often a name is met at least.
const MET: u32 = 2;
/// Probability, both ways, from which a word stands for a name.
const STANDS: f32 = 0.5;
/// Letters of the shortest name.
const SHORTEST: usize = 3;

/// How the words of a side are written, by the number of their stem.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// With a capital inside a sentence, and otherwise.
    cases: BTreeMap<u32, (u32, u32)>,
    /// How often a stem is written so.
    forms: BTreeMap<u32, BTreeMap<String, u32>>,
    /// Whether capitals tell names.
    tells: bool,
}

impl Spellings {
    /// The words of one more sentence.
    pub(super) fn see(&mut self, text: &str, language: &Language, stems: &Vocabulary) {
        let capitals = language.typography.as_ref().map(|typography| &typography.capitals);
        // Where every noun has one, a capital tells nothing.
        self.tells = language.cased && !capitals.is_some_and(|list| list.iter().any(|entry| entry == "*"));
        let stemmer = Stemmer::new(language);
        let mut buffer = String::new();
        let mut opens = true;
        for token in tokens::tokens(text, language) {
            if token.kind != Kind::Word {
                opens |= token.kind == Kind::Mark && token.text != "," && token.text != "-";
                continue;
            }
            let stem = stemmer.stem(token.text, &mut buffer);
            if let Some(number) = stems.get(stem).filter(|_| token.text.chars().count() >= SHORTEST) {
                let name = token.capital && !opens;
                let cases = self.cases.entry(number).or_default();
                if name {
                    cases.0 += 1;
                } else if !token.capital {
                    cases.1 += 1;
                }
                if name || !language.cased || (!self.tells && token.capital) {
                    *self.forms.entry(number).or_default().entry(fold(token.text)).or_default() += 1;
                }
            }
            opens = false;
        }
    }

    fn is_name(&self, stem: u32) -> bool {
        self.tells
            && self.cases.get(&stem).is_some_and(|&(with, without)| with >= MET && without * 20 <= with)
    }

    /// The forms a stem is written in again and again.
    fn forms(&self, stem: u32) -> impl Iterator<Item = &str> {
        let forms = self.forms.get(&stem).into_iter().flatten();
        forms.filter(|&(_, &count)| count >= MET).map(|(form, _)| form.as_str())
    }

    /// Pairs of names, folded.
    pub(super) fn names(sides: (&Self, &Self), entries: &[Entry]) -> BTreeSet<(String, String)> {
        let (first, second) = sides;
        let mut out = BTreeSet::new();
        for entry in entries.iter().filter(|entry| entry.there.min(entry.back) >= STANDS) {
            // One side tells, and the other does not speak against it.
            let against = |side: &Self, stem| side.tells && !side.is_name(stem);
            let named = first.is_name(entry.first) || second.is_name(entry.second);
            if !named || against(first, entry.first) || against(second, entry.second) {
                continue;
            }
            for one in first.forms(entry.first) {
                out.extend(second.forms(entry.second).map(|other| (one.to_owned(), other.to_owned())));
            }
        }
        out
    }
}
