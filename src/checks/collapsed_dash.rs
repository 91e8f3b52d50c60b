//! A dash between clauses squeezed into a hyphen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, lexis, text};
use crate::model::{Document, ErrorType, Severity, Span};

/// `collapsed-dash` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CollapsedDash {}

impl Check for CollapsedDash {
    const NAME: &'static str = "collapsed-dash";
    const ERROR_TYPE: ErrorType = ErrorType::Punctuation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("collapsed_dash.md");
}

impl TextCheck for CollapsedDash {
    fn run(&self, text: &Document, _context: &Context, findings: &mut Findings<'_>) {
        let reader = Reader::new(text.language);
        one_sided(text, &reader, findings);
        among_dashes(text, findings);
        for segment in &text.segments {
            let excerpt = segment.span.of(&text.text);
            // Headings of scripts without case set a hyphen between clauses.
            let heading = !text.language.cased && !excerpt.ends_with(['।', '.', '!', '?', '؟']);
            if heading || !excerpt.contains(text::is_hyphen) {
                continue;
            }
            let tokens = running::tokens(text, segment.span);
            let aside = reader.aside(&tokens);
            let mut from = 0;
            while from < tokens.len() {
                let mut to = from;
                while to + 1 < tokens.len() && is_hyphen(tokens[to + 1].gap) {
                    to += 1;
                }
                let paired = aside.contains(&to).then_some((to, 0.75));
                if let Some((cut, confidence)) = reader.cut(&tokens, from, to).or(paired) {
                    let span = tokens[cut - 1].span.join(tokens[cut].span);
                    if !running::in_link(text, span) {
                        report(text, tokens[cut - 1].span, tokens[cut].span, confidence, findings);
                    }
                } else if from > 0 && after_quotation(text, segment.span, &tokens, from) {
                    let quote = tokens[from].gap.chars().next().map_or(0, char::len_utf8);
                    let before = Span::new(tokens[from - 1].span.start, tokens[from - 1].span.end + quote);
                    let after = Span::new(tokens[from].span.start, tokens[to].span.end);
                    report(text, before, after, 0.9, findings);
                }
                from = to + 1;
            }
        }
    }
}

fn report(text: &Document, before: Span, after: Span, confidence: f64, findings: &mut Findings<'_>) {
    let span = before.join(after);
    let written = text.excerpt(span);
    let dash =
        text.language.typography.as_ref().and_then(|part| part.dashes.first()).map_or(" – ", String::as_str);
    let apart = format!("{}{dash}{}", text.excerpt(before), text.excerpt(after));
    findings
        .at(span, format!("the hyphen in “{written}” stands for a dash: “{apart}”"))
        .confidence(confidence)
        .replace_with(apart);
}

struct Reader<'a> {
    language: &'a Language,
    function: &'a std::collections::BTreeSet<&'a str>,
    after: Vec<&'a str>,
    before: Vec<&'a str>,
    particles: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn new(language: &'a Language) -> Self {
        Self {
            language,
            function: running::function_words(language),
            after: running::listed(language, |part| &part.hyphen_after),
            before: running::listed(language, |part| &part.hyphen_before),
            particles: language
                .names
                .as_ref()
                .map(|names| names.particles.iter().map(String::as_str).collect())
                .unwrap_or_default(),
        }
    }

    /// Where in the hyphenated words `from..=to` a dash is lost: the index of the word after it. Only before the
    /// last word: `face-à-face`, `editor-in-chief` have their small word inside.
    fn cut(&self, tokens: &[Token<'_>], from: usize, to: usize) -> Option<(usize, f64)> {
        let (left, right) = (tokens.get(to.checked_sub(1)?)?, &tokens[to]);
        // The clause goes on after the small word.
        let next = tokens.get(to + 1)?;
        if to == from || !next.follows_a_space() || !next.text.chars().any(char::is_alphanumeric) {
            return None;
        }
        if self.language.cased && !right.small() {
            return None;
        }
        let (before, after) = (self.language.lower(left.text), self.language.lower(right.text));
        // `from 1938-the oldest`: a year takes no small word.
        let year = left.text.chars().count() == 4 && left.text.chars().all(|c| c.is_ascii_digit());
        if year && to == from + 1 && after.chars().count() > 1 && self.function.contains(after.as_str()) {
            return Some((to, 0.9));
        }
        if !self.function.contains(after.as_str())
            || after.chars().count() < 2
            || self.after.contains(&after.as_str())
            || self.before.contains(&before.as_str())
            || self.particles.contains(&after.as_str())
            || self.function.contains(before.as_str())
            || before == after
            || lexis::joins(&before, &after, self.language)
            || self.language.numbers.as_ref().is_some_and(|numbers| {
                numbers.words.contains_key(&after)
                    && !(left.capitalised() && numbers.ambiguous.contains(&after))
            })
            || before.chars().count() < 3
            || left.text.chars().any(|character| matches!(character, '\'' | '’'))
        {
            return None;
        }
        let rest = &tokens[from..to];
        // `Stratford-upon-Avon-by`: three parts and more are compounds, unless all before are a name.
        if rest.len() > 1 && !rest.iter().all(Token::capitalised) {
            return None;
        }
        let name = left.capitalised() && !running::may_open(tokens, from);
        // A small word before a small word may be a compound that no list has: both halves must be common.
        if !name && lexis::size(self.language) > 0 && !lexis::known(&before, self.language) {
            return None;
        }
        Some((to, if name { 0.92 } else { 0.85 }))
    }
}

