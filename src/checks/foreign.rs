//! Stretches that are not in the language expected, as several checks see them. Finds nothing itself.

use unicode_script::{Script, UnicodeScript};

use super::running;
use crate::lang::{Language, identify, lexis, text, words};
use crate::model::{Document, Segment, Span, Value};

/// A stretch in another language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Foreign {
    /// Where.
    pub span: Span,
    /// What it is taken to be in.
    pub language: Option<&'static Language>,
    /// How sure.
    pub confidence: f64,
    /// Words of it.
    pub words: usize,
}

/// Confidence from which no second judge is asked.
const SURE: f64 = 0.95;
/// Fewest letters that n-grams judge.
const LETTERS: usize = 18;
/// Share of known words from which a sentence is in the language, whatever its letters look like.
const OWN: f64 = 0.85;
/// Words of a quotation that may be in any language.
const QUOTED: usize = 6;
/// Words a list must hold before words outside it mean anything.
const LISTED: usize = 4000;

/// A sentence or line in another language, or the stretches of one that are.
pub(super) fn stretches(document: &Document, segment: &Segment) -> Vec<Foreign> {
    if let Some(whole) = sentence(document, segment).filter(|whole| !doubtful(document, whole)) {
        return vec![whole];
    }
    let excerpt = document.excerpt(segment.span);
    let latin = writes(document.language, Script::Latin);
    let odd = |c: char| {
        c.is_alphabetic() && !(c.is_ascii() && latin) && {
            let script = c.script();
            !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
                && !writes(document.language, script)
        }
    };
    if !excerpt.chars().any(odd) {
        return Vec::new();
    }
    runs(document, segment, odd)
}

/// Whether a second judge, asked only where the first is not sure, takes the sentence for the text's own language.
fn doubtful(document: &Document, whole: &Foreign) -> bool {
    whole.confidence < SURE
        && identify::detect(document.excerpt(whole.span))
            .is_some_and(|guess| guess.language.same_language(document.language))
}

/// Whether a language is written in a script. Latin letters serve as figures and signs everywhere.
fn writes(language: &Language, script: Script) -> bool {
    identify::writes(language, script)
}

/// The whole segment, where it is in another language.
fn sentence(document: &Document, segment: &Segment) -> Option<Foreign> {
    let expected = document.language;
    let tokens = running::tokens(document, segment.span);
    let quoted: Vec<Span> = (segment.mentions.iter())
        .filter(|mention| matches!(mention.value, Value::Quotation))
        .map(|mention| mention.span)
        // A few words are quoted in their language on purpose, a sentence hardly ever.
        .filter(|span| {
            tokens.iter().filter(|token| span.contains(token.span)).take(QUOTED + 1).count() <= QUOTED
        })
        .collect();
    let listed = lexis::size(expected) >= LISTED;
    let (mut known, mut judged) = (0_usize, 0_usize);
    let mut plain = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if !token.wordy()
            || (index > 0 && token.capitalised())
            || quoted.iter().any(|span| span.contains(token.span))
        {
            continue;
        }
        judged += 1;
        if listed {
            known += usize::from(lexis::known(&expected.lower(token.text), expected));
        }
        plain.push_str(token.text);
        if !token.text.chars().all(text::is_unspaced) {
            plain.push(' ');
        }
    }
    if judged == 0 || (listed && known as f64 >= OWN * judged as f64) {
        return None;
    }
    let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
    let script = identify::dominant_script(&plain)?;
    let found =
        |language, confidence| Some(Foreign { span: segment.span, language, confidence, words: judged });
    if !writes(expected, script) {
        let most = plain.chars().filter(|c| c.is_alphabetic() && !writes(expected, c.script())).count();
        // Latin words serve as names and terms in every language: a sentence of them has small words too.
        let small = tokens.iter().filter(|token| token.small() && token.text.is_ascii()).count();
        let enough = match script {
            Script::Latin => letters >= 20 && small >= 4,
            Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul => letters >= 5,
            _ => letters >= 8,
        };
        if !enough || most * 10 < letters * 8 {
            return None;
        }
        return found(identify::guess(&plain).map(|guess| guess.language), 0.95);
    }
    // Hardly a sentence of Japanese does without kana.
    if writes(expected, Script::Hiragana)
        && letters >= 10
        && document.excerpt(segment.span).ends_with('。')
        && !document
            .excerpt(segment.span)
            .chars()
            .any(|c| matches!(c.script(), Script::Hiragana | Script::Katakana))
    {
        return found(crate::lang::find("zh"), 0.9);
    }
    if letters < LETTERS || judged < 4 {
        return None;
    }
    let instead = identify::instead(&plain, expected)?;
    if instead.language.same_language(expected) {
        return None;
    }
    let needed = 0.3 + 0.02 * 45_usize.saturating_sub(letters) as f64;
    let language = Some(instead.language);
    if instead.margin < needed || (listed && known * 10 > judged * 6 && instead.margin < 0.7) {
        return None;
    }
    found(language, if instead.margin > 0.6 && letters > 40 { 0.96 } else { 0.85 })
}

