//! The scripts behind the GitHub action and the GitLab template do what `docs/ci.md` says.
#![cfg(all(feature = "cli", unix))]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/ci").join(name)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Runs the body of the action in a folder with a source and a translation.
fn action(folder: &TempDir, inputs: &[(&str, &str)]) -> Output {
    fs::write(folder.path().join("en.txt"), "The ferry was tied up for 17 days.\n").expect("a file");
    fs::write(folder.path().join("pt.txt"), "O barco esteve parado 71 dias.\n\n::error::não\n")
        .expect("a file");
    let mut command = Command::new("bash");
    command.arg(script("action.sh")).current_dir(folder.path());
    for name in ["ARGS", "VERSION", "CONFIG", "BASELINE", "SARIF", "HTML"] {
        command.env(format!("INPUT_{name}"), "");
    }
    command.env("INPUT_ANNOTATIONS", "true").env("INPUT_SUMMARY", "true");
    command.env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"));
    command.env("GITHUB_OUTPUT", folder.path().join("output"));
    command.env("RECTO", assert_cmd::cargo::cargo_bin("recto"));
    command.envs(inputs.iter().copied());
    command.output().expect("bash runs")
}

#[test]
fn the_action_annotates_summarises_and_keeps_the_status() {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = "--source-lang\nen\n--target-lang\npt\n--source\nen.txt\npt.txt\n";
    let output =
        action(&folder, &[("INPUT_ARGS", arguments), ("INPUT_SARIF", "o.sarif"), ("INPUT_HTML", "o.html")]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(
        said.lines().all(
            |line| line.starts_with("::error file=pt.txt,") || line.starts_with("::warning file=pt.txt,")
        ),
        "{said}"
    );
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    assert!(read("summary.md").starts_with("## recto: 🛑 block"));
    assert_eq!(read("output"), "status=1\n");
    assert!(read("o.sarif").contains("number-mismatch") && read("o.html").starts_with("<!doctype html>"));
}

#[test]
fn what_the_action_is_given_is_no_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = action(&folder, &[("INPUT_ARGS", "$(touch hit)\n`touch hit`\n;touch hit")]);
    assert_eq!(output.status.code(), Some(3), "three files that are not there");
    assert!(!folder.path().join("hit").exists());
    let output = action(&folder, &[("RECTO", ""), ("INPUT_VERSION", "main; touch hit")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("hit").exists());
}

#[test]
fn a_binary_is_used_only_if_its_checksum_fits() {
    let folder = tempfile::tempdir().expect("a folder");
    let release = folder.path().join("v9.9.9");
    fs::create_dir_all(&release).expect("a folder");
    fs::write(folder.path().join("recto"), "#!/bin/sh\necho it runs\n").expect("a file");
    let targets = [
        "x86_64-unknown-linux-musl",
        "aarch64-unknown-linux-musl",
        "x86_64-apple-darwin",
        "aarch64-apple-darwin",
    ];
    let mut sums = String::new();
    for target in targets {
        let name = format!("recto-v9.9.9-{target}.tar.gz");
        let packed = Command::new("tar")
            .args(["-czf"])
            .arg(release.join(&name))
            .args(["-C"])
            .arg(folder.path())
            .arg("recto")
            .status();
        assert!(packed.expect("tar runs").success());
        let hash = Sha256::digest(fs::read(release.join(&name)).expect("an archive"));
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        sums += &hash;
        sums += "  ";
        sums += &name;
        sums.push('\n');
    }
    let install = |sums: &str, place: &str| {
        fs::write(release.join("SHA256SUMS"), sums).expect("a file");
        let base = format!("file://{}", folder.path().display());
        let arguments = [base.as_str(), "v9.9.9", place];
        let output = Command::new("bash")
            .arg(script("install.sh"))
            .args(arguments)
            .current_dir(folder.path())
            .output();
        output.expect("bash runs")
    };
    let good = install(&sums, "good");
    assert!(good.status.success(), "{}", text(&good.stderr));
    let ran =
        Command::new("sh").arg(Path::new(text(&good.stdout).trim()).join("recto")).output().expect("it runs");
    assert_eq!(text(&ran.stdout), "it runs\n");
    for wrong in [sums.replace(|digit: char| ('a'..='f').contains(&digit), "0"), String::new()] {
        let refused = install(&wrong, "bad");
        assert!(!refused.status.success() && refused.stdout.is_empty());
        assert!(!folder.path().join("bad/recto").exists(), "unpacked before it was checked");
    }
}
