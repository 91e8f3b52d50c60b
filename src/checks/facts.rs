//! What a text says in figures: each number and each part of a date is a fact.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use crate::model::{Calendar, Date, Document, Measure, Number, NumberForm, Span, Value};

/// What kind of fact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A number.
    Number,
    /// Figures inside a name or code: the 7 of G7.
    Code,
    /// Year of a date.
    Year,
    /// Month of a date.
    Month,
    /// Day of a date.
    Day,
    /// Weekday.
    Weekday,
    /// Clock time, in minutes.
    Clock,
}

impl Kind {
    /// Whether it may be compared with plain figures.
    pub(super) const fn is_figure(self) -> bool {
        matches!(self, Self::Number | Self::Code | Self::Year | Self::Day)
    }
}

/// One fact.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says one thing of its own about how the fact is written"
)]
#[derive(Debug, Clone)]
pub(super) struct Fact {
    /// Its kind.
    pub(super) kind: Kind,
    /// Where it is said.
    pub(super) span: Span,
    /// Its value, and another one it may have.
    pub(super) value: f64,
    pub(super) other: Option<f64>,
    pub(super) form: NumberForm,
    pub(super) spelled: bool,
    /// Half of the last place that is said, where the number is rounded.
    pub(super) rounding: f64,
    pub(super) scaled: bool,
    pub(super) measure: Option<Measure>,
    pub(super) currencies: Vec<&'static str>,
    /// Stands in brackets.
    pub(super) bracketed: bool,
    /// Says a clock time without the half of the day, or a date by figures that may be in another order.
    pub(super) loose: bool,
    /// Its value is said on the other side too, in another place.
    pub(super) repeated: bool,
    /// Where in the bead, 0 to 1.
    pub(super) position: f64,
}

impl Fact {
    /// Whether it is written in figures or may be compared with figures.
    pub(super) const fn is_figure(&self) -> bool {
        self.kind.is_figure()
    }

    /// Whether it is a span of time with a name of its own: 24 hours, 7 days, 100 years.
    pub(super) fn is_whole_period(&self) -> bool {
        const PERIODS: [f64; 7] =
            [3600.0, 86_400.0, 604_800.0, 2_629_746.0, 31_556_952.0, 315_569_520.0, 3_155_695_200.0];
        self.measure.filter(|measure| measure.quantity == "time").is_some_and(|measure| {
            let length = self.value * measure.factor;
            self.value > 1.0 && PERIODS.iter().any(|period| (length - period).abs() <= 0.02 * period)
        })
    }

    /// Whether both are one amount said twice in one unit, the second in brackets: 800 km/h (497 km/h).
    pub(super) fn repeats(&self, other: &Self) -> bool {
        let unit = |fact: &Self| fact.measure.map(|measure| measure.unit);
        let (first, second) = if self.span.start < other.span.start { (self, other) } else { (other, self) };
        second.bracketed
            && second.span.start.saturating_sub(first.span.end) <= 4
            && first.span.end <= second.span.start
            && self.value != other.value
            && unit(self) == unit(other)
            && self.currencies == other.currencies
            && (self.measure.is_some() || !self.currencies.is_empty())
    }

    /// Whether it is an amount in brackets: a conversion that one side may add or leave out.
    pub(super) fn is_aside(&self) -> bool {
        self.bracketed && (!self.currencies.is_empty() || self.measure.is_some())
    }
}

/// The facts of some segments, in order of place.
pub(super) fn facts(document: &Document, segments: std::ops::Range<usize>) -> Vec<Fact> {
    let mut out = Vec::new();
    let Some(segments) = document.segments.get(segments) else { return out };
    let (Some(first), Some(last)) = (segments.first(), segments.last()) else { return out };
    let whole = first.span.join(last.span);
    let position = |span: Span| (span.start - whole.start) as f64 / whole.len().max(1) as f64;
    for segment in segments {
        let mut spans = Vec::new();
        for mention in &segment.mentions {
            let start = out.len();
            match &mention.value {
                Value::Number(number) => of_number(document, mention.span, number, &mut out),
                Value::Date(date) => of_date(document, mention.span, *date, &mut out),
                _ => continue,
            }
            spans.push(mention.span);
            for fact in out.iter_mut().skip(start) {
                fact.position = position(fact.span);
                fact.bracketed = is_bracketed(document, mention.span);
            }
        }
        let start = out.len();
        codes(document, segment.span, &spans, &mut out);
        for fact in out.iter_mut().skip(start) {
            fact.position = position(fact.span);
        }
    }
    out
}

