//! Small words whose form depends on the first sound of the next word: *a* and *an*, *il* and *lo*, *w* and *we*
//! (`sounds.tsv`).

use super::text::is_vowel;
use super::{Language, PerLanguage};

/// What is said of some small words.
#[derive(Debug, Default, Clone)]
pub struct Row {
    /// The words as they are wrong there, with what they should be.
    pub words: Vec<(&'static str, &'static str)>,
    before: Vec<&'static str>,
    except: Vec<&'static str>,
    /// Whether the next word must be a noun of the lists.
    pub noun: bool,
    /// Whether the next word may have a capital.
    pub name: bool,
}

impl Row {
    fn read(line: &'static str) -> Self {
        let mut cells = line.split('\t').skip(1);
        let mut list = || cells.next().unwrap_or_default().split(' ').filter(|item| !item.is_empty());
        let words = list().filter_map(|pair| pair.split_once('>')).collect();
        let (before, except) = (list().collect(), list().collect());
        let needs: Vec<&str> = list().collect();
        Self { words, before, except, noun: needs.contains(&"noun"), name: needs.contains(&"name") }
    }

    /// Whether the form is wrong before a word in lower case.
    pub fn is_wrong_before(&self, word: &str) -> bool {
        let any = |patterns: &[&str]| patterns.iter().any(|pattern| begins(word, pattern));
        any(&self.before) && !any(&self.except)
    }
}

/// Whether the word begins as the pattern says: `C` is a consonant, `V` a vowel, `=` the end.
fn begins(word: &str, pattern: &str) -> bool {
    let mut letters = word.chars();
    pattern.chars().all(|wanted| match (wanted, letters.next()) {
        ('=', letter) => letter.is_none(),
        ('C', Some(letter)) => letter.is_alphabetic() && !is_vowel(letter),
        ('V', Some(letter)) => is_vowel(letter),
        (wanted, letter) => letter == Some(wanted),
    })
}

/// The rows of a language.
pub fn of(language: &Language) -> &'static [Row] {
    static ROWS: PerLanguage<Vec<Row>> = PerLanguage::new();
    ROWS.get(language, |language| {
        let lines = include_str!("sounds.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter(|line| line.split('\t').next() == Some(language.primary())).map(Row::read).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn beginnings_are_patterns() {
        for (word, pattern, wanted) in [
            ("szpital", "szC", true),
            ("szacunek", "szC", false),
            ("un", "un=", true),
            ("unité", "un=", false),
            ("wschód", "wC", true),
            ("владение", "вC", true),
            ("a", "aV", false),
        ] {
            assert_eq!(begins(word, pattern), wanted, "{word} {pattern}");
        }
    }

    #[test]
    fn every_row_is_of_a_profile_and_well_formed() {
        for line in include_str!("sounds.tsv").lines().filter(|line| !line.starts_with('#')) {
            let tag = line.split('\t').next().unwrap_or_default();
            assert!(lang::find(tag).is_some(), "{line}");
            let row = Row::read(line);
            assert!(!row.words.is_empty() && !row.before.is_empty(), "{line}");
            assert!(line.split('\t').count() <= 5, "{line}");
        }
    }
}
