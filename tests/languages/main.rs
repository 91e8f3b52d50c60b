//! Every profile against its own proof.

mod quantities;
mod sentences;
mod structure;
