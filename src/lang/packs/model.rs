//! What follows what in a language: costs of words after the two words before them, and of their classes.

use super::bytes::{self, In, Out, Read};
use super::table::words;
use crate::lang::tokens::{Kind, Token, plain_mark};
use crate::lang::vocabulary::Vocabulary;
use crate::lang::{Language, lexis};

/// The word before the first.
pub(crate) const START: &str = "<s>";
/// The word after the last.
pub(crate) const END: &str = "</s>";
/// Any figure.
pub(crate) const FIGURE: &str = "<n>";
/// A word that is not in the vocabulary and of no shape that is.
pub(crate) const UNKNOWN: &str = "<u>";
/// A word with a capital that is not in the vocabulary.
pub(crate) const NAME: &str = "<C>";

/// Share of the word model in the mixture; the rest is the class model's.
const WORDS: f32 = 0.55;

/// Costs of words in their company.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    /// Tag of the language.
    pub language: String,
    /// Words in order.
    pub words: Vocabulary,
    /// Cost of each word alone, and of turning to it after its sequence is unknown.
    pub single: Vec<u8>,
    /// Cost of leaving out what stands before the word.
    pub single_back: Vec<u8>,
    /// First pair of each word, and the number of pairs.
    pub pair_start: Vec<u32>,
    /// Second word of each pair.
    pub pair_word: Vec<u16>,
    /// Its cost.
    pub pair_cost: Vec<u8>,
    /// Cost of leaving out the first word of the pair.
    pub pair_back: Vec<u8>,
    /// First triple of each pair, and the number of triples.
    pub triple_start: Vec<u32>,
    /// Third word of each triple.
    pub triple_word: Vec<u16>,
    /// Its cost.
    pub triple_cost: Vec<u8>,
    /// Class of each word.
    pub class: Vec<u8>,
    /// Cost of each word in its class.
    pub in_class: Vec<u8>,
    /// Cost of a class after two classes: `(first * classes + second) * classes + third`.
    pub classes: Vec<u8>,
    /// Number of classes.
    pub class_count: usize,
}

impl Model {
    /// Bytes of the model.
    pub(crate) fn write(&self, out: &mut Out) {
        out.text(&self.language);
        out.words(words(&self.words));
        out.block(&self.single);
        out.block(&self.single_back);
        out.rising(&self.pair_start);
        write_words(out, &self.pair_start, &self.pair_word);
        out.block(&self.pair_cost);
        out.block(&self.pair_back);
        out.rising(&self.triple_start);
        write_words(out, &self.triple_start, &self.triple_word);
        out.block(&self.triple_cost);
        out.block(&self.class);
        out.block(&self.in_class);
        out.number(self.class_count as u64);
        out.block(&self.classes);
    }

    /// The language alone.
    pub(crate) fn peek(mut read: In<'_>) -> Read<&str> {
        read.text()
    }

    /// A model from its bytes.
    pub(crate) fn read(read: &mut In<'_>) -> Read<Self> {
        let language = read.text()?.to_owned();
        let words = read.words()?;
        let count = words.len();
        let of_words =
            |read: &mut In<'_>| read.block().filter(|block| block.len() == count).map(<[u8]>::to_vec);
        let (single, single_back) = (of_words(read)?, of_words(read)?);
        let pair_start = starts(read, count)?;
        let pair_word = read_words(read, &pair_start, count)?;
        let pairs = pair_word.len();
        let of_pairs =
            |read: &mut In<'_>| read.block().filter(|block| block.len() == pairs).map(<[u8]>::to_vec);
        let (pair_cost, pair_back) = (of_pairs(read)?, of_pairs(read)?);
        let triple_start = starts(read, pairs)?;
        let triple_word = read_words(read, &triple_start, count)?;
        let triple_cost = read.block().filter(|block| block.len() == triple_word.len())?.to_vec();
        let (class, in_class) = (of_words(read)?, of_words(read)?);
        let class_count = usize::try_from(read.number()?).ok().filter(|&count| count <= 256)?;
        let classes = read.block().filter(|block| block.len() == class_count.pow(3))?.to_vec();
        if class.iter().any(|&class| usize::from(class) >= class_count) {
            return None;
        }
        words.get(UNKNOWN)?;
        Some(Self {
            language,
            words,
            single,
            single_back,
            pair_start,
            pair_word,
            pair_cost,
            pair_back,
            triple_start,
            triple_word,
            triple_cost,
            class,
            in_class,
            classes,
            class_count,
        })
    }

    /// The number that stands for a token.
    /// And whether it is the token's own.
    pub(crate) fn number(
        &self,
        token: &Token<'_>,
        first: bool,
        language: &Language,
        key: &mut String,
    ) -> (u32, bool) {
        key_of(token, language, key);
        if let Some(number) = self.words.get(key) {
            return (number, true);
        }
        shape_of(token, first, key);
        let number = self.words.get(key).or_else(|| self.words.get(UNKNOWN));
        (number.unwrap_or_default(), false)
    }

