//! What accounts count and date: a figure beside a word for what it counts.

use crate::lang::phrases::Phrases;
use crate::lang::{Language, PerLanguage, gazetteer};
use crate::model::{Document, Fact, Figure, Number, NumberForm, Segment, SegmentKind, Span, Value};

/// How far a figure may stand from what it counts, in bytes.
const REACH: usize = 48;

/// Every figure that stands with a known concept, sorted by what it is about, then account.
pub(super) fn of(documents: &[Document]) -> Vec<Fact> {
    let mut out: Vec<Fact> = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        for segment in document.prose() {
            facts(index, document, segment, &mut out);
        }
        out.extend(day_of_the_event(index, document));
    }
    out.sort_by(|a, b| (&a.about, a.document, a.span).cmp(&(&b.about, b.document, b.span)));
    out
}

/// Sentences of a lead, which tells when it happened.
const LEAD: usize = 3;

/// The first day that the lead of an account names.
fn day_of_the_event(index: usize, document: &Document) -> Option<Fact> {
    let lead = document.segments.iter().filter(|segment| segment.kind == SegmentKind::Sentence).take(LEAD);
    lead.flat_map(|segment| &segment.mentions).find_map(|mention| match &mention.value {
        Value::Date(date) if date.day.is_some() && date.month.is_some() => Some(Fact {
            about: "event on".to_owned(),
            figure: Figure::Date(*date),
            document: index,
            span: mention.span,
            deviation: None,
        }),
        _ => None,
    })
}

/// Concepts of what befell those counted. A figure belongs to the nearest of them before it belongs to who they
/// were: 14 children killed are 14 killed.
const EVENTS: [&str; 9] = [
    "killed",
    "injured",
    "missing",
    "detained",
    "evacuated",
    "displaced",
    "rescued",
    "infected",
    "shot-down",
];

fn facts(index: usize, document: &Document, segment: &Segment, out: &mut Vec<Fact>) {
    let text = segment.span.of(&document.text);
    let concepts: Vec<(String, Span)> = concepts(text, document.language)
        .into_iter()
        .map(|(concept, span)| (concept, span.shift(segment.span.start)))
        .collect();
    let is_event = |concept: &str| EVENTS.contains(&concept);
    for mention in &segment.mentions {
        match &mention.value {
            Value::Number(number) if counts(number) => {
                let near = concepts.iter().filter_map(|(concept, span)| {
                    let gap = gap(*span, mention.span)?;
                    let between = gap.of(&document.text);
                    let clause = !between.contains([',', ';', '，', '；', '、', '،', '。']);
                    (gap.len() <= REACH && clause).then_some((!is_event(concept), gap.len(), concept))
                });
                if let Some((_, _, concept)) = near.min() {
                    let figure = Figure::Number(number.clone());
                    out.push(Fact {
                        about: concept.clone(),
                        figure,
                        document: index,
                        span: mention.span,
                        deviation: None,
                    });
                }
            }
            Value::Date(date) if date.day.is_some() && date.month.is_some() => {
                if let Some((concept, _)) = concepts.iter().find(|(concept, _)| is_event(concept)) {
                    let (about, figure) = (format!("{concept} on"), Figure::Date(*date));
                    out.push(Fact { about, figure, document: index, span: mention.span, deviation: None });
                }
            }
            _ => {}
        }
    }
}

/// Whether a number says how many there are of something, and is no year.
fn counts(number: &Number) -> bool {
    number.form == NumberForm::Cardinal
        && number.second.is_none()
        && number.measure.is_none()
        && number.currency.is_none()
        && !(1900.0..2100.0).contains(&number.value)
}

/// What lies between two spans; `None` where they overlap.
fn gap(a: Span, b: Span) -> Option<Span> {
    (!a.overlaps(b)).then(|| Span::new(a.end.min(b.end), a.start.max(b.start)))
}

/// Words for what is counted, as concepts.
fn concepts(text: &str, language: &Language) -> Vec<(String, Span)> {
    struct Index {
        phrases: Phrases,
        concepts: Vec<&'static str>,
    }
    static INDEXES: PerLanguage<Index> = PerLanguage::new();
    let index = INDEXES.get(language, |language| {
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
