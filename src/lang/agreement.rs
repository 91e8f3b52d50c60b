//! What agrees over a distance: sequences of words written with lists and tables of forms (`agreement/README.md`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::{Language, lexis};

/// What is known of one language.
#[derive(Default)]
pub struct Agreement {
    /// Sequences as profiles write them, their lists written out.
    pub rules: Vec<String>,
    /// Words that a prepositional phrase begins with.
    pub prepositions: BTreeSet<&'static str>,
    /// Forms of verbs.
    pub verbs: BTreeSet<&'static str>,
    /// Words that no such phrase holds: conjunctions, pronouns, forms of verbs.
    pub stops: BTreeSet<&'static str>,
    /// Words and endings (`~ть`) that say, shortly before a noun, that what follows it may belong to another.
    pub guards: BTreeSet<&'static str>,
    /// Words and endings that say, before a noun, that what follows it may belong to another: plurals before a singular.
    pub others: BTreeSet<&'static str>,
    /// Endings of nouns for persons, who may be men or women.
    pub persons: Vec<&'static str>,
    /// Endings of nouns that have none of their own in the plural.
    pub same_plural: Vec<&'static str>,
    /// Nouns that no rule means.
    pub unsure: BTreeSet<&'static str>,
    /// Endings of regular verbs: in the singular, in the plural, and of the infinitive.
    conjugations: Vec<[&'static str; 3]>,
    /// A text with one fault, and the faulty part.
    pub faults: Vec<(&'static str, &'static str)>,
    /// Texts without a fault.
    pub fine: Vec<&'static str>,
}

impl Agreement {
    fn read(file: &'static str) -> Self {
        let mut out = Self::default();
        let mut lists: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        let mut columns: Vec<&str> = Vec::new();
        let mut rows: Vec<Vec<&str>> = Vec::new();
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((kind, rest)) = line.split_once(' ') else { continue };
            match kind {
                "list" => {
                    let mut words = rest.split(' ');
                    lists.entry(words.next().unwrap_or_default()).or_default().extend(words);
                }
                "forms" => columns = rest.split(' ').collect(),
                "conjugation" => {
                    if let &[singular, plural, infinitive] = rest.split(' ').collect::<Vec<_>>().as_slice() {
                        out.conjugations.push([singular, plural, infinitive]);
                    }
                }
                "rule" => out.rules.extend(begun(rest)),
                "fault" => out.faults.extend(rest.split_once(" | ")),
                "fine" => out.fine.push(rest),
                // A verb: its forms, in the order of the columns.
                "verb" => rows.push(rest.split(' ').collect()),
                _ => {}
            }
        }
        for (column, name) in columns.iter().enumerate() {
            let elsewhere = |form: &str| {
                let others = |row: &Vec<&str>| {
                    row.iter()
                        .enumerate()
                        .any(|(other, cell)| other != column && cell.split('|').any(|it| it == form))
                };
                rows.iter().any(others)
            };
            let forms = rows.iter().filter_map(|row| row.get(column)).flat_map(|cell| cell.split('|'));
            let sure = forms.filter(|form| *form != "-" && !elsewhere(form));
            lists.entry(name).or_default().extend(sure);
        }
        let set = |name: &str| members(name, &lists);
        out.prepositions = set("prepositions");
        out.guards = set("guards");
        out.others = set("others");
        out.same_plural = set("same_plural").into_iter().collect();
        out.persons = set("persons").into_iter().collect();
        out.unsure = set("unsure");
        out.stops = set("stops");
        out.verbs = rows.iter().flatten().flat_map(|cell| cell.split('|')).collect();
        out.stops.extend(&out.verbs);
        for rule in &mut out.rules {
            *rule = rule.split(' ').map(|item| write_out(item, &lists)).collect::<Vec<_>>().join(" ");
        }
        out
    }
}

/// The number of a form of a regular verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// The third person singular.
    Singular,
    /// The third person plural.
    Plural,
}

