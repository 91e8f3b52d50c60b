use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck, boilerplate::opening};
use crate::lang::quotes;
use crate::model::{Document, ErrorType, SegmentKind, Severity, Span};

/// `unbalanced-quotation` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UnbalancedQuotation {}

impl Check for UnbalancedQuotation {
    const NAME: &'static str = "unbalanced-quotation";
    const ERROR_TYPE: ErrorType = ErrorType::Punctuation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("unbalanced_quotation.md");
}

/// Lone marks beyond which the text uses a mark for something else (seconds, a ditto sign, code).
const TOO_MANY: usize = 6;

impl TextCheck for UnbalancedQuotation {
    fn run(&self, text: &Document, _context: &Context, findings: &mut Findings<'_>) {
        let marks = quotes::scan(&text.text, text.language);
        let sure = if text.language.quotes.is_some() { 0.8 } else { 0.6 };
        let many = marks.lone.len() > TOO_MANY && marks.lone.len() * 2 > marks.quoted.len();
        for lone in marks.lone {
            let span = Span::new(lone.start, lone.end);
            // Page furniture is reported as such.
            if text.segment_at(lone.start).is_some_and(|segment| segment.kind == SegmentKind::Boilerplate) {
                continue;
            }
            let message = if lone.opening {
                let line = text.text.get(lone.end..).unwrap_or_default();
                format!("this quotation never closes: “{}”", opening(line.trim_start(), 40))
            } else {
                let line = text.text.get(..lone.start).unwrap_or_default();
                format!("nothing opens the quotation that closes here: “{}”", ending(line, 40))
            };
            findings.at(span, message).confidence(if many { sure * 0.6 } else { sure });
        }
    }
}

/// The last characters of a text's last line, cut between words where there are any.
fn ending(text: &str, longest: usize) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default().trim_end();
    let Some((cut, _)) = line.char_indices().rev().nth(longest) else { return line.trim_start().to_owned() };
    let tail = line.get(cut..).unwrap_or_default();
    let at = tail.find(char::is_whitespace).filter(|&at| at < tail.len() / 2).unwrap_or(0);
    format!("…{}", tail.get(at..).unwrap_or_default().trim_start())
}
