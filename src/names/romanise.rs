//! Names of other scripts in Latin letters: to show them, and to compare two scripts that have no table together.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::readings::{Script, pinyin};
use crate::lang::text;

/// A text in Latin letters. Words begin with a capital where they did, and where the script has none. Letters that
/// no table knows are spelled by the `any_ascii` table, character by character.
pub fn romanise(text: &str) -> String {
    let text: Vec<char> = text.nfc().collect();
    let mut out = String::new();
    let mut start = 0;
    while start < text.len() {
        if !is_word(text[start]) {
            out.push(match text[start] {
                '·' | '・' | '＝' | '،' | '、' | '　' => ' ',
                other => other,
            });
            start += 1;
            continue;
        }
        let end = start + text[start..].iter().take_while(|&&character| is_word(character)).count();
        word(&text[start..end], &mut out);
        start = end;
    }
    out
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(character)
        || matches!(character, '\'' | '’' | '׳' | 'ー')
}

fn word(word: &[char], out: &mut String) {
    let latin = |character: &char| character.is_ascii() || Script::of(*character) == Some(Script::Latin);
    if word.iter().all(latin) {
        out.extend(word);
        return;
    }
    // Georgian letters count as small ones, though nobody writes their capitals.
    let small = |first: &char| first.is_lowercase() && !('ა'..='ჿ').contains(first);
    let cased = word.iter().find(|character| character.is_alphabetic()).is_some_and(small);
    let mut plain = String::new();
    let folded: Vec<char> =
        text::lower(&word.iter().collect::<String>(), false).chars().map(without_accent).collect();
    let reordered = thai_order(&folded);
    let mut at = 0;
    while at < reordered.len() {
        at += unit(&reordered, at, &mut plain);
    }
    let mut letters = plain.chars();
    match letters.next() {
        Some(first) if !cased => {
            out.push_str(&text::upper(&first.to_string(), false));
            out.extend(letters);
        }
        first => out.extend(first.into_iter().chain(letters)),
    }
}

/// Writes what stands at a place, and tells how many characters that took.
fn unit(word: &[char], at: usize, out: &mut String) -> usize {
    let character = word[at];
    match Script::of(character) {
        Some(Script::Latin) => {
            out.push(character);
            return 1;
        }
        Some(Script::Hangul) => {
            hangul(character, word.get(at + 1).copied(), out);
            return 1;
        }
        Some(Script::Kana) => {
            let run = word[at..]
                .iter()
                .take_while(|&&other| Script::of(other) == Some(Script::Kana) || other == 'ー')
                .count();
            kana(&word[at..at + run], out);
            return run.max(1);
        }
        Some(Script::Han) => {
            match pinyin(character) {
                Some(syllable) => out.push_str(&syllable.replace('ü', "u")),
                None => out.push_str(&any_ascii::any_ascii_char(character).to_ascii_lowercase()),
            }
            return 1;
        }
        _ => {}
    }
    let table = letters();
    for length in (1..=3.min(word.len() - at)).rev() {
        let piece: Vec<char> = word[at..at + length].iter().map(|&letter| as_devanagari(letter)).collect();
        let mut piece: String = piece.into_iter().collect();
        let plain = piece.len();
        if at + length == word.len() {
            piece.push('$');
        }
        if at == 0 {
            piece.insert(0, '^');
        }
        let first = usize::from(at == 0);
        let choices = [piece.get(..first + plain), piece.get(first..), piece.get(first..first + plain)];
        if let Some(&letters) = choices.into_iter().flatten().find_map(|piece| table.get(piece)) {
            out.push_str(letters);
            if let Some(&last) = word.get(at + length - 1)
                && is_indic_consonant(last)
                && word.get(at + length).is_some_and(|&next| !is_indic_sign(next))
            {
                out.push('a');
            }
            // The vowel at the end is silent, but not behind two consonants that none could speak without it: Chandra.
            if at + length == word.len()
                && let [.., virama, last] = word
                && matches!(as_devanagari(*virama), '\u{94D}')
                && matches!(as_devanagari(*last), 'र' | 'य')
            {
                out.push('a');
            }
            return length;
        }
    }
    if !matches!(character, '\'' | '’' | '׳') && !unicode_normalization::char::is_combining_mark(character)
    {
        let ascii = any_ascii::any_ascii_char(character);
        out.extend(
            ascii.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()),
        );
    }
    1
}

