//! Which nouns go with which determiners, as learnt from public text and added by hand (`concord/README.md`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::Language;

/// What is known of one language.
pub struct Concord {
    /// Determiners with the classes they stand before, and whether they are pronouns too.
    words: BTreeMap<String, (&'static str, bool)>,
    /// Endings of adjectives.
    endings: Vec<(&'static str, &'static str)>,
    /// Endings of nouns.
    noun_endings: BTreeMap<&'static str, char>,
    /// Nouns that belie their ending.
    strays: BTreeSet<&'static str>,
    nouns: BTreeMap<&'static str, char>,
}

impl Concord {
    fn read(file: &'static str, added: &'static str) -> Self {
        let mut lines = file.lines();
        let mut entries = || {
            let line = lines.next().unwrap_or_default();
            line.split(' ').filter_map(|entry| entry.rsplit_once(':'))
        };
        let (mut words, mut endings) = (BTreeMap::new(), Vec::new());
        for (word, classes) in entries() {
            let (word, pronoun) = word.strip_prefix('+').map_or((word, false), |word| (word, true));
            match word.strip_prefix('~') {
                Some(ending) => endings.push((ending, classes)),
                None => _ = words.insert(word.replace('_', " "), (classes, pronoun)),
            }
        }
        let noun_endings =
            entries().filter_map(|(ending, class)| Some((ending, class.chars().next()?))).collect();
        let strays = lines.next().unwrap_or_default().split(' ').skip(1).collect();
        let mut nouns = BTreeMap::new();
        for line in lines.chain(added.lines()).filter(|line| !line.starts_with('#')) {
            let Some((class, list)) = line.split_once(' ') else { continue };
            let class = class.chars().next().unwrap_or_default();
            nouns.extend(list.split(' ').map(|noun| (noun, class)));
        }
        Self { words, endings, noun_endings, strays, nouns }
    }

    /// The classes of nouns that a word in lower case stands before, and whether it may be a pronoun. `before` is the
    /// word before it: `in het`.
    fn classes(&self, before: &str, word: &str) -> Option<(&'static str, bool)> {
        if let Some(&known) = self.words.get(&format!("{before} {word}")).or_else(|| self.words.get(word)) {
            return Some(known);
        }
        let fitting = self
            .endings
            .iter()
            .filter(|(ending, _)| word.strip_suffix(ending).is_some_and(|stem| stem.chars().count() > 1));
        fitting.max_by_key(|(ending, _)| ending.len()).map(|&(_, classes)| (classes, false))
    }

    /// The class of a noun in lower case. Its ending tells only where `by_ending` says so.
    fn class(&self, noun: &str, by_ending: bool) -> Option<char> {
        if let Some(&class) = self.nouns.get(noun) {
            return Some(class);
        }
        if !by_ending || self.strays.contains(noun) || self.words.contains_key(noun) {
            return None;
        }
        let letters: Vec<(usize, char)> = noun.char_indices().collect();
        (2..=5).rev().find_map(|length| {
            let at = letters.len().checked_sub(length).filter(|&stem| stem >= 2)?;
            self.noun_endings.get(noun.get(letters[at].0..)?).copied()
        })
    }

    /// Whether a determiner and the noun behind it surely do not go together: `las indicios`. All in lower case;
    /// `before` is what stands before the determiner. One that is a pronoun, too, tells only before what is surely a
    /// noun: in *lo porta* there may be none.
    pub fn clash(&self, before: &str, word: &str, noun: &str, surely: bool) -> bool {
        let Some((classes, pronoun)) = self.classes(before, word) else { return false };
        (surely || !pronoun) && self.class(noun, !pronoun).is_some_and(|class| !classes.contains(class))
    }

    /// Whether the word is a noun that goes with the determiner.
    pub fn agree(&self, before: &str, word: &str, noun: &str) -> bool {
        let Some((classes, _)) = self.classes(before, word) else { return false };
        self.class(noun, true).is_some_and(|class| classes.contains(class))
    }
}

macro_rules! files {
    ($($tag:literal)*) => {
        #[cfg(test)]
        static FILES: &[(&str, &str, &str)] = &[$((
            $tag,
            include_str!(concat!("concord/", $tag, ".txt")),
            include_str!(concat!("concord/added/", $tag, ".txt")),
        )),*];

        /// What is known of a language.
        pub fn of(language: &Language) -> Option<&'static Concord> {
            match language.primary() {
                $($tag => {
                    static FILE: OnceLock<Concord> = OnceLock::new();
                    Some(FILE.get_or_init(|| Concord::read(
                        include_str!(concat!("concord/", $tag, ".txt")),
                        include_str!(concat!("concord/added/", $tag, ".txt")),
                    )))
                })*
                _ => None,
            }
        }
    };
}

files! { "bg" "cs" "de" "el" "es" "fr" "it" "nl" "pl" "pt" "ro" "ru" "uk" }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn a_noun_has_one_class() {
        for (tag, learnt, added) in FILES {
            let lines = learnt.lines().skip(3).chain(added.lines()).filter(|line| !line.starts_with('#'));
            let mut seen = BTreeMap::new();
            for (class, nouns) in lines.filter_map(|line| line.split_once(' ')) {
                for noun in nouns.split(' ') {
                    let before = seen.insert(noun, class);
                    assert!(before.is_none(), "{tag}: {noun} is {class} and {before:?}");
                }
            }
        }
    }

    #[test]
    fn nouns_clash_with_determiners_of_another_class() {
        for (tag, word, noun) in [
            ("es", "nuevas", "casos"),
            ("pt", "nossa", "governo"),
            ("it", "della", "giardino"),
            ("fr", "petit", "maison"),
            ("de", "eine", "abend"),
            ("ru", "важный", "возможность"),
            ("pl", "każda", "szpital"),
            ("cs", "evropský", "vláda"),
            ("uk", "державна", "міністр"),
        ] {
            let concord = lang::find(tag).and_then(of).unwrap();
            assert!(concord.clash("", word, noun, false), "{tag}: {word} {noun}");
        }
        let spanish = lang::find("es").and_then(of).unwrap();
        assert!(!spanish.clash("", "una", "mano", false) && spanish.agree("", "la", "ciudad"));
    }
}
