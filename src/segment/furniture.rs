//! Phrases of web furniture, bylines and captions: the patterns of a profile, matched against whole lines.

use crate::lang::Language;
use crate::lang::text::{is_invisible, is_unspaced};

/// What a line's phrase says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Web furniture.
    Furniture,
    /// A heading over related stories: what follows is furniture too.
    Related,
    /// Who wrote it, where, when.
    Byline,
    /// The caption of a picture.
    Caption,
}

/// Words beyond which a line is prose whatever phrase it holds.
const LONGEST: usize = 45;

/// Characters from which a phrase is told whatever ending its last word has.
const STEM: usize = 12;

/// The patterns of one language.
pub(super) struct Phrases<'a> {
    language: &'a Language,
    patterns: Vec<(Told, Pattern)>,
}

impl<'a> Phrases<'a> {
    pub(super) fn of(language: &'a Language) -> Self {
        let mut patterns = Vec::new();
        if let Some(furniture) = &language.furniture {
            let lists = [
                (Told::Related, &furniture.headings),
                (Told::Furniture, &furniture.phrases),
                (Told::Byline, &furniture.bylines),
                (Told::Caption, &furniture.captions),
            ];
            for (told, list) in lists {
                patterns.extend(list.iter().map(|phrase| (told, Pattern::read(phrase))));
            }
        }
        Self { language, patterns }
    }

    /// What the line is by its words.
    pub(super) fn tell(&self, line: &str, words: usize) -> Option<Told> {
        if self.patterns.is_empty() || words > LONGEST {
            return None;
        }
        if is_share_bar(line) {
            return Some(Told::Furniture);
        }
        let whole = self.tell_whole(line);
        if matches!(whole, Some(Told::Furniture | Told::Related)) {
            return whole;
        }
        self.tell_row(line).or(whole).or_else(|| self.tell_label(line))
    }

    /// What a row of entries is by most of them: `Print – Send to a friend`, `Author: N. N. | Comments (7)`. Entries of
    /// figures and signs alone say nothing.
    fn tell_row(&self, line: &str) -> Option<Told> {
        let entries = entries(line);
        if entries.len() < 2 || entries.iter().any(|entry| entry.chars().count() > LONGEST_ENTRY) {
            return None;
        }
        let each: Vec<Option<Told>> = entries.iter().map(|entry| self.tell_whole(entry)).collect();
        let saying =
            each.iter().zip(&entries).filter(|(told, entry)| told.is_some() || says_much(entry)).count();
        let told: Vec<Told> = each.into_iter().flatten().collect();
        let most = told.len() * 2 > saying || told.len() >= 2 && told.len() * 2 == saying;
        let signed = |told: &Told| matches!(told, Told::Byline | Told::Caption);
        match told.first() {
            Some(first) if most && told.iter().all(signed) => Some(*first),
            Some(_) if most => Some(Told::Furniture),
            _ => None,
        }
    }

    /// A related story behind the heading of such: `Read also: Storm closes the ports`.
    fn tell_label(&self, line: &str) -> Option<Told> {
        let (label, story) = line.split_once([':', '：'])?;
        let related = !story.trim().is_empty() && self.tell_whole(label) == Some(Told::Related);
        related.then_some(Told::Furniture)
    }

    fn tell_whole(&self, line: &str) -> Option<Told> {
        let line: Vec<char> = plain(&self.language.lower(line));
        let letters = letters(&line);
        self.patterns
            .iter()
            .filter(|(_, pattern)| pattern.letters & !letters == 0)
            .find(|(told, pattern)| match told {
                Told::Related => pattern.heads(&line),
                _ => pattern.fits(&line),
            })
            .map(|&(told, _)| told)
    }
}

/// Services on which pages are shared, and other buttons beside them.
const SERVICES: [&str; 18] = [
    "facebook",
    "twitter",
    "x",
    "whatsapp",
    "telegram",
    "linkedin",
    "instagram",
    "youtube",
    "tiktok",
    "pinterest",
    "reddit",
    "messenger",
    "viber",
    "line",
    "vk",
    "bluesky",
    "zalo",
    "kakaotalk",
];

