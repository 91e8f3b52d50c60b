//! MQM ratings in the layout of the WMT metrics tasks: a row an error, tab-separated, the span between `<v>` and
//! `</v>`; a segment without errors is a row too.
//!
//! The layout knows Major and Minor (and Neutral): what is critical is Major here.

use std::io;

use super::Writer;
use super::places::{Hit, Located, hits};
use crate::model::{Document, ErrorType, InputReport, Report, Severity, Side, Span, Subject};

/// MQM ratings as TSV.
pub struct Mqm;

impl Writer for Mqm {
    fn name(&self) -> &'static str {
        "mqm"
    }

    fn summary(&self) -> &'static str {
        "MQM ratings as TSV in the WMT layout"
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity")?;
        let mut segment = 0;
        for (nth, input) in report.inputs.iter().enumerate() {
            let units = units(input);
            let mut found: Vec<Vec<(Hit<'_>, Located<'_>)>> = units.iter().map(|_| Vec::new()).collect();
            for hit in hits(input) {
                // A finding belongs to one segment: that of its main place, or else of another.
                let first = hit.places.iter().filter(|place| place.side != Side::Source);
                let mut places = first.chain(&hit.places);
                let held =
                    places.find_map(|place| Some((units.iter().position(|unit| unit.holds(place))?, *place)));
                if let Some((index, place)) = held {
                    found[index].push((hit, place));
                }
            }
            for (unit, found) in units.iter().zip(found) {
                segment += 1;
                let mut row = |(source, target): (String, String), category: &str, severity: &str| {
                    let doc = clean(&input.id);
                    writeln!(
                        out,
                        "mt\t{doc}\t{}\t{segment}\trecto\t{source}\t{target}\t{category}\t{severity}",
                        nth + 1
                    )
                };
                if found.is_empty() {
                    row(unit.plain(), "No-error", "no-error")?;
                }
                for (hit, place) in found {
                    let finding = hit.finding;
                    row(unit.marked(&place), category(finding.error_type), severity(finding.severity))?;
                }
            }
        }
        Ok(())
    }
}

/// A side of a unit: the document, its index, the span.
type Half<'a> = (&'a Document, usize, Span);

/// A source and a target that belong together; either may be missing.
struct Unit<'a> {
    source: Option<Half<'a>>,
    target: Option<Half<'a>>,
}

impl Unit<'_> {
    fn holds(&self, place: &Located<'_>) -> bool {
        let half = if place.side == Side::Source { self.source } else { self.target };
        half.is_some_and(|(_, index, span)| {
            index == place.index
                && span.start <= place.span.start
                && place.span.start < span.end.max(span.start + 1)
        })
    }

    fn plain(&self) -> (String, String) {
        let text = |half: Option<Half<'_>>| {
            half.map(|(document, _, span)| clean(document.excerpt(span))).unwrap_or_default()
        };
        (text(self.source), text(self.target))
    }

    /// Both sides, the place of an error marked.
    fn marked(&self, place: &Located<'_>) -> (String, String) {
        let (source, target) = self.plain();
        let mark = |half: Option<Half<'_>>| {
            half.map(|(document, _, span)| {
                let end = place.span.end.min(span.end);
                let before = clean(Span::new(span.start, place.span.start).of(&document.text));
                let inside = clean(Span::new(place.span.start, end).of(&document.text));
                let after = clean(Span::new(end, span.end).of(&document.text));
                format!("{before}<v>{inside}</v>{after}")
            })
            .unwrap_or_default()
        };
        if place.side == Side::Source { (mark(self.source), target) } else { (source, mark(self.target)) }
    }
}

fn units(input: &InputReport) -> Vec<Unit<'_>> {
    match &input.subject {
        Subject::Bitext(bitext) => (bitext.beads.iter())
            .map(|bead| Unit {
                source: bitext.source_span(bead).map(|span| (&bitext.source, 0, span)),
                target: bitext.target_span(bead).map(|span| (&bitext.target, 1, span)),
            })
            .collect(),
        other => (other.documents().into_iter().enumerate())
            .flat_map(|(index, document)| {
                (document.segments.iter())
                    .map(move |segment| Unit { source: None, target: Some((document, index, segment.span)) })
            })
            .collect(),
    }
}

/// One field: no tab, no line break, no mark that is not ours.
fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let spaced = spaced.replace("<v>", "< v>").replace("</v>", "< /v>");
    super::escape::harmless(&spaced)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::Major => "Major",
        Severity::Minor => "Minor",
        Severity::Neutral => "Neutral",
    }
}

fn category(kind: ErrorType) -> &'static str {
    match kind {
        ErrorType::WrongTerm => "Terminology/Inappropriate for context",
        ErrorType::InconsistentTerm => "Terminology/Inconsistent use of terminology",
        ErrorType::Mistranslation => "Accuracy/Mistranslation",
        ErrorType::Addition => "Accuracy/Addition",
        ErrorType::Omission => "Accuracy/Omission",
        ErrorType::Untranslated | ErrorType::WrongLanguage => "Accuracy/Untranslated text",
        ErrorType::DoNotTranslate => "Accuracy/Do not translate",
        ErrorType::Grammar => "Fluency/Grammar",
        ErrorType::Punctuation => "Fluency/Punctuation",
        ErrorType::Spelling => "Fluency/Spelling",
        ErrorType::Unintelligible => "Non-translation!",
        ErrorType::CharacterEncoding => "Fluency/Character Encoding",
        ErrorType::Repetition => "Fluency/Inconsistency",
        ErrorType::Awkward => "Style/Awkward",
        ErrorType::NumberFormat => "Locale convention/Number format",
        ErrorType::DateFormat => "Locale convention/Date format",
        ErrorType::Markup | ErrorType::Furniture => "Fluency/Display",
    }
}
