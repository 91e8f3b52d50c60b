//! Two words, or two sentences, without the space between them.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, lexis, order, slips, tables, text};
use crate::model::{Document, ErrorType, Severity, Span};

/// `run-together` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RunTogether {}

impl Check for RunTogether {
    const NAME: &'static str = "run-together";
    const ERROR_TYPE: ErrorType = ErrorType::Punctuation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("run_together.md");
}

impl TextCheck for RunTogether {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        if !text.language.spaced {
            return;
        }
        let function = running::function_words(text.language);
        for segment in &text.segments {
            let tokens = running::tokens(text, segment.span);
            for (index, token) in tokens.iter().enumerate() {
                let glued = || glued(token, running::may_open(&tokens, index), text.language, function);
                let split = cut(token, text.language, function);
                let apart = || read_apart(&tokens, index, text.language, function);
                let Some(cut) = split.or_else(glued).or_else(apart) else { continue };
                if running::in_link(text, token.span)
                    || context.source.as_deref().is_some_and(|source| source.contains(token.text))
                    || is_name_here(text, token)
                {
                    continue;
                }
                let (left, right) = token.text.split_at(cut.at);
                let mut span = token.span;
                let mut start = index;
                while start > 0 && matches!(tokens[start].gap, "-" | "‐" | "‑") {
                    start -= 1;
                    span = Span::new(tokens[start].span.start, span.end);
                }
                let mut apart = text.excerpt(Span::new(span.start, token.span.start)).to_owned();
                apart.push_str(left);
                apart.push(' ');
                apart.push_str(right);
                let written = text.excerpt(span);
                findings
                    .at(span, format!("a space is missing in “{written}”: “{apart}”"))
                    .confidence(cut.confidence)
                    .replace_with(apart);
            }
            after_marks(text, &tokens, function, findings);
        }
    }
}

struct Cut {
    /// Byte in the word where the space belongs.
    at: usize,
    confidence: f64,
}

/// Where a word falls into two: `lineLiked`, `end.Next`.
fn cut(token: &Token<'_>, language: &Language, function: &BTreeSet<&str>) -> Option<Cut> {
    let word = token.text;
    if word.chars().any(char::is_numeric) {
        return behind_figure(word, language, function);
    }
    if let Some(cut) = behind_last_letter(word, language, function) {
        return Some(cut);
    }
    if !language.cased {
        let (left, right) = word.split_once('.')?;
        return (!right.contains('.') && meet(left, right, language, function))
            .then_some(Cut { at: left.len() + 1, confidence: 0.85 });
    }
    let listed = lexis::size(language) > 0;
    let is_word = |part: &str| {
        let lower = language.lower(part);
        function.contains(lower.as_str()) || lexis::known(&lower, language)
    };
    if let Some((left, right)) = word.split_once('.') {
        let seam = left.chars().next_back().is_some_and(char::is_lowercase)
            && right.chars().next().is_some_and(text::is_upper)
            && right.chars().skip(1).all(|letter| letter.is_lowercase() || !letter.is_alphabetic())
            && !right.contains('.')
            && left.chars().count() >= 2
            && left.chars().skip(1).all(char::is_lowercase);
        let lower = language.lower(right);
        let small = function.contains(lower.as_str());
        let sentence = if text::is_capitalised(left) {
            // `Caliber.Az` is an address; after a name only a small word surely starts a sentence.
            small && right.chars().count() > 1
        } else {
            small || (right.chars().count() >= 4 && (is_word(right) || !listed || is_word(left)))
        };
        return (seam && sentence).then_some(Cut { at: left.len() + 1, confidence: 0.9 });
    }
    let mut seams = word
        .char_indices()
        .zip(word.chars().skip(1))
        .filter(|&((_, first), second)| first.is_lowercase() && text::is_upper(second));
    let ((index, first), _) = seams.next()?;
    if seams.next().is_some() {
        return None;
    }
    let at = index + first.len_utf8();
    let (left, right) = word.split_at(at);
    let plain = right.chars().skip(1).all(char::is_lowercase) && left.chars().skip(1).all(char::is_lowercase);
    if !plain || right.chars().count() < 2 {
        return None;
    }
    if left.chars().count() < 3 {
        // `zHarborough`: a small word of one letter. `iPhone` is a name in every language.
        if left.chars().nth(1).is_none() {
            let small =
                left != "i" && left != "e" && function.contains(left) && right.chars().nth(3).is_some();
            return (small && !tables::brand_ends().contains(&right)).then_some(Cut { at, confidence: 0.7 });
        }
        // `ofMoscow`; particles are written so in names: `deGrasse`.
        let particle = language.names.as_ref().is_some_and(|names| {
            names.particles.iter().any(|particle| particle.trim_end_matches(['-', '’', '\'']) == left)
        });
        let small = left.chars().count() == 2 && function.contains(left) && right.chars().count() >= 4;
        return (small && (!particle || is_word(right))).then_some(Cut { at, confidence: 0.75 });
    }
    // `easyJet`.
    if tables::brand_ends().contains(&right) {
        return None;
    }
    let (left_known, right_known) = (is_word(left), is_word(right));
    let right_small = function.contains(language.lower(right).as_str());
    if text::is_capitalised(left) {
        // `YouTube`, `PlayStation`: only a small word cannot end a brand.
        return (right_small && left.chars().count() >= 4 && !left_known)
            .then_some(Cut { at, confidence: 0.7 });
    }
    let confidence = match (left_known, right_known, listed) {
        (true, true, _) => 0.9,
        (true, false, true) if right.chars().count() >= 4 => 0.7,
        (_, _, false) if right.chars().count() >= 4 && left.chars().count() >= 4 => 0.7,
        _ => return None,
    };
    Some(Cut { at, confidence })
}

