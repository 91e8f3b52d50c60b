//! What stands before and behind names: given names, forms of address, offices.

use std::collections::BTreeSet;

use super::running::{self, Token};
use crate::lang::{Language, PerLanguage, gazetteer, lexis, roles, slips, tables, text};
use crate::model::{NameKind, Segment, Span, Value};

/// Whether two words are one given name, perhaps in two cases.
pub(super) fn alike(given: &str, other: &str, language: &Language) -> bool {
    let folded = text::fold(other);
    given == folded
        || gazetteer::bases(&folded, language).iter().any(|base| base == given)
        || gazetteer::bases(given, language).contains(&folded)
}

/// Whether a word before a name is a given name: known for one, or a word with a capital that is no other word.
pub(super) fn is_given(before: &Token<'_>, segment: &Segment, language: &Language) -> bool {
    let lower = language.lower(before.text);
    let known =
        gazetteer::is_given_name(before.text) || tables::strangers(language).names.contains(&before.text);
    if is_title(before, language) {
        return false;
    }
    if language.cased {
        before.capitalised() && (known || !lexis::known(&lower, language))
    } else {
        // What is no word of the language before a name is a name.
        known
            || is_person(segment, before.span)
            || lexis::size(language) > 4000 && !slips::is_word(&lower, language)
    }
}

/// Whether a word is part of the name of a person.
pub(super) fn is_person(segment: &Segment, span: Span) -> bool {
    segment.mentions.iter().any(|mention| {
        matches!(&mention.value, Value::Name(name) if name.kind == NameKind::Person && name.certainty >= 0.7)
            && mention.span.overlaps(span)
    })
}

/// Whether a word is a title or an office right before a name.
pub(super) fn precedes(before: &Token<'_>, token: &Token<'_>, language: &Language) -> bool {
    let dotted = matches!(token.gap, ". " | ".\u{a0}");
    (dotted || token.follows_a_space() && before.text.chars().count() > 1) && is_title(before, language)
}

/// Whether a word is a form of address or an office.
pub(super) fn is_title(token: &Token<'_>, language: &Language) -> bool {
    titles(language).contains(language.lower(token.text).trim_end_matches('.')) || is_letter(token, language)
}

/// Whether a word is a form of address of one letter, which only its dot tells: κ., p.
fn is_letter(token: &Token<'_>, language: &Language) -> bool {
    token.small()
        && token.text.chars().count() == 1
        && language.names.as_ref().is_some_and(|names| {
            names.honorifics.iter().any(|form| form.strip_suffix('.') == Some(token.text))
        })
}

/// Whether a word stands behind names in the language: 씨, bey.
pub(super) fn is_honorific(token: &Token<'_>, language: &Language) -> bool {
    let lower = language.lower(token.text);
    tables::behind_names(language).iter().any(|form| {
        let rest = lower.strip_prefix(form);
        // A particle of Korean may be written on.
        let particle = |rest: &str| rest.chars().count() <= 2 && rest.chars().all(text::is_hangul);
        rest.is_some_and(particle)
    })
}

/// Whether a word before a lone name with a capital begins no name itself: small, or a small word that opens the sentence.
pub(super) fn is_plain(before: &Token<'_>, opens: bool, language: &Language) -> bool {
    let lower = language.lower(before.text);
    before.small() && !tables::articles(language).contains(&lower.as_str())
        || opens
            && before.wordy()
            && running::function_words(language).contains(lower.as_str())
            && !tables::articles(language).contains(&lower.as_str())
}

/// Forms of address and offices of one word, in lower case; saints and what noblemen are called are no such forms, and
/// without capitals no offices: a mayor may be a market.
fn titles(language: &Language) -> &'static BTreeSet<String> {
    static TITLES: PerLanguage<BTreeSet<String>> = PerLanguage::new();
    TITLES.get(language, |language| {
        let honorifics = language.names.iter().flat_map(|names| &names.honorifics).map(String::as_str);
        let behind = tables::behind_names(language);
        let profile =
            language.roles.iter().flat_map(|roles| roles.forms.values().flatten()).map(String::as_str);
        let table = roles::rows().iter().flat_map(|row| roles::forms(row, language));
        let holy = ["san", "são", "saint", "sf", "sv", "św", "st", "dom", "don", "св"];
        honorifics
            .chain(profile.chain(table).filter(|_| language.cased))
            .map(|form| language.lower(form.trim_end_matches('.')))
            .filter(|form| !behind.contains(&form.as_str()))
            .filter(|form| !form.contains(' ') && form.chars().count() >= 2)
            .filter(|form| !holy.iter().any(|start| form.starts_with(start)))
            .collect()
    })
}
