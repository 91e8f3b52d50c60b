//! Sources without spaces between words: every run of characters that spell foreign names may be a name.

use super::{Change, Likeness, Matcher, Side, Span, Word, names};
use crate::names::transliteration;

/// Mean log-odds from which characters spell a foreign name.
const SPELLS: f64 = 0.4;

/// Score from which characters render a name.
const RENDERS: f64 = -0.3;

/// Probability from which characters render a name that a window cuts off.
const RENDERS_WHOLE: f64 = 0.5;

/// Score from which characters resemble a name; two characters make many a word.
const RESEMBLES: f64 = -4.0;
const RESEMBLES_IN_TWO: f64 = -3.0;

/// Log-odds from which a character beside a window belongs to the name, so that the window is part of it.
const CERTAIN: f64 = 2.0;

/// Mean log-odds of characters that can be nothing but a name.
const PLAINLY: f64 = 1.5;

/// Logits lost for a mean of one less, and for a window that is part of a longer name.
const SHORTFALL: f64 = 2.4;
const PART: f64 = 5.8;

/// Most characters of one name between dots.
const LONGEST: usize = 7;

/// Fewest characters of two words written together.
const TOGETHER: usize = 5;

/// Characters that a name may have on either side of those that plainly spell it: 南 in 布坎南.
const BEYOND: usize = 2;

/// Fewest letters of a name that is compared, and of one that is no person's.
const SHORTEST: usize = 3;
const SHORTEST_OTHER: usize = 5;

/// A run of characters of the passage that may be a name.
struct Window {
    span: Span,
    letters: usize,
    keys: Vec<String>,
    /// Logits that it loses for what it is made of.
    loss: f64,
    /// Whether the character before it, and the one behind, plainly belong to a name.
    cut: (bool, bool),
}

fn is_katakana(character: char) -> bool {
    matches!(character, 'ァ'..='ヺ' | 'ー')
}

fn is_dot(character: char) -> bool {
    matches!(character, '·' | '・' | '‧' | '•')
}

/// Log-odds of a character to spell a name; katakana does nothing else.
fn odds(character: char) -> f64 {
    if is_katakana(character) { CERTAIN + 1.0 } else { transliteration(character) }
}

fn mean_odds(piece: &str) -> f64 {
    piece.chars().map(odds).sum::<f64>() / piece.chars().count().max(1) as f64
}

fn windows(side: &Side<'_>) -> Vec<Window> {
    let text = side.document.excerpt(side.whole);
    let pieces = names::windows(text, side.document.language, 1..=1).into_iter();
    pieces
        .filter_map(|range| {
            let span = Span::from(range);
            let piece = span.of(text);
            let letters = piece.chars().count();
            if letters > LONGEST || piece.chars().any(is_dot) {
                return None;
            }
            let before = text.get(..span.start).and_then(|text| text.chars().next_back());
            let after = text.get(span.end..).and_then(|text| text.chars().next());
            let cut = |c: Option<char>| c.is_some_and(|c| odds(c) > CERTAIN);
            let loss = SHORTFALL * (PLAINLY - mean_odds(piece)).max(0.0);
            Some(Window { span, letters, keys: names::keys(piece), loss, cut: (cut(before), cut(after)) })
        })
        .collect()
}

fn logit(probability: f64) -> f64 {
    let probability = probability.clamp(1e-6, 1.0 - 1e-6);
    (probability / (1.0 - probability)).ln()
}

