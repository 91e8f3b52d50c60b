//! What is known of the words of two languages: which stems translate which, and how surely. Made on first use of the
//! pair from the bundled tables and the packs of the user, then shared by all threads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::packs::{Model, Pack, Parts, Table};
use super::stems::Stemmer;
use super::text::is_unspaced;
use super::tokens::{self, Kind};
use super::vocabulary::Vocabulary;
use super::{Language, lexicon};

/// Word tables learnt from public texts: `packs/README.md`.
static WORDS: &[u8] = include_bytes!("packs/words.pack");
/// Word sequences, by language.
static SEQUENCES: &[(&str, &[u8])] = &[("en", include_bytes!("packs/en.pack"))];

/// All that was learnt from texts: what is bundled, and the packs of the user.
#[derive(Debug, Default)]
pub struct Knowledge {
    packs: Vec<Pack>,
    pairs: Mutex<BTreeMap<(String, String), Arc<Dictionary>>>,
    models: Mutex<BTreeMap<String, Option<Arc<Model>>>>,
}

static BUNDLED: OnceLock<Knowledge> = OnceLock::new();

impl Knowledge {
    /// What is bundled alone.
    pub fn bundled() -> &'static Self {
        BUNDLED.get_or_init(Self::default)
    }

    /// What is bundled, and these packs.
    pub fn with(packs: Vec<Pack>) -> Self {
        Self { packs, ..Self::default() }
    }

    /// What is known of the words of a pair.
    pub fn dictionary(&self, source: &Language, target: &Language) -> Arc<Dictionary> {
        let key = (source.tag.clone(), target.tag.clone());
        let mut pairs = self.pairs.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(pairs.entry(key).or_insert_with(|| Arc::new(Dictionary::new(source, target, &self.packs))))
    }

    /// What is known of the words of a pair, directly and by way of the language that all word tables share.
    pub fn bridge(&self, source: &Language, target: &Language) -> Bridge {
        let direct = self.dictionary(source, target);
        let far =
            [source, target].iter().all(|language| language.primary() != HUB) && source.tag != target.tag;
        let through = super::find(HUB)
            .filter(|_| far)
            .map(|hub| (self.dictionary(source, hub), self.dictionary(hub, target)));
        Bridge { direct, through }
    }

    /// Whether a word list of the user has the word, in small letters.
    pub fn has_word(&self, word: &str, language: &Language) -> bool {
        let own = self.packs.iter().flat_map(|pack| &pack.lists);
        own.filter(|list| list.language == language.primary()).any(|list| list.has(word))
    }

    /// Whether the archives of the user write the one name for the other.
    pub fn names_alike(&self, (one, from): (&str, &Language), (other, to): (&str, &Language)) -> bool {
        let names = self.packs.iter().flat_map(|pack| &pack.names);
        names.into_iter().any(|names| names.has((one, from.primary()), (other, to.primary())))
    }

    /// What follows what in a language. A pack of the user stands before what is bundled.
    pub(crate) fn model(&self, language: &Language) -> Option<Arc<Model>> {
        let tag = language.primary();
        let mut models = self.models.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = models.get(tag) {
            return known.clone();
        }
        let own =
            self.packs.iter().flat_map(|pack| &pack.models).find(|model| model.language == tag).cloned();
        let model = own.or_else(|| {
            let (_, bytes) = SEQUENCES.iter().find(|(own, _)| *own == tag)?;
            Parts::bundled(bytes).model(tag)
        });
        let model = model.map(Arc::new);
        models.insert(tag.to_owned(), model.clone());
        model
    }
}

/// The language that every bundled word table has on one side.
const HUB: &str = "en";

/// The dictionary of a pair, and two that lead from one language to the other by way of a third.
#[derive(Debug, Clone)]
pub struct Bridge {
    /// Of the pair itself.
    pub direct: Arc<Dictionary>,
    /// From the source to the third language, and from there to the target.
    pub through: Option<(Arc<Dictionary>, Arc<Dictionary>)>,
}

/// One partner of a stem.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Partner {
    /// The stem on the other side.
    pub stem: u32,
    /// Probability of the partner given the stem.
    pub there: f32,
    /// Probability of the stem given the partner.
    pub back: f32,
    /// How surely one can stand for the other at all.
    pub sure: f32,
}

/// How sure the lexicon is of a rendering of one word, of a word of several, of a word it shares with many concepts.
const WRITTEN: f32 = 0.9;
const PART: f32 = 0.45;
/// Pairs of words that an archive must teach for the lengths of its sentences to tell anything.
const ENOUGH: usize = 500;
/// What a rendering gets of the probability, the most usual first.
const SHARES: [f32; 6] = [0.35, 0.2, 0.15, 0.1, 0.08, 0.05];

impl Partner {
    fn learnt(stem: u32, there: f32, back: f32) -> Self {
        Self { stem, there, back, sure: there.max(back).sqrt() * 0.9 }
    }

