//! Characters that nobody sees: without width inside words, control characters, and those that turn the order of others.

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
        controls(&text.text, findings);
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

/// Characters that no text has a use for.
fn controls(whole: &str, findings: &mut Findings<'_>) {
    let mut characters = whole.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        let Some(what) = control(character) else { continue };
        let mut end = start + character.len_utf8();
        while let Some((at, next)) = characters.next_if(|&(_, next)| next == character) {
            end = at + next.len_utf8();
        }
        let code = u32::from(character);
        let finding = findings.at(Span::new(start, end), format!("U+{code:04X}, which nobody sees, {what}"));
        finding.confidence(0.95);
        if is_override(character) {
            finding.severity(Severity::Major);
        } else {
            finding.replace_with("");
        }
    }
}

/// What a character does that no text has a use for. Letters of other code pages are mojibake's: U+0080 to U+009F.
fn control(character: char) -> Option<&'static str> {
    match character {
        _ if is_override(character) => Some("turns the order of what follows: 12 is read as 21"),
        '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}' => Some("is a control character"),
        '\u{FDD0}'..='\u{FDEF}' => Some("stands for nothing"),
        _ if u32::from(character) & 0xFFFE == 0xFFFE => Some("stands for nothing"),
        _ => None,
    }
}

/// Marks that force a direction on letters and figures, whatever they are. Scripts from right to left need none: their
/// letters say it themselves.
fn is_override(character: char) -> bool {
    matches!(character, '\u{202D}' | '\u{202E}')
}

/// Soft hyphens are unseen on purpose.
fn unseen(character: char) -> bool {
    text::is_invisible(character) && character != '\u{AD}'
}
