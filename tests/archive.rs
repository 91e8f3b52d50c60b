//! An archive in parts is the archive: whatever the split and the order, what the parts leave makes what one run leaves.
#![cfg(feature = "cli")]

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::process::Command;
use std::sync::LazyLock;

use proptest::prelude::*;
use recto::archive::answers::{Answers, merge_reports};
use recto::archive::{Cells, drift};
use recto::ledger::Ledger;
use recto::model::{InputReport, Report};
use recto::pipeline::Checker;
use recto::read::jsonl;
use recto::report;
use tempfile::TempDir;

/// Pairs and stories, some wrong, some that are no records; over a year in which a name changed its spelling.
fn archive() -> String {
    let mut out = String::new();
    for month in 1..=12 {
        let name = if month < 7 { "Oleh Vyshnevskyi" } else { "Oleh Vyshnevsky" };
        for nth in 0..3 {
            let people = month * 10 + nth;
            let counted = if nth == 2 { people + 7 } else { people };
            let _ = writeln!(
                out,
                "{{\"id\":\"{month}-{nth}\",\"date\":\"2026-{month:02}-1{nth}T08:00:00Z\",\"source_lang\":\"pt\",\
                 \"target_lang\":\"en\",\"source\":\"O ministro Oleh Vyshnevskyi recebeu {people} pescadores em Lisboa. \
                 Oleh Vyshnevskyi falou pouco.\",\"target\":\"Minister {name} received {counted} fishermen in Lisbon. \
                 {name} said little.\"}}"
            );
        }
        let _ = match month {
            3 => writeln!(out, "{{\"id\":\"no text\",\"target\":7}}"),
            5 => writeln!(out, "not JSON at all"),
            8 => writeln!(
                out,
                "{{\"id\":\"story\",\"accounts\":[{{\"lang\":\"en\",\"text\":\"The fire at Brona killed 12 people.\"}},\
                 {{\"lang\":\"de\",\"text\":\"Bei dem Brand in Brona starben 14 Menschen.\"}}]}}"
            ),
            _ => {
                writeln!(out, "{{\"id\":{month},\"target_lang\":\"en\",\"target\":\"The the ferry sank.\"}}")
            }
        };
    }
    out
}

struct Whole {
    inputs: Vec<InputReport>,
    lines: Vec<String>,
    ids: Vec<String>,
}

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let archive = archive();
    let mut inputs = Vec::new();
    let rows = jsonl::rows("archive".into(), archive.as_bytes(), (None, None));
    Checker::default().check_each(rows, |report| inputs.push(report));
    let lines = inputs.iter().map(|input| written("jsonl", vec![input.clone()])).collect();
    let ids = inputs.iter().map(|input| input.id.clone()).collect();
    Whole { inputs, lines, ids }
});

