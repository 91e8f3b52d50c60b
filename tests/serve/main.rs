//! The gate over real sockets.
#![cfg(all(feature = "cli", feature = "serve", unix))]

mod client;
mod decisions;
mod hostile;
mod load;
mod log;
mod verdicts;
