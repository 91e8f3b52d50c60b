//! JSON: the report as one document, schema `recto.report/1`, or an answer a line. Additive changes only.

mod findings;
mod story;

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use self::findings::{AcceptedOut, FindingOut};
pub use self::story::Entities;
use self::story::{EntityOut, PassageOut};
use super::places::Places;
use super::{Writer, escape};
use crate::decisions::fingerprint;
use crate::model::{Abstention, InputReport, Report, Score, Subject};

/// Name and version of the schema.
pub const SCHEMA: &str = "recto.report/1";

/// The report as one JSON document.
pub struct Json;

/// An answer a line, in input order.
pub struct JsonLines;

impl Writer for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn summary(&self) -> &'static str {
        "one JSON document, schema recto.report/1 (docs/report.schema.json)"
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let document = ReportOut {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            verdict: report.verdict().map(crate::model::Verdict::as_str),
            inputs: report.inputs.iter().map(Answer::new).collect(),
        };
        escape::json_pretty(&document, out)
    }
}

impl Writer for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn summary(&self) -> &'static str {
        "an answer a line, in input order"
    }

    fn streams(&self) -> bool {
        true
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        report.inputs.iter().try_for_each(|input| line(input, out))
    }
}

/// Writes the answer to one input.
fn line(input: &InputReport, out: &mut dyn io::Write) -> io::Result<()> {
    escape::json_line(&Answer::new(input), out)
}

/// The whole report.
#[derive(Serialize, JsonSchema)]
pub struct ReportOut<'a> {
    /// `recto.report/1`.
    schema: &'static str,
    /// Version of recto.
    version: &'static str,
    /// The gravest verdict: pass, warn or block.
    verdict: Option<&'static str>,
    /// One answer an input, in input order.
    inputs: Vec<Answer<'a>>,
}

/// What recto says of one input; `error` alone where it could not be read.
#[derive(Serialize, JsonSchema)]
pub struct Answer<'a> {
    /// The input's id.
    id: &'a str,
    /// Why it could not be read or checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(flatten)]
    body: Option<Body<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Body<'a> {
    /// Weighted sum of the findings plus a small continuous term: the worse the higher.
    penalty: f64,
    /// pass, warn or block.
    verdict: &'static str,
    /// By place, then check.
    findings: Vec<FindingOut<'a>>,
    /// Findings that somebody decided about before; they count for nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    accepted: Vec<AcceptedOut<'a>>,
    /// What could not be judged, and why.
    abstentions: Vec<AbstentionOut<'a>>,
    /// MQM's arithmetic.
    score: ScoreOut,
    /// The texts: name, language, role.
    documents: Vec<DocumentOut<'a>>,
    /// Of a bitext: what the pair is.
    #[serde(skip_serializing_if = "Option::is_none")]
    parallelism: Option<ParallelismOut>,
    /// Of a story: who and what appears where.
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<Vec<EntityOut<'a>>>,
    /// Of a story: which sentences of the accounts speak of the same fact, those of most accounts first.
    #[serde(skip_serializing_if = "Option::is_none")]
    passages: Option<Vec<PassageOut<'a>>>,
}

#[derive(Serialize, JsonSchema)]
struct DocumentOut<'a> {
    name: &'a str,
    language: &'a str,
    /// The file it is in, where that is not its name; lines and columns of places are the file's, bytes and
    /// code points those of the text that was read out of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    /// What to know of how it was read: a detected encoding, entries left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a [String]>,
}

#[derive(Serialize, JsonSchema)]
struct ParallelismOut {
    relation: String,
    confidence: f64,
}

#[derive(Serialize, JsonSchema)]
struct AbstentionOut<'a> {
    check: &'a str,
    reason: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct ScoreOut {
    /// Evaluation word count.
    words: usize,
    /// Severity multipliers (0, 1, 5, 25) summed.
    penalty_total: f64,
    /// 100 × (1 - penalty total / words), not below 0.
    quality: f64,
    /// Fewer than 300 words: the quality score says little.
    unstable: bool,
    /// Findings: neutral, minor, major, critical.
    counts: [usize; 4],
}

impl<'a> Answer<'a> {
    /// The answer to one input.
    pub fn new(input: &'a InputReport) -> Self {
        Self { id: &input.id, error: input.error.as_deref(), body: Body::new(input) }
    }
}

/// Rounded to four places: enough for a probability, and the same on every machine.
pub(super) fn round(figure: f64) -> f64 {
    (figure * 10_000.0).round() / 10_000.0
}

impl<'a> Body<'a> {
    fn new(input: &'a InputReport) -> Option<Self> {
        let (verdict, score) = (input.verdict?, input.score.as_ref()?);
        let documents = input.subject.documents();
        let places = Places::new(input);
        let findings = (input.findings.iter().zip(fingerprint::of(input)))
            .map(|(finding, fingerprint)| FindingOut::new(finding, fingerprint, &places))
            .collect();
        let accepted = (input.accepted.iter().zip(fingerprint::of_accepted(input)))
            .map(|(accepted, fingerprint)| AcceptedOut::new(accepted, fingerprint, &places))
            .collect();
        let story = match &input.subject {
            Subject::Story(story) => Some(story),
            _ => None,
        };
        let parallelism = match &input.subject {
            Subject::Bitext(bitext) => Some(ParallelismOut {
                relation: serde_json::to_value(bitext.parallelism.relation)
                    .ok()
                    .and_then(|value| value.as_str().map(str::to_owned))
                    .unwrap_or_default(),
                confidence: round(bitext.parallelism.confidence),
            }),
            _ => None,
        };
        Some(Self {
            penalty: (input.penalty * 1e6).round() / 1e6,
            verdict: verdict.as_str(),
            findings,
            accepted,
            abstentions: input.abstentions.iter().map(AbstentionOut::new).collect(),
            score: ScoreOut::new(score),
            documents: documents
                .iter()
                .map(|document| DocumentOut {
                    name: &document.name,
                    language: &document.language.tag,
                    file: Some(document.file()).filter(|file| *file != document.name),
                    notes: Some(&*document.notes).filter(|notes| !notes.is_empty()),
                })
                .collect(),
            parallelism,
            entities: story.map(|story| story::entities(story)),
            passages: story.map(|story| story::passages(story)),
        })
    }
}

impl<'a> AbstentionOut<'a> {
    fn new(abstention: &'a Abstention) -> Self {
        Self { check: abstention.check, reason: &abstention.reason }
    }
}

impl ScoreOut {
    fn new(score: &Score) -> Self {
        Self {
            words: score.words,
            penalty_total: score.penalty_total,
            quality: round(score.quality),
            unstable: score.unstable,
            counts: score.counts,
        }
    }
}