fn blank(kind: Kind, span: Span, value: f64) -> Fact {
    Fact {
        kind,
        span,
        value,
        other: None,
        form: NumberForm::Cardinal,
        spelled: false,
        rounding: 0.0,
        scaled: false,
        measure: None,
        currencies: Vec::new(),
        bracketed: false,
        loose: false,
        repeated: false,
        position: 0.0,
    }
}

fn of_number(document: &Document, span: Span, number: &Number, out: &mut Vec<Fact>) {
    let rounding = if number.scaled { last_place(document.excerpt(span), number.value) / 2.0 } else { 0.0 };
    for (index, value) in [Some(number.value), number.second].into_iter().flatten().enumerate() {
        out.push(Fact {
            other: number.other.filter(|_| index == 0),
            form: number.form,
            spelled: number.spelled,
            rounding,
            scaled: number.scaled,
            measure: number.measure,
            currencies: number.currency.as_ref().map(|currency| currency.codes.clone()).unwrap_or_default(),
            ..blank(Kind::Number, span, value)
        });
    }
}

/// The worth of the last digit that a scaled number says: 1e5 in 3.5 million.
fn last_place(text: &str, value: f64) -> f64 {
    let digits: Vec<char> = text.chars().collect();
    let mut figures = 0_i32;
    let mut after = None;
    for (index, character) in digits.iter().enumerate() {
        if character.is_numeric() {
            figures += 1;
            if let Some(places) = &mut after {
                *places += 1;
            }
        } else if figures > 0 && after.is_none() {
            let point = matches!(character, '.' | ',' | '٫')
                && digits.get(index + 1).is_some_and(|next| next.is_numeric());
            if !point {
                break;
            }
            after = Some(0_i32);
        } else if figures > 0 {
            break;
        }
    }
    let scale = [1e12, 1e9, 1e6, 1e4, 1e3].into_iter().find(|scale| value.abs() >= *scale).unwrap_or(1.0);
    scale * 10_f64.powi(-after.unwrap_or(0))
}

fn of_date(document: &Document, span: Span, date: Date, out: &mut Vec<Fact>) {
    let figures = !document.excerpt(span).chars().any(char::is_alphabetic);
    let mut push = |kind, value: f64, loose| out.push(Fact { loose, ..blank(kind, span, value) });
    if let Some(weekday) = date.weekday {
        push(Kind::Weekday, f64::from(weekday), false);
    }
    if let Some(month) = date.month {
        push(Kind::Month, f64::from(month), figures && date.calendar != Calendar::Gregorian);
    }
    if let Some(day) = date.day {
        push(Kind::Day, f64::from(day), figures);
    }
    if let Some(year) = date.year {
        push(Kind::Year, f64::from(year), date.calendar != Calendar::Gregorian);
    }
    if let Some(hour) = date.hour {
        let minutes = u16::from(hour) * 60 + u16::from(date.minute.unwrap_or(0));
        push(Kind::Clock, f64::from(minutes), hour <= 12);
    }
}

/// Digits that no mention holds: parts of names and codes.
fn codes(document: &Document, segment: Span, mentions: &[Span], out: &mut Vec<Fact>) {
    let text = document.excerpt(segment);
    let mut run: Option<usize> = None;
    for (index, character) in text.char_indices().chain([(text.len(), ' ')]) {
        if character.is_ascii_digit() {
            run.get_or_insert(index);
        } else if let Some(start) = run.take() {
            let span = Span::new(start, index).shift(segment.start);
            let held = mentions.iter().any(|mention| mention.overlaps(span));
            if !held && let Ok(value) = text.get(start..index).unwrap_or_default().parse() {
                out.push(blank(Kind::Code, span, value));
            }
        }
    }
}

fn is_bracketed(document: &Document, span: Span) -> bool {
    let before = document.text.get(..span.start).unwrap_or_default();
    let opens = before.trim_end().chars().next_back().is_some_and(|mark| matches!(mark, '(' | '（' | '['));
    let near = before.chars().rev().take(12).any(|mark| matches!(mark, '(' | '（' | '['));
    let after = document.text.get(span.end..).unwrap_or_default();
    let closes = after.chars().take(12).any(|mark| matches!(mark, ')' | '）' | ']'));
    (opens || near) && closes
}
