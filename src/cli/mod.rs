//! The command line: one file a command.

mod align;
mod check;
mod names;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Finds what machine translation got wrong: names, numbers, omissions, garble.
#[derive(Parser)]
#[command(name = "recto", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    Align(align::Arguments),
    Names(names::Arguments),
}

/// Parses the arguments, runs the command, returns the exit code.
pub(crate) fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Align(arguments) => align::run(&arguments),
        Command::Names(arguments) => names::run(&arguments),
    };
    outcome.unwrap_or_else(|error| {
        anstream::eprintln!("recto: {error:#}");
        ExitCode::from(2)
    })
}
