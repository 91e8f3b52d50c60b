//! `recto check`: a translation, with or without its source.

use std::path::PathBuf;

use anyhow::bail;

use recto::lang;

use super::fix::{Fixes, Fixing};
use super::inputs::Inputs;
use super::output::Outputs;
use super::parts::Parts;
use super::session::Session;
use super::sink::Sink;
use super::{Outcome, Shared};

/// Check translations, against their source where there is one
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    pub(super) outputs: Outputs,
    #[command(flatten)]
    fixing: Fixing,
    /// The newsroom's ledger of who is who; `recto entities --ledger` keeps it
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    #[command(flatten)]
    parts: Parts,
    /// Go on where an interrupted run stopped: append to this file of answers (jsonl), after those it holds
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "cells", "fix"])]
    resume: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let session = Session::new(shared)?.with_ledger(arguments.ledger.as_deref())?;
    let mut sink = match &arguments.resume {
        Some(path) => Sink::resuming(path, &arguments.outputs, &session)?,
        None => Sink::new(&arguments.outputs, &session)?,
    };
    run_into(arguments, &mut sink)?;
    sink.finish()
}

/// Checks what the arguments name.
pub(super) fn run_into(arguments: &Arguments, sink: &mut Sink<'_>) -> anyhow::Result<()> {
    let mut fixes = arguments.fixing.fix.then(|| Fixes::new(arguments.fixing));
    if fixes.is_some() && arguments.inputs.rows() {
        bail!("--fix is for texts: rows are not changed in place");
    }
    let mut inputs = arguments.parts.of(arguments.inputs.stream()?);
    sink.pass_over(&mut inputs)?;
    if arguments.inputs.may_be_empty() || arguments.parts.may_be_empty() {
        sink.allow_nothing();
    }
    let checker = &sink.session.checker;
    let mut failed = Ok(());
    let mut cells = arguments.parts.cells();
    checker.check_each_and(inputs, cells.names(), |report, names| {
        cells.add(names);
        match &mut fixes {
            None => sink.take_counted(report, &mut cells),
            Some(fixes) if failed.is_ok() => failed = fixes.take(report, sink),
            Some(_) => {}
        }
    });
    failed?;
    cells.finish()?;
    fixes.map_or(Ok(()), |fixes| fixes.finish(sink))
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
