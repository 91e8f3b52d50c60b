//! The article of a web page: headline, byline, text and captions, without what is around them.
//!
//! Pages are told apart by how their text is spread: paragraphs of an article stand together, hold sentences and few
//! links. Names of classes and roles, which are English the world over, say what is furniture.

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

/// Letters from which a paragraph counts.
const PARAGRAPH: usize = 25;

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
    let root = page.root();
    let furniture = |number: usize| page.is_list_of_links(number);
    let skip = |number: usize| page.around[number];
    if let Some(headline) = page.headline(root) {
        tree.extract(headline, &mut out, &skip, &|_| false);
    }
    tree.extract(root, &mut out, &skip, &furniture);
    if out.is_blank() {
        tree.extract(0, &mut out, &|_| false, &|_| false);
    }
    (out, language)
}

struct Page<'t, 's> {
    tree: &'t Tree<'s>,
    /// Characters of visible text in each place.
    letters: Vec<usize>,
    /// Those of them in links.
    linked: Vec<usize>,
    /// How much each element looks like the one that holds the article.
    scores: Vec<f64>,
    /// What is around the article, whatever it holds.
    around: Vec<bool>,
    /// Whether a place is in something unseen or around the article.
    out: Vec<bool>,
}

impl<'t, 's> Page<'t, 's> {
    fn measure(tree: &'t Tree<'s>) -> Self {
        let count = tree.places.len();
        let mut page = Self {
            tree,
            letters: vec![0; count],
            linked: vec![0; count],
            scores: vec![0.0; count],
            around: (0..count).map(|number| is_around(tree, number)).collect(),
            out: vec![false; count],
        };
        let mut in_link = vec![false; count];
        for number in 1..count {
            let parent = tree.places[number].parent;
            page.out[number] = page.out[parent] || page.around[number] || tree.is_unseen(number);
            in_link[number] = in_link[parent] || tree.name(number) == "a";
            if let Content::Text(span) = tree.places[number].content
                && !page.out[number]
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
        for number in 1..count {
            page.score_paragraph(number);
        }
        page
    }

    /// A paragraph speaks for the element it is in, and half as loud for the one around that.
    fn score_paragraph(&mut self, number: usize) {
        let own = match self.tree.name(number) {
            "p" | "pre" | "blockquote" => self.letters[number],
            // Text right inside a division, paragraphs made of line breaks.
            "div" | "section" | "article" | "td" => {
                let children = self.tree.children(number).iter();
                children.filter(|&&child| !self.tree.is_block(child)).map(|&child| self.letters[child]).sum()
            }
            _ => 0,
        };
        if own < PARAGRAPH || self.out[number] {
            return;
        }
        let weight = 1.0 + (own as f64 / 80.0).min(4.0);
        let weight = weight * (1.0 - self.share_of_links(number));
        let parent = self.tree.places[number].parent;
        let above = self.tree.places[parent].parent;
        let holds = matches!(self.tree.name(number), "div" | "section" | "article" | "td");
        let holder = if holds { number } else { parent };
        self.scores[holder] += weight;
        self.scores[if holder == number { parent } else { above }] += weight / 2.0;
    }

    fn share_of_links(&self, number: usize) -> f64 {
        if self.letters[number] == 0 { 0.0 } else { self.linked[number] as f64 / self.letters[number] as f64 }
    }

    /// The element that holds the article.
    fn root(&self) -> usize {
        let elements = 0..self.tree.places.len();
        let mut best = (0, 0.0);
        for number in elements.filter(|&number| !self.out[number]) {
            let mut score = self.scores[number] * (1.0 - self.share_of_links(number));
            if score <= 0.0 {
                continue;
            }
            if has(self.tree, number, ARTICLE) || is_article_body(self.tree, number) {
                score *= 1.25;
            }
            if score > best.1 {
                best = (number, score);
            }
        }
        let mut root = best.0;
        if root == 0 {
            // No paragraph anywhere: everything that is left.
            return 0;
        }
        // Paragraphs beside it, cut off by a division of their own, and the head of the article.
        loop {
            let parent = self.tree.places[root].parent;
            if parent == root {
                return root;
            }
            let (inner, outer) = (self.letters[root], self.letters[parent]);
            let is_article =
                matches!(self.tree.name(parent), "article" | "main") || is_article_body(self.tree, parent);
            let beside = outer - inner;
            let text_beside = beside - (self.linked[parent] - self.linked[root]).min(beside);
            let near = is_article && inner * 2 >= outer;
            let more = self.scores[parent] > 0.0
                && text_beside * 4 >= inner
                && self.share_of_links(parent) < 0.25
                && !matches!(self.tree.name(parent), "body" | "html" | "");
            if near || more || (beside == 0 && parent != 0) {
                root = parent;
            } else {
                let ancestor = self.article_above(root);
                return ancestor.unwrap_or(root);
            }
        }
    }

    /// The nearest `article` or `main` around an element that holds little else.
    fn article_above(&self, from: usize) -> Option<usize> {
        let mut number = from;
        while number != 0 {
            number = self.tree.places[number].parent;
            if matches!(self.tree.name(number), "article" | "main") {
                return (self.letters[from] * 2 >= self.letters[number]).then_some(number);
            }
        }
        None
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
