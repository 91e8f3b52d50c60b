//! What the gazetteer says of two whole names: Lisboa and Лиссабон are one city, Niger and Нигерия two countries, NATO
//! and OTAN one alliance. And acronyms: CSU of Christlich-Soziale Union.

use unicode_script::UnicodeScript;

use crate::lang::gazetteer::{self, Kind, Row};
use crate::lang::identify::writes;
use crate::lang::text::{fold, is_all_capitals, is_capitalised, is_hyphen, is_unspaced};
use crate::lang::{Entry, Language, PROFILES};

/// What is known of two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// A table has both in one row.
    One,
    /// One has the initials of the other's words.
    Acronym,
    /// Tables have both, in different rows.
    Two,
    /// Tables have one, an organisation, and in the language of the other they have it by other names. Persons bear the
    /// names of places.
    Otherwise,
}

/// What is known of two names; `None` where the tables lack one of them.
pub(super) fn ask(
    a: &str,
    a_language: Option<&Language>,
    b: &str,
    b_language: Option<&Language>,
) -> Option<Known> {
    let (mut here, mut there) = (rows(a, a_language), rows(b, b_language));
    if share(&here, &there) {
        return Some(Known::One);
    }
    // The names of languages are words of many other things.
    let thing = |rows: &[&'static Row]| rows.iter().any(|row| !row.key.starts_with("language:"));
    let both = thing(&here) && thing(&there);
    let tailed = |name: &str, language: Option<&Language>| {
        language.is_some_and(|language| gazetteer::has_tail(name, language))
    };
    if !here.is_empty() || !there.is_empty() || tailed(a, a_language) && tailed(b, b_language) {
        // The form may be one of another place besides.
        here.extend(bare(a, a_language));
        there.extend(bare(b, b_language));
        if share(&here, &there) {
            return Some(Known::One);
        }
    }
    if is_acronym(a, b) || is_acronym(b, a) {
        return Some(Known::Acronym);
    }
    if both && !one_place(&here, &there) {
        return Some(Known::Two);
    }
    let otherwise = |rows: &[&'static Row], language: Option<&Language>| {
        let thing = |row: &&&'static Row| row.kind == Kind::Organisation;
        let mut rows = rows.iter().filter(thing).peekable();
        rows.peek().is_some()
            && language.is_some_and(|language| rows.all(|row| gazetteer::is_named(row, language)))
    };
    let lacking =
        there.is_empty() && otherwise(&here, b_language) || here.is_empty() && otherwise(&there, a_language);
    lacking.then_some(Known::Otherwise)
}

fn rows(name: &str, language: Option<&Language>) -> Vec<&'static Row> {
    match language {
        Some(language) => gazetteer::whole(name, language),
        None => candidates(name).flat_map(|language| gazetteer::whole(name, language)).collect(),
    }
}

fn bare(name: &str, language: Option<&Language>) -> Vec<&'static Row> {
    language.map(|language| gazetteer::inflected(name, language)).unwrap_or_default()
}

/// The languages that a name without one may be of: those of its script.
fn candidates(name: &str) -> impl Iterator<Item = &'static Language> {
    let first = name.chars().find(|letter| letter.is_alphabetic());
    let written = move |language: &&Language| first.is_some_and(|letter| writes(language, letter.script()));
    PROFILES.iter().map(Entry::language).filter(written)
}

fn share(here: &[&'static Row], there: &[&'static Row]) -> bool {
    here.iter().any(|one| there.iter().any(|other| one.kind == other.kind && one.key == other.key))
}

/// Whether some row here and one there belong to one place: a country and its people.
fn one_place(here: &[&'static Row], there: &[&'static Row]) -> bool {
    here.iter().any(|one| there.iter().any(|other| one.key == other.key))
}

/// Whether one name is the initials of the other's words, small words left out or not.
fn is_acronym(short: &str, long: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|letter| letter.is_alphanumeric()).collect();
    if !(2..=7).contains(&letters.len())
        || !is_all_capitals(short)
        || short.contains(' ')
        || short.chars().any(is_unspaced)
    {
        return false;
    }
    let words: Vec<&str> = long
        .split(|letter: char| letter.is_whitespace() || is_hyphen(letter) || matches!(letter, '\'' | '’'))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    if words.len() < 2 {
        return false;
    }
    let initials = |words: &mut dyn Iterator<Item = &&str>| -> String {
        let first = |word: &&str| word.chars().find(|letter| letter.is_alphanumeric());
        fold(&words.filter_map(first).collect::<String>())
    };
    let short = fold(&letters.iter().collect::<String>());
    initials(&mut words.iter()) == short
        || initials(&mut words.iter().filter(|word| is_capitalised(word))) == short
        || initials(&mut words.iter().filter(|word| word.chars().count() > 3)) == short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    fn known(a: (&str, &str), b: (&str, &str)) -> Option<Known> {
        ask(a.1, lang::find(a.0), b.1, lang::find(b.0))
    }

    #[test]
    fn tables_say_what_no_sound_tells() {
        assert_eq!(known(("pt", "Pequim"), ("en", "Beijing")), Some(Known::One));
        assert_eq!(known(("en", "Niger"), ("ru", "Нигерия")), Some(Known::Two));
        assert_eq!(known(("en", "Poland"), ("de", "polnische")), None);
        assert_eq!(known(("en", "Anna"), ("ru", "Анна")), None);
        assert_eq!(known(("en", "Rosneft"), ("ru", "Роснифт")), Some(Known::Otherwise));
        assert_eq!(known(("ja", "長野県"), ("zh", "长野县")), Some(Known::One));
        assert_eq!(known(("", "Warszawa"), ("", "Варшаве")), known(("pl", "Warszawa"), ("", "Варшаве")));
    }

    #[test]
    fn acronyms_are_the_initials_of_words() {
        assert!(is_acronym("SKV", "Süddeutscher Kanu-Verband"));
        assert!(
            is_acronym("ЛПМ", "Лига польских мостов") && is_acronym("UFP", "Union des fromagers du Perche")
        );
        assert!(
            !is_acronym("SKV", "Süddeutscher Ruder-Verband")
                && !is_acronym("Abba", "Alte Bären baden abends")
        );
        assert!(!is_acronym("A", "Anna Berg") && !is_acronym("", ""));
    }
}
