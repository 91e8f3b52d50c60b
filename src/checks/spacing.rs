//! A space before a mark, or none after it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck, running, split_words};
use crate::lang::profile::Typography;
use crate::lang::{Language, text};
use crate::model::{Document, ErrorType, Severity, Span};

/// `spacing` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Spacing {}

impl Check for Spacing {
    const NAME: &'static str = "spacing";
    const ERROR_TYPE: ErrorType = ErrorType::Punctuation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("spacing.md");
}

/// Places reported one by one; the rest in one more finding.
const SINGLY: usize = 5;

/// Keeps two letters of one word apart without a space.
const JOINER: char = '\u{200C}';

/// Whether the text begins with an ending of names that an apostrophe parts from them, of so many letters or more: `'dan`.
fn is_ending(characters: &[(usize, char)], least: usize, language: &Language) -> bool {
    let letters: String = characters.iter().map(|&(_, c)| c).take_while(|c| c.is_alphabetic()).collect();
    language.names.as_ref().is_some_and(|names| {
        letters.chars().count() >= least
            && names
                .endings
                .iter()
                .any(|(ending, _)| ending.strip_prefix(['\'', '’']) == Some(letters.as_str()))
    })
}

/// Whether a mark belongs to the word around it.
fn is_marked(text: &Document, mark: Span, typography: &Typography) -> bool {
    if typography.marked.is_empty() {
        return false;
    }
    let chunk = text.language.lower(text.excerpt(running::chunk(&text.text, mark)));
    let word = chunk.trim_matches(|letter: char| !letter.is_alphanumeric());
    typography.marked.iter().any(|marked| marked == word)
}

