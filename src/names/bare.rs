//! From a form in a text to the names it may stand for: without titles, clitics and endings. All of it is told
//! by the profile of the language.

use std::collections::HashSet;

use crate::lang::text::{fold, upper};
use crate::lang::{Language, PerLanguage};

/// Most forms that one text gives.
const MOST: usize = 48;

/// Most forms that one word of several gives.
const MOST_OF_A_WORD: usize = 8;

/// The names that a form may stand for, the form itself first: without honorifics and offices before and after,
/// without prefixes, endings replaced by those of the base form. A guess for each rule of the language, none
/// of them certain.
pub fn bare_forms(text: &str, language: &Language) -> Vec<String> {
    let mut forms = vec![text.to_owned()];
    let untitled = without_titles(text, language);
    let add = |forms: &mut Vec<String>, form: String| {
        if forms.len() < MOST && !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    };
    add(&mut forms, untitled.clone());
    let words: Vec<&str> = untitled.split(' ').filter(|word| !word.is_empty()).collect();
    let Some((last, before)) = words.split_last() else { return forms };
    let last_forms = word_forms(last, language);
    if before.is_empty() {
        for form in last_forms {
            add(&mut forms, form);
        }
        return forms;
    }
    // The ending of the last word alone: Angela Merkels.
    for form in &last_forms {
        add(&mut forms, format!("{} {form}", before.join(" ")));
    }
    // All words change: Анны Ивановой. The profile's order goes from certain to rare, so that words take
    // endings of about the same rank.
    let mut starts: Vec<String> = vec![String::new()];
    for word in before {
        let mut options = word_forms(word, language);
        options.truncate(MOST_OF_A_WORD);
        starts = starts
            .iter()
            .flat_map(|start| options.iter().map(move |option| format!("{start}{option} ")))
            .take(MOST)
            .collect();
    }
    for start in starts {
        for form in last_forms.iter().take(MOST_OF_A_WORD) {
            add(&mut forms, format!("{start}{form}"));
        }
    }
    forms
}

/// Words before and after a name that are honorifics or offices of the profile are cut, as long as a word is left.
pub(super) fn without_titles(text: &str, language: &Language) -> String {
    let words: Vec<&str> = text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect();
    let (mut start, mut end) = (0, words.len());
    while start + 1 < end {
        let longest = (end - start - 1).min(4);
        match (1..=longest).rev().find(|&count| is_title(&words[start..start + count], language)) {
            Some(count) => start += count,
            None => break,
        }
    }
    while start + 1 < end {
        let longest = (end - start - 1).min(4);
        match (1..=longest).rev().find(|&count| is_title(&words[end - count..end], language)) {
            Some(count) => end -= count,
            None => break,
        }
    }
    words.get(start..end).unwrap_or_default().join(" ").trim_matches([',', '،', '，']).to_owned()
}

/// Titles of a language, folded.
static TITLES: PerLanguage<HashSet<String>> = PerLanguage::new();

fn is_title(words: &[&str], language: &Language) -> bool {
    let phrase = language.lower(&words.join(" "));
    let phrase = phrase.trim_end_matches([',', '،', '，']);
    let titles = TITLES.get(language, |language| {
        let honorifics = language.names.iter().flat_map(|names| &names.honorifics);
        let honorifics = honorifics.map(|honorific| language.lower(honorific));
        let honorifics = honorifics.flat_map(|word| [word.trim_end_matches('.').to_owned(), word]);
        let offices = language.roles.iter().flat_map(|roles| roles.forms.values().flatten().cloned());
        honorifics.chain(offices).collect()
    });
    titles.contains(phrase)
}

/// What a word may stand for, itself first: without prefix, without ending, without both.
fn word_forms(word: &str, language: &Language) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let Some(names) = &language.names else { return forms };
    let long_enough =
        |form: &str, least: usize| form.chars().filter(|letter| letter.is_alphanumeric()).count() >= least;
    let mut bare = vec![word.to_owned()];
    for prefix in &names.prefixes {
        if let Some(rest) = strip_start(word, prefix, language) {
            // One letter is more often the beginning of the name than a clitic, so that one more must be left.
            let letters = prefix.chars().filter(|letter| letter.is_alphanumeric()).count();
            let marked = prefix.chars().any(|character| !character.is_alphanumeric());
            let least = if letters == 1 && !marked { names.shortest + 1 } else { names.shortest };
            if long_enough(rest, least) && !bare.iter().any(|form| form == rest) {
                bare.push(rest.to_owned());
            }
        }
    }
    forms.extend(bare.iter().skip(1).cloned());
    for form in &bare {
        for (ending, base) in &names.endings {
            let Some((stem, capitals)) = strip_end(form, ending, language) else { continue };
            let instead = if capitals { upper(base, language.dotless()) } else { base.clone() };
            let whole = format!("{stem}{instead}");
            if long_enough(&whole, names.shortest) && !forms.contains(&whole) {
                forms.push(whole);
            }
        }
    }
    forms
}

fn strip_start<'a>(word: &'a str, prefix: &str, language: &Language) -> Option<&'a str> {
    if let Some(rest) = word.strip_prefix(prefix) {
        return Some(rest);
    }
    // At the start of a sentence the clitic has the capital: D’Aragão.
    let length: usize = word.chars().take(prefix.chars().count()).map(char::len_utf8).sum();
    let (start, rest) = word.split_at_checked(length)?;
    (language.lower(start) == prefix && language.cased).then_some(rest)
}

/// What is left before an ending, and whether the word is in capitals.
fn strip_end<'a>(word: &'a str, ending: &str, language: &Language) -> Option<(&'a str, bool)> {
    if ending.is_empty() {
        return None;
    }
    if let Some(stem) = word.strip_suffix(ending) {
        return Some((stem, false));
    }
    if language.cased && crate::lang::text::is_all_capitals(word) {
        let stem = word.strip_suffix(upper(ending, language.dotless()).as_str())?;
        return Some((stem, true));
    }
    // One apostrophe for another.
    let mut straight = ending.chars();
    if matches!(straight.next(), Some('\'' | '’')) {
        let other = if ending.starts_with('\'') { '’' } else { '\'' };
        return word.strip_suffix(straight.as_str())?.strip_suffix(other).map(|stem| (stem, false));
    }
    None
}

/// Whether two forms may be of one name, letter by letter, in one language.
pub fn share_base(a: &str, b: &str, language: &Language) -> bool {
    let folded =
        |text: &str| -> Vec<String> { bare_forms(text, language).iter().map(|form| fold(form)).collect() };
    let other = folded(b);
    folded(a).iter().any(|form| other.contains(form))
}
