//! What forms of nouns, adjectives and determiners can be: gender, number and case, from declensions written as data
//! (`paradigms/README.md`).

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::Language;
use super::concord::{self, Concord};

/// A set of readings of a form: a bit for each triple of gender, number and case.
pub type Readings = u128;

/// What stands before an adjective, where its endings depend on that: nothing, a word like *der*, a word like *ein*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Before {
    /// No determiner.
    #[default]
    Nothing = 0,
    /// A determiner that shows the case.
    Definite = 1,
    /// A determiner that does not show it in every form.
    Indefinite = 2,
}

/// The readings of an adjective behind each [`Before`].
type Behind = [Readings; 3];

/// A declension.
struct Paradigm {
    adjective: bool,
    endings: Vec<(&'static str, Behind)>,
}

impl Paradigm {
    /// Whether forms of it end so.
    fn has(&self, ending: &str) -> bool {
        self.endings.iter().any(|(other, _)| *other == ending)
    }
}

/// A word that takes certain cases: a preposition, or a postposition.
struct Governor {
    /// The words behind the first one.
    rest: Vec<&'static str>,
    readings: Readings,
}

/// Lists of words of which something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Numerals behind which the noun does not have the case of the phrase.
    Two,
    /// What is read neither as determiner nor as adjective or noun.
    Not,
    /// Determiners that may be pronouns.
    Pronoun,
    /// Determiners behind which no other stands in one phrase: *einer der Köche*.
    Alone,
    /// Determiners between which and their noun another phrase may stand: *सरकार की किसानों को राहत*.
    Nested,
    /// Pronouns that open a clause about the noun before it.
    Relative,
    /// Determiners that hold a preposition: *du*, *nella*.
    Contracted,
}

/// The lists by the words that begin their lines.
const LISTS: [(&str, List); 7] = [
    ("two", List::Two),
    ("not", List::Not),
    ("pronoun", List::Pronoun),
    ("alone", List::Alone),
    ("nested", List::Nested),
    ("relative", List::Relative),
    ("contracted", List::Contracted),
];

/// What is so of a whole language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// Adjectives stand behind their nouns as well.
    Behind,
    /// Phrases are read only where they open with a determiner.
    Determined,
    /// Adjectives of countries have capitals: *Duitse*.
    Capitals,
}

/// The traits by the words that are their lines.
const TRAITS: [(&str, Trait); 3] =
    [("behind", Trait::Behind), ("determined", Trait::Determined), ("capitals", Trait::Capitals)];

/// The declensions of one language.
#[derive(Default)]
pub struct Paradigms {
    /// A letter each.
    genders: String,
    cases: String,
    determiners: HashMap<&'static str, (Readings, Before)>,
    declensions: Vec<Paradigm>,
    /// The declensions of what is left of a word without its ending.
    stems: HashMap<&'static str, Vec<u16>>,
    forms: HashMap<&'static str, Readings>,
    prepositions: HashMap<&'static str, Vec<Governor>>,
    postpositions: HashMap<&'static str, Vec<Governor>>,
    /// Numerals with what their nouns are.
    many: HashMap<&'static str, Readings>,
    /// In the order of [`LISTS`].
    lists: [BTreeSet<&'static str>; LISTS.len()],
    traits: Vec<Trait>,
    /// Verbs between a subject and the adjective or participle that agrees with it, by their first words.
    copulas: HashMap<&'static str, Vec<Vec<&'static str>>>,
    complements: Readings,
    /// Bytes of the longest ending.
    longest: usize,
    /// More nouns, with a gender and number but no case.
    nouns: Option<&'static Concord>,
}

/// Singular and plural.
const NUMBERS: &str = "sp";

impl Paradigms {
    /// Reads a file. Returns the lines and words, too, that say nothing.
    fn read(file: &'static str, nouns: Option<&'static Concord>) -> (Self, Vec<String>) {
        let mut known = Self { genders: "mfn".to_owned(), ..Self::default() };
        let mut names: HashMap<&str, u16> = HashMap::new();
        let mut problems = Vec::new();
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let items: Vec<&'static str> = line.split(' ').filter(|item| !item.is_empty()).collect();
            let [what, items @ ..] = items.as_slice() else { continue };
            if let Some(name) = what.strip_suffix(':') {
                match names.get(name) {
                    Some(&at) => problems.extend(known.add_words(at, items)),
                    None => problems.push(line.to_owned()),
                }
            } else if let Some(at) = LISTS.iter().position(|(name, _)| name == what) {
                known.lists[at].extend(items);
            } else if let Some((_, found)) = TRAITS.iter().find(|(name, _)| name == what) {
                known.traits.push(*found);
            } else if *what == "nouns" {
                known.nouns = nouns;
            } else if known.add(what, items, &mut names).is_none() {
                problems.push(line.to_owned());
            }
        }
        (known, problems)
    }

