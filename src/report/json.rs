//! JSON: the report as one document, schema `recto.report/1`, or an answer a line. Additive changes only.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use super::places::{Located, Places};
use super::{Writer, escape};
use crate::decisions::fingerprint;
use crate::model::{Abstention, Accepted, Entity, Finding, InputReport, Report, Score, Subject};

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

#[derive(Serialize, JsonSchema)]
struct FindingOut<'a> {
    check: &'a str,
    /// MQM dimension and type.
    error_type: &'static str,
    /// neutral, minor, major or critical.
    severity: &'static str,
    /// Probability that an editor would agree.
    confidence: f64,
    message: &'a str,
    /// What should stand there, or advice.
    suggestion: Option<&'a str>,
    /// Whether the suggestion may replace the first target place mechanically.
    replace: bool,
    /// The same for the same fault in the same words, wherever it moves in the text.
    fingerprint: String,
    /// Where; the first target place is where the fault is.
    places: Vec<PlaceOut<'a>>,
    /// Where it would block, and somebody who may has decided otherwise: it warns.
    #[serde(skip_serializing_if = "Option::is_none")]
    overridden: Option<OverriddenOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct OverriddenOut<'a> {
    /// accept, false-alarm or wont-fix.
    decision: &'static str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    role: &'a str,
    /// Surer than this, it blocks all the same.
    threshold: f64,
}

#[derive(Serialize, JsonSchema)]
struct AcceptedOut<'a> {
    #[serde(flatten)]
    finding: FindingOut<'a>,
    /// accept, false-alarm, wont-fix, or ignore where a comment in the text says so.
    decision: &'static str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    /// The day from which the decision counts no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct PlaceOut<'a> {
    /// source, target or account.
    side: &'static str,
    document: &'a str,
    byte_start: usize,
    byte_end: usize,
    /// Code points, half-open.
    char_start: usize,
    char_end: usize,
    /// From 1.
    line: usize,
    /// Code points, from 1.
    column: usize,
    /// One past the last character.
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct EntityOut<'a> {
    name: &'a str,
    /// person, place, organisation or other.
    kind: String,
    variants: Vec<VariantOut<'a>>,
    roles: Vec<RoleOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct VariantOut<'a> {
    text: &'a str,
    language: &'a str,
    document: &'a str,
    count: usize,
}

#[derive(Serialize, JsonSchema)]
struct RoleOut<'a> {
    /// The concept: deputy-prime-minister.
    role: &'a str,
    /// Whose: a key of the gazetteer, place:RU.
    of: Option<&'a str>,
    document: &'a str,
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
        let entities = match &input.subject {
            Subject::Story(story) => {
                Some(story.entities.iter().map(|entity| EntityOut::new(entity, &documents)).collect())
            }
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
            entities,
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

impl<'a> FindingOut<'a> {
    fn new(finding: &'a Finding, fingerprint: String, places: &Places<'a>) -> Self {
        Self {
            check: finding.check,
            error_type: finding.error_type.as_str(),
            severity: finding.severity.as_str(),
            confidence: round(finding.confidence),
            message: &finding.message,
            suggestion: finding.suggestion.as_ref().map(|suggestion| suggestion.text.as_str()),
            replace: finding.replacement().is_some(),
            fingerprint,
            places: places.finding(finding).into_iter().map(PlaceOut::new).collect(),
            overridden: finding.overridden.as_ref().map(|overridden| OverriddenOut {
                decision: overridden.decision,
                reason: &overridden.reason,
                by: overridden.by.as_deref(),
                role: &overridden.role,
                threshold: round(overridden.threshold),
            }),
        }
    }
}

impl<'a> AcceptedOut<'a> {
    fn new(accepted: &'a Accepted, fingerprint: String, places: &Places<'a>) -> Self {
        Self {
            finding: FindingOut::new(&accepted.finding, fingerprint, places),
            decision: accepted.decision,
            reason: &accepted.reason,
            by: accepted.by.as_deref(),
            expires: accepted.expires.as_deref(),
        }
    }
}

impl<'a> PlaceOut<'a> {
    fn new(place: Located<'a>) -> Self {
        Self {
            side: place.side.as_str(),
            document: place.file,
            byte_start: place.span.start,
            byte_end: place.span.end,
            char_start: place.characters.0,
            char_end: place.characters.1,
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
            text: place.text,
        }
    }
}

impl<'a> EntityOut<'a> {
    fn new(entity: &'a Entity, documents: &[&'a crate::model::Document]) -> Self {
        let name = |index: usize| documents.get(index).map_or("", |document| document.name.as_str());
        Self {
            name: &entity.name,
            kind: entity.kind.as_str().to_owned(),
            variants: entity
                .variants
                .iter()
                .map(|variant| VariantOut {
                    text: &variant.text,
                    language: variant.language,
                    document: name(variant.document),
                    count: variant.spans.len(),
                })
                .collect(),
            roles: entity
                .roles
                .iter()
                .map(|role| RoleOut {
                    role: &role.concept,
                    of: role.of.as_deref(),
                    document: name(role.document),
                })
                .collect(),
        }
    }
}
