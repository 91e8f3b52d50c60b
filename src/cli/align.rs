//! `recto align`: which sentence translates which.

use std::path::PathBuf;
use std::process::ExitCode;

/// Align a translation with its source.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// One segment a line already.
    #[arg(long)]
    segmented: bool,
    /// Output format.
    #[arg(long)]
    to: Option<String>,
    /// The source.
    source: PathBuf,
    /// The target.
    target: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { segmented: _, to: _, source: _, target: _ } = arguments;
    anyhow::bail!("not built yet")
}