    /// Words of a declension, each as it ends in the first ending of it. Returns those that do not.
    fn add_words(&mut self, at: u16, words: &[&'static str]) -> Vec<String> {
        let citation = self.declensions[usize::from(at)].endings.first().map_or("", |first| first.0);
        let mut strange = Vec::new();
        for word in words {
            let Some(stem) = word.strip_suffix(citation) else {
                strange.push((*word).to_owned());
                continue;
            };
            let declensions = self.stems.entry(stem).or_default();
            if !declensions.contains(&at) {
                declensions.push(at);
            }
        }
        strange
    }

    /// A line of another kind. `None` where it says nothing.
    fn add(
        &mut self,
        what: &str,
        items: &[&'static str],
        names: &mut HashMap<&'static str, u16>,
    ) -> Option<()> {
        let (&first, rest) = items.split_first()?;
        let cases = |known: &Self, cases: &str| Some(known.readings(&format!("*.*.{cases}"))?[0]);
        match what {
            "genders" => self.genders = items.concat(),
            "cases" => self.cases = items.concat(),
            "word" => {
                let before = match rest.get(1) {
                    Some(&"d") => Before::Definite,
                    Some(&"e") => Before::Indefinite,
                    _ => Before::Nothing,
                };
                let readings = self.readings(rest.first()?)?[0];
                self.determiners.entry(first).or_insert((0, before)).0 |= readings;
            }
            "adj" | "noun" => {
                let mut endings: Vec<(&'static str, Behind)> = Vec::new();
                for item in rest {
                    let (ending, readings) = item.split_once('=')?;
                    let readings = self.readings(readings)?;
                    match endings.iter_mut().find(|(other, _)| *other == ending) {
                        Some((_, other)) => (0..3).for_each(|at| other[at] |= readings[at]),
                        None => endings.push((ending, readings)),
                    }
                    self.longest = self.longest.max(ending.len());
                }
                names.insert(first, u16::try_from(self.declensions.len()).ok()?);
                self.declensions.push(Paradigm { adjective: what == "adj", endings });
            }
            "form" => *self.forms.entry(first).or_default() |= self.readings(rest.first()?)?[0],
            "prep" | "post" => {
                let readings = cases(self, rest.first()?)?;
                let mut words = first.split('_');
                let table = if what == "prep" { &mut self.prepositions } else { &mut self.postpositions };
                let governors = table.entry(words.next()?).or_default();
                let rest: Vec<&str> = words.collect();
                match governors.iter_mut().find(|governor| governor.rest == rest) {
                    Some(governor) => governor.readings |= readings,
                    None => governors.push(Governor { rest, readings }),
                }
            }
            "five" => {
                let readings = self.readings(&format!("*.p.{first}"))?[0];
                self.many.extend(rest.iter().map(|word| (*word, readings)));
            }
            "copula" => {
                for item in items {
                    let mut words = item.split('_');
                    self.copulas.entry(words.next()?).or_default().push(words.collect());
                }
            }
            "complements" => self.complements |= cases(self, first)?,
            _ => return None,
        }
        Some(())
    }

    /// The bit of a gender, a number and a case, each by its place.
    fn bit(&self, gender: usize, number: usize, case: usize) -> Readings {
        1 << ((gender * NUMBERS.len() + number) * self.cases.len().max(1) + case)
    }

    /// Reads `ma.s.gd,d:f.p.*`.
    fn readings(&self, written: &str) -> Option<Behind> {
        let mut out = [0; 3];
        for part in written.split(',') {
            let (behind, part): (&[usize], &str) = match part.split_once(':') {
                Some(("b", part)) => (&[0], part),
                Some(("d", part)) => (&[1], part),
                Some(("e", part)) => (&[2], part),
                Some(_) => return None,
                None => (&[0, 1, 2], part),
            };
            let mut written = part.split('.');
            let mut axis = |letters: &str| -> Option<Vec<usize>> {
                match written.next() {
                    None | Some("*") => Some((0..letters.len().max(1)).collect()),
                    Some(chosen) => chosen.chars().map(|letter| letters.find(letter)).collect(),
                }
            };
            let (genders, numbers, cases) = (axis(&self.genders)?, axis(NUMBERS)?, axis(&self.cases)?);
            let mut bits = 0;
            for &gender in &genders {
                for &number in &numbers {
                    for &case in &cases {
                        bits |= self.bit(gender, number, case);
                    }
                }
            }
            for &at in behind {
                out[at] |= bits;
            }
        }
        Some(out)
    }

    /// Whether a word in lower case is in a list.
    pub fn is(&self, list: List, word: &str) -> bool {
        LISTS.iter().position(|(_, other)| *other == list).is_some_and(|at| self.lists[at].contains(word))
    }

    /// Whether the language has a trait.
    pub fn has(&self, wanted: Trait) -> bool {
        self.traits.contains(&wanted)
    }

    /// Whether nouns and adjectives have cases.
    pub fn has_cases(&self) -> bool {
        !self.cases.is_empty()
    }

    /// The readings of a determiner in lower case, and what adjectives behind it are like.
    pub fn determiner(&self, word: &str) -> Option<(Readings, Before)> {
        self.determiners.get(word).copied().filter(|_| !self.is(List::Not, word))
    }

    /// How many words the copula has that starts at `index`.
    pub fn copula(&self, words: &[String], index: usize) -> Option<usize> {
        let copulas = self.copulas.get(words.get(index)?.as_str())?;
        let fits = |rest: &&Vec<&str>| {
            let next = words.get(index + 1..index + 1 + rest.len()).unwrap_or_default();
            rest.iter().copied().eq(next.iter().map(String::as_str))
        };
        copulas.iter().filter(fits).map(|rest| 1 + rest.len()).max()
    }

    /// The readings with all cases of their genders and numbers.
    pub fn without_case(&self, readings: Readings) -> Readings {
        let block = (1 << self.cases.chars().count().max(1)) - 1;
        let blocks =
            (0..self.genders.len() * NUMBERS.len()).map(|at| block << (at * self.cases.len().max(1)));
        blocks.filter(|block| readings & block != 0).fold(0, |all, block| all | block)
    }

    /// What nouns behind the numeral are, where they do not depend on the phrase: plurals behind *five*.
    pub fn many(&self, word: &str) -> Option<Readings> {
        self.many.get(word).copied()
    }

    /// The readings of an adjective in lower case; none where it is none.
    pub fn adjective(&self, word: &str, before: Before) -> Readings {
        self.declined(word, true, before)
    }

    /// The readings of a noun in lower case; none where it is none.
    pub fn noun(&self, word: &str) -> Readings {
        let known = self.declined(word, false, Before::Nothing);
        if known != 0 || self.is(List::Not, word) {
            return known;
        }
        let class = self.nouns.and_then(|nouns| nouns.listed(word));
        class.map_or(0, |class| self.of_class(class))
    }

    /// The readings of a class of nouns of [`Concord`]: a small letter is a gender in the singular, `P` any plural.
    fn of_class(&self, class: char) -> Readings {
        let number = if class.is_ascii_lowercase() { "s" } else { "p" };
        let gender = class.to_ascii_lowercase().to_string();
        let gender = if class == 'P' { "*" } else { gender.as_str() };
        self.readings(&format!("{gender}.{number}")).map_or(0, |readings| readings[0])
    }

    fn declined(&self, word: &str, adjective: bool, before: Before) -> Readings {
        if self.is(List::Not, word) {
            return 0;
        }
        let mut out = if adjective { 0 } else { self.forms.get(word).copied().unwrap_or_default() };
        for (_, ending, declension) in self.parsed(word) {
            if declension.adjective == adjective {
                let found = declension.endings.iter().find(|(other, _)| *other == ending);
                out |= found.map_or(0, |(_, readings)| readings[before as usize]);
            }
        }
        out
    }

    /// The form of an adjective, in lower case, that has one of the readings wanted, where just one has.
    pub fn inflected(&self, word: &str, before: Before, wanted: Readings) -> Option<String> {
        let mut forms = BTreeSet::new();
        for (stem, ending, declension) in self.parsed(word).filter(|(.., declension)| declension.adjective) {
            if declension.has(ending) {
                let fitting =
                    declension.endings.iter().filter(|(_, readings)| readings[before as usize] & wanted != 0);
                forms.extend(fitting.map(|(other, _)| format!("{stem}{other}")));
            }
        }
        forms.pop_first().filter(|_| forms.is_empty())
    }

    /// The ways to take a word apart into a stem and what may be an ending, with the declensions of the stem.
    fn parsed<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str, &'a Paradigm)> {
        let shortest = word.len().saturating_sub(self.longest);
        let places = word.char_indices().map(|(at, _)| at).chain([word.len()]);
        places.filter(move |at| *at >= shortest).flat_map(move |at| {
            let (stem, ending) = word.split_at(at);
            let declensions = self.stems.get(stem).into_iter().flatten();
            declensions.map(move |&declension| (stem, ending, &self.declensions[usize::from(declension)]))
        })
    }

    /// What the preposition that ends before `index` takes, and how many words it has.
    pub fn preposed(&self, words: &[String], index: usize) -> Option<(Readings, usize)> {
        (1..=3).rev().find_map(|length| {
            let start = index.checked_sub(length)?;
            let governors = self.prepositions.get(words[start].as_str())?;
            let fits = |governor: &&Governor| {
                governor.rest.iter().copied().eq(words[start + 1..index].iter().map(String::as_str))
            };
            governors.iter().find(fits).map(|governor| (governor.readings, length))
        })
    }

    /// What the postposition that starts at `index` takes, and how many words it has.
    pub fn postposed(&self, words: &[String], index: usize) -> Option<(Readings, usize)> {
        let governors = self.postpositions.get(words.get(index)?.as_str())?;
        let fits = |governor: &&Governor| {
            let rest = words.get(index + 1..index + 1 + governor.rest.len()).unwrap_or_default();
            governor.rest.iter().copied().eq(rest.iter().map(String::as_str))
        };
        let longest = governors.iter().filter(fits).max_by_key(|governor| governor.rest.len())?;
        Some((longest.readings, 1 + longest.rest.len()))
    }

    /// Whether an adjective with these readings may have a noun with those as its complement.
    pub fn is_apart(&self, adjective: Readings, noun: Readings) -> bool {
        noun & self.complements != 0 && adjective & self.complements == 0
    }
}

/// Whether a word in lower case is a form of a noun or an adjective of the declensions, or a noun of [`concord`].
pub fn knows(word: &str, language: &Language) -> bool {
    let declined = |known: &Paradigms| {
        !known.is(List::Not, word)
            && (known.forms.contains_key(word)
                || known.parsed(word).any(|(_, ending, declension)| declension.has(ending)))
    };
    of(language).is_some_and(declined)
        || concord::of(language).is_some_and(|known| known.listed(word).is_some())
}

macro_rules! files {
    ($($tag:literal)*) => {
        #[cfg(test)]
        const FILES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("paradigms/", $tag, ".txt")))),*];

        /// The declensions of a language.
        pub fn of(language: &Language) -> Option<&'static Paradigms> {
            match language.primary() {
                $($tag => {
                    static FILE: OnceLock<Paradigms> = OnceLock::new();
                    let file = include_str!(concat!("paradigms/", $tag, ".txt"));
                    Some(FILE.get_or_init(|| Paradigms::read(file, concord::of(language)).0))
                })*
                _ => None,
            }
        }
    };
}

