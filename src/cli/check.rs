//! `recto check`: a translation, with or without its source.

use std::path::PathBuf;

use anyhow::bail;

use recto::lang;

use super::fix::{Fixes, Fixing};
use super::inputs::Inputs;
use super::output::Outputs;
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
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let session = Session::new(shared)?.with_ledger(arguments.ledger.as_deref())?;
    let mut sink = Sink::new(&arguments.outputs, &session)?;
    run_into(arguments, &mut sink)?;
    sink.finish()
}

/// Checks what the arguments name.
pub(super) fn run_into(arguments: &Arguments, sink: &mut Sink<'_>) -> anyhow::Result<()> {
    let mut fixes = arguments.fixing.fix.then(|| Fixes::new(arguments.fixing));
    if fixes.is_some() && arguments.inputs.rows() {
        bail!("--fix is for texts: rows are not changed in place");
    }
    let inputs = arguments.inputs.stream()?;
    if arguments.inputs.may_be_empty() {
        sink.allow_nothing();
    }
    let checker = &sink.session.checker;
    let mut failed = Ok(());
    checker.check_each(inputs, |report| match &mut fixes {
        None => sink.take(report),
        Some(fixes) if failed.is_ok() => failed = fixes.take(report, sink),
        Some(_) => {}
    });
    failed?;
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
