//! Word tables: a significance test picks the pairs, a few rounds of expectation and maximisation (IBM model 1)
//! weigh them, in both directions.

use rayon::prelude::*;

use super::memory::Spellings;
use super::stems;
use crate::lang::Language;
use crate::lang::packs::{Entry, Names, Table};
use crate::lang::vocabulary::Vocabulary;

/// Pairs of sentences of two languages, as numbers of stems.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    first: Side,
    second: Side,
    /// Logarithms of the ratio of lengths.
    lengths: Vec<f32>,
    /// Pairs that a dictionary gives, as numbers of stems.
    entries: Vec<(u32, u32)>,
    /// How the words of both sides are written.
    spellings: (Spellings, Spellings),
}

#[derive(Debug, Default)]
struct Side {
    words: Vocabulary,
    tokens: Vec<u32>,
    ends: Vec<usize>,
}

impl Side {
    fn add(&mut self, text: &str, language: &Language) {
        stems(text, language, &mut self.words, &mut self.tokens);
        self.ends.push(self.tokens.len());
    }

    fn sentence(&self, index: usize) -> &[u32] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.tokens[start..self.ends[index]]
    }

    /// Stems of each sentence, each once, in order; and the sentences of each stem.
    fn sets(&self) -> (Vec<Vec<u32>>, Vec<Vec<u32>>) {
        let sets: Vec<Vec<u32>> = (0..self.ends.len())
            .map(|index| {
                let mut set = self.sentence(index).to_vec();
                set.sort_unstable();
                set.dedup();
                set
            })
            .collect();
        let mut places = vec![Vec::new(); self.words.len()];
        for (index, set) in sets.iter().enumerate() {
            for &stem in set {
                places[stem as usize].push(index as u32);
            }
        }
        (sets, places)
    }
}

/// Pairs must be met together so often.
const SEEN: u32 = 2;
/// G² from which a pair is no chance.
const SIGNIFICANT: f64 = 9.0;
/// Rounds of estimation.
const ROUNDS: usize = 6;
/// Sentences that are worked on together: their sums are added in order, whatever the threads.
const CHUNK: usize = 2_000;
/// Pairs less probable than this in both directions are dropped.
const LEAST: f32 = 0.03;
/// Probability that a dictionary gives to all translations of a word together.
const GIVEN: f32 = 0.8;
/// Share of the word that stands for nothing.
const NOTHING: f32 = 0.02;

impl Pairs {
    /// Number of pairs of sentences.
    pub(super) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// One more pair.
    pub(super) fn add(&mut self, first: (&str, &Language), second: (&str, &Language)) {
        let length = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count().max(1) as f32;
        self.lengths.push((length(second.0) / length(first.0)).ln());
        self.first.add(first.0, first.1);
        self.second.add(second.0, second.1);
        self.spellings.0.see(first.0, first.1, &self.first.words);
        self.spellings.1.see(second.0, second.1, &self.second.words);
    }

    /// A pair of words of a dictionary; of several words each content word stands for the whole.
    pub(super) fn enter(&mut self, first: (&str, &Language), second: (&str, &Language)) {
        let mut sides = [Vec::new(), Vec::new()];
        stems(first.0, first.1, &mut self.first.words, &mut sides[0]);
        stems(second.0, second.1, &mut self.second.words, &mut sides[1]);
        // A paraphrase is no word.
        if sides.iter().all(|side| side.len() <= 2) {
            for &one in &sides[0] {
                self.entries.extend(sides[1].iter().map(|&other| (one, other)));
            }
        }
    }

    /// The table, and the names that the archive knows.
    pub(super) fn learn(&self, languages: (String, String), most: usize) -> (Table, Names) {
        let (first_sets, first_places) = self.first.sets();
        let (second_sets, second_places) = self.second.sets();
        let total = first_sets.len() as f64;
        let rows: Vec<Vec<u32>> = (0..self.first.words.len())
            .into_par_iter()
            .map_init(
                || (vec![0_u32; self.second.words.len()], Vec::new()),
                |(together, touched), stem| {
                    for &place in &first_places[stem] {
                        for &other in &second_sets[place as usize] {
                            if together[other as usize] == 0 {
                                touched.push(other);
                            }
                            together[other as usize] += 1;
                        }
                    }
                    let of_first = first_places[stem].len() as f64;
                    let mut row = Vec::new();
                    for other in touched.drain(..) {
                        let seen = std::mem::take(&mut together[other as usize]);
                        let of_second = second_places[other as usize].len() as f64;
                        if seen >= SEEN
                            && significance(f64::from(seen), of_first, of_second, total) > SIGNIFICANT
                        {
                            row.push(other);
                        }
                    }
                    row.sort_unstable();
                    row
                },
            )
            .collect();
        let mut entries = self.estimate(&rows);
        let names = Names {
            languages: languages.clone(),
            pairs: Spellings::names((&self.spellings.0, &self.spellings.1), &entries),
        };
        self.add_dictionary(&mut entries);
        (self.table(languages, entries, most), names)
    }

