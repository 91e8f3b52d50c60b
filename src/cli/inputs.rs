//! What the user names, as inputs: files, folders, patterns, standard input, pairs in a manifest.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use recto::pipeline::{Input, Text};
use recto::read::feed::{self, PairBy};
use recto::read::formats::{self, Content, Format, Options};
use recto::read::pairing::{self, Pair};
use recto::read::{ReadError, file, jsonl};

use super::check::known;
use super::git;

/// What to read
#[derive(clap::Args)]
pub(super) struct Inputs {
    /// The source that the translations are of: a file, or a folder of files with the same names
    #[arg(long, value_name = "PATH")]
    source: Option<PathBuf>,
    /// Language of the source, a tag such as pt-BR; detected where not given. With folders, files that differ
    /// in a tag are paired: en/x.md and pt/x.md, x.en.txt and x.pt.txt
    #[arg(long, value_name = "TAG")]
    source_lang: Option<String>,
    /// Language of the translations; detected where not given
    #[arg(long, value_name = "TAG")]
    target_lang: Option<String>,
    /// Input format, instead of what the extension or the content says: `recto list formats`
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,
    /// Columns of tables by role: source=EN,target=PT, or numbers where columns have no names
    #[arg(long, value_name = "ROLE=COLUMN,…", value_delimiter = ',')]
    columns: Vec<String>,
    /// A manifest of pairs: TOML with [[pair]], or a JSON object a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["source", "targets"])]
    pairs: Option<PathBuf>,
    /// Rows of jsonl stand for themselves: places are told in a record's own text instead of the file, so that answers
    /// do not depend on how an archive is split
    #[arg(long)]
    records: bool,
    /// Only files that changed since a revision of git, in translation or source
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// The translations: files, folders, patterns such as 'news/**/*.pt.md'; - is standard input
    #[arg(required_unless_present = "pairs", value_name = "PATH")]
    targets: Vec<PathBuf>,
}

/// A run's inputs.
pub(super) type Stream = Box<dyn Iterator<Item = Input>>;

impl Inputs {
    /// Everything the user names, read as it is asked for.
    pub(super) fn stream(&self) -> anyhow::Result<Stream> {
        known(self.source_lang.as_deref())?;
        known(self.target_lang.as_deref())?;
        let format = format(self.from.as_deref())?;
        let options = Options {
            source_language: self.source_lang.clone(),
            target_language: self.target_lang.clone(),
            columns: columns(&self.columns)?,
        };
        let mut pairs: Vec<_> = self.plan(format)?.into_iter().map(|pair| (pair, None)).collect();
        if let Some(revision) = &self.changed_since {
            let changed = git::changed(revision)?;
            let is_new = |path: &PathBuf| path.canonicalize().is_ok_and(|path| changed.contains(&path));
            pairs.retain_mut(|(pair, change)| {
                let (source, target) = (pair.source.as_ref().is_some_and(is_new), is_new(&pair.target));
                if source && !target {
                    *change = Some(format!("it changed since {revision} and the translation did not"));
                }
                source || target
            });
            if pairs.is_empty() {
                anstream::eprintln!("recto: nothing changed since {revision}");
            }
        }
        let records = self.records;
        let inputs = move |(pair, change)| read(&pair, change, format, &options, records);
        Ok(Box::new(pairs.into_iter().flat_map(inputs)))
    }

    /// Whether the inputs are rows of one file.
    pub(super) fn rows(&self) -> bool {
        self.from.as_deref() == Some("jsonl")
    }

    /// Whether a run without inputs is as it should be: nothing changed.
    pub(super) fn may_be_empty(&self) -> bool {
        self.changed_since.is_some()
    }

    fn plan(&self, format: Option<&'static Format>) -> anyhow::Result<Vec<Pair>> {
        if let Some(manifest) = &self.pairs {
            return Ok(pairing::manifest(manifest)?);
        }
        let mut out = Vec::new();
        for target in &self.targets {
            let written = target.to_string_lossy();
            let pattern = written.contains(['*', '?', '[']) && !target.exists();
            if target.is_dir() || pattern {
                out.extend(self.several(target, pattern.then_some(&written))?);
                continue;
            }
            let format = format.or_else(|| formats::by_extension(target));
            if self.source.is_some() && format.is_some_and(|format| format.name == "jsonl") {
                bail!("--source is for texts: a row of jsonl holds its own source");
            }
            out.push(Pair { source: self.source.clone(), target: target.clone(), ..Pair::default() });
        }
        Ok(out)
    }

    /// The files of a folder or of a pattern.
    fn several(&self, target: &Path, pattern: Option<&str>) -> anyhow::Result<Vec<Pair>> {
        let pairs = match (&self.source, pattern) {
            (Some(source), None) if source.is_dir() => pairing::across(source, target)?,
            (source, _) => {
                let files = match pattern {
                    Some(pattern) => pairing::glob(pattern).map_err(anyhow::Error::msg)?,
                    None => pairing::files(target)?,
                };
                match &self.source_lang {
                    Some(tag) if source.is_none() => {
                        pairing::by_name(&files, tag, self.target_lang.as_deref())
                    }
                    _ => files
                        .into_iter()
                        .map(|target| Pair { source: source.clone(), target, ..Pair::default() })
                        .collect(),
                }
            }
        };
        if pairs.is_empty() {
            let what = if self.source_lang.is_some() && self.source.is_none() {
                "no file in it is the translation of another: paths must differ in a tag of a language"
            } else {
                "holds no file of a format that recto reads"
            };
            bail!("{}: {what}", target.display());
        }
        Ok(pairs)
    }
}

