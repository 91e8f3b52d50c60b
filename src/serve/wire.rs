//! What is asked and answered, as JSON. The description at `/openapi.json` is made of these types.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::decisions::{Decision, Record, Scope};
use crate::model::Verdict;
use crate::report::json::ReportOut;

/// A translation to check, with its source where there is one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// What the article is called where it comes from: decisions about a document know it by this.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "String", length(min = 1, max = 500))]
    pub id: Option<String>,
    /// The source.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "TextIn")]
    pub source: Option<TextIn>,
    /// The translation.
    pub target: TextIn,
}

/// Accounts of one event to compare.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareRequest {
    /// What the story is called.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "String", length(min = 1, max = 500))]
    pub id: Option<String>,
    /// The accounts, two at least.
    #[schemars(length(min = 2, max = 64))]
    pub accounts: Vec<TextIn>,
}

/// One text: exactly one of `text`, `html`, `markdown` and `ninjs`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    {"required": ["text"]}, {"required": ["html"]}, {"required": ["markdown"]}, {"required": ["ninjs"]}
]))]
pub struct TextIn {
    /// The name that reports call it by, such as a file name.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "String", length(min = 1, max = 500))]
    pub name: Option<String>,
    /// Tag of its language, such as `pt` or `zh-Hant`; told from the text where not given.
    #[serde(default, deserialize_with = "given")]
    #[schemars(schema_with = "language")]
    pub language: Option<String>,
    /// Plain text.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "String")]
    pub text: Option<String>,
    /// A page, or a fragment of one.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "String")]
    pub html: Option<String>,
    /// Markdown.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "String")]
    pub markdown: Option<String>,
    /// An item of NINJS.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub ninjs: Option<Box<RawValue>>,
}

/// A member that may be left out, and is not null where it is there.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Every tag that is a language to us, with or without a region.
fn language(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let tags: Vec<&str> = crate::lang::PROFILES.iter().map(|entry| entry.tag).collect();
    schemars::json_schema!({
        "description": "Tag of its language, such as `pt`, `en-GB` or `zh-Hant`; told from the text where not given.",
        "type": "string",
        "pattern": format!("^({})([-_][A-Za-z0-9]{{2,8}})*$", tags.join("|")),
    })
}

/// What to do where a text could not be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OnError {
    /// Nothing is published unchecked.
    Block,
    /// It may be published, with a warning.
    Warn,
}

impl OnError {
    /// The verdict that it comes to.
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Block => Verdict::Block,
            Self::Warn => Verdict::Warn,
        }
    }
}

/// The answer to a check. The status is 200 whatever the verdict: a verdict is no failure.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckReply {
    /// pass: publish. warn: look first. block: do not publish.
    pub verdict: Verdict,
    /// Whether the texts were checked. Where not, the verdict is that of `on_error`.
    pub checked: bool,
    /// The verdict on what could not be checked, as the gate is set.
    pub on_error: OnError,
    /// Why it may not be published, one sentence each; empty unless the verdict is block.
    pub errors: Vec<String>,
    /// What to look at, one sentence each.
    pub warnings: Vec<String>,
    /// Names the report at `/v1/reports/{id}` while the gate keeps it.
    pub report_id: String,
    /// Where a person can read it and decide: a path of this server.
    pub review: String,
    /// What `recto check --to json` prints; null where the check was given up.
    #[schemars(with = "Option<ReportOut<'static>>")]
    pub report: Option<Box<RawValue>>,
}

/// A decision about a finding of a report.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    /// `report_id` of the answer that has the finding.
    #[schemars(length(min = 1, max = 64))]
    pub report: String,
    /// `fingerprint` of the finding.
    #[schemars(length(min = 1, max = 64))]
    pub fingerprint: String,
    /// What is decided; `fixed` takes earlier decisions back.
    #[schemars(schema_with = "decision")]
    pub decision: Decision,
    /// How far it reaches.
    #[schemars(schema_with = "scope")]
    pub scope: Scope,
    /// Why.
    #[schemars(length(max = 2000), regex(pattern = r"\S"))]
    pub reason: String,
    /// The day from which it counts no more.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "String", regex(pattern = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))]
    pub expires: Option<String>,
    /// Who decides, where the gate does not know who asks.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "String", length(max = 200))]
    pub by: Option<String>,
    /// As what, where the gate does not know who asks.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "String", length(max = 200))]
    pub role: Option<String>,
}

fn decision(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "description": "What is decided; `fixed` takes earlier decisions back.",
        "enum": ["accept", "false-alarm", "fixed", "wont-fix"],
    })
}

fn scope(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "description": "How far it reaches: as many as there are, all in the document, in these languages, everywhere.",
        "enum": ["finding", "document", "pair", "everywhere"],
    })
}

/// A decision that is kept.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionReply {
    /// The line of the log: docs/decisions.md.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub record: Record,
}

/// What was decided.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionsReply {
    /// Lines of the log in all.
    pub count: usize,
    /// SHA-256 of the last line: who notes it elsewhere can tell later that nothing was cut off.
    pub head: Option<String>,
    /// Whether every line follows the one before it.
    pub sound: bool,
    /// The newest lines, 1000 at most, oldest first.
    #[schemars(with = "Vec<serde_json::Map<String, serde_json::Value>>")]
    pub decisions: Vec<Record>,
}

/// Why a request was refused.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Problem {
    /// The reason, for programs.
    pub code: &'static str,
    /// The reason, for people.
    pub message: String,
    /// Where the gate is too busy to check: what it is set to say of texts that were not checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_error: Option<OnError>,
}

/// Whether the gate is there.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Health {
    /// ok, starting or stopping.
    pub status: &'static str,
    /// Version of recto.
    pub version: &'static str,
}
