//! Builds `src/lang/languages.bin`, the compact n-gram table of language identification, from lingua's models
//! (Apache-2.0, trained on the Leipzig Corpora).
//!
//! ```text
//! cargo run --release --manifest-path tools/language-table/Cargo.toml -- ~/.cargo/registry/src/INDEX src/lang/languages.bin
//! ```
//!
//! Of each language the most probable n-grams are kept, by joint probability: all of order 1, then the numbers in
//! `KEEP`. Values are ln P(last character | the ones before), in eighths of a nat, negated, at most 255.
//!
//! The file: `groups: u8`, then a group: `languages: u8`, each `length: u8, tag`; `n: u32`; n sorted `u32` keys
//! (FNV-1a of the n-gram); n + 1 starts `u32`; entries `language: u8, cost: u8`. Little endian.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// N-grams kept of orders 2 to 5.
const KEEP: [usize; 4] = [2_000, 5_000, 9_000, 7_000];

/// Languages that share a script, each with the name of its model's crate.
const GROUPS: &[&[(&str, &str)]] = &[
    &[
        ("az", "azerbaijani"), ("ca", "catalan"), ("cs", "czech"), ("da", "danish"), ("de", "german"),
        ("en", "english"), ("es", "spanish"), ("fr", "french"), ("hr", "croatian"), ("id", "indonesian"),
        ("it", "italian"), ("ms", "malay"), ("nb", "bokmal"), ("nl", "dutch"), ("pl", "polish"),
        ("pt", "portuguese"), ("ro", "romanian"), ("sk", "slovak"), ("sv", "swedish"), ("tr", "turkish"),
        ("vi", "vietnamese"),
    ],
    &[("be", "belarusian"), ("bg", "bulgarian"), ("ru", "russian"), ("uk", "ukrainian")],
    &[("ar", "arabic"), ("fa", "persian"), ("ur", "urdu")],
    &[("hi", "hindi"), ("mr", "marathi")],
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let registry = arguments.next().expect("the folder of unpacked crates");
    let out = arguments.next().expect("the file to write");
    let mut file = vec![GROUPS.len() as u8];
    for group in GROUPS {
        let mut table: BTreeMap<u32, Vec<(u8, u8)>> = BTreeMap::new();
        file.push(group.len() as u8);
        for (number, (tag, name)) in group.iter().enumerate() {
            file.push(tag.len() as u8);
            file.extend(tag.as_bytes());
            for (key, cost) in model(Path::new(&registry), name) {
                let entries = table.entry(key).or_default();
                // Two n-grams under one key: the likelier one counts.
                match entries.iter_mut().find(|(language, _)| *language == number as u8) {
                    Some((_, known)) => *known = (*known).min(cost),
                    None => entries.push((number as u8, cost)),
                }
            }
        }
        file.extend((table.len() as u32).to_le_bytes());
        table.keys().for_each(|key| file.extend(key.to_le_bytes()));
        let mut start = 0u32;
        for entries in table.values() {
            file.extend(start.to_le_bytes());
            start += entries.len() as u32;
        }
        file.extend(start.to_le_bytes());
        table.values().flatten().for_each(|(language, cost)| file.extend([*language, *cost]));
    }
    std::fs::File::create(&out).and_then(|mut f| f.write_all(&file)).expect("the file can be written");
    println!("{} bytes", file.len());
}

fn model(registry: &Path, name: &str) -> Vec<(u32, u8)> {
    let folder = registry.join(format!("lingua-{name}-language-model-1.3.0/models/ngrams.fst"));
    let bytes = std::fs::read(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let map = fst::Map::new(bytes).expect("a model");
    let mut stream = map.stream();
    let mut conditional: BTreeMap<String, f64> = BTreeMap::new();
    while let Some((key, value)) = fst::Streamer::next(&mut stream) {
        conditional.insert(String::from_utf8(key.to_vec()).expect("text"), f64::from_bits(value));
    }
    // Joint probability of an n-gram: the product of its prefixes' conditional ones.
    let joint = |gram: &str| -> f64 {
        gram.char_indices().map(|(at, c)| conditional.get(&gram[..at + c.len_utf8()]).copied().unwrap_or(-14.0)).sum()
    };
    let mut orders: Vec<Vec<(f64, &str)>> = vec![Vec::new(); 5];
    for gram in conditional.keys() {
        let order = gram.chars().count();
        if (1..=5).contains(&order) {
            orders[order - 1].push((joint(gram), gram));
        }
    }
    let mut out = Vec::new();
    for (order, grams) in orders.iter_mut().enumerate() {
        grams.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let keep = if order == 0 { grams.len() } else { KEEP[order - 1] };
        for (_, gram) in grams.iter().take(keep) {
            out.push((fnv(gram), (-conditional[*gram] * 8.0).round().clamp(0.0, 255.0) as u8));
        }
    }
    out
}

fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
