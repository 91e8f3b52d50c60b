//! Quotation marks of a text: which open, which close, which stand alone. Apostrophes, primes and the marks
//! inside Hebrew acronyms are none.

use super::text::{is_dash, is_hangul, is_unspaced};
use super::{Language, PerLanguage};

/// A quotation with its marks: byte range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quoted {
    /// First byte of the opening mark.
    pub start: usize,
    /// One past the closing mark.
    pub end: usize,
    /// Length of the opening mark in bytes.
    pub open: usize,
    /// Length of the closing mark in bytes.
    pub close: usize,
}

/// A mark without its counterpart: byte range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lone {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it opens a quotation that never closes.
    pub opening: bool,
}

/// The quotation marks of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Quotations, nested ones too, in order of place.
    pub quoted: Vec<Quoted>,
    /// Double marks without counterpart, in order of place. Single marks never: they may be apostrophes.
    pub lone: Vec<Lone>,
}

impl Marks {
    /// Quotations that lie in no other.
    pub fn outermost(&self) -> Vec<Quoted> {
        let mut out: Vec<Quoted> = Vec::new();
        for &quoted in &self.quoted {
            if out.last().is_none_or(|last| quoted.start >= last.end) {
                out.push(quoted);
            }
        }
        out
    }
}

/// Finds the quotation marks of a text. A quotation may run over several lines; where the language repeats
/// the opening mark at each new paragraph, the repeated one is neither a quotation nor alone.
pub fn scan(text: &str, language: &Language) -> Marks {
    static TABLES: PerLanguage<Table> = PerLanguage::new();
    let table = TABLES.get(language, Table::of);
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut marks = Marks::default();
    let events = doubles(&characters, text.len(), table, &mut marks);
    singles(&characters, table, &events, &mut marks);
    marks.lone.sort_unstable();
    mixed(text, &mut marks);
    marks.quoted.sort_by_key(|quoted| (quoted.start, std::cmp::Reverse(quoted.end)));
    marks
}

/// A lone opening mark and a lone closing mark after it on one line belong together, though they are of two
/// kinds (“so\").
fn mixed(text: &str, marks: &mut Marks) {
    let mut left: Vec<Lone> = Vec::with_capacity(marks.lone.len());
    for &lone in &marks.lone {
        let pair = left.last().copied().filter(|open| {
            open.opening
                && !lone.opening
                && text.get(open.end..lone.start).is_some_and(|between| !between.contains('\n'))
        });
        if let Some(open) = pair {
            left.pop();
            marks.quoted.push(Quoted {
                start: open.start,
                end: lone.end,
                open: open.end - open.start,
                close: lone.end - lone.start,
            });
        } else {
            left.push(lone);
        }
    }
    marks.lone = left;
}

/// Pairs that are understood in every language unless its profile gives one of their marks another role.
const COMMON: [(char, char); 12] = [
    ('“', '”'),
    ('«', '»'),
    ('„', '“'),
    ('„', '”'),
    ('"', '"'),
    ('「', '」'),
    ('『', '』'),
    ('＂', '＂'),
    ('‹', '›'),
    ('〝', '〟'),
    ('‘', '’'),
    ('\'', '\''),
];

/// A quotation over more lines than this is two marks that have nothing to do with each other.
const LONGEST: u32 = 12;

/// Open marks looked at for a closing one: deeper nesting is no writing.
const DEEPEST: usize = 16;

/// Characters searched for the counterpart of a single mark.
const REACH: usize = 1000;

struct Table {
    pairs: Vec<(char, char)>,
    reopens: bool,
    prefixes: Vec<String>,
}

impl Table {
    fn of(language: &Language) -> Self {
        let mut pairs: Vec<(char, char)> = Vec::new();
        if let Some(quotes) = &language.quotes {
            pairs.extend(quotes.pairs.iter().filter_map(|(open, close)| one(open).zip(one(close))));
        }
        let profiled = !pairs.is_empty();
        let own = pairs.clone();
        let known = |mark: char| own.iter().any(|&(open, close)| mark == open || mark == close);
        for (open, close) in COMMON {
            // A mark that opens here may close elsewhere („…“): the foreign pair is told by its opening mark.
            let wanted = if profiled { !known(open) && !is_single(open) } else { true };
            if wanted {
                pairs.push((open, close));
            }
        }
        Self {
            pairs,
            reopens: language.quotes.as_ref().is_none_or(|quotes| quotes.reopens),
            prefixes: language.names.as_ref().map(|names| names.prefixes.clone()).unwrap_or_default(),
        }
    }

