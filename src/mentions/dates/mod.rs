//! Dates, weekdays and clock times, by the patterns of the profile.

mod calendars;

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::grammar::{self, Grammar};
use super::phrases::{Line, Phrases, is_letter};
use super::units;
use crate::lang::{Language, profile::Dates, text::is_unspaced};
use crate::model::{Date, Mention, Span, Value};

/// The dates of a text, in order of place. A weekday and the date beside it are one mention.
pub fn find(text: &str, language: &'static Language) -> Vec<Mention> {
    let line = Line::new(text, language);
    in_line(&line, language)
}

pub(super) fn in_line(line: &Line<'_>, language: &'static Language) -> Vec<Mention> {
    let Some(tables) = tables(language) else { return Vec::new() };
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < line.glyphs.len() {
        // A pattern that begins with a word may end too early: à 15 h, and then 30.
        let better = |first: Found| {
            (first.start + 1..first.end)
                .filter(|&inside| line.at(inside).is_ascii_digit() && !is_letter(line.before(inside)))
                .filter_map(|inside| tables.at(line, inside))
                .find(|inside| inside.end > first.end)
                .unwrap_or(first)
        };
        match tables.at(line, at).map(|first| if is_letter(line.at(at)) { better(first) } else { first }) {
            Some(date) => {
                at = date.end.max(at + 1);
                found.push(date);
            }
            None => at += 1,
        }
    }
    merge(line, found)
        .into_iter()
        .map(|found| Mention {
            span: Span::new(line.byte(found.start), line.byte_end(found.end)),
            value: Value::Date(found.date),
        })
        .collect()
}

#[derive(Debug, Clone, Copy)]
struct Found {
    start: usize,
    end: usize,
    date: Date,
}

/// One piece of a pattern.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(Vec<char>),
    Space,
    Day,
    MonthFigure,
    Month,
    Year,
    Weekday,
    Hour,
    Minute,
    Half,
}

#[derive(Debug, Clone, Copy, Default)]
struct Named {
    month: Option<u8>,
    weekday: Option<u8>,
    /// Says something else too, or is too short to stand alone.
    doubtful: bool,
}

struct Tables {
    names: Phrases<Named>,
    patterns: Vec<Vec<Part>>,
    clocks: Vec<Vec<Part>>,
    /// True for the second half of the day.
    halves: Phrases<bool>,
    calendars: Phrases<&'static str>,
    kinds: Vec<&'static str>,
    /// Words for year before a figure.
    years: Phrases<()>,
    orders: Vec<String>,
    /// Whether the names of months are written with a capital.
    capital_months: bool,
    /// The same of weekdays; `None` where both are in use.
    capital_weekdays: Option<bool>,
    cased: bool,
    grammar: Option<&'static Grammar>,
    function_words: Phrases<()>,
}

