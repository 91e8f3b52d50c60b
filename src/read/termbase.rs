//! Termbases: TBX (the dialects of ISO 30042:2008 and 2019) and tables with a column a language.

use std::path::Path;

use super::error::ReadError;
use super::extract::Extract;
use super::file::{self, File};
use super::table::Records;
use super::xml::{self, Node, Xml};
use crate::lang;
use crate::model::Anchor;

/// Whether a term may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Status {
    /// The one to use.
    Preferred,
    /// May be used.
    #[default]
    Admitted,
    /// Must not be used.
    Forbidden,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As it is written.
    pub text: String,
    /// Tag of its language, as the file has it.
    pub language: String,
    /// Whether it may be used.
    pub status: Status,
    /// Line of the file, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
}

/// What terms of several languages stand for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Concept {
    /// Its id, or the number of its entry or row.
    pub id: String,
    /// What it is, where the file says so.
    pub note: Option<String>,
    /// Its terms, in order of the file.
    pub terms: Vec<Term>,
}

/// Reads a termbase: TBX, or a table of tab- or comma-separated values.
pub fn read(path: &Path) -> Result<Vec<Concept>, ReadError> {
    concepts(&file::open(path)?)
}

/// As [`read()`], of a file that is open.
pub fn concepts(file: &File) -> Result<Vec<Concept>, ReadError> {
    let concepts = if file.text.trim_start().starts_with('<') {
        if !sniff(&file.text) {
            return Err(file.error(0, "is no TBX: neither `martif` nor `tbx` is its first element"));
        }
        tbx(file)?
    } else {
        table(file)?
    };
    if concepts.is_empty() {
        return Err(file.nothing("holds no terms"));
    }
    Ok(concepts)
}

/// Whether a text is TBX.
pub(super) fn sniff(text: &str) -> bool {
    xml::root(text).is_some_and(|root| root == "martif" || root == "tbx")
}

fn status(word: &str) -> Option<Status> {
    // ISO's picklist, older and newer, and what people write in tables.
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "preferredterm-admn-sts" | "preferredterm" | "preferred" | "approved" => Status::Preferred,
        "admittedterm-admn-sts" | "admittedterm" | "admitted" | "allowed" => Status::Admitted,
        "deprecatedterm-admn-sts"
        | "supersededterm-admn-sts"
        | "deprecatedterm"
        | "supersededterm"
        | "deprecated"
        | "superseded"
        | "forbidden"
        | "obsolete"
        | "notrecommended" => Status::Forbidden,
        _ => return None,
    })
}

/// Counts lines on as terms come.
struct Places<'a> {
    file: &'a File,
    anchor: Anchor,
}

impl Places<'_> {
    fn term(&mut self, text: &Extract, language: &str) -> Option<Term> {
        let trimmed = text.text.trim();
        if trimmed.is_empty() {
            return None;
        }
        let at = text.pieces.first().map_or(0, |piece| piece.file.start);
        self.anchor = self.anchor.advance(&self.file.text, at);
        Some(Term {
            text: trimmed.to_owned(),
            language: language.to_owned(),
            status: Status::default(),
            line: self.anchor.line,
            column: self.anchor.column,
        })
    }
}

