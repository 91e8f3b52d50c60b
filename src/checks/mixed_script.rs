//! Letters of two alphabets in one word.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::running;
use super::{Check, Context, Findings, TextCheck};
use crate::lang::homoglyphs::{self, ALPHABETS, GREEK};
use crate::lang::{tables, text};
use crate::model::{Document, ErrorType, Severity, Span};

/// `mixed-script` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MixedScript {}

impl Check for MixedScript {
    const NAME: &'static str = "mixed-script";
    const ERROR_TYPE: ErrorType = ErrorType::Spelling;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("mixed_script.md");
}

impl TextCheck for MixedScript {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        if text.text.is_ascii() {
            return;
        }
        if text.language.script == "Jpan" {
            simplified(text, context, findings);
        }
        if writes_keheh(text.language) {
            arabic_letters(text, context, findings);
        }
        for segment in &text.segments {
            for token in running::tokens(text, segment.span) {
                if token.text.is_ascii()
                    || running::in_link(text, token.span)
                    || context.source.as_deref().is_some_and(|source| source.contains(token.text))
                {
                    continue;
                }
                let Some((right, intruders)) = one_script(token.text) else {
                    continue;
                };
                let finding = findings
                    .at(token.span, format!("“{}” has letters of another alphabet: {intruders}", token.text))
                    .confidence(0.92);
                if let Some(right) = right {
                    finding.replace_with(right);
                }
            }
        }
    }
}

/// Characters of simplified Chinese in Japanese: each run of characters that holds one.
fn simplified(text: &Document, context: &Context, findings: &mut Findings<'_>) {
    let han = |character: char| matches!(character, '\u{3400}'..='\u{9FFF}' | '々');
    for segment in text.prose() {
        let stretch = text.excerpt(segment.span);
        if !stretch.chars().any(|character| tables::unsimplified(character).is_some()) {
            continue;
        }
        let mut start = None;
        let ends = stretch.char_indices().chain([(stretch.len(), ' ')]);
        for (at, character) in ends {
            match (han(character), start) {
                (true, None) => start = Some(at),
                (false, Some(first)) => {
                    start = None;
                    let run = stretch.get(first..at).unwrap_or_default();
                    let right: String =
                        run.chars().map(|letter| tables::unsimplified(letter).unwrap_or(letter)).collect();
                    let span = Span::new(first, at).shift(segment.span.start);
                    let copied = context.source.as_deref().is_some_and(|source| source.contains(run));
                    if right != run && !copied && !running::in_quotation(text, segment.span, span) {
                        findings
                            .at(span, format!("“{run}” has characters that Japanese does not write"))
                            .confidence(0.85)
                            .suggest(right);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether the words of the language are written with ک and ی.
fn writes_keheh(language: &crate::lang::Language) -> bool {
    language.function_words.as_ref().is_some_and(|part| {
        part.words.iter().any(|word| word.contains('ک')) && part.words.iter().any(|word| word.contains('ی'))
    })
}

/// Arabic letters in a Persian text that writes its own: كتاب beside کار. Where they are many it is a keyboard's habit.
fn arabic_letters(text: &Document, context: &Context, findings: &mut Findings<'_>) {
    let own = text.text.chars().filter(|letter| matches!(letter, 'ک' | 'ی')).count();
    let is_arabic = |letter: char| matches!(letter, 'ك' | 'ي');
    if own < 8 || text.text.chars().filter(|&letter| is_arabic(letter)).count() > 4 {
        return;
    }
    for segment in text.prose() {
        for token in running::tokens(text, segment.span) {
            let copied = context.source.as_deref().is_some_and(|source| source.contains(token.text));
            if !token.text.contains(is_arabic)
                || copied
                || running::in_quotation(text, segment.span, token.span)
            {
                continue;
            }
            let right = token.text.replace('ك', "ک").replace('ي', "ی");
            findings
                .at(token.span, format!("“{}” has Arabic letters that Persian writes otherwise", token.text))
                .confidence(0.85)
                .replace_with(right);
        }
    }
}

/// The word in the alphabet of most of its letters, and the letters that were of another, where each has a
/// likeness there; of two equal halves neither is right. A letter without a likeness tells between two of the others:
/// `Krakoвets`.
fn one_script(word: &str) -> Option<(Option<String>, String)> {
    let mut counts = [0_usize; ALPHABETS];
    for alphabet in word.chars().filter_map(homoglyphs::alphabet) {
        counts[alphabet] += 1;
    }
    if counts[GREEK] == 1 && is_term(word) {
        return None;
    }
    let home = (0..ALPHABETS).max_by_key(|&index| counts[index])?;
    let all: usize = counts.iter().sum();
    if counts[home] == all || counts[home] * 2 <= all || all < 3 {
        return None;
    }
    let (mut right, mut intruders) = (Some(String::new()), String::new());
    let letters: Vec<char> = word.chars().collect();
    let at_home =
        |index: usize| letters.get(index).is_some_and(|&letter| homoglyphs::alphabet(letter) == Some(home));
    for (index, &character) in letters.iter().enumerate() {
        let stranger = homoglyphs::alphabet(character).is_some_and(|other| other != home);
        let own = if stranger { homoglyphs::alike(character, home) } else { Some(character) };
        // `прòсти` has a stress on it.
        let plain = || std::iter::once(character).nfd().nth(1).is_none();
        if own.is_none() && !(index > 0 && at_home(index - 1) && at_home(index + 1) && plain()) {
            return None;
        }
        if stranger {
            intruders.push(character);
        }
        right = right.zip(own).map(|(mut right, own)| {
            right.push(own);
            right
        });
    }
    Some((right, intruders))
}

/// Whether the word is what a science calls by a letter: `TNFα`, `IFNγ`.
fn is_term(word: &str) -> bool {
    let name = word.strip_suffix(|letter| matches!(letter, 'α'..='ω'));
    name.is_some_and(|name| name.chars().filter(|&letter| text::is_upper(letter)).count() >= 2)
}
