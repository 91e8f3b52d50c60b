//! HTML to a tree with places: what a browser would show, and where it stands.

mod elements;
mod references;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use self::elements::{BLOCKS, UNSEEN, VOID};
pub(super) use self::references::text;
use super::extract::Extract;
use crate::model::{SegmentKind, Span};

/// Elements inside one another; what is deeper is beside.
const DEPTH: usize = 256;

/// What stands at a place of the tree.
#[derive(Debug)]
pub(super) enum Content {
    /// An element and where its children are.
    Element {
        /// Name in small letters.
        name: String,
        /// Class, id, role and the like.
        hints: Hints,
        /// Numbers of its children.
        children: Vec<usize>,
    },
    /// Text as written, references and all.
    Text(Span),
}

/// What an element says of its content.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// `class` and `id`, in small letters.
    pub(super) names: String,
    /// `role`.
    pub(super) role: String,
    /// `itemprop` and `rel`.
    pub(super) property: String,
    /// `lang`.
    pub(super) language: Option<String>,
    /// Nobody sees it.
    pub(super) hidden: bool,
}

/// A place of the tree.
#[derive(Debug)]
pub(super) struct Place {
    /// The element around it; the root is its own.
    pub(super) parent: usize,
    /// What stands there.
    pub(super) content: Content,
}

/// A tree; the root is number 0.
pub(super) struct Tree<'a> {
    /// The HTML.
    pub(super) source: &'a str,
    /// Elements and texts, each after the one it is in.
    pub(super) places: Vec<Place>,
    /// Whether elements were deeper than anybody writes them.
    pub(super) too_deep: bool,
}

