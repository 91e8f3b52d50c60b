//! Quotations with their marks.

use crate::lang::{Language, quotes};
use crate::model::Span;

/// Outermost quotations of a text, marks included. Those that never close are left to the check
/// `unbalanced-quotation`.
pub fn quotations(text: &str, language: &Language) -> Vec<Span> {
    let marks = quotes::scan(text, language);
    marks.outermost().into_iter().map(|quoted| Span::new(quoted.start, quoted.end)).collect()
}