impl TextCheck for Spacing {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        split_words::report(text, context, findings);
        let Some(typography) = text.language.typography.as_ref() else { return };
        let mark = |list: &[String]| -> Vec<char> {
            list.iter()
                .filter_map(|mark| mark.chars().next())
                .filter(|mark| !mark.is_alphanumeric())
                .collect()
        };
        let mut never_before = mark(&typography.no_space_before);
        // An ellipsis may stand for what was left out; how a percentage is written is a matter of numbers.
        never_before.retain(|mark| !matches!(mark, '…' | '%'));
        let allowed = mark(&typography.space_before);
        let always_after = mark(&typography.space_after);
        let edges = Edges::of(text.language, &allowed, &always_after);
        let mut places: Vec<(Span, String, String)> = Vec::new();
        for segment in text.prose() {
            // What ends the sentence before may stand at the start of this one: ` .Then`.
            let before = text.text.get(..segment.span.start).unwrap_or_default().char_indices().rev();
            let start = before
                .take(2)
                .take_while(|(_, character)| *character != '\n')
                .last()
                .map_or(segment.span.start, |(at, _)| at);
            let whole = Span::new(start, segment.span.end);
            let characters: Vec<(usize, char)> =
                whole.of(&text.text).char_indices().map(|(at, character)| (at + start, character)).collect();
            let first = characters.iter().take_while(|(at, _)| *at < segment.span.start).count();
            for index in first.max(1)..characters.len() {
                let (at, character) = characters[index];
                let before = characters[index - 1].1;
                let end = at + character.len_utf8();
                // The mark may end the sentence that the next one is glued to.
                let glued = || text.text.get(end..).and_then(|rest| rest.chars().next());
                let next = characters.get(index + 1).map(|&(_, next)| next).or_else(glued);
                if before == ' ' && never_before.contains(&character) && !allowed.contains(&character) {
                    let earlier = index.checked_sub(2).map(|earlier| characters[earlier].1);
                    let then = characters.get(index + 2).map(|&(_, then)| then);
                    let ratio = character == ':' && earlier.is_some_and(char::is_numeric);
                    if (character == '.' || always_after.contains(&character))
                        && is_swapped(
                            earlier,
                            character,
                            next,
                            text.text.get(end..).and_then(|rest| rest.chars().nth(1)),
                        )
                        && !(character == ',' && opens_quotation(text.text.get(end..segment.span.end)))
                    {
                        let span = Span::new(characters[index - 1].0, end);
                        places.push((
                            span,
                            format!("the space stands before “{character}”, not after it"),
                            format!("{character} "),
                        ));
                    } else if !ratio && then != Some(character) && !stands_apart(earlier, character, next) {
                        let span = Span::new(characters[index - 1].0, end);
                        places.push((span, format!("a space before “{character}”"), character.to_string()));
                    }
                } else if before == ' '
                    && matches!(next, Some(' ' | '.' | ',' | ';' | ':' | '!' | '?'))
                    && edges.closing.contains(&character)
                    && !never_before.contains(&character)
                    && index >= 2
                    && characters[index - 2].1.is_alphanumeric()
                {
                    let span = Span::new(characters[index - 1].0, end);
                    places.push((span, format!("a space before “{character}”"), character.to_string()));
                } else if before == ' '
                    && next == Some(' ')
                    && edges.opening.contains(&character)
                    && characters.get(index + 2).is_some_and(|&(_, then)| then.is_alphanumeric())
                {
                    let span = Span::new(at, end + 1);
                    places.push((span, format!("a space after “{character}”"), character.to_string()));
                } else if character == ' ' && before == JOINER && next.is_some_and(char::is_alphabetic) {
                    let span = Span::new(characters[index - 1].0, end);
                    places.push((span, "a space after a joiner".to_owned(), JOINER.to_string()));
                } else if before == ' '
                    && matches!(character, '\'' | '’')
                    && index >= 2
                    && characters[index - 2].1.is_alphabetic()
                    && is_ending(&characters[index + 1..], 2, text.language)
                {
                    let span = Span::new(characters[index - 1].0, end);
                    places.push((span, "a space before an ending".to_owned(), character.to_string()));
                } else if before == ' '
                    && next == Some(' ')
                    && matches!(character, '\'' | '’')
                    && index >= 2
                    && characters[index - 2].1.is_alphabetic()
                    && is_ending(&characters[index + 2..], 1, text.language)
                {
                    let span = Span::new(characters[index - 1].0, end + 1);
                    places.push((span, "spaces around an apostrophe".to_owned(), character.to_string()));
                } else if character == ' ' && torn(&characters, index) {
                    let span = Span::new(
                        characters[index - 1].0,
                        characters[index + 1].0 + next.map_or(0, char::len_utf8),
                    );
                    let whole: String = [before].into_iter().chain(next).collect();
                    places.push((span, "a space inside the line".to_owned(), whole));
                } else if always_after.contains(&character)
                    && (before.is_alphabetic()
                        || (character == ',' && matches!(before, '%' | ')' | '”' | '»')))
                    && next.is_some_and(char::is_alphabetic)
                    && !text::is_unspaced(before)
                    && !(text::is_upper(before) && next.is_some_and(text::is_upper))
                {
                    let span = Span::new(at, end);
                    let paired =
                        character == ')' && running::chunk(&text.text, span).of(&text.text).contains('(');
                    if !running::in_link(text, span) && !paired && !is_marked(text, span, typography) {
                        places.push((span, format!("no space after “{character}”"), format!("{character} ")));
                    }
                }
            }
        }
        if let Some(source) = context.source.as_deref() {
            // Where the source is set apart in the same way, it is the style of the text.
            let apart = source.matches(" ,").count() + source.matches(" .").count();
            if apart > 2 {
                return;
            }
        }
        let habit = mark(&typography.space_by_habit);
        let by_habit = |span: Span| text.excerpt(span).chars().any(|mark| habit.contains(&mark));
        let odd = places.iter().filter(|(span, ..)| by_habit(*span)).count();
        let even = text.text.chars().filter(|mark| habit.contains(mark)).count().saturating_sub(odd);
        if even <= odd {
            places.retain(|(span, ..)| !by_habit(*span));
        }
        let more = places.len().saturating_sub(SINGLY);
        for (index, (span, message, right)) in places.into_iter().enumerate() {
            if index < SINGLY {
                findings.at(span, message).confidence(0.85).replace_with(right);
            } else if index == SINGLY {
                findings.at(span, format!("{more} more spaces beside marks are wrong")).confidence(0.85);
            }
        }
    }
}

