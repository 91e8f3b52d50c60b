//! What the command line does with findings: outputs, fixes, decisions, comments, settings by path and language.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const SOURCE: &str = "The ferry to Torsvik was tied up for 17 days.\n\nNobody was hurt.\n";
const TARGET: &str = "O barco para Torsvik esteve parado 71 dias .\n\nNinguém ficou ferido ferido.\n";

/// A folder with a source and a translation of which one figure, one space and one word are wrong.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder, "en.txt", SOURCE);
    write(&folder, "pt.txt", TARGET);
    folder
}

fn write(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("a file")
}

/// Runs recto there: status, standard output, standard error.
fn recto(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("recto")
        .expect("the binary")
        .current_dir(folder.path())
        .env_remove("GITHUB_ACTIONS")
        .args(arguments)
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a status"), text(output.stdout), text(output.stderr))
}

const CHECK: &[&str] =
    &["check", "--source-lang", "en", "--target-lang", "pt", "--source", "en.txt", "pt.txt"];

fn check(folder: &TempDir, more: &[&str]) -> (i32, String, String) {
    recto(folder, &[CHECK, more].concat())
}

/// Names of the checks of all open findings, sorted.
fn found(folder: &TempDir, more: &[&str]) -> Vec<String> {
    let (_, out, _) = check(folder, &[more, &["--to", "jsonl"]].concat());
    let answer: Value = serde_json::from_str(out.lines().next().expect("an answer")).expect("JSON");
    let mut names: Vec<String> = (answer["findings"].as_array().expect("findings").iter())
        .map(|finding| finding["check"].as_str().expect("a name").to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn one_run_writes_many_outputs() {
    let folder = folder();
    let (status, out, err) = check(
        &folder,
        &["--to", "text", "--to", "sarif=out.sarif", "--to", "html=r.html", "--to", "jsonl=o.jsonl"],
    );
    assert_eq!((status, err.as_str()), (1, ""));
    assert!(out.starts_with("BLOCK  pt.txt"));
    assert!(serde_json::from_str::<Value>(&read(&folder, "out.sarif")).expect("JSON")["runs"].is_array());
    assert!(read(&folder, "r.html").starts_with("<!doctype html>"));
    assert_eq!(read(&folder, "o.jsonl").lines().count(), 1);
    // Nothing is left beside them.
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 5);
}

#[test]
fn outputs_that_cannot_be_are_refused_and_old_files_stay() {
    let folder = folder();
    assert_eq!(check(&folder, &["--to", "text", "--to", "json"]).0, 2);
    assert_eq!(check(&folder, &["--to", "json=a", "--to", "jsonl=a"]).0, 2);
    assert_eq!(check(&folder, &["--to", "json="]).0, 2);
    assert_eq!(check(&folder, &["--to", "yaml=a"]).0, 2);
    assert!(!folder.path().join("a").exists());
    let (status, _, err) = check(&folder, &["--to", "json=no/such/folder"]);
    assert!(status == 2 && err.contains("cannot write no/such/folder"), "{err}");
    write(&folder, "kept.json", "old");
    assert_eq!(check(&folder, &["--to", "json=kept.json", "--to", "sarif=no/such"]).0, 2);
    assert!(read(&folder, "kept.json").starts_with('{'), "what could be written is whole");
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_rights_and_a_link_stays_a_link() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    write(&folder, "real.json", "old");
    let path = folder.path().join("real.json");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("rights");
    std::os::unix::fs::symlink("real.json", folder.path().join("link.json")).expect("a link");
    check(&folder, &["--to", "json=link.json"]);
    assert!(fs::symlink_metadata(folder.path().join("link.json")).expect("a link").is_symlink());
    assert!(read(&folder, "real.json").starts_with('{'));
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o640);
}

#[test]
fn quiet_runs_say_nothing_and_still_tell_by_their_status() {
    let folder = folder();
    assert_eq!(check(&folder, &["--quiet"]), (1, String::new(), String::new()));
    let (_, out, _) = check(&folder, &["--quiet", "--to", "gitlab"]);
    assert!(out.starts_with('['));
    let (_, _, err) = check(&folder, &["--verbose"]);
    assert!(err.contains("no recto.toml"));
}

