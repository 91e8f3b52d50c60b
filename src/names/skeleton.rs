//! Whether two spellings differ in how a name is written alone: their consonants are the same, in whatever
//! letters. Within one story that says that two near names are one; without a story it says little.

use super::romanise::romanise;
use crate::lang::gazetteer::is_given_name;
use crate::lang::text::fold;
use crate::lang::words::words;

/// Most readings of one word.
const MOST: usize = 24;

/// Fewest consonants that tell a name.
const LEAST: usize = 2;

/// Fewest letters of words that fewer consonants tell, where they begin alike: Mina, Meena.
const LETTERS: usize = 4;

/// Whether the words of two names have the same consonants, each with a partner: Xanthopoulou and Ksantopulu,
/// Melnychenko and Melnicsenko, not Melnychenko and Melnychuk. Two given names that end in different vowels are those
/// of a man and a woman: Mario, Maria.
pub fn spelled_alike(a: &str, b: &str) -> bool {
    let split = |name: &str| -> Vec<(String, Vec<String>)> {
        let parts: Vec<String> = words(name).map(|word| word.text.to_owned()).collect();
        let several = parts.len() > 2;
        let parts = parts.into_iter().filter(|word| !several || !is_article(word));
        parts.map(|word| (word.clone(), skeletons(&word))).collect()
    };
    let (left, right) = (split(a), split(b));
    if left.is_empty() || left.len() != right.len() {
        return false;
    }
    let pairs = |turned: bool| {
        left.iter().enumerate().all(|(at, one)| {
            let other = if turned { &right[right.len() - 1 - at] } else { &right[at] };
            is_pair(one, other)
        })
    };
    pairs(false) || left.len() > 1 && pairs(true)
}

/// The Arabic article before a surname, which takes the sound of what follows: al-Najjar, an-Nadżdżar, א-נג'אר.
fn is_article(word: &str) -> bool {
    let letters: Vec<char> = fold(&romanise(word)).chars().collect();
    let small = word.chars().all(|letter| !letter.is_uppercase());
    small && letters.len() <= 3 && matches!(letters.first(), Some('a' | 'e'))
}

fn is_pair((a, left): &(String, Vec<String>), (b, right): &(String, Vec<String>)) -> bool {
    let (one, other) = (fold(a), fold(b));
    if one == other {
        return true;
    }
    let vowel = |word: &str| word.chars().next_back().filter(|last| "aeiou".contains(*last));
    let sexes = is_given_name(a)
        && is_given_name(b)
        && vowel(&one).zip(vowel(&other)).is_some_and(|(one, other)| one != other);
    let letters = one.chars().count().min(other.chars().count());
    let begin = letters >= LETTERS && one.chars().next() == other.chars().next();
    let least = if begin { LEAST - 1 } else { LEAST };
    !sexes && left.iter().any(|reading| reading.len() >= least && right.contains(reading))
}

/// The consonants of a word by kind, doubled ones once, each way they may be read.
fn skeletons(word: &str) -> Vec<String> {
    let letters: Vec<char> = fold(&romanise(word)).chars().collect();
    let mut out = vec![String::new()];
    let mut at = 0;
    while at < letters.len() {
        let (readings, length) = sound(&letters, at);
        at += length;
        let mut next: Vec<String> = Vec::new();
        for start in &out {
            for reading in readings {
                let mut longer = start.clone();
                for kind in reading.chars() {
                    if !longer.ends_with(kind) {
                        longer.push(kind);
                    }
                }
                if !next.contains(&longer) {
                    next.push(longer);
                }
            }
        }
        next.truncate(MOST);
        out = next;
    }
    out
}

/// How the letters at a place may be read, and how many letters they are.
#[allow(clippy::match_same_arms, reason = "in order of the letters, longer before shorter")]
fn sound(letters: &[char], at: usize) -> (&'static [&'static str], usize) {
    let next = letters.get(at + 1).copied().unwrap_or(' ');
    let soft = matches!(next, 'e' | 'i' | 'y');
    match (letters[at], next) {
        ('p', 'h') => (&["P"], 2),
        ('b' | 'p' | 'f' | 'v', _) => (&["P"], 1),
        ('w', _) => (&["P", ""], 1),
        ('t', 'h') => (&["T", "S"], 2),
        ('d', 's') if letters.get(at + 2..at + 4) == Some(&['c', 'h']) => (&["S"], 4),
        // The first of two that are written for one: Naddschar, Nadżdżar.
        ('d', 'd') if matches!(letters.get(at + 2), Some('s' | 'z' | 'j')) => (&[""], 1),
        ('t' | 'd', 's' | 'z' | 'j') => (&["S", "TS"], 2),
        ('t', 'c') => (&["", "T"], 1),
        ('t' | 'd', _) => (&["T"], 1),
        ('k' | 'g', 'h') => (&["K", ""], 2),
        ('c', 'h') => (&["S", "K"], 2),
        ('c', 's' | 'z') => (&["S"], 2),
        ('c', _) if soft => (&["S", "K"], 1),
        ('c', _) => (&["K", "S"], 1),
        ('k' | 'q', _) => (&["K"], 1),
        ('g', _) if soft => (&["K", "S"], 1),
        ('g', _) => (&["K"], 1),
        ('x', _) => (&["KS", "S", "K"], 1),
        ('s', 'h') => (&["S"], 2),
        ('s' | 'z', _) => (&["S"], 1),
        ('j', _) => (&["S", "K", ""], 1),
        ('h', _) => (&["", "K"], 1),
        ('l' | 'r', _) => (&["L"], 1),
        ('m' | 'n', _) => (&["N"], 1),
        _ => (&[""], 1),
    }
}

#[cfg(test)]
mod tests {
    use super::spelled_alike;

    #[test]
    fn spellings_of_one_name_have_the_same_consonants() {
        for (a, b) in [
            ("Kyriaki Oxenidou", "Kiriaki Oksenidu"),
            ("Anatoliy Shevchuk", "Anatolij Ševčuk"),
            ("Mina Desai", "Meena Desai"),
            ("Zoltán Kocsis", "Zoltan Kochish"),
            ("Ivan Zhuravel", "Журавель Иван"),
            ("Samir al-Hajjam", "Samir al-Haddscham"),
            ("Nabil an-Nassab", "Nabil al-Nassab"),
        ] {
            assert!(spelled_alike(a, b), "{a}, {b}");
        }
    }

    #[test]
    fn other_names_do_not() {
        for (a, b) in [
            ("Anatoliy Shevchuk", "Anatoliy Shevchenko"),
            ("Mario Conti", "Maria Conti"),
            ("Ann Lee", "Ian Lowe"),
            ("Petros Galanis", "Petros Galatas"),
            ("Petros", "Petros Galanis"),
        ] {
            assert!(!spelled_alike(a, b), "{a}, {b}");
        }
    }
}
