//! The log in a file: appended to under a lock, flushed to the disk before anything is said, and whole after a crash.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::log::{self, Torn};
use super::store::{Appended, Store, StoreError, admit};
use super::{Log, Record};

/// Decisions in a file.
#[derive(Debug, Clone)]
pub struct FileStore {
    path: PathBuf,
}

impl FileStore {
    /// The file at a path; it need not be there yet.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    fn io(&self, error: io::Error) -> StoreError {
        StoreError::Io { name: self.name(), error }
    }

    /// The file, locked for us alone. Whoever replaces the file (an editor, a version control system) leaves us with a
    /// lock on what is gone: then again.
    fn locked(&self) -> io::Result<File> {
        loop {
            let fresh = !self.path.exists();
            let file =
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path)?;
            lock(&file, true)?;
            if fresh {
                // The file's name must be on the disk too.
                sync_folder(&self.path)?;
            }
            if is_at(&file, &self.path) {
                return Ok(file);
            }
        }
    }
}

impl Store for FileStore {
    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn read(&self) -> Result<Log, StoreError> {
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Log::default()),
            Err(error) => return Err(self.io(error)),
        };
        lock(&file, false).map_err(|error| self.io(error))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| self.io(error))?;
        Log::read(&bytes).map_err(|error| StoreError::Line { name: self.name(), error })
    }

    fn append(&self, records: Vec<Record>) -> Result<Appended, StoreError> {
        admit(&records)?;
        if records.is_empty() {
            return Ok(Appended::default());
        }
        let attempt = || -> io::Result<Appended> {
            let mut file = self.locked()?;
            let end = End::of(&mut file)?;
            let (lines, records) = log::chain(end.last.as_deref(), records)?;
            let text = format!("{}{lines}", if end.open { "\n" } else { "" });
            if end.torn.is_some() {
                file.set_len(end.length)?;
            }
            file.seek(SeekFrom::Start(end.length))?;
            let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
            if let Err(error) = written {
                // A full disk must not leave half a line behind.
                let _ = file.set_len(end.length).and_then(|()| file.sync_all());
                return Err(error);
            }
            Ok(Appended { records, repaired: end.torn })
        };
        attempt().map_err(|error| self.io(error))
    }

    fn revision(&self) -> Result<u64, StoreError> {
        match std::fs::metadata(&self.path) {
            // Whoever edits a line by hand may keep the length, and does not keep the moment.
            Ok(data) => {
                let changed = data.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
                Ok(data.len().rotate_left(40) ^ changed.map_or(0, |since| since.as_nanos() as u64))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
            Err(error) => Err(self.io(error)),
        }
    }
}

/// How a file ends.
struct End {
    /// Bytes that are whole lines, or a last one without its break.
    length: u64,
    /// The last line that is not blank.
    last: Option<String>,
    /// Whether that line lacks its break.
    open: bool,
    /// What stands after the whole lines.
    torn: Option<Torn>,
}

impl End {
    /// Reads backwards: a log may be long, and what we need is its last line.
    fn of(file: &mut File) -> io::Result<Self> {
        const STEP: u64 = 1 << 16;
        let size = file.seek(SeekFrom::End(0))?;
        let mut tail: Vec<u8> = Vec::new();
        let mut from = size;
        loop {
            let step = STEP.max(tail.len() as u64).min(from);
            from -= step;
            file.seek(SeekFrom::Start(from))?;
            let mut chunk = vec![0; step as usize];
            file.read_exact(&mut chunk)?;
            chunk.append(&mut tail);
            tail = chunk;
            if let Some(end) = Self::read(&tail, from == 0, size) {
                return Ok(end);
            }
        }
    }

    /// The end, if the last bytes of the file are enough to tell.
    fn read(tail: &[u8], whole: bool, size: u64) -> Option<Self> {
        let at = tail.iter().rposition(|&byte| byte == b'\n').map(|at| at + 1);
        let (lines, rest) = match at {
            Some(at) => tail.split_at(at),
            None if whole => (&[][..], tail),
            None => return None,
        };
        let mut end = Self { length: size - rest.len() as u64, last: None, open: false, torn: None };
        let line = as_line(rest);
        if serde_json::from_str::<Record>(&line).is_ok() {
            (end.length, end.last, end.open) = (size, Some(line), true);
            return Some(end);
        }
        if !line.trim().is_empty() {
            end.torn = Some(Torn { bytes: rest.len() });
        }
        let mut lines = lines.split(|&byte| byte == b'\n').rev().filter(|line| !line.trim_ascii().is_empty());
        match lines.next() {
            // The first line of what was read may have begun before it.
            Some(line) if whole || lines.next().is_some() => end.last = Some(as_line(line)),
            None if whole => {}
            _ => return None,
        }
        Some(end)
    }
}

