//! `recto config`: the settings a run would use.

use std::io::Write;

use anyhow::Context;

use recto::config::Settings;

use super::{Outcome, Shared};

/// Show the settings: those of the file, or all that a run would use
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Every setting, defaults filled in
    #[arg(long)]
    effective: bool,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let here = std::env::current_dir().context("the working folder")?;
    let (settings, path) = Settings::find(shared.config.as_deref(), &here)?;
    let mut out = std::io::stdout().lock();
    match path {
        Some(path) => writeln!(out, "# {}", path.display())?,
        None => writeln!(out, "# no recto.toml here or above: the defaults")?,
    }
    let shown = if arguments.effective { settings.effective() } else { settings };
    write!(out, "{}", toml::to_string(&shown)?)?;
    Ok(Outcome::Fine)
}
