//! English that was left in a text, read letter by letter where another script surrounds it, and in rows of words where the
//! script is the same. What `source-residue` finds beside single words.

use super::Context;
use super::running::{self, Token};
use crate::lang::{Language, gazetteer, lexis, slips, surnames, tables, text};
use crate::model::{Document, Span};

/// Rank up to which a word is one that every reader of English knows.
const COMMON: u32 = 30_000;

/// The same of two words that have nothing else to tell them by.
const VERY_COMMON: u32 = 5000;

/// How many times as frequent in English as in the language a word is that both have.
const TIMES: u32 = 20;

/// Languages besides English that may have the word: a loan is in many.
const FEW: usize = 2;

/// Letters of a single word that was left, and of a row of words.
const SHORTEST: usize = 5;
const SHORTEST_ROW: usize = 8;

/// English words in small letters among letters of another script, glued to them or not: *lottery fund에서*.
pub(super) fn among_other_letters(
    document: &Document,
    segment: Span,
    english: &Language,
    context: &Context,
) -> Vec<Span> {
    let written = document.excerpt(segment);
    let (mut own, mut latin) = (0_usize, 0_usize);
    for letter in written.chars().filter(|letter| letter.is_alphabetic()) {
        if letter.is_ascii() { latin += 1 } else { own += 1 }
    }
    // What is mostly in Latin letters is a list, a program or a passage.
    if own * 2 < latin || latin == 0 {
        return Vec::new();
    }
    let mut open = 0_i32;
    let mut out = Vec::new();
    let mut end = 0;
    for (at, letter) in written.char_indices() {
        match letter {
            '(' | '[' | '（' | '［' | '{' | '<' => open += 1,
            ')' | ']' | '）' | '］' | '}' | '>' => open -= 1,
            _ => {}
        }
        if at < end || !letter.is_ascii_alphabetic() {
            continue;
        }
        let rest = written.get(at..).unwrap_or_default();
        let row = rest.find(|sign: char| !sign.is_ascii_alphabetic() && sign != ' ').unwrap_or(rest.len());
        let row = rest.get(..row).unwrap_or_default().trim_end();
        end = at + row.len();
        let before = written.get(..at).unwrap_or_default();
        let after = written.get(end..).unwrap_or_default();
        if open > 0 || !stands_free(before, after) || !is_left(row, document.language, english, context) {
            continue;
        }
        let span = Span::new(at, end).shift(segment.start);
        let joined = before.trim_end().ends_with(|sign: char| sign.is_alphabetic());
        if running::in_quotation(document, segment, span) && !(joined && row.contains(' ')) {
            continue;
        }
        out.push(span);
    }
    out
}

/// Whether Latin letters are words of their own: letters of the other script, white space or the end of a clause beside
/// them, no figure, no sign that makes a link, a file or a variable of them.
fn stands_free(before: &str, after: &str) -> bool {
    let spaced = before.ends_with(char::is_whitespace);
    let last = before.trim_end().chars().next_back();
    let other = |letter: char| letter.is_alphabetic() && !letter.is_ascii() || text::is_mark(letter);
    let begins = match last {
        None => true,
        Some(sign) if spaced => other(sign) || matches!(sign, ',' | '،' | '、' | '，' | ':' | '：'),
        Some(sign) => other(sign) || matches!(sign, '、' | '，' | '。' | '：'),
    };
    let mut following = after.chars();
    let next = following.next();
    let ends = match next {
        None => true,
        Some(sign) if sign.is_whitespace() => after
            .trim_start()
            .chars()
            .next()
            .is_none_or(|sign| !sign.is_numeric() && !sign.is_ascii_alphabetic()),
        Some(',' | '.' | ';' | '!' | '?') => following.next().is_none_or(char::is_whitespace),
        Some(sign) => other(sign) || matches!(sign, '،' | '؛' | '؟' | '।' | '、' | '，' | '。' | '！' | '？'),
    };
    begins && ends
}

