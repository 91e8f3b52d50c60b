//! `--fix`: replacements that findings carry are put into the files, or shown as a diff.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use similar::TextDiff;

use recto::fix::{self, Edit, Plan};
use recto::model::{Finding, InputReport, Side, Subject};
use recto::pipeline::{Input, Text};

use super::files;
use super::sink::Sink;

/// What to do with replacements.
#[derive(clap::Args, Default, Clone, Copy)]
pub(super) struct Fixing {
    /// Put replacements that are sure enough into the files
    #[arg(long)]
    pub(super) fix: bool,
    /// With --fix: show the changes as a diff, and change nothing
    #[arg(long, requires = "fix")]
    pub(super) dry_run: bool,
}

/// Rounds after which a text that still changes is left as it is then.
const ROUNDS: usize = 8;

/// A replacement in a file, and the words that must stand there.
struct FileEdit {
    edit: Edit,
    words: String,
}

/// Fixes texts as their reports come, and files that hold more than a text at the end.
pub(super) struct Fixes {
    fixing: Fixing,
    files: BTreeMap<String, Vec<FileEdit>>,
}

impl Fixes {
    /// Nothing fixed yet.
    pub(super) fn new(fixing: Fixing) -> Self {
        Self { fixing, files: BTreeMap::new() }
    }

    /// Fixes the target of a report, and hands on what is then left.
    pub(super) fn take(&mut self, mut input: InputReport, sink: &mut Sink<'_>) -> anyhow::Result<()> {
        sink.settle(&mut input);
        if target(&input).is_some_and(|document| document.origin.is_some()) {
            self.plan(&mut input, sink);
        } else {
            input = self.text(input, sink)?;
        }
        sink.put(input);
        Ok(())
    }

    /// A text that is all of its file: fixed, checked again, and fixed until nothing is left to fix.
    fn text(&self, mut input: InputReport, sink: &mut Sink<'_>) -> anyhow::Result<InputReport> {
        let Some(document) = target(&input) else { return Ok(input) };
        let (name, original) = (document.name.clone(), document.text.clone());
        let path = Path::new(&name);
        if std::fs::read(path).ok().is_none_or(|bytes| bytes != original.as_bytes()) {
            if !fix::plan(&input, 0.0).edits.is_empty() {
                sink.session
                    .note(&format!("{name}: cannot be fixed: its text is not in a file of that name"));
            }
            return Ok(input);
        }
        let least = sink.session.settings.fix.least();
        let (mut text, mut made) = (original.clone(), 0);
        let mut plan = fix::plan(&input, least);
        for _ in 0..ROUNDS {
            if plan.edits.is_empty() {
                break;
            }
            made += plan.edits.len();
            text = fix::apply(&text, &plan.edits);
            input = again(&input, &text, sink);
            sink.settle(&mut input);
            plan = fix::plan(&input, least);
        }
        tell(&name, &plan, sink);
        if text != original {
            self.put(&name, &original, &text, made, sink)?;
        }
        Ok(input)
    }

    /// A text in markup, or one of many in a file: what may be replaced is kept for the end, and no longer reported.
    fn plan(&mut self, input: &mut InputReport, sink: &Sink<'_>) {
        let plan = fix::plan(input, sink.session.settings.fix.least());
        let Some(document) = target(input) else { return };
        let file = document.file().to_owned();
        tell(&file, &plan, sink);
        let mut done: Vec<Edit> = Vec::new();
        for edit in &plan.edits {
            for in_file in fix::in_file(document, std::slice::from_ref(edit)) {
                let words = document.excerpt(edit.span).to_owned();
                self.files.entry(file.clone()).or_default().push(FileEdit { edit: in_file, words });
                done.push(edit.clone());
            }
        }
        if done.len() < plan.edits.len() {
            let left = plan.edits.len() - done.len();
            sink.session.note(&format!("{file}: {left} replacements reach into markup and are left"));
        }
        let fixed = |finding: &Finding| {
            let place = finding.places.iter().find(|place| place.side == Side::Target);
            finding.replacement().zip(place).is_some_and(|(text, place)| {
                done.iter().any(|edit| edit.span == place.span && edit.text == text)
            })
        };
        input.findings.retain(|finding| !fixed(finding));
        sink.session.checker.judge(input);
    }