fn tables(language: &'static Language) -> Option<&'static Tables> {
    static CACHE: OnceLock<Mutex<BTreeMap<usize, Option<&'static Tables>>>> = OnceLock::new();
    let key = std::ptr::from_ref(language) as usize;
    let mut cache = CACHE.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    // Profiles live for the whole run, so a table for each is no leak.
    *cache.entry(key).or_insert_with(|| {
        let dates = language.dates.as_ref()?;
        Some(Box::leak(Box::new(Tables::new(dates, language))))
    })
}

impl Tables {
    fn new(dates: &'static Dates, language: &'static Language) -> Self {
        let grammar = grammar::of(language);
        let mut names: Phrases<Named> = Phrases::default();
        for (form, &month) in &dates.months {
            names.entry(form, language).get_or_insert_with(Named::default).month = Some(month);
        }
        for (form, &weekday) in &dates.weekdays {
            names.entry(form, language).get_or_insert_with(Named::default).weekday = Some(weekday);
        }
        for form in dates.months.keys().chain(dates.weekdays.keys()) {
            let line = Line::new(form, language);
            let counted = grammar.is_some_and(|grammar| {
                grammar.atoms.whole(&line, 0).is_some_and(|(end, atom)| {
                    end == line.glyphs.len() && (atom.ordinal.or(atom.word).or(atom.fraction)).is_some()
                })
            });
            let short = language.spaced && line.glyphs.len() < 5;
            if let Some(named) = names.entry(form, language)
                && (counted
                    || short && (language.cased || named.month.is_some())
                    || named.month.is_some() && named.weekday.is_some())
            {
                named.doubtful = true;
            }
        }
        let mut halves = Phrases::default();
        for (forms, second) in [(&dates.am, false), (&dates.pm, true)] {
            for form in forms {
                *halves.entry(form, language) = Some(second);
            }
        }
        let mut calendars = Phrases::default();
        for (form, kind) in &dates.calendars {
            *calendars.entry(form, language) = Some(kind.as_str());
        }
        let mut years = Phrases::default();
        for word in &dates.years {
            *years.entry(word, language) = Some(());
        }
        let mut function_words = Phrases::default();
        for word in language.function_words.iter().flat_map(|words| &words.words) {
            *function_words.entry(word, language) = Some(());
        }
        let read = |patterns: &[String]| patterns.iter().map(|pattern| parts(pattern, language)).collect();
        let (months, weekdays) = capitals(dates, &names, language);
        Self {
            patterns: read(&dates.patterns),
            clocks: read(&dates.clock),
            halves,
            calendars,
            kinds: dates.calendars.values().map(String::as_str).collect(),
            years,
            orders: dates.numeric.clone(),
            capital_months: months,
            capital_weekdays: weekdays,
            cased: language.cased,
            grammar,
            function_words,
            names,
        }
    }

    /// The longest date that begins at an index.
    fn at(&self, line: &Line<'_>, at: usize) -> Option<Found> {
        if line.at(at).is_ascii_digit() && (line.before(at).is_ascii_digit() || is_inside_figure(line, at)) {
            return None;
        }
        if is_letter(line.at(at)) && !line.is_edge(at) || line.at(at) == ' ' {
            return None;
        }
        let mut best = self.all_figures(line, at);
        let mut take = |found: Found| {
            if best.is_none_or(|best| found.end > best.end) {
                best = Some(found);
            }
        };
        for pattern in &self.patterns {
            if let Some((end, date)) = self.matches(line, at, pattern, Date::default())
                && ends_well(line, end)
                && (date.day.is_some() || date.month.is_some())
                && self.is_date(line, at, end, date)
            {
                take(Found { start: at, end, date: self.in_calendar(line, at, end, date) });
            }
        }
        for pattern in &self.clocks {
            if let Some((end, date)) = self.matches(line, at, pattern, Date::default())
                && ends_well(line, end)
                && date.hour.is_some()
                && !self.is_amount(line, at, end)
                && !(line.at(end) == ':' && line.at(end + 1).is_ascii_digit())
            {
                take(Found { start: at, end, date });
            }
        }
        let year = if self.kinds.is_empty() { None } else { self.year_alone(line, at) };
        year.filter(|year| best.is_none_or(|best| year.end > best.end))
            .or(best)
            .or_else(|| self.alone(line, at))
    }

    /// Whether what looks like 12.50 on a clock is followed by what it counts.
    fn is_amount(&self, line: &Line<'_>, start: usize, end: usize) -> bool {
        let Some(grammar) = self.grammar else { return false };
        let next = line.skip_space(end);
        let counted =
            line.at(next) == '%' || units::is_unit(line, next, line.word_end(next), grammar.language);
        counted && line.characters(start, end).any(|character| matches!(character, '.' | ','))
    }

    /// Days count up to the length of the month, and a figure that counts something else is no day.
    fn is_date(&self, line: &Line<'_>, start: usize, end: usize, date: Date) -> bool {
        let long = match date.month {
            Some(2) => 29,
            Some(4 | 6 | 9 | 11) => 30,
            _ => 31,
        };
        if date.day.is_some_and(|day| day > long) {
            return false;
        }
        if line.before(end).is_ascii_digit() && date.year.is_none() {
            let next = line.skip_space(end);
            if line.at(next) == '%' {
                return false;
            }
            let scaled = self.grammar.is_some_and(|grammar| {
                grammar.atoms.whole(line, next).is_some_and(|(_, atom)| atom.scale.is_some())
            });
            if scaled {
                return false;
            }
        }
        // Where months have capitals, a small letter means another word: may 5.
        if date.day.is_none() || !self.capital_months {
            return true;
        }
        let letters = line.glyphs.get(start..end).unwrap_or_default();
        !self.cased || letters.iter().any(|glyph| glyph.capital)
    }

    /// A month or weekday by itself.
    fn alone(&self, line: &Line<'_>, at: usize) -> Option<Found> {
        let (end, &named) = self.names.whole(line, at)?;
        let glyph = line.glyphs.get(at)?;
        let spaced = !is_unspaced(glyph.character);
        let found = |date| Some(Found { start: at, end, date });
        if let Some(weekday) = named.weekday {
            let fits = !self.cased || self.capital_weekdays != Some(true) || glyph.capital;
            let name = self.cased
                && self.capital_weekdays == Some(false)
                && glyph.capital
                && !starts_sentence(line, at);
            if fits && !name && (!named.doubtful || !spaced) {
                return found(Date { weekday: Some(weekday), ..Date::default() });
            }
            return (fits && self.beside_figure(line, at, end)).then_some(Found {
                start: at,
                end,
                date: Date { weekday: Some(weekday), ..Date::default() },
            });
        }
        let month = named.month?;
        // Марта Кузнецова: a capital before another one is a name.
        let named_person = || line.glyphs.get(end + 1).is_some_and(|glyph| glyph.capital);
        let opens = glyph.capital && starts_sentence(line, at) && !named_person();
        if self.cased && self.capital_months != glyph.capital && !opens {
            return None;
        }
        if named.doubtful && spaced {
            // May, Mai, mars: after a small function word only.
            let word = line.word_start(at.checked_sub(1)?);
            let after_word = line.before(at) == ' '
                && self.function_words.whole(line, word).is_some_and(|(to, ())| to + 1 == at)
                && line.glyphs.get(word).is_some_and(|glyph| !glyph.capital || starts_sentence(line, word));
            if !after_word || line.before(end) == '.' || end - at < 3 && self.cased {
                return None;
            }
        }
        found(Date { month: Some(month), ..Date::default() })
    }

    fn beside_figure(&self, line: &Line<'_>, at: usize, end: usize) -> bool {
        let mut next = end;
        while matches!(line.at(next), ' ' | ',' | '.' | '(') {
            next += 1;
        }
        let month = self.names.whole(line, next).is_some_and(|(_, named)| named.month.is_some());
        let mut before = at;
        while before > 0 && matches!(line.before(before), ' ' | ',' | '(' | '.') {
            before -= 1;
        }
        line.at(next).is_ascii_digit() || month || at > 0 && line.before(before).is_ascii_digit()
    }

    /// Matches a pattern; gives where it ends and what it says.
    fn matches(&self, line: &Line<'_>, at: usize, pattern: &[Part], date: Date) -> Option<(usize, Date)> {
        let Some((part, rest)) = pattern.split_first() else { return Some((at, date)) };
        let mut date = date;
        let figure = |longest: usize| {
            let mut end = at;
            while end - at < longest && line.at(end).is_ascii_digit() {
                end += 1;
            }
            let value: i32 = line.characters(at, end).collect::<String>().parse().ok()?;
            (end > at && !line.at(end).is_ascii_digit()).then_some((end, value))
        };
        let end = match part {
            Part::Text(text) => {
                let fits = text.iter().enumerate().all(|(step, character)| line.at(at + step) == *character);
                let end = at + text.len();
                let whole = (line.is_edge(at) || !text.first().is_some_and(|first| is_letter(*first)))
                    && (line.is_edge(end) || !text.last().is_some_and(|last| is_letter(*last)));
                (fits && whole).then_some(end)?
            }
            Part::Space => {
                let mut end = at;
                while matches!(line.at(end), ' ' | ',' | '.' | '،' | '、') && end - at < 3 {
                    end += 1;
                }
                if end == at && !is_unspaced(line.before(at)) && !is_unspaced(line.at(at)) {
                    return None;
                }
                end
            }
            Part::Day => {
                let (end, value) = figure(2)?;
                date.day = Some(u8::try_from(value).ok().filter(|day| (1..=31).contains(day))?);
                self.grammar
                    .and_then(|grammar| {
                        let (to, ()) = grammar
                            .ordinal_marks
                            .all(line, end)
                            .filter(|&(to, ())| line.is_edge(to))
                            .last()?;
                        (!matches!(line.at(end), '.' | ' ')).then_some(to)
                    })
                    .unwrap_or(end)
            }
            Part::MonthFigure => {
                let (end, value) = figure(2)?;
                date.month = Some(u8::try_from(value).ok().filter(|month| (1..=12).contains(month))?);
                end
            }
            Part::Month => {
                let (end, named) = self.names.longest(line, at).filter(|_| line.is_edge(at))?;
                date.month = Some(named.month?);
                // The full stop of an abbreviation is in the form or in the space after it.
                end
            }
            Part::Weekday => {
                let (end, named) = self.names.longest(line, at).filter(|_| line.is_edge(at))?;
                date.weekday = Some(named.weekday?);
                end
            }
            Part::Year => {
                let (end, value) = figure(4)?;
                let named = if self.kinds.is_empty() { None } else { self.era_before(line, at) };
                let named = named.filter(|era| era.has(value));
                let minguo = self.kinds.contains(&"minguo") && (50..200).contains(&value);
                if named.is_none() && !minguo && !(1000..2700).contains(&value) {
                    return None;
                }
                date.year = Some(named.map_or(value, |era| era.year(value)));
                end
            }
            Part::Hour => {
                let (end, value) = figure(2)?;
                date.hour = Some(u8::try_from(value).ok().filter(|hour| *hour <= 24)? % 24);
                end
            }
            Part::Minute => {
                let (end, value) = figure(2)?;
                if end != at + 2 {
                    return None;
                }
                date.minute = Some(u8::try_from(value).ok().filter(|minute| *minute < 60)?);
                end
            }
            Part::Half => {
                let (end, &second) = self.halves.longest(line, at)?;
                // The hour is changed at the end, when it is known: mark the half in the weekday's place.
                let (end, mut date) = self.matches(line, end, rest, date)?;
                let hour = date.hour.filter(|hour| *hour <= 12 || second)?;
                date.hour = Some(match (second, hour) {
                    (true, 0..12) => hour + 12,
                    (false, 12) => 0,
                    _ => hour,
                });
                return Some((end, date));
            }
        };
        self.matches(line, end, rest, date)
    }

    /// `27/06/2018`, `2018-06-27`.
    fn all_figures(&self, line: &Line<'_>, start: usize) -> Option<Found> {
        let group = |at: usize| {
            let mut end = at;
            while line.at(end).is_ascii_digit() && end - at < 5 {
                end += 1;
            }
            let value: i32 = line.characters(at, end).collect::<String>().parse().ok()?;
            Some((end, end - at, value))
        };
        let (one, first_length, first) = group(start)?;
        let mark = line.at(one);
        if !matches!(mark, '/' | '.' | '-') {
            return None;
        }
        let (two, second_length, second) = group(one + 1)?;
        if line.at(two) != mark {
            return None;
        }
        let (end, third_length, third) = group(two + 1)?;
        if second_length > 2 || line.at(end) == mark && line.at(end + 1).is_ascii_digit() {
            return None;
        }
        let valid = |year: i32, month: i32, day: i32| {
            let fits = (1000..2700).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
            fits.then_some(Date {
                year: Some(year),
                month: Some(month as u8),
                day: Some(day as u8),
                ..Date::default()
            })
        };
        let found = |date: Date| Some(Found { start, end, date: self.in_calendar(line, start, end, date) });
        if first_length == 4 {
            return valid(first, second, third).and_then(found);
        }
        if first_length > 2 || !(third_length == 4 || third_length == 2 && mark != '-') {
            return None;
        }
        let year = if third_length == 4 {
            third
        } else if third < 70 {
            2000 + third
        } else {
            1900 + third
        };
        self.orders
            .iter()
            .find_map(|order| match order.as_str() {
                "dmy" => valid(year, second, first),
                "mdy" => valid(year, first, second),
                _ => None,
            })
            .and_then(found)
    }
}

/// Whether months and weekdays have capitals in a language: as its own proofs write them.
fn capitals(dates: &Dates, names: &Phrases<Named>, language: &Language) -> (bool, Option<bool>) {
    let (mut months, mut weekdays) = (0, 0);
    for (text, _) in &dates.proof {
        let line = Line::new(text, language);
        for at in 1..line.glyphs.len() {
            if let Some((_, named)) = names.whole(&line, at)
                && is_letter(line.at(at))
                && !starts_sentence(&line, at)
            {
                let step = if line.glyphs[at].capital { 1 } else { -1 };
                months += if named.month.is_some() { step } else { 0 };
                weekdays += if named.weekday.is_some() { step } else { 0 };
            }
        }
    }
    (months > 0, (weekdays != 0).then_some(weekdays > 0))
}

fn parts(pattern: &str, language: &Language) -> Vec<Part> {
    let mut out = Vec::new();
    let mut rest = pattern;
    let text = |text: &str, out: &mut Vec<Part>| {
        for (index, piece) in text.split(' ').enumerate() {
            if index > 0 {
                out.push(Part::Space);
            }
            if !piece.is_empty() {
                let glyphs = Line::new(piece, language).glyphs;
                out.push(Part::Text(glyphs.iter().map(|glyph| glyph.character).collect()));
            }
        }
    };
    while let Some((before, after)) = rest.split_once('{') {
        text(before, &mut out);
        let Some((name, after)) = after.split_once('}') else { break };
        out.push(match name {
            "d" => Part::Day,
            "m" => Part::MonthFigure,
            "month" => Part::Month,
            "y" => Part::Year,
            "weekday" => Part::Weekday,
            "h" => Part::Hour,
            "min" => Part::Minute,
            _ => Part::Half,
        });
        rest = after;
    }
    text(rest, &mut out);
    out
}

/// Joins a weekday with the date beside it.
fn merge(line: &Line<'_>, found: Vec<Found>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    for date in found {
        if let Some(last) = out.last_mut() {
            let weekday = |date: &Date| date.weekday.is_some() && date.day.is_none() && date.month.is_none();
            let full = |date: &Date| date.weekday.is_none() && date.day.is_some() && date.hour.is_none();
            let pair = weekday(&last.date) && full(&date.date) || full(&last.date) && weekday(&date.date);
            if pair && is_narrow(line, last.end, date.start) {
                let named = last.date.weekday.or(date.date.weekday);
                let whole = if last.date.day.is_some() { last.date } else { date.date };
                last.date = Date { weekday: named, ..whole };
                last.end = date.end;
                continue;
            }
        }
        out.push(date);
    }
    out
}

