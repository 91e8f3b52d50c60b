//! Transcripts: command, output, exit code. `TRYCMD=overwrite cargo test --test cli` rewrites them; put `[..]` back where
//! a figure may change. The README is one of them.
#![cfg(feature = "cli")]

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
