//! `recto decisions`: the trail of who decided what, when and why.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};

use recto::decisions::{Baseline, Record, Scope, Store};
use recto::report::escape;

use super::session::Session;
use super::{Outcome, Shared, clock};

/// The trail of decisions: whether it holds together, what it says, and a copy of it
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Tell whether every line follows the one before; status 1 if not
    Verify(Verify),
    /// Show the decisions that count, or all that were ever taken
    Show(Show),
    /// Write every decision to standard output, for an audit
    Export(Export),
}

/// Where decisions are kept
#[derive(clap::Args)]
struct Place {
    /// The file of decisions, or `postgres://…`; that of the settings where not given
    #[arg(long, value_name = "PLACE")]
    baseline: Option<PathBuf>,
}

#[derive(clap::Args)]
struct Verify {
    #[command(flatten)]
    place: Place,
    /// What `verify` printed as the head before: nothing may have been cut off since
    #[arg(long, value_name = "SHA256")]
    head: Option<String>,
}

#[derive(clap::Args)]
struct Show {
    #[command(flatten)]
    place: Place,
    /// Every line in order, with those that later ones replaced
    #[arg(long)]
    all: bool,
    /// Only about this document
    #[arg(long, value_name = "NAME")]
    document: Option<String>,
}

#[derive(clap::Args)]
struct Export {
    #[command(flatten)]
    place: Place,
    /// Format
    #[arg(long, value_enum, default_value_t = To::Ndjson)]
    to: To,
    /// Only from this day on, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum To {
    /// The lines as they are
    Ndjson,
    /// A table for a spreadsheet
    Csv,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    match &arguments.command {
        Command::Verify(verify) => self::verify(verify, &Session::new(shared)?),
        Command::Show(show) => {
            let session = Session::new(shared)?;
            let store = open(&show.place, &session)?;
            let only = show.document.as_deref();
            if show.all { history(&*store, only) } else { self::show(&*store, only, &session) }
        }
        Command::Export(export) => self::export(export, &Session::new(shared)?),
    }
}

fn open(place: &Place, session: &Session) -> anyhow::Result<Box<dyn Store>> {
    let store = session.store(place.baseline.as_deref())?;
    store.context("no file of decisions: give --baseline FILE, or `baseline` in recto.toml")
}

fn verify(arguments: &Verify, session: &Session) -> anyhow::Result<Outcome> {
    let store = open(&arguments.place, session)?;
    let log = store.read()?;
    let audit = log.audit();
    let mut out = std::io::stdout().lock();
    let name = escape::harmless(&store.name());
    let mut tell = |lines: &[usize], what: &str| {
        lines.iter().try_for_each(|line| writeln!(out, "{name}:{line}: {what}"))
    };
    tell(&audit.broken, "does not follow the line before it: changed, taken out, or merged")?;
    tell(&audit.loose, "does not say which line it follows: put in by hand")?;
    tell(&audit.early, "is dated before the line before it")?;
    if let Some(torn) = audit.torn {
        writeln!(out, "{name}: {torn}; the next decision takes it out")?;
    }
    let cut = match &arguments.head {
        Some(head) if !log.holds(head.trim()) => {
            writeln!(
                out,
                "{name}: holds no line with the hash {}: cut off or changed",
                escape::harmless(head)
            )?;
            true
        }
        _ => false,
    };
    let sound = audit.is_sound() && !cut;
    let word = if sound { "sound" } else { "not sound" };
    let lines = if audit.lines == 1 { "line" } else { "lines" };
    writeln!(out, "{name}: {} {lines}, {word}", audit.lines)?;
    if let Some(head) = audit.head {
        writeln!(out, "head {head}")?;
    }
    Ok(if sound { Outcome::Fine } else { Outcome::Blocked })
}

/// The decisions that count.
pub(super) fn show(store: &dyn Store, only: Option<&str>, session: &Session) -> anyhow::Result<Outcome> {
    let log = store.read()?;
    let baseline = Baseline::new(&log, &clock::today());
    let mut out = std::io::stdout().lock();
    for entry in baseline.entries() {
        if only.is_none_or(|only| entry.record.document.as_deref() == Some(only)) {
            let expired = baseline.is_expired(&entry);
            one(entry.record, expired, &mut out)?;
        }
    }
    for line in log.broken() {
        session.note(&format!("{}:{line}: does not follow the line before it", store.name()));
    }
    Ok(Outcome::Fine)
}

