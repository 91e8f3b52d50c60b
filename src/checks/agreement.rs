//! An article or determiner of the other gender than its noun.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::concord;
use super::noun_phrases;
use super::patterns::Patterns;
use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::agreement as far;
use crate::lang::profile::Grammar;
use crate::lang::text::is_upper;
use crate::lang::{Language, PerLanguage};
use crate::model::{Document, ErrorType, Severity, Span};

/// `agreement` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Agreement {}

impl Check for Agreement {
    const NAME: &'static str = "agreement";
    const ERROR_TYPE: ErrorType = ErrorType::Grammar;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("agreement.md");
}

impl TextCheck for Agreement {
    fn run(&self, text: &Document, _context: &Context, findings: &mut Findings<'_>) {
        let Some(grammar) = text.language.grammar.as_ref() else { return };
        let told = neighbours(text, grammar, findings);
        concord::report(text, grammar, &told, findings);
        noun_phrases::report(text, &findings.places(), findings);
        if grammar.determiners.is_empty() {
            return;
        }
        let nouns_have_capitals = nouns_have_capitals(text.language);
        for segment in text.prose() {
            let tokens = running::tokens(text, segment.span);
            for (index, noun) in tokens.iter().enumerate().skip(1) {
                let determiner = &tokens[index - 1];
                // `dieser einen Frage`: of two determiners the first agrees.
                let second = index >= 2
                    && determiner.follows_a_space()
                    && grammar.determiners.contains_key(&text.language.lower(tokens[index - 2].text));
                if second {
                    continue;
                }
                // `eine Sexismus-Debatte`
                let compound = tokens
                    .get(index + 1)
                    .is_some_and(|next| next.gap.starts_with(crate::lang::text::is_hyphen));
                if compound
                    || determiner.gap.ends_with('-')
                    || !noun.follows_a_space()
                    || !(noun.small() || nouns_have_capitals && noun.capitalised())
                    || !noun.wordy()
                {
                    continue;
                }
                let word = text.language.lower(determiner.text);
                let Some(wanted) = grammar.determiners.get(&word) else { continue };
                let Some(gender) = gender(&text.language.lower(noun.text), grammar) else { continue };
                if gender == wanted {
                    continue;
                }
                let span = determiner.span.join(noun.span);
                let written = text.excerpt(span);
                let finding =
                    findings.at(span, format!("“{}” does not agree with “{}”", determiner.text, noun.text));
                finding.confidence(0.88);
                if let Some(other) = grammar.other_gender.get(&word) {
                    let rest = written.get(determiner.text.len()..).unwrap_or_default();
                    finding
                        .replace_with(format!("{}{rest}", in_case_of(determiner.text, other, text.language)));
                }
            }
        }
    }
}

/// Neighbours that the profile says do not agree. After a comma the first may be a relative pronoun or end a clause.
/// Returns where.
fn neighbours(text: &Document, grammar: &Grammar, findings: &mut Findings<'_>) -> Vec<Span> {
    static PATTERNS: PerLanguage<Patterns<'static>> = PerLanguage::new();
    let mut out = Vec::new();
    let patterns = PATTERNS.get(text.language, |language| {
        let grammar = language.grammar.iter();
        let near = grammar.flat_map(|grammar| grammar.disagree.iter().chain(&grammar.disagree_nouns));
        Patterns::of(near.chain(far::of(language).into_iter().flat_map(|known| &known.rules)))
    });
    let function = running::function_words(text.language);
    let numbers = text.language.numbers.as_ref();
    let joins = |word: Option<&String>| {
        word.is_some_and(|word| numbers.is_some_and(|numbers| numbers.joiners.contains(word)))
    };
    let determined = |word: &Token<'_>| grammar.determiners.contains_key(&text.language.lower(word.text));
    for segment in text.prose() {
        let tokens = running::tokens(text, segment.span);
        let lower = running::lowered(&tokens, text.language);
        for (index, length, opens) in patterns.find(&tokens, &lower, text.language) {
            let words = &tokens[index..index + length];
            let [first, .., last] = words else { continue };
            // What a determiner and its noun say is told below.
            let told = length == 2
                && determined(first)
                && (last.small() || nouns_have_capitals(text.language))
                && gender(&text.language.lower(last.text), grammar).is_some();
            // A surname is no adjective, nor a name of goods or firms a noun: `сообщил Горский`, `da Irmãos Lima`.
            let named = |word: &Token<'_>| word.capitalised() && !word.text.chars().all(is_upper);
            let name = text.language.cased
                && !nouns_have_capitals(text.language)
                && (first.capitalised() && !running::may_open(&tokens, index)
                    || function.contains(lower[index].as_str()) && words.iter().skip(1).any(named));
            // `, die Haus und Hof`, `, mit dem große Firmen arbeiten`
            let behind_comma = first.gap.contains([',', '،'])
                || nouns_have_capitals(text.language)
                    && length > 2
                    && index.checked_sub(1).is_some_and(|before| tokens[before].gap.contains(','));
            // `vingt et un navires`
            let counted = index >= 2
                && joins(lower.get(index - 1))
                && numbers.is_some_and(|numbers| numbers.words.contains_key(&lower[index - 2]));
            // `los sistemas político y económico`
            let ending = |at: usize| lower.get(at).and_then(|word| word.chars().next_back());
            let end = index + length;
            let shared = joins(lower.get(end)) && ending(end + 1) == ending(end - 1);
            if name
                || counted
                || shared
                || !opens
                    && (length == 2 || nouns_have_capitals(text.language))
                    && behind_comma
                    && function.contains(text.language.lower(first.text).as_str())
                || told
            {
                continue;
            }
            let span = first.span.join(last.span);
            findings.at(span, format!("the words “{}” do not agree", text.excerpt(span))).confidence(0.8);
            out.push(span);
        }
    }
    out
}

pub(super) fn nouns_have_capitals(language: &Language) -> bool {
    language.typography.as_ref().is_some_and(|part| part.capitals.iter().any(|entry| entry == "*"))
}

/// The gender of a noun where it is certain.
pub(super) fn gender<'a>(noun: &str, grammar: &'a Grammar) -> Option<&'a String> {
    if let Some(gender) = grammar.nouns.get(noun) {
        return (gender != "?").then_some(gender);
    }
    let mut endings = grammar.noun_endings.iter().filter(|(ending, _)| {
        noun.strip_suffix(ending.as_str()).is_some_and(|stem| stem.chars().count() >= 2)
    });
    let mut best = endings.next()?;
    for ending in endings {
        if ending.0.len() > best.0.len() {
            best = ending;
        }
    }
    (best.1 != "?").then_some(best.1)
}

/// `other` with a capital where `like` has one.
pub(super) fn in_case_of(like: &str, other: &str, language: &Language) -> String {
    if !crate::lang::text::is_capitalised(like) {
        return other.to_owned();
    }
    let mut letters = other.chars();
    letters.next().map_or_else(String::new, |first| {
        crate::lang::text::upper(&first.to_string(), language.dotless()) + letters.as_str()
    })
}
