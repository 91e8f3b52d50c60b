//! Measures language identification on lingua's own test data.
//!
//! ```text
//! cargo run --release --example identify -- ~/.cargo/registry/src/INDEX
//! ```

#![allow(clippy::print_stdout, reason = "it prints what it measured")]

use std::fs;

use recto::lang::identify;

fn main() {
    let registry = std::env::args().nth(1).expect("the folder of unpacked crates");
    let languages = [
        ("ar", "arabic"),
        ("az", "azerbaijani"),
        ("bg", "bulgarian"),
        ("cs", "czech"),
        ("de", "german"),
        ("en", "english"),
        ("es", "spanish"),
        ("fa", "persian"),
        ("fr", "french"),
        ("hi", "hindi"),
        ("id", "indonesian"),
        ("it", "italian"),
        ("nl", "dutch"),
        ("pl", "polish"),
        ("pt", "portuguese"),
        ("ro", "romanian"),
        ("ru", "russian"),
        ("tr", "turkish"),
        ("uk", "ukrainian"),
        ("vi", "vietnamese"),
        ("ja", "japanese"),
        ("zh", "chinese"),
        ("ko", "korean"),
        ("el", "greek"),
        ("he", "hebrew"),
    ];
    for (kind, detect) in [
        ("sentences", identify::guess as fn(&str) -> Option<identify::Guess>),
        ("word-pairs", identify::guess),
        ("single-words", identify::guess),
        ("sentences", identify::detect),
    ] {
        let (mut right, mut all) = (0, 0);
        let mut wrong: Vec<String> = Vec::new();
        for (tag, name) in languages {
            let path = format!("{registry}/lingua-{name}-language-model-1.3.0/testdata/{kind}.txt");
            let text = fs::read_to_string(path).expect("test data");
            let lines: Vec<&str> = text.lines().take(200).collect();
            let hits = lines
                .iter()
                .filter(|line| detect(line).is_some_and(|guess| guess.language.primary() == tag))
                .count();
            if hits * 100 < lines.len() * 97 {
                wrong.push(format!("{tag} {hits}"));
            }
            right += hits;
            all += lines.len();
        }
        println!(
            "{kind}: {:.1} %  {}",
            100.0 * f64::from(right as u32) / f64::from(all as u32),
            wrong.join(" ")
        );
    }
}
