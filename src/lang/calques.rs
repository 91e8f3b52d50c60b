//! Words rendered by their look or one by one: rows of `calques.tsv`, and where a text holds their words.

use std::sync::OnceLock;

use super::words::words;
use super::{Language, text};
use crate::model::Span;

/// One row of the table.
pub struct Row {
    /// Whether the words only look alike.
    pub false_friend: bool,
    /// Whether the rendering is wrong whatever the source says.
    pub alone: bool,
    from: &'static str,
    to: &'static str,
    source: Vec<Vec<&'static str>>,
    wrong: Vec<Vec<&'static str>>,
    excuses: Vec<Vec<&'static str>>,
    /// What should stand there.
    pub better: &'static str,
}

impl Row {
    fn read(line: &'static str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let (&[kind, from, to, source, wrong, better], excuses) = cells.split_first_chunk()?;
        let patterns = |cell: &'static str| {
            cell.split('|').map(|pattern| pattern.split([' ', '-']).collect()).collect::<Vec<Vec<&str>>>()
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

/// Rows for translations into a language.
pub fn rows_into(to: &Language) -> impl Iterator<Item = &'static Row> {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let lines = include_str!("calques.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(Row::read).collect()
    });
    let to = to.primary().to_owned();
    rows.iter().filter(move |row| row.to == to)
}

/// Words that may stand between the two parts of a pattern.
const REACH: usize = 9;

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

    fn find(&self, patterns: &[Vec<&str>]) -> Vec<Span> {
        let mut out = Vec::new();
        for first in 0..self.words.len() {
            let longest = patterns.iter().filter_map(|pattern| self.length(first, pattern)).max();
            if let Some(length) = longest {
                out.push(self.words[first].0.join(self.words[first + length - 1].0));
            }
        }
        out
    }

    /// How many words a pattern takes that fits here: `^` where a sentence begins, `…` for words between in the same
    /// sentence; what stands behind it need only be there.
    fn length(&self, first: usize, pattern: &[&str]) -> Option<usize> {
        let (opens, pattern) = match pattern.split_first() {
            Some((&"^", rest)) => (true, rest),
            _ => (false, pattern),
        };
        let cut = pattern.iter().position(|word| *word == "…").unwrap_or(pattern.len());
        let (head, tail) = pattern.split_at(cut);
        if opens && !self.opens(first) || !self.matches(first, head) {
            return None;
        }
        let tail = tail.get(1..).unwrap_or_default();
        let mut places = (first + head.len()..self.words.len()).take(REACH).take_while(|&at| !self.opens(at));
        (tail.is_empty() || places.any(|at| self.matches(at, tail))).then_some(head.len())
    }

    /// Whether a sentence may begin with the word.
    fn opens(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|before| self.words.get(before)) else {
            return true;
        };
        let gap = self.text.get(before.0.end..self.words[index].0.start).unwrap_or_default();
        gap.contains(['.', '!', '?', '…', '\n', '։', '।', '؟', ':', '—', '–', '“', '„', '«', '"', '‘'])
    }

    fn matches(&self, first: usize, pattern: &[&str]) -> bool {
        let Some(place) = self.words.get(first..first + pattern.len()) else { return false };
        let fits = place.iter().zip(pattern).all(|((_, word), wanted)| match wanted.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => match wanted.strip_prefix('~') {
                Some(ending) => word.ends_with(ending),
                None => word == wanted,
            },
        });
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
            assert!(row.wrong.iter().flatten().all(|word| !word.is_empty()), "{}", row.better);
        }
    }
}
