//! Every profile against its own proof.

mod checks;
mod quantities;
mod sentences;
mod structure;
