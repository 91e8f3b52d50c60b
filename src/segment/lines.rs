//! Lines to paragraphs, and what each is: prose, heading, byline, caption, item of a list, furniture.

use super::furniture::{Phrases, Told};
use super::sentences::trim;
use crate::lang::text::{is_dash, is_unspaced, is_upper};
use crate::lang::words::words;
use crate::lang::{Language, PerLanguage, links};
use crate::model::{Block, SegmentKind, Span};

/// A paragraph: a line, or the lines that hard wrapping made of it.
pub(super) struct Paragraph {
    /// Where, trimmed.
    pub(super) span: Span,
    /// What.
    pub(super) kind: SegmentKind,
}

/// The paragraphs of a text, in order; every block is one.
pub(super) fn paragraphs(text: &str, language: &Language, blocks: &[Block]) -> Vec<Paragraph> {
    static PHRASES: PerLanguage<Phrases<'static>> = PerLanguage::new();
    let phrases = PHRASES.get(language, Phrases::of);
    let (rows, known) = blocked(text, language, blocks);
    let lines: Vec<Line> = rows.iter().map(|row| Line::read(row, text, language, phrases)).collect();
    let kinds = Page { lines: &lines, language }.kinds();
    let told = lines.iter().zip(kinds).zip(known);
    told.map(|((line, kind), known)| Paragraph { span: line.span, kind: known.unwrap_or(kind) }).collect()
}

/// The rows of a text and the kinds that markup gives them: a row a block, lines where no block is.
fn blocked(text: &str, language: &Language, blocks: &[Block]) -> (Vec<Row>, Vec<Option<SegmentKind>>) {
    let (mut out, mut known) = (Vec::new(), Vec::new());
    let mut at = 0;
    let lines = |from: usize, to: usize, out: &mut Vec<Row>| {
        let between = Span::new(from, to);
        let found = rows(between.of(text), language);
        let found = found.into_iter().map(|row| Row { span: row.span.shift(from), ..row }).collect();
        out.extend(unwrap(found, text, language));
    };
    for block in blocks {
        let span = trim(block.span, text);
        if span.is_empty() || span.start < at {
            continue;
        }
        lines(at, span.start, &mut out);
        known.resize(out.len(), None);
        out.push(Row::read(span, text, true, language));
        known.push(block.kind);
        at = span.end;
    }
    lines(at, text.len(), &mut out);
    known.resize(out.len(), None);
    (out, known)
}

/// Spans of the paragraphs of a text: lines, those of a hard-wrapped paragraph joined.
pub(super) fn unwrapped(text: &str, language: &Language) -> Vec<Span> {
    unwrap(rows(text, language), text, language).into_iter().map(|row| row.span).collect()
}

/// One line of the text as read, or several joined.
struct Row {
    span: Span,
    /// Whether a blank line, or the start of the text, is before it.
    after_blank: bool,
    columns: usize,
    ends: bool,
    start: Start,
    marker: bool,
    first_word: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Small,
    Capital,
    /// A letter of a script without case.
    Letter,
    Other,
}

fn rows(text: &str, language: &Language) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let mut begin = 0;
    let mut blank = true;
    let mut previous = ' ';
    let ends = text.char_indices().chain([(text.len(), '\n')]);
    for (at, character) in ends {
        let line_break =
            matches!(character, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let half = character == '\n' && previous == '\r';
        previous = character;
        if !line_break {
            continue;
        }
        let span = trim(Span::new(begin, at), text);
        begin = at + character.len_utf8();
        if span.is_empty() {
            blank |= !half;
            continue;
        }
        out.push(Row::read(span, text, blank, language));
        blank = false;
    }
    out
}

impl Row {
    fn read(span: Span, text: &str, after_blank: bool, language: &Language) -> Self {
        let line = span.of(text);
        let start = line.chars().find(|c| !is_lead(*c)).map_or(Start::Other, |first| {
            if first.is_lowercase() {
                Start::Small
            } else if is_upper(first) {
                Start::Capital
            } else if first.is_alphabetic() {
                Start::Letter
            } else {
                Start::Other
            }
        });
        Self {
            span,
            after_blank,
            columns: line.chars().count(),
            ends: ends_with_mark(line, language),
            start,
            marker: marker(line).is_some(),
            first_word: line.chars().take(40).take_while(|c| !c.is_whitespace() && !is_unspaced(*c)).count(),
        }
    }
}

