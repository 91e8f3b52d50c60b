//! Monarchs and popes, whose names languages translate: Charles III is Carlos III, Pope Francis is папа Франциск. A
//! private person's name is not, so that an office or a number must be there on both sides.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::lang::text::fold;

/// What the table calls a word by: the row, for each kind of row.
#[derive(Debug, Default)]
struct Rows {
    names: Vec<u16>,
    title: Option<u16>,
    number: Option<u16>,
}

fn table() -> &'static HashMap<String, Rows> {
    static TABLE: OnceLock<HashMap<String, Rows>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<String, Rows> = HashMap::new();
        let lines = include_str!("tables/regnal.tsv").lines().filter(|line| !line.starts_with('#'));
        for (row, line) in lines.enumerate() {
            let Some((kind, forms)) = line.split_once('\t') else { continue };
            for form in forms.split(' ') {
                let rows = table.entry(fold(form)).or_default();
                match kind {
                    "number" => rows.number = Some(row as u16),
                    "title" => rows.title = Some(row as u16),
                    _ => rows.names.push(row as u16),
                }
            }
        }
        table
    })
}

/// The number that a folded word is, as its row.
pub(super) fn number(word: &str) -> Option<u16> {
    table().get(word)?.number
}

/// Whether a folded word is a name that monarchs bear.
pub(super) fn is_name(word: &str) -> bool {
    table().get(word).is_some_and(|rows| !rows.names.is_empty())
}

/// The office that a folded word is, as its row.
pub(super) fn title(word: &str) -> Option<u16> {
    table().get(word)?.title
}

/// The number at the end of a word whose script has no spaces: 查尔斯三世 is 查尔斯 and three.
pub(super) fn split(word: &str) -> Option<(&str, u16)> {
    let marks = ['世', '세'];
    if !word.ends_with(marks) {
        return None;
    }
    let figures = |letter: char| {
        letter.is_ascii_digit() || marks.contains(&letter) || "一二三四五六七八九十".contains(letter)
    };
    let name = word.trim_end_matches(figures);
    let number = number(&fold(word.strip_prefix(name)?))?;
    (!name.is_empty()).then_some((name, number))
}

/// Whether two folded words are one office, or the name of one monarch in two languages.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (table().get(a), table().get(b)) else { return false };
    a.title.is_some() && a.title == b.title || a.names.iter().any(|row| b.names.contains(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_kind_and_forms_of_many_languages() {
        let lines = include_str!("tables/regnal.tsv").lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let (kind, forms) = line.split_once('\t').expect("a kind");
            assert!(["name", "title", "number"].contains(&kind), "{line}");
            assert!(forms.split(' ').count() >= 4, "{line}");
        }
    }

    #[test]
    fn names_and_numbers_are_told_apart() {
        assert!(same("charles", "карл") && same("pope", "папа") && !same("charles", "pope"));
        assert_eq!(split("查尔斯三世"), Some(("查尔斯", number("iii").expect("three"))));
        assert_eq!(split("世"), None);
        assert!(is_name("louis") && !is_name("malcolm"));
    }
}
