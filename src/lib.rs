//! recto finds what machine translation got wrong: names, numbers, omissions, garble.
//!
//! The folders are the stages of the pipeline: [`segment`] cuts a text, [`mentions`] finds what is named and
//! counted in it, [`align`] pairs a translation with its source, [`entities`] gathers who is who over several
//! accounts, [`checks`] look at all of it, [`score`] counts, [`report`] prints. [`pipeline`] alone knows the
//! order. [`lang`] and [`names`] are knowledge, [`ledger`] is what the newsroom knows; [`model`] holds the nouns the stages talk in.

pub mod align;
pub mod archive;
pub mod checks;
pub mod config;
pub mod decisions;
pub mod entities;
pub mod fix;
pub mod lang;
pub mod learn;
pub mod ledger;
pub mod mentions;
pub mod model;
pub mod names;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod rules;
pub mod score;
pub mod segment;
#[cfg(feature = "serve")]
pub mod serve;
pub mod settle;
