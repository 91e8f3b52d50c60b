//! What stands around figures and changes them or forbids to take them: codes, telephone numbers, addresses,
//! signs; Roman numerals and fractions of one character.

use super::figures::Figure;
use super::grammar::Grammar;
use super::phrases::{Line, is_letter};
use super::units;
use crate::lang::text::is_unspaced;

/// Whether digits belong to a code with Latin letters: G7, A380, COVID-19, 5G. Endings that the profile knows
/// are no code.
pub(super) fn is_code(line: &Line<'_>, start: usize, end: usize, grammar: &Grammar) -> bool {
    let latin = |character: char| character.is_ascii_alphabetic();
    let before = line.before(start);
    if latin(before) {
        let word = line.word_start(start);
        let letters = start - word;
        // US$5, EUR5, Rs5: what the currency tables know is no code; they ask for at most three letters.
        let currency = units::is_currency(line, word, start, grammar.language);
        return letters > 0 && !currency;
    }
    if before == '-' && start >= 2 && latin(line.at(start - 2)) {
        let word = line.word_start(start - 1);
        // COVID-19, F-16, Mi-8: capitals before the hyphen.
        let capitals = line.glyphs.get(word..start - 1).unwrap_or_default();
        return capitals.len() <= 6
            && capitals.first().is_some_and(|glyph| glyph.capital)
            && (capitals.len() <= 2 || capitals.iter().all(|glyph| glyph.capital));
    }
    let after = line.at(end);
    if latin(after) {
        let to = line.word_end(end);
        if !line.characters(end, to).all(latin) {
            return false;
        }
        let known = grammar.ordinal_marks.longest(line, end).is_some()
            || grammar.decade_marks.longest(line, end).is_some()
            || grammar.short_scales.longest(line, end).is_some()
            || grammar.percent.longest(line, end).is_some()
            || grammar.atoms.longest(line, end).is_some()
            || units::is_unit(line, end, to, grammar.language);
        return !known;
    }
    false
}

/// Where a telephone or reference number ends that begins at this figure: three or more groups with hyphens.
pub(super) fn telephone(line: &Line<'_>, start: usize, figure: &Figure) -> Option<usize> {
    let mut end = figure.end;
    let mut groups = 1;
    while line.at(end) == '-' && line.at(end + 1).is_ascii_digit() {
        end += 1;
        while line.at(end).is_ascii_digit() {
            end += 1;
        }
        groups += 1;
    }
    let international = line.before(start) == '+' && figure.digits >= 8;
    (groups >= 3 || international).then_some(end)
}

/// Whether the mark before a figure is a minus: after a space or bracket, at the start.
pub(super) fn negative(line: &Line<'_>, at: usize) -> bool {
    let mark = line.before(at);
    let before = line.before(at - 1);
    mark != '–'
        && matches!(before, ' ' | '(' | '[' | '\0')
        && (before != '\0' || mark == '−')
        && !(before == ' ' && at >= 3 && line.at(at - 3).is_ascii_digit())
}

/// Whether a currency sign stands before a figure.
pub(super) fn currency_before(line: &Line<'_>, start: usize) -> bool {
    let before = line.before(start);
    let before = if before == ' ' { line.before(start.saturating_sub(1)) } else { before };
    matches!(before, '$' | '€' | '£' | '¥' | '₽' | '₴' | '₺' | '₹' | '₩' | '₪' | '₼' | '₸' | '₾' | '฿' | '₫')
}

/// The value of a fraction that is one character.
pub(super) fn vulgar(character: char) -> Option<f64> {
    Some(match character {
        '½' => 0.5,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅙' => 1.0 / 6.0,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        _ => return None,
    })
}

/// A Roman numeral in capitals, Cyrillic look-alikes included, up to 39.
pub(super) fn roman(line: &Line<'_>, at: usize) -> Option<(usize, f64)> {
    let value = |index: usize| {
        let glyph = line.glyphs.get(index)?;
        if !glyph.capital {
            return None;
        }
        Some(match glyph.character {
            'i' | 'ı' | 'і' => 1,
            'v' => 5,
            'x' | 'х' => 10,
            _ => return None,
        })
    };
    let mut end = at;
    let mut values = Vec::new();
    while let Some(value) = value(end) {
        values.push(value);
        end += 1;
    }
    if values.is_empty() || values.len() > 6 {
        return None;
    }
    let mut total = 0;
    for (index, value) in values.iter().enumerate() {
        if values.get(index + 1).is_some_and(|next| next > value) { total -= value } else { total += value }
    }
    (1..40).contains(&total).then_some((end, f64::from(total)))
}

/// Ranges of glyphs that are addresses: no number is taken out of them.
pub(super) fn barred(line: &Line<'_>) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < line.glyphs.len() {
        let start = at;
        let mut address = false;
        while at < line.glyphs.len() && line.at(at) != ' ' && !is_unspaced(line.at(at)) {
            let here = line.at(at);
            address |= here == '@' && is_letter(line.before(at)) && is_letter(line.at(at + 1));
            address |= here == ':' && line.at(at + 1) == '/' && line.at(at + 2) == '/';
            address |=
                here == 'w' && line.at(at + 1) == 'w' && line.at(at + 2) == 'w' && line.at(at + 3) == '.';
            at += 1;
        }
        if address {
            out.push((start, at));
        }
        at += 1;
    }
    out
}