/// Marks and brackets that have no space on their inner side: each only opens, or only closes.
struct Edges {
    opening: Vec<char>,
    closing: Vec<char>,
}

impl Edges {
    fn of(language: &Language, spaced_before: &[char], spaced_after: &[char]) -> Self {
        let pairs = language.quotes.as_ref().map(|quotes| quotes.pairs.as_slice()).unwrap_or_default();
        let double =
            |mark: &str| mark.trim().chars().next().filter(|mark| !matches!(mark, '\'' | '‘' | '’' | '‚'));
        let opens: Vec<char> = pairs.iter().filter_map(|(open, _)| double(open)).collect();
        let closes: Vec<char> = pairs.iter().filter_map(|(_, close)| double(close)).collect();
        let only = |marks: &[char], others: &[char], spaced: &[char]| -> Vec<char> {
            marks.iter().filter(|mark| !others.contains(mark) && !spaced.contains(mark)).copied().collect()
        };
        let mut opening = only(&opens, &closes, spaced_after);
        opening.extend(['(', '[']);
        Self { opening, closing: only(&closes, &opens, spaced_before) }
    }
}

/// Whether the space tears a line of a script that writes none: between two of its letters, in a sentence of some
/// length that has no other.
fn torn(characters: &[(usize, char)], index: usize) -> bool {
    let (Some(&(_, before)), Some(&(_, after)), Some(&(_, last))) =
        (characters.get(index - 1), characters.get(index + 1), characters.last())
    else {
        return false;
    };
    let letters = |letter: char| letter.is_alphabetic() && text::is_unspaced(letter);
    // Bylines in brackets: （记者 欧阳一苇）.
    let brackets = characters.iter().take(index).rev().map(|&(_, character)| character);
    let bracketed = brackets.take(12).find(|c| matches!(c, '（' | '(' | '）' | ')'));
    letters(before)
        && letters(after)
        && !matches!(bracketed, Some('（' | '('))
        && last == '。'
        && characters.len() >= 9
        && characters.iter().filter(|(_, character)| character.is_whitespace()).count() == 1
}

/// Whether the space that belongs behind a mark stands before it: `one ,two`, `One .Two`, not ` .net`.
fn is_swapped(earlier: Option<char>, mark: char, next: Option<char>, then: Option<char>) -> bool {
    earlier.is_some_and(char::is_alphabetic)
        && next.is_some_and(|next| {
            next.is_alphabetic()
                && (mark != '.' || text::is_upper(next) && then.is_some_and(|then| !text::is_upper(then)))
        })
}

/// Whether a comma stands for a low quotation mark: `,word‘`.
fn opens_quotation(rest: Option<&str>) -> bool {
    const NEAR: usize = 80;
    rest.is_some_and(|rest| rest.chars().take(NEAR).any(|sign| matches!(sign, '‘' | '’' | '\'')))
}

/// Whether the space before a mark is meant: ` .5`, ` ...`, ` :)`, ` .net`, ` ?,`, after a dash or at the start.
fn stands_apart(earlier: Option<char>, mark: char, next: Option<char>) -> bool {
    let Some(earlier) = earlier else { return true };
    if !(earlier.is_alphanumeric() || matches!(earlier, '”' | '»' | '’' | ')' | ']' | '%' | '$' | '€'))
    {
        return true;
    }
    // Full-width marks bring their own space.
    if matches!(mark, '、' | '。' | '，' | '！' | '？' | '：' | '；' | '）' | '」' | '』') {
        return false;
    }
    match next {
        None => false,
        Some(next) => {
            !(next.is_whitespace() || text::is_unspaced(next) || (text::is_quote(next) && mark != '\''))
        }
    }
}
