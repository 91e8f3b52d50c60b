//! A rough Latin spelling of words in other alphabets, good enough to notice that two words may be one name.
//! Readings that are right, and may be shown, are the business of [`crate::names`].

use unicode_normalization::UnicodeNormalization;

/// Letters by block: first code point, then one Latin spelling for each code point that follows, separated by
/// spaces; `-` stands for nothing, `=` for a letter without a spelling here.
const BLOCKS: &[(u32, &str)] = &[
    // Greek small letters.
    (0x3B1, "a v g d e z i th i k l m n x o p r s s t y f ch ps o"),
    // Cyrillic small letters and their extensions.
    (0x430, "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"),
    (0x450, "e yo dj gj ye dz i yi j lj nj c kj i u dz"),
    (0x491, "g"),
    // Armenian small letters.
    (0x561, "a b g d e z e e t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f"),
    // Hebrew.
    (0x5D0, "a b g d h v z h t y k k l m m n n s a p p ts ts k r sh t"),
    // Arabic.
    (0x621, "- a a w a y a b a t th j h kh d dh r z s sh s d t z a gh"),
    (0x641, "f q k l m n h w a y"),
    (0x67E, "p"),
    (0x686, "ch"),
    (0x698, "zh"),
    (0x6A9, "k"),
    (0x6AF, "g"),
    (0x6CC, "y"),
    // Devanagari.
    (
        0x905,
        "a a i i u u ri li e e e ai o o o au k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h",
    ),
    // Katakana.
    (
        0x30A1,
        "a a i i u u e e o o ka ga ki gi ku gu ke ge ko go sa za shi ji su zu se ze so zo ta da chi ji - tsu zu te de to do na ni nu ne no ha ba pa hi bi pi fu bu pu he be pe ho bo po ma mi mu me mo ya ya yu yu yo yo ra ri ru re ro wa wa i e o n vu",
    ),
];

/// The word in Latin letters; `None` where a letter has no spelling here.
pub(crate) fn latin(folded: &str) -> Option<String> {
    if folded.is_ascii() {
        return Some(folded.to_owned());
    }
    let mut out = String::new();
    for character in folded.nfc() {
        if character.is_ascii_alphanumeric() {
            out.push(character);
            continue;
        }
        if (character as u32) < 0x250 {
            out.push(character);
            continue;
        }
        let (first, spellings) = BLOCKS.iter().rev().find(|(first, _)| *first <= u32::from(character))?;
        match spellings.split(' ').nth((u32::from(character) - first) as usize)? {
            "=" => return None,
            "-" => {}
            spelling => out.push_str(spelling),
        }
    }
    Some(out)
}

/// Whether the word's script knows capitals.
pub(crate) fn has_case(folded: &str) -> bool {
    folded.chars().any(char::is_lowercase)
}

/// Classes of the consonants of a word in Latin letters, repetitions dropped. Vowels, `h`, `w` and `y` count for
/// nothing: some scripts do not write them, others use them for one another.
pub(crate) fn sounds(latin: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = latin;
    while let Some(first) = rest.chars().next() {
        let digraphs = [("sch", b's'), ("sh", b's'), ("ch", b's'), ("zh", b's'), ("ts", b's'), ("tz", b's')];
        let more = [("ph", b'p'), ("th", b't'), ("kh", b'k'), ("gh", b'k'), ("dj", b's'), ("ck", b'k')];
        let found = digraphs.iter().chain(&more).find(|(spelling, _)| rest.starts_with(spelling));
        let (length, class) = match found {
            Some((spelling, class)) => (spelling.len(), Some(*class)),
            None => (first.len_utf8(), class(first)),
        };
        rest = rest.get(length..).unwrap_or_default();
        if let Some(class) = class
            && out.last() != Some(&class)
        {
            out.push(class);
        }
    }
    out
}

fn class(letter: char) -> Option<u8> {
    Some(match letter {
        'b' | 'p' | 'f' | 'v' => b'p',
        'd' | 't' => b't',
        'k' | 'q' | 'g' | 'c' | 'x' => b'k',
        's' | 'z' | 'j' => b's',
        'l' => b'l',
        'r' => b'r',
        'm' => b'm',
        'n' => b'n',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{latin, sounds};

    #[test]
    fn names_sound_alike_across_scripts() {
        for (a, b) in [
            ("moskva", "москва"),
            ("putin", "بوتين"),
            ("dimitris", "δημητρης"),
            ("tokio", "トキオ"),
            ("narendra", "नरनदर"),
        ] {
            assert_eq!(sounds(a), sounds(&latin(b).expect("a reading")), "{a} {b}");
        }
    }
}
