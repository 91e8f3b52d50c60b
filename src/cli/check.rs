//! `recto check`: a translation, with or without its source.

use anyhow::bail;

use recto::lang;

use super::fix::{self, Fixing};
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
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let session = Session::new(shared)?;
    let mut sink = Sink::new(&arguments.outputs, &session)?;
    run_into(arguments, &mut sink)?;
    sink.finish()
}

/// Checks what the arguments name.
pub(super) fn run_into(arguments: &Arguments, sink: &mut Sink<'_>) -> anyhow::Result<()> {
    let fixing = arguments.fixing;
    if fixing.fix && arguments.inputs.rows() {
        bail!("--fix is for texts: rows are not changed in place");
    }
    let inputs = arguments.inputs.stream()?;
    if arguments.inputs.may_be_empty() {
        sink.allow_nothing();
    }
    let checker = &sink.session.checker;
    let mut failed = Ok(());
    checker.check_each(inputs, |report| {
        if !fixing.fix {
            sink.take(report);
        } else if failed.is_ok() {
            failed = fix::fix(report, fixing, sink);
        }
    });
    failed
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
