//! What a whole name names: *Lisboa* and *Лиссабон* are one row, *NATO* and *OTAN*.

use std::collections::{HashMap, HashSet};

use super::{Columns, Kind, LANGUAGES, ROWS, Row, bases};
use crate::lang::text::{fold, is_all_capitals, is_capitalised};
use crate::lang::words::words;
use crate::lang::{Language, PerLanguage};

/// Words of a name whose endings are taken off.
const MOST_WORDS: usize = 4;

/// Most forms without endings that are asked for.
const MOST_FORMS: usize = 64;

/// What the tables say of whole names in a language.
#[derive(Default)]
struct Forms {
    /// Each form, folded, with the rows that have it and the form as written.
    rows: HashMap<String, Vec<(&'static str, &'static Row)>>,
    /// What the language has a form of its own for.
    named: HashSet<(Kind, &'static str)>,
    /// Words for what a place is, folded: region, область.
    heads: Vec<String>,
    /// The same where it is written at the end of a name: 市.
    tails: Vec<&'static str>,
}

impl Forms {
    fn of(language: &Language) -> Self {
        let mut out = Self::default();
        let more: Vec<(&str, &'static str)> = include_str!("whole.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (key, rest) = line.split_once('\t')?;
                let (tag, forms) = rest.split_once('\t')?;
                (tag == language.tag).then_some((key, forms))
            })
            .collect();
        for &(key, forms) in &more {
            match key {
                "head" => out.heads.extend(forms.split(' ').map(fold)),
                "tail" => out.tails.extend(forms.split(' ')),
                _ => {}
            }
        }
        let mut by_key: HashMap<&str, &'static Row> = HashMap::new();
        for table in ROWS.iter().chain([&*LANGUAGES]) {
            let columns = Columns::of(table, language);
            for row in &table.rows {
                by_key.entry(row.key).or_insert(row);
                if !Columns::cell(row, columns.own).is_empty() {
                    out.named.insert((row.kind, row.key));
                }
                for form in columns.forms(row, language) {
                    out.add(form, row);
                }
            }
        }
        for (key, forms) in more {
            if let Some(&row) = by_key.get(key) {
                for form in forms.split('|') {
                    out.add(form, row);
                }
            }
        }
        out
    }

    /// Adds a form, and what it is without the word for what the place is.
    fn add(&mut self, form: &'static str, row: &'static Row) {
        let bare = without_tail(form, &self.tails);
        for form in bare.into_iter().chain([form]) {
            let rows = self.rows.entry(fold(form)).or_default();
            if !rows.iter().any(|(_, other)| std::ptr::eq(*other, row)) {
                rows.push((form, row));
            }
        }
    }
}

/// A name without what says of what kind the place is, where two letters are left.
fn without_tail<'a>(name: &'a str, tails: &[&str]) -> Option<&'a str> {
    let rest = tails.iter().find_map(|tail| name.strip_suffix(tail))?.trim_end();
    (rest.chars().count() >= 2).then_some(rest)
}

fn forms(language: &Language) -> &'static Forms {
    static FORMS: PerLanguage<Forms> = PerLanguage::new();
    FORMS.get(language, Forms::of)
}

/// The rows that a whole name is a form of.
pub fn whole(name: &str, language: &Language) -> Vec<&'static Row> {
    asked(&fold(name), name, language)
}

/// Whether a name ends with what kind of place it is: 長野県.
pub fn has_tail(name: &str, language: &Language) -> bool {
    without_tail(name, &forms(language).tails).is_some()
}

/// Whether the tables say what a language calls a thing.
pub fn is_named(row: &Row, language: &Language) -> bool {
    forms(language).named.contains(&(row.kind, row.key))
}

/// The rows of a name with an ending, with a small word in front or with what kind of place it is: *in Texas*,
/// *Харькове*, *Kursk region*, 長野県.
pub fn inflected(name: &str, language: &Language) -> Vec<&'static Row> {
    let known = forms(language);
    let mut parts: Vec<&str> = words(name).map(|word| word.text).collect();
    let is_head = |word: &&str| known.heads.contains(&fold(word));
    let headed = parts.len() > 1 && (parts.first().is_some_and(is_head) || parts.last().is_some_and(is_head));
    if headed {
        parts.retain(|word| !is_head(word));
    }
    if language.cased {
        let small = parts.iter().take_while(|word| !is_capitalised(word)).count();
        if small < parts.len() && small <= 2 {
            parts.drain(..small);
        }
    }
    let bare = asked(&fold(&parts.concat()), name, language);
    if !bare.is_empty() {
        return bare;
    }
    if let Some(rest) = without_tail(name, &known.tails) {
        return asked(&fold(rest), name, language);
    }
    if parts.is_empty() || parts.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut options = vec![String::new()];
    for part in parts {
        let folded = fold(part);
        let mut endings = vec![folded.clone()];
        endings.extend(bases(&folded, language));
        options = options
            .iter()
            .flat_map(|start| endings.iter().map(move |ending| format!("{start}{ending}")))
            .take(MOST_FORMS)
            .collect();
    }
    let mut out: Vec<&'static Row> = Vec::new();
    for row in options.iter().flat_map(|form| asked(form, name, language)) {
        if !out.iter().any(|other| std::ptr::eq(*other, row)) {
            out.push(row);
        }
    }
    out
}

fn asked(folded: &str, written: &str, language: &Language) -> Vec<&'static Row> {
    let Some(found) = forms(language).rows.get(folded) else { return Vec::new() };
    // Esa is a given name, ESA an agency.
    let shouts = |form: &str| !language.cased || !is_all_capitals(form) || is_all_capitals(written);
    found.iter().filter(|(form, _)| shouts(form)).map(|&(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    fn keys(name: &str, tag: &str) -> Vec<&'static str> {
        let language = lang::find(tag).expect("a language of ours");
        let mut rows = whole(name, language);
        if rows.is_empty() {
            rows = inflected(name, language);
        }
        rows.iter().map(|row| row.key).collect()
    }

    #[test]
    fn whole_names_are_found_with_their_endings_and_parts_of_names_are_not() {
        assert!(keys("Lisboa", "pt").contains(&"place:PT/Lisbon"));
        assert!(keys("Лиссабоне", "ru").contains(&"place:PT/Lisbon"));
        assert!(keys("in Austria", "en").contains(&"place:AT"));
        assert!(keys("OTAN", "fr").contains(&"org:nato"));
        assert!(
            keys("長野県", "ja").contains(&"place:JP/Nagano")
                && keys("長野", "ja").contains(&"place:JP/Nagano")
        );
        assert!(keys("Kursk region", "en").contains(&"place:RU/Kursk"));
        assert!(keys("Gebiet Kursk", "de").contains(&"place:RU/Kursk"));
        assert!(keys("Finnish", "en").contains(&"language:fi") && keys("фински", "ru").is_empty());
        assert_eq!(keys("Otan", "en"), Vec::<&str>::new());
        assert_eq!(keys("Lisbon Ferreira", "en"), Vec::<&str>::new());
        assert_eq!(keys("", "en"), Vec::<&str>::new());
    }
}