files! { "bg" "cs" "de" "el" "es" "fr" "hi" "it" "nl" "pl" "pt" "ro" "ru" "uk" }

#[cfg(test)]
mod tests {
    use super::*;

    const LATIN: &str = "genders m f n\ncases nga\nword der d:m.s.n,d:f.s.g d\nadj a e=d:m.s.n,d:fn.s.na,b:f.s.na,b:*.p.na en=*.p.*\n\
                         a: gute\nnoun m =m.s.na s=m.s.g e=m.p.*\nm: tag weg\nform haus n.s.na\nprep durch a\nprep an_statt g\nnot weg\n";

    #[test]
    fn a_form_has_the_readings_of_its_ending() {
        let (known, problems) = Paradigms::read(LATIN, None);
        assert!(problems.is_empty(), "{problems:?}");
        let readings = |written: &str| known.readings(written).expect("is well-formed")[0];
        assert_eq!(known.noun("tages"), 0);
        assert_eq!(known.noun("tags"), readings("m.s.g"));
        assert_eq!(known.noun("tag"), readings("m.s.na"));
        assert_eq!(known.noun("weg"), 0);
        assert_eq!(known.noun("haus"), readings("n.s.na"));
        assert_eq!(known.adjective("gute", Before::Definite), readings("m.s.n,fn.s.na"));
        assert_eq!(known.adjective("gute", Before::Nothing), readings("f.s.na,*.p.na"));
        let words: Vec<String> = ["an", "statt", "tags"].map(str::to_owned).to_vec();
        assert_eq!(known.preposed(&words, 2), Some((readings("*.*.g"), 2)));
    }

    #[test]
    fn what_is_wrong_in_a_file_is_told() {
        let file = "genders mf\ncases n\nnoun x a=m.s.n o=q.s.n\nx: casa libro\nadverb y\n";
        assert_eq!(Paradigms::read(file, None).1.len(), 3);
    }

    #[test]
    fn the_files_are_well_formed() {
        for (tag, file) in FILES {
            let language = crate::lang::find(tag).expect("is known");
            let (known, problems) = Paradigms::read(file, concord::of(language));
            assert!(problems.is_empty(), "{tag}: {problems:?}");
            assert!(known.genders.len() * NUMBERS.len() * known.cases.len().max(1) <= 128, "{tag}");
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                assert_eq!(language.lower(line), line, "{tag}");
            }
        }
    }
}
