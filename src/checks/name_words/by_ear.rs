//! Sources without capitals: any word may be the name, and none says so. The word that sounds most like a name of the
//! target renders it, is near it, or is an ordinary word that happens to sound a little like it.

use super::{Matcher, RENDERS_UNCASED, Side, Word};
use crate::lang::{Language, gazetteer, text};
use crate::names::{self, readings::Script};

/// Probability from which a word that no list of the language knows resembles a name: such words are rare.
const RESEMBLES: f64 = 0.01;

/// The same of a word that a list knows: lists know some names too.
const RESEMBLES_KNOWN: f64 = 0.05;

/// The same where the source is Hangul, whose few syllables make any two names a little alike.
const RESEMBLES_HANGUL: f64 = 0.04;

/// Fewest letters of a word that the list knows, to be a name all the same.
const LONG: usize = 4;

/// Fewest letters of a name that another word is run together with.
const RUN_TOGETHER: usize = 4;

/// How much less a word must resemble a name beside whose other part it stands.
const BESIDE: f64 = 0.1;

/// What the source has for a name of the target.
pub(super) enum Heard {
    /// This word renders it.
    Rendered(usize),
    /// This word, which renders no other name, is near it.
    Near(usize, f64),
}

/// The word of the source that sounds most like a word of the target. `rendered` says which words of the source stand for
/// other words already; where the other part of a whole name is rendered, the word is one of those beside it.
pub(super) fn hear(
    source: &Side<'_>,
    rendered: &[bool],
    (word, to): (&Word<'_>, &Language),
    beside: Option<&[usize]>,
) -> Option<Heard> {
    let from = source.document.language;
    let mut near: Option<(usize, f64)> = None;
    for (x, other) in source.words.iter().enumerate() {
        if other.dated || other.letters() < 2 || other.folded.is_ascii() {
            continue;
        }
        let sounds = |form: &str| Matcher::probability(form, &from.tag, word.text, &to.tag);
        let probability = forms(other, from).iter().map(|form| sounds(form)).fold(0.0, f64::max);
        // A script that no table was learnt for is compared by its consonants.
        let spelled = !is_learnt(other.text) && names::spelled_alike(other.text, word.text);
        let short = other.known && other.letters() < LONG && !gazetteer::is_given_name(other.text);
        if (probability >= RENDERS_UNCASED || spelled) && !short {
            return Some(Heard::Rendered(x));
        }
        let article = other.known && begins_with_clitic(other.text, from);
        let hangul = other.text.chars().any(text::is_hangul);
        let least = match (hangul, other.known) {
            (true, _) => RESEMBLES_HANGUL,
            (false, true) => RESEMBLES_KNOWN,
            (false, false) => RESEMBLES,
        };
        let least = if beside.is_some() { least * BESIDE } else { least };
        let may_be = !rendered[x]
            && beside.is_none_or(|places| places.contains(&x))
            && other.key().is_none()
            && !article
            && other.letters() >= if other.known { LONG } else { LONG - 1 };
        if may_be && probability >= least && near.is_none_or(|(_, best)| probability > best) {
            near = Some((x, probability));
        }
    }
    let (x, probability) = near?;
    let other = source.words[x].text;
    let whole = |cut: &str| Matcher::probability(cut, &from.tag, word.text, &to.tag) >= RENDERS_UNCASED;
    if cuts(other, word.letters()).into_iter().any(whole) {
        return Some(Heard::Rendered(x));
    }
    Some(Heard::Near(x, probability))
}

/// Whether a table was learnt for the script of a word.
fn is_learnt(word: &str) -> bool {
    word.chars().any(|letter| Script::of(letter).is_some_and(|script| script != Script::Latin))
}

/// A word without what the language writes together with names.
fn forms(word: &Word<'_>, language: &Language) -> Vec<String> {
    let mut forms = vec![word.text.to_owned()];
    forms.extend(gazetteer::bases(&word.folded, language));
    let prefixes = language.names.as_ref().map_or(&[][..], |names| names.prefixes.as_slice());
    for prefix in prefixes {
        let letters = prefix.chars().count();
        if letters == 1 {
            let rest = word.text.strip_prefix(prefix.as_str());
            forms.extend(rest.filter(|rest| rest.chars().count() >= LONG - 1).map(str::to_owned));
        }
        // Where a space is missing the next word begins with its article: *كارولينا الجنوبية*.
        if letters == 2 {
            let starts = word.text.match_indices(prefix.as_str());
            let firsts = starts.filter_map(|(at, _)| word.text.split_at_checked(at));
            let firsts = firsts.filter(|(first, second)| {
                first.chars().count() >= RUN_TOGETHER && second.chars().count() > RUN_TOGETHER
            });
            forms.extend(firsts.map(|(first, _)| first.to_owned()));
        }
    }
    forms
}

/// Whether a word begins with an article or several clitics: it is more often a word than a name.
fn begins_with_clitic(word: &str, language: &Language) -> bool {
    language.names.iter().flat_map(|names| &names.prefixes).any(|prefix| {
        prefix.chars().count() >= 2
            && word.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.chars().count() >= LONG - 1)
    })
}

/// Beginnings and ends of a word that is long for a name: another word may have been run together with it.
fn cuts(word: &str, letters: usize) -> Vec<&str> {
    let count = word.chars().count();
    if count <= letters {
        return Vec::new();
    }
    let places = word.char_indices().map(|(at, _)| at).skip(2);
    places
        .filter_map(|at| word.split_at_checked(at))
        .flat_map(|(before, after)| [before, after])
        .filter(|piece| piece.chars().count() >= RUN_TOGETHER)
        .collect()
}
