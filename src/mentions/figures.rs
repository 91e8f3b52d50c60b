//! Figures: digits of any script with their separators, to a value.

use super::phrases::{Line, is_letter};
use crate::lang::profile::Numbers;

/// How a language writes figures.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    decimal: Vec<char>,
    grouping: Vec<char>,
    spaced_groups: bool,
}

impl Style {
    pub(super) fn new(numbers: &Numbers) -> Self {
        let firsts = |list: &[String]| -> Vec<char> {
            list.iter().filter_map(|text| text.chars().next()).map(plain).collect()
        };
        let grouping = firsts(&numbers.grouping);
        Self { decimal: firsts(&numbers.decimal), spaced_groups: grouping.contains(&' '), grouping }
    }
}

/// Separators as [`Line`] gives them.
fn plain(separator: char) -> char {
    match separator {
        '’' => '\'',
        '，' => ',',
        '．' => '.',
        other if other.is_whitespace() => ' ',
        other => other,
    }
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    /// Index after its last glyph.
    pub(super) end: usize,
    /// Its value.
    pub(super) value: f64,
    /// The value it has where the separator is that of another country.
    pub(super) other: Option<f64>,
    /// How many digits it has where it is digits alone; 0 where it has separators.
    pub(super) digits: usize,
}

/// The figure at an index that holds its first digit. `Err` holds where to go on after what is no number: a
/// version, an address, a telephone number.
pub(super) fn figure(line: &Line<'_>, start: usize, style: &Style) -> Result<Figure, usize> {
    let mut groups: Vec<(char, usize, usize)> = Vec::new();
    let mut at = start;
    let mut separator = '\0';
    loop {
        let begin = at;
        while line.at(at).is_ascii_digit() {
            at += 1;
        }
        groups.push((separator, begin, at));
        separator = line.at(at);
        if !separates(line, at, &groups, style) {
            break;
        }
        at += 1;
    }
    let end = at;
    let whole = |groups: &[(char, usize, usize)], point: Option<usize>| -> f64 {
        let mut text = String::new();
        for (index, &(_, begin, end)) in groups.iter().enumerate() {
            if Some(index) == point {
                text.push('.');
            }
            text.extend(line.characters(begin, end));
        }
        text.parse().unwrap_or(f64::INFINITY)
    };
    let first = groups.first().map_or(0, |&(_, begin, end)| end - begin);
    let count = groups.len();
    if count == 1 {
        return Ok(Figure { end, value: whole(&groups, None), other: None, digits: first });
    }
    let last = groups[count - 1];
    let length = |group: (char, usize, usize)| group.2 - group.1;
    let mixed = groups[1..count - 1].iter().any(|group| group.0 != last.0);
    let grouped = |groups: &[(char, usize, usize)]| {
        first <= 3
            && first > 0
            && groups.last().is_none_or(|&last| groups.len() == 1 || length(last) == 3)
            && groups.iter().skip(1).all(|&group| {
                group.0 == groups[1].0 && (length(group) == 3 || length(group) == 2 && first <= 2)
            })
    };
    // 20,000 is no twenty with three places.
    let done = |value: f64, other: Option<f64>| {
        let other = other.filter(|other| *other > value || other.fract() != 0.0);
        Ok(Figure { end, value, other, digits: 0 })
    };
    if mixed {
        let uniform = grouped(&groups[..count - 1]);
        return if uniform {
            done(whole(&groups, Some(count - 1)), None)
        } else {
            cut(&groups, whole(&groups[..1], None), end)
        };
    }
    if count > 2 {
        return if grouped(&groups) {
            done(whole(&groups, None), None)
        } else if matches!(last.0, ',' | ' ') {
            cut(&groups, whole(&groups[..1], None), end)
        } else {
            Err(end)
        };
    }
    let (decimal, group) = (whole(&groups, Some(1)), whole(&groups, None));
    let may_group = length(last) == 3 && first <= 3 && line.at(start) != '0';
    let always_groups = matches!(last.0, ' ' | '\'' | '٬');
    if always_groups && may_group {
        return done(group, None);
    }
    let is_decimal = style.decimal.contains(&last.0);
    let is_grouping = style.grouping.contains(&last.0);
    // 1,1000 in a language that groups by commas: a slip, but never a decimal.
    if is_grouping && !is_decimal && length(last) > 3 {
        return done(group, None);
    }
    if !may_group || last.0 == '٫' {
        return done(decimal, None);
    }
    match (is_decimal, is_grouping) {
        (true, false) => done(decimal, Some(group)),
        (false, true) => done(group, Some(decimal)),
        _ if style.decimal.first() == Some(&last.0) => done(decimal, Some(group)),
        _ => done(group, Some(decimal)),
    }
}

/// The first of figures that are a list without spaces: `1,2,3`.
fn cut(groups: &[(char, usize, usize)], value: f64, end: usize) -> Result<Figure, usize> {
    groups
        .first()
        .map_or(Err(end), |&(_, begin, end)| Ok(Figure { end, value, other: None, digits: end - begin }))
}

/// Whether the glyph at an index separates two groups of digits of one figure.
fn separates(line: &Line<'_>, at: usize, groups: &[(char, usize, usize)], style: &Style) -> bool {
    if !line.at(at + 1).is_ascii_digit() {
        return false;
    }
    let three = (1..=3).all(|step| line.at(at + step).is_ascii_digit()) && !line.at(at + 4).is_ascii_digit();
    let used_before = |mark: char| groups.len() == 1 || groups.last().is_some_and(|group| group.0 == mark);
    match line.at(at) {
        '.' | ',' | '٬' | '٫' | '·' => true,
        '\'' => three && used_before('\''),
        ' ' => {
            let first = groups.first().map_or(0, |&(_, begin, end)| end - begin);
            // A plain space between figures may separate two numbers, a no-break space hardly.
            let glyph = line.glyphs[at];
            let plain = line.text.get(glyph.start..glyph.end) == Some(" ");
            three
                && first <= 3
                && used_before(' ')
                && (!plain || style.spaced_groups)
                && !is_letter(line.at(at + 4))
        }
        _ => false,
    }
}
