//! `recto align`: which sentence translates which.

use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::ValueEnum;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use recto::align::{self, Evidence, Lexicon, Options};
use recto::lang::dictionary::Knowledge;
use recto::lang::{self, Direction};
use recto::model::{Bead, Bitext, Document};
use recto::pipeline::{self, Text};
use recto::read::{ReadError, formats, plain};
use recto::report::{escape, wrap};

use super::Shared;

/// Align a translation with its source.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// One segment a line already.
    #[arg(long)]
    segmented: bool,
    /// Output format.
    #[arg(long, value_enum, default_value = "text")]
    to: Format,
    /// Say what placed each bead: in nats, how common its kind is, how well lengths, words and bounds fit; and
    /// which words match.
    #[arg(long)]
    explain: bool,
    /// Language of the sources.
    #[arg(long)]
    source_lang: Option<String>,
    /// Language of the targets.
    #[arg(long)]
    target_lang: Option<String>,
    /// Columns of the text output [default: those of the terminal, else 80].
    #[arg(long)]
    width: Option<usize>,
    /// A file with a pair of paths a line, separated by a tab, aligned together: they teach each other words.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["source", "target"])]
    pairs: Option<PathBuf>,
    /// The source.
    #[arg(required_unless_present = "pairs")]
    source: Option<PathBuf>,
    /// The target.
    #[arg(required_unless_present = "pairs")]
    target: Option<PathBuf>,
}

