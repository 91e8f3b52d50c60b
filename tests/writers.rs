//! Every output format: its sample is current, and it holds what the format demands of any text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use recto::model::Report;
use recto::pipeline::{Checker, Input, Text};
use recto::report::{self, WRITERS};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

fn text(name: &str, language: &str) -> Text {
    let text = fs::read_to_string(folder().join("in").join(name)).expect("a sample");
    Text::new(name, Some(language), text)
}

/// The story in three languages, one text alone, and one that could not be read.
fn story() -> Report {
    let checker = Checker::default();
    let source = text("harbour.en.txt", "en");
    let mut inputs: Vec<_> = [("harbour.pt.txt", "pt"), ("harbour.ar.txt", "ar"), ("harbour.zh.txt", "zh")]
        .into_iter()
        .map(|(name, language)| {
            let target = text(name, language);
            checker.check(Input::Pair { id: name.into(), source: source.clone(), target })
        })
        .collect();
    inputs.push(checker.check(Input::Text { id: "alone".into(), target: text("harbour.pt.txt", "pt") }));
    inputs.push(
        checker.check(Input::Unreadable { id: "none.txt".into(), error: "none.txt: no such file".into() }),
    );
    Report { inputs }
}

fn written(format: &str, report: &Report) -> String {
    let mut out = Vec::new();
    report::find(format).expect("a format").write(report, &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

fn json(format: &str) -> Value {
    serde_json::from_str(&written(format, &story())).expect("JSON")
}

#[test]
fn samples_are_current() {
    let report = story();
    let mut old = Vec::new();
    for writer in WRITERS {
        let name = writer.name();
        let path = folder().join(name).join("harbour.out");
        let found = fs::read_to_string(&path).unwrap_or_default();
        let wanted = written(name, &report);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(&path, &wanted).expect("a sample");
        } else if found != wanted {
            old.push(name);
        }
    }
    assert!(old.is_empty(), "out of date: {old:?}: UPDATE=1 cargo test --test writers");
}

/// What a runner would carry out: `::name` at the start of a line after blanks, or `##[` anywhere.
fn commands(text: &str) -> Vec<&str> {
    let starts = text.lines().filter(|line| line.trim_start().starts_with("::"));
    starts.chain(text.lines().filter(|line| line.contains("##["))).collect()
}

#[test]
fn an_article_gives_no_commands_to_a_runner() {
    let source = folder().join("in/harbour.pt.txt");
    assert_eq!(commands(&fs::read_to_string(source).expect("a sample")).len(), 2, "the article tries");
    let report = story();
    for writer in WRITERS.iter().filter(|writer| writer.name() != "github") {
        let text = written(writer.name(), &report);
        assert_eq!(commands(&text), Vec::<&str>::new(), "{}", writer.name());
    }
    for line in written("github", &report).lines() {
        let kind = ["::error ", "::warning ", "::notice "].iter().find(|kind| line.starts_with(**kind));
        assert!(kind.is_some(), "{line}");
    }
}

#[test]
fn workflow_commands_begin_with_the_gravest_and_count_the_rest() {
    let mut report = story();
    let all: Vec<_> = report.inputs[0].findings.clone();
    for _ in 0..8 {
        report.inputs[0].findings.extend(all.iter().cloned());
    }
    let text = written("github", &report);
    let errors: Vec<&str> = text.lines().filter(|line| line.starts_with("::error ")).collect();
    assert_eq!(errors.len(), 10);
    assert!(errors[0].contains("not read") && errors[1].contains("title=critical"), "{}", errors[1]);
    let count = report.inputs.iter().flat_map(|input| &input.findings);
    let count = count.filter(|finding| finding.severity >= recto::model::Severity::Major).count() + 1;
    assert!(errors[9].contains(&format!("and {} more", count - 9)), "{}", errors[9]);
    assert!(text.lines().filter(|line| line.starts_with("::warning ")).count() <= 10);
}

#[test]
fn sarif_says_what_code_scanning_needs() {
    let log = json("sarif");
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().expect("runs");
    let ids: BTreeSet<&str> =
        runs.iter().map(|run| run["automationDetails"]["id"].as_str().expect("an id")).collect();
    assert_eq!(ids, BTreeSet::from(["recto/en-ar/", "recto/en-pt/", "recto/en-zh/", "recto/pt/"]));
    let mut related = 0;
    for run in runs {
        let mut prints = BTreeSet::new();
        assert_eq!(run["columnKind"], "utf16CodeUnits");
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        for rule in rules {
            for field in ["shortDescription", "fullDescription", "help"] {
                let text = rule[field]["text"].as_str().unwrap_or_default();
                assert!(!text.is_empty() && text.len() <= 4096, "{field} of {}", rule["id"]);
            }
        }
        for result in run["results"].as_array().expect("results") {
            let index = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(!result["message"]["text"].as_str().expect("a message").is_empty());
            let print = result["partialFingerprints"]["primaryLocationLineHash"].as_str().expect("a print");
            assert!(prints.insert(print.to_owned()), "{print} twice");
            let location = &result["locations"][0]["physicalLocation"];
            let file = location["artifactLocation"]["uri"].as_str().expect("a file");
            assert!(!file.contains("harbour.en"), "the place is in the translation");
            let region = &location["region"];
            let figure = |name: &str| region[name].as_u64().expect("a figure");
            let (start, end) =
                ((figure("startLine"), figure("startColumn")), (figure("endLine"), figure("endColumn")));
            assert!(start.0 >= 1 && start.1 >= 1 && start <= end);
            // The columns, read back as UTF-16, hold the words.
            let lines = fs::read_to_string(folder().join("in").join(file)).expect("the file");
            let line: Vec<u16> =
                lines.lines().nth(start.0 as usize - 1).unwrap_or_default().encode_utf16().collect();
            if start.0 == end.0 {
                let words = String::from_utf16(&line[start.1 as usize - 1..end.1 as usize - 1]);
                assert_eq!(words.expect("text"), region["snippet"]["text"].as_str().expect("words"));
            }
            related += result["relatedLocations"].as_array().map_or(0, Vec::len);
        }
    }
    assert!(related >= 3, "sources are related locations");
    let first = &runs[0]["invocations"][0];
    assert_eq!(first["executionSuccessful"], false);
    assert!(log.to_string().contains("\"fixes\""), "replacements are fixes");
}

#[test]
fn code_quality_entries_are_told_apart() {
    let entries = json("gitlab");
    let entries = entries.as_array().expect("an array");
    let prints: BTreeSet<&str> =
        entries.iter().map(|entry| entry["fingerprint"].as_str().expect("a print")).collect();
    assert_eq!(prints.len(), entries.len());
    for entry in entries {
        let severity = entry["severity"].as_str().expect("a severity");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(entry["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
        assert!(entry["location"]["path"].is_string() && entry["description"].is_string());
    }
}

#[test]
fn diagnostics_count_bytes() {
    let report = story();
    let mut seen = 0;
    for line in written("rdjsonl", &report).lines() {
        let diagnostic: Value = serde_json::from_str(line).expect("a line of JSON");
        let path = diagnostic["location"]["path"].as_str().expect("a path");
        let range = &diagnostic["location"]["range"];
        assert!(["ERROR", "WARNING", "INFO"].contains(&diagnostic["severity"].as_str().expect("a severity")));
        let text = fs::read_to_string(folder().join("in").join(path)).expect("the file");
        let figure = |end: &str, name: &str| range[end][name].as_u64().expect("a figure") as usize;
        if figure("start", "line") == figure("end", "line") {
            let line = text.lines().nth(figure("start", "line") - 1).unwrap_or_default();
            let words = line.get(figure("start", "column") - 1..figure("end", "column") - 1);
            assert!(words.is_some(), "{diagnostic}: in the middle of a character");
            seen += usize::from(
                diagnostic["message"].as_str().expect("a message").contains(words.unwrap_or("\0")),
            );
        }
    }
    assert!(seen >= 5, "messages quote what is at the place");
}

#[test]
fn test_cases_have_names_of_their_own() {
    let mut report = story();
    report.inputs.push(report.inputs[0].clone());
    let text = written("junit", &report);
    let names: Vec<&str> = text.lines().filter(|line| line.contains("<testcase ")).collect();
    let names: Vec<&str> =
        names.iter().map(|line| line.split(['>', '/']).next().unwrap_or_default()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    let count = |element: &str| text.matches(element).count();
    let head = text.lines().nth(1).expect("a root");
    assert!(head.contains(&format!("tests=\"{}\"", names.len())), "{head}");
    assert!(head.contains(&format!("failures=\"{}\"", count("<failure "))), "{head}");
    assert!(head.contains(&format!("errors=\"{}\"", count("<error "))), "{head}");
}

#[test]
fn ratings_have_nine_columns_and_one_span() {
    let report = story();
    let text = written("mqm", &report);
    let mut errors = 0;
    for row in text.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        assert_eq!(columns.len(), 9, "{row}");
        let marks = columns[5].matches("<v>").count() + columns[6].matches("<v>").count();
        assert_eq!(marks, usize::from(columns[8] != "no-error"), "{row}");
        assert!(["Major", "Minor", "Neutral", "no-error"].contains(&columns[8]));
        errors += usize::from(columns[8] != "no-error");
    }
    // Every finding is a row.
    assert_eq!(errors, report.inputs.iter().map(|input| input.findings.len()).sum::<usize>());
}

#[test]
fn xml_is_well_formed_whatever_the_article_holds() {
    let target = Text::new(
        "a\"<&>.txt",
        Some("en"),
        "The the ]]> <b> \u{1} \u{FFFE} & \"quote ,\" said said Mr Doe .",
    );
    let report =
        Report { inputs: vec![Checker::default().check(Input::Text { id: "a\"<&>".into(), target })] };
    assert!(!report.inputs[0].findings.is_empty());
    for format in ["junit", "checkstyle"] {
        let text = written(format, &report);
        assert!(!text.contains('\u{1}') && !text.contains('\u{FFFE}') && !text.contains("]]>"), "{text}");
        for value in text.split('"').skip(1).step_by(2) {
            assert!(!value.contains(['<', '>']), "{value}");
        }
    }
}

#[test]
fn accepted_findings_are_in_json_alone() {
    let mut report = story();
    let input = &mut report.inputs[0];
    let log = {
        let mut baseline = recto::decisions::Baseline::default();
        baseline.apply(input);
        let mut log = recto::decisions::Log::default();
        let acceptance = recto::decisions::Acceptance {
            at: "2026-03-09T08:00:00Z",
            by: Some("I. H."),
            reason: "so agreed",
            ..Default::default()
        };
        for record in baseline.update(&acceptance) {
            log.append(record).expect("JSON");
        }
        log
    };
    let before = input.findings.len();
    recto::decisions::Baseline::new(&log, "2026-03-10").apply(input);
    assert_eq!((input.findings.len(), input.accepted.len()), (0, before));
    report.inputs.truncate(1);
    assert!(written("json", &report).contains("\"reason\": \"so agreed\""));
    for format in ["sarif", "gitlab", "github", "rdjsonl", "checkstyle", "mqm"] {
        assert!(!written(format, &report).contains("71 dias”"), "{format}");
    }
}
