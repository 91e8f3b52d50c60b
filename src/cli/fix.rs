//! `--fix`: replacements that findings carry are put into the files, or shown as a diff.

use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::path::Path;

use similar::TextDiff;

use recto::fix;
use recto::model::{InputReport, Subject};
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

/// Fixes the target of a report, checks again, and hands on what is then found.
pub(super) fn fix(mut input: InputReport, fixing: Fixing, sink: &mut Sink<'_>) -> anyhow::Result<()> {
    sink.settle(&mut input);
    let Some(original) = target(&input).map(|document| document.text.clone()) else {
        sink.put(input);
        return Ok(());
    };
    let name = target(&input).map(|document| document.name.clone()).unwrap_or_default();
    let path = Path::new(&name);
    // Only a file whose bytes are the text that was checked: anything else would lose what was around it.
    if std::fs::read(path).ok().is_none_or(|bytes| bytes != original.as_bytes()) {
        if !fix::plan(&input, 0.0).edits.is_empty() {
            sink.session.note(&format!("{name}: cannot be fixed in place: it is no plain text file"));
        }
        sink.put(input);
        return Ok(());
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
    if plan.overlapping > 0 {
        sink.session
            .note(&format!("{name}: {} replacements touch each other and are left", plan.overlapping));
    }
    if plan.unsure > 0 {
        sink.session.detail(&format!("{name}: {} replacements are not sure enough", plan.unsure));
    }
    if text != original {
        if fixing.dry_run {
            show(&name, &original, &text)?;
        } else {
            files::replace(path, |out| out.write_all(text.as_bytes()))?;
            let replacements = if made == 1 { "replacement" } else { "replacements" };
            sink.session.note(&format!("{name}: {made} {replacements} made"));
        }
    }
    sink.put(input);
    Ok(())
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
