//! Shell completions and the man page, generated from the definitions of the arguments.

use std::io;

use clap::CommandFactory;

use super::Outcome;

/// Print the completions for a shell
#[derive(clap::Args)]
pub(super) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// Print the man page
#[derive(clap::Args)]
pub(super) struct Man {}

pub(super) fn completions(arguments: &Completions) -> anyhow::Result<Outcome> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "recto", &mut text);
    io::Write::write_all(&mut io::stdout().lock(), &text)?;
    Ok(Outcome::Fine)
}

pub(super) fn man() -> anyhow::Result<Outcome> {
    clap_mangen::Man::new(super::Arguments::command()).render(&mut io::stdout().lock())?;
    Ok(Outcome::Fine)
}
