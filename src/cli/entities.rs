//! `recto entities`: who appears where, under which spelling.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::bail;

use recto::entities::gather;
use recto::model::{Entity, NameKind};
use recto::pipeline::prepare;
use recto::report::escape;
use recto::report::json::Entities;
use recto::report::text::entity_table;

use super::check::known;
use super::inputs::text;
use super::{Outcome, ledger};

/// Show who and what appears in texts, under which spelling
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Language of every text; detected for each where not given
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Output format: text, json
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    to: String,
    /// Keep who appears in the texts in this file: entities, spellings, offices, sources
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// List what nobody has accepted in the ledger yet
    #[arg(long, requires = "ledger")]
    review: bool,
    /// The day the texts are of, YYYY-MM-DD; today where not given
    #[arg(long, value_name = "DAY", requires = "ledger")]
    date: Option<String>,
    /// The texts
    #[arg(required_unless_present = "review", value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    known(arguments.lang.as_deref())?;
    let mut outcome = Outcome::Fine;
    let mut documents = Vec::new();
    for path in &arguments.files {
        match text(path, None, arguments.lang.as_deref()) {
            Ok(text) => documents.push(prepare(text)),
            Err(error) => {
                anstream::eprintln!("recto: {error}");
                outcome = Outcome::Unread;
            }
        }
    }
    let story = gather(documents);
    if let Some(path) = &arguments.ledger {
        ledger::keep(path, &story, arguments.date.as_deref(), arguments.review)?;
        return Ok(outcome);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    match arguments.to.as_str() {
        "text" => {
            for (index, document) in story.documents.iter().enumerate() {
                writeln!(out, "[{}] {}, {}", index + 1, document.name, document.language.name)?;
            }
            let entities: Vec<&Entity> =
                story.entities.iter().filter(|entity| entity.kind != NameKind::Other).collect();
            entity_table(&entities, &mut out)?;
        }
        "json" => {
            escape::json_pretty(&Entities::of(&story), &mut out)?;
        }
        other => bail!("no output format `{other}`: one of text, json"),
    }
    out.flush()?;
    Ok(outcome)
}
