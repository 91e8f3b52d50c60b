//! Files that are there whole or not at all: written beside their place, then moved there.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

/// Writes a file. What `write` fails at leaves the old file as it was.
pub(super) fn replace(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let attempt = || -> io::Result<()> {
        // A link is kept, and what it leads to is written.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        // Standard output and pipes by name cannot be moved over.
        if path.exists() && !path.is_file() {
            let mut out = io::BufWriter::new(std::fs::OpenOptions::new().write(true).open(&path)?);
            write(&mut out)?;
            return out.flush();
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut file = builder(&path).tempfile_in(folder.unwrap_or(Path::new(".")))?;
        {
            let mut out = io::BufWriter::new(file.as_file_mut());
            write(&mut out)?;
            out.flush()?;
        }
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    };
    attempt().with_context(|| format!("cannot write {}", path.display()))
}

/// Temporary files with the rights that the file has, or that a new file would have.
fn builder(path: &Path) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".recto-");
    let rights = std::fs::metadata(path).map(|known| known.permissions()).ok();
    #[cfg(unix)]
    let rights = {
        use std::os::unix::fs::PermissionsExt;
        Some(rights.unwrap_or_else(|| std::fs::Permissions::from_mode(0o666)))
    };
    if let Some(rights) = rights {
        builder.permissions(rights);
    }
    builder
}
