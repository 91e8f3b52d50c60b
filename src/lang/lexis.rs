//! Which words a language has, and how frequent they are: lists counted in public text (`lexis/README.md`),
//! unpacked on first use. A word that is not in a list may still be a good word.

use std::ops::Range;
use std::sync::OnceLock;

use super::{Language, PerLanguage};

/// Rank of the word in the frequency list of the language, in lower case: 1 is the most frequent. Ranks are
/// kept in steps of one and a half; a word known from a dictionary alone has a rank above all counted ones.
pub fn rank(word: &str, language: &Language) -> Option<u32> {
    of(language)?.rank(word)
}

/// Whether the word, in lower case, is in the list of the language.
pub fn known(word: &str, language: &Language) -> bool {
    rank(word, language).is_some()
}

/// Whether the word, in lower case, is in the list or was seen in the texts behind it, be it once.
pub fn seen(word: &str, language: &Language) -> bool {
    of(language).is_some_and(|lexis| lexis.class(word).is_some())
}

/// Number of words in the list of the language; 0 where there is none.
pub fn size(language: &Language) -> usize {
    of(language).map_or(0, |lexis| lexis.size)
}

/// Words counted in text, in order, those seen once left out.
pub(super) fn counted(language: &Language) -> impl Iterator<Item = &'static str> {
    of(language).into_iter().flat_map(|lexis| {
        let counted = |index: &usize| lexis.classes[*index] < b'Z' - b'A';
        (0..lexis.ends.len()).filter(counted).map(|index| lexis.word(index))
    })
}

/// Every word of the list, in order, those seen once among them.
pub(super) fn all(language: &Language) -> impl Iterator<Item = &'static str> {
    of(language).into_iter().flat_map(|lexis| (0..lexis.ends.len()).map(|index| lexis.word(index)))
}

/// The lowest rank the word has in the list of another language.
pub fn rank_elsewhere(word: &str, language: &Language) -> Option<u32> {
    ranks_elsewhere(word, language).min()
}

/// The ranks the word has in the lists of other languages.
pub fn ranks_elsewhere(word: &str, language: &Language) -> impl Iterator<Item = u32> {
    let others = LISTS.iter().filter(|list| list.tag != language.primary());
    others.filter_map(move |list| list.lexis().rank(word))
}

/// The other language with the same script whose list ranks the word highest, and the rank.
pub fn most_frequent_elsewhere(word: &str, language: &Language) -> Option<(&'static Language, u32)> {
    static OTHERS: PerLanguage<Vec<(&'static Language, &'static List)>> = PerLanguage::new();
    let others = OTHERS.get(language, |language| {
        let lists = LISTS.iter().filter_map(|list| Some((super::find(list.tag)?, list)));
        lists.filter(|(other, _)| !other.same_language(language) && other.script == language.script).collect()
    });
    let ranks = others.iter().filter_map(|(other, list)| Some((*other, list.lexis().rank(word)?)));
    ranks.min_by_key(|&(_, rank)| rank)
}

/// Share of the word's sequences of three and four characters (its ends count as characters) that occur in the
/// words of the list, 0 to 1; 1 where there is no list.
pub fn plausible(word: &str, language: &Language) -> f64 {
    let Some(lexis) = of(language) else { return 1.0 };
    let (mut seen, mut all) = (0_usize, 0_usize);
    grams(word, |gram| {
        all += 1;
        seen += usize::from(lexis.letters().grams.binary_search(&gram).is_ok());
    });
    if all == 0 { 1.0 } else { seen as f64 / all as f64 }
}

/// Letters beyond which a word is near to none: the candidates grow with its length, each as long as it is.
const LONGEST: usize = 64;

/// Words of the list that one dropped, added, changed or swapped letter away would be, with their ranks, the most
/// frequent first. The word is in lower case.
pub fn near(word: &str, language: &Language) -> Vec<(String, u32)> {
    let near = near_classes(word, language).into_iter().filter(|(_, class)| *class != ONCE);
    near.map(|(word, class)| (word, rank_of(class))).collect()
}

