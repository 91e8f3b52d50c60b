//! Small tables of phrases, a line a language, that text checks read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Language;

/// Phrases by the tag of the language.
type Table = BTreeMap<&'static str, Vec<&'static str>>;

fn read(table: &'static str) -> Table {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).map(|(tag, row)| (tag, row.split('|').collect())).collect()
}

fn of(table: &'static Table, language: &Language) -> &'static [&'static str] {
    table.get(language.tag.as_str()).or_else(|| table.get(language.primary())).map_or(&[], Vec::as_slice)
}

/// The entries of a table that has one a line.
fn lines(table: &'static str) -> Vec<&'static str> {
    table.lines().filter(|line| !line.starts_with('#')).collect()
}

/// What a machine says instead of a translation, in the language and in English; `^` stands for the start of a
/// line or sentence.
pub fn refusals(language: &Language) -> Vec<&'static str> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(|| read(include_str!("refusals.tsv")));
    let mut phrases = of(table, language).to_vec();
    phrases.extend(table.get("*").into_iter().flatten());
    phrases
}

/// Words and phrases that something must follow.
pub fn openers(language: &Language) -> &'static [&'static str] {
    static TABLE: OnceLock<Table> = OnceLock::new();
    of(TABLE.get_or_init(|| read(include_str!("openers.tsv"))), language)
}

/// Words that have no capital inside a sentence, nor in a name of one word: `~` before an ending, `@calendar` for months and
/// days of the week.
pub fn small_words(language: &Language) -> &'static [&'static str] {
    static TABLE: OnceLock<Table> = OnceLock::new();
    of(TABLE.get_or_init(|| read(include_str!("small_words.tsv"))), language)
}

/// Verbs that report what somebody said.
pub fn reporting(language: &Language) -> &'static [&'static str] {
    static TABLE: OnceLock<Table> = OnceLock::new();
    of(TABLE.get_or_init(|| read(include_str!("reporting.tsv"))), language)
}

/// Languages with the same letters whose words are left in translations.
pub fn neighbours(language: &Language) -> &'static [&'static str] {
    static TABLE: OnceLock<Table> = OnceLock::new();
    of(TABLE.get_or_init(|| read(include_str!("neighbours.tsv"))), language)
}

/// Conjunctions that a clause must follow.
pub fn conjunctions(language: &Language) -> &'static [&'static str] {
    static TABLE: OnceLock<Table> = OnceLock::new();
    of(TABLE.get_or_init(|| read(include_str!("conjunctions.tsv"))), language)
}

/// Whether an English word in small letters is of the net or of computing, which other languages write as it is.
pub fn is_web_word(word: &str) -> bool {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("web_words.txt"))).binary_search(&word).is_ok()
}

/// Whether an English word, or two side by side, are written in other languages too: *fast food*.
pub fn is_loan(words: &str) -> bool {
    static LOANS: OnceLock<Vec<&'static str>> = OnceLock::new();
    LOANS.get_or_init(|| lines(include_str!("loans.txt"))).binary_search(&words).is_ok()
}

/// Articles, and prepositions that hold one, which do not stand before names of people.
pub fn articles(language: &Language) -> &'static [&'static str] {
    static TABLE: OnceLock<Table> = OnceLock::new();
    of(TABLE.get_or_init(|| read(include_str!("articles.tsv"))), language)
}

/// Forms of address and offices that stand behind names.
pub fn behind_names(language: &Language) -> &'static [&'static str] {
    static TABLE: OnceLock<Table> = OnceLock::new();
    of(TABLE.get_or_init(|| read(include_str!("behind_names.tsv"))), language)
}

/// Second parts of names of companies and goods that begin with a small letter.
pub fn brand_ends() -> &'static [&'static str] {
    static ENDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    ENDS.get_or_init(|| lines(include_str!("brand_ends.txt")))
}

/// Nouns that surnames are taken for: *wolf*, *smith*.
pub fn namesakes(language: &Language) -> &'static [&'static str] {
    of(namesake_table(), language)
}

fn namesake_table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| read(include_str!("namesakes.tsv")))
}

/// Whether a surname in lower case is such a noun in a language other than this: *Baker* in a German text.
pub fn is_namesake_elsewhere(surname: &str, language: &Language) -> bool {
    namesake_table()
        .iter()
        .any(|(tag, nouns)| *tag != language.tag && *tag != language.primary() && nouns.contains(&surname))
}

/// Given names of other countries, and nouns that hardly anybody is called.
#[derive(Debug)]
pub struct Strangers {
    /// The names, as the language writes them.
    pub names: Vec<&'static str>,
    /// The nouns, in lower case.
    pub nouns: Vec<&'static str>,
    /// Whether others are called so: the noun tells behind one of the names alone.
    pub only: bool,
}

/// Names behind which a noun is a surname that was translated: *John* before *rivers*.
pub fn strangers(language: &Language) -> &'static Strangers {
    static NONE: Strangers = Strangers { names: Vec::new(), nouns: Vec::new(), only: false };
    static TABLE: OnceLock<BTreeMap<&'static str, Strangers>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = include_str!("strangers.tsv").lines().filter(|line| !line.starts_with('#'));
        let rows = rows.filter_map(|row| row.split_once('\t'));
        rows.filter_map(|(tag, row)| {
            let (names, nouns) = row.split_once('\t')?;
            let (names, only) = names.strip_prefix('!').map_or((names, false), |names| (names, true));
            Some((
                tag,
                Strangers { names: names.split('|').collect(), nouns: nouns.split('|').collect(), only },
            ))
        })
        .collect()
    });
    table.get(language.tag.as_str()).or_else(|| table.get(language.primary())).unwrap_or(&NONE)
}

/// The Japanese form of a character that only simplified Chinese writes.
pub fn unsimplified(character: char) -> Option<char> {
    static PAIRS: OnceLock<BTreeMap<char, char>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let rows = include_str!("simplified.txt").lines().filter(|line| !line.starts_with('#'));
        let pairs = rows.flat_map(|row| row.split(' ')).filter_map(|pair| {
            let mut both = pair.chars();
            both.next().zip(both.next())
        });
        pairs.collect()
    });
    pairs.get(&character).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn every_profile_knows_refusals() {
        for language in lang::PROFILES.iter().map(lang::Entry::language) {
            let phrases = refusals(language);
            let common = refusals(lang::unknown()).len();
            assert!(phrases.len() >= common + 7 || language.primary() == "en", "{}", language.tag);
            assert!(
                phrases.iter().all(|phrase| language.lower(phrase) == *phrase || phrase.is_ascii()),
                "{}",
                language.tag
            );
        }
    }
}
