//! An archive in parts: which records this run takes, and the counts that it leaves for `recto merge`.

use std::path::{Path, PathBuf};

use recto::archive::{Cells, Shard};
use recto::model::InputReport;

use super::files;
use super::inputs::Stream;

/// What a run of many is given and leaves
#[derive(clap::Args)]
pub(super) struct Parts {
    /// Only the records of one part of n, by a hash of their ids: 1/8, 2/8 … 8/8
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Counts of findings, verdicts and names, for `recto merge`
    #[arg(long, value_name = "FILE")]
    cells: Option<PathBuf>,
}

impl Parts {
    /// The inputs of the shard.
    pub(super) fn of(&self, inputs: Stream) -> Stream {
        match self.shard {
            Some(shard) => Box::new(inputs.filter(move |input| shard.holds(input.id()))),
            None => inputs,
        }
    }

    /// Whether a run without inputs is as it should be: a small archive leaves shards empty.
    pub(super) fn may_be_empty(&self) -> bool {
        self.shard.is_some()
    }

    /// What counts a run.
    pub(super) fn cells(&self) -> Counting<'_> {
        Counting { path: self.cells.as_deref(), cells: Cells::default() }
    }
}

/// The counts of a run, where they are wanted.
pub(super) struct Counting<'a> {
    path: Option<&'a Path>,
    cells: Cells,
}

impl Counting<'_> {
    /// What counts names, beside the checks of other inputs.
    pub(super) fn names(&self) -> impl Fn(&InputReport) -> Option<Cells> + Sync + use<> {
        let wanted = self.path.is_some();
        move |report| wanted.then(|| Cells::of_names(report))
    }

    /// Adds what was counted.
    pub(super) fn add(&mut self, names: Option<Cells>) {
        if let Some(names) = names {
            self.cells.merge(names);
        }
    }

    /// Counts what was found, decisions considered.
    pub(super) fn count(&mut self, report: &InputReport) {
        if self.path.is_some() {
            self.cells.count(report);
        }
    }

    /// Writes the counts.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        match self.path {
            Some(path) => files::replace(path, |out| self.cells.write(out)),
            None => Ok(()),
        }
    }
}