/// Words one letter away as [`near`] gives them, those seen once among them, with their
/// class of frequency: 0 the most frequent, 25 known from a dictionary alone, 26 seen once.
pub(super) fn near_classes(word: &str, language: &Language) -> Vec<(String, u8)> {
    let Some(lexis) = of(language) else { return Vec::new() };
    if word.chars().nth(LONGEST).is_some() {
        return Vec::new();
    }
    let mut out: Vec<(u8, String)> = Vec::new();
    lexis.edits(word, |candidate| {
        if let Some(class) = lexis.class(candidate) {
            out.push((class, candidate.to_owned()));
        }
    });
    out.sort();
    out.dedup();
    out.into_iter().map(|(class, word)| (word, class)).collect()
}

/// Calls `each` with whatever is one dropped, added, changed or swapped letter away from the word, be it a word or
/// not; never for a very long one.
pub(super) fn edits(word: &str, language: &Language, each: impl FnMut(&str)) {
    if let Some(lexis) = of(language)
        && word.chars().nth(LONGEST).is_none()
    {
        lexis.edits(word, each);
    }
}

/// The class of words that were seen once.
const ONCE: u8 = b'Z' - b'A' + 1;

fn rank_of(class: u8) -> u32 {
    1.5_f64.powi(i32::from(class)).round() as u32
}

/// Whether the list knows the letter. `true` where there is no list.
pub fn writes(letter: char, language: &Language) -> bool {
    of(language).is_none_or(|lexis| lexis.letters().alphabet.binary_search(&letter).is_ok())
}

/// Number of languages other than this whose list holds the word: a loan is in several.
pub fn spread(word: &str, language: &Language) -> usize {
    LISTS
        .iter()
        .filter(|list| list.tag != language.primary())
        .filter(|list| list.lexis().rank(word).is_some())
        .count()
}

/// Whether the texts behind the lists write this word, or character where there are no spaces, twice in a row.
pub fn doubles(word: &str, language: &Language) -> bool {
    let line = DOUBLES.lines().find_map(|line| line.strip_prefix(language.primary())?.strip_prefix('\t'));
    line.is_some_and(|line| line.split(' ').any(|double| double == word))
}

/// How many words of the list begin with the left part, or end in the right one, the rest being a word of four
/// letters or more; whichever part is the shorter counts.
pub fn builds(left: &str, right: &str, language: &Language) -> usize {
    let Some(lexis) = of(language) else { return 0 };
    let word = |rest: &str| rest.chars().count() >= 4 && lexis.rank(rest).is_some();
    let all = (0..lexis.ends.len()).map(|index| lexis.word(index));
    if left.chars().count() <= right.chars().count() {
        all.filter(|other| other.strip_prefix(left).is_some_and(word)).count()
    } else {
        all.filter(|other| other.strip_suffix(right).is_some_and(word)).count()
    }
}

/// Whether the texts behind the lists join the two words by a hyphen: `mal-estar`, `savoir-faire`.
pub fn joins(before: &str, after: &str, language: &Language) -> bool {
    let line = JOINS.lines().find_map(|line| line.strip_prefix(language.primary())?.strip_prefix('\t'));
    line.is_some_and(|line| {
        line.split(' ').any(|join| {
            join.split_once('-').is_some_and(|(first, second)| first == before && second == after)
        })
    })
}

/// How many pairs of words the texts behind the lists join by a hyphen: few where compounds are written otherwise.
pub fn joined(language: &Language) -> usize {
    let line = JOINS.lines().find_map(|line| line.strip_prefix(language.primary())?.strip_prefix('\t'));
    line.map_or(0, |line| line.split(' ').count())
}

/// Whether the word, in lower case, is of those of the news that the lists lack: a good word, whatever they say.
pub(super) fn own(word: &str, language: &Language) -> bool {
    static WORDS: PerLanguage<Vec<&str>> = PerLanguage::new();
    WORDS.get(language, |language| row(OWN, language)).binary_search(&word).is_ok()
}

