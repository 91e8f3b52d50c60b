//! URLs, e-mail addresses, handles, hashtags.

use crate::lang::links as addresses;
use crate::model::Span;

/// Addresses in a text, in order.
pub fn links(text: &str) -> Vec<Span> {
    addresses::links(text).into_iter().map(|(start, end)| Span::new(start, end)).collect()
}