#[test]
fn fixes_are_shown_before_they_are_made() {
    let folder = folder();
    let (status, out, _) = check(&folder, &["--fix", "--dry-run", "--quiet"]);
    assert_eq!(status, 1, "a wrong figure is left");
    assert!(out.contains(
        "-O barco para Torsvik esteve parado 71 dias .\n+O barco para Torsvik esteve parado 71 dias.\n"
    ));
    assert!(out.starts_with("--- a/pt.txt\n+++ b/pt.txt\n"), "{out}");
    assert_eq!(read(&folder, "pt.txt"), TARGET);
    let (_, out, err) = check(&folder, &["--fix"]);
    assert!(err.contains("pt.txt: 2 replacements made"), "{err}");
    assert!(!out.contains("spacing") && out.contains("number-mismatch"), "what is reported is what is left");
    let fixed = "O barco para Torsvik esteve parado 71 dias.\n\nNinguém ficou ferido.\n";
    assert_eq!(read(&folder, "pt.txt"), fixed);
    let (_, _, err) = check(&folder, &["--fix"]);
    assert_eq!(
        (read(&folder, "pt.txt").as_str(), err.as_str()),
        (fixed, ""),
        "a second time changes nothing"
    );
    assert_eq!(check(&folder, &["--dry-run"]).0, 2, "a dry run of what?");
}

#[test]
fn what_is_not_sure_enough_is_not_fixed() {
    let folder = folder();
    write(&folder, "recto.toml", "[fix]\nmin-confidence = 0.99\n");
    check(&folder, &["--fix"]);
    assert_eq!(read(&folder, "pt.txt"), TARGET);
}

#[test]
fn fixes_keep_line_ends_and_byte_order_marks() {
    let folder = folder();
    write(&folder, "pt.txt", &format!("\u{FEFF}{}", TARGET.replace('\n', "\r\n")));
    check(&folder, &["--fix"]);
    let fixed = "\u{FEFF}O barco para Torsvik esteve parado 71 dias.\r\n\r\nNinguém ficou ferido.\r\n";
    assert_eq!(read(&folder, "pt.txt"), fixed);
}