fn tbx(file: &File) -> Result<Vec<Concept>, ReadError> {
    let mut xml = Xml::new(file);
    let mut places = Places { file, anchor: Anchor::START };
    let mut concepts: Vec<Concept> = Vec::new();
    let mut language = String::new();
    let mut in_term = false;
    while let Some(node) = xml.next()? {
        let element = match node {
            Node::Start(element) => element,
            Node::End(name, _) => {
                if matches!(name.as_str(), "tig" | "ntig" | "termSec") {
                    in_term = false;
                }
                continue;
            }
            _ => continue,
        };
        let last = concepts.last_mut();
        match (element.name.as_str(), last) {
            ("termEntry" | "conceptEntry", _) => {
                let id = element.get("id").map_or_else(|| (concepts.len() + 1).to_string(), str::to_owned);
                concepts.push(Concept { id, ..Concept::default() });
            }
            ("langSet" | "langSec", _) => {
                let Some(tag) = element.get("lang") else {
                    return Err(xml.error(element.span.start, "terms without a language"));
                };
                tag.clone_into(&mut language);
            }
            ("tig" | "ntig" | "termSec", _) => in_term = true,
            ("term", Some(concept)) => concept.terms.extend(places.term(&xml.text(&[])?, &language)),
            ("termNote", Some(concept)) if in_term && element.get("type") == Some("administrativeStatus") => {
                let word = xml.text(&[])?.text;
                if let (Some(term), Some(status)) = (concept.terms.last_mut(), status(&word)) {
                    term.status = status;
                }
            }
            ("descrip", Some(concept))
                if element.get("type") == Some("definition") && concept.note.is_none() =>
            {
                concept.note = Some(xml.text(&[])?.text.trim().to_owned());
            }
            _ => {}
        }
    }
    concepts.retain(|concept| !concept.terms.is_empty());
    Ok(concepts)
}

/// A row a concept; columns named by tags of languages hold terms, several of them with `|` between. `status`,
/// `note` and `id` are columns of their own.
fn table(file: &File) -> Result<Vec<Concept>, ReadError> {
    let head = file.text.lines().next().unwrap_or_default();
    let tabs = head.contains('\t');
    let semicolons = head.matches(';').count() > head.matches(',').count();
    let delimiter = if tabs {
        '\t'
    } else if semicolons {
        ';'
    } else {
        ','
    };
    let mut records = Records { file, at: 0, delimiter, quoted: !tabs };
    let head: Vec<String> =
        records.next()?.into_iter().flatten().map(|field| field.text.trim().to_owned()).collect();
    // `id` is a tag too; a column of that name holds ids.
    let is_language = |name: &String| !name.eq_ignore_ascii_case("id") && lang::find(name).is_some();
    if head.iter().filter(|name| is_language(name)).count() < 2 {
        return Err(file.error(0, "no two columns are named by tags of languages, such as `en` and `pt`"));
    }
    let mut places = Places { file, anchor: Anchor::START };
    let mut concepts = Vec::new();
    let mut number = 0;
    while let Some(fields) = records.next()? {
        number += 1;
        let named = |name: &str| {
            let column = head.iter().position(|own| own.eq_ignore_ascii_case(name))?;
            fields.get(column).map(|field| field.text.trim()).filter(|text| !text.is_empty())
        };
        let mut concept = Concept {
            id: named("id").map_or_else(|| number.to_string(), str::to_owned),
            note: named("note").map(str::to_owned),
            terms: Vec::new(),
        };
        let word = named("status").map(|word| (word, status(word)));
        if let Some((word, None)) = word {
            let at = fields.iter().flat_map(|field| &field.pieces).map(|piece| piece.file.start).next();
            let message = format!("no status `{word}`: one of preferred, admitted, forbidden");
            return Err(file.error(at.unwrap_or_default(), message));
        }
        let own = word.and_then(|(_, status)| status).unwrap_or_default();
        for (name, field) in head.iter().zip(&fields).filter(|(name, _)| is_language(name)) {
            for part in split(field, '|') {
                concept.terms.extend(places.term(&part, name).map(|term| Term { status: own, ..term }));
            }
        }
        if !concept.terms.is_empty() {
            concepts.push(concept);
        }
    }
    Ok(concepts)
}

/// The parts of a field between marks, white space around them aside.
fn split(field: &Extract, mark: char) -> Vec<Extract> {
    let mut at = 0;
    let mut out = Vec::new();
    for part in field.text.split(mark) {
        let start = at + part.len() - part.trim_start().len();
        at += part.len() + mark.len_utf8();
        let piece = field.pieces.iter().find(|piece| start < piece.text.end);
        let place = piece.map_or(0, |piece| piece.file.start + start.saturating_sub(piece.text.start));
        let mut own = Extract::default();
        own.copy(part.trim(), place);
        out.push(own);
    }
    out
}
