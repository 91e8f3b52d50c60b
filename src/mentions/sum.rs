//! The sum that number words build: two hundred and five thousand.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

/// The sum that number words build: parts with the size that what follows must stay under.
#[derive(Debug, Clone, Default)]
pub(super) struct Sum {
    pub(super) parts: Vec<(f64, f64)>,
    /// The sum where a scale word means what it means in another locale; 0 where none does.
    pub(super) other: f64,
    /// Whether a scale word takes part.
    pub(super) scaled: bool,
    /// Whether the last word orders.
    pub(super) ordinal: bool,
}

impl Sum {
    /// What it comes to.
    pub(super) fn value(&self) -> f64 {
        self.parts.iter().map(|part| part.0).sum()
    }

    /// Adds a number word; false where it does not belong to the number.
    pub(super) fn add(&mut self, value: f64, tied: bool, unit_first: bool, base_twenty: bool) -> bool {
        let size = granularity(value);
        match self.parts.last_mut() {
            None => {}
            // 一百零五: the nought says that a place is empty
            Some(&mut (_, room)) if value == 0.0 && tied && room >= 100.0 => return true,
            Some(&mut (last, room)) if value < room && value > 0.0 && last > 0.0 => {}
            // dreiundzwanzig: the unit comes first
            Some(&mut (last, _))
                if unit_first
                    && tied
                    && last < 10.0
                    && (20.0..100.0).contains(&value)
                    && value % 10.0 == 0.0 =>
            {
                self.parts.pop();
                self.parts.push((last + value, 1.0));
                return true;
            }
            // soixante-dix, quatre-vingt-onze
            Some(&mut (last, _))
                if base_twenty && tied && (last == 60.0 || last == 80.0) && (10.0..20.0).contains(&value) => {
            }
            Some(_) => return false,
        }
        self.parts.push((value, size));
        true
    }

    /// Multiplies what stands before by a scale; false where it does not belong.
    pub(super) fn scale(&mut self, scale: f64, other: Option<f64>) -> bool {
        let mut under = 0.0;
        if self.parts.last().is_some_and(|last| last.1 == scale && scale >= 1000.0) {
            return false;
        }
        while self.parts.last().is_some_and(|last| last.1 < scale) {
            under += self.parts.pop().map_or(0.0, |last| last.0);
        }
        if under == 0.0 {
            under = 1.0;
        }
        if let Some(other) = other {
            self.other = self.value() + under * other;
        }
        self.parts.push((under * scale, scale));
        self.scaled |= scale >= 1000.0;
        true
    }
}

/// The power of ten that a number word leaves free below itself: twenty 10, three 1, forty-five 1.
fn granularity(value: f64) -> f64 {
    let mut size = 1.0;
    while value != 0.0 && value.fract() == 0.0 && value % (size * 10.0) == 0.0 && size < 1e15 {
        size *= 10.0;
    }
    size
}
