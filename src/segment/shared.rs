//! Lines that articles of one run share: invitations, notices and menus of the page that they were taken from.

use std::collections::BTreeMap;

use crate::lang::text::is_unspaced;
use crate::model::{Segment, SegmentKind, Span};

/// Articles that must hold a line, and the part of all articles: one in so many.
const ARTICLES: usize = 3;
const ONE_IN: usize = 3;
/// Lines of a text that is an article.
const LINES: usize = 4;
/// Characters of a line of furniture at most: agencies write the background of a story word for word again, but at
/// more length.
const LONGEST: usize = 90;
/// Letters at least; those of scripts that write no spaces count twice.
const LETTERS: usize = 12;

/// For each text the short lines that at least three of them share, and one text in three; none in a text that shares
/// half of what it says, which is another version of the same article.
pub fn shared_lines(texts: &[&str]) -> Vec<Vec<Span>> {
    let articles: Vec<Vec<Span>> = texts.iter().map(|text| lines(text)).collect();
    let mut holders: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut all = 0_usize;
    for (number, (lines, text)) in articles.iter().zip(texts).enumerate() {
        if lines.len() < LINES {
            continue;
        }
        all += 1;
        for line in lines {
            // How many texts, and the last of them, so that none is counted twice.
            let held = holders.entry(line.of(text)).or_insert((0, usize::MAX));
            if held.1 != number {
                *held = (held.0 + 1, number);
            }
        }
    }
    let enough = ARTICLES.max(all.div_ceil(ONE_IN));
    let marked = articles.into_iter().zip(texts).map(|(lines, text)| {
        let size = |lines: &[Span]| lines.iter().map(|line| line.of(text).len()).sum::<usize>();
        let held = |line: &Span| holders.get(line.of(text)).map_or(0, |held| held.0);
        let often: Vec<Span> = lines.iter().copied().filter(|line| held(line) >= ARTICLES).collect();
        if size(&often) * 2 >= size(&lines) {
            return Vec::new();
        }
        often.into_iter().filter(|line| held(line) >= enough && may_be_furniture(line.of(text))).collect()
    });
    marked.collect()
}

/// Makes furniture of the segments that lie in one of these lines; who wrote an article is no furniture.
pub fn mark(segments: &mut [Segment], shared: &[Span]) {
    let mut shared = shared.iter().copied().peekable();
    for segment in segments {
        while shared.next_if(|line| line.end <= segment.span.start).is_some() {}
        let inside = shared
            .peek()
            .is_some_and(|line| line.start <= segment.span.start && segment.span.end <= line.end);
        if inside && segment.kind != SegmentKind::Byline {
            segment.kind = SegmentKind::Boilerplate;
        }
    }
}

fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        if !span.is_empty() {
            out.push(span);
        }
    }
    out
}

fn may_be_furniture(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic());
    let letters: usize = letters.map(|letter| if is_unspaced(letter) { 2 } else { 1 }).sum();
    letters >= LETTERS && line.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(texts: &[String]) -> Vec<Vec<&str>> {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let spans = shared_lines(&texts);
        texts
            .iter()
            .zip(spans)
            .map(|(text, spans)| spans.iter().map(|span| span.of(text)).collect())
            .collect()
    }

    fn article(number: usize, notice: &str) -> String {
        let about = ["a bridge", "a school", "two boats", "the harbour", "a trial"][number % 5];
        format!(
            "News of {about}\n\nThe council spoke about {about} for an hour.\n{notice}\n\
             Nobody knows what will become of {about}, says number {number}.\nThe vote is next week, said {number}.\n"
        )
    }

    #[test]
    fn a_notice_in_every_article_is_furniture() {
        let texts: Vec<_> =
            (0..4).map(|number| article(number, "Get the harbour letter every Monday")).collect();
        assert_eq!(marked(&texts), vec![vec!["Get the harbour letter every Monday"]; 4]);
        let texts: Vec<_> = (0..4).map(|number| article(number, "点击加入我们的频道")).collect();
        assert_eq!(marked(&texts), vec![vec!["点击加入我们的频道"]; 4]);
    }

    #[test]
    fn what_two_articles_share_is_not() {
        let mut texts: Vec<_> = (0..2).map(|number| article(number, "Get the harbour letter")).collect();
        texts.push(article(2, "Something else stands here"));
        assert_eq!(marked(&texts), vec![Vec::<&str>::new(); 3]);
    }

    #[test]
    fn versions_of_one_article_share_more_than_furniture() {
        let texts = vec![article(1, "Get the harbour letter every Monday"); 3];
        assert_eq!(marked(&texts), vec![Vec::<&str>::new(); 3]);
    }

    #[test]
    fn background_that_is_told_again_is_none() {
        let background = "The old bridge was closed in the spring after engineers had found cracks in two of its \
                          seven pillars, and has not been opened since.";
        let texts: Vec<_> = (0..4).map(|number| article(number, background)).collect();
        assert_eq!(marked(&texts), vec![Vec::<&str>::new(); 4]);
    }
}
