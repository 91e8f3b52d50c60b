//! What two sides of a bead say in figures: each number and each part of a date is a fact; facts of the source
//! find their partners in the target. Shared by the checks of numbers, dates, units and currencies.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use super::facts::{Fact, Kind, facts};
use crate::lang::text::is_capitalised;
use crate::lang::words;
use crate::mentions::{dates, numbers};
use crate::model::{Bead, Bitext, Document, Measure, NumberForm, Span, Value};

/// A fact of the source and the one of the target that stands for it.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) source: Fact,
    pub(super) target: Fact,
    /// How sure we are that the two belong together; 1 for equal ones.
    pub(super) confidence: f64,
}

impl Pair {
    /// Whether the figures agree and the scale does not: 3 million, 3 billion.
    pub(super) fn is_scale(&self) -> bool {
        let (a, b) = (self.source.value.abs(), self.target.value.abs());
        let (low, high) = (a.min(b), a.max(b));
        let times = high / low;
        low > 0.0
            && (self.source.scaled || self.target.scaled)
            && [1e3, 1e6, 1e9].iter().any(|scale| (times / scale - 1.0).abs() < 1e-9)
    }
}

/// What a bead says on its two sides.
#[derive(Debug, Clone, Default)]
pub(super) struct Comparison {
    /// Facts that agree.
    pub(super) equal: Vec<Pair>,
    /// Facts that stand in each other's place and do not agree.
    pub(super) different: Vec<Pair>,
    /// Facts of the source without a partner.
    pub(super) missing: Vec<Fact>,
    /// Facts of the target without a partner.
    pub(super) added: Vec<Fact>,
}

/// Beads on either side that a number may have moved to.
const REACH: usize = 3;

/// Compares every bead that has two sides.
pub(super) fn compare(bitext: &Bitext) -> Vec<Comparison> {
    let mut beads: Vec<Sides> = bitext.beads.iter().map(|bead| Sides::new(bitext, bead)).collect();
    // A number that moved to another sentence is no error. Beads with one side take part: their other side may
    // have been given to a neighbour.
    for step in 1..=REACH {
        for index in step..beads.len() {
            let (before, after) = beads.split_at_mut(index);
            if let (Some(before), Some(after)) = (before.get_mut(index - step), after.first_mut()) {
                exchange(&mut before.source_left, &mut after.target_left);
                exchange(&mut after.source_left, &mut before.target_left);
            }
        }
    }
    let pairs = beads.into_iter().zip(&bitext.beads).filter(|(_, bead)| bead.is_pair());
    pairs.map(|(sides, _)| sides.settle(bitext)).collect()
}

fn exchange(source: &mut Vec<Fact>, target: &mut Vec<Fact>) {
    source.retain(|fact| {
        let partner = target.iter().position(|other| agreement(fact, other).is_some_and(|how| how >= EQUAL));
        partner.is_none_or(|index| {
            target.remove(index);
            false
        })
    });
}

struct Sides {
    source_span: Span,
    target_span: Span,
    all_source: Vec<Fact>,
    all_target: Vec<Fact>,
    equal: Vec<Pair>,
    source_left: Vec<Fact>,
    target_left: Vec<Fact>,
}

