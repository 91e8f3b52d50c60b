//! Surnames that are words, and what machines make of them: `<language>.tsv`, a table for each language that is
//! translated into. A row holds the name in Latin letters, what the language writes for it, and its wrong translations.

pub mod speech;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::text::fold;
use super::{Language, PerLanguage, gazetteer};

/// The tables by the tag of their language.
const TABLES: &[(&str, &str)] = &[
    ("ar", include_str!("ar.tsv")),
    ("az", include_str!("az.tsv")),
    ("bg", include_str!("bg.tsv")),
    ("cs", include_str!("cs.tsv")),
    ("de", include_str!("de.tsv")),
    ("el", include_str!("el.tsv")),
    ("en", include_str!("en.tsv")),
    ("es", include_str!("es.tsv")),
    ("fa", include_str!("fa.tsv")),
    ("fr", include_str!("fr.tsv")),
    ("he", include_str!("he.tsv")),
    ("hi", include_str!("hi.tsv")),
    ("hy", include_str!("hy.tsv")),
    ("id", include_str!("id.tsv")),
    ("it", include_str!("it.tsv")),
    ("ja", include_str!("ja.tsv")),
    ("ko", include_str!("ko.tsv")),
    ("nl", include_str!("nl.tsv")),
    ("pl", include_str!("pl.tsv")),
    ("pt", include_str!("pt.tsv")),
    ("ro", include_str!("ro.tsv")),
    ("ru", include_str!("ru.tsv")),
    ("th", include_str!("th.tsv")),
    ("tr", include_str!("tr.tsv")),
    ("uk", include_str!("uk.tsv")),
    ("vi", include_str!("vi.tsv")),
    ("zh", include_str!("zh.tsv")),
];

/// A name and its renderings.
#[derive(Debug)]
pub struct Row {
    /// In Latin letters.
    pub name: &'static str,
    /// As the language writes it; as in Latin letters where it says nothing else.
    right: Vec<&'static str>,
    /// The words that it is translated to, in lower case.
    wrong: Vec<&'static str>,
}

/// What a name is as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A thing or an animal: it does not speak.
    Thing,
    /// An office, a trade, a body: it may.
    Speaker,
    /// A quality.
    Quality,
}

/// The table of a language.
#[derive(Debug, Default)]
pub struct Surnames {
    rows: Vec<Row>,
    /// Rows by what is right, folded.
    named: BTreeMap<String, Vec<usize>>,
    /// Rows whose name is of two words by the first, folded, with the second.
    pairs: BTreeMap<String, Vec<(usize, String)>>,
    /// Rows and wrong translations by the first word of the translation.
    translated: BTreeMap<String, Vec<(usize, &'static str)>>,
}

/// The table of a language; empty where there is none.
pub fn of(language: &Language) -> &'static Surnames {
    static READ: PerLanguage<Surnames> = PerLanguage::new();
    READ.get(language, |language| {
        let find = |tag: &str| TABLES.iter().find(|(own, _)| *own == tag);
        let table = find(&language.tag).or_else(|| find(language.primary()));
        table.map(|(_, table)| Surnames::read(table)).unwrap_or_default()
    })
}

