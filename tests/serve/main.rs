//! The gate over real sockets.
#![cfg(all(feature = "cli", feature = "serve", unix))]

mod client;
mod decisions;
mod hostile;
mod load;
mod log;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "postgres")]
#[path = "../postgres/server.rs"]
mod server;
mod texts;
mod verdicts;
