//! Words by number and numbers by word, without a string of its own for each word.

/// Words numbered in the order they were added.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    text: String,
    ends: Vec<u32>,
    /// Open addressing: number of a word and 1, 0 where free. Twice as many as words at least.
    slots: Vec<u32>,
}

impl Vocabulary {
    /// With room for so many words.
    pub fn with_capacity(words: usize) -> Self {
        let slots = vec![0; (words * 2).next_power_of_two().max(16)];
        Self { text: String::new(), ends: Vec::with_capacity(words), slots }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The word of a number; empty where there is none.
    pub fn word(&self, number: u32) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before as usize]) as usize;
        self.ends.get(number as usize).and_then(|&end| self.text.get(start..end as usize)).unwrap_or_default()
    }

    /// The number of a word.
    pub fn get(&self, word: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.find(word).ok()
    }

    /// The number of a word, which is added where it is new.
    pub fn add(&mut self, word: &str) -> u32 {
        if self.slots.len() < (self.ends.len() + 1) * 2 {
            self.grow();
        }
        match self.find(word) {
            Ok(number) => number,
            Err(slot) => {
                let number = self.ends.len() as u32;
                self.text.push_str(word);
                self.ends.push(self.text.len() as u32);
                self.slots[slot] = number + 1;
                number
            }
        }
    }

    /// Every word in order of its number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|number| self.word(number))
    }

    /// The number of a word, or the free slot where it belongs.
    fn find(&self, word: &str) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(word) as usize & mask;
        loop {
            match self.slots[slot] {
                0 => return Err(slot),
                taken if self.word(taken - 1) == word => return Ok(taken - 1),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(16)];
        for number in 0..self.ends.len() as u32 {
            if let Err(slot) = self.find(self.word(number)) {
                self.slots[slot] = number + 1;
            }
        }
    }
}

/// A hash of a word that is the same on every machine.
fn hash(word: &str) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = word.len() as u64;
    for chunk in word.as_bytes().chunks(8) {
        let part = chunk.iter().fold(0_u64, |part, &byte| part << 8 | u64::from(byte));
        hash = (hash.rotate_left(23) ^ part).wrapping_mul(MIX);
    }
    // Multiplying moves bits up only: without this, words that end alike would crowd together.
    let hash = (hash ^ (hash >> 32)).wrapping_mul(MIX);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn words_keep_their_numbers_while_it_grows() {
        let mut words = Vocabulary::default();
        assert_eq!(words.get("мир"), None);
        let numbers: Vec<u32> = (0..1000).map(|number| words.add(&format!("word{number}"))).collect();
        assert_eq!(numbers, (0..1000).collect::<Vec<u32>>());
        assert_eq!(words.add("word7"), 7);
        assert_eq!(words.get("word999"), Some(999));
        assert_eq!(words.get("word1000"), None);
        assert_eq!(words.word(12), "word12");
        assert_eq!(words.word(1000), "");
        assert_eq!(words.iter().count(), 1000);
    }
}
