//! The gate before publication: texts in over HTTP, a verdict out, by the same engine as the command line.
//!
//! A verdict is data: the status is 200 for pass, warn and block. Nothing here asks another machine anything, nothing is
//! written down but decisions, and the log holds no word of an article.

mod access;
mod gate;
mod http;
mod journal;
mod metrics;
mod openapi;
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
pub use openapi::document as openapi;

use crate::model::InputReport;
use crate::pipeline::{Checker, Input, Text};
use crate::settle;

/// What a gate asks for verdicts.
pub trait Engine: Send + Sync + 'static {
    /// Checks an input, decisions taken off.
    fn check(&self, input: Input) -> InputReport;
    /// The time, RFC 3339 in UTC.
    fn now(&self) -> String;
    /// Reads what is read once.
    fn warm(&self) {}
}

/// A newsroom's checker behind a gate.
pub struct Newsroom {
    /// The checker.
    pub checker: Checker,
    /// Tells the time, RFC 3339 in UTC: the library has no clock.
    pub now: fn() -> String,
}

impl Engine for Newsroom {
    fn check(&self, input: Input) -> InputReport {
        let mut report = self.checker.check(input);
        settle::settle(&self.checker, &mut report, None);
        report
    }

    fn now(&self) -> String {
        (self.now)()
    }

    fn warm(&self) {
        let text = |language: &str, text: &str| Text::new("warm", Some(language), text);
        let source = text("en", "The bridge opened on 4 May. Two ships passed under it.");
        let target = text("pt", "A ponte abriu a 4 de maio. Dois navios passaram por baixo.");
        self.check(Input::Pair { id: "warm".into(), source, target });
    }
}
