//! Segments to mentions: numbers, dates, names, quotations, links.

pub mod links;
pub mod names;
pub mod quotations;
pub mod roles;
mod uncased;

use crate::model::Document;

/// Finds the mentions of every prose segment of a document.
pub fn find(document: &mut Document) {
    names::find(document);
}
