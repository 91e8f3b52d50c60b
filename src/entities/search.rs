//! Names that accounts in cased scripts give, searched for in all accounts: where the script shows no names (Arabic,
//! Hebrew, Persian, Hindi, Korean word by word, Thai, Chinese and Japanese letter by letter), where every noun has a
//! capital, and where a run of capitals holds more than the name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::lang::text::{fold, is_hangul, is_unspaced};
use crate::lang::{Language, gazetteer, lexis};
use crate::model::{self, Document, Mention, NameKind, Segment, Span, Value};
use crate::names::{Matcher, is_korean_family, keys, latin_words, may_begin, transliteration, windows};

use super::alone::is_office;
use super::spots::{Spot, spots};
use super::titles::title;
use super::units::{KNOWN, Unit, is_han, parts, tail};

/// A name to look for.
struct Name {
    text: String,
    folded: String,
    language: &'static str,
    surname: String,
    words: usize,
    kind: NameKind,
    key: Option<String>,
    /// Written once only: nothing but the same letters will do.
    rare: bool,
    /// The offices of a person.
    offices: BTreeSet<String>,
    /// Its words in Latin letters, of a person.
    latin: Vec<String>,
}

/// Names to look for, by the sounds of their last word.
pub(super) struct Wanted {
    names: Vec<Name>,
    by_sound: BTreeMap<String, Vec<usize>>,
    /// The persons among them.
    persons: Vec<usize>,
    /// Accounts that name each place of the tables.
    places: BTreeMap<String, BTreeSet<usize>>,
}

/// In how many places of the cased accounts a lone word must be a name before it is looked for in other letters.
const LEAST: usize = 2;

/// Probability from which one word is a wanted name.
const ONE_WORD: f64 = 0.7;

/// Probability from which several words are.
const WORDS: f64 = 0.5;

/// The same where the word is written in characters that spell foreign names, four of them at least.
const SPELLED: f64 = 0.35;

/// The same where nothing about the letters says name.
const EXACT: f64 = 0.9;

/// Most persons that every few Chinese characters are compared with.
const MOST: usize = 64;

/// What a letter of the text is worth in probability.
const LETTER: f64 = 0.005;

/// Whether characters can hardly be anything but a foreign name.
fn spells_a_name(written: &str) -> bool {
    let count = written.chars().count();
    let odds = |c: char| if matches!(c, 'ァ'..='ヺ' | 'ー') { 1.0 } else { transliteration(c) };
    count >= 4 && written.chars().all(is_unspaced) && written.chars().map(odds).sum::<f64>() >= count as f64
}

/// Every person of several words that a cased account names, every place of the tables, and every other name that
/// they write more than once.
pub(super) fn wanted(units: &[Vec<Unit>], documents: &[Document]) -> Wanted {
    let mut names: BTreeMap<(&str, Option<&str>), Name> = BTreeMap::new();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut places: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for unit in units.iter().flatten().filter(|unit| is_lone(unit)) {
        *uses.entry(&unit.folded).or_default() += unit.spans.len();
    }
    // A place that bears a person's name is more often the person.
    let persons = units.iter().flatten().filter(|unit| unit.is_full() && unit.certainty >= KNOWN);
    let persons: BTreeSet<String> = persons.flat_map(|unit| parts(&unit.text)).map(fold).collect();
    for unit in units.iter().flatten() {
        let language = documents[unit.document].language;
        let person = unit.is_full() && unit.certainty >= KNOWN;
        let lone = is_lone(unit);
        let rare = lone && uses.get(unit.folded.as_str()).is_none_or(|&uses| uses < LEAST);
        let place = unit.kind == NameKind::Place && unit.folded.chars().count() >= 5;
        if let (NameKind::Place, Some(key)) = (unit.kind, &unit.key)
            && !persons.contains(&unit.folded)
        {
            places.entry(key.clone()).or_default().insert(unit.document);
        }
        if language.cased && (person || lone || place) {
            let name = names.entry((&unit.folded, unit.key.as_deref())).or_insert_with(|| Name {
                text: unit.text.clone(),
                folded: unit.folded.clone(),
                language: &language.tag,
                surname: parts(&unit.text).last().map(|&part| part.to_owned()).unwrap_or_default(),
                words: unit.words,
                kind: unit.kind,
                key: unit.key.clone(),
                rare,
                offices: BTreeSet::new(),
                latin: if person { latin_words(&unit.text) } else { Vec::new() },
            });
            let offices = unit.roles.iter().map(|role| &role.concept).filter(|concept| is_office(concept));
            name.offices.extend(offices.cloned());
        }
    }
    let names: Vec<Name> = names.into_values().collect();
    let mut by_sound: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        let mut add = |key: String| {
            let block = by_sound.entry(key).or_default();
            if block.last() != Some(&index) {
                block.push(index);
            }
        };
        for key in keys(&name.surname) {
            // Chinese spells a first consonant as its syllables allow: Ternovsky begins like *jie*.
            add(tail(&key));
            add(key);
        }
        if name.words >= 2 && name.kind == NameKind::Person {
            // Family and given name written together, in either order.
            let parts = parts(&name.text);
            let turned: String = parts.iter().rev().copied().collect();
            for key in [parts.concat(), turned].iter().flat_map(|word| keys(word)) {
                add(key);
            }
        }
    }
    let east = |name: &Name| name.kind == NameKind::Person && name.words >= 2;
    let persons = (0..names.len()).filter(|&index| east(&names[index])).take(MOST).collect();
    Wanted { names, by_sound, persons, places }
}

