//! Names of Korea, Japan and Vietnam in Chinese characters, and Korean names written together: 金泰赫 is 김태혁 and
//! Kim Tae-hyeok, 松倉健一郎 Matsukura Kenichiro, 王志远 Vương Chí Viễn. Read by tables, not by sound alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::chunks::Scratch;
use super::matcher::{Word, margin};
use super::readings::pinyin;
use super::romanise::romanise;
use crate::lang::text::{fold, is_hangul, lower};
use crate::lang::words::words;

/// Margin of a name that a table reads exactly so.
const READ: f64 = 1.1;

/// What a family name that a table gives is worth, added to the margin of the given name.
const FAMILY: f64 = 0.25;

/// Margin lost for a syllable that the table reads otherwise.
const OTHERWISE: f64 = 0.5;

/// Most readings of one name that are tried.
const MOST: usize = 8;

struct Readings {
    /// Hangul, Vietnamese and Japanese readings of a character.
    korean: HashMap<char, Vec<&'static str>>,
    vietnamese: HashMap<char, Vec<&'static str>>,
    japanese: HashMap<char, Vec<String>>,
}

static READINGS: LazyLock<Readings> = LazyLock::new(|| {
    let mut out = Readings { korean: HashMap::new(), vietnamese: HashMap::new(), japanese: HashMap::new() };
    for line in include_str!("tables/han-read.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(language), Some(reading), Some(characters)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        for character in characters.chars() {
            match language {
                "ko" => out.korean.entry(character).or_default().push(reading),
                "vi" => out.vietnamese.entry(character).or_default().push(reading),
                _ => out.japanese.entry(character).or_default().extend(sounds(reading)),
            }
        }
    }
    out
});

/// Korean family names and their spellings in Latin letters.
static FAMILIES: LazyLock<BTreeMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("tables/korean-surnames.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?.chars().next()?, words.collect()))
        })
        .collect()
});

/// What a reading sounds like inside a name: long vowels short, voiced behind another word, a verb in the form
/// that names take.
fn sounds(reading: &'static str) -> Vec<String> {
    let plain = short(reading);
    let mut out = vec![plain.clone()];
    if let Some(stem) = plain.strip_suffix('u').filter(|stem| stem.len() > 1) {
        out.push(format!("{stem}i"));
        out.push(stem.to_owned());
    }
    if let Some(stem) = plain.strip_suffix("kii").filter(|stem| !stem.is_empty()) {
        out.push(stem.to_owned());
    }
    if let Some(stem) = plain.strip_suffix('i').filter(|stem| stem.len() > 2) {
        out.push(stem.to_owned());
    }
    let voiced: Vec<String> = out
        .iter()
        .filter_map(|sound| {
            [
                ("sh", "j"),
                ("ch", "j"),
                ("ts", "z"),
                ("k", "g"),
                ("s", "z"),
                ("t", "d"),
                ("h", "b"),
                ("f", "b"),
            ]
            .iter()
            .find_map(|(voiceless, voiced)| Some(format!("{voiced}{}", sound.strip_prefix(voiceless)?)))
        })
        .collect();
    out.extend(voiced);
    out
}

/// Latin letters of Japanese without the length of vowels.
fn short(word: &str) -> String {
    let letters: String = fold(word).chars().filter(char::is_ascii_alphabetic).collect();
    let letters = letters.replace("ou", "o").replace("oo", "o").replace("uu", "u").replace("aa", "a");
    match letters.strip_suffix('h') {
        Some(stem) if stem.ends_with('o') => stem.to_owned(),
        _ => letters.replace("ohn", "on").replace("ohm", "om").replace("ohs", "os").replace("oht", "ot"),
    }
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
}

/// The margin of two names where one is written together in Hangul or in Chinese characters, as far as the tables
/// tell; `None` where they do not speak of such a name.
pub(super) fn read(a: &str, b: &str) -> Option<f64> {
    let together =
        |name: &str, is: fn(char) -> bool| (2..=6).contains(&name.chars().count()) && name.chars().all(is);
    for (name, other) in [(a, b), (b, a)] {
        if together(name, is_hangul) && !other.chars().any(is_hangul) && !other.chars().any(is_han) {
            return korean(name, &split(other));
        }
        if together(name, is_han) && !other.chars().any(is_han) {
            return characters(name, other);
        }
    }
    None
}

/// Whether a name whose words are these may begin with a Chinese character, in any of the four languages. Quick: to
/// find what is worth reading.
pub fn may_begin(character: char, words: &[String]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let either = |fits: &dyn Fn(&str) -> bool| fits(first) || fits(last);
    let korean = || {
        READINGS.korean.get(&character).is_some_and(|readings| {
            let families = readings.iter().filter_map(|reading| FAMILIES.get(&reading.chars().next()?));
            families.flatten().any(|spelling| either(&|word| word == *spelling))
        })
    };
    let japanese = || {
        READINGS.japanese.get(&character).is_some_and(|readings| {
            readings
                .iter()
                .any(|reading| reading.len() > 1 && either(&|word| short(word).starts_with(reading.as_str())))
        })
    };
    let vietnamese = || {
        let readings = READINGS.vietnamese.get(&character);
        readings.is_some_and(|readings| readings.iter().any(|reading| fold(reading) == *first))
    };
    pinyin(character).is_some_and(|sound| either(&|word| word == sound))
        || korean()
        || japanese()
        || vietnamese()
}

