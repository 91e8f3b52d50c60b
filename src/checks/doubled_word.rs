//! The same word twice in a row.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_script::{Script, UnicodeScript};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, lexis, text, words};
use crate::model::{Document, ErrorType, Severity, Span};

/// `doubled-word` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DoubledWord {}

impl Check for DoubledWord {
    const NAME: &'static str = "doubled-word";
    const ERROR_TYPE: ErrorType = ErrorType::Repetition;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("doubled_word.md");
}

impl TextCheck for DoubledWord {
    fn run(&self, text: &Document, _context: &Context, findings: &mut Findings<'_>) {
        let reader = Reader::new(text.language);
        let refrains = LazyCell::new(|| reader.refrains(text));
        for segment in text.prose() {
            let tokens = running::tokens(text, segment.span);
            let mut index = 1;
            while index < tokens.len() {
                let Some(confidence) = reader.judge(&tokens, index) else {
                    index += 1;
                    continue;
                };
                let first = index - 1;
                while index + 1 < tokens.len() && reader.same(&tokens[index], &tokens[index + 1]) {
                    index += 1;
                }
                let span = tokens[first].span.join(tokens[index].span);
                index += 1;
                let word = text.language.lower(tokens[first].text);
                if refrains.contains(&word) || running::in_link(text, span) {
                    continue;
                }
                let once = tokens[first].text;
                findings
                    .at(span, format!("“{once}” stands there twice"))
                    .confidence(confidence)
                    .replace_with(once.to_owned());
            }
            if segment.span.of(&text.text).chars().any(text::is_unspaced) {
                reader.unspaced(text, segment.span, findings);
            }
        }
    }
}

/// Whether a word said twice is said so for effect, where a clause begins: *Paura paura, no*.
fn echoes(tokens: &[Token<'_>], index: usize) -> bool {
    let (first, second) = (&tokens[index - 1], &tokens[index]);
    first.capitalised()
        && !second.capitalised()
        && tokens.get(index + 1).is_some_and(|third| third.gap.starts_with([',', '!', '?', '…']))
}

/// Whether the two are all that a pair of quotation marks holds: somebody's words as they are.
fn is_quoted(tokens: &[Token<'_>], index: usize) -> bool {
    tokens[index - 1].gap.ends_with(text::is_quote)
        && tokens.get(index + 1).is_some_and(|next| next.gap.starts_with(text::is_quote))
}

struct Reader<'a> {
    language: &'a Language,
    function: &'a BTreeSet<&'a str>,
    allowed: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn new(language: &'a Language) -> Self {
        Self {
            language,
            function: running::function_words(language),
            allowed: running::listed(language, |part| &part.doubles),
        }
    }

    /// Words, in lower case, that a text says again for effect: it may do so elsewhere.
    fn refrains(&self, text: &Document) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        for segment in text.prose() {
            let tokens = running::tokens(text, segment.span);
            for index in (1..tokens.len()).filter(|&index| echoes(&tokens, index)) {
                if self.same(&tokens[index - 1], &tokens[index]) {
                    words.insert(self.language.lower(tokens[index].text));
                }
            }
        }
        words
    }

    fn same(&self, first: &Token<'_>, second: &Token<'_>) -> bool {
        second.follows_a_space() && self.language.lower(first.text) == self.language.lower(second.text)
    }

    /// How surely the word repeats the one before by mistake.
    fn judge(&self, tokens: &[Token<'_>], index: usize) -> Option<f64> {
        let (first, second) = (&tokens[index - 1], &tokens[index]);
        if !first.wordy() || first.text.chars().any(text::is_unspaced) || !self.same(first, second) {
            return None;
        }
        // Three times or more is a cry, or a loop that another check sees.
        let hyphen =
            |token: Option<&Token<'_>>| token.is_some_and(|token| token.gap.starts_with(text::is_hyphen));
        if hyphen(tokens.get(index + 1)) || hyphen(Some(first)) {
            return None;
        }
        let word = self.language.lower(first.text);
        // `A a B`: a letter that labels.
        if word.chars().count() == 1 && first.capitalised() && !running::may_open(tokens, index - 1) {
            return None;
        }
        let pair = format!("{word} {word}");
        let function = self.function.contains(word.as_str());
        if self.allowed.contains(&word.as_str()) || self.allowed.contains(&pair.as_str()) {
            return None;
        }
        if function {
            // `The The`, `Who Who`: a name.
            return (!second.capitalised()
                || first.text.chars().count() == 1
                || text::is_all_capitals(second.text))
            .then_some(0.95);
        }
        // Names (Bora Bora), letters and sounds, and languages that double their words by rule.
        if self.allowed.contains(&"*")
            || echoes(tokens, index)
            || is_quoted(tokens, index)
            || (second.capitalised() && !text::is_all_capitals(second.text))
            || word.chars().count() < 3
            || lexis::doubles(&word, self.language)
            // Languages that double words for emphasis or plural.
            || lexis::doubles("*", self.language)
        {
            return None;
        }
        let three = tokens.get(index + 1).is_some_and(|third| self.same(second, third));
        Some(if three { 0.6 } else { 0.85 })
    }

    /// Doubled function words of scripts without spaces: 的的. Words by dictionary: in 成就就是 the two 就 belong to
    /// two words.
    fn unspaced(&self, text: &Document, segment: Span, findings: &mut Findings<'_>) {
        let all = words::segmented(segment.of(&text.text));
        for four in all.windows(4) {
            let [first, second, third, fourth] = four else { continue };
            let joined = four.windows(2).all(|pair| pair[0].end() == pair[1].start);
            let once = segment.of(&text.text).get(first.start..second.end()).unwrap_or_default();
            let kana = |letter: char| matches!(letter.script(), Script::Hiragana);
            let han = |letter: char| letter.script() == Script::Han;
            // An inflected word: `増えた増えた`, not `ピカピカ`.
            if joined
                && first.text == third.text
                && second.text == fourth.text
                && once.chars().nth(2).is_some()
                && once.starts_with(han)
                && once.ends_with(kana)
                && !segment.of(&text.text).get(fourth.end()..).unwrap_or_default().starts_with(once)
            {
                findings
                    .at(
                        Span::new(first.start, fourth.end()).shift(segment.start),
                        format!("“{once}” stands there twice"),
                    )
                    .confidence(0.75)
                    .replace_with(once.to_owned());
            }
        }
        for index in 1..all.len() {
            let (first, second) = (all[index - 1], all[index]);
            let word = first.text;
            if word != second.text || first.end() != second.start || !word.chars().all(text::is_unspaced) {
                continue;
            }
            // AABB (高高兴兴) and longer runs are no slips.
            let same = |a: usize, b: usize| all.get(a).zip(all.get(b)).is_some_and(|(a, b)| a.text == b.text);
            let runs = same(index, index + 1)
                || (index >= 2 && same(index - 2, index))
                || same(index + 1, index + 2)
                || (index >= 3 && same(index - 3, index - 2));
            if runs
                || !self.function.contains(word)
                // Endings meet: 見てて.
                || (word.chars().all(|kana| ('ぁ'..='ゟ').contains(&kana)) && lexis::doubles(word, self.language))
                || self.allowed.iter().any(|entry| *entry == word || entry.replace(' ', "") == format!("{word}{word}"))
            {
                continue;
            }
            let span = Span::new(first.start, second.end()).shift(segment.start);
            findings
                .at(span, format!("“{word}” stands there twice"))
                .confidence(0.75)
                .replace_with(word.to_owned());
        }
    }
}
