//! `recto compare`: several accounts of one story.

use std::path::PathBuf;

use anyhow::bail;

use recto::pipeline::Input;
use recto::read::formats::{self, Content, Options};

use super::check::known;
use super::inputs::{format, text};
use super::output::Outputs;
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
    /// The accounts
    #[arg(required = true, value_name = "FILE")]
    accounts: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let session = Session::new(shared)?;
    known(arguments.lang.as_deref())?;
    let mut sink = Sink::new(&arguments.outputs, &session)?;
    let checker = &session.checker;
    let format = format(arguments.from.as_deref())?;
    let mut accounts = Vec::new();
    let options = Options { target_language: arguments.lang.clone(), ..Options::default() };
    for path in &arguments.accounts {
        let id = path.display().to_string();
        let unread = |error: String| checker.check(Input::Unreadable { id: id.clone(), error });
        if format.or_else(|| formats::by_extension(path)).is_some_and(|format| format.name == "jsonl") {
            match formats::read(path, format, &options) {
                Ok(Content::Rows(rows)) => checker.check_each(rows.into_iter(), |report| sink.take(report)),
                Ok(_) => {}
                Err(error) => sink.take(unread(error.to_string())),
            }
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
            sink.take(checker.check(Input::Story { id, accounts }));
        }
    }
    sink.finish()
}
