//! English that was left in a text, read letter by letter where another script surrounds it, and in rows of words where the
//! script is the same. What `source-residue` finds beside single words.

use super::Context;
use super::agreement::nouns_have_capitals;
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

/// English words in a row among words of the same script: the stretches that are so much likelier in English than in the
/// language that chance does not make them.
///
/// Each word weighs the logarithm of the ratio of its ranks in the two lists (Zipf: a word's share of a text falls with its
/// rank), and the stretch with the greatest sum is what was left: maximum subarray, J. Bentley, *Programming Pearls* (1984).
pub(super) fn in_a_row(
    document: &Document,
    segment: Span,
    tokens: &[Token<'_>],
    english: &Language,
    context: &Context,
) -> Vec<Span> {
    rows(document, segment, tokens, english, HEAVY, context)
}

/// Words of other languages with the same letters that were left, beside English: two or more in a row, and single ones that
/// are small words there. Each with the language.
pub(super) fn of_others(
    document: &Document,
    segment: Span,
    tokens: &[Token<'_>],
    english: &Language,
    context: &Context,
) -> Vec<(Span, &'static Language)> {
    let own = document.language;
    let mut out: Vec<(Span, &'static Language)> = Vec::new();
    if lexis::size(own) < SYLLABLES {
        return out;
    }
    let mut sources: Vec<&'static Language> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if !token.small() || !token.wordy() || token.text.chars().nth(3).is_none() {
            continue;
        }
        let lower = own.lower(token.text);
        if lexis::rank(&lower, own).is_some_and(|rank| rank < COMMON / 10) {
            continue;
        }
        let Some((source, rank)) = lexis::most_frequent_elsewhere(&lower, own) else { continue };
        if rank > FREQUENT || source.same_language(english) || weight(&lower, own, source) < HEAVY_ALONE {
            continue;
        }
        if !sources.iter().any(|other| other.same_language(source)) {
            sources.push(source);
        }
        let known = |token: &Token<'_>| token.small() && lexis::known(&own.lower(token.text), own);
        let before = index.checked_sub(1).is_some_and(|before| known(&tokens[before]));
        let after = tokens.get(index + 1).is_none_or(|after| !after.follows_a_space() || known(after));
        let particle = [own, source]
            .iter()
            .any(|language| language.names.as_ref().is_some_and(|names| names.particles.contains(&lower)));
        // Content words are often shared with a neighbour.
        let foreign = running::function_words(source).contains(lower.as_str())
            && !slips::is_word(&lower, own)
            && lexis::plausible(&lower, own) <= PLAUSIBLE;
        if before
            && after
            && foreign
            && !particle
            && spread(&lower, own, source) <= 1
            && !context.known.contains(&text::fold(token.text))
            && !context.has_word(&lower, own)
            && stands_in_text(tokens, (index, index + 1), own, source)
            && (!running::in_quotation(document, segment, token.span)
                || shares_a_quotation(tokens, index, own))
        {
            out.push((token.span, source));
        }
    }
    for source in sources {
        let found = rows(document, segment, tokens, source, HEAVY_ROW, context);
        out.retain(|(span, _)| !found.iter().any(|row| row.overlaps(*span)));
        out.extend(found.into_iter().map(|span| (span, source)));
    }
    out
}

/// The heaviest stretches of words of a source, each at least so heavy.
fn rows(
    document: &Document,
    segment: Span,
    tokens: &[Token<'_>],
    source: &Language,
    least: f64,
    context: &Context,
) -> Vec<Span> {
    let own = document.language;
    let mut out = Vec::new();
    if own.same_language(source) || lexis::size(own) == 0 {
        return out;
    }
    let readable = |token: &Token<'_>| token.small() && token.wordy();
    let mut index = 0;
    while index < tokens.len() {
        let first = index;
        while index < tokens.len() && readable(&tokens[index]) && (index == first || tokens[index].gap == " ")
        {
            index += 1;
        }
        let row = &tokens[first..index];
        index = index.max(first + 1);
        if row.len() < 2 {
            continue;
        }
        let excused = |word: &str| context.known.contains(word) || context.has_word(word, own);
        let weigh = |token: &Token<'_>| match weight(token.text, own, source) {
            heavy if heavy > 0.0 && excused(token.text) => -MOST,
            weight => weight,
        };
        let weights: Vec<f64> = row.iter().map(weigh).collect();
        for (start, end) in heaviest(&weights, least) {
            let (start, end) = (first + start, first + end);
            let left = &tokens[start..end];
            let span = left[0].span.join(left[left.len() - 1].span);
            if is_passage(left, own, source)
                && stands_in_text(tokens, (start, end), own, source)
                && !tables::is_loan(document.excerpt(span))
                && (!running::in_quotation(document, segment, span) || shares_a_quotation(tokens, start, own))
            {
                out.push(span);
            }
        }
    }
    out
}

/// Rank of a word that texts of the language do not hold, where its list is large or one of syllables, which are few, and
/// where it is small.
const UNSEEN: (f64, f64) = (200_000.0, 60_000.0);
/// Rank of a word that texts of the language hold once, or that is made as its words are.
const RARE: f64 = 40_000.0;
/// Words of a list that is large, and of one that holds but syllables.
const LARGE: usize = 9000;
const SYLLABLES: usize = 4000;
/// What one word adds and takes at most.
const MOST: f64 = 6.0;
/// What a stretch must weigh, of English and of other languages.
const HEAVY: f64 = 7.0;
const HEAVY_ROW: f64 = 10.0;

/// Rank beyond which no word weighs enough to stand alone.
const FREQUENT: u32 = 1000;
/// What a word must weigh that stands alone.
pub(super) const HEAVY_ALONE: f64 = 5.3;

/// How much likelier a word, in lower case, is in the source than in the language, as a logarithm.
pub(super) fn weight(word: &str, own: &Language, source: &Language) -> f64 {
    let Some(rank) = lexis::rank(word, source) else { return -MOST };
    let ratio = |native: f64| (native / f64::from(rank)).ln().clamp(-MOST, MOST);
    let native = lexis::rank(word, own).map(f64::from);
    if let Some(native) = native.filter(|native| *native <= f64::from(rank)) {
        return ratio(native);
    }
    if tables::is_web_word(word) || tables::is_loan(word) || running::function_words(own).contains(word) {
        return -MOST;
    }
    ratio(match native {
        Some(native) => native,
        None if slips::is_word(word, own) => RARE,
        None if lexis::size(own) >= LARGE || lexis::size(own) < SYLLABLES => UNSEEN.0,
        None => UNSEEN.1,
    })
}

/// Share of the sequences of letters of a word that words of the language have, beyond which it may be one of its own that
/// no list holds, as Latin words are in many languages.
pub(super) const PLAUSIBLE: f64 = 0.8;

/// Letters that words from Latin, which several languages share, do not have in English, inside a word and at its end.
const ENGLISH_INSIDE: [&str; 14] =
    ["gh", "sh", "wh", "ck", "ee", "oo", "ow", "aw", "ew", "ay", "tch", "dge", "wr", "oa"];
const ENGLISH_ENDS: [&str; 9] = ["y", "ing", "ings", "ed", "ness", "ful", "less", "k", "ies"];

/// Whether a word, in lower case, is written as English alone writes.
pub(super) fn looks_english(word: &str) -> bool {
    ENGLISH_INSIDE.iter().any(|letters| word.contains(letters))
        || ENGLISH_ENDS.iter().any(|letters| word.ends_with(letters))
}

/// How many other languages have the word not much less often than the source: a loan is in several.
pub(super) fn spread(word: &str, own: &Language, source: &Language) -> usize {
    let Some(rank) = lexis::rank(word, source) else { return 0 };
    lexis::ranks_elsewhere(word, own).filter(|&other| other < TIMES * rank).count().saturating_sub(1)
}

/// The stretches of a row whose sum is greatest and heavy enough, from where to where.
fn heaviest(weights: &[f64], least: f64) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut start, mut sum, mut best) = (0, 0.0, (0.0, 0));
    let mut close = |start: usize, (most, end): (f64, usize)| {
        if most >= least && end - start >= 2 {
            out.push((start, end));
        }
    };
    for (index, weight) in weights.iter().enumerate() {
        sum += weight;
        if sum <= 0.0 {
            close(start, best);
            (start, sum, best) = (index + 1, 0.0, (0.0, index + 1));
        } else if sum > best.0 {
            best = (sum, index + 1);
        }
    }
    close(start, best);
    out
}

