//! Places, organisations and peoples by their names in every language, and given names of persons: tables in
//! `gazetteer/`, one row a thing, one column a language, several forms a cell separated by `|`.

mod nearby;
mod whole;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};

pub use nearby::{Level, level, related};
pub use whole::{has_tail, inflected, is_named, whole};

use super::phrases::Phrases;
use super::text::{fold, is_all_capitals, is_capitalised, is_upper};
use super::{Language, PerLanguage};

/// What a row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A country, region or city.
    Place,
    /// A body, company, party, agency, outlet.
    Organisation,
    /// People of a place, or what belongs to it; a language.
    Demonym,
}

/// A thing of the tables.
#[derive(Debug)]
pub struct Row {
    /// Its key: `place:AZ`, `place:RU/Moscow`, `org:csto`. A demonym has the key of its place.
    pub key: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Its name in English.
    pub name: &'static str,
    cells: Vec<&'static str>,
}

struct Table {
    kind: Kind,
    text: &'static str,
}

static TABLES: [Table; 6] = [
    Table { kind: Kind::Place, text: include_str!("territories.tsv") },
    Table { kind: Kind::Place, text: include_str!("regions.tsv") },
    Table { kind: Kind::Place, text: include_str!("subdivisions.tsv") },
    Table { kind: Kind::Place, text: include_str!("cities.tsv") },
    Table { kind: Kind::Organisation, text: include_str!("organisations.tsv") },
    Table { kind: Kind::Demonym, text: include_str!("demonyms.tsv") },
];

/// Names of languages, which are small words of many texts.
static LANGUAGES: LazyLock<Column> =
    LazyLock::new(|| Column::of(&Table { kind: Kind::Demonym, text: include_str!("languages.tsv") }));

struct Column {
    languages: Vec<&'static str>,
    rows: Vec<Row>,
}

impl Column {
    fn of(table: &Table) -> Self {
        let mut lines = table.text.lines().filter(|line| !line.starts_with('#'));
        let languages: Vec<_> = lines.next().unwrap_or_default().split('\t').skip(1).collect();
        let english = languages.iter().position(|language| *language == "en").unwrap_or_default();
        let rows = lines
            .filter_map(|line| {
                let (key, rest) = line.split_once('\t')?;
                let cells: Vec<_> = rest.split('\t').collect();
                let name = cells.get(english).copied().unwrap_or_default();
                Some(Row { key, kind: table.kind, name: name.split('|').next().unwrap_or(key), cells })
            })
            .collect();
        Self { languages, rows }
    }
}

static ROWS: LazyLock<Vec<Column>> = LazyLock::new(|| TABLES.iter().map(Column::of).collect());

/// Where a table has the forms of a language.
#[derive(Clone, Copy)]
struct Columns {
    own: Option<usize>,
    english: Option<usize>,
    any: Option<usize>,
}

impl Columns {
    fn of(table: &Column, language: &Language) -> Self {
        let column = |tag: &str| table.languages.iter().position(|language| *language == tag);
        Self { own: column(&language.tag), english: column("en"), any: column("any") }
    }

    fn cell(row: &Row, column: Option<usize>) -> &'static str {
        column.and_then(|column| row.cells.get(column)).copied().unwrap_or_default()
    }

    /// The cell of the language, the English one where that is empty.
    fn tagged(self, row: &Row) -> &'static str {
        let own = Self::cell(row, self.own);
        if own.is_empty() { Self::cell(row, self.english) } else { own }
    }

    /// Every form that a row has in the language.
    fn forms(self, row: &Row, language: &Language) -> impl Iterator<Item = &'static str> {
        let tagged = self.tagged(row).split('|').filter(|form| !form.is_empty());
        // Newsrooms keep English forms in other languages of the same script.
        let keeps = language.cased && self.english != self.own;
        let kept = if keeps { Self::cell(row, self.english) } else { "" };
        let long = |form: &&str| form.chars().count() >= 5 && in_script(form, &language.script);
        let fits = |form: &&str| {
            // In Latin letters a short form of some language is a word or a name of another: Vien, Viễn.
            let least = match (language.spaced, language.script.as_str()) {
                (false, _) => 3,
                (true, "Latn") => 5,
                (true, _) => 1,
            };
            form.chars().count() >= least && in_script(form, &language.script)
        };
        tagged.chain(kept.split('|').filter(long)).chain(Self::cell(row, self.any).split('|').filter(fits))
    }
}

/// One thing found in a text.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// Which rows may be meant, the most likely first.
    pub rows: Vec<&'static Row>,
    /// Whether an ending or prefix had to be taken off.
    pub inflected: bool,
}

