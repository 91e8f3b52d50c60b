//! `recto learn`: a language pack from an archive of translations, from dictionaries and word lists.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use flate2::read::MultiGzDecoder;
use recto::lang::{self, Language};
use recto::learn::{Learner, Options, dictd, hunspell};
use recto::pipeline::Text;
use recto::read::file;
use recto::read::formats;
use serde::Deserialize;

/// Learn words from an archive of translations, into a language pack
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Language of the sources, where the files do not say
    #[arg(long, value_name = "TAG")]
    source_lang: Option<String>,
    /// Language of the translations, where the files do not say
    #[arg(long, value_name = "TAG")]
    target_lang: Option<String>,
    /// Two files, line by line a sentence and its translation, instead of pairs in one file
    #[arg(long)]
    aligned: bool,
    /// A dictionary: a TSV with a word and its translations a line, or one of dictd (.dict, .dict.dz, its
    /// .index beside it)
    #[arg(long, value_name = "FILE")]
    dictionary: Vec<PathBuf>,
    /// A list of the words of a language: one of hunspell (.dic, its .aff beside it; its name says the language), or a word a line
    #[arg(long, value_name = "FILE")]
    words: Vec<PathBuf>,
    /// Leave out the word tables
    #[arg(long)]
    no_tables: bool,
    /// Leave out the word sequences
    #[arg(long)]
    no_sequences: bool,
    /// Keep words of the sequences that were met so often
    #[arg(long, value_name = "N", default_value_t = 2)]
    common: usize,
    /// The pack to write
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// JSONL with source and target, TSV with two columns or with language tags in its first line, any format of pairs
    /// that recto reads (TMX, XLIFF, PO), or text (.txt) in the language of the translations
    #[arg(value_name = "FILE")]
    inputs: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Row {
    source: Option<String>,
    source_lang: Option<String>,
    target: String,
    target_lang: Option<String>,
}

type Languages = (Option<&'static Language>, Option<&'static Language>);

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let tag = |tag: &Option<String>| match tag {
        Some(tag) => language(tag).map(Some),
        None => Ok(None),
    };
    let languages = (tag(&arguments.source_lang)?, tag(&arguments.target_lang)?);
    let options = Options {
        tables: !arguments.no_tables,
        models: !arguments.no_sequences,
        common: arguments.common,
        ..Options::default()
    };
    let mut learner = Learner::new(options);
    if arguments.aligned {
        let [source, target] = arguments.inputs.as_slice() else { bail!("--aligned takes two files") };
        aligned(source, target, languages, &mut learner)?;
    } else {
        for path in &arguments.inputs {
            read(path, languages, &mut learner).with_context(|| path.display().to_string())?;
        }
    }
    let learnt = learner.pair_count();
    for path in &arguments.dictionary {
        dictionary(path, languages, &mut learner).with_context(|| path.display().to_string())?;
    }
    for path in &arguments.words {
        words(path, languages.1, &mut learner).with_context(|| path.display().to_string())?;
    }
    let pack = learner.finish();
    if pack.is_empty() {
        bail!("nothing learnt: {learnt} pairs of sentences are too few");
    }
    std::fs::write(&arguments.output, pack.to_bytes())
        .with_context(|| arguments.output.display().to_string())?;
    let mut out = std::io::stdout().lock();
    for line in pack.contents() {
        writeln!(out, "{line}")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn language(tag: &str) -> anyhow::Result<&'static Language> {
    lang::find(tag).with_context(|| format!("no language `{tag}`: `recto list languages` shows the tags"))
}

