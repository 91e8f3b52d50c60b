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
    let known = concord::of(text.language);
    for segment in text.prose() {
        let tokens = running::tokens(text, segment.span);
        let lower = running::lowered(&tokens, text.language);
        for index in 0..tokens.len() {
            if running::is_told(told, tokens[index].span) {
                continue;
            }
            if let Some(known) = known {
                determined(text, (&tokens, &lower), index, (known, grammar), findings);
                parted(text, (&tokens, &lower), index, (known, grammar), findings);
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
    // A pronoun that opens a clause, or stands behind its preposition: `, durch die Blut fließt`.
    let opens_clause = at.checked_sub(1).is_some_and(|before| tokens[before].gap.contains([',', '،']));
    let preposed = grammar.prepositions.iter().any(|preposition| preposition == before);
    let surely = capitals && !opens_clause
        || preposed
        || !grammar.enclitics.contains(&lower[at]) && no_verb(noun_lower, grammar, text.language);
    if noun.text.contains(['\'', '’']) || either(word_lower, before, noun_lower, (known, grammar)) {
        return;
    }
    // What the profile says is told as it says.
    if grammar.determiners.contains_key(word_lower) && gender(noun_lower, grammar).is_some()
        || !known.clash(before, word_lower, head(noun_lower, known, grammar, text.language), surely)
    {
        return;
    }
    if !goes_on(text.language, (tokens, lower), index, (before, word_lower), known) {
        tell(word, noun, findings);
    }
}

/// Reports a determiner that does not agree with its noun.
fn tell(word: &Token<'_>, noun: &Token<'_>, findings: &mut Findings<'_>) {
    let message = format!("“{}” does not agree with “{}”", word.text, noun.text);
    findings.at(word.span.join(noun.span), message).confidence(0.8);
}

/// Whether what looks like the noun that clashes is the first part of something else: an adjective (`la possible entrave`), a
/// part of a compound (`un porte-parole`), or of a foreign name (`der Gold Coast`).
fn goes_on(
    language: &Language,
    (tokens, lower): (&[Token<'_>], &[String]),
    index: usize,
    (before, word): (&str, &str),
    known: &Concord,
) -> bool {
    let name = |next: &Token<'_>| {
        nouns_have_capitals(language) && next.capitalised() && !lexis::known(&lower[index + 1], language)
    };
    tokens.get(index + 1).is_some_and(|next| {
        next.gap.starts_with(text::is_hyphen)
            || next.follows_a_space() && (known.agree(before, word, &lower[index + 1]) || name(next))
    })
}

/// Whether the noun may be a plural that is written as its singular, behind a determiner of plurals.
fn either(word: &str, before: &str, noun: &str, (known, grammar): (&Concord, &Grammar)) -> bool {
    known.takes_plural(before, word) && grammar.same_plural.iter().any(|end| noun.ends_with(end.as_str()))
}

/// Whether the noun is surely no form of a verb.
fn no_verb(noun: &str, grammar: &Grammar, language: &Language) -> bool {
    !grammar.verb_endings.is_empty() && !may_be_verb(noun, grammar, language)
}

/// Whether the word ends as a form of a verb that the lists hold.
pub(super) fn may_be_verb(word: &str, grammar: &Grammar, language: &Language) -> bool {
    grammar.verb_endings.iter().any(|(ending, first)| {
        word.strip_suffix(ending.as_str())
            .is_some_and(|stem| !stem.is_empty() && lexis::known(&format!("{stem}{first}"), language))
    })
}

/// Whether the first part of a compound is a word, with a letter that joins or without.
pub(super) fn is_stem(stem: &str, grammar: &Grammar, language: &Language) -> bool {
    grammar.links.iter().any(|link| {
        stem.strip_suffix(link.as_str())
            .is_some_and(|part| part.chars().count() > 2 && lexis::known(part, language))
    })
}

/// The noun that tells the class of a noun: of a compound its last part.
pub(super) fn head<'a>(noun: &'a str, known: &Concord, grammar: &Grammar, language: &Language) -> &'a str {
    if grammar.links.is_empty() {
        return noun;
    }
    let function = running::function_words(language);
    let word = |stem: &str| !function.contains(stem) && is_stem(stem, grammar, language);
    known.head(noun, word).unwrap_or(noun)
}

/// A determiner, an adjective, and a noun that never goes with the determiner: `die russische Angriff`.
fn parted(
    text: &Document,
    (tokens, lower): (&[Token<'_>], &[String]),
    index: usize,
    (known, grammar): (&Concord, &Grammar),
    findings: &mut Findings<'_>,
) {
    let Some(at) = index.checked_sub(2) else { return };
    let (word, adjective, noun) = (&tokens[at], &tokens[at + 1], &tokens[index]);
    let capitals = nouns_have_capitals(text.language);
    let before = at.checked_sub(1).map_or("", |before| lower[before].as_str());
    // In a clause that a pronoun opens there may be no determiner: `, mit der große Firmen`.
    let opens_clause = |at: usize| tokens[at].gap.contains([',', '،']);
    let plain = adjective.follows_a_space()
        && noun.follows_a_space()
        && adjective.small()
        && noun.wordy()
        && if capitals { noun.capitalised() } else { noun.small() }
        && !opens_clause(at)
        && !at.checked_sub(1).is_some_and(opens_clause)
        && (capitals || !word.capitalised() || running::may_open(tokens, at));
    if !plain || grammar.unsure_nouns.contains(&lower[index]) {
        return;
    }
    let adjectival = || {
        let ending = |end: &String| lower[at + 1].ends_with(end.as_str());
        !running::function_words(text.language).contains(lower[at + 1].as_str())
            && (grammar.between.iter().any(ending) || known.is_adjective("", &lower[at + 1]))
    };
    let preposed = grammar.prepositions.iter().any(|preposition| preposition == before);
    let noun_lower = head(&lower[index], known, grammar, text.language);
    // Where adjective and noun clash, that is told.
    if known.clash(before, &lower[at], noun_lower, capitals || preposed)
        && !known.clash(&lower[at], &lower[at + 1], noun_lower, capitals)
        && adjectival()
        && !either(&lower[at], before, &lower[index], (known, grammar))
        && !goes_on(text.language, (tokens, lower), index, (before, &lower[at]), known)
    {
        tell(word, noun, findings);
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
    text::is_hangul(syllable).then(|| (u32::from(syllable) - 0xac00) % 28)
}
