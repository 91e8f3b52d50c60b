//! Sequences of words and endings as profiles write them: `a ~ando como`, `the of|with`, `ال~ة جاهز`; `^ os ~s foi` only
//! where a clause begins.

use super::running::{self, Token};
use crate::lang::{Language, text};

/// Sequences of one list of a profile.
pub(super) struct Patterns<'a>(Vec<Pattern<'a>>);

struct Pattern<'a> {
    words: Vec<Vec<&'a str>>,
    /// Whether it stands at the beginning of a clause only.
    opens: bool,
}

impl<'a> Patterns<'a> {
    pub(super) fn of(list: &'a [String]) -> Self {
        let patterns = list.iter().map(|pattern| {
            let words = pattern.strip_prefix("^ ");
            Pattern {
                words: words.unwrap_or(pattern).split(' ').map(|item| item.split('|').collect()).collect(),
                opens: words.is_some(),
            }
        });
        Self(patterns.filter(|pattern| pattern.words.len() > 1).collect())
    }

    /// Where they are: index, number of words and whether a clause must begin there; never overlapping, the longest
    /// first.
    pub(super) fn find(&self, tokens: &[Token<'_>], language: &Language) -> Vec<(usize, usize, bool)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let lower: Vec<String> = tokens.iter().map(|token| language.lower(token.text)).collect();
        let mut out = Vec::new();
        let mut index = 0;
        while index < tokens.len() {
            let fitting = self.0.iter().filter(|pattern| fits(pattern, tokens, &lower, index));
            let Some((length, opens)) = fitting.map(|pattern| (pattern.words.len(), pattern.opens)).max()
            else {
                index += 1;
                continue;
            };
            out.push((index, length, opens));
            index += length;
        }
        out
    }
}

fn fits(pattern: &Pattern<'_>, tokens: &[Token<'_>], lower: &[String], index: usize) -> bool {
    // A part of a compound stands for the whole: `die Team-Chefin`.
    let compound = |at: usize| tokens.get(at).is_some_and(|token| token.gap.starts_with(text::is_hyphen));
    let begins = || running::may_open(tokens, index) || tokens[index].gap.contains([',', '،', '–', '—']);
    let Pattern { words, opens } = pattern;
    index + words.len() <= tokens.len()
        && (!opens || begins())
        && !tokens[index].gap.ends_with(text::is_hyphen)
        && !compound(index + words.len())
        && words.iter().enumerate().all(|(offset, alternatives)| {
            let at = index + offset;
            (offset == 0
                || tokens[at].follows_a_space()
                || (tokens[at].gap.is_empty() && unspaced(&tokens[at])))
                && alternatives.iter().any(|item| is(item, &lower[at]))
        })
}

/// Whether the word is the one that the item writes, begins and ends as it writes, or any for `_`.
fn is(item: &str, word: &str) -> bool {
    match item.split_once('~') {
        Some((start, end)) => word
            .strip_prefix(start)
            .and_then(|rest| rest.strip_suffix(end))
            .is_some_and(|stem| !stem.is_empty()),
        None => item == "_" || item == word,
    }
}

fn unspaced(token: &Token<'_>) -> bool {
    token.text.chars().all(text::is_unspaced)
}
