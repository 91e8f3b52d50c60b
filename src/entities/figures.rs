//! Figures that no word for what they count explains: percentages, lengths, amounts of money, and plain counts. An
//! account that alone has a figure which is a slip of the digits for one that the others agree on, and has theirs nowhere,
//! deviates from them.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, Entity, Fact, Figure, Number, NumberForm, Span, Value};

/// Accounts that must say a figure before another one deviates from it; fewer where both sentences name one thing.
const LEAST: usize = 3;
const LEAST_TOGETHER: usize = 2;

/// What a figure measures; figures of one kind are compared.
fn kind(number: &Number) -> Option<String> {
    if number.second.is_some() || number.value <= 0.0 {
        return None;
    }
    match (&number.measure, &number.currency) {
        (Some(measure), _) if measure.quantity == "time" => None,
        (Some(measure), _) => Some(measure.quantity.to_owned()),
        (None, Some(currency)) => {
            Some(format!("amount in {}", currency.codes.first().copied().unwrap_or("money")))
        }
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

/// One figure of an account.
#[derive(Clone, Copy)]
struct Stated<'a> {
    account: usize,
    number: &'a Number,
    span: Span,
}

/// The figures of accounts that deviate, each with those it deviates from.
pub(super) fn of(documents: &[Document], entities: &[Entity]) -> Vec<Fact> {
    // By kind, unit and value: who states it.
    let mut figures: BTreeMap<(String, &str), BTreeMap<u64, Vec<Stated<'_>>>> = BTreeMap::new();
    for (account, document) in documents.iter().enumerate() {
        for mention in document.prose().flat_map(|segment| &segment.mentions) {
            let Value::Number(number) = &mention.value else { continue };
            let Some(kind) = kind(number) else { continue };
            let unit = number.measure.map_or("", |measure| measure.unit);
            let stated = Stated { account, number, span: mention.span };
            figures.entry((kind, unit)).or_default().entry(number.value.to_bits()).or_default().push(stated);
        }
    }
    let named = named(documents.len(), entities);
    let mut out = Vec::new();
    let mut deviations = 0;
    for ((kind, _), values) in &figures {
        let accounts = |stated: &[Stated<'_>]| stated.iter().map(|one| one.account).collect::<BTreeSet<_>>();
        let mut agreed: Vec<&Vec<Stated<'_>>> =
            values.values().filter(|stated| accounts(stated).len() >= LEAST_TOGETHER).collect();
        agreed.sort_by_key(|stated| (usize::MAX - accounts(stated).len(), stated[0].account, stated[0].span));
        for lone in values.values().filter(|stated| accounts(stated).len() == 1) {
            let mine = lone[0];
            let theirs = agreed.iter().find(|stated| {
                let sayers = accounts(stated);
                is_slip(mine.number.value, stated[0].number.value)
                    && !sayers.contains(&mine.account)
                    && (sayers.len() >= LEAST || share(mine, stated, documents, &named))
            });
            let Some(theirs) = theirs else { continue };
            out.extend(theirs.iter().chain([&mine]).map(|stated| Fact {
                about: kind.clone(),
                figure: Figure::Number(stated.number.clone()),
                document: stated.account,
                span: stated.span,
                deviation: Some(deviations),
            }));
            deviations += 1;
        }
    }
    out
}

/// Who and what is named where, by account.
fn named(accounts: usize, entities: &[Entity]) -> Vec<Vec<(Span, usize)>> {
    let mut out = vec![Vec::new(); accounts];
    for (number, entity) in entities.iter().enumerate() {
        for variant in &entity.variants {
            out[variant.document].extend(variant.spans.iter().map(|&span| (span, number)));
        }
    }
    for places in &mut out {
        places.sort_unstable();
    }
    out
}

/// Whether the sentence of a figure and that of one of the others name one person, place or body.
fn share(
    mine: Stated<'_>,
    theirs: &[Stated<'_>],
    documents: &[Document],
    named: &[Vec<(Span, usize)>],
) -> bool {
    let beside = |stated: &Stated<'_>| -> BTreeSet<usize> {
        let places = &named[stated.account];
        let Some(segment) = documents[stated.account].segment_at(stated.span.start) else {
            return BTreeSet::new();
        };
        let first = places.partition_point(|(span, _)| span.start < segment.span.start);
        let inside = places[first..].iter().take_while(|(span, _)| span.end <= segment.span.end);
        inside.map(|&(_, entity)| entity).collect()
    };
    let own = beside(&mine);
    theirs.iter().any(|other| !own.is_disjoint(&beside(other)))
}

/// Whether one figure may be a slip for another: its digits in another order, one of them another, a power of ten.
fn is_slip(a: f64, b: f64) -> bool {
    let digits =
        |value: f64| -> Vec<char> { format!("{value}").chars().filter(char::is_ascii_digit).collect() };
    let (one, other) = (digits(a), digits(b));
    let bare = |digits: &[char]| digits.iter().collect::<String>().trim_matches('0').to_owned();
    let sorted = |digits: &[char]| {
        let mut digits = digits.to_vec();
        digits.sort_unstable();
        digits
    };
    let differing = one.iter().zip(&other).filter(|(x, y)| x != y).count();
    bare(&one) == bare(&other) && bare(&one).len() > 1
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
        for (a, b) in [(212.0, 1340.0), (31.0, 33.0), (87.0, 45.0), (640.0, 46.0), (50.0, 500.0)] {
            assert!(!is_slip(a, b), "{a}, {b}");
        }
    }
}
