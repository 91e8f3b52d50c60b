//! Feeds: RSS, Atom and JSON Feed. Each item is a text; two feeds are paired by what names their items.

use std::collections::BTreeMap;

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use super::formats::Options;
use super::html;
use super::json::Node as Json;
use super::xml::{self, Element, Node, Xml};
use crate::model::{Anchor, SegmentKind, Span};
use crate::pipeline::{Input, Text};

/// One text of several in a file.
#[derive(Debug, Clone)]
pub struct Item {
    /// What names it for ever.
    pub guid: Option<String>,
    /// Its address.
    pub link: Option<String>,
    /// The guid of the item that it translates, where the file says so.
    pub translation_of: Option<String>,
    /// Its text, or why it has none.
    pub text: Result<Text, ReadError>,
    /// Where it is, its own marks with it: bytes of the decoded file.
    pub span: Span,
}

/// By what the items of two feeds are paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairBy {
    /// The id that a feed promises never to change.
    Guid,
    /// The address.
    Link,
    /// The order.
    Position,
}

/// Pairs the items of a source and a translation: an input for each item of the translation, in its order. One
/// whose source is not there cannot be read.
pub fn pair(sources: &[Item], targets: &[Item], by: PairBy) -> Vec<Input> {
    let key = |item: &Item| match by {
        PairBy::Link => item.link.clone(),
        _ => item.guid.clone().or_else(|| item.link.clone()),
    };
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (index, source) in sources.iter().enumerate() {
        if let Some(key) = key(source) {
            known.entry(key).or_insert(index);
        }
    }
    let find = |index: usize, target: &Item| {
        if by == PairBy::Position {
            return (index < sources.len()).then_some(index).ok_or("the source ends before it".to_owned());
        }
        let own = key(target);
        let of = target.translation_of.as_ref().filter(|_| by == PairBy::Guid);
        let found = of.into_iter().chain(&own).find_map(|key| known.get(key)).copied();
        found.ok_or_else(|| match own {
            Some(key) => format!("no item of the source has `{key}`"),
            None => "it has neither guid nor link".to_owned(),
        })
    };
    let inputs = targets.iter().enumerate().map(|(index, target)| {
        let id = match &target.text {
            Ok(text) => text.name.clone(),
            Err(_) => target.guid.clone().unwrap_or_else(|| format!("item {}", index + 1)),
        };
        let unreadable =
            |error: String| Input::Unreadable { id: id.clone(), error: format!("{id}: {error}") };
        match (find(index, target), &target.text) {
            (_, Err(error)) => unreadable(error.to_string()),
            (Err(error), _) => unreadable(error),
            (Ok(at), Ok(text)) => match &sources[at].text {
                Ok(source) => Input::Pair { id: id.clone(), source: source.clone(), target: text.clone() },
                Err(error) => unreadable(format!("its source: {error}")),
            },
        }
    });
    inputs.collect()
}

/// The feed without the items at these places; commas and indentation around them go too.
pub fn without(text: &str, items: &[Span]) -> String {
    let mut sorted: Vec<Span> = items.to_vec();
    sorted.sort();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for item in sorted {
        let kept = Span::new(at, item.start.max(at)).of(text);
        let after = Span::new(item.end, text.len()).of(text);
        let rest = after.trim_start();
        if let Some(next) = rest.strip_prefix(',') {
            // JSON: the comma after it, and what is between that and the next item.
            out.push_str(kept);
            at = text.len() - next.trim_start().len();
        } else {
            // The last of a list of JSON: the comma before it.
            out.push_str(kept);
            let trimmed = out.trim_end();
            let length = trimmed.strip_suffix(',').unwrap_or(trimmed).len();
            out.truncate(length);
            at = item.end;
        }
    }
    out.push_str(Span::new(at, text.len()).of(text));
    out
}

/// Whether a text is a feed.
pub(super) fn sniff(text: &str) -> bool {
    let start = text.trim_start();
    if start.starts_with('{') {
        return is_json_feed(text);
    }
    xml::root(text).is_some_and(|root| matches!(root.as_str(), "rss" | "feed" | "RDF"))
}

