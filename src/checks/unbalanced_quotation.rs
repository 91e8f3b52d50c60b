use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck, boilerplate::opening};
use crate::lang::quotes::{self, Lone, Marks};
use crate::lang::{self, Language, text, words};
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
        if marks.lone.is_empty() {
            if let Some(source) = &source {
                not_carried_over(text, &marks, source, findings);
            }
            return;
        }
        let sure = if text.language.quotes.is_some() { 0.8 } else { 0.6 };
        let strange = marks.lone.len() > TOO_MANY && marks.lone.len() * 2 > marks.quoted.len();
        let sure = if strange { sure * 0.6 } else { sure };
        let mut starts: Vec<usize> = marks.quoted.iter().map(|quoted| quoted.start).collect();
        starts.extend(marks.lone.iter().map(|lone| lone.start));
        starts.sort_unstable();
        let first = marks.quoted.first().map(|quoted| quoted.start);
        let end = marks.quoted.iter().map(|quoted| quoted.end).max();
        let article = is_article(text);
        for (index, &lone) in marks.lone.iter().enumerate() {
            // Alone at the edge of a text, the mark may belong to a quotation that was cut off.
            let inside = if lone.opening {
                (article
                    || index + 1 < marks.lone.len()
                    || end.is_some_and(|end| end > lone.end)
                    || goes_on(text, lone, true))
                    && !reopened(&text.text, lone, &starts, text.language)
            } else {
                article
                    || index > 0
                    || first.is_some_and(|first| first < lone.start)
                    || goes_on(text, lone, false)
            };
            let fault = match &source {
                // The source is a part of a longer quotation, or as careless: so may the translation be.
                Some(source) if source.has_lone(lone.opening, marks.lone.len()) => false,
                Some(source) => inside || source.marks(lone.opening) >= marks_of(&marks, lone.opening),
                None => inside,
            };
            // As many marks as pairs have, some of them turned the wrong way: nothing is lost.
            if source.is_none() && pairs_up(text, lone) {
                continue;
            }
            // Page furniture is reported as such.
            let furniture =
                text.segment_at(lone.start).is_some_and(|segment| segment.kind == SegmentKind::Boilerplate);
            if furniture || !fault {
                continue;
            }
            let message = if lone.opening {
                let line = text.text.get(lone.end..).unwrap_or_default();
                format!("this quotation never closes: “{}”", opening(line.trim_start(), 40))
            } else {
                let line = text.text.get(..lone.start).unwrap_or_default();
                format!("nothing opens the quotation that closes here: “{}”", ending(line, 40))
            };
            let length = source.as_ref().and_then(|source| source.share(index, &marks, lone));
            findings.at(stretch(&text.text, lone, length), message).confidence(sure);
        }
    }
}

/// The source opens or closes a quotation at its edge, being a passage out of a longer one; the translation has
/// no mark for it.
fn not_carried_over(text: &Document, marks: &Marks, source: &Source, findings: &mut Findings<'_>) {
    if source.lone.len() != 1 || marks.outermost().len() != source.whole.len() {
        return;
    }
    let Some(&(opening, at)) = source.lone.first() else { return };
    // The translation has a mark for it, of whatever kind, or is as careless.
    if source.single || has_single(&text.text) {
        return;
    }
    let whole = Span::new(0, text.text.len()).trim(&text.text);
    let edge = if opening { source.edges.0 } else { source.edges.1 };
    let span = if !edge && source.whole.is_empty() {
        let wanted = whole.start + (whole.len() as f64 * at) as usize;
        let cut = boundary(&text.text, wanted, whole, opening);
        if opening { first_word(&text.text, cut) } else { last_word(&text.text, cut) }
    } else if !edge {
        return;
    } else if opening {
        first_word(&text.text, whole.start)
    } else {
        last_word(&text.text, whole.end)
    };
    let message = if opening {
        "the source opens a quotation that the translation does not open"
    } else {
        "the source closes a quotation that the translation does not close"
    };
    findings.at(span, message).confidence(0.65);
}

