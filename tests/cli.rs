//! Transcripts: command, output, exit code. `TRYCMD=overwrite cargo test --test cli` rewrites them; put `[..]` back where
//! a figure may change. The README is one of them.
#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

#[test]
fn commands_print_what_their_transcripts_say() {
    trycmd::TestCases::new().case("tests/cli/*.md").case("tests/cli/*.toml").case("README.md");
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let commands: [&[&str]; 5] = [
        &["list", "checks"],
        &["config", "--effective"],
        &["man"],
        &["entities", "--to", "json", "tests/cli/check.in/harbour.en.txt"],
        &["check", "--to", "json", "tests/cli/check.in/harbour.pt.txt"],
    ];
    for arguments in commands {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("recto"))
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary");
        // Closed before anything can be written.
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
        let status = child.wait().expect("it ends");
        assert_eq!((status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn completions_know_every_command() {
    let output = Command::new(assert_cmd::cargo::cargo_bin("recto"))
        .args(["completions", "bash"])
        .output()
        .expect("the binary");
    let lines: Vec<String> =
        BufReader::new(&*output.stdout).lines().map(|line| line.expect("text")).collect();
    for command in
        ["check", "compare", "feed", "align", "entities", "names", "learn", "explain", "list", "config"]
    {
        assert!(lines.iter().any(|line| line.contains(&format!("recto,{command})"))), "{command}");
    }
}

#[test]
fn git_says_what_changed_and_whether_a_source_is_still_the_one_translated() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(identity).args(arguments).current_dir(folder.path()).output();
        let output = output.expect("git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    };
    let recto = |arguments: &[&str]| {
        let output = Command::new(assert_cmd::cargo::cargo_bin("recto"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the binary");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let ids = |said: &str| said.lines().filter(|line| line.starts_with("{\"id\"")).count();
    git(&["init", "-q"]);
    write("en/a.md", "The bridge opens on Monday.\n");
    write("en/b.md", "The museum is closed until spring.\n");
    write("pt/b.md", "O museu está fechado até à primavera.\n");
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    let first = git(&["rev-parse", "HEAD"]);
    let front = format!("---\ntranslation_of: ../en/a.md\nsource_commit: {first}\n---\n");
    write("pt/a.md", &format!("{front}A ponte abre na segunda-feira.\n"));
    git(&["add", "."]);
    git(&["commit", "-qm", "second"]);

    // The translation names its source, which is still the same.
    let (code, said) = recto(&["check", "--to", "jsonl", "pt/a.md"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("\"name\":\"pt/../en/a.md\"") && !said.contains("stale-source"), "{said}");
    let (code, said) =
        recto(&["check", "--changed-since", "HEAD", "--source-lang", "en", "--to", "jsonl", "."]);
    assert_eq!((code, ids(&said)), (Some(0), 0), "nothing changed");

    write("en/a.md", "The bridge opens on Monday. Nobody pays in the first week.\n");
    let (_, said) = recto(&["check", "--to", "jsonl", "pt/a.md"]);
    assert!(said.contains("\"check\":\"stale-source\""), "{said}");
    assert!(said.contains(&format!("of commit {}", first.get(..12).expect("a hash"))), "{said}");
    let (_, said) = recto(&["check", "--changed-since", "HEAD", "--source-lang", "en", "--to", "jsonl", "."]);
    assert_eq!(ids(&said), 1, "{said}");
    assert!(said.starts_with("{\"id\":\"./pt/a.md\""), "{said}");
    // Where nothing says what a translation was made from, it is enough that the source alone changed.
    write("en/b.md", "The museum is closed until autumn.\n");
    let (_, said) = recto(&["check", "--changed-since", "HEAD", "--source-lang", "en", "--to", "jsonl", "."]);
    assert!(said.contains("it changed since HEAD and the translation did not"), "{said}");
    let (_, said) =
        recto(&["check", "--changed-since", &first, "--source-lang", "en", "--to", "jsonl", "pt"]);
    assert_eq!(ids(&said), 0, "nothing in one folder is the translation of another: {said}");

    // A manifest may say it too, by hash.
    write(
        "pairs.ndjson",
        "{\"source\": \"en/b.md\", \"target\": \"pt/b.md\", \"source_sha256\": \"0123456789ab\"}\n",
    );
    let (_, said) = recto(&["check", "--pairs", "pairs.ndjson", "--to", "jsonl"]);
    assert!(said.contains("its SHA-256 was 0123456789ab and is "), "{said}");
    let (code, _) = recto(&["check", "--changed-since", "no-such-revision", "pt/a.md"]);
    assert_eq!(code, Some(2));
}

#[test]
fn git_merges_the_ledgers_of_two_desks() {
    let folder = tempfile::tempdir().expect("a folder");
    let binary = assert_cmd::cargo::cargo_bin("recto");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(identity).args(arguments).current_dir(folder.path()).output();
        let output = output.expect("git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let name = |article: &str, text: &str| {
        fs::write(folder.path().join(article), text).expect("a file");
        let arguments = ["entities", "--ledger", "names.json", "--date", "2026-01-02", article];
        let output = Command::new(&binary).args(arguments).current_dir(folder.path()).output();
        assert!(output.expect("the binary").status.success());
        git(&["add", "."]);
        git(&["commit", "-qm", article]);
    };
    git(&["init", "-q", "-b", "main"]);
    fs::write(folder.path().join(".gitattributes"), "names.json merge=recto\n").expect("a file");
    let driver = format!("'{}' merge %A %B > %A.new && mv %A.new %A", binary.display());
    git(&["config", "merge.recto.driver", &driver]);
    name("one.txt", "Mayor Helen Okoro opened the bridge in Lisbon. Okoro thanked the engineers.\n");
    git(&["checkout", "-qb", "night"]);
    name("two.txt", "Judge Helen Osterman closed the case in Lisbon. Osterman gave no reasons.\n");
    git(&["checkout", "-q", "main"]);
    name("three.txt", "Bishop Henrik Palme spoke in Lisbon. Palme asked for calm.\n");
    git(&["merge", "-q", "--no-edit", "night"]);
    let merged = fs::read_to_string(folder.path().join("names.json")).expect("a ledger");
    let ledger: serde_json::Value = serde_json::from_str(&merged).expect("JSON");
    assert_eq!(ledger["version"], 1);
    for person in ["Helen Okoro", "Helen Osterman", "Henrik Palme"] {
        assert!(merged.contains(person), "{person}: {merged}");
    }
    assert_eq!(merged.matches("\"name\": \"Lisbon\"").count(), 1, "one place, once: {merged}");
}
