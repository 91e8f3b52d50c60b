//! The tables that ship, each parsed when first asked for.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::chunks::Table;
use super::readings::Script;
use crate::lang::text::fold;

/// The chunk tables from Latin to a script: two shapes learned from the same names, to be asked both.
pub(super) fn tables(script: Script) -> &'static [Table; 2] {
    macro_rules! shipped {
        ($name:literal) => {{
            static TABLES: OnceLock<[Table; 2]> = OnceLock::new();
            TABLES.get_or_init(|| {
                [
                    include_str!(concat!("tables/", $name, ".tsv")),
                    include_str!(concat!("tables/", $name, "-wide.tsv")),
                ]
                .map(|text| Table::parse(script, text).expect("the tables that ship are read by a test"))
            })
        }};
    }
    match script {
        Script::Latin => shipped!("la"),
        Script::Cyrillic => shipped!("ri"),
        Script::Arabic => shipped!("ar"),
        Script::Hebrew => shipped!("he"),
        Script::Kana => shipped!("ja"),
        Script::Hangul => shipped!("ko"),
        Script::Han => shipped!("zh"),
    }
}

/// Established forms that the trainer found in many rows.
const LEARNED: &str = include_str!("tables/established.tsv");

/// Established forms that a person added.
const ADDED: &str = include_str!("tables/established-added.tsv");

/// Whether two folded words, Latin first, are established forms of one name that no table would accept.
pub(super) fn established(latin: &str, other: &str) -> bool {
    static FORMS: OnceLock<HashMap<String, Vec<String>>> = OnceLock::new();
    let read = || {
        let mut forms: HashMap<String, Vec<String>> = HashMap::new();
        for (latin, others) in established_rows(LEARNED).chain(established_rows(ADDED)) {
            forms.entry(fold(latin)).or_default().extend(others.split(' ').map(fold));
        }
        forms
    };
    FORMS.get_or_init(read).get(latin).is_some_and(|others| others.iter().any(|known| known == other))
}

/// The rows of a table of established forms: a Latin form, and forms in other scripts with spaces between.
fn established_rows(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Whether a folded word may stand inside a name without being of it: de, von, بن.
pub(super) fn is_particle(word: &str) -> bool {
    words().0.contains(word)
}

/// Whether a folded word behind a name says nothing about who it is: Jr., III.
pub(super) fn is_suffix(word: &str) -> bool {
    words().1.contains(word)
}

fn words() -> &'static (BTreeSet<String>, BTreeSet<String>) {
    static WORDS: OnceLock<(BTreeSet<String>, BTreeSet<String>)> = OnceLock::new();
    WORDS.get_or_init(|| {
        let of = |kind: &str| {
            include_str!("tables/words.txt")
                .lines()
                .filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' '))
                .flat_map(|line| line.split(' '))
                .map(fold)
                .collect()
        };
        (of("particle"), of("suffix"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_can_be_read() {
        for script in Script::ALL {
            for table in tables(script) {
                assert_eq!(table.script, script);
                assert!(table.len() > 1000, "{script:?}: {} costs", table.len());
            }
        }
    }

    #[test]
    fn the_tables_are_small() {
        let size: usize = [
            include_str!("tables/la.tsv"),
            include_str!("tables/ri.tsv"),
            include_str!("tables/ar.tsv"),
            include_str!("tables/he.tsv"),
            include_str!("tables/ja.tsv"),
            include_str!("tables/ko.tsv"),
            include_str!("tables/zh.tsv"),
            include_str!("tables/la-wide.tsv"),
            include_str!("tables/ri-wide.tsv"),
            include_str!("tables/ar-wide.tsv"),
            include_str!("tables/he-wide.tsv"),
            include_str!("tables/ja-wide.tsv"),
            include_str!("tables/ko-wide.tsv"),
            include_str!("tables/zh-wide.tsv"),
            include_str!("tables/han.tsv"),
            include_str!("tables/han-read.tsv"),
            include_str!("tables/han-own.txt"),
            LEARNED,
            ADDED,
        ]
        .iter()
        .map(|text| text.len())
        .sum();
        assert!(size <= 640 * 1024, "{size} bytes");
    }

    #[test]
    fn established_forms_are_found() {
        for (latin, others) in established_rows(LEARNED).chain(established_rows(ADDED)) {
            for other in others.split(' ') {
                assert!(established(&fold(latin), &fold(other)), "{latin} {other}");
            }
        }
        assert!(!established("nobody", "никто"));
    }

    /// The rule by which the trainer makes the table, and by which a person adds to it: what the chunk tables accept
    /// needs no row. Whether the learned rows are all that the trainer finds, its own tests tell.
    #[test]
    fn established_forms_are_those_that_the_chunk_tables_refuse() {
        let mut needless: Vec<String> = Vec::new();
        for (table, least) in [(LEARNED, 200), (ADDED, 1)] {
            let rows: Vec<(&str, &str)> = established_rows(table).collect();
            assert!(rows.is_sorted() && rows.len() >= least, "{} rows", rows.len());
            for (latin, others) in rows {
                let forms: Vec<&str> = others.split(' ').collect();
                assert!(forms.is_sorted_by(|one, next| one < next), "{latin}: {others}");
                for form in forms {
                    if crate::names::Matcher::by_letters(latin, "", form, "") > 0.0 {
                        needless.push(format!("{latin} {form}"));
                    }
                }
            }
        }
        assert!(needless.is_empty(), "no need of a row: {}", needless.join(", "));
        let learned: BTreeSet<(&str, &str)> = established_rows(LEARNED).collect();
        assert!(established_rows(ADDED).all(|row| !learned.contains(&row)));
    }

    #[test]
    fn words_around_names_are_known() {
        assert!(is_particle("von") && is_particle("بن") && is_suffix("iii"));
        assert!(!is_particle("anna") && !is_suffix("anna"));
    }
}
