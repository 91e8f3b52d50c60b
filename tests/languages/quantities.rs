//! Numbers, units, dates and negation of every profile against its own proofs.

use recto::lang::{Language, PROFILES};
use recto::mentions::{dates, negation, numbers, quantities};
use recto::model::{Calendar, Date, Mention, Number, NumberForm, Value};

/// Holds every profile's section to its proofs and refusals; all failures are told at once.
fn hold(check: impl Fn(&'static Language, &mut Vec<String>)) {
    let mut failures = Vec::new();
    for entry in &PROFILES {
        check(entry.language(), &mut failures);
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn numbers_are_what_the_profiles_say() {
    hold(|language, failures| {
        let Some(section) = &language.numbers else { return };
        for (text, wanted) in &section.proof {
            let found = render_numbers(&numbers::find(text, language));
            if !same(&found, wanted) {
                failures.push(format!("{}: {text}\n    wanted {wanted}, found {found}", language.tag));
            }
        }
        for text in &section.refuse {
            let found = render_numbers(&numbers::find(text, language));
            if !found.is_empty() {
                failures.push(format!("{}: {text}\n    wanted none, found {found}", language.tag));
            }
        }
    });
}

#[test]
fn units_are_what_the_profiles_say() {
    hold(|language, failures| {
        let Some(section) = &language.units else { return };
        for name in section.measures.keys() {
            if recto::mentions::units::measure(name).is_none() {
                failures.push(format!("{}: measures.tsv has no unit {name}", language.tag));
            }
        }
        for (text, wanted) in &section.proof {
            let found = render_amounts(&quantities(text, language));
            if !same_amounts(&found, wanted) {
                failures.push(format!("{}: {text}\n    wanted {wanted}, found {found}", language.tag));
            }
        }
        for text in &section.refuse {
            let found = render_amounts(&quantities(text, language));
            if !found.is_empty() {
                failures.push(format!("{}: {text}\n    wanted none, found {found}", language.tag));
            }
        }
    });
}

#[test]
fn dates_are_what_the_profiles_say() {
    hold(|language, failures| {
        let Some(section) = &language.dates else { return };
        for (text, wanted) in &section.proof {
            let found = render_dates(&dates::find(text, language));
            let parts = |text: &str| text.replace('+', " ");
            if parts(&found) != parts(wanted) {
                failures.push(format!("{}: {text}\n    wanted {wanted}, found {found}", language.tag));
            }
        }
        for text in &section.refuse {
            let found = render_dates(&dates::find(text, language));
            if !found.is_empty() {
                failures.push(format!("{}: {text}\n    wanted none, found {found}", language.tag));
            }
        }
    });
}

#[test]
fn negations_are_what_the_profiles_say() {
    hold(|language, failures| {
        let Some(section) = &language.negation else { return };
        let refused = section.refuse.iter().map(|text| (text, 0));
        for (text, wanted) in section.proof.iter().map(|(text, wanted)| (text, *wanted)).chain(refused) {
            let found = negation::negations(text, language);
            if found.len() != wanted {
                let cues: Vec<&str> = found.iter().map(|span| span.of(text)).collect();
                failures.push(format!("{}: {text}\n    wanted {wanted}, found {cues:?}", language.tag));
            }
        }
    });
}

fn numbers_of(mentions: &[Mention]) -> impl Iterator<Item = &Number> {
    mentions.iter().filter_map(|mention| match &mention.value {
        Value::Number(number) => Some(number),
        _ => None,
    })
}

fn render_numbers(mentions: &[Mention]) -> String {
    let one = |value: f64, form: NumberForm| match form {
        NumberForm::Ordinal => format!("#{value}"),
        NumberForm::Percent => format!("{value}%"),
        NumberForm::Decade => format!("{value}s"),
        _ => value.to_string(),
    };
    let texts: Vec<String> = numbers_of(mentions)
        .flat_map(|number| {
            [Some(number.value), number.second].into_iter().flatten().map(|value| one(value, number.form))
        })
        .collect();
    texts.join(" ")
}

fn render_amounts(mentions: &[Mention]) -> String {
    let texts: Vec<String> = numbers_of(mentions)
        .filter_map(|number| {
            let unit = match (&number.currency, number.measure) {
                (Some(currency), _) => currency.codes.join("|"),
                (None, Some(measure)) => measure.unit.to_owned(),
                _ => return None,
            };
            Some(format!("{} {unit}", number.value))
        })
        .collect();
    texts.join(" ")
}

fn render_dates(mentions: &[Mention]) -> String {
    let dates = mentions.iter().filter_map(|mention| match &mention.value {
        Value::Date(date) => Some(render_date(*date)),
        _ => None,
    });
    dates.collect::<Vec<_>>().join(" ")
}

fn render_date(date: Date) -> String {
    let mut parts = Vec::new();
    if let Some(weekday) = date.weekday {
        parts.push(format!("W{weekday}"));
    }
    match (date.year, date.month, date.day) {
        (Some(year), Some(month), Some(day)) => parts.push(format!("{year:04}-{month:02}-{day:02}")),
        (Some(year), Some(month), None) => parts.push(format!("{year:04}-{month:02}")),
        (None, Some(month), Some(day)) => parts.push(format!("--{month:02}-{day:02}")),
        (None, Some(month), None) => parts.push(format!("--{month:02}")),
        (Some(year), None, None) => parts.push(format!("{year:04}")),
        _ => {}
    }
    if let Some(hour) = date.hour {
        parts.push(format!("T{hour:02}:{:02}", date.minute.unwrap_or(0)));
    }
    debug_assert!(matches!(
        date.calendar,
        Calendar::Gregorian | Calendar::Buddhist | Calendar::Persian | Calendar::Islamic
    ));
    parts.join("+")
}

/// Values in order; a range may be written as one or as two. Fractions agree to six places.
fn same(found: &str, wanted: &str) -> bool {
    let read = |text: &str| -> Vec<(String, f64)> {
        text.split(' ')
            .flat_map(|token| {
                let cut =
                    token.char_indices().skip(1).find(|(_, mark)| matches!(mark, '-' | '–')).map(|cut| cut.0);
                cut.map_or(vec![token], |cut| {
                    let (first, last) = token.split_at(cut);
                    vec![first, last.trim_start_matches(['-', '–'])]
                })
            })
            .filter(|token| !token.is_empty())
            .map(|token| {
                let figure: String =
                    token.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | 'e')).collect();
                let mark = token.chars().filter(|c| matches!(c, '#' | '%' | 's')).collect();
                (mark, figure.parse().unwrap_or(f64::NAN))
            })
            .collect()
    };
    let (found, wanted) = (read(found), read(wanted));
    found.len() == wanted.len()
        && found
            .iter()
            .zip(&wanted)
            .all(|(a, b)| a.0 == b.0 && (a.1 - b.1).abs() <= 1e-5 * b.1.abs().max(0.1))
}

/// Amounts in order: the figures agree, and one of the codes or the unit does.
fn same_amounts(found: &str, wanted: &str) -> bool {
    let (found, wanted): (Vec<&str>, Vec<&str>) = (found.split(' ').collect(), wanted.split(' ').collect());
    found.len() == wanted.len()
        && found.iter().zip(&wanted).all(|(a, b)| {
            a == b
                || a.parse::<f64>()
                    .is_ok_and(|a| b.parse::<f64>().is_ok_and(|b| (a - b).abs() < 1e-6 * b.abs().max(1.0)))
                || b.split('|').all(|code| a.split('|').any(|other| other == code))
        })
}
