//! Office documents: DOCX and ODT. They have no lines; their paragraphs stand in for them, so that line 7 of a report
//! is the seventh paragraph that holds text.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::error::{LARGEST_FILE, ReadError};
use super::extract::Extract;
use super::file::{self, File};
use super::formats::Options;
use super::xml::{Node, Xml};
use crate::model::{Block, SegmentKind, Span};
use crate::pipeline::Text;

/// Files in one archive.
const ENTRIES: usize = 10_000;

/// An archive that is read no further than a file may be long.
struct Archive<'a> {
    name: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    fn open(name: &'a str, bytes: &'a [u8]) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(name, &error.to_string()))?;
        if zip.len() > ENTRIES {
            return Err(broken(name, "too many files in it"));
        }
        Ok(Self { name, zip, left: (LARGEST_FILE as u64) << 20 })
    }

    /// A part as text; `None` where there is none of that name.
    fn part(&mut self, part: &str) -> Result<Option<File>, ReadError> {
        let mut bytes = Vec::new();
        let Some(index) = self.zip.index_for_name(part) else { return Ok(None) };
        let reader = self.zip.by_index(index).map_err(|error| broken(self.name, &error.to_string()))?;
        // What the archive says of its sizes is not to be believed.
        let read = reader.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|error| broken(self.name, &error.to_string()))?;
        if bytes.len() as u64 > self.left {
            return Err(ReadError::LargeFile { name: self.name.to_owned() });
        }
        self.left -= bytes.len() as u64;
        file::decode(&format!("{}!{part}", self.name), bytes, true).map(Some)
    }
}

fn broken(name: &str, reason: &str) -> ReadError {
    ReadError::Nothing { name: name.to_owned(), message: format!("cannot be unpacked: {reason}") }
}

/// Paragraphs with their kinds, one a line.
#[derive(Default)]
struct Paragraphs {
    text: String,
    blocks: Vec<Block>,
}

impl Paragraphs {
    fn push(&mut self, paragraph: &str, kind: Option<SegmentKind>) {
        let paragraph = paragraph.trim();
        if paragraph.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(paragraph);
        self.blocks.push(Block { span: Span::new(start, self.text.len()), kind });
        self.text.push('\n');
    }

    fn finish(self, name: &str, options: &Options) -> Result<Text, ReadError> {
        super::plain::check(name, &self.text)?;
        let text = Text::new(name, options.target_language.as_deref(), self.text.trim_end());
        Ok(Text { blocks: self.blocks, ..text })
    }
}

/// Word's documents.
pub(super) fn docx(name: &str, bytes: &[u8], options: &Options) -> Result<Text, ReadError> {
    let mut archive = Archive::open(name, bytes)?;
    let styles = match archive.part("word/styles.xml")? {
        Some(part) => styles(&part)?,
        None => BTreeMap::new(),
    };
    let mut out = Paragraphs::default();
    let Some(document) = archive.part("word/document.xml")? else {
        return Err(broken(name, "it holds no word/document.xml"));
    };
    word(&document, &styles, &mut out)?;
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(part) = archive.part(part)? {
            word(&part, &styles, &mut out)?;
        }
    }
    out.finish(name, options)
}

/// What styles are called in English, by their ids: those are in the language of whoever wrote.
fn styles(part: &File) -> Result<BTreeMap<String, String>, ReadError> {
    let mut xml = Xml::new(part);
    let mut names = BTreeMap::new();
    let mut id = String::new();
    while let Some(node) = xml.next()? {
        let Node::Start(element) = node else { continue };
        match element.name.as_str() {
            "style" => element.get("styleId").unwrap_or_default().clone_into(&mut id),
            "name" => {
                names.insert(id.clone(), element.get("val").unwrap_or_default().to_ascii_lowercase());
            }
            _ => {}
        }
    }
    Ok(names)
}

