//! `recto list`: checks, languages, formats, printed from the tables that the program uses.

use std::io::{self, Write};

use clap::ValueEnum;
use unicode_width::UnicodeWidthStr;

use recto::read::formats;
use recto::{checks, lang, report};

use super::Outcome;

/// List checks, languages or formats
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// What to list
    what: What,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// What recto looks for
    Checks,
    /// What recto has a profile of
    Languages,
    /// What recto reads and writes
    Formats,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    match arguments.what {
        What::Checks => {
            let mut last = "";
            for card in checks::CATALOGUE {
                if card.name != last {
                    let head = format!("{:22} {:9}", card.name, card.severity.as_str());
                    row(&mut out, &head, &card.summary())?;
                }
                last = card.name;
            }
        }
        What::Languages => {
            for entry in &lang::PROFILES {
                let language = entry.language();
                let head = format!("{:8} {:20}", language.tag, language.name);
                row(&mut out, &head, &language.sections().join(" "))?;
            }
        }
        What::Formats => {
            for format in formats::FORMATS {
                writeln!(out, "--from {:10} {}", format.name, format.summary)?;
            }
            for writer in report::WRITERS {
                writeln!(out, "--to   {:10} {}", writer.name(), writer.summary())?;
            }
        }
    }
    Ok(Outcome::Fine)
}

/// Columns of a line.
const WIDTH: usize = 80;

/// A head and a text beside it, wrapped in a column of its own.
fn row(out: &mut impl Write, head: &str, text: &str) -> io::Result<()> {
    let indent = head.width() + 1;
    let mut line = head.to_owned();
    let mut at = head.width();
    for word in text.split(' ') {
        if at > indent && at + 1 + word.width() > WIDTH {
            writeln!(out, "{line}")?;
            line = " ".repeat(indent - 1);
            at = indent - 1;
        }
        line.push(' ');
        line.push_str(word);
        at += 1 + word.width();
    }
    writeln!(out, "{line}")
}