/// What a word scores in the windows where it may stand, the best first: of those that share a key with it alone, or
/// of all. What is rendered already is no part of the name beside it.
fn scores(
    word: &Word<'_>,
    windows: &[Window],
    (text, rendered): (&str, &[Span]),
    keyed: bool,
    (from, to): (&str, &str),
) -> Vec<(Span, f64)> {
    let letters = word.letters();
    let keys = if keyed { names::keys(word.text) } else { Vec::new() };
    let fits = |window: &&Window| {
        window.letters * if keyed { 5 } else { 4 } >= letters
            && window.letters <= letters
            && (!keyed || window.keys.iter().any(|key| keys.contains(key)))
            && !rendered.iter().any(|other| other.overlaps(window.span))
    };
    let beside = |window: &Window| {
        let before = window.cut.0 && !rendered.iter().any(|other| other.end == window.span.start);
        let after = window.cut.1 && !rendered.iter().any(|other| other.start == window.span.end);
        PART * f64::from(u8::from(before) + u8::from(after))
    };
    let mut out: Vec<(Span, f64)> = windows
        .iter()
        .filter(fits)
        .map(|window| {
            let probability = Matcher::probability(window.span.of(text), from, word.text, to);
            (window.span, logit(probability) - window.loss - beside(window))
        })
        .collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// Adds the names that are near to the changes that were found.
pub(super) fn extend(source: &Side<'_>, target: &Side<'_>, candidates: &[usize], out: &mut Vec<Change>) {
    for near in near(source, target, candidates) {
        if !out.iter().any(|change| change.target == near.target) {
            out.push(near);
        }
    }
}

/// Names of the side with spaces that characters of the other are near, and do not render.
pub(super) fn near(source: &Side<'_>, target: &Side<'_>, candidates: &[usize]) -> Vec<Change> {
    let languages = (source.document.language.tag.as_str(), target.document.language.tag.as_str());
    let text = source.document.excerpt(source.whole);
    let windows = windows(source);
    let mut rendered: Vec<Span> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (y, word) in target.words.iter().enumerate() {
        if !word.capital || word.letters() < SHORTEST {
            continue;
        }
        let scores = scores(word, &windows, (text, &[]), true, languages);
        match scores.first() {
            // A short name is like something in every sentence.
            Some(&(span, score)) if score >= RENDERS => {
                rendered.extend((word.letters() > SHORTEST).then_some(span));
            }
            _ => open.extend(candidates.contains(&y).then_some(y)),
        }
    }
    rendered.extend(together(target, &open, &windows, text, languages));
    // What the tables have is no other name.
    let keyed = source.names().filter(|(_, name)| name.key.is_some());
    rendered.extend(
        keyed.map(|(span, _)| Span::new(span.start - source.whole.start, span.end - source.whole.start)),
    );
    let mut near: Vec<(usize, Span, f64)> = Vec::new();
    for y in open {
        let word = target.words[y];
        let long = word.letters() >= if word.is_person() { SHORTEST + 1 } else { SHORTEST_OTHER };
        if !long || word.known || !word.is_name(target.document.language) || text.contains(word.text) {
            continue;
        }
        let scores = scores(word, &windows, (text, &rendered), false, languages);
        let Some(&(span, score)) = scores.first() else { continue };
        let two = span.of(text).chars().count() <= 2;
        if (if two { RESEMBLES_IN_TWO } else { RESEMBLES }..RENDERS).contains(&score) {
            near.push((y, span, score));
        }
    }
    // Each window stands for one name.
    near.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let mut out: Vec<Change> = Vec::new();
    for (y, span, score) in near {
        let word = target.words[y];
        let free = !rendered.iter().any(|other| other.overlaps(span));
        if !free || mean_odds(span.of(text)) < SPELLS || goes_on(span, text, word, languages) {
            continue;
        }
        rendered.push(span);
        let probability = 1.0 / (1.0 + (-score).exp());
        out.push(Change {
            source: span.shift(source.whole.start),
            target: word.span,
            likeness: Likeness::Sound { probability, strange: true, context: false },
            grave: word.is_person() && span.of(text).chars().count() > 2,
        });
    }
    out
}

/// Names of two words that are written without a dot between them: 唐纳德特朗普.
fn together(
    target: &Side<'_>,
    open: &[usize],
    windows: &[Window],
    text: &str,
    (from, to): (&str, &str),
) -> Vec<Span> {
    let pairs = open.iter().filter_map(|&y| Some((target.words.get(y.checked_sub(1)?)?, target.words[y])));
    let found = pairs.filter(|(first, _)| first.capital).filter_map(|(first, second)| {
        let name = format!("{} {}", first.text, second.text);
        windows
            .iter()
            .filter(|window| window.letters >= TOGETHER)
            .map(|window| (Matcher::probability(window.span.of(text), from, &name, to), window.span))
            .filter(|(probability, _)| *probability >= RENDERS_WHOLE)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, span)| span)
    });
    found.collect()
}

/// Whether the name goes on beyond a window, with characters that rarely spell names, and renders the word whole.
fn goes_on(span: Span, text: &str, word: &Word<'_>, (from, to): (&str, &str)) -> bool {
    let letter = |c: &char| c.is_alphabetic() && !c.is_ascii();
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let mut starts = vec![span.start];
    for c in before.chars().rev().take_while(letter).take(BEYOND) {
        starts.push(starts.last().copied().unwrap_or_default() - c.len_utf8());
    }
    let mut ends = vec![span.end];
    for c in after.chars().take_while(letter).take(BEYOND) {
        ends.push(ends.last().copied().unwrap_or_default() + c.len_utf8());
    }
    starts.iter().any(|&start| {
        ends.iter().any(|&end| {
            let piece = text.get(start..end).unwrap_or_default();
            Matcher::probability(piece, from, word.text, to) >= RENDERS_WHOLE
        })
    })
}
