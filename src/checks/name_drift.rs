//! Names that drift in scripts without capitals: somebody whom the text names in full, and then by a surname one letter
//! away before a form of address, ソルベルグ and ソルベルク氏. What `misspelt-name` finds where no capital shows a name.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::running::{self, Token};
use crate::lang::{Language, gazetteer, lexis, tables, text};
use crate::model::{Document, NameKind, Span, Value};
use crate::names::transliteration;

/// A surname in its place.
struct Form<'a> {
    text: &'a str,
    span: Span,
    /// The word before it where that is a given name: the person is named in full.
    given: Option<&'a str>,
    /// Whether a form of address is behind it.
    addressed: bool,
}

/// Letters of a name that another is told from: a syllable of Hangul, a kana, a character.
const SHORTEST: usize = 4;
const SHORTEST_IN_CHARACTERS: usize = 3;

/// Characters of a surname at most.
const LONGEST_IN_CHARACTERS: usize = 7;

/// Kana of a name in which any may have slipped, not only its voice or length.
const LONG: usize = 5;

/// The spellings of a text that look like slips, each with the usual one.
pub(super) fn of(document: &Document) -> Vec<(Span, String)> {
    let language = document.language;
    let mut out = match language.script.as_str() {
        "Kore" => told(&hangul(document), one_letter_of_hangul),
        "Jpan" => told(&katakana(document), one_kana),
        "Hans" | "Hant" => characters(document),
        _ => Vec::new(),
    };
    out.sort_unstable();
    out.dedup();
    out
}

/// The forms that stand before a form of address and never in full, near one that does.
fn told(forms: &[Form<'_>], near: fn(&str, &str) -> bool) -> Vec<(Span, String)> {
    let mut uses: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    for form in forms {
        let entry = uses.entry(form.text).or_default();
        entry.0 += 1;
        entry.1 |= form.given.is_some();
    }
    // As many as a text names; more is a list.
    let full: Vec<&str> =
        uses.iter().filter(|(_, (_, full))| *full).map(|(form, _)| *form).take(64).collect();
    forms
        .iter()
        .filter(|form| form.addressed && !uses[form.text].1)
        .filter_map(|form| {
            let usual =
                full.iter().find(|usual| uses[*usual].0 >= uses[form.text].0 && near(usual, form.text))?;
            Some((form.span, (*usual).to_owned()))
        })
        .collect()
}

/// Names in Hangul behind a given name from abroad or before a form of address.
fn hangul(document: &Document) -> Vec<Form<'_>> {
    let language = document.language;
    let behind = tables::behind_names(language);
    let mut out = Vec::new();
    for segment in document.prose() {
        let tokens = running::tokens(document, segment.span);
        for (index, token) in tokens.iter().enumerate() {
            if !token.text.chars().all(text::is_hangul) {
                continue;
            }
            let addressed = addressed(&tokens, index, behind);
            // What a form of address follows has no particle.
            let bare = if addressed { token.text } else { bare(token.text, language) };
            if bare.chars().count() < SHORTEST || lexis::known(bare, language) {
                continue;
            }
            let given = index.checked_sub(1).and_then(|before| tokens.get(before)).filter(|before| {
                token.follows_a_space()
                    && (tables::strangers(language).names.contains(&before.text)
                        || gazetteer::is_given_name(before.text)
                        || segment.mentions.iter().any(|mention| {
                            matches!(&mention.value, Value::Name(name) if name.kind == NameKind::Person)
                                && mention.span.start == before.span.start
                                && mention.span.overlaps(token.span)
                        }))
            });
            let span = Span::new(token.span.start, token.span.start + bare.len());
            out.push(Form { text: bare, span, given: given.map(|given| given.text), addressed });
        }
    }
    out
}

/// Whether a form of address stands behind a name, perhaps after an age in brackets.
fn addressed(tokens: &[Token<'_>], index: usize, behind: &[&str]) -> bool {
    let mut after = tokens.get(index + 1..).unwrap_or_default().iter();
    let Some(mut next) = after.next() else { return false };
    if next.gap.starts_with(['(', '（']) && next.text.chars().all(|digit| digit.is_ascii_digit()) {
        let Some(second) = after.next() else { return false };
        next = second;
    } else if !next.follows_a_space() {
        return false;
    }
    behind.iter().any(|form| {
        let particle = next.text.strip_prefix(form);
        particle
            .is_some_and(|particle| particle.chars().count() <= 2 && particle.chars().all(text::is_hangul))
    })
}

/// A word without its particle: the shortest form that is long enough for a name.
fn bare<'a>(word: &'a str, language: &Language) -> &'a str {
    let bases = gazetteer::bases(word, language);
    let cut = bases.iter().filter(|base| base.chars().count() >= SHORTEST).map(String::len).min();
    cut.and_then(|cut| word.get(..cut)).unwrap_or(word)
}

