//! Words of a bead that may be names, and which of them have no counterpart on the other side.

mod alike;
mod by_ear;
pub(super) mod exchanged;
mod letters;
mod replaced;
mod slips;
mod sounds;
mod strangers;

use std::collections::{BTreeMap, BTreeSet};

use by_ear::Heard;

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
    let Some((here, there)) = spans.filter(|_| bead.is_pair()) else { return Vec::new() };
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
        let mut out = letters::changes(source, target, &candidates);
        slips::extend(source, target, &mut out);
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

/// Probability that two words of two scripts are one name, in any form that the endings of the languages leave.
fn resemblance((word, own): (&Word<'_>, &Language), (other, its): (&Word<'_>, &Language)) -> f64 {
    let forms = |word: &Word<'_>, language: &Language| {
        let bases = if word.bases.is_empty() && !language.cased {
            gazetteer::bases(&word.folded, language)
        } else {
            word.bases.clone()
        };
        std::iter::once(word.text.to_owned()).chain(bases).collect::<Vec<_>>()
    };
    let others = forms(other, its);
    forms(word, own)
        .iter()
        .flat_map(|form| {
            others.iter().map(move |other| Matcher::probability(form, &own.tag, other, &its.tag))
        })
        .fold(0.0, f64::max)
}

/// Which words have a counterpart, and which resemble each other.
struct Table {
    rendered: Vec<bool>,
    supported: Vec<bool>,
    /// Source, target, and the likeness without its context.
    near: Vec<(usize, usize, Likeness)>,
    /// Pairs that are one name.
    pairs: BTreeSet<(usize, usize)>,
}

/// A name that the target says more often than the source: one of its mentions may stand in the place of another
/// name. *Janet Jackson and Hugh Jackman* has one Jackman.
fn said_too_often(source: &Side<'_>, target: &Side<'_>, table: &mut Table) {
    if !source.document.language.cased {
        return;
    }
    let mut mentions: BTreeMap<&str, (Vec<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for &(x, y) in &table.pairs {
        let (theirs, ours) = mentions.entry(target.words[y].folded.as_str()).or_default();
        if !theirs.contains(&y) {
            theirs.push(y);
        }
        ours.insert(x);
    }
    for (theirs, ours) in mentions.values().filter(|(theirs, ours)| theirs.len() > ours.len()) {
        for &y in theirs {
            let right = ours.iter().any(|&x| beside(source, target, table, (x, y)));
            let wrong = (0..source.words.len()).find(|&x| {
                let word = source.words[x];
                !table.rendered[x]
                    && word.capital
                    && !word.known
                    && word.key().is_none()
                    && !ours.contains(&x)
                    && beside(source, target, table, (x, y))
            });
            if let (false, Some(x)) = (right, wrong) {
                table.supported[y] = false;
                let edits = strsim::osa_distance(&source.words[x].folded, &target.words[y].folded);
                table.near.push((x, y, Likeness::Letters { edits, strange: true, context: true }));
            }
        }
    }
}

fn by_letters(source: &Side<'_>, target: &Side<'_>) -> Table {
    let (from, to) = (source.document.language, target.document.language);
    let (here, there) = (source.forms(), target.forms());
    let stands = |word: &Word<'_>, forms: &BTreeSet<&str>, others: &[&Word<'_>]| {
        forms.contains(word.folded.as_str())
            || word.bases.iter().any(|base| forms.contains(base.as_str()))
            || word.letters() >= 4
                && others.iter().filter(|other| other.letters() >= 4).any(|other| {
                    other.folded.contains(word.folded.as_str()) || word.folded.contains(other.folded.as_str())
                })
    };
    let mut rendered: Vec<bool> =
        source.words.iter().map(|word| word.capital && stands(word, &there, &target.words)).collect();
    let mut supported: Vec<bool> =
        target.words.iter().map(|word| word.capital && stands(word, &here, &source.words)).collect();
    let mut near = Vec::new();
    let mut pairs = BTreeSet::new();
    for (y, word) in target.words.iter().enumerate().filter(|(_, word)| word.capital) {
        for (x, other) in source.words.iter().enumerate().filter(|(_, other)| other.capital) {
            if word.folded == other.folded
                || word.bases.contains(&other.folded)
                || other.bases.contains(&word.folded)
            {
                pairs.insert((x, y));
                continue;
            }
            let (a, b) = (word.letters(), other.letters());
            if supported[y] || a.min(b) < SHORTEST || a.abs_diff(b) > 2 {
                continue;
            }
            let edits = strsim::osa_distance(&word.folded, &other.folded);
            let most = if a.max(b) >= 7 { 2 } else { 1 };
            if edits <= most || edits == 2 && alike_outside(&word.folded, &other.folded) {
                let alike = skeleton(&word.folded) == skeleton(&other.folded);
                let probability = Matcher::probability(other.text, &from.tag, word.text, &to.tag);
                if probability >= RENDERS_SURELY {
                    // Württemberg, Wuerttemberg.
                    (rendered[x], supported[y]) = (true, true);
                    pairs.insert((x, y));
                } else if !alike && probability < ADAPTS {
                    near.push((x, y, Likeness::Letters { edits, strange: !word.known, context: false }));
                }
            }
        }
    }
    Table { rendered, supported, near, pairs }
}