/// Joins the lines of hard-wrapped paragraphs.
fn unwrap(rows: Vec<Row>, text: &str, language: &Language) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    while let Some(first) = rows.next() {
        let mut block = vec![first];
        while let Some(next) = rows.next_if(|next| !next.after_blank) {
            block.push(next);
        }
        let width = block.iter().map(|row| row.columns).max().unwrap_or_default();
        let dense = block.iter().filter(|row| row.first_word == 0).count() * 2 > block.len();
        let bounds = if dense { 18..=70 } else { 40..=120 };
        let full = |row: &Row, next: &Row| {
            bounds.contains(&width) && row.columns + next.first_word + 1 > width && row.columns * 2 > width
        };
        let goes_on = |row: &Row, next: &Row| {
            !row.ends && !next.marker && full(row, next) && next.start != Start::Other
        };
        let joins = |pair: &[Row]| {
            goes_on(&pair[0], &pair[1]) && matches!(pair[1].start, Start::Small | Start::Letter)
        };
        let wrapped = block.windows(2).filter(|pair| joins(pair)).count() >= 2;
        let flags: Vec<bool> = block
            .windows(2)
            .map(|pair| {
                (joins(pair)
                    && (wrapped
                        || (pair[1].start == Start::Small && (pair[1].ends || pair[1].columns * 2 > width))))
                    || (wrapped && full(&pair[0], &pair[1]) && !pair[1].marker)
            })
            .collect();
        let mut flags = std::iter::once(false).chain(flags);
        for row in block {
            let joined = flags.next().unwrap_or_default();
            match out.last_mut() {
                Some(last) if joined => {
                    let (blank, marker, start) = (last.after_blank, last.marker, last.start);
                    let span = last.span.join(row.span);
                    *last = Row::read(span, text, blank, language);
                    last.marker = marker;
                    last.start = start;
                }
                _ => out.push(row),
            }
        }
    }
    out
}

/// A paragraph with what its kind is told by.
#[allow(clippy::struct_excessive_bools, reason = "independent observations")]
struct Line {
    span: Span,
    words: usize,
    columns: usize,
    ends: bool,
    question: bool,
    colon: bool,
    open_end: bool,
    start: Start,
    marker: Option<Marker>,
    told: Option<Told>,
    title_case: bool,
    date: bool,
    /// Nothing but addresses, or a label and an address; a sign of copyright; no letter and no digit.
    structural: bool,
    brand: bool,
    odd: bool,
}

impl Line {
    fn read(row: &Row, text: &str, language: &Language, phrases: &Phrases<'_>) -> Self {
        let line = row.span.of(text);
        let words = size(line);
        let last = line.chars().next_back().unwrap_or(' ');
        let short = words <= 15;
        Self {
            span: row.span,
            words,
            columns: row.columns,
            ends: row.ends,
            question: row.ends && line.trim_end_matches(is_trail).ends_with(['?', '!', '？', '！', '؟']),
            colon: matches!(last, ':' | '：'),
            open_end: matches!(last, ',' | ';' | '，' | '、' | '；' | '،' | '-') || is_dash(last),
            start: row.start,
            marker: marker(line).filter(|_| row.marker),
            told: phrases.tell(line, words),
            title_case: short && is_title_case(line, language),
            date: words <= 8 && is_date(line, language),
            structural: short && is_structural(line),
            brand: words <= 4 && is_brand(line),
            odd: words <= 2
                && (line.contains('_') || line.chars().filter(|c| c.is_alphanumeric()).count() <= 2),
        }
    }

    /// Running text beyond doubt.
    fn is_prose(&self) -> bool {
        self.told.is_none()
            && !self.structural
            && self.ends
            && self.words >= 8
            && !(self.question && (self.title_case || self.words < 12))
    }

    /// What its own words say the line is.
    fn kind(&self) -> Option<SegmentKind> {
        match self.told {
            Some(Told::Furniture | Told::Related) => Some(SegmentKind::Boilerplate),
            Some(Told::Byline) if self.words <= 25 => Some(SegmentKind::Byline),
            Some(Told::Caption) => Some(SegmentKind::Caption),
            _ if self.structural => Some(SegmentKind::Boilerplate),
            _ if self.date => Some(SegmentKind::Byline),
            _ => None,
        }
    }

