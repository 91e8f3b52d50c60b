//! Which file is the translation of which: folders, patterns of names, manifests.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::error::ReadError;
use super::formats;
use crate::lang;

/// A translation and where its source is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pair {
    /// The id of the input; the path of the translation where nothing else names it.
    pub id: Option<String>,
    /// The source; `None` where there is none.
    pub source: Option<PathBuf>,
    /// Its language.
    pub source_language: Option<String>,
    /// The translation.
    pub target: PathBuf,
    /// Its language.
    pub target_language: Option<String>,
    /// SHA-256 of the source that was translated, or its beginning.
    pub made_from: Option<String>,
}

/// The files of a folder and those in it, sorted, that are of a format recto knows; hidden ones aside.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut out = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let name = folder.display().to_string();
        let entries = std::fs::read_dir(&folder).map_err(|error| ReadError::io(&name, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| ReadError::io(&name, &error))?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            // A link to a folder may lead back to where it is.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                open.push(path);
            } else if path.is_file() && is_readable(&path) {
                out.push(path);
            }
        }
    }
    out.sort();
    Ok(out)
}

fn is_readable(path: &Path) -> bool {
    formats::by_extension(path).is_some()
        || formats::extension(path).is_some_and(|extension| extension == "xml" || extension == "json")
}

/// The files that a pattern such as `news/**/*.pt.md` fits, sorted.
pub fn glob(pattern: &str) -> Result<Vec<PathBuf>, String> {
    let paths = glob::glob(pattern).map_err(|error| format!("{pattern}: {}", error.msg))?;
    let mut out: Vec<PathBuf> = paths.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    out.sort();
    Ok(out)
}

/// Pairs translations in one folder with sources in another: of the same path below them or, where the formats
/// differ, of the same path but for the extension.
pub fn across(sources: &Path, targets: &Path) -> Result<Vec<Pair>, ReadError> {
    let stem = |path: &Path, root: &Path| path.strip_prefix(root).unwrap_or(path).with_extension("");
    let mut known: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in files(sources)? {
        known.entry(stem(&path, sources)).or_default().push(path);
    }
    let pairs = files(targets)?.into_iter().map(|target| {
        let all = known.get(&stem(&target, targets)).map(Vec::as_slice).unwrap_or_default();
        let same = all.iter().find(|source| source.extension() == target.extension());
        Pair { source: same.or(all.first()).cloned(), target, ..Pair::default() }
    });
    Ok(pairs.collect())
}

/// Pairs files whose paths differ in a tag of a language alone: `en/x.md` and `pt/x.md`, `x.en.txt` and
/// `x.pt.txt`, or `x.md` and `x.pt.md`. Translations without a source are there without one; what has no tag is
/// no translation.
pub fn by_name(files: &[PathBuf], source: &str, target: Option<&str>) -> Vec<Pair> {
    let mut sources: BTreeMap<String, &PathBuf> = BTreeMap::new();
    for path in files {
        sources.entry(path.display().to_string()).or_insert(path);
        for (key, tag) in tags(path) {
            if same(&tag, source) {
                sources.entry(key).or_insert(path);
            }
        }
    }
    let mut out = Vec::new();
    for path in files {
        let tags = tags(path);
        if tags.iter().any(|(_, tag)| same(tag, source)) {
            continue;
        }
        let wanted = |tag: &str| target.is_none_or(|target| same(tag, target));
        // A tag with a counterpart is one; a word that happens to be a tag has none.
        let found = tags.iter().filter(|(_, tag)| wanted(tag)).find_map(|(key, tag)| {
            let bare = key.replace([MARK], "");
            sources.get(key).or_else(|| sources.get(&bare)).map(|found| (*found, tag))
        });
        match found {
            Some((found, tag)) if found != path => out.push(Pair {
                source: Some(found.clone()),
                source_language: Some(source.to_owned()),
                target: path.clone(),
                target_language: Some(tag.clone()),
                ..Pair::default()
            }),
            _ => {
                if let Some((_, tag)) = tags.iter().find(|(_, tag)| wanted(tag) && target.is_some()) {
                    out.push(Pair {
                        target: path.clone(),
                        target_language: Some(tag.clone()),
                        ..Pair::default()
                    });
                }
            }
        }
    }
    out
}

/// Stands for the tag in a key.
const MARK: char = '\u{0}';

fn same(one: &str, other: &str) -> bool {
    match (lang::find(one), lang::find(other)) {
        (Some(one), Some(other)) => one.tag == other.tag || one.same_language(other),
        _ => false,
    }
}

/// Every tag in a path with the path without it.
fn tags(path: &Path) -> Vec<(String, String)> {
    let parts: Vec<String> = path
        .components()
        .map(|component| match component {
            Component::Normal(part) => part.to_string_lossy().into_owned(),
            other => other.as_os_str().to_string_lossy().trim_end_matches('/').to_owned(),
        })
        .collect();
    let mut out = Vec::new();
    let Some((name, folders)) = parts.split_last() else { return out };
    for (index, folder) in folders.iter().enumerate() {
        if is_tag(folder) {
            let mut key = parts.clone();
            key[index] = MARK.to_string();
            out.push((key.join("/"), folder.clone()));
        }
    }
    for separator in ['.', '_', '-'] {
        for (at, _) in name.match_indices(separator) {
            let rest = name.get(at + 1..).unwrap_or_default();
            let end = rest.find('.').unwrap_or(rest.len());
            let tag = rest.get(..end).unwrap_or_default();
            if is_tag(tag) && end < rest.len() {
                let before = name.get(..at).unwrap_or_default();
                let after = rest.get(end..).unwrap_or_default();
                let mut key = folders.to_vec();
                key.push(format!("{before}{MARK}{after}"));
                out.push((key.join("/"), tag.to_owned()));
            }
        }
    }
    out
}