    fn opens(&self, mark: char) -> bool {
        self.pairs.iter().any(|&(open, _)| open == mark)
    }

    fn closes(&self, mark: char) -> bool {
        self.pairs.iter().any(|&(_, close)| close == mark)
    }

    fn match_up(&self, open: char, close: char) -> bool {
        self.pairs.contains(&(open, close))
    }

    fn is_prefix(&self, letters: &str) -> bool {
        self.prefixes.iter().any(|prefix| {
            letters
                .strip_prefix(prefix.as_str())
                .is_some_and(|rest| rest.is_empty() || self.prefixes.iter().any(|other| other == rest))
        })
    }
}

fn one(mark: &str) -> Option<char> {
    let mut characters = mark.trim().chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‛')
}

struct Open {
    at: usize,
    index: usize,
    mark: char,
    line: u32,
    /// The paragraph that it was opened in, or opened again.
    paragraph: u32,
    /// End and length of the last mark that closed a quotation of the same kind directly inside.
    inner: Option<(usize, usize)>,
}

/// How deep in double quotations the text is from one character on: (index of the character, depth).
type Events = Vec<(usize, usize)>;

fn doubles(characters: &[(usize, char)], length: usize, table: &Table, marks: &mut Marks) -> Events {
    let mut stack: Vec<Open> = Vec::new();
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let (mut line, mut at_start) = (0u32, true);
    // Blank lines part paragraphs, where there are any.
    let blank = |at: usize| characters.get(at + 1).is_some_and(|&(_, next)| next == '\n');
    let blanks = (0..characters.len()).any(|at| characters[at].1 == '\n' && blank(at));
    let (mut paragraph, mut filled) = (0u32, false);
    let mut index = 0;
    while index < characters.len() {
        let (at, mark) = characters[index];
        let here = index;
        index += 1;
        if mark == '\n' {
            line += 1;
            at_start = true;
            if filled && (!blanks || blank(here)) {
                paragraph += 1;
                filled = false;
            }
            continue;
        }
        if mark.is_whitespace() {
            continue;
        }
        filled = true;
        let starts_line = std::mem::replace(&mut at_start, false);
        let (opens, closes) = (table.opens(mark), table.closes(mark));
        if is_single(mark) || !(opens || closes) {
            continue;
        }
        let before = here.checked_sub(1).map(|index| characters[index].1);
        let after = characters.get(here + 1).map(|&(_, next)| next);
        let end = at + mark.len_utf8();
        let looks_open = before.is_none_or(leads) && after.is_some_and(|next| !trails(next));
        // Korean writes no apostrophes and joins its particles to a closing mark (“…”라고).
        let looks_closing = before.is_some_and(|previous| !previous.is_whitespace())
            && after.is_none_or(|next| trails(next) || is_hangul(next));
        if opens && closes && inside_word(characters, here) && !opens_after_prefix(characters, here, table) {
            continue;
        }
        let depth = stack.len();
        let top = depth.saturating_sub(DEEPEST);
        let found = stack[top..]
            .iter()
            .rposition(|open| table.match_up(open.mark, mark) && line.saturating_sub(open.line) <= LONGEST)
            .map(|position| position + top);
        let goes_on = |open: &&mut Open| {
            open.line < line
                && paragraph - open.paragraph <= 1
                && (open.mark == mark || table.match_up(open.mark, mark))
        };
        let reopened =
            (starts_line && table.reopens).then(|| stack[top..].iter_mut().rev().find(goes_on)).flatten();
        let acts_open = opens
            && (!closes
                || match found {
                    Some(_) => looks_open && !looks_closing,
                    None => !looks_closing || looks_open,
                });
        if let Some(open) = reopened
            && (acts_open || !opens)
        {
            open.paragraph = paragraph;
            continue;
        }
        if acts_open {
            // A mark that both opens and closes and was left open in an earlier paragraph stays alone.
            if closes
                && let Some(open) = stack.last()
                && open.mark == mark
                && open.line < line
            {
                settle(stack.pop(), marks, &mut ranges);
            }
            stack.push(Open { at, index: here, mark, line, paragraph, inner: None });
        } else if let Some(position) = found {
            while stack.len() > position + 1 {
                settle(stack.pop(), marks, &mut ranges);
            }
            if let Some(open) = stack.pop() {
                marks.quoted.push(Quoted {
                    start: open.at,
                    end,
                    open: open.mark.len_utf8(),
                    close: mark.len_utf8(),
                });
                ranges.push((open.index, here));
                if let Some(outer) = stack.last_mut()
                    && outer.mark == open.mark
                    && outer.line == open.line
                    && (ends_line(characters, here)
                        || (mark != '"'
                            && open.at - outer.at < 80
                            && characters[outer.index + 1..open.index].iter().all(|(_, c)| is_of_a_name(*c))))
                {
                    outer.inner = Some((end, mark.len_utf8()));
                }
            }
        } else if !before.is_some_and(char::is_numeric) && depth <= stack.len() {
            marks.lone.push(Lone { start: at, end, opening: false });
        }
    }
    while let Some(open) = stack.pop() {
        settle(Some(open), marks, &mut ranges);
    }
    debug_assert!(marks.quoted.iter().all(|quoted| quoted.end <= length), "quotations lie in the text");
    depths(ranges)
}

