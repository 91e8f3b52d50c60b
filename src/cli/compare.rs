//! `recto compare`: several accounts of one story.

use std::path::PathBuf;

use anyhow::bail;

use recto::pipeline::Input;
use recto::read::formats::{self, Options};

use super::check::known;
use super::inputs::{format, stream, text};
use super::output::Outputs;
use super::parts::Parts;
use super::session::Session;
use super::sink::Sink;
use super::{Outcome, Shared};

/// Compare several accounts of one story that are not translations of each other
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Language of every account; detected for each where not given
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Input format, instead of what the extension or the content says; jsonl holds a story a row
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,
    #[command(flatten)]
    outputs: Outputs,
    /// Rows of jsonl stand for themselves: places are told in a record's own text instead of the file, so that answers
    /// do not depend on how an archive is split
    #[arg(long)]
    records: bool,
    #[command(flatten)]
    parts: Parts,
    /// The newsroom's ledger of who is who; `recto entities --ledger` keeps it
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// The accounts
    #[arg(required = true, value_name = "FILE")]
    accounts: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let session = Session::new(shared)?.with_ledger(arguments.ledger.as_deref())?;
    known(arguments.lang.as_deref())?;
    let mut sink = Sink::new(&arguments.outputs, &session)?;
    let checker = &session.checker;
    let format = format(arguments.from.as_deref())?;
    let mut accounts = Vec::new();
    let mut cells = arguments.parts.cells();
    if arguments.parts.may_be_empty() {
        sink.allow_nothing();
    }
    let options = Options { target_language: arguments.lang.clone(), ..Options::default() };
    for path in &arguments.accounts {
        let id = path.display().to_string();
        let unread = |error: String| checker.check(Input::Unreadable { id: id.clone(), error });
        if format.or_else(|| formats::by_extension(path)).is_some_and(|format| format.name == "jsonl") {
            let rows = arguments.parts.of(stream(path, &options, arguments.records));
            checker.check_each_and(rows, cells.names(), |report, names| {
                cells.add(names);
                sink.take_counted(report, &mut cells);
            });
            continue;
        }
        match text(path, format, arguments.lang.as_deref()) {
            Ok(account) => accounts.push(account),
            Err(error) => sink.take(unread(error.to_string())),
        }
    }
    match accounts.len() {
        0 => {}
        1 => bail!("a story needs two accounts at least; `recto check` checks one text"),
        count => {
            let id = format!("{count} accounts");
            let report = checker.check(Input::Story { id, accounts });
            let names = cells.names()(&report);
            cells.add(names);
            sink.take_counted(report, &mut cells);
        }
    }
    cells.finish()?;
    sink.finish()
}
