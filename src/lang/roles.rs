//! Offices and functions of people by their names in many languages: `gazetteer/roles.tsv`, one row a concept, one
//! column a language, several forms a cell separated by `|`. The profiles add forms for every language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Language;

/// A row of the table.
#[derive(Debug)]
pub struct Row {
    /// The concept: `deputy-prime-minister`, the word that profiles use too.
    pub concept: &'static str,
    /// What field it is of: `state`, `military`, `religion`, `sport` and so on.
    pub kind: &'static str,
    cells: Vec<&'static str>,
}

struct Table {
    languages: Vec<&'static str>,
    rows: Vec<Row>,
    of_concept: BTreeMap<&'static str, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut lines = include_str!("gazetteer/roles.tsv").lines().filter(|line| !line.starts_with('#'));
    let languages = lines.next().unwrap_or_default().split('\t').skip(2).collect();
    let rows: Vec<Row> = lines
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(Row { concept: cells.next()?, kind: cells.next()?, cells: cells.collect() })
        })
        .collect();
    let of_concept = rows.iter().enumerate().map(|(number, row)| (row.concept, number)).collect();
    Table { languages, rows, of_concept }
});

/// The row of a concept.
pub fn row(concept: &str) -> Option<&'static Row> {
    TABLE.of_concept.get(concept).and_then(|&number| TABLE.rows.get(number))
}

/// Every row.
pub fn rows() -> &'static [Row] {
    &TABLE.rows
}

/// Whether the table has a column for a language.
pub fn speaks(language: &Language) -> bool {
    TABLE.languages.contains(&language.primary())
}

/// The forms of a row in a language; none where the table has no such column.
pub fn forms(row: &'static Row, language: &Language) -> impl Iterator<Item = &'static str> {
    // Simplified characters serve traditional texts no better than none.
    let column = TABLE
        .languages
        .iter()
        .position(|tag| *tag == language.tag || { language.script != "Hant" && *tag == language.primary() });
    let cell = column.and_then(|column| row.cells.get(column)).copied().unwrap_or_default();
    cell.split('|').filter(|form| !form.is_empty())
}

/// What a concept is a degree of: a deputy, former or acting minister is one to the minister. The degree comes
/// first, empty for the office itself.
pub fn degree(concept: &str) -> (&str, &str) {
    const DEGREES: [&str; 9] =
        ["first-deputy-", "deputy-", "vice-", "former-", "acting-", "assistant-", "chief-", "crown-", "co-"];
    for degree in DEGREES {
        if let Some(office) = concept.strip_prefix(degree) {
            return (degree.trim_end_matches('-'), office);
        }
    }
    match concept.strip_suffix("-elect") {
        Some(office) => ("elect", office),
        None => ("", concept),
    }
}