impl Agreement {
    /// The number of a word, in lower case, that is a form of a regular verb: its infinitive and its form in the other
    /// number are words of the language, and it is no small word itself.
    pub fn number(&self, word: &str, language: &Language) -> Option<Number> {
        let form = |own: &str, other: &str, infinitive: &str| {
            word.strip_suffix(own).is_some_and(|stem| {
                stem.chars().nth(1).is_some()
                    && lexis::known(&format!("{stem}{infinitive}"), language)
                    && lexis::seen(&format!("{stem}{other}"), language)
            })
        };
        let is = |number: Number| {
            self.conjugations.iter().any(|&[singular, plural, infinitive]| match number {
                Number::Singular => form(singular, plural, infinitive),
                Number::Plural => form(plural, singular, infinitive),
            })
        };
        match [Number::Singular, Number::Plural].map(is) {
            [true, false] => Some(Number::Singular),
            [false, true] => Some(Number::Plural),
            _ => None,
        }
    }
}

/// A rule, and without the star where its first item has one: that may be missing.
fn begun(rule: &str) -> Vec<String> {
    let (begins, items) = match rule.split_once(' ') {
        Some((mark @ ("^^" | "^" | "!" | "!!"), items)) => (format!("{mark} "), items),
        _ => (String::new(), rule),
    };
    match items.split_once(' ') {
        Some((first, rest)) if first.ends_with('*') => {
            let first = first.trim_end_matches('*');
            vec![format!("{begins}{first} {rest}"), format!("{begins}{rest}")]
        }
        _ => vec![rule.to_owned()],
    }
}

/// The words of a list, those of lists that it names among them.
fn members(name: &str, lists: &BTreeMap<&'static str, Vec<&'static str>>) -> BTreeSet<&'static str> {
    let words = lists.get(name).into_iter().flatten();
    words
        .flat_map(|word| {
            word.strip_prefix('@').map_or_else(|| BTreeSet::from([*word]), |list| members(list, lists))
        })
        .collect()
}

/// An item with its lists written out: `@P|others`, `@adverbs*`. What no list is named stays.
fn write_out(item: &str, lists: &BTreeMap<&str, Vec<&str>>) -> String {
    let (item, star) = item.strip_suffix('*').map_or((item, ""), |item| (item, "*"));
    let parts: Vec<String> = item
        .split('|')
        .map(|part| match part.strip_prefix('@').and_then(|name| lists.get(name)) {
            Some(words) => words.iter().map(|word| write_out(word, lists)).collect::<Vec<_>>().join("|"),
            None => part.to_owned(),
        })
        .collect();
    parts.join("|") + star
}

macro_rules! files {
    ($($tag:literal)*) => {
        /// What is known of a language.
        pub fn of(language: &Language) -> Option<&'static Agreement> {
            match language.primary() {
                $($tag => {
                    static FILE: OnceLock<Agreement> = OnceLock::new();
                    Some(FILE.get_or_init(|| Agreement::read(include_str!(concat!("agreement/", $tag, ".txt")))))
                })*
                _ => None,
            }
        }
    };
}

files! { "ar" "cs" "de" "el" "en" "es" "fr" "he" "hi" "it" "nl" "pl" "pt" "ro" "ru" "uk" }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn forms_of_two_columns_are_of_none() {
        let known = Agreement::read(
            "forms s P\nverb is are\nverb put put\nlist big large huge\nrule the @big|old {s} @P\n",
        );
        assert_eq!(known.rules, ["the large|huge|old {s} are"]);
        assert!(known.stops.contains("put"));
    }

    #[test]
    fn every_list_that_a_rule_names_exists_and_every_rule_is_proven() {
        for language in lang::PROFILES.iter().filter_map(|entry| lang::find(entry.tag)) {
            let Some(known) = of(language) else { continue };
            assert!(
                !known.rules.is_empty() && !known.faults.is_empty() && !known.fine.is_empty(),
                "{}",
                language.tag
            );
            for rule in &known.rules {
                assert!(!rule.contains('@'), "{}: {rule}", language.tag);
                assert!(rule.split(' ').all(|item| !item.is_empty()), "{}: {rule}", language.tag);
            }
        }
    }
}
