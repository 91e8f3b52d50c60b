//! Where sentences end: the marks of UAX 29's sentence rules as candidates, then what the language's profile
//! knows of abbreviations, ordinals and speech, and what every script shares: initials, decimals, addresses,
//! quotations that the sentence goes on after.

use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;

use crate::lang::Language;
use crate::lang::text::{is_dash, is_hangul, is_invisible, is_unspaced, is_upper, is_vowel};
use crate::model::Span;

/// Bytes searched back for an abbreviation, and words for the start of one.
const LONGEST_ABBREVIATION: usize = 24;

/// What an abbreviation asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Abbreviation {
    /// The full stop is not the last of it.
    Inside,
    /// The sentence goes on.
    Always,
    /// The sentence goes on where a figure or small letter follows.
    BeforeNumber,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A single full stop.
    Dot,
    /// … or several full stops.
    Ellipsis,
    /// ! and ?, which need a space after them.
    Hard,
    /// Marks of scripts that need none: 。 । ؟ ։.
    Wide,
}

/// The rules of one language, ready for use.
#[allow(clippy::struct_excessive_bools, reason = "independent habits of a language")]
pub(super) struct Rules<'a> {
    language: &'a Language,
    ends: Vec<char>,
    dot: bool,
    /// By first letter, in lower case: the characters of each, and whether it is for numbers only.
    abbreviations: BTreeMap<char, Vec<(Vec<char>, bool)>>,
    ordinal_dot: bool,
    speech: Vec<&'a str>,
    functions: Vec<&'a str>,
    /// Common nouns have capitals, so that one says little: 4 Mio. Euro.
    nouns_capital: bool,
    /// The script marks no sentence end: lines and wide spaces do.
    unmarked: bool,
}

impl<'a> Rules<'a> {
    pub(super) fn of(language: &'a Language) -> Self {
        let mut rules = Self {
            language,
            ends: Vec::new(),
            dot: true,
            abbreviations: BTreeMap::new(),
            ordinal_dot: false,
            speech: Vec::new(),
            functions: language
                .function_words
                .as_ref()
                .map(|functions| functions.words.iter().map(String::as_str).collect())
                .unwrap_or_default(),
            nouns_capital: language
                .typography
                .as_ref()
                .is_some_and(|typography| typography.capitals.iter().any(|word| word == "*")),
            unmarked: matches!(language.script.as_str(), "Thai" | "Laoo" | "Khmr" | "Mymr"),
        };
        rules.functions.sort_unstable();
        if language.script == "Grek" {
            rules.ends.push(';');
        }
        if let Some(sentences) = &language.sentences {
            rules.ends.extend(sentences.end.iter().filter_map(|end| end.chars().next()));
            rules.dot = rules.ends.contains(&'.');
            rules.ordinal_dot = sentences.ordinal_dot;
            rules.speech = sentences.speech_verbs.iter().map(String::as_str).collect();
            let always = sentences.abbreviations.iter().map(|entry| (entry, false));
            let numbers = sentences.abbreviations_before_number.iter().map(|entry| (entry, true));
            for (entry, before_number) in always.chain(numbers) {
                let characters: Vec<char> = entry.trim().chars().collect();
                let Some(&first) = characters.first() else { continue };
                let key = first.to_lowercase().next().unwrap_or(first);
                rules.abbreviations.entry(key).or_default().push((characters, before_number));
            }
        }
        rules
    }

    /// Cuts the text of a span into sentences.
    pub(super) fn cut(&self, text: &str, span: Span) -> Vec<Span> {
        let line = Line {
            rules: self,
            text,
            offset: span.start,
            end: span.end,
            characters: span.of(text).char_indices().collect(),
        };
        line.cut()
    }

    fn mark(&self, character: char) -> Option<Mark> {
        match character {
            '.' => Some(Mark::Dot),
            '…' | '⋯' => Some(Mark::Ellipsis),
            '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '‽' | '\u{37E}' => Some(Mark::Hard),
            '。' | '｡' | '！' | '？' | '．' | '؟' | '۔' | '।' | '॥' | '։' | '။' | '។' | '៕' | '።' | '፧' => {
                Some(Mark::Wide)
            }
            other if self.ends.contains(&other) => Some(Mark::Hard),
            _ => None,
        }
    }

