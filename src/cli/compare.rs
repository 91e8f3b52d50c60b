//! `recto compare`: several accounts of one story.

use std::path::PathBuf;

use anyhow::bail;

use recto::pipeline::Input;

use super::check::{checker, known, rows, text};
use super::sink::Sink;
use super::{Outcome, Shared, ledger};

/// Compare several accounts of one story that are not translations of each other
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Language of every account; detected for each where not given
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Input format: text, one account a file, or jsonl with a story a row
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    from: String,
    /// Output format: text, json, jsonl
    #[arg(long, value_name = "FORMAT")]
    to: Option<String>,
    /// The newsroom's ledger of who is who; `recto entities --ledger` keeps it
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// The accounts
    #[arg(required = true, value_name = "FILE")]
    accounts: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let mut checker = checker(shared)?;
    if let Some(path) = &arguments.ledger {
        checker = checker.with_ledger(ledger::read(path)?.into());
    }
    known(arguments.lang.as_deref())?;
    let mut sink = Sink::new(arguments.to.as_deref())?;
    match arguments.from.as_str() {
        "jsonl" => {
            rows(&arguments.accounts, (None, arguments.lang.as_deref()), &checker, &mut sink);
        }
        "text" => {
            let mut accounts = Vec::new();
            for path in &arguments.accounts {
                match text(path, arguments.lang.as_deref()) {
                    Ok(account) => accounts.push(account),
                    Err(error) => {
                        let id = path.display().to_string();
                        sink.take(checker.check(Input::Unreadable { id, error: error.to_string() }));
                    }
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
        }
        other => bail!("no input format `{other}`: one of text, jsonl"),
    }
    sink.finish()
}