impl<'a> Tree<'a> {
    /// Reads HTML; any text is HTML.
    pub(super) fn read(source: &'a str) -> Self {
        let root = Content::Element { name: String::new(), hints: Hints::default(), children: Vec::new() };
        let mut tree = Self { source, places: vec![Place { parent: 0, content: root }], too_deep: false };
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut open = vec![0];
        for token in Tokenizer::new_with_emitter(source, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = unprefixed(&String::from_utf8_lossy(&tag.name)).to_owned();
                    tree.close_implied(&mut open, &name);
                    let mut hints = Hints::default();
                    for (key, value) in &tag.attributes {
                        let value = String::from_utf8_lossy(&value.value);
                        hints.take(&String::from_utf8_lossy(key), &value);
                    }
                    let void = tag.self_closing || VOID.contains(&name.as_str());
                    let content = Content::Element { name, hints, children: Vec::new() };
                    let number = tree.add(&open, content);
                    if !void && open.len() < DEPTH {
                        open.push(number);
                    } else {
                        tree.too_deep |= !void;
                    }
                }
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name);
                    let name = unprefixed(&name);
                    if let Some(at) =
                        open.iter().rposition(|&number| tree.name(number) == name).filter(|&at| at > 0)
                    {
                        open.truncate(at);
                    }
                }
                Token::String(text) => {
                    tree.add(&open, Content::Text(Span::new(text.span.start, text.span.end)));
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        tree
    }

    fn add(&mut self, open: &[usize], content: Content) -> usize {
        let number = self.places.len();
        let parent = open.last().copied().unwrap_or_default();
        self.places.push(Place { parent, content });
        if let Content::Element { children, .. } = &mut self.places[parent].content {
            children.push(number);
        }
        number
    }

    /// Ends elements whose end tag may be left out.
    fn close_implied(&self, open: &mut Vec<usize>, next: &str) {
        let siblings: &[&str] = match next {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "tr" => &["tr", "td", "th"],
            "td" | "th" => &["td", "th"],
            "option" => &["option"],
            "body" => &["head"],
            _ => &[],
        };
        let barriers = ["ul", "ol", "table", "dl", "select"];
        let until = open.iter().rposition(|&number| barriers.contains(&self.name(number))).unwrap_or(0);
        let inside = |list: &[&str], from: usize| {
            open.iter().enumerate().skip(from + 1).find(|(_, number)| list.contains(&self.name(**number)))
        };
        if let Some((at, _)) = inside(siblings, until) {
            open.truncate(at);
        } else if BLOCKS.contains(&next)
            && let Some(at) = open.iter().rposition(|&number| self.name(number) == "p")
        {
            open.truncate(at);
        }
    }

    /// The name of an element; nothing of a text or the root.
    pub(super) fn name(&self, number: usize) -> &str {
        match &self.places[number].content {
            Content::Element { name, .. } => name,
            Content::Text(_) => "",
        }
    }

    /// What an element says of itself.
    pub(super) fn hints(&self, number: usize) -> Option<&Hints> {
        match &self.places[number].content {
            Content::Element { hints, .. } => Some(hints),
            Content::Text(_) => None,
        }
    }

    /// The children of an element.
    pub(super) fn children(&self, number: usize) -> &[usize] {
        match &self.places[number].content {
            Content::Element { children, .. } => children,
            Content::Text(_) => &[],
        }
    }

    /// The smallest place around two.
    pub(super) fn common(&self, mut one: usize, mut other: usize) -> usize {
        // Places stand after the one they are in.
        while one != other {
            let later = if one > other { &mut one } else { &mut other };
            *later = self.places[*later].parent;
        }
        one
    }

    /// Whether an element says who wrote the article, or when.
    pub(super) fn is_byline(&self, number: usize) -> bool {
        self.kind(number) == Some(SegmentKind::Byline)
    }

    /// Whether nobody sees an element.
    pub(super) fn is_unseen(&self, number: usize) -> bool {
        UNSEEN.contains(&self.name(number)) || self.hints(number).is_some_and(|hints| hints.hidden)
    }

    /// Whether an element is a paragraph of its own.
    pub(super) fn is_block(&self, number: usize) -> bool {
        BLOCKS.contains(&self.name(number))
    }

    /// Adds what a reader sees of an element, paragraph by paragraph. `skip` tells what is left out, `furniture`
    /// what belongs to the page and not to the article.
    pub(super) fn extract(
        &self,
        root: usize,
        out: &mut Extract,
        skip: &dyn Fn(usize) -> bool,
        furniture: &dyn Fn(usize) -> bool,
    ) {
        // Entering and leaving, without recursion: a page may be as deep as it likes.
        let mut work = vec![(root, false, None)];
        while let Some((number, leaving, outer)) = work.pop() {
            match &self.places[number].content {
                Content::Text(span) => text(self.source, *span, out),
                Content::Element { name, children, .. } => {
                    let block = self.is_block(number) || name == "br";
                    let own = if furniture(number) {
                        Some(SegmentKind::Boilerplate)
                    } else {
                        outer
                            .filter(|&kind| kind != SegmentKind::ListItem)
                            .or_else(|| self.kind(number))
                            .or(outer)
                    };
                    if leaving || name == "br" {
                        if block || own != outer {
                            out.end_block(own);
                        }
                        continue;
                    }
                    if number != root && (self.is_unseen(number) || skip(number)) {
                        continue;
                    }
                    if block || own != outer {
                        out.end_block(outer);
                    }
                    work.push((number, true, outer));
                    work.extend(children.iter().rev().map(|&child| (child, false, own)));
                }
            }
        }
        out.end_block(None);
    }

    /// What an element says its text is.
    fn kind(&self, number: usize) -> Option<SegmentKind> {
        let hints = self.hints(number)?;
        let has = |words: &[&str]| {
            hints.names.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
        };
        let property = |words: &[&str]| hints.property.split(' ').any(|word| words.contains(&word));
        match self.name(number) {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hl1" | "hl2" => Some(SegmentKind::Heading),
            "figcaption" | "caption" | "media-caption" => Some(SegmentKind::Caption),
            "address" | "byline" | "dateline" | "distributor" => Some(SegmentKind::Byline),
            // A name in a sentence is part of the sentence.
            "span" if self.name(self.places[number].parent) == "p" => None,
            "p" | "div" | "span" | "header" | "ul" | "li" => {
                if has(&["byline", "dateline", "author", "authors"])
                    || property(&["author", "datePublished", "dateModified"])
                {
                    Some(SegmentKind::Byline)
                } else if has(&["caption", "legend"]) || property(&["caption"]) {
                    Some(SegmentKind::Caption)
                } else {
                    (self.name(number) == "li").then_some(SegmentKind::ListItem)
                }
            }
            _ => None,
        }
    }
}

