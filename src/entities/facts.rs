//! What accounts count and date: a figure beside a word for what it counts.

use std::sync::{LazyLock, OnceLock};

use crate::lang::phrases::Phrases;
use crate::lang::{Language, PROFILES, gazetteer};
use crate::model::{Document, Fact, Figure, NumberForm, Segment, Span, Value};

/// How far a figure may stand from what it counts, in bytes.
const REACH: usize = 48;

/// Every figure that stands with a known concept, sorted by what it is about, then account.
pub(super) fn of(documents: &[Document]) -> Vec<Fact> {
    let mut out: Vec<Fact> = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        for segment in document.prose() {
            facts(index, document, segment, &mut out);
        }
    }
    out.sort_by(|a, b| (&a.about, a.document, a.span).cmp(&(&b.about, b.document, b.span)));
    out
}

fn facts(index: usize, document: &Document, segment: &Segment, out: &mut Vec<Fact>) {
    let text = segment.span.of(&document.text);
    let concepts = concepts(text, document.language);
    for (concept, span) in &concepts {
        let span = span.shift(segment.span.start);
        let distance =
            |other: Span| other.start.saturating_sub(span.end).max(span.start.saturating_sub(other.end));
        let near = |other: Span| {
            let gap = Span::new(other.end.min(span.end), other.start.max(span.start)).of(&document.text);
            distance(other) <= REACH && !gap.contains([',', ';', '，', '；', '、', '،', '。'])
        };
        let number = segment
            .mentions
            .iter()
            .filter_map(|mention| match &mention.value {
                Value::Number(number)
                    if number.form == NumberForm::Cardinal
                        && number.second.is_none()
                        && number.measure.is_none()
                        && number.currency.is_none()
                        && !(number.value >= 1900.0 && number.value < 2100.0)
                        && near(mention.span) =>
                {
                    Some((distance(mention.span), mention.span, number))
                }
                _ => None,
            })
            .min_by_key(|(distance, span, _)| (*distance, *span));
        if let Some((_, place, number)) = number {
            out.push(Fact {
                about: concept.clone(),
                figure: Figure::Number(number.clone()),
                document: index,
                span: place,
            });
        }
        let date = segment.mentions.iter().find_map(|mention| match &mention.value {
            Value::Date(date) if date.day.is_some() && date.month.is_some() => Some((mention.span, *date)),
            _ => None,
        });
        if let Some((place, date)) = date {
            let about = format!("{concept} on");
            out.push(Fact { about, figure: Figure::Date(date), document: index, span: place });
        }
    }
}

/// Words for what is counted, as concepts.
fn concepts(text: &str, language: &Language) -> Vec<(String, Span)> {
    struct Index {
        phrases: Phrases,
        concepts: Vec<&'static str>,
    }
    static INDEXES: LazyLock<Vec<OnceLock<Index>>> =
        LazyLock::new(|| PROFILES.iter().map(|_| OnceLock::new()).collect());
    let Some(place) = PROFILES.iter().position(|entry| entry.tag == language.tag) else { return Vec::new() };
    let index = INDEXES[place].get_or_init(|| {
        let mut lines =
            include_str!("../lang/gazetteer/counted.tsv").lines().filter(|line| !line.starts_with('#'));
        let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let column = head.iter().position(|tag| *tag == language.tag);
        let rows: Vec<Vec<&'static str>> = lines.map(|line| line.split('\t').collect()).collect();
        let forms = rows.iter().enumerate().flat_map(|(number, row)| {
            let cell = column.and_then(|column| row.get(column)).copied().unwrap_or_default();
            cell.split('|').filter(|form| !form.is_empty()).map(move |form| (form, number as u32))
        });
        Index { phrases: Phrases::new(forms), concepts: rows.iter().map(|row| row[0]).collect() }
    });
    let found = index.phrases.find(text, |word| gazetteer::bases(word, language));
    found
        .into_iter()
        .map(|found| (index.concepts[found.phrases[0] as usize].to_owned(), found.range.into()))
        .collect()
}