/// Whether two names in Hangul differ in one letter of one syllable.
fn one_letter_of_hangul(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.nfd().collect::<String>();
    one.chars().next() == other.chars().next() && strsim::osa_distance(&letters(one), &letters(other)) == 1
}

/// Names in katakana behind the dot of a full name or before a form of address.
fn katakana(document: &Document) -> Vec<Form<'_>> {
    let behind = tables::behind_names(document.language);
    let mut out = Vec::new();
    for segment in document.prose() {
        let written = document.excerpt(segment.span);
        let mut end = 0;
        for (at, letter) in written.char_indices() {
            if at < end || !is_katakana(letter) {
                continue;
            }
            let rest = written.get(at..).unwrap_or_default();
            let run = rest.get(..rest.find(|letter: char| !is_katakana(letter)).unwrap_or(rest.len()));
            let run = run.unwrap_or_default();
            end = at + run.len();
            let before = written.get(..at).unwrap_or_default();
            let after = written.get(end..).unwrap_or_default();
            let joined = before.strip_suffix(['・', '＝', '·']).filter(|given| given.ends_with(is_katakana));
            let given = joined.map(|given| {
                let start = given.rfind(|letter: char| !is_katakana(letter));
                start.and_then(|start| given.get(start..)).unwrap_or(given)
            });
            // The name goes on.
            if after.starts_with(['・', '＝', '·']) || run.chars().count() < SHORTEST {
                continue;
            }
            let addressed = behind.iter().any(|form| after.starts_with(form));
            let span = Span::new(at, end).shift(segment.span.start);
            out.push(Form { text: run, span, given, addressed });
        }
    }
    out
}

fn is_katakana(letter: char) -> bool {
    matches!(letter, '\u{30a1}'..='\u{30fa}' | 'ー')
}

/// Whether two names differ in one kana, or in its voice or length where they are short.
fn one_kana(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.nfd().collect::<String>();
    let plain = |name: &str| {
        let letters =
            name.nfd().filter(|letter| *letter != 'ー' && !matches!(letter, '\u{3099}' | '\u{309a}'));
        letters.collect::<String>()
    };
    let shorter = one.chars().count().min(other.chars().count());
    // The head of a name is what people are told apart by.
    one.chars().next() == other.chars().next()
        && strsim::osa_distance(&letters(one), &letters(other)) == 1
        && (shorter >= LONG || plain(one) == plain(other))
}

/// Surnames of characters that spell foreign names: behind a dot, and elsewhere with one other character, before a form of
/// address or a verb that reports.
fn characters(document: &Document) -> Vec<(Span, String)> {
    let language = document.language;
    let spells = |letter: char| text::is_unspaced(letter) && transliteration(letter) > 0.0;
    let mut surnames: Vec<&str> = Vec::new();
    for segment in document.prose() {
        let written = document.excerpt(segment.span);
        for (at, dot) in written.match_indices(['·', '・', '‧', '•']) {
            let given = written.get(..at).and_then(|before| before.chars().next_back());
            let rest = written.get(at + dot.len()..).unwrap_or_default();
            let run =
                rest.get(..rest.find(|letter| !spells(letter)).unwrap_or(rest.len())).unwrap_or_default();
            let letters = run.chars().count();
            if given.is_some_and(text::is_unspaced)
                && (SHORTEST_IN_CHARACTERS..=LONGEST_IN_CHARACTERS).contains(&letters)
            {
                surnames.push(run);
            }
        }
    }
    surnames.sort_unstable();
    surnames.dedup();
    surnames.truncate(64);
    let behind = tables::behind_names(language);
    let reporting = tables::reporting(language);
    let mut out = Vec::new();
    for segment in document.prose() {
        let written = document.excerpt(segment.span);
        let letters: Vec<(usize, char)> = written.char_indices().collect();
        for surname in &surnames {
            let name: Vec<char> = surname.chars().collect();
            for (at, window) in letters.windows(name.len()).enumerate() {
                let mut differing = window.iter().zip(&name).filter(|((_, one), other)| one != *other);
                let (Some(((_, other), _)), None) = (differing.next(), differing.next()) else { continue };
                let (Some((start, first)), Some((last, letter))) = (window.first(), window.last()) else {
                    continue;
                };
                let span = Span::new(*start, last + letter.len_utf8());
                let after = written.get(span.end..).unwrap_or_default();
                let before = at.checked_sub(1).and_then(|before| letters.get(before));
                let ends = behind.iter().chain(reporting).any(|form| after.starts_with(form));
                let begins = before
                    .is_none_or(|(_, letter)| !matches!(letter, '·' | '・' | '‧' | '•') && !spells(*letter));
                let slip = span.of(written);
                if *first == name[0] && spells(*other) && ends && begins && !surnames.contains(&slip) {
                    out.push((span.shift(segment.span.start), (*surname).to_owned()));
                }
            }
        }
    }
    out
}