/// A name of one word that no table and no title explains: mostly a place.
fn is_lone(unit: &Unit) -> bool {
    unit.kind == NameKind::Other && unit.words == 1 && unit.key.is_none() && unit.folded.chars().count() >= 4
}

impl Wanted {
    /// Whether several accounts name a place of the tables.
    pub(super) fn names_place(&self, key: &str) -> bool {
        self.places.get(key).is_some_and(|accounts| accounts.len() > 1)
    }

    /// The names that a window may be: one of its words shares the sounds of their last word.
    fn candidates(&self, written: &str, language: &Language) -> BTreeSet<usize> {
        let mut out = BTreeSet::new();
        if written.chars().all(is_han) && (2..=4).contains(&written.chars().count()) {
            let begins =
                |first| self.persons.iter().filter(move |&&index| may_begin(first, &self.names[index].latin));
            out.extend(written.chars().next().into_iter().flat_map(begins));
        }
        for part in parts(written) {
            let mut sounds = keys(part);
            if language.spaced {
                // Clitics hide the beginning.
                sounds.extend(gazetteer::bases(&fold(part), language).iter().flat_map(|base| keys(base)));
            }
            if !language.spaced {
                sounds.extend(sounds.clone().iter().map(|key| tail(key)));
            }
            out.extend(sounds.iter().filter_map(|key| self.by_sound.get(key)).flatten().copied());
        }
        out
    }
}

/// What is known of places where names may stand, by language: accounts of one event say the same words again and again,
/// and each is compared once.
#[derive(Default)]
pub(super) struct Memory(BTreeMap<&'static str, HashMap<String, Compared>>);

/// The names that a place may be, and the probability that it is each, where that was asked for.
struct Compared {
    names: Vec<usize>,
    judged: Vec<Judged>,
}

/// What a comparison has said.
#[derive(Clone, Copy)]
enum Judged {
    NotYet,
    Other,
    Found(f64),
}

impl Compared {
    fn with(names: BTreeSet<usize>) -> Self {
        Self { judged: vec![Judged::NotYet; names.len()], names: names.into_iter().collect() }
    }
}

/// A wanted name in a text.
struct Found<'a> {
    count: usize,
    probability: f64,
    span: Span,
    name: &'a Name,
}

