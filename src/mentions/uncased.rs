//! Names in scripts without capitals: the gazetteer, and persons beside a title or with a known given name.

use crate::lang::{Language, gazetteer, lexis};
use crate::model::{Document, Mention, Name, NameKind, Span, Value};
use crate::names::transliteration;

use super::names::{Token, View, gazetteer_mentions};

/// Names of every segment.
pub(super) fn find(document: &Document, views: &[View]) -> Vec<Vec<Mention>> {
    views
        .iter()
        .map(|view| {
            let mut out = gazetteer_mentions(view);
            let persons = if document.language.spaced {
                beside_titles(document, view)
            } else {
                written_together(document, view)
            };
            for person in persons {
                out.retain(|mention| !mention.span.overlaps(person.span));
                out.push(person);
            }
            out
        })
        .collect()
}

/// Whether a lone word is more often the language's than a name.
fn is_ordinary(token: &Token, text: &str, language: &Language) -> bool {
    let written = token.span.of(text);
    !gazetteer::is_given_name(written)
        && (lexis::known(&language.lower(written), language)
            || gazetteer::bases(&token.folded, language).iter().any(|base| lexis::known(base, language)))
}

fn person(span: Span, certainty: f64, role: Option<&str>, of: Vec<String>) -> Mention {
    let roles = role.map(str::to_owned).into_iter().collect();
    Mention {
        span,
        value: Value::Name(Name { kind: NameKind::Person, certainty, key: None, roles, role_of: of }),
    }
}

/// Arabic, Hebrew, Persian, Hindi, Korean: words behind a title (before it in Korean), or from a known given
/// name on.
fn beside_titles(document: &Document, view: &View) -> Vec<Mention> {
    let text = &document.text;
    let names = document.language.names.as_ref();
    let behind = !names.is_some_and(|names| names.family_first);
    let tokens = &view.tokens;
    let free = |token: &Token| {
        !token.function
            && view.role_at(token.span).is_none()
            && view.hit_at(token.span).is_none()
            && token.folded.chars().next().is_some_and(char::is_alphabetic)
    };
    let adjacent = |a: usize, b: usize| {
        let between = Span::new(tokens[a].span.end, tokens[b].span.start).of(text);
        !between.is_empty() && between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '·' | '־'))
    };
    let mut out: Vec<Mention> = Vec::new();
    for role in &view.roles {
        let mut of = Vec::new();
        let mut at;
        if behind {
            at = tokens.partition_point(|token| token.span.start < role.span.end);
            // Titles take a country or people between themselves and the name.
            while at < tokens.len() && at > 0 && adjacent(at - 1, at) {
                match view.hit_at(tokens[at].span) {
                    // Cities are more often part of the name.
                    Some(hit) if !hit.rows[0].key.contains('/') => of.push(hit.rows[0].key.to_owned()),
                    _ => break,
                }
                at += 1;
            }
            let mut last = at;
            while last < tokens.len()
                && last < at + 2
                && last > 0
                && free(&tokens[last])
                && adjacent(last - 1, last)
            {
                last += 1;
            }
            // An article or a syllable stands between given name and surname: ח'אלד א-נג'אר.
            if last == at + 2
                && last < tokens.len()
                && tokens[last - 1].folded.chars().count() <= 2
                && free(&tokens[last])
                && adjacent(last - 1, last)
            {
                last += 1;
            }
            if last == at + 1 && is_ordinary(&tokens[at], text, document.language) {
                last = at;
            }
            if last > at {
                let span = tokens[at].span.join(tokens[last - 1].span);
                let given = gazetteer::is_given_name(tokens[at].span.of(text));
                out.push(person(span, if given { 0.9 } else { 0.6 }, Some(role.concept), of));
            }
        } else {
            at = tokens.partition_point(|token| token.span.start < role.span.start);
            let mut first = at;
            while first > 0
                && first + 2 > at
                && free(&tokens[first - 1])
                && (first == at || adjacent(first - 1, first))
            {
                first -= 1;
            }
            if first < at {
                let span = tokens[first].span.join(tokens[at - 1].span);
                out.push(person(span, 0.6, Some(role.concept), of));
            }
        }
    }
    let mut at = 0;
    while at + 1 < tokens.len() {
        let given = free(&tokens[at])
            && tokens[at].folded.chars().count() >= 3
            && gazetteer::is_given_name(tokens[at].span.of(text));
        if given && free(&tokens[at + 1]) && adjacent(at, at + 1) {
            let span = tokens[at].span.join(tokens[at + 1].span);
            if !out.iter().any(|mention| mention.span.overlaps(span)) {
                out.push(person(span, 0.6, None, Vec::new()));
            }
            at += 1;
        }
        at += 1;
    }
    out
}