fn by_sound(source: &Side<'_>, target: &Side<'_>, candidates: &[usize]) -> Table {
    let (from, to) = (source.document.language, target.document.language);
    let renders = if from.cased { RENDERS } else { RENDERS_UNCASED };
    let mut rendered = vec![false; source.words.len()];
    let mut supported = vec![false; target.words.len()];
    let (mut near, mut pairs, mut unheard) = (Vec::new(), BTreeSet::new(), Vec::new());
    let keys: Vec<Vec<String>> = source
        .words
        .iter()
        .map(|word| {
            let name = !from.cased || word.capital;
            if from.cased || !name || word.letters() < 2 {
                return Vec::new();
            }
            let mut keys = names::keys(word.text);
            if !from.cased {
                // Clitics hide the beginning.
                for base in gazetteer::bases(&word.folded, from) {
                    keys.extend(names::keys(&base));
                }
            }
            keys
        })
        .collect();
    for (y, word) in target.words.iter().enumerate() {
        if !word.capital || word.letters() < 2 {
            continue;
        }
        let mine = if from.cased { Vec::new() } else { names::keys(word.text) };
        let wanted = candidates.contains(&y);
        let mut best: Option<(usize, f64)> = None;
        for (x, other) in source.words.iter().enumerate() {
            if word.folded == other.folded {
                supported[y] = true;
                rendered[x] = true;
                pairs.insert((x, y));
                continue;
            }
            if from.cased && !other.capital || !from.cased && !keys[x].iter().any(|key| mine.contains(key)) {
                continue;
            }
            // A Latin name in a text of another script.
            if other.folded.is_ascii() {
                let edits = strsim::osa_distance(&word.folded, &other.folded);
                if wanted && edits == 1 && other.letters() >= SHORTEST && other.capital {
                    near.push((x, y, Likeness::Letters { edits, strange: !word.known, context: false }));
                }
                continue;
            }
            let mut probability = Matcher::probability(other.text, &from.tag, word.text, &to.tag);
            if !from.cased && probability < renders {
                // Clitics of one letter that the rules leave on short names.
                let rest = other.text.char_indices().nth(1).and_then(|(at, _)| other.text.get(at..));
                let prefixes = from.names.as_ref().map_or(&[][..], |names| names.prefixes.as_slice());
                let clitic = prefixes
                    .iter()
                    .any(|prefix| prefix.chars().count() == 1 && other.text.starts_with(prefix.as_str()));
                if let Some(rest) = rest.filter(|rest| clitic && rest.chars().count() >= 3) {
                    probability = probability.max(Matcher::probability(rest, &from.tag, word.text, &to.tag));
                }
            }
            if probability >= renders {
                supported[y] = true;
                rendered[x] = true;
                pairs.insert((x, y));
            } else if wanted
                && from.cased
                && other.letters() >= 2
                && probability >= RESEMBLES
                && best.is_none_or(|(_, old)| probability > old)
            {
                best = Some((x, probability));
            }
        }
        // Two words here, one there: ван Дайк, Vandyke.
        if wanted && !supported[y] {
            supported[y] = source.words.windows(2).any(|two| {
                (!from.cased || two[0].capital || two[1].capital)
                    && two[0].letters() + two[1].letters() <= word.letters() + 4
                    && {
                        let joined = format!("{}{}", two[0].text, two[1].text);
                        (from.cased || names::keys(&joined).iter().any(|key| mine.contains(key)))
                            && Matcher::probability(&joined, &from.tag, word.text, &to.tag) >= renders
                    }
            });
        }
        // What is derived from a name: гарвардской, Harvard.
        if let (Some((x, _)), true, false) = (best, from.cased, supported[y]) {
            let written = source.words[x].text;
            let cuts = written.char_indices().skip(5).filter_map(|(at, _)| written.get(..at));
            supported[y] = cuts
                .filter(|stem| written.chars().count() - stem.chars().count() >= 3)
                .any(|stem| Matcher::probability(stem, &from.tag, word.text, &to.tag) >= ADAPTS);
        }
        if wanted && !from.cased && !supported[y] {
            unheard.push(y);
        }
        if let (Some((x, probability)), false) = (best, supported[y]) {
            near.push((x, y, Likeness::Sound { probability, strange: !word.known, context: false }));
        }
    }
    // What renders a name cannot be near another: the names that are rendered are known first.
    for y in unheard {
        let word = target.words[y];
        let places = beside_its_other_part(target, y, &pairs);
        match by_ear::hear(source, &rendered, (word, to), places.as_deref()) {
            Some(Heard::Rendered(x)) => {
                (rendered[x], supported[y]) = (true, true);
                pairs.insert((x, y));
            }
            Some(Heard::Near(x, probability)) => {
                near.push((x, y, Likeness::Sound { probability, strange: !word.known, context: false }));
            }
            None => {}
        }
    }
    Table { rendered, supported, near, pairs }
}

