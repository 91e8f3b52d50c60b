//! Words of a bead that may be names, and which of them have no counterpart on the other side.

mod alike;
mod by_ear;
pub(super) mod exchanged;
mod letters;
mod pairs;
mod replaced;
mod slips;
mod sounds;
mod strangers;

use std::collections::BTreeSet;

use pairs::{
    Table, beside, by_letters, by_sound, is_grave, lost, resemblance, residue, said_too_often, says_place,
};

use crate::lang::text::{fold, is_all_capitals, is_capitalised, is_quote};
use crate::lang::{Language, gazetteer, lexis, words};
use crate::model::{Bead, Bitext, Date, Document, Mention, Name, NameKind, Segment, Span, Value};
use crate::names::{self, Matcher};

/// Probability from which a word of another script renders a name.
const RENDERS: f64 = 0.35;

/// The same where the other script has no capitals and every word is compared.
const RENDERS_UNCASED: f64 = 0.25;

/// Probability from which a name that is no person's resembles another where there are no capitals.
const RESEMBLES_UNCASED: f64 = 0.02;

/// Probability from which a word resembles a name.
const RESEMBLES: f64 = 0.008;

/// Probability from which the spellings of one script are those of two languages: Pensilvania, Pennsylvania.
const ADAPTS: f64 = 0.6;

/// Probability from which two spellings of one script are one name.
const RENDERS_SURELY: f64 = 0.95;

/// Fewest letters of a name that is compared.
const SHORTEST: usize = 4;

/// Words of a passage that are compared: every word is compared with every other, and no sentence has as many.
const MOST_WORDS: usize = 400;

/// Whether a side of a bead has more words than are compared. Most are too short in bytes to be counted.
pub(super) fn is_endless(bitext: &Bitext, bead: &Bead) -> bool {
    let endless = |document: &Document, passage: Option<Span>| {
        let text = passage.map_or("", |passage| document.excerpt(passage));
        text.len() > 2 * MOST_WORDS && words::words(text).nth(MOST_WORDS).is_some()
    };
    endless(&bitext.source, bitext.source_span(bead)) || endless(&bitext.target, bitext.target_span(bead))
}

/// A word of a text.
struct Word<'a> {
    pub(super) span: Span,
    /// As written, without what an apostrophe joins to it.
    pub(super) text: &'a str,
    pub(super) folded: String,
    /// Base forms by the endings of the language, folded; of capitalised words alone.
    bases: Vec<String>,
    /// Begins with a capital.
    pub(super) capital: bool,
    /// Begins a sentence, where the capital says nothing.
    opens: bool,
    shouts: bool,
    /// The word list of the language has it in small letters.
    pub(super) known: bool,
    /// Part of a date.
    dated: bool,
    /// What the text says of it.
    pub(super) name: Option<&'a Name>,
}

impl Word<'_> {
    fn letters(&self) -> usize {
        self.folded.chars().count()
    }

    /// The row of the tables it belongs to.
    pub(super) fn key(&self) -> Option<&str> {
        self.name.and_then(|name| name.key.as_deref())
    }

    /// A person for certain: by a given name, a title, or a full name elsewhere.
    pub(super) fn is_person(&self) -> bool {
        self.name.is_some_and(|name| name.kind == NameKind::Person && name.certainty >= 0.7)
    }

    /// Whether it can hardly be an ordinary word.
    fn is_name(&self, language: &Language) -> bool {
        let nouns = capitals_of_nouns(language);
        let given = gazetteer::is_given_name(self.text) && !self.opens;
        self.capital && !self.shouts && (!self.known && (!nouns || self.is_person()) || given)
    }

    /// Whether it may be a name at all.
    fn may_be_name(&self) -> bool {
        self.capital
            && !self.shouts
            && !(self.opens && self.known)
            && self.letters() >= SHORTEST
            && self.folded.chars().all(char::is_alphabetic)
            && self.name.is_none_or(|name| name.kind != NameKind::Demonym)
    }
}

