//! A word of the source language left inside a sentence of another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{self, Language, lexis, text, words};
use crate::model::{Document, ErrorType, Severity, Span};

/// `source-residue` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceResidue {}

impl Check for SourceResidue {
    const NAME: &'static str = "source-residue";
    const ERROR_TYPE: ErrorType = ErrorType::Untranslated;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("source_residue.md");
}

impl TextCheck for SourceResidue {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let Some(english) = lang::find("en") else { return };
        if text.language.primary() == "und" {
            return;
        }
        let latin = text.language.script == "Latn";
        let mut sources: Vec<&Language> = vec![english];
        if let Some(source) = context.source_language
            && !source.same_language(english)
            && source.script == "Latn"
        {
            sources.insert(0, source);
        }
        sources.retain(|source| !source.same_language(text.language));
        if sources.is_empty() {
            return;
        }
        let reader = Reader { target: text.language, sources, context };
        for segment in &text.segments {
            let tokens = running::tokens(text, segment.span);
            let runs =
                if segment.kind.is_prose() { reader.runs(text, segment.span, &tokens) } else { Vec::new() };
            for &(span, source) in &runs {
                findings.at(span, format!("“{}” is left in {source}", text.excerpt(span))).confidence(0.85);
            }
            let single = if latin { tokens.len() } else { 0 };
            for index in 0..single {
                if runs.iter().any(|(span, _)| span.overlaps(tokens[index].span)) {
                    continue;
                }
                let Some((confidence, message)) = reader.judge(text, segment.span, &tokens, index) else {
                    continue;
                };
                let span = tokens[index].span;
                // Web furniture is foreign often enough: only a name's ending or an office tells there.
                if !segment.kind.is_prose() && !tokens[index].capitalised() {
                    continue;
                }
                if !running::in_link(text, span) {
                    findings.at(span, message).confidence(confidence);
                }
            }
        }
    }
}

struct Reader<'a> {
    target: &'a Language,
    sources: Vec<&'static Language>,
    context: &'a Context,
}

