//! JSON Lines: one answer an input.

use serde_json::{Value, json};

use super::offsets::Offsets;
use crate::model::{Finding, InputReport};

/// The answer to one input, as a JSON object.
pub fn answer(report: &InputReport) -> Value {
    if let Some(error) = &report.error {
        return json!({ "id": report.id, "error": error });
    }
    let offsets: Vec<Offsets<'_>> =
        report.subject.documents().iter().map(|document| Offsets::new(&document.text)).collect();
    json!({
        "id": report.id,
        "penalty": report.penalty,
        "verdict": report.verdict,
        "findings": report.findings.iter().map(|finding| value(finding, report, &offsets)).collect::<Vec<_>>(),
        "abstentions": report.abstentions,
        "score": report.score,
    })
}

fn value(finding: &Finding, report: &InputReport, offsets: &[Offsets<'_>]) -> Value {
    let documents = report.subject.documents();
    let places: Vec<Value> = finding
        .places
        .iter()
        .filter_map(|place| {
            let document = report.subject.document(place)?;
            let index = documents.iter().position(|other| std::ptr::eq(*other, document))?;
            let (line, column) = offsets[index].line_column(place.span.start);
            Some(json!({
                "side": place.side,
                "document": document.name,
                "byte_start": place.span.start,
                "byte_end": place.span.end,
                "char_start": offsets[index].characters(place.span.start),
                "char_end": offsets[index].characters(place.span.end),
                "line": line,
                "column": column,
                "text": document.excerpt(place.span),
            }))
        })
        .collect();
    json!({
        "check": finding.check,
        "error_type": finding.error_type,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        "suggestion": finding.suggestion.as_ref().map(|suggestion| &suggestion.text),
        "places": places,
    })
}
