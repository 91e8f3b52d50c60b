//! The tables that ship are what the rows give. The rows are not in the repository; where they are at hand,
//!
//! ```text
//! NAMES_TRAIN=names-train.jsonl HAN_LATIN=package/transforms/Han-Latin.txt cargo test --release -- --ignored
//! ```

use super::*;

const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../src/names/tables/");

fn rows() -> Vec<Row> {
    let path = std::env::var("NAMES_TRAIN").expect("NAMES_TRAIN names the file names-train.jsonl");
    read(std::io::BufReader::new(std::fs::File::open(path).expect("the rows")))
}

fn shipped(name: &str) -> String {
    std::fs::read_to_string(format!("{TABLES}{name}")).expect("a table that ships")
}

#[test]
#[ignore = "needs the rows: see the head of this file"]
fn established_forms_are_what_the_rows_give() {
    assert!(established::text(&rows()) == shipped("established.tsv"), "the trainer prints another table");
}

#[test]
#[ignore = "needs the rows: see the head of this file"]
fn characters_with_sounds_of_their_own_are_what_the_rows_give() {
    assert!(own::text(&rows()) == shipped("han-own.txt"), "the trainer prints another table");
}

#[test]
#[ignore = "needs the rows and CLDR's transform: see the head of this file"]
fn readings_of_characters_are_what_cldr_gives() {
    let path = std::env::var("HAN_LATIN").expect("HAN_LATIN names the transform file");
    assert!(han::text(&path, &rows()) == shipped("han.tsv"), "the trainer prints another table");
}

#[test]
#[ignore = "needs the rows and twenty minutes: see the head of this file"]
fn chunk_tables_are_what_the_rows_give() {
    let rows = rows();
    for script in ["la", "ri", "ar", "he", "ja", "ko", "zh"] {
        for name in [script.to_owned(), format!("{script}-wide")] {
            let options = Options::parse(std::iter::once(name.clone()));
            let text = table(&options, &rows);
            assert!(text.as_deref() == Some(&shipped(&format!("{name}.tsv"))), "{name}: the trainer prints another");
        }
    }
}

/// Invented names of three syllables.
fn small() -> Vec<Row> {
    const SYLLABLES: [(&str, &str); 6] =
        [("ka", "ка"), ("ro", "ро"), ("shi", "ши"), ("len", "лен"), ("mu", "му"), ("vit", "вит")];
    (0..216)
        .map(|number: usize| {
            let places = [number % 6, number / 6 % 6, number / 36];
            let (a, b) = places.iter().map(|&place| SYLLABLES[place]).unzip();
            Row { a, b, b_lang: "ru".to_owned(), count: 1 }
        })
        .collect()
}

#[test]
fn the_same_rows_give_the_same_table_and_it_has_learned_from_them() {
    let options = Options::parse(std::iter::once("ru".to_owned()));
    let text = table(&options, &small()).expect("a table");
    assert_eq!(table(&options, &small()).as_deref(), Some(text.as_str()));
    let learned = Table::parse(Script::Cyrillic, &text).expect("a table that can be read");
    let margin = |a: &str, b: &str| {
        let (a, b) = (readings::read(Script::Latin, a), readings::read(Script::Cyrillic, b));
        learned.margin(&a, &b, &mut Scratch::default())
    };
    assert!(margin("shirovit", "шировит") > 0.0 && margin("shirovit", "шикавит") < 0.0, "{text}");
}

#[test]
fn established_is_what_the_chunk_tables_refuse_and_nothing_else() {
    let row = |a: &str, b: &str, count| Row { a: a.to_owned(), b: b.to_owned(), b_lang: "ru".to_owned(), count };
    let rows = [
        row("kobi", "вардан", 9),        // as no rule would have it, and often
        row("martin", "мартин", 9),      // by rule
        row("rotilde", "зоя", 2),        // too seldom
        row("henko", "вардан", 1),       // another bearer, once
    ];
    let text = established::text(&rows);
    assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), ["kobi\tвардан"]);
}