/// `30дней`: a figure and a whole word, too long for a unit, that is no ordinal.
fn behind_figure(word: &str, language: &Language, function: &BTreeSet<&str>) -> Option<Cut> {
    let at = word.find(|letter: char| !letter.is_numeric()).filter(|&at| at > 0)?;
    let right = word.get(at..)?;
    let plain = right.chars().all(|letter| letter.is_lowercase() || text::is_mark(letter));
    let long = right.chars().nth(3).is_some();
    let frequent = lexis::rank(right, language).is_some_and(|rank| rank < COMMON);
    let marked = |marks: &[String]| marks.iter().any(|mark| mark.trim_start_matches('-') == right);
    let ending = language.numbers.as_ref().is_some_and(|numbers| {
        marked(&numbers.ordinal_marks) || marked(&numbers.decade) || numbers.scales.contains_key(right)
    });
    let written_so = language.typography.as_ref().is_some_and(|part| marked(&part.behind_figures));
    let whole = frequent || function.contains(right);
    (plain && long && whole && !ending && !written_so && !running::compounds(language))
        .then_some(Cut { at, confidence: 0.75 })
}

/// Whether a letter only ends words: behind it another has begun.
fn is_last_letter(letter: char) -> bool {
    matches!(letter, 'ى' | 'ة' | 'ך' | 'ם' | 'ן' | 'ף' | 'ץ' | 'ς')
}

/// `إلىمستشفى`: a letter that only ends words stands inside one.
fn behind_last_letter(word: &str, language: &Language, function: &BTreeSet<&str>) -> Option<Cut> {
    let (at, last) = word.char_indices().find(|&(_, letter)| is_last_letter(letter))?;
    let at = at + last.len_utf8();
    let (left, right) = word.split_at(at);
    let letters =
        |part: &str, least: usize| part.chars().filter(|letter| letter.is_alphabetic()).count() >= least;
    let is_word = |part: &str| {
        let part = text::unpointed(language.lower(part));
        function.contains(part.as_str()) || slips::is_word(&part, language)
    };
    let own = lexis::size(language) > 0
        && right.chars().all(|letter| letter.is_alphabetic() || text::is_mark(letter));
    (own && letters(left, 2) && letters(right, 2) && is_word(left) && is_word(right))
        .then_some(Cut { at, confidence: 0.85 })
}

