use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck};
use crate::lang::text::{fold, is_all_capitals, is_capitalised, is_upper};
use crate::lang::{Language, gazetteer, lexis, words};
use crate::model::{Document, ErrorType, NameKind, Severity, Span, Value};

/// Options of `misspelt-name`.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct MisspeltName {
    /// Shortest word, in letters, that is compared with the tables.
    shortest: usize,
    /// How often the document must write the other form before a single slip counts.
    least_uses: usize,
}

impl Default for MisspeltName {
    fn default() -> Self {
        Self { shortest: 7, least_uses: 3 }
    }
}

impl Check for MisspeltName {
    const NAME: &'static str = "misspelt-name";
    const ERROR_TYPE: ErrorType = ErrorType::Spelling;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("misspelt_name.md");
}

/// A capitalised word inside a sentence.
struct Candidate<'a> {
    span: Span,
    text: &'a str,
    folded: String,
    person: bool,
    first: bool,
    /// Whether a first name stands directly before it.
    follows_given: bool,
    /// Whether another word with a capital, no small word, stands directly before it.
    follows_name: bool,
}

impl TextCheck for MisspeltName {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        if !text.language.cased {
            return;
        }
        let candidates = candidates(text);
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for candidate in &candidates {
            *uses.entry(&candidate.folded).or_default() += 1;
        }
        for candidate in &candidates {
            let length = candidate.folded.chars().count();
            if length < SHORTEST
                || uses[candidate.folded.as_str()] > 2
                || context.known.contains(&candidate.folded)
                || lexis::known(&text.language.lower(candidate.text), text.language)
                || gazetteer::is_given_name(candidate.text)
                || context.source.as_ref().is_some_and(|source| source.contains(candidate.text))
            {
                continue;
            }
            let own = slip_of_own_form(candidate, &uses, text.language, self.least_uses)
                .or_else(|| slip_of_full_name(candidate, &candidates, &uses, text.language))
                .or_else(|| respelt(candidate, &candidates, &uses, text.language))
                .and_then(|form| candidates.iter().find(|other| other.folded == form));
            let (usual, confidence) = if let Some(own) = own {
                (own.text.to_owned(), 0.75)
            } else if candidate.person || candidate.first || length < self.shortest {
                continue;
            } else if let Some(form) = slip_of_the_table(candidate, text.language) {
                (form.to_owned(), 0.85)
            } else {
                continue;
            };
            findings
                .at(candidate.span, format!("“{}” looks like a slip for “{usual}”", candidate.text))
                .confidence(confidence)
                .suggest(usual);
        }
    }
}

fn candidates(text: &Document) -> Vec<Candidate<'_>> {
    let mut out = Vec::new();
    for segment in text.prose() {
        let sentence = text.excerpt(segment.span);
        let mut first = true;
        let mut article = false;
        let mut given: Option<usize> = None;
        let mut named: Option<usize> = None;
        for word in words::words(sentence) {
            let span = Span::new(word.start, word.end()).shift(segment.span.start);
            let opens = std::mem::replace(&mut first, false);
            let own = gazetteer::is_given_name(word.text) && is_capitalised(word.text);
            let before = std::mem::replace(&mut given, own.then_some(word.end()));
            let adjoins = |end: usize| sentence.get(end..word.start).is_some_and(|gap| gap == " ");
            let follows_given = before.is_some_and(adjoins);
            let small = super::running::function_words(text.language);
            let name = is_capitalised(word.text)
                && word.text.chars().count() >= 3
                && !small.contains(text.language.lower(word.text).as_str())
                && !lexis::known(&text.language.lower(word.text), text.language);
            let follows_name = std::mem::replace(&mut named, name.then_some(word.end())).is_some_and(adjoins);
            // *La Repubblica*: an article with a capital begins a title, in whatever language.
            let titled = std::mem::replace(
                &mut article,
                is_capitalised(word.text) && !opens && word.text.chars().count() <= 3,
            );
            if titled
                || !is_capitalised(word.text)
                || is_all_capitals(word.text)
                || word.text.contains(['’', '\'', '.'])
                || word.text.chars().skip(1).any(is_upper)
            {
                continue;
            }
            let name = segment.mentions.iter().find_map(|mention| match &mention.value {
                Value::Name(name) if mention.span.overlaps(span) => Some(name),
                _ => None,
            });
            if name.is_some_and(|name| name.key.is_some() && name.certainty > 0.8) {
                continue;
            }
            let person = name.is_some_and(|name| name.kind == NameKind::Person && name.certainty >= 0.7);
            out.push(Candidate {
                span,
                text: word.text,
                folded: fold(word.text),
                person,
                first: opens,
                follows_given,
                follows_name,
            });
        }
    }
    out
}

/// The form that the document itself writes often, one slip away: a doubled, lost, swapped or wrong letter
/// inside the word, no grammatical ending.
fn slip_of_own_form<'a>(
    candidate: &Candidate<'_>,
    uses: &BTreeMap<&'a str, usize>,
    language: &Language,
    least: usize,
) -> Option<&'a str> {
    if uses[candidate.folded.as_str()] > 1 || !candidate.person {
        return None;
    }
    let bases = gazetteer::bases(&candidate.folded, language);
    uses.iter()
        .filter(|(form, count)| **count >= least && **form != candidate.folded)
        .map(|(form, _)| *form)
        .find(|form| {
            strsim::osa_distance(form, &candidate.folded) == 1
                && !bases.iter().any(|base| base == form)
                && !gazetteer::bases(form, language).contains(&candidate.folded)
                && form.chars().last() == candidate.folded.chars().last()
        })
}

