//! `examples/spark` on a cluster of two workers makes the bytes of a single process. Where Java or pyspark is missing it
//! says so.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::print_stdout, reason = "what is skipped is said in the log of the tests")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A Python that has what the example needs, on a machine that has Java.
fn python() -> Option<PathBuf> {
    if !Command::new("java").arg("-version").output().is_ok_and(|output| output.status.success()) {
        println!("SKIPPED: Java is not installed");
        return None;
    }
    let python =
        std::env::var_os("RECTO_SPARK_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let has = Command::new(&python).args(["-c", "import pyspark, pyarrow, pandas"]).output();
    if has.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    println!(
        "SKIPPED: {} has no pyspark, pyarrow and pandas (RECTO_SPARK_PYTHON names another)",
        python.display()
    );
    None
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/spark").join(name)
}

fn run(folder: &TempDir, command: &mut Command) -> (i32, Vec<u8>) {
    let output = command.current_dir(folder.path()).output().expect("it runs");
    let status = output.status.code().unwrap_or(-1);
    assert!([0, 1, 3].contains(&status), "{status}: {}", String::from_utf8_lossy(&output.stderr));
    (status, output.stdout)
}

fn recto(folder: &TempDir, arguments: &[&str]) -> (i32, Vec<u8>) {
    run(folder, Command::new(env!("CARGO_BIN_EXE_recto")).args(arguments))
}

fn same_as_one_process(archive: &str, kind: &str, command: &str, status: i32) -> Option<TempDir> {
    let python = python()?;
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.jsonl"), archive).expect("a file");
    let arguments = [command, "a.jsonl", "--records", "--to", "jsonl", "--cells", "one.cells", "-q"];
    let (ended, one) = recto(&folder, &arguments);
    assert_eq!(ended, status);
    fs::write(path("one.jsonl"), one).expect("a file");
    run(&folder, Command::new(&python).arg(example("to_parquet.py")).args(["a.jsonl", "a.parquet"]));
    let spark = python.with_file_name("spark-submit");
    let submit = if spark.exists() { spark } else { PathBuf::from("spark-submit") };
    run(
        &folder,
        Command::new(submit)
            .env("PYSPARK_PYTHON", &python)
            .env("PYSPARK_DRIVER_PYTHON", &python)
            .env("SPARK_LOCAL_IP", "127.0.0.1")
            .args(["--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false"])
            .arg(example("check_archive.py"))
            .args([
                "--recto",
                env!("CARGO_BIN_EXE_recto"),
                "--kind",
                kind,
                "--partitions",
                "5",
                "a.parquet",
                "out",
            ]),
    );
    let read = |name: &str| String::from_utf8(fs::read(path(name)).expect("a file")).expect("UTF-8");
    let merged = |arguments: &[&str]| String::from_utf8(recto(&folder, arguments).1).expect("UTF-8");
    assert_eq!(read("out/answers.jsonl"), merged(&["merge", "one.jsonl"]));
    assert_eq!(read("out/cells"), read("one.cells"));
    recto(&folder, &["merge", "--ledger", "one.json", "one.cells"]);
    assert_eq!(read("out/ledger.json"), read("one.json"));
    assert_eq!(read("out/drift.jsonl"), merged(&["merge", "--drift", "one.cells"]));
    Some(folder)
}

#[test]
fn pairs_come_out_as_one_process_makes_them() {
    let mut archive = String::new();
    for month in 1..=12 {
        let name = if month < 7 { "Oleh Vyshnevskyi" } else { "Oleh Vyshnevsky" };
        for nth in 0..6 {
            let (people, counted) = (month * 10 + nth, month * 10 + nth + i32::from(nth == 4) * 3);
            let _ = writeln!(
                archive,
                "{{\"id\":\"{month}/{nth}\",\"date\":\"2026-{month:02}-1{nth}\",\"source_lang\":\"pt\",\"target_lang\":\"en\",\
                 \"source\":\"O ministro Oleh Vyshnevskyi recebeu {people} pescadores em Lisboa.\",\
                 \"target\":\"Minister {name} received {counted} fishermen in Lisbon.\"}}"
            );
        }
    }
    archive.push_str("{\"id\":\"garbage\",\"source\":\"\\u0000\\ud7ff\"}\n");
    let _ = writeln!(archive, "{{\"id\":\"huge\",\"target\":\"{}\"}}", "a ".repeat(9 << 20));
    let Some(folder) = same_as_one_process(&archive, "pairs", "check", 3) else { return };
    let answers = fs::read_to_string(folder.path().join("out/answers.jsonl")).expect("a file");
    for id in ["garbage", "huge"] {
        assert!(answers.contains(&format!("{{\"id\":\"{id}\",\"error\":")), "{id}");
    }
    let drift = fs::read_to_string(folder.path().join("out/drift.jsonl")).expect("a file");
    assert!(drift.contains("\"month\":\"2026-07\""), "{drift}");
}

#[test]
fn stories_come_out_as_one_process_makes_them() {
    let mut archive = String::new();
    for nth in 0..20 {
        let _ = writeln!(
            archive,
            "{{\"id\":\"s{nth}\",\"date\":\"2026-03-02\",\"accounts\":[{{\"lang\":\"en\",\"text\":\"The fire at Brona killed \
             {nth} people.\"}},{{\"lang\":\"de\",\"text\":\"Bei dem Brand in Brona starben 14 Menschen.\"}}]}}"
        );
    }
    same_as_one_process(&archive, "stories", "compare", 0);
}