    /// What a menu is made of: a word or two without capital or full stop.
    fn is_weak(&self) -> bool {
        self.brand
            || self.odd
            || (self.start == Start::Small && self.words <= 3 && !self.ends && self.marker.is_none())
    }
}

struct Page<'a> {
    lines: &'a [Line],
    language: &'a Language,
}

impl Page<'_> {
    fn kinds(&self) -> Vec<SegmentKind> {
        let mut kinds: Vec<Option<SegmentKind>> = self.lines.iter().map(Line::kind).collect();
        self.related(&mut kinds);
        self.menus(&mut kinds);
        self.lists(&mut kinds);
        let top = self.lines.iter().position(Line::is_prose).unwrap_or(self.lines.len());
        (0..self.lines.len())
            .map(|index| {
                kinds[index].unwrap_or_else(|| {
                    if self.is_heading(index, index < top, &kinds) {
                        SegmentKind::Heading
                    } else {
                        SegmentKind::Sentence
                    }
                })
            })
            .collect()
    }

    /// Teasers after a heading over related stories, until prose resumes.
    fn related(&self, kinds: &mut [Option<SegmentKind>]) {
        let mut left = 0;
        for (line, kind) in self.lines.iter().zip(kinds) {
            if line.told == Some(Told::Related) {
                left = 10;
            } else if left > 0 {
                left -= 1;
                if line.words > 45 || (line.ends && !(line.question && line.words <= 14)) {
                    left = 0;
                } else {
                    *kind = Some(SegmentKind::Boilerplate);
                }
            }
        }
    }

    /// Menus, share bars and footers: runs of very short lines, above and below the article or, where they
    /// name networks, anywhere.
    fn menus(&self, kinds: &mut [Option<SegmentKind>]) {
        let first = self.lines.iter().position(Line::is_prose).unwrap_or(self.lines.len());
        let last = self.lines.iter().rposition(Line::is_prose).map_or(0, |last| last + 1);
        let mut index = 0;
        while index < self.lines.len() {
            let at_edge = index < first || index >= last;
            let furniture = |index: usize, kinds: &[Option<SegmentKind>]| {
                kinds[index] == Some(SegmentKind::Boilerplate)
                    || (kinds[index].is_none()
                        && self.lines[index].is_weak()
                        && (at_edge || self.lines[index].brand || self.lines[index].odd))
            };
            if !furniture(index, kinds) {
                index += 1;
                continue;
            }
            // As far as there is furniture with no more than two other lines between.
            let (mut end, mut count, mut sure) = (index + 1, 1, self.weight(index, kinds));
            let mut ahead = index + 1;
            while ahead < self.lines.len() && ahead <= end + 2 && !self.lines[ahead].is_prose() {
                if furniture(ahead, kinds) {
                    count += 1;
                    sure += self.weight(ahead, kinds);
                    end = ahead + 1;
                }
                ahead += 1;
            }
            if count >= 3 || sure >= 2 {
                let below = index >= last && last > 0;
                for at in index..end {
                    let line = &self.lines[at];
                    let between = line.words <= 4
                        || (below && !line.ends)
                        || (line.words <= 6 && (line.question || line.colon) && at_edge);
                    if kinds[at].is_none()
                        && (furniture(at, kinds) || (between && at_edge && line.marker.is_none()))
                    {
                        kinds[at] = Some(SegmentKind::Boilerplate);
                    }
                }
            }
            index = end;
        }
    }

    fn weight(&self, index: usize, kinds: &[Option<SegmentKind>]) -> u32 {
        u32::from(kinds[index] == Some(SegmentKind::Boilerplate) || self.lines[index].brand)
    }

    /// A number may begin a sentence, and a dash direct speech: where that is so, an item has a neighbour.
    fn lists(&self, kinds: &mut [Option<SegmentKind>]) {
        let dialogue = self.language.quotes.as_ref().is_some_and(|quotes| quotes.dialogue_dash);
        for (index, kind) in kinds.iter_mut().enumerate() {
            let Some(marker) = self.lines[index].marker.filter(|_| kind.is_none()) else { continue };
            let neighbour = [index.checked_sub(1), Some(index + 1)]
                .into_iter()
                .flatten()
                .filter_map(|at| self.lines.get(at))
                .any(|line| line.marker == Some(marker));
            let after_colon = index > 0 && self.lines[index - 1].colon;
            let item = match marker {
                Marker::Bullet => true,
                Marker::Dash => !dialogue || (after_colon && neighbour),
                Marker::Number => neighbour || after_colon,
            };
            if item {
                *kind = Some(SegmentKind::ListItem);
            }
        }
    }

    fn is_heading(&self, index: usize, top: bool, kinds: &[Option<SegmentKind>]) -> bool {
        let line = &self.lines[index];
        let Some(next) = self.lines.get(index + 1) else { return false };
        if line.start == Start::Small
            || line.open_end
            || line.marker.is_some_and(|marker| marker != Marker::Number)
        {
            return false;
        }
        if line.colon {
            return line.words <= 10
                && (next.marker.is_some() || kinds[index + 1] == Some(SegmentKind::ListItem));
        }
        if self.language.sentences.as_ref().is_some_and(|sentences| sentences.end.is_empty())
            || matches!(self.language.script.as_str(), "Thai" | "Laoo" | "Khmr" | "Mymr")
        {
            // No line ends with a mark: a heading is short beside the paragraph it is over.
            return line.columns <= 90 && next.columns >= 2 * line.columns;
        }
        if line.question {
            let beside = index > 0 && !self.lines[index - 1].ends || !next.ends;
            return line.words <= 20 && (line.title_case || (top && beside));
        }
        !line.ends && line.words <= if top { 30 } else { 14 }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Bullet,
    Dash,
    Number,
}

