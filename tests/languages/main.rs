//! Every profile against its own proof.

mod checks;
mod names;
mod quantities;
mod sentences;
mod structure;
