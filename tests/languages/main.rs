//! Every language profile against its own proof.

mod sentences;
//! Every profile against its own proof.

mod structure;