/// `pt`, `pt-BR`, `zh_Hant`.
fn is_tag(word: &str) -> bool {
    let mut parts = word.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.chars().all(|c| c.is_ascii_lowercase())
        && parts.all(|part| (2..=4).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
        && lang::find(word).is_some()
}

/// One entry of a manifest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    source: Option<PathBuf>,
    #[serde(alias = "source-lang")]
    source_lang: Option<String>,
    target: Option<PathBuf>,
    #[serde(alias = "target-lang")]
    target_lang: Option<String>,
    #[serde(default)]
    targets: Vec<Target>,
    story: Option<String>,
    #[serde(alias = "source-sha256")]
    source_sha256: Option<String>,
}

/// A translation of several: a path, or a path with what is known of it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Target {
    Path(PathBuf),
    Known(Known),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    path: PathBuf,
    lang: Option<String>,
    #[serde(alias = "source-sha256")]
    source_sha256: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    pair: Vec<Entry>,
}

/// Reads a manifest: `[[pair]]` of TOML, or an object a line. Paths are as seen from the manifest's folder.
pub fn manifest(path: &Path) -> Result<Vec<Pair>, ReadError> {
    let file = super::file::open(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut pairs = Vec::new();
    if path.extension().is_some_and(|extension| extension == "toml") {
        let manifest: Manifest = toml::from_str(&file.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            file.error(at, error.message().trim())
        })?;
        for entry in manifest.pair {
            pairs.extend(entry.pairs(folder).map_err(|message| file.nothing(message))?);
        }
    } else {
        let mut at = 0;
        for line in file.text.split_inclusive('\n') {
            if !line.trim().is_empty() {
                let entry: Entry =
                    serde_json::from_str(line.trim()).map_err(|error| file.error(at, error.to_string()))?;
                pairs.extend(entry.pairs(folder).map_err(|message| file.error(at, message))?);
            }
            at += line.len();
        }
    }
    if pairs.is_empty() {
        return Err(file.nothing("names no pairs"));
    }
    Ok(pairs)
}

impl Entry {
    fn pairs(self, folder: &Path) -> Result<Vec<Pair>, String> {
        let own = self.target.map(|path| Known { path, lang: self.target_lang, source_sha256: None });
        let listed = self.targets.into_iter().map(|target| match target {
            Target::Path(path) => Known { path, lang: None, source_sha256: None },
            Target::Known(known) => known,
        });
        let targets: Vec<Known> = own.into_iter().chain(listed).collect();
        if targets.is_empty() {
            return Err("a pair without `target` or `targets`".into());
        }
        let known = |tag: &Option<String>| match tag {
            Some(tag) if lang::find(tag).is_none() => Err(format!("no language `{tag}`")),
            _ => Ok(()),
        };
        known(&self.source_lang)?;
        let mut pairs = Vec::new();
        for target in targets {
            known(&target.lang)?;
            let id = self.story.as_ref().map(|story| match &target.lang {
                Some(tag) => format!("{story}.{tag}"),
                None => format!("{story}#{}", target.path.display()),
            });
            pairs.push(Pair {
                id,
                source: self.source.as_ref().map(|path| folder.join(path)),
                source_language: self.source_lang.clone(),
                target: folder.join(target.path),
                target_language: target.lang,
                made_from: target.source_sha256.or_else(|| self.source_sha256.clone()),
            });
        }
        Ok(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[&str], target: Option<&str>) -> Vec<(Option<String>, String, Option<String>)> {
        let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
        let name = |path: PathBuf| path.display().to_string();
        let pairs = by_name(&files, "en", target).into_iter();
        pairs.map(|pair| (pair.source.map(name), name(pair.target), pair.target_language)).collect()
    }

    #[test]
    fn paths_that_differ_in_a_tag_are_paired() {
        let pair = |source: &str, target: &str, tag: &str| {
            (Some(source.to_owned()), target.to_owned(), Some(tag.to_owned()))
        };
        let files = [
            "docs/en/a/x.md",
            "docs/pt-BR/a/x.md",
            "y.en.txt",
            "y.fr.txt",
            "z.md",
            "z.de.md",
            "it/notes.md",
            "in.vitro.md",
        ];
        assert_eq!(
            found(&files, None),
            [
                pair("docs/en/a/x.md", "docs/pt-BR/a/x.md", "pt-BR"),
                pair("y.en.txt", "y.fr.txt", "fr"),
                pair("z.md", "z.de.md", "de"),
            ]
        );
        assert_eq!(found(&files, Some("fr")), [pair("y.en.txt", "y.fr.txt", "fr")]);
        // A translation whose source is not there is a translation.
        assert_eq!(found(&["pt/x.md"], Some("pt")), [(None, "pt/x.md".into(), Some("pt".into()))]);
    }
}
