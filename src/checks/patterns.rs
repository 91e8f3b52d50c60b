//! Sequences of words and endings as profiles write them: `a ~ando como`, `the of|with`, `ال~ة جاهز`; `^ os ~s foi` only
//! where a clause begins, `^^` only where a sentence may. `{fP}` is a noun of one of these classes of `src/lang/concord`,
//! `{f~а}` one that ends so, too; the words before it are no names.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::{gender, nouns_have_capitals};
use super::running::{self, Token};
use crate::lang::concord::{self, Concord};
use crate::lang::profile::Grammar;
use crate::lang::{Language, text};

/// Sequences of one list of a profile, by their first words.
#[derive(Default)]
pub(super) struct Patterns<'a> {
    all: Vec<Pattern<'a>>,
    /// Those that begin with certain words.
    by_word: BTreeMap<&'a str, Vec<usize>>,
    /// Those whose first word is told by its beginning, by the first letter of that.
    by_letter: BTreeMap<char, Vec<usize>>,
    /// Those whose first word is told by its ending or its class.
    others: Vec<usize>,
}

struct Pattern<'a> {
    words: Vec<Vec<&'a str>>,
    /// Where alone it stands.
    opens: Opens,
    /// Whether it asks for nouns.
    nouns: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Opens {
    Anywhere,
    Clause,
    Sentence,
}

/// What patterns are looked up with.
struct Known<'a> {
    concord: Option<&'static Concord>,
    /// Nouns that stand for several, or that are something else besides.
    unsure: &'a [String],
    grammar: Option<&'a Grammar>,
    capitals: bool,
    cased: bool,
}

impl<'a> Patterns<'a> {
    pub(super) fn of(list: impl IntoIterator<Item = &'a String>) -> Self {
        let patterns = list.into_iter().map(|pattern| {
            let (opens, words) = if let Some(words) = pattern.strip_prefix("^^ ") {
                (Opens::Sentence, words)
            } else if let Some(words) = pattern.strip_prefix("^ ") {
                (Opens::Clause, words)
            } else {
                (Opens::Anywhere, pattern.as_str())
            };
            Pattern {
                words: words.split(' ').map(|item| item.split('|').collect()).collect(),
                opens,
                nouns: words.contains('{'),
            }
        });
        let mut out = Self { all: patterns.collect(), ..Self::default() };
        for (number, pattern) in out.all.iter().enumerate() {
            let first = pattern.words.first().map_or(&[][..], Vec::as_slice);
            if first.iter().any(|item| *item == "_" || item.starts_with(['~', '{'])) {
                out.others.push(number);
                continue;
            }
            let (stems, words): (Vec<&str>, Vec<&str>) = first.iter().partition(|item| item.contains('~'));
            for word in words {
                out.by_word.entry(word).or_default().push(number);
            }
            let letters: BTreeSet<char> = stems.iter().filter_map(|stem| stem.chars().next()).collect();
            for letter in letters {
                out.by_letter.entry(letter).or_default().push(number);
            }
        }
        out
    }

    /// Where they are: index, number of words and whether a clause must begin there; never overlapping, the longest
    /// first.
    pub(super) fn find(&self, tokens: &[Token<'_>], language: &Language) -> Vec<(usize, usize, bool)> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let lower: Vec<String> = tokens.iter().map(|token| language.lower(token.text)).collect();
        let known = Known {
            concord: concord::of(language),
            grammar: language.grammar.as_ref(),
            unsure: language.grammar.as_ref().map_or(&[], |grammar| &grammar.unsure_nouns),
            capitals: nouns_have_capitals(language),
            cased: language.cased,
        };
        let mut out = Vec::new();
        let mut index = 0;
        while index < tokens.len() {
            let word = lower[index].as_str();
            let beginning = self.by_word.get(word).into_iter().flatten();
            let stems = word.chars().next().and_then(|letter| self.by_letter.get(&letter));
            let fitting = beginning
                .chain(stems.into_iter().flatten())
                .chain(&self.others)
                .map(|&number| &self.all[number])
                .filter(|pattern| fits(pattern, (tokens, &lower), index, &known));
            let Some((length, opens)) =
                fitting.map(|pattern| (pattern.words.len(), pattern.opens != Opens::Anywhere)).max()
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

fn fits(
    pattern: &Pattern<'_>,
    (tokens, lower): (&[Token<'_>], &[String]),
    index: usize,
    known: &Known<'_>,
) -> bool {
    // A part of a compound stands for the whole: `die Team-Chefin`.
    let compound = |at: usize| tokens.get(at).is_some_and(|token| token.gap.starts_with(text::is_hyphen));
    let Pattern { words, opens, nouns } = pattern;
    let begins = || {
        running::may_open(tokens, index)
            || *opens == Opens::Clause && tokens[index].gap.contains([',', '،', '–', '—'])
    };
    let item_fits = |offset: usize, item: &&str| {
        let at = index + offset;
        match noun(item) {
            Some((classes, ending)) => known.is_noun((tokens, lower), at, classes, ending),
            None => {
                is(item, &lower[at]) && !(*nouns && offset > 0 && known.cased && tokens[at].capitalised())
            }
        }
    };
    let joined =
        |at: usize| tokens[at].follows_a_space() || tokens[at].gap.is_empty() && unspaced(&tokens[at]);
    index + words.len() <= tokens.len()
        && words.first().is_some_and(|first| first.iter().any(|item| item_fits(0, item)))
        && (*opens == Opens::Anywhere || begins())
        && !tokens[index].gap.ends_with(text::is_hyphen)
        && !compound(index + words.len())
        && words.iter().enumerate().skip(1).all(|(offset, alternatives)| {
            joined(index + offset) && alternatives.iter().any(|item| item_fits(offset, item))
        })
}

impl Known<'_> {
    fn is_noun(
        &self,
        (tokens, lower): (&[Token<'_>], &[String]),
        at: usize,
        classes: &str,
        ending: &str,
    ) -> bool {
        let (token, lower) = (&tokens[at], lower[at].as_str());
        let small = || token.small() || running::may_open(tokens, at);
        let written = !self.cased || if self.capitals { token.capitalised() } else { small() };
        written
            && lower.ends_with(ending)
            && (self.concord.is_some_and(|concord| concord.is_noun(lower, classes))
                || self
                    .grammar
                    .and_then(|grammar| gender(lower, grammar))
                    .is_some_and(|class| classes.contains(class.as_str())))
            && !self.unsure.iter().any(|noun| noun == lower)
    }
}

/// The classes and the ending of an item for nouns.
fn noun(item: &str) -> Option<(&str, &str)> {
    let inside = item.strip_prefix('{')?.strip_suffix('}')?;
    Some(inside.split_once('~').unwrap_or((inside, "")))
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
