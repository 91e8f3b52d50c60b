use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::persons::matched_in;
use super::{BitextCheck, Check, Context, Findings};
use crate::lang::titles::{Gender, gender, gender_beside};
use crate::lang::words;
use crate::model::{Bitext, Document, ErrorType, Severity, Span};

/// `gender-mismatch` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct GenderMismatch {}

impl Check for GenderMismatch {
    const NAME: &'static str = "gender-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("gender_mismatch.md");
}

impl BitextCheck for GenderMismatch {
    fn run(&self, bitext: &Bitext, _context: &Context, findings: &mut Findings<'_>) {
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair()) {
            for ((was, _), (is, _)) in matched_in(bitext, bead) {
                let titles = title_of(&bitext.source, was.span).zip(title_of(&bitext.target, is.span));
                let Some((one, other)) = titles.filter(|(one, other)| one != other) else { continue };
                let word = |gender| match gender {
                    Gender::Man => "a man",
                    Gender::Woman => "a woman",
                };
                let message = format!(
                    "{} is {} in the source, {} here",
                    bitext.target.excerpt(is.span),
                    word(one),
                    word(other)
                );
                findings.report(message).grave(0.85).target(is.span).source(was.span);
            }
        }
    }
}

/// What the title beside a name, or the first word of the name, says.
fn title_of(document: &Document, name: Span) -> Option<Gender> {
    let language = document.language;
    let segment = document.segment_at(name.start)?;
    let before = Span::new(segment.span.start, name.start).of(&document.text);
    let behind = Span::new(name.end, segment.span.end.max(name.end)).of(&document.text);
    if !language.spaced {
        return gender_beside(before.trim_end(), behind.trim_start(), language);
    }
    let near = |gap: &str| gap.chars().all(|c| c.is_whitespace() || c == '.');
    let last = words::words(before).last();
    let last = last.filter(|word| near(before.get(word.end()..).unwrap_or_default()));
    let next = words::words(behind).next();
    let next = next.filter(|word| near(behind.get(..word.start).unwrap_or_default()));
    let first = words::words(document.excerpt(name)).next();
    let mut found = [last, first, next].into_iter().flatten().filter_map(|word| gender(word.text, language));
    let one = found.next()?;
    found.all(|other| other == one).then_some(one)
}