/// The surname that the document gives with a first name, one slip away from one that stands alone: the letters
/// inside differ, the beginning and the ending do not.
fn slip_of_full_name<'a>(
    candidate: &Candidate<'_>,
    candidates: &'a [Candidate<'_>],
    uses: &BTreeMap<&str, usize>,
    language: &Language,
) -> Option<&'a str> {
    if uses[candidate.folded.as_str()] > 1 || candidate.follows_given {
        return None;
    }
    let bases = gazetteer::bases(&candidate.folded, language);
    let length = candidate.folded.chars().count();
    let others = candidates.iter().filter(|other| other.folded != candidate.folded);
    let told =
        |other: &&Candidate<'_>| other.follows_given || (candidate.person && uses[other.folded.as_str()] > 1);
    others.filter(told).find_map(|other| {
        let form = other.folded.as_str();
        let distance = strsim::osa_distance(form, &candidate.folded);
        let edges = form.chars().next() == candidate.folded.chars().next()
            && form.chars().last() == candidate.folded.chars().last();
        let fits = edges
            && (distance == 1 || (distance == 2 && length >= 8 && other.follows_given))
            && form.chars().count() >= SHORTEST
            && !bases.iter().any(|base| base == form)
            && !gazetteer::bases(form, language).contains(&candidate.folded)
            && !gazetteer::is_given_name(form);
        fits.then_some(form)
    })
}

/// The surname that the document gives in full and once more by itself, spelt in another way: as conventions of
/// romanisation differ, by one letter that is no ending.
fn respelt<'a>(
    candidate: &Candidate<'_>,
    candidates: &'a [Candidate<'_>],
    uses: &BTreeMap<&str, usize>,
    language: &Language,
) -> Option<&'a str> {
    let lower = language.lower(candidate.text);
    let nouns =
        language.typography.as_ref().is_some_and(|part| part.capitals.iter().any(|entry| entry == "*"));
    let written = |word: &str| lexis::seen(word, language) || lexis::rank_elsewhere(word, language).is_some();
    if uses[candidate.folded.as_str()] > 1
        || candidate.follows_given
        || candidate.follows_name
        || written(&lower)
    {
        return None;
    }
    let bases = gazetteer::bases(&candidate.folded, language);
    let full = candidates.iter().filter(|other| {
        (other.follows_given || other.follows_name && !nouns)
            && other.folded != candidate.folded
            && other.folded.chars().count() >= SHORTEST
            && !written(&language.lower(other.text))
    });
    full.map(|other| other.folded.as_str()).find(|form| {
        one_letter(form, &candidate.folded)
            && !bases.iter().any(|base| base == form)
            && !gazetteer::bases(form, language).contains(&candidate.folded)
            && !gazetteer::is_given_name(form)
    })
}

/// Whether two forms differ by one letter that conventions of romanisation write in several ways, or that is none of
/// the last two: `Kolev` and `Kolew`, `Rusnak` and `Rusnac`, but not `Kolev` and `Koleva`.
fn one_letter(one: &str, other: &str) -> bool {
    const ALIKE: [(char, char); 10] = [
        ('v', 'w'),
        ('k', 'c'),
        ('y', 'i'),
        ('y', 'u'),
        ('y', 'j'),
        ('s', 'z'),
        ('f', 'v'),
        ('в', 'ў'),
        ('и', 'й'),
        ('t', 'd'),
    ];
    if strsim::osa_distance(one, other) != 1 || one.chars().next() != other.chars().next() {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let shared = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    if shared >= 2 {
        return true;
    }
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() > short.len() {
        return shared == 0 && long.last() == Some(&'h');
    }
    let place = a.iter().zip(&b).find(|(a, b)| a != b);
    place.is_some_and(|(&a, &b)| ALIKE.contains(&(a, b)) || ALIKE.contains(&(b, a)))
}

/// Letters of a surname that two spellings can be told of.
const SHORTEST: usize = 5;

/// The form of the tables that a word or its base form is one slip away from.
fn slip_of_the_table(candidate: &Candidate<'_>, language: &Language) -> Option<&'static str> {
    // A word that other languages write often is no slip: *National*.
    let lower = language.lower(candidate.text);
    if lexis::seen(&lower, language)
        || lexis::rank_elsewhere(&lower, language).is_some_and(|rank| rank < 4000)
    {
        return None;
    }
    let bases = gazetteer::bases(&candidate.folded, language);
    let index = gazetteer::index(language);
    // Two letters off may be another language's own form: *Repubblica*.
    let native = lexis::plausible(&language.lower(candidate.text), language) >= 0.8;
    std::iter::once(&candidate.folded).chain(&bases).find_map(|word| {
        index.near(word).into_iter().map(|(form, _)| form).find(|form| {
            let other = fold(form);
            // A difference near the end may be an ending.
            let shared = other.chars().rev().zip(word.chars().rev()).take_while(|(a, b)| a == b).count();
            (shared >= 3 || same_letters(&other, word))
                && !bases.contains(&other)
                && other != candidate.folded
                && other.chars().next() == word.chars().next()
                && other.chars().last() == word.chars().last()
                && (strsim::osa_distance(&other, word) == 1
                    || word.chars().count() >= 8 && other.chars().take(3).eq(word.chars().take(3)) && native)
                && !lexis::known(&language.lower(word), language)
        })
    })
}

/// Whether two words have the same letters in another order.
fn same_letters(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}
