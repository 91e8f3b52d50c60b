//! Do two spellings name one person or place? Knows language, nothing of documents.
