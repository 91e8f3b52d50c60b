//! Every article of `corpora/garbled` against its gold, its source unknown: what the text checks find and what they
//! wave at for nothing, written down in `scoreboard.md`. Half of the articles are for tuning, half for reporting.
//! `UPDATE=1` rewrites the scoreboard; a figure that gets worse fails.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use recto::model::{Severity, Side, Span, Subject};
use recto::pipeline::{Checker, Input, Text};

/// Faults of the gold, those found, findings, and those of them that are at a fault.
#[derive(Default, Clone, Copy, PartialEq)]
struct Count {
    gold: usize,
    found: usize,
    findings: usize,
    right: usize,
}

/// Rows of the scoreboard by half, table and name.
type Board = BTreeMap<(String, &'static str, String), Count>;

#[test]
fn garbled_articles_are_judged_no_worse_than_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/garbled");
    let split = fs::read_to_string(folder.join("split.tsv")).expect("the halves");
    let mut board = Board::new();
    let mut words: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let mut remarks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in split.lines() {
        let (file, half) = line.split_once('\t').expect("a file and its half");
        let (count, false_ones) =
            judge(&folder, file, half, &mut board, remarks.entry(half.into()).or_default());
        if let Some(count) = count {
            let language = file.split('.').nth(1).expect("a language").to_owned();
            let row = words.entry((half.to_owned(), language)).or_default();
            row.0 += count;
            row.1 += false_ones;
        }
    }
    if std::env::var_os("REMARKS").is_some() {
        println!("{}", remarks.get("dev").map(|remarks| remarks.join("\n")).unwrap_or_default());
    }
    let path = folder.join("scoreboard.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, page(&board, &words)).expect("the scoreboard is written");
        return;
    }
    let before = read(&fs::read_to_string(&path).expect("a scoreboard"));
    let mut worse = Vec::new();
    for ((half, table, name), count) in &board {
        let Some(old) = before.get(&(half.clone(), *table, name.clone())) else { continue };
        if count.found < old.found || count.findings - count.right > old.findings - old.right {
            worse.push(format!(
                "{half} {name}: {} found, {} false",
                count.found,
                count.findings - count.right
            ));
        }
    }
    assert!(
        worse.is_empty(),
        "worse than the scoreboard says (UPDATE=1 writes it anew):\n{}",
        worse.join("\n")
    );
}

/// Compares one article with its gold. For a clean one: its words and the findings in it.
fn judge(
    folder: &Path,
    file: &str,
    half: &str,
    board: &mut Board,
    remarks: &mut Vec<String>,
) -> (Option<usize>, usize) {
    let mut parts = file.split('.');
    let (number, language) = (parts.next().expect("a number"), parts.next().expect("a language"));
    let text = fs::read_to_string(folder.join(file)).expect("an article");
    let gold = gold(&folder.join(format!("{number}.gold.tsv")), &text);
    let input = Input::Text { id: file.to_owned(), target: Text::new(file, Some(language), text.as_str()) };
    let report = Checker::default().check(input);
    assert!(matches!(report.subject, Subject::Text(_)), "a text");
    let mut hit = vec![false; gold.len()];
    let mut false_ones = 0;
    for finding in report.findings.iter().filter(|finding| finding.severity >= Severity::Minor) {
        let Some(place) = finding.places.iter().find(|place| place.side == Side::Target) else { continue };
        let span = place.span;
        let mut right = false;
        for (index, (_, fault)) in gold.iter().enumerate() {
            if fault.overlaps(span) || fault.start == span.end || fault.end == span.start {
                hit[index] = true;
                right = true;
            }
        }
        for (table, name) in [("check", finding.check), ("language", language), ("all", "all")] {
            let row = board.entry((half.to_owned(), table, name.to_owned())).or_default();
            row.findings += 1;
            row.right += usize::from(right);
        }
        if !right {
            false_ones += 1;
            remarks.push(format!("FALSE {file} {}: {} | {}", finding.check, finding.message, span.of(&text)));
        }
    }
    for ((kind, span), hit) in gold.iter().zip(&hit) {
        if !hit {
            remarks.push(format!("MISS {file} {kind}: {}", span.of(&text)));
        }
        for (table, name) in [("kind", kind.as_str()), ("language", language), ("all", "all")] {
            let row = board.entry((half.to_owned(), table, name.to_owned())).or_default();
            row.gold += 1;
            row.found += usize::from(*hit);
        }
    }
    let words = recto::lang::find(language).expect("a profile").count_words(&text);
    (gold.is_empty().then_some(words), false_ones)
}

/// The faults of an article with their places.
fn gold(path: &PathBuf, text: &str) -> Vec<(String, Span)> {
    let rows = fs::read_to_string(path).expect("gold");
    let fault = |row: &str| {
        let cells: Vec<&str> = row.split('\t').collect();
        let [kind, span, nth, _] = cells[..] else { panic!("four columns: {row}") };
        let nth: usize = nth.parse().expect("a number");
        let mut from = 0;
        let mut place = None;
        for _ in 0..nth {
            let at = from + text.get(from..)?.find(span)?;
            place = Some(Span::new(at, at + span.len()));
            from = at + text.get(at..)?.chars().next().map_or(1, char::len_utf8);
        }
        Some((kind.to_owned(), place?))
    };
    rows.split('\n')
        .filter(|row| !row.is_empty())
        .map(|row| fault(row).unwrap_or_else(|| panic!("not in the text: {row}")))
        .collect()
}

fn page(board: &Board, words: &BTreeMap<(String, String), (usize, usize)>) -> String {
    let mut out = String::from(
        "# Garbled articles\n\nWritten by `tests/garbled.rs`. Findings of severity minor and above, sources unknown. A fault is found where a\nfinding touches it; a finding is right where it touches a fault.\n",
    );
    let share = |part: usize, whole: usize| {
        if whole == 0 { "–".to_owned() } else { format!("{:.1}", 100.0 * part as f64 / whole as f64) }
    };
    for half in ["dev", "report"] {
        let _ = write!(
            out,
            "\n## {half}\n\n| | | faults | found | recall % | findings | right | precision % |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        );
        for ((_, table, name), count) in board.iter().filter(|((own, ..), _)| own == half) {
            let _ = writeln!(
                out,
                "| {table} | {name} | {} | {} | {} | {} | {} | {} |",
                count.gold,
                count.found,
                share(count.found, count.gold),
                count.findings,
                count.right,
                share(count.right, count.findings)
            );
        }
        out.push_str("\nClean articles: false findings in a thousand words.\n\n| language | words | findings | per thousand |\n| --- | ---: | ---: | ---: |\n");
        for ((_, language), (count, findings)) in words.iter().filter(|((own, _), _)| own == half) {
            let _ = writeln!(
                out,
                "| {language} | {count} | {findings} | {:.1} |",
                1000.0 * *findings as f64 / (*count).max(1) as f64
            );
        }
    }
    out
}

fn read(page: &str) -> Board {
    let mut board = Board::new();
    let mut half = String::new();
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut half);
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [table, name, gold, found, _, findings, right, _] = cells[..] else { continue };
        let Some(table) = ["check", "kind", "language", "all"].into_iter().find(|known| *known == table)
        else {
            continue;
        };
        let number = |cell: &str| cell.parse().expect("a number");
        board.insert(
            (half.clone(), table, name.to_owned()),
            Count {
                gold: number(gold),
                found: number(found),
                findings: number(findings),
                right: number(right),
            },
        );
    }
    board
}
