//! Takes reports in input order: decisions and comments first, then score and verdict, then the outputs.

use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::bail;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use recto::decisions::overriding::Policy;
use recto::decisions::{Baseline, Store};
use recto::model::{InputReport, Verdict};
use recto::settle;

use super::inputs::Stream;
use super::output::{Outputs, Writers};
use super::parts::Counting;
use super::resume::{self, Earlier};
use super::session::Session;
use super::{Outcome, clock};

/// Takes reports in input order and writes them.
pub(super) struct Sink<'a> {
    pub(super) session: &'a Session,
    writers: Writers,
    baseline: Option<(Box<dyn Store>, Baseline)>,
    /// Answers of a run that was interrupted.
    earlier: Option<Earlier>,
    outcome: Outcome,
    failed: std::io::Result<()>,
    count: usize,
    may_be_empty: bool,
    progress: Progress,
}

impl<'a> Sink<'a> {
    /// A sink for what was asked for.
    pub(super) fn new(outputs: &Outputs, session: &'a Session) -> anyhow::Result<Self> {
        let writers = Writers::new(&outputs.to, session)?;
        let baseline = match session.store(outputs.baseline.as_deref())? {
            Some(store) => {
                let log = store.read()?;
                for line in log.broken() {
                    let what = "does not follow the line before it: changed, taken out, or merged";
                    session.note(&format!("{}:{line}: {what}", store.name()));
                }
                if let Some(torn) = log.torn() {
                    session.note(&format!("{}: {torn}, and is left out", store.name()));
                }
                let policy = Policy::of_roles(&session.settings.decisions.roles);
                Some((store, Baseline::new(&log, &clock::today()).with_policy(policy)))
            }
            None => None,
        };
        Ok(Self::with(writers, baseline, session))
    }

    /// A sink that appends to a file of answers after those that it holds.
    pub(super) fn resuming(path: &Path, outputs: &Outputs, session: &'a Session) -> anyhow::Result<Self> {
        let (earlier, writers) = resume::open(path, session)?;
        let mut sink = Self::new(outputs, session)?;
        (sink.writers, sink.earlier) = (writers, Some(earlier));
        Ok(sink)
    }

    fn with(writers: Writers, baseline: Option<(Box<dyn Store>, Baseline)>, session: &'a Session) -> Self {
        let progress = Progress::new(session.quiet || (writers.speaks() && anstream::stdout().is_terminal()));
        Self {
            session,
            writers,
            baseline,
            earlier: None,
            outcome: Outcome::Fine,
            failed: Ok(()),
            count: 0,
            may_be_empty: false,
            progress,
        }
    }

    /// Passes over inputs whose answers are there from an earlier run, and takes account of them.
    pub(super) fn pass_over(&mut self, inputs: &mut Stream) -> anyhow::Result<()> {
        let Some(earlier) = self.earlier.take() else { return Ok(()) };
        let fail_on = self.session.settings.fail_on.unwrap_or_default();
        for answer in earlier {
            let (place, answer) = answer?;
            match inputs.next() {
                Some(input) if input.id() == answer.id => {}
                Some(input) => {
                    bail!("{place}: answers `{}`, and the next record is `{}`", answer.id, input.id())
                }
                None => bail!("{place}: answers `{}`, and there are no more records", answer.id),
            }
            let verdict = answer.verdict.as_deref().and_then(Verdict::named);
            self.note_outcome(answer.error.is_some(), verdict.is_some_and(|verdict| fail_on.fails(verdict)));
            self.count += 1;
        }
        self.session.detail(&format!("{} answers are there already", self.count));
        Ok(())
    }

    fn note_outcome(&mut self, unread: bool, fails: bool) {
        if unread {
            self.outcome = Outcome::Unread;
        } else if fails && self.outcome == Outcome::Fine {
            self.outcome = Outcome::Blocked;
        }
    }

    /// Leaves out what comments in the text and decisions cover, and judges what is left.
    pub(super) fn settle(&mut self, input: &mut InputReport) {
        let baseline = self.baseline.as_mut().map(|(_, baseline)| baseline);
        settle::settle(&self.session.checker, input, baseline);
    }

    /// Takes the report of one input.
    pub(super) fn take(&mut self, mut input: InputReport) {
        self.settle(&mut input);
        self.put(input);
    }

    /// The same, and counts it.
    pub(super) fn take_counted(&mut self, mut input: InputReport, counting: &mut Counting<'_>) {
        self.settle(&mut input);
        counting.count(&input);
        self.put(input);
    }

    /// Takes the report of one input that is settled.
    pub(super) fn put(&mut self, input: InputReport) {
        let fail_on = self.session.settings.fail_on.unwrap_or_default();
        let fails = input.verdict.is_some_and(|verdict| fail_on.fails(verdict));
        self.note_outcome(input.error.is_some(), fails);
        self.count += 1;
        self.progress.tick(self.count);
        if self.failed.is_ok() {
            self.failed = self.writers.take(input);
        }
    }

    /// The baseline that was asked for, and where it is kept.
    pub(super) fn baseline(&self) -> Option<&(Box<dyn Store>, Baseline)> {
        self.baseline.as_ref()
    }

    /// Says that a run without inputs is as it should be.
    pub(super) fn allow_nothing(&mut self) {
        self.may_be_empty = true;
    }

    /// Writes what is left and tells how the run ended.
    pub(super) fn finish(self) -> anyhow::Result<Outcome> {
        self.progress.done();
        self.failed?;
        if self.count == 0 && !self.may_be_empty {
            anyhow::bail!("nothing to check");
        }
        self.writers.finish()?;
        self.session.detail(&format!("{} inputs", self.count));
        if let Some((store, baseline)) = &self.baseline {
            let name = store.name();
            let expired = baseline.entries().filter(|entry| baseline.is_expired(entry)).count();
            let unused = baseline.unused().filter(|entry| !baseline.is_expired(entry)).count();
            let used: usize = baseline.entries().map(|entry| entry.used).sum();
            self.session.detail(&format!("{name}: covers {used} findings"));
            let lapsed = baseline.lapsed().count();
            for (count, what) in [
                (unused, "no longer found"),
                (lapsed, "lapsed, since the text changed"),
                (expired, "expired"),
            ] {
                if count > 0 {
                    let entries = if count == 1 { "entry" } else { "entries" };
                    let remedy = "`recto baseline prune` takes them out";
                    self.session.note(&format!("{name}: {count} {entries} {what}; {remedy}"));
                }
            }
            let refused = baseline.refused().count();
            if refused > 0 {
                let entries = if refused == 1 { "entry is" } else { "entries are" };
                let why = "to decide against a block takes a role";
                self.session.note(&format!("{name}: {refused} {entries} not enough: {why}"));
            }
        }
        Ok(self.outcome)
    }
}

/// A bar on a terminal, for runs that last.
struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    hidden: bool,
}

impl Progress {
    fn new(hidden: bool) -> Self {
        Self { bar: None, start: Instant::now(), hidden: hidden || !std::io::stderr().is_terminal() }
    }

    fn tick(&mut self, count: usize) {
        if self.hidden || self.start.elapsed() < Duration::from_secs(1) {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
            let style = ProgressStyle::with_template("{spinner} {pos} checked, {per_sec}");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        });
        bar.set_position(count as u64);
    }

    fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
