//! JSON Lines: a pair, a text or a story a row.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::error::LARGEST;
use super::extract::{self, Extract};
use super::file::File;
use super::json::{self, Node};
use crate::lang;
use crate::model::Anchor;
use crate::pipeline::{Input, Text};

/// What is wrong with a row.
type Mistake = String;

/// Rows as they come. `name` is the file's; `languages` stand in where a row names none.
pub fn rows(
    name: String,
    reader: impl BufRead,
    languages: (Option<String>, Option<String>),
) -> impl Iterator<Item = Input> {
    numbered(Some(name), reader, languages)
}

/// Rows that stand for themselves: nothing that is said of one depends on the file or on the line that it is in, so that
/// an archive may be split in any way. Only a row without an id is called by its number.
pub fn records(
    reader: impl BufRead,
    languages: (Option<String>, Option<String>),
) -> impl Iterator<Item = Input> {
    numbered(None, reader, languages)
}

fn numbered(
    name: Option<String>,
    reader: impl BufRead,
    languages: (Option<String>, Option<String>),
) -> impl Iterator<Item = Input> {
    let mut before = 0;
    lines(reader).enumerate().filter_map(move |(index, line)| {
        let number = index + 1;
        let line = match line {
            Ok(Line::Whole(line)) => line,
            Ok(Line::Huge { head, length }) => {
                before += length + 1;
                let megabytes = length.div_ceil(1 << 20);
                return Some(unreadable(&head, number, &large(megabytes), name.is_some()));
            }
            Err(error) => return Some(unreadable(b"", number, &error, name.is_some())),
        };
        let bare = if index == 0 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line) } else { &line };
        let skipped = before + line.len() - bare.len();
        before += line.len() + 1;
        match std::str::from_utf8(bare) {
            Ok(line) if line.trim().is_empty() => None,
            Ok(line) => {
                let languages = (languages.0.as_deref(), languages.1.as_deref());
                Some(row(name.as_deref(), line, (number, skipped), languages))
            }
            Err(error) => {
                let at = error.valid_up_to();
                let byte = bare.get(at).copied().unwrap_or_default();
                let error = format!("is not UTF-8 (byte 0x{byte:02X}, column {})", at + 1);
                Some(unreadable(bare, number, &error, name.is_some()))
            }
        }
    })
}

/// One line of a file, without its break.
enum Line {
    Whole(Vec<u8>),
    /// More bytes than we hold, and how many.
    Huge {
        /// The first of them.
        head: Vec<u8>,
        length: usize,
    },
}

/// Lines of any length in bounded memory: what is too long is passed over. A reader that fails ends them.
fn lines(mut reader: impl BufRead) -> impl Iterator<Item = std::io::Result<Line>> {
    const MOST: usize = (LARGEST << 20) + 1;
    const HEAD: usize = 1 << 10;
    let mut failed = false;
    std::iter::from_fn(move || {
        if failed {
            return None;
        }
        let (mut line, mut length, mut any) = (Vec::new(), 0, false);
        loop {
            let chunk = match reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    failed = true;
                    return Some(Err(error));
                }
            };
            if chunk.is_empty() {
                break;
            }
            any = true;
            let end = chunk.iter().position(|&byte| byte == b'\n');
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            length += part.len();
            if length <= MOST {
                line.extend_from_slice(part);
            } else if line.len() > HEAD {
                line.truncate(HEAD);
                line.shrink_to_fit();
            }
            let used = part.len() + usize::from(end.is_some());
            reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        any.then_some(Ok(if length <= MOST { Line::Whole(line) } else { Line::Huge { head: line, length } }))
    })
}

/// One line to one input; `number` is the line's, from 1.
pub fn input(line: &str, number: usize, languages: (Option<&str>, Option<&str>)) -> Input {
    row(Some("-"), line, (number, 0), languages)
}

/// A line that is no record, under its id where that can be told.
fn unreadable(line: &[u8], number: usize, error: &dyn std::fmt::Display, numbered: bool) -> Input {
    let id = first_id(line).unwrap_or_else(|| number.to_string());
    let error = if numbered { format!("line {number}: {error}") } else { error.to_string() };
    Input::Unreadable { id, error }
}

fn large(megabytes: usize) -> String {
    format!("holds {megabytes} MB in one text, more than {LARGEST} MB: split it")
}

