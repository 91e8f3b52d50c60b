//! The words of a language, and the names that an archive writes in two languages.

use std::collections::BTreeSet;

use super::bytes::{In, Out, Read};
use super::table::words;
use crate::lang::text::fold;
use crate::lang::vocabulary::Vocabulary;

/// Words that a language has, from a list of the user's.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    /// Tag of the language.
    pub language: String,
    words: Vocabulary,
}

impl List {
    /// Of words in small letters.
    pub(crate) fn new(language: String, list: &BTreeSet<String>) -> Self {
        let mut words = Vocabulary::with_capacity(list.len());
        for word in list {
            words.add(word);
        }
        Self { language, words }
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has the word, in small letters.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.get(word).is_some()
    }

    /// Bytes of the list.
    pub(crate) fn write(&self, out: &mut Out) {
        out.text(&self.language);
        out.words(words(&self.words));
    }

    /// A list from its bytes.
    pub(crate) fn read(read: &mut In<'_>) -> Read<Self> {
        Some(Self { language: read.text()?.to_owned(), words: read.words()? })
    }
}

/// Names and what the other language writes for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Tags of the two languages.
    pub languages: (String, String),
    /// Folded, in order.
    pub pairs: BTreeSet<(String, String)>,
}

impl Names {
    /// Whether one stands for the other.
    pub(crate) fn has(&self, one: (&str, &str), other: (&str, &str)) -> bool {
        let (a, b) = (self.languages.0.as_str(), self.languages.1.as_str());
        let key = match (one.1, other.1) {
            (from, to) if (from, to) == (a, b) => (fold(one.0), fold(other.0)),
            (from, to) if (from, to) == (b, a) => (fold(other.0), fold(one.0)),
            _ => return false,
        };
        self.pairs.contains(&key)
    }

    /// Bytes of the names.
    pub(crate) fn write(&self, out: &mut Out) {
        out.text(&self.languages.0);
        out.text(&self.languages.1);
        out.number(self.pairs.len() as u64);
        for (one, other) in &self.pairs {
            out.text(one);
            out.text(other);
        }
    }

    /// Names from their bytes.
    pub(crate) fn read(read: &mut In<'_>) -> Read<Self> {
        let languages = (read.text()?.to_owned(), read.text()?.to_owned());
        let count = read.count()?;
        let mut pairs = BTreeSet::new();
        for _ in 0..count {
            pairs.insert((read.text()?.to_owned(), read.text()?.to_owned()));
        }
        Some(Self { languages, pairs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_names_are_read_as_they_were_written() {
        let list = List::new("de".into(), &["brücke", "ofen"].into_iter().map(str::to_owned).collect());
        let mut out = Out::default();
        list.write(&mut out);
        let again = List::read(&mut In::new(&out.bytes)).expect("whole");
        assert!(again.has("brücke") && !again.has("haus") && again.language == "de");
        for end in 0..out.bytes.len() {
            assert!(List::read(&mut In::new(&out.bytes[..end])).is_none(), "{end}");
        }
        let names = Names {
            languages: ("de".into(), "en".into()),
            pairs: [("moskau".into(), "moscow".into())].into(),
        };
        let mut out = Out::default();
        names.write(&mut out);
        let again = Names::read(&mut In::new(&out.bytes)).expect("whole");
        assert!(
            again.has(("Moscow", "en"), ("Moskau", "de")) && again.has(("Moskau", "de"), ("Moscow", "en"))
        );
        assert!(
            !again.has(("Moscow", "de"), ("Moskau", "en")) && !again.has(("Moscow", "fr"), ("Moskau", "de"))
        );
        for end in 0..out.bytes.len() {
            assert!(Names::read(&mut In::new(&out.bytes[..end])).is_none(), "{end}");
        }
    }
}
