//! The core lexicon: what the usual words of news are called in twelve languages, written by hand
//! (`lexicon/README.md`). One row a concept, one column a language.

/// The rows, in order of their names.
static CONCEPTS: &str = include_str!("lexicon/concepts.tsv");

/// Between the renderings of a cell.
const BETWEEN: &str = " | ";
/// The columns that are no language: name, kind, and at the end opposites.
const FIRST: usize = 2;

/// One concept in two languages.
#[derive(Debug, Clone, Copy)]
pub struct Concept<'a> {
    /// Its name: the English head word.
    pub name: &'a str,
    /// Part of speech: `n v a adv f num neg rel`.
    pub kind: &'a str,
    source: &'a str,
    target: &'a str,
    opposites: &'a str,
}

impl<'a> Concept<'a> {
    /// What the source language calls it, the most usual first.
    pub fn source(&self) -> impl Iterator<Item = &'a str> {
        self.source.split(BETWEEN)
    }

    /// What the target language calls it.
    pub fn target(&self) -> impl Iterator<Item = &'a str> {
        self.target.split(BETWEEN)
    }

    /// Names of its opposites.
    pub fn opposites(&self) -> impl Iterator<Item = &'a str> {
        self.opposites.split(' ').filter(|name| !name.is_empty())
    }
}

/// The place of a language in the rows.
fn column(tag: &str) -> Option<usize> {
    let head = CONCEPTS.lines().next()?;
    let at = head.split('\t').position(|name| name == tag)?;
    (at >= FIRST).then_some(at)
}

/// Every concept in the two languages, by their primary tags; none where one of them has no column.
pub fn concepts(source: &str, target: &str) -> impl Iterator<Item = Concept<'static>> {
    let columns = column(source).zip(column(target));
    let lines = CONCEPTS.lines().skip(1).filter(move |_| columns.is_some());
    lines.filter_map(move |line| {
        let (from, to) = columns?;
        let mut concept = Concept { name: "", kind: "", source: "", target: "", opposites: "" };
        for (at, cell) in line.split('\t').enumerate() {
            match at {
                0 => concept.name = cell,
                1 => concept.kind = cell,
                _ => concept.opposites = cell,
            }
            if at == from {
                concept.source = cell;
            }
            if at == to {
                concept.target = cell;
            }
        }
        Some(concept)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lang;
    use crate::lang::identify::{dominant_script, writes};

    #[test]
    fn rows_are_whole_and_in_order() {
        let mut lines = CONCEPTS.lines();
        let head: Vec<&str> = lines.next().expect("a head").split('\t').collect();
        assert_eq!((head[0], head[1], head[head.len() - 1]), ("id", "pos", "opposite"));
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
        let names: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
        assert!(rows.is_sorted_by(|a, b| a[0] < b[0]));
        for row in &rows {
            assert_eq!(row.len(), head.len(), "{row:?}");
            assert!(["n", "v", "a", "adv", "f", "num", "neg", "rel"].contains(&row[1]), "{row:?}");
            for (tag, cell) in head.iter().zip(row).take(head.len() - 1).skip(FIRST) {
                let language = lang::find(tag).expect("a language");
                for rendering in cell.split(BETWEEN) {
                    assert!(!rendering.is_empty() && rendering.trim() == rendering, "{} {tag}", row[0]);
                    assert!(!rendering.contains(['|', '(', ')', ',', ';']), "{} {tag}: {rendering}", row[0]);
                    let script = dominant_script(rendering);
                    assert!(
                        script.is_none_or(|script| writes(language, script)),
                        "{} {tag}: {rendering}",
                        row[0]
                    );
                }
            }
            let last = row[head.len() - 1].split(' ').filter(|name| !name.is_empty());
            for name in last {
                assert!(names.contains(name), "{}: no opposite {name}", row[0]);
            }
        }
    }

    #[test]
    fn a_language_without_a_column_has_no_concepts() {
        assert_eq!(concepts("en", "ja").count(), 0);
        assert!(concepts("ru", "zh").count() > 400);
        assert_eq!(concepts("id", "pos").count(), 0);
    }
}
