//! An interrupted run goes on: the answers that are there are kept, half a line is taken out, and the rest is appended.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use anyhow::{Context, bail};

use recto::archive::answers::Head;

use super::output::Writers;
use super::session::Session;

/// The answers of the earlier run with their places, read as they are asked for.
pub(super) type Earlier = Box<dyn Iterator<Item = anyhow::Result<(String, Head)>>>;

/// Opens a file of answers to go on with: those that it holds, and writers that append to it.
pub(super) fn open(path: &Path, session: &Session) -> anyhow::Result<(Earlier, Writers)> {
    let name = path.display().to_string();
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let file = file.as_mut().map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
    let mut file = file.try_clone().with_context(|| name.clone())?;
    // Two runs that append to one file would spoil it. The lock is held as long as the writers are.
    if matches!(file.try_lock(), Err(std::fs::TryLockError::WouldBlock)) {
        bail!("{name}: another run writes to it");
    }
    let end = whole_lines(&mut file).with_context(|| name.clone())?;
    let length = file.metadata().with_context(|| name.clone())?.len();
    if end < length {
        session.note(&format!("{name}: the last line was only half written, and is taken out"));
        file.set_len(end).with_context(|| name.clone())?;
    }
    let earlier = File::open(path).with_context(|| name.clone())?;
    let lines = BufReader::new(earlier.take(end)).split(b'\n').enumerate();
    let answers = lines.map(move |(index, line)| {
        let place = format!("{name}:{}", index + 1);
        let line = line.with_context(|| place.clone())?;
        let head = serde_json::from_slice(&line).with_context(|| place.clone())?;
        Ok((place, head))
    });
    file.seek(SeekFrom::Start(end))?;
    Ok((Box::new(answers), Writers::appending(file)))
}

/// Bytes up to the end of the last whole line.
fn whole_lines(file: &mut File) -> std::io::Result<u64> {
    const STEP: u64 = 1 << 16;
    let mut end = file.seek(SeekFrom::End(0))?;
    while end > 0 {
        let start = end.saturating_sub(STEP);
        let mut chunk = vec![0; (end - start) as usize];
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut chunk)?;
        if let Some(at) = chunk.iter().rposition(|&byte| byte == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}