fn written(format: &str, inputs: Vec<InputReport>) -> String {
    let mut out = Vec::new();
    report::find(format).expect("a format").write(&Report { inputs }, &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

fn counted<'a>(inputs: impl IntoIterator<Item = &'a InputReport>) -> String {
    let mut cells = Cells::default();
    for input in inputs {
        cells.count(input);
        cells.merge(Cells::of_names(input));
    }
    text(&cells)
}

fn text(cells: &Cells) -> String {
    let mut out = Vec::new();
    cells.write(&mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

/// Every record in some part, parts and records in any order.
fn split() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let count = WHOLE.inputs.len();
    (
        1_usize..6,
        Just((0..count).collect::<Vec<usize>>()).prop_shuffle(),
        prop::collection::vec(any::<prop::sample::Index>(), count),
    )
        .prop_map(|(parts, order, places)| {
            let mut split = vec![Vec::new(); parts];
            for (record, place) in order.into_iter().zip(places) {
                split[place.index(parts)].push(record);
            }
            split
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_in_any_order_makes_the_bytes_of_one_run(split in split()) {
        let whole = &*WHOLE;
        let answers = |parts: &[Vec<usize>]| {
            let parts = parts.iter().map(|part| {
                Cursor::new(part.iter().map(|&record| whole.lines[record].as_str()).collect::<String>())
            });
            Answers::new(parts.collect()).expect("answers")
        };
        let mut merged = Vec::new();
        let left = answers(&split).write_in_order(whole.ids.iter().cloned(), &mut merged, |_| ()).expect("memory");
        prop_assert_eq!((left, String::from_utf8(merged).expect("UTF-8")), (0, whole.lines.concat()));
        let sorted = |parts: &[Vec<usize>]| {
            let mut out = Vec::new();
            answers(parts).write_sorted(&mut out, |_| ()).expect("memory");
            out
        };
        prop_assert_eq!(sorted(&split), sorted(&[(0..whole.lines.len()).collect()]));

        let reports: Vec<String> = split.iter()
            .map(|part| written("json", part.iter().map(|&record| whole.inputs[record].clone()).collect()))
            .collect();
        let one = written("json", whole.inputs.clone());
        prop_assert_eq!(merge_reports(&reports, Some(&whole.ids)).expect("reports"), one);

        let mut cells = Cells::default();
        for part in &split {
            cells.read(counted(part.iter().map(|&record| &whole.inputs[record])).as_bytes()).expect("cells");
        }
        prop_assert_eq!(text(&cells), counted(&whole.inputs));

        let ledgers: Vec<Ledger> = split.iter()
            .map(|part| {
                let mut cells = Cells::default();
                for &record in part {
                    cells.merge(Cells::of_names(&whole.inputs[record]));
                }
                cells.ledger(Ledger::default())
            })
            .collect();
        let join = |ledgers: &mut dyn Iterator<Item = &Ledger>| {
            ledgers.fold(Ledger::default(), |all, one| all.join(one.clone())).to_text()
        };
        let once = join(&mut ledgers.iter());
        prop_assert_eq!(&once, &join(&mut ledgers.iter().rev()));
        prop_assert_eq!(&once, &join(&mut ledgers.iter().chain(&ledgers)));
    }
}

#[test]
fn a_name_that_changed_its_spelling_is_found_in_the_cells() {
    let mut cells = Cells::default();
    cells.read(counted(&WHOLE.inputs).as_bytes()).expect("cells");
    let drifts = drift::of(&cells, Ledger::default());
    let changes: Vec<(&str, &str, &str, &str)> = (drifts.iter())
        .flat_map(|drift| {
            drift
                .changes
                .iter()
                .map(move |change| (&*drift.language, &*change.month, &*change.from, &*change.to))
        })
        .collect();
    assert_eq!(changes, [("en", "2026-07", "Oleh Vyshnevskyi", "Oleh Vyshnevsky")]);
    let ledger = cells.ledger(Ledger::default()).to_text();
    assert!(ledger.contains("Oleh Vyshnevsky") && ledger.contains("Lisbon"), "{ledger}");
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.jsonl"), archive()).expect("a file");
    folder
}

fn recto(folder: &TempDir, arguments: &[&str]) -> (i32, Vec<u8>, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_recto")).current_dir(folder.path()).args(arguments).output();
    let output = output.expect("it runs");
    (
        output.status.code().expect("a status"),
        output.stdout,
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn read(folder: &TempDir, name: &str) -> Vec<u8> {
    fs::read(folder.path().join(name)).expect("a file")
}

#[test]
fn shards_merge_to_one_run() {
    let folder = folder();
    let (status, one, _) = recto(&folder, &["check", "a.jsonl", "--to", "jsonl", "--cells", "one.cells"]);
    assert_eq!(status, 3, "records that are none are told at the end");
    assert_eq!(one.iter().filter(|&&byte| byte == b'\n').count(), archive().lines().count());
    let mut statuses = Vec::new();
    for nth in ["1", "2", "3"] {
        let (shard, cells, out) = (format!("{nth}/3"), format!("{nth}.cells"), format!("jsonl={nth}.jsonl"));
        let report = format!("json={nth}.json");
        let arguments =
            ["check", "-q", "a.jsonl", "--shard", &shard, "--to", &out, "--to", &report, "--cells", &cells];
        statuses.push(recto(&folder, &arguments).0);
    }
    assert!(
        statuses.contains(&3) && statuses.iter().all(|status| [0, 1, 3].contains(status)),
        "{statuses:?}"
    );
    let merge = |more: &[&str]| recto(&folder, &[&["merge"], more].concat());
    let (status, merged, err) = merge(&["--order", "a.jsonl", "3.jsonl", "1.jsonl", "2.jsonl"]);
    assert_eq!((status, String::from_utf8_lossy(&merged)), (3, String::from_utf8_lossy(&one)), "{err}");
    recto(&folder, &["check", "-q", "a.jsonl", "--to", "json=one.json"]);
    let (status, merged, _) = merge(&["--order", "a.jsonl", "2.json", "3.json", "1.json"]);
    assert_eq!((status, merged), (3, read(&folder, "one.json")));
    let (status, merged, _) = merge(&["2.cells", "1.cells", "3.cells"]);
    assert_eq!((status, merged), (0, read(&folder, "one.cells")));
    merge(&["3.cells", "2.cells", "1.cells", "--ledger", "parts.json"]);
    merge(&["one.cells", "--ledger", "whole.json"]);
    assert_eq!(read(&folder, "parts.json"), read(&folder, "whole.json"));
    let (_, drift, _) = merge(&["--drift", "1.cells", "2.cells", "3.cells"]);
    assert!(String::from_utf8_lossy(&drift).contains("\"from\":\"Oleh Vyshnevskyi\""), "{drift:?}");
    // A part that is missing is missing in its place, and the status tells.
    let (status, merged, _) = merge(&["--order", "a.jsonl", "3.jsonl", "1.jsonl"]);
    let missing = String::from_utf8(merged).expect("UTF-8");
    assert!(status == 3 && missing.contains("\"error\":\"no part has an answer\""), "{missing}");
    assert_eq!(missing.lines().count(), archive().lines().count());
    assert_eq!(merge(&["1.jsonl", "1.cells"]).0, 2);
}

#[test]
fn a_run_that_was_interrupted_anywhere_goes_on_to_the_same_bytes() {
    let folder = folder();
    let (_, one, _) = recto(&folder, &["check", "a.jsonl", "--to", "jsonl"]);
    let (status, out, err) = recto(&folder, &["check", "a.jsonl", "--resume", "out.jsonl"]);
    assert_eq!((status, out.len()), (3, 0), "{err}");
    assert_eq!(read(&folder, "out.jsonl"), one);
    let first = one.iter().position(|&byte| byte == b'\n').expect("a line") + 1;
    for cut in [0, 1, first - 1, first, first + 1, one.len() / 2, one.len() - 1, one.len()] {
        fs::write(folder.path().join("out.jsonl"), &one[..cut]).expect("a file");
        let (status, _, err) = recto(&folder, &["check", "a.jsonl", "--resume", "out.jsonl"]);
        assert_eq!(status, 3, "what was found before counts too: {err}");
        assert_eq!(
            String::from_utf8_lossy(&read(&folder, "out.jsonl")),
            String::from_utf8_lossy(&one),
            "{cut}"
        );
        assert_eq!(err.contains("half written"), cut > 0 && one[cut - 1] != b'\n', "{cut}: {err}");
    }
    // The answers of another archive are not gone on with.
    fs::write(folder.path().join("b.jsonl"), "{\"id\":\"x\",\"target\":\"One.\"}\n").expect("a file");
    let (status, _, err) = recto(&folder, &["check", "b.jsonl", "--resume", "out.jsonl"]);
    assert!(status == 2 && err.contains("the next record is `x`"), "{err}");
    assert_eq!(read(&folder, "out.jsonl"), one);
}

#[test]
fn a_record_that_is_garbage_or_huge_is_told_in_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = "{\"id\":\"good\",\"target\":\"The ferry sank.\",\"target_lang\":\"en\"}\n";
    let huge = format!("{{\"id\":\"huge\",\"target\":\"{}\"}}\n", "a ".repeat(9 << 20));
    let mut bytes =
        [good.as_bytes(), huge.as_bytes(), b"\xFF\xFE\0\n", b"{\"id\":\"deep\",\"target\":"].concat();
    bytes.extend("[".repeat(100_000).bytes());
    bytes.extend(b"\n");
    bytes.extend(good.bytes());
    fs::write(folder.path().join("a.jsonl"), bytes).expect("a file");
    let (status, out, _) = recto(&folder, &["check", "a.jsonl", "--to", "jsonl"]);
    let out = String::from_utf8(out).expect("UTF-8");
    let told: Vec<bool> = out.lines().map(|line| line.contains("\"error\":")).collect();
    assert_eq!((status, told), (3, vec![false, true, true, true, false]), "{out}");
    let ids: Vec<&str> = out.lines().filter_map(|line| line.split('"').nth(3)).collect();
    assert_eq!(ids, ["good", "huge", "3", "deep", "good"], "an id is kept where it can be read");
}

#[test]
fn records_that_stand_for_themselves_may_be_split_anyhow() {
    let folder = folder();
    let check = |name: &str| {
        let arguments =
            ["check", name, "--from", "jsonl", "--records", "--to", "jsonl", "--cells", "c.cells"];
        recto(&folder, &arguments).1
    };
    let archive: String =
        archive().lines().filter(|line| line.contains("\"id\"")).map(|line| format!("{line}\n")).collect();
    let lines: Vec<&str> = archive.lines().collect();
    fs::write(folder.path().join("a.jsonl"), &archive).expect("a file");
    let one = check("a.jsonl");
    let cells = read(&folder, "c.cells");
    for (nth, part) in lines.chunks(11).enumerate() {
        let reversed: String = part.iter().rev().map(|line| format!("{line}\n")).collect();
        fs::write(folder.path().join(format!("{nth}.in")), reversed).expect("a file");
        fs::write(folder.path().join(format!("{nth}.jsonl")), check(&format!("{nth}.in"))).expect("a file");
        fs::rename(folder.path().join("c.cells"), folder.path().join(format!("{nth}.cells"))).expect("moved");
    }
    let parts: Vec<String> = (0..lines.len().div_ceil(11)).map(|nth| format!("{nth}.jsonl")).collect();
    let mut arguments = vec!["merge", "--order", "a.jsonl"];
    arguments.extend(parts.iter().rev().map(String::as_str));
    assert_eq!(String::from_utf8_lossy(&recto(&folder, &arguments).1), String::from_utf8_lossy(&one));
    let parts: Vec<String> = parts.iter().map(|name| name.replace("jsonl", "cells")).collect();
    let arguments: Vec<&str> = std::iter::once("merge").chain(parts.iter().map(String::as_str)).collect();
    assert_eq!(recto(&folder, &arguments).1, cells);
}

#[test]
fn stories_come_in_shards_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let stories: String = (0..12)
        .map(|nth| {
            format!(
                "{{\"id\":\"s{nth}\",\"accounts\":[{{\"lang\":\"en\",\"text\":\"The fire at Brona killed {nth} people.\"}},\
                 {{\"lang\":\"de\",\"text\":\"Bei dem Brand in Brona starben 14 Menschen.\"}}]}}\n"
            )
        })
        .collect();
    fs::write(folder.path().join("s.jsonl"), stories).expect("a file");
    let (_, one, _) = recto(&folder, &["compare", "s.jsonl", "--to", "jsonl", "--cells", "one.cells"]);
    for nth in ["1", "2"] {
        let (shard, out, cells) = (format!("{nth}/2"), format!("jsonl={nth}.jsonl"), format!("{nth}.cells"));
        recto(&folder, &["compare", "-q", "s.jsonl", "--shard", &shard, "--to", &out, "--cells", &cells]);
    }
    let (_, merged, _) = recto(&folder, &["merge", "--order", "s.jsonl", "2.jsonl", "1.jsonl"]);
    assert_eq!(String::from_utf8_lossy(&merged), String::from_utf8_lossy(&one));
    assert_eq!(recto(&folder, &["merge", "1.cells", "2.cells"]).1, read(&folder, "one.cells"));
}