/// The words of a name in Latin letters, folded; hyphens part none.
pub fn split(name: &str) -> Vec<String> {
    let latin = romanise(name);
    let mut out: Vec<String> = Vec::new();
    let apart = |c: char| c.is_whitespace() || matches!(c, '·' | '・' | '‧' | '•');
    for piece in latin.split(apart) {
        let folded: String = fold(piece).chars().filter(|c| c.is_alphanumeric()).collect();
        if !folded.is_empty() {
            out.push(folded);
        }
    }
    out
}

/// A Korean name in Hangul against one of several words: the family name by its spellings, the given name by sound.
fn korean(hangul: &str, other: &[String]) -> Option<f64> {
    let mut syllables = hangul.chars();
    let family = syllables.next()?;
    let given = Word::new(syllables.as_str(), "ko");
    let spellings = FAMILIES.get(&family)?;
    let (first, rest) = other.split_first()?;
    let (last, before) = other.split_last()?;
    let mut best: Option<f64> = None;
    for (word, others) in [(first, rest), (last, before)] {
        if !others.is_empty() && spellings.contains(&word.as_str()) {
            let found = margin(&Word::new(&others.concat(), ""), &given, &mut Scratch::default()).0;
            best = Some(higher(best, found + FAMILY));
        }
    }
    best
}

fn characters(name: &str, other: &str) -> Option<f64> {
    let korean = |hangul: &str| {
        if other.chars().any(is_hangul) {
            let equal = other.chars().filter(|&c| is_hangul(c)).eq(hangul.chars());
            return equal.then_some(READ);
        }
        korean(hangul, &split(other))
    };
    let found = [
        hangul(name)
            .iter()
            .filter_map(|hangul| korean(hangul))
            .fold(None, |best, found| Some(higher(best, found))),
        vietnamese(name, other),
        japanese(name, other),
    ];
    found.into_iter().flatten().fold(None, |best, found| Some(higher(best, found)))
}

/// Whether a folded word in Latin letters is a Korean family name.
pub fn is_korean_family(word: &str) -> bool {
    FAMILIES.values().flatten().any(|spelling| *spelling == word)
}

fn higher(best: Option<f64>, found: f64) -> f64 {
    best.map_or(found, |best| best.max(found))
}

/// How a name in Chinese characters is written in Hangul.
fn hangul(name: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for character in name.chars() {
        let Some(readings) = READINGS.korean.get(&character) else { return Vec::new() };
        out = out
            .iter()
            .flat_map(|start| readings.iter().map(move |reading| format!("{start}{reading}")))
            .take(MOST)
            .collect();
    }
    out
}

/// A Vietnamese name, a syllable a character.
fn vietnamese(name: &str, other: &str) -> Option<f64> {
    let syllables: Vec<String> = words(other).map(|word| lower(word.text, false)).collect();
    if syllables.len() != name.chars().count() || syllables.len() < 2 {
        return None;
    }
    let mut otherwise = 0;
    for (character, syllable) in name.chars().zip(&syllables) {
        let readings = READINGS.vietnamese.get(&character)?;
        if !readings.iter().any(|reading| reading == syllable) {
            // Not every reading is in the table, but it begins alike.
            let initial = syllable.chars().next();
            if !readings.iter().any(|reading| reading.chars().next() == initial) {
                return None;
            }
            otherwise += 1;
        }
    }
    (otherwise == 0 || otherwise == 1 && syllables.len() > 2).then(|| READ - OTHERWISE * f64::from(otherwise))
}

/// A Japanese name in Latin letters or kana, family or given name first, by the readings of each character.
fn japanese(name: &str, other: &str) -> Option<f64> {
    let words: Vec<String> = split(other).iter().map(|word| short(word)).collect();
    if words.len() > 2 || words.is_empty() || name.chars().count() < 2 {
        return None;
    }
    let turned: String = words.iter().rev().map(String::as_str).collect();
    let fits = |sound: &str| {
        let mut ends: BTreeSet<usize> = BTreeSet::from([0]);
        for character in name.chars() {
            let Some(readings) = READINGS.japanese.get(&character) else { return false };
            ends = ends
                .iter()
                .flat_map(|&at| {
                    let rest = sound.get(at..).unwrap_or_default();
                    readings
                        .iter()
                        .filter(move |reading| rest.starts_with(reading.as_str()))
                        .map(move |reading| at + reading.len())
                })
                .collect();
        }
        ends.contains(&sound.len())
    };
    (fits(&words.concat()) || fits(&turned)).then_some(READ)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn names_are_read_as_their_bearers_read_them() {
        for (a, b) in [
            ("박준호", "Park Joon-ho"),
            ("Пак Чунхо", "박준호"),
            ("崔秀珍", "최수진"),
            ("崔秀珍", "Choi Su-jin"),
            ("松田健一", "Matsuda Kenichi"),
            ("Kenichi Matsuda", "松田健一"),
            ("陈志明", "Trần Chí Minh"),
        ] {
            assert!(read(a, b).is_some_and(|margin| margin > 0.0), "{a}, {b}: {:?}", read(a, b));
        }
    }

    #[test]
    fn other_names_are_not() {
        for (a, b) in [
            ("박준호", "Kim Joon-ho"),
            ("박준호", "Park Min-seo"),
            ("松田健一", "Matsumoto Kenichi"),
            ("陈志明", "Lê Chí Minh"),
        ] {
            assert!(read(a, b).is_none_or(|margin| margin < 0.0), "{a}, {b}: {:?}", read(a, b));
        }
    }
}
