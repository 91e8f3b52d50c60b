use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck, boilerplate::opening};
use crate::lang::quotes::{self, Lone};
use crate::lang::{self, Language};
use crate::model::{Document, ErrorType, SegmentKind, Severity, Span};

/// `unbalanced-quotation` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UnbalancedQuotation {}

impl Check for UnbalancedQuotation {
    const NAME: &'static str = "unbalanced-quotation";
    const ERROR_TYPE: ErrorType = ErrorType::Punctuation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("unbalanced_quotation.md");
}

/// Lone marks beyond which the text uses a mark for something else (seconds, a ditto sign, code).
const TOO_MANY: usize = 6;

impl TextCheck for UnbalancedQuotation {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let marks = quotes::scan(&text.text, text.language);
        let source = context.source.as_deref().map(Source::of);
        // The source is a part of a longer quotation, or as careless: so may the translation be.
        if marks.lone.is_empty() || source.is_some_and(|source| source.lone >= marks.lone.len()) {
            return;
        }
        // Every quotation of the source is whole, and there are more of them.
        let lost = source.is_some_and(|source| source.lone == 0 && source.whole > marks.outermost().len());
        let mut sure = if text.language.quotes.is_some() { 0.8 } else { 0.6 };
        if marks.lone.len() > TOO_MANY && marks.lone.len() * 2 > marks.quoted.len() {
            sure *= 0.6;
        }
        let mut starts: Vec<usize> = marks.quoted.iter().map(|quoted| quoted.start).collect();
        starts.extend(marks.lone.iter().map(|lone| lone.start));
        starts.sort_unstable();
        let first = marks.quoted.first().map(|quoted| quoted.start);
        let end = marks.quoted.iter().map(|quoted| quoted.end).max();
        for (index, &lone) in marks.lone.iter().enumerate() {
            // Alone at the edge of a text, the mark may belong to a quotation that was cut off.
            let inside = if lone.opening {
                (index + 1 < marks.lone.len() || end.is_some_and(|end| end > lone.end))
                    && !reopened(&text.text, lone, &starts, text.language)
            } else {
                index > 0 || first.is_some_and(|first| first < lone.start)
            };
            // Page furniture is reported as such.
            let furniture =
                text.segment_at(lone.start).is_some_and(|segment| segment.kind == SegmentKind::Boilerplate);
            if furniture || !(inside || lost) {
                continue;
            }
            let message = if lone.opening {
                let line = text.text.get(lone.end..).unwrap_or_default();
                format!("this quotation never closes: “{}”", opening(line.trim_start(), 40))
            } else {
                let line = text.text.get(..lone.start).unwrap_or_default();
                format!("nothing opens the quotation that closes here: “{}”", ending(line, 40))
            };
            findings.at(Span::new(lone.start, lone.end), message).confidence(sure);
        }
    }
}

/// Whether the next mark opens the next paragraph of the same quotation, in a language that repeats the mark,
/// the paragraphs having been run together.
fn reopened(text: &str, lone: Lone, starts: &[usize], language: &Language) -> bool {
    let after = starts.partition_point(|&start| start <= lone.start);
    let Some(&next) = starts.get(after) else { return false };
    let between = text.get(lone.end..next).unwrap_or_default();
    let same = text.get(next..).and_then(|rest| rest.chars().next())
        == text.get(lone.start..).and_then(|rest| rest.chars().next());
    same && language.quotes.as_ref().is_none_or(|quotes| quotes.reopens)
        && between.trim_end().ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
        && between.ends_with(char::is_whitespace)
}

/// The marks of the source, in a language we are not told.
#[derive(Clone, Copy)]
struct Source {
    /// Lone marks, single ones at the edges included.
    lone: usize,
    /// Outermost quotations.
    whole: usize,
}

impl Source {
    fn of(source: &str) -> Self {
        let marks = quotes::scan(source, lang::unknown());
        let source = source.trim();
        let single = |character: char| matches!(character, '\'' | '‘' | '’' | '‚' | '‛');
        let opens = source.starts_with(single) && marks.quoted.first().is_none_or(|quoted| quoted.start > 0);
        let closes = source.trim_end_matches(['.', '!', '?', '…']).ends_with(single)
            && marks.quoted.iter().all(|quoted| quoted.end + 1 < source.len());
        Self {
            lone: marks.lone.len() + usize::from(opens) + usize::from(closes),
            whole: marks.outermost().len(),
        }
    }
}

/// The last characters of a text's last line, cut between words where there are any.
fn ending(text: &str, longest: usize) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default().trim_end();
    let Some((cut, _)) = line.char_indices().rev().nth(longest) else { return line.trim_start().to_owned() };
    let tail = line.get(cut..).unwrap_or_default();
    let at = tail.find(char::is_whitespace).filter(|&at| at < tail.len() / 2).unwrap_or(0);
    format!("…{}", tail.get(at..).unwrap_or_default().trim_start())
}
