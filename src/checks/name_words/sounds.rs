//! Strangers where the source has no spaces between words: every run of characters that spells a foreign name is a
//! name, until a name of the target is heard in it.

use std::collections::BTreeSet;

use super::{Change, Likeness, Matcher, NameKind, Side, Span, Word, lost, names, place_of, says_place};
use crate::lang::text::{fold, is_all_capitals, is_capitalised};
use crate::lang::{lexis, words};
use crate::names::transliteration;

/// Probability from which characters may be a name after all.
const MAY_BE: f64 = 0.03;

/// Log-odds from which a character belongs to a run that spells a name.
const SPELLS: f64 = 0.4;

/// Mean log-odds of such a run.
const SPELLS_SURELY: f64 = 1.0;

/// The same of two characters, which make many a word.
const SPELLS_SURELY_IN_TWO: f64 = 1.6;

/// Fewest letters of a Latin word that is a name.
const SHORTEST: usize = 4;

/// Most characters of one name.
const LONGEST: usize = 8;

/// A run of characters of the source, and whether it is a place of the tables.
struct Run {
    span: Span,
    place: bool,
}

pub(super) fn changes(source: &Side<'_>, target: &Side<'_>, known: &[Change]) -> Vec<Change> {
    let (from, to) = (source.document.language, target.document.language);
    let text = source.document.excerpt(source.whole);
    let here = keys_of(source);
    let windows: Vec<Span> = names::windows(text, from, 1..=1)
        .into_iter()
        .map(Span::from)
        .filter(|span| {
            let piece = span.of(text);
            piece.chars().count() <= LONGEST && piece.chars().all(|c| !is_dot(c))
        })
        .collect();
    let mut heard: Vec<Span> = Vec::new();
    let mut strangers: Vec<usize> = Vec::new();
    for (y, word) in target.words.iter().enumerate().filter(|(_, word)| word.capital && word.letters() >= 3) {
        let letters = word.letters();
        let before = heard.len();
        heard.extend(windows.iter().copied().filter(|span| {
            let piece = span.of(text);
            let count = piece.chars().count();
            count * 5 >= letters
                && count <= letters
                && Matcher::probability(piece, &from.tag, word.text, &to.tag) >= MAY_BE
        }));
        let own = || text.chars().any(|c| names::may_begin(c, std::slice::from_ref(&word.folded)));
        let copied = || text.contains(word.text);
        if heard.len() == before && is_strange(word, to, &here) && !copied() && !own() {
            strangers.push(y);
        }
    }
    strangers.retain(|&y| !known.iter().any(|change| change.target.overlaps(target.words[y].span)));
    let first: Vec<usize> =
        strangers.iter().copied().filter(|&y| y == 0 || !strangers.contains(&(y - 1))).collect();
    let [y] = first[..] else { return Vec::new() };
    heard.extend(known.iter().filter_map(|change| within(change.source, source.whole)));
    let runs = runs(source, target, &heard);
    let [run] = runs.as_slice() else { return Vec::new() };
    let word = target.words[y];
    vec![Change {
        source: run.span.shift(source.whole.start),
        target: word.span,
        likeness: Likeness::Place { context: false },
        grave: run.place && word.is_person(),
    }]
}

/// A place of the document as one of a passage.
fn within(span: Span, whole: Span) -> Option<Span> {
    whole.contains(span).then(|| Span::new(span.start - whole.start, span.end - whole.start))
}

fn is_dot(character: char) -> bool {
    matches!(character, '·' | '・' | '‧' | '•' | '＝')
}

/// Keys of the tables that the source names.
fn keys_of<'a>(side: &'a Side<'_>) -> BTreeSet<&'a str> {
    side.names().filter_map(|(_, name)| name.key.as_deref()).map(place_of).collect()
}

/// Whether a word of the target is a name that the source does not have by the tables.
fn is_strange(word: &Word<'_>, language: &crate::lang::Language, here: &BTreeSet<&str>) -> bool {
    super::strangers::may_stand(word)
        && !word.known
        && !word.opens
        && word.key().is_none_or(|key| key.contains('/') && lost(word, here))
        && !super::is_people(word, language)
        && !word.bases.iter().any(|base| lexis::known(base, language))
        && (!super::capitals_of_nouns(language) || word.is_person())
}

/// Runs of the source that nothing in the target accounts for.
fn runs(source: &Side<'_>, target: &Side<'_>, heard: &[Span]) -> Vec<Run> {
    let text = source.document.excerpt(source.whole);
    let mut out: Vec<Run> = Vec::new();
    let mut covered: Vec<Span> = heard.to_vec();
    for (span, name) in source.names() {
        let Some(span) = within(span, source.whole) else { continue };
        let Some(key) = name.key.as_deref() else { continue };
        covered.push(span);
        // A country may be said in many ways; a city is named or not.
        if name.kind == NameKind::Place
            && name.certainty > 0.95
            && key.contains('/')
            && !says_place(target, key)
        {
            out.push(Run { span, place: true });
        }
    }
    let latin = words::words(text).filter(|word| word.text.chars().all(|c| c.is_ascii_alphabetic()));
    for word in latin.filter(|word| word.text.len() >= SHORTEST && is_capitalised(word.text)) {
        let folded = fold(word.text);
        if !is_all_capitals(word.text) && !target.words.iter().any(|other| other.folded.contains(&folded)) {
            out.push(Run { span: Span::new(word.start, word.end()), place: false });
        }
    }
    let spells = |c: char| is_katakana(c) || transliteration(c) > SPELLS;
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    while at < characters.len() {
        let length = characters[at..].iter().position(|&(_, c)| !spells(c));
        let end = length.map_or(characters.len(), |length| at + length);
        let run = &characters[at..end];
        let stop = characters.get(end).map_or(text.len(), |&(byte, _)| byte);
        if let Some(&(start, _)) = run.first() {
            let span = Span::new(start, stop);
            let free = !covered.iter().any(|other| other.overlaps(span));
            if free && is_name(run, span.of(text), source) {
                out.push(Run { span, place: false });
            }
        }
        at = end + 1;
    }
    out
}

fn is_katakana(character: char) -> bool {
    matches!(character, 'ァ'..='ヺ' | 'ー')
}

/// Whether characters that spell a name are one, and no word of the language.
fn is_name(run: &[(usize, char)], written: &str, source: &Side<'_>) -> bool {
    if run.iter().all(|&(_, c)| is_katakana(c)) {
        return run.len() >= 3 && !lexis::known(written, source.document.language);
    }
    let odds: f64 = run.iter().map(|&(_, c)| transliteration(c)).sum();
    let least = if run.len() == 2 { SPELLS_SURELY_IN_TWO } else { SPELLS_SURELY };
    (2..=LONGEST).contains(&run.len()) && odds / run.len() as f64 >= least
}
