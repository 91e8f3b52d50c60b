//! Units of measure and currencies beside numbers.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::phrases::{Line, Phrases, is_letter};
use crate::lang::Language;
use crate::model::{Currency, Measure, Mention, Number, NumberForm, Span, Value};

/// What a word or sign after or before a number may be.
#[derive(Debug, Clone, Default)]
struct Unit {
    measure: Option<Measure>,
    codes: Vec<&'static str>,
    /// A word that has other work in the language: a unit only directly after the figure.
    doubtful: bool,
}

type Table = Phrases<Unit>;

/// The unit of a name in `measures.tsv`.
pub fn measure(name: &str) -> Option<Measure> {
    static UNITS: OnceLock<BTreeMap<&'static str, Measure>> = OnceLock::new();
    let units = UNITS.get_or_init(|| {
        let rows = include_str!("measures.tsv").lines().filter(|line| !line.starts_with('#'));
        rows.map(|row| {
            let mut cells = row.split('\t');
            let mut text = || cells.next().expect("measures.tsv has four columns");
            let (unit, quantity) = (text(), text());
            let mut figure = || text().parse().expect("measures.tsv holds figures in the last columns");
            (unit, Measure { unit, quantity, factor: figure(), offset: figure() })
        })
        .collect()
    });
    units.get(name).copied()
}