/// Where a word in small letters falls into a small word and another: `forthe`, `czasdla`. Not where words are made
/// so: the small word is no prefix or suffix of the language.
fn glued(token: &Token<'_>, opens: bool, language: &Language, function: &BTreeSet<&str>) -> Option<Cut> {
    let lower = language.lower(token.text);
    // The letters must be as many bytes as they were, for the place to be the same.
    let opens = opens && token.capitalised() && lower.len() == token.text.len();
    let word = if opens { lower.as_str() } else { token.text };
    let length = word.chars().count();
    let apart = language.typography.as_ref().is_some_and(|part| part.particles_apart);
    if !(token.small() || apart || opens)
        || !(5..=24).contains(&length)
        || !word.chars().all(|letter| letter.is_alphabetic() || text::is_mark(letter))
        || slips::is_word(word, language)
        || lexis::size(language) < LARGE
        || lexis::rank_elsewhere(word, language).is_some()
    {
        return None;
    }
    let order = order::of(language)?;
    let compounds = running::compounds(language);
    let long = |part: &str, least: usize| part.chars().count() >= least;
    let common = |part: &str, most: u32| lexis::rank(part, language).is_some_and(|rank| rank < most);
    let follow = |left: &str, right: &str| order.attraction(order.class(left), order.class(right));
    word.char_indices().skip(2).map(|(at, _)| (at, word.split_at(at))).find_map(|(at, (left, right))| {
        // Pronouns are written together with the particles after them.
        let front = !apart && function.contains(left);
        let back = function.contains(right);
        // `Therewas`: a name may stand there, too.
        if opens {
            let sure =
                front && long(left, 3) && long(right, 3) && common(right, 1500) && follow(left, right) > 0.3;
            return (sure && !compounds && !makes_words(left, right, language))
                .then_some(Cut { at, confidence: 0.7 });
        }
        // Two small words make a third in no language that keeps most words apart.
        if front
            && back
            && long(left, 2)
            && long(right, 2)
            && length >= 5
            && follow(left, right) > 0.3
            && (long(left, 3) || lexis::builds(left, right, language) <= 15)
        {
            return Some(Cut { at, confidence: 0.75 });
        }
        // `aufkommenmuss`: the small word ends no compound.
        if compounds {
            let apart = back
                && long(right, 3)
                && long(left, 5)
                && common(left, KNOWN)
                && follow(left, right) > 0.0
                && lexis::builds(left, right, language) == 0;
            return apart.then_some(Cut { at, confidence: 0.7 });
        }
        if length < 6 {
            return None;
        }
        let small =
            (front && long(right, 4) && common(right, 6000)) || (back && long(left, 4) && common(left, 6000));
        let two = small
            && long(left, 2)
            && long(right, 3)
            && follow(left, right) > 0.3
            && !makes_words(left, right, language);
        // Two frequent words that often follow each other.
        let both = length <= 16
            && long(left, 4)
            && long(right, 4)
            && common(left, 1500)
            && common(right, 3000)
            && follow(left, right) > 0.8
            && lexis::builds(left, right, language) == 0;
        // Two words that are long enough not to be parts of others, and that no vowel links: быстроразвивающийся.
        let both = both
            || long(left, 5)
                && !left.ends_with(['о', 'е'])
                && long(right, 5)
                && common(left, KNOWN)
                && common(right, KNOWN)
                && follow(left, right) > 0.0
                && lexis::builds(left, right, language) == 0;
        (two || both).then_some(Cut { at, confidence: 0.75 })
    })
}

/// Where a word that no list holds falls into two that read better between its neighbours than it does itself.
fn read_apart(
    tokens: &[Token<'_>],
    index: usize,
    language: &Language,
    function: &BTreeSet<&str>,
) -> Option<Cut> {
    let token = &tokens[index];
    let word = token.text;
    let length = word.chars().count();
    if language.cased && !token.small()
        || !(6..=24).contains(&length)
        || !word.chars().all(|letter| letter.is_alphabetic() || text::is_mark(letter))
        || lexis::size(language) < LARGE
        || slips::is_word(word, language)
        || lexis::rank_elsewhere(word, language).is_some()
    {
        return None;
    }
    let order = order::of(language)?;
    let class = |word: &str| order.class(word);
    let beside = |token: Option<&Token<'_>>, spaced: bool| {
        token.filter(|_| spaced).map_or(order::BREAK, |token| class(&language.lower(token.text)))
    };
    let before = beside(index.checked_sub(1).map(|before| &tokens[before]), token.follows_a_space());
    let next = tokens.get(index + 1);
    let after = beside(next, next.is_some_and(Token::follows_a_space));
    let whole = order.attraction(before, class(word)) + order.attraction(class(word), after);
    let gain = |left: &str, right: &str| {
        order.attraction(before, class(left))
            + order.attraction(class(left), class(right))
            + order.attraction(class(right), after)
            - whole
    };
    let listed = |part: &str| lexis::rank(part, language).is_some_and(|rank| rank < KNOWN);
    let (at, gain) = word
        .char_indices()
        .skip(2)
        .map(|(at, _)| (at, word.split_at(at)))
        .filter(|(_, (left, right))| right.chars().nth(1).is_some() && listed(left) && listed(right))
        .map(|(at, (left, right))| (at, gain(left, right)))
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    let (left, right) = word.split_at(at);
    let shorter = left.chars().count().min(right.chars().count());
    let demanded = match shorter {
        _ if running::compounds(language) => 2.5,
        // The article tells where a word begins.
        _ if !language.cased
            && !(slips::opens_a_word(right, language) && (shorter > 3 || function.contains(left))) =>
        {
            return None;
        }
        _ if !language.cased => 1.0,
        2 => 2.5,
        _ if lexis::size(language) > FULL => 1.5,
        3 => 1.25,
        _ => 0.75,
    };
    let frequent = |part: &str| {
        part.chars().nth(2).is_some() || lexis::rank(part, language).is_some_and(|rank| rank < 130)
    };
    (gain >= demanded && frequent(left) && frequent(right) && lexis::builds(left, right, language) <= BUILDS)
        .then_some(Cut { at, confidence: 0.7 })
}