/// Whether a word means the people of a place, or what is theirs.
fn is_people(word: &Word<'_>, language: &Language) -> bool {
    let people = |hit: &gazetteer::Hit| hit.rows.iter().any(|row| row.kind == gazetteer::Kind::Demonym);
    gazetteer::index(language).scan(word.text, language).iter().any(people)
}

/// Whether a word the list lacks begins with one that it has, in a language that parts names from their endings by an
/// apostrophe: *okullar*, *cumhuriyetçi* are no names.
fn is_derived(word: &Word<'_>, language: &Language) -> bool {
    let parted = language.names.as_ref().is_some_and(|names| {
        let mut endings = names.endings.iter().filter(|ending| !ending.0.starts_with(' ')).peekable();
        endings.peek().is_some() && endings.all(|ending| ending.0.starts_with(['\'', '’']))
    });
    if !parted {
        return false;
    }
    let lower = language.lower(word.text);
    let letters = lower.chars().count();
    let cuts = lower.char_indices().skip(4).filter_map(|(at, _)| lower.get(..at));
    !word.known
        && !gazetteer::is_given_name(word.text)
        && cuts.into_iter().any(|stem| {
            let count = stem.chars().count();
            (count * 2 >= letters || count >= 5 && count * 3 >= letters) && lexis::known(stem, language)
        })
}

/// Whether all nouns of a language have capitals.
pub(super) fn capitals_of_nouns(language: &Language) -> bool {
    language.typography.as_ref().is_some_and(|rules| rules.capitals.iter().any(|word| word == "*"))
}

/// The words of every segment.
fn of(document: &Document) -> Vec<Vec<Word<'_>>> {
    document.segments.iter().map(|segment| words_of(document, segment)).collect()
}

fn words_of<'a>(document: &'a Document, segment: &'a Segment) -> Vec<Word<'a>> {
    let language = document.language;
    if !language.spaced {
        return Vec::new();
    }
    let text = document.excerpt(segment.span);
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut end = 0;
    for word in words::words(text) {
        let between = text.get(end..word.start).unwrap_or_default();
        let opens = end == 0
            || between.trim_end().ends_with(['.', '!', '?', '…', ':', '•', '|', '¿', '¡'])
                && out.last().is_none_or(|last| last.text.len() > 2)
            || between.chars().any(is_quote) && between.trim().chars().count() > 1;
        end = word.end();
        let span = Span::new(word.start, end).shift(segment.span.start);
        let dated = segment
            .mentions
            .iter()
            .any(|mention| matches!(mention.value, Value::Date(_)) && mention.span.overlaps(span));
        let (text, skipped) = if opens { core(word.text) } else { inner(word.text) };
        let capital = is_capitalised(text);
        let folded = fold(text);
        let name = segment.mentions.iter().find_map(|mention| match &mention.value {
            Value::Name(name) if mention.span.overlaps(span) => Some(name),
            _ => None,
        });
        let bases = if capital { gazetteer::bases(&folded, language) } else { Vec::new() };
        let known = dated || lexis::known(&language.lower(text), language);
        let shouts = is_all_capitals(text);
        let span = Span::new(span.start + skipped, span.start + skipped + text.len());
        out.push(Word { span, text, folded, bases, capital, opens, shouts, known, dated, name });
    }
    // Where most words have capitals, a capital says nothing.
    let capitals = out.iter().filter(|word| word.capital).count();
    if language.cased && out.len() >= 4 && capitals * 10 >= out.len() * 6 {
        for word in &mut out {
            word.opens = true;
        }
    }
    out
}

/// Whether a place begins a sentence, or stands in one whose words mostly have capitals.
pub(super) fn capital_says_nothing(document: &Document, span: Span) -> bool {
    let segment = document.segment_at(span.start);
    segment.is_none_or(|segment| {
        words_of(document, segment).iter().any(|word| word.opens && word.span.overlaps(span))
    })
}