/// Where the source must have a part of a whole name another part of which it renders.
fn beside_its_other_part(
    target: &Side<'_>,
    at: usize,
    pairs: &BTreeSet<(usize, usize)>,
) -> Option<Vec<usize>> {
    let name = target.words[at].name.filter(|name| name.kind == NameKind::Person)?;
    let parts = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(|&other| {
        target.words.get(other).and_then(|word| word.name).is_some_and(|other| std::ptr::eq(other, name))
    });
    let rendered = parts.flat_map(|part| pairs.iter().filter(move |pair| pair.1 == part).map(|pair| pair.0));
    let places: Vec<usize> = rendered.flat_map(|x| [x.wrapping_sub(1), x + 1]).collect();
    (!places.is_empty()).then_some(places)
}

/// Whether a word is a place of the tables, for certain, that the other side lacks.
fn lost(word: &Word<'_>, others: &BTreeSet<&str>) -> bool {
    word.name.is_some_and(|name| {
        name.kind == NameKind::Place
            && name.certainty > 0.95
            && name.key.as_deref().is_some_and(|key| !others.contains(place_of(key)))
    })
}

/// Whether a passage says this very place or body, alone or within a longer name: the *Boston Globe*.
fn says_place(side: &Side<'_>, key: &str) -> bool {
    let language = side.document.language;
    let kinds = [gazetteer::Kind::Place, gazetteer::Kind::Organisation];
    side.words.iter().any(|word| word.key() == Some(key))
        || kinds.into_iter().filter_map(|kind| gazetteer::name_in(key, kind, language)).any(|name| {
            let name = fold(name);
            side.words.iter().any(|word| word.folded == name)
        })
}

/// Whether either of two words is a person or a place of the tables for certain.
fn is_grave(one: &Word<'_>, other: &Word<'_>, (here, there): (&BTreeSet<&str>, &BTreeSet<&str>)) -> bool {
    one.is_person() || other.is_person() || lost(one, there) || lost(other, here)
}

/// Whether a strange word is one slip away from a place's name. Another word of the family is no slip: Korea,
/// Korean.
fn is_slip_of(word: &Word<'_>, key: &str, language: &Language) -> bool {
    let slips = |form: &str| {
        let form = fold(form);
        !form.contains(&word.folded)
            && !word.folded.contains(&form)
            && skeleton(&form) != skeleton(&word.folded)
    };
    !word.known
        && word.letters() >= 5
        && gazetteer::index(language)
            .near(&word.folded)
            .iter()
            .any(|(form, row)| row.key == key && slips(form))
}