/// The format of a name.
pub(super) fn format(name: Option<&str>) -> anyhow::Result<Option<&'static Format>> {
    let Some(name) = name else { return Ok(None) };
    let all = || formats::FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    formats::find(name).map(Some).with_context(|| format!("no input format `{name}`: one of {}", all()))
}

fn columns(written: &[String]) -> anyhow::Result<Vec<(String, String)>> {
    let roles = ["source", "target", "id", "source_lang", "target_lang"];
    let column = |pair: &String| {
        let (role, column) =
            pair.split_once('=').with_context(|| format!("--columns {pair}: ROLE=COLUMN"))?;
        if !roles.contains(&role) {
            bail!("--columns {pair}: no role `{role}`: one of {}", roles.join(", "));
        }
        Ok((role.to_owned(), column.to_owned()))
    };
    written.iter().map(column).collect()
}

/// The inputs of one pair of paths. `change` is what is known to have happened to the source alone.
fn read(
    pair: &Pair,
    change: Option<String>,
    format: Option<&'static Format>,
    options: &Options,
    records: bool,
) -> Stream {
    let id = pair.id.clone().unwrap_or_else(|| pair.target.display().to_string());
    let rows = format.or_else(|| formats::by_extension(&pair.target)).filter(|format| format.name == "jsonl");
    if pair.source.is_none() && rows.is_some() {
        return stream(&pair.target, options, records);
    }
    let inputs = read_pair(pair, &id, change, format, options);
    match inputs {
        Ok(inputs) => Box::new(inputs.into_iter()),
        Err(error) => Box::new(std::iter::once(Input::Unreadable { id, error: error.to_string() })),
    }
}

fn read_pair(
    pair: &Pair,
    id: &str,
    change: Option<String>,
    format: Option<&'static Format>,
    options: &Options,
) -> Result<Vec<Input>, ReadError> {
    let own = |language: &Option<String>, default: &Option<String>| Options {
        target_language: language.clone().or_else(|| default.clone()),
        ..options.clone()
    };
    let for_target = own(&pair.target_language, &options.target_language);
    let mut target = item_or_file(&pair.target, format, &for_target)?;
    // A translation may say itself what it is of.
    let made_from = match &target {
        Content::Text(text) => text.made_from.clone(),
        _ => None,
    };
    let named = made_from.as_ref().and_then(|made| {
        let path = pair.target.parent()?.join(made.path.as_ref()?);
        path.is_file().then_some(path)
    });
    if let (Some(source), Content::Text(text)) = (pair.source.as_ref().or(named.as_ref()), &mut target) {
        let mut made = made_from.unwrap_or_default();
        made.revision = pair.made_from.clone().or(made.revision);
        // What the translation says it was made from is more than that it was left alone.
        made.change = match made.revision.as_deref() {
            Some(revision) => git::change(source, revision),
            None => change,
        };
        text.made_from = Some(made);
    }
    let Some(path) = pair.source.as_ref().or(named.as_ref()) else {
        return Ok(match target {
            Content::Text(target) => vec![Input::Text { id: id.to_owned(), target: *target }],
            Content::Rows(rows) => rows,
            Content::Items(items) => {
                let items = items.into_iter().map(|item| match item.text {
                    Ok(target) => Input::Text { id: target.name.clone(), target },
                    Err(error) => Input::Unreadable {
                        id: item.guid.unwrap_or_else(|| id.to_owned()),
                        error: error.to_string(),
                    },
                });
                items.collect()
            }
        });
    };
    let source = item_or_file(path, format, &own(&pair.source_language, &options.source_language))?;
    let refuse =
        |message: &str| ReadError::Nothing { name: path.display().to_string(), message: message.into() };
    match (source, target) {
        (Content::Text(source), Content::Text(target)) => {
            Ok(vec![Input::Pair { id: id.to_owned(), source: *source, target: *target }])
        }
        (Content::Items(sources), Content::Items(targets)) => {
            Ok(feed::pair(&sources, &targets, PairBy::Guid))
        }
        (Content::Rows(_), _) | (_, Content::Rows(_)) => {
            Err(refuse("--source is for texts: a file of pairs holds its own sources"))
        }
        _ => Err(refuse("one side is a text and the other holds several")),
    }
}

/// A file, or the one item of it that `feed.xml#guid` names.
fn item_or_file(path: &Path, format: Option<&Format>, options: &Options) -> Result<Content, ReadError> {
    let written = path.to_string_lossy();
    let Some((file, key)) = written.split_once('#').filter(|_| !path.exists()) else {
        return formats::read(path, format, options);
    };
    let missing = || ReadError::Nothing { name: file.to_owned(), message: format!("holds no item `{key}`") };
    match formats::read(Path::new(file), format, options)? {
        Content::Items(items) => {
            let named =
                |item: &feed::Item| [&item.guid, &item.link].into_iter().flatten().any(|own| own == key);
            let item = items.into_iter().find(named).ok_or_else(missing)?;
            item.text.map(|text| Content::Text(Box::new(text)))
        }
        _ => Err(missing()),
    }
}

/// Rows of JSON Lines as they come.
pub(super) fn stream(path: &Path, options: &Options, records: bool) -> Stream {
    let name = path.display().to_string();
    match file::lines(path) {
        Ok(reader) => {
            let (source, target) = (options.source_language.clone(), options.target_language.clone());
            if records {
                return Box::new(jsonl::records(reader, (source, target)));
            }
            Box::new(jsonl::rows(name, reader, (source, target)))
        }
        Err(error) => Box::new(std::iter::once(Input::Unreadable { id: name, error: error.to_string() })),
    }
}

/// One text from a file.
pub(super) fn text(path: &Path, format: Option<&Format>, language: Option<&str>) -> Result<Text, ReadError> {
    let options = Options { target_language: language.map(str::to_owned), ..Options::default() };
    formats::text(path, format, &options)
}