/// Whether a row of Latin words is English that was left.
fn is_left(row: &str, own: &Language, english: &Language, context: &Context) -> bool {
    if !row.bytes().all(|byte| byte == b' ' || byte.is_ascii_lowercase()) || context.known.contains(row) {
        return false;
    }
    let words: Vec<&str> = row.split(' ').filter(|word| !word.is_empty()).collect();
    let tells = |word: &&str| {
        lexis::rank(word, english).is_some_and(|rank| rank < COMMON)
            && lexis::spread(word, english) <= FEW
            && !tables::is_web_word(word)
            && !lexis::known(word, own)
            && !context.known.contains(*word)
    };
    match words[..] {
        [word] => {
            word.len() >= SHORTEST
                && tells(&word)
                && (lexis::rank(word, english).is_some_and(|rank| rank < VERY_COMMON)
                    || !gazetteer::is_given_name(word))
                // Somebody's name in small letters.
                && !surnames::of(own).is_name(word)
        }
        _ => {
            row.len() > SHORTEST_ROW
                && words.iter().all(|word| lexis::known(word, english))
                && words.iter().any(|word| word.len() > 3 && tells(word))
        }
    }
}

/// English words in a row among words of the same script: three with a small word of English among them, all much more
/// English than the language's own, or two that the language has not at all.
pub(super) fn in_a_row(
    document: &Document,
    segment: Span,
    tokens: &[Token<'_>],
    english: &Language,
    context: &Context,
) -> Vec<Span> {
    let own = document.language;
    let mut out = Vec::new();
    if own.same_language(english) || lexis::size(own) < 4000 {
        return out;
    }
    let (theirs, ours) = (running::function_words(english), running::function_words(own));
    let foreign = |token: &Token<'_>| {
        token.text.bytes().all(|byte| byte.is_ascii_lowercase())
            && !context.known.contains(token.text)
            && !context.has_word(token.text, own)
            && lexis::rank(token.text, english).is_some_and(|rank| {
                rank < COMMON && lexis::rank(token.text, own).is_none_or(|native| native > TIMES * rank)
            })
    };
    let unseen = |token: &Token<'_>| {
        token.text.len() > 3 && !lexis::seen(token.text, own) && !tables::is_web_word(token.text)
    };
    let common = |token: &Token<'_>| {
        unseen(token)
            && lexis::rank(token.text, english).is_some_and(|rank| rank < VERY_COMMON)
            && lexis::spread(token.text, english) <= 1
    };
    // A noun with a capital, where all have one, is a word of the language.
    let nouns = own.typography.as_ref().is_some_and(|rules| rules.capitals.iter().any(|word| word == "*"));
    let follows_own =
        |before: &Token<'_>| before.small() || nouns && lexis::known(&own.lower(before.text), own);
    let mut index = 0;
    while index < tokens.len() {
        let first = index;
        while index < tokens.len() && foreign(&tokens[index]) && (index == first || tokens[index].gap == " ")
        {
            index += 1;
        }
        let row = &tokens[first..index];
        index = index.max(first + 1);
        let [head, ..] = row else { continue };
        let last = row.last().unwrap_or(head);
        let span = head.span.join(last.span);
        let sentence = row.len() >= 3
            && row.iter().any(|token| theirs.contains(token.text))
            && row.iter().any(unseen)
            && !row.iter().any(|token| ours.contains(token.text));
        let pair = row.len() == 2 && row.iter().all(common) && !tables::is_loan(document.excerpt(span));
        let after = tokens.get(first + row.len()).map_or("", |after| after.gap);
        let free =
            |gap: &str| !gap.contains(['(', ')', '[', ']', '-', '/', '.', '@', '_', '“', '"', '«', '„']);
        let starts = first > 0
            && matches!(head.gap, " " | "\u{a0}" | ", " | "; " | ": ")
            && follows_own(&tokens[first - 1]);
        let joins = (sentence || pair)
            && starts
            && free(after.trim_end().trim_end_matches('.'))
            && !after.starts_with(text::is_hyphen);
        if joins
            && (!running::in_quotation(document, segment, span) || shares_a_quotation(tokens, first, own))
        {
            out.push(span);
        }
    }
    out
}

/// Whether two words of the language stand right before a row, in one quotation with it.
pub(super) fn shares_a_quotation(tokens: &[Token<'_>], first: usize, language: &Language) -> bool {
    let plain = |gap: &str| !gap.contains(|sign: char| text::is_quote(sign) || matches!(sign, '.' | ':'));
    first >= 2
        && plain(tokens[first].gap)
        && plain(tokens[first - 1].gap)
        && tokens[first - 2..first].iter().all(|token| slips::is_word(&language.lower(token.text), language))
}