    fn is_function_word(&self, word: &str) -> bool {
        let word = self.language.lower(word);
        self.functions.binary_search(&word.as_str()).is_ok()
    }

    fn is_month(&self, word: &str) -> bool {
        let lower = self.language.lower(word);
        self.language.dates.as_ref().is_some_and(|dates| dates.months.contains_key(&lower))
    }
}

struct Line<'a> {
    rules: &'a Rules<'a>,
    text: &'a str,
    offset: usize,
    end: usize,
    characters: Vec<(usize, char)>,
}

impl Line<'_> {
    fn cut(&self) -> Vec<Span> {
        let mut out = Vec::new();
        let mut start = 0;
        let mut straight = false;
        let mut index = 0;
        while let Some(character) = self.at(index) {
            if let Some(after) = self.break_of_lines(index) {
                self.push(&mut out, start, index);
                (start, index) = (after, after);
                continue;
            }
            if character == '"' {
                straight = !straight;
            }
            let Some(mark) = self.rules.mark(character) else {
                index += 1;
                continue;
            };
            let (kind, run) = self.run(index, mark);
            let counts = kind != Mark::Dot || self.rules.dot;
            let (after, quoted) = self.closers(run, kind, &mut straight);
            if counts && self.ends_sentence(index, kind, after, quoted, run, start) {
                self.push(&mut out, start, after);
                start = after;
            }
            index = after;
        }
        self.push(&mut out, start, self.characters.len());
        out
    }

    fn at(&self, index: usize) -> Option<char> {
        self.characters.get(index).map(|&(_, character)| character)
    }

    fn byte(&self, index: usize) -> usize {
        self.characters.get(index).map_or(self.end, |&(at, _)| self.offset + at)
    }

    /// A piece without a letter or digit belongs to the sentence before it.
    fn push(&self, out: &mut Vec<Span>, start: usize, end: usize) {
        let span = trim(Span::new(self.byte(start), self.byte(end)), self.text);
        if span.is_empty() {
            return;
        }
        let says = span.of(self.text).chars().any(char::is_alphanumeric);
        match out.last_mut() {
            Some(last) if !says => last.end = span.end,
            // A leading mark waits for what it leads.
            Some(last) if !last.of(self.text).chars().any(char::is_alphanumeric) => last.end = span.end,
            _ => out.push(span),
        }
    }

    /// White space that ends a sentence by itself: a blank line; in scripts that mark no end any line break
    /// and two spaces. Returns where it ends.
    fn break_of_lines(&self, index: usize) -> Option<usize> {
        if !self.at(index)?.is_whitespace()
            || index.checked_sub(1).and_then(|i| self.at(i)).is_some_and(char::is_whitespace)
        {
            return None;
        }
        let after = self.skip_space(index);
        let space = &self.characters[index..after];
        let breaks = space.iter().filter(|(_, character)| *character == '\n').count();
        let wide = self.rules.unmarked && (breaks > 0 || space.len() >= 2);
        (breaks >= 2 || wide).then_some(after)
    }

    fn skip_space(&self, mut index: usize) -> usize {
        while self.at(index).is_some_and(|character| character.is_whitespace() || is_invisible(character)) {
            index += 1;
        }
        index
    }

    /// The whole run of marks, and what it amounts to.
    fn run(&self, index: usize, first: Mark) -> (Mark, usize) {
        let mut end = index + 1;
        let mut kind = first;
        while let Some(mark) = self.at(end).and_then(|character| self.rules.mark(character)) {
            kind = match (kind, mark) {
                (Mark::Wide, _) | (_, Mark::Wide) => Mark::Wide,
                (Mark::Hard, _) | (_, Mark::Hard) => Mark::Hard,
                _ => Mark::Ellipsis,
            };
            end += 1;
        }
        (kind, end)
    }

    /// Quotation marks, brackets and footnote numbers that close after the mark, and whether one was a
    /// quotation mark.
    fn closers(&self, mut index: usize, kind: Mark, straight: &mut bool) -> (usize, bool) {
        let mut quoted = false;
        loop {
            let Some(character) = self.at(index) else { return (index, quoted) };
            let next = self.at(index + 1);
            let free = next.is_none_or(|next| !next.is_alphanumeric() && !opens(next));
            let closes = match character {
                ')' | ']' | '}' | '）' | '】' | '〕' | '〉' | '》' | '¹' | '²' | '³' => true,
                '」' | '』' | '”' | '›' | '〟' => {
                    quoted = true;
                    true
                }
                '"' | '＂' => {
                    let closes = free || *straight;
                    if closes {
                        *straight = false;
                        quoted = true;
                    }
                    closes
                }
                '“' | '’' | '\'' | '‘' | '»' | '«' | '״' => {
                    let closes = free || (character == '»' && kind == Mark::Wide);
                    quoted |= closes;
                    closes
                }
                // French spaces before its closing mark.
                ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' if next == Some('»') => {
                    let closes = self.at(index + 2).is_none_or(|after| !after.is_alphanumeric());
                    quoted |= closes;
                    if closes {
                        index += 1;
                    }
                    closes
                }
                '[' => match self.footnote(index) {
                    Some(after) => {
                        index = after;
                        continue;
                    }
                    None => false,
                },
                // He said “No!”.
                other => quoted && self.rules.mark(other).is_some(),
            };
            if !closes {
                return (index, quoted);
            }
            index += 1;
        }
    }

    fn footnote(&self, index: usize) -> Option<usize> {
        let digits =
            (index + 1..index + 4).take_while(|&at| self.at(at).is_some_and(|c| c.is_ascii_digit())).count();
        (digits > 0 && self.at(index + 1 + digits) == Some(']')).then_some(index + 2 + digits)
    }

    /// Whether the sentence from `start` ends after the mark at `index` (with what closes: before `after`).
    fn ends_sentence(
        &self,
        index: usize,
        kind: Mark,
        after: usize,
        quoted: bool,
        run: usize,
        start: usize,
    ) -> bool {
        let next = self.skip_space(after);
        let Some(character) = self.at(next) else { return true };
        let gap = next > after;
        if !(gap || kind == Mark::Wide || (kind == Mark::Hard && is_unspaced(character))) {
            return false;
        }
        if is_closing(character)
            || (self.rules.mark(character).is_some() && !self.at(next + 1).is_some_and(char::is_alphanumeric))
        {
            return false;
        }
        if is_dash(character) || (character == '-' && self.at(next + 1).is_some_and(char::is_whitespace)) {
            let said = self.skip_space(next + 1);
            return !quoted
                && self.at(said).is_some_and(|first| !first.is_lowercase())
                && !self.speech_follows(said);
        }
        let mut first = next;
        while first < next + 6
            && self.at(first).is_some_and(|c| opens(c) || matches!(c, '¿' | '¡' | '*' | '_'))
        {
            first += 1;
        }
        let Some(letter) = self.at(first) else { return true };
        let small = letter.is_lowercase() && !self.at(first + 1).is_some_and(is_upper);
        if small && kind != Mark::Wide {
            return false;
        }
        match kind {
            Mark::Wide => !(quoted && (is_hiragana(character) || self.speech_follows(next))),
            Mark::Hard | Mark::Ellipsis => !(quoted && self.speech_follows(next)),
            Mark::Dot if after > run => true,
            Mark::Dot => self.full_stop_ends(index, first, letter, start),
        }
    }

    /// Whether a verb of saying stands in the clause that begins here.
    fn speech_follows(&self, from: usize) -> bool {
        if self.rules.speech.is_empty() {
            return false;
        }
        let mut clause = String::new();
        let mut words = 0;
        for (_, character) in self.characters.iter().skip(from).take(60) {
            if character.is_whitespace() {
                words += 1;
                if words > 4 {
                    break;
                }
                clause.push(' ');
            } else if is_closing(*character)
                || is_dash(*character)
                || opens(*character)
                || self.rules.mark(*character).is_some()
            {
                break;
            } else {
                clause.push(*character);
                if is_unspaced(*character) && clause.chars().count() > 14 {
                    break;
                }
            }
        }
        let clause = self.rules.language.lower(&clause);
        if self.rules.language.spaced {
            let clause = format!(" {clause} ");
            self.rules.speech.iter().any(|verb| clause.contains(&format!(" {verb} ")))
        } else {
            self.rules.speech.iter().any(|verb| clause.contains(verb))
        }
    }

    /// Whether a lone full stop with white space after it ends the sentence; `first` is the first letter that
    /// follows.
    fn full_stop_ends(&self, dot: usize, first: usize, letter: char, start: usize) -> bool {
        match self.abbreviation(dot) {
            Some(Abbreviation::Inside | Abbreviation::Always) => return false,
            Some(Abbreviation::BeforeNumber) if letter.is_numeric() => return false,
            Some(Abbreviation::BeforeNumber) if self.rules.nouns_capital => {
                return self.rules.is_function_word(&self.word(first));
            }
            // U.S. Senate: initials are judged as such.
            Some(Abbreviation::BeforeNumber) if !self.is_dotted(dot) => return true,
            Some(Abbreviation::BeforeNumber) | None => {}
        }
        let begin = self.token(dot);
        let token: Vec<char> = self.characters[begin..dot].iter().map(|&(_, character)| character).collect();
        let following = self.word(first);
        if Self::is_enumerator(&token) && self.skip_space(start) == begin {
            return false;
        }
        let initials = token.split(|c| matches!(c, '.' | '-' | '‐' | '‑'));
        let all_single = !token.is_empty() && initials.clone().all(is_single_letter);
        if all_single {
            let pieces = initials.count();
            let last = token.last().copied().unwrap_or_default();
            if letter.is_alphabetic() && self.is_initial(first) {
                return false;
            }
            if is_upper(last) || matches!(u32::from(last), 0x590..=0x6FF) {
                return if pieces == 1 || is_upper(letter) {
                    self.rules.is_function_word(&following)
                } else {
                    true
                };
            }
        }
        if token.iter().all(char::is_ascii_digit) && !token.is_empty() && self.rules.ordinal_dot {
            return self.number_ends(begin, token.len(), letter, &following);
        }
        if self.rules.ordinal_dot
            && token.iter().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
            && !token.is_empty()
        {
            return self.rules.is_function_word(&following);
        }
        // A title of a language that we have no list of: Dr, Mr, St.
        if self.rules.abbreviations.is_empty()
            && (2..=3).contains(&token.len())
            && token.first().copied().is_some_and(is_upper)
            && token.iter().skip(1).all(|c| c.is_lowercase() && !is_vowel(*c))
            && is_upper(letter)
        {
            return false;
        }
        true
    }

    /// 3. Oktober, 19. Jahrhundert, 3. 10. 2024.
    fn number_ends(&self, begin: usize, digits: usize, letter: char, following: &str) -> bool {
        if letter.is_numeric() {
            return digits > 2;
        }
        if self.rules.is_month(following) {
            return false;
        }
        if self.rules.is_function_word(following) {
            return true;
        }
        let before = self.previous_word(begin);
        !(digits <= 2 || (digits == 3 && self.rules.is_function_word(&before)))
    }

    /// Whether the word before the mark is an acronym with inner full stops.
    fn is_dotted(&self, dot: usize) -> bool {
        dot >= 3 && self.at(dot - 2) == Some('.') && self.at(dot - 1).is_some_and(is_upper)
    }

    /// Whether an initial with its full stop stands here.
    fn is_initial(&self, at: usize) -> bool {
        self.at(at).is_some_and(char::is_alphabetic) && self.at(at + 1) == Some('.')
    }

    fn is_enumerator(token: &[char]) -> bool {
        (token.len() <= 3 && !token.is_empty() && token.iter().all(char::is_ascii_digit))
            || is_single_letter(token)
            || (token.len() <= 4 && !token.is_empty() && token.iter().all(|c| matches!(c, 'I' | 'V' | 'X')))
    }

    /// Start of the run of letters, digits, inner full stops and hyphens before a mark.
    fn token(&self, dot: usize) -> usize {
        let mut begin = dot;
        while begin > 0 && dot - begin < LONGEST_ABBREVIATION {
            let Some(character) = self.at(begin - 1) else { break };
            if !(is_word(character) || matches!(character, '.' | '-' | '‐' | '‑')) {
                break;
            }
            begin -= 1;
        }
        begin
    }

    fn word(&self, first: usize) -> String {
        self.characters[first.min(self.characters.len())..]
            .iter()
            .map(|&(_, character)| character)
            .take_while(|&character| is_word(character))
            .take(30)
            .collect()
    }

    fn previous_word(&self, begin: usize) -> String {
        let letters: Vec<char> = self.characters[..begin]
            .iter()
            .rev()
            .map(|&(_, character)| character)
            .skip_while(|character| character.is_whitespace())
            .take_while(|&character| is_word(character))
            .take(30)
            .collect();
        letters.into_iter().rev().collect()
    }

    /// The abbreviation that a full stop belongs to: its last mark or one inside it.
    fn abbreviation(&self, dot: usize) -> Option<Abbreviation> {
        let mut found = None;
        let mut begin = dot;
        while begin > 0 && dot - begin < LONGEST_ABBREVIATION {
            begin -= 1;
            let character = self.at(begin)?;
            if !is_word(character) || begin.checked_sub(1).and_then(|i| self.at(i)).is_some_and(is_word) {
                continue;
            }
            let key = character.to_lowercase().next().unwrap_or(character);
            let mut here = None;
            for (entry, before_number) in self.rules.abbreviations.get(&key).into_iter().flatten() {
                match self.matches(entry, begin) {
                    Some(end) if end > dot + 1 => return Some(Abbreviation::Inside),
                    Some(end) if end == dot + 1 && !before_number => here = Some(Abbreviation::Always),
                    Some(end) if end == dot + 1 => here = here.or(Some(Abbreviation::BeforeNumber)),
                    _ => {}
                }
            }
            // The longest entry speaks: it is found last, further left.
            found = here.or(found);
        }
        found
    }

    /// Whether an abbreviation stands here, as listed or with a capital; a space in the list stands for any
    /// one space or none. Returns where it ends.
    fn matches(&self, entry: &[char], begin: usize) -> Option<usize> {
        let mut index = begin;
        for (nth, &wanted) in entry.iter().enumerate() {
            let character = self.at(index);
            if wanted == ' ' {
                index += usize::from(character.is_some_and(char::is_whitespace));
                continue;
            }
            let character = character?;
            let same = character == wanted
                // Not those of one letter: that is an initial.
                || (nth == 0 && entry.len() > 2 && wanted.to_uppercase().eq(std::iter::once(character)))
                || (is_hyphen_like(wanted) && is_hyphen_like(character));
            if !same {
                return None;
            }
            index += 1;
        }
        Some(index)
    }
}

