//! Markdown with front matter. Code, addresses of links and raw tags are no text of the article.

use pulldown_cmark::{Event, Options as Syntax, Parser, Tag, TagEnd};

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use super::formats::Options;
use super::front_matter::FrontMatter;
use super::html;
use crate::model::{Anchor, MadeFrom, Piece, SegmentKind, Span};
use crate::pipeline::Text;

pub(super) fn read(file: &File, options: &Options) -> Result<Text, ReadError> {
    let (extract, front) = extract(&file.text);
    let own = front.word(&["lang", "language", "locale"]);
    let language = options.target_language.clone().or(own);
    let text = extract.text(file, &mut Anchor::START.clone(), &file.name, language.as_deref())?;
    let made_from = MadeFrom {
        path: front.word(&["translation_of", "translation-of"]),
        revision: front.word(&[
            "source_sha256",
            "source-sha256",
            "source_hash",
            "source-hash",
            "source_commit",
            "source-commit",
            "default_lang_commit",
        ]),
        change: None,
    };
    Ok(Text { made_from: Some(made_from).filter(|made| *made != MadeFrom::default()), ..text })
}

fn extract(source: &str) -> (Extract, FrontMatter) {
    let syntax = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Syntax::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut out = Extract::default();
    let mut front = FrontMatter::default();
    // What is open, innermost last: the kind of text in it; nothing is taken where it is silent.
    let mut open: Vec<Option<SegmentKind>> = Vec::new();
    let (mut silent, mut metadata, mut image) = (0, false, 0);
    for (event, range) in Parser::new_ext(source, syntax).into_offset_iter() {
        let span = Span::from(range);
        let kind = open.last().copied().flatten();
        match event {
            Event::Start(tag) => match tag {
                Tag::CodeBlock(_) => silent += 1,
                Tag::MetadataBlock(_) => metadata = true,
                Tag::Image { .. } => {
                    image += 1;
                    out.end_block(kind);
                    open.push(Some(SegmentKind::Caption));
                }
                Tag::HtmlBlock => {
                    // Its text is text.
                    out.end_block(kind);
                    let here = [Piece { text: Span::new(0, span.len()), file: span }];
                    out.append(&html::fragment(span.of(source)).through(&here));
                    open.push(kind);
                }
                Tag::Heading { .. } => begin(&mut out, &mut open, Some(SegmentKind::Heading)),
                Tag::Item => begin(&mut out, &mut open, Some(SegmentKind::ListItem)),
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => open.push(kind),
                _ => begin(&mut out, &mut open, kind),
            },
            Event::End(tag) => match tag {
                TagEnd::CodeBlock => silent -= 1,
                TagEnd::MetadataBlock(_) => metadata = false,
                TagEnd::Image => {
                    image -= 1;
                    out.end_block(kind);
                    open.pop();
                }
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                    open.pop();
                }
                _ => {
                    out.end_block(kind);
                    open.pop();
                }
            },
            Event::Text(text) if metadata => front = FrontMatter::read(&text, span.start),
            Event::Text(text) if silent == 0 => written(&mut out, source, &text, span),
            Event::Code(text) if silent == 0 => {
                // The range holds the marks.
                let inner = span
                    .of(source)
                    .find(&*text)
                    .map_or(span, |at| Span::new(span.start + at, span.start + at + text.len()));
                written(&mut out, source, &text, inner);
            }
            Event::SoftBreak => out.space(span),
            Event::HardBreak if image == 0 => out.end_block(kind),
            _ => {}
        }
    }
    out.end_block(None);
    let mut whole = Extract::default();
    if let Some(title) = front.get(&["title"]) {
        whole.append_as(title, SegmentKind::Heading);
    }
    for key in ["subtitle", "description", "summary", "excerpt"] {
        if let Some(text) = front.get(&[key]) {
            whole.append(text);
        }
    }
    whole.append(&out);
    (whole, front)
}

fn begin(out: &mut Extract, open: &mut Vec<Option<SegmentKind>>, kind: Option<SegmentKind>) {
    out.end_block(open.last().copied().flatten());
    // Paragraphs in an item are the item's.
    open.push(kind);
}

/// Text that stands as it is, or in the place of a reference.
fn written(out: &mut Extract, source: &str, text: &str, span: Span) {
    if span.of(source) == text {
        out.flow(text, span.start);
    } else {
        out.flow_put(text, span);
    }
}