    /// Fixes the files that were kept for the end.
    pub(super) fn finish(mut self, sink: &Sink<'_>) -> anyhow::Result<()> {
        for (name, mut edits) in std::mem::take(&mut self.files) {
            let original = std::fs::read_to_string(&name).with_context(|| name.clone())?;
            edits.sort_by(|a, b| a.edit.cmp(&b.edit));
            edits.dedup_by(|a, b| a.edit == b.edit);
            let apart = edits.windows(2).all(|pair| pair[0].edit.span.end <= pair[1].edit.span.start);
            let there = edits.iter().all(|one| one.edit.span.of(&original) == one.words);
            if !(apart && there) {
                sink.session.note(&format!("{name}: is not as it was read, and is left"));
                continue;
            }
            let edits: Vec<Edit> = edits.into_iter().map(|one| one.edit).collect();
            self.put(&name, &original, &fix::apply(&original, &edits), edits.len(), sink)?;
        }
        Ok(())
    }

    /// Shows or writes a file.
    fn put(&self, name: &str, before: &str, after: &str, made: usize, sink: &Sink<'_>) -> anyhow::Result<()> {
        if self.fixing.dry_run {
            show(name, before, after)?;
            return Ok(());
        }
        files::replace(Path::new(name), |out| out.write_all(after.as_bytes()))?;
        let replacements = if made == 1 { "replacement" } else { "replacements" };
        sink.session.note(&format!("{name}: {made} {replacements} made"));
        Ok(())
    }
}

/// Says what is left.
fn tell(name: &str, plan: &Plan, sink: &Sink<'_>) {
    if plan.overlapping > 0 {
        sink.session
            .note(&format!("{name}: {} replacements touch each other and are left", plan.overlapping));
    }
    if plan.unsure > 0 {
        sink.session.detail(&format!("{name}: {} replacements are not sure enough", plan.unsure));
    }
}

fn target(input: &InputReport) -> Option<&recto::model::Document> {
    match &input.subject {
        Subject::Text(document) => Some(document),
        Subject::Bitext(bitext) => Some(&bitext.target),
        _ => None,
    }
}

/// Checks the same input with another text of the target.
fn again(input: &InputReport, text: &str, sink: &Sink<'_>) -> InputReport {
    let of = |document: &recto::model::Document, text: &str| {
        Text::new(document.name.as_str(), Some(&document.language.tag), text)
    };
    let id = input.id.clone();
    sink.session.checker.check(match &input.subject {
        Subject::Bitext(bitext) => Input::Pair {
            id,
            source: of(&bitext.source, &bitext.source.text),
            target: of(&bitext.target, text),
        },
        other => match other.documents().first() {
            Some(document) => Input::Text { id, target: of(document, text) },
            None => Input::Unreadable { id, error: "nothing to fix".into() },
        },
    })
}

/// A diff that `patch` takes. A runner that reads the log is told not to carry out what the article says.
fn show(name: &str, before: &str, after: &str) -> std::io::Result<()> {
    let diff = TextDiff::from_lines(before, after);
    let diff =
        diff.unified_diff().context_radius(1).header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    let mut out = std::io::stdout().lock();
    let risky = diff.contains("::") || diff.contains("##[");
    if risky && std::env::var_os("GITHUB_ACTIONS").is_some() {
        // A word that the article cannot know.
        let word = format!("{:016x}{:016x}", RandomState::new().hash_one(1), RandomState::new().hash_one(2));
        return write!(out, "::stop-commands::{word}\n{diff}\n::{word}::\n");
    }
    write!(out, "{diff}")
}
