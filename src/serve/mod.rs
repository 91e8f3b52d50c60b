//! The gate before publication: texts in over HTTP, a verdict out, by the same engine as the command line.
//!
//! A verdict is data: the status is 200 for pass, warn and block. Nothing here asks another machine anything, nothing is
//! written down but decisions, and the log holds no word of an article.

mod access;
mod decide;
mod gate;
mod http;
mod journal;
mod metrics;
mod newsroom;
mod openapi;
mod page;
mod read;
mod reply;
mod routes;
mod say;
mod shelf;
pub mod wire;

pub use access::{Access, Caller, Token};
pub use gate::{Limits, Setup};
pub use http::serve;
pub use journal::{Journal, quiet_panics};
pub use newsroom::{Newsroom, Undecided};
pub use openapi::document as openapi;

use self::wire::DecisionRequest;
use crate::decisions::{Log, Record, StoreError};
use crate::model::InputReport;
use crate::pipeline::Input;

/// What a gate asks for verdicts.
pub trait Engine: Send + Sync + 'static {
    /// Checks an input, decisions taken off.
    fn check(&self, input: Input) -> InputReport;
    /// The time, RFC 3339 in UTC.
    fn now(&self) -> String;
    /// Reads what is read once.
    fn warm(&self) {}
    /// Takes a decision about a finding of an input.
    fn decide(&self, _: Input, _: &DecisionRequest) -> Result<Record, Undecided> {
        Err(Undecided::Nowhere)
    }
    /// What was decided; none where nothing is kept.
    fn decisions(&self) -> Option<Result<Log, StoreError>> {
        None
    }
}
