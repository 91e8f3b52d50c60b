//! The article of a web page: headline, byline, text and captions, without what is around them.
//!
//! Which elements are the article is for Readability to say (`dom_smoothie`). Names of classes and roles, which are
//! English the world over, say what is furniture beside.

use std::fmt::Write;

use dom_smoothie::{Config, Readability};
use html5gum::{Token, Tokenizer};

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use super::formats::Options;
use super::html::{Content, Tree};
use crate::model::{Anchor, Span};
use crate::pipeline::Text;

/// Words of classes and ids around the article.
const FURNITURE: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "footer",
    "gdpr",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pagination",
    "paywall",
    "popup",
    "promo",
    "recirculation",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "toolbar",
    "trending",
    "widget",
];

/// Words of classes and ids of the article itself.
const ARTICLE: &[&str] =
    &["article", "articlebody", "body", "content", "entry", "main", "post", "story", "text"];

/// Elements that mean something to Readability.
const TAGS: &str = "a article aside b blockquote body br code dd dl dt em figcaption figure footer form h1 h2 h3 h4 h5 h6 \
    header hr i img li main nav ol p pre section strong table tbody td th tr ul";

/// Characters that an article has at least; what is shorter is sought again with fewer demands.
const SHORTEST: usize = 60;

/// Elements and texts of a page whose article is sought; in what is larger all is read.
const MOST_PLACES: usize = 200_000;

pub(super) fn read(file: &File, options: &Options) -> Result<Text, ReadError> {
    let (extract, language) = article(&file.text);
    let language = options.target_language.clone().or(language);
    extract.text(file, &mut Anchor::START.clone(), &file.name, language.as_deref())
}

/// The article of a page, and the language the page says it is in.
pub(super) fn article(source: &str) -> (Extract, Option<String>) {
    let tree = Tree::read(source);
    let language = (0..tree.places.len())
        .filter(|&number| matches!(tree.name(number), "html" | "body"))
        .find_map(|number| tree.hints(number)?.language.clone());
    let page = Page::measure(&tree);
    let mut out = Extract::default();
    let article = page.article();
    let root = article.as_ref().map_or(0, |article| article.root);
    let furniture = |number: usize| page.is_list_of_links(number);
    let skip = |number: usize| {
        page.around[number] || article.as_ref().is_some_and(|article| article.leaves_out(&tree, number))
    };
    if let Some(headline) = article.as_ref().and_then(|_| page.headline(root)) {
        tree.extract(headline, &mut out, &|number| page.around[number], &|_| false);
    }
    tree.extract(root, &mut out, &skip, &furniture);
    if out.is_blank() {
        tree.extract(0, &mut out, &|_| false, &|_| false);
    }
    (out, language)
}

/// What Readability took for the article.
struct Article {
    /// The smallest element around all of it.
    root: usize,
    /// Whether an element belongs to it, or holds one that does.
    holds: Vec<bool>,
}

impl Article {
    fn leaves_out(&self, tree: &Tree<'_>, number: usize) -> bool {
        tree.is_block(number) && !self.holds[number]
    }
}

/// The attribute by which elements are known again.
const NUMBER: &str = "data-recto-place";

struct Page<'t, 's> {
    tree: &'t Tree<'s>,
    /// Characters of visible text in each place.
    letters: Vec<usize>,
    /// Those of them in links.
    linked: Vec<usize>,
    /// What is around the article, whatever it holds.
    around: Vec<bool>,
}

impl<'t, 's> Page<'t, 's> {
    fn measure(tree: &'t Tree<'s>) -> Self {
        let count = tree.places.len();
        let mut page = Self {
            tree,
            letters: vec![0; count],
            linked: vec![0; count],
            around: (0..count).map(|number| is_around(tree, number)).collect(),
        };
        let mut in_link = vec![false; count];
        let mut out = vec![false; count];
        let mut seen = vec![0; count];
        for number in (1..count).rev() {
            if let Content::Text(span) = tree.places[number].content {
                seen[number] = span.len();
            }
            seen[tree.places[number].parent] += seen[number];
        }
        for number in (1..count).filter(|&number| tree.name(number) == "form") {
            // Some pages are one form.
            page.around[number] &= seen[number] * 2 < seen[0];
        }
        for number in 1..count {
            let parent = tree.places[number].parent;
            out[number] = out[parent] || page.around[number] || tree.is_unseen(number);
            in_link[number] = in_link[parent] || tree.name(number) == "a";
            if let Content::Text(span) = tree.places[number].content
                && !out[number]
            {
                page.letters[number] = visible(span, tree.source);
                page.linked[number] = if in_link[number] { page.letters[number] } else { 0 };
            }
        }
        // Places stand after the one they are in.
        for number in (1..count).rev() {
            let parent = tree.places[number].parent;
            page.letters[parent] += page.letters[number];
            page.linked[parent] += page.linked[number];
        }
        page
    }

    fn share_of_links(&self, number: usize) -> f64 {
        if self.letters[number] == 0 { 0.0 } else { self.linked[number] as f64 / self.letters[number] as f64 }
    }

