//! Mentions of N documents to entities with variants.

use crate::model::{Document, Story};

/// Gathers who and what appears in the accounts of one event.
pub fn gather(documents: Vec<Document>) -> Story {
    Story { documents, entities: Vec::new(), facts: Vec::new() }
}
