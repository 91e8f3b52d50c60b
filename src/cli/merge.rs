//! `recto merge`: what the parts of an archive left, as one run would have left it.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use recto::archive::answers::{Answers, Head, merge_reports};
use recto::archive::{Cells, drift};
use recto::ledger::Ledger;
use recto::model::Verdict;
use recto::read::{file, jsonl};

use super::session::Session;
use super::{Outcome, Shared, files, ledger};

/// Put together what the parts of an archive left: answers, reports, cells or ledgers, to standard output
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The archive (jsonl) whose order answers and reports are to have; ordered by id where not given
    #[arg(long, value_name = "FILE")]
    order: Option<PathBuf>,
    /// Of cells: keep whom they name in this ledger, instead of writing the cells
    #[arg(long, value_name = "FILE", conflicts_with = "drift")]
    ledger: Option<PathBuf>,
    /// Of cells: the names whose usual spelling changed from one month to another, instead of the cells
    #[arg(long)]
    drift: bool,
    /// What `recto check --to jsonl`, `--to json` or `--cells` wrote, or ledgers: all of one kind
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Answers,
    Report,
    Cells,
    Ledger,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let session = Session::new(shared)?;
    let mut kinds = Vec::new();
    for path in &arguments.files {
        // A part in which nothing was to do left an empty file, which is of any kind.
        kinds.extend(kind(path)?.map(|kind| (kind, path)));
    }
    let asked = arguments.ledger.is_some() || arguments.drift;
    let first = kinds.first().map_or(if asked { Kind::Cells } else { Kind::Answers }, |(kind, _)| *kind);
    if let Some((_, path)) = kinds.iter().find(|(kind, _)| *kind != first) {
        bail!("{}: is not of the same kind as {}", path.display(), kinds[0].1.display());
    }
    if asked && first != Kind::Cells {
        bail!("--ledger and --drift are made of cells");
    }
    if arguments.order.is_some() && !matches!(first, Kind::Answers | Kind::Report) {
        bail!("--order is for answers and reports");
    }
    match first {
        Kind::Answers => answers(arguments, &session),
        Kind::Report => reports(arguments, &session),
        Kind::Cells => cells(arguments),
        Kind::Ledger => ledgers(arguments),
    }
}

/// Told by the beginning.
fn kind(path: &Path) -> anyhow::Result<Option<Kind>> {
    let name = || path.display().to_string();
    let mut reader = BufReader::new(File::open(path).with_context(name)?);
    loop {
        let chunk = reader.fill_buf().with_context(name)?;
        if chunk.is_empty() {
            return Ok(None);
        }
        let blank = chunk.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blank < chunk.len() {
            reader.consume(blank);
            break;
        }
        reader.consume(blank);
    }
    let head: String = String::from_utf8_lossy(reader.fill_buf().with_context(name)?)
        .chars()
        .filter(|character| !character.is_whitespace())
        .take(16)
        .collect();
    let kinds = [
        ("{\"cell\":", Kind::Cells),
        ("{\"schema\":", Kind::Report),
        ("{\"version\":", Kind::Ledger),
        ("{\"id\":", Kind::Answers),
    ];
    let known = kinds.iter().find(|(start, _)| head.starts_with(start)).map(|(_, kind)| *kind);
    known
        .map(Some)
        .with_context(|| format!("{}: holds neither answers, a report, cells nor a ledger", name()))
}

/// The ids of an archive, in order.
fn order(path: &Path) -> anyhow::Result<impl Iterator<Item = String> + use<>> {
    let rows = jsonl::rows(path.display().to_string(), file::lines(path)?, (None, None));
    Ok(rows.map(|input| input.id().to_owned()))
}

fn answers(arguments: &Arguments, session: &Session) -> anyhow::Result<Outcome> {
    let open =
        |path: &PathBuf| File::open(path).with_context(|| path.display().to_string()).map(BufReader::new);
    let parts: Vec<_> = arguments.files.iter().map(open).collect::<Result<_, _>>()?;
    let at =
        |part: usize| arguments.files.get(part).map(|path| path.display().to_string()).unwrap_or_default();
    let answers = Answers::new(parts).map_err(|(part, fault)| anyhow::anyhow!("{}: {fault}", at(part)))?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let fail_on = session.settings.fail_on.unwrap_or_default();
    let (mut unread, mut blocked) = (false, false);
    let each = |line: &[u8]| {
        let head: Option<Head> = serde_json::from_slice(line).ok();
        unread |= head.as_ref().is_none_or(|head| head.error.is_some());
        let verdict = head.and_then(|head| Verdict::named(&head.verdict?));
        blocked |= verdict.is_some_and(|verdict| fail_on.fails(verdict));
    };
    let left = match &arguments.order {
        Some(path) => answers.write_in_order(order(path)?, &mut out, each)?,
        None => answers.write_sorted(&mut out, each).map(|()| 0)?,
    };
    out.flush()?;
    if left > 0 {
        bail!("{left} answers are to no record of the archive");
    }
    Ok(outcome(unread, blocked))
}

fn reports(arguments: &Arguments, session: &Session) -> anyhow::Result<Outcome> {
    let mut texts = Vec::new();
    for path in &arguments.files {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        if !text.trim().is_empty() {
            texts.push(text);
        }
    }
    let ids: Option<Vec<String>> = arguments.order.as_deref().map(order).transpose()?.map(Iterator::collect);
    let merged = merge_reports(&texts, ids.as_deref()).map_err(|(part, fault)| {
        let name = arguments.files.get(part).map(|path| path.display().to_string()).unwrap_or_default();
        anyhow::anyhow!("{name}: {fault}")
    })?;
    std::io::stdout().lock().write_all(merged.as_bytes())?;
    let report: serde_json::Value = serde_json::from_str(&merged)?;
    let fail_on = session.settings.fail_on.unwrap_or_default();
    let verdict = report["verdict"].as_str().and_then(Verdict::named);
    let unread =
        report["inputs"].as_array().is_some_and(|all| all.iter().any(|one| one["error"].is_string()));
    Ok(outcome(unread, verdict.is_some_and(|verdict| fail_on.fails(verdict))))
}

fn outcome(unread: bool, blocked: bool) -> Outcome {
    match (unread, blocked) {
        (true, _) => Outcome::Unread,
        (_, true) => Outcome::Blocked,
        _ => Outcome::Fine,
    }
}

fn cells(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut cells = Cells::default();
    for path in &arguments.files {
        let name = || path.display().to_string();
        let reader = BufReader::new(File::open(path).with_context(name)?);
        cells.read(reader).map_err(anyhow::Error::msg).with_context(name)?;
    }
    if let Some(path) = &arguments.ledger {
        let before = if path.exists() { ledger::read(path)? } else { Ledger::default() };
        let text = cells.ledger(before).to_text();
        files::replace(path, |out| out.write_all(text.as_bytes()))?;
        return Ok(Outcome::Fine);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    if arguments.drift {
        for one in drift::of(&cells, Ledger::default()) {
            recto::report::escape::json_line(&one, &mut out)?;
        }
    } else {
        cells.write(&mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

fn ledgers(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut merged = Ledger::default();
    for path in &arguments.files {
        if kind(path)?.is_some() {
            merged = merged.join(ledger::read(path)?);
        }
    }
    std::io::stdout().lock().write_all(merged.to_text().as_bytes())?;
    Ok(Outcome::Fine)
}
