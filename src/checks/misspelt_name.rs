use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck, name_drift, name_twins};
use crate::lang::gazetteer::Level;
use crate::lang::text::{fold, is_all_capitals, is_capitalised, is_upper};
use crate::lang::{Language, gazetteer, lexis, slips, tables, words};
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
    /// Whether a name follows directly.
    leads: bool,
    /// Whether neither neighbour is a name too.
    alone: bool,
}

impl TextCheck for MisspeltName {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        if !text.language.cased {
            uncased(text, context, findings);
            return;
        }
        let candidates = candidates(text);
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for candidate in &candidates {
            *uses.entry(&candidate.folded).or_default() += 1;
        }
        let surnames = surnames(text);
        let twins: BTreeMap<Span, String> = name_twins::of(text).into_iter().collect();
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
                .or_else(|| doubled_letter(candidate, &uses, text.language))
                .and_then(|form| candidates.iter().find(|other| other.folded == form));
            let (usual, confidence) = if let Some(own) = own {
                (own.text.to_owned(), 0.75)
            } else if candidate.alone
                && let Some(surname) =
                    slip_of_a_surname(candidate.text, &candidate.folded, &surnames, text.language)
            {
                (surname.to_owned(), 0.7)
            } else if let Some(twin) = twins.get(&candidate.span) {
                (twin.clone(), 0.7)
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

/// Names in scripts without capitals: only what is one letter from the surname of somebody whom the text names in full, and
/// no word of the language.
fn uncased(text: &Document, context: &Context, findings: &mut Findings<'_>) {
    let language = text.language;
    let told = |written: &str| context.source.as_ref().is_some_and(|source| source.contains(written));
    let mut reported = BTreeSet::new();
    let mut report = |span: Span, usual: &str| {
        let written = text.excerpt(span);
        if !told(written) && !context.known.contains(&fold(written)) && reported.insert(span) {
            findings
                .at(span, format!("“{written}” looks like a slip for “{usual}”"))
                .confidence(0.7)
                .suggest(usual);
        }
    };
    for (span, usual) in name_drift::of(text).into_iter().chain(name_twins::of(text)) {
        report(span, &usual);
    }
    let mut surnames = surnames(text);
    // Whoever bears a foreign first name has a surname behind it, whether or not it is known for a name.
    let foreign = &tables::strangers(language).names;
    for segment in text.prose() {
        let written: Vec<_> = words::words(text.excerpt(segment.span)).collect();
        for pair in written.windows(2) {
            let (first, last) = (
                pair[0].text,
                text.excerpt(Span::new(pair[1].start, pair[1].end()).shift(segment.span.start)),
            );
            let strange = last.chars().count() >= SHORTEST && !lexis::seen(&language.lower(last), language);
            if foreign.contains(&first) && strange {
                surnames.entry(fold(last).chars().next().unwrap_or_default()).or_default().push(last);
            }
        }
    }
    if !language.spaced || surnames.is_empty() || lexis::size(language) == 0 {
        return;
    }
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    let written: Vec<(Span, String)> = text
        .prose()
        .flat_map(|segment| {
            let words = words::words(text.excerpt(segment.span));
            words.map(|word| Span::new(word.start, word.end()).shift(segment.span.start))
        })
        .map(|span| (span, fold(text.excerpt(span))))
        .collect();
    for (_, word) in &written {
        *uses.entry(word.clone()).or_default() += 1;
    }
    for (span, word) in &written {
        let strange = word.chars().count() >= SHORTEST
            && uses[word] <= 2
            && !lexis::seen(&language.lower(text.excerpt(*span)), language);
        if !strange {
            continue;
        }
        if let Some(usual) = slip_of_a_surname(text.excerpt(*span), word, &surnames, language) {
            report(*span, usual);
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
        let written: Vec<_> = words::words(sentence).collect();
        let beside = |at: usize, other: Option<usize>| {
            other.and_then(|other| written.get(other)).is_some_and(|neighbour| {
                let (from, to) =
                    (written[at].end().min(neighbour.end()), written[at].start.max(neighbour.start));
                sentence.get(from..to) == Some(" ")
                    && is_capitalised(neighbour.text)
                    && !lexis::known(&text.language.lower(neighbour.text), text.language)
            })
        };
        for (at, word) in written.iter().enumerate() {
            let span = Span::new(word.start, word.end()).shift(segment.span.start);
            let opens = std::mem::replace(&mut first, false);
            let own = gazetteer::is_given_name(word.text) && is_capitalised(word.text);
            let before = std::mem::replace(&mut given, own.then_some(word.end()));
            let follows_given =
                before.is_some_and(|end| sentence.get(end..word.start).is_some_and(|gap| gap == " "));
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
            let leads = beside(at, Some(at + 1));
            out.push(Candidate {
                span,
                text: word.text,
                folded: fold(word.text),
                person,
                first: opens,
                follows_given,
                leads,
                alone: !leads && !beside(at, at.checked_sub(1)),
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

/// The form that the document itself writes more than once, from which a letter written double or single makes the
/// other: *Montejarra* for *Montejara*. No case form does.
fn doubled_letter<'a>(
    candidate: &Candidate<'_>,
    uses: &BTreeMap<&'a str, usize>,
    language: &Language,
) -> Option<&'a str> {
    let word = candidate.folded.as_str();
    if uses[word] > 1 || word.chars().count() < 7 {
        return None;
    }
    let bases = gazetteer::bases(word, language);
    uses.iter()
        .filter(|(form, count)| **count >= 2 && **form != word && form.chars().next() == word.chars().next())
        .map(|(form, _)| *form)
        .find(|form| {
            single_letters(form) == single_letters(word)
                && form.chars().rev().take(2).eq(word.chars().rev().take(2))
                && !bases.iter().any(|base| base == form)
                && !gazetteer::bases(form, language).iter().any(|base| base == word)
        })
}

/// A word with every double letter written once.
pub(super) fn single_letters(word: &str) -> String {
    let mut out = String::new();
    for letter in word.chars() {
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
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

/// Surnames of those whom the text names in full, as written, by their first letter.
type Surnames<'a> = BTreeMap<char, Vec<&'a str>>;

fn surnames(text: &Document) -> Surnames<'_> {
    let persons = text.mentions().filter_map(|mention| match &mention.value {
        Value::Name(name) if name.kind == NameKind::Person => Some(text.excerpt(mention.span)),
        _ => None,
    });
    let mut written: Vec<&str> = persons
        .filter(|name| words::words(name).nth(1).is_some())
        .filter_map(|name| words::words(name).last().map(|word| word.text))
        .filter(|surname| surname.chars().count() >= SHORTEST)
        .collect();
    written.sort_unstable();
    written.dedup();
    let mut out = Surnames::new();
    for surname in written {
        out.entry(fold(surname).chars().next().unwrap_or_default()).or_default().push(surname);
    }
    out
}

/// The surname of somebody whom the text names in full, one letter away from a name that stands alone: any letter, the last
/// too where names have no endings; but not what makes a woman's name of a man's.
fn slip_of_a_surname<'a>(
    written: &str,
    word: &str,
    surnames: &Surnames<'a>,
    language: &Language,
) -> Option<&'a str> {
    let surnames = surnames.get(&word.chars().next()?)?;
    if let Some(same) = surnames.iter().find(|surname| fold(surname) == word) {
        // What the text writes with its accents it does not write without them.
        let bare = written.is_ascii() && !same.is_ascii();
        return (bare || accents_inside(written, same, language))
            .then_some(*same)
            .filter(|_| !surnames.contains(&written));
    }
    let bases = gazetteer::bases(word, language);
    surnames.iter().copied().find(|surname| {
        // The full name may stand in another case.
        let mut forms = gazetteer::bases(&fold(surname), language);
        forms.insert(0, fold(surname));
        let own = forms.iter().any(|form| form == word || bases.contains(form));
        !own && forms.iter().any(|form| {
            let near = match strsim::osa_distance(form, word) {
                1 => true,
                2 => shared_edges(form, word) && form.chars().count() >= LONG_NAME,
                _ => false,
            };
            near && form.chars().next() == word.chars().next()
                && (same_end(form, word) || names_have_no_endings(language) && is_no_ending(form, word))
                && !gazetteer::bases(form, language).iter().any(|base| base == word)
                && !gazetteer::is_given_name(form)
        })
    })
}

/// Whether two spellings differ in the accent of a letter before the last, which endings may change.
pub(super) fn accents_inside(one: &str, other: &str, language: &Language) -> bool {
    let (one, other) = (language.lower(one), language.lower(other));
    let letters = one.chars().count();
    let mut pairs = one.chars().zip(other.chars()).enumerate();
    language.script == "Latn"
        && letters == other.chars().count()
        && pairs.any(|(at, (a, b))| a != b && (at + 1 < letters || names_have_no_endings(language)))
}

/// Letters of a surname that two slips leave recognisable.
const LONG_NAME: usize = 9;

/// Whether two names share three letters at the beginning and three at the end.
fn shared_edges(one: &str, other: &str) -> bool {
    one.chars().take(3).eq(other.chars().take(3)) && one.chars().rev().take(3).eq(other.chars().rev().take(3))
}

fn same_end(one: &str, other: &str) -> bool {
    let longer = if one.len() < other.len() { other } else { one };
    let shorter = if one.len() < other.len() { one } else { other };
    !longer.starts_with(shorter) && one.chars().next_back() == other.chars().next_back()
}

/// Whether the last letters of two names differ by more than what makes a woman's name of a man's, or several of one.
fn is_no_ending(one: &str, other: &str) -> bool {
    let last = |word: &str| word.chars().next_back().unwrap_or_default();
    let longer = if one.len() < other.len() { other } else { one };
    if one.chars().count() == other.chars().count() {
        last(one) != 'a' && last(other) != 'a'
    } else {
        !matches!(last(longer), 's' | 'n' | 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    }
}

/// Whether names stand as they are: but for an apostrophe, hardly an ending is added to them.
fn names_have_no_endings(language: &Language) -> bool {
    language.names.as_ref().is_some_and(|names| {
        let endings = names.endings.iter();
        endings.filter(|(ending, _)| !ending.starts_with(['\'', '’', '-'])).count() <= 3
    })
}

/// Letters of a surname that two spellings can be told of.
const SHORTEST: usize = 5;

/// The form of the tables that a word or its base form is one slip away from.
fn slip_of_the_table(candidate: &Candidate<'_>, language: &Language) -> Option<&'static str> {
    // A word that other languages write often is no slip: *National*.
    let lower = language.lower(candidate.text);
    if slips::is_word(&lower, language)
        || candidate.follows_given
        || lexis::rank_elsewhere(&lower, language).is_some_and(|rank| rank < 4000)
    {
        return None;
    }
    let bases = gazetteer::bases(&candidate.folded, language);
    let index = gazetteer::index(language);
    // Two letters off may be another language's own form: *Repubblica*.
    let native = lexis::plausible(&language.lower(candidate.text), language) >= 0.8;
    let long = |base: &&String| base.chars().count() > SHORTEST;
    std::iter::once(&candidate.folded).chain(bases.iter().filter(long)).find_map(|word| {
        let mut near = index.near(word).into_iter();
        near.find(|(form, row)| {
            let other = fold(form);
            // A difference near the end may be an ending.
            let shared = other.chars().rev().zip(word.chars().rev()).take_while(|(a, b)| a == b).count();
            (shared >= 3 || same_letters(&other, word))
                && !bases.contains(&other)
                && other != candidate.folded
                && other.chars().next() == word.chars().next()
                && other.chars().last() == word.chars().last()
                && (strsim::osa_distance(&other, word) == 1
                    && (is_a_country(row)
                        || row.kind == gazetteer::Kind::Place && word.chars().count() >= LONG_NAME
                        || same_letters(&other, word)
                        || single_letters(&other) == single_letters(word))
                    || is_a_country(row)
                        && word.chars().count() >= 8
                        // A given name that the tables lack is none of a place: *Франческо* before a surname.
                        && !candidate.leads
                        && other.chars().take(3).eq(word.chars().take(3))
                        && native
                        // Surnames are made of the names of peoples: Βούλγαρης.
                        && row.kind != gazetteer::Kind::Demonym)
                && !lexis::known(&language.lower(word), language)
        })
        .map(|(form, _)| form)
    })
}

/// Whether a row is of a country, or of its people. There are so many cities and firms that some other name is one letter from
/// one of them: *Kenanga* is a flower, and Kananga a city.
fn is_a_country(row: &gazetteer::Row) -> bool {
    row.kind == gazetteer::Kind::Demonym
        || row.kind == gazetteer::Kind::Place
            && matches!(gazetteer::level(row.key), Some(Level::Territory | Level::Region))
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
