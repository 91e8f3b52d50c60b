//! Names that sound alike and are not: Li Qiang is no 李克强, Lee Jae-myung no 이재용. Where both sides write a name syllable
//! by syllable, each syllable must fit.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::characters::{is_korean_family, split};
use super::readings::{pinyin, syllables};
use crate::lang::text::{fold, is_hangul};

/// Characters with a second reading in names: they fit any syllable.
const OTHERWISE_READ: &str = "乐樂重长長行朝单單翟盖蓋仇查解曾都还還朴尹区區任华華宁寧盛缪繆葛种種冼员員隗纪紀柏少中正和省召乘为為好兴興传傳佛便倩切\
    化卜参參叶葉听聽咸哈喝噶塞夹夾契射尽盡尾屏强強彷彭调調提万萬俞俟勾曲适適宿尺属屬岁差巷干";

/// Whether a name in Chinese characters or Hangul and one in Latin letters have one family name and given names that
/// do not fit, syllable by syllable.
pub(super) fn clash(a: &str, b: &str) -> bool {
    [(a, b), (b, a)].into_iter().any(|(name, other)| {
        let letters = name.chars().count();
        let latin = other.contains([' ', '-']) && other.chars().any(|letter| letter.is_ascii_alphabetic());
        latin
            && (2..=4).contains(&letters)
            && (name.chars().all(|letter| pinyin(letter).is_some()) && chinese(name, other)
                || name.chars().all(is_hangul) && korean(name, other))
    })
}

/// The given names: what is left when the family name is taken from either end.
fn given(words: &[String], is_family: impl Fn(&str) -> bool) -> Option<String> {
    let (first, rest) = words.split_first()?;
    let (last, before) = words.split_last()?;
    let found = if is_family(first) {
        rest
    } else if is_family(last) {
        before
    } else {
        return None;
    };
    (!found.is_empty()).then(|| found.concat())
}

fn chinese(name: &str, other: &str) -> bool {
    let sounds: Vec<&str> = name.chars().filter_map(pinyin).collect();
    let Some((family, sounds)) = sounds.split_first() else { return false };
    let Some(given) = given(&split(other), |word| word == plain(family)) else { return false };
    if !is_pinyin(&given) {
        return false;
    }
    // What is left of the given name when each character has taken its syllable, or any for those read otherwise.
    let mut ends: Vec<usize> = vec![0];
    for (character, sound) in name.chars().skip(1).zip(sounds) {
        let mut next = Vec::new();
        for &at in &ends {
            let rest = given.get(at..).unwrap_or_default();
            if rest.starts_with(&plain(sound)) {
                next.push(at + plain(sound).len());
            }
            if OTHERWISE_READ.contains(character) {
                let fits =
                    |length: &usize| rest.get(..*length).is_some_and(|start| SYLLABLES.contains(start));
                next.extend((1..=6).filter(fits).map(|length| at + length));
            }
        }
        next.sort_unstable();
        next.dedup();
        ends = next;
    }
    !ends.contains(&given.len())
}

/// Every syllable of pinyin, without tones and dots.
static SYLLABLES: LazyLock<HashSet<String>> = LazyLock::new(|| syllables().map(plain).collect());

fn plain(syllable: &str) -> String {
    syllable.replace('ü', "u")
}

/// Whether letters are syllables of pinyin and nothing else.
fn is_pinyin(letters: &str) -> bool {
    let mut ends = vec![false; letters.len() + 1];
    ends[0] = true;
    for at in 0..letters.len() {
        if ends[at] {
            for length in 1..=6 {
                if letters.get(at..at + length).is_some_and(|part| SYLLABLES.contains(part)) {
                    ends[at + length] = true;
                }
            }
        }
    }
    ends[letters.len()]
}

/// How Latin letters write the consonants that begin a syllable of Hangul, in the order of Unicode.
const INITIALS: [&str; 19] = [
    "g k gh",
    "kk gg k gh",
    "n",
    "d t",
    "tt dd t d",
    "r l n",
    "m",
    "b p",
    "pp bb p b",
    "s sh",
    "ss s",
    "",
    "j ch z jh",
    "jj ch j",
    "ch c tch",
    "k kh",
    "t th",
    "p f ph",
    "h",
];

/// The same for those that end one.
const FINALS: [&str; 28] = [
    "",
    "k g c ck gk",
    "k g kk",
    "k",
    "n",
    "n",
    "n",
    "d t",
    "l r ll",
    "k g",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p b pp v",
    "p",
    "t s d",
    "t s",
    "ng g n",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
];

fn korean(name: &str, other: &str) -> bool {
    let parts: Vec<String> = other
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '‐' | '‑'))
        .map(fold)
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if parts.len() != name.chars().count() || parts.len() < 3 || !parts.iter().all(|part| part.is_ascii()) {
        return false;
    }
    let given = if is_korean_family(parts[0]) {
        &parts[1..]
    } else if parts.last().is_some_and(|last| is_korean_family(last)) {
        &parts[..parts.len() - 1]
    } else {
        return false;
    };
    name.chars().skip(1).zip(given).any(|(syllable, letters)| !fits(syllable, letters))
}

/// Whether letters may write a syllable of Hangul, by its consonants: vowels are a matter of taste.
fn fits(syllable: char, letters: &str) -> bool {
    let vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w');
    let place = (u32::from(syllable) - u32::from('가')) as usize;
    let begins = letters.find(vowel).unwrap_or(letters.len());
    let start = letters.get(..begins).unwrap_or_default();
    let behind = letters.trim_start_matches(|letter| !vowel(letter)).trim_start_matches(vowel);
    let end = behind.trim_end_matches('h');
    let listed = |list: &str, written: &str| list.split(' ').any(|spelling| spelling == written);
    // Latin writes an r for a long vowel: Chur.
    let long = place.is_multiple_of(28) && end == "r";
    listed(INITIALS[place / 588], start) && (listed(FINALS[place % 28], end) || long)
}

#[cfg(test)]
mod tests {
    use super::clash;

    #[test]
    fn syllables_that_do_not_fit_are_another_name() {
        for (a, b) in [
            ("李建波", "Li Jian"),
            ("王志远", "Wang Zhiyong"),
            ("Wang Bo", "王波涛"),
            ("박준호", "Park Min-ho"),
            ("김세원", "Kim Se-won-g"),
            ("Jae-sung Yoon", "윤재현"),
        ] {
            assert!(clash(a, b) == (b != "Kim Se-won-g"), "{a} {b}");
        }
    }

    #[test]
    fn names_that_fit_and_names_that_are_not_written_so_are_left_alone() {
        for (a, b) in [
            ("李建波", "Li Jianbo"),
            ("吕志远", "Lu Zhiyuan"),
            ("Zhiyuan Wang", "王志远"),
            ("曾乐怡", "Zeng Leyi"),
            ("蔡英文", "Tsai Ing-wen"),
            ("박준호", "Park Joon-ho"),
            ("박준호", "Park Junho"),
            ("최수빈", "Choi Soo-bin"),
            ("马克勒", "Ma Kesler"),
            ("이", "Lee"),
            ("", ""),
        ] {
            assert!(!clash(a, b), "{a} {b}");
        }
    }
}
