//! The same mark twice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running;
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, lexis, text};
use crate::model::{Document, ErrorType, Severity, Span};

/// `doubled-punctuation` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DoubledPunctuation {}

impl Check for DoubledPunctuation {
    const NAME: &'static str = "doubled-punctuation";
    const ERROR_TYPE: ErrorType = ErrorType::Punctuation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("doubled_punctuation.md");
}

impl TextCheck for DoubledPunctuation {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        for segment in &text.segments {
            let stretch = segment.span.of(&text.text);
            let characters: Vec<(usize, char)> = stretch.char_indices().collect();
            let mut index = 0;
            while index < characters.len() {
                let (at, mark) = characters[index];
                let mut end = index + 1;
                while end < characters.len() && characters[end].1 == mark {
                    end += 1;
                }
                let count = end - index;
                let next = characters.get(end).map(|&(_, next)| next);
                let before = index.checked_sub(1).map(|before| characters[before].1);
                index = end;
                let stop = characters.get(end).map_or(stretch.len(), |&(stop, _)| stop);
                let (span, right) = if count == 2 && is_doubled(mark, before, next) {
                    (Span::new(at, stop), mark.to_string())
                } else if count == 1
                    && (clashes(mark, next)
                        || ends_a_word(mark, next, &characters[..end - 1], text.language)
                            && characters.get(end + 1).is_some_and(|&(_, third)| third == ' '))
                    && characters.get(end + 1).is_none_or(|&(_, third)| Some(third) != next)
                {
                    let next = next.expect("a mark that clashes");
                    (Span::new(at, stop + next.len_utf8()), next.to_string())
                } else {
                    continue;
                };
                let span = span.shift(segment.span.start);
                let written = text.excerpt(span);
                if running::in_link(text, span)
                    || context.source.as_deref().is_some_and(|source| source.contains(written))
                {
                    continue;
                }
                findings
                    .at(span, format!("“{written}” where one mark is enough"))
                    .confidence(0.85)
                    .replace_with(right);
            }
        }
    }
}

/// Whether a mark that stands exactly twice should stand once. `!!`, `??`, `--`, `''` are used on purpose.
fn is_doubled(mark: char, before: Option<char>, next: Option<char>) -> bool {
    let after_word = before.is_some_and(|before| {
        before.is_alphanumeric() || matches!(before, ')' | '”' | '"' | '»' | '’' | '」')
    });
    let cased = before
        .is_some_and(|before| before.is_lowercase() || before.is_ascii_digit() || !before.is_alphanumeric());
    match mark {
        ',' | ';' | '，' | '、' | '。' | '؛' | '،' | '；' | '：' | '।' => after_word,
        ':' => after_word && next.is_none_or(char::is_whitespace),
        '.' => {
            after_word
                && cased
                && next.is_none_or(|next| next.is_whitespace() || matches!(next, '"' | '”' | '»' | '’'))
        }
        _ => false,
    }
}

/// Whether a full stop stands before a comma and shortens nothing: the word before it is a frequent one.
fn ends_a_word(mark: char, next: Option<char>, before: &[(usize, char)], language: &Language) -> bool {
    if mark != '.' || !matches!(next, Some(',' | '،')) {
        return false;
    }
    let letters = before.iter().rev().map(|&(_, letter)| letter).take(25);
    let mut word: Vec<char> = letters.take_while(|letter| letter.is_alphabetic()).collect();
    word.reverse();
    let word: String = word.into_iter().collect();
    word.chars().count() >= 5
        && !word.chars().any(text::is_upper)
        && lexis::rank(&word, language).is_some_and(|rank| rank < FREQUENT)
}

/// Rank of words that shorten nothing.
const FREQUENT: u32 = 12_000;

/// Two different marks that never follow one another.
fn clashes(mark: char, next: Option<char>) -> bool {
    matches!(
        (mark, next),
        (',' | ';', Some('.' | ';'))
            | (';', Some(','))
            | ('，' | '、', Some('。'))
            | ('。', Some('，'))
            | ('،', Some('.'))
    )
}
