//! `recto feed`: a translated feed against the feed it was made from, item by item.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use recto::model::Verdict;
use recto::read::feed::{self, PairBy};
use recto::read::formats::{self, Options};

use super::check::known;
use super::files;
use super::inputs::format;
use super::output::Outputs;
use super::session::Session;
use super::sink::Sink;
use super::{Outcome, Shared};

/// Check a translated feed against the feed it was made from, item by item
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The feed in the original language: RSS, Atom, JSON Feed, NINJS, NewsML-G2
    #[arg(value_name = "OLD")]
    source: PathBuf,
    /// The translated feed
    #[arg(value_name = "NEW")]
    target: PathBuf,
    /// By what items are paired
    #[arg(long, value_enum, default_value_t = By::Guid)]
    pair_by: By,
    /// Write the translated feed again, without the items that are blocked or could not be checked
    #[arg(long, value_name = "FILE")]
    emit_filtered: Option<PathBuf>,
    /// Language of the original feed; what the feed says, or detected, where not given
    #[arg(long, value_name = "TAG")]
    source_lang: Option<String>,
    /// Language of the translated feed; what the feed says, or detected, where not given
    #[arg(long, value_name = "TAG")]
    target_lang: Option<String>,
    /// Input format of both, instead of what their content says
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,
    #[command(flatten)]
    outputs: Outputs,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    /// The id that a feed promises never to change, or what an item says it translates
    Guid,
    /// The address
    Link,
    /// The order
    Position,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let session = Session::new(shared)?;
    let checker = &session.checker;
    known(arguments.source_lang.as_deref())?;
    known(arguments.target_lang.as_deref())?;
    let mut sink = Sink::new(&arguments.outputs, &session)?;
    let format = format(arguments.from.as_deref())?;
    let read = |path: &Path, language: &Option<String>| {
        let options = Options { target_language: language.clone(), ..Options::default() };
        formats::items(path, format, &options)
    };
    let (_, sources) = read(&arguments.source, &arguments.source_lang)?;
    let (file, targets) = read(&arguments.target, &arguments.target_lang)?;
    let by = match arguments.pair_by {
        By::Guid => PairBy::Guid,
        By::Link => PairBy::Link,
        By::Position => PairBy::Position,
    };
    let mut refused = Vec::new();
    let mut items = targets.iter();
    checker.check_each(feed::pair(&sources, &targets, by).into_iter(), |mut report| {
        sink.settle(&mut report);
        // A report an item, in order.
        let passed = matches!(report.verdict, Some(Verdict::Pass | Verdict::Warn));
        refused.extend(items.next().filter(|_| !passed).map(|item| item.span));
        sink.put(report);
    });
    if let Some(path) = &arguments.emit_filtered {
        let kept = feed::without(&file.text, &refused);
        files::replace(path, |out| out.write_all(kept.as_bytes()))?;
    }
    sink.finish()
}
