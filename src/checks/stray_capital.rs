//! A function word with a capital inside a sentence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::text::is_upper;
use crate::lang::{Language, gazetteer, lexis, tables, text, words};
use crate::model::{Document, ErrorType, NameKind, SegmentKind, Severity, Value};

/// `stray-capital` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StrayCapital {}

impl Check for StrayCapital {
    const NAME: &'static str = "stray-capital";
    const ERROR_TYPE: ErrorType = ErrorType::Spelling;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("stray_capital.md");
}

impl TextCheck for StrayCapital {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        if !text.language.cased || text.language.function_words.is_none() {
            return;
        }
        let reader = Reader::new(text.language);
        for segment in text.prose().filter(|segment| segment.kind != SegmentKind::Byline) {
            let tokens = running::tokens(text, segment.span);
            if running::is_title(segment.span.of(&text.text), &tokens) {
                continue;
            }
            // The first line of a text with more below it in the same paragraph.
            let mut lines = text.prose();
            let first = lines.next().is_some_and(|first| first.span == segment.span);
            let opens = first && lines.next().is_some_and(|next| next.paragraph == segment.paragraph);
            // A heading that has no line of its own has run into the beginning of a text, or into a short one.
            let heading = text.segments.last().is_none_or(|last| last.paragraph < 3)
                && (text.prose().take(2).any(|early| early.span == segment.span)
                    || text.prose().nth(4).is_none());
            let sentence = segment.span.of(&text.text).ends_with(['.', '!', '?', '…', '”', '"', '»', '’']);
            let capitals = tokens.iter().filter(|token| token.capitalised()).count();
            let (small, mixed) = (capitals * 3 <= tokens.len(), capitals * 2 <= tokens.len());
            let place = Place { sentence, opens, heading, small, mixed };
            for index in 1..tokens.len() {
                let judged =
                    reader.judge(&tokens, index, place).or_else(|| reader.common(&tokens, index, place));
                let Some(confidence) = judged else { continue };
                let token = &tokens[index];
                let small = text.language.lower(token.text);
                // A brand comes again, or the source has it, too: *the platform Solid*.
                let source = context.source.as_deref().unwrap_or_default();
                let common = !reader.function.contains(small.as_str());
                let brand = common && (comes_again(&text.text, token.text) || has_word(source, token.text));
                if brand || running::in_link(text, token.span) || is_part_of_a_name(text, token) {
                    continue;
                }
                findings
                    .at(token.span, format!("“{}” has a capital inside the sentence", token.text))
                    .confidence(confidence)
                    .replace_with(small);
            }
        }
    }
}

/// Whether the text gives the word as a first name or surname elsewhere: *Will* after *Will Morgan*.
fn is_part_of_a_name(text: &Document, token: &Token<'_>) -> bool {
    let before_a_name = text.text.match_indices(token.text).any(|(at, word)| {
        let after = text.text.get(at + word.len()..).unwrap_or_default();
        after.strip_prefix(' ').is_some_and(|next| next.starts_with(is_upper))
    });
    if before_a_name && gazetteer::is_given_name(token.text) {
        return true;
    }
    text.mentions().any(|mention| {
        let person = matches!(&mention.value, Value::Name(name) if name.kind == NameKind::Person);
        let several = words::words(text.excerpt(mention.span)).nth(1).is_some();
        let mut parts = words::words(text.excerpt(mention.span));
        person && !mention.span.overlaps(token.span) && several && parts.any(|part| part.text == token.text)
    })
}

fn has_word(text: &str, word: &str) -> bool {
    text.contains(word) && words::words(text).any(|other| other.text == word)
}

/// Whether the word, as written, stands in the text a second time behind a space.
fn comes_again(text: &str, word: &str) -> bool {
    let whole = |&(at, word): &(usize, &str)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        before == Some(' ') && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(word).filter(whole).take(2).count() > 1
}

/// The passage that a word is in.
#[derive(Clone, Copy)]
struct Place {
    /// Whether it ends as a sentence does.
    sentence: bool,
    /// Whether it is the first of the text.
    opens: bool,
    /// Whether a heading may be in it.
    heading: bool,
    /// Whether most of its words are small.
    small: bool,
    /// Whether no more of its words have capitals than have none.
    mixed: bool,
}