impl Surnames {
    fn read(table: &'static str) -> Self {
        let mut out = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, right, wrong] = cells[..] else { continue };
            let split = |cell: &'static str| cell.split('|').filter(|part| !part.is_empty()).collect();
            let mut row = Row { name, right: split(right), wrong: split(wrong) };
            if !row.right.contains(&name) {
                row.right.push(name);
            }
            let number = out.rows.len();
            for right in &row.right {
                let folded = |word: &str| plain(&fold(word));
                match right.split_once(' ') {
                    Some((first, second)) => {
                        out.pairs.entry(folded(first)).or_default().push((number, folded(second)));
                    }
                    None => out.named.entry(folded(right)).or_default().push(number),
                }
            }
            for &wrong in &row.wrong {
                let first = wrong.split(' ').next().unwrap_or_default();
                out.translated.entry(plain(first)).or_default().push((number, wrong));
            }
            out.rows.push(row);
        }
        out
    }

    /// Whether there is no table.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every row, by number.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows whose name a word is, in whatever case.
    pub fn named(&self, word: &str, language: &Language) -> Vec<usize> {
        let folded = plain(&fold(word));
        let bases = gazetteer::bases(&folded, language);
        let mut rows: Vec<usize> = std::iter::once(&folded)
            .chain(&bases)
            .filter_map(|form| self.named.get(form))
            .flatten()
            .copied()
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The rows whose name two words are: *Gao Yuan*.
    pub fn paired(&self, first: &str, second: &str) -> Vec<usize> {
        let rows = self.pairs.get(&plain(&fold(first))).into_iter().flatten();
        let second = plain(&fold(second));
        rows.filter(|(_, own)| *own == second).map(|(row, _)| *row).collect()
    }

    /// The rows that have a translation which begins with a word, in lower case, each with the translation: the
    /// longest first.
    pub fn translated(&self, word: &str, language: &Language) -> Vec<(usize, &'static str)> {
        let word = plain(word);
        let bases = gazetteer::bases(&word, language);
        let mut found: Vec<(usize, &'static str)> = std::iter::once(word.as_str())
            .chain(bases.iter().map(String::as_str))
            .filter_map(|form| self.translated.get(form))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable_by_key(|&(row, wrong)| (std::cmp::Reverse(wrong.len()), row));
        found.dedup();
        found
    }

    /// Whether a word is the name of a row itself, as the language writes it: then it is no translation of another.
    pub fn is_name(&self, word: &str) -> bool {
        self.named.contains_key(&plain(&fold(word)))
    }
}

impl Row {
    /// As the language writes the name, first what it writes most.
    pub fn right(&self) -> &[&'static str] {
        &self.right
    }

    /// Whether its translations have a capital inside a sentence for other reasons too: *Church*, *North*.
    pub fn has_capitals(&self) -> bool {
        static NAMES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
        NAMES
            .get_or_init(|| {
                let lines = include_str!("capitals.txt").lines();
                lines.filter(|line| !line.starts_with('#')).collect()
            })
            .contains(self.name)
    }

    /// What the name is as a word.
    pub fn kind(&self) -> Kind {
        static KINDS: OnceLock<BTreeMap<&'static str, Kind>> = OnceLock::new();
        let kinds = KINDS.get_or_init(|| {
            let lines = include_str!("kinds.tsv").lines().filter(|line| !line.starts_with('#'));
            let kind = |kind| if kind == "quality" { Kind::Quality } else { Kind::Speaker };
            lines.filter_map(|line| line.split_once('\t')).map(|(name, own)| (name, kind(own))).collect()
        });
        kinds.get(self.name).copied().unwrap_or(Kind::Thing)
    }

    /// The words that machines make of it, in lower case.
    pub fn wrong(&self) -> &[&'static str] {
        &self.wrong
    }
}

/// A word without the marks that writers leave out: the vowel signs of Arabic, the dot below of Hindi.
pub fn plain(word: &str) -> String {
    let letters = word.chars().filter_map(|letter| match letter {
        '\u{64b}'..='\u{652}' | '\u{640}' | '\u{93c}' => None,
        '\u{958}' => Some('क'),
        '\u{959}' => Some('ख'),
        '\u{95a}' => Some('ग'),
        '\u{95b}' => Some('ज'),
        '\u{95c}' => Some('ड'),
        '\u{95d}' => Some('ढ'),
        '\u{95e}' => Some('फ'),
        other => Some(other),
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn every_table_is_read_whole() {
        for (tag, table) in TABLES {
            let language = lang::find(tag).expect("a language");
            let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count();
            let surnames = of(language);
            assert_eq!(surnames.rows().len(), lines, "{tag}: a row has not three columns");
            for row in surnames.rows() {
                assert!(!row.wrong().is_empty(), "{tag}: {} has no translation", row.name);
                for wrong in row.wrong() {
                    assert_eq!(*wrong, language.lower(wrong), "{tag}: {}", row.name);
                }
            }
        }
    }
}