/// An open quotation without its own closing mark. Where one of the same kind ends inside it after a few
/// words or with the paragraph, one mark closes both, as Russian writes company names: «ООО «Ромашка».
fn settle(open: Option<Open>, marks: &mut Marks, ranges: &mut Vec<(usize, usize)>) {
    let Some(open) = open else { return };
    let width = open.mark.len_utf8();
    match open.inner {
        Some((end, close)) => {
            marks.quoted.push(Quoted { start: open.at, end, open: width, close });
            let inner = ranges.iter().rev().find(|range| range.0 > open.index).map(|range| range.1);
            ranges.push((open.index, inner.unwrap_or(open.index)));
        }
        None => marks.lone.push(Lone { start: open.at, end: open.at + width, opening: true }),
    }
}

fn depths(ranges: Vec<(usize, usize)>) -> Events {
    let mut steps: Vec<(usize, bool)> =
        ranges.into_iter().flat_map(|(start, end)| [(start, true), (end, false)]).collect();
    steps.sort_unstable();
    let mut depth = 0usize;
    steps
        .into_iter()
        .map(|(index, opens)| {
            depth = if opens { depth + 1 } else { depth.saturating_sub(1) };
            (index, depth)
        })
        .collect()
}

/// Single marks: a pair on one line, at one depth of double quotations. What finds no counterpart is an
/// apostrophe.
fn singles(characters: &[(usize, char)], table: &Table, events: &Events, marks: &mut Marks) {
    let mut index = 0;
    let mut event = 0;
    while index < characters.len() {
        let (at, mark) = characters[index];
        while event < events.len() && events[event].0 <= index {
            event += 1;
        }
        let here = index;
        index += 1;
        if !is_single(mark) || !table.opens(mark) {
            continue;
        }
        let before = here.checked_sub(1).map(|index| characters[index].1);
        let after = characters.get(here + 1).map(|&(_, next)| next);
        let opens = before.is_none_or(|previous| leads(previous) || is_unspaced(previous))
            && after.is_some_and(|next| !trails(next) && (mark == '‘' || !next.is_numeric()));
        if !opens {
            continue;
        }
        if let Some(close) = counterpart(characters, here, table, &events[event..], event, events) {
            let (end, closing) = characters[close];
            marks.quoted.push(Quoted {
                start: at,
                end: end + closing.len_utf8(),
                open: mark.len_utf8(),
                close: closing.len_utf8(),
            });
            index = close + 1;
        }
    }
}

