//! Words rendered by their look or one by one: rows of `calques.tsv`, and where a text holds their words.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::words::words;
use super::{Language, PerLanguage, text};
use crate::model::Span;

/// One word of a pattern, or what a word begins with: any word where that is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole(&'static str),
    Stem(&'static str),
}

impl Part {
    fn new(written: &'static str) -> Self {
        written.strip_suffix('*').map_or(Self::Whole(written), Self::Stem)
    }

    fn fits(self, word: &str) -> bool {
        match self {
            Self::Whole(whole) => word == whole,
            Self::Stem(stem) => word.starts_with(stem),
        }
    }
}

/// One row of the table.
pub struct Row {
    /// Whether the words only look alike.
    pub false_friend: bool,
    /// Whether the rendering is wrong whatever the source says.
    pub alone: bool,
    from: &'static str,
    to: &'static str,
    source: Vec<Vec<Part>>,
    wrong: Vec<Vec<Part>>,
    excuses: Vec<Vec<Part>>,
    /// What should stand there.
    pub better: &'static str,
}

impl Row {
    fn read(line: &'static str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let (&[kind, from, to, source, wrong, better], excuses) = cells.split_first_chunk()?;
        let patterns = |cell: &'static str| {
            let patterns = cell.split('|').map(|pattern| pattern.split([' ', '-']).map(Part::new).collect());
            patterns.collect::<Vec<Vec<Part>>>()
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

/// The rows for translations into one language, in the order of the table, by the words their renderings begin with.
pub struct Rows {
    rows: Vec<&'static Row>,
    whole: HashMap<&'static str, Vec<usize>>,
    stems: HashMap<&'static str, Vec<usize>>,
}

impl Rows {
    /// Of translations into the language.
    pub fn into(to: &Language) -> &'static Self {
        static ROWS: PerLanguage<Rows> = PerLanguage::new();
        ROWS.get(to, |to| {
            let rows = table().iter().filter(|row| row.to == to.primary()).collect();
            let mut table = Self { rows, whole: HashMap::new(), stems: HashMap::new() };
            for (number, row) in table.rows.iter().enumerate() {
                for first in row.wrong.iter().filter_map(|pattern| pattern.first()) {
                    let (words, first) = match *first {
                        Part::Whole(whole) => (&mut table.whole, whole),
                        Part::Stem(stem) => (&mut table.stems, stem),
                    };
                    words.entry(first).or_default().push(number);
                }
            }
            table
        })
    }

    /// The rows whose renderings begin with a word of the text, in order: no other can be in it.
    pub fn of(&self, text: &Words<'_>) -> impl Iterator<Item = &'static Row> {
        let mut numbers: BTreeSet<usize> = BTreeSet::new();
        for (_, word) in &text.words {
            numbers.extend(self.whole.get(word.as_str()).into_iter().flatten());
            let ends = word.char_indices().map(|(at, _)| at).chain(std::iter::once(word.len()));
            let stems = ends.filter_map(|end| self.stems.get(word.get(..end)?));
            numbers.extend(stems.flatten());
        }
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

/// The words of a text in lower case.
pub struct Words<'a> {
    text: &'a str,
    words: Vec<(Span, String)>,
}

impl<'a> Words<'a> {
    /// Of this text.
    pub fn of(text: &'a str, language: &Language) -> Self {
        let words = words(text).map(|word| (Span::new(word.start, word.end()), language.lower(word.text)));
        Self { text, words: words.collect() }
    }

    fn find(&self, patterns: &[Vec<Part>]) -> Vec<Span> {
        let mut out = Vec::new();
        for (first, (span, word)) in self.words.iter().enumerate() {
            let begun = patterns.iter().filter(|pattern| pattern.first().is_some_and(|part| part.fits(word)));
            let longest = begun.filter(|pattern| self.continues(first, pattern)).map(Vec::len).max();
            if let Some(length) = longest {
                out.push(span.join(self.words[first + length - 1].0));
            }
        }
        out
    }

    /// Whether the words from the first on are those of the pattern, the first being so.
    fn continues(&self, first: usize, pattern: &[Part]) -> bool {
        let Some(place) = self.words.get(first..first + pattern.len()) else { return false };
        let fits = place.iter().zip(pattern).skip(1).all(|((_, word), part)| part.fits(word));
        fits && place.windows(2).all(|pair| {
            let gap = self.text.get(pair[0].0.end..pair[1].0.start).unwrap_or_default();
            gap.chars().count() <= 2 && gap.chars().all(|c| c.is_whitespace() || text::is_hyphen(c))
        })
    }
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
            assert!(!row.wrong.iter().flatten().any(|part| *part == Part::Whole("")), "{}", row.better);
        }
    }
}