/// Runs of letters that the language does not write.
fn runs(document: &Document, segment: &Segment, odd: impl Fn(char) -> bool) -> Vec<Foreign> {
    let excerpt = document.excerpt(segment.span);
    let mut out = Vec::new();
    let mut open: Option<Span> = None;
    let mut close = |open: &mut Option<Span>| {
        let Some(span) = open.take() else { return };
        let placed = span.shift(segment.span.start);
        if let Some(found) = run(document, placed) {
            out.push(found);
        }
    };
    for (index, character) in excerpt.char_indices() {
        if odd(character) {
            let end = index + character.len_utf8();
            open = Some(open.map_or(Span::new(index, end), |span| Span::new(span.start, end)));
        } else if character.is_alphanumeric() || matches!(character, '(' | ')' | '（' | '）' | '[' | ']') {
            close(&mut open);
        }
    }
    close(&mut open);
    out
}

fn run(document: &Document, span: Span) -> Option<Foreign> {
    let run = document.excerpt(span);
    let before = document.text.get(..span.start)?.chars().next_back();
    let after = document.text.get(span.end..)?.chars().next();
    let spaced = document.language.spaced;
    // Letters of two scripts in one word are another fault.
    if spaced && (before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric)) {
        return None;
    }
    let bracket = |c: Option<char>| c.is_some_and(|c| matches!(c, '(' | '（' | '[' | ')' | '）' | ']'));
    if bracket(before)
        || bracket(after)
        || is_gloss(document, span)
        || (before.is_some_and(text::is_quote) && after.is_none_or(|c| !c.is_whitespace()))
        || running::in_link(document, span)
    {
        return None;
    }
    let script = identify::dominant_script(run)?;
    let letters = run.chars().filter(|c| c.is_alphabetic()).count();
    let words: Vec<_> = words::words(run).collect();
    let small = words.iter().filter(|word| !text::is_capitalised(word.text) && word.text.len() > 1).count();
    let enough = match script {
        Script::Latin => words.len() >= 5 && small >= 4,
        Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul => letters >= 2,
        Script::Greek => letters >= 4,
        _ => letters >= 3,
    };
    let language = identify::guess(run).map(|guess| guess.language);
    enough.then_some(Foreign { span, language, confidence: 0.85, words: words.len() })
}

/// Whether a few letters stand in brackets behind what they are: *(Chinese: 火眼, “fire eye”)*.
fn is_gloss(document: &Document, span: Span) -> bool {
    const LABEL: usize = 24;
    const LETTERS: usize = 12;
    let before = document.text.get(..span.start).unwrap_or_default();
    let label = before.chars().rev().take(LABEL).take_while(|c| !matches!(c, ')' | '）' | '.' | '。' | '\n'));
    label.into_iter().any(|c| matches!(c, '(' | '（')) && document.excerpt(span).chars().count() <= LETTERS
}

/// The beginning of a long stretch, for a message.
pub(super) fn shorten(stretch: &str) -> String {
    const MOST: usize = 60;
    match stretch.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", stretch.get(..cut).unwrap_or_default().trim_end()),
        None => stretch.to_owned(),
    }
}
