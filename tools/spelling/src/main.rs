//! Builds `src/lang/lexis/forms`: which five letters stand in a row in a language, from lingua's models (Apache-2.0,
//! trained on the Leipzig Corpora), and which words it has, from free spelling lists.
//!
//! ```text
//! cargo run --release --manifest-path tools/spelling/Cargo.toml -- ~/.cargo/registry/src/INDEX WORDS src/lang/lexis/forms
//! ```
//!
//! `WORDS` holds `<tag>.txt`, a word a line, as `tools/dictionaries.py` writes it. Out come `<tag>.grams` and, where
//! there are words, `<tag>.words`: an xor filter each (Graf and Lemire, 2020), of which one in 256 answers yes by
//! chance. A filter is the seed, in a byte, and three blocks of fingerprints of equal length.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Languages whose letters in a row are kept, each with the name of its model's crate. Korean and Hindi models hold
/// no sequences of that length: they stop at what is no letter.
const MODELS: [(&str, &str); 21] = [
    ("ar", "arabic"), ("az", "azerbaijani"), ("bg", "bulgarian"), ("cs", "czech"), ("de", "german"), ("el", "greek"),
    ("en", "english"), ("es", "spanish"), ("fa", "persian"), ("fr", "french"), ("he", "hebrew"), ("hy", "armenian"),
    ("id", "indonesian"), ("it", "italian"), ("nl", "dutch"), ("pl", "polish"), ("pt", "portuguese"),
    ("ro", "romanian"), ("ru", "russian"), ("tr", "turkish"), ("uk", "ukrainian"),
];

/// Lists so large that words go whose letters no sentence of the models has in a row.
const LARGE: [&str; 3] = ["fa", "ru", "tr"];

/// Letters in a row.
const GRAM: usize = 5;
/// How often a sequence must have been seen: most of those seen once are slips themselves.
const LEAST: f64 = 2.0;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let registry = arguments.next().expect("the folder of unpacked crates");
    let words = arguments.next().expect("the folder of word lists");
    let out = arguments.next().expect("the folder to write");
    let write = |name: String, keys: &[String]| {
        let bytes = filter(keys);
        println!("{name}: {} entries, {} bytes", keys.len(), bytes.len());
        std::fs::write(Path::new(&out).join(name), bytes).expect("the file can be written");
    };
    for (tag, name) in MODELS {
        write(format!("{tag}.grams"), &grams(Path::new(&registry), name, LEAST));
    }
    let lists = std::fs::read_dir(&words).expect("the folder of word lists");
    let mut lists: Vec<_> = lists.filter_map(|entry| Some(entry.ok()?.path())).collect();
    lists.sort();
    for list in lists {
        let text = std::fs::read_to_string(&list).expect("a word list");
        let mut keys: Vec<String> = text.lines().map(str::to_owned).collect();
        keys.sort();
        keys.dedup();
        let tag = list.file_stem().and_then(|stem| stem.to_str()).expect("a tag");
        if LARGE.contains(&tag) {
            let (_, name) = MODELS.iter().find(|(model, _)| *model == tag).expect("a model");
            let seen: BTreeSet<String> = grams(Path::new(&registry), name, 1.0).into_iter().collect();
            let row = |letters: &[char]| seen.contains(&letters.iter().collect::<String>());
            keys.retain(|key| key.chars().collect::<Vec<_>>().windows(GRAM).all(row));
        }
        write(format!("{tag}.words"), &keys);
    }
}

/// Sequences of a model that were seen often enough.
fn grams(registry: &Path, name: &str, least: f64) -> Vec<String> {
    let file = registry.join(format!("lingua-{name}-language-model-1.3.0/models/ngrams.fst"));
    let bytes = std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let map = fst::Map::new(bytes).expect("a model");
    let mut stream = map.stream();
    let mut conditional: BTreeMap<String, f64> = BTreeMap::new();
    while let Some((key, value)) = fst::Streamer::next(&mut stream) {
        conditional.insert(String::from_utf8(key.to_vec()).expect("text"), f64::from_bits(value));
    }
    // Logarithm of an n-gram's own probability: the sum of its prefixes' conditional ones.
    let joint = |gram: &str| -> Option<f64> {
        gram.char_indices().map(|(at, c)| conditional.get(&gram[..at + c.len_utf8()]).copied()).sum()
    };
    let longest = conditional.keys().filter(|gram| gram.chars().count() == GRAM);
    let all: Vec<(&String, f64)> = longest.filter_map(|gram| Some((gram, joint(gram)?))).collect();
    // What was seen once has the lowest probability there is.
    let once = all.iter().map(|&(_, chance)| chance).fold(0.0, f64::min);
    all.into_iter().filter(|(_, chance)| (chance - once).exp() > least - 0.5).map(|(gram, _)| gram.clone()).collect()
}

/// An xor filter of the keys: the first seed with which it can be built.
fn filter(keys: &[String]) -> Vec<u8> {
    (0..=u8::MAX).find_map(|seed| with_seed(keys, seed)).expect("a seed that works")
}

fn with_seed(keys: &[String], seed: u8) -> Option<Vec<u8>> {
    let block = (keys.len() * 123 / 100 + 32) / 3;
    let hashes: Vec<u64> = keys.iter().map(|key| hash(key, seed)).collect();
    let mut slots = vec![(0_u64, 0_u32); block * 3];
    for &hash in &hashes {
        for place in places(hash, block) {
            slots[place].0 ^= hash;
            slots[place].1 += 1;
        }
    }
    let mut single: Vec<usize> = (0..slots.len()).filter(|&place| slots[place].1 == 1).collect();
    let mut order = Vec::with_capacity(hashes.len());
    while let Some(place) = single.pop() {
        let (hash, count) = slots[place];
        if count != 1 {
            continue;
        }
        order.push((hash, place));
        for other in places(hash, block) {
            slots[other].0 ^= hash;
            slots[other].1 -= 1;
            if slots[other].1 == 1 {
                single.push(other);
            }
        }
    }
    if order.len() < hashes.len() {
        return None;
    }
    let mut prints = vec![0_u8; slots.len()];
    for &(hash, place) in order.iter().rev() {
        prints[place] = 0;
        let others = places(hash, block).into_iter().fold(0, |others, other| others ^ prints[other]);
        prints[place] = print(hash) ^ others;
    }
    Some(std::iter::once(seed).chain(prints).collect())
}

// The three that follow are those of `src/lang/forms.rs`.

fn hash(text: &str, seed: u8) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325 ^ u64::from(seed);
    let mut hash = text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
}

fn places(hash: u64, block: usize) -> [usize; 3] {
    let place = |turn: u32| ((hash.rotate_left(turn) & 0xFFFF_FFFF) * block as u64 >> 32) as usize;
    [place(0), place(21) + block, place(42) + 2 * block]
}

fn print(hash: u64) -> u8 {
    (hash ^ (hash >> 32)) as u8
}
