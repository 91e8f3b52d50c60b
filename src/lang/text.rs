//! Letters: case, folding, kinds of characters. The one place where case is asked of Unicode.

use std::sync::OnceLock;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case; with `dotless`, I becomes ı and İ becomes i.
#[allow(clippy::disallowed_methods, reason = "the one place that asks Unicode for case")]
pub fn lower(text: &str, dotless: bool) -> String {
    if dotless { text.replace('I', "ı").replace('İ', "i").to_lowercase() } else { text.to_lowercase() }
}

/// Upper case; with `dotless`, i becomes İ.
#[allow(clippy::disallowed_methods, reason = "the one place that asks Unicode for case")]
pub fn upper(text: &str, dotless: bool) -> String {
    if dotless { text.replace('i', "İ").to_uppercase() } else { text.to_uppercase() }
}

/// A form for comparing: compatibility decomposition, lower case, no marks above or below letters, letters
/// that decomposition leaves whole spelled in ASCII (ß ss, ø o, ł l, ı i). Digits and letters only.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match u32::from(character) {
            code @ 0..SHORT => match &short()[code as usize] {
                Some(folded) => out.push_str(folded),
                None => return fold_whole(text),
            },
            // Ideographs are what they are.
            0x4E00..=0x9FFC => out.push(character),
            _ => return fold_whole(text),
        }
    }
    out
}

/// Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic: characters below this fold one by one, nearly all.
const SHORT: u32 = 0x0700;

/// What each of these folds to; `None` where that depends on where it stands: the sigma, and marks, which are put
/// in order.
fn short() -> &'static [Option<String>] {
    static SHORT_FORMS: OnceLock<Vec<Option<String>>> = OnceLock::new();
    SHORT_FORMS.get_or_init(|| {
        let characters = (0..SHORT).map(|code| char::from_u32(code).unwrap_or_default());
        let fold = |character: char| {
            let folded = fold_whole(character.encode_utf8(&mut [0; 4]));
            (character != 'Σ' && !folded.contains(is_combining_mark)).then_some(folded)
        };
        characters.map(fold).collect()
    })
}

fn fold_whole(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in lower(text, false).nfkd() {
        match character {
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ı' => out.push('i'),
            'ə' => out.push('e'),
            'ё' => out.push('е'),
            other if is_accent(other) => {}
            other if other.is_alphanumeric() || is_combining_mark(other) => out.push(other),
            _ => {}
        }
    }
    out
}

/// Whether a character is a combining mark: part of a word.
pub fn is_mark(character: char) -> bool {
    is_combining_mark(character)
}

/// Whether a mark only qualifies its letter: accents, Arabic vowel signs, Hebrew points. The vowel signs of
/// Devanagari and Thai and the voicing marks of kana are letters in their own right.
fn is_accent(character: char) -> bool {
    matches!(u32::from(character),
        0x0300..=0x036F | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06ED
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F)
}

/// Whether a letter in lower case is a vowel of the Latin or the Cyrillic script, marks aside.
pub fn is_vowel(letter: char) -> bool {
    fold(&letter.to_string()).chars().all(|base| "aeiouyаеиоуыэюяіє".contains(base))
}

/// Whether a mark only tells a vowel or its lack that most writers leave out: Arabic harakat, Hebrew points.
pub fn is_vowel_point(character: char) -> bool {
    matches!(character,
        '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}'
        | '\u{5C4}' | '\u{5C5}' | '\u{5C7}')
}

/// The text without its vowel points, as most writers have it.
pub fn unpointed(text: String) -> String {
    if !text.chars().any(is_vowel_point) {
        return text;
    }
    text.chars().filter(|&letter| !is_vowel_point(letter)).collect()
}

/// Whether a character is a syllable of Hangul.
pub fn is_hangul(character: char) -> bool {
    matches!(character, '가'..='힣')
}

/// The word with a capital as its first letter.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether the first letter is a capital (title case counts).
pub fn is_capitalised(word: &str) -> bool {
    word.chars().find(|character| character.is_alphabetic()).is_some_and(is_upper)
}

/// Whether a character is a capital.
pub fn is_upper(character: char) -> bool {
    character.is_uppercase() || matches!(character, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ')
}

/// Whether every cased letter is a capital and there are at least two.
pub fn is_all_capitals(word: &str) -> bool {
    let mut capitals = 0;
    for character in word.chars() {
        if character.is_lowercase() {
            return false;
        }
        capitals += usize::from(is_upper(character));
    }
    capitals >= 2
}

/// Whether a character is an opening or closing quotation mark of any script.
pub fn is_quote(character: char) -> bool {
    matches!(
        character,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
            | '〝'
            | '〞'
            | '〟'
            | '《'
            | '》'
            | '〈'
            | '〉'
    )
}

/// Whether a character is a hyphen that joins words.
pub fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '‐' | '‑' | '֊' | '־')
}

/// Whether a character is a dash between clauses or figures.
pub fn is_dash(character: char) -> bool {
    matches!(character, '–' | '—' | '―' | '⸺' | '−' | '－')
}

/// Whether a character is one of the scripts written without spaces between words: Han, kana, Thai, Lao,
/// Khmer, Burmese.
pub fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0x2FDF | 0x3005..=0x3007
        | 0x3021..=0x3029 | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x20000..=0x323AF)
}

/// Whether a character has no width and no business inside a word: bidi controls, byte order mark, zero-width
/// space. Zero-width joiner and non-joiner are letters' business and do not count.
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_one_by_one_is_folding_the_whole() {
        let around = [
            "",
            "a",
            "Σ",
            "ΑΣ",
            "e\u{301}",
            "中",
            "и\u{306}",
            "ك\u{651}\u{64E}",
            "ש\u{5C1}\u{5B0}",
            "\u{485}\u{484}",
        ];
        for character in '\0'..=char::MAX {
            if character > '\u{0700}' && u32::from(character) % 7 > 0 && !is_combining_mark(character) {
                continue;
            }
            for beside in around {
                let text = format!("{beside}{character}{beside}");
                assert_eq!(fold(&text), fold_whole(&text), "{text}");
            }
        }
    }
}
