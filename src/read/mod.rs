//! Files and rows to texts. What cannot be read becomes an input that says why: the others go on.
//!
//! A text that is taken out of markup keeps the way back ([`crate::model::Origin`]), and what the markup says of
//! its paragraphs ([`crate::model::Block`]).

mod error;
pub mod extract;
pub mod file;
mod json;
pub mod jsonl;
pub mod plain;

#[cfg(feature = "formats")]
pub mod feed;
#[cfg(feature = "formats")]
pub mod formats;
#[cfg(feature = "formats")]
mod front_matter;
#[cfg(feature = "formats")]
mod html;
#[cfg(feature = "formats")]
mod markdown;
#[cfg(feature = "formats")]
mod news;
#[cfg(feature = "formats")]
mod office;
#[cfg(feature = "formats")]
mod page;
#[cfg(feature = "formats")]
pub mod pairing;
#[cfg(feature = "formats")]
mod po;
#[cfg(feature = "formats")]
mod rows;
#[cfg(feature = "formats")]
mod subtitles;
#[cfg(feature = "formats")]
mod table;
#[cfg(feature = "formats")]
pub mod termbase;
#[cfg(feature = "formats")]
mod tmx;
#[cfg(feature = "formats")]
mod xliff;
#[cfg(feature = "formats")]
mod xml;

pub use error::{LARGEST, LARGEST_FILE, ReadError};