    /// Pairs of the dictionary, as probable as each other where a word has several.
    fn add_dictionary(&self, entries: &mut Vec<Entry>) {
        let mut given = self.entries.clone();
        given.sort_unstable();
        given.dedup();
        let mut counts = (vec![0_u32; self.first.words.len()], vec![0_u32; self.second.words.len()]);
        for &(first, second) in &given {
            counts.0[first as usize] += 1;
            counts.1[second as usize] += 1;
        }
        let mut new = Vec::new();
        for (first, second) in given {
            let there = GIVEN / counts.0[first as usize] as f32;
            let back = GIVEN / counts.1[second as usize] as f32;
            match entries.binary_search_by_key(&(first, second), |entry| (entry.first, entry.second)) {
                Ok(at) => {
                    entries[at].there = entries[at].there.max(there);
                    entries[at].back = entries[at].back.max(back);
                }
                Err(_) => new.push(Entry { first, second, there, back }),
            }
        }
        entries.extend(new);
    }

    /// Probabilities of the pairs in both directions.
    fn estimate(&self, rows: &[Vec<u32>]) -> Vec<Entry> {
        let mut starts = vec![0_usize];
        let mut entries: Vec<Entry> = Vec::new();
        for (first, row) in rows.iter().enumerate() {
            entries.extend(row.iter().map(|&second| Entry {
                first: first as u32,
                second,
                there: 0.1,
                back: 0.1,
            }));
            starts.push(entries.len());
        }
        let sentences: Vec<usize> = (0..self.len()).collect();
        for _ in 0..ROUNDS {
            let chunks: Vec<Vec<(u32, [f32; 2])>> =
                sentences.par_chunks(CHUNK).map(|chunk| self.expect(chunk, &entries, &starts)).collect();
            let mut counts = vec![[0.0_f64; 2]; entries.len()];
            for (place, [there, back]) in chunks.into_iter().flatten() {
                counts[place as usize][0] += f64::from(there);
                counts[place as usize][1] += f64::from(back);
            }
            let mut totals = (vec![0.0_f64; self.first.words.len()], vec![0.0_f64; self.second.words.len()]);
            for (entry, count) in entries.iter().zip(&counts) {
                totals.0[entry.first as usize] += count[0];
                totals.1[entry.second as usize] += count[1];
            }
            for (entry, count) in entries.iter_mut().zip(&counts) {
                // One count more in the sum: rare pairs prove little.
                entry.there = (count[0] / (totals.0[entry.first as usize] + 1.0)) as f32;
                entry.back = (count[1] / (totals.1[entry.second as usize] + 1.0)) as f32;
            }
        }
        entries
    }

    /// Expected counts of a run of sentences, by entry.
    fn expect(&self, sentences: &[usize], entries: &[Entry], starts: &[usize]) -> Vec<(u32, [f32; 2])> {
        let mut hits: Vec<(u32, usize, usize)> = Vec::new();
        let mut out: Vec<(u32, [f32; 2])> = Vec::new();
        for &sentence in sentences {
            let (first, second) = (self.first.sentence(sentence), self.second.sentence(sentence));
            hits.clear();
            let mut of_second = vec![NOTHING; second.len()];
            let mut of_first = vec![NOTHING; first.len()];
            for (x, &stem) in first.iter().enumerate() {
                let row = &entries[starts[stem as usize]..starts[stem as usize + 1]];
                for (y, other) in second.iter().enumerate() {
                    if let Ok(at) = row.binary_search_by_key(other, |entry| entry.second) {
                        of_second[y] += row[at].there;
                        of_first[x] += row[at].back;
                        hits.push(((starts[stem as usize] + at) as u32, x, y));
                    }
                }
            }
            for &(place, x, y) in &hits {
                let entry = &entries[place as usize];
                out.push((place, [entry.there / of_second[y], entry.back / of_first[x]]));
            }
        }
        out.sort_by_key(|&(place, _)| place);
        let mut sums: Vec<(u32, [f32; 2])> = Vec::new();
        for (place, [there, back]) in out {
            match sums.last_mut() {
                Some(last) if last.0 == place => {
                    last.1[0] += there;
                    last.1[1] += back;
                }
                _ => sums.push((place, [there, back])),
            }
        }
        sums
    }

