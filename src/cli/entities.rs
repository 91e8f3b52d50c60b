//! `recto entities`: who appears where, under which spelling.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::bail;
use serde_json::json;

use recto::entities::gather;
use recto::model::{Entity, NameKind};
use recto::pipeline::prepare;
use recto::report::text::entity_table;

use super::Outcome;
use super::check::known;
use super::inputs::text;

/// Show who and what appears in texts, under which spelling
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Language of every text; detected for each where not given
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Output format: text, json
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    to: String,
    /// The texts
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    known(arguments.lang.as_deref())?;
    let mut outcome = Outcome::Fine;
    let mut documents = Vec::new();
    for path in &arguments.files {
        match text(path, None, arguments.lang.as_deref()) {
            Ok(text) => documents.push(prepare(text)),
            Err(error) => {
                anstream::eprintln!("recto: {error}");
                outcome = Outcome::Unread;
            }
        }
    }
    let story = gather(documents);
    let mut out = io::BufWriter::new(io::stdout().lock());
    match arguments.to.as_str() {
        "text" => {
            for (index, document) in story.documents.iter().enumerate() {
                writeln!(out, "[{}] {}, {}", index + 1, document.name, document.language.name)?;
            }
            let entities: Vec<&Entity> =
                story.entities.iter().filter(|entity| entity.kind != NameKind::Other).collect();
            entity_table(&entities, &mut out)?;
        }
        "json" => {
            let name = |index: usize| &story.documents[index].name;
            let entities: Vec<_> = story
                .entities
                .iter()
                .map(|entity| {
                    let variants: Vec<_> = (entity.variants.iter())
                        .map(|variant| {
                            json!({
                                "text": variant.text,
                                "language": variant.language,
                                "document": name(variant.document),
                                "count": variant.spans.len(),
                            })
                        })
                        .collect();
                    let roles: Vec<_> = (entity.roles.iter())
                        .map(|role| json!({ "role": role.concept, "of": role.of, "document": name(role.document) }))
                        .collect();
                    json!({
                        "name": entity.name, "kind": entity.kind.as_str(), "key": entity.key,
                        "variants": variants, "roles": roles,
                    })
                })
                .collect();
            serde_json::to_writer_pretty(&mut out, &json!({ "entities": entities }))
                .map_err(io::Error::from)?;
            writeln!(out)?;
        }
        other => bail!("no output format `{other}`: one of text, json"),
    }
    out.flush()?;
    Ok(outcome)
}
