//! Catalogues of gettext: PO. Untranslated, fuzzy and obsolete entries are left out, as programs leave them out.

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use super::formats::Options;
use super::rows::{Rows, Side};
use crate::model::Span;
use crate::pipeline::Input;

/// One entry.
#[derive(Default)]
struct Entry {
    line: usize,
    fuzzy: bool,
    id: Option<Extract>,
    plural: Option<Extract>,
    translations: Vec<Extract>,
}

/// What a string of the file adds to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    None,
    Context,
    Id,
    Plural,
    Translation,
}

pub(super) fn read(file: &File, options: &Options) -> Result<Vec<Input>, ReadError> {
    let mut language = options.target_language.clone();
    let mut rows = Rows::new(file);
    let mut entry = Entry::default();
    let mut field = Field::None;
    let mut at = 0;
    for (number, whole) in file.text.split_inclusive('\n').enumerate() {
        let start = at;
        at += whole.len();
        let line = whole.trim();
        let indent = whole.len() - whole.trim_start().len();
        if line.is_empty() {
            continue;
        }
        if let Some(comment) = line.strip_prefix('#') {
            // A comment belongs to the entry after it.
            if field == Field::Translation {
                take(&mut entry, &mut language, options, &mut rows);
                field = Field::None;
            }
            entry.fuzzy |= comment.starts_with(',') && comment.contains("fuzzy");
            continue;
        }
        let (keyword, string) = match line.find('"') {
            Some(quote) => line.split_at(quote),
            None => {
                return Err(file.error(start + indent, "is neither a keyword with a string nor a comment"));
            }
        };
        let place = start + indent + keyword.len();
        match keyword.trim() {
            "" if field == Field::None => return Err(file.error(place, "a string that belongs to nothing")),
            "" => {}
            "msgctxt" | "msgid" => {
                if field == Field::Translation {
                    take(&mut entry, &mut language, options, &mut rows);
                }
                field = if keyword.trim() == "msgid" { Field::Id } else { Field::Context };
                if field == Field::Id {
                    entry.line = number + 1;
                    entry.id = Some(Extract::default());
                }
            }
            "msgid_plural" => {
                field = Field::Plural;
                entry.plural = Some(Extract::default());
            }
            "domain" => field = Field::Context,
            other if other == "msgstr" || (other.starts_with("msgstr[") && other.ends_with(']')) => {
                if entry.id.is_none() {
                    return Err(file.error(start + indent, "a translation of nothing"));
                }
                field = Field::Translation;
                entry.translations.push(Extract::default());
            }
            other => return Err(file.error(start + indent, format!("no keyword `{other}`"))),
        }
        let into = match field {
            Field::Id => entry.id.as_mut(),
            Field::Plural => entry.plural.as_mut(),
            Field::Translation => entry.translations.last_mut(),
            Field::Context | Field::None => None,
        };
        let mut ignored = Extract::default();
        unescape(string, place, into.unwrap_or(&mut ignored))
            .map_err(|(at, message)| file.error(at, message))?;
    }
    take(&mut entry, &mut language, options, &mut rows);
    rows.finish("entry")
}

/// Adds the entry that ended.
fn take(entry: &mut Entry, language: &mut Option<String>, options: &Options, rows: &mut Rows<'_>) {
    let Entry { line, fuzzy, id, plural, translations } = std::mem::take(entry);
    let Some(id) = id else { return };
    if id.text.is_empty() {
        if let Some(header) = translations.first() {
            let tag = header.text.lines().find_map(|line| line.strip_prefix("Language:"));
            let tag = tag.map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned);
            *language = language.take().or(tag);
        }
        return;
    }
    if fuzzy {
        rows.leave_out();
        return;
    }
    let source = options.source_language.as_deref();
    let count = translations.len();
    for (index, translation) in translations.into_iter().enumerate() {
        // The first form is the singular; with one form only there is none but the plural.
        let text = match &plural {
            Some(plural) if index > 0 || count == 1 => plural,
            _ => &id,
        };
        let number = if count > 1 { format!("{line}[{index}]") } else { line.to_string() };
        rows.pair(
            &number,
            Some(Side { text: text.clone(), language: source }),
            Side { text: translation, language: language.as_deref() },
        );
    }
}

/// The string from its first quotation mark on.
fn unescape(string: &str, at: usize, out: &mut Extract) -> Result<(), (usize, &'static str)> {
    let mut characters = string.char_indices().skip(1).peekable();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => {
                return if characters.peek().is_none() {
                    Ok(())
                } else {
                    Err((at + index + 1, "text after the end of a string"))
                };
            }
            '\\' => {
                let Some((_, escaped)) = characters.next() else { break };
                let text = match escaped {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    other => other,
                };
                let end = at + index + 1 + escaped.len_utf8();
                out.put(text.encode_utf8(&mut [0; 4]), Span::new(at + index, end));
            }
            other => out.copy(other.encode_utf8(&mut [0; 4]), at + index),
        }
    }
    Err((at, "a string without an end"))
}

/// Whether a text looks like a catalogue.
pub(super) fn sniff(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines.next().unwrap_or_default();
    first.starts_with("msgid \"") || first.starts_with("msgctxt \"")
}