    /// The best pairs of each stem, with vocabularies of their own in order.
    fn table(&self, languages: (String, String), entries: Vec<Entry>, most: usize) -> Table {
        let mut kept: Vec<Entry> =
            entries.into_iter().filter(|entry| entry.there.max(entry.back) >= LEAST).collect();
        for by_first in [true, false] {
            let key = |entry: &Entry| if by_first { entry.first } else { entry.second };
            kept.sort_by(|a, b| {
                let weight = |entry: &Entry| entry.there * entry.back;
                key(a)
                    .cmp(&key(b))
                    .then(weight(b).total_cmp(&weight(a)))
                    .then(a.first.cmp(&b.first))
                    .then(a.second.cmp(&b.second))
            });
            let mut last = (u32::MAX, 0);
            kept.retain(|entry| {
                last = if last.0 == key(entry) { (last.0, last.1 + 1) } else { (key(entry), 1) };
                last.1 <= most
            });
        }
        let first = ordered(&self.first.words, kept.iter().map(|entry| entry.first));
        let second = ordered(&self.second.words, kept.iter().map(|entry| entry.second));
        for entry in &mut kept {
            entry.first = first.get(self.first.words.word(entry.first)).expect("just added");
            entry.second = second.get(self.second.words.word(entry.second)).expect("just added");
        }
        kept.sort_by_key(|entry| (entry.first, entry.second));
        Table { languages, first, second, entries: kept, length: spread(&self.lengths) }
    }
}

/// The words of these numbers in order.
fn ordered(words: &Vocabulary, numbers: impl Iterator<Item = u32>) -> Vocabulary {
    let mut list: Vec<&str> = numbers.map(|number| words.word(number)).collect();
    list.sort_unstable();
    list.dedup();
    let mut out = Vocabulary::with_capacity(list.len());
    for word in list {
        out.add(word);
    }
    out
}

/// Median and median deviation, the latter as of a normal distribution.
fn spread(values: &[f32]) -> (f64, f64) {
    let median = |values: &mut Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let middle = median(&mut values.iter().map(|&value| f64::from(value)).collect());
    let off = median(&mut values.iter().map(|&value| (f64::from(value) - middle).abs()).collect());
    (middle, off * 1.4826)
}

/// G² of two words met together so often, each so often, in so many pairs; 0 where chance would do more.
fn significance(seen: f64, first: f64, second: f64, total: f64) -> f64 {
    let term = |count: f64, expected: f64| if count > 0.0 { count * (count / expected).ln() } else { 0.0 };
    let expected = first * second / total;
    if seen <= expected {
        return 0.0;
    }
    let (others, other_seconds) = (total - first, total - second);
    2.0 * (term(seen, expected)
        + term(first - seen, first * other_seconds / total)
        + term(second - seen, second * others / total)
        + term(total - first - second + seen, others * other_seconds / total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;
    use crate::lang::stems::Stemmer;

    #[test]
    fn words_that_go_together_are_found() {
        let (english, german) = (lang::find("en").expect("en"), lang::find("de").expect("de"));
        let mut pairs = Pairs::default();
        let nouns =
            [("house", "Haus"), ("tree", "Baum"), ("river", "Fluss"), ("bridge", "Brücke"), ("road", "Weg")];
        let verbs = [("burns", "brennt"), ("sleeps", "schläft"), ("shines", "glänzt"), ("falls", "stürzt")];
        for _ in 0..2 {
            for (noun, other) in nouns {
                for (verb, action) in verbs {
                    pairs.add(
                        (&format!("the {noun} {verb}"), english),
                        (&format!("nun {action} dort {other}"), german),
                    );
                }
            }
        }
        let (table, _) = pairs.learn(("en".into(), "de".into()), 5);
        let entry = |a: &str, b: &str| {
            let (a, b) = (table.first.get(a)?, table.second.get(b)?);
            table.entries.iter().find(|entry| (entry.first, entry.second) == (a, b))
        };
        let stem = |word: &str, language| Stemmer::new(language).stem(word, &mut String::new()).to_owned();
        for (a, b) in [("house", "Haus"), ("tree", "Baum"), ("sleeps", "schläft"), ("bridge", "Brücke")] {
            let (a, b) = (stem(a, english), stem(b, german));
            let entry = entry(&a, &b).unwrap_or_else(|| panic!("{a} {b}"));
            assert!(entry.there > 0.5 && entry.back > 0.5, "{a} {b} {entry:?}");
        }
        assert!(entry("hous", "baum").is_none());
    }
}
