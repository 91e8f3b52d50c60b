//! References to characters: `&amp;`, `&#233;`.

use html5gum::{Token, Tokenizer};

use crate::model::Span;
use crate::read::extract::Extract;

/// Running text with its references.
pub(in crate::read) fn text(source: &str, span: Span, out: &mut Extract) {
    let mut at = span.start;
    let mut rest = span.of(source);
    while let Some((plain, after)) = rest.split_once('&') {
        out.flow(plain, at);
        at += plain.len();
        let name: usize = after
            .chars()
            .take(40)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
            .map(char::len_utf8)
            .sum();
        let closed = usize::from(after.get(name..).is_some_and(|tail| tail.starts_with(';')));
        let whole = Span::new(at, at + 1 + name + closed);
        let written = whole.of(source);
        let meant = decoded(written);
        if meant == written {
            out.flow(written, at);
        } else {
            out.flow_put(&meant, whole);
        }
        at = whole.end;
        rest = Span::new(at, span.end).of(source);
    }
    out.flow(rest, at);
}

/// What one reference stands for, as the tokenizer's table has it.
fn decoded(written: &str) -> String {
    let mut out = String::new();
    for token in Tokenizer::new(written) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            out.push_str(&String::from_utf8_lossy(&text.value));
        }
    }
    out
}
