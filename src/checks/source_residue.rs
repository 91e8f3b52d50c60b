//! A word of the source language left inside a sentence of another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::agreement::nouns_have_capitals;
use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck, residue};
use crate::lang::{self, Language, gazetteer, lexis, slips, tables, text, words};
use crate::model::{Document, ErrorType, Segment, Severity, Span};

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
        let told = neighbours(text, context, findings);
        let others =
            |segment: &Segment, tokens: &[Token<'_>], told: &[&[Span]], findings: &mut Findings<'_>| {
                if !segment.kind.is_prose() {
                    return;
                }
                for (span, source) in residue::of_others(text, segment.span, tokens, english, context) {
                    if !told.iter().any(|told| running::is_told(told, span)) && !running::in_link(text, span)
                    {
                        let message = format!("“{}” is left in {}", text.excerpt(span), source.name);
                        findings.at(span, message).confidence(0.75);
                    }
                }
            };
        sources.retain(|source| !source.same_language(text.language));
        if sources.is_empty() {
            for segment in &text.segments {
                others(segment, &running::tokens(text, segment.span), &[], findings);
            }
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
            let found = if !segment.kind.is_prose() {
                Vec::new()
            } else if latin {
                residue::in_a_row(text, segment.span, &tokens, english, context)
            } else {
                residue::among_other_letters(text, segment.span, english, context)
            };
            let runs: Vec<Span> = runs.into_iter().map(|(span, _)| span).collect();
            let found: Vec<Span> = found
                .into_iter()
                .filter(|span| !runs.iter().any(|run| run.overlaps(*span)) && !running::in_link(text, *span))
                .collect();
            for &span in &found {
                findings.at(span, format!("“{}” is left in English", text.excerpt(span))).confidence(0.75);
            }
            let mut runs = [runs, found].concat();
            runs.sort_unstable_by_key(|run| run.start);
            others(segment, &tokens, &[&told, &runs], findings);
            for index in 0..tokens.len() {
                if !latin {
                    if segment.kind.is_prose()
                        && let Some(span) = reader.in_another_script(text, segment.span, &tokens, index)
                        && !runs.iter().any(|run| run.overlaps(span))
                        && !running::in_link(text, span)
                    {
                        findings
                            .at(span, format!("“{}” is left in English", text.excerpt(span)))
                            .confidence(0.75);
                    }
                    continue;
                }
                if runs.iter().any(|span| span.overlaps(tokens[index].span)) {
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

/// Two words or more in a row of a neighbouring language that the text's own language does not have: Russian in Ukrainian.
/// Where they are, in order.
fn neighbours(text: &Document, context: &Context, findings: &mut Findings<'_>) -> Vec<Span> {
    let target = text.language;
    let mut told = Vec::new();
    if lexis::size(target) < 4000 {
        return told;
    }
    for neighbour in tables::neighbours(target).iter().copied().filter_map(lang::find) {
        for segment in text.prose() {
            let tokens = running::tokens(text, segment.span);
            let foreign = |token: &Token<'_>| {
                let lower = target.lower(token.text);
                token.small()
                    && token.text.chars().count() >= 4
                    && lexis::rank(&lower, neighbour).is_some_and(|rank| rank < 8000)
                    && !slips::is_word(&lower, target)
                    && !context.known.contains(&text::fold(token.text))
            };
            // One word is enough with a letter that the language has not: ы in Ukrainian.
            let odd = |token: &Token<'_>| {
                let lower = target.lower(token.text);
                token.small()
                    && token.wordy()
                    && token.text.chars().count() >= 4
                    && lower.chars().any(|letter| letter.is_alphabetic() && !lexis::writes(letter, target))
                    && lower.chars().all(|letter| lexis::writes(letter, neighbour))
                    && slips::is_word(&lower, neighbour)
                    && !slips::is_word(&lower, target)
                    && !context.known.contains(&text::fold(token.text))
            };
            let foreign = |token: &Token<'_>| foreign(token) || odd(token);
            let mut index = 0;
            while index < tokens.len() {
                let first = index;
                while index < tokens.len()
                    && foreign(&tokens[index])
                    && (index == first || tokens[index].follows_a_space())
                {
                    index += 1;
                }
                if (index - first >= 2
                    || index > first && text.language.script != "Latn" && odd(&tokens[first]))
                    && (!running::in_quotation(text, segment.span, tokens[first].span)
                        || residue::shares_a_quotation(&tokens, first, target))
                {
                    let span = tokens[first].span.join(tokens[index - 1].span);
                    findings
                        .at(span, format!("“{}” is left in {}", text.excerpt(span), neighbour.name))
                        .confidence(0.8);
                    told.push(span);
                }
                index = index.max(first + 1);
            }
        }
    }
    told.sort_unstable_by_key(|span| span.start);
    told
}

struct Reader<'a> {
    target: &'a Language,
    sources: Vec<&'static Language>,
    context: &'a Context,
}

/// Whether a run of Latin words goes over into words of another script: a quotation that is half translated.
fn joins_other_script(text: &Document, run: &[Token<'_>]) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    let other =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let before = text.text.get(..first.span.start).unwrap_or_default();
    let after = text.text.get(last.span.end..).unwrap_or_default();
    text.language.script != "Latn"
        && (other(before.trim_end().chars().next_back()) || other(after.trim_start().chars().next()))
}

/// Whether a text is a name of a country, and nothing else.
fn is_country(written: &str, language: &Language) -> bool {
    let hits = gazetteer::index(language).scan(written, language);
    hits.iter().any(|hit| {
        hit.range == (0..written.len())
            && hit.rows.first().is_some_and(|row| {
                row.kind == gazetteer::Kind::Place
                    && row.key.strip_prefix("place:").is_some_and(|code| code.len() == 2)
            })
    })
}

/// Whether the word opens sentences of its language and is one of no other: *Meanwhile*.
fn is_opener(word: &Token<'_>, language: &Language) -> bool {
    let lower = language.lower(word.text);
    language.function_words.as_ref().is_some_and(|part| part.openers.contains(&lower))
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
            return self.possessive(text, stem, token, tokens.get(index + 1));
        }
        let lower = self.target.lower(token.text);
        if !lower.chars().all(|letter| letter.is_ascii_lowercase())
            || lower.len() < 4
            || lexis::size(self.target) < 4000
            || tables::is_loan(&lower)
            || self.context.known.contains(&text::fold(token.text))
            || self.context.has_word(&lower, self.target)
        {
            return None;
        }
        let known = lexis::known(&lower, self.target);
        let heavy = |source: &Language| {
            token.small()
                && residue::weight(&lower, self.target, source) >= residue::HEAVY_ALONE
                && residue::spread(&lower, self.target, source) <= 1
        };
        let source = self.sources.iter().find(|source| {
            lexis::rank(&lower, source).is_some_and(|rank| rank < 8000)
                && (heavy(source) || !known && in_company(&lower, self.target, source))
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
                && !(heavy(source) && residue::shares_a_quotation(tokens, index, self.target))
            || !matches!(token.gap, " " | "" | "\u{a0}" | ", ")
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
        let common = self.target.cased
            && (heavy(source)
                || lexis::rank(&lower, source).is_some_and(|rank| rank < 8000)
                    && lexis::spread(&lower, source) == 0
                    && !lexis::seen(&lower, self.target)
                    && (residue::looks_english(&lower)
                        || lexis::plausible(&lower, self.target) <= residue::PLAUSIBLE)
                    && !slips::is_word(&lower, self.target));
        let copied = self
            .context
            .source
            .as_deref()
            .is_some_and(|text| words::words(text).any(|word| word.text == token.text));
        if !copied && !common && lexis::plausible(&lower, self.target) > 0.55 {
            return None;
        }
        // Where nouns have capitals, so have words of the language.
        let nouns = nouns_have_capitals(self.target);
        let own = |token: &Token<'_>| {
            token.small() || nouns && lexis::known(&self.target.lower(token.text), self.target)
        };
        let neighbours = before.is_some_and(own) || after.is_some_and(own);
        neighbours.then_some((0.75, left))
    }

    /// An English name of a country, alone among words of another script.
    fn in_another_script(
        &self,
        text: &Document,
        segment: Span,
        tokens: &[Token<'_>],
        index: usize,
    ) -> Option<Span> {
        let english = self.sources.last()?;
        if !self.target.spaced {
            return None;
        }
        let latin = |token: &Token<'_>| token.text.chars().all(|letter| letter.is_ascii_alphabetic());
        let mut end = index;
        while tokens.get(end).is_some_and(|token| latin(token) && (end == index || token.gap == " ")) {
            end += 1;
        }
        let (first, last) = (tokens.get(index)?, tokens.get(end.checked_sub(1)?)?);
        let span = first.span.join(last.span);
        let before = index.checked_sub(1).map(|before| &tokens[before]);
        let after = tokens.get(end).map_or("", |after| after.gap);
        let plain = |gap: &str| gap.chars().all(char::is_whitespace);
        let alone = plain(first.gap)
            && (plain(after) || matches!(after.trim(), "," | "." | "،" | ";"))
            && before.is_none_or(|before| !latin(before) && !before.text.chars().any(char::is_numeric))
            && !running::in_quotation(text, segment, span);
        // Acronyms are written in Latin letters everywhere: *UK*.
        let country = !first.small()
            && !text::is_all_capitals(text.excerpt(span))
            && is_country(text.excerpt(span), english);
        let known = self.context.known.contains(&text::fold(text.excerpt(span)));
        let copied = self.context.source.as_deref().is_some_and(|source| source.contains(text.excerpt(span)));
        (alone && country && !known && !copied).then_some(span)
    }

    /// Two words or more in a row of another language, one of them a function word, and a lone function word that
    /// opens a sentence: *standing on the deck*, *However*.
    fn runs(&self, text: &Document, segment: Span, tokens: &[Token<'_>]) -> Vec<(Span, &'static str)> {
        let mut out = Vec::new();
        // Without a list of the language's own words only three in a row tell.
        let fewest = if self.target.script == "Latn" && lexis::size(self.target) < 4000 { 3 } else { 2 };
        for source in &self.sources {
            let function = running::function_words(source);
            let reporting = tables::reporting(source);
            let dated = |token: &Token<'_>| {
                let lower = source.lower(token.text);
                source.dates.as_ref().is_some_and(|dates| {
                    dates.months.contains_key(&lower) || dates.weekdays.contains_key(&lower)
                })
            };
            let foreign = |token: &Token<'_>| {
                let lower = self.target.lower(token.text);
                token.text.chars().all(|letter| letter.is_ascii_alphabetic())
                    && (dated(token)
                        || lexis::rank(&lower, source)
                            .is_some_and(|rank| rank < 4000 || fewest > 2 || self.target.script != "Latn"))
                    && !lexis::seen(&lower, self.target)
                    && !self.context.known.contains(&text::fold(token.text))
            };
            let mut index = 0;
            while index < tokens.len() {
                let first = index;
                let told = |index: usize| {
                    let lower = self.target.lower(tokens[index].text);
                    index > first
                        && reporting.contains(&self.target.lower(tokens[index - 1].text).as_str())
                        && lexis::rank(&lower, source).is_some()
                        && !lexis::seen(&lower, self.target)
                };
                while index < tokens.len()
                    && (foreign(&tokens[index]) || told(index))
                    && (index == first || tokens[index].gap == " ")
                {
                    index += 1;
                }
                let run = &tokens[first..index];
                index = index.max(first + 1);
                let [head, rest @ ..] = run else { continue };
                let last = rest.last().unwrap_or(head);
                let is_function = |token: &Token<'_>| {
                    let lower = source.lower(token.text);
                    function.contains(lower.as_str()) || reporting.contains(&lower.as_str())
                };
                let title = rest.iter().any(|token| token.capitalised() && !dated(token))
                    || (head.capitalised() && first > 0 && !dated(head) && !joins_other_script(text, run));
                // In another script no word is the language's own; what stands in brackets is a reading.
                let apart = !matches!(self.target.script.as_str(), "Latn" | "Jpan" | "Hans" | "Hant")
                    && run.len() >= 2
                    && run.iter().all(|token| token.small() && token.text.len() >= 3)
                    && !head.gap.contains(['(', '[', '«']);
                let long = run.len() >= fewest
                    && (apart || run.iter().any(is_function))
                    && head.text.len() + last.text.len() > 5;
                let opens = rest.is_empty()
                    && fewest == 2
                    && first == 0
                    && head.capitalised()
                    && head.text.len() >= 5
                    && is_function(head)
                    && text
                        .text
                        .get(head.span.end..)
                        .is_some_and(|after| after.starts_with([',', '，', '、', '،', ' ']));
                let adverb = first == 0 && rest.len() < 2 && head.capitalised() && is_opener(head, source);
                let quoted = running::in_quotation(text, segment, head.span)
                    && !(run.len() >= 3 && joins_other_script(text, run))
                    && !(run.len() >= 4 && self.follows_own(tokens, first));
                if (!title && (long || opens) || adverb) && !quoted {
                    out.push((head.span.join(last.span), source.name.as_str()));
                }
            }
        }
        out
    }

    /// Whether words of the language stand right before a run, in one quotation with it.
    fn follows_own(&self, tokens: &[Token<'_>], first: usize) -> bool {
        let plain = |gap: &str| !gap.contains(|sign: char| text::is_quote(sign) || matches!(sign, '.' | ':'));
        first >= 3
            && plain(tokens[first].gap)
            && (first - 3..first).all(|at| {
                (at + 3 == first || plain(tokens[at].gap))
                    && lexis::known(&self.target.lower(tokens[at].text), self.target)
            })
    }

    /// `Azerbaijão’s`: an English ending on a word that English does not write so.
    fn possessive(
        &self,
        text: &Document,
        stem: &str,
        token: &Token<'_>,
        next: Option<&Token<'_>>,
    ) -> Option<(f64, String)> {
        let natural = self.target.names.as_ref().is_some_and(|names| {
            names.endings.iter().any(|(ending, _)| matches!(ending.as_str(), "’s" | "'s" | "s"))
        });
        let english = self.sources.iter().any(|source| source.primary() == "en");
        if natural || !english || stem.chars().count() < 3 || stem.contains(['\'', '’']) {
            return None;
        }
        let lower = self.target.lower(stem);
        // A name that the text writes without the ending too: `A Nordkai’s frota`, not `a Moody’s`.
        let bare = || {
            text::is_capitalised(stem)
                && next.is_some_and(|next| next.small() && lexis::known(next.text, self.target))
                && text.text.match_indices(stem).any(|(at, _)| {
                    let after = text.text.get(at + stem.len()..).unwrap_or_default();
                    !after.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '’' | '\''))
                })
        };
        let own =
            !stem.is_ascii() || (!text::is_capitalised(stem) && lexis::known(&lower, self.target)) || bare();
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