    fn written(stem: u32, ranks: (usize, usize), sure: f32) -> Self {
        let share = |rank: usize| SHARES.get(rank).copied().unwrap_or(0.04) * sure;
        Self { stem, there: share(ranks.1), back: share(ranks.0), sure }
    }
}

/// The words of a source language and of a target language, and which translates which.
#[derive(Debug, Default)]
pub struct Dictionary {
    /// Stems of the source.
    pub source: Stems,
    /// Stems of the target.
    pub target: Stems,
    starts: Vec<u32>,
    partners: Vec<Partner>,
    /// Stems of the target that are partners.
    translates: Vec<bool>,
    length: Option<(f64, f64)>,
    /// A stem of the source and a stem of the target that says the opposite, in order.
    opposites: Vec<(u32, u32)>,
}

/// Stems of one side.
#[derive(Debug, Default)]
pub struct Stems {
    words: Vocabulary,
    /// Stems of function words.
    light: Vec<bool>,
    stemmer: Option<Stemmer>,
    /// Stems of scripts without spaces by their characters.
    characters: OnceLock<BTreeMap<String, Vec<u32>>>,
}

impl Stems {
    /// The number of a stem.
    pub fn get(&self, stem: &str) -> Option<u32> {
        self.words.get(stem)
    }

    /// The stem of a word as written, into a buffer.
    pub fn stem<'a>(&self, word: &str, buffer: &'a mut String) -> &'a str {
        match self.stemmer {
            Some(stemmer) => stemmer.stem(word, buffer),
            None => "",
        }
    }

    /// Stems of a script without spaces that hold the character.
    pub fn with_character(&self, character: &str) -> &[u32] {
        let characters = self.characters.get_or_init(|| {
            let mut out: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for (number, word) in
                self.words.iter().enumerate().filter(|(_, word)| word.starts_with(is_unspaced))
            {
                for character in word.chars() {
                    let list = out.entry(character.to_string()).or_default();
                    if list.last() != Some(&(number as u32)) {
                        list.push(number as u32);
                    }
                }
            }
            out
        });
        characters.get(character).map_or(&[], Vec::as_slice)
    }

    /// The stem of a number.
    pub fn word(&self, number: u32) -> &str {
        self.words.word(number)
    }

    /// Whether function words have this stem.
    pub fn is_light(&self, number: u32) -> bool {
        self.light.get(number as usize).copied().unwrap_or_default()
    }

    /// Adds the words of a table; their numbers here.
    fn take_in(&mut self, words: &Vocabulary) -> Vec<u32> {
        if self.words.is_empty() {
            self.words = words.clone();
            return (0..words.len() as u32).collect();
        }
        words.iter().map(|word| self.words.add(word)).collect()
    }

    /// Number of stems.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn lighten(&mut self, language: &Language) {
        let stemmer = Stemmer::new(language);
        self.stemmer = Some(stemmer);
        let mut buffer = String::new();
        let listed = language.function_words.iter().flat_map(|functions| &functions.words);
        let mut stems: BTreeSet<u32> = BTreeSet::new();
        for phrase in listed {
            for token in tokens::tokens(phrase, language).iter().filter(|token| token.kind == Kind::Word) {
                let stem = stemmer.stem(token.text, &mut buffer);
                stems.insert(self.words.add(stem));
            }
        }
        self.light = vec![false; self.words.len()];
        for stem in stems {
            self.light[stem as usize] = true;
        }
    }
}

impl Dictionary {
    fn new(source: &Language, target: &Language, packs: &[Pack]) -> Self {
        let mut made = Self::default();
        let mut pairs: Vec<(u32, Partner)> = Vec::new();
        let (from, to) = (source.primary(), target.primary());
        let bundled = Parts::bundled(WORDS).table(from, to);
        let own = packs.iter().flat_map(|pack| &pack.tables).filter(|table| {
            let (a, b) = (table.languages.0.as_str(), table.languages.1.as_str());
            (a, b) == (from, to) || (a, b) == (to, from)
        });
        if let Some(table) = &bundled {
            made.add(table, from, &mut pairs);
        }
        for table in own {
            made.add(table, from, &mut pairs);
            if table.length.1 > 0.0 && table.entries.len() > ENOUGH {
                let mean = if table.languages.0 == from { table.length.0 } else { -table.length.0 };
                made.length = Some((mean, table.length.1));
            }
        }
        made.source.lighten(source);
        made.target.lighten(target);
        made.add_lexicon(source, target, &mut pairs);
        // The greatest of what several tables say.
        pairs.sort_by_key(|(stem, partner)| (*stem, partner.stem));
        made.starts = vec![0; made.source.len() + 1];
        let mut last = None;
        for (stem, partner) in pairs {
            if last == Some((stem, partner.stem))
                && let Some(kept) = made.partners.last_mut()
            {
                kept.there = kept.there.max(partner.there);
                kept.back = kept.back.max(partner.back);
                kept.sure = kept.sure.max(partner.sure);
                continue;
            }
            last = Some((stem, partner.stem));
            made.starts[stem as usize + 1] += 1;
            made.partners.push(partner);
        }
        made.translates = vec![false; made.target.len()];
        for partner in &made.partners {
            made.translates[partner.stem as usize] = true;
        }
        for stem in 0..made.source.len() {
            made.starts[stem + 1] += made.starts[stem];
        }
        made
    }

