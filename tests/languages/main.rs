//! Every profile against its own proof.

mod names;
mod quantities;
mod sentences;
mod structure;