/// The name of a tag without its namespace: `xhtml:p` is `p`.
fn unprefixed(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Hints {
    fn take(&mut self, key: &str, value: &str) {
        match key {
            "class" | "id" => {
                self.names.push(' ');
                self.names.push_str(&value.to_ascii_lowercase());
            }
            "role" => value.clone_into(&mut self.role),
            "itemprop" | "rel" => {
                self.property.push(' ');
                self.property.push_str(value);
            }
            "lang" => self.language = Some(value.to_owned()).filter(|tag| !tag.is_empty()),
            "hidden" => self.hidden = true,
            "aria-hidden" => self.hidden |= value == "true",
            "style" => {
                let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                self.hidden |= plain.contains("display:none") || plain.contains("visibility:hidden");
            }
            _ => {}
        }
    }
}

/// A piece of HTML without a page around it, paragraph by paragraph.
pub(super) fn fragment(source: &str) -> Extract {
    let mut out = Extract::default();
    Tree::read(source).extract(0, &mut out, &|_| false, &|_| false);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<(String, Option<SegmentKind>, String)> {
        let extract = fragment(source);
        let origin = |span: Span| {
            let first = extract.pieces.iter().find(|piece| piece.text.end > span.start).expect("a piece");
            let last = extract.pieces.iter().rfind(|piece| piece.text.start < span.end).expect("a piece");
            Span::new(first.file.start, last.file.end).of(source).to_owned()
        };
        let blocks = extract.blocks.iter();
        blocks
            .map(|block| (block.span.of(&extract.text).to_owned(), block.kind, origin(block.span)))
            .collect()
    }

    #[test]
    fn paragraphs_kinds_and_places() {
        let found = read(
            "<h1>Ponte &amp; rio</h1><p class=byline>Por Ana\n  Lima<p>Fecha <b>hoje</b>.<br>Abre &agrave;s 8.</p>\
             <script>var x = '<p>no</p>'</script><figure><figcaption>A ponte</figcaption></figure><ul><li>um<li>dois</ul>",
        );
        let plain: Vec<_> = found.iter().map(|(text, kind, _)| (text.as_str(), *kind)).collect();
        assert_eq!(
            plain,
            [
                ("Ponte & rio", Some(SegmentKind::Heading)),
                ("Por Ana Lima", Some(SegmentKind::Byline)),
                ("Fecha hoje.", None),
                ("Abre às 8.", None),
                ("A ponte", Some(SegmentKind::Caption)),
                ("um", Some(SegmentKind::ListItem)),
                ("dois", Some(SegmentKind::ListItem)),
            ]
        );
        assert_eq!(found[0].2, "Ponte &amp; rio");
        assert_eq!(found[2].2, "Fecha <b>hoje</b>.");
        assert_eq!(found[3].2, "Abre &agrave;s 8.");
    }

    #[test]
    fn references_that_are_none_stay() {
        assert_eq!(
            read("<p>R&D, AT&T; a & b &#x1F600; &nbsp;&hellip;</p>")[0].0,
            "R&D, AT&T; a & b 😀 \u{A0}…"
        );
    }

    #[test]
    fn hostile_depth_is_flat() {
        let deep = "<div>".repeat(20_000) + "x";
        assert_eq!(read(&deep)[0].0, "x");
    }
}
