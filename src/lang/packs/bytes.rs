//! Numbers, words and lists to bytes and back. Every read may fail: a file may be cut short.

use crate::lang::vocabulary::Vocabulary;

/// Collects bytes.
#[derive(Debug, Default)]
pub(crate) struct Out {
    /// What was written.
    pub bytes: Vec<u8>,
}

impl Out {
    /// One byte.
    pub(crate) fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// A number, seven bits a byte, the lowest first.
    pub(crate) fn number(&mut self, mut value: u64) {
        while value > 127 {
            self.bytes.push((value & 127) as u8 | 128);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// A word with its length.
    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    /// A fraction.
    pub(crate) fn float(&mut self, value: f64) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// Bytes with their number.
    pub(crate) fn block(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend(bytes);
    }

    /// Numbers that never fall, as differences.
    pub(crate) fn rising(&mut self, values: &[u32]) {
        self.number(values.len() as u64);
        let mut last = 0;
        for &value in values {
            self.number(u64::from(value - last));
            last = value;
        }
    }

    /// Words in order, each without the beginning it shares with the one before.
    pub(crate) fn words<'a>(&mut self, words: impl ExactSizeIterator<Item = &'a str>) {
        self.number(words.len() as u64);
        let mut last: &str = "";
        for word in words {
            let shared = word.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
            let shared = (0..=shared).rev().find(|&at| word.is_char_boundary(at)).unwrap_or(0);
            self.number(shared as u64);
            self.text(word.get(shared..).unwrap_or_default());
            last = word;
        }
    }
}

/// Takes bytes apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct In<'a> {
    bytes: &'a [u8],
}

/// Nothing where the bytes end early or make no sense.
pub(crate) type Read<T> = Option<T>;

impl<'a> In<'a> {
    /// From the start.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Whether all is read.
    pub(crate) fn at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    /// One byte.
    pub(crate) fn byte(&mut self) -> Read<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    /// So many bytes.
    pub(crate) fn take(&mut self, count: usize) -> Read<&'a [u8]> {
        let (head, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(head)
    }

    /// A number.
    pub(crate) fn number(&mut self) -> Read<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }

    /// A count of things that take a byte each at least, so that a wrong one asks for no memory.
    pub(crate) fn count(&mut self) -> Read<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.bytes.len()).then_some(count)
    }

    /// A word.
    pub(crate) fn text(&mut self) -> Read<&'a str> {
        let count = self.count()?;
        std::str::from_utf8(self.take(count)?).ok()
    }

    /// A fraction.
    pub(crate) fn float(&mut self) -> Read<f64> {
        Some(f64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    /// Bytes with their number.
    pub(crate) fn block(&mut self) -> Read<&'a [u8]> {
        let count = self.count()?;
        self.take(count)
    }

    /// Numbers that never fall.
    pub(crate) fn rising(&mut self) -> Read<Vec<u32>> {
        let count = self.count()?;
        let mut out = Vec::with_capacity(count);
        let mut last = 0_u32;
        for _ in 0..count {
            last = last.checked_add(u32::try_from(self.number()?).ok()?)?;
            out.push(last);
        }
        Some(out)
    }

    /// Words in order.
    pub(crate) fn words(&mut self) -> Read<Vocabulary> {
        let count = self.count()?;
        let mut words = Vocabulary::with_capacity(count);
        let mut word = String::new();
        for number in 0..count {
            let shared = usize::try_from(self.number()?).ok()?;
            if !word.is_char_boundary(shared) {
                return None;
            }
            word.truncate(shared);
            word.push_str(self.text()?);
            if words.add(&word) as usize != number {
                return None;
            }
        }
        Some(words)
    }
}

/// Nats in a step of a stored cost.
const STEP: f32 = 0.08;

/// A cost in nats, 0 to 20, in one byte.
pub(crate) fn pack_cost(nats: f64) -> u8 {
    (nats / f64::from(STEP)).round().clamp(0.0, 255.0) as u8
}

/// The cost of a byte, in nats.
pub(crate) fn cost(byte: u8) -> f32 {
    f32::from(byte) * STEP
}