/// The span without white space and invisible characters at either end.
pub(super) fn trim(span: Span, text: &str) -> Span {
    let whole = span.of(text);
    let skip =
        |character: char| character.is_whitespace() || is_invisible(character) || character.is_control();
    let start = span.start + whole.len() - whole.trim_start_matches(skip).len();
    Span::new(start, start + whole.trim_matches(skip).len())
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

fn is_single_letter(piece: &[char]) -> bool {
    let mut letters = piece.iter().filter(|character| !is_combining_mark(**character));
    letters.next().is_some_and(|c| c.is_alphabetic() && !is_unspaced(*c) && !is_hangul(*c))
        && letters.next().is_none()
}

fn is_hiragana(character: char) -> bool {
    matches!(u32::from(character), 0x3041..=0x309F)
}

fn is_hyphen_like(character: char) -> bool {
    crate::lang::text::is_hyphen(character)
}

/// Marks that open a quotation or bracket.
fn opens(character: char) -> bool {
    matches!(
        character,
        '"' | '“'
            | '„'
            | '«'
            | '»'
            | '‘'
            | '\''
            | '‚'
            | '‹'
            | '「'
            | '『'
            | '《'
            | '〈'
            | '('
            | '['
            | '{'
            | '（'
            | '【'
            | '＂'
    )
}

/// Marks after which nothing new has begun.
fn is_closing(character: char) -> bool {
    matches!(
        character,
        ',' | ';'
            | ':'
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '›'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '）'
            | '】'
            | '，'
            | '、'
            | '；'
            | '：'
            | '،'
            | '؛'
            | '%'
            | '‰'
    )
}
