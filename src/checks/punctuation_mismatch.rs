//! `punctuation-mismatch`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BitextCheck, Check, Context, Findings};
use crate::lang::text::{is_capitalised, is_invisible, is_quote};
use crate::lang::{Language, words};
use crate::model::{Bitext, Document, ErrorType, SegmentKind, Severity, Span};

/// `punctuation-mismatch` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PunctuationMismatch {}

impl Check for PunctuationMismatch {
    const NAME: &'static str = "punctuation-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Punctuation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("punctuation_mismatch.md");
}

impl BitextCheck for PunctuationMismatch {
    fn run(&self, bitext: &Bitext, _: &Context, findings: &mut Findings<'_>) {
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair() && bead.confidence >= SURE_BEAD) {
            let (Some(source), Some(target)) = (bitext.source_span(bead), bitext.target_span(bead)) else {
                continue;
            };
            let prose = bitext.source.segments[bead.source.clone()]
                .iter()
                .all(|segment| segment.kind == SegmentKind::Sentence);
            if !prose {
                continue;
            }
            let from = Ending::of(&bitext.source, source);
            let to = Ending::of(&bitext.target, target);
            let quoted = from.quoted || to.quoted;
            let stops = writes_stops(bitext.target.language);
            // A question that the other side asks before *he said*.
            let asks = |document: &Document, span: Span| {
                document.excerpt(span).chars().any(|letter| Mark::of(letter) == Mark::Question)
            };
            let asks_within = asks(&bitext.source, source) && asks(&bitext.target, target);
            match (from.mark, to.mark) {
                (Mark::Stop | Mark::Question | Mark::Exclamation, Mark::None)
                    if (stops || from.mark != Mark::Stop) && !is_headline(bitext.target.excerpt(target)) =>
                {
                    let lost = bitext.source.excerpt(from.place);
                    findings
                        .report(format!("the sentence ends without a mark, the source with “{lost}”"))
                        .target(to.last_word(&bitext.target))
                        .source(from.place)
                        .confidence(0.75);
                }
                (Mark::Question, Mark::Stop) | (Mark::Stop, Mark::Question) if !quoted && !asks_within => {
                    let (lost, got) = (bitext.source.excerpt(from.place), bitext.target.excerpt(to.place));
                    findings
                        .report(format!("“{lost}” at the end became “{got}”"))
                        .target(to.place)
                        .source(from.place)
                        .confidence(0.6);
                }
                _ => {}
            }
        }
    }
}

/// Whether sentences end with a full stop in a language: in Thai a space does it.
fn writes_stops(language: &Language) -> bool {
    let marks = language.sentences.iter().flat_map(|sentences| &sentences.end);
    let mut marks = marks.filter_map(|mark| mark.chars().next()).peekable();
    marks.peek().is_none() || marks.any(|mark| Mark::of(mark) == Mark::Stop)
}

/// Whether a line without a final mark reads as a headline: short, or in title case.
fn is_headline(line: &str) -> bool {
    let (count, capitals) = words::words(line).fold((0, 0), |(count, capitals), word| {
        (count + 1, capitals + usize::from(is_capitalised(word.text)))
    });
    count < SHORTEST_SENTENCE || 2 * capitals > count
}

/// Words from which a line without a final mark is taken for a sentence.
const SHORTEST_SENTENCE: usize = 5;
/// Beads less sure than this are not compared.
const SURE_BEAD: f64 = 0.8;

/// What closes a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Stop,
    Question,
    Exclamation,
    Other,
    None,
}

impl Mark {
    /// Full stops, question and exclamation marks of all scripts.
    fn of(character: char) -> Self {
        match character {
            '.' | '。' | '．' | '｡' | '।' | '॥' | '۔' | '։' | '።' => Self::Stop,
            '?' | '？' | '؟' | ';' | '՞' => Self::Question,
            '!' | '！' | '՜' => Self::Exclamation,
            letter if letter.is_alphanumeric() => Self::None,
            letter if unicode_normalization::char::is_combining_mark(letter) => Self::None,
            _ => Self::Other,
        }
    }
}

/// The end of a sentence: its last mark, behind which only quotation marks and brackets close.
struct Ending {
    mark: Mark,
    /// The mark; where there is none, the last character.
    place: Span,
    /// Whether something closes behind the mark.
    quoted: bool,
}

impl Ending {
    fn of(document: &Document, span: Span) -> Self {
        let text = document.excerpt(span);
        let closes = |character: char| {
            character.is_whitespace()
                || is_quote(character)
                || matches!(character, ')' | ']' | '）' | '］' | '】' | '」' | '』' | '》' | '*' | '_')
                || is_invisible(character)
        };
        let body = text.trim_end_matches(closes);
        let Some(last) = body.chars().next_back() else {
            return Self { mark: Mark::Other, place: Span::new(span.end, span.end), quoted: false };
        };
        let end = span.start + body.len();
        let place = Span::new(end - last.len_utf8(), end);
        let mark = Mark::of(last);
        let behind = document.excerpt(Span::new(end, span.end)).trim();
        // A bracket may close a line that needs no mark; quotation marks close a sentence that needs one.
        let bracket = mark == Mark::None && behind.contains(|character: char| !is_quote(character));
        Self { mark: if bracket { Mark::Other } else { mark }, place, quoted: !behind.is_empty() }
    }

    /// The word that ends where a mark should stand.
    fn last_word(&self, document: &Document) -> Span {
        let before = document.excerpt(Span::new(0, self.place.end));
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, letter)| !letter.is_whitespace())
            .take(LONGEST_WORD)
            .last()
            .map_or(self.place.start, |(index, _)| index);
        Span::new(start, self.place.end)
    }
}

/// Characters of the last word that a finding quotes at most; there are no spaces in some scripts.
const LONGEST_WORD: usize = 12;