fn lines(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<String>>> {
    let file = std::fs::File::open(path)?;
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let file: Box<dyn Read> = if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    Ok(BufReader::new(file).split(b'\n').enumerate().map(|(index, line)| {
        let line = String::from_utf8(line?).ok();
        line.with_context(|| format!("line {}: is not UTF-8", index + 1))
    }))
}

fn pair(learner: &mut Learner, source: &str, from: &'static Language, target: &str, to: &'static Language) {
    if !source.trim().is_empty() && !target.trim().is_empty() {
        learner.pair(source, from, target, to);
        learner.text(target, to);
    }
}

fn both(languages: Languages) -> anyhow::Result<(&'static Language, &'static Language)> {
    match languages {
        (Some(from), Some(to)) => Ok((from, to)),
        _ => bail!("--source-lang and --target-lang are needed here"),
    }
}

fn aligned(source: &Path, target: &Path, languages: Languages, learner: &mut Learner) -> anyhow::Result<()> {
    let (from, to) = both(languages)?;
    let name = |path: &Path| path.display().to_string();
    let (mut sources, mut targets) =
        (lines(source).with_context(|| name(source))?, lines(target).with_context(|| name(target))?);
    loop {
        match (sources.next(), targets.next()) {
            (None, None) => return Ok(()),
            (Some(first), Some(second)) => {
                let first = first.with_context(|| name(source))?;
                pair(learner, &first, from, &second.with_context(|| name(target))?, to);
            }
            _ => bail!("{} and {} differ in their number of lines", name(source), name(target)),
        }
    }
}

fn read(path: &Path, languages: Languages, learner: &mut Learner) -> anyhow::Result<()> {
    match formats::extension(path).as_deref() {
        Some("jsonl") => rows(path, languages, learner),
        Some("tsv") => columns(path, languages, learner),
        Some("txt") => {
            let to = languages.1.context("--target-lang is needed here")?;
            for line in lines(path)? {
                learner.text(&line?, to);
            }
            Ok(())
        }
        _ if formats::by_extension(path).is_some_and(|format| !format.is_text()) => {
            memory(path, languages, learner)
        }
        _ => bail!("is no .jsonl, .tsv, .txt or file of pairs: `recto list formats` shows those"),
    }
}

/// A translation memory, a catalogue: any file of pairs that `check` reads.
fn memory(path: &Path, languages: Languages, learner: &mut Learner) -> anyhow::Result<()> {
    let tag = |language: Option<&'static Language>| language.map(|language| language.tag.clone());
    let options = formats::Options {
        source_language: tag(languages.0),
        target_language: tag(languages.1),
        ..formats::Options::default()
    };
    let own = |text: &Text, other: Option<&'static Language>, option: &str| {
        let named = text.language.as_deref().map(language).transpose()?;
        named.or(other).with_context(|| format!("a pair without a language, and no {option}"))
    };
    for (source, target) in formats::pairs(path, None, &options)? {
        let from = own(&source, languages.0, "--source-lang")?;
        let to = own(&target, languages.1, "--target-lang")?;
        pair(learner, &source.text, from, &target.text, to);
    }
    Ok(())
}

fn rows(path: &Path, languages: Languages, learner: &mut Learner) -> anyhow::Result<()> {
    for (index, line) in lines(path)?.enumerate() {
        let (line, place) = (line?, || format!("line {}", index + 1));
        if line.trim().is_empty() {
            continue;
        }
        let row: Row = serde_json::from_str(&line).with_context(place)?;
        let own = |tag: &Option<String>, other| match tag {
            Some(tag) => language(tag).map(Some),
            None => Ok(other),
        };
        let to = own(&row.target_lang, languages.1)
            .and_then(|to| to.context("no `target_lang`, and no --target-lang"))
            .with_context(place)?;
        match &row.source {
            Some(source) => {
                let from = own(&row.source_lang, languages.0)
                    .and_then(|from| from.context("no `source_lang`, and no --source-lang"))
                    .with_context(place)?;
                pair(learner, source, from, &row.target, to);
            }
            None => learner.text(&row.target, to),
        }
    }
    Ok(())
}

