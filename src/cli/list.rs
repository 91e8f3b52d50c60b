//! `recto list`: checks, languages, formats, printed from the tables that the program uses.

use std::io::Write;

use clap::ValueEnum;

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
    let mut out = std::io::stdout().lock();
    match arguments.what {
        What::Checks => {
            let mut last = "";
            for card in checks::CATALOGUE {
                if card.name != last {
                    writeln!(out, "{:22} {:9} {}", card.name, card.severity.as_str(), card.summary())?;
                }
                last = card.name;
            }
        }
        What::Languages => {
            for entry in &lang::PROFILES {
                let language = entry.language();
                let known = language.sections().join(" ");
                writeln!(out, "{:8} {:22} {known}", language.tag, language.name)?;
            }
        }
        What::Formats => {
            writeln!(out, "--from text     plain text, UTF-8\n--from jsonl    a pair, text or story a row")?;
            for writer in report::WRITERS {
                writeln!(out, "--to {:10} {}", writer.name(), writer.summary())?;
            }
        }
    }
    Ok(Outcome::Fine)
}