/// Adds mentions of the wanted names to a document; tells whether there were any.
pub(super) fn add(document: &mut Document, account: usize, wanted: &Wanted, memory: &mut Memory) -> bool {
    if wanted.names.is_empty() {
        return false;
    }
    let mut added = false;
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let language = document.language;
    let memory = memory.0.entry(&language.tag).or_default();
    // What the account names by the tables is found.
    let missing: Vec<bool> = (wanted.names.iter())
        .map(|name| {
            let accounts = name.key.as_ref().and_then(|key| wanted.places.get(key));
            accounts.is_none_or(|accounts| !accounts.contains(&account))
        })
        .collect();
    for index in 0..document.segments.len() {
        let segment = &document.segments[index];
        if !segment.kind.is_prose() {
            continue;
        }
        let text = segment.span.of(&document.text);
        let mut found: Vec<Found<'_>> = Vec::new();
        for spot in spots(text, language) {
            let span = Span::from(spot.range.clone()).shift(segment.span.start);
            let written = text.get(spot.range.clone()).unwrap_or_default();
            let count = parts(written).len();
            // A word of the language is no strange name.
            if count == 1 && !is_strange(written, span, segment, language) {
                continue;
            }
            let plain = count > 1 && !language.cased && is_plain(written, span, segment, language);
            if !memory.contains_key(written) {
                memory.insert(written.to_owned(), Compared::with(wanted.candidates(written, language)));
            }
            let Some(compared) = memory.get_mut(written) else { continue };
            for (&candidate, known) in compared.names.iter().zip(&mut compared.judged) {
                let name = &wanted.names[candidate];
                if !missing[candidate]
                    || stands_already(name, span, segment)
                    || !language.spaced && is_part_of_dotted(span, document, segment)
                    || !language.spaced && is_dotted_name(name, span, document, segment)
                {
                    continue;
                }
                if matches!(known, Judged::NotYet) {
                    *known =
                        judge(name, written, count, &spot, language).map_or(Judged::Other, Judged::Found);
                }
                let Judged::Found(probability) = *known else { continue };
                if !plain || probability > EXACT {
                    found.push(Found { count, probability, span, name });
                }
            }
        }
        // Whole names before surnames, then the likeliest; a letter more is better than one less.
        let rank = |found: &Found<'_>| {
            found.probability + LETTER * found.span.of(&document.text).chars().count() as f64
        };
        found.sort_by(|a, b| {
            b.count.cmp(&a.count).then(rank(b).total_cmp(&rank(a))).then(a.span.cmp(&b.span))
        });
        let mut taken: Vec<Span> = Vec::new();
        let found: Vec<Found<'_>> = found
            .into_iter()
            .filter(|found| {
                let free = !taken.iter().any(|other| other.overlaps(found.span));
                if free {
                    taken.push(found.span);
                }
                free
            })
            .collect();
        for found in found {
            seen.insert(found.name.folded.as_str());
            added |= insert(document, index, &found);
        }
    }
    // Who is in an account under a wrong surname is found by the given name and the office.
    if language.spaced && !language.cased {
        for name in wanted
            .names
            .iter()
            .filter(|name| !name.offices.is_empty() && !seen.contains(name.folded.as_str()))
        {
            added |= add_in_office(document, name);
        }
    }
    added
}

/// Adds the mention of a person who has the given name and the office of a wanted one.
fn add_in_office(document: &mut Document, name: &Name) -> bool {
    let language = document.language;
    let parts_of = parts(&name.text);
    let [given, _] = parts_of[..] else { return false };
    let sounds = keys(given);
    for index in 0..document.segments.len() {
        let segment = &document.segments[index];
        if !segment.kind.is_prose() {
            continue;
        }
        let text = segment.span.of(&document.text);
        for range in windows(text, language, 2..=2) {
            let written = text.get(range.clone()).unwrap_or_default();
            let words = parts(written);
            let [first, second] = words[..] else { continue };
            let span = Span::from(range).shift(segment.span.start);
            let fits = keys(first).iter().any(|key| sounds.contains(key))
                && Matcher::probability(given, name.language, first, &language.tag) > ONE_WORD
                && is_strange(second, span, segment, language)
                && !stands_already(name, span, segment);
            if !fits {
                continue;
            }
            let (titles, _) = title(&document.text, segment, span, language);
            if titles.iter().any(|title| name.offices.contains(title)) {
                return insert(document, index, &Found { count: 2, probability: KNOWN, span, name });
            }
        }
    }
    false
}

/// Whether a single word may be a name: nothing explains it.
fn is_strange(written: &str, span: Span, segment: &Segment, language: &Language) -> bool {
    let explained = |mention: &Mention| {
        mention.span.overlaps(span) && matches!(&mention.value, Value::Name(name) if name.key.is_some())
    };
    (written.chars().count() >= 3 || written.chars().all(is_hangul))
        && !lexis::known(&language.lower(written), language)
        && !segment.mentions.iter().any(explained)
}

/// Whether one of several words is explained without a name: by the language, or by the tables.
fn is_plain(written: &str, span: Span, segment: &Segment, language: &Language) -> bool {
    let word = |part: &&str| language.spaced && lexis::known(&language.lower(part), language);
    let keyed = |mention: &Mention| {
        mention.span.overlaps(span)
            && mention.span != span
            && matches!(&mention.value, Value::Name(name) if name.key.is_some())
    };
    parts(written).iter().any(word) || segment.mentions.iter().any(keyed)
}

