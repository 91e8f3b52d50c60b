//! Where reports go: standard output in the format asked for, streaming where the format allows it.

use std::io::{self, Write};

use anyhow::Context;

use recto::model::{InputReport, Report, Verdict};
use recto::report::{self, Writer, json};

use super::Outcome;

/// Takes reports in input order and writes them.
pub(super) struct Sink {
    writer: &'static dyn Writer,
    out: io::BufWriter<Box<dyn Write>>,
    kept: Vec<InputReport>,
    outcome: Outcome,
    failed: io::Result<()>,
    any: bool,
}

impl Sink {
    /// A sink for a format; the report to read where none is named.
    pub(super) fn new(format: Option<&str>) -> anyhow::Result<Self> {
        let name = format.unwrap_or("text");
        let known = || report::WRITERS.iter().map(|writer| writer.name()).collect::<Vec<_>>().join(", ");
        let writer =
            report::find(name).with_context(|| format!("no output format `{name}`: one of {}", known()))?;
        // Colours are for terminals; anstream takes them out elsewhere.
        let out: Box<dyn Write> =
            if name == "text" { Box::new(anstream::stdout()) } else { Box::new(io::stdout()) };
        Ok(Self {
            writer,
            out: io::BufWriter::new(out),
            kept: Vec::new(),
            outcome: Outcome::Fine,
            failed: Ok(()),
            any: false,
        })
    }

    /// Takes the report of one input.
    pub(super) fn take(&mut self, input: InputReport) {
        if input.error.is_some() {
            self.outcome = Outcome::Unread;
        } else if input.verdict == Some(Verdict::Block) && self.outcome == Outcome::Fine {
            self.outcome = Outcome::Blocked;
        }
        if self.failed.is_err() {
            return;
        }
        match self.writer.name() {
            "jsonl" => self.failed = json::line(&input, &mut self.out),
            "text" => {
                let gap = if self.any { writeln!(self.out) } else { Ok(()) };
                let report = Report { inputs: vec![input] };
                self.failed = gap.and_then(|()| self.writer.write(&report, &mut self.out));
            }
            _ => self.kept.push(input),
        }
        self.any = true;
    }

    /// Says that a run without inputs is as it should be.
    pub(super) fn allow_nothing(&mut self) {
        self.any = true;
    }

    /// Writes what is left and tells how the run ended.
    pub(super) fn finish(mut self) -> anyhow::Result<Outcome> {
        self.failed?;
        if !self.any {
            anyhow::bail!("nothing to check");
        }
        if !matches!(self.writer.name(), "jsonl" | "text") {
            self.writer.write(&Report { inputs: self.kept }, &mut self.out)?;
        }
        self.out.flush()?;
        Ok(self.outcome)
    }
}
