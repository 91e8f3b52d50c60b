//! Which places a translator may say for each other: a city for its country, a seat for its government.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::{Kind, ROWS};

/// What kind of place a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A country, dependency or continent.
    Territory,
    /// What is in several countries, or disputed; a sea, a river.
    Region,
    /// A state, province or region of a country.
    Part,
    /// A city.
    City,
    /// A seat of power, whose name stands for a government.
    Seat,
}

/// The level of each place. The order of `TABLES`: territories, regions, subdivisions, cities.
static LEVELS: LazyLock<HashMap<&'static str, Level>> = LazyLock::new(|| {
    let levels = [Level::Territory, Level::Region, Level::Part, Level::City];
    let places = ROWS.iter().zip(levels).rev();
    let mut out: HashMap<&'static str, Level> = HashMap::new();
    for (table, level) in places {
        for row in table.rows.iter().filter(|row| row.kind == Kind::Place) {
            let part = level == Level::Region && row.key.contains('/');
            out.insert(row.key, if part { Level::Part } else { level });
        }
    }
    out.extend(WITHIN.iter().filter(|(_, (_, seat))| *seat).map(|(&key, _)| (key, Level::Seat)));
    out
});

/// What lies in what, beside what keys say: the places, and whether it is a seat.
static WITHIN: LazyLock<BTreeMap<&'static str, (Vec<&'static str>, bool)>> = LazyLock::new(|| {
    include_str!("within.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (key, places) = (cells.next()?, cells.next()?);
            Some((key, (places.split(' ').collect(), cells.next() == Some("seat"))))
        })
        .collect()
});

/// The level of a place of the tables.
pub fn level(key: &str) -> Option<Level> {
    LEVELS.get(key).copied()
}

/// The countries and regions that a place lies in.
fn around(key: &str) -> impl Iterator<Item = &str> {
    let country = key.split_once('/').map(|(country, _)| country);
    country.into_iter().chain(WITHIN.get(key).into_iter().flat_map(|(places, _)| places.iter().copied()))
}

/// Whether a text may say one place where another says the other: they are one, or one lies in the other, or both lie
/// in one country and are not of one level: a city and what may be its province, a capital and the seat of its
/// government. Two cities are two places, and two states.
pub fn related(a: &str, b: &str) -> bool {
    a == b
        || around(a).any(|place| place == b)
        || around(b).any(|place| place == a)
        || level(a) != level(b) && around(a).any(|place| around(b).any(|other| other == place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_may_stand_for_its_country_and_two_states_are_two() {
        for (a, b) in [
            ("place:RU/Moscow", "place:RU"),
            ("place:kremlin", "place:RU"),
            ("place:kremlin", "place:RU/Moscow"),
            ("place:US/Dallas", "place:US/Texas"),
            ("place:crimea", "place:UA"),
            ("place:US/Texas", "place:US/Texas"),
        ] {
            assert!(related(a, b) && related(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("place:US/Texas", "place:US/Florida"),
            ("place:RU/Moscow", "place:RU/Saint Petersburg"),
            ("place:kremlin", "place:US"),
            ("place:white-house", "place:pentagon"),
            ("place:GE/Tbilisi", "place:US/Georgia"),
        ] {
            assert!(!related(a, b) && !related(b, a), "{a} {b}");
        }
    }

    #[test]
    fn what_lies_in_something_is_in_the_tables() {
        for (key, (places, _)) in WITHIN.iter() {
            assert!(level(key).is_some(), "{key}");
            assert!(places.iter().all(|place| level(place).is_some()), "{key}: {places:?}");
        }
    }
}