/// Whether two words stand beside words that are one name, on the same hand.
fn beside(source: &Side<'_>, target: &Side<'_>, table: &Table, (x, y): (usize, usize)) -> bool {
    let step = |forward: bool| {
        let (a, b) = if forward { (x + 1, y + 1) } else { (x.wrapping_sub(1), y.wrapping_sub(1)) };
        let touches = |side: &Side<'_>, one: usize, two: usize| {
            side.words.get(one).zip(side.words.get(two)).is_some_and(|(one, two)| {
                let (one, two) = if one.span < two.span { (one, two) } else { (two, one) };
                let between = Span::new(one.span.end, two.span.start.max(one.span.end));
                side.document.excerpt(between).chars().count() <= 2
            })
        };
        table.pairs.contains(&(a, b)) && touches(source, x, a) && touches(target, y, b)
    };
    step(true) || step(false)
}

/// Pairs what is left over on both sides.
fn residue(source: &Side<'_>, target: &Side<'_>, candidates: &[usize], table: &Table) -> Vec<Change> {
    let (from, to) = (source.document.language, target.document.language);
    let (here, there) = (source.keys(), target.keys());
    let mut out: Vec<Change> = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut done: BTreeSet<usize> = BTreeSet::new();
    // The same place in the sentence, as a share of its words.
    let share = |at: usize, words: &[&Word<'_>]| at as f64 / words.len().max(1) as f64;
    let level = |x: usize, y: usize| (share(x, &source.words) - share(y, &target.words)).abs() < 0.15;
    let grave = |x: usize, y: usize| is_grave(source.words[x], target.words[y], (&here, &there));
    for &y in candidates.iter().filter(|&&y| !table.supported[y]) {
        let word = target.words[y];
        if is_people(word, to) {
            continue;
        }
        let best = table
            .near
            .iter()
            .filter(|near| near.1 == y)
            .filter_map(|&(x, _, likeness)| {
                let other = source.words[x];
                let context = beside(source, target, table, (x, y));
                let left_over = !table.rendered[x]
                    && other.key().is_none_or(|key| {
                        other.name.is_some_and(|name| name.kind == NameKind::Place)
                            && !there.contains(place_of(key))
                    });
                let (likeness, fits, order) = match likeness {
                    Likeness::Letters { edits, strange, .. } => {
                        let person = other.is_person() && word.is_person();
                        let fits = match (strange, edits) {
                            (true, 1) => left_over || other.letters() >= 5,
                            (true, _) => left_over && (context || person) && other.is_name(from),
                            (false, _) => {
                                left_over
                                    && (context && person
                                        || (context || edits == 1 || level(x, y) && !word.opens)
                                            && other.is_name(from)
                                            && !other.known
                                            && !is_derived(other, from))
                            }
                        };
                        (Likeness::Letters { edits, strange, context }, fits, edits as f64)
                    }
                    Likeness::Sound { probability, strange, .. } => {
                        // Without capitals the ear has judged whether it may be a name.
                        let named = !from.cased || other.is_name(from);
                        let fits = left_over && named && strange && (context || word.is_name(to));
                        (Likeness::Sound { probability, strange, context }, fits, 1.0 - probability)
                    }
                    other => (other, false, 9.0),
                };
                fits.then_some((order, x, likeness))
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let slip = || {
            let lost_places = (0..source.words.len()).filter(|&x| lost(source.words[x], &there));
            lost_places
                .filter(|&x| source.words[x].key().is_some_and(|key| is_slip_of(word, key, to)))
                .map(|x| (0.0, x, Likeness::Letters { edits: 1, strange: true, context: true }))
                .next()
        };
        if let Some((_, x, likeness)) = best.or_else(slip) {
            taken.insert(x);
            done.insert(y);
            let (source, target) = (source.words[x].span, word.span);
            out.push(Change { source, target, likeness, grave: grave(x, y) });
        }
    }
    out.extend(replaced::changes(source, target, table, (taken, done)));
    out
}
