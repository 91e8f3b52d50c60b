//! Judges tables on rows that say what is right: `{"id", "a", "b", "gold": {"same", "group", "kind", "right"}}`. Several
//! tables are judged alone and by the mean of their margins.

use std::collections::BTreeMap;
use std::io::BufRead;

use recto::names::chunks::{Scratch, Table};
use recto::names::readings::{Script, read};

#[derive(serde::Deserialize)]
struct Row {
    id: String,
    a: String,
    b: String,
    gold: Gold,
}

#[derive(serde::Deserialize)]
struct Gold {
    same: bool,
    group: String,
    kind: String,
    right: String,
}

pub fn main() {
    let arguments: Vec<String> = std::env::args().skip(2).collect();
    let (script, _) = crate::script_and_language(&arguments[0]);
    let tables: Vec<Table> = arguments[1..]
        .iter()
        .map(|path| Table::parse(script, &std::fs::read_to_string(path).expect("a file")).expect("a table"))
        .collect();
    let groups: &[&str] = match arguments[0].as_str() {
        "ri" => &["net-ru", "infl-ru"],
        "la" => &["rom-"],
        "ru" => &["net-ru"],
        "ar" => &["net-ar"],
        "he" => &["net-he"],
        "ja" => &["net-ja"],
        "ko" => &["net-ko"],
        _ => &["net-zh"],
    };
    let rows: Vec<Row> = std::io::stdin()
        .lock()
        .lines()
        .map(|line| serde_json::from_str(&line.expect("readable input")).expect("a row"))
        .filter(|row: &Row| {
            groups.iter().any(|group| row.gold.group.starts_with(group)) && (row.gold.same || row.gold.kind == "near")
        })
        .collect();
    let mut scratch = Scratch::default();
    let margins: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            let (a, b) = (read(Script::Latin, &row.a), read(script, &row.b));
            tables.iter().map(|table| table.margin(&a, &b, &mut scratch)).collect()
        })
        .collect();
    for (place, path) in arguments[1..].iter().enumerate() {
        show(path, &rows, &margins.iter().map(|margins| margins[place]).collect::<Vec<_>>());
    }
    if tables.len() > 1 {
        let mean = margins.iter().map(|margins| margins.iter().sum::<f64>() / margins.len() as f64);
        show("mean", &rows, &mean.collect::<Vec<_>>());
    }
}

fn show(name: &str, rows: &[Row], margins: &[f64]) {
    let by_id: BTreeMap<&str, f64> = rows.iter().zip(margins).map(|(row, &margin)| (row.id.as_str(), margin)).collect();
    let mut judged = Vec::new();
    for (row, &margin) in rows.iter().zip(margins).filter(|(row, _)| !row.gold.same) {
        if let Some(&right) = by_id.get(row.gold.right.as_str()) {
            judged.push(([right, 0.0, 0.0, 0.0], true));
            judged.push(([margin, 0.0, 0.0, 0.0], false));
        }
    }
    let (auc, ranked, right) = crate::judgement(&judged, &[1.0, 0.0, 0.0, 0.0]);
    println!("{name}: AUC {auc:.2} rank {ranked:.2} accuracy {right:.2}");
}
