//! The newsroom's ledger on disk: read, written whole or not at all, reviewed.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};

use recto::ledger::{Entry, Known, Ledger};
use recto::model::Story;

/// Reads a ledger that must be there.
pub(super) fn read(path: &Path) -> anyhow::Result<Ledger> {
    let text = fs::read_to_string(path).with_context(|| format!("the ledger {}", path.display()))?;
    Ledger::parse(&text).with_context(|| format!("the ledger {}", path.display()))
}

/// Takes a story into the ledger and writes it where that changed it; `review` lists what is new in it.
pub(super) fn keep(path: &Path, story: &Story, date: Option<&str>, review: bool) -> anyhow::Result<()> {
    let day = match date {
        Some(day) if is_day(day) => day.to_owned(),
        Some(day) => bail!("no day `{day}`: write it like 2026-11-28"),
        None => today(),
    };
    let before = if path.exists() || story.documents.is_empty() { read(path)? } else { Ledger::default() };
    let old = before.to_text();
    let count = before.entities.len();
    let mut known = Known::from(before);
    known.learn(story, Some(&day));
    let after = known.into_ledger();
    let text = after.to_text();
    if (text != old || !path.exists()) && !story.documents.is_empty() {
        write(path, &text).with_context(|| format!("the ledger {}", path.display()))?;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    if !story.documents.is_empty() {
        writeln!(
            out,
            "{}: {} entries, {} new",
            path.display(),
            after.entities.len(),
            after.entities.len() - count
        )?;
    }
    if review {
        let mut any = false;
        for entry in after.unreviewed() {
            any = true;
            list(entry, &mut out)?;
        }
        let advice =
            if any { "To accept an entry, set its status to \"accepted\"." } else { "Nothing to review." };
        writeln!(out, "{advice}")?;
    }
    Ok(out.flush()?)
}

/// One entry: its name, then a line for each kind of knowledge.
fn list(entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({})", entry.name, entry.kind.as_str())?;
    for (language, spellings) in &entry.spellings {
        writeln!(out, "  {language}: {}", spellings.join(", "))?;
    }
    for office in &entry.roles {
        let of = office.of.as_ref().map(|key| format!(" of {key}")).unwrap_or_default();
        let seen = match (&office.first, &office.last) {
            (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
            (Some(day), _) | (_, Some(day)) => format!(", {day}"),
            _ => String::new(),
        };
        writeln!(out, "  {}{of}{seen}", office.role)?;
    }
    writeln!(out, "  seen in {}", entry.sources.join(", "))
}

/// Writes beside the file and moves it there: a reader sees the old text or the new one, never half of it.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&beside, path));
    if moved.is_err() {
        // What could not be finished is not left lying about; the first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    moved
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok()).unwrap_or_default();
    text.len() == 10 && parts.len() == 3 && (1..=12).contains(&number(1)) && (1..=31).contains(&number(2))
}

/// Today in UTC, from the days since 1970 (the civil calendar by Howard Hinnant's arithmetic).
#[allow(clippy::disallowed_methods, reason = "the day a ledger was kept; --date gives another")]
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let days = (seconds / 86_400) as i64 + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
