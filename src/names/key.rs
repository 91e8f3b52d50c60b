//! Keys for finding candidates: what sounds alike shares one, so that not every name need be compared with every
//! other.

use super::romanise::romanise;
use crate::lang::text::fold;

/// Consonants in a key.
const LENGTH: usize = 3;

/// Most keys of one word.
const MOST: usize = 12;

/// Keys of a word, sorted: its first consonants by kind, after romanisation, vowels left out. A letter that
/// languages read in different ways gives a key for each. Two renderings of one name share a key nearly always;
/// that two names share one says little.
pub fn keys(word: &str) -> Vec<String> {
    let folded = fold(&romanise(word));
    let letters: Vec<char> = folded.chars().collect();
    let mut keys = vec![String::new()];
    let mut at = 0;
    while at < letters.len() {
        let (kinds, length) = sound(&letters, at);
        at += length;
        let mut next: Vec<String> = Vec::new();
        for key in &keys {
            for kind in kinds.chars() {
                let mut longer = key.clone();
                if kind != '-' && !key.ends_with(kind) && key.len() < LENGTH {
                    longer.push(kind);
                }
                if !next.contains(&longer) {
                    next.push(longer);
                }
            }
        }
        next.truncate(MOST);
        keys = next;
    }
    if keys.iter().all(String::is_empty) {
        // Only vowels: Io, Aia.
        keys = vec!["A".to_owned()];
    }
    keys.retain(|key| !key.is_empty());
    keys.sort();
    keys
}

/// The kinds that the letters at a place may be, `-` for a sound that may be left out, and how many letters they are.
#[allow(clippy::match_same_arms, reason = "in order of the letters, longer before shorter")]
fn sound(letters: &[char], at: usize) -> (&'static str, usize) {
    let next = letters.get(at + 1).copied().unwrap_or(' ');
    let soft = matches!(next, 'e' | 'i' | 'y');
    match (letters[at], next) {
        ('p', 'h') => ("P", 2),
        ('b' | 'p' | 'f' | 'v', _) => ("P", 1),
        ('w', _) => ("-P", 1),
        ('t' | 'd', 'h') => ("TS", 2),
        ('d', 'z' | 'j') | ('t', 's' | 'z' | 'j') => ("S", 2),
        ('t' | 'd', 'i') => ("TS", 1),
        ('t' | 'd', _) => ("T", 1),
        ('k' | 'g', 'h') => ("K-", 2),
        ('c', 'h') => ("SK", 2),
        ('c', _) if soft => ("S", 1),
        ('c', _) => ("KS", 1),
        ('k' | 'q', _) => ("K", 1),
        ('g', _) => ("KS", 1),
        ('x', _) => ("KS", 1),
        ('s', 'h') => ("S", 2),
        ('s' | 'z', _) => ("S", 1),
        ('j', _) => ("SK-", 1),
        ('h', _) => ("-K", 1),
        ('l' | 'r', _) => ("L-", 1),
        ('m' | 'n', _) => ("N", 1),
        _ => ("-", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn renderings_of_a_name_share_a_key() {
        for (a, b) in [
            ("Hakobyan", "Акопян"),
            ("Wagner", "Вагнер"),
            ("Thorvald", "トルヴァル"),
            ("Giorgi", "გიორგი"),
            ("Jorge", "Хорхе"),
            ("Kowalczyk", "קובלצ'יק"),
            ("Hernandez", "埃尔南德斯"),
            ("Khalil", "خليل"),
            ("Aoi", "アオイ"),
            ("Gorbunov", "고르부노프"),
        ] {
            let (x, y) = (keys(a), keys(b));
            assert!(x.iter().any(|key| y.contains(key)), "{a} {x:?}, {b} {y:?}");
        }
    }

    #[test]
    fn unlike_names_do_not() {
        let (x, y) = (keys("Moreno"), keys("Petrov"));
        assert!(!x.iter().any(|key| y.contains(key)), "{x:?} {y:?}");
    }
}
