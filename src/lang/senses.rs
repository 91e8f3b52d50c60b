//! Words of several senses that translations render in the wrong one, told by the company they keep: rows of `senses/`, one
//! table a language translated into (`senses/README.md`).

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, PatternID};

use super::wildcards::{Pattern, Wildcards, Words, alternatives};
use super::{Language, PerLanguage, text};
use crate::model::Span;

/// A rendering that the company around it belies.
pub struct Trap {
    /// Where it stands.
    pub span: Span,
    /// The words of the source, one of which is meant, parted by `/`, `;` or `,`.
    pub source: &'static str,
    /// The language of that word, a tag.
    pub from: &'static str,
    /// What should stand there.
    pub better: &'static str,
}

/// The company that belies a rendering, or excuses it.
enum Company {
    /// Words.
    Words(Vec<Pattern>),
    /// Letters, where words are not spaced.
    Letters(Vec<&'static str>),
}

impl Company {
    fn read(cell: &'static str, language: &Language) -> Self {
        // Choices of one word are as many words of the company.
        let parts = alternatives(cell).filter(|part| !part.is_empty()).flat_map(|part| {
            let single = !part.contains(' ');
            let choices = part.strip_prefix('(').and_then(|part| part.strip_suffix(')'));
            choices.filter(|_| single).unwrap_or(part).split(move |letter| letter == '|' && single)
        });
        if language.spaced {
            Self::Words(parts.map(|part| Pattern::new(part.split(' '))).collect())
        } else {
            Self::Letters(parts.collect())
        }
    }

    /// How many of it stand there.
    fn count(&self, stretch: &Stretch<'_>) -> usize {
        match (self, stretch) {
            (Self::Words(patterns), Stretch::Words(words)) => words.count(patterns),
            (Self::Letters(letters), Stretch::Letters(text)) => {
                letters.iter().filter(|letters| text.contains(**letters)).count()
            }
            _ => 0,
        }
    }
}

/// A stretch of text, as company is looked for in it.
enum Stretch<'a> {
    Words(Words<'a>),
    Letters(&'a str),
}

/// What stands around the renderings of one sentence.
struct Place<'a> {
    /// Where the sentence begins.
    at: usize,
    sentence: Stretch<'a>,
    around: Stretch<'a>,
    /// Rows that were asked for it, and whether the company belies them: a sentence is read once for a row.
    asked: BTreeMap<usize, bool>,
}

struct Row {
    source: &'static str,
    from: &'static str,
    wrong: &'static str,
    /// One in the sentence is enough, or two around.
    decisive: Company,
    /// The same, of the topic.
    topic: Company,
    /// One around is too many.
    excuses: Company,
    better: &'static str,
}

impl Row {
    fn read(line: &'static str, language: &Language) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[source, wrong, decisive, topic, excuses, better] = cells.as_slice() else { return None };
        let (from, source) = source.split_once(':').unwrap_or(("en", source));
        // What sense is meant, in brackets, is for who reads the table.
        let source = source.split(" (").next().unwrap_or_default();
        Some(Self {
            source,
            from,
            wrong,
            decisive: Company::read(decisive, language),
            topic: Company::read(topic, language),
            excuses: Company::read(excuses, language),
            better,
        })
    }

    /// Whether the company belies the rendering: some of it in the sentence, or more beside it.
    fn is_belied(&self, sentence: &Stretch<'_>, around: &Stretch<'_>) -> bool {
        let told = |company: &Company| company.count(sentence) > 0 || company.count(around) > 1;
        (told(&self.decisive) || told(&self.topic)) && self.excuses.count(around) == 0
    }
}

/// The traps of translations into one language.
pub struct Senses {
    rows: Vec<Row>,
    /// What words are looked up without, the longest first: `وال`.
    prefixes: Vec<&'static str>,
    spaced: Wildcards<usize>,
    /// Where words are not spaced, with the row of each string.
    unspaced: Option<(AhoCorasick, Vec<usize>)>,
}

impl Senses {
    /// Of translations into the language; `None` where there is no table.
    pub fn into(language: &Language) -> Option<&'static Self> {
        static SENSES: PerLanguage<Option<Senses>> = PerLanguage::new();
        let senses = SENSES.get(language, |language| {
            let (_, table) = TABLES.iter().find(|(tag, _)| *tag == language.primary())?;
            let rows: Vec<Row> = lines(table).filter_map(|line| Row::read(line, language)).collect();
            let wrong = || {
                let numbered = rows.iter().enumerate();
                numbered.flat_map(|(number, row)| alternatives(row.wrong).map(move |wrong| (wrong, number)))
            };
            let mut prefixes: Vec<&str> = table
                .lines()
                .filter_map(|line| line.strip_prefix("%\t"))
                .flat_map(|line| line.split('|'))
                .collect();
            prefixes.sort_by_key(|prefix| usize::MAX - prefix.len());
            let unspaced = (!language.spaced).then(|| {
                let matcher = AhoCorasick::new(wrong().map(|(wrong, _)| wrong)).ok()?;
                Some((matcher, wrong().map(|(_, number)| number).collect()))
            });
            let patterns = wrong()
                .filter(|_| language.spaced)
                .map(|(wrong, number)| (Pattern::new(wrong.split(' ')), number));
            Some(Self { spaced: Wildcards::new(patterns), unspaced: unspaced.flatten(), prefixes, rows })
        });
        senses.as_ref()
    }

