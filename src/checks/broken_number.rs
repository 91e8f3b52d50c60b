//! A space inside a number.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_script::{Script, UnicodeScript};

use super::{Check, Context, Findings, TextCheck, running};
use crate::lang::{Language, text, words};
use crate::model::{Document, ErrorType, Segment, Severity, Span, Value};

/// `broken-number` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BrokenNumber {}

impl Check for BrokenNumber {
    const NAME: &'static str = "broken-number";
    const ERROR_TYPE: ErrorType = ErrorType::NumberFormat;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("broken_number.md");
}

impl TextCheck for BrokenNumber {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        // The full stop inside `1. 4 million` may have been taken for the end of a sentence.
        let segments: Vec<&Segment> = text.prose().collect();
        for paragraph in segments.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let whole = paragraph[0].span.join(paragraph[paragraph.len() - 1].span);
            for (torn, right) in torn_thousands(text.excerpt(whole)) {
                let span = torn.shift(whole.start);
                if !context.source.as_deref().is_some_and(|source| source.contains(text.excerpt(span))) {
                    tell(span, right, 0.8, findings);
                }
            }
            for broken in broken(text.excerpt(whole), text.language) {
                let span = broken.span.shift(whole.start);
                let written = text.excerpt(span);
                let right: String = written.chars().filter(|character| !character.is_whitespace()).collect();
                let dated = paragraph
                    .iter()
                    .flat_map(|segment| &segment.mentions)
                    .any(|mention| matches!(mention.value, Value::Date(_)) && mention.span.overlaps(span));
                let told = context.source.as_deref().is_some_and(|source| in_source(source, &right));
                let copied = context.source.as_deref().is_some_and(|source| source.contains(written));
                if copied || !(told || (broken.sure && !dated)) {
                    continue;
                }
                tell(span, right, if told { 0.95 } else { 0.8 }, findings);
            }
        }
    }
}

fn tell(span: Span, right: String, confidence: f64, findings: &mut Findings<'_>) {
    let message = format!("a space inside the number “{right}”");
    findings.at(span, message).confidence(confidence).replace_with(right);
}

/// Figures with a space beside the mark between them.
struct Broken {
    span: Span,
    /// Whether what stands around leaves no doubt.
    sure: bool,
}

fn broken(sentence: &str, language: &Language) -> Vec<Broken> {
    let characters: Vec<(usize, char)> = sentence.char_indices().collect();
    let mut out: Vec<Broken> = Vec::new();
    let digits = |from: usize| characters.iter().skip(from).take_while(|(_, c)| c.is_numeric()).count();
    let mut index = 0;
    while index < characters.len() {
        let head = digits(index);
        if head == 0 {
            index += 1;
            continue;
        }
        let first = index;
        index += head;
        let (mut last, mut parts, mut spaced_before) = (index, 1, false);
        let mut tail = head;
        let mut mark = ' ';
        while let Some((next, before, separator)) = joint(&characters, last) {
            let size = digits(next);
            if size == 0 || (parts > 1 && separator != mark && next > last + 1) {
                break;
            }
            (mark, spaced_before, tail) = (separator, spaced_before || before, size);
            last = next + size;
            parts += 1;
        }
        let glued = first > 0
            && (characters[first - 1].1.is_alphanumeric() && !text::is_unspaced(characters[first - 1].1)
                || matches!(characters[first - 1].1, '.' | ',' | ':' | '/' | '-'));
        let end = characters.get(last).map_or(sentence.len(), |&(at, _)| at);
        let span = Span::new(characters[first].0, end);
        index = last.max(index);
        if parts == 1 || glued || head > 3 || !span.of(sentence).contains(char::is_whitespace) {
            continue;
        }
        // What is counted is written to the figure where there are no spaces, and in Hangul: `8,400만`.
        if characters
            .get(last)
            .is_some_and(|&(_, c)| c.is_alphabetic() && !text::is_unspaced(c) && c.script() != Script::Hangul)
        {
            continue;
        }
        let rest = sentence.get(end..).unwrap_or_default();
        let measured = measured(rest, sentence.get(..span.start).unwrap_or_default(), language);
        let goes_on =
            |mark: char| rest.strip_prefix(mark).is_some_and(|rest| rest.starts_with(char::is_numeric));
        let listed = rest.trim_start().starts_with([',', '،', '、']) && !goes_on(',') || parts > 4;
        // *358 of 457, 78%*: hundreds of per cent with decimals are two figures.
        let two = head == 3 && tail <= 2 && rest.trim_start().starts_with(['%', '٪']);
        // *2, 000*: no figure of a list begins with a nought.
        let thousands =
            tail == 3 && head <= 3 && characters.get(last - tail).is_some_and(|&(_, digit)| is_nought(digit));
        let counted = parts == 2
            && tail == 3
            && !is_nought(characters[first].1)
            && groups(mark, language)
            && counts(sentence.get(..span.start).unwrap_or_default(), rest, language);
        let sure = !listed
            && !two
            && (spaced_before && mark != ':'
                || thousands
                || counted
                || (tail == 3 || tail <= 2 && parts == 2) && measured);
        out.push(Broken { span, sure });
    }
    out
}

