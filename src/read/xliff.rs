//! XLIFF 1.2 and 2.x: a pair a unit or segment. Native codes inside a text are no text.

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use super::formats::Options;
use super::rows::{Rows, Side};
use super::xml::{Node, Xml};
use crate::pipeline::Input;

/// Elements whose content is the codes of the original format.
const NATIVE: &[&str] = &["bpt", "ept", "ph", "it", "bx", "ex", "x", "sc", "ec", "cp"];

pub(super) fn read(file: &File, options: &Options) -> Result<Vec<Input>, ReadError> {
    let mut xml = Xml::new(file);
    let mut rows = Rows::new(file);
    let mut languages = (options.source_language.clone(), options.target_language.clone());
    let mut unit = String::new();
    let mut segments = 0;
    let mut source: Option<Extract> = None;
    while let Some(node) = xml.next()? {
        match node {
            Node::Start(element) => match element.name.as_str() {
                "xliff" | "file" => {
                    let get = |names: [&str; 2]| names.into_iter().find_map(|name| element.get(name));
                    let own = (get(["source-language", "srcLang"]), get(["target-language", "trgLang"]));
                    languages.0 = own.0.map(str::to_owned).or(languages.0);
                    languages.1 = own.1.map(str::to_owned).or(languages.1);
                }
                "trans-unit" | "unit" => {
                    element.get("id").unwrap_or_default().clone_into(&mut unit);
                    segments = 0;
                    source = None;
                }
                "segment" => {
                    segments += 1;
                    source = None;
                }
                // Other translations, matches of a memory, notes, skeletons: not what is delivered.
                "alt-trans" | "seg-source" | "matches" | "notes" | "note" | "skeleton" | "ignorable"
                | "originalData" | "glossary" => {
                    xml.skip()?;
                }
                "source" => source = Some(xml.text(NATIVE)?),
                "target" => {
                    let target = xml.text(NATIVE)?;
                    let Some(source) = source.take() else {
                        return Err(xml.error(element.span.start, "a target without a source before it"));
                    };
                    let id = if segments > 1 { format!("{unit}.{segments}") } else { unit.clone() };
                    rows.pair(
                        &id,
                        Some(Side { text: source, language: languages.0.as_deref() }),
                        Side { text: target, language: languages.1.as_deref() },
                    );
                }
                _ => {}
            },
            Node::End(name, _) if (name == "trans-unit" || name == "segment") && source.take().is_some() => {
                rows.leave_out();
            }
            _ => {}
        }
    }
    rows.finish("unit")
}
