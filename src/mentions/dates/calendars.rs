//! Which calendar a year is of: by its name, by its size, by the word for year before it.

use super::{Found, Tables, ends_well};
use crate::mentions::eras::Era;
use crate::mentions::phrases::Line;
use crate::model::{Calendar, Date};

/// Characters that the name of an era has at most, with the space behind it.
const LONGEST_ERA: usize = 24;

impl Tables {
    /// Says which calendar a year belongs to, by the words around it or its size.
    pub(super) fn in_calendar(&self, line: &Line<'_>, start: usize, end: usize, date: Date) -> Date {
        let Some(year) = date.year.filter(|_| !self.kinds.is_empty()) else { return date };
        let mut named = (start.saturating_sub(8)..end + 2)
            .filter_map(|at| self.calendars.whole(line, at).and_then(|(_, kind)| Era::of(kind)));
        let mut own = self.kinds.iter().filter_map(|kind| Era::of(kind)).filter(|era| era.is_told_by_size());
        match named.find(|era| era.has(year)).or_else(|| own.find(|era| era.has(year))) {
            Some(era) if era.calendar == Calendar::Gregorian => Date { year: Some(era.year(year)), ..date },
            Some(era) => era.date(date),
            None => date,
        }
    }

    /// The era whose name stands right before an index: 令和, พ.ศ.
    pub(super) fn era_before(&self, line: &Line<'_>, at: usize) -> Option<Era> {
        (at.saturating_sub(LONGEST_ERA)..at).find_map(|start| {
            let (end, kind) = self.calendars.whole(line, start)?;
            (line.skip_space(end) == at).then(|| Era::of(kind))?
        })
    }

    /// A year without day and month that is of another era: named before or behind it, or after a word for year in a
    /// language that has one such calendar.
    pub(super) fn year_alone(&self, line: &Line<'_>, at: usize) -> Option<Found> {
        let figure = |at: usize| {
            let mut end = at;
            while line.at(end).is_ascii_digit() && end - at < 5 {
                end += 1;
            }
            // The first year of an era has a name of its own.
            if end == at && line.at(at) == '元' {
                return Some((at + 1, 1));
            }
            let year: i32 = line.characters(at, end).collect::<String>().parse().ok()?;
            (end - at < 5).then_some((end, year))
        };
        let of_era = |start: usize, end: usize, year: i32, era: Era| {
            let end = if line.at(end) == '年' { end + 1 } else { end };
            let date = Date { year: Some(era.year(year)), calendar: era.calendar, ..Date::default() };
            (era.has(year) && ends_well(line, end)).then_some(Found { start, end, date })
        };
        if let Some((end, kind)) = self.calendars.whole(line, at)
            && let Some(era) = Era::of(kind)
        {
            let from = line.skip_space(end);
            let (end, year) = figure(from)?;
            let whole =
                self.patterns.iter().filter_map(|pattern| self.matches(line, from, pattern, Date::default()));
            let whole = whole.filter(|(end, date)| ends_well(line, *end) && date.month.is_some());
            if let Some((end, date)) = whole.max_by_key(|(end, _)| *end) {
                return Some(Found { start: at, end, date: self.in_calendar(line, at, end, date) });
            }
            return of_era(at, end, year, era);
        }
        if let Some((end, ())) = self.years.whole(line, at) {
            let from = line.skip_space(end);
            let (end, year) = figure(from)?;
            let own = self.kinds.iter().filter_map(|kind| Era::of(kind)).find(|era| era.is_told_by_size())?;
            return of_era(from, end, year, own);
        }
        if line.at(at).is_ascii_digit() {
            let (end, year) = figure(at)?;
            let (to, kind) = self.calendars.whole(line, line.skip_space(end))?;
            return Era::of(kind).filter(|era| era.is_told_by_size() && era.has(year)).map(|era| {
                let date = Date { year: Some(era.year(year)), calendar: era.calendar, ..Date::default() };
                Found { start: at, end: to, date }
            });
        }
        None
    }
}