/// Whether the line names three services in a row, with hardly anything around them: `Share Facebook X WhatsApp Copy link`.
fn is_row_of_services(line: &str) -> bool {
    const BESIDES: [&str; 5] = ["e-mail", "email", "mail", "sms", "rss"];
    let words: Vec<String> =
        line.split(' ').filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    let is = |word: &String| SERVICES.contains(&word.as_str()) || BESIDES.contains(&word.as_str());
    let most = words.split(|word| !is(word)).map(<[String]>::len).max().unwrap_or_default();
    most >= 3 && words.len() <= most + 6 && !line.contains([',', '.', ';', '!', '?'])
}

/// Whether the line is a row of buttons: short entries between bars, two of them services on which pages are shared.
fn is_share_bar(line: &str) -> bool {
    if is_row_of_services(line) {
        return true;
    }
    let entries: Vec<&str> =
        line.split(['|', '•', '·', '/', '｜']).map(str::trim).filter(|entry| !entry.is_empty()).collect();
    let last_word = |entry: &str| entry.rsplit([' ', ':', '：']).next().unwrap_or_default().to_owned();
    let services = entries
        .iter()
        .filter(|entry| SERVICES.iter().any(|service| last_word(entry).eq_ignore_ascii_case(service)))
        .count();
    entries.len() >= 2
        && services >= 2
        && services * 2 >= entries.len()
        && entries.iter().all(|entry| entry.chars().count() <= 30)
}

/// Characters beyond which an entry of a row is prose.
const LONGEST_ENTRY: usize = 40;

/// The entries of a row: between bars and bullets, dashes with spaces about them, wide gaps.
fn entries(line: &str) -> Vec<&str> {
    let wide = line.split(['|', '•', '·', '｜', '\t']).flat_map(|part| part.split("  "));
    let dashed = wide.flat_map(|part| part.split(" – ")).flat_map(|part| part.split(" — "));
    let entries = dashed.flat_map(|part| part.split(" - ")).flat_map(|part| part.split(" / "));
    entries.map(str::trim).filter(|entry| !entry.is_empty()).collect()
}

/// Whether an entry is more than a time, a date, a count or a size of letters: `12:47, 9 March`, `A+`.
fn says_much(entry: &str) -> bool {
    let words =
        entry.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().nth(1).is_some()).count();
    words > usize::from(entry.contains(char::is_numeric))
}

enum Part {
    Literal(Vec<char>),
    Number,
    Anything,
}

/// `^`, `$`, `*`, `#` and literal text; a literal begins and ends at a word's border where words have spaces.
struct Pattern {
    start: bool,
    end: bool,
    parts: Vec<Part>,
    /// Those of its literals, all of which a line must have.
    letters: u64,
}

/// Which characters are there, one bit for many: what lacks a bit lacks the character.
fn letters(characters: &[char]) -> u64 {
    characters.iter().fold(0, |all, &letter| all | 1 << (u32::from(letter).wrapping_mul(0x9E37_79B1) >> 26))
}

impl Pattern {
    fn read(phrase: &str) -> Self {
        let phrase = phrase.trim();
        let body = phrase.strip_prefix('^').unwrap_or(phrase);
        let start = body.len() < phrase.len();
        let inner = body.strip_suffix('$').unwrap_or(body);
        let end = inner.len() < body.len();
        let mut parts = Vec::new();
        let mut literal = String::new();
        for character in inner.chars() {
            let part = match character {
                '*' => Part::Anything,
                '#' => Part::Number,
                other => {
                    literal.push(other);
                    continue;
                }
            };
            close(&mut literal, &mut parts);
            parts.push(part);
        }
        close(&mut literal, &mut parts);
        let letters = parts.iter().fold(0, |all, part| match part {
            Part::Literal(literal) => all | letters(literal),
            _ => all,
        });
        Self { start, end, parts, letters }
    }

    /// As [`Self::fits`], of a heading: from the start, with three words more at most and no full stop.
    fn heads(&self, line: &[char]) -> bool {
        let length = |part: &Part| match part {
            Part::Literal(literal) => literal.iter().filter(|c| c.is_whitespace()).count() + 1,
            _ => 3,
        };
        let most: usize = self.parts.iter().map(length).sum();
        let words = line.split(|c| c.is_whitespace()).filter(|word| !word.is_empty()).count();
        let stops = line.last().is_some_and(|last| matches!(last, '.' | '?' | '。' | '？' | '؟' | '।'));
        words <= most + 3 && !stops && !self.parts.is_empty() && self.fits_from(0, line, 0)
    }