/// Whether only marks and at most one short word stand between.
fn is_narrow(line: &Line<'_>, start: usize, end: usize) -> bool {
    let letters = line.characters(start, end).filter(|character| is_letter(*character)).count();
    end.saturating_sub(start) <= 8
        && letters <= 4
        && line.characters(start, end).all(|character| {
            is_letter(character) || matches!(character, ' ' | ',' | '(' | ')' | '-' | '（' | '）' | '،' | '.')
        })
}

/// A figure that goes on is no day: 20,000; 3.5.
fn ends_well(line: &Line<'_>, end: usize) -> bool {
    if !line.before(end).is_ascii_digit() {
        // 15h30 is not 15h.
        let cut = line.at(end).is_ascii_digit() && !is_unspaced(line.before(end));
        return line.is_edge(end) && !cut;
    }
    let next = line.at(end);
    !(next.is_ascii_digit() || matches!(next, '.' | ',' | '٬' | '٫') && line.at(end + 1).is_ascii_digit())
}

fn is_inside_figure(line: &Line<'_>, at: usize) -> bool {
    at >= 2 && matches!(line.before(at), '.' | ',' | ':' | '/' | '-') && line.at(at - 2).is_ascii_digit()
}

/// Whether a sentence may begin at an index.
fn starts_sentence(line: &Line<'_>, at: usize) -> bool {
    let mut before = at;
    while before > 0 && !is_letter(line.before(before)) {
        before -= 1;
        if matches!(line.at(before), '.' | '!' | '?' | ':' | '"' | '«' | '“' | '\u{2014}' | '\u{2013}' | '(')
        {
            return true;
        }
    }
    before == 0
}