fn columns(path: &Path, languages: Languages, learner: &mut Learner) -> anyhow::Result<()> {
    let mut lines = lines(path)?;
    let Some(first) = lines.next().transpose()? else { return Ok(()) };
    let tags: Vec<Option<&'static Language>> = first.trim_end().split('\t').map(lang::find).collect();
    if tags.iter().flatten().count() < 2 {
        let (from, to) = both(languages)?;
        let rest = std::iter::once(Ok(first)).chain(lines);
        for (index, line) in rest.enumerate() {
            let line = line?;
            if let Some((source, target)) = line.trim_end().split_once('\t') {
                pair(learner, source, from, target.split('\t').next().unwrap_or_default(), to);
            } else if !line.trim().is_empty() {
                bail!("line {}: no tab", index + 1);
            }
        }
        return Ok(());
    }
    // One column is the source of all others.
    let source = tags
        .iter()
        .position(|tag| match (tag, languages.0) {
            (Some(tag), Some(from)) => tag.same_language(from),
            (Some(_), None) => true,
            (None, _) => false,
        })
        .context("no column in the language of --source-lang")?;
    for line in lines {
        let line = line?;
        let cells: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').collect();
        let (Some(from), Some(text)) = (tags[source], cells.get(source)) else { continue };
        for (column, cell) in cells.iter().enumerate().filter(|(column, _)| *column != source) {
            if let Some(Some(to)) = tags.get(column) {
                pair(learner, text, from, cell, to);
            }
        }
    }
    Ok(())
}

/// A word, a tab, its translations, separated by `;`, `,` or `|`; or a dictionary of dictd.
fn dictionary(path: &Path, languages: Languages, learner: &mut Learner) -> anyhow::Result<()> {
    let languages = both(languages)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if let Some(base) = name.strip_suffix(".dict").or_else(|| name.strip_suffix(".dict.dz")) {
        let index = path.with_file_name(format!("{base}.index"));
        let beside = "its index is needed beside it";
        let index = String::from_utf8(file::bytes(&index).context(beside)?.0).context(beside)?;
        let body = String::from_utf8(file::bytes(path)?.0).context("is not UTF-8")?;
        for (word, renderings) in dictd::entries(&index, &body)? {
            for rendering in renderings {
                entry(word, rendering, languages, learner);
            }
        }
        return Ok(());
    }
    for (index, line) in lines(path)?.enumerate() {
        let line = line?;
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (word, translations) =
            line.split_once('\t').with_context(|| format!("line {}: no tab", index + 1))?;
        entry(word, translations, languages, learner);
    }
    Ok(())
}

/// A list of hunspell, in the language that its name begins with; or a word a line.
fn words(path: &Path, to: Option<&'static Language>, learner: &mut Learner) -> anyhow::Result<()> {
    let stem = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let named = || lang::find(stem).filter(|language| stem.starts_with(language.primary()));
    let language = to.or_else(named).context("--target-lang is needed here")?;
    if path.extension().is_none_or(|extension| extension != "dic") {
        for line in lines(path)? {
            let line = line?;
            let word = line.trim();
            if !word.is_empty() && !word.starts_with('#') {
                learner.word(word, language);
            }
        }
        return Ok(());
    }
    let affixes = path.with_extension("aff");
    let affixes = file::bytes(&affixes).context("its affix file is needed beside it")?.0;
    for word in hunspell::words(&file::bytes(path)?.0, &affixes)? {
        learner.word(&word, language);
    }
    Ok(())
}

fn entry(
    word: &str,
    translations: &str,
    languages: (&'static Language, &'static Language),
    learner: &mut Learner,
) {
    for translation in translations.split([';', ',', '|']) {
        let plain = translation.trim_matches(|c: char| c.is_whitespace() || c.is_numeric() || c == '.');
        let plain = plain.split(['(', '<', '[', '{']).next().unwrap_or_default().trim();
        if !word.trim().is_empty() && !plain.is_empty() {
            learner.entry(word.trim(), languages.0, plain, languages.1);
        }
    }
}
