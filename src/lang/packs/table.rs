//! Which stems translate which, learnt from pairs of sentences.

use super::bytes::{self, In, Out, Read};
use crate::lang::vocabulary::Vocabulary;

/// A pair of stems and the probabilities that each is translated by the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    /// Stem of the first language.
    pub first: u32,
    /// Stem of the second.
    pub second: u32,
    /// Probability of the second given the first.
    pub there: f32,
    /// Probability of the first given the second.
    pub back: f32,
}

/// Pairs of stems of two languages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Tags of the two languages.
    pub languages: (String, String),
    /// Stems of the first, in order.
    pub first: Vocabulary,
    /// Stems of the second, in order.
    pub second: Vocabulary,
    /// In order of the first, then of the second.
    pub entries: Vec<Entry>,
    /// Mean and spread of the logarithm of the ratio of lengths, second to first.
    pub length: (f64, f64),
}

impl Table {
    /// Bytes of the table.
    pub(crate) fn write(&self, out: &mut Out) {
        out.text(&self.languages.0);
        out.text(&self.languages.1);
        out.float(self.length.0);
        out.float(self.length.1);
        out.words(words(&self.first));
        out.words(words(&self.second));
        out.number(self.entries.len() as u64);
        let mut last = (0, 0);
        for entry in &self.entries {
            let step = entry.first - last.0;
            if step > 0 {
                last.1 = 0;
            }
            // The lowest bit says whether the first stem is the same as before.
            out.number(u64::from(entry.second - last.1) << 1 | u64::from(step > 0));
            if step > 0 {
                out.number(u64::from(step));
            }
            out.byte(bytes::pack_cost(-f64::from(entry.there).ln()));
            out.byte(bytes::pack_cost(-f64::from(entry.back).ln()));
            last = (entry.first, entry.second);
        }
    }

    /// The languages alone.
    pub(crate) fn peek(mut read: In<'_>) -> Read<(&str, &str)> {
        Some((read.text()?, read.text()?))
    }

    /// A table from its bytes.
    pub(crate) fn read(read: &mut In<'_>) -> Read<Self> {
        let languages = (read.text()?.to_owned(), read.text()?.to_owned());
        let length = (read.float()?, read.float()?);
        let (first, second) = (read.words()?, read.words()?);
        let count = read.count()?;
        let mut entries = Vec::with_capacity(count);
        let mut last = (0_u32, 0_u32);
        for _ in 0..count {
            let head = read.number()?;
            if head & 1 == 1 {
                last = (last.0.checked_add(u32::try_from(read.number()?).ok()?)?, 0);
            }
            last.1 = last.1.checked_add(u32::try_from(head >> 1).ok()?)?;
            if last.0 as usize >= first.len() || last.1 as usize >= second.len() {
                return None;
            }
            let there = (-bytes::cost(read.byte()?)).exp();
            let back = (-bytes::cost(read.byte()?)).exp();
            entries.push(Entry { first: last.0, second: last.1, there, back });
        }
        Some(Self { languages, first, second, entries, length })
    }
}

/// The words of a vocabulary as an iterator that knows its length.
pub(crate) fn words(words: &Vocabulary) -> impl ExactSizeIterator<Item = &str> {
    (0..words.len() as u32).map(|number| words.word(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let mut table =
            Table { languages: ("en".into(), "de".into()), length: (0.1, 0.2), ..Table::default() };
        for word in ["hous", "tre", "wate"] {
            table.first.add(word);
        }
        for word in ["baum", "haus", "wass", "wäss"] {
            table.second.add(word);
        }
        for (first, second, there, back) in
            [(0, 1, 0.9, 0.8), (0, 2, 0.01, 0.3), (2, 0, 1.0, 0.5), (2, 3, 0.2, 0.2)]
        {
            table.entries.push(Entry { first, second, there, back });
        }
        let mut out = Out::default();
        table.write(&mut out);
        let again = Table::read(&mut In::new(&out.bytes)).expect("whole");
        assert_eq!(again.second.word(3), "wäss");
        assert_eq!(again.entries.len(), 4);
        for (a, b) in again.entries.iter().zip(&table.entries) {
            assert_eq!((a.first, a.second), (b.first, b.second));
            assert!((a.there / b.there).ln().abs() < 0.05 && (a.back / b.back).ln().abs() < 0.05);
        }
        for end in 0..out.bytes.len() {
            assert!(Table::read(&mut In::new(&out.bytes[..end])).is_none(), "{end}");
        }
    }
}