impl Reader<'_> {
    fn judge(
        &self,
        text: &Document,
        segment: Span,
        tokens: &[Token<'_>],
        index: usize,
    ) -> Option<(f64, String)> {
        let token = &tokens[index];
        if !token.wordy() {
            return None;
        }
        if let Some(stem) = token.text.strip_suffix("’s").or_else(|| token.text.strip_suffix("'s")) {
            return self.possessive(stem, token, tokens.get(index + 1));
        }
        let lower = self.target.lower(token.text);
        if !lower.chars().all(|letter| letter.is_ascii_lowercase())
            || lower.len() < 4
            || self.target.script == "Latn" && lexis::size(self.target) < 4000
            || lexis::known(&lower, self.target)
            || self.context.known.contains(&text::fold(token.text))
            || self.context.has_word(&lower, self.target)
        {
            return None;
        }
        let source = self.sources.iter().find(|source| {
            lexis::rank(&lower, source).is_some_and(|rank| rank < 4000)
                && in_company(&lower, self.target, source)
        })?;
        // A run of such words is a title, a quotation or a passage, which other checks see.
        let foreign = |token: Option<&Token<'_>>| {
            token.is_some_and(|token| {
                let lower = self.target.lower(token.text);
                lexis::rank(&lower, source)
                    .is_some_and(|rank| lexis::rank(&lower, self.target).is_none_or(|own| own > 20 * rank))
            })
        };
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let after = tokens.get(index + 1);
        if foreign(before)
            || foreign(after)
            || running::in_quotation(text, segment, token.span)
            || !matches!(token.gap, " " | "" | "\u{a0}")
            || after.is_some_and(|after| after.gap.starts_with(['-', ')', '\'', '’', '”', '"', '/']))
        {
            return None;
        }
        let left = format!("“{}” is left in {}", token.text, source.name);
        if token.capitalised() {
            // An office, which is translated; other words with a capital may be names.
            let alone = before.is_some_and(Token::small)
                && after.is_none_or(|after| after.small() || !after.follows_a_space());
            return (alone && is_role(&lower, source)).then_some((0.8, left));
        }
        // Without the source only letters that the language does not put together tell a foreign word from a rare
        // one of its own.
        let common = lexis::rank(&lower, source).is_some_and(|rank| rank < 1200)
            && !lexis::seen(&lower, self.target)
            && self.target.cased
            // A loan is short, or not so frequent at home.
            || self.target.script != "Latn"
                && lower.len() >= 6
                && lexis::rank(&lower, source).is_some_and(|rank| rank < 3000);
        let copied = self
            .context
            .source
            .as_deref()
            .is_some_and(|text| words::words(text).any(|word| word.text == token.text));
        if !copied && !common && lexis::plausible(&lower, self.target) > 0.55 {
            return None;
        }
        let neighbours = before.is_some_and(Token::small) || after.is_some_and(Token::small);
        neighbours.then_some((0.75, left))
    }

    /// Two words or more in a row of another language, one of them a function word, and a lone function word that
    /// opens a sentence: *standing on the deck*, *However*.
    fn runs(&self, text: &Document, segment: Span, tokens: &[Token<'_>]) -> Vec<(Span, &'static str)> {
        let mut out = Vec::new();
        if self.target.script == "Latn" && lexis::size(self.target) < 4000 {
            return out;
        }
        for source in &self.sources {
            let function = running::function_words(source);
            let foreign = |token: &Token<'_>| {
                let lower = self.target.lower(token.text);
                token.text.chars().all(|letter| letter.is_ascii_alphabetic())
                    && lexis::rank(&lower, source)
                        .is_some_and(|rank| rank < 4000 || self.target.script != "Latn")
                    && !lexis::seen(&lower, self.target)
                    && !self.context.known.contains(&text::fold(token.text))
            };
            let mut index = 0;
            while index < tokens.len() {
                let first = index;
                while index < tokens.len()
                    && foreign(&tokens[index])
                    && (index == first || tokens[index].gap == " ")
                {
                    index += 1;
                }
                let run = &tokens[first..index];
                index = index.max(first + 1);
                let [head, rest @ ..] = run else { continue };
                let last = rest.last().unwrap_or(head);
                let is_function = |token: &Token<'_>| function.contains(source.lower(token.text).as_str());
                let title = rest.iter().any(Token::capitalised) || (head.capitalised() && first > 0);
                let long =
                    !rest.is_empty() && run.iter().any(is_function) && head.text.len() + last.text.len() > 5;
                let opens = rest.is_empty()
                    && first == 0
                    && head.capitalised()
                    && head.text.len() >= 5
                    && is_function(head)
                    && text
                        .text
                        .get(head.span.end..)
                        .is_some_and(|after| after.starts_with([',', '，', '、', '،', ' ']));
                // `Meanwhile, …`, `According to …`: what follows may be a word of both languages.
                let lower = self.target.lower(head.text);
                let next = tokens.get(first + 1);
                let heads = rest.is_empty()
                    && first == 0
                    && head.capitalised()
                    && head.text.len() >= 5
                    && self.target.script == "Latn"
                    && lexis::rank(&lower, source).is_some_and(|rank| rank < 2000)
                    && in_company(&lower, self.target, source)
                    && next.is_some_and(|next| {
                        next.gap.starts_with(',')
                            || next.small() && next.text.len() > 1 && is_function(next) && next.gap == " "
                    });
                if !title && (long || opens || heads) && !running::in_quotation(text, segment, head.span) {
                    out.push((head.span.join(last.span), source.name.as_str()));
                }
            }
        }
        out
    }

    /// `Azerbaijão’s`: an English ending on a word that English does not write so.
    fn possessive(&self, stem: &str, token: &Token<'_>, next: Option<&Token<'_>>) -> Option<(f64, String)> {
        let natural = self.target.names.as_ref().is_some_and(|names| {
            names.endings.iter().any(|(ending, _)| matches!(ending.as_str(), "’s" | "'s" | "s"))
        });
        let english = self.sources.iter().any(|source| source.primary() == "en");
        if natural || !english || stem.chars().count() < 3 || stem.contains(['\'', '’']) {
            return None;
        }
        let lower = self.target.lower(stem);
        let own = !stem.is_ascii() || (!text::is_capitalised(stem) && lexis::known(&lower, self.target));
        let goes_on = next.is_some_and(Token::follows_a_space);
        (own && goes_on).then(|| (0.95, format!("“{}” keeps the English possessive", token.text)))
    }
}

/// Whether the word is one of the source alone: a loan is in other languages too.
fn in_company(word: &str, target: &Language, source: &Language) -> bool {
    let others = lexis::spread(word, target);
    others <= 1 + usize::from(lexis::rank(word, source).is_some_and(|rank| rank < 300))
}

fn is_role(word: &str, language: &Language) -> bool {
    language.roles.as_ref().is_some_and(|roles| {
        roles.forms.values().flatten().any(|form| form.split(' ').any(|part| part == word))
    })
}
