//! Segments to mentions: numbers, dates, names, quotations, links.

pub mod links;
pub mod quotations;

use crate::model::Document;

/// Finds the mentions of every prose segment of a document.
pub fn find(document: &mut Document) {
    let _ = document;
}