/// Signs and codes that every text may use, whatever its language.
const COMMON: [(&str, &[&str]); 17] = [
    ("$", &["AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "USD"]),
    ("us$", &["USD"]),
    ("usd", &["USD"]),
    ("€", &["EUR"]),
    ("eur", &["EUR"]),
    ("£", &["GBP"]),
    ("gbp", &["GBP"]),
    ("¥", &["CNY", "JPY"]),
    ("₽", &["RUB"]),
    ("₴", &["UAH"]),
    ("₺", &["TRY"]),
    ("₹", &["INR"]),
    ("₩", &["KRW"]),
    ("₪", &["ILS"]),
    ("r$", &["BRL"]),
    ("₸", &["KZT"]),
    ("₾", &["GEL"]),
];

/// Signs of temperature; the ring is often typed as the ordinal sign `º`.
const DEGREES: [(&str, &str); 7] = [
    ("°c", "celsius"),
    ("ºc", "celsius"),
    ("℃", "celsius"),
    ("°f", "fahrenheit"),
    ("ºf", "fahrenheit"),
    ("℉", "fahrenheit"),
    ("°", "degree"),
];

fn table(language: &'static Language) -> &'static Table {
    static CACHE: OnceLock<Mutex<BTreeMap<usize, &'static Table>>> = OnceLock::new();
    let key = std::ptr::from_ref(language) as usize;
    let mut cache = CACHE.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    // Profiles live for the whole run, so a table for each is no leak.
    cache.entry(key).or_insert_with(|| Box::leak(Box::new(make(language))))
}

fn make(language: &'static Language) -> Table {
    let mut table = Table::default();
    for (sign, codes) in COMMON {
        let unit = table.entry(sign, language).get_or_insert_with(Unit::default);
        unit.codes.extend(codes);
    }
    for (sign, name) in DEGREES {
        table.entry(sign, language).get_or_insert_with(Unit::default).measure = measure(name);
    }
    if let Some(units) = &language.units {
        for (name, forms) in &units.measures {
            let Some(measure) = measure(name) else { continue };
            for form in forms {
                table.entry(form, language).get_or_insert_with(Unit::default).measure = Some(measure);
            }
        }
        for (code, forms) in &units.currencies {
            for form in forms {
                let unit = table.entry(form, language).get_or_insert_with(Unit::default);
                if !unit.codes.contains(&code.as_str()) {
                    unit.codes.push(code);
                    unit.codes.sort_unstable();
                }
            }
        }
    }
    let function_words = language.function_words.iter().flat_map(|words| &words.words);
    for word in function_words {
        let mut known = false;
        let line = Line::new(word, language);
        if let Some((end, _)) = table.longest(&line, 0) {
            known = end == line.glyphs.len();
        }
        if known && let Some(unit) = table.entry(word, language) {
            unit.doubtful = true;
        }
    }
    table
}

/// Whether glyphs `start..end` are a unit or currency.
pub(super) fn is_unit(line: &Line<'_>, start: usize, end: usize, language: &'static Language) -> bool {
    table(language).all(line, start).any(|(to, _)| to == end)
}

/// Whether glyphs `start..end` are a currency.
pub(super) fn is_currency(line: &Line<'_>, start: usize, end: usize, language: &'static Language) -> bool {
    table(language).all(line, start).any(|(to, unit)| to == end && !unit.codes.is_empty())
}

/// Gives numbers the unit or currency beside them and widens their spans over it.
pub fn attach(text: &str, language: &'static Language, numbers: &mut [Mention]) {
    let line = Line::new(text, language);
    in_line(&line, language, numbers);
}

pub(super) fn in_line(line: &Line<'_>, language: &'static Language, numbers: &mut [Mention]) {
    let table = table(language);
    let mut free_from = 0;
    let starts: Vec<usize> = numbers.iter().map(|mention| mention.span.start).collect();
    for (index, mention) in numbers.iter_mut().enumerate() {
        let Value::Number(number) = &mut mention.value else { continue };
        let (start, end) = (line.index_of(mention.span.start), line.index_of(mention.span.end));
        let next = starts.get(index + 1).copied().unwrap_or(usize::MAX);
        let mut span = mention.span;
        if let Some((from, unit)) = before(line, table, start, free_from) {
            number.currency = Some(Currency { codes: unit.codes.clone() });
            span.start = line.byte(from);
        }
        if number.form != NumberForm::Percent
            && number.form != NumberForm::Ordinal
            && let Some((to, unit)) = after(line, table, end, number)
            && line.byte_end(to) <= next
        {
            if !unit.codes.is_empty() && (unit.measure.is_none() || number.scaled) {
                if number.currency.is_none() || unit.codes.len() == 1 {
                    number.currency = Some(Currency { codes: unit.codes.clone() });
                }
                span.end = line.byte_end(to);
            } else if number.currency.is_none() && unit.measure.is_some() {
                number.measure = unit.measure;
                span.end = line.byte_end(to);
            }
        }
        mention.span = Span::new(span.start, span.end);
        free_from = line.index_of(span.end);
    }
    share(line, numbers);
}

/// Gives what stands once for two numbers to both: 2 to 4 inches, between 3 and 4 million euros. Feet and the
/// inches after them are one length: 6-foot-6.
fn share(line: &Line<'_>, numbers: &mut [Mention]) {
    for index in (1..numbers.len()).rev() {
        let (before, after) = numbers.split_at_mut(index);
        let (Some(left), Some(right)) = (before.last_mut(), after.first()) else { continue };
        let (start, end) = (line.index_of(left.span.end), line.index_of(right.span.start));
        let (Value::Number(first), Value::Number(second)) = (&mut left.value, &right.value) else { continue };
        let feet = first.measure.is_some_and(|measure| measure.unit == "ft");
        let inches = second.measure.is_none_or(|measure| measure.unit == "in") && second.currency.is_none();
        if feet && inches && end.saturating_sub(start) <= 1 && second.value < 12.0 && first.second.is_none() {
            first.value += second.value / 12.0;
            left.span = left.span.join(right.span);
            continue;
        }
        let letters = line.characters(start, end).filter(|character| is_letter(*character)).count();
        let words = line
            .characters(start, end)
            .all(|character| is_letter(character) || matches!(character, ' ' | '-'));
        let unspaced = line.characters(start, end).any(crate::lang::text::is_unspaced);
        if !words || letters > if unspaced { 1 } else { 4 } || end.saturating_sub(start) > 6 || end <= start {
            continue;
        }
        if first.measure.is_none() && first.currency.is_none() && first.form == NumberForm::Cardinal {
            first.measure = second.measure;
            if second.form == NumberForm::Percent && first.value < 100.0 {
                first.form = NumberForm::Percent;
            }
        }
        if second.scaled && !first.scaled && first.other.is_none() && first.value < 1000.0 {
            let scale = [1e12, 1e9, 1e6, 1e3].into_iter().find(|scale| second.value >= *scale).unwrap_or(1.0);
            first.other = Some(first.value * scale);
        }
    }
}

/// The currency before a number: $5, US$ 5, EUR 5.
fn before<'a>(
    line: &Line<'_>,
    table: &'a Table,
    start: usize,
    free_from: usize,
) -> Option<(usize, &'a Unit)> {
    let end = if line.before(start) == ' ' { start - 1 } else { start };
    (end.saturating_sub(5).max(free_from)..end).find_map(|from| {
        let sign = !is_letter(line.at(end - 1));
        if !line.is_edge(from) || !sign && line.word_start(end) != from {
            return None;
        }
        let (_, unit) = table.all(line, from).find(|&(to, unit)| to == end && !unit.codes.is_empty())?;
        // A word before a number may belong to another one; signs and codes in capitals do not.
        let capitals =
            line.glyphs.get(from..end)?.iter().all(|glyph| glyph.capital || !is_letter(glyph.character));
        (sign || capitals).then_some((from, unit))
    })
}

/// The unit after a number, a short word between allowed: 3 millones de dólares, 20 de kilometri.
fn after<'a>(line: &Line<'_>, table: &'a Table, end: usize, number: &Number) -> Option<(usize, &'a Unit)> {
    let next = if matches!(line.at(end), ' ' | '-') { end + 1 } else { end };
    let direct = next == end;
    let found = |at: usize| table.all(line, at).filter(|&(to, _)| line.is_edge(to)).last();
    if let Some((to, unit)) = found(next)
        && (direct || !unit.doubtful)
        && !(number.spelled && to == next + 1 && is_letter(line.at(next)) && line.at(next).is_ascii())
    {
        return Some((to, unit));
    }
    let word = line.word_end(next);
    if line.at(end) != ' ' || word == next || word - next > 3 || !matches!(line.at(word), ' ' | '\'') {
        return None;
    }
    // A short word between, but no single letter after it, which may be another word: 20 m de 3 g.
    let (to, unit) = found(word + 1)?;
    let letter = to == word + 2 && is_letter(line.at(word + 1));
    (!letter && !unit.doubtful && (to - word > 3 || !unit.codes.is_empty())).then_some((to, unit))
}
