//! A word torn in two by a space: `go vernment`.

use super::running::{self, Token};
use super::{Context, Findings};
use crate::lang::{Language, gazetteer, lexis, slips, text};
use crate::model::{Document, Span};

/// Letters of the shortest word that is sure to be one.
const SHORTEST: usize = 5;
/// Rank beyond which a whole word is too rare to be sure of.
const COMMON: u32 = 15_000;
/// Unknown words near a place that make it one in another language.
const FOREIGN: usize = 2;

/// Reports words that a space tears: two parts, one of them no word, that are a word together.
pub(super) fn report(text: &Document, context: &Context, findings: &mut Findings<'_>) {
    let language = text.language;
    let loose = language.typography.as_ref().is_some_and(|part| part.loose_compounds);
    if !language.spaced || loose || lexis::size(language) == 0 {
        return;
    }
    for segment in text.prose() {
        let tokens = running::tokens(text, segment.span);
        let lower: Vec<String> = tokens.iter().map(|token| language.lower(token.text)).collect();
        let words = Words { tokens: &tokens, lower: &lower, language };
        for index in (1..tokens.len()).filter(|&index| words.are_one(index)) {
            let [before, after] = [&tokens[index - 1], &tokens[index]];
            let span = before.span.join(after.span);
            let written = text.excerpt(span);
            if words.stand_apart(index)
                || context.known.contains(&text::fold(written))
                || context.source.as_deref().is_some_and(|source| source.contains(written))
                || running::in_link(text, span)
                || (index - 1..=index)
                    .any(|part| words.is_strange(part) && is_name_or_again(text, &tokens[part]))
            {
                continue;
            }
            let whole = format!("{}{}", before.text, after.text);
            findings
                .at(span, format!("a space tears a word: “{written}”, “{whole}”"))
                .confidence(0.8)
                .suggest(whole);
        }
    }
}

/// The words of a sentence.
struct Words<'a> {
    tokens: &'a [Token<'a>],
    lower: &'a [String],
    language: &'a Language,
}

impl Words<'_> {
    /// Whether the word and the one before it are one together, a frequent one.
    fn are_one(&self, index: usize) -> bool {
        let (before, after) = (&self.tokens[index - 1], &self.tokens[index]);
        let letters = |token: &Token<'_>| token.text.chars().all(|c| c.is_alphabetic() || text::is_mark(c));
        let opens = || {
            before.capitalised()
                && before.text.chars().skip(1).all(|letter| !text::is_upper(letter))
                && running::may_open(self.tokens, index - 1)
        };
        let joined = ['-', '’', '\''];
        let ends = self
            .tokens
            .get(index + 1)
            .is_none_or(|next| !next.gap.starts_with('.') && !next.gap.starts_with(joined));
        let whole = || {
            let whole = [self.lower[index - 1].as_str(), &self.lower[index]].concat();
            whole.chars().count() >= SHORTEST
                && lexis::rank(&whole, self.language).is_some_and(|rank| rank < COMMON)
        };
        after.gap == " "
            && letters(before)
            && letters(after)
            && self.is_small(index)
            && (self.is_small(index - 1) || opens())
            && ends
            && (index < 2 || !before.gap.ends_with(joined))
            && whole()
    }

    /// Whether the two may stand side by side: both are words, here or elsewhere, a small word may have a rare one beside it
    /// (*a trair*), and words around them are unknown as well where they are in another language together.
    fn stand_apart(&self, index: usize) -> bool {
        let function = running::function_words(self.language);
        let small = |at: usize| function.contains(self.lower[at].as_str());
        let own = |at: usize| small(at) || self.is_word(at);
        let foreign = |at: usize| {
            lexis::rank_elsewhere(&self.lower[at], self.language).is_some_and(|rank| rank < COMMON)
        };
        let rare_beside = |at: usize, rare: usize| {
            small(at)
                && self.letters(at) <= 2
                && self.letters(rare) > 3
                && lexis::plausible(&self.lower[rare], self.language) > 0.95
        };
        let pair = [index - 1, index];
        let around = (index.saturating_sub(4)..index - 1).chain(index + 1..self.tokens.len().min(index + 4));
        let unknown = |&at: &usize| {
            self.is_small(at) && self.tokens[at].wordy() && self.letters(at) > 1 && !self.is_word(at)
        };
        pair.into_iter().all(own)
            || pair.into_iter().all(foreign)
            || rare_beside(index - 1, index)
            || rare_beside(index, index - 1)
            || around.filter(unknown).count() >= FOREIGN
    }

    fn is_small(&self, at: usize) -> bool {
        self.tokens[at].small() || !self.language.cased
    }

    fn is_word(&self, at: usize) -> bool {
        slips::is_word(&self.lower[at], self.language)
    }

    fn letters(&self, at: usize) -> usize {
        self.tokens[at].text.chars().count()
    }

    /// Whether the part is long enough to be known again, and no word.
    fn is_strange(&self, at: usize) -> bool {
        self.letters(at) > 2 && !self.is_word(at)
    }
}

/// Whether the part is a name, or stands a second time in the text, on its own.
fn is_name_or_again(text: &Document, part: &Token<'_>) -> bool {
    let alone = |&(at, word): &(usize, &str)| {
        let around = running::chunk(&text.text, Span::new(at, at + word.len())).of(&text.text);
        around.trim_matches(|letter: char| !letter.is_alphabetic()) == word
    };
    gazetteer::is_given_name(part.text)
        || text.text.match_indices(part.text).take(8).filter(alone).count() > 1
}
