//! `recto baseline`: the file of decisions.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;

use recto::decisions::{Acceptance, Baseline, Decision, Log, Record, Store};

use super::session::Session;
use super::sink::Sink;
use super::{Outcome, Shared, check, clock, decisions};

/// Keep what was decided about findings: accept what is there, take out what is gone, show
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check, and accept every finding that is not covered yet
    Update(Update),
    /// Check, and take out decisions about the checked texts that cover nothing any more, and expired ones
    Prune(check::Arguments),
    /// Add decisions that the HTML report exported
    Import(Import),
    /// Show the decisions that count
    Show(Show),
}

#[derive(clap::Args)]
struct Update {
    /// Why they may stay
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// As what, where a finding blocks; it then stays, and warns
    #[arg(long, value_name = "NAME")]
    role: Option<String>,
    /// They count until either text changes, instead of for the words wherever they move
    #[arg(long)]
    until_changed: bool,
    /// The day from which they count no more, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    expires: Option<String>,
    /// accept, false-alarm or wont-fix
    #[arg(long, value_name = "DECISION", default_value = "accept")]
    decision: String,
    #[command(flatten)]
    check: check::Arguments,
}

#[derive(clap::Args)]
struct Import {
    /// Decisions, one a line
    file: PathBuf,
    /// The file of decisions, or `postgres://…`
    #[arg(long, value_name = "PLACE")]
    baseline: Option<PathBuf>,
}

#[derive(clap::Args)]
struct Show {
    /// The file of decisions, or `postgres://…`
    #[arg(long, value_name = "PLACE")]
    baseline: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    match &arguments.command {
        Command::Update(update) => self::update(update, shared),
        Command::Prune(check) => prune(check, shared),
        Command::Import(import) => self::import(import, shared),
        Command::Show(show) => self::show(show, shared),
    }
}

fn update(arguments: &Update, shared: &Shared) -> anyhow::Result<Outcome> {
    let decision = match arguments.decision.as_str() {
        "accept" => Decision::Accept,
        "false-alarm" => Decision::FalseAlarm,
        "wont-fix" => Decision::WontFix,
        other => bail!("no decision `{other}`: one of accept, false-alarm, wont-fix"),
    };
    if arguments.expires.as_deref().is_some_and(|day| !recto::decisions::log::is_day(day)) {
        bail!("--expires is a day, YYYY-MM-DD");
    }
    if arguments.reason.trim().is_empty() {
        bail!("--reason says why the findings may stay");
    }
    changed(&arguments.check, shared, |baseline, now| {
        let mut records = baseline.update(&Acceptance {
            at: now,
            by: arguments.by.as_deref(),
            role: arguments.role.as_deref(),
            reason: &arguments.reason,
            until_changed: arguments.until_changed,
        });
        for record in records.iter_mut().filter(|record| record.reason == arguments.reason) {
            record.decision = decision;
            record.expires.clone_from(&arguments.expires);
        }
        records
    })
}

fn prune(arguments: &check::Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    changed(arguments, shared, Baseline::prune)
}

/// Checks, and appends the records that follow from it.
fn changed(
    arguments: &check::Arguments,
    shared: &Shared,
    records: impl FnOnce(&Baseline, &str) -> Vec<Record>,
) -> anyhow::Result<Outcome> {
    let mut session = Session::new(shared)?;
    // The report is not what was asked for, unless a format was.
    let quiet = std::mem::replace(&mut session.quiet, true);
    let store = store(&session, arguments.outputs.baseline.as_deref())?;
    let mut sink = Sink::new(&arguments.outputs, &session)?;
    check::run_into(arguments, &mut sink)?;
    let (_, baseline) = sink.baseline().context("no file of decisions")?;
    let records = records(baseline, &clock::now());
    let outcome = sink.finish()?;
    let count = records.len();
    session.quiet = quiet;
    append(&*store, records, &session)?;
    session.note(&format!("{}: {count} lines added", store.name()));
    // What was found is what was wanted: only texts that could not be read are a failure.
    Ok(if outcome == Outcome::Unread { outcome } else { Outcome::Fine })
}

fn append(store: &dyn Store, records: Vec<Record>, session: &Session) -> anyhow::Result<()> {
    if let Some(torn) = store.append(records)?.repaired {
        session.note(&format!("{}: {torn}, and was taken out", store.name()));
    }
    Ok(())
}

fn store(session: &Session, given: Option<&Path>) -> anyhow::Result<Box<dyn Store>> {
    let store = session.store(given)?;
    store.context("no file of decisions: give --baseline FILE, or `baseline` in recto.toml")
}

fn import(arguments: &Import, shared: &Shared) -> anyhow::Result<Outcome> {
    let session = Session::new(shared)?;
    let store = store(&session, arguments.baseline.as_deref())?;
    let new =
        std::fs::read_to_string(&arguments.file).with_context(|| arguments.file.display().to_string())?;
    let new = Log::parse(&new).with_context(|| arguments.file.display().to_string())?;
    let log = store.read()?;
    let same = |one: &Record, other: &Record| {
        Record { prev: None, ..one.clone() } == Record { prev: None, ..other.clone() }
    };
    let fresh: Vec<Record> = (new.records().iter().map(|(_, record)| record.clone()))
        .filter(|record| !log.records().iter().any(|(_, known)| same(known, record)))
        .collect();
    let count = fresh.len();
    append(&*store, fresh, &session)?;
    session.note(&format!("{}: {count} lines added", store.name()));
    Ok(Outcome::Fine)
}

fn show(arguments: &Show, shared: &Shared) -> anyhow::Result<Outcome> {
    let session = Session::new(shared)?;
    decisions::show(&*store(&session, arguments.baseline.as_deref())?, None, &session)
}