    /// The renderings in a text that the company around them belies, in order, none overlapping. `sentence` gives the sentence
    /// that holds a byte, `around` it and those beside it.
    pub fn find(
        &self,
        text: &str,
        language: &Language,
        sentence: impl Fn(usize) -> Span,
        around: impl Fn(usize) -> Span,
    ) -> Vec<Trap> {
        let stretch = |span: Span| match self.unspaced {
            Some(_) => Stretch::Letters(span.of(text)),
            None => Stretch::Words(self.words(span.of(text), language)),
        };
        let mut place: Option<Place<'_>> = None;
        let mut out: Vec<Trap> = Vec::new();
        for (span, number) in self.renderings(text, language) {
            if out.last().is_some_and(|trap| trap.span.end > span.start) {
                continue;
            }
            let own = sentence(span.start);
            let mut here = place.take().filter(|place| place.at == own.start).unwrap_or_else(|| Place {
                at: own.start,
                sentence: stretch(own),
                around: stretch(around(span.start)),
                asked: BTreeMap::new(),
            });
            let row = &self.rows[number];
            let belied = || row.is_belied(&here.sentence, &here.around);
            if *here.asked.entry(number).or_insert_with(belied) {
                out.push(Trap { span, source: row.source, from: row.from, better: row.better });
            }
            place = Some(here);
        }
        out
    }

    /// The wrong renderings in a text with their rows, in order, the longest at each byte first.
    fn renderings(&self, text: &str, language: &Language) -> Vec<(Span, usize)> {
        let mut found: Vec<(Span, usize)> = match &self.unspaced {
            Some((matcher, rows)) => {
                let found = matcher.find_overlapping_iter(text);
                let row = |pattern: PatternID| rows[pattern.as_usize()];
                found.map(|found| (Span::new(found.start(), found.end()), row(found.pattern()))).collect()
            }
            None => self.spaced.find(&self.words(text, language), &[]),
        };
        found.sort_by_key(|(span, row)| (span.start, usize::MAX - span.end, *row));
        found
    }

    /// The words of a text, in lower case and without vowel points, prefixes or an article in front: *acqua* for *dell’acqua*.
    fn words<'a>(&self, text: &'a str, language: &Language) -> Words<'a> {
        Words::by(text, |word| {
            let lower = text::unpointed(language.lower(word));
            let without =
                |prefix: &&str| lower.strip_prefix(*prefix).filter(|rest| rest.chars().nth(1).is_some());
            if let Some(rest) = self.prefixes.iter().find_map(without) {
                return rest.to_owned();
            }
            match lower.rsplit_once(['\'', '’']) {
                Some((article, noun)) if article.chars().count() <= 5 && noun.chars().nth(2).is_some() => {
                    noun.to_owned()
                }
                _ => lower,
            }
        })
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '%']))
}

macro_rules! tables {
    ($($tag:literal)*) => {
        static TABLES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("senses/", $tag, ".tsv")))),*];
    };
}

tables! {
    "ar" "bg" "cs" "de" "el" "en" "es" "fa" "fr" "he" "hi" "id" "it" "ja" "ko" "nl" "pl" "pt" "ro" "ru" "th"
    "tr" "uk" "vi" "zh"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn every_row_is_read() {
        for (tag, table) in TABLES {
            let language = lang::find(tag).expect("a language");
            for line in lines(table) {
                let row = Row::read(line, language).unwrap_or_else(|| panic!("{tag}: {line}"));
                assert!(!row.source.is_empty() && !row.better.is_empty(), "{tag}: {line}");
                assert!(lang::find(row.from).is_some(), "{tag}: {line}");
                for cell in line.split('\t').take(5).skip(1).filter(|cell| !cell.is_empty()) {
                    assert!(
                        alternatives(cell).all(|part| !Pattern::new(part.split(' ')).is_broken()),
                        "{tag}: {cell}"
                    );
                }
            }
        }
    }
}