/// A word inside a sentence without what an apostrophe joins to it; a capital before the apostrophe belongs to the
/// name there: O’Neill, D'Angelo.
fn inner(word: &str) -> (&str, usize) {
    let capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let mut letters = word.chars();
    let (first, mark, rest) = (letters.next(), letters.next(), letters.as_str());
    if capital(first) && matches!(mark, Some('’' | '\'')) && capital(rest.chars().next()) {
        let end = word.len() - rest.len() + core(rest).0.len();
        return (word.get(..end).unwrap_or(word), 0);
    }
    core(word)
}

/// A word without what an apostrophe joins to it, and how many bytes stand before: `Merkel’s`, `l’Iran`, `Ankara'dan`.
fn core(word: &str) -> (&str, usize) {
    let Some((at, mark)) = word.char_indices().find(|(_, c)| matches!(c, '’' | '\'')) else {
        return (word, 0);
    };
    let (before, after) = (word.get(..at).unwrap_or_default(), at + mark.len_utf8());
    if before.chars().count() > 2 {
        (before, 0)
    } else {
        word.get(after..).filter(|rest| !rest.is_empty()).map_or((word, 0), |rest| (rest, after))
    }
}

/// Whether two words begin with the same two letters, or begin and end with the same.
fn alike_outside(a: &str, b: &str) -> bool {
    a.chars().take(2).eq(b.chars().take(2))
        || a.chars().next() == b.chars().next() && a.chars().next_back() == b.chars().next_back()
}

/// The consonants of a Latin word, without what languages spell in different ways: double letters, c and k, s and
/// z, silent h.
fn skeleton(folded: &str) -> String {
    let mut out = String::new();
    let mut letters = folded.chars().peekable();
    while let Some(letter) = letters.next() {
        let sound = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' => continue,
            'p' if letters.peek() == Some(&'h') => 'f',
            'c' | 'k' | 'q' => 'k',
            's' | 'z' => 's',
            'v' | 'w' => 'v',
            other => other,
        };
        if !out.ends_with(sound) {
            out.push(sound);
        }
    }
    out
}

/// What a name of the target was in the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    /// Where it stands in the source.
    pub(super) source: Span,
    /// The word of the target.
    pub(super) target: Span,
    pub(super) likeness: Likeness,
    /// Whether either word belongs to a person or a place of the tables for certain.
    pub(super) grave: bool,
}

/// How the two words resemble each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Likeness {
    /// So many letters differ; whether the target's word is no word of the language.
    Letters { edits: usize, strange: bool, context: bool },
    /// Another script: probability that it is one name.
    Sound { probability: f64, strange: bool, context: bool },
    /// They do not, but stand beside a name that both sides have, or are the only ones left over.
    Place { context: bool },
    /// The target has a word of the language where the source has a surname that is such a word too.
    Word,
}

/// One side of a bead: its words, and the words about it.
struct Side<'a> {
    pub(super) document: &'a Document,
    pub(super) words: Vec<&'a Word<'a>>,
    pub(super) around: Vec<&'a Word<'a>>,
    pub(super) whole: Span,
}

impl Side<'_> {
    /// Names in the passage, and their places in the document.
    fn names(&self) -> impl Iterator<Item = (Span, &Name)> {
        self.mentions().filter_map(|mention| match &mention.value {
            Value::Name(name) => Some((mention.span, name)),
            _ => None,
        })
    }

    fn mentions(&self) -> impl Iterator<Item = &Mention> {
        let segments = &self.document.segments;
        let first = segments.partition_point(|segment| segment.span.end <= self.whole.start);
        let inside = segments[first..].iter().take_while(|segment| segment.span.start < self.whole.end);
        inside.flat_map(|segment| &segment.mentions).filter(|mention| self.whole.contains(mention.span))
    }

    /// Dates in the passage, and their places in the document.
    fn dates(&self) -> impl Iterator<Item = (Span, &Date)> {
        self.mentions().filter_map(|mention| match &mention.value {
            Value::Date(date) => Some((mention.span, date)),
            _ => None,
        })
    }

    /// Folded forms and base forms of the words of the bead and the beads beside it.
    fn forms(&self) -> BTreeSet<&str> {
        self.words
            .iter()
            .chain(&self.around)
            .flat_map(|word| std::iter::once(&word.folded).chain(&word.bases))
            .map(String::as_str)
            .collect()
    }

    fn keys(&self) -> BTreeSet<&str> {
        self.words.iter().chain(&self.around).filter_map(|word| word.key()).map(place_of).collect()
    }
}

