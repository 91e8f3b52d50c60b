//! `recto names`: do two spellings name one?

use std::process::ExitCode;

/// Compare spellings of names.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Input format.
    #[arg(long)]
    from: Option<String>,
    /// Output format.
    #[arg(long)]
    to: Option<String>,
    /// The names, or `-`.
    names: Vec<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { from: _, to: _, names: _ } = arguments;
    anyhow::bail!("not built yet")
}