fn is_json_feed(text: &str) -> bool {
    let version = Json::parse(text).ok().and_then(|root| root.get("version")?.string());
    version.is_some_and(|version| version.contains("jsonfeed.org"))
}

/// The items of a feed.
pub(super) fn read(file: &File, options: &Options) -> Result<Vec<Item>, ReadError> {
    let items =
        if file.text.trim_start().starts_with('{') { json(file, options)? } else { markup(file, options)? };
    if items.is_empty() {
        return Err(file.nothing("is a feed without items"));
    }
    Ok(items)
}

/// What an item holds, as it is read.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) guid: Option<String>,
    pub(super) link: Option<String>,
    pub(super) translation_of: Option<String>,
    pub(super) language: Option<String>,
    pub(super) title: Option<Extract>,
    pub(super) byline: Option<Extract>,
    pub(super) summary: Option<Extract>,
    pub(super) body: Option<Extract>,
    pub(super) captions: Vec<Extract>,
    pub(super) span: Span,
}

impl Draft {
    /// The item; `number` names one that nothing else names.
    pub(super) fn item(
        self,
        file: &File,
        anchor: &mut Anchor,
        number: usize,
        language: Option<&str>,
    ) -> Item {
        let mut whole = Extract::default();
        if let Some(title) = &self.title {
            whole.append_as(title, SegmentKind::Heading);
        }
        if let Some(byline) = &self.byline {
            whole.append_as(byline, SegmentKind::Byline);
        }
        // A summary is mostly the beginning of the text over again.
        let body = self.body.as_ref().filter(|body| !body.is_blank());
        if let Some(body) = body.or(self.summary.as_ref()) {
            whole.append(body);
        }
        for caption in &self.captions {
            whole.append_as(caption, SegmentKind::Caption);
        }
        let key = self.guid.clone().or_else(|| self.link.clone()).unwrap_or_else(|| number.to_string());
        let name = format!("{}#{key}", file.name);
        let language = self.language.as_deref().or(language);
        Item {
            text: whole.text(file, anchor, &name, language),
            guid: self.guid,
            link: self.link,
            translation_of: self.translation_of,
            span: self.span,
        }
    }
}

/// HTML that stands escaped in a value.
pub(super) fn escaped_html(value: &Extract) -> Extract {
    html::fragment(&value.text).through(&value.pieces)
}

fn word(value: &Extract) -> Option<String> {
    Some(value.text.trim().to_owned()).filter(|word| !word.is_empty())
}

fn markup(file: &File, options: &Options) -> Result<Vec<Item>, ReadError> {
    let mut xml = Xml::new(file);
    let mut anchor = Anchor::START;
    let mut language = None;
    let mut items = Vec::new();
    while let Some(node) = xml.next()? {
        let Node::Start(element) = node else { continue };
        match element.full.as_str() {
            "rss" | "feed" | "channel" => {
                language = language.or(element.get("lang").map(str::to_owned));
            }
            "language" => language = word(&xml.text(&[])?),
            "item" | "entry" => {
                let draft = entry(&mut xml, &element)?;
                let own = options.target_language.as_deref().or(language.as_deref());
                items.push(draft.item(file, &mut anchor, items.len() + 1, own));
            }
            // Of the feed, not of an item.
            "image" | "title" | "description" | "textInput" | "author" => {
                xml.skip()?;
            }
            _ => {}
        }
    }
    Ok(items)
}