fn counterpart(
    characters: &[(usize, char)],
    here: usize,
    table: &Table,
    ahead: &[(usize, usize)],
    event: usize,
    events: &Events,
) -> Option<usize> {
    let mark = characters[here].1;
    let base = event.checked_sub(1).map_or(0, |last| events[last].1);
    let mut ahead = ahead.iter().peekable();
    let mut depth = base;
    let mut possessive = None;
    for (index, &(_, character)) in characters.iter().enumerate().skip(here + 1).take(REACH) {
        while let Some(&&(at, level)) = ahead.peek() {
            if at > index {
                break;
            }
            depth = level;
            ahead.next();
        }
        if character == '\n' || depth < base {
            break;
        }
        if depth > base || !is_single(character) || !table.match_up(mark, character) {
            continue;
        }
        let before = characters[index - 1].1;
        let after = characters.get(index + 1).map(|&(_, next)| next);
        if before.is_whitespace()
            || index == here + 1
            || after.is_some_and(|next| next.is_alphanumeric() && !is_unspaced(next) && !is_hangul(next))
        {
            continue;
        }
        // The workers’ rights: a plural's apostrophe, unless nothing better follows.
        if matches!(before, 's' | 'S') && after.is_some_and(char::is_whitespace) {
            possessive = possessive.or(Some(index));
            continue;
        }
        return Some(index);
    }
    possessive
}

/// Whether nothing but punctuation follows on the line.
fn ends_line(characters: &[(usize, char)], here: usize) -> bool {
    characters[here + 1..]
        .iter()
        .map(|&(_, character)| character)
        .take_while(|&character| character != '\n')
        .take(4)
        .all(|character| character.is_whitespace() || matches!(character, '.' | '!' | '?' | ')'))
}

fn is_of_a_name(character: char) -> bool {
    character.is_alphanumeric() || character.is_whitespace() || matches!(character, '-' | '’')
}

/// Whether an opening mark may follow.
fn leads(character: char) -> bool {
    character.is_whitespace()
        || is_dash(character)
        || matches!(
            character,
            '(' | '['
                | '{'
                | '（'
                | '【'
                | '«'
                | '„'
                | '“'
                | '‘'
                | '"'
                | '/'
                | '-'
                | '¿'
                | '¡'
                | '\u{200B}'
                | '\u{200F}'
                | '\u{200E}'
        )
        || matches!(character, '：' | '，' | '。' | '、' | '；' | '！' | '？')
}

/// Whether the character may follow a closing mark and no opening one.
fn trails(character: char) -> bool {
    character.is_whitespace()
        || is_dash(character)
        || matches!(
            character,
            '.' | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | ')'
                | ']'
                | '}'
                | '…'
                | '»'
                | '”'
                | '’'
                | '-'
                | '/'
                | '。'
                | '，'
                | '、'
                | '；'
                | '：'
                | '！'
                | '？'
                | '）'
                | '】'
                | '」'
                | '』'
                | '؟'
                | '،'
                | '؛'
                | '۔'
                | '।'
                | '։'
        )
}

/// Whether a mark stands between two letters of one word: an acronym's, where words have spaces.
fn inside_word(characters: &[(usize, char)], here: usize) -> bool {
    let letter =
        |character: char| character.is_alphabetic() && !is_unspaced(character) && !is_hangul(character);
    here > 0
        && letter(characters[here - 1].1)
        && characters.get(here + 1).is_some_and(|&(_, next)| letter(next))
}

/// Whether the letters before the mark are written together with what follows (ב"הארץ"), and two letters or
/// more follow: one letter ends an acronym.
fn opens_after_prefix(characters: &[(usize, char)], here: usize, table: &Table) -> bool {
    let before: Vec<char> = characters[..here]
        .iter()
        .rev()
        .take(5)
        .map(|&(_, character)| character)
        .take_while(|character| character.is_alphabetic())
        .collect();
    let before: String = before.iter().rev().collect();
    let follows = characters[here + 1..].iter().take(2).filter(|(_, next)| next.is_alphabetic()).count();
    follows == 2 && table.is_prefix(&before)
}