/// Whether the mark parts thousands, and ends no ordinal.
fn groups(mark: char, language: &Language) -> bool {
    let is_mark = |listed: &String| listed.starts_with(mark);
    language.numbers.as_ref().is_some_and(|numbers| {
        numbers.grouping.iter().any(is_mark) && !numbers.ordinal_marks.iter().any(is_mark)
    })
}

/// Words behind which no comma ends an adverbial that begins a sentence: *By the age of 12, 400 had left*.
const ADVERBIAL: usize = 5;

/// Bytes of a clause that are read before a figure.
const CLAUSE: usize = 512;

/// Whether a figure stands deep in a clause, and what it counts behind it.
fn counts(before: &str, after: &str, language: &Language) -> bool {
    let function = running::function_words(language);
    let small = |word: &str| !language.cased || word.chars().all(|letter| !text::is_upper(letter));
    // A line without an end is not read again for each figure.
    let near =
        before.get(before.floor_char_boundary(before.len().saturating_sub(CLAUSE))..).unwrap_or_default();
    let clause = near.rsplit(['.', '!', '?', ':', ';', '…', '\n', '。', '؟', '।']).next().unwrap_or_default();
    let last = words::words(clause).last();
    let counted = after.chars().next().is_some_and(text::is_unspaced)
        || after.strip_prefix([' ', '\u{a0}']).is_some_and(|rest| {
            words::words(rest)
                .next()
                .is_some_and(|word| word.start == 0 && small(word.text) && !function.contains(word.text))
        });
    counted
        && (words::words(clause).nth(ADVERBIAL - 1).is_some() || clause.contains(text::is_unspaced))
        && last.is_some_and(|last| {
            let joined = clause.get(last.end()..).is_some_and(|gap| gap.chars().all(char::is_whitespace));
            joined && small(last.text) && !last.text.chars().any(char::is_numeric)
        })
}

/// Thousands and years with a space inside them: `80 0 00`, `12 00 0`, `19 74`. Where they are, and what they should be.
fn torn_thousands(sentence: &str) -> Vec<(Span, String)> {
    let mut out = Vec::new();
    // Figures that only one space parts.
    let mut figures: Vec<Span> = Vec::new();
    let mut judge = |figures: &mut Vec<Span>| {
        if let [head, one, other] = figures[..] {
            let rest = format!("{}{}", one.of(sentence), other.of(sentence));
            if head.end - head.start <= 3 && rest.chars().count() == 3 && rest.chars().skip(1).all(is_nought)
            {
                out.push((head.join(other), format!("{} {rest}", head.of(sentence))));
            }
        }
        if let [head, tail] = figures[..] {
            let whole = head.join(tail);
            if matches!(head.of(sentence), "18" | "19" | "20")
                && tail.end - tail.start == 2
                && stands_as_year(whole, sentence)
            {
                out.push((whole, format!("{}{}", head.of(sentence), tail.of(sentence))));
            }
        }
        figures.clear();
    };
    let mut start = None;
    for (at, character) in sentence.char_indices().chain([(sentence.len(), '\n')]) {
        if character.is_ascii_digit() {
            start = start.or(Some(at));
            continue;
        }
        figures.extend(start.take().map(|start| Span::new(start, at)));
        let goes_on = figures.last().is_some_and(|last| last.end == at);
        if !(goes_on && matches!(character, ' ' | '\u{a0}')) {
            judge(&mut figures);
        }
    }
    out
}