    fn add(&mut self, table: &Table, from: &str, pairs: &mut Vec<(u32, Partner)>) {
        let straight = table.languages.0 == from;
        let (first, second) = if straight {
            (&mut self.source, &mut self.target)
        } else {
            (&mut self.target, &mut self.source)
        };
        let (first, second) = (first.take_in(&table.first), second.take_in(&table.second));
        for entry in &table.entries {
            let (a, b) = (first[entry.first as usize], second[entry.second as usize]);
            pairs.push(if straight {
                (a, Partner::learnt(b, entry.there, entry.back))
            } else {
                (b, Partner::learnt(a, entry.back, entry.there))
            });
        }
    }

    fn add_lexicon(&mut self, source: &Language, target: &Language, pairs: &mut Vec<(u32, Partner)>) {
        let mut readers = (Renderings::new(source), Renderings::new(target));
        let mut of_name: BTreeMap<&str, (&str, Vec<u32>, Vec<u32>)> = BTreeMap::new();
        let mut opposite: Vec<(&str, &str)> = Vec::new();
        for concept in lexicon::concepts(source.primary(), target.primary()) {
            let mine = readers.0.read(concept.source(), &mut self.source);
            let yours = readers.1.read(concept.target(), &mut self.target);
            for &(stem, rank, sure) in &mine {
                pairs.extend(
                    yours.iter().map(|&(other, at, also)| {
                        (stem, Partner::written(other, (rank, at), sure.min(also)))
                    }),
                );
            }
            let whole = |list: &[(u32, usize, f32)]| {
                list.iter().filter(|own| own.2 >= WRITTEN).map(|own| own.0).collect::<Vec<u32>>()
            };
            of_name.insert(concept.name, (concept.kind, whole(&mine), whole(&yours)));
            opposite.extend(concept.opposites().map(|other| (concept.name, other)));
        }
        for (one, other) in opposite {
            // A noun is seldom the contrary of another as an adjective or a verb is: cause and effect, question and answer.
            if let (Some((kind, mine, _)), Some((also, _, yours))) = (of_name.get(one), of_name.get(other))
                && kind == also
                && *kind != "n"
            {
                self.opposites
                    .extend(mine.iter().flat_map(|&stem| yours.iter().map(move |&also| (stem, also))));
            }
        }
        self.opposites.sort_unstable();
        self.opposites.dedup();
    }

    /// Stems of the target that say the opposite of a stem of the source.
    pub fn opposites(&self, stem: u32) -> impl Iterator<Item = u32> {
        let start = self.opposites.partition_point(|&(own, _)| own < stem);
        self.opposites[start..].iter().take_while(move |&&(own, _)| own == stem).map(|&(_, other)| other)
    }

    /// Partners of a stem of the source, in order of their number.
    pub fn partners(&self, stem: u32) -> &[Partner] {
        let at = stem as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => &self.partners[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Whether a stem of the target is the partner of any.
    pub fn is_partner(&self, stem: u32) -> bool {
        self.translates.get(stem as usize).copied().unwrap_or_default()
    }

    /// Mean and spread of the logarithm of the ratio of lengths in letters, target to source, where the user's archive
    /// tells them.
    pub fn length(&self) -> Option<(f64, f64)> {
        self.length
    }

    /// Whether anything is known of the pair.
    pub fn is_empty(&self) -> bool {
        self.partners.is_empty()
    }
}

/// Reads renderings of one language into stems.
struct Renderings {
    language: &'static Language,
    stemmer: Stemmer,
    buffer: String,
}

impl Renderings {
    fn new(language: &Language) -> Self {
        let stemmer = Stemmer::new(language);
        let language = super::find(&language.tag).unwrap_or_else(super::unknown);
        Self { language, stemmer, buffer: String::new() }
    }

    /// Stem, rank of the rendering, and how surely the stem alone is the concept.
    fn read<'a>(
        &mut self,
        renderings: impl Iterator<Item = &'a str>,
        stems: &mut Stems,
    ) -> Vec<(u32, usize, f32)> {
        let mut out: Vec<(u32, usize, f32)> = Vec::new();
        for (rank, rendering) in renderings.enumerate() {
            let whole = !rendering.contains([' ', '-', '\'', '’']);
            let mut take = |word: &str, sure: f32, keep_light: bool| {
                let stem = self.stemmer.stem(word, &mut self.buffer);
                if stem.is_empty() {
                    return;
                }
                let number = stems.words.add(stem);
                if (keep_light || !stems.is_light(number)) && !out.iter().any(|own| own.0 == number) {
                    out.push((number, rank, sure));
                }
            };
            if whole {
                take(rendering, WRITTEN, true);
                continue;
            }
            for token in tokens::tokens(rendering, self.language) {
                if token.kind == Kind::Word {
                    take(token.text, PART, false);
                }
            }
        }
        out
    }
}