/// Rank of words that stand behind figures.
const COMMON: u32 = 6000;

/// Words that a part makes with others by chance.
const BUILDS: usize = 4;

/// Words of a full spelling list: what it lacks is often a compound.
const FULL: usize = 50_000;

/// Rank of words that are hardly rare.
const KNOWN: u32 = 15_000;

/// Words of a list that is large enough to miss few words.
const LARGE: usize = 4000;

/// Whether other words of the list begin with the left part, or end in the right one, with a word to go with it.
fn makes_words(left: &str, right: &str, language: &Language) -> bool {
    lexis::builds(left, right, language) > 2
}

/// `really?The`, `end!But`, `said.”The`: a mark between two words without a space.
fn after_marks(
    text: &Document,
    tokens: &[Token<'_>],
    function: &BTreeSet<&str>,
    findings: &mut Findings<'_>,
) {
    for pair in tokens.windows(2) {
        let [before, after] = pair else { continue };
        let mut gap = after.gap.chars();
        let marked = gap.next().is_some_and(|mark| matches!(mark, '.' | '!' | '?' | '؟' | '۔' | '।'))
            && gap.all(|rest| matches!(rest, '”' | '»'));
        let shape = before.wordy()
            && before.text.chars().next_back().is_some_and(char::is_lowercase)
            && before.text.chars().count() >= 3
            && after.wordy()
            && after.capitalised()
            && after.text.chars().skip(1).all(|letter| !text::is_upper(letter));
        let lower = text.language.lower(after.text);
        let sure = function.contains(lower.as_str()) || lexis::known(&lower, text.language);
        let sure = if text.language.cased {
            shape && sure && !before.capitalised()
        } else {
            // Korean particles follow the quotation mark.
            after.gap.chars().nth(1).is_none() && meet(before.text, after.text, text.language, function)
        };
        let span = before.span.join(after.span);
        if !marked || !sure || running::in_link(text, span) {
            continue;
        }
        let apart = format!("{}{} {}", before.text, after.gap, after.text);
        let written = text.excerpt(span);
        findings
            .at(span, format!("a space is missing in “{written}”: “{apart}”"))
            .confidence(0.85)
            .replace_with(apart);
    }
}

/// Whether a sentence may end with the one word and the next begin with the other, in a script without capitals.
fn meet(left: &str, right: &str, language: &Language, function: &BTreeSet<&str>) -> bool {
    let own = |word: &str| {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        let hangul = word.chars().all(text::is_hangul);
        !word.chars().any(|letter| letter.is_numeric() || letter.is_ascii_alphabetic())
            && (letters > 2 || hangul && letters > 1)
    };
    let word = |word: &str| {
        let word = text::unpointed(word.to_owned());
        function.contains(word.as_str()) || slips::is_word(&word, language)
    };
    own(left) && own(right) && word(left) && word(right)
}

/// A spelling that comes again is a name.
fn is_name_here(text: &Document, token: &Token<'_>) -> bool {
    text.text.matches(token.text).take(2).count() > 1
}
