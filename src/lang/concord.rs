//! Which nouns go with which determiners: as learnt from public text, and as added by hand (`concord/README.md`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::Language;

/// Bytes of the longest word that is taken apart.
const LONGEST: usize = 160;

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
    /// Reads what was learnt and what was `added`. A noun that the two put into different classes has none.
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
        let mut classes: BTreeMap<&str, BTreeSet<char>> = BTreeMap::new();
        for line in lines.chain(added.lines()).filter(|line| !line.starts_with('#')) {
            let Some((class, list)) = line.split_once(' ') else { continue };
            let class = class.chars().next().unwrap_or_default();
            for noun in list.split(' ') {
                classes.entry(noun).or_default().insert(class);
            }
        }
        let sure = classes.into_iter().filter(|(_, classes)| classes.len() == 1);
        let nouns = sure.filter_map(|(noun, classes)| Some((noun, classes.first().copied()?))).collect();
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

    /// Whether the word, in lower case, is a noun of the list, of one of the classes.
    pub fn is_noun(&self, word: &str, classes: &str) -> bool {
        self.nouns.get(word).is_some_and(|&class| classes.contains(class))
    }

    /// The class of a noun, in lower case, of the list.
    pub fn listed(&self, word: &str) -> Option<char> {
        self.nouns.get(word).copied()
    }

    /// Whether a plural may stand behind the determiner.
    pub fn takes_plural(&self, before: &str, word: &str) -> bool {
        self.classes(before, word).is_some_and(|(classes, _)| classes.contains('P'))
    }

    /// Whether the word, in lower case, is an adjective or determiner that is nothing else.
    pub fn is_adjective(&self, before: &str, word: &str) -> bool {
        self.classes(before, word).is_some_and(|(_, pronoun)| !pronoun)
    }

    /// The noun of the list that a compound in lower case ends in, where `known` says that what is before it is a word.
    pub fn head<'a>(&self, noun: &'a str, known: impl Fn(&str) -> bool) -> Option<&'a str> {
        if noun.len() > LONGEST || self.nouns.contains_key(noun) {
            return None;
        }
        // From the left: the longest head.
        let starts = noun.char_indices().map(|(at, _)| at).skip(3);
        starts.filter_map(|at| noun.split_at_checked(at)).find_map(|(stem, head)| {
            // A short one may be the end of anything behind a short word.
            let long = head.chars().count() >= 5 || head.chars().count() == 4 && stem.chars().count() >= 4;
            (long && self.nouns.contains_key(head) && known(stem)).then_some(head)
        })
    }

    /// Whether the word is a noun that goes with the determiner.
    pub fn agree(&self, before: &str, word: &str, noun: &str) -> bool {
        let Some((classes, _)) = self.classes(before, word) else { return false };
        self.class(noun, true).is_some_and(|class| classes.contains(class))
    }
}

macro_rules! files {
    ($($tag:literal $(+ $added:literal)?)*) => {
        /// What is known of a language.
        pub fn of(language: &Language) -> Option<&'static Concord> {
            match language.primary() {
                $($tag => {
                    static FILE: OnceLock<Concord> = OnceLock::new();
                    let added = [$(include_str!(concat!("concord/added/", $added, ".txt")),)? ""][0];
                    let learnt = include_str!(concat!("concord/", $tag, ".txt"));
                    Some(FILE.get_or_init(|| Concord::read(learnt, added)))
                })*
                _ => None,
            }
        }
    };
}

files! {
    "ar" + "ar" "bg" + "bg" "cs" + "cs" "de" + "de" "el" + "el" "en" + "en" "es" + "es" "fr" + "fr" "he" + "he"
    "hi" + "hi" "it" + "it" "nl" + "nl" "pl" + "pl" "pt" + "pt" "ro" + "ro" "ru" + "ru" "uk" + "uk"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn nouns_clash_with_determiners_of_another_class() {
        for (tag, word, noun) in [
            ("es", "nuevas", "casos"),
            ("pt", "nossa", "governo"),
            ("it", "della", "giardino"),
            ("fr", "petit", "maison"),
            ("de", "eine", "abend"),
            ("ru", "важный", "возможность"),
            ("pl", "krajowy", "komisja"),
            ("cs", "česká", "atentát"),
            ("uk", "міський", "академія"),
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

    #[test]
    fn a_noun_of_two_classes_has_none() {
        let known = Concord::read("un:m une:f\n\n?\nm livre pont tour\nf maison\n", "f tour route\nm pont\n");
        assert!(known.clash("", "une", "pont", false) && known.clash("", "un", "route", false));
        for determiner in ["un", "une"] {
            assert!(!known.clash("", determiner, "tour", false), "{determiner}");
        }
        assert!(!known.is_noun("tour", "mf") && known.is_noun("route", "mf") && !known.is_noun("route", "m"));
    }

    #[test]
    fn a_compound_is_of_the_class_of_its_head() {
        let german = lang::find("de").and_then(of).unwrap();
        let known = |stem: &str| ["wasser", "haupt"].contains(&stem);
        assert_eq!(german.head("wasserleitung", known), Some("leitung"));
        assert_eq!(german.head("hauptbahnhof", known), Some("bahnhof"));
        // Part of a word is no word.
        assert_eq!(german.head("verwalter", known), None);
    }

    #[test]
    fn what_is_added_is_well_formed() {
        for language in lang::PROFILES.iter().filter_map(|entry| lang::find(entry.tag)) {
            let Some(known) = of(language) else { continue };
            for (noun, class) in &known.nouns {
                assert!("mfncsdMFNP".contains(*class), "{}: {class} {noun}", language.tag);
                assert_eq!(language.lower(noun), *noun, "{}", language.tag);
            }
        }
    }
}