    fn fits(&self, line: &[char]) -> bool {
        if self.parts.is_empty() {
            return false;
        }
        if self.start {
            return self.fits_from(0, line, 0);
        }
        match self.parts.first() {
            Some(Part::Literal(first)) => occurrences(line, first).any(|at| self.fits_from(0, line, at)),
            Some(Part::Number) => (0..line.len())
                .filter(|&at| line[at].is_numeric() && (at == 0 || !line[at - 1].is_numeric()))
                .any(|at| self.fits_from(0, line, at)),
            _ => self.fits_from(0, line, 0),
        }
    }

    /// Whether the parts from `part` on fit the line from `at` on. After `*` the first place that fits is
    /// tried and, at the end of an anchored pattern, the last one.
    fn fits_from(&self, part: usize, line: &[char], at: usize) -> bool {
        let at = if part == 0 { at } else { skip_spaces(line, at) };
        let Some(this) = self.parts.get(part) else {
            return !self.end
                || line[at..]
                    .iter()
                    .all(|&c| c.is_whitespace() || matches!(c, '.' | '!' | ':' | '…' | '。'));
        };
        match this {
            Part::Literal(literal) => {
                stands(line, literal, at) && self.fits_from(part + 1, line, at + literal.len())
            }
            Part::Number => {
                let mut end = at;
                while end < line.len()
                    && (line[end].is_numeric() || (end > at && matches!(line[end], '.' | ',' | ' ' | '\'')))
                {
                    end += 1;
                }
                while end > at && !line[end - 1].is_numeric() {
                    end -= 1;
                }
                end > at && self.fits_from(part + 1, line, end)
            }
            Part::Anything => match self.parts.get(part + 1) {
                None => true,
                Some(Part::Literal(next)) => {
                    let last = self.end && part + 2 == self.parts.len();
                    let mut found = occurrences(&line[at..], next).map(|offset| at + offset);
                    let place = if last { found.last() } else { found.next() };
                    place.is_some_and(|place| self.fits_from(part + 1, line, place))
                }
                Some(_) => (at..line.len())
                    .find(|&place| line[place].is_numeric())
                    .is_some_and(|place| self.fits_from(part + 1, line, place)),
            },
        }
    }
}

fn skip_spaces(line: &[char], at: usize) -> usize {
    at + line[at..].iter().take_while(|c| c.is_whitespace()).count()
}

fn close(literal: &mut String, parts: &mut Vec<Part>) {
    // Spaces beside a wildcard may be there or not.
    let text = plain(literal.trim());
    literal.clear();
    if !text.is_empty() {
        parts.push(Part::Literal(text));
    }
}

/// White space as single spaces, one kind of apostrophe and hyphen, nothing invisible.
fn plain(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for character in text.chars() {
        let character = match character {
            '’' | 'ʼ' | '‘' => '\'',
            '‐' | '‑' => '-',
            '：' => ':',
            other if other.is_whitespace() => ' ',
            other => other,
        };
        if is_invisible(character) || (character == ' ' && out.last().is_some_and(|&last| last == ' ')) {
            continue;
        }
        // "Junte -se": a garbled phrase is the phrase all the same.
        if character.is_alphabetic() && out.ends_with(&[' ', '-']) && out.len() > 2 {
            out.remove(out.len() - 2);
        }
        out.push(character);
    }
    out
}

fn occurrences<'l>(line: &'l [char], literal: &'l [char]) -> impl Iterator<Item = usize> + 'l {
    (0..=line.len().saturating_sub(literal.len())).filter(move |&at| stands(line, literal, at))
}

fn stands(line: &[char], literal: &[char], at: usize) -> bool {
    let Some(rest) = line.get(at..) else { return false };
    if !rest.starts_with(literal) {
        return false;
    }
    let glued = |inner: Option<&char>, outer: Option<&char>| {
        inner.zip(outer).is_some_and(|(inner, outer)| {
            inner.is_alphanumeric() && outer.is_alphanumeric() && !is_unspaced(*inner) && !is_unspaced(*outer)
        })
    };
    let before = at.checked_sub(1).and_then(|before| line.get(before));
    // A long phrase may be given without its last ending.
    !glued(literal.first(), before)
        && (literal.len() >= STEM || !glued(literal.last(), line.get(at + literal.len())))
}
