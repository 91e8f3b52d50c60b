//! The examples run: each against the gate that this build makes. What a machine lacks for one of them is said, and that one
//! is skipped.
#![cfg(all(feature = "cli", feature = "serve", unix))]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// Runs a program in the folder of an example; none where the program is not there.
#[expect(clippy::print_stderr, reason = "what is skipped is said")]
fn run(example: &str, program: &str, arguments: &[&str]) -> Option<Output> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder(example))
        .env("RECTO", assert_cmd::cargo::cargo_bin("recto"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output();
    if output.is_err() {
        eprintln!("SKIPPED: {example}: there is no {program} here");
    }
    output.ok()
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn every_example_says_what_it_is() {
    for name in ["superdesk", "wordpress", "webhook", "systemd", "container"] {
        let page = fs::read_to_string(folder(name).join("README.md")).expect("a README");
        assert!(page.contains("```sh") && page.lines().count() > 8, "{name}");
    }
}

#[test]
fn superdesk_publishes_nothing_that_the_gate_blocks() {
    let Some(output) = run("superdesk", "python3", &["-m", "unittest"]) else { return };
    assert!(output.status.success() && told(&output).contains("Ran 5 tests"), "{}", told(&output));
}

#[test]
fn the_webhook_receiver_pairs_and_asks() {
    let Some(output) = run("webhook", "python3", &["-m", "unittest"]) else { return };
    assert!(output.status.success() && told(&output).contains("Ran 2 tests"), "{}", told(&output));
}

#[test]
fn wordpress_shows_what_the_gate_says() {
    let Some(output) = run("wordpress", "php", &["test.php"]) else { return };
    let told = told(&output);
    assert!(output.status.success() && told.matches("ok     ").count() == 6, "{told}");
}

#[test]
fn systemd_understands_the_unit() {
    let unit = fs::read_to_string(folder("systemd").join("recto.service")).expect("the unit");
    let binary = assert_cmd::cargo::cargo_bin("recto");
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("recto.service");
    let unit_here = unit.replace("/usr/local/bin/recto", &binary.display().to_string());
    fs::write(&file, unit_here).expect("a file");
    if let Some(output) =
        run("systemd", "systemd-analyze", &["verify", "--man=no", &file.display().to_string()])
    {
        assert!(output.status.success() && told(&output).trim().is_empty(), "{}", told(&output));
    }
    let line = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).expect("a command");
    arguments_are_known(line.split(' ').skip(1));
}

#[test]
fn the_container_is_made_of_what_is_there() {
    let file = fs::read_to_string(folder("container").join("Containerfile")).expect("the file");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for line in file.lines().filter(|line| line.starts_with("COPY ") && !line.contains("--from")) {
        let paths: Vec<&str> = line.split(' ').skip(1).collect();
        for path in &paths[..paths.len() - 1] {
            assert!(root.join(path).exists(), "{path}");
        }
    }
    let list = |name: &str| -> Vec<String> {
        let line = file.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
        serde_json::from_str(line).expect("a list")
    };
    let (entry, command) = (list("ENTRYPOINT "), list("CMD "));
    arguments_are_known(entry.iter().chain(&command).skip(1).map(String::as_str));
    // Where it can be built, by hand: podman build -f examples/container/Containerfile .
}

/// Whether `recto` has the options of a command line.
fn arguments_are_known<'a>(arguments: impl Iterator<Item = &'a str>) {
    let help = Command::new(assert_cmd::cargo::cargo_bin("recto")).args(["serve", "--help"]).output();
    let help = String::from_utf8(help.expect("the binary").stdout).expect("text");
    let mut seen = 0;
    for option in arguments.filter(|argument| argument.starts_with("--")) {
        assert!(help.contains(&format!("{option} ")), "no {option}");
        seen += 1;
    }
    assert!(seen >= 4, "the options were not read");
}
