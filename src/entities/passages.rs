//! Which sentences of several accounts speak of the same fact: by who is named in them, what they count or date, and
//! by the concepts of the core lexicon. Sentences are gathered account by account into passages; a passage is sought
//! through what is rare in it, so that the time grows with the number of sentences.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::stems::Stemmer;
use crate::lang::{Language, PerLanguage, lexicon, words};
use crate::model::{Date, Document, Entity, Number, Passage, Span, Value};

/// Weight of a name, a figure or date that tells much, one that tells little, a word.
const NAME: f64 = 2.0;
const FIGURE: f64 = 3.0;
const SMALL: f64 = 1.0;
const WORD: f64 = 1.0;
/// A sentence joins a passage that shares this part of what both say, and so much of it.
const ALIKE: f64 = 0.3;
const SHARED: f64 = 2.0;
/// What stands in more passages than this leads to none.
const COMMON: usize = 48;
/// A stem of more concepts than this is too vague to compare.
const VAGUE: usize = 3;
/// What is said to be shared, at most.
const SAID: usize = 6;
/// Kinds of concepts that are content.
const CONTENT: [&str; 5] = ["n", "v", "a", "adv", "rel"];

/// Concepts of each stem, by their place in the lexicon.
static CONCEPTS: PerLanguage<BTreeMap<String, Vec<u32>>> = PerLanguage::new();

fn concepts(language: &Language) -> &'static BTreeMap<String, Vec<u32>> {
    CONCEPTS.get(language, |language| {
        let stemmer = Stemmer::new(language);
        let mut out: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut buffer = String::new();
        let tag = language.primary();
        for (number, concept) in lexicon::concepts(tag, tag).enumerate() {
            for word in concept.source().filter(|word| !word.contains([' ', '-', '\'', '’'])) {
                let list = out.entry(stemmer.stem(word, &mut buffer).to_owned()).or_default();
                // Function words lead nowhere, but take their stem out of play.
                let number = if CONTENT.contains(&concept.kind) { number as u32 } else { u32::MAX };
                if !list.contains(&number) {
                    list.push(number);
                }
            }
        }
        out.retain(|_, list| list.len() <= VAGUE && !list.contains(&u32::MAX));
        out
    })
}

/// What a sentence says, without its language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Feature {
    Name(usize),
    Number(String),
    Date(String),
    Concept(u32),
    /// A word that the lexicon does not know: comparable within its language alone.
    Word(&'static str, String),
}

/// One sentence: its place, and the numbers of its features.
struct Sentence {
    span: Span,
    features: Vec<usize>,
}

/// All features of a story, with weight and how they are called.
#[derive(Default)]
struct Features {
    numbers: BTreeMap<Feature, usize>,
    weights: Vec<f64>,
    labels: Vec<String>,
    sentences: Vec<usize>,
}

impl Features {
    fn number(&mut self, feature: Feature, weight: f64, label: impl FnOnce() -> String) -> usize {
        let next = self.weights.len();
        let number = *self.numbers.entry(feature).or_insert(next);
        if number == next {
            self.weights.push(weight);
            self.labels.push(label());
            self.sentences.push(0);
        }
        number
    }

    /// Weighs what stands in many sentences of each account less.
    fn weigh(&mut self, accounts: usize, sentences: usize) {
        let mean = (sentences as f64 / accounts.max(1) as f64).max(2.0);
        for (weight, &count) in self.weights.iter_mut().zip(&self.sentences) {
            let here = (count as f64 / accounts.max(1) as f64).max(1.0);
            *weight *= ((mean / here).max(1.05).ln() / mean.ln()).min(1.0);
        }
    }
}

/// A passage that is growing.
struct Growing {
    members: Vec<(usize, Span)>,
    /// In how many of its sentences each feature is.
    counts: BTreeMap<usize, usize>,
}

impl Growing {
    fn share(&self, feature: usize) -> f64 {
        self.counts.get(&feature).map_or(0.0, |&count| count as f64 / self.members.len() as f64)
    }

    /// Likeness, and weight of what is shared.
    fn likeness(&self, sentence: &Sentence, weights: &[f64]) -> (f64, f64) {
        let shared: f64 = sentence.features.iter().map(|&at| weights[at] * self.share(at)).sum();
        let own: f64 = sentence.features.iter().map(|&at| weights[at]).sum();
        let all: f64 = self.counts.keys().map(|&at| weights[at] * self.share(at)).sum();
        (shared / (own * all).sqrt().max(1e-9), shared)
    }

    fn add(&mut self, account: usize, sentence: &Sentence) {
        self.members.push((account, sentence.span));
        for &feature in &sentence.features {
            *self.counts.entry(feature).or_default() += 1;
        }
    }
}

/// The passages of a story that at least two accounts have, those of most accounts first.
pub(super) fn of(documents: &[Document], entities: &[Entity]) -> Vec<Passage> {
    let mut features = Features::default();
    let accounts: Vec<Vec<Sentence>> = documents
        .iter()
        .enumerate()
        .map(|(at, document)| read(at, document, entities, &mut features))
        .collect();
    features.weigh(documents.len(), accounts.iter().map(Vec::len).sum());
    let mut growing: Vec<Growing> = Vec::new();
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); features.weights.len()];
    for (account, sentences) in accounts.iter().enumerate() {
        let joined = join(sentences, &growing, &holders, &features.weights);
        for (sentence, passage) in sentences.iter().zip(joined) {
            let passage = passage.unwrap_or_else(|| {
                growing.push(Growing { members: Vec::new(), counts: BTreeMap::new() });
                growing.len() - 1
            });
            growing[passage].add(account, sentence);
            for &feature in &sentence.features {
                let holders = &mut holders[feature];
                if holders.len() <= COMMON && !holders.contains(&passage) {
                    holders.push(passage);
                }
            }
        }
    }
    let mut passages: Vec<Passage> = growing
        .into_iter()
        .filter(|passage| passage.members.len() > 1)
        .map(|passage| Passage { shared: shared(&passage, &features), sentences: passage.members })
        .collect();
    // The sort is stable: passages of equally many accounts stay in the order of the text.
    passages.sort_by_key(|passage| std::cmp::Reverse(passage.sentences.len()));
    passages
}

