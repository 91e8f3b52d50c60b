//! The nouns of the pipeline. Nothing here reads, decides or prints.

mod bitext;
mod document;
mod finding;
mod mention;
mod mqm;
mod origin;
mod report;
mod story;

pub use bitext::{Bead, Bitext, Link, Parallelism, Relation};
pub use document::{Document, Segment, SegmentKind, Span};
pub use finding::{Finding, Overridden, Place, Side, Suggestion};
pub use mention::{
    Calendar, Currency, Date, Measure, Mention, MentionKind, Name, NameKind, Number, NumberForm, Value,
};
pub use mqm::{Dimension, ErrorType, Severity};
pub use origin::{Anchor, Block, MadeFrom, Origin, Piece};
pub use report::{Abstention, Accepted, InputReport, Report, Score, Subject, Verdict};
pub use story::{Entity, Fact, Figure, Role, Story, Variant};
