//! The command line: one file a command. The only place that touches the terminal, the environment and the
//! clock.

mod align;
mod baseline;
mod check;
mod clock;
mod compare;
mod decisions;
mod entities;
mod explain;
mod feed;
mod files;
mod fix;
mod generate;
mod git;
mod inputs;
mod learn;
mod ledger;
mod list;
mod merge;
mod names;
mod output;
mod parts;
mod resume;
mod serve;
mod session;
mod settings;
mod sink;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use recto::lang::packs::Pack;

/// Finds what machine translation got wrong: names, numbers, omissions, garble.
///
/// It claims, with evidence and how sure it is; a person decides. It works offline and says the same every time.
#[derive(Parser)]
#[command(name = "recto", version, max_term_width = 100, after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "\
Examples:
  recto check article.pt.txt
  recto check --source article.en.txt article.pt.txt
  recto compare agency.en.txt daily.ru.txt radio.zh.txt
  recto explain name-mismatch

Exit status:
  0  pass or warn
  1  block: a critical finding that is sure enough, or a threshold of recto.toml
  2  usage, settings, or nothing to check
  3  some input could not be read; the others were checked";

/// What every command takes.
#[derive(clap::Args)]
struct Shared {
    /// Settings file, instead of the nearest recto.toml
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Worker threads; 0 for one a core
    #[arg(long, global = true, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// No report on standard output unless --to asks for one, and no notes
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say which settings and decisions are used
    #[arg(long, short, global = true)]
    verbose: bool,
    /// Language pack written by `recto learn`, beside what is built in; may be given several times
    #[arg(long = "pack", global = true, value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// Termbase of the newsroom, TBX or a table with a column a language; may be given several times
    #[arg(long = "termbase", global = true, value_name = "FILE")]
    termbases: Vec<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    Compare(compare::Arguments),
    Feed(feed::Arguments),
    Serve(serve::Arguments),
    Align(align::Arguments),
    Merge(merge::Arguments),
    Entities(entities::Arguments),
    Baseline(baseline::Arguments),
    Decisions(decisions::Arguments),
    Names(names::Arguments),
    Learn(learn::Arguments),
    Explain(explain::Arguments),
    List(list::Arguments),
    Config(settings::Arguments),
    Completions(generate::Completions),
    Man(generate::Man),
}

impl Shared {
    /// The language packs named.
    fn read_packs(&self) -> anyhow::Result<Vec<Pack>> {
        let read = |path: &PathBuf| {
            let name = || path.display().to_string();
            let bytes = std::fs::read(path).with_context(name)?;
            Pack::from_bytes(&bytes).with_context(name)
        };
        self.packs.iter().map(read).collect()
    }
}

/// How a run ended, worst last to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Pass or warn.
    Fine,
    /// Block.
    Blocked,
    /// Some input could not be read.
    Unread,
}

impl Outcome {
    /// The exit status.
    fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Fine => 0,
            Self::Blocked => 1,
            Self::Unread => 3,
        })
    }
}

/// Parses the arguments, runs the command, returns the exit code.
pub(crate) fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let shared = &arguments.shared;
    if let Err(error) = rayon::ThreadPoolBuilder::new().num_threads(shared.threads).build_global() {
        anstream::eprintln!("recto: {error}");
    }
    let outcome = match &arguments.command {
        Command::Check(command) => check::run(command, shared),
        Command::Compare(command) => compare::run(command, shared),
        Command::Baseline(command) => baseline::run(command, shared),
        Command::Decisions(command) => decisions::run(command, shared),
        Command::Align(command) => return finish(align::run(command, shared)),
        Command::Feed(command) => feed::run(command, shared),
        Command::Merge(command) => merge::run(command, shared),
        Command::Serve(command) => serve::run(command, shared),
        Command::Entities(command) => entities::run(command),
        Command::Names(command) => return finish(names::run(command)),
        Command::Learn(command) => return finish(learn::run(command)),
        Command::Explain(command) => explain::run(command),
        Command::List(command) => list::run(command),
        Command::Config(command) => settings::run(command, shared),
        Command::Completions(command) => generate::completions(command),
        Command::Man(_) => generate::man(),
    };
    finish(outcome.map(Outcome::code))
}

fn finish(outcome: anyhow::Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        // A reader that has seen enough closes the pipe: no fault of ours.
        let closed = error.chain().any(|cause| {
            let error = cause.downcast_ref::<std::io::Error>();
            error.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
        });
        if closed {
            return ExitCode::SUCCESS;
        }
        anstream::eprintln!("recto: {error:#}");
        let unread = error.downcast_ref::<recto::read::ReadError>().is_some();
        if unread { Outcome::Unread.code() } else { ExitCode::from(2) }
    })
}
