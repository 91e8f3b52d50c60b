//! Numbers by value: figures of every script, number words and what both make together. One grammar for all
//! languages; the words are the profile's.

#![allow(clippy::float_cmp, reason = "values are read from figures: equal texts give equal values")]

use super::figures::{self, Figure};
use super::grammar::{self, Atom, Grammar};
use super::phrases::{Line, is_letter};
use super::ranges;
use super::signs::{barred, currency_before, is_code, negative, roman, telephone, vulgar};
use super::sum::Sum;
use crate::lang::{Language, text::is_unspaced};
use crate::model::{Mention, Number, NumberForm, Span, Value};

/// The numbers of a text, in order of place, without units.
pub fn find(text: &str, language: &'static Language) -> Vec<Mention> {
    let Some(grammar) = grammar::of(language) else { return Vec::new() };
    let line = Line::new(text, language);
    in_line(&line, grammar)
}

/// The other value that figures have where their separators are read as another country reads them.
pub fn misread(number: &str, language: &'static Language) -> Option<f64> {
    let grammar = grammar::of(language)?;
    let line = Line::new(number, language);
    let start = (0..line.glyphs.len()).find(|&index| line.at(index).is_ascii_digit())?;
    figures::figure(&line, start, &grammar.style).ok()?.other
}

pub(super) fn in_line(line: &Line<'_>, grammar: &Grammar) -> Vec<Mention> {
    let mut finder = Finder { line, grammar, barred: barred(line), out: Vec::new() };
    let mut at = 0;
    while at < line.glyphs.len() {
        at = finder.step(at).max(at + 1);
    }
    ranges::join(line, finder.out).into_iter().map(|found| found.mention(line)).collect()
}

/// A number and the glyphs it is written with.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) number: Number,
    /// Whether it is written in figures.
    pub(super) figures: bool,
}

impl Found {
    fn mention(self, line: &Line<'_>) -> Mention {
        let span = Span::new(line.byte(self.start), line.byte_end(self.end));
        Mention { span, value: Value::Number(self.number) }
    }
}

/// One number word or figure in a compound.
#[derive(Debug, Clone, Copy)]
struct Piece {
    end: usize,
    atom: Atom,
    figure: Option<Figure>,
}

struct Finder<'a> {
    line: &'a Line<'a>,
    grammar: &'a Grammar,
    /// Glyphs of addresses, by range.
    barred: Vec<(usize, usize)>,
    out: Vec<Found>,
}