impl Reader<'_> {
    /// The words after the two hyphens of an aside that lost the spaces around its dashes: `the harbour-once a pride
    /// of the town-is empty`. Where compounds with hyphens are many, one of the two must be no compound for certain.
    fn aside(&self, tokens: &[Token<'_>]) -> Vec<usize> {
        if !self.language.cased {
            return Vec::new();
        }
        let squeezed = |at: usize| {
            let (left, right) = (&tokens[at - 1], &tokens[at]);
            let chained = tokens.get(at + 1).is_some_and(|next| next.gap.starts_with(text::is_hyphen))
                || left.gap.ends_with(text::is_hyphen);
            is_hyphen(right.gap) && !chained && self.may_be_two(left, right)
        };
        let places: Vec<usize> = (1..tokens.len()).filter(|&at| squeezed(at)).collect();
        let [first, second] = places[..] else { return Vec::new() };
        let sure = lexis::joined(self.language) < MANY
            || self.cut(tokens, first - 1, first).is_some()
            || self.cut(tokens, second - 1, second).is_some();
        if (4..=16).contains(&(second - first)) && sure && lexis::size(self.language) > 0 {
            places
        } else {
            Vec::new()
        }
    }

    /// Whether two words beside a hyphen are no compound that is known.
    fn may_be_two(&self, left: &Token<'_>, right: &Token<'_>) -> bool {
        let (before, after) = (self.language.lower(left.text), self.language.lower(right.text));
        let known = |word: &str| self.function.contains(word) || lexis::known(word, self.language);
        left.wordy()
            && right.wordy()
            && (right.small() || !self.language.cased)
            && before != after
            && before.chars().count() > 2
            && (after.chars().count() > 1 || self.function.contains(after.as_str()))
            && (left.capitalised() || known(&before))
            && known(&after)
            && !self.after.contains(&after.as_str())
            && !self.before.contains(&before.as_str())
            && !lexis::joins(&before, &after, self.language)
    }
}

/// Joined words of a list from which compounds with hyphens are many.
const MANY: usize = 30;

/// Dashes between spaces that a text must have for a hyphen between spaces to be none of its style.
const DASHES: usize = 2;

/// Hyphens between spaces in a text that sets dashes there: `the mayor - he is 60 - resigned` beside `the bridge – the old one`.
fn among_dashes(text: &Document, findings: &mut Findings<'_>) {
    let space = |letter: Option<char>| matches!(letter, Some(' ' | '\u{a0}'));
    let apart = |&(at, sign): &(usize, &str)| {
        space(text.text.get(..at).and_then(|before| before.chars().next_back()))
            && space(text.text.get(at + sign.len()..).and_then(|after| after.chars().next()))
    };
    let dashes = text.text.match_indices(text::is_dash).filter(apart).count();
    if dashes < DASHES || text.text.match_indices(text::is_hyphen).filter(apart).count() * 2 > dashes {
        return;
    }
    for segment in text.prose() {
        let tokens = running::tokens(text, segment.span);
        for pair in tokens.windows(2) {
            let [left, right] = pair else { continue };
            let mut gap = right.gap.trim_start_matches(text::is_quote).chars();
            let hyphen = space(gap.next()) && gap.next().is_some_and(text::is_hyphen) && space(gap.next());
            let words =
                left.text.chars().any(char::is_alphabetic) && right.text.chars().all(char::is_alphabetic);
            let small = right.small() || !text.language.cased;
            if hyphen && gap.next().is_none() && words && small && !running::in_link(text, right.span) {
                report(text, left.span, right.span, 0.7, findings);
            }
        }
    }
}

