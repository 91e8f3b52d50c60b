//! The hot path of `recto check`: sentence pairs, and one article from reading to report: `cargo bench --bench check`.

use recto::pipeline::{Checker, Input, Text};

fn main() {
    // Tables of languages are made on first use; what they cost is no part of a pair.
    for pair in PAIRS {
        Checker::default().check(input(pair));
    }
    divan::main();
}

const PAIRS: [(&str, &str, &str, &str); 5] = [
    (
        "en",
        "The harbour of Lindvik handled 1,240 tonnes of timber in March, said director Ingrid Solheim.",
        "pt",
        "O porto de Lindvik movimentou 1.240 toneladas de madeira em março, disse a diretora Ingrid Solheim.",
    ),
    (
        "ru",
        "Министр Павел Григорьев не приехал на встречу 14 мая в Казани.",
        "en",
        "Minister Pavel Grigoriev did not come to the meeting in Kazan on 14 May.",
    ),
    (
        "en",
        "Two bridges were closed for 36 hours after the storm, and 25% of the trains were late.",
        "de",
        "Zwei Brücken waren nach dem Sturm 36 Stunden gesperrt, und 25 % der Züge hatten Verspätung.",
    ),
    (
        "zh",
        "市长王建国周三表示，新医院将于2027年开放。",
        "en",
        "Mayor Wang Jianguo said on Wednesday that the new hospital would open in 2027.",
    ),
    (
        "en",
        "“We will pay 300 dollars to every family,” the company wrote.",
        "ar",
        "وكتبت الشركة: «سندفع 300 دولار لكل أسرة».",
    ),
];

fn text(language: &str, text: impl Into<String>) -> Text {
    Text::new(language, Some(language), text)
}

fn input((source_tag, source, target_tag, target): (&str, &str, &str, &str)) -> Input {
    Input::Pair { id: String::new(), source: text(source_tag, source), target: text(target_tag, target) }
}

/// The translation of a pair over and over, in paragraphs of three: about so many bytes.
fn article((_, _, tag, sentence): (&str, &str, &str, &str), bytes: usize) -> Text {
    let paragraph = [sentence; 3].join(" ");
    text(tag, vec![paragraph.as_str(); bytes / paragraph.len() + 1].join("\n\n"))
}

#[divan::bench]
fn pairs(bencher: divan::Bencher) {
    let checker = Checker::default();
    bencher
        .counter(divan::counter::ItemsCount::new(PAIRS.len()))
        .with_inputs(|| PAIRS.map(input))
        .bench_values(|inputs| inputs.map(|input| checker.check(input).findings.len()));
}

#[divan::bench(args = [5_000, 50_000])]
fn one_article(bencher: divan::Bencher, bytes: usize) {
    let checker = Checker::default();
    bencher
        .counter(divan::counter::BytesCount::new(bytes))
        .with_inputs(|| Input::Text { id: String::new(), target: article(PAIRS[0], bytes) })
        .bench_values(|input| checker.check(input).findings.len());
}

#[divan::bench(sample_count = 10)]
fn a_new_checker() -> Checker {
    Checker::default()
}