/// Output formats.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Both sides side by side, gaps left empty.
    Text,
    /// `[0, 1]:[0]`: segments of a bead, counted from 0.
    Beads,
    /// Source, target, confidence.
    Tsv,
    /// Translation Memory eXchange 1.4.
    Tmx,
    /// One object a pair.
    Jsonl,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<ExitCode> {
    let paths = match (&arguments.pairs, &arguments.source, &arguments.target) {
        (Some(list), ..) => read_list(list)?,
        (None, Some(source), Some(target)) => vec![(source.clone(), target.clone())],
        _ => bail!("a source and a target are needed, or --pairs"),
    };
    let mut documents = Vec::new();
    for (source, target) in &paths {
        documents.push((
            read(source, arguments.source_lang.as_deref(), arguments.segmented)?,
            read(target, arguments.target_lang.as_deref(), arguments.segmented)?,
        ));
    }
    let knowledge = Knowledge::with(shared.read_packs()?);
    let bridge = documents.first().map(|(source, target)| knowledge.bridge(source.language, target.language));
    // The dictionary is of one pair of languages.
    let one = documents.iter().all(|(source, target)| {
        documents.first().is_some_and(|first| {
            source.language.tag == first.0.language.tag && target.language.tag == first.1.language.tag
        })
    });
    let lexicon = bridge.as_ref().filter(|_| one).map(|bridge| bridge as &dyn Lexicon);
    let aligned = align::align_all(documents, &Options { lexicon, links: arguments.explain });
    let mut out = io::BufWriter::new(io::stdout().lock());
    if arguments.to == Format::Tmx {
        tmx(&mut out, &aligned)?;
    } else {
        for (index, (bitext, evidence)) in aligned.iter().enumerate() {
            if index > 0 && arguments.to == Format::Text {
                writeln!(out)?;
            }
            match arguments.to {
                Format::Text => text(&mut out, bitext, evidence, arguments)?,
                Format::Beads => beads(&mut out, bitext, evidence, arguments.explain)?,
                Format::Tsv => tsv(&mut out, bitext)?,
                Format::Jsonl => jsonl(&mut out, bitext, evidence, arguments.explain)?,
                Format::Tmx => {}
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn read_list(path: &Path) -> anyhow::Result<Vec<(PathBuf, PathBuf)>> {
    let list = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let lines = list.lines().enumerate().filter(|(_, line)| !line.is_empty());
    lines
        .map(|(number, line)| match line.split('\t').collect::<Vec<_>>()[..] {
            [source, target] => Ok((folder.join(source), folder.join(target))),
            _ => bail!("{}:{}: two paths separated by a tab are needed", path.display(), number + 1),
        })
        .collect()
}

fn read(path: &Path, language: Option<&str>, segmented: bool) -> anyhow::Result<Document> {
    // An empty side is aligned all the same: everything of the other has no counterpart.
    let text = if segmented {
        plain::file(path)
    } else {
        let options =
            formats::Options { target_language: language.map(str::to_owned), ..formats::Options::default() };
        formats::text(path, None, &options)
    };
    let text = match text {
        Err(ReadError::Empty { .. }) => Text::new(path.display().to_string(), language, ""),
        read => read?,
    };
    if let Some(tag) = language {
        lang::find(tag).with_context(|| format!("no language {tag}"))?;
    }
    Ok(if segmented { pipeline::prepare_lines(text) } else { pipeline::prepare(text) })
}

/// The segments of one side of a bead, joined by spaces where the marks that end them are none of the wide ones, which need
/// no space.
fn joined(document: &Document, range: &Range<usize>) -> String {
    let mut out = String::new();
    for segment in document.segments.get(range.clone()).unwrap_or_default() {
        let wide = |character: char| character.width() == Some(2) && !character.is_alphanumeric();
        if !out.is_empty() && !out.ends_with(wide) {
            out.push(' ');
        }
        out.push_str(&document.excerpt(segment.span).replace(['\n', '\r', '\t'], " "));
    }
    out
}

fn beads(out: &mut impl Write, bitext: &Bitext, evidence: &[Evidence], explain: bool) -> io::Result<()> {
    let list =
        |range: &Range<usize>| range.clone().map(|index| index.to_string()).collect::<Vec<_>>().join(", ");
    for (bead, evidence) in bitext.beads.iter().zip(evidence) {
        write!(out, "[{}]:[{}]", list(&bead.source), list(&bead.target))?;
        if explain {
            write!(out, "\t{}", reasons(bitext, bead, evidence))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn tsv(out: &mut impl Write, bitext: &Bitext) -> io::Result<()> {
    for bead in &bitext.beads {
        let (source, target) = (joined(&bitext.source, &bead.source), joined(&bitext.target, &bead.target));
        writeln!(out, "{source}\t{target}\t{:.4}", bead.confidence)?;
    }
    Ok(())
}

fn jsonl(out: &mut impl Write, bitext: &Bitext, evidence: &[Evidence], explain: bool) -> io::Result<()> {
    let beads: Vec<_> = bitext
        .beads
        .iter()
        .zip(evidence)
        .map(|(bead, evidence)| {
            let mut entry = serde_json::json!({
                "source": bead.source.clone().collect::<Vec<_>>(),
                "target": bead.target.clone().collect::<Vec<_>>(),
                "confidence": rounded(bead.confidence),
                "moved": bead.moved,
            });
            if explain && let Some(entry) = entry.as_object_mut() {
                entry.insert("evidence".to_owned(), serde_json::json!(evidence));
                let words = links(bitext, bead).map(|(source, target, weight)| {
                    serde_json::json!({ "source": source, "target": target, "probability": rounded(weight) })
                });
                entry.insert("words".to_owned(), words.collect());
            }
            entry
        })
        .collect();
    let parallelism = bitext.parallelism;
    let row = serde_json::json!({
        "source": bitext.source.name,
        "target": bitext.target.name,
        "relation": parallelism.relation,
        "confidence": rounded(parallelism.confidence),
        "explained": rounded(parallelism.explained),
        "evidence": rounded(parallelism.evidence),
        "beads": beads,
    });
    writeln!(out, "{row}")
}

/// Four places: more would claim more than we know.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn links<'a>(bitext: &'a Bitext, bead: &'a Bead) -> impl Iterator<Item = (&'a str, &'a str, f64)> {
    bead.links
        .iter()
        .map(|link| (bitext.source.excerpt(link.source), bitext.target.excerpt(link.target), link.weight))
}

fn reasons(bitext: &Bitext, bead: &Bead, evidence: &Evidence) -> String {
    let Evidence { prior, length, words, bounds } = evidence;
    let mut line = format!(
        "confidence {:.2}: prior {prior:+.1}, length {length:+.1}, words {words:+.1}, bounds {bounds:+.1}",
        bead.confidence
    );
    let matches: Vec<String> = links(bitext, bead)
        .filter(|(.., weight)| *weight >= 0.3)
        .map(|(source, target, _)| format!("{source}={target}"))
        .collect();
    if !matches.is_empty() {
        line.push_str("; ");
        line.push_str(&matches.join(" "));
    }
    line
}

fn tmx(out: &mut impl Write, aligned: &[(Bitext, Vec<Evidence>)]) -> io::Result<()> {
    let language = aligned.first().map_or("und", |(bitext, _)| bitext.source.language.tag.as_str());
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<tmx version=\"1.4\">")?;
    writeln!(
        out,
        "  <header creationtool=\"recto\" creationtoolversion=\"{}\" segtype=\"block\" o-tmf=\"recto\" \
         adminlang=\"en\" srclang=\"{}\" datatype=\"plaintext\"/>",
        env!("CARGO_PKG_VERSION"),
        escape::xml(language)
    )?;
    writeln!(out, "  <body>")?;
    for (bitext, _) in aligned {
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair()) {
            writeln!(out, "    <tu>")?;
            writeln!(out, "      <prop type=\"x-confidence\">{:.4}</prop>", bead.confidence)?;
            for (document, range) in [(&bitext.source, &bead.source), (&bitext.target, &bead.target)] {
                writeln!(
                    out,
                    "      <tuv xml:lang=\"{}\"><seg>{}</seg></tuv>",
                    escape::xml(&document.language.tag),
                    escape::xml(&joined(document, range))
                )?;
            }
            writeln!(out, "    </tu>")?;
        }
    }
    writeln!(out, "  </body>\n</tmx>")
}

fn text(
    out: &mut impl Write,
    bitext: &Bitext,
    evidence: &[Evidence],
    arguments: &Arguments,
) -> io::Result<()> {
    let width = arguments
        .width
        .or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
        .unwrap_or(80);
    // A rule of three columns between two equal halves.
    let column = (width.max(23) - 3) / 2;
    let parallelism = bitext.parallelism;
    let relation = serde_json::to_value(parallelism.relation).unwrap_or_default();
    writeln!(
        out,
        "{} and {}: {} ({:.2})",
        bitext.source.name,
        bitext.target.name,
        relation.as_str().unwrap_or_default(),
        parallelism.confidence
    )?;
    for (bead, evidence) in bitext.beads.iter().zip(evidence) {
        writeln!(out, "{}", "─".repeat(column * 2 + 3))?;
        let side = |document: &Document, range: &Range<usize>| wrapped(&joined(document, range), column);
        let source = side(&bitext.source, &bead.source);
        let target = side(&bitext.target, &bead.target);
        for row in 0..source.len().max(target.len()).max(1) {
            let cell = |document: &Document, lines: &[String]| {
                let line = lines.get(row).map(String::as_str).unwrap_or_default();
                let padding = " ".repeat(column.saturating_sub(line.width()));
                // Isolated, so that a terminal that turns lines around leaves the columns where they are.
                if !line.is_empty() && document.language.direction == Direction::Rtl {
                    format!("{padding}\u{2067}{line}\u{2069}")
                } else {
                    format!("{line}{padding}")
                }
            };
            let (left, right) = (cell(&bitext.source, &source), cell(&bitext.target, &target));
            writeln!(out, "{}", format!("{left} │ {right}").trim_end())?;
        }
        if bead.moved {
            writeln!(out, "  moved")?;
        }
        if arguments.explain {
            for line in wrapped(&reasons(bitext, bead, evidence), column * 2 + 1) {
                writeln!(out, "  {line}")?;
            }
        }
    }
    Ok(())
}

/// Lines of at most `width` columns, broken where a line may end.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in wrap::pieces(text) {
        if !line.is_empty() && line.width() + piece.trim_end().width() > width {
            lines.push(std::mem::take(&mut line));
        }
        for character in piece.chars() {
            let mut buffer = [0; 4];
            if character != ' ' && line.width() + character.encode_utf8(&mut buffer).width() > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
    }
    lines.push(line);
    let lines = lines.into_iter().map(|line| line.trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}