/// The passage that each sentence of an account joins, each passage joined once, the likest pair first.
fn join(
    sentences: &[Sentence],
    growing: &[Growing],
    holders: &[Vec<usize>],
    weights: &[f64],
) -> Vec<Option<usize>> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let rare = sentence.features.iter().filter(|&&feature| holders[feature].len() <= COMMON);
        let candidates: BTreeSet<usize> =
            rare.flat_map(|&feature| holders[feature].iter().copied()).collect();
        pairs.extend(candidates.into_iter().filter_map(|passage| {
            let (likeness, shared) = growing[passage].likeness(sentence, weights);
            (likeness >= ALIKE && shared >= SHARED).then_some((likeness, at, passage))
        }));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut joined = vec![None; sentences.len()];
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (_, at, passage) in pairs {
        if joined[at].is_none() && taken.insert(passage) {
            joined[at] = Some(passage);
        }
    }
    joined
}

/// What at least half of the sentences of a passage have in common, the most telling first.
fn shared(passage: &Growing, features: &Features) -> Vec<String> {
    let half = |&(_, &count): &(&usize, &usize)| count > 1 && 2 * count >= passage.members.len();
    let mut common: Vec<usize> = passage.counts.iter().filter(half).map(|(&feature, _)| feature).collect();
    common.sort_by(|&a, &b| features.weights[b].total_cmp(&features.weights[a]).then(a.cmp(&b)));
    let mut out: Vec<String> = Vec::new();
    for label in common.into_iter().map(|feature| &features.labels[feature]) {
        if !out.contains(label) && out.len() < SAID {
            out.push(label.clone());
        }
    }
    out
}

fn read(account: usize, document: &Document, entities: &[Entity], features: &mut Features) -> Vec<Sentence> {
    let segments: Vec<_> = document.segments.iter().filter(|segment| segment.kind.is_prose()).collect();
    let mut found: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); segments.len()];
    // What names cover says nothing more as words.
    let mut covered: Vec<Span> = Vec::new();
    for (index, entity) in entities.iter().enumerate() {
        let number = features.number(Feature::Name(index), NAME, || entity.name.clone());
        let variants = entity.variants.iter().filter(|variant| variant.document == account);
        for &span in variants.flat_map(|variant| &variant.spans) {
            covered.push(span);
            let after = segments.partition_point(|segment| segment.span.start <= span.start);
            if let Some(inside) = after.checked_sub(1).filter(|&at| span.start < segments[at].span.end) {
                found[inside].insert(number);
            }
        }
    }
    covered.sort();
    let language = document.language;
    let (stemmer, concepts) = (Stemmer::new(language), concepts(language));
    let light = language.function_words.as_ref().map(|functions| &functions.words);
    let mut buffer = String::new();
    let mut out = Vec::new();
    for (segment, mut here) in segments.into_iter().zip(found) {
        for mention in &segment.mentions {
            let excerpt = || document.excerpt(mention.span).to_owned();
            match &mention.value {
                Value::Number(number) => {
                    let (key, weight) = number_key(number);
                    here.insert(features.number(Feature::Number(key), weight, excerpt));
                }
                Value::Date(date) => {
                    if let Some((key, weight)) = date_key(date) {
                        here.insert(features.number(Feature::Date(key), weight, excerpt));
                    }
                }
                _ => {}
            }
        }
        let text = document.excerpt(segment.span);
        for word in words::segmented(text) {
            let start = segment.span.start + word.start;
            let before = covered.partition_point(|span| span.start <= start);
            if before.checked_sub(1).is_some_and(|at| start < covered[at].end) {
                continue;
            }
            let stem = stemmer.stem(word.text, &mut buffer);
            if let Some(list) = concepts.get(stem) {
                for &concept in list {
                    let label = || word.text.to_owned();
                    here.insert(features.number(Feature::Concept(concept), WORD, label));
                }
            } else if stem.chars().nth(3).is_some()
                && stem.chars().all(char::is_alphabetic)
                && !light.is_some_and(|words| words.iter().any(|light| light == word.text))
            {
                let feature = Feature::Word(language.primary(), stem.to_owned());
                here.insert(features.number(feature, WORD, || word.text.to_owned()));
            }
        }
        for &feature in &here {
            features.sentences[feature] += 1;
        }
        out.push(Sentence { span: segment.span, features: here.into_iter().collect() });
    }
    out
}

/// A number by its value, to three figures where it is rounded; small ones tell little.
fn number_key(number: &Number) -> (String, f64) {
    let key = if number.scaled { format!("{:.2e}", number.value) } else { format!("{}", number.value) };
    (key, if number.value.abs() < 10.0 { SMALL } else { FIGURE })
}

/// A date by its day and month, its weekday, or its year alone.
fn date_key(date: &Date) -> Option<(String, f64)> {
    match (date.month, date.day, date.weekday, date.year) {
        (Some(month), Some(day), ..) => Some((format!("{month}-{day}"), FIGURE)),
        (Some(month), None, ..) => Some((format!("month {month}"), SMALL)),
        (_, _, Some(weekday), _) => Some((format!("weekday {weekday}"), SMALL)),
        (.., Some(year)) => Some((format!("year {year}"), SMALL)),
        _ => None,
    }
}
