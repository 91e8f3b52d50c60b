//! What agencies send: NINJS and NewsML-G2.

use super::error::ReadError;
use super::extract::Extract;
use super::feed::{Draft, Item, escaped_html, json_error};
use super::file::File;
use super::formats::Options;
use super::html;
use super::json::Node as Json;
use super::xml::{self, Element, Node, Xml};
use crate::model::{Anchor, Piece, Span};

/// Whether a text is NINJS: an item, or a list of them.
pub(super) fn sniff_ninjs(text: &str) -> bool {
    let Ok(root) = Json::parse(text) else { return false };
    items(root).first().is_some_and(|item| {
        let fields = item.fields();
        let has = |names: &[&str]| names.iter().any(|name| fields.contains_key(*name));
        has(&["guid", "uri"])
            && has(&["body_html", "body_text", "body_xhtml", "bodies", "headline", "headlines"])
    })
}

fn items(root: Json<'_>) -> Vec<Json<'_>> {
    let list = root.get("items").or_else(|| root.get("_items")).unwrap_or(root);
    let items = list.items();
    if items.is_empty() { vec![root] } else { items }
}

/// NINJS 1.x, as Superdesk and others send it, and 2.x and 3.x, where texts are lists of values by role.
pub(super) fn ninjs(file: &File, options: &Options) -> Result<Vec<Item>, ReadError> {
    let root = Json::parse(&file.text).map_err(|error| json_error(file, &error))?;
    let mut anchor = Anchor::START;
    let read = items(root).into_iter().enumerate().map(|(index, node)| {
        let mut draft = ninjs_item(node);
        draft.span = node.span();
        draft.item(file, &mut anchor, index + 1, options.target_language.as_deref())
    });
    Ok(read.collect())
}

fn ninjs_item(node: Json<'_>) -> Draft {
    let fields = node.fields();
    let get = |name: &str| fields.get(name).copied();
    let word = |name: &str| get(name).and_then(|node| node.string()).filter(|word| !word.is_empty());
    let text = |name: &str| get(name).and_then(|node| node.extract()).filter(|text| !text.is_blank());
    let markup = |name: &str| text(name).map(|value| escaped_html(&value));
    // `bodies: [{"role": "main", "value": "…", "contenttype": "text/html"}]`
    let listed = |name: &str| {
        let values = get(name).map(|list| list.items()).unwrap_or_default();
        let value = values.iter().find_map(|entry| {
            let value = entry.get("value")?.extract()?;
            let kind = entry.get("contenttype").and_then(|kind| kind.string()).unwrap_or_default();
            Some(if kind.contains("html") { escaped_html(&value) } else { value })
        });
        value.filter(|value| !value.is_blank())
    };
    let extra = get("extra").and_then(|extra| extra.get("translated_from")?.string());
    let mut captions = Vec::new();
    if let Some(associations) = get("associations") {
        let named = associations.fields().into_values();
        for entry in named.chain(associations.items()) {
            let caption = |name: &str| entry.get(name).and_then(|node| node.extract());
            captions.extend(
                caption("description_text").or_else(|| caption("headline")).filter(|text| !text.is_blank()),
            );
        }
        // In order of the file, whatever the fields are called.
        captions.sort_by_key(|caption: &Extract| caption.pieces.first().map_or(0, |piece| piece.file.start));
    }
    Draft {
        guid: word("guid").or_else(|| word("uri")),
        link: word("href").or_else(|| word("link")),
        translation_of: word("translated_from").or(extra),
        language: word("language"),
        title: text("headline").or_else(|| listed("headlines")),
        byline: text("byline"),
        summary: markup("description_html")
            .or_else(|| text("description_text"))
            .or_else(|| listed("descriptions")),
        body: markup("body_html")
            .or_else(|| markup("body_xhtml"))
            .or_else(|| text("body_text"))
            .or_else(|| listed("bodies")),
        captions,
        span: node.span(),
    }
}

/// Whether a text is NewsML-G2 or NITF.
pub(super) fn sniff_newsml(text: &str) -> bool {
    xml::root(text).is_some_and(|root| matches!(root.as_str(), "newsItem" | "newsMessage" | "nitf"))
}

/// NewsML-G2: a message of items, or one item; also NITF on its own.
pub(super) fn newsml(file: &File, options: &Options) -> Result<Vec<Item>, ReadError> {
    let mut xml = Xml::new(file);
    let mut anchor = Anchor::START;
    let mut items: Vec<Item> = Vec::new();
    while let Some(node) = xml.next()? {
        let Node::Start(element) = node else { continue };
        let draft = match element.name.as_str() {
            "newsItem" => news_item(&mut xml, &element)?,
            "nitf" => {
                let mut draft = Draft::default();
                let inner = xml.skip()?;
                draft.body = Some(inside(&xml, inner));
                draft.language = element.get("lang").map(str::to_owned);
                draft.span = element.span.join(inner);
                draft
            }
            _ => continue,
        };
        items.push(draft.item(file, &mut anchor, items.len() + 1, options.target_language.as_deref()));
    }
    if items.is_empty() {
        return Err(file.nothing("holds no news item"));
    }
    Ok(items)
}

fn news_item(xml: &mut Xml<'_>, item: &Element) -> Result<Draft, ReadError> {
    let mut draft = Draft { guid: item.get("guid").map(str::to_owned), ..Draft::default() };
    let mut headline_in_body = false;
    let end = xml.inside(|xml, node| {
        let Node::Start(element) = node else { return Ok(()) };
        match element.name.as_str() {
            "language" => draft.language = draft.language.take().or(element.get("tag").map(str::to_owned)),
            "headline" if draft.title.is_none() => draft.title = Some(xml.text(&[])?),
            "by" if draft.byline.is_none() => draft.byline = Some(xml.text(&[])?),
            "description" if element.get("role").is_some_and(|role| role.contains("caption")) => {
                draft.captions.push(xml.text(&[])?);
            }
            // `<link rel="irel:translatedFrom" residref="urn:…"/>`
            "link" if element.get("rel").is_some_and(|rel| rel.to_ascii_lowercase().contains("translat")) => {
                draft.translation_of = element.get("residref").map(str::to_owned);
            }
            "inlineXML" => {
                let inner = xml.skip()?;
                let written = xml.of(inner);
                headline_in_body = written.contains("<hl1") || written.contains("<h1");
                draft.body = Some(inside(xml, inner));
            }
            "inlineData" => {
                let value = xml.text(&[])?;
                let html = element.get("contenttype").is_some_and(|kind| kind.contains("html"));
                draft.body = Some(if html { escaped_html(&value) } else { value });
            }
            // Pictures and sound.
            "remoteContent" | "itemMeta" | "rightsInfo" => {
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    })?;
    if headline_in_body {
        draft.title = None;
    }
    draft.span = item.span.join(end);
    Ok(draft)
}

/// Markup that stands in XML as it is.
fn inside(xml: &Xml<'_>, inner: Span) -> Extract {
    let here = [Piece { text: Span::new(0, inner.len()), file: inner }];
    html::fragment(xml.of(inner)).through(&here)
}
