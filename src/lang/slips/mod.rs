//! Slips of the pen: is a word that no list holds one letter from a word that was meant? Weighs how frequent that
//! word is, how much more usual its letters are, where the two differ (a different ending is grammar), which other
//! words begin or end so, and whether the language ever writes such letters in a row.

mod kin;
mod mend;
mod model;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Language, forms, lexis, paradigms, text};
use kin::Kin;
use model::Model;

/// A word that was meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// The word that was meant.
    pub right: String,
    /// Whether a list holds it; otherwise its letters are usual, no more.
    pub listed: bool,
    /// How sure that is beyond what the language demands: log odds, 0 at least.
    pub sure: f64,
}

/// Whether the word, in lower case, is one: a list holds it, or its stem without what is written onto it.
pub fn is_word(word: &str, language: &Language) -> bool {
    let listed = |word: &str| {
        lexis::seen(word, language)
            || lexis::own(word, language)
            || forms::has(word, language)
            || paradigms::knows(word, language)
    };
    if listed(word) {
        return true;
    }
    let Some(rule) = rule(language) else { return false };
    // As another country spells it.
    let respelt = |(long, short): &(&str, &str)| word.contains(long) && listed(&word.replace(long, short));
    if rule.spellings.iter().any(respelt) {
        return true;
    }
    let none = std::iter::once("");
    let stems =
        none.clone().chain(rule.before.iter().copied()).filter_map(|before| word.strip_prefix(before));
    stems
        .flat_map(|stem| {
            let ends = none.clone().chain(rule.after.iter().copied());
            ends.filter_map(move |after| stem.strip_suffix(after))
        })
        .any(|stem| stem.len() < word.len() && stem.chars().count() >= 3 && listed(stem))
}

/// Whether the word begins with what is written to the front of words, in two letters or more: the Arabic article.
pub fn opens_a_word(word: &str, language: &Language) -> bool {
    let fronts = rule(language).into_iter().flat_map(|rule| &rule.before);
    fronts.into_iter().any(|front| {
        front.chars().nth(1).is_some()
            && word.strip_prefix(front).is_some_and(|rest| rest.chars().nth(2).is_some())
    })
}

/// The word that was meant by one that is no word, where that is sure enough. The word is in lower case.
pub fn slip(word: &str, language: &Language) -> Option<Slip> {
    let rule = rule(language)?;
    if is_word(word, language) || !word.chars().all(|letter| lexis::writes(letter, language)) {
        return None;
    }
    let near = lexis::near_classes(word, language).into_iter();
    let slip = match near.into_iter().find(|(right, _)| right.chars().count() >= 4) {
        Some((right, class)) => {
            let sure = odds(word, &right, class, language) - rule.demanded;
            Slip { right, listed: true, sure }
        }
        None => mend::mend(word, language, rule.mended?)?,
    };
    let one_spelling = |text: &str| {
        let spelt =
            rule.spellings.iter().fold(text.to_owned(), |text, (long, short)| text.replace(long, short));
        text::fold(&spelt)
    };
    let spelt_otherwise =
        text::fold(word) == text::fold(&slip.right) || one_spelling(word) == one_spelling(&slip.right);
    (slip.sure >= 0.0 && !spelt_otherwise).then_some(slip)
}

/// What the table says of a language.
struct Rule {
    demanded: f64,
    mended: Option<f64>,
    spellings: Vec<(&'static str, &'static str)>,
    before: Vec<&'static str>,
    after: Vec<&'static str>,
}

fn rule(language: &Language) -> Option<&'static Rule> {
    static RULES: OnceLock<BTreeMap<&'static str, Rule>> = OnceLock::new();
    RULES.get_or_init(rules).get(language.primary())
}

fn rules() -> BTreeMap<&'static str, Rule> {
    let rows = include_str!("slips.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let [tag, demanded, mended, spellings, before, after] = cells[..] else { return None };
        let list = |cell: &'static str| cell.split(' ').filter(|part| !part.is_empty());
        let rule = Rule {
            demanded: demanded.parse().ok()?,
            mended: mended.parse().ok(),
            spellings: list(spellings).filter_map(|pair| pair.split_once('=')).collect(),
            before: list(before).collect(),
            after: list(after).collect(),
        };
        Some((tag, rule))
    })
    .collect()
}

/// Where a word and the one that was meant differ.
struct Apart {
    /// Letters of both before the difference.
    front: usize,
    /// Letters of both behind it.
    back: usize,
}

impl Apart {
    fn of(letters: &[char], meant: &[char]) -> Self {
        let front = letters.iter().zip(meant).take_while(|(a, b)| a == b).count();
        let room = letters.len().min(meant.len()) - front;
        let back =
            letters.iter().rev().zip(meant.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
        Self { front, back }
    }
}

/// 1 where it is so.
fn is(condition: bool) -> f64 {
    f64::from(u8::from(condition))
}

/// Log odds that the word is a slip for the right one. The weights were fitted to slips made at random in text of
/// twenty languages, against the words of these texts that no list holds.
fn odds(word: &str, right: &str, class: u8, language: &Language) -> f64 {
    let (letters, meant): (Vec<char>, Vec<char>) = (word.chars().collect(), right.chars().collect());
    let Apart { front, back } = Apart::of(&letters, &meant);
    let model = Model::of(language);
    let (written, wanted) = (model.surprise(&letters), model.surprise(&meant));
    let gain = wanted.iter().sum::<f64>() - written.iter().sum::<f64>();
    let worst = written.iter().copied().fold(0.0, f64::min);
    let length = letters.len();
    let kin = Kin::of(word, right, model);
    // Letters change places in a slip, seldom between two words.
    let swapped = length == meant.len()
        && front + back + 2 == length
        && back > 1
        && letters.get(front) == meant.get(front + 1);
    let (unheard, rare) = (forms::unheard(&letters, language), forms::unheard(&meant, language));
    4.656 + 2.522 * is(swapped) + 0.213 * gain - 0.14 * worst - 0.257 * f64::from(class)
        + 0.759 * is(class > 25)
        - 0.169 * length.min(12) as f64
        + 0.252 * front.min(4) as f64
        - [1.525, 1.125, 1.055, 1.012].get(back).copied().unwrap_or(0.048 * gain)
        - 0.104 * is(front == 0)
        + 0.19 * is(front == 1)
        - 1.276 * is(length <= 5)
        - 1.129 * is(length == 6)
        - kin.begins([0.325, 0.413, 0.68])
        - kin.ends([0.165, -0.091, 0.666])
        - 0.3 * unheard.min(5) as f64
        + 1.617 * is(unheard > 0)
        - 0.756 * rare.min(3) as f64
        + 0.81 * unheard.saturating_sub(rare) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn a_slip_is_told_from_a_rare_word() {
        let find = |tag| lang::find(tag).expect("a profile");
        assert_eq!(slip("goverrno", find("pt")).expect("a slip").right, "governo");
        assert_eq!(slip("frequênccia", find("pt")).expect("a slip").right, "frequência");
        assert_eq!(slip("goverment", find("en")).expect("a slip").right, "government");
        for (word, tag) in
            [("contacto", "pt"), ("académica", "pt"), ("government", "en"), ("präsidentin", "de")]
        {
            assert_eq!(slip(word, find(tag)), None, "{word}");
        }
    }
}
