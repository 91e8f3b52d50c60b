//! Ranges and scores: two figures with a dash or colon between them.

use super::numbers::Found;
use super::phrases::{Line, is_range_mark};
use crate::model::NumberForm;

/// Figures with a dash or colon between them become one range or score.
pub(super) fn join(line: &Line<'_>, all: Vec<Found>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::with_capacity(all.len());
    for found in all {
        if let Some(last) = out.last_mut()
            && last.figures
            && found.figures
            && last.number.second.is_none()
            && let Some(score) = between(line, last, &found)
        {
            let (low, high) = (last.number.value, found.number.value.abs());
            last.end = found.end;
            last.number.second = Some(high);
            if score {
                last.number.form = NumberForm::Score;
            } else {
                last.number.form = found.number.form;
                if found.number.scaled && !last.number.scaled && low < high {
                    // 3-5 million: the scale belongs to both
                    let scale = scale_of(high);
                    if low < scale && low * scale <= high {
                        last.number.value = low * scale;
                        last.number.scaled = true;
                    }
                }
            }
            continue;
        }
        out.push(found);
    }
    out
}

/// Whether what stands between two figures joins them; true for a score.
fn between(line: &Line<'_>, left: &Found, right: &Found) -> Option<bool> {
    let end = left.end;
    let start = right.start + usize::from(right.number.value < 0.0 && is_range_mark(line.at(right.start)));
    let gap: Vec<char> = line.characters(end, start).filter(|character| *character != ' ').collect();
    let [mark] = gap[..] else { return None };
    let (low, high) = (left.number.value, right.number.value.abs());
    let small = low.fract() == 0.0 && high.fract() == 0.0 && low < 200.0 && high < 200.0;
    let plain = left.number.form == NumberForm::Cardinal;
    if mark == ':' {
        return (small && plain && start - end == 1).then_some(true);
    }
    if !is_range_mark(mark) || !(plain || left.number.form == right.number.form) {
        return None;
    }
    let spaced = start - end > 1;
    if spaced && mark == '-' && line.at(end) != ' ' {
        return None;
    }
    if spaced && low >= high {
        return None;
    }
    Some(small && low > high)
}

/// The scale word in a value: 1e6 of 3 500 000.
fn scale_of(value: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].into_iter().find(|scale| value >= *scale).unwrap_or(1.0)
}