/// A line as [`Log`] reads it.
fn as_line(bytes: &[u8]) -> String {
    let line = String::from_utf8_lossy(bytes);
    let line = line.strip_prefix('\u{FEFF}').unwrap_or(&line);
    line.trim_end_matches('\r').to_owned()
}

/// Locks a file, until it is closed. A file system that knows no locks has to do without.
fn lock(file: &File, alone: bool) -> io::Result<()> {
    let now = if alone { file.try_lock() } else { file.try_lock_shared() };
    let locked = match now {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) if alone => file.lock(),
        Err(TryLockError::WouldBlock) => file.lock_shared(),
        Err(TryLockError::Error(error)) => Err(error),
    };
    match locked {
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(()),
        other => other,
    }
}

/// Whether a path still leads to an open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Writes a folder's list of names to the disk.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"v":1,"at":"2026-05-01T10:00:00Z","decision":"accept","scope":"everywhere","check":"omission","reason":"cut for length"}"#;

    fn record(reason: &str) -> Record {
        Record { reason: reason.into(), ..serde_json::from_str(LINE).expect("a record") }
    }

    fn store(folder: &tempfile::TempDir) -> FileStore {
        FileStore::new(&folder.path().join("d.ndjson"))
    }

    #[test]
    fn what_was_torn_is_taken_out_and_told_and_the_chain_goes_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(&folder);
        store.append(vec![record("one"), record("две")]).expect("stored");
        let whole = std::fs::read(&store.path).expect("a file");
        let last = whole.iter().position(|&byte| byte == b'\n').expect("a line") + 1;
        // A crash at any byte of the last line. Without its break alone it is whole.
        for cut in last..=whole.len() {
            std::fs::write(&store.path, &whole[..cut]).expect("a file");
            let appended = store.append(vec![record("three")]).expect("stored");
            let torn = (last + 1..whole.len() - 1).contains(&cut);
            assert_eq!(appended.repaired.is_some(), torn, "{cut}");
            let log = store.read().expect("a log");
            let expected = if cut < whole.len() - 1 { 2 } else { 3 };
            assert_eq!((log.records().len(), log.audit().is_sound()), (expected, true), "{cut}");
        }
    }

    #[test]
    fn long_lines_and_marks_at_the_start_are_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(&folder);
        std::fs::write(&store.path, format!("\u{FEFF}{LINE}\r\n\r\n")).expect("a file");
        store.append(vec![record("x")]).expect("stored");
        let long = Record { source: vec!["ж".repeat(9_000)], ..record("long") };
        for _ in 0..12 {
            store.append(vec![long.clone()]).expect("stored");
        }
        let audit = store.read().expect("a log").audit();
        assert_eq!((audit.lines, audit.is_sound()), (14, true));
    }

    #[test]
    fn records_that_may_not_stand_are_refused_together() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(&folder);
        let bad = [
            Record { reason: " ".into(), ..record("x") },
            Record { at: "yesterday".into(), ..record("x") },
            Record { scope: super::super::Scope::Document, ..record("x") },
            Record { confidence: Some(f64::NAN), ..record("x") },
            Record { target_sha256: Some("12".into()), ..record("x") },
            Record { reason: "x".repeat(30_000), ..record("x") },
        ];
        for bad in bad {
            assert!(store.append(vec![record("good"), bad]).is_err());
        }
        assert!(store.read().expect("nothing").records().is_empty());
    }

    #[test]
    fn many_writers_at_once_lose_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(&folder);
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let store = &store;
                scope.spawn(move || {
                    for turn in 0..25 {
                        store.append(vec![record(&format!("{writer}/{turn}"))]).expect("stored");
                        assert!(store.read().expect("a log").torn().is_none());
                    }
                });
            }
        });
        let log = store.read().expect("a log");
        assert_eq!((log.records().len(), log.audit().is_sound()), (200, true));
    }
}
