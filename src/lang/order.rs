//! Which words follow which: pairs of words and endings counted in public text (`order/README.md`). Tells a sentence from
//! its words in any order, and which small words never stand side by side.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Language, text, words};

/// One word, or what stands between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class(u16);

/// The edge of a sentence, or a mark that breaks it.
pub const BREAK: Class = Class(0);
const COMMA: Class = Class(1);
const HYPHEN: Class = Class(2);
const NUMBER: Class = Class(3);
const NAME: Class = Class(4);
/// Classes before those of words.
const MARKS: u16 = 5;
/// A pair expected so often and hardly ever seen is no chance.
const EXPECTED: f64 = 22.0;
/// Letters of the longest ending.
const LONGEST: usize = 4;

/// Which words follow which in one language.
pub struct Order {
    words: BTreeMap<&'static str, u16>,
    endings: BTreeMap<&'static str, u16>,
    counts: Vec<f64>,
    total: f64,
    /// For each class those that follow it, in order, with how much oftener than by chance, in halves of a nat.
    followers: Vec<Vec<(u16, i8)>>,
}

impl Order {
    fn read(file: &'static str) -> Self {
        let mut lines = file.lines();
        let mut list = || lines.next().unwrap_or_default().split(' ').filter(|word| !word.is_empty());
        let words: BTreeMap<&str, u16> = list().zip(MARKS..).collect();
        let first = MARKS + words.len() as u16;
        let endings: BTreeMap<&str, u16> = list().zip(first..).collect();
        let counts: Vec<f64> = list().filter_map(|count| count.parse().ok()).collect();
        let followers = lines.map(followers).collect();
        let total = counts.iter().sum();
        Self { words, endings, counts, total, followers }
    }

    /// Words of the text that was counted.
    pub fn size(&self) -> f64 {
        self.total
    }

    /// The class of a word in lower case.
    pub fn class(&self, word: &str) -> Class {
        if let Some(&class) = self.words.get(word) {
            return Class(class);
        }
        let last = word.char_indices().rev().take(LONGEST + 1).collect::<Vec<_>>();
        let ending = (1..=LONGEST).rev().find_map(|length| {
            // The ending is not the whole word.
            last.get(length)?;
            self.endings.get(word.get(last.get(length - 1)?.0..)?)
        });
        Class(ending.copied().unwrap_or(self.counts.len().saturating_sub(1) as u16))
    }

    /// How often the two would meet by chance.
    fn expected(&self, left: Class, right: Class) -> f64 {
        let count = |class: Class| self.counts.get(usize::from(class.0)).copied().unwrap_or(0.0);
        count(left) * count(right) / self.total.max(1.0)
    }

    fn seen(&self, left: Class, right: Class) -> Option<i8> {
        let row = self.followers.get(usize::from(left.0))?;
        let place = row.binary_search_by_key(&right.0, |&(class, _)| class).ok()?;
        row.get(place).map(|&(_, halves)| halves)
    }

    /// How much oftener than by chance the second follows the first, in nats.
    pub fn attraction(&self, left: Class, right: Class) -> f64 {
        self.seen(left, right)
            .map_or_else(|| -(self.expected(left, right) + 1.0).ln(), |halves| f64::from(halves) / 2.0)
    }

    /// How well the classes follow each other: a sentence is above 0, words in any order are far below.
    pub fn fluency(&self, classes: &[Class]) -> f64 {
        let pairs = classes.len().saturating_sub(1).max(1) as f64;
        let sum: f64 = classes.windows(2).map(|pair| self.attraction(pair[0], pair[1])).sum();
        (sum - pairs / 4.0) / pairs.sqrt()
    }

    /// Whether no sentence ends with the word.
    pub fn never_ends(&self, word: Class) -> bool {
        self.is_word(word)
            && self.expected(word, BREAK) >= EXPECTED
            && self.seen(word, BREAK).is_none_or(|halves| halves <= -6)
    }

    /// Whether the class is that of one word.
    pub fn is_word(&self, class: Class) -> bool {
        (MARKS..MARKS + self.words.len() as u16).contains(&class.0)
    }

    /// The classes of a stretch of text, its edges among them. An elided word counts apart from what follows it.
    pub fn classes(&self, stretch: &str, language: &Language) -> Vec<(Class, usize, usize)> {
        let names = language.cased && !nouns_have_capitals(language);
        let mut out = vec![(BREAK, 0, 0)];
        let mut end = 0;
        for word in words::words(stretch) {
            let gap = stretch.get(end..word.start).unwrap_or_default();
            if let Some(mark) = mark(gap) {
                out.push((mark, end, word.start));
            }
            end = word.end();
            if word.text.chars().any(char::is_numeric) {
                out.push((NUMBER, word.start, end));
            } else if names
                && text::is_capitalised(word.text)
                && out.last().is_none_or(|last| last.0 != BREAK)
            {
                out.push((NAME, word.start, end));
            } else {
                let lower = language.lower(word.text).replace('’', "'");
                let (head, tail) = parts(&lower);
                let cut = if head.is_empty() { word.start } else { word.start + elided(word.text) };
                if !head.is_empty() {
                    out.push((self.class(head), word.start, cut));
                }
                out.push((self.class(tail), cut, end));
            }
        }
        out.push((BREAK, end, stretch.len()));
        out
    }
}

