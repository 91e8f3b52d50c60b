//! Names of a source of which the translation has the word that the name means.

use std::collections::BTreeSet;

use super::running::{self, Token};
use super::surname_titles::{is_honorific, precedes};
use super::surname_words::{bare, phrase_end};
use crate::lang::{gazetteer, surnames, text};
use crate::model::{Bead, Bitext, Document, Span};
use crate::names::Matcher;

/// The names of a bead of which the target has the translation and not the name.
pub(super) fn of_bead(bitext: &Bitext, bead: &Bead) -> Vec<(Span, Span)> {
    let (source, target) = (&bitext.source, &bitext.target);
    let table = surnames::of(target.language);
    let (Some(from), Some(to)) = (bitext.source_span(bead), bitext.target_span(bead)) else {
        return Vec::new();
    };
    if table.is_empty() || source.language.same_language(target.language) {
        return Vec::new();
    }
    let language = target.language;
    let tokens = if language.spaced { running::tokens(target, to) } else { running::segmented(target, to) };
    let mut candidates: Vec<(usize, usize, usize)> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if language.cased && !token.capitalised() {
            continue;
        }
        for (row, wrong) in table.translated(&language.lower(token.text), language) {
            if let Some(last) = phrase_end(&tokens, index, wrong, language) {
                candidates.push((index, last, row));
            }
        }
    }
    if candidates.is_empty() {
        return Vec::new();
    }
    let said: BTreeSet<usize> = tokens.iter().flat_map(|token| table.named(token.text, language)).collect();
    let names = running::tokens(source, from);
    let mut out: Vec<(Span, Span)> = Vec::new();
    for (index, last, row) in candidates {
        let free = !said.contains(&row) && !out.iter().any(|(_, other)| other.overlaps(tokens[index].span));
        let Some(at) = free.then(|| named_in(source, &names, table.rows()[row].name)).flatten() else {
            continue;
        };
        let may_be = |token: &Token<'_>| {
            let probability =
                Matcher::probability(names[at].text, &source.language.tag, token.text, &language.tag);
            (!language.cased || token.capitalised()) && probability >= MAY_BE
        };
        let others = tokens.iter().enumerate().filter(|(other, _)| !(index..=last).contains(other));
        if others.map(|(_, token)| token).any(may_be) {
            continue;
        }
        let given = at.checked_sub(1).map(|before| &names[before]).filter(|_| names[at].follows_a_space());
        let before = index.checked_sub(1).map(|before| &tokens[before]);
        let joined =
            tokens[index].follows_a_space() || matches!(tokens[index].gap, "·" | "・" | "‧" | "•" | "＝");
        let behind_given = joined
            && given.zip(before).is_some_and(|(given, before)| {
                text::fold(given.text) == text::fold(before.text)
                    || Matcher::probability(given.text, &source.language.tag, before.text, &language.tag)
                        >= SAME
            });
        let addressed = before.is_some_and(|before| precedes(before, &tokens[index], language))
            || tokens.get(last + 1).is_some_and(|after| {
                (after.follows_a_space() || after.gap.is_empty()) && is_honorific(after, language)
            });
        if behind_given || addressed {
            out.push((names[at].span, tokens[index].span.join(tokens[last].span)));
        }
    }
    out
}

/// Probability from which two words of two languages are one name, and may be one.
const SAME: f64 = 0.5;

const MAY_BE: f64 = 0.1;

/// The word of a passage that is a name of the table, as somebody's name: behind another word with a capital.
fn named_in(source: &Document, tokens: &[Token<'_>], name: &str) -> Option<usize> {
    let language = source.language;
    let folded = text::fold(name);
    tokens.iter().enumerate().position(|(index, token)| {
        if language.cased && !token.capitalised() {
            return false;
        }
        let own = text::fold(bare(token.text));
        let same = own == folded
            || gazetteer::bases(&own, language).contains(&folded)
            || language.script != "Latn"
                && Matcher::probability(name, "en", token.text, &language.tag) >= SAME;
        let before = index.checked_sub(1).map(|before| &tokens[before]);
        same && before.is_some_and(|before| {
            precedes(before, token, language)
                || token.follows_a_space() && (before.capitalised() || !language.cased)
        })
    })
}
