//! Replacements that findings carry, put into the text.
//!
//! Only what is sure enough and stands alone is replaced: of replacements that touch each other none is, since nobody
//! can tell which text would come out.

use unicode_normalization::char::is_combining_mark;

use crate::model::{Document, InputReport, Side, Span};

/// A replacement that may be made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// What to do with the text of a translation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// In order of place, none touching another.
    pub edits: Vec<Edit>,
    /// Replacements that touch others, and are left.
    pub overlapping: usize,
    /// Replacements of findings that are not sure enough, and are left.
    pub unsure: usize,
}

/// The replacements in the target of a text or a bitext by findings at least this sure.
pub fn plan(input: &InputReport, least: f64) -> Plan {
    let mut plan = Plan::default();
    let mut edits = Vec::new();
    for finding in &input.findings {
        let Some(text) = finding.replacement() else { continue };
        let Some(place) = finding.places.iter().find(|place| place.side == Side::Target) else { continue };
        if finding.confidence < least {
            plan.unsure += 1;
            continue;
        }
        edits.push(Edit { span: place.span, text: text.to_owned() });
    }
    edits.sort();
    edits.dedup();
    let mut reach = 0;
    for (index, edit) in edits.iter().enumerate() {
        let before = index > 0 && edit.span.start < reach.max(edits[index - 1].span.start + 1);
        reach = reach.max(edit.span.end);
        let after = edits
            .get(index + 1)
            .is_some_and(|next| next.span.start < reach || next.span.start == edit.span.start);
        if before || after { plan.overlapping += 1 } else { plan.edits.push(edit.clone()) }
    }
    plan
}

/// The same replacements in the file that a document was read out of, as far as they may be made there: the words stand in
/// the file as they do in the text, and what comes in their place means the same in any markup.
pub fn in_file(document: &Document, edits: &[Edit]) -> Vec<Edit> {
    let harmless = |text: &str| {
        text.chars()
            .all(|c| c == ' ' || c.is_alphanumeric() || is_combining_mark(c) || ".,;:!?…’“”«»—–-".contains(c))
    };
    let Some(origin) = &document.origin else { return edits.to_vec() };
    let exact = |edit: &Edit| {
        let span = origin.exact(edit.span).filter(|_| harmless(&edit.text))?;
        Some(Edit { span, text: edit.text.clone() })
    };
    edits.iter().filter_map(exact).collect()
}

/// The text with the replacements made.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(Span::new(at, edit.span.start).of(text));
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ErrorType, Finding, Severity};
    use crate::pipeline::{Checker, Input, Text};

    fn report(replacements: &[(usize, usize, &str, f64)]) -> InputReport {
        let target = Text::new("t", Some("en"), "αβγδε one two");
        let mut report = Checker::default().check(Input::Text { id: "t".into(), target });
        report.findings = (replacements.iter())
            .map(|&(start, end, text, confidence)| {
                let mut finding = Finding {
                    check: "spacing",
                    error_type: ErrorType::Punctuation,
                    severity: Severity::Minor,
                    confidence,
                    message: "m".into(),
                    places: Vec::new(),
                    suggestion: None,
                    overridden: None,
                };
                finding.target(Span::new(start, end)).replace_with(text);
                finding
            })
            .collect();
        report
    }

    fn fixed(replacements: &[(usize, usize, &str, f64)]) -> (String, usize, usize) {
        let plan = plan(&report(replacements), 0.8);
        (apply("αβγδε one two", &plan.edits), plan.overlapping, plan.unsure)
    }

    #[test]
    fn replacements_that_stand_alone_are_made() {
        assert_eq!(fixed(&[(0, 2, "a", 0.9), (11, 14, "1", 0.9)]), ("aβγδε 1 two".into(), 0, 0));
        assert_eq!(fixed(&[(14, 14, "!", 0.9), (0, 10, "", 0.9)]), (" one! two".into(), 0, 0));
    }

    #[test]
    fn neighbours_do_not_touch_and_are_made() {
        assert_eq!(fixed(&[(0, 2, "a", 0.9), (2, 4, "b", 0.9)]), ("abγδε one two".into(), 0, 0));
    }

    #[test]
    fn what_is_unsure_or_overlaps_is_left() {
        assert_eq!(fixed(&[(0, 4, "a", 0.9), (2, 6, "b", 0.9)]), ("αβγδε one two".into(), 2, 0));
        assert_eq!(fixed(&[(0, 8, "a", 0.9), (2, 4, "b", 0.9), (6, 8, "c", 0.9)]).1, 3);
        assert_eq!(fixed(&[(2, 2, "a", 0.9), (2, 2, "b", 0.9)]).1, 2);
        assert_eq!(fixed(&[(2, 4, "a", 0.9), (2, 4, "a", 0.9)]), ("αaγδε one two".into(), 0, 0));
        assert_eq!(fixed(&[(0, 2, "a", 0.7)]), ("αβγδε one two".into(), 0, 1));
    }
}
