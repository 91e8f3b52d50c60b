//! Characters without width inside words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Direction, text};
use crate::model::{Document, ErrorType, Severity, Span};

/// `invisible-character` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InvisibleCharacter {}

impl Check for InvisibleCharacter {
    const NAME: &'static str = "invisible-character";
    const ERROR_TYPE: ErrorType = ErrorType::CharacterEncoding;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("invisible_character.md");
}

impl TextCheck for InvisibleCharacter {
    fn run(&self, text: &Document, _context: &Context, findings: &mut Findings<'_>) {
        if text.text.is_ascii() || !text.language.spaced {
            return;
        }
        // Marks of direction belong to text from right to left.
        let rtl = text.language.direction == Direction::Rtl;
        let unseen = |character: char| {
            unseen(character) && (!rtl || matches!(character, '\u{200B}' | '\u{2060}' | '\u{FEFF}'))
        };
        let whole = &text.text;
        let mut characters = whole.char_indices().peekable();
        let mut before: Option<char> = None;
        while let Some((start, character)) = characters.next() {
            if !unseen(character) {
                before = Some(character);
                continue;
            }
            let mut end = start + character.len_utf8();
            while let Some((at, next)) = characters.next_if(|&(_, next)| unseen(next)) {
                end = at + next.len_utf8();
            }
            let after = characters.peek().map(|&(_, next)| next);
            let inside = |side: Option<char>| {
                side.is_some_and(|side| side.is_alphabetic() && !text::is_unspaced(side))
            };
            if !(inside(before) && inside(after)) {
                continue;
            }
            let span = Span::new(start, end);
            let around = super::running::chunk(whole, span);
            let visible: String =
                text.excerpt(around).chars().filter(|&character| !unseen(character)).collect();
            findings
                .at(span, format!("“{visible}” has U+{:04X} inside, which nobody sees", u32::from(character)))
                .confidence(0.9)
                .replace_with("");
        }
    }
}

/// Soft hyphens are unseen on purpose.
fn unseen(character: char) -> bool {
    text::is_invisible(character) && character != '\u{AD}'
}
