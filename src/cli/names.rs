//! `recto names`: do two spellings name one?

use std::fmt::Write as _;
use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use rayon::prelude::*;
use recto::names::{Chunk, Matcher, Verdict};
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

/// Rows read before the next are answered.
const BATCH: usize = 4096;

/// Columns of an explanation.
const WIDTH: usize = 80;

/// Compare spellings of names: which are one name, which are near, and where they differ.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Input format: `jsonl` reads rows `{"id", "a", "a_lang", "b", "b_lang"}` from standard input
    #[arg(long, value_parser = ["jsonl"], requires = "to")]
    from: Option<String>,
    /// Output format: `jsonl` writes rows `{"id", "score"}`, the score a probability
    #[arg(long, value_parser = ["jsonl"], requires = "from")]
    to: Option<String>,
    /// The names, two or more, or `-` for standard input. `tag:name` tells the language: `ja:山田`.
    #[arg(required = true)]
    names: Vec<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.from.is_some() {
        ensure!(arguments.names == ["-"], "with --from jsonl the input is `-`");
        return rows();
    }
    if arguments.names.len() < 2 {
        bail!("two names at least");
    }
    let mut out = String::new();
    for (place, a) in arguments.names.iter().enumerate() {
        for b in &arguments.names[place + 1..] {
            show(tagged(a), tagged(b), &mut out);
        }
    }
    std::io::stdout().lock().write_all(out.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// `ja:山田` is a name in Japanese.
fn tagged(name: &str) -> (&str, &str) {
    match name.split_once(':') {
        Some((tag, name)) if recto::lang::find(tag).is_some() => (tag, name),
        _ => ("", name),
    }
}

fn show((a_lang, a): (&str, &str), (b_lang, b): (&str, &str), out: &mut String) {
    let found = Matcher::compare(a, a_lang, b, b_lang);
    let verdict = match found.verdict {
        _ if found.unreadable => "cannot tell",
        Verdict::Same => "same",
        Verdict::Near => "near",
        Verdict::Different => "different",
    };
    let percent = (100.0 * found.probability).round();
    _ = writeln!(out, "{a} ~ {b}\n  {verdict}, probability {percent} %");
    let mut line = String::new();
    for chunk in &found.chunks {
        let side = |side: &str| if side.is_empty() { "-".to_owned() } else { side.to_owned() };
        let piece = format!("  {}:{} {:.1}", side(&chunk.a), side(&chunk.b), chunk.cost);
        if line.width() + piece.width() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line.clear();
        }
        line.push_str(&piece);
    }
    out.push_str(&line);
    out.push('\n');
    if let Some((a, b)) = &found.difference {
        _ = write!(out, "  they differ in {a} / {b}");
        let split = Matcher::compare(a, a_lang, b, b_lang).chunks;
        if split.len() > 1 {
            let side = |of: fn(&Chunk) -> &str| {
                split.iter().map(of).filter(|chunk| !chunk.is_empty()).collect::<Vec<_>>().join("-")
            };
            _ = write!(out, ": {} / {}", side(|chunk| &chunk.a), side(|chunk| &chunk.b));
        }
        out.push('\n');
    }
}

#[derive(Deserialize)]
struct Row {
    id: serde_json::Value,
    a: String,
    #[serde(default)]
    a_lang: String,
    b: String,
    #[serde(default)]
    b_lang: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a serde_json::Value,
    score: f64,
}

fn rows() -> anyhow::Result<ExitCode> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut lines = std::io::stdin().lock().lines();
    let mut number = 0;
    loop {
        let first = number;
        let mut batch: Vec<(usize, String)> = Vec::new();
        for line in lines.by_ref().take(BATCH) {
            number += 1;
            let line = line.with_context(|| format!("standard input, line {number}"))?;
            if !line.trim().is_empty() {
                batch.push((number, line));
            }
        }
        if number == first {
            break;
        }
        let answers: Vec<anyhow::Result<String>> =
            batch.par_iter().map(|(number, line)| answer(*number, line)).collect();
        for answer in answers {
            writeln!(out, "{}", answer?)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn answer(number: usize, line: &str) -> anyhow::Result<String> {
    let row: Row = serde_json::from_str(line).with_context(|| format!("standard input, line {number}"))?;
    let score = Matcher::probability(&row.a, &row.a_lang, &row.b, &row.b_lang);
    Ok(serde_json::to_string(&Answer { id: &row.id, score })?)
}
