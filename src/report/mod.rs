//! Report to bytes: one file a format.

pub mod jsonl;
pub mod offsets;
