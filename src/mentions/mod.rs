//! Segments to mentions: numbers, dates, names, quotations, links.

pub mod dates;
mod eras;
mod figures;
mod grammar;
pub mod links;
pub mod names;
pub mod negation;
pub mod numbers;
mod phrases;
pub mod quotations;
mod ranges;
pub mod roles;
mod signs;
mod sum;
mod uncased;
pub mod units;

use phrases::Line;

use crate::lang::Language;
use crate::model::{Document, Mention, Span, Value};

/// Finds the mentions of every prose segment of a document.
pub fn find(document: &mut Document) {
    let language = document.language;
    for segment in document.segments.iter_mut().filter(|segment| segment.kind.is_prose()) {
        let text = segment.span.of(&document.text);
        let mut mentions = quantities(text, language);
        for mention in &mut mentions {
            mention.span = mention.span.shift(segment.span.start);
        }
        let place = |span: Span, value| Mention { span: span.shift(segment.span.start), value };
        mentions.extend(
            quotations::quotations(text, language).into_iter().map(|span| place(span, Value::Quotation)),
        );
        let links = links::links(text);
        // The figures of an address are no numbers.
        mentions.retain(|mention| {
            !links.iter().any(|link| link.shift(segment.span.start).overlaps(mention.span))
        });
        mentions.extend(links.into_iter().map(|span| place(span, Value::Link)));
        segment.mentions = mentions;
    }
    names::find(document);
    // A handle or tag may look like a name.
    for segment in &mut document.segments {
        let link = |mention: &Mention| matches!(mention.value, Value::Link);
        let links: Vec<Span> =
            segment.mentions.iter().filter(|mention| link(mention)).map(|mention| mention.span).collect();
        if !links.is_empty() {
            let named = |mention: &Mention| matches!(mention.value, Value::Name(_));
            segment
                .mentions
                .retain(|mention| !named(mention) || !links.iter().any(|link| link.overlaps(mention.span)));
        }
    }
}

/// Numbers with their units, and dates, of a text, in order of place. The figures of a date are no numbers.
pub fn quantities(text: &str, language: &'static Language) -> Vec<Mention> {
    let line = Line::new(text, language);
    let dates = dates::in_line(&line, language);
    let mut numbers =
        grammar::of(language).map(|grammar| numbers::in_line(&line, grammar)).unwrap_or_default();
    units::in_line(&line, language, &mut numbers);
    numbers.retain(|number| !overlaps_any(number.span, &dates));
    let mut all = dates;
    all.extend(numbers);
    all.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    // The inches of a length belong to its feet.
    all.dedup_by(|inner, outer| outer.span.contains(inner.span));
    all
}

/// Whether a span overlaps one of these mentions, which are in order of place.
fn overlaps_any(span: Span, mentions: &[Mention]) -> bool {
    let after = mentions.partition_point(|mention| mention.span.end <= span.start);
    mentions.get(after).is_some_and(|mention| mention.span.overlaps(span))
}
