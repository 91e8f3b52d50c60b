//! Words rendered by their look or one by one: rows of `calques.tsv`, and where a text holds their words.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::wildcards::{Pattern, Wildcards, Words};
use super::{Language, PerLanguage};
use crate::model::Span;

/// One row of the table.
pub struct Row {
    /// Whether the words only look alike.
    pub false_friend: bool,
    /// Whether the rendering is wrong whatever the source says.
    pub alone: bool,
    from: &'static str,
    to: &'static str,
    source: Vec<Pattern>,
    wrong: Vec<Pattern>,
    excuses: Vec<Pattern>,
    /// What should stand there.
    pub better: &'static str,
}

impl Row {
    fn read(line: &'static str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let (&[kind, from, to, source, wrong, better], excuses) = cells.split_first_chunk()?;
        let patterns = |cell: &'static str| {
            cell.split('|').map(|pattern| Pattern::new(pattern.split([' ', '-']))).collect::<Vec<Pattern>>()
        };
        Some(Self {
            false_friend: kind.starts_with("false-friend"),
            alone: kind.ends_with('!'),
            from,
            to,
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
    rows: Vec<&'static Row>,
    renderings: Wildcards<usize>,
}

impl Rows {
    /// Of translations into the language.
    pub fn into(to: &Language) -> &'static Self {
        static ROWS: PerLanguage<Rows> = PerLanguage::new();
        ROWS.get(to, |to| {
            let rows: Vec<&Row> = table().iter().filter(|row| row.to == to.primary()).collect();
            let numbered = rows.iter().enumerate();
            let renderings =
                numbered.flat_map(|(number, row)| row.wrong.iter().map(move |wrong| (wrong.clone(), number)));
            Self { renderings: Wildcards::new(renderings), rows }
        })
    }

    /// The rows whose renderings a text holds, in order.
    pub fn of(&self, text: &Words<'_>) -> impl Iterator<Item = &'static Row> {
        let numbers: BTreeSet<usize> =
            self.renderings.find(text, &[]).into_iter().map(|(_, number)| number).collect();
        numbers.into_iter().map(|number| self.rows[number])
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn table() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = include_str!("calques.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(Row::read).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn every_row_is_read_and_pairs_of_languages_have_enough() {
        let lines = include_str!("calques.tsv").lines().filter(|line| !line.starts_with('#'));
        let rows: Vec<Row> = lines.clone().filter_map(Row::read).collect();
        assert_eq!(rows.len(), lines.count());
        for tag in ["pt", "es", "fr", "de", "it", "ru", "tr", "pl", "uk"] {
            let own = rows.iter().filter(|row| row.from == tag || row.to == tag).count();
            assert!(own >= 15, "{tag}: {own}");
        }
        for tag in ["pt", "es", "fr", "de", "it", "pl", "ru"] {
            let of = |row: &&Row| [(row.from, row.to), (row.to, row.from)].contains(&("en", tag));
            assert!(rows.iter().filter(of).count() >= 40, "{tag}");
        }
        for row in &rows {
            assert!(lang::find(row.from).is_some() && lang::find(row.to).is_some());
            assert!(!row.wrong.iter().any(Pattern::is_broken), "{}", row.better);
        }
    }
}