/// Chinese, Japanese, Thai: letters beside a title, and names whose parts a middle dot joins.
fn written_together(document: &Document, view: &View) -> Vec<Mention> {
    let text = &document.text;
    let mut out = Vec::new();
    for token in &view.tokens {
        if !document.excerpt(token.span).contains(['·', '・', '‧']) {
            continue;
        }
        out.push(person(token.span, 0.8, None, Vec::new()));
    }
    for role in &view.roles {
        let before = Span::new(0, role.span.start).of(text);
        let after = text.get(role.span.end..).unwrap_or_default();
        let katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | '＝');
        let run: usize = after.chars().take_while(|&c| katakana(c)).map(char::len_utf8).sum();
        if run >= 6 {
            out.push(person(
                Span::new(role.span.end, role.span.end + run),
                0.85,
                Some(role.concept),
                Vec::new(),
            ));
            continue;
        }
        let run: usize = before.chars().rev().take_while(|&c| katakana(c)).map(char::len_utf8).sum();
        if run >= 6 {
            out.push(person(
                Span::new(role.span.start - run, role.span.start),
                0.85,
                Some(role.concept),
                Vec::new(),
            ));
        }
    }
    let transliterated = uncommon_runs(document, view);
    for span in transliterated {
        if !out.iter().any(|mention: &Mention| mention.span.overlaps(span)) {
            let role =
                view.roles.iter().find(|role| role.span.end == span.start || role.span.start == span.end);
            let of = role
                .and_then(|role| view.hits.iter().find(|hit| hit.range.end == role.span.start))
                .map(|hit| hit.rows[0].key.to_owned());
            out.push(person(span, 0.7, role.map(|role| role.concept), of.into_iter().collect()));
        }
    }
    out
}

/// Most characters of a katakana name on either side of a dot.
const LONGEST: usize = 24;

/// Runs of Han characters around a middle dot: 阿列克谢·奥韦尔丘克.
fn uncommon_runs(document: &Document, view: &View) -> Vec<Span> {
    let Some(first) = view.tokens.first() else { return Vec::new() };
    let last = view.tokens.last().unwrap_or(first);
    let whole = first.span.join(last.span);
    let text = document.excerpt(whole);
    let spells = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー') || transliteration(c) > 0.0;
    let katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | '＝');
    let mut out: Vec<Span> = Vec::new();
    for (at, dot) in text.char_indices().filter(|(_, c)| matches!(c, '·' | '・' | '‧' | '•')) {
        let left: Vec<char> =
            Span::new(0, at).of(text).chars().rev().take_while(|&c| spells(c)).take(6).collect();
        let right: Vec<char> = text
            .get(at + dot.len_utf8()..)
            .unwrap_or_default()
            .chars()
            .take_while(|&c| spells(c))
            .take(8)
            .collect();
        if left.is_empty() || right.is_empty() {
            continue;
        }
        // Nothing but a name is katakana around a dot, all of it.
        if left.iter().chain(&right).all(|&c| katakana(c)) {
            let before = Span::new(0, at).of(text).chars().rev().take(LONGEST);
            let after = text.get(at..).unwrap_or_default().chars().take(LONGEST);
            let before: usize = before.take_while(|&c| katakana(c)).map(char::len_utf8).sum();
            let after: usize = after.take_while(|&c| katakana(c)).map(char::len_utf8).sum();
            let written = Span::new(at - before, at + after).of(text);
            let start = at - before + written.len() - written.trim_start_matches('・').len();
            let span =
                Span::new(start, at - before + written.trim_end_matches('・').len()).shift(whole.start);
            if out.last() != Some(&span) {
                out.push(span);
            }
            continue;
        }
        let start = at - left.iter().map(|c| c.len_utf8()).sum::<usize>();
        let end = at + dot.len_utf8() + right.iter().map(|c| c.len_utf8()).sum::<usize>();
        out.push(Span::new(start, end).shift(whole.start));
    }
    out
}
