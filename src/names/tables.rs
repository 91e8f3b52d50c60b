//! The tables that ship, each parsed when first asked for.

use std::collections::{BTreeSet, HashSet};
use std::sync::OnceLock;

use super::chunks::Table;
use super::readings::Script;
use crate::lang::text::fold;

/// The chunk table from Latin to a script.
pub(super) fn table(script: Script) -> &'static Table {
    macro_rules! shipped {
        ($name:literal) => {{
            static TABLE: OnceLock<Table> = OnceLock::new();
            TABLE.get_or_init(|| {
                let text = include_str!(concat!("tables/", $name, ".tsv"));
                Table::parse(script, text).expect("the tables that ship are read by a test")
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

/// Whether two folded words, Latin first, are established forms of one name that no table would accept.
pub(super) fn established(latin: &str, other: &str) -> bool {
    static PAIRS: OnceLock<HashSet<(&'static str, String)>> = OnceLock::new();
    PAIRS
        .get_or_init(|| {
            include_str!("tables/established.tsv")
                .lines()
                .filter(|line| !line.starts_with('#'))
                .filter_map(|line| line.split_once('\t'))
                .flat_map(|(latin, others)| others.split(' ').map(move |other| (latin, fold(other))))
                .collect()
        })
        .contains(&(latin, other.to_owned()))
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