/// The country of a place: what two keys must share.
pub(super) fn place_of(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}

/// The changes of every bead, none where a bead has one side or neither side capitals.
pub(super) fn in_bitext(bitext: &Bitext) -> Vec<Vec<Change>> {
    if !bitext.target.language.cased && !bitext.source.language.cased {
        return vec![Vec::new(); bitext.beads.len()];
    }
    let (source_words, target_words) = (of(&bitext.source), of(&bitext.target));
    bitext
        .beads
        .iter()
        .enumerate()
        .map(|(index, bead)| in_bead(bitext, index, bead, (&source_words, &target_words)))
        .collect()
}

fn in_bead<'a>(
    bitext: &'a Bitext,
    index: usize,
    bead: &Bead,
    (source_words, target_words): (&'a [Vec<Word<'a>>], &'a [Vec<Word<'a>>]),
) -> Vec<Change> {
    let spans = bitext.source_span(bead).zip(bitext.target_span(bead));
    let Some((here, there)) = spans.filter(|_| bead.is_pair() && !is_endless(bitext, bead)) else {
        return Vec::new();
    };
    let beads = &bitext.beads[index.saturating_sub(1)..bitext.beads.len().min(index + 2)];
    let side = |document, all: &'a [Vec<Word<'a>>], of: fn(&Bead) -> std::ops::Range<usize>, whole| Side {
        document,
        words: all[of(bead)].iter().flatten().collect(),
        around: beads
            .iter()
            .filter(|other| of(other) != of(bead))
            .flat_map(|other| all[of(other)].iter().flatten())
            .collect(),
        whole,
    };
    let from = side(&bitext.source, source_words, |bead| bead.source.clone(), here);
    let to = side(&bitext.target, target_words, |bead| bead.target.clone(), there);
    if bitext.target.language.cased { changes(&from, &to) } else { turned(&from, &to) }
}

/// Persons of the source under another name in a target without capitals: there the names of the source are sought as
/// those of a target are in a source without capitals.
fn turned(source: &Side<'_>, target: &Side<'_>) -> Vec<Change> {
    let candidates: Vec<usize> = (0..source.words.len())
        .filter(|&at| {
            let word = source.words[at];
            word.is_person() && word.may_be_name() && !word.known && word.key().is_none()
        })
        .collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let turn = |change: Change| Change { source: change.target, target: change.source, ..change };
    if !target.document.language.spaced {
        return letters::near(target, source, &candidates).into_iter().map(turn).collect();
    }
    let table = by_sound(target, source, &candidates);
    let free = table.near.iter().filter(|(x, ..)| !table.rendered[*x]);
    free.map(|&(x, y, likeness)| Change {
        source: source.words[y].span,
        target: target.words[x].span,
        likeness,
        grave: true,
    })
    .collect()
}

/// Names of the target without a counterpart in the source, each with what it was.
fn changes(source: &Side<'_>, target: &Side<'_>) -> Vec<Change> {
    let (from, to) = (source.document.language, target.document.language);
    let candidates: Vec<usize> = (0..target.words.len())
        .filter(|&at| target.words[at].may_be_name() && (target.words[at].key().is_none()))
        .collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    if !from.spaced {
        let mut out = Vec::new();
        slips::extend(source, target, &mut out);
        letters::extend(source, target, &candidates, &mut out);
        strangers::extend(source, target, None, &mut out);
        return out;
    }
    let same_script = from.script == to.script;
    let mut table =
        if same_script { by_letters(source, target) } else { by_sound(source, target, &candidates) };
    said_too_often(source, target, &mut table);
    let mut out = residue(source, target, &candidates, &table);
    slips::extend(source, target, &mut out);
    if same_script {
        alike::extend(source, target, &table, &mut out);
    }
    strangers::extend(source, target, Some(&table), &mut out);
    out
}
