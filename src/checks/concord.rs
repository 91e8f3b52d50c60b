//! Words that do not go together, besides those that a profile lists: determiners and nouns as learnt from text, particles
//! after the wrong sound, nouns behind the wrong figure. Finds nothing itself: `agreement` uses it.

use super::Findings;
use super::agreement::{gender, nouns_have_capitals};
use super::running::{self, Token};
use crate::lang::concord::{self, Concord};
use crate::lang::profile::{BySound, Grammar};
use crate::lang::{Language, lexis, text};
use crate::model::{Document, Span};

/// Reports what is not `told` already; what is told is in order and does not overlap.
pub(super) fn report(text: &Document, grammar: &Grammar, told: &[Span], findings: &mut Findings<'_>) {
    let is_told = |span: Span| {
        let after = told.partition_point(|other| other.end <= span.start);
        told.get(after).is_some_and(|other| other.overlaps(span))
    };
    let known = concord::of(text.language);
    for segment in text.prose() {
        let tokens = running::tokens(text, segment.span);
        let lower: Vec<String> = tokens.iter().map(|token| text.language.lower(token.text)).collect();
        for index in 0..tokens.len() {
            if is_told(tokens[index].span) {
                continue;
            }
            if let Some(known) = known {
                determined(text, (&tokens, &lower), index, (known, grammar), findings);
            }
            counted(text, (&tokens, &lower), index, grammar, findings);
            for particle in &grammar.by_sound {
                let counter = index.checked_sub(1).is_some_and(|before| {
                    tokens[index].follows_a_space() && tokens[before].text.starts_with(char::is_numeric)
                });
                after_sound(&tokens[index], particle, (counter, text.language), findings);
            }
        }
    }
}

/// A determiner and a noun that never goes with it.
fn determined(
    text: &Document,
    (tokens, lower): (&[Token<'_>], &[String]),
    index: usize,
    (known, grammar): (&Concord, &Grammar),
    findings: &mut Findings<'_>,
) {
    let Some(at) = index.checked_sub(1) else { return };
    let (word, noun) = (&tokens[at], &tokens[index]);
    let capitals = nouns_have_capitals(text.language);
    let written = if capitals { noun.capitalised() } else { noun.small() };
    // After a comma the first may be a relative pronoun or end a clause.
    let plain =
        noun.follows_a_space() && (at == 0 || word.follows_a_space() || running::may_open(tokens, at));
    if !plain
        || !written
        || !noun.wordy()
        || !capitals && word.capitalised() && !running::may_open(tokens, at)
    {
        return;
    }
    let before = at.checked_sub(1).map_or("", |before| lower[before].as_str());
    let (word_lower, noun_lower) = (lower[at].as_str(), lower[index].as_str());
    // Whoever holds an office may be a woman: `la juez`, `η πρόεδρος`.
    let office = || {
        text.language
            .roles
            .as_ref()
            .is_some_and(|roles| roles.forms.values().flatten().any(|form| form == noun_lower))
    };
    if grammar.nouns.get(noun_lower).is_some_and(|gender| gender == "?") || office() {
        return;
    }
    // What the profile says is told as it says.
    if grammar.determiners.contains_key(word_lower) && gender(noun_lower, grammar).is_some()
        || !known.clash(before, word_lower, noun_lower, capitals)
    {
        return;
    }
    // An adjective, or the first part of a compound, before the noun: `la possible entrave`, `un porte-parole`.
    let goes_on = tokens.get(index + 1).is_some_and(|next| {
        next.gap.starts_with(text::is_hyphen)
            || next.follows_a_space() && known.agree(before, word_lower, &lower[index + 1])
    });
    if !goes_on {
        let span = word.span.join(noun.span);
        findings.at(span, format!("“{}” does not agree with “{}”", word.text, noun.text)).confidence(0.8);
    }
}

/// A noun in a form that does not stand behind the figure before it, an adjective between them or not.
fn counted(
    text: &Document,
    (tokens, lower): (&[Token<'_>], &[String]),
    index: usize,
    grammar: &Grammar,
    findings: &mut Findings<'_>,
) {
    let word = &lower[index];
    let (five, two) = (grammar.not_after_five.contains(word), grammar.not_after_two.contains(word));
    if !(five || two) || !(tokens[index].small() || nouns_have_capitals(text.language)) {
        return;
    }
    let number = |back: usize| -> Option<(&Token<'_>, u32)> {
        let at = index.checked_sub(back)?;
        let token = &tokens[at];
        // A part of a larger figure, of a date or of a range of another kind is no count.
        let whole = at == 0
            || !token.gap.ends_with(text::is_hyphen)
                && !token.gap.contains([',', '.', ':', '/', '№', '#', '§'])
            || token.gap.contains(' ') && !tokens[at - 1].text.chars().any(char::is_numeric);
        let value = token.text.parse().ok().filter(|&value: &u32| value < 1000)?;
        (whole && token.text.chars().all(|digit| digit.is_ascii_digit())).then_some((token, value))
    };
    let adjective = index.checked_sub(1).is_some_and(|at| {
        five && tokens[at].small()
            && tokens[at].follows_a_space()
            && grammar.many.iter().any(|end| lower[at].ends_with(end.as_str()))
    });
    let Some((figure, value)) = number(1).or_else(|| if adjective { number(2) } else { None }) else {
        return;
    };
    let many = matches!(value % 10, 0 | 5..=9) || matches!(value % 100, 11..=14);
    let wrong = five && many && value > 4 || two && value >= 2;
    if wrong && tokens[index].follows_a_space() && tokens[index - 1].span.start >= figure.span.start {
        let span = figure.span.join(tokens[index].span);
        let written = text.excerpt(span);
        findings.at(span, format!("the words “{written}” do not agree")).confidence(0.8);
    }
}

/// A particle in the form that does not go with the sound before it: 책를.
/// `counter`: behind a figure, where one syllable is a word.
fn after_sound(
    token: &Token<'_>,
    particle: &BySound,
    (counter, language): (bool, &Language),
    findings: &mut Findings<'_>,
) {
    let pairs = [(&particle.consonant, &particle.vowel, false), (&particle.vowel, &particle.consonant, true)];
    for (form, other, wants_vowel) in pairs {
        let Some(stem) = token.text.strip_suffix(form.as_str()).filter(|stem| stem.chars().count() >= 1)
        else {
            continue;
        };
        let Some(sound) = stem.chars().next_back().and_then(final_sound) else { continue };
        let vowel = sound == 0 || particle.liquid && sound == LIQUID;
        let right = format!("{stem}{other}");
        let known = || {
            let syllables = stem.chars().count();
            !particle.only
                && (counter && syllables == 1
                    || syllables >= 2 && lexis::known(&right, language) && !lexis::seen(token.text, language))
        };
        if vowel != wants_vowel && (particle.certain.contains(form) || known()) {
            findings
                .at(token.span, format!("“{form}” does not go with the sound before it: “{right}”"))
                .confidence(0.85)
                .replace_with(right);
            return;
        }
    }
}

/// ㄹ among the final consonants of syllables.
const LIQUID: u32 = 8;

/// The final consonant of a Hangul syllable, 0 where it ends in a vowel.
fn final_sound(syllable: char) -> Option<u32> {
    ('가'..='힣').contains(&syllable).then(|| (u32::from(syllable) - 0xac00) % 28)
}