/// Dashes that lost the space on one side: `the bridge -built in 1902- stays shut`, `the letter- at last`. A text
/// without any dash that is full of such asides has its own style.
fn one_sided(text: &Document, reader: &Reader<'_>, findings: &mut Findings<'_>) {
    let mut places: Vec<(Span, Span, f64)> = Vec::new();
    for segment in text.prose() {
        let tokens = running::tokens(text, segment.span);
        let side = |at: usize, open: bool| {
            let (Some(left), Some(right)) = (at.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(at))
            else {
                return false;
            };
            let mut gap = right.gap.chars();
            let two = [gap.next(), gap.next()];
            let shape = match two {
                [Some(one), Some(other)] if open => one == ' ' && text::is_hyphen(other),
                [Some(one), Some(other)] => text::is_hyphen(one) && other == ' ',
                _ => false,
            };
            shape
                && gap.next().is_none()
                && left.text.chars().any(char::is_alphanumeric)
                && right.text.chars().any(char::is_alphabetic)
        };
        for at in 1..tokens.len() {
            let (left, right) = (&tokens[at - 1], &tokens[at]);
            let (before, after) = (text.language.lower(left.text), text.language.lower(right.text));
            let enclitic = reader.after.contains(&after.as_str()) || reader.before.contains(&before.as_str());
            if enclitic || running::in_link(text, right.span) {
                continue;
            }
            let closes = (at + 1..tokens.len().min(at + 13)).any(|other| {
                let gap = tokens[other].gap;
                side(other, false) || gap.starts_with(text::is_hyphen) && gap.len() == 2 && gap.ends_with(',')
            });
            let opened = (at.saturating_sub(12)..at).any(|other| side(other, true));
            let small =
                reader.function.contains(after.as_str()) && after.chars().count() > 1 && right.small();
            let known = |word: &str| lexis::rank(word, text.language).is_some_and(|rank| rank < 8000);
            if side(at, true) {
                if closes || small && !reader.function.contains(before.as_str()) {
                    places.push((left.span, right.span, if closes { 0.8 } else { 0.75 }));
                }
            } else if side(at, false) {
                // `pre- and post-war`, `Vor- und Nachteile`, `russo-` before a small word: suspended.
                let apart = right.small()
                    && !running::compounds(text.language)
                    && before.chars().count() > 2
                    && known(&before)
                    && known(&after)
                    && !(reader.function.contains(after.as_str()) && after.chars().count() <= 3)
                    && !reader.function.contains(before.as_str());
                if opened || apart {
                    places.push((left.span, right.span, if opened { 0.8 } else { 0.7 }));
                }
            }
        }
    }
    let dashes = text.text.contains(text::is_dash);
    // Scripts without case set asides between hyphens as often as between dashes.
    let style = !dashes && (places.len() > 4 || !text.language.cased);
    for (before, after, confidence) in places {
        if !style {
            report(text, before, after, confidence, findings);
        }
    }
}

/// Whether the word follows a closing quotation mark and a hyphen, the quotation being a clause of five words
/// or more: `“Titanic”-Regisseur` is a compound.
fn after_quotation(text: &Document, segment: Span, tokens: &[Token<'_>], from: usize) -> bool {
    let mut gap = tokens[from].gap.chars();
    let (Some(quote), Some(hyphen), None) = (gap.next(), gap.next(), gap.next()) else { return false };
    if !matches!(quote, '”' | '’' | '"' | '\'' | '»' | '›' | '“' | '«') || !text::is_hyphen(hyphen)
    {
        return false;
    }
    let start = Span::new(segment.start, tokens[from - 1].span.end).of(&text.text);
    let opening = match quote {
        '”' => '“',
        '’' => '‘',
        '»' => '«',
        '›' => '‹',
        '“' => '„',
        '«' => '»',
        other => other,
    };
    let Some(opened) = start.rfind(opening) else { return false };
    let opened = segment.start + opened;
    tokens[..from].iter().filter(|token| token.span.start > opened).count() >= 5
}

fn is_hyphen(gap: &str) -> bool {
    let mut characters = gap.chars();
    characters.next().is_some_and(text::is_hyphen) && characters.next().is_none()
}