    /// What stands before the first word.
    pub(crate) fn start(&self) -> [u32; 2] {
        [self.words.get(START).unwrap_or_default(); 2]
    }

    /// What stands after the last.
    pub(crate) fn end(&self) -> u32 {
        self.words.get(END).unwrap_or_default()
    }

    /// Cost of a word after two others, in nats.
    pub(crate) fn cost(&self, before: [u32; 2], word: u32) -> f32 {
        let by_words = self.by_words(before, word);
        if self.class_count == 0 {
            return by_words;
        }
        let class = |word: u32| usize::from(self.class[word as usize]);
        let place = (class(before[0]) * self.class_count + class(before[1])) * self.class_count + class(word);
        let by_class = bytes::cost(self.classes[place]) + bytes::cost(self.in_class[word as usize]);
        -(WORDS * (-by_words).exp() + (1.0 - WORDS) * (-by_class).exp()).ln()
    }

    fn by_words(&self, before: [u32; 2], word: u32) -> f32 {
        let mut back = 0.0;
        if let Some(context) = self.pair(before[0], before[1]) {
            let (start, end) = (self.triple_start[context] as usize, self.triple_start[context + 1] as usize);
            if let Ok(at) = self.triple_word[start..end].binary_search(&(word as u16)) {
                return bytes::cost(self.triple_cost[start + at]);
            }
            back += bytes::cost(self.pair_back[context]);
        }
        if let Some(pair) = self.pair(before[1], word) {
            return back + bytes::cost(self.pair_cost[pair]);
        }
        back + bytes::cost(self.single_back[before[1] as usize]) + bytes::cost(self.single[word as usize])
    }

    fn pair(&self, first: u32, second: u32) -> Option<usize> {
        let (start, end) =
            (self.pair_start[first as usize] as usize, self.pair_start[first as usize + 1] as usize);
        self.pair_word[start..end].binary_search(&(second as u16)).ok().map(|at| start + at)
    }

    /// Cost of a word alone.
    pub(crate) fn alone(&self, word: u32) -> f32 {
        bytes::cost(self.single[word as usize])
    }
}

/// What a word costs that the vocabulary lacks, beside what its shape costs: a rare one more.
pub(crate) fn stranger(token: &Token<'_>, language: &Language) -> f32 {
    if token.kind != Kind::Word || token.capital {
        return 4.0;
    }
    if lexis::known(&language.lower(token.text), language) { 5.0 } else { 8.0 }
}

/// How a token is written in the vocabulary: lower case, every figure the same, marks by kind.
pub(crate) fn key_of(token: &Token<'_>, language: &Language, key: &mut String) {
    key.clear();
    match token.kind {
        Kind::Figure => key.push_str(FIGURE),
        Kind::Mark => key.push_str(plain_mark(token.text)),
        Kind::Word => {
            if token.joined {
                key.push('\'');
            }
            if token.text.bytes().all(|byte| byte.is_ascii_lowercase()) {
                key.push_str(token.text);
            } else {
                key.push_str(&language.lower(token.text));
            }
        }
    }
}

/// The shape of a token whose key the vocabulary lacks, by that key: a capital inside a sentence, else its last two
/// letters.
pub(crate) fn shape_of(token: &Token<'_>, first: bool, key: &mut String) {
    if token.kind != Kind::Word {
        key.clear();
        key.push_str(UNKNOWN);
    } else if token.capital && !first {
        key.clear();
        key.push_str(NAME);
    } else {
        let cut = key.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
        key.replace_range(..cut, "<");
        key.push('>');
    }
}

fn starts(read: &mut In<'_>, count: usize) -> Read<Vec<u32>> {
    read.rising().filter(|starts| starts.len() == count + 1 && starts.first() == Some(&0))
}

/// Words of the runs that `starts` bounds, each run rising.
fn write_words(out: &mut Out, starts: &[u32], words: &[u16]) {
    for run in starts.windows(2) {
        let mut last = 0;
        for &word in &words[run[0] as usize..run[1] as usize] {
            out.number(u64::from(word - last));
            last = word;
        }
    }
}

fn read_words(read: &mut In<'_>, starts: &[u32], count: usize) -> Read<Vec<u16>> {
    let mut out = Vec::new();
    for run in starts.windows(2) {
        let mut last = 0_u16;
        for _ in run[0]..run[1] {
            last = last.checked_add(u16::try_from(read.number()?).ok()?)?;
            if usize::from(last) >= count {
                return None;
            }
            out.push(last);
        }
    }
    Some(out)
}
