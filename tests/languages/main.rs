//! Every language profile against its own proof.

mod sentences;
