//! Characters read in the wrong encoding.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use std::sync::LazyLock;

use encoding_rs::Encoding;

use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, lexis, text};
use crate::model::{Document, ErrorType, Severity, Span};

/// `mojibake` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Mojibake {}

impl Check for Mojibake {
    const NAME: &'static str = "mojibake";
    const ERROR_TYPE: ErrorType = ErrorType::CharacterEncoding;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("mojibake.md");
}

impl TextCheck for Mojibake {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        for segment in &text.segments {
            let stretch = segment.span.of(&text.text);
            if stretch.is_ascii() {
                continue;
            }
            for run in runs(stretch, text.language) {
                let broken = run.span.of(stretch);
                if context.source.as_deref().is_some_and(|source| source.contains(broken)) && !run.certain {
                    continue;
                }
                let span = run.span.shift(segment.span.start);
                findings
                    .at(span, format!("“{broken}” is “{}” read in the wrong encoding", run.repaired))
                    .confidence(if run.certain { 0.97 } else { 0.85 })
                    .replace_with(run.repaired);
            }
        }
    }
}

struct Run {
    span: Span,
    repaired: String,
    certain: bool,
}

/// A code page turned round: the bytes above 7F by character.
struct CodePage {
    bytes: Vec<(char, u8)>,
    encoding: &'static Encoding,
}

impl CodePage {
    fn new(encoding: &'static Encoding) -> Self {
        let mut bytes: Vec<(char, u8)> = (0x80..=0xFF_u8)
            .filter_map(|byte| {
                let (decoded, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
                let character = decoded.chars().next()?;
                (character != '\u{FFFD}').then_some((character, byte))
            })
            .collect();
        // Latin-1 leaves control characters where 1252 has marks: both readings are met.
        if encoding == encoding_rs::WINDOWS_1252 {
            for byte in 0x80..=0x9F_u8 {
                if !bytes.iter().any(|&(character, _)| character == char::from(byte)) {
                    bytes.push((char::from(byte), byte));
                }
            }
        }
        bytes.sort_unstable();
        Self { bytes, encoding }
    }

    fn byte(&self, character: char) -> Option<u8> {
        if character.is_ascii() {
            return None;
        }
        let index = self.bytes.binary_search_by_key(&character, |&(other, _)| other).ok()?;
        Some(self.bytes[index].1)
    }
}

/// The code pages that UTF-8 is mistaken for, the commonest first.
static PAGES: LazyLock<Vec<CodePage>> = LazyLock::new(|| {
    [
        encoding_rs::WINDOWS_1252,
        encoding_rs::MACINTOSH,
        encoding_rs::WINDOWS_1251,
        encoding_rs::WINDOWS_1250,
        encoding_rs::WINDOWS_1254,
        encoding_rs::WINDOWS_1253,
        encoding_rs::WINDOWS_1256,
        encoding_rs::KOI8_R,
        encoding_rs::IBM866,
    ]
    .into_iter()
    .map(CodePage::new)
    .collect()
});

/// Broken runs of a stretch, in order, never overlapping.
fn runs(stretch: &str, language: &Language) -> Vec<Run> {
    let characters: Vec<(usize, char)> = stretch.char_indices().collect();
    let mut out: Vec<Run> = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        if characters[index].1.is_ascii() {
            index += 1;
            continue;
        }
        let best = PAGES
            .iter()
            .filter_map(|page| utf8_run(&characters, index, page, language))
            .max_by(|a, b| a.0.cmp(&b.0).then(std::cmp::Ordering::Greater));
        let best = best.or_else(|| legacy_word(&characters, index, language));
        let Some((length, repaired, certain)) = best else {
            index += 1;
            continue;
        };
        let end = characters.get(index + length).map_or(stretch.len(), |&(at, _)| at);
        out.push(Run { span: Span::new(characters[index].0, end), repaired, certain });
        index += length;
    }
    out
}

/// A run from `index` that is UTF-8 read in the code page: its length in characters, what it was, how sure.
fn utf8_run(
    characters: &[(usize, char)],
    index: usize,
    page: &CodePage,
    language: &Language,
) -> Option<(usize, String, bool)> {
    let (length, mut decoded) = decode(characters, index, page)?;
    let mut sequences = decoded.chars().count();
    // Broken twice: what came out is broken again.
    for _ in 0..3 {
        let inner: Vec<(usize, char)> = decoded.char_indices().collect();
        match decode(&inner, 0, page) {
            Some((whole, again)) if whole == inner.len() => decoded = again,
            _ => break,
        }
        sequences += 1;
    }
    let natural = |character: char| is_natural(character, language);
    if !decoded.chars().all(natural) {
        // A longer run may start well and end in noise: keep what is sensible.
        return None;
    }
    let broken: Vec<char> =
        characters[index..index + length].iter().map(|&(_, character)| character).collect();
    let in_script = broken.iter().all(|&character| {
        own_letter(character, language)
            || text::is_quote(character)
            || text::is_dash(character)
            || matches!(character, '…' | '\u{200c}'..='\u{200f}')
    });
    let certain = !in_script || sequences >= 3;
    if in_script && sequences < 2 {
        return None;
    }
    // A capital before a closing quotation mark or dash is a sentence's end, not a byte pair: `ÇÃ”`.
    let ends_in_mark =
        broken.len() == 2 && (text::is_quote(broken[1]) || text::is_dash(broken[1]) || broken[1] == '…');
    let after_capital = index > 0 && text::is_upper(characters[index - 1].1);
    if ends_in_mark && (after_capital || index == 0) && own_letter(broken[0], language) {
        return None;
    }
    Some((length, decoded, certain))
}

