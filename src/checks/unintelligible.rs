//! A passage that nobody can read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::opening;
use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::order::{self, Class};
use crate::lang::{Language, lexis, tables, text};
use crate::model::{Document, ErrorType, Severity};

/// `unintelligible` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Unintelligible {}

impl Check for Unintelligible {
    const NAME: &'static str = "unintelligible";
    const ERROR_TYPE: ErrorType = ErrorType::Unintelligible;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("unintelligible.md");
}

impl TextCheck for Unintelligible {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        for segment in text.prose() {
            let stretch = text.excerpt(segment.span);
            if context.source.as_deref().is_some_and(|source| source.contains(stretch)) {
                continue;
            }
            let tokens = running::tokens(text, segment.span);
            let confidence = if is_noise(&tokens, text.language) {
                0.85
            } else if is_salad(stretch, &tokens, text.language) || is_shuffled(stretch, text.language) {
                0.75
            } else {
                continue;
            };
            findings
                .at(segment.span, format!("this makes no sense: “{}”", opening(stretch, 60)))
                .confidence(confidence)
                .suggest("translate the sentence again");
        }
    }
}

/// Words of a passage that can be judged.
const LEAST: usize = 3;

/// Whether most words are letters hit by chance: they hold sequences that no word of the language has.
fn is_noise(tokens: &[Token<'_>], language: &Language) -> bool {
    let judged: Vec<&Token<'_>> = tokens
        .iter()
        .filter(|token| {
            token.small() && token.text.chars().count() >= 4 && !token.text.chars().any(text::is_unspaced)
        })
        .collect();
    if lexis::size(language) == 0 || judged.len() < LEAST || judged.len() * 2 < tokens.len() {
        return false;
    }
    let noise = judged.iter().filter(|token| {
        !lexis::seen(token.text, language)
            && lexis::plausible(token.text, language) < 0.4
            && lexis::rank_elsewhere(token.text, language).is_none()
    });
    noise.count() * 10 >= judged.len() * 7
}

/// Whether words follow each other as in no sentence: it ends with a conjunction after a full word, and small words
/// pile up.
fn is_salad(stretch: &str, tokens: &[Token<'_>], language: &Language) -> bool {
    let function = running::function_words(language);
    let small = |token: &Token<'_>| function.contains(language.lower(token.text).as_str());
    let [.., before, last] = tokens else { return false };
    let ends = is_conjunction(last.text, language) && last.follows_a_space() && !small(before);
    let runs = tokens.windows(3).filter(|three| three.iter().all(small));
    tokens.len() >= 8 && stretch.ends_with('.') && !stretch.contains(',') && ends && runs.count() > 0
}

/// Whether the words follow each other as by chance, and worse: far below any sentence of news.
fn is_shuffled(stretch: &str, language: &Language) -> bool {
    let Some(order) = order::of(language) else { return false };
    let classes: Vec<Class> = order.classes(stretch, language).into_iter().map(|(class, ..)| class).collect();
    let words = classes.iter().filter(|class| order.is_word(**class)).count();
    // A cry or a rhyme says the same again and again.
    let mut different = classes.clone();
    different.sort_unstable();
    different.dedup();
    if different.len() * 3 < classes.len() * 2 {
        return false;
    }
    let enough = classes.len() >= LEAST_IN_ORDER && words * 3 >= classes.len();
    let demanded = if order.size() < MUCH_TEXT { -3.3 } else { -2.5 };
    // What is said is cut out of its sentence: its edges follow on nothing.
    let quoted = if stretch.contains(text::is_quote) { 0.4 } else { 0.0 };
    let demanded = demanded - quoted;
    enough && order.fluency(&classes) < demanded
}

/// Words, marks and edges of a passage whose order can be judged.
const LEAST_IN_ORDER: usize = 11;
/// Words of a text that shows what follows what.
const MUCH_TEXT: f64 = 150_000.0;

/// Whether the word joins a clause that must follow.
fn is_conjunction(word: &str, language: &Language) -> bool {
    tables::conjunctions(language).contains(&language.lower(word).as_str())
}