impl Finder<'_> {
    /// Looks for a number at an index; gives where to go on.
    fn step(&mut self, at: usize) -> usize {
        let next = self.barred.partition_point(|&(_, end)| end <= at);
        if let Some(&(start, end)) = self.barred.get(next)
            && start <= at
        {
            return end;
        }
        let line = self.line;
        if let Some(end) = self.century(at) {
            return end;
        }
        let here = line.at(at);
        if here.is_ascii_digit() {
            return self.take_figure(at);
        }
        if let Some(value) = vulgar(here) {
            self.push(at, at + 1, value, None, NumberForm::Fraction, false);
            return at + 1;
        }
        if !is_letter(here) || !line.is_edge(at) {
            return at + 1;
        }
        if let Some((end, ())) = self.grammar.not_number.whole(line, at) {
            let beyond = self.grammar.atoms.whole(line, at).is_some_and(|(atom, _)| atom > end);
            if !beyond {
                return end;
            }
        }
        if let Some(end) = self.take_words(at) {
            return end;
        }
        // The joiner written together with the number word: Arabic `و`.
        if self.grammar.clitics.contains(&here) {
            // Figures are read by themselves, with the sign that is theirs: و43 بالمائة.
            if line.at(at + 1).is_ascii_digit() {
                return at + 1;
            }
            if let Some(end) = self.take_words(at + 1) {
                return end;
            }
        }
        if is_unspaced(here) { at + 1 } else { line.word_end(at).max(at + 1) }
    }

    fn push(
        &mut self,
        start: usize,
        end: usize,
        value: f64,
        other: Option<f64>,
        form: NumberForm,
        spelled: bool,
    ) {
        let number = Number {
            value,
            other: other.filter(|other| *other != value),
            second: None,
            form,
            measure: None,
            currency: None,
            spelled,
            scaled: false,
        };
        self.out.push(Found { start, end, number, figures: !spelled });
    }

    fn take_figure(&mut self, at: usize) -> usize {
        let line = self.line;
        let before = line.before(at);
        let digits_end = {
            let mut end = at;
            while line.at(end).is_ascii_digit() {
                end += 1;
            }
            end
        };
        if is_code(line, at, digits_end, self.grammar) {
            return digits_end;
        }
        let figure = match figures::figure(line, at, &self.grammar.style) {
            Ok(figure) => figure,
            Err(end) => return end,
        };
        if let Some(end) = telephone(line, at, &figure) {
            return end;
        }
        let decade_before = self.decade_before(at);
        let start = at - usize::from(matches!(before, '-' | '−' | '–') && negative(line, at));
        let negative = start < at;
        // 1/2, 2 1/2
        if figure.digits > 0
            && let Some((end, value)) = self.slashed(figure)
        {
            self.push(start, end, value, None, NumberForm::Fraction, false);
            return end;
        }
        if let Some(part) = vulgar(line.at(figure.end)) {
            self.push(start, figure.end + 1, figure.value + part, None, NumberForm::Cardinal, false);
            return figure.end + 1;
        }
        let mut sum = Sum { other: figure.other.unwrap_or(0.0), ..Sum::default() };
        sum.parts.push((figure.value, if figure.value.fract() == 0.0 { 1.0 } else { 0.1 }));
        let mut end = figure.end;
        let mut form = NumberForm::Cardinal;
        let mut marked = false;
        if let Some((to, value)) = self.decade_after(&figure, decade_before) {
            self.push(start, to, value, None, NumberForm::Decade, false);
            return to;
        }
        if self.ordinal_before(at) {
            form = NumberForm::Ordinal;
            marked = true;
        } else if let Some(to) = self.ordinal_after(figure.end) {
            form = NumberForm::Ordinal;
            end = to;
            marked = true;
        }
        if !marked {
            (end, sum) = self.short_scale(end, sum, start);
            if !sum.scaled {
                (end, sum) = self.grow(end, sum, true);
            }
        }
        let mut value = sum.value();
        let mut other = (sum.other != 0.0).then_some(sum.other);
        if sum.scaled
            && let Some(misread) = figure.other
        {
            other = Some(misread * value / figure.value);
        }
        let mut start = start;
        (start, end, form) = self.percent(start, end, form);
        if negative {
            value = -value;
            other = other.map(|other| -other);
        }
        self.push(start, end, value, other, form, false);
        if let Some(last) = self.out.last_mut() {
            last.number.scaled = sum.scaled;
        }
        end
    }

    fn take_words(&mut self, at: usize) -> Option<usize> {
        let line = self.line;
        let mut sum = Sum::default();
        let ordinal_before = self.ordinal_before(at);
        let first = self.pieces(at)?;
        let single = first.len() == 1;
        let atom = first.first()?.atom;
        // Digits in words, one by one: 二〇一八.
        if let Some((end, value)) = self.positional(at) {
            let (start, end, form) = self.percent(at, end, NumberForm::Cardinal);
            let form = if ordinal_before { NumberForm::Ordinal } else { form };
            self.push(start, end, value, None, form, true);
            return Some(end);
        }
        let mut end = at;
        for piece in &first {
            if !self.take(&mut sum, piece, piece.end == first[0].end || !single) {
                break;
            }
            end = piece.end;
        }
        if sum.parts.is_empty() {
            let fraction = atom.fraction?;
            return Some(self.take_fraction(at, first[0].end, fraction));
        }
        let alone = end;
        (end, sum) = self.grow(end, sum, false);
        if single && end == alone && atom.ambiguous && !ordinal_before {
            return None;
        }
        let mut form = if sum.ordinal || ordinal_before { NumberForm::Ordinal } else { NumberForm::Cardinal };
        if !sum.ordinal
            && let Some(to) = self.ordinal_after(end)
        {
            form = NumberForm::Ordinal;
            end = to;
        }
        let mut value = sum.value();
        if form == NumberForm::Cardinal
            && let Some((to, whole)) = self.decade_words(end, value)
        {
            self.push(at, to, whole, None, NumberForm::Decade, true);
            return Some(to);
        }
        if form == NumberForm::Cardinal
            && let Some((to, part)) = self.parts_of(end, value)
        {
            value = part;
            end = to;
            form = NumberForm::Fraction;
        }
        let (start, end, form) = self.percent(at, end, form);
        if !line.is_edge(end) && !(self.grammar.glued) {
            return None;
        }
        let other = (sum.other != 0.0).then_some(sum.other);
        self.push(start, end, value, other, form, true);
        if let Some(last) = self.out.last_mut() {
            last.number.scaled = sum.scaled;
        }
        Some(end)
    }

    /// Adds a piece to a sum; false where it does not belong.
    fn take(&self, sum: &mut Sum, piece: &Piece, tied: bool) -> bool {
        let atom = piece.atom;
        if let Some(figure) = piece.figure {
            return sum.add(figure.value, tied, false, false);
        }
        if let Some(scale) = atom.scale {
            return sum.scale(scale, atom.other_scale);
        }
        if let Some(value) = atom.word {
            let multiplies =
                value == 100.0 && sum.parts.last().is_some_and(|last| last.1 < 100.0 && last.0 < 100.0);
            if multiplies {
                return sum.scale(value, None);
            }
            return sum.add(value, tied, self.grammar.unit_first, true);
        }
        if let Some(value) = atom.ordinal {
            if value >= 100.0 && sum.parts.last().is_some_and(|last| last.1 < value) {
                sum.ordinal = true;
                return sum.scale(value, None);
            }
            let fits = sum.add(value, tied, self.grammar.unit_first, true);
            sum.ordinal |= fits;
            return fits;
        }
        false
    }

    /// Reads on while number words belong to the number.
    fn grow(&self, mut end: usize, mut sum: Sum, figures_only: bool) -> (usize, Sum) {
        let line = self.line;
        let mut spelled = !figures_only;
        loop {
            let mut next = end;
            if matches!(line.at(next), ' ' | '-') {
                next += 1;
            }
            let gap = line.at(end);
            let mut joined = false;
            if let Some((to, atom)) = self.grammar.atoms.whole(line, next)
                && atom.joiner
            {
                let after = line.at(to);
                if matches!(after, ' ' | '-') {
                    joined = true;
                    next = to + 1;
                } else if self.grammar.clitics.contains(&line.at(next)) || is_unspaced(after) {
                    joined = true;
                    next = to;
                }
            } else if self.grammar.clitics.contains(&line.at(next))
                && let Some(pieces) = self.pieces(next + 1)
                && pieces.last().is_some_and(|piece| line.is_edge(piece.end))
            {
                joined = true;
                next += 1;
            }
            // million and a half
            if joined
                && spelled | sum.scaled
                && let Some((to, whole)) = self.and_a_half(next, &sum)
            {
                let scale = sum.scaled;
                sum = whole;
                sum.scaled |= scale;
                end = to;
                continue;
            }
            let tied = joined || gap == '-' || next == end;
            let Some(pieces) = self.pieces(next).or_else(|| self.inflected(next).filter(|_| spelled)) else {
                break;
            };
            let mut grown = sum.clone();
            let mut to = end;
            for piece in &pieces {
                if piece.figure.is_some() && (!sum.scaled || gap == '-') {
                    break;
                }
                // After figures only a scale belongs to the number: 3 million, not 3 two; 25-тысячный.
                let strong = gap == '-' && piece.atom.ordinal.is_some_and(|scale| scale >= 1000.0);
                if !spelled && piece.atom.scale.is_none() && !strong {
                    break;
                }
                // Where tens order, their units do too: vigésimo primeiro.
                let orders_too = grown.value() >= 20.0 && piece.atom.ordinal.is_some_and(|unit| unit < 10.0);
                if grown.ordinal && !(joined && self.grammar.unit_first) && !orders_too
                    || !self.take(&mut grown, piece, tied || piece.end != pieces[0].end)
                {
                    break;
                }
                spelled |= grown.scaled;
                to = piece.end;
            }
            if to == end {
                break;
            }
            // A figure continues a number only before another scale: 3 million 500 thousand.
            if pieces[0].figure.is_some() && !is_unspaced(line.before(end)) {
                let more = line.skip_space(to);
                let scaled = self
                    .grammar
                    .atoms
                    .whole(line, more)
                    .is_some_and(|(_, atom)| atom.scale.is_some_and(|scale| scale >= 1000.0));
                if !scaled {
                    break;
                }
            }
            end = to;
            sum = grown;
        }
        (end, sum)
    }

    /// The pieces of the word at an index: one where the table knows it, several where it is a compound.
    fn pieces(&self, at: usize) -> Option<Vec<Piece>> {
        let line = self.line;
        if line.at(at).is_ascii_digit() {
            let figure = figures::figure(line, at, &self.grammar.style).ok()?;
            return Some(vec![Piece { end: figure.end, atom: Atom::default(), figure: Some(figure) }]);
        }
        let counts = |atom: &Atom| {
            atom.word.is_some() || atom.scale.is_some() || atom.ordinal.is_some() || atom.fraction.is_some()
        };
        if let Some((end, &atom)) =
            self.grammar.atoms.all(line, at).filter(|&(end, atom)| line.is_edge(end) && counts(atom)).last()
        {
            return Some(vec![Piece { end, atom, figure: None }]);
        }
        let begins = line.is_edge(at) || self.grammar.clitics.contains(&line.before(at));
        if !is_letter(line.at(at)) || !begins {
            return None;
        }
        // What is written together before the word: the article of الأربعون.
        for prefix in &self.grammar.prefixes {
            let fits = prefix.iter().enumerate().all(|(step, mark)| line.at(at + step) == *mark);
            let from = at + prefix.len();
            if fits
                && let Some((end, &atom)) = self
                    .grammar
                    .atoms
                    .all(line, from)
                    .filter(|&(end, atom)| line.is_edge(end) && counts(atom))
                    .last()
                && end - from >= 3
            {
                return Some(vec![Piece { end, atom, figure: None }]);
            }
        }
        if !self.grammar.glued {
            return None;
        }
        let end = line.word_end(at);
        let mut failed = vec![false; end - at + 1];
        let mut pieces = Vec::new();
        self.split(at, at, end, &mut failed, &mut pieces).then_some(pieces)
    }

    /// A unit with an ending that the table does not know, at the end of a number in words: elli sekizi.
    fn inflected(&self, at: usize) -> Option<Vec<Piece>> {
        let line = self.line;
        let word = line.word_end(at);
        let (_, &atom) =
            self.grammar.atoms.all(line, at).filter(|&(end, _)| end < word && word - end <= 3).last()?;
        let unit = atom.word.is_some_and(|value| (1.0..10.0).contains(&value));
        (unit && !is_unspaced(line.at(at)) && line.is_edge(at))
            .then(|| vec![Piece { end: word, atom, figure: None }])
    }

    /// Splits a compound wholly into number words: dreiundzwanzig, ventuno.
    fn split(
        &self,
        start: usize,
        at: usize,
        end: usize,
        failed: &mut [bool],
        pieces: &mut Vec<Piece>,
    ) -> bool {
        if at == end {
            return pieces.len() > 1;
        }
        if failed[at - start] || pieces.len() > 12 {
            return false;
        }
        let line = self.line;
        let mut options: Vec<(usize, Atom)> = self
            .grammar
            .atoms
            .all(line, at)
            .filter(|&(to, _)| to <= end)
            .map(|(to, &atom)| (to, atom))
            .collect();
        options.reverse();
        for (to, atom) in options {
            if atom.joiner && at > start {
                if self.split(start, to, end, failed, pieces) {
                    return true;
                }
                continue;
            }
            let counts = atom.word.is_some() || atom.scale.is_some() || (atom.ordinal.is_some() && to == end);
            if counts {
                pieces.push(Piece { end: to, atom, figure: None });
                if self.split(start, to, end, failed, pieces) {
                    return true;
                }
                pieces.pop();
            }
        }
        failed[at - start] = true;
        false
    }

    /// Digits in words one after another: 二〇一八 is 2018.
    fn positional(&self, at: usize) -> Option<(usize, f64)> {
        let line = self.line;
        if !is_unspaced(line.at(at)) {
            return None;
        }
        let (mut end, mut value, mut count) = (at, 0.0, 0);
        while let Some((to, atom)) = self.grammar.atoms.longest(line, end) {
            let Some(figure) = atom.word.filter(|value| *value < 10.0) else { break };
            value = value * 10.0 + figure;
            count += 1;
            end = to;
        }
        let scale_follows =
            self.grammar.atoms.longest(line, end).is_some_and(|(_, atom)| atom.scale.is_some());
        // 三四百: three or four hundred; 三四个: no number that could be compared.
        (count >= 3 && !scale_follows || count == 2 && !scale_follows && value > 99.0).then_some((end, value))
    }

    /// `3.5bn`, `3,5 млн`: abbreviations directly after figures.
    fn short_scale(&self, end: usize, mut sum: Sum, start: usize) -> (usize, Sum) {
        let line = self.line;
        let from = line.skip_space(end);
        let Some((mut to, &scale)) =
            self.grammar.short_scales.all(line, from).filter(|&(to, _)| line.is_edge(to)).last()
        else {
            return (end, sum);
        };
        // What may be a unit as well (5 m) is a scale only with a currency before the figure.
        let unit = super::units::is_unit(line, from, to, self.grammar.language);
        if (unit || to - from == 1 && is_letter(line.at(from)))
            && !currency_before(line, start)
            && !(to - from == 1 && !unit && from == end)
        {
            return (end, sum);
        }
        let value = sum.value() * scale;
        sum.parts = vec![(value, scale)];
        sum.scaled = true;
        if line.at(to) == '.'
            && line.at(to + 1) == ' '
            && line.glyphs.get(to + 2).is_some_and(|glyph| !glyph.capital)
        {
            to += 1;
        }
        (to, sum)
    }

    /// `and a half` after a number: two and a half, um milhão e meio. Returns the new sum.
    fn and_a_half(&self, at: usize, sum: &Sum) -> Option<(usize, Sum)> {
        let line = self.line;
        let fraction = |at: usize| {
            let (end, atom) = self.grammar.atoms.whole(line, at)?;
            Some((end, atom.fraction.filter(|part| *part < 1.0)?))
        };
        let (end, part) = fraction(at).or_else(|| {
            let word = line.word_end(at);
            (word > at && word - at <= 3 && line.at(word) == ' ').then(|| fraction(word + 1)).flatten()
        })?;
        let mut sum = sum.clone();
        let last = sum.parts.last_mut()?;
        let unit = if last.1 >= 1000.0 { last.1 } else { 1.0 };
        last.0 += part * unit;
        last.1 = 0.1;
        Some((end, sum))
    }

    /// `half a million`, `dozen`, `third`.
    fn take_fraction(&mut self, start: usize, end: usize, fraction: f64) -> usize {
        let line = self.line;
        let scale_at = |at: usize| {
            let (end, atom) = self.grammar.atoms.whole(line, at)?;
            Some((end, atom.scale.filter(|scale| *scale >= 1000.0)?))
        };
        let next = line.skip_space(end);
        let word = line.word_end(next);
        let scaled = scale_at(next)
            .or_else(|| (word > next && word - next <= 3).then(|| scale_at(line.skip_space(word))).flatten());
        if let Some((to, scale)) = scaled {
            self.push(start, to, fraction * scale, None, NumberForm::Cardinal, true);
            if let Some(last) = self.out.last_mut() {
                last.number.scaled = true;
            }
            return to;
        }
        let form = if fraction < 1.0 { NumberForm::Fraction } else { NumberForm::Cardinal };
        self.push(start, end, fraction, None, form, true);
        end
    }

    /// `two thirds`, `two dozen`.
    fn parts_of(&self, end: usize, value: f64) -> Option<(usize, f64)> {
        let line = self.line;
        if !matches!(line.at(end), ' ' | '-') || value.fract() != 0.0 {
            return None;
        }
        let (to, atom) = self.grammar.atoms.whole(line, end + 1)?;
        let fraction = atom.fraction.or_else(|| {
            atom.ordinal.filter(|&part| part > 2.0 && value > 1.0 && value < part).map(|part| 1.0 / part)
        })?;
        (fraction >= 2.0 || value * fraction <= 1.0).then_some((to, value * fraction))
    }

    /// Percent signs and words on either side.
    fn percent(&self, start: usize, end: usize, form: NumberForm) -> (usize, usize, NumberForm) {
        let line = self.line;
        let next = if matches!(line.at(end), ' ' | '-') { end + 1 } else { end };
        if let Some((to, ())) = self.grammar.percent.longest(line, next) {
            return (start, to, NumberForm::Percent);
        }
        if line.at(next) == '%' {
            return (start, next + 1, NumberForm::Percent);
        }
        let before = start - usize::from(line.before(start) == ' ');
        let earliest = before.saturating_sub(12);
        for from in earliest..before {
            if let Some((to, ())) = self.grammar.percent.whole(line, from)
                && to == before
                && (is_letter(line.at(from)) || line.at(from) == '%')
                && (line.at(from) != '%' || !line.before(from).is_ascii_digit())
            {
                return (from, end, NumberForm::Percent);
            }
        }
        (start, end, form)
    }

    fn ordinal_before(&self, at: usize) -> bool {
        let line = self.line;
        (at.saturating_sub(3)..at).any(|from| {
            is_unspaced(line.at(from))
                && self
                    .grammar
                    .ordinal_marks
                    .longest(line, from)
                    .is_some_and(|(to, ())| to == at || line.skip_space(to) == at)
        })
    }

    fn ordinal_after(&self, end: usize) -> Option<usize> {
        let line = self.line;
        let first = line.at(end);
        // A mark with a hyphen (5-й) is not the same letter after a space (5 м).
        if first == ' ' {
            return None;
        }
        let (to, ()) =
            self.grammar.ordinal_marks.all(line, end).filter(|&(to, ())| line.is_edge(to)).last()?;
        if first == '.' && to == end + 1 {
            // A full stop orders only inside a sentence: before a space and a letter.
            let inside = line.at(to) == ' ' && is_letter(line.at(to + 1));
            return inside.then_some(to);
        }
        if is_letter(first) && is_unspaced(first) {
            return Some(to);
        }
        Some(to)
    }

    /// `anos` before the figure.
    fn decade_before(&self, at: usize) -> bool {
        let line = self.line;
        if line.before(at) != ' ' && line.before(at) != '\'' {
            return false;
        }
        let mut end = at;
        while end > 0 && !is_letter(line.at(end - 1)) && at - end < 3 {
            end -= 1;
        }
        let mut start = end;
        for _ in 0..3 {
            start = line.word_start(start);
            if self.grammar.decade.whole(line, start).is_some_and(|(to, ())| to == end) {
                return true;
            }
            if start == 0 || line.before(start) != ' ' {
                return false;
            }
            start -= 1;
        }
        false
    }

    fn decade_after(&self, figure: &Figure, before: bool) -> Option<(usize, f64)> {
        let line = self.line;
        if figure.digits != 2 && figure.digits != 4 {
            return None;
        }
        let value = if figure.digits == 2 { 1900.0 + figure.value } else { figure.value };
        if value % 10.0 != 0.0 || !(1000.0..2100.0).contains(&value) {
            return None;
        }
        let mark =
            self.grammar.decade_marks.all(line, figure.end).filter(|&(to, ())| line.is_edge(to)).last();
        if let Some((to, ())) = mark.filter(|_| line.at(figure.end) != ' ') {
            return Some((to, value));
        }
        let next = line.skip_space(figure.end);
        let after = self.grammar.decade.whole(line, next);
        if figure.digits == 2
            && let Some((to, ())) = after
            && is_letter(line.at(next))
        {
            return Some((to, value));
        }
        (before && (figure.digits == 4 || figure.value >= 20.0)).then_some((figure.end, value))
    }

    /// A decade said in words: 九十年代.
    fn decade_words(&self, end: usize, value: f64) -> Option<(usize, f64)> {
        if !is_unspaced(self.line.before(end)) || value % 10.0 != 0.0 || !(20.0..100.0).contains(&value) {
            return None;
        }
        let (to, ()) = self.grammar.decade_marks.longest(self.line, end)?;
        Some((to, 1900.0 + value))
    }

    /// A Roman numeral beside a word for a century: século XIX, XIX век.
    fn century(&mut self, at: usize) -> Option<usize> {
        let line = self.line;
        if !line.is_edge(at) {
            return None;
        }
        let (mut end, value) = roman(line, at)?;
        if let Some(to) = self.ordinal_after(end) {
            end = to;
        } else {
            // XIXe, XIXème: an ending in small letters
            let word = line.word_end(end);
            if word - end <= 3 {
                end = word;
            }
        }
        if !line.is_edge(end) {
            return None;
        }
        let after = line.skip_space(end);
        let after = if line.at(after) == '-' { line.skip_space(after + 1) } else { after };
        let follows = self.grammar.century.whole(line, after).is_some();
        let precedes = line.before(at) == ' ' && {
            let word = line.word_start(at - 1);
            let word = if line.before(at - 1) == '.' { line.word_start(at - 2) } else { word };
            self.grammar.century.whole(line, word).is_some_and(|(to, ())| to + 1 >= at - 1)
        };
        let range = self.out.last().is_some_and(|last| {
            last.number.form == NumberForm::Ordinal && last.end + 3 >= at && !last.figures
        });
        if !follows && !precedes && !range {
            return None;
        }
        self.push(at, end, value, None, NumberForm::Ordinal, true);
        Some(end)
    }

    /// `1/2` as a fraction, `2 1/2`.
    fn slashed(&self, figure: Figure) -> Option<(usize, f64)> {
        let line = self.line;
        let part = |at: usize, top: f64| {
            if !matches!(line.at(at), '/' | '⁄') || !line.at(at + 1).is_ascii_digit() {
                return None;
            }
            let below = figures::figure(line, at + 1, &self.grammar.style).ok()?;
            let fits = below.digits > 0 && top >= 1.0 && top < below.value && below.value <= 10.0;
            (fits && line.at(below.end) != '/').then_some((below.end, top / below.value))
        };
        if let Some(found) = part(figure.end, figure.value) {
            return Some(found);
        }
        if line.at(figure.end) == ' ' && line.at(figure.end + 1).is_ascii_digit() {
            let top = figures::figure(line, figure.end + 1, &self.grammar.style).ok()?;
            let (end, value) = part(top.end, top.value)?;
            return Some((end, figure.value + value));
        }
        None
    }
}

/// Whether a text holds a longer word that begins with a word for this number: двадцатилетний holds 20.
pub fn is_in_a_word(text: &str, value: f64, language: &'static Language) -> bool {
    let Some(forms) = grammar::of(language).and_then(|grammar| grammar.stems.get(&(value.abs() as u64)))
    else {
        return false;
    };
    let line = Line::new(text, language);
    let mut at = 0;
    while at < line.glyphs.len() {
        if !is_letter(line.at(at)) {
            at += 1;
            continue;
        }
        let end = line.word_end(at).max(at + 1);
        let word: String = line.characters(at, end).collect();
        if forms.iter().any(|form| word.len() > form.len() && word.starts_with(form.as_str())) {
            return true;
        }
        at = end;
    }
    false
}