/// Whether the double marks of the paragraph are even in number and the lone one is not a quotation's only mark.
fn pairs_up(text: &Document, lone: Lone) -> bool {
    let Some(own) = text.segment_at(lone.start) else { return false };
    let paragraph = text.segments.iter().filter(|segment| segment.paragraph == own.paragraph);
    let marks = paragraph
        .flat_map(|segment| segment.span.of(&text.text).chars())
        .filter(|mark| matches!(mark, '"' | '“' | '”' | '„' | '«' | '»' | '＂' | '「' | '」' | '『' | '』'));
    let count = marks.count();
    count > 0 && count % 2 == 0
}

fn is_single(character: char) -> bool {
    matches!(character, '\'' | '‘' | '’' | '‚' | '‛')
}

/// Whether a single mark stands at the edge of a word.
fn has_single(text: &str) -> bool {
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        if is_single(character) && (!before.is_alphanumeric() || !after.is_alphanumeric()) {
            return true;
        }
        before = character;
    }
    false
}

/// How many quotations have a mark of this kind.
fn marks_of(marks: &Marks, opening: bool) -> usize {
    marks.outermost().len() + marks.lone.iter().filter(|lone| lone.opening == opening).count()
}

/// The quotation that a lone mark belongs to, by the share of the text that it has in the source; the mark alone
/// where that is not known.
fn stretch(text: &str, lone: Lone, share: Option<f64>) -> Span {
    let mark = Span::new(lone.start, lone.end);
    let Some(share) = share else { return mark };
    let whole = Span::new(0, text.len()).trim(text);
    let length = (whole.len() as f64 * share) as usize;
    if lone.opening {
        let room = Span::new(lone.end, whole.end);
        mark.join(Span::new(lone.start, boundary(text, lone.end + length, room, false)))
    } else {
        let room = Span::new(whole.start, lone.start);
        mark.join(Span::new(boundary(text, lone.start.saturating_sub(length), room, true), lone.end))
    }
}

/// The place near the wanted one where a clause begins or ends; the edges of the room count.
fn boundary(text: &str, wanted: usize, room: Span, begins: bool) -> usize {
    let clause = |character: char| {
        matches!(
            character,
            ',' | '.' | '!' | '?' | '…' | ':' | ';' | '،' | '؛' | '؟' | '。' | '，' | '！' | '？' | '：'
        )
    };
    let mut best = if begins { room.start } else { room.end };
    // An edge is only a little less likely than a mark.
    let mut distance = best.abs_diff(wanted);
    let mut characters = room.of(text).char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let Some(&(next, after)) = characters.peek() else { break };
        if !clause(character) || !(after.is_whitespace() || text::is_unspaced(after)) {
            continue;
        }
        let place = room.start + if begins { next } else { at + character.len_utf8() };
        if place.abs_diff(wanted) < distance {
            distance = place.abs_diff(wanted);
            best = place;
        }
    }
    best
}

/// The word at or after a place, with what stands before it.
fn first_word(text: &str, from: usize) -> Span {
    let rest = text.get(from..).unwrap_or_default();
    let word = words::words(rest).next().map_or(rest.len(), |word| word.end());
    Span::new(from, from + word).trim(text)
}

/// The word before a place, with what stands after it.
fn last_word(text: &str, to: usize) -> Span {
    let head = text.get(..to).unwrap_or_default();
    let line = head.rsplit('\n').next().unwrap_or_default();
    let start = words::words(line).last().map_or(0, |word| word.start);
    Span::new(to - line.len() + start, to)
}

/// Whether the text is whole, so that no quotation at its edge was cut off: it has paragraphs enough.
fn is_article(text: &Document) -> bool {
    let sentences = text.prose().filter(|segment| segment.kind == SegmentKind::Sentence);
    let paragraphs: BTreeSet<_> = sentences.map(|segment| segment.paragraph).collect();
    paragraphs.len() >= PARAGRAPHS
}

