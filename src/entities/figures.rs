//! Figures that no word for what they count explains: percentages, lengths, amounts of money, and plain counts. What
//! they are about is told by the passage: sentences of several accounts that say the same otherwise.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use std::collections::BTreeMap;

use crate::model::{Document, Fact, Figure, Number, NumberForm, Passage, Span, Value};

/// Accounts that must say a figure before another one deviates from it.
const LEAST: usize = 2;

/// What a figure measures; figures of one kind are compared.
fn kind(number: &Number) -> Option<String> {
    if number.second.is_some() || number.value <= 0.0 {
        return None;
    }
    match (&number.measure, &number.currency) {
        (Some(measure), _) if measure.quantity == "time" => None,
        (Some(measure), _) => Some(measure.quantity.to_owned()),
        (None, Some(currency)) => Some(format!("amount in {}", currency.codes.first().copied().unwrap_or("money"))),
        (None, None) => match number.form {
            NumberForm::Percent => Some("share".to_owned()),
            NumberForm::Cardinal => Some("count".to_owned()).filter(|_| is_count(number)),
            _ => None,
        },
    }
}

/// Whether a plain number is a count that nobody writes by chance: not small, not a year.
fn is_count(number: &Number) -> bool {
    number.value >= 20.0 && number.value.fract() == 0.0 && !(1900.0..2100.0).contains(&number.value)
}

/// The value in one unit for its kind.
fn value(number: &Number) -> f64 {
    let measured = number.measure.map_or(number.value, |measure| number.value * measure.factor + measure.offset);
    (measured * 1e6).round() / 1e6
}

/// One figure of an account.
struct Stated<'a> {
    account: usize,
    number: &'a Number,
    value: f64,
    span: Span,
}

/// Figures of passages where one account deviates from what the others agree on: theirs and its own.
pub(super) fn of(documents: &[Document], passages: &[Passage]) -> Vec<Fact> {
    // Who says what anywhere: what an account says in another place it does not get wrong here.
    let mut anywhere: BTreeMap<(String, u64), Vec<usize>> = BTreeMap::new();
    for (account, document) in documents.iter().enumerate() {
        for mention in document.mentions() {
            let Value::Number(number) = &mention.value else { continue };
            let Some(kind) = kind(number) else { continue };
            for value in [Some(value(number)), number.other].into_iter().flatten() {
                anywhere.entry((kind.clone(), value.to_bits())).or_default().push(account);
            }
        }
    }
    let says = |kind: &str, value: f64, account: usize| {
        anywhere.get(&(kind.to_owned(), value.to_bits())).is_some_and(|accounts| accounts.contains(&account))
    };
    let alone = |kind: &str, value: f64, account: usize| {
        anywhere
            .get(&(kind.to_owned(), value.to_bits()))
            .is_some_and(|accounts| accounts.iter().all(|&other| other == account))
    };
    let mut out = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        for (kind, stated) in stated(passage, documents) {
            let Some(usual) = usual(&stated) else { continue };
            for deviant in &stated {
                let mine = stated.iter().filter(|other| other.account == deviant.account).count();
                let wrong = mine == 1
                    && deviant.value != usual
                    && !says(&kind, usual, deviant.account)
                    && alone(&kind, deviant.value, deviant.account)
                    && is_slip(deviant.value, usual);
                if wrong {
                    let agreeing = stated.iter().filter(|other| other.value == usual);
                    out.extend(agreeing.chain([deviant]).map(|figure| Fact {
                        about: kind.clone(),
                        figure: Figure::Number(figure.number.clone()),
                        document: figure.account,
                        span: figure.span,
                        passage: Some(index),
                    }));
                }
            }
        }
    }
    out
}

/// The figures of a passage by kind.
fn stated<'a>(passage: &Passage, documents: &'a [Document]) -> BTreeMap<String, Vec<Stated<'a>>> {
    let mut out: BTreeMap<String, Vec<Stated<'a>>> = BTreeMap::new();
    for &(account, sentence) in &passage.sentences {
        let segment = documents[account].segment_at(sentence.start);
        for mention in segment.into_iter().flat_map(|segment| &segment.mentions) {
            let Value::Number(number) = &mention.value else { continue };
            if let Some(kind) = kind(number) {
                let stated = Stated { account, number, value: value(number), span: mention.span };
                out.entry(kind).or_default().push(stated);
            }
        }
    }
    out
}

/// What at least two accounts and more than half of them agree on; nothing where two such figures are said.
fn usual(stated: &[Stated<'_>]) -> Option<f64> {
    let mut accounts: Vec<usize> = stated.iter().map(|figure| figure.account).collect();
    accounts.dedup();
    let mut counts: Vec<(usize, f64)> = Vec::new();
    for figure in stated {
        match counts.iter_mut().find(|(_, value)| *value == figure.value) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, figure.value)),
        }
    }
    let agreed = |count: usize| count >= LEAST && 2 * count >= accounts.len();
    let mut usual = counts.iter().filter(|(count, _)| agreed(*count));
    let first = usual.next()?;
    usual.next().is_none().then_some(first.1)
}

/// Whether one figure may be a slip for another: its digits in another order, one of them another, a power of ten.
fn is_slip(a: f64, b: f64) -> bool {
    let digits = |value: f64| -> Vec<char> {
        let text: String = format!("{value}").chars().filter(char::is_ascii_digit).collect();
        text.trim_matches('0').chars().collect()
    };
    let (one, other) = (digits(a), digits(b));
    let sorted = |digits: &[char]| {
        let mut digits = digits.to_vec();
        digits.sort_unstable();
        digits
    };
    let differing = one.iter().zip(&other).filter(|(x, y)| x != y).count();
    one == other
        || one.len() >= 2 && sorted(&one) == sorted(&other)
        || one.len() == other.len() && one.len() >= 3 && differing == 1
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn slips_are_of_digits() {
        for (a, b) in [(164.0, 146.0), (780.0, 870.0), (1_200_000.0, 12_000_000.0), (2315.0, 2375.0)] {
            assert!(is_slip(a, b) && is_slip(b, a), "{a}, {b}");
        }
        for (a, b) in [(212.0, 1340.0), (31.0, 33.0), (87.0, 45.0)] {
            assert!(!is_slip(a, b), "{a}, {b}");
        }
    }
}
