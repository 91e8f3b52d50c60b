//! Addresses in running text: URLs, e-mail addresses, handles, hashtags. The same in every language.

use super::text::{is_invisible, is_quote, is_unspaced};

/// Byte ranges of the addresses in a text, in order.
pub fn links(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        let inside = !character.is_whitespace() && !is_stop(character);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                token(text, first, at, &mut out);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(first) = start {
        token(text, first, text.len(), &mut out);
    }
    out
}

/// Whether a whole word is an address: a URL, e-mail address or host name.
pub fn is_address(word: &str) -> bool {
    let found = links(word);
    found.first().is_some_and(|&(start, end)| {
        start == 0
            && !word.starts_with(['@', '#'])
            && word.get(end..).is_some_and(|rest| !rest.chars().any(char::is_alphanumeric))
    })
}

/// Top-level domains under which newsrooms and those they quote live; a host name without a scheme needs one.
const TOP: [&str; 102] = [
    "ae", "af", "agency", "al", "am", "app", "ar", "at", "au", "az", "ba", "be", "bg", "biz", "blog", "br",
    "by", "ca", "cat", "ch", "cl", "cn", "co", "com", "cz", "de", "dev", "dk", "edu", "ee", "eg", "es", "eu",
    "fi", "fm", "fr", "ge", "gov", "gr", "hk", "hr", "hu", "id", "ie", "il", "in", "info", "int", "io", "iq",
    "ir", "is", "it", "jp", "kg", "kr", "kz", "lt", "lu", "lv", "ly", "md", "me", "media", "mil", "mk", "mx",
    "my", "net", "news", "nl", "no", "np", "nz", "online", "org", "pe", "ph", "pk", "pl", "press", "ps",
    "pt", "ro", "rs", "ru", "sa", "se", "si", "site", "sk", "su", "th", "tj", "tm", "tr", "tv", "tw", "ua",
    "uk", "us", "uz",
];

fn is_stop(character: char) -> bool {
    is_unspaced(character)
        || (is_quote(character) && character != '’')
        || is_invisible(character)
        || matches!(
            character,
            '<' | '>' | '（' | '）' | '，' | '。' | '、' | '；' | '：' | '！' | '？' | '【' | '】' | '|'
        )
}

fn token(text: &str, start: usize, end: usize, out: &mut Vec<(usize, usize)>) {
    let Some(word) = text.get(start..end) else { return };
    let lead =
        word.len() - word.trim_start_matches(['(', '[', '{', '\'', '*', '_', '.', ',', '-', '–', '—']).len();
    let start = start + lead;
    let Some(word) = text.get(start..end) else { return };
    // A label glued to its address: `Source:https://…`.
    if let Some(at) = scheme(word) {
        let kept = trimmed(word);
        if kept > at {
            out.push((start + at, start + kept));
        }
        return;
    }
    let kept = trimmed(word);
    let Some(word) = word.get(..kept) else { return };
    let is_link = if let Some(name) = word.strip_prefix('@') {
        is_handle(name)
    } else if let Some(tag) = word.strip_prefix('#') {
        tag.chars().any(char::is_alphabetic)
            && tag.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    } else if let Some((local, host)) = word.split_once('@') {
        !local.is_empty()
            && local.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'))
            && is_host(host, true)
    } else {
        let host = word.split(['/', '?']).next().unwrap_or_default();
        word.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."))
            || is_host(host, host.len() < word.len())
    };
    if is_link {
        out.push((start, start + kept));
    }
}

fn scheme(word: &str) -> Option<usize> {
    let at = word.find("://")?;
    let head = word.get(..at)?;
    let letters = head.chars().rev().take_while(char::is_ascii_alphabetic).count();
    (letters >= 2).then_some(at - letters)
}

fn is_handle(name: &str) -> bool {
    name.chars().count() >= 2
        && name.chars().any(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

/// A host name with a known top-level domain. Without a path (`sure` false) each label is two characters
/// long at least, so that initials and abbreviations are none.
fn is_host(host: &str, sure: bool) -> bool {
    let host = host.split(':').next().unwrap_or_default();
    let mut labels: Vec<&str> = host.split('.').collect();
    let Some(top) = labels.pop() else { return false };
    !labels.is_empty()
        && TOP.iter().any(|known| known.eq_ignore_ascii_case(top))
        && labels.iter().all(|label| {
            label.len() >= if sure { 1 } else { 2 }
                && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        })
}

/// Length of a word without the punctuation of the sentence around it.
fn trimmed(word: &str) -> usize {
    let mut kept = word;
    loop {
        let shorter =
            kept.trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '\'', '’', '*', '،', '؟', '।', '۔']);
        let shorter = match shorter.chars().last() {
            Some(')') if !shorter.contains('(') => shorter.strip_suffix(')').unwrap_or(shorter),
            Some(']') if !shorter.contains('[') => shorter.strip_suffix(']').unwrap_or(shorter),
            Some('}') if !shorter.contains('{') => shorter.strip_suffix('}').unwrap_or(shorter),
            _ => shorter,
        };
        if shorter.len() == kept.len() {
            return kept.len();
        }
        kept = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        links(text).into_iter().filter_map(|(start, end)| text.get(start..end)).collect()
    }

    #[test]
    fn addresses_are_found_without_the_punctuation_around_them() {
        assert_eq!(found("See https://example.org/a_(b)?x=1#top."), ["https://example.org/a_(b)?x=1#top"]);
        assert_eq!(
            found("(www.example.de), press@example.co.uk!"),
            ["www.example.de", "press@example.co.uk"]
        );
        assert_eq!(found("原文：https://news.example.cn/a。谢谢"), ["https://news.example.cn/a"]);
        assert_eq!(
            found("Пишите @redaktor или #Мост2025, сайт example.ru"),
            ["@redaktor", "#Мост2025", "example.ru"]
        );
        assert_eq!(found("Source:https://example.com/x"), ["https://example.com/x"]);
    }

    #[test]
    fn initials_abbreviations_and_glued_sentences_are_no_addresses() {
        for text in [
            "J.R. Tolman, e.g. at 5 p.m.",
            "The end.Next one",
            "3.5 million",
            "№ #1",
            "a@b",
            "and/or",
            "U.S.",
        ] {
            assert!(links(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