impl Sides {
    fn new(bitext: &Bitext, bead: &Bead) -> Self {
        let all_source = facts(&bitext.source, bead.source.clone());
        let all_target = facts(&bitext.target, bead.target.clone());
        let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
        for (s, source) in all_source.iter().enumerate() {
            for (t, target) in all_target.iter().enumerate() {
                if let Some(how) = agreement(source, target) {
                    let distance = (source.position - target.position).abs();
                    candidates.push((how - distance * 0.2, s, t));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut source_free = vec![true; all_source.len()];
        let mut target_free = vec![true; all_target.len()];
        let mut equal = Vec::new();
        for (_, s, t) in candidates {
            if source_free[s] && target_free[t] {
                source_free[s] = false;
                target_free[t] = false;
                let (source, target) = (all_source[s].clone(), all_target[t].clone());
                equal.push(Pair { source, target, confidence: 1.0 });
            }
        }
        let left = |all: &[Fact], free: &[bool]| -> Vec<Fact> {
            all.iter().zip(free).filter(|(_, free)| **free).map(|(fact, _)| fact.clone()).collect()
        };
        let mut source_left = left(&all_source, &source_free);
        let target_left = left(&all_target, &target_free);
        source_left.extend(kept_weekdays(bitext, bead, &source_left, &target_left));
        Self {
            source_span: bitext.source_span(bead).unwrap_or_default(),
            target_span: bitext.target_span(bead).unwrap_or_default(),
            source_left,
            target_left,
            all_source,
            all_target,
            equal,
        }
    }

    fn settle(mut self, bitext: &Bitext) -> Comparison {
        // None and one have too many names to be missed.
        let plain =
            |fact: &Fact| !(fact.spelled && fact.value.abs() <= 1.0 && fact.form != NumberForm::Fraction);
        self.source_left.retain(plain);
        self.target_left.retain(plain);
        let inside = |fact: &Fact, document: &Document, span: Span| {
            fact.kind == Kind::Number
                && fact.value.fract() == 0.0
                && numbers::is_in_a_word(document.excerpt(span), fact.value, document.language)
        };
        self.source_left.retain(|fact| !inside(fact, &bitext.target, self.target_span));
        self.target_left.retain(|fact| !inside(fact, &bitext.source, self.source_span));
        // Said twice here and once there; a rival on the other side is a reason to doubt that.
        let said = |fact: &Fact, all: &[Fact]| all.iter().any(|other| agreement(fact, other).is_some());
        let rivals = |fact: &Fact, left: &[Fact]| left.iter().any(|other| closeness(fact, other).is_some());
        let repeated: Vec<bool> = self.source_left.iter().map(|fact| said(fact, &self.all_target)).collect();
        let again: Vec<bool> = self.target_left.iter().map(|fact| said(fact, &self.all_source)).collect();
        let mark = |left: &[Fact], said: &[bool], others: &[Fact]| -> Vec<Fact> {
            let kept = left.iter().zip(said).filter(|(fact, said)| !**said || rivals(fact, others));
            kept.map(|(fact, said)| Fact { repeated: *said, ..fact.clone() }).collect()
        };
        let mut source = mark(&self.source_left, &repeated, &self.target_left);
        let mut target = mark(&self.target_left, &again, &self.source_left);
        let mut comparison = Comparison { equal: self.equal, ..Comparison::default() };
        // A conversion of a figure that has its partner: 300 km (190 miles).
        let tolerance = |fact: &Fact| if fact.bracketed { 0.1 } else { 0.03 };
        let converts = |fact: &Fact, other: &Fact| {
            other.span != fact.span && is_conversion(fact, other, tolerance(fact))
        };
        let source_converted = |fact: &Fact| comparison.equal.iter().any(|pair| converts(fact, &pair.source));
        let target_converted = |fact: &Fact| comparison.equal.iter().any(|pair| converts(fact, &pair.target));
        let crowd = source.len().max(target.len());
        let known = comparison.equal.len();
        let mut different = Vec::new();
        let (mut missing, mut added) = (Vec::new(), Vec::new());
        while let Some((s, t, closeness)) = closest(&source, &target) {
            let (source, target) = (source.remove(s), target.remove(t));
            let (left, right) = (source_converted(&source), target_converted(&target));
            let asides =
                source.bracketed == target.bracketed && source.measure.is_some() == target.measure.is_some();
            if left && right {
                continue;
            }
            if (left || right) && !asides {
                if left {
                    added.push(target);
                } else {
                    missing.push(source);
                }
                continue;
            }
            let confidence = confidence(&source, &target, closeness, crowd, known);
            different.push(Pair { source, target, confidence });
        }
        source.retain(|fact| !source_converted(fact) && !fact.repeated);
        target.retain(|fact| !target_converted(fact) && !fact.repeated);
        source.extend(missing.into_iter().filter(|fact| !fact.repeated));
        target.extend(added.into_iter().filter(|fact| !fact.repeated));
        comparison.different = different;
        comparison.missing = source;
        comparison.added = target;
        comparison
    }
}

/// Weekdays that a source holds in the language of the target, as parts of names that the target has with another
/// weekday: *laut der Sunday Post*, *the Tuesday Post*.
fn kept_weekdays(bitext: &Bitext, bead: &Bead, source: &[Fact], target: &[Fact]) -> Vec<Fact> {
    let is_weekday = |fact: &&Fact| fact.kind == Kind::Weekday;
    let Some(lost) = target.iter().find(is_weekday) else { return Vec::new() };
    let (Some(span), None) = (bitext.source_span(bead), source.iter().find(is_weekday)) else {
        return Vec::new();
    };
    let text = bitext.source.excerpt(span);
    let follows = |text: &str, end: usize| -> Option<String> {
        let rest = text.get(end..)?.strip_prefix(' ')?;
        let word = words::words(rest).next().filter(|word| word.start == 0)?.text;
        is_capitalised(word).then(|| word.to_owned())
    };
    let Some(name) = follows(&bitext.target.text, lost.span.end) else { return Vec::new() };
    let kept = dates::find(text, bitext.target.language).into_iter().find_map(|mention| {
        let Value::Date(date) = mention.value else { return None };
        let weekday = date.weekday.filter(|_| date.day.is_none() && date.month.is_none())?;
        (follows(text, mention.span.end).as_ref() == Some(&name)).then_some((mention.span, weekday))
    });
    let kept = kept.filter(|(_, weekday)| f64::from(*weekday) != lost.value);
    kept.map(|(place, weekday)| Fact {
        span: place.shift(span.start),
        value: f64::from(weekday),
        ..lost.clone()
    })
    .into_iter()
    .collect()
}

/// The two facts that most likely stand in each other's place.
fn closest(source: &[Fact], target: &[Fact]) -> Option<(usize, usize, f64)> {
    let mut best: Option<(usize, usize, f64)> = None;
    for (s, a) in source.iter().enumerate() {
        for (t, b) in target.iter().enumerate() {
            if let Some(closeness) = closeness(a, b)
                && best.is_none_or(|best| closeness > best.2)
            {
                best = Some((s, t, closeness));
            }
        }
    }
    best
}

/// How much two facts that do not agree look as if they stood in each other's place; `None` where they cannot.
fn closeness(a: &Fact, b: &Fact) -> Option<f64> {
    // At 5 o'clock, read as a number of hours where the profile has no such pattern.
    let hours = |clock: &Fact, number: &Fact| {
        clock.kind == Kind::Clock
            && number.kind == Kind::Number
            && number.value <= 24.0
            && number.measure.is_some_and(|measure| measure.quantity == "time" && measure.factor == 3600.0)
    };
    if hours(a, b) || hours(b, a) {
        return Some(1.0 - (a.position - b.position).abs());
    }
    if a.kind != b.kind && !(a.kind.is_figure() && b.kind.is_figure()) {
        return None;
    }
    // First and two, four and both: words that count few stand for one another only in one form.
    if a.spelled
        && b.spelled
        && (a.form != b.form || a.value.min(b.value) < 2.0 && a.form != NumberForm::Fraction)
    {
        return None;
    }
    let mut closeness = 1.0 - (a.position - b.position).abs();
    closeness += f64::from(u8::from(a.kind == b.kind)) * 0.5;
    if a.kind.is_figure() {
        let digits = |fact: &Fact| fact.value.abs().to_string();
        closeness += strsim::normalized_levenshtein(&digits(a), &digits(b));
        closeness += f64::from(u8::from(a.form == b.form)) * 0.3;
        closeness += f64::from(u8::from(a.spelled == b.spelled)) * 0.3;
        let quantity = |fact: &Fact| fact.measure.map(|measure| measure.quantity);
        closeness += f64::from(u8::from(quantity(a) == quantity(b))) * 0.3;
        closeness += f64::from(u8::from(a.currencies.is_empty() == b.currencies.is_empty())) * 0.3;
    }
    Some(closeness)
}

/// The probability that an editor agrees that one of two facts is wrong.
fn confidence(a: &Fact, b: &Fact, closeness: f64, crowd: usize, known: usize) -> f64 {
    let both = |test: &dyn Fn(&Fact) -> bool| test(a) && test(b);
    let any = |test: &dyn Fn(&Fact) -> bool| test(a) || test(b);
    let mut confidence: f64 = match a.kind {
        Kind::Month | Kind::Weekday => 0.93,
        _ if any(&|fact| fact.kind == Kind::Clock) => 0.85,
        _ if both(&|fact| fact.spelled) => 0.6,
        _ if any(&|fact| fact.spelled) => 0.8,
        _ => 0.95,
    };
    if any(&|fact| fact.loose) {
        confidence -= 0.15;
    }
    if a.kind.is_figure() && closeness < 1.6 {
        confidence -= 0.15;
    }
    if any(&|fact| fact.repeated) && a.kind.is_figure() {
        confidence -= 0.25;
    }
    // Several without a partner: perhaps the sentences do not belong together.
    if crowd > 2 {
        confidence -= 0.05 * crowd.min(5) as f64;
    }
    if crowd > 2 && known == 0 {
        confidence -= 0.15;
    }
    confidence.clamp(0.3, 0.97)
}

/// From this on a fraction beside a whole number hardly changes it.
const LARGE: f64 = 20.0;
/// Agreement from here on is of the values as written, without a change of locale or unit.
const EQUAL: f64 = 1.0;

/// Whether two facts say the same, and how plainly: 1 and more as written, less by conversion.
fn agreement(a: &Fact, b: &Fact) -> Option<f64> {
    match (a.kind, b.kind) {
        (Kind::Month, Kind::Month) | (Kind::Weekday, Kind::Weekday) => (a.value == b.value).then_some(1.5),
        (Kind::Clock, Kind::Clock) => clocks(a, b).then_some(1.5),
        (Kind::Clock, Kind::Number) => clock_in_figures(a, b).then_some(0.9),
        (Kind::Number, Kind::Clock) => clock_in_figures(b, a).then_some(0.9),
        (Kind::Month, Kind::Number) | (Kind::Number, Kind::Month) => {
            let bare = |fact: &Fact| !fact.spelled && fact.measure.is_none() && fact.currencies.is_empty();
            (a.value == b.value && bare(a) && bare(b)).then_some(0.8)
        }
        (x, y) if x.is_figure() && y.is_figure() => figures(a, b),
        _ => None,
    }
}

fn figures(a: &Fact, b: &Fact) -> Option<f64> {
    let close = |x: f64, y: f64| (x.abs() - y.abs()).abs() <= 1e-9 * x.abs().max(y.abs());
    if close(a.value, b.value) {
        let unit = match (a.measure, b.measure) {
            (Some(x), Some(y)) if x.quantity == y.quantity && close(x.factor, y.factor) => 0.4,
            // A conversion of another figure fits better than the same figure with another unit.
            (Some(x), Some(y)) if x.quantity == y.quantity => -0.35,
            (Some(_), Some(_)) => -0.2,
            _ => 0.1,
        };
        let money = if a.currencies.is_empty() == b.currencies.is_empty() {
            let shared = a.currencies.iter().any(|code| b.currencies.contains(code));
            if a.currencies.is_empty() || !shared { 0.1 } else { 0.3 }
        } else {
            0.0
        };
        let form = if a.form == b.form { 0.2 } else { 0.0 };
        return Some(1.1 + unit + money + form);
    }
    // 220 and two thirds, rounded or with its part apart from it.
    let mixed = |whole: &Fact, parts: &Fact| {
        parts.form == NumberForm::Fraction && parts.value >= LARGE && parts.value.trunc() == whole.value
    };
    if mixed(a, b) || mixed(b, a) {
        return Some(0.9);
    }
    let readings = |fact: &Fact| [Some(fact.value), fact.other];
    for x in readings(a).into_iter().flatten() {
        if readings(b).into_iter().flatten().any(|y| close(x, y)) {
            return Some(0.95);
        }
    }
    // Rounded on one side: 3.5 million, 3 480 000.
    let (coarse, fine) = if a.rounding >= b.rounding { (a, b) } else { (b, a) };
    if coarse.scaled
        && coarse.rounding > fine.rounding
        && (coarse.value.abs() - fine.value.abs()).abs() <= coarse.rounding * 1.001
    {
        return Some(0.9);
    }
    let hundredths = |part: &Fact, whole: &Fact| {
        whole.form == NumberForm::Percent
            && part.form == NumberForm::Fraction
            && (part.value * 100.0 - whole.value).abs() <= 0.5
    };
    if hundredths(a, b) || hundredths(b, a) {
        return Some(0.9);
    }
    // A part in figures or as a word rounded to hundredths: 0.33, a third.
    if a.form == NumberForm::Fraction && b.form == NumberForm::Fraction && (a.value - b.value).abs() < 0.01 {
        return Some(0.9);
    }
    let decade = |decade: &Fact, other: &Fact| {
        decade.form == NumberForm::Decade
            && (close(decade.value % 100.0, other.value)
                || other.form == NumberForm::Ordinal && close((other.value - 1.0) * 100.0, decade.value))
    };
    if decade(a, b) || decade(b, a) {
        return Some(0.9);
    }
    // The years of a season or span: 2018/19.
    if (a.value - b.value).abs() % 100.0 == 0.0
        && (1000.0..2100.0).contains(&a.value.max(b.value))
        && a.value.min(b.value) < 100.0
        && !a.spelled
        && !b.spelled
    {
        return Some(0.7);
    }
    if years(a, b) || years(b, a) {
        return Some(0.9);
    }
    // One in five, a fifth.
    let one_in = |part: &Fact, whole: &Fact| {
        part.form == NumberForm::Fraction && part.value > 0.0 && (1.0 / part.value - whole.value).abs() < 0.05
    };
    if one_in(a, b) || one_in(b, a) {
        return Some(0.8);
    }
    is_conversion(a, b, 0.02).then_some(0.85)
}

/// A year and the same year of another calendar: told from its distance.
fn years(a: &Fact, b: &Fact) -> bool {
    let gap = a.value - b.value;
    a.kind == Kind::Year && a.loose && (gap == 543.0 || gap == -621.0 || gap == -622.0 || gap == -1911.0)
        || a.kind == Kind::Year && a.loose && ((a.value * 0.970_224 + 621.577_4) - b.value).abs() <= 1.5
}

/// Whether two amounts are one in different units, within a share of the value and within the places said (a
/// degree for temperatures).
fn is_conversion(a: &Fact, b: &Fact, tolerance: f64) -> bool {
    let (Some(x), Some(y)) = (a.measure, b.measure) else {
        let bare = |fact: &Fact| {
            fact.measure.is_none() && fact.currencies.is_empty() && fact.form != NumberForm::Percent
        };
        // 27 °C, and 80 without a word.
        if a.measure.is_some_and(is_degrees) && bare(b) || b.measure.is_some_and(is_degrees) && bare(a) {
            return are_degrees(a, b);
        }
        return a.bracketed
            && !a.currencies.is_empty()
            && !b.currencies.is_empty()
            && !a.currencies.iter().any(|code| b.currencies.contains(code));
    };
    if is_degrees(x) && is_degrees(y) {
        return (x.unit != y.unit || x.unit == "degree") && are_degrees(a, b);
    }
    if x.quantity != y.quantity || x.unit == y.unit {
        return false;
    }
    let (x_base, y_base) = (a.value * x.factor, b.value * y.factor);
    let places =
        |fact: &Fact| (last_figure(fact.value) / 2.0 / fact.value.abs().max(f64::MIN_POSITIVE)).min(0.08);
    let allowed = tolerance.max(places(a)).max(places(b));
    (x_base - y_base).abs() <= allowed * x_base.abs().max(y_base.abs())
}

/// Whether one is the other on another scale of temperature, as a point or as a difference.
fn are_degrees(a: &Fact, b: &Fact) -> bool {
    // In the 80s: anything from 80 to 89.
    let value = |fact: &Fact| if fact.form == NumberForm::Decade { fact.value % 100.0 } else { fact.value };
    let reach = |fact: &Fact| if fact.form == NumberForm::Decade { 9.0 } else { 0.0 };
    let within = |converted: f64, other: &Fact| {
        (value(other) - 2.0..=value(other) + reach(other) + 2.0).contains(&converted)
    };
    let close = |celsius: &Fact, other: &Fact| {
        let (low, high) = (value(celsius) * 1.8, (value(celsius) + reach(celsius)) * 1.8);
        [low, high, low + 32.0, high + 32.0].into_iter().any(|converted| within(converted, other))
    };
    close(a, b) || close(b, a)
}

fn is_degrees(measure: Measure) -> bool {
    measure.quantity == "temperature" || measure.unit == "degree"
}

/// The worth of the last figure of a value that is not nought: 100 in 300, 0.1 in 1.5.
fn last_figure(value: f64) -> f64 {
    let mut worth = 1.0;
    while value != 0.0 && value % (worth * 10.0) == 0.0 && worth < 1e15 {
        worth *= 10.0;
    }
    while (value / worth).fract().abs() > 1e-6 && worth > 1e-4 {
        worth /= 10.0;
    }
    worth
}

fn clocks(a: &Fact, b: &Fact) -> bool {
    a.value == b.value || (a.loose || b.loose) && a.value % 720.0 == b.value % 720.0
}

fn clock_in_figures(clock: &Fact, number: &Fact) -> bool {
    let (hour, minute) = ((clock.value / 60.0).floor(), clock.value % 60.0);
    number.value == hour
        || number.value == hour % 12.0
        || number.value == minute && minute > 0.0
        || number.value == hour * 100.0 + minute
        || (number.value - (hour + minute / 100.0)).abs() < 1e-9
        || (number.value - (hour % 12.0 + minute / 100.0)).abs() < 1e-9
}
