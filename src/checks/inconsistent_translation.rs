//! `inconsistent-translation`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings};
use crate::lang::{text, words};
use crate::model::{Bitext, ErrorType, SegmentKind, Severity, Span};

/// Options of `inconsistent-translation`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct InconsistentTranslation {
    /// Source segments with fewer words than this may be translated as the place asks.
    shortest: usize,
}

impl Default for InconsistentTranslation {
    fn default() -> Self {
        Self { shortest: 3 }
    }
}

impl Check for InconsistentTranslation {
    const NAME: &'static str = "inconsistent-translation";
    const ERROR_TYPE: ErrorType = ErrorType::InconsistentTerm;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("inconsistent_translation.md");
}

impl BitextCheck for InconsistentTranslation {
    fn run(&self, bitext: &Bitext, _: &Context, findings: &mut Findings<'_>) {
        let mut first: BTreeMap<String, (Span, Span, String)> = BTreeMap::new();
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair() && bead.confidence >= SURE_BEAD) {
            let (Some(source), Some(target)) = (bitext.source_span(bead), bitext.target_span(bead)) else {
                continue;
            };
            let prose = bitext.source.segments[bead.source.clone()]
                .iter()
                .all(|segment| segment.kind != SegmentKind::Boilerplate);
            let says = bitext.source.excerpt(source);
            if !prose || words::count(says, bitext.source.language) < self.shortest {
                continue;
            }
            let rendered = bare(bitext.target.excerpt(target));
            let (was, there, before) = first.entry(bare(says)).or_insert((source, target, rendered.clone()));
            if *before != rendered {
                findings
                    .report("the same sentence is translated otherwise above")
                    .target(target)
                    .target(*there)
                    .source(source)
                    .source(*was)
                    .confidence(0.7);
            }
        }
    }
}

/// Beads less sure than this are not compared.
const SURE_BEAD: f64 = 0.8;

/// Letters and digits alone, folded: two translations that differ in their marks are one.
fn bare(passage: &str) -> String {
    text::fold(passage).chars().filter(|letter| letter.is_alphanumeric()).collect()
}