/// Whether a stretch holds a word of some length that the language has not, or hardly.
fn is_passage(left: &[Token<'_>], own: &Language, source: &Language) -> bool {
    left.iter().any(|token| {
        token.text.len() > 3
            && lexis::rank(token.text, source).is_some_and(|rank| {
                rank < COMMON && lexis::rank(token.text, own).is_none_or(|native| native > TIMES * rank)
            })
    })
}

/// Whether words of the language, or a clause, stand before a stretch, and no bracket, link or title around it.
fn stands_in_text(
    tokens: &[Token<'_>],
    (start, end): (usize, usize),
    own: &Language,
    source: &Language,
) -> bool {
    // A noun with a capital, where all have one, is a word of the language.
    let nouns = nouns_have_capitals(own);
    let follows = |before: &Token<'_>| {
        let lower = own.lower(before.text);
        before.small() || nouns && lexis::known(&lower, own) || !lexis::known(&lower, source)
    };
    let free = |gap: &str| !gap.contains(['(', ')', '[', ']', '-', '/', '.', '@', '_', '“', '"', '«', '„']);
    let after = tokens.get(end).map_or("", |after| after.gap);
    let gap = tokens[start].gap;
    start > 0
        && (matches!(gap, " " | "\u{a0}") && follows(&tokens[start - 1]) || matches!(gap, ", " | "; " | ": "))
        && free(after.trim_end().trim_end_matches('.'))
        && !after.starts_with(text::is_hyphen)
}

/// Whether two words of the language stand right before a row, in one quotation with it.
pub(super) fn shares_a_quotation(tokens: &[Token<'_>], first: usize, language: &Language) -> bool {
    let plain = |gap: &str| !gap.contains(|sign: char| text::is_quote(sign) || matches!(sign, '.' | ':'));
    first >= 2
        && plain(tokens[first].gap)
        && plain(tokens[first - 1].gap)
        && tokens[first - 2..first].iter().all(|token| slips::is_word(&language.lower(token.text), language))
}