/// Decodes as many whole UTF-8 sequences as follow one another.
fn decode(characters: &[(usize, char)], index: usize, page: &CodePage) -> Option<(usize, String)> {
    let mut out = String::new();
    let mut at = index;
    while let Some(lead) = characters.get(at).and_then(|&(_, character)| page.byte(character)) {
        let size = match lead {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => break,
        };
        let mut bytes = vec![lead];
        for offset in 1..size {
            let next = characters.get(at + offset).and_then(|&(_, character)| match character {
                // A no-break space is often turned into a plain one on the way.
                ' ' if size == 2 && lead == 0xC2 && characters[at].1 == 'Â' => Some(0xA0),
                other => page.byte(other),
            });
            let Some(byte) = next else { break };
            bytes.push(byte);
        }
        let Ok(sequence) = std::str::from_utf8(&bytes) else { break };
        out.push_str(sequence);
        at += size;
    }
    (at > index).then_some((at - index, out))
}

/// Whether a repaired character is one that texts of the language hold.
fn is_natural(character: char, language: &Language) -> bool {
    if character.is_alphabetic() {
        return own_letter(character, language)
            || (u32::from(character) < 0x180 && language.script == "Latn");
    }
    matches!(
        character,
        '‘' | '’'
            | '“'
            | '”'
            | '„'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '–'
            | '—'
            | '―'
            | '…'
            | '•'
            | '·'
            | '€'
            | '£'
            | '¥'
            | '₽'
            | '₺'
            | '₴'
            | '°'
            | '§'
            | '©'
            | '®'
            | '™'
            | '¿'
            | '¡'
            | 'º'
            | 'ª'
            | '²'
            | '³'
            | '½'
            | '¼'
            | '¾'
            | '×'
            | '±'
            | '−'
            | '→'
            | '←'
            | '№'
            | '´'
            | '¨'
            | '¹'
            | '\u{a0}'
            | '\u{200b}'
            | '\u{200c}'
            | '\u{200d}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{feff}'
            | '\u{202f}'
            | '\u{2009}'
            | '\u{ad}'
            | '、'
            | '。'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '・'
            | '！'
            | '？'
            | '，'
            | '：'
            | '；'
            | '（'
            | '）'
            | '।'
            | '،'
            | '؟'
            | '؛'
            | '\u{1F300}'..='\u{1FAFF}'
    ) || (own_letter(character, language) && !character.is_ascii())
}

/// Whether the language writes the letter: its profile says so, or its word list holds it.
fn writes(letter: char, language: &Language) -> bool {
    let told = language.typography.as_ref().is_some_and(|typography| typography.letters.contains(letter));
    told || lexis::writes(letter, language)
}

/// Whether the character is a letter, mark or digit of the language's script.
fn own_letter(character: char, language: &Language) -> bool {
    let code = u32::from(character);
    match language.script.as_str() {
        "Latn" => {
            let small = text::lower(&character.to_string(), false);
            character.is_alphabetic()
                && !matches!(character, 'ª' | 'º' | 'µ')
                && (code < 0x250 || (0x1E00..0x1F00).contains(&code))
                && small.chars().all(|letter| writes(letter, language))
        }
        "Cyrl" => (0x400..0x530).contains(&code),
        "Grek" => (0x370..0x400).contains(&code) || (0x1F00..0x2000).contains(&code),
        "Armn" => (0x530..0x590).contains(&code),
        "Hebr" => (0x590..0x600).contains(&code),
        "Arab" => (0x600..0x780).contains(&code),
        "Deva" => (0x900..0x980).contains(&code),
        "Thai" => (0xE00..0xE80).contains(&code),
        "Hang" | "Kore" => {
            (0xAC00..0xD7B0).contains(&code)
                || (0x1100..0x1200).contains(&code)
                || text::is_unspaced(character)
        }
        "Hans" | "Hant" | "Jpan" | "Hani" => text::is_unspaced(character) || (0xFF00..0xFFF0).contains(&code),
        _ => character.is_alphabetic(),
    }
}

/// A word of another script's code page read as 1252: `Ïðèâåò` for a word in Cyrillic.
fn legacy_word(
    characters: &[(usize, char)],
    index: usize,
    language: &Language,
) -> Option<(usize, String, bool)> {
    let encodings: &[&'static Encoding] = match language.script.as_str() {
        "Cyrl" => &[encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R],
        "Grek" => &[encoding_rs::WINDOWS_1253],
        "Hebr" => &[encoding_rs::WINDOWS_1255],
        "Arab" => &[encoding_rs::WINDOWS_1256],
        "Thai" => &[encoding_rs::WINDOWS_874],
        _ => return None,
    };
    if index > 0 && characters[index - 1].1.is_alphanumeric() {
        return None;
    }
    let page = PAGES.iter().find(|page| page.encoding == encoding_rs::WINDOWS_1252)?;
    let bytes: Vec<u8> = characters[index..]
        .iter()
        .map_while(|&(_, character)| page.byte(character).filter(|&byte| byte >= 0xA8))
        .collect();
    if bytes.len() < 4 {
        return None;
    }
    encodings.iter().find_map(|encoding| {
        let (decoded, _) = encoding.decode_without_bom_handling(&bytes);
        let sensible = decoded.chars().all(|character| own_letter(character, language))
            && decoded.chars().skip(1).all(|character| !text::is_upper(character));
        sensible.then(|| (bytes.len(), decoded.into_owned(), true))
    })
}
