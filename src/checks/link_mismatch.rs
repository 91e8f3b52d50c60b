//! `link-mismatch`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings};
use crate::lang::text;
use crate::model::{Bitext, Document, ErrorType, SegmentKind, Severity, Span, Value};

/// Options of `link-mismatch`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LinkMismatch {
    /// Whether an address of the source must stand in the target.
    require: bool,
}

impl Default for LinkMismatch {
    fn default() -> Self {
        Self { require: true }
    }
}

impl Check for LinkMismatch {
    const NAME: &'static str = "link-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("link_mismatch.md");
}

impl BitextCheck for LinkMismatch {
    fn run(&self, bitext: &Bitext, _: &Context, findings: &mut Findings<'_>) {
        let mut source = addresses(&bitext.source);
        let mut target = addresses(&bitext.target);
        source.retain(|address| {
            let same = target.iter().position(|other| other.same(address));
            same.is_none_or(|at| {
                target.remove(at);
                false
            })
        });
        // What is left belongs together where it is of one kind and nearly alike.
        source.retain(|address| {
            let alike = |other: &Address| strsim::normalized_levenshtein(&address.key, &other.key);
            let near = (0..target.len())
                .filter(|&at| target[at].kind == address.kind && alike(&target[at]) >= ALIKE)
                .max_by(|&a, &b| alike(&target[a]).total_cmp(&alike(&target[b])));
            near.is_none_or(|at| {
                let other = target.remove(at);
                let (was, is) = (bitext.source.excerpt(address.span), bitext.target.excerpt(other.span));
                findings
                    .report(format!("“{was}” became “{is}”"))
                    .target(other.span)
                    .source(address.span)
                    .severity(Severity::Major)
                    .confidence(0.9)
                    .suggest(was);
                false
            })
        });
        // Tags are translated, and a translation may add addresses of its own.
        for address in source.iter().filter(|address| self.require && address.kind != AddressKind::Tag) {
            let was = bitext.source.excerpt(address.span);
            findings
                .report(format!("“{was}” is not in the translation"))
                .source(address.span)
                .confidence(0.6);
        }
    }
}

/// Likeness from which one address is taken for a slip in the other.
const ALIKE: f64 = 0.7;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AddressKind {
    Web,
    Mail,
    Handle,
    Tag,
}

/// An address in comparable form.
struct Address {
    span: Span,
    kind: AddressKind,
    key: String,
}

impl Address {
    /// Whether both lead to one place: the same, or the same but for the part that names the language.
    fn same(&self, other: &Self) -> bool {
        if self.kind != other.kind {
            return false;
        }
        self.key == other.key || (self.kind == AddressKind::Web && spoken(&self.key) == spoken(&other.key))
    }
}

/// An address without the parts that may name a language: `en.example.org/pt-br/a`.
fn spoken(key: &str) -> Vec<&str> {
    let parts = key.split(['.', '/', '?', '&', '=']);
    parts.filter(|part| part.split(['-', '_']).next().is_none_or(|tag| tag.chars().count() != 2)).collect()
}

fn addresses(document: &Document) -> Vec<Address> {
    let segments = document.segments.iter().filter(|segment| segment.kind != SegmentKind::Boilerplate);
    let mentions = segments.flat_map(|segment| &segment.mentions);
    mentions
        .filter(|mention| matches!(mention.value, Value::Link))
        .map(|mention| {
            let written = document.excerpt(mention.span);
            let kind = match written.chars().next() {
                Some('#' | '＃') => AddressKind::Tag,
                Some('@' | '＠') => AddressKind::Handle,
                _ if written.contains('@') && !written.contains('/') => AddressKind::Mail,
                _ => AddressKind::Web,
            };
            let key = text::lower(written, false);
            let key = key.trim_start_matches("https://").trim_start_matches("http://");
            let key = key.trim_start_matches("www.").trim_end_matches('/').to_owned();
            Address { span: mention.span, kind, key }
        })
        .collect()
}
