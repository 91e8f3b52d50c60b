//! Words of the target that no list knows, one slip away from what the source says by the tables or the calendar: a
//! country, a people, a body, a month, a weekday.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Likeness, NameKind, Side, Span, Word, skeleton};
use crate::lang::text::fold;
use crate::lang::{Language, gazetteer};
use crate::model::Date;

/// Fewest letters of a word that may be a slip.
const SHORTEST: usize = 5;

/// Fewest letters of a word in which two letters may have slipped.
const LONG: usize = 7;

/// Adds the slips to the changes that were found.
pub(super) fn extend(source: &Side<'_>, target: &Side<'_>, out: &mut Vec<Change>) {
    let strange = |word: &Word<'_>| {
        word.capital
            && !word.shouts
            && !word.known
            && word.letters() >= SHORTEST
            && word.key().is_none()
            && word.folded.chars().all(char::is_alphabetic)
    };
    let copied: BTreeSet<&str> = source.words.iter().map(|word| word.folded.as_str()).collect();
    let written = source.document.excerpt(source.whole);
    let language = target.document.language;
    let mut unsaid = Unsaid::of(source, target);
    for word in target.words.iter().filter(|word| strange(word)) {
        if unsaid.is_empty()
            || copied.contains(word.folded.as_str())
            || written.contains(word.text)
            || out.iter().any(|change| change.target.overlaps(word.span))
        {
            continue;
        }
        if let Some((span, grave)) = unsaid.take(word, language) {
            let likeness = Likeness::Letters { edits: 1, strange: true, context: true };
            out.push(Change { source: span, target: word.span, likeness, grave });
        }
    }
}

/// What the source says and the target does not, or not as often, each with its places in the source.
struct Unsaid<'a> {
    names: BTreeMap<&'a str, Vec<(Span, NameKind)>>,
    months: BTreeMap<u8, Span>,
    weekdays: BTreeMap<u8, Span>,
}

impl<'a> Unsaid<'a> {
    fn of(source: &'a Side<'_>, target: &'a Side<'_>) -> Self {
        let mut names: BTreeMap<&str, Vec<(Span, NameKind)>> = BTreeMap::new();
        for (span, name) in source.names() {
            if let Some(key) = name.key.as_deref() {
                names.entry(key).or_default().push((span, name.kind));
            }
        }
        for key in target.names().filter_map(|(_, name)| name.key.as_deref()) {
            if let Some(places) = names.get_mut(key) {
                places.remove(0);
                if places.is_empty() {
                    names.remove(key);
                }
            }
        }
        let parts = |of: fn(&Date) -> Option<u8>| {
            let said: BTreeSet<u8> = target.dates().filter_map(|(_, date)| of(date)).collect();
            let here = source.dates().filter_map(|(span, date)| Some((of(date)?, span)));
            here.filter(|(part, _)| !said.contains(part)).collect::<BTreeMap<u8, Span>>()
        };
        Self { names, months: parts(|date| date.month), weekdays: parts(|date| date.weekday) }
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.months.is_empty() && self.weekdays.is_empty()
    }

    /// What a word is a slip of, and whether that is a place; it is said then.
    fn take(&mut self, word: &Word<'_>, language: &Language) -> Option<(Span, bool)> {
        if !self.names.is_empty() {
            let near = gazetteer::index(language).near(&word.folded);
            let mut rows = near.iter().filter(|(form, _)| is_slip(word, form));
            if let Some(key) = rows.find_map(|(_, row)| self.names.contains_key(row.key).then_some(row.key)) {
                let (span, kind) = self.names.remove(key)?.into_iter().next()?;
                return Some((span, kind == NameKind::Place));
            }
        }
        let dates = language.dates.as_ref()?;
        let form_of = |forms: &BTreeMap<String, u8>, part: u8| {
            forms.iter().any(|(form, value)| *value == part && is_slip(word, form))
        };
        let month = self.months.keys().copied().find(|&month| form_of(&dates.months, month));
        if let Some(month) = month {
            return self.months.remove(&month).map(|span| (span, false));
        }
        let weekday = self.weekdays.keys().copied().find(|&weekday| form_of(&dates.weekdays, weekday))?;
        self.weekdays.remove(&weekday).map(|span| (span, false))
    }
}

/// Whether a word is a form with a letter wrong, two in a long one. Another word of the family is no slip: Korea, Korean.
fn is_slip(word: &Word<'_>, form: &str) -> bool {
    let form = fold(form);
    let letters = form.chars().count();
    let first = |text: &str| text.chars().next();
    let most = if letters >= LONG { 2 } else { 1 };
    letters >= SHORTEST
        && first(&form) == first(&word.folded)
        && !form.contains(&word.folded)
        && !word.folded.contains(&form)
        && skeleton(&form) != skeleton(&word.folded)
        && strsim::osa_distance(&form, &word.folded) <= most
}