/// An elided word and what follows it: `l'` and `homme`, but `don't`.
fn parts(word: &str) -> (&str, &str) {
    match word.char_indices().find(|&(_, letter)| letter == '\'') {
        Some((at, _)) if at > 0 && word.chars().rev().take_while(|&letter| letter != '\'').count() > 2 => {
            word.split_at(at + 1)
        }
        _ => ("", word),
    }
}

/// Bytes up to and with the apostrophe.
fn elided(word: &str) -> usize {
    word.char_indices()
        .find(|&(_, letter)| matches!(letter, '\'' | '’'))
        .map_or(0, |(at, letter)| at + letter.len_utf8())
}

/// What stands between two words, a space aside.
fn mark(gap: &str) -> Option<Class> {
    let inner = gap.trim();
    match inner {
        "" => None,
        "," | "،" => Some(COMMA),
        "-" | "‐" | "‑" if inner.len() == gap.trim_end().len() => Some(HYPHEN),
        _ => Some(BREAK),
    }
}

fn nouns_have_capitals(language: &Language) -> bool {
    language.typography.as_ref().is_some_and(|part| part.capitals.iter().any(|entry| entry == "*"))
}

/// A line of followers: the distance from the class before in base 36, a capital letter for how often.
fn followers(line: &str) -> Vec<(u16, i8)> {
    let mut out = Vec::new();
    let (mut class, mut distance) = (0_u16, 0_u16);
    for character in line.chars() {
        if let Some(digit) = character.to_digit(36).filter(|_| !character.is_ascii_uppercase()) {
            distance = distance.saturating_mul(36).saturating_add(digit as u16);
        } else {
            class = class.saturating_add(distance);
            distance = 0;
            out.push((class, character as u8 as i8 - b'M' as i8));
        }
    }
    out
}

struct File {
    tag: &'static str,
    text: &'static str,
    order: OnceLock<Order>,
}

macro_rules! files {
    ($($tag:literal)*) => {
        static FILES: [File; [$($tag),*].len()] = [$(File {
            tag: $tag,
            text: include_str!(concat!("order/", $tag, ".txt")),
            order: OnceLock::new(),
        },)*];
    };
}

files! {
    "ar" "bg" "cs" "de" "el" "en" "es" "fa" "fr" "he" "hi" "id" "it" "ko" "nl" "pl" "pt" "ro" "ru" "tr" "uk" "vi"
}

/// Which words follow which in the language, where that is known.
pub fn of(language: &Language) -> Option<&'static Order> {
    let file = FILES.iter().find(|file| file.tag == language.primary())?;
    Some(file.order.get_or_init(|| Order::read(file.text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    fn fluency(tag: &str, stretch: &str) -> f64 {
        let language = lang::find(tag).expect("a profile");
        let order = of(language).expect("an order");
        let classes: Vec<Class> =
            order.classes(stretch, language).into_iter().map(|(class, ..)| class).collect();
        order.fluency(&classes)
    }

    #[test]
    fn a_sentence_is_told_from_its_words_in_another_order() {
        for (tag, sentence, shuffled) in [
            (
                "en",
                "The minister said that the road to the village would be closed for a week.",
                "Would said week the that minister to a the for closed village the road be.",
            ),
            (
                "pt",
                "O ministro disse que a estrada para a aldeia vai ficar fechada durante uma semana.",
                "Semana que aldeia uma disse a vai para ministro a durante estrada o fechada ficar.",
            ),
            (
                "de",
                "Die Ministerin sagte, dass die Straße in das Dorf eine Woche lang gesperrt bleibt.",
                "Gesperrt das Ministerin dass in bleibt die eine lang sagte die Dorf Woche Straße.",
            ),
        ] {
            assert!(fluency(tag, sentence) > 0.0, "{sentence} {}", fluency(tag, sentence));
            assert!(fluency(tag, shuffled) < -1.0, "{shuffled} {}", fluency(tag, shuffled));
        }
    }

    #[test]
    fn no_sentence_ends_with_an_article() {
        let language = lang::find("en").expect("a profile");
        let order = of(language).expect("an order");
        assert!(order.never_ends(order.class("the")));
        assert!(!order.never_ends(order.class("it")));
        assert!(!order.never_ends(order.class("parliament")));
    }

    #[test]
    fn any_text_has_classes() {
        for language in ["en", "fr", "ar", "hi", "vi", "ru"].map(|tag| lang::find(tag).expect("a profile")) {
            if let Some(order) = of(language) {
                for stretch in ["", "’", "l’’eau", "don't l'homme 3,4", "…—", "x’", "ß’ßßß"]
                {
                    let classes = order.classes(stretch, language);
                    assert!(classes.iter().all(|&(_, start, end)| start <= end && end <= stretch.len()));
                }
            }
        }
    }
}
