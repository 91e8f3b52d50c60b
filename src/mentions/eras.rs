//! Years that are not counted from the birth of Christ: 令和5年, พ.ศ. 2566, ۱۴۰۲, 民國112年.

use icu_calendar::{Date as Day, Gregorian};

use crate::model::{Calendar, Date};

/// How the years of an era are counted, by the kinds that the profiles name.
static ERAS: &str = include_str!("eras.tsv");

/// One way of counting years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Era {
    /// The calendar whose years are kept as written; Gregorian where they are turned into its years.
    pub(super) calendar: Calendar,
    /// Gregorian year before the first.
    offset: i32,
    /// Years in which it is written.
    first: i32,
    last: i32,
}

impl Era {
    /// The era of a kind that a profile names; `None` where it is the Gregorian one, or not known.
    pub(super) fn of(kind: &str) -> Option<Self> {
        let rows = ERAS.lines().filter(|line| !line.starts_with('#'));
        let row = rows.map(|line| line.split('\t').collect::<Vec<&str>>()).find(|cells| cells[0] == kind)?;
        let number = |cell: usize| row.get(cell)?.parse().ok();
        let calendar = match kind {
            "buddhist" => Calendar::Buddhist,
            "persian" => Calendar::Persian,
            "islamic" => Calendar::Islamic,
            _ => Calendar::Gregorian,
        };
        Some(Self { calendar, offset: number(1)?, first: number(2)?, last: number(3)? })
    }

    /// Whether its years have been written so in living memory.
    pub(super) fn has(self, year: i32) -> bool {
        (self.first..=self.last).contains(&year)
    }

    /// Whether a year tells by its size alone that it is of this era: the small ones of a reign do not.
    pub(super) fn is_told_by_size(self) -> bool {
        self.first > 1000 && self.calendar != Calendar::Gregorian || self.first == 50
    }

    /// The year as a date keeps it.
    pub(super) fn year(self, written: i32) -> i32 {
        if self.calendar == Calendar::Gregorian { written + self.offset } else { written }
    }

    /// A date of this era as far as it can be told in the Gregorian calendar: Persian days are counted by rule, the
    /// moon's by sight.
    pub(super) fn date(self, mut date: Date) -> Date {
        date.calendar = self.calendar;
        if let (Calendar::Persian, Some(year), Some(month), Some(day)) =
            (self.calendar, date.year, date.month, date.day)
            && let Ok(day) = Day::try_new_persian(year, month, day)
        {
            let day = day.to_calendar(Gregorian);
            date.calendar = Calendar::Gregorian;
            date.year = Some(day.year().extended_year());
            date.month = Some(day.month().ordinal);
            date.day = Some(day.day_of_month().0);
        }
        date
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_calendar_of_a_profile_is_known() {
        for entry in &crate::lang::PROFILES {
            let language = entry.language();
            let kinds = language.dates.iter().flat_map(|dates| dates.calendars.values());
            for kind in kinds.filter(|kind| *kind != "gregorian" && *kind != "hebrew") {
                assert!(Era::of(kind).is_some(), "{}: {kind}", language.tag);
            }
        }
    }

    #[test]
    fn the_persian_new_year_falls_in_march() {
        let era = Era::of("persian").expect("is known");
        let date = |year, month, day| {
            let date = Date { year: Some(year), month: Some(month), day: Some(day), ..Date::default() };
            let date = era.date(date);
            (date.year, date.month, date.day)
        };
        assert_eq!(date(1402, 5, 17), (Some(2023), Some(8), Some(8)));
        assert_eq!(date(1403, 1, 1), (Some(2024), Some(3), Some(20)));
        assert_eq!(date(1402, 1, 1), (Some(2023), Some(3), Some(21)));
        assert_eq!(date(1402, 13, 1), (Some(1402), Some(13), Some(1)));
    }
}
