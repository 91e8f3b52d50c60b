//! `recto check`: a translation, with or without its source.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde::Deserialize;

use recto::model::Verdict;
use recto::pipeline::{Checker, Input, Text};
use recto::report::jsonl;

/// Check a translation, against its source where there is one.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The source.
    #[arg(long)]
    source: Option<PathBuf>,
    /// Language of the source.
    #[arg(long)]
    source_lang: Option<String>,
    /// Language of the target.
    #[arg(long)]
    target_lang: Option<String>,
    /// Input format.
    #[arg(long)]
    from: Option<String>,
    /// Output format.
    #[arg(long)]
    to: Option<String>,
    /// The translations; `-` is standard input.
    targets: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    source: Option<String>,
    source_lang: Option<String>,
    target: String,
    target_lang: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let checker = Checker::default();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut worst = Verdict::Pass;
    let mut deliver = |report: recto::model::InputReport| {
        worst = worst.max(report.verdict.unwrap_or(Verdict::Pass));
        writeln!(out, "{}", jsonl::answer(&report)).expect("standard output is open");
    };
    if arguments.from.as_deref() == Some("jsonl") {
        let rows = io::stdin().lock().lines().enumerate().map(|(number, line)| {
            let read = line
                .map_err(|error| error.to_string())
                .and_then(|line| serde_json::from_str::<Row>(&line).map_err(|error| error.to_string()));
            match read {
                Ok(row) => input(row),
                Err(error) => Input::Unreadable { id: (number + 1).to_string(), error },
            }
        });
        checker.check_each(rows, &mut deliver);
    } else {
        for path in &arguments.targets {
            let read = |path: &PathBuf, language: &Option<String>| -> anyhow::Result<Text> {
                let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
                Ok(Text { name: path.display().to_string(), language: language.clone(), text })
            };
            let target = read(path, &arguments.target_lang)?;
            let id = target.name.clone();
            let input = match &arguments.source {
                Some(source) => Input::Pair { id, source: read(source, &arguments.source_lang)?, target },
                None => Input::Text { id, target },
            };
            deliver(checker.check(input));
        }
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(worst == Verdict::Block)))
}

fn input(row: Row) -> Input {
    let target = Text { name: row.id.clone(), language: row.target_lang, text: row.target };
    match row.source {
        Some(text) => Input::Pair {
            source: Text { name: row.id.clone(), language: row.source_lang, text },
            target,
            id: row.id,
        },
        None => Input::Text { id: row.id, target },
    }
}
