//! What git knows: which files changed, and whether a source is still the one that was translated.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use recto::read::file;

/// What git prints.
fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().context("git")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("git {}: {}", arguments.join(" "), said.lines().next().unwrap_or("failed"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Files that changed since a revision, and those that git does not know yet.
pub(super) fn changed(revision: &str) -> anyhow::Result<BTreeSet<PathBuf>> {
    if revision.starts_with('-') {
        bail!("--changed-since {revision}: no revision");
    }
    let here = Path::new(".");
    let root = git(here, &["rev-parse", "--show-toplevel"])?;
    let root = Path::new(root.trim_end_matches(['\n', '\r']));
    git(here, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])
        .with_context(|| format!("--changed-since {revision}: no revision"))?;
    // Since the two went apart: what others did meanwhile is not ours.
    let base = git(here, &["merge-base", revision, "HEAD"]).unwrap_or_else(|_| revision.to_owned());
    let tracked = git(root, &["diff", "--name-only", "-z", "--diff-filter=d", base.trim(), "--"])?;
    let new = git(root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    let names = tracked.split('\0').chain(new.split('\0')).filter(|name| !name.is_empty());
    Ok(names.filter_map(|name| root.join(name).canonicalize().ok()).collect())
}

/// How a source differs from the state that was translated: a SHA-256, the beginning of one, or a commit.
/// `None` where it does not, or where nobody can tell.
pub(super) fn change(source: &Path, revision: &str) -> Option<String> {
    let wanted = revision.trim().trim_start_matches("sha256:").to_ascii_lowercase();
    if wanted.len() < 7 || !wanted.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let digest = file::digest(source).ok()?;
    if digest.starts_with(&wanted) {
        return None;
    }
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    let folder = source.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let commit = format!("{wanted}^{{commit}}");
    if wanted.len() <= 40 && git(folder, &["rev-parse", "--verify", "--quiet", &commit]).is_ok() {
        let name = source.file_name()?.to_string_lossy();
        let names = git(folder, &["diff", "--name-only", &wanted, "--", &name]).ok()?;
        return (!names.trim().is_empty())
            .then(|| format!("it differs from the one of commit {}", short(&wanted)));
    }
    Some(format!("its SHA-256 was {} and is {}", short(&wanted), short(&digest)))
}
