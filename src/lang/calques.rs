//! Words rendered by their look or one by one: rows of `calques/`, one table a language translated into, and where a text
//! holds their words.

use std::collections::BTreeSet;

use super::wildcards::{Pattern, Wildcards, Words, alternatives};
use super::{Language, PerLanguage};
use crate::model::Span;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A turn of phrase, word for word.
    Calque,
    /// A word that only looks like that of the source.
    FalseFriend,
    /// A name that is never translated: *Russia Today*.
    Name,
}

/// One row of a table.
pub struct Row {
    /// What went wrong.
    pub kind: Kind,
    /// Whether the rendering is wrong whatever the source says.
    pub alone: bool,
    from: &'static str,
    source: Vec<Pattern>,
    wrong: Vec<Pattern>,
    excuses: Vec<Pattern>,
    /// What should stand there.
    pub better: &'static str,
}

impl Row {
    fn read(line: &'static str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let (&[kind, from, source, wrong, better], excuses) = cells.split_first_chunk()?;
        let (kind, alone) = kind.strip_suffix('!').map_or((kind, false), |kind| (kind, true));
        let kind = match kind {
            "calque" => Kind::Calque,
            "false-friend" => Kind::FalseFriend,
            "name" => Kind::Name,
            _ => return None,
        };
        let patterns = |cell: &'static str| {
            alternatives(cell)
                .map(|pattern| Pattern::new(pattern.split([' ', '-'])))
                .collect::<Vec<Pattern>>()
        };
        Some(Self {
            kind,
            alone,
            from,
            source: patterns(source),
            wrong: patterns(wrong),
            excuses: excuses.iter().copied().flat_map(patterns).collect(),
            better,
        })
    }

    /// Whether the row renders this language.
    pub fn renders(&self, from: &Language) -> bool {
        self.from == from.primary()
    }

    /// The words of the source in a text, where they stand.
    pub fn in_source(&self, text: &Words<'_>) -> Vec<Span> {
        text.find(&self.source)
    }

    /// Whether the source says besides what the wrong rendering rightly renders.
    pub fn is_excused(&self, source: &Words<'_>) -> bool {
        !source.find(&self.excuses).is_empty()
    }

    /// The wrong rendering in a text, where it stands.
    pub fn in_target(&self, text: &Words<'_>) -> Vec<Span> {
        text.find(&self.wrong)
    }
}

/// The rows for translations into one language, in the order of the table.
pub struct Rows {
    rows: Vec<Row>,
    renderings: Wildcards<usize>,
}

impl Rows {
    /// Of translations into the language.
    pub fn into(to: &Language) -> &'static Self {
        static ROWS: PerLanguage<Rows> = PerLanguage::new();
        ROWS.get(to, |to| {
            let table = TABLES.iter().find(|(tag, _)| *tag == to.primary());
            let rows: Vec<Row> =
                table.into_iter().flat_map(|(_, table)| lines(table)).filter_map(Row::read).collect();
            let numbered = rows.iter().enumerate();
            let renderings =
                numbered.flat_map(|(number, row)| row.wrong.iter().map(move |wrong| (wrong.clone(), number)));
            Self { renderings: Wildcards::new(renderings), rows }
        })
    }

    /// The rows whose renderings a text holds, in order.
    pub fn of<'a>(&'a self, text: &Words<'_>) -> impl Iterator<Item = &'a Row> + use<'a> {
        let numbers: BTreeSet<usize> =
            self.renderings.find(text, &[]).into_iter().map(|(_, number)| number).collect();
        numbers.into_iter().map(|number| &self.rows[number])
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

macro_rules! tables {
    ($($tag:literal)*) => {
        static TABLES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("calques/", $tag, ".tsv")))),*];
    };
}

tables! {
    "ar" "az" "bg" "cs" "de" "el" "en" "es" "fa" "fr" "he" "hi" "hy" "id" "it" "ja" "ko" "nl" "pl" "pt" "ro" "ru" "th" "tr"
    "uk" "vi" "zh"
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn every_row_is_read_and_pairs_of_languages_have_enough() {
        let rows: Vec<(&str, Row)> = TABLES
            .iter()
            .flat_map(|(to, table)| {
                lines(table).map(move |line| (*to, Row::read(line).unwrap_or_else(|| panic!("{to}: {line}"))))
            })
            .collect();
        for tag in ["pt", "es", "fr", "de", "it", "ru", "tr", "pl", "uk"] {
            let own = rows.iter().filter(|(to, row)| row.from == tag || *to == tag).count();
            assert!(own >= 15, "{tag}: {own}");
        }
        for tag in ["pt", "es", "fr", "de", "it", "pl", "ru"] {
            let of = |(to, row): &&(&str, Row)| [(row.from, *to), (*to, row.from)].contains(&("en", tag));
            assert!(rows.iter().filter(of).count() >= 40, "{tag}");
        }
        for (to, row) in &rows {
            assert!(lang::find(row.from).is_some() && lang::find(to).is_some());
            assert!(!row.wrong.iter().any(Pattern::is_broken), "{to}: {}", row.better);
        }
    }
}
