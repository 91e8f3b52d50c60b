//! Where reports go: `--to FORMAT` to standard output, `--to FORMAT=FILE` to a file, as many as one likes.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};

use recto::model::{InputReport, Report};
use recto::report::{self, Writer};

use super::files;
use super::session::Session;

/// What is done with findings.
#[derive(clap::Args, Default)]
pub(super) struct Outputs {
    /// Output format, to standard output; or with a file. May be given several times
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub(super) to: Vec<String>,
    /// Decisions, a file or `postgres://…`: findings that they cover are not reported
    #[arg(long, value_name = "PLACE")]
    pub(super) baseline: Option<PathBuf>,
}

/// One format and its place.
struct Output {
    writer: &'static dyn Writer,
    /// Standard output where there is none.
    file: Option<PathBuf>,
}

/// All outputs of a run.
pub(super) struct Writers {
    outputs: Vec<Output>,
    out: io::BufWriter<Box<dyn Write>>,
    kept: Vec<InputReport>,
    any: bool,
}

impl Writers {
    /// The outputs that were asked for; the report to read where none goes to standard output and the run is not
    /// quiet.
    pub(super) fn new(asked: &[String], session: &Session) -> anyhow::Result<Self> {
        let mut outputs = Vec::new();
        for output in asked {
            let (name, file) = match output.split_once('=') {
                Some((name, file)) => (name, Some(PathBuf::from(file))),
                None => (output.as_str(), None),
            };
            let known = || report::WRITERS.iter().map(|writer| writer.name()).collect::<Vec<_>>().join(", ");
            let writer = report::find(name)
                .with_context(|| format!("no output format `{name}`: one of {}", known()))?;
            if file.as_ref().is_some_and(|file| file.as_os_str().is_empty()) {
                bail!("`--to {output}` names no file");
            }
            if outputs.iter().any(|other: &Output| other.file == file) {
                let place = file.map_or("standard output".to_owned(), |file| file.display().to_string());
                bail!("two formats to {place}: write `--to FORMAT=FILE`");
            }
            outputs.push(Output { writer, file });
        }
        if outputs.is_empty() && !session.quiet {
            outputs.push(Output { writer: &report::text::Plain, file: None });
        }
        // Colours are for terminals; anstream takes them out elsewhere.
        let out: Box<dyn Write> = match outputs.iter().find(|output| output.file.is_none()) {
            Some(output) if output.writer.name() == "text" => Box::new(anstream::stdout()),
            _ => Box::new(io::stdout()),
        };
        Ok(Self { outputs, out: io::BufWriter::new(out), kept: Vec::new(), any: false })
    }

    /// Whether anything goes to standard output.
    pub(super) fn speaks(&self) -> bool {
        self.outputs.iter().any(|output| output.file.is_none())
    }

    /// Takes the report of one input: writes it at once where that can be done, and keeps it where it must.
    pub(super) fn take(&mut self, input: InputReport) -> io::Result<()> {
        let now = self.outputs.iter().find(|output| output.file.is_none() && output.writer.streams());
        let must = self.outputs.iter().any(|output| output.file.is_some() || !output.writer.streams());
        let mut report = Report { inputs: vec![input] };
        if let Some(output) = now {
            if self.any {
                write!(self.out, "{}", output.writer.gap())?;
            }
            output.writer.write(&report, &mut self.out)?;
        }
        self.any = true;
        if must {
            self.kept.append(&mut report.inputs);
        }
        Ok(())
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        let report = Report { inputs: std::mem::take(&mut self.kept) };
        for output in &self.outputs {
            match &output.file {
                None if output.writer.streams() => {}
                None => output.writer.write(&report, &mut self.out)?,
                Some(path) => files::replace(path, |out| {
                    // A file has no colours.
                    let mut text = Vec::new();
                    output.writer.write(&report, &mut text)?;
                    if output.writer.name() == "text" {
                        return write!(
                            out,
                            "{}",
                            anstream::adapter::strip_str(&String::from_utf8_lossy(&text))
                        );
                    }
                    out.write_all(&text)
                })?,
            }
        }
        self.out.flush()?;
        Ok(())
    }
}