struct Reader<'a> {
    language: &'a Language,
    function: &'a std::collections::BTreeSet<&'a str>,
    allowed: Vec<&'a str>,
    particles: Vec<&'a str>,
    labelled: Vec<&'a str>,
    numbers: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn new(language: &'a Language) -> Self {
        let typography = language.typography.as_ref();
        let names = language.names.as_ref();
        Self {
            language,
            function: running::function_words(language),
            allowed: typography
                .map(|part| part.capitals.iter().map(String::as_str).collect())
                .unwrap_or_default(),
            particles: names
                .map(|part| part.particles.iter().map(String::as_str).collect())
                .unwrap_or_default(),
            numbers: language
                .numbers
                .as_ref()
                .map(|part| part.words.keys().map(String::as_str).collect())
                .unwrap_or_default(),
            labelled: typography
                .map(|part| part.labelled.iter().map(String::as_str).collect())
                .unwrap_or_default(),
        }
    }

    /// How surely the capital of a word is out of place.
    fn judge(&self, tokens: &[Token<'_>], index: usize, place: Place) -> Option<f64> {
        let (token, before) = (&tokens[index], &tokens[index - 1]);
        if !token.wordy() || !token.capitalised() || !is_title_case(token.text) {
            return None;
        }
        let word = self.language.lower(token.text);
        if !self.function.contains(word.as_str())
            || self.allowed.contains(&word.as_str())
            || self.allowed.contains(&token.text)
            || running::may_open(tokens, index)
            || !token.follows_a_space()
            || before.text.chars().any(char::is_numeric)
            || self.numbers.contains(&word.as_str()) && before.capitalised()
        {
            return None;
        }
        let nouns_have_capitals = self.allowed.contains(&"*");
        if place.opens && heads_a_sentence(tokens, index, true) {
            return None;
        }
        let single = word.chars().count() == 1;
        let next = tokens.get(index + 1);
        let next_small = next.is_some_and(|next| next.small() && matches!(next.gap, " " | ", " | "\u{a0}"));
        let before_small = before.small();
        if single {
            // `vitamin A is`, `group E, which`: a letter that labels.
            let label = self.labelled.iter().any(|stem| self.language.lower(before.text).starts_with(stem));
            let others = tokens.iter().enumerate().any(|(other, label)| {
                other != index
                    && label.text != token.text
                    && label.text.chars().count() == 1
                    && label.capitalised()
                    && other > 0
                    && tokens[other - 1].text == before.text
            });
            return (before_small
                && next_small
                && !label
                && !others
                && !nouns_have_capitals
                && !self.function.contains(before.text))
            .then_some(0.75);
        }
        let determiner = |word: &str| {
            let grammar = self.language.grammar.as_ref();
            grammar.is_some_and(|grammar| grammar.determiners.contains_key(word))
        };
        if next_small {
            if place.heading && heads_a_sentence(tokens, index, false) {
                return None;
            }
            if nouns_have_capitals {
                // A nominalised word has its article: `das Aus für`.
                let free = !self.function.contains(before.text) || !determiner(before.text);
                return (before_small && free).then_some(0.7);
            }
            if before_small {
                return Some(0.9);
            }
            // After a name of one word: `on X No`; longer names may end in a small word, and a heading may have a
            // subtitle after a name.
            let lone = place.sentence
                && index >= 2
                && tokens[index - 2].small()
                && before.follows_a_space()
                && !self.function.contains(self.language.lower(before.text).as_str());
            return lone.then_some(0.7);
        }
        // Before a capital only what never begins a name: a small word of names that stands before a common noun.
        let noun = next.filter(|next| next.follows_a_space() && next.capitalised())?;
        let common = self.language.lower(noun.text);
        // `rozmawiał Z Wroną`: no name begins with a word that is always small.
        let always = before_small
            && place.sentence
            && lexis::always_small(&word, self.language)
            && !before.gap.contains(text::is_quote)
            && !token.gap.contains(text::is_quote);
        if always {
            return Some(0.65);
        }
        // `bei Einem Brand`, where every noun has a capital; an article may begin a name: `laut Die Zeit`.
        if nouns_have_capitals && before_small && place.sentence {
            return (!determiner(before.text) && word.chars().count() > 3).then_some(0.65);
        }
        let stray = before_small
            && !nouns_have_capitals
            && self.particles.contains(&word.as_str())
            && self.is_contraction(&word)
            && common.chars().count() >= 7
            && !self.function.contains(common.as_str())
            && (lexis::known(&common, self.language) || self.has_noun_ending(&common));
        stray.then_some(0.75)
    }

    /// How surely a common word with a capital stands between small ones for nothing: one that is never written so.
    fn common(&self, tokens: &[Token<'_>], index: usize, place: Place) -> Option<f64> {
        let (token, before) = (&tokens[index], &tokens[index - 1]);
        if !is_title_case(token.text) || self.allowed.contains(&"*") {
            return None;
        }
        let word = self.language.lower(token.text);
        let never = self.is_never_a_name(&word);
        let next = tokens.get(index + 1);
        let goes_on = match next {
            Some(next) => {
                let behind = self.function.contains(self.language.lower(before.text).as_str());
                next.small() && (next.follows_a_space() || never && behind && next.gap == ", ")
            }
            None => never && place.sentence,
        };
        // `We Think that`: a small word opens the sentence.
        let opening = || {
            never
                && running::may_open(tokens, index - 1)
                && self.function.contains(self.language.lower(before.text).as_str())
        };
        let stray = token.follows_a_space()
            && !running::may_open(tokens, index)
            && (before.small() || opening())
            && goes_on
            // `Agencia de Mitigación de …`: a small word joins a name.
            && (never || !(index >= 2 && tokens[index - 2].capitalised()))
            && !tokens.get(index + 2).is_some_and(Token::capitalised)
            && !self.numbers.contains(&word.as_str())
            && (place.small || never && place.mixed)
            && !self.allowed.contains(&token.text)
            && (never || lexis::always_small(&word, self.language))
            // No heading ends with a small word.
            && (!(place.heading || place.opens)
                || !heads_a_sentence(tokens, index, place.opens)
                || self.function.contains(self.language.lower(before.text).as_str())
                    && next.is_some_and(|next| self.function.contains(next.text)));
        stray.then_some(0.7)
    }

    /// Whether the word is of a kind that gives no names: a form of a verb, an adverb, a month.
    fn is_never_a_name(&self, word: &str) -> bool {
        let ends_so = |ending: &str| word.len() > ending.len() && word.ends_with(ending);
        let dated = || {
            let dates = self.language.dates.as_ref();
            // `May`, short for `mayo`, is a name.
            let long = word.chars().count() > 3;
            long && dates
                .is_some_and(|dates| dates.months.contains_key(word) || dates.weekdays.contains_key(word))
        };
        tables::small_words(self.language).iter().any(|kind| match kind.strip_prefix('~') {
            Some(ending) => ends_so(ending) && lexis::seen(word, self.language),
            None => *kind == "@calendar" && dated(),
        })
    }

    /// Whether the word ends as the common nouns do whose gender the ending tells.
    fn has_noun_ending(&self, word: &str) -> bool {
        self.language
            .grammar
            .as_ref()
            .is_some_and(|grammar| grammar.noun_endings.keys().any(|ending| word.ends_with(ending.as_str())))
    }

    /// Whether a preposition and an article are joined in the word (da, della): it, or its form in the other
    /// gender, ends in a shorter determiner. Articles alone begin names, contractions do not.
    fn is_contraction(&self, word: &str) -> bool {
        let Some(grammar) = self.language.grammar.as_ref() else { return false };
        let ends_in_one = |word: &str| {
            grammar.determiners.contains_key(word)
                && word
                    .char_indices()
                    .skip(1)
                    .any(|(at, _)| word.get(at..).is_some_and(|rest| grammar.determiners.contains_key(rest)))
        };
        ends_in_one(word) || grammar.other_gender.get(word).is_some_and(|other| ends_in_one(other))
    }
}

/// Whether the word may begin the text under a heading that has lost its line end: few words without a mark
/// before it, a sentence after it. A heading at the start of the text may be longer and have marks.
fn heads_a_sentence(tokens: &[Token<'_>], index: usize, opens: bool) -> bool {
    if opens && (3..=25).contains(&index) && tokens.len() - index >= 4 {
        return true;
    }
    (3..=12).contains(&index)
        && tokens.len() - index >= 6
        && tokens[1..=index].iter().all(|token| !token.gap.contains([',', ';', '.', '?', '!', ':']))
}

fn is_title_case(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(is_upper) && !letters.any(is_upper)
}
