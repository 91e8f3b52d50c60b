//! Which words a language has beyond the lists of [`lexis`](super::lexis), and which letters stand in a row in it:
//! filters that say yes or no (`lexis/forms`, built by `tools/spelling`). They are asked where they lie in the program:
//! nothing is unpacked. Of what is not in a filter one in 256 is taken to be.

use super::Language;

/// Letters in a row that a filter knows.
const GRAM: usize = 5;

/// Whether a spelling list of the language holds the word, in lower case.
pub fn has(word: &str, language: &Language) -> bool {
    of(WORDS, language).is_some_and(|filter| filter.holds(word))
}

/// Whether there is a spelling list of the language.
pub fn listed(language: &Language) -> bool {
    of(WORDS, language).is_some()
}

/// How many of the word's sequences of five letters the language does not know; none where that is not known.
pub fn unheard(letters: &[char], language: &Language) -> usize {
    let Some(filter) = of(GRAMS, language) else { return 0 };
    letters.windows(GRAM).filter(|gram| !filter.holds(&gram.iter().collect::<String>())).count()
}

struct Filter {
    tag: &'static str,
    /// The seed, and three blocks of fingerprints of equal length.
    bytes: &'static [u8],
}

impl Filter {
    fn holds(&self, key: &str) -> bool {
        let Some((&seed, prints)) = self.bytes.split_first() else { return false };
        let hash = hash(key, seed);
        let found = places(hash, prints.len() / 3).into_iter().filter_map(|place| prints.get(place));
        found.fold(print(hash), |left, other| left ^ other) == 0
    }
}

fn of(filters: &'static [Filter], language: &Language) -> Option<&'static Filter> {
    filters.iter().find(|filter| filter.tag == language.primary())
}

macro_rules! filters {
    ($end:literal: $($tag:literal)*) => {
        &[$(Filter { tag: $tag, bytes: include_bytes!(concat!("lexis/forms/", $tag, $end)) },)*]
    };
}

static WORDS: &[Filter] = filters!(".words": "fa" "nl" "ru" "tr");
static GRAMS: &[Filter] = filters!(
    ".grams": "ar" "az" "bg" "cs" "de" "el" "en" "es" "fa" "fr" "he" "hy" "id" "it" "nl" "pl" "pt" "ro" "ru" "tr" "uk"
);

// The three that follow are those of `tools/spelling`.

fn hash(text: &str, seed: u8) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325 ^ u64::from(seed);
    let mut hash =
        text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
}

fn places(hash: u64, block: usize) -> [usize; 3] {
    let place = |turn: u32| (((hash.rotate_left(turn) & 0xFFFF_FFFF) * block as u64) >> 32) as usize;
    [place(0), place(21) + block, place(42) + 2 * block]
}

fn print(hash: u64) -> u8 {
    (hash ^ (hash >> 32)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn filters_know_their_words() {
        let find = |tag| lang::find(tag).expect("a profile");
        for (word, tag) in [("evlerimizden", "tr"), ("разговаривали", "ru"), ("kabeljauw", "nl")]
        {
            assert!(has(word, find(tag)), "{word}");
        }
        for (word, tag) in [("evlermiizden", "tr"), ("разговраивали", "ru"), ("kablejauw", "nl")]
        {
            assert!(!has(word, find(tag)), "{word}");
        }
    }

    #[test]
    fn filters_know_which_letters_meet() {
        let unheard = |word: &str, tag: &str| {
            unheard(&word.chars().collect::<Vec<_>>(), lang::find(tag).expect("a profile"))
        };
        assert_eq!(unheard("problemas", "pt"), 0);
        assert!(unheard("probblemas", "pt") > 1);
        assert_eq!(unheard("правительство", "ru"), 0);
        assert!(unheard("правтиельство", "ru") > 1);
        assert_eq!(unheard("한국", "ko"), 0);
    }
}