/// Greek vowels without tonos; other letters as they are.
fn without_accent(character: char) -> char {
    match character {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        other => other,
    }
}

/// The scripts of India share one layout, 128 characters each: the same letter of Devanagari.
fn as_devanagari(character: char) -> char {
    match u32::from(character) {
        code @ 0x980..=0xD7F => char::from_u32(0x900 | code & 0x7F).unwrap_or(character),
        _ => character,
    }
}

fn is_indic_consonant(character: char) -> bool {
    matches!(u32::from(as_devanagari(character)), 0x915..=0x939 | 0x958..=0x95F | 0x93C)
}

/// A vowel sign, a virama, a nukta: the vowel of the consonant before is not spoken.
fn is_indic_sign(character: char) -> bool {
    matches!(u32::from(as_devanagari(character)), 0x93C | 0x93E..=0x94D)
}

/// Thai vowels that are written before their consonant, behind it.
fn thai_order(word: &[char]) -> Vec<char> {
    let mut word = word.to_vec();
    let mut at = 0;
    while at + 1 < word.len() {
        if ('เ'..='ไ').contains(&word[at]) && ('ก'..='ฮ').contains(&word[at + 1]) {
            word.swap(at, at + 1);
            at += 1;
        }
        at += 1;
    }
    word
}

fn letters() -> &'static BTreeMap<&'static str, &'static str> {
    static LETTERS: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        include_str!("tables/roman.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(' ').skip(1))
            .filter_map(|entry| entry.split_once('='))
            .collect()
    })
}

/// Revised Romanisation, without the changes between syllables but for r and l.
fn hangul(character: char, next: Option<char>, out: &mut String) {
    const LEADS: [&str; 19] =
        ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    const VOWELS: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "eu", "ui", "i",
    ];
    const CODAS: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t",
        "t", "ng", "t", "t", "k", "t", "p", "t",
    ];
    let place = u32::from(character).wrapping_sub(0xAC00) as usize;
    if place >= 11_172 {
        return;
    }
    out.push_str(LEADS[place / 588]);
    out.push_str(VOWELS[place % 588 / 28]);
    let vowel_follows = next
        .map(|next| u32::from(next).wrapping_sub(0xAC00) as usize)
        .is_some_and(|next| next < 11_172 && LEADS[next / 588].is_empty());
    out.push_str(match CODAS[place % 28] {
        "l" if vowel_follows => "r",
        coda => coda,
    });
}

/// Hepburn, by way of the reading.
fn kana(run: &[char], out: &mut String) {
    let text: String = run.iter().collect();
    let units = super::readings::read(Script::Kana, &text);
    let names: Vec<String> = units.iter().map(|&unit| Script::Kana.unit_name(unit)).collect();
    for (place, name) in names.iter().enumerate() {
        match name.as_str() {
            "^" | "$" | ":" => {}
            "S" => out.push_str("sh"),
            "C" => out.push_str("ch"),
            "T" => out.push_str("ts"),
            "N" => out.push('n'),
            "q" => {
                if let Some(next) = names.get(place + 1).filter(|next| next.len() == 1 && *next != "$") {
                    out.push_str(match next.as_str() {
                        "C" | "T" => "t",
                        "S" => "s",
                        other => other,
                    });
                }
            }
            other => out.push_str(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::romanise;

    #[test]
    fn names_of_every_script_can_be_read() {
        for (name, latin) in [
            ("Сергей Щукин", "Sergey Shchukin"),
            ("Евгений", "Yevgeny"),
            ("Μπάμπης Γκίκας", "Bampis Gikas"),
            ("Ευάγγελος", "Evangelos"),
            ("Արմեն Սարգսյան", "Armen Sargsyan"),
            ("Ոսկանյան", "Voskanyan"),
            ("ნინო", "Nino"),
            ("अरविन्द", "Aravind"),
            ("मनीष वर्मा", "Manish Varma"),
            ("তপন", "Tapan"),
            ("เมืองไทย", "Mueangthaiy"),
            ("김연아", "Gimyeona"),
            ("サッカー・シャツ", "Sakka Shatsu"),
            ("陈晓", "Chenxiao"),
            ("Žižek", "Žižek"),
        ] {
            assert_eq!(romanise(name), latin, "{name}");
        }
    }
}
