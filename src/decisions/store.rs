//! Where the log is kept. Whatever it is, lines are only added, each follows the one before, and what was said to be
//! stored is still there after the power fails.

use std::path::Path;

use super::file::FileStore;
use super::log::{LogError, Torn};
use super::{Log, Record};

/// A place for decisions. Several processes may use it at once.
pub trait Store: Send + Sync {
    /// What to call it in a message.
    fn name(&self) -> String;

    /// Everything decided. What is not there yet is empty.
    fn read(&self) -> Result<Log, StoreError>;

    /// Appends records, each with the hash of the line before it. Refuses all of them if one may not stand in a log.
    /// When it returns they are safe.
    fn append(&self, records: Vec<Record>) -> Result<Appended, StoreError>;

    /// Something that differs whenever [`Store::read`] would: cheap to ask for.
    fn revision(&self) -> Result<u64, StoreError>;
}

/// What an append did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Appended {
    /// The records as they stand in the log.
    pub records: Vec<Record>,
    /// A half-written last line that was taken out, the trace of a crash.
    pub repaired: Option<Torn>,
}

/// Why decisions could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system says so.
    #[error("{name}: {error}")]
    Io {
        /// The file.
        name: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// A line is no record.
    #[error("{name}: {error}")]
    Line {
        /// The file or the table.
        name: String,
        /// Which line, and what is wrong.
        error: LogError,
    },
    /// What was to be appended may not stand in a log.
    #[error("{0}")]
    Refused(String),
    /// The database says so.
    #[error("{name}: {message}")]
    Database {
        /// The database, without a password.
        name: String,
        /// What it says.
        message: String,
    },
}

/// Whether a place is one in a database rather than a file.
pub fn is_database(location: &Path) -> bool {
    location.to_str().is_some_and(|text| text.starts_with("postgres://") || text.starts_with("postgresql://"))
}

/// The store at a place: a path, or `postgres://…`. `password` is for a database whose place names none.
pub fn open(location: &Path, password: Option<&str>) -> Result<Box<dyn Store>, StoreError> {
    if !is_database(location) {
        return Ok(Box::new(FileStore::new(location)));
    }
    database(&location.to_string_lossy(), password)
}

#[cfg(feature = "postgres")]
fn database(location: &str, password: Option<&str>) -> Result<Box<dyn Store>, StoreError> {
    Ok(Box::new(super::postgres::PostgresStore::connect(location, password)?))
}

#[cfg(not(feature = "postgres"))]
fn database(_: &str, _: Option<&str>) -> Result<Box<dyn Store>, StoreError> {
    let message = "this recto is built without PostgreSQL (feature `postgres`)";
    Err(StoreError::Database { name: "decisions".into(), message: message.into() })
}

/// Refuses records that may not stand in a log.
pub(super) fn admit(records: &[Record]) -> Result<(), StoreError> {
    records.iter().try_for_each(Record::check).map_err(StoreError::Refused)
}
