//! Pairs of names a second: `cargo bench --bench names`.

use recto::names::Matcher;

fn main() {
    divan::main();
}

const WORDS: [(&str, &str, &str); 8] = [
    ("Gustafsson", "Густафссон", "ru"),
    ("Marchetti", "Маркелов", "ru"),
    ("Okonkwo", "أوكونكو", "ar"),
    ("Lindqvist", "לינדקוויסט", "he"),
    ("Fernandes", "フェルナンデス", "ja"),
    ("Kowalski", "코발스키", "ko"),
    ("Brandt", "勃兰特", "zh"),
    ("Yermakov", "Jermakow", "pl"),
];

const PERSONS: [(&str, &str, &str); 4] = [
    ("Ingrid Gustafsson", "Ингрид Густафссон", "ru"),
    ("Paulo de Almeida Fernandes", "パウロ・フェルナンデス", "ja"),
    ("Abdul Rahman Okonkwo", "عبدالرحمن أوكونكو", "ar"),
    ("K. Lindqvist", "Karin Lindqvist", "sv"),
];

#[divan::bench]
fn words(bencher: divan::Bencher) {
    bencher
        .counter(divan::counter::ItemsCount::new(WORDS.len()))
        .bench(|| WORDS.iter().map(|(a, b, lang)| Matcher::probability(a, "en", b, lang)).sum::<f64>());
}

#[divan::bench]
fn persons(bencher: divan::Bencher) {
    bencher
        .counter(divan::counter::ItemsCount::new(PERSONS.len()))
        .bench(|| PERSONS.iter().map(|(a, b, lang)| Matcher::probability(a, "en", b, lang)).sum::<f64>());
}

#[divan::bench]
fn first_comparison() -> f64 {
    Matcher::probability("Brandt", "en", "勃兰特", "zh")
}
