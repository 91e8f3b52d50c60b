//! Plain text in UTF-8.

use std::path::Path;

/// Megabytes that one text may hold: a shelf of novels, far more than an article.
pub const LARGEST: usize = 16;

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
    /// Not UTF-8.
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
}

/// Reads a file, or standard input where the path is `-`.
pub fn file(path: &Path) -> Result<String, ReadError> {
    let name = path.display().to_string();
    let io = |error: std::io::Error| ReadError::Io { name: name.clone(), reason: reason(&error) };
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map_err(io)?;
        bytes
    } else {
        if path.is_dir() {
            return Err(ReadError::Folder { name });
        }
        std::fs::read(path).map_err(io)?
    };
    text(&name, bytes)
}

/// Bytes to text.
pub fn text(name: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    let name = name.to_owned();
    if bytes.len() > LARGEST << 20 {
        return Err(ReadError::Large { name, megabytes: bytes.len().div_ceil(1 << 20) });
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        let (line, column) = place(&bytes, at);
        return Err(ReadError::Binary { name, line, column });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let (line, column) = place(error.as_bytes(), at);
        ReadError::Encoding { name: name.clone(), line, column, byte: error.as_bytes()[at] }
    })?;
    if text.chars().all(|c| c.is_whitespace() || c.is_control() || crate::lang::text::is_invisible(c)) {
        return Err(ReadError::Empty { name });
    }
    Ok(text)
}

fn place(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = &bytes[..at];
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    (line, at - start + 1)
}

/// The system's reason without its error number.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".into(),
        std::io::ErrorKind::PermissionDenied => "not allowed to read it".into(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_file_and_place() {
        let error = text("a.txt", b"ok\nbad \xFF here".to_vec()).expect_err("not UTF-8");
        assert_eq!(
            error.to_string(),
            "a.txt:2:5: is not UTF-8 (byte 0xFF): convert the file, for example with iconv"
        );
        let error = text("b", b"x\0".to_vec()).expect_err("binary");
        assert!(error.to_string().starts_with("b:1:2: holds a zero byte"));
        assert_eq!(text("c", b" \n\t\x01".to_vec()), Err(ReadError::Empty { name: "c".into() }));
    }
}
