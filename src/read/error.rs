//! Why something cannot be read: file and place.

/// Megabytes that one text may hold: a shelf of novels, far more than an article.
pub const LARGEST: usize = 16;

/// Megabytes that one file may hold, unpacked: a translation memory, a year of a feed.
pub const LARGEST_FILE: usize = 256;

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("{name}: {reason}")]
    Io {
        /// The file.
        name: String,
        /// What the system says.
        reason: String,
    },
    /// A folder.
    #[error("{name}: is a folder, not a text")]
    Folder {
        /// The folder.
        name: String,
    },
    /// Nothing visible.
    #[error("{name}: is empty")]
    Empty {
        /// The file.
        name: String,
    },
    /// Zero bytes: no text in any encoding we read.
    #[error("{name}:{line}:{column}: holds a zero byte: this is a binary file, not a text")]
    Binary {
        /// The file.
        name: String,
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
    },
    /// More than one text may hold.
    #[error("{name}: holds {megabytes} MB in one text, more than {LARGEST} MB: split it")]
    Large {
        /// The file or row.
        name: String,
        /// Its size, rounded up.
        megabytes: usize,
    },
    /// More than one file may hold, unpacked.
    #[error("{name}: holds more than {LARGEST_FILE} MB unpacked: split it")]
    LargeFile {
        /// The file.
        name: String,
    },
    /// Neither UTF-8 nor surely anything else.
    #[error(
        "{name}:{line}:{column}: is not UTF-8 (byte 0x{byte:02X}): convert the file, for example with iconv"
    )]
    Encoding {
        /// The file.
        name: String,
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// The first byte that does not fit.
        byte: u8,
    },
    /// It is not what its format asks for.
    #[error("{name}:{line}:{column}: {message}")]
    Format {
        /// The file.
        name: String,
        /// Line, from 1.
        line: usize,
        /// Column in code points, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// It is read, and holds nothing to check.
    #[error("{name}: {message}")]
    Nothing {
        /// The file.
        name: String,
        /// What is missing.
        message: String,
    },
}

impl ReadError {
    /// The system's refusal of a file.
    pub(super) fn io(name: &str, error: &std::io::Error) -> Self {
        // The system's reason without its error number.
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "no such file".into(),
            std::io::ErrorKind::PermissionDenied => "not allowed to read it".into(),
            _ => error.to_string(),
        };
        Self::Io { name: name.to_owned(), reason }
    }
}
