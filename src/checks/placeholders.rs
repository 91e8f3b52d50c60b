//! Placeholders and tags of message catalogues: what a program fills in or draws. Finds nothing itself.

use std::collections::BTreeMap;

use super::Findings;
use crate::model::Span;

/// A placeholder or tag in its place, in comparable form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Token {
    /// What must be the same on both sides: a conversion without its width, a tag without its attributes.
    pub key: String,
    /// Where.
    pub span: Span,
}

/// Placeholders of a passage, in order: `{name}`, `{0}`, `{{name}}`, `${name}`, `%{name}`, `%s`, `%1$d`, `%(name)s`.
pub(super) fn placeholders(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut skip = 0;
    for (at, character) in text.char_indices() {
        if at < skip || !matches!(character, '{' | '%' | '$') {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let found = match character {
            '%' => conversion(rest, before),
            _ => braces(rest),
        };
        if let Some((length, key)) = found {
            out.push(Token { key, span: Span::new(at, at + length) });
            skip = at + length;
        }
    }
    out
}

/// `{name}`, `{{name}}`, `${name}`, and ICU arguments `{count, plural, …}`, of which the name alone counts.
fn braces(rest: &str) -> Option<(usize, String)> {
    let inner = rest.strip_prefix('$').unwrap_or(rest);
    let doubled = inner.starts_with("{{");
    let body = inner.trim_start_matches('{');
    if body.len() == inner.len() {
        return None;
    }
    let end = body.find(|letter: char| !is_name(letter) && letter != ' ')?;
    let name = body.get(..end)?.trim();
    if name.is_empty() || name.contains(' ') {
        return None;
    }
    let after = body.get(end..)?;
    let closing = if doubled { "}}" } else { "}" };
    let opened = rest.len() - body.len();
    if after.starts_with(closing) {
        return Some((opened + end + closing.len(), format!("{{{name}}}")));
    }
    let kind = after.strip_prefix(',')?.trim_start();
    ["plural", "select", "selectordinal", "number", "date", "time"]
        .iter()
        .any(|known| kind.starts_with(known))
        .then(|| (opened + end + argument(after), format!("{{{name}}}")))
}

/// Length of what is left of an ICU argument, up to its closing brace: its messages are translated.
fn argument(rest: &str) -> usize {
    let mut depth = 1_usize;
    for (at, character) in rest.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    rest.len()
}

/// A printf conversion; `50 % d` and `100%` are none.
fn conversion(rest: &str, before: Option<char>) -> Option<(usize, String)> {
    let body = rest.strip_prefix('%')?;
    let named = |open: char, close: char| -> Option<(usize, String)> {
        let inner = body.strip_prefix(open)?;
        let end = inner.find(close)?;
        let name = inner.get(..end)?;
        let conversion = inner.get(end + 1..).and_then(|rest| rest.chars().next());
        let typed = open == '{' || conversion.is_some_and(|letter| "sdifr".contains(letter));
        let length = end + 3 + usize::from(open == '(');
        (!name.is_empty() && name.chars().all(is_name) && typed).then(|| (length, format!("%{{{name}}}")))
    };
    if let Some(found) = named('(', ')').or_else(|| named('{', '}')) {
        return Some(found);
    }
    let digits =
        body.chars().take_while(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '$'));
    let width = digits.count();
    let letter = body.get(width..)?.chars().next()?;
    let next = body.get(width + letter.len_utf8()..).and_then(|rest| rest.chars().next());
    let ends = next.is_none_or(|letter| !letter.is_alphanumeric());
    let digit = before.is_some_and(char::is_numeric);
    let position = body.get(..width)?.split_once('$').map_or("", |(position, _)| position);
    (!digit && ends && "sdifuxc@".contains(letter)).then(|| (1 + width + 1, format!("%{position}{letter}")))
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-' | '$')
}

/// Tags of a passage, in order, without their attributes: `<b>`, `</b>`, `<br/>`.
pub(super) fn tags(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut skip = 0;
    for (at, _) in text.match_indices('<') {
        if at < skip {
            continue;
        }
        let rest = text.get(at + 1..).unwrap_or_default();
        let name_at = usize::from(rest.starts_with('/'));
        let name: String = rest
            .get(name_at..)
            .unwrap_or_default()
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
            .take(LONGEST_TAG)
            .collect();
        if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            continue;
        }
        let Some(end) =
            rest.find(['>', '<']).filter(|&end| rest.get(end..).is_some_and(|tail| tail.starts_with('>')))
        else {
            continue;
        };
        let after = rest.get(name_at + name.len()..end).unwrap_or_default();
        if !(after.is_empty() || after.starts_with([' ', '/', '\n', '\t'])) {
            continue;
        }
        let slash = if name_at == 1 { "/" } else { "" };
        out.push(Token {
            key: format!("<{slash}{}>", name.to_ascii_lowercase()),
            span: Span::new(at, at + end + 2),
        });
        skip = at + end + 2;
    }
    out
}

/// Letters of the name of a tag at most.
const LONGEST_TAG: usize = 24;

/// Reports the tokens that only one of the two texts holds, as often as they are in excess.
pub(super) fn compare(source: &[Token], target: &[Token], findings: &mut Findings<'_>) {
    for token in lacking(source, target) {
        findings
            .report(format!("“{}” is not in the translation", token.key))
            .source(token.span)
            .confidence(SURE);
    }
    for token in lacking(target, source) {
        findings.report(format!("“{}” is not in the source", token.key)).target(token.span).confidence(SURE);
    }
}

const SURE: f64 = 0.85;

/// Tokens of the one side that the other lacks, each as often as it is missing.
fn lacking<'a>(these: &'a [Token], others: &[Token]) -> Vec<&'a Token> {
    let mut free: BTreeMap<&str, usize> = BTreeMap::new();
    for token in others {
        *free.entry(&token.key).or_default() += 1;
    }
    let mut lacks = |token: &&Token| match free.get_mut(token.key.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    these.iter().filter(|token| lacks(token)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(tokens: &[Token]) -> Vec<&str> {
        tokens.iter().map(|token| token.key.as_str()).collect()
    }

    #[test]
    fn placeholders_of_catalogues_are_found_and_percentages_are_not() {
        let text =
            "Hi {name}, %d of %2$s, ${total} {{ user.id }} %(who)s %{count} {n, plural, one {a} other {b}}";
        assert_eq!(
            keys(&placeholders(text)),
            ["{name}", "%d", "%2s", "{total}", "{user.id}", "%{who}", "%{count}", "{n}"]
        );
        assert!(placeholders("Rates rose by 5 % de 3% dans 100%s {} {a b} % of").is_empty());
    }

    #[test]
    fn tags_are_found_and_comparisons_are_not() {
        assert_eq!(
            keys(&tags("<b>Bold</b> <a href=\"x\">y</a><BR/>")),
            ["<b>", "</b>", "<a>", "</a>", "<br>"]
        );
        assert!(tags("3 < 4 and a <b but <- x").is_empty());
    }
}
