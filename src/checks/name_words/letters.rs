//! Sources without spaces between words: every run of characters that spell foreign names may be a name.

use super::{
    Change, Likeness, Matcher, NameKind, RESEMBLES, RESEMBLES_UNCASED, Side, Span, is_slip_of, names,
    place_of,
};
use crate::names::transliteration;

/// Mean log-odds from which characters spell a foreign name.
const SPELLS: f64 = 0.4;

/// Probability from which characters render a name.
const RENDERS: f64 = 0.4;

/// Log-odds from which a character beside a window belongs to the name, so that the window is part of it.
const CERTAIN: f64 = 2.0;

/// How much less likely a part of a longer name is to be the whole.
const PART: f64 = 20.0;

pub(super) fn changes(source: &Side<'_>, target: &Side<'_>, candidates: &[usize]) -> Vec<Change> {
    let (from, to) = (source.document.language, target.document.language);
    let text = source.document.excerpt(source.whole);
    let windows: Vec<(Span, usize, Vec<String>, bool)> = names::windows(text, from, 1..=1)
        .into_iter()
        .filter_map(|range| {
            let piece = text.get(range.clone())?;
            let letters = piece.chars().count();
            (letters <= 7 && !piece.contains(['·', '・', '‧', '•'])).then(|| {
                let before = text.get(..range.start).and_then(|text| text.chars().next_back());
                let after = text.get(range.end..).and_then(|text| text.chars().next());
                let spells = |c: Option<char>| c.is_some_and(|c| transliteration(c) > CERTAIN);
                (Span::from(range), letters, names::keys(piece), spells(before) || spells(after))
            })
        })
        .collect();
    let mut out: Vec<Change> = Vec::new();
    let mut rendered: Vec<Span> = Vec::new();
    let mut near: Vec<(usize, Span, f64)> = Vec::new();
    for (y, word) in target.words.iter().enumerate().filter(|(_, word)| word.capital) {
        let letters = word.letters();
        if letters < 3 {
            continue;
        }
        let keys = names::keys(word.text);
        let mut best: Option<(Span, f64)> = None;
        for (span, count, others, part) in &windows {
            let fits = count * 5 >= letters && *count <= letters;
            if !fits || !others.iter().any(|key| keys.contains(key)) {
                continue;
            }
            let mut probability = Matcher::probability(span.of(text), &from.tag, word.text, &to.tag);
            if *part {
                probability /= probability + (1.0 - probability) * PART;
            }
            if best.is_none_or(|(_, old)| probability > old) {
                best = Some((*span, probability));
            }
        }
        match best {
            // A short name is like something in every sentence.
            Some((span, probability)) if probability >= RENDERS => {
                rendered.extend((letters > 3).then_some(span));
            }
            Some((span, probability)) if probability >= RESEMBLES && candidates.contains(&y) => {
                near.push((y, span, probability));
            }
            _ => {}
        }
    }
    slips(source, target, candidates, &mut out);
    near.retain(|&(y, ..)| !out.iter().any(|change| change.target == target.words[y].span));
    // Each window stands for one name.
    near.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    for (y, span, probability) in near {
        let word = target.words[y];
        let piece = span.of(text);
        let odds = piece.chars().map(transliteration).sum::<f64>() / piece.chars().count().max(1) as f64;
        if odds < SPELLS || rendered.iter().any(|other| other.overlaps(span)) {
            continue;
        }
        let sure = probability >= RESEMBLES_UNCASED && (word.is_person() || word.letters() >= 6);
        if word.known || !word.is_name(to) || !sure {
            continue;
        }
        rendered.push(span);
        out.push(Change {
            source: span.shift(source.whole.start),
            target: word.span,
            likeness: Likeness::Sound { probability, strange: !word.known, context: false },
            grave: word.is_person(),
        });
    }
    out
}

/// Places of the source that the target lacks, and words one slip away from their names.
fn slips(source: &Side<'_>, target: &Side<'_>, candidates: &[usize], out: &mut Vec<Change>) {
    let there = target.keys();
    for (span, name) in source.names() {
        let Some(key) = name.key.as_deref().filter(|_| name.kind == NameKind::Place) else { continue };
        if there.contains(place_of(key)) {
            continue;
        }
        let slip = candidates.iter().map(|&y| target.words[y]).find(|word| {
            is_slip_of(word, key, target.document.language)
                && !out.iter().any(|change| change.target == word.span)
        });
        if let Some(word) = slip {
            let likeness = Likeness::Letters { edits: 1, strange: true, context: true };
            out.push(Change { source: span, target: word.span, likeness, grave: true });
        }
    }
}