/// The words of the language's row of a table, in order.
fn row(table: &'static str, language: &Language) -> Vec<&'static str> {
    let mut rows = table.lines().filter_map(|line| line.split_once('\t'));
    let own = rows.find(|(tag, _)| *tag == language.primary());
    let mut words: Vec<&str> = own.map(|(_, row)| row.split(' ').collect()).unwrap_or_default();
    words.sort_unstable();
    words
}

/// Whether the word is frequent and never has a capital inside a sentence in the texts behind the lists, nor in a
/// name.
pub fn always_small(word: &str, language: &Language) -> bool {
    static WORDS: PerLanguage<Vec<&str>> = PerLanguage::new();
    WORDS.get(language, |language| row(SMALL, language)).binary_search(&word).is_ok()
}

/// Whether the word, in lower case, always has a capital in the texts behind the lists, though it begins no sentence: a noun of
/// a language whose nouns have capitals. `Some(false)` where a verb or an adjective may be spelt so.
pub fn always_large(word: &str, language: &Language) -> Option<bool> {
    static WORDS: PerLanguage<Vec<&str>> = PerLanguage::new();
    let words = WORDS.get(language, |language| row(LARGE, language));
    // The mark sorts before every letter.
    let at = words.binary_search_by(|listed| listed.trim_end_matches('?').cmp(word)).ok()?;
    Some(!words[at].ends_with('?'))
}

static LARGE: &str = include_str!("lexis/large.tsv");
static OWN: &str = include_str!("lexis/own.tsv");
static SMALL: &str = include_str!("lexis/small.tsv");
static JOINS: &str = include_str!("lexis/joins.tsv");
static DOUBLES: &str = include_str!("lexis/doubles.tsv");

struct List {
    tag: &'static str,
    packed: &'static str,
    lexis: OnceLock<Lexis>,
}

impl List {
    fn lexis(&'static self) -> &'static Lexis {
        self.lexis.get_or_init(|| Lexis::unpack(self.packed))
    }
}

macro_rules! lists {
    ($($tag:literal)*) => {
        static LISTS: [List; [$($tag),*].len()] = [$(List {
            tag: $tag,
            packed: include_str!(concat!("lexis/", $tag, ".txt")),
            lexis: OnceLock::new(),
        },)*];
    };
}

lists! {
    "ar" "bg" "cs" "de" "el" "en" "es" "fa" "fr" "he" "hi" "id" "it" "ko" "nl" "pl" "pt" "ro" "ru" "tr" "uk" "vi"
}

fn of(language: &Language) -> Option<&'static Lexis> {
    LISTS.iter().find(|list| list.tag == language.primary()).map(List::lexis)
}

/// One unpacked list: words in order, one behind the other in `words`, each up to its `ends`.
#[derive(Default)]
struct Lexis {
    words: String,
    ends: Vec<u32>,
    classes: Vec<u8>,
    /// Words that were seen more than once.
    size: usize,
    letters: OnceLock<Letters>,
}

/// What the words of a list are made of: not every question about a word needs it.
#[derive(Default)]
struct Letters {
    grams: Vec<u32>,
    alphabet: Vec<char>,
}

impl Letters {
    fn of(lexis: &Lexis) -> Self {
        let mut letters = Self::default();
        for index in 0..lexis.ends.len() {
            let word = lexis.word(index);
            if lexis.classes[index] == ONCE {
                continue;
            }
            grams(word, |gram| letters.grams.push(gram));
            // The rarest classes hold strays of other alphabets.
            if lexis.classes[index] < b'V' - b'A' {
                letters.alphabet.extend(word.chars().filter(|letter| letter.is_alphabetic()));
                if letters.alphabet.len() > 1 << 14 {
                    letters.alphabet.sort_unstable();
                    letters.alphabet.dedup();
                }
            }
        }
        letters.grams.sort_unstable();
        letters.grams.dedup();
        letters.alphabet.sort_unstable();
        letters.alphabet.dedup();
        letters
    }
}

impl Lexis {
    fn unpack(packed: &str) -> Self {
        let mut lexis = Self::default();
        let mut word = String::new();
        let mut fresh = true;
        for character in packed.chars().filter(|&character| character != '\n') {
            if fresh {
                let shared = character.to_digit(36).unwrap_or_default() as usize;
                let cut = word.char_indices().nth(shared).map_or(word.len(), |(index, _)| index);
                word.truncate(cut);
                fresh = false;
            } else if character.is_ascii_uppercase() || character == '.' {
                lexis.words.push_str(&word);
                lexis.ends.push(lexis.words.len() as u32);
                lexis.classes.push(if character == '.' { ONCE } else { character as u8 - b'A' });
                fresh = true;
            } else {
                word.push(character);
            }
        }
        lexis.size = lexis.classes.iter().filter(|&&class| class != ONCE).count();
        lexis
    }

    fn letters(&self) -> &Letters {
        self.letters.get_or_init(|| Letters::of(self))
    }

    /// Calls `each` with what is one letter away from the word.
    fn edits(&self, word: &str, mut each: impl FnMut(&str)) {
        let alphabet = &self.letters().alphabet;
        let mut candidate = String::with_capacity(word.len() + 4);
        let mut with = |parts: [&str; 2], middle: &[char]| {
            candidate.clear();
            candidate.push_str(parts[0]);
            candidate.extend(middle);
            candidate.push_str(parts[1]);
            each(&candidate);
        };
        for at in word.char_indices().map(|(at, _)| at).chain(std::iter::once(word.len())) {
            let (head, tail) = word.split_at(at);
            let mut letters = tail.chars();
            if let Some(first) = letters.next() {
                let rest = letters.as_str();
                with([head, rest], &[]);
                alphabet
                    .iter()
                    .filter(|letter| **letter != first)
                    .for_each(|&letter| with([head, rest], &[letter]));
                if let Some(second) = letters.next()
                    && first != second
                {
                    with([head, letters.as_str()], &[second, first]);
                }
            }
            for &letter in alphabet {
                with([head, tail], &[letter]);
            }
        }
    }

    fn range(&self, index: usize) -> Range<usize> {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        start..self.ends[index] as usize
    }

    fn word(&self, index: usize) -> &str {
        self.words.get(self.range(index)).unwrap_or_default()
    }

    /// A word to be put in order: that of bytes is that of characters.
    fn bytes(&self, index: usize) -> &[u8] {
        &self.words.as_bytes()[self.range(index)]
    }

    fn rank(&self, word: &str) -> Option<u32> {
        self.class(word).filter(|&class| class != ONCE).map(rank_of)
    }

    fn class(&self, word: &str) -> Option<u8> {
        let straight;
        let word = if word.contains('’') {
            straight = word.replace('’', "'");
            straight.as_str()
        } else {
            word
        };
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.bytes(middle).cmp(word.as_bytes()) {
                std::cmp::Ordering::Equal => {
                    return Some(self.classes[middle]);
                }
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// Calls `each` with a number for every sequence of three and four characters of the word between its ends.
fn grams(word: &str, mut each: impl FnMut(u32)) {
    let mut window = ['\u{0}'; 4];
    for (index, character) in std::iter::once('^').chain(word.chars()).chain(std::iter::once('$')).enumerate()
    {
        window.rotate_left(1);
        window[3] = character;
        if index >= 2 {
            each(hash(&window[1..]));
        }
        if index >= 3 {
            each(hash(&window));
        }
    }
}

/// FNV-1a over the characters.
fn hash(characters: &[char]) -> u32 {
    characters
        .iter()
        .fold(0x811C_9DC5, |hash, &character| (hash ^ u32::from(character)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_unpacks_in_order() {
        for list in &LISTS {
            let lexis = list.lexis();
            assert!(lexis.ends.len() > 1000, "{}", list.tag);
            for index in 1..lexis.ends.len() {
                assert!(lexis.word(index - 1) < lexis.word(index), "{} {}", list.tag, lexis.word(index));
            }
        }
    }

    #[test]
    fn frequent_words_rank_before_rare_ones() {
        let english = crate::lang::find("en").expect("a profile");
        assert!(rank("the", english) < rank("house", english));
        assert!(rank("house", english) < rank("unpalatable", english));
        assert_eq!(rank("hosue", english), None);
        assert_eq!(near("hosue", english)[0].0, "house");
        assert!(near("hosue", english).iter().all(|(word, _)| known(word, english)));
        assert!(plausible("xqzvt", english) < 0.2);
    }
}