    /// The page anew, without what nobody sees, every element closed and with its number as an attribute: formatting
    /// that is left open costs a parser the square of its length.
    fn numbered(&self) -> String {
        let mut out = String::with_capacity(self.tree.source.len());
        let mut work = vec![(0, false)];
        while let Some((number, leaving)) = work.pop() {
            match &self.tree.places[number].content {
                Content::Text(span) => out.push_str(span.of(self.tree.source)),
                Content::Element { name, hints, children } => {
                    let plain = if self.tree.is_block(number) { "div" } else { "span" };
                    let name = TAGS.split(' ').find(|tag| tag == name).unwrap_or(plain);
                    if leaving {
                        let _ = write!(out, "</{name}>");
                    } else if !self.tree.is_unseen(number) && !self.around[number] {
                        let names = hints.names.replace(['"', '&'], " ");
                        let _ = write!(out, "<{name} class=\"{names}\" {NUMBER}=\"{number}\">");
                        if !matches!(name, "br" | "hr" | "img") {
                            work.push((number, true));
                        }
                        work.extend(children.iter().rev().map(|&child| (child, false)));
                    }
                }
            }
        }
        out
    }

    /// The article as Readability finds it. It knows no places, so that its elements are numbered before.
    fn article(&self) -> Option<Article> {
        if self.tree.too_deep || self.tree.places.len() > MOST_PLACES {
            return None;
        }
        let settings = Config { char_threshold: SHORTEST, disable_json_ld: true, ..Config::default() };
        let found = Readability::new(self.numbered(), None, Some(settings)).ok()?.parse().ok()?;
        let count = self.tree.places.len();
        let mut holds = vec![false; count];
        let mut root = None;
        for token in Tokenizer::new(&*found.content) {
            let Ok(Token::StartTag(tag)) = token else { continue };
            let number = tag.attributes.iter().find(|(key, _)| ***key == *NUMBER.as_bytes());
            let number = number.and_then(|(_, value)| std::str::from_utf8(&value.value).ok()?.parse().ok());
            if let Some(number) = number.filter(|&number: &usize| (1..count).contains(&number)) {
                holds[number] = true;
                root = Some(root.map_or(number, |root| self.tree.common(root, number)));
            }
        }
        // Its title is not part of what it returns.
        let title = (1..count).find(|&number| self.tree.name(number) == "h1" && self.letters[number] > 0);
        if let Some(title) = title {
            holds[title] = true;
            let around = root.map(|root| self.tree.common(root, title));
            root = around.filter(|&around| !matches!(self.tree.name(around), "" | "html" | "body")).or(root);
        }
        for number in (1..count).rev() {
            holds[number] |= self.tree.is_byline(number);
            let parent = self.tree.places[number].parent;
            holds[parent] |= holds[number];
        }
        Some(Article { root: root?, holds })
    }

    /// The first headline of the page with what stands beside it, where the article does not hold one.
    fn headline(&self, root: usize) -> Option<usize> {
        let all = 0..self.tree.places.len();
        let first =
            all.into_iter().find(|&number| self.tree.name(number) == "h1" && self.letters[number] > 0)?;
        let around_root: Vec<usize> = std::iter::successors(Some(root), |&number| {
            (number != 0).then(|| self.tree.places[number].parent)
        })
        .collect();
        if std::iter::successors(Some(first), |&number| {
            (number != 0).then(|| self.tree.places[number].parent)
        })
        .any(|number| number == root)
        {
            return None;
        }
        let mut head = first;
        loop {
            let parent = self.tree.places[head].parent;
            let fits = self.letters[parent] * 2 <= self.letters[root] && self.share_of_links(parent) < 0.5;
            if around_root.contains(&parent) {
                return Some(head);
            }
            if !fits {
                return Some(first);
            }
            head = parent;
        }
    }

    /// Lists of links inside an article lead out of it.
    fn is_list_of_links(&self, number: usize) -> bool {
        matches!(self.tree.name(number), "ul" | "ol")
            && self.tree.children(number).len() >= 3
            && self.share_of_links(number) > 0.8
    }
}

/// Characters that are seen, white space aside.
fn visible(span: Span, source: &str) -> usize {
    span.of(source).chars().filter(|c| !c.is_whitespace()).count()
}

/// Whether a class or id has one of the words.
fn has(tree: &Tree<'_>, number: usize, words: &[&str]) -> bool {
    tree.hints(number).is_some_and(|hints| {
        hints.names.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
    })
}

fn is_article_body(tree: &Tree<'_>, number: usize) -> bool {
    tree.hints(number).is_some_and(|hints| hints.property.split(' ').any(|word| word == "articleBody"))
}

/// Whether an element is around the article, whatever it holds.
fn is_around(tree: &Tree<'_>, number: usize) -> bool {
    let name = tree.name(number);
    if matches!(name, "nav" | "aside" | "footer" | "form" | "dialog") {
        return true;
    }
    if name.is_empty() || matches!(name, "html" | "body" | "article" | "main" | "p" | "h1") {
        return false;
    }
    let Some(hints) = tree.hints(number) else { return false };
    let role = ["navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert", "menu"];
    role.contains(&hints.role.as_str())
        || (has(tree, number, FURNITURE) && !has(tree, number, ARTICLE) && !is_article_body(tree, number))
}