/// The id of a record that begins with it, whatever follows.
fn first_id(line: &[u8]) -> Option<String> {
    let rest = line.trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"id\"")?.trim_ascii_start().strip_prefix(b":")?;
    let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<serde_json::Value>();
    match values.next()?.ok()? {
        serde_json::Value::String(id) => Some(id),
        serde_json::Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn row(
    name: Option<&str>,
    line: &str,
    (number, skipped): (usize, usize),
    languages: (Option<&str>, Option<&str>),
) -> Input {
    if line.len() > LARGEST << 20 {
        return unreadable(line.as_bytes(), number, &large(line.len().div_ceil(1 << 20)), name.is_some());
    }
    let node = match Node::parse(line) {
        Ok(node) => node,
        Err(error) => return unreadable(line.as_bytes(), number, &json::mistake(&error), name.is_some()),
    };
    let fields = match node.distinct() {
        Ok(fields) => fields,
        Err(twice) => {
            let error = format!("has two fields `{twice}`");
            return unreadable(line.as_bytes(), number, &error, name.is_some());
        }
    };
    let id = fields.get("id").filter(|id| !id.is_null()).map_or_else(|| number.to_string(), Node::in_words);
    let file = name.map(|name| File {
        name: name.into(),
        text: line.into(),
        skipped: Some(skipped),
        notes: Vec::new(),
    });
    let row = Row { fields: &fields, file: file.as_ref(), number, id: &id };
    row.read(languages).unwrap_or_else(|error| {
        let error = if name.is_some() { format!("line {number}: {error}") } else { error };
        Input::Unreadable { id: id.clone(), error }
    })
}

struct Row<'a> {
    fields: &'a BTreeMap<String, Node<'a>>,
    /// The file it is in, where places are to be told in that.
    file: Option<&'a File>,
    number: usize,
    id: &'a str,
}

impl Row<'_> {
    fn read(&self, (source, target): (Option<&str>, Option<&str>)) -> Result<Input, Mistake> {
        let id = self.id.to_owned();
        if let Some(accounts) = self.field("accounts") {
            let list = accounts.items();
            if !accounts.is_list() || list.is_empty() {
                return Err("`accounts` is no list of texts".into());
            }
            let accounts = list.into_iter().enumerate().map(|(nth, node)| self.account(nth, node));
            return Ok(Input::Story { id, accounts: accounts.collect::<Result<_, Mistake>>()? });
        }
        let source = self.side("source", source)?;
        let Some(target) = self.side("target", target)? else {
            return Err("neither `target` nor `accounts`".into());
        };
        Ok(match source {
            Some(source) => Input::Pair { id, source, target },
            None => Input::Text { id, target },
        })
    }

    fn field(&self, name: &str) -> Option<Node<'_>> {
        self.fields.get(name).copied().filter(|node| !node.is_null())
    }

    /// `date`: a day, or a moment of one. What is written in another way is not for us.
    fn day(&self) -> Option<String> {
        let day: String = self.field("date")?.in_words().chars().take(10).collect();
        let fits = |(index, character): (usize, char)| match index {
            4 | 7 => character == '-',
            _ => character.is_ascii_digit(),
        };
        (day.len() == 10 && day.chars().enumerate().all(fits)).then_some(day)
    }

    /// `source` and `source_lang`, or `source: {text, lang}`.
    fn side(&self, name: &str, default: Option<&str>) -> Result<Option<Text>, Mistake> {
        let Some(node) = self.field(name) else { return Ok(None) };
        let (text, own) =
            if node.is_object() { (node.get("text"), node.get("lang")) } else { (Some(node), None) };
        let own = own.or_else(|| self.field(&format!("{name}_lang")));
        let text = text.and_then(|text| text.extract()).ok_or_else(|| format!("`{name}` is no text"))?;
        self.text(text, self.id, own, default).map(Some)
    }

    fn account(&self, nth: usize, node: Node<'_>) -> Result<Text, Mistake> {
        let text = node.get("text").and_then(|text| text.extract());
        let text = text.ok_or_else(|| format!("account {}: `text` is no text", nth + 1))?;
        let name = node.get("id").map_or_else(|| nth.to_string(), |id| id.in_words());
        self.text(text, &name, node.get("lang"), None)
    }

    fn text(
        &self,
        extract: Extract,
        name: &str,
        language: Option<Node<'_>>,
        default: Option<&str>,
    ) -> Result<Text, Mistake> {
        let language = language.map(|tag| tag.in_words());
        if let Some(tag) = language.as_deref().filter(|tag| lang::find(tag).is_none()) {
            return Err(format!("no language `{tag}`"));
        }
        let mut line = Anchor { line: self.number, ..Anchor::START };
        Ok(Text {
            name: name.to_owned(),
            language: language.or_else(|| default.map(str::to_owned)),
            text: extract.text,
            origin: self.file.map(|file| extract::origin(file, extract.pieces, &mut line)),
            day: self.day(),
            ..Text::default()
        })
    }
}