/// The mark of a list item at the start of a line.
fn marker(line: &str) -> Option<Marker> {
    let mut characters = line.chars();
    let first = characters.next()?;
    let rest = characters.as_str();
    let spaced = rest.starts_with(char::is_whitespace);
    match first {
        '•' | '‣' | '▪' | '●' | '○' | '■' | '□' | '►' | '▶' | '✓' | '✔' | '➤' | '◆' | '◦' | '·' | '⁃'
        | '・' => (!rest.trim().is_empty()).then_some(Marker::Bullet),
        '*' | '-' | '+' if spaced && rest.chars().any(char::is_alphanumeric) => Some(Marker::Bullet),
        '–' | '—' | '―' | '−' if spaced && rest.chars().any(char::is_alphanumeric) => {
            Some(Marker::Dash)
        }
        '①'..='⑳' => Some(Marker::Number),
        _ => {
            let body = line.strip_prefix('(').unwrap_or(line);
            let digits = body.chars().take_while(char::is_ascii_digit).count();
            let label = if (1..=2).contains(&digits) {
                digits
            } else {
                body.chars()
                    .next()
                    .filter(|c| c.is_alphabetic() && !is_unspaced(*c))
                    .map_or(0, char::len_utf8)
            };
            let after = body.get(label..)?;
            let mut after = after.chars();
            let stop = after.next()?;
            let ok = label > 0
                && (stop == ')' || (stop == '.' && digits > 0) || (stop == '、' && digits > 0))
                && (stop == '、' || after.as_str().starts_with(char::is_whitespace))
                && after.as_str().chars().any(char::is_alphanumeric);
            ok.then_some(Marker::Number)
        }
    }
}

/// Words between spaces; of scripts without spaces half the characters.
fn size(line: &str) -> usize {
    let mut unspaced = 0;
    let mut spaced = 0;
    for word in line.split(char::is_whitespace).filter(|word| word.chars().any(char::is_alphanumeric)) {
        let inside = word.chars().filter(|&c| is_unspaced(c)).count();
        unspaced += inside;
        spaced += usize::from(inside == 0);
    }
    spaced + unspaced.div_ceil(2)
}

fn is_lead(character: char) -> bool {
    !character.is_alphanumeric()
}

fn is_trail(character: char) -> bool {
    crate::lang::text::is_quote(character)
        || matches!(character, ')' | ']' | '}' | '）' | '】' | '\'' | '*')
        || character.is_whitespace()
}

