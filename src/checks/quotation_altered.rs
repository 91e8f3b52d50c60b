//! `quotation-altered`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings, foreign};
use crate::lang::{quotes, text, words};
use crate::model::{Bitext, Document, ErrorType, Severity, Span};

/// Options of `quotation-altered`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct QuotationAltered {
    /// Quotations of fewer words than this are titles, nicknames and distancing marks, which languages treat each in
    /// their own way.
    shortest: usize,
}

impl Default for QuotationAltered {
    fn default() -> Self {
        Self { shortest: 7 }
    }
}

impl Check for QuotationAltered {
    const NAME: &'static str = "quotation-altered";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("quotation_altered.md");
}

impl BitextCheck for QuotationAltered {
    fn run(&self, bitext: &Bitext, _: &Context, findings: &mut Findings<'_>) {
        let (from, to) = (&bitext.source, &bitext.target);
        // What opens speech by a dash closes it by none.
        if [from, to].iter().any(|side| side.language.quotes.is_none()) {
            return;
        }
        for (index, bead) in bitext.beads.iter().enumerate().filter(|(_, bead)| bead.is_pair()) {
            let (Some(source), Some(target)) = (bitext.source_span(bead), bitext.target_span(bead)) else {
                continue;
            };
            let near = |at: usize| bitext.beads.get(at).is_none_or(|bead| bead.confidence >= SURE_BEAD);
            if ![index.wrapping_sub(1), index, index + 1].into_iter().all(near) {
                continue;
            }
            let speaks = |document: &Document, span: Span| self.longest(document, span);
            if let Some(quoted) = speaks(from, source)
                && !marked(to, target)
            {
                let said = foreign::shorten(from.excerpt(quoted));
                findings
                    .report(format!("the quotation {said} is not marked as one"))
                    .target(target)
                    .source(quoted)
                    .confidence(0.65);
            } else if let Some(quoted) = speaks(to, target)
                && quoted.len() as f64 >= MOST * target.len() as f64
                && !marked(from, source)
            {
                let said = foreign::shorten(to.excerpt(quoted));
                findings
                    .report(format!("{said} is no quotation in the source"))
                    .target(quoted)
                    .source(source)
                    .confidence(0.65);
            }
        }
    }
}

/// A part of a sentence in marks may be what the source reports as said; from this share of it on it is speech.
const MOST: f64 = 0.5;
/// Beads less sure than this are not compared, nor are their neighbours.
const SURE_BEAD: f64 = 0.8;

impl QuotationAltered {
    /// The longest quotation of a passage, if it is long enough to be somebody's words.
    fn longest(&self, document: &Document, span: Span) -> Option<Span> {
        let marks = quotes::scan(document.excerpt(span), document.language);
        let quoted = marks.outermost().into_iter().max_by_key(|quoted| quoted.end - quoted.start)?;
        let place = Span::new(span.start + quoted.start, span.start + quoted.end);
        let passage = document.excerpt(place);
        // Where words have no spaces, names of offices are long; speech has a mark in it.
        let speech = document.language.spaced || passage.contains(['。', '，', '！', '？', '…', ' ']);
        (speech && words::count(passage, document.language) >= self.shortest).then_some(place)
    }
}

/// Whether a passage holds a mark of quotation, an apostrophe at the edge of a word among them, or opens with a dash
/// of dialogue.
fn marked(document: &Document, span: Span) -> bool {
    let passage = document.excerpt(span);
    let mut before = ' ';
    let mut characters = passage.chars().peekable();
    while let Some(character) = characters.next() {
        let inside = before.is_alphanumeric() && characters.peek().is_some_and(|next| next.is_alphanumeric());
        if text::is_quote(character) || (matches!(character, '\'' | '’' | '‘') && !inside) {
            return true;
        }
        before = character;
    }
    passage.trim_start().starts_with(text::is_dash)
}