/// Every decision, oldest first.
fn history(store: &dyn Store, only: Option<&str>) -> anyhow::Result<Outcome> {
    let log = store.read()?;
    let mut out = std::io::stdout().lock();
    for (line, record) in log.records() {
        if only.is_none_or(|only| record.document.as_deref() == Some(only)) {
            write!(out, "{line}. ")?;
            one(record, false, &mut out)?;
        }
    }
    Ok(Outcome::Fine)
}

fn one(record: &Record, expired: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let safe = escape::harmless;
    let place = match record.scope {
        Scope::Finding if record.count > 1 => {
            format!("{} ×{}", record.document.as_deref().unwrap_or_default(), record.count)
        }
        Scope::Finding => record.document.clone().unwrap_or_default(),
        Scope::Document => format!("{}, all", record.document.as_deref().unwrap_or_default()),
        Scope::Pair => format!("every {}", record.pair.as_deref().unwrap_or_default()),
        Scope::Everywhere => "everywhere".to_owned(),
    };
    writeln!(out, "{}  {}  {}", safe(&record.check), record.decision.as_str(), safe(&place))?;
    let quotes: Vec<String> =
        record.source.iter().chain(&record.target).map(|quote| format!("‹{quote}›")).collect();
    writeln!(out, "    {}", safe(&quotes.join(" ")))?;
    let role = record.role.as_deref().map(|role| format!(" as {role}")).unwrap_or_default();
    let by = record.by.as_deref().map(|by| format!(", {by}{role}")).unwrap_or_default();
    let day: String = record.at.chars().take(10).collect();
    let until = match &record.expires {
        Some(day) if expired => format!(", expired on {day}"),
        Some(day) => format!(", until {day}"),
        None => String::new(),
    };
    writeln!(out, "    {}", safe(&format!("{} ({day}{by}{until})", record.reason)))?;
    Ok(())
}

fn export(arguments: &Export, session: &Session) -> anyhow::Result<Outcome> {
    let since = arguments.since.as_deref();
    if since.is_some_and(|day| !recto::decisions::log::is_day(day)) {
        bail!("--since is a day, YYYY-MM-DD");
    }
    let store = open(&arguments.place, session)?;
    let log = store.read()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if matches!(arguments.to, To::Csv) {
        writeln!(
            out,
            "line,at,by,role,decision,scope,check,severity,confidence,document,pair,source,target,count,reason,expires,\
             fingerprint,source_sha256,target_sha256,tool"
        )?;
    }
    for ((number, record), line) in log.records().iter().zip(log.lines()) {
        if since.is_some_and(|day| record.at.as_str() < day) {
            continue;
        }
        match arguments.to {
            To::Ndjson => writeln!(out, "{line}")?,
            To::Csv => writeln!(out, "{number},{}", row(record).join(","))?,
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// The cells of a record after its number.
fn row(record: &Record) -> Vec<String> {
    let given = |text: &Option<String>| cell(text.as_deref().unwrap_or_default());
    let scope = match record.scope {
        Scope::Finding => "finding",
        Scope::Document => "document",
        Scope::Pair => "pair",
        Scope::Everywhere => "everywhere",
    };
    vec![
        cell(&record.at),
        given(&record.by),
        given(&record.role),
        record.decision.as_str().to_owned(),
        scope.to_owned(),
        cell(&record.check),
        record.severity.map(|severity| severity.as_str().to_owned()).unwrap_or_default(),
        record.confidence.map(|confidence| confidence.to_string()).unwrap_or_default(),
        given(&record.document),
        given(&record.pair),
        cell(&record.source.join(" | ")),
        cell(&record.target.join(" | ")),
        record.count.to_string(),
        cell(&record.reason),
        given(&record.expires),
        given(&record.fingerprint),
        given(&record.source_sha256),
        given(&record.target_sha256),
        given(&record.tool),
    ]
}

/// A cell of CSV. A spreadsheet takes what begins so for a formula, and would carry it out.
fn cell(text: &str) -> String {
    let text = match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_text_and_nothing_else() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("two\nlines, one cell"), "\"two\nlines, one cell\"");
        assert_eq!(cell("Цена 5"), "Цена 5");
    }
}