/// Whether the segment has the name there already, or a longer one that is a person's for its given name.
fn stands_already(name: &Name, span: Span, segment: &Segment) -> bool {
    segment.mentions.iter().any(|mention| {
        let Value::Name(known) = &mention.value else { return false };
        mention.span == span && known.kind == name.kind
            || mention.span.contains(span)
                && mention.span != span
                && known.kind == NameKind::Person
                && (known.certainty >= 0.95 || name.words < 2 && known.certainty > KNOWN)
    })
}

/// Whether a place is one part of a katakana name whose parts a middle dot joins: ライトマイヤー of マルクス・ライトマイヤー.
fn is_part_of_dotted(span: Span, document: &Document, segment: &Segment) -> bool {
    let dotted = |written: &str| {
        written.contains('・') && written.chars().all(|c| matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | '＝'))
    };
    segment.mentions.iter().any(|mention| {
        matches!(&mention.value, Value::Name(known) if known.kind == NameKind::Person)
            && mention.span != span
            && mention.span.contains(span)
            && dotted(document.excerpt(mention.span))
    })
}

/// Whether a name whose parts a middle dot joins stands there whole already: 奥列格·捷尔诺夫斯基.
fn is_dotted_name(name: &Name, span: Span, document: &Document, segment: &Segment) -> bool {
    segment.mentions.iter().any(|mention| {
        let written = document.excerpt(mention.span);
        matches!(&mention.value, Value::Name(known) if known.kind == NameKind::Person)
            && mention.span.overlaps(span)
            && parts(written).len() > 1
            && Matcher::probability(&name.text, name.language, written, &document.language.tag) > WORDS
    })
}

/// The probability that the words are the name, where it is enough.
fn judge(name: &Name, written: &str, count: usize, spot: &Spot, language: &Language) -> Option<f64> {
    let together =
        count == 1 && (written.chars().all(is_hangul) && written.chars().count() >= 3 || spot.plain);
    // A surname alone is looked for where words are not spaced: nothing else would find it.
    let sought = match (language.spaced, count) {
        _ if together && name.words >= 2 && name.kind == NameKind::Person => name.text.as_str(),
        (_, count) if count == name.words => name.text.as_str(),
        // 金泰赫 is Kim Tae Hyok, in two parts or in three.
        (_, 2) if name.words == 3 && name.latin.first().is_some_and(|first| is_korean_family(first)) => {
            name.text.as_str()
        }
        (false, 1) => name.surname.as_str(),
        _ => return None,
    };
    let same_letters = language.cased && language.tag == name.language || name.rare;
    if same_letters && name.words == 1 && fold(written) != name.folded {
        return None;
    }
    // Chinese characters may be a whole name of the east, read by tables.
    if count == 1
        && name.words >= 2
        && (2..=5).contains(&written.chars().count())
        && written.chars().all(is_han)
    {
        let whole = Matcher::probability(&name.text, name.language, written, &language.tag);
        if whole > EXACT {
            return Some(whole);
        }
    }
    let probability = if count > 1 {
        Matcher::in_a_story(sought, name.language, written, &language.tag)
    } else {
        Matcher::probability(sought, name.language, written, &language.tag)
    };
    let least = match count {
        1 if spot.plain => EXACT,
        1 if together && name.words >= 2 => WORDS,
        1 if spells_a_name(written) => SPELLED,
        1 => ONE_WORD,
        _ => WORDS,
    };
    (probability > least).then_some(probability)
}

fn insert(document: &mut Document, segment: usize, found: &Found<'_>) -> bool {
    let (language, span, kind) = (document.language, found.span, found.name.kind);
    let (mut titles, mut of) = (Vec::new(), Vec::new());
    let mentions = &mut document.segments[segment].mentions;
    mentions.retain(|mention| {
        let Value::Name(name) = &mention.value else { return true };
        if !mention.span.overlaps(span) || name.kind == NameKind::Demonym {
            return true;
        }
        titles.extend(name.roles.iter().cloned());
        of.extend(name.role_of.iter().cloned());
        // The Samur Canal Authority is a body and names the Samur.
        kind != NameKind::Person && name.kind == NameKind::Organisation
    });
    if kind != NameKind::Person {
        (titles, of) = (Vec::new(), Vec::new());
    } else if titles.is_empty() {
        (titles, of) = title(&document.text, &document.segments[segment], span, language);
    }
    let certainty = found.probability.min(0.9);
    let name = model::Name { kind, certainty, key: found.name.key.clone(), roles: titles, role_of: of };
    let mentions = &mut document.segments[segment].mentions;
    mentions.push(Mention { span, value: Value::Name(name) });
    mentions.sort_by_key(|mention| (mention.span, mention.kind()));
    true
}
