//! `recto check`: a translation, with or without its source.

use anyhow::{Context, bail};

use recto::config::Settings;
use recto::lang;
use recto::pipeline::Checker;

use super::inputs::Inputs;
use super::sink::Sink;
use super::{Outcome, Shared};

/// Check translations, against their source where there is one
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Output format: text, json, jsonl
    #[arg(long, value_name = "FORMAT")]
    to: Option<String>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let checker = checker(shared)?;
    let mut sink = Sink::new(arguments.to.as_deref())?;
    let inputs = arguments.inputs.stream()?;
    checker.check_each(inputs, |report| sink.take(report));
    if arguments.inputs.may_be_empty() {
        sink.allow_nothing();
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
