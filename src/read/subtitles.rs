//! Subtitles: SRT and `WebVTT`. A sentence that goes on in the next cue is one sentence.

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use super::formats::Options;
use super::html;
use crate::model::{Anchor, Span};
use crate::pipeline::Text;

pub(super) fn read(file: &File, options: &Options) -> Result<Text, ReadError> {
    let mut out = Extract::default();
    let mut at = 0;
    let (mut cue, mut cues, mut skipped) = (false, 0, false);
    for whole in file.text.split_inclusive('\n') {
        let start = at;
        at += whole.len();
        let line = whole.trim();
        if line.is_empty() {
            cue = false;
            skipped = false;
        } else if !cue {
            // A number or a name, notes and styles stand before the times or on their own.
            if line.contains("-->") {
                if !is_timing(line) {
                    return Err(file.error(start, "`-->` between what are no times"));
                }
                cue = !skipped;
                cues += 1;
                if ends(&out.text) {
                    out.end_block(None);
                }
            } else if ["NOTE", "STYLE", "REGION"].iter().any(|word| line.starts_with(word)) {
                skipped = true;
            }
        } else {
            let indent = whole.len() - whole.trim_start().len();
            // Two speakers in one cue.
            if line.starts_with(['-', '–', '—']) && !out.at_start() {
                out.end_block(None);
            }
            out.space(Span::new(start, start + indent));
            words(&file.text, Span::new(start + indent, start + indent + line.len()), &mut out);
            out.space(Span::new(start + indent + line.len(), at));
        }
    }
    if cues == 0 {
        return Err(file.nothing("holds no subtitles"));
    }
    out.end_block(None);
    out.text(file, &mut Anchor::START.clone(), &file.name, options.target_language.as_deref())
}

/// Text of a cue without its tags: `<i>`, `<v Ana>`, `{\an8}`.
fn words(source: &str, span: Span, out: &mut Extract) {
    let mut at = span.start;
    while at < span.end {
        let rest = Span::new(at, span.end).of(source);
        let open = rest.find(['<', '{']).unwrap_or(rest.len());
        html::text(source, Span::new(at, at + open), out);
        at += open;
        let tag = Span::new(at, span.end).of(source);
        let (close, is_tag) = match tag.chars().next() {
            Some('{') => (tag.find('}'), tag.starts_with("{\\")),
            Some('<') => (
                tag.find('>'),
                tag.chars().nth(1).is_some_and(|c| c.is_alphabetic() || c == '/' || c.is_ascii_digit()),
            ),
            _ => return,
        };
        if let Some(close) = close.filter(|_| is_tag) {
            at += close + 1;
        } else {
            out.copy(Span::new(0, 1).of(tag), at);
            at += 1;
        }
    }
}

/// `00:01:02,500 --> 00:01:04,000`, hours optional, settings after it.
fn is_timing(line: &str) -> bool {
    let Some((from, to)) = line.split_once("-->") else { return false };
    let is_time = |text: &str| {
        let word = text.trim().split(' ').next().unwrap_or_default();
        word.len() >= 5
            && word.contains(':')
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | ',' | '.'))
    };
    is_time(from) && is_time(to)
}

/// Whether a text ends as a sentence does.
fn ends(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '»', '’', ')', '」']);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', '♪'])
}

/// Whether a text looks like subtitles.
pub(super) fn sniff(text: &str) -> bool {
    text.starts_with("WEBVTT")
        || text.lines().take(4).any(|line| line.contains("-->") && is_timing(line.trim()))
}