fn word(part: &File, styles: &BTreeMap<String, String>, out: &mut Paragraphs) -> Result<(), ReadError> {
    let mut xml = Xml::new(part);
    let mut paragraph = String::new();
    let mut kind = None;
    while let Some(node) = xml.next()? {
        match node {
            Node::Start(element) => match element.full.as_str() {
                "w:p" => {
                    // Text frames hold paragraphs inside paragraphs.
                    out.push(&std::mem::take(&mut paragraph), kind.take());
                }
                "w:pStyle" => {
                    let id = element.get("val").unwrap_or_default();
                    kind = style_kind(styles.get(id).map_or(id, String::as_str));
                }
                "w:numPr" => kind = kind.or(Some(SegmentKind::ListItem)),
                "w:t" => paragraph.push_str(&xml.text(&[])?.text),
                "w:tab" => paragraph.push(' '),
                "w:br" | "w:cr" => out.push(&std::mem::take(&mut paragraph), kind),
                "w:noBreakHyphen" => paragraph.push('\u{2011}'),
                // What was deleted, codes of fields, drawings' second copies.
                "w:del" | "w:moveFrom" | "w:instrText" | "w:delText" | "mc:Fallback" => {
                    xml.skip()?;
                }
                _ => {}
            },
            Node::End(name, _) if name == "p" => out.push(&std::mem::take(&mut paragraph), kind.take()),
            _ => {}
        }
    }
    Ok(())
}

fn style_kind(style: &str) -> Option<SegmentKind> {
    let style = style.to_ascii_lowercase();
    if style.starts_with("heading") || style == "title" || style == "subtitle" {
        Some(SegmentKind::Heading)
    } else if style.starts_with("caption") {
        Some(SegmentKind::Caption)
    } else if style.starts_with("list") {
        Some(SegmentKind::ListItem)
    } else {
        None
    }
}

/// Texts of the open document format.
pub(super) fn odt(name: &str, bytes: &[u8], options: &Options) -> Result<Text, ReadError> {
    let mut archive = Archive::open(name, bytes)?;
    let Some(part) = archive.part("content.xml")? else {
        return Err(broken(name, "it holds no content.xml"));
    };
    let mut xml = Xml::new(&part);
    let mut out = Paragraphs::default();
    // Styles of the document itself, by the named style that each builds on.
    let mut parents: BTreeMap<String, String> = BTreeMap::new();
    let (mut paragraph, mut kind, mut items) = (Extract::default(), None, 0_usize);
    let mut notes = Vec::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Start(element) => match element.full.as_str() {
                "style:style" => {
                    if let (Some(name), Some(parent)) =
                        (element.get("name"), element.get("parent-style-name"))
                    {
                        parents.insert(name.to_owned(), parent.to_owned());
                    }
                }
                "text:list-item" => items += 1,
                "text:p" | "text:h" => {
                    out.push(&std::mem::take(&mut paragraph).text, kind);
                    let style = element.get("style-name").unwrap_or_default();
                    let style = parents.get(style).map_or(style, String::as_str);
                    kind = if element.name == "h" {
                        Some(SegmentKind::Heading)
                    } else {
                        style_kind(style).or((items > 0).then_some(SegmentKind::ListItem))
                    };
                }
                "text:s" | "text:tab" => paragraph.insert(" "),
                "text:line-break" => out.push(&std::mem::take(&mut paragraph).text, kind),
                // A note stands in the middle of a sentence; its text is no part of it.
                "text:note" => notes.push(xml.text(&["note-citation"])?.text),
                "text:tracked-changes" | "office:annotation" => {
                    xml.skip()?;
                }
                _ => {}
            },
            Node::End(name, _) => match name.as_str() {
                "p" | "h" => out.push(&std::mem::take(&mut paragraph).text, kind.take()),
                "list-item" => items = items.saturating_sub(1),
                _ => {}
            },
            other => xml.add(&mut paragraph, &other),
        }
    }
    for note in notes {
        out.push(&note, None);
    }
    out.finish(name, options)
}

/// Bytes of an archive that are one of the two, by name.
pub(super) fn sniff(bytes: &[u8]) -> Option<&'static str> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if zip.index_for_name("word/document.xml").is_some() {
        Some("docx")
    } else {
        zip.index_for_name("content.xml").map(|_| "odt")
    }
}
