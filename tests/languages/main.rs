//! Every profile against its own proof.

mod quantities;
mod structure;