/// Paragraphs of a whole text.
const PARAGRAPHS: usize = 3;

/// Whether sentences of other paragraphs follow the mark, or go before it: the text was not cut there.
fn goes_on(text: &Document, lone: Lone, after: bool) -> bool {
    let Some(own) = text.segment_at(lone.start) else { return false };
    text.prose().filter(|segment| segment.kind == SegmentKind::Sentence).any(|segment| {
        if after { segment.paragraph > own.paragraph } else { segment.paragraph < own.paragraph }
    })
}

/// Whether the next mark opens the next paragraph of the same quotation, in a language that repeats the mark,
/// the paragraphs having been run together.
fn reopened(text: &str, lone: Lone, starts: &[usize], language: &Language) -> bool {
    let after = starts.partition_point(|&start| start <= lone.start);
    let Some(&next) = starts.get(after) else { return false };
    let between = text.get(lone.end..next).unwrap_or_default();
    let same = text.get(next..).and_then(|rest| rest.chars().next())
        == text.get(lone.start..).and_then(|rest| rest.chars().next());
    let next_paragraph = between.matches("\n\n").nth(1).is_none();
    same && next_paragraph
        && language.quotes.as_ref().is_none_or(|quotes| quotes.reopens)
        && between.trim_end().ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
        && between.ends_with(char::is_whitespace)
}

/// The marks of the source, in a language we are not told.
struct Source {
    /// Lone marks, single ones at the edges included: whether one opens, and where in the text, 0 to 1.
    lone: Vec<(bool, f64)>,
    /// Outermost quotations: their share of the text.
    whole: Vec<f64>,
    /// Whether a lone mark is the first character, the last.
    edges: (bool, bool),
    /// Whether a lone mark is a single one, if it is no apostrophe.
    single: bool,
}

impl Source {
    fn of(source: &str) -> Self {
        let marks = quotes::scan(source, lang::unknown());
        let outermost = marks.outermost();
        let whole = Span::new(0, source.len()).trim(source);
        let source = whole.of(source);
        let length = source.len().max(1) as f64;
        let doubles = marks.lone.len();
        let mut lone: Vec<(bool, f64)> = (marks.lone.iter())
            .map(|lone| (lone.opening, (lone.start.saturating_sub(whole.start)) as f64 / length))
            .collect();
        if source.starts_with(is_single) && marks.quoted.first().is_none_or(|quoted| quoted.start > 0) {
            lone.push((true, 0.0));
        }
        let body = source.trim_end_matches(['.', '!', '?', '…', '。']);
        if body.ends_with(is_single) && marks.quoted.iter().all(|quoted| quoted.end + 1 < source.len()) {
            lone.push((false, 1.0));
        }
        let reach = |lone: &Lone| lone.end + source.len() - body.len() >= whole.end;
        Self {
            whole: outermost.iter().map(|quoted| (quoted.end - quoted.start) as f64 / length).collect(),
            edges: (
                marks.lone.iter().any(|lone| lone.opening && lone.start == whole.start),
                marks.lone.iter().any(|lone| !lone.opening && reach(lone)),
            ),
            single: lone.len() > doubles,
            lone,
        }
    }

    /// Whether the source has a lone mark of the same kind, or as many lone marks of both.
    fn has_lone(&self, opening: bool, target: usize) -> bool {
        self.lone.iter().any(|&(kind, _)| kind == opening) || self.lone.len() > target
    }

    /// How many quotations have a mark of this kind.
    fn marks(&self, opening: bool) -> usize {
        self.whole.len() + self.lone.iter().filter(|(kind, _)| *kind == opening).count()
    }

    /// The share that the quotation of a lone mark has of the text in the source: the one of the same number.
    fn share(&self, index: usize, marks: &Marks, lone: Lone) -> Option<f64> {
        let before = marks.outermost().iter().filter(|quoted| quoted.start < lone.start).count() + index;
        self.whole.get(before).copied()
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