fn entry(xml: &mut Xml<'_>, item: &Element) -> Result<Draft, ReadError> {
    let mut draft = Draft { language: item.get("lang").map(str::to_owned), ..Draft::default() };
    let end = xml.inside(|xml, node| {
        let Node::Start(element) = node else { return Ok(()) };
        match element.full.as_str() {
            "title" => draft.title = Some(value(xml, &element)?),
            "guid" | "id" => draft.guid = word(&xml.text(&[])?),
            "link" => {
                let alternate = element.get("rel").is_none_or(|rel| rel == "alternate");
                let href = element.get("href").map(str::to_owned);
                let own = word(&xml.text(&[])?);
                if alternate {
                    draft.link = href.or(own).or(draft.link.take());
                }
            }
            "author" | "dc:creator" => {
                let mut name = Extract::default();
                xml.inside(|xml, node| {
                    match node {
                        Node::Start(element) if matches!(element.name.as_str(), "email" | "uri") => {
                            xml.skip()?;
                        }
                        other => xml.add(&mut name, &other),
                    }
                    Ok(())
                })?;
                draft.byline = Some(name);
            }
            "description" | "summary" => draft.summary = Some(value(xml, &element)?),
            "content:encoded" | "content" => draft.body = Some(value(xml, &element)?),
            "media:description" | "media:title" => draft.captions.push(value(xml, &element)?),
            "source" | "media:credit" => {
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    })?;
    draft.span = item.span.join(end);
    Ok(draft)
}

/// The text of an element: HTML, unless it says that it is plain.
fn value(xml: &mut Xml<'_>, element: &Element) -> Result<Extract, ReadError> {
    match element.get("type") {
        Some("xhtml" | "application/xhtml+xml") => {
            let inner = xml.skip()?;
            let here = [crate::model::Piece { text: Span::new(0, inner.len()), file: inner }];
            Ok(html::fragment(xml.of(inner)).through(&here))
        }
        Some("text" | "plain" | "text/plain") => xml.text(&[]),
        // Atom's default is plain text, and RSS never says what it is.
        _ => Ok(escaped_html(&xml.text(&[])?)),
    }
}

fn json(file: &File, options: &Options) -> Result<Vec<Item>, ReadError> {
    let root = Json::parse(&file.text).map_err(|error| json_error(file, &error))?;
    let text = |node: Option<Json<'_>>| node.and_then(|node| node.extract());
    let language = options.target_language.clone().or_else(|| root.get("language")?.string());
    let mut anchor = Anchor::START;
    let items = root.get("items").map(|items| items.items()).unwrap_or_default();
    let items = items.into_iter().enumerate().map(|(index, node)| {
        let fields = node.fields();
        let get = |name: &str| fields.get(name).copied();
        let body = text(get("content_html")).map(|html| escaped_html(&html));
        let authors = get("authors").map(|authors| authors.items()).unwrap_or_default();
        let draft = Draft {
            guid: get("id").map(|id| id.in_words()),
            link: get("url").and_then(|url| url.string()),
            language: get("language").and_then(|tag| tag.string()),
            title: text(get("title")),
            byline: authors.first().and_then(|author| author.get("name")?.extract()),
            summary: text(get("summary")),
            body: body.or_else(|| text(get("content_text"))),
            span: node.span(),
            ..Draft::default()
        };
        draft.item(file, &mut anchor, index + 1, language.as_deref())
    });
    Ok(items.collect())
}

/// A mistake in JSON with its place.
pub(super) fn json_error(file: &File, error: &serde_json::Error) -> ReadError {
    let lines: usize =
        file.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    file.error(lines + error.column().saturating_sub(1), format!("is no JSON: {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_taken_out_of_a_feed() {
        let xml = "<rss>\n <item>a</item>\n <item>b</item>\n</rss>";
        let place = |text: &str, whole: &str| {
            let start = whole.find(text).expect("is there");
            Span::new(start, start + text.len())
        };
        assert_eq!(without(xml, &[place("<item>b</item>", xml)]), "<rss>\n <item>a</item>\n</rss>");
        let json = "{\"items\": [\n {\"a\":1},\n {\"b\":2}\n]}";
        assert_eq!(without(json, &[place("{\"a\":1}", json)]), "{\"items\": [\n {\"b\":2}\n]}");
        assert_eq!(without(json, &[place("{\"b\":2}", json)]), "{\"items\": [\n {\"a\":1}\n]}");
        assert_eq!(without(json, &[place("{\"a\":1}", json), place("{\"b\":2}", json)]), "{\"items\": [\n]}");
    }
}
