//! The examples of docs/archive.md, run as they stand there: each makes what one run makes. Where a machine has no GNU
//! parallel or Snakemake it is said, and that one is skipped. Slurm's part is played by the test: it sets what Slurm sets.
#![cfg(all(feature = "cli", unix))]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Pairs of which one is blocked and one is no record.
fn archive() -> String {
    let mut lines = String::new();
    for nth in 0..30 {
        let target = if nth == 7 { 71 } else { 17 };
        let _ = writeln!(
            lines,
            "{{\"id\":\"quay/{nth}\",\"source_lang\":\"en\",\"target_lang\":\"pt\",\"source\":\"Berth {nth} was shut for 17 days.\",\
             \"target\":\"O cais {nth} esteve fechado {target} dias.\"}}"
        );
        if nth == 11 {
            lines.push_str("{\"id\":\"quay/broken\",\"target\":\n");
        }
    }
    lines
}

/// The first block of code under a heading of the page.
fn example(heading: &str) -> String {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/archive.md"))
        .expect("it is there");
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).expect("a heading");
    let (_, code) = section.split_once("```").expect("a block");
    let (_, code) = code.split_once('\n').expect("its first line");
    code.split_once("```").expect("its end").0.to_owned()
}

/// The same with another number, which must be in it.
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not in {text}");
    text.replace(from, to)
}

/// A folder with the archive, and a shell in it that finds this build's binary.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("archive.jsonl"), archive()).expect("a file");
        Self(folder)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        let own = Path::new(env!("CARGO_BIN_EXE_recto")).parent().expect("a folder").to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path =
            std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&path))).expect("a path");
        command.args(arguments).current_dir(self.0.path()).env("PATH", path).env("HOME", self.0.path());
        command
    }

    fn shell(&self, script: &str) -> Output {
        self.command("bash", &["-c", script]).output().expect("a shell")
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Whether a program answers; says so where not.
    #[expect(clippy::print_stdout, reason = "what is skipped is said in the log of the tests")]
    fn has(&self, program: &str) -> bool {
        let there =
            self.command(program, &["--version"]).output().is_ok_and(|output| output.status.success());
        if !there {
            println!("SKIPPED: there is no {program} here");
        }
        there
    }

    /// What one run makes.
    fn one_run(&self, arguments: &str) -> String {
        let output = self.shell(&format!("recto check {arguments} --to jsonl -q"));
        assert_eq!(output.status.code(), Some(3), "one record is none: {}", told(&output));
        let answers = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(answers.lines().count(), 31);
        assert!(answers.contains("\"block\"") && answers.contains("\"pass\""));
        answers
    }
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn gnu_parallel() {
    let place = Place::new();
    if !place.has("parallel") {
        return;
    }
    let script = with(&example("GNU parallel"), "{1..8}", "{1..3}");
    let output = place.shell(&with(&script, "{}/8", "{}/3"));
    assert_eq!(place.read("answers.jsonl"), place.one_run("archive.jsonl"), "{}", told(&output));
    assert!(place.read("part-2.cells").contains("\"inputs\""));

    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/archive.md"))
        .expect("it is there");
    let pipe =
        page.lines().find_map(|line| line.split('`').find(|code| code.starts_with("parallel --pipepart")));
    let output = place.shell(&with(pipe.expect("the pipe"), "--block 64M", "--block 2k"));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        place.one_run("archive.jsonl --records"),
        "{}",
        told(&output)
    );
}

#[test]
fn slurm() {
    let place = Place::new();
    let packed =
        ruzstd::encoding::compress_to_vec(archive().as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    fs::write(place.0.path().join("archive.jsonl.zst"), packed).expect("a file");
    let script = with(&example("Slurm"), "/256", "/3");
    fs::write(place.0.path().join("array.sh"), script).expect("a file");
    let task = |nth: usize| {
        let output = place
            .command("sh", &["array.sh"])
            .env("SLURM_SUBMIT_DIR", place.0.path())
            .env("SLURM_CPUS_PER_TASK", "1")
            .env("SLURM_ARRAY_TASK_ID", nth.to_string())
            .output()
            .expect("a shell");
        assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{}", told(&output));
    };
    (1..=3).for_each(task);
    // One that was killed in the middle of a line goes on where it stopped.
    let part = place.read("part-2.jsonl");
    fs::write(place.0.path().join("part-2.jsonl"), part.get(..part.len() / 2).expect("half"))
        .expect("a file");
    task(2);
    assert_eq!(place.read("part-2.jsonl"), part);
    let output = place.shell("recto merge --order archive.jsonl.zst part-*.jsonl > answers.jsonl");
    assert_eq!(place.read("answers.jsonl"), place.one_run("archive.jsonl.zst"), "{}", told(&output));
}

#[test]
fn snakemake() {
    let place = Place::new();
    let program = std::env::var_os("RECTO_SNAKEMAKE").unwrap_or_else(|| "snakemake".into());
    let program = program.to_string_lossy();
    if !place.has(&program) {
        return;
    }
    let rules = with(&example("Snakemake"), "range(1, 17)", "range(1, 4)");
    fs::write(place.0.path().join("Snakefile"), with(&rules, "}/16", "}/3")).expect("a file");
    let output = place.command(&program, &["--cores", "2"]).output().expect("it runs");
    assert!(output.status.success(), "{}", told(&output));
    assert_eq!(place.read("answers.jsonl"), place.one_run("archive.jsonl"), "{}", told(&output));
}