#[test]
fn a_runner_is_told_to_ignore_a_diff_that_it_could_obey() {
    let folder = folder();
    write(&folder, "pt.txt", "::error file=x::Este este dia foi longo longo.\n");
    let run = || {
        let output = Command::cargo_bin("recto")
            .expect("the binary")
            .current_dir(folder.path())
            .env("GITHUB_ACTIONS", "true")
            .args(["check", "--target-lang", "pt", "pt.txt", "--fix", "--dry-run", "--quiet"])
            .output()
            .expect("it runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let out = run();
    let word = out.strip_prefix("::stop-commands::").and_then(|rest| rest.lines().next()).expect("stopped");
    assert!(out.ends_with(&format!("\n::{word}::\n")) && word.len() == 32, "{out}");
    assert!(!run().contains(word), "an article cannot know the word");
}

#[test]
fn accepted_findings_stay_accepted_where_the_text_moves() {
    let folder = folder();
    let update = ["baseline", "update", "--baseline", "b.ndjson", "--reason", "agreed", "--by", "M. Dias"];
    let (status, out, err) = recto(&folder, &[&update[..], &CHECK[1..]].concat());
    assert_eq!((status, out.as_str()), (0, ""));
    assert!(err.contains("3 lines added"), "{err}");
    let baseline = ["--baseline", "b.ndjson"];
    assert!(found(&folder, &baseline).is_empty());
    assert_eq!(check(&folder, &baseline).0, 0);
    // Other lines, other breaks, other case: the same fault. Twice the same fault: one too many.
    let moved = format!("Título novo\n\n{}", TARGET.replace("esteve parado", "esteve\nparado"));
    write(&folder, "pt.txt", &moved);
    assert!(!found(&folder, &baseline).contains(&"number-mismatch".to_owned()));
    write(&folder, "pt.txt", &format!("{TARGET}\nEla parece cansada e ferida ferido ferido.\n"));
    assert_eq!(found(&folder, &baseline).iter().filter(|check| *check == "doubled-word").count(), 1);
    // Another figure is another fault.
    write(&folder, "pt.txt", &TARGET.replace("71", "72"));
    assert!(found(&folder, &baseline).contains(&"number-mismatch".to_owned()));
    // A second update widens what it must and keeps the rest.
    let (_, _, err) = recto(&folder, &[&update[..4], &["--reason", "later"], &CHECK[1..]].concat());
    assert!(err.contains("1 lines added"), "{err}");
    let log = read(&folder, "b.ndjson");
    assert_eq!(log.matches("\"agreed\"").count(), 3);
    assert_eq!(log.matches("\"later\"").count(), 1);
    assert_eq!(log.matches("\"prev\"").count(), 3, "every line but the first follows another");
}

#[test]
fn entries_that_cover_nothing_are_told_and_pruned() {
    let folder = folder();
    recto(
        &folder,
        &[&["baseline", "update", "--baseline", "b.ndjson", "--reason", "x"], &CHECK[1..]].concat(),
    );
    write(&folder, "pt.txt", &TARGET.replace("71", "17"));
    let (status, _, err) = check(&folder, &["--baseline", "b.ndjson"]);
    assert_eq!(status, 0);
    assert!(err.contains("1 entry no longer found"), "{err}");
    let before = read(&folder, "b.ndjson");
    recto(&folder, &[&["baseline", "prune", "--baseline", "b.ndjson"], &CHECK[1..]].concat());
    assert!(read(&folder, "b.ndjson").starts_with(&before), "a log is only appended to");
    assert_eq!(check(&folder, &["--baseline", "b.ndjson"]).2, "");
    let (_, shown, _) = recto(&folder, &["baseline", "show", "--baseline", "b.ndjson"]);
    assert!(!shown.contains("number-mismatch") && shown.contains("doubled-word  accept  pt.txt"), "{shown}");
    // What was put right and comes back is told again.
    write(&folder, "pt.txt", TARGET);
    assert!(found(&folder, &["--baseline", "b.ndjson"]).contains(&"number-mismatch".to_owned()));
}

#[test]
fn expired_decisions_count_no_more() {
    let folder = folder();
    let update = |day: &str| {
        let start = ["baseline", "update", "--baseline", "b.ndjson", "--reason", "x", "--expires", day];
        recto(&folder, &[&start[..], &CHECK[1..]].concat()).0
    };
    assert_eq!(update("soon"), 2);
    assert_eq!(update("2020-01-01"), 0);
    assert_eq!(found(&folder, &["--baseline", "b.ndjson"]).len(), 3);
    assert!(check(&folder, &["--baseline", "b.ndjson"]).2.contains("3 entries expired"));
    assert_eq!(update("9999-01-01"), 0);
    assert!(found(&folder, &["--baseline", "b.ndjson"]).is_empty());
}

#[test]
fn decisions_reach_as_far_as_they_say() {
    let folder = folder();
    write(&folder, "other.txt", TARGET);
    let line = |scope: &str, place: &str| {
        format!(
            "{{\"v\":1,\"at\":\"2026-05-01T09:00:00Z\",\"decision\":\"false-alarm\",\"scope\":\"{scope}\",{place}\
             \"check\":\"number-mismatch\",\"source\":[\"17 days\"],\"target\":[\"71 DIAS\"],\"reason\":\"x\"}}\n"
        )
    };
    let files = |log: String| -> Vec<bool> {
        write(&folder, "b.ndjson", &log);
        let all = [CHECK, &["other.txt", "--baseline", "b.ndjson", "--to", "jsonl"]].concat();
        let (_, out, _) = recto(&folder, &all);
        out.lines().map(|line| line.contains("\"decision\":\"false-alarm\"")).collect()
    };
    assert_eq!(files(line("document", "\"document\":\"pt.txt\",")), [true, false]);
    assert_eq!(files(line("finding", "\"document\":\"other.txt\",")), [false, true]);
    assert_eq!(files(line("pair", "\"pair\":\"en-pt\",")), [true, true]);
    assert_eq!(files(line("pair", "\"pair\":\"en-es\",")), [false, false]);
    assert_eq!(files(line("everywhere", "")), [true, true]);
    write(&folder, "b.ndjson", "{}\n");
    let (status, _, err) = check(&folder, &["--baseline", "b.ndjson"]);
    assert!(status == 2 && err.contains("b.ndjson: line 1: "), "{err}");
}

#[test]
fn imported_decisions_are_chained_and_added_once() {
    let folder = folder();
    recto(
        &folder,
        &[&["baseline", "update", "--baseline", "a.ndjson", "--reason", "x"], &CHECK[1..]].concat(),
    );
    for lines in ["3 lines added", "0 lines added"] {
        let (status, _, err) = recto(&folder, &["baseline", "import", "a.ndjson", "--baseline", "b.ndjson"]);
        assert!(status == 0 && err.contains(lines), "{err}");
    }
    assert_eq!(read(&folder, "a.ndjson"), read(&folder, "b.ndjson"));
    // A line that somebody changed shows.
    write(
        &folder,
        "b.ndjson",
        &read(&folder, "a.ndjson").replacen("\"reason\":\"x\"", "\"reason\":\"y\"", 1),
    );
    let (_, _, err) = check(&folder, &["--baseline", "b.ndjson"]);
    assert!(err.contains("b.ndjson:2: does not follow the line before it"), "{err}");
}

#[test]
fn comments_leave_alone_what_they_name() {
    let folder = folder();
    let text = "<!-- recto-ignore doubled-word: the refrain -->\nThe band sang the the song.\n\nThe mayor said the the end is near.\n";
    write(&folder, "song.md", text);
    let (_, out, _) = recto(&folder, &["check", "--target-lang", "en", "song.md", "--to", "json"]);
    let report: Value = serde_json::from_str(&out).expect("JSON");
    let input = &report["inputs"][0];
    assert_eq!(input["findings"].as_array().expect("findings").len(), 1, "{out}");
    assert_eq!(input["findings"][0]["places"][0]["line"], 4);
    assert_eq!(input["accepted"][0]["reason"], "the refrain");
    write(&folder, "song.md", &text.replace(": the refrain", ""));
    let (_, out, _) = recto(&folder, &["check", "--target-lang", "en", "song.md"]);
    assert!(out.contains("an ignore needs a reason"), "{out}");
    write(&folder, "song.md", &text.replace("doubled-word", "doubled-wrod"));
    let (_, out, _) = recto(&folder, &["check", "--target-lang", "en", "song.md"]);
    assert!(out.contains("there is no check `doubled-wrod`"), "{out}");
}

#[test]
fn comments_above_the_first_words_and_in_pages_count() {
    let folder = folder();
    let page = |comment: &str| {
        format!(
            "<html><head><title>Song</title></head><body><article>{comment}\n<h1>The old song</h1>\n\
             <p>The band sang the the song about the sea, and the people of the town sang with them until late.</p>\n\
             <p>The mayor said that the evening was the best that the town had seen for a long time.</p></article></body></html>\n"
        )
    };
    let found = |name: &str, text: &str| {
        write(&folder, name, text);
        let (_, out, err) = recto(&folder, &["check", "--target-lang", "en", name, "--to", "jsonl"]);
        assert_eq!(err, "");
        let answer: Value = serde_json::from_str(&out).expect("JSON");
        (
            answer["findings"].as_array().expect("findings").len(),
            answer["accepted"].as_array().map_or(0, Vec::len),
        )
    };
    assert_eq!(found("page.html", &page("")), (1, 0));
    assert_eq!(found("page.html", &page("<!-- recto-ignore-document doubled-word: a refrain -->")), (0, 1));
    let song = "---\ntitle: Song\n---\n<!-- recto-ignore doubled-word: a refrain -->\n\n# The the song\n\nThe band sang the the song.\n";
    assert_eq!(found("song.md", song), (1, 1));
}

#[test]
fn fixes_reach_through_markup_and_leave_it_alone() {
    let folder = folder();
    let text = "---\ntitle: Ilha\n---\n# A ilha\n\nO **barco** para esteve parado &amp; vazio vazio .\n\nNinguém ficou [ferido](x.html) ferido.\n";
    write(&folder, "pt.md", text);
    let arguments = ["check", "--target-lang", "pt", "pt.md", "--fix", "--quiet"];
    let (_, out, _) = recto(&folder, &[&arguments[..], &["--dry-run"]].concat());
    assert!(out.contains("+O **barco** para esteve parado &amp; vazio.\n"), "{out}");
    assert_eq!(read(&folder, "pt.md"), text);
    recto(&folder, &arguments);
    let fixed = text.replace("vazio vazio .", "vazio.");
    assert_eq!(read(&folder, "pt.md"), fixed, "what a link stands in is left");
    recto(&folder, &arguments);
    assert_eq!(read(&folder, "pt.md"), fixed);
    // Many texts in one file.
    let rows = "source\ttarget\nHe came.\tEle veio veio.\nShe left.\tEla saiu .\n";
    write(&folder, "rows.tsv", rows);
    recto(&folder, &["check", "--source-lang", "en", "--target-lang", "pt", "rows.tsv", "--fix", "--quiet"]);
    assert_eq!(read(&folder, "rows.tsv"), rows.replace("veio veio", "veio").replace("saiu .", "saiu."));
}

#[test]
fn settings_hold_for_paths_and_languages() {
    let folder = folder();
    for name in ["blog/pt.txt", "news/pt.txt"] {
        write(&folder, name, TARGET);
    }
    let of = |settings: &str, path: &str| {
        write(&folder, "recto.toml", settings);
        let arguments =
            ["check", "--source-lang", "en", "--target-lang", "pt", "--source", "en.txt", "--to", "jsonl"];
        let (_, out, err) = recto(&folder, &[&arguments[..], &[path]].concat());
        assert_eq!(err, "");
        out.contains("\"check\":\"spacing\"")
    };
    let off = "[override.checks.spacing]\nenabled = false\n";
    let paths = format!("[[override]]\npaths = [\"blog/**\"]\n{off}");
    assert_eq!(
        (of(&paths, "blog/pt.txt"), of(&paths, "./blog/pt.txt"), of(&paths, "news/pt.txt")),
        (false, false, true)
    );
    let target = format!("[[override]]\ntarget-languages = [\"pt\"]\n{off}");
    assert!(!of(&target, "news/pt.txt"));
    assert!(of(&target.replace("\"pt\"", "\"es\""), "news/pt.txt"));
    assert!(of(&target.replace("\"pt\"", "\"pt-BR\""), "news/pt.txt"), "Brazil is not all of Portuguese");
    let both = format!("[[override]]\nsource-languages = [\"de\"]\npaths = [\"**\"]\n{off}");
    assert!(of(&both, "news/pt.txt"), "every condition must fit");
    assert!(!of(&both.replace("\"de\"", "\"en\""), "news/pt.txt"));
}

#[test]
fn thresholds_decide_what_blocks_and_fails() {
    let folder = folder();
    let status = |settings: &str, text: &str| {
        write(&folder, "recto.toml", settings);
        write(&folder, "pt.txt", text);
        check(&folder, &["--quiet"]).0
    };
    let clean = "O barco para Torsvik esteve parado 17 dias.\n\nNinguém ficou ferido.\n";
    let minor = clean.replace("dias.", "dias .");
    assert_eq!((status("", TARGET), status("", &minor), status("", clean)), (1, 0, 0));
    assert_eq!(status("fail-on = \"never\"\n", TARGET), 0);
    assert_eq!((status("fail-on = \"warn\"\n", &minor), status("fail-on = \"warn\"\n", clean)), (1, 0));
    assert_eq!(status("[verdict]\nblock-confidence = 1.0\n", TARGET), 0);
    assert_eq!(status("[verdict]\nblock-confidence = 1.0\nmax-critical = 0\n", TARGET), 1);
    assert_eq!(status("[verdict]\nblock-confidence = 1.0\nmax-critical = 1\n", TARGET), 0);
    let major = "[checks.spacing]\nseverity = \"major\"\n[verdict]\nmax-major = ";
    assert_eq!((status(&format!("{major}0\n"), &minor), status(&format!("{major}1\n"), &minor)), (1, 0));
    assert_eq!(status("[verdict]\nmin-confidence = 1.0\n", TARGET), 0);
    assert!(found(&folder, &[]).is_empty());
}

#[test]
fn the_baseline_of_the_settings_is_beside_them() {
    let folder = folder();
    write(&folder, "recto.toml", "baseline = \"decisions.ndjson\"\n");
    write(&folder, "deep/er/pt.txt", TARGET);
    let here = Path::new("deep/er");
    let run = |arguments: &[&str]| {
        let output = Command::cargo_bin("recto")
            .expect("the binary")
            .current_dir(folder.path().join(here))
            .args(arguments)
            .output()
            .expect("it runs");
        output.status.code()
    };
    let check = ["--source-lang", "en", "--target-lang", "pt", "--source", "../../en.txt", "pt.txt"];
    assert_eq!(run(&[&["baseline", "update", "--reason", "x"], &check[..]].concat()), Some(0));
    assert!(folder.path().join("decisions.ndjson").exists());
    assert_eq!(run(&[&["check"], &check[..]].concat()), Some(0));
}
