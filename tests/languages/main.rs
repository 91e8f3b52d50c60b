//! Every profile against its own proof.

mod names;
mod sentences;
mod structure;
