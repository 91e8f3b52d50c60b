//! `recto check`: a translation, with or without its source.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use recto::config::Settings;
use recto::lang;
use recto::pipeline::{Checker, Input, Text};
use recto::read::{jsonl, plain};

use super::sink::Sink;
use super::{Outcome, Shared, ledger};

/// Check translations, against their source where there is one
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The source that the translations are of
    #[arg(long, value_name = "FILE")]
    source: Option<PathBuf>,
    /// Language of the source, a tag such as pt-BR; detected where not given
    #[arg(long, value_name = "TAG")]
    source_lang: Option<String>,
    /// Language of the translations; detected where not given
    #[arg(long, value_name = "TAG")]
    target_lang: Option<String>,
    /// Input format: text, or jsonl with a pair or story a row
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    from: String,
    /// Output format: text, json, jsonl
    #[arg(long, value_name = "FORMAT")]
    to: Option<String>,
    /// The newsroom's ledger of who is who; `recto entities --ledger` keeps it
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// The translations; - is standard input
    #[arg(required = true, value_name = "FILE")]
    targets: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let mut checker = checker(shared)?;
    if let Some(path) = &arguments.ledger {
        checker = checker.with_ledger(ledger::read(path)?.into());
    }
    known(arguments.source_lang.as_deref())?;
    known(arguments.target_lang.as_deref())?;
    let mut sink = Sink::new(arguments.to.as_deref())?;
    match arguments.from.as_str() {
        "jsonl" => {
            if arguments.source.is_some() {
                bail!("--source is for texts: a row of jsonl holds its own source");
            }
            let languages = (arguments.source_lang.as_deref(), arguments.target_lang.as_deref());
            rows(&arguments.targets, languages, &checker, &mut sink);
        }
        "text" => texts(arguments, &checker, &mut sink),
        other => bail!("no input format `{other}`: one of text, jsonl"),
    }
    sink.finish()
}

/// A checker with the settings that apply.
pub(super) fn checker(shared: &Shared) -> anyhow::Result<Checker> {
    let here = std::env::current_dir().context("the working folder")?;
    let (settings, _) = Settings::find(shared.config.as_deref(), &here)?;
    Ok(settings.checker()?)
}

/// Refuses a tag of no language.
pub(super) fn known(tag: Option<&str>) -> anyhow::Result<()> {
    match tag {
        Some(tag) if lang::find(tag).is_none() => {
            bail!("no language `{tag}`: `recto list languages` shows the tags")
        }
        _ => Ok(()),
    }
}

/// One text from a file.
pub(super) fn text(path: &Path, language: Option<&str>) -> Result<Text, plain::ReadError> {
    let text = plain::file(path)?;
    Ok(Text { name: path.display().to_string(), language: language.map(str::to_owned), text })
}

fn texts(arguments: &Arguments, checker: &Checker, sink: &mut Sink) {
    let source = arguments.source.as_ref().map(|path| text(path, arguments.source_lang.as_deref()));
    let inputs = arguments.targets.iter().map(|path| {
        let id = path.display().to_string();
        match (text(path, arguments.target_lang.as_deref()), &source) {
            (Ok(target), None) => Input::Text { id, target },
            (Ok(target), Some(Ok(source))) => Input::Pair { id, source: source.clone(), target },
            (Err(error), _) => Input::Unreadable { id, error: error.to_string() },
            (_, Some(Err(error))) => Input::Unreadable { id, error: error.to_string() },
        }
    });
    checker.check_each(inputs, |report| sink.take(report));
}

/// Rows of every file, as they come.
pub(super) fn rows(
    paths: &[PathBuf],
    languages: (Option<&str>, Option<&str>),
    checker: &Checker,
    sink: &mut Sink,
) {
    for path in paths {
        let name = path.display().to_string();
        let reader: Box<dyn BufRead> = if name == "-" {
            Box::new(io::stdin().lock())
        } else {
            match std::fs::File::open(path) {
                Ok(file) => Box::new(io::BufReader::new(file)),
                Err(error) => {
                    let error = format!("{name}: {error}");
                    sink.take(checker.check(Input::Unreadable { id: name, error }));
                    continue;
                }
            }
        };
        let rows = reader.split(b'\n').enumerate().filter_map(|(index, line)| {
            let number = index + 1;
            let unreadable = |error: String| Some(Input::Unreadable { id: number.to_string(), error });
            match line.map(String::from_utf8) {
                Ok(Ok(line)) if line.trim().is_empty() => None,
                Ok(Ok(line)) => Some(jsonl::input(&line, number, languages)),
                Ok(Err(error)) => unreadable(format!("line {number}: is not UTF-8: {error}")),
                Err(error) => unreadable(format!("line {number}: {error}")),
            }
        });
        checker.check_each(rows, |report| sink.take(report));
    }
}
