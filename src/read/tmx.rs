//! Translation memories: TMX 1.4. A pair a unit and language.

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use super::formats::Options;
use super::rows::{Rows, Side};
use super::xml::{Node, Xml};
use crate::lang;
use crate::pipeline::Input;

/// Elements whose content is the codes of the original format.
const NATIVE: &[&str] = &["bpt", "ept", "it", "ph", "ut"];

pub(super) fn read(file: &File, options: &Options) -> Result<Vec<Input>, ReadError> {
    let mut xml = Xml::new(file);
    let mut rows = Rows::new(file);
    let mut source_language = options.source_language.clone();
    let mut number = 0;
    while let Some(node) = xml.next()? {
        let Node::Start(element) = node else { continue };
        match element.name.as_str() {
            "header" => {
                let own = element.get("srclang").filter(|tag| *tag != "*all*").map(str::to_owned);
                source_language = source_language.or(own);
            }
            "tu" => {
                number += 1;
                let id = element.get("tuid").map_or_else(|| number.to_string(), str::to_owned);
                // A unit may have a source of its own.
                let own = element.get("srclang").filter(|tag| *tag != "*all*").map(str::to_owned);
                let source = options.source_language.clone().or(own).or(source_language.clone());
                let variants = unit(&mut xml)?;
                add(&mut rows, &id, &variants, source.as_deref(), options);
            }
            _ => {}
        }
    }
    rows.finish("unit")
}

/// The variants of a unit: language and text.
fn unit(xml: &mut Xml<'_>) -> Result<Vec<(String, Extract)>, ReadError> {
    let mut variants: Vec<(String, Extract)> = Vec::new();
    xml.inside(|xml, node| {
        let Node::Start(element) = node else { return Ok(()) };
        match element.name.as_str() {
            "tuv" => {
                let Some(language) = element.get("lang") else {
                    return Err(xml.error(element.span.start, "a variant without a language"));
                };
                variants.push((language.to_owned(), Extract::default()));
            }
            "seg" => {
                let text = xml.text(NATIVE)?;
                if let Some(last) = variants.last_mut() {
                    last.1 = text;
                }
            }
            "note" | "prop" => {
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(variants)
}

fn add(
    rows: &mut Rows<'_>,
    id: &str,
    variants: &[(String, Extract)],
    source: Option<&str>,
    options: &Options,
) {
    let same = |one: &str, other: &str| match (lang::find(one), lang::find(other)) {
        (Some(one), Some(other)) => one.tag == other.tag || one.same_language(other),
        _ => one.eq_ignore_ascii_case(other),
    };
    let from = source.and_then(|source| variants.iter().position(|(tag, _)| same(tag, source))).unwrap_or(0);
    let Some((source_tag, source)) = variants.get(from) else { return rows.leave_out() };
    let wanted = |tag: &str| options.target_language.as_deref().is_none_or(|target| same(tag, target));
    let targets: Vec<_> = (variants.iter().enumerate())
        .filter(|(index, (tag, _))| *index != from && wanted(tag))
        .map(|(_, variant)| variant)
        .collect();
    if targets.is_empty() {
        rows.leave_out();
    }
    let many = targets.len() > 1;
    for (tag, target) in targets {
        let id = if many { format!("{id}.{tag}") } else { id.to_owned() };
        rows.pair(
            &id,
            Some(Side { text: source.clone(), language: Some(source_tag) }),
            Side { text: target.clone(), language: Some(tag) },
        );
    }
}
