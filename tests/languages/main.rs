//! Every profile against its own proof.

mod structure;
