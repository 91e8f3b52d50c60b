//! Every profile against its own proof.

mod checks;
mod declined;
mod known;
mod names;
mod quantities;
mod roles;
mod sentences;
mod structure;