/// The tables in one language, compiled.
pub struct Index {
    phrases: Phrases,
    rows: Vec<&'static Row>,
    forms: Vec<(&'static str, u32)>,
    /// Every word of every tagged form, folded, with the word as written: what a single word may be a slip for.
    words: Vec<(String, &'static str, u32)>,
    /// The shape of each of them, in the same order.
    shapes: Vec<Shape>,
}

/// What tells without comparing that two words are far apart: how many letters, and which.
#[derive(Clone, Copy)]
struct Shape {
    letters: u64,
    length: usize,
}

impl Shape {
    fn of(word: &str) -> Self {
        let letters = word.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) & 63));
        Self { letters, length: word.chars().count() }
    }

    /// Whether two words may be so many edits apart: each edit adds one letter and loses one at most.
    fn within(self, other: Self, edits: u32) -> bool {
        self.length.abs_diff(other.length) <= edits as usize
            && (self.letters & !other.letters).count_ones() <= edits
            && (other.letters & !self.letters).count_ones() <= edits
    }
}

/// The tables in a language: its own column, the English one where that is empty, and untagged variants in its
/// script. Compiled on first use.
pub fn index(language: &Language) -> &'static Index {
    static INDEXES: PerLanguage<Index> = PerLanguage::new();
    INDEXES.get(language, Index::new)
}

impl Index {
    fn new(language: &Language) -> Self {
        let mut rows: Vec<&'static Row> = Vec::new();
        let mut forms: Vec<(&'static str, u32)> = Vec::new();
        let mut words: Vec<(String, &'static str, u32)> = Vec::new();
        for table in ROWS.iter() {
            let columns = Columns::of(table, language);
            for row in &table.rows {
                let number = rows.len() as u32;
                let before = forms.len();
                forms.extend(columns.forms(row, language).map(|form| (form, number)));
                // An adjective before a common noun is near many surnames: Самарской области.
                let names = |form: &&str| {
                    form.rsplit(' ').next().is_some_and(|last| is_capitalised(last) || last == *form)
                };
                for form in columns.tagged(row).split('|').filter(names) {
                    let capitals = super::words::words(form).filter(|word| is_capitalised(word.text));
                    let long = capitals.filter(|word| word.text.chars().count() >= 5);
                    words.extend(long.map(|word| (fold(word.text), word.text, number)));
                }
                if forms.len() > before {
                    rows.push(row);
                }
            }
        }
        let phrases =
            Phrases::new(forms.iter().enumerate().map(|(number, (form, _))| (*form, number as u32)));
        words.sort();
        words.dedup();
        let shapes = words.iter().map(|(word, ..)| Shape::of(word)).collect();
        Self { phrases, rows, forms, words, shapes }
    }

    /// Every place, organisation and demonym in a text. In scripts with case a name must begin with a capital
    /// unless the table writes it small.
    pub fn scan(&self, text: &str, language: &Language) -> Vec<Hit> {
        self.phrases
            .find(text, |word| bases(word, language))
            .into_iter()
            .filter_map(|found| {
                let written = text.get(found.range.clone()).unwrap_or_default();
                let written = if found.inflected { bare(written) } else { written };
                // Acronyms are capitals throughout: "who" is not the WHO.
                let shouts = is_all_capitals(written);
                let forms = found.phrases.iter().map(|&number| self.forms[number as usize]);
                let forms = forms.filter(|(form, _)| !language.cased || shouts || !is_all_capitals(form));
                // Nor is porcelain a country: a form with capitals in the table wants one in the text.
                let forms = forms.filter(|(form, _)| !language.cased || fits_case(form, written));
                let whole = text.get(found.range.clone()).unwrap_or_default();
                let forms = forms.filter(|&(form, number)| {
                    let organisation = self.rows[number as usize].kind == Kind::Organisation;
                    !organisation || !language.cased || titled(form, whole, found.inflected)
                });
                let forms = forms.filter(|(form, _)| found.inflected || marks_fit(form, whole, language));
                let mut rows: Vec<&'static Row> = Vec::new();
                for (_, number) in forms {
                    let row = self.rows[number as usize];
                    if !rows.iter().any(|other| std::ptr::eq(*other, row)) {
                        rows.push(row);
                    }
                }
                if rows.is_empty() {
                    return None;
                }
                Some(Hit { range: found.range, rows, inflected: found.inflected })
            })
            .collect()
    }

    /// Forms of one word that a folded word may be a slip for: one edit away, or, in words of seven letters and
    /// more that begin and end alike, two. The first letter is the same.
    pub fn near(&self, folded: &str) -> Vec<(&'static str, &'static Row)> {
        let Some(first) = folded.chars().next() else { return Vec::new() };
        let shape = Shape::of(folded);
        let length = shape.length;
        let start = self.words.partition_point(|(other, ..)| other.chars().next() < Some(first));
        let mut out: Vec<_> = self.words[start..]
            .iter()
            .zip(&self.shapes[start..])
            .take_while(|((other, ..), _)| other.starts_with(first))
            .filter(|((other, ..), known)| {
                known.within(shape, 1)
                    || known.length == length
                        && length >= 7
                        && known.within(shape, 2)
                        && alike_outside(other, folded)
            })
            .map(|(word, _)| word)
            .filter(|(other, ..)| other.len().abs_diff(folded.len()) <= 4)
            .filter(|(other, ..)| match strsim::osa_distance(other, folded) {
                1 => other.chars().count() >= 5,
                2 => length >= 7 && other.chars().count() == length && alike_outside(other, folded),
                _ => false,
            })
            .map(|(_, form, number)| (*form, self.rows[*number as usize]))
            .collect();
        out.sort_by_key(|(form, row)| (*form, row.key));
        out.dedup_by_key(|(form, row)| (*form, row.key));
        out
    }
}

/// Whether a form may be written like this: with a capital in front, unless the table has the form begin small;
/// and with a capital somewhere if the table has one anywhere.
fn fits_case(form: &str, written: &str) -> bool {
    if is_capitalised(written) {
        return true;
    }
    !is_capitalised(form) && (!form.chars().any(is_upper) || written.chars().any(is_upper))
}

/// Whether a word in Latin letters has the marks of a form or none: Vietnamese *Viễn* is not *Viên*.
fn marks_fit(form: &str, written: &str, language: &Language) -> bool {
    let word = |text: &str| !text.contains([' ', '-', '.', '\'', '’']);
    language.script != "Latn"
        || !word(form)
        || !word(written)
        || written.is_ascii()
        || super::text::lower(form, false) == super::text::lower(written, false)
        || form.is_ascii()
}

/// Whether a text writes the name of an organisation: *She'll* is not Shell, and *El país* begins a sentence
/// about a country where *El País* is the newspaper.
fn titled(form: &str, written: &str, inflected: bool) -> bool {
    let apostrophes = ['\'', '’', '‘', 'ʼ'];
    if !inflected && written.contains(apostrophes) && !form.contains(apostrophes) {
        return false;
    }
    let last = |text: &str| text.rsplit(' ').next().is_some_and(is_capitalised);
    let article = form.split_once(' ').is_some_and(|(first, _)| first.chars().count() <= 3);
    !article || !last(form) || last(written)
}

/// A name without what an apostrophe ties to it: `Otan` of *l'Otan*, `NATO` of *NATO'nun*.
fn bare(written: &str) -> &str {
    match written.split_once(['\'', '’']) {
        Some((_, tail)) if is_capitalised(tail) => tail,
        Some((head, _)) => head,
        None => written,
    }
}

/// Whether two words begin with the same two letters and end with the same three.
fn alike_outside(a: &str, b: &str) -> bool {
    a.chars().take(2).eq(b.chars().take(2)) && a.chars().rev().take(3).eq(b.chars().rev().take(3))
}

/// The name of a row in a language, as the table writes it first.
pub fn name_in(key: &str, kind: Kind, language: &Language) -> Option<&'static str> {
    let table = ROWS.iter().find(|table| table.rows.iter().any(|row| row.kind == kind && row.key == key))?;
    let column = table.languages.iter().position(|tag| *tag == language.tag)?;
    let row = table.rows.iter().find(|row| row.kind == kind && row.key == key)?;
    row.cells.get(column)?.split('|').next().filter(|name| !name.is_empty())
}

/// The row of a key in any table of a kind.
pub fn row(key: &str, kind: Kind) -> Option<&'static Row> {
    ROWS.iter().flat_map(|table| &table.rows).find(|row| row.kind == kind && row.key == key)
}

