//! Do two spellings name one person or place? Knows language, nothing of documents.

pub mod chunks;
pub mod readings;
pub mod romanise;
