//! `recto align`: which sentence translates which.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use recto::align::{self, Options};

/// Align a translation with its source.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// One segment a line already.
    #[arg(long)]
    segmented: bool,
    /// Output format.
    #[arg(long)]
    to: Option<String>,
    /// The source.
    source: PathBuf,
    /// The target.
    target: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let read = |path: &PathBuf| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    let (source, target) = (read(&arguments.source)?, read(&arguments.target)?);
    let lines = |text: &'static str| text.lines().collect::<Vec<_>>();
    let (source, target) = (lines(source.leak()), lines(target.leak()));
    let alignment = align::align_segments(&source, &target, &Options::default());
    let mut out = io::BufWriter::new(io::stdout().lock());
    for bead in &alignment.beads {
        let list = |range: &std::ops::Range<usize>| {
            range.clone().map(|index| index.to_string()).collect::<Vec<_>>().join(", ")
        };
        writeln!(out, "[{}]:[{}]", list(&bead.source), list(&bead.target))?;
    }
    Ok(ExitCode::SUCCESS)
}