/// Base forms a folded word may stand for, by the endings and prefixes of the profile.
pub fn bases(word: &str, language: &Language) -> Vec<String> {
    let Some(names) = &language.names else { return Vec::new() };
    let mut out = Vec::new();
    let mut forms = vec![word.to_owned()];
    let affixes = names.affixes();
    for prefix in &affixes.prefixes {
        if let Some(rest) = word.strip_prefix(prefix.as_str())
            && rest.chars().count() >= names.shortest
        {
            forms.push(rest.to_owned());
            out.push(rest.to_owned());
        }
    }
    for form in &forms {
        for (ending, base) in &affixes.endings {
            if let Some(stem) = form.strip_suffix(ending.as_str())
                && stem.chars().count() >= names.shortest
            {
                out.push(format!("{stem}{base}"));
            }
        }
    }
    out
}

/// Whether a word is a given name of persons, in its own spelling.
pub fn is_given_name(word: &str) -> bool {
    static GIVEN: LazyLock<HashSet<String>> = LazyLock::new(|| {
        include_str!("given_names.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split('\t').next())
            .map(fold)
            .collect()
    });
    GIVEN.contains(&fold(word))
}

fn in_script(form: &str, script: &str) -> bool {
    let wanted = Script::from_short_name(match script {
        "Hans" | "Hant" => "Hani",
        "Jpan" => "Kana",
        "Kore" => "Hang",
        other => other,
    });
    form.chars()
        .find(|character| character.is_alphabetic())
        .is_some_and(|character| wanted == Some(character.script()))
}
