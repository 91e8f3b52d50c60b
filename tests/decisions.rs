//! The trail of decisions: what lapses, what a block takes, what a crash leaves, and what an audit tells.
#![cfg(feature = "cli")]

use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

const SOURCE: &str = "The dam at Oulvane failed at night and 12 people died.\n";
const TARGET: &str = "A barragem de Oulvane cedeu de noite e 42 pessoas morreram.\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder, "en.txt", SOURCE);
    write(&folder, "pt.txt", TARGET);
    folder
}

fn write(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) {
    fs::write(folder.path().join(name), text).expect("a file");
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("a file")
}

fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.current_dir(folder.path()).env_remove("GITHUB_ACTIONS").args(arguments);
    command
}

fn recto(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output = command(folder, arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a status"), text(output.stdout), text(output.stderr))
}

const PAIR: &[&str] = &["--source-lang", "en", "--target-lang", "pt", "--source", "en.txt", "pt.txt"];
const LOG: &[&str] = &["--baseline", "d.ndjson"];

/// Checks the pair with the decisions: status, answer, notes.
fn check(folder: &TempDir) -> (i32, Value, String) {
    let (status, out, err) = recto(folder, &[&["check", "--to", "jsonl"], LOG, PAIR].concat());
    (status, serde_json::from_str(&out).expect("JSON"), err)
}

/// The record that a page or a gate makes of the wrong figure, with what is decided.
fn decided(folder: &TempDir, more: &Value) -> String {
    let reviewing = &["baseline", "update", "--reason", "x", "--role", "r", "--until-changed"][..];
    let (status, _, err) = recto(folder, &[reviewing, &["--baseline", "made.ndjson"], PAIR].concat());
    assert_eq!(status, 0, "{err}");
    let made = read(folder, "made.ndjson");
    fs::remove_file(folder.path().join("made.ndjson")).expect("gone");
    let line = made.lines().find(|line| line.contains("number-mismatch")).expect("the wrong figure");
    let mut record: Value = serde_json::from_str(line).expect("JSON");
    let fields = record.as_object_mut().expect("an object");
    fields.remove("prev");
    fields.remove("role");
    for (name, value) in more.as_object().expect("an object") {
        fields.insert(name.clone(), value.clone());
    }
    format!("{record}\n")
}

#[test]
fn a_block_is_overridden_by_a_role_alone_and_still_warns() {
    let folder = folder();
    let (status, before, _) = check(&folder);
    assert_eq!((status, &before["verdict"]), (1, &json!("block")));
    // Without a role the decision is not enough, and that is said.
    write(
        &folder,
        "d.ndjson",
        decided(&folder, &json!({"decision": "accept", "reason": "the source is old"})),
    );
    let (status, _, err) = check(&folder);
    assert!(status == 1 && err.contains("takes a role"), "{err}");
    let role = json!({"decision": "accept", "reason": "the source is old", "by": "A. Reis", "role": "chief"});
    write(&folder, "d.ndjson", decided(&folder, &role));
    let (status, answer, err) = check(&folder);
    assert_eq!((status, &answer["verdict"], err.as_str()), (0, &json!("warn"), ""));
    // The finding stays, with who overrode it, and counts in the score as before.
    let finding = &answer["findings"][0];
    assert_eq!((&finding["check"], &finding["severity"]), (&json!("number-mismatch"), &json!("critical")));
    let overridden = &finding["overridden"];
    assert_eq!((&overridden["role"], &overridden["by"]), (&json!("chief"), &json!("A. Reis")));
    assert_eq!(answer["penalty"], before["penalty"]);
    let threshold = overridden["threshold"].as_f64().expect("a threshold");
    assert!(threshold > finding["confidence"].as_f64().expect("a figure"));
    let (_, text, _) = recto(&folder, &[&["check"], LOG, PAIR].concat());
    assert!(text.contains("published all the same: accept: the source is old (A. Reis, chief)"), "{text}");
    // Only the roles of the settings, where they name some.
    write(&folder, "recto.toml", "[decisions]\nroles = [\"publisher\"]\n");
    assert_eq!(check(&folder).0, 1);
    write(&folder, "recto.toml", "[decisions]\nroles = [\"publisher\", \"chief\"]\n");
    assert_eq!(check(&folder).0, 0);
}

#[test]
fn an_override_raises_the_bar_and_no_more() {
    let folder = folder();
    // The finding was less sure when it was overridden: now it passes the raised bar.
    let line = decided(&folder, &json!({"role": "chief", "confidence": 0.5}));
    write(&folder, "d.ndjson", line);
    write(&folder, "recto.toml", "[verdict]\nblock-confidence = 0.5\n");
    let (status, answer, _) = check(&folder);
    assert_eq!((status, &answer["verdict"]), (1, &json!("block")));
    assert_eq!(answer["findings"][0]["overridden"]["threshold"], json!(0.75));
    // Another fault blocks as it would have.
    write(&folder, "recto.toml", "");
    write(&folder, "d.ndjson", decided(&folder, &json!({"role": "chief", "scope": "everywhere"})));
    assert_eq!(check(&folder).0, 0);
    write(&folder, "pt.txt", TARGET.replace("42", "49"));
    assert_eq!(check(&folder).0, 1);
}

#[test]
fn decisions_about_texts_lapse_when_either_changes_unless_they_reach_further() {
    for (scope, lapses) in [("finding", true), ("document", true), ("pair", false), ("everywhere", false)] {
        let folder = folder();
        let line = decided(&folder, &json!({"role": "chief", "scope": scope}));
        write(&folder, "d.ndjson", &line);
        assert_eq!(check(&folder).0, 0, "{scope}");
        for (name, text) in [("en.txt", SOURCE), ("pt.txt", TARGET)] {
            write(&folder, name, format!("{text}\n1.\n"));
            let (status, _, err) = check(&folder);
            assert_eq!((status, err.contains("lapsed, since the text changed")), (i32::from(lapses), lapses));
            write(&folder, name, text);
        }
        // What lapsed is taken out on request, in words that say why.
        write(&folder, "pt.txt", format!("{TARGET}\n1.\n"));
        recto(&folder, &[&["baseline", "prune"], LOG, PAIR].concat());
        assert_eq!(read(&folder, "d.ndjson").contains("the text changed; was: x"), lapses, "{scope}");
    }
}

#[test]
fn a_baseline_of_words_outlives_its_texts_and_needs_no_role() {
    let folder = folder();
    let (status, ..) =
        recto(&folder, &[&["baseline", "update", "--reason", "before our time"], LOG, PAIR].concat());
    assert_eq!(status, 0);
    assert!(!read(&folder, "d.ndjson").contains("sha256"));
    write(&folder, "pt.txt", format!("Título.\n\n{TARGET}"));
    assert_eq!(check(&folder).0, 0);
    // Unless the settings say who may.
    write(&folder, "recto.toml", "[decisions]\nroles = [\"chief\"]\n");
    assert_eq!(check(&folder).0, 1);
    let update = ["baseline", "update", "--reason", "agreed", "--by", "A. Reis", "--role", "chief"];
    assert_eq!(recto(&folder, &[&update[..], LOG, PAIR].concat()).0, 0);
    assert_eq!(check(&folder).1["findings"][0]["overridden"]["by"], json!("A. Reis"));
}

#[test]
fn the_trail_is_verified_shown_and_exported() {
    let folder = folder();
    let decisions = |arguments: &[&str]| recto(&folder, &[&["decisions"], arguments, LOG].concat());
    write(
        &folder,
        "d.ndjson",
        decided(&folder, &json!({"role": "chief", "by": "=A1", "reason": "so, \"agreed\""})),
    );
    for turn in ["one", "two"] {
        write(&folder, "new.ndjson", decided(&folder, &json!({"role": "chief", "reason": turn})));
        recto(&folder, &[&["baseline", "import", "new.ndjson"], LOG].concat());
    }
    let (status, out, _) = decisions(&["verify"]);
    assert!(status == 0 && out.contains("d.ndjson: 3 lines, sound"), "{out}");
    let head = out.lines().find_map(|line| line.strip_prefix("head ")).expect("a head").to_owned();
    assert_eq!(decisions(&["verify", "--head", &head]).0, 0);
    let (_, out, _) = decisions(&["show"]);
    assert!(out.contains("two") && !out.contains("agreed"), "the last decision counts: {out}");
    let (_, out, _) = decisions(&["show", "--all"]);
    assert!(out.starts_with("1. number-mismatch  accept  pt.txt\n") && out.contains("=A1 as chief"), "{out}");
    assert_eq!(decisions(&["show", "--all", "--document", "other"]).1, "");
    let log = read(&folder, "d.ndjson");
    assert_eq!(decisions(&["export"]).1, log);
    assert_eq!(decisions(&["export", "--since", "2999-01-01"]).1, "");
    assert_eq!(decisions(&["export", "--since", "soon"]).0, 2);
    let (_, csv, _) = decisions(&["export", "--to", "csv"]);
    let columns = csv.lines().next().expect("a head").split(',').count();
    assert_eq!((csv.lines().count(), columns), (4, 20));
    assert!(csv.contains(",'=A1,chief,accept,finding,number-mismatch,critical,0."), "{csv}");
    assert!(csv.contains("\"so, \"\"agreed\"\"\""), "{csv}");
    // Cut off at the end, changed in the middle, torn by a crash.
    let lines: Vec<&str> = log.lines().collect();
    write(&folder, "d.ndjson", format!("{}\n{}\n", lines[0], lines[1]));
    assert_eq!(decisions(&["verify"]).0, 0);
    let (status, out, _) = decisions(&["verify", "--head", &head]);
    assert!(status == 1 && out.contains("cut off or changed"), "{out}");
    write(&folder, "d.ndjson", log.replacen("agreed", "denied", 1));
    let (status, out, _) = decisions(&["verify"]);
    assert!(status == 1 && out.contains("d.ndjson:2: does not follow") && out.contains("not sound"), "{out}");
    write(&folder, "d.ndjson", &log.as_bytes()[..log.len() - 40]);
    let (status, out, _) = decisions(&["verify"]);
    assert!(status == 1 && out.contains("half written"), "{out}");
    // The next decision puts it right and says so; checks meanwhile go on without it.
    assert!(check(&folder).2.contains("half written"));
    write(&folder, "new.ndjson", decided(&folder, &json!({"role": "chief", "reason": "three"})));
    let (_, _, err) = recto(&folder, &[&["baseline", "import", "new.ndjson"], LOG].concat());
    assert!(err.contains("half written") && err.contains("taken out"), "{err}");
    assert_eq!(decisions(&["verify"]).0, 0);
    assert_eq!(read(&folder, "d.ndjson").lines().count(), 3);
}

#[test]
fn many_processes_at_once_lose_nothing() {
    let folder = folder();
    let line = decided(&folder, &json!({"role": "chief"}));
    let running: Vec<_> = (0..8)
        .map(|nth| {
            let name = format!("new{nth}.ndjson");
            let lines: String =
                (0..5).map(|turn| line.replace("\"x\"", &format!("\"{nth}/{turn}\""))).collect();
            write(&folder, &name, lines);
            command(&folder, &[&["baseline", "import", &name], LOG].concat()).spawn().expect("it runs")
        })
        .collect();
    for mut process in running {
        assert!(process.wait().expect("it ends").success());
    }
    let (status, out, _) = recto(&folder, &[&["decisions", "verify"], LOG].concat());
    assert!(status == 0 && out.contains("40 lines, sound"), "{out}");
}
