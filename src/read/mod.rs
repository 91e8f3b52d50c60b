//! Files and rows to texts. What cannot be read becomes an input that says why: the others go on.

pub mod jsonl;
pub mod plain;
