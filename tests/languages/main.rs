//! Every profile against its own proof.

mod checks;
mod sentences;
mod structure;
