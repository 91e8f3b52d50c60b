//! XML with places, safe to read from anybody: no document type of its own, no entities, bounded depth.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use crate::model::Span;

/// Elements inside one another.
const DEPTH: usize = 128;

/// Attributes of one element.
const ATTRIBUTES: usize = 256;

/// An element's start.
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// Its name without prefix.
    pub(super) name: String,
    /// Its name with prefix.
    pub(super) full: String,
    /// Attributes by name without prefix, in order.
    attributes: Vec<(String, String)>,
    /// The start tag.
    pub(super) span: Span,
}

impl Element {
    /// An attribute's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// What stands in a file of XML.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// An element begins; an empty one ends at once.
    Start(Element),
    /// An element ends; the place is that of its end tag.
    End(String, Span),
    /// Text as it is.
    Text(Span),
    /// A reference and what it stands for.
    Reference(char, Span),
}

/// Reads a file from its beginning.
pub(super) struct Xml<'a> {
    file: &'a File,
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// A file.
    pub(super) fn new(file: &'a File) -> Self {
        let mut reader = Reader::from_str(&file.text);
        reader.config_mut().expand_empty_elements = true;
        Self { file, reader, depth: 0 }
    }

    /// The text of a span of the file.
    pub(super) fn of(&self, span: Span) -> &'a str {
        span.of(&self.file.text)
    }

    /// What comes next; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Node>, ReadError> {
        loop {
            let start = self.reader.buffer_position() as usize;
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = self.reader.error_position() as usize;
                    return Err(self.file.error(at, format!("is no XML: {error}")));
                }
            };
            let span = Span::new(start, self.reader.buffer_position() as usize);
            return Ok(Some(match event {
                Event::Start(element) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        let message = format!("holds more than {DEPTH} elements inside one another");
                        return Err(self.file.error(start, message));
                    }
                    Node::Start(self.element(&element, span)?)
                }
                Event::End(element) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End(element.local_name().as_ref().to_owned(), span)
                }
                Event::Text(_) => Node::Text(span),
                // Between `<![CDATA[` and `]]>`.
                Event::CData(_) => {
                    Node::Text(Span::new(span.start + 9, span.end.saturating_sub(3).max(span.start + 9)))
                }
                Event::GeneralRef(name) => {
                    let name: &str = &name;
                    let character = match name {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        other => character(other).ok_or_else(|| {
                            self.file.error(start, format!("`&{other};` stands for nothing that recto knows"))
                        })?,
                    };
                    Node::Reference(character, span)
                }
                Event::DocType(content) => {
                    // `<!DOCTYPE tmx SYSTEM "tmx14.dtd">` is ordinary and never loaded; one that defines
                    // entities of its own is how a kilobyte becomes a gigabyte.
                    if content.contains('[') {
                        return Err(self.file.error(start, "defines a document type of its own: refused"));
                    }
                    continue;
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
                Event::Eof if self.depth > 0 => {
                    return Err(self.file.error(start, "ends before its elements do"));
                }
                Event::Eof => return Ok(None),
            }));
        }
    }

    fn element(&self, element: &BytesStart<'_>, span: Span) -> Result<Element, ReadError> {
        let mut attributes = Vec::new();
        for attribute in element.attributes() {
            let attribute =
                attribute.map_err(|error| self.file.error(span.start, format!("is no XML: {error}")))?;
            if attributes.len() >= ATTRIBUTES {
                return Err(self.file.error(span.start, format!("has more than {ATTRIBUTES} attributes")));
            }
            let value = unescaped(&attribute.value);
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
        }
        let full = element.name().as_ref().to_owned();
        Ok(Element { name: element.local_name().as_ref().to_owned(), full, attributes, span })
    }

    /// Reads to the end of the element that has just begun, and hands what is in it to `see`; answers where its
    /// end tag is.
    pub(super) fn inside(
        &mut self,
        mut see: impl FnMut(&mut Self, Node) -> Result<(), ReadError>,
    ) -> Result<Span, ReadError> {
        let outside = self.depth.saturating_sub(1);
        while let Some(node) = self.next()? {
            match node {
                Node::End(_, span) if self.depth <= outside => return Ok(span),
                other => see(self, other)?,
            }
        }
        let end = self.file.text.len();
        Ok(Span::new(end, end))
    }

    /// Reads to the end of the element that has just begun; answers where its content is.
    pub(super) fn skip(&mut self) -> Result<Span, ReadError> {
        let start = self.reader.buffer_position() as usize;
        let end = self.inside(|_, _| Ok(()))?;
        Ok(Span::new(start.min(end.start), end.start))
    }

    /// The text of the element that has just begun, elements named by `native` with what is in them aside.
    pub(super) fn text(&mut self, native: &[&str]) -> Result<Extract, ReadError> {
        let mut out = Extract::default();
        self.inside(|xml, node| {
            match node {
                Node::Start(element) if native.contains(&element.name.as_str()) => {
                    xml.skip()?;
                }
                Node::Start(_) | Node::End(..) => {}
                other => xml.add(&mut out, &other),
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// Adds text or a reference as it is.
    pub(super) fn add(&self, out: &mut Extract, node: &Node) {
        match node {
            Node::Text(span) => out.copy(self.of(*span), span.start),
            Node::Reference(character, span) => out.put(character.encode_utf8(&mut [0; 4]), *span),
            Node::Start(_) | Node::End(..) => {}
        }
    }

    /// A mistake at a place.
    pub(super) fn error(&self, at: usize, message: impl Into<String>) -> ReadError {
        self.file.error(at, message)
    }
}

/// `#233`, `#xE9`.
fn character(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    code.ok().and_then(char::from_u32).filter(|&character| character != '\0')
}

/// The value of an attribute; a reference to nothing known stays as it is written.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((plain, after)) = rest.split_once('&') {
        out.push_str(plain);
        let known = after.split_once(';').and_then(|(name, tail)| {
            let known = match name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                other => character(other),
            };
            known.map(|character| (character, tail))
        });
        if let Some((character, tail)) = known {
            out.push(character);
            rest = tail;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The name of the first element, read no further; for telling formats apart.
pub(super) fn root(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    // A prologue is short.
    for _ in 0..64 {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => {
                return Some(element.local_name().as_ref().to_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        let file = File { name: "a.xml".into(), text: text.into(), skipped: Some(0), notes: Vec::new() };
        let mut xml = Xml::new(&file);
        let mut out = Extract::default();
        loop {
            match xml.next() {
                Ok(Some(node)) => xml.add(&mut out, &node),
                Ok(None) => return Ok(out.text),
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    #[test]
    fn text_references_and_character_data() {
        let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\"><a b='1'>x &lt;&#233;&#x1F600; <![CDATA[<y>]]></a>";
        assert_eq!(read(text).expect("XML").trim(), "x <é😀 <y>");
    }

    #[test]
    fn what_is_hostile_is_refused_with_its_place() {
        let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<a>&b;</a>";
        assert_eq!(read(bomb), Err("a.xml:1:1: defines a document type of its own: refused".into()));
        assert_eq!(read("<a>\n &b;</a>"), Err("a.xml:2:2: `&b;` stands for nothing that recto knows".into()));
        let deep = "<a>".repeat(5000);
        assert!(read(&deep).expect_err("deep").contains("inside one another"));
        assert!(read("<a><b></a>").expect_err("crossed").starts_with("a.xml:1:"));
        assert!(read("<a><b>").expect_err("cut").contains("ends before"));
        let wide = format!("<a {}/>", (0..400).map(|n| format!("a{n}=\"\" ")).collect::<String>());
        assert!(read(&wide).expect_err("wide").contains("attributes"));
    }
}