/// Whether a word in small letters stands before the figures, and a word or the end of the clause behind them.
fn stands_as_year(figures: Span, sentence: &str) -> bool {
    let before =
        sentence.get(..figures.start).and_then(|before| before.strip_suffix(' ')).unwrap_or_default();
    let word = before.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
    let after = sentence.get(figures.end..).unwrap_or_default();
    let mut signs = after.chars();
    let ends = match signs.next() {
        None => true,
        Some('.' | ',' | ';') => signs.next().is_none_or(|next| next == ' '),
        Some(' ') => signs.next().is_some_and(char::is_alphabetic),
        Some(_) => false,
    };
    word.chars().next().is_some_and(|first| !text::is_upper(first)) && ends
}

fn is_nought(digit: char) -> bool {
    matches!(digit, '0' | '٠' | '۰' | '०')
}

/// A mark with a space on one side after the figure: where the next figure starts, whether the space is before it.
fn joint(characters: &[(usize, char)], at: usize) -> Option<(usize, bool, char)> {
    let character = |index: usize| characters.get(index).map(|&(_, character)| character);
    let is_mark = |character: char| matches!(character, ',' | '.' | '٫' | '٬');
    let is_space = |character: char| matches!(character, ' ' | '\u{a0}');
    match (character(at)?, character(at + 1)?, character(at + 2)) {
        (mark, next, _) if is_mark(mark) && next.is_numeric() => Some((at + 1, false, mark)),
        (mark, space, Some(next)) if is_mark(mark) && is_space(space) && next.is_numeric() => {
            Some((at + 2, false, mark))
        }
        (space, mark, Some(next)) if is_space(space) && is_mark(mark) && next.is_numeric() => {
            Some((at + 2, true, mark))
        }
        (space, mark, Some(other))
            if is_space(space)
                && is_mark(mark)
                && is_space(other)
                && character(at + 3).is_some_and(char::is_numeric) =>
        {
            Some((at + 3, false, mark))
        }
        _ => None,
    }
}

/// Whether a unit, a currency, a percent sign or a scale word stands beside the figures.
fn measured(after: &str, before: &str, language: &Language) -> bool {
    let after = after.trim_start();
    if after.starts_with(['%', '٪', '€', '$', '£', '¥', '°', '₴', '₽'])
        || before.trim_end().ends_with(['€', '$', '£', '¥'])
    {
        return true;
    }
    let Some(word) = words::words(after).next().filter(|word| word.start == 0) else { return false };
    let word = language.lower(word.text);
    let numbers = language.numbers.as_ref();
    let units = language.units.as_ref();
    let is_scale = numbers.is_some_and(|numbers| {
        numbers.scales.contains_key(&word)
            || numbers.short_scales.contains_key(&word)
            || numbers.percent.contains(&word)
    });
    is_scale
        || units.is_some_and(|units| {
            units.measures.values().chain(units.currencies.values()).flatten().any(|unit| *unit == word)
        })
}

/// Whether the source writes the same figures without a space.
fn in_source(source: &str, right: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|c| c.is_numeric()).collect::<String>();
    let wanted = plain(right);
    wanted.len() >= 3
        && source
            .split(|character: char| !character.is_numeric() && !matches!(character, ',' | '.'))
            .any(|figure| figure.trim_matches([',', '.']).contains([',', '.']) && plain(figure) == wanted)
}