/// Whether a line ends as a sentence does, closing quotation marks and brackets aside.
fn ends_with_mark(line: &str, language: &Language) -> bool {
    let Some(last) = line.trim_end_matches(is_trail).chars().next_back() else { return false };
    matches!(
        last,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '｡'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '។'
            | '။'
            | '።'
            | '‽'
            | '⋯'
    ) || language
        .sentences
        .as_ref()
        .is_some_and(|sentences| last != ':' && sentences.end.iter().any(|end| end.starts_with(last)))
}

/// Whether most words of four letters and more are capitalised, and there are some.
fn is_title_case(line: &str, language: &Language) -> bool {
    if !language.cased {
        return false;
    }
    let (mut all, mut capital) = (0, 0);
    for word in words(line).skip(1) {
        if word.text.chars().count() >= 4 {
            all += 1;
            capital += usize::from(word.text.chars().next().is_some_and(is_upper));
        }
    }
    all >= 2 && capital * 10 >= all * 6
}

/// Whether a line holds a date or clock time and nothing else.
fn is_date(line: &str, language: &Language) -> bool {
    let (mut numbers, mut unknown, mut year, mut clock) = (0, 0, false, false);
    for word in words(line) {
        let digits = word.text.chars().filter(|c| c.is_numeric()).count();
        if digits > 0 {
            numbers += 1 + word.text.matches(['.', ':', '/']).count();
            year |= digits == 4
                && (word.text.starts_with("19")
                    || word.text.starts_with("20")
                    || word.text.starts_with("25"));
            clock |= word.text.contains(':');
            continue;
        }
        let lower = language.lower(word.text);
        let known =
            matches!(
                lower.as_str(),
                "年" | "月" | "日" | "时" | "時" | "分" | "년" | "월" | "일" | "gmt" | "utc" | "h"
            ) || language.dates.as_ref().is_some_and(|dates| {
                dates.months.contains_key(&lower)
                    || dates.weekdays.contains_key(&lower)
                    || dates.am.contains(&lower)
                    || dates.pm.contains(&lower)
            }) || language.function_words.as_ref().is_some_and(|functions| functions.words.contains(&lower));
        unknown += usize::from(!known);
    }
    clock |= line.split(char::is_whitespace).any(|token| {
        let mut parts = token.split(':');
        matches!((parts.next(), parts.next()), (Some(hours), Some(minutes))
            if hours.len() <= 2 && minutes.len() == 2 && !hours.is_empty() && [hours, minutes].iter().all(|part| part.chars().all(|c| c.is_ascii_digit())))
    });
    numbers >= 2 && unknown <= 1 && (year || clock) && !line.ends_with(['.', '!', '?'])
}

/// Nothing but addresses, a label before one, a notice of copyright, or no letter at all.
fn is_structural(line: &str) -> bool {
    if !line.chars().any(char::is_alphanumeric) || line.contains('©') {
        return true;
    }
    let mut rest = 0;
    let mut last = 0;
    let found = links::links(line);
    if found.is_empty() {
        return false;
    }
    for &(start, end) in &found {
        rest += size(line.get(last..start).unwrap_or_default());
        last = end;
    }
    let after = size(line.get(last..).unwrap_or_default());
    let label = line.get(..found[0].0).unwrap_or_default().trim_end();
    rest + after == 0 || (after == 0 && rest <= 4 && label.ends_with([':', '：']))
}

/// Networks and shops that pages link to by name, in every language.
const BRANDS: [&str; 30] = [
    "app store",
    "apple store",
    "bluesky",
    "discord",
    "e-mail",
    "email",
    "facebook",
    "flipboard",
    "google news",
    "google play",
    "instagram",
    "linkedin",
    "mastodon",
    "messenger",
    "odnoklassniki",
    "ok",
    "pinterest",
    "play market",
    "reddit",
    "rss",
    "telegram",
    "threads",
    "tiktok",
    "twitter",
    "viber",
    "vk",
    "vkontakte",
    "whatsapp",
    "x",
    "youtube",
];

/// Whether a line is made of names of networks only.
fn is_brand(line: &str) -> bool {
    let lower = crate::lang::text::lower(line, false);
    let whole = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if BRANDS.contains(&whole) {
        return whole.len() > 2;
    }
    let mut names = whole
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '|' | ',' | '·'))
        .filter(|name| !name.is_empty());
    let count = names.clone().count();
    count >= 2 && names.all(|name| BRANDS.contains(&name))
}
