//! Every profile against its own proof.

mod sentences;
mod structure;
