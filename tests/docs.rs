//! Pages that are printed from code are current (`UPDATE=1` rewrites them), every path that a page names exists,
//! and the JSON that we write is what its schema says.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use recto::checks::{CATALOGUE, Kind};
use recto::lang::PROFILES;
use recto::model::Report;
use recto::pipeline::{Checker, Input, Text};
use recto::report::{self, json::ReportOut};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a page with what the code says, or rewrites it.
fn current(path: &str, wanted: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, wanted).expect("the page");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    let line = found.lines().zip(wanted.lines()).position(|(found, wanted)| found != wanted);
    assert!(found == wanted, "{path} is out of date from line {line:?}: UPDATE=1 cargo test --test docs");
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON") + "\n"
}

fn report_schema() -> Value {
    schemars::schema_for!(ReportOut<'static>).to_value()
}

#[test]
fn the_schema_of_reports_is_current() {
    current("docs/report.schema.json", &pretty(&report_schema()));
}

#[test]
fn the_schema_of_settings_is_current() {
    current("docs/config.schema.json", &pretty(&recto::config::schema()));
}

#[test]
fn the_page_of_checks_is_current() {
    let mut page = String::from(
        "# Checks\n\nPrinted from the catalogue. `recto explain NAME` shows the casebook of a check: what it finds, why, and \
         every example\nthat is tested.\n\nA *text* check runs on every translation; a *bitext* check needs the source; a *story* \
         check needs several accounts. The\nseverity is the usual one: a finding may be graver by what it found.\n",
    );
    let names: BTreeSet<&str> = CATALOGUE.iter().map(|card| card.name).collect();
    for name in names {
        let cards: Vec<_> = CATALOGUE.iter().filter(|card| card.name == name).collect();
        let kinds: Vec<&str> = (cards.iter())
            .map(|card| match card.kind {
                Kind::Text => "text",
                Kind::Bitext => "bitext",
                Kind::Story => "story",
            })
            .collect();
        let card = cards[0];
        let file = name.replace('-', "_");
        write!(
            page,
            "\n## [{name}](../src/checks/{file}.md)\n\n{}\n\n{} · {} · `{}`\n",
            card.summary(),
            kinds.join(", "),
            card.severity.as_str(),
            card.error_type.as_str(),
        )
        .expect("a string");
        let schema = card.schema().to_value();
        for (option, default) in card.options() {
            let about = schema["properties"][&option]["description"].as_str().unwrap_or_default();
            write!(page, "\n* `{option} = {default}`: {}", about.replace('\n', " ")).expect("a string");
        }
        if !card.options().is_empty() {
            page.push('\n');
        }
    }
    current("docs/checks.md", &page);
}

#[test]
fn the_page_of_languages_is_current() {
    let all = [
        "sentences",
        "quotes",
        "numbers",
        "units",
        "dates",
        "negation",
        "names",
        "roles",
        "function-words",
        "typography",
        "furniture",
        "grammar",
    ];
    let mut page = String::from(
        "# Languages\n\nPrinted from the profiles. Every profile proves each of its sections by examples. A check that \
         needs a section which\na language lacks abstains, and says so.\n\n| tag | language | its own name | script | lacks |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for entry in &PROFILES {
        let language = entry.language();
        let known = language.sections();
        let lacks: Vec<&str> = all.into_iter().filter(|section| !known.contains(section)).collect();
        assert!(known.iter().all(|section| all.contains(section)), "a new section: {known:?}");
        writeln!(
            page,
            "| `{}` | {} | {} | {} | {} |",
            language.tag,
            language.name,
            language.native,
            language.script,
            lacks.join(", ")
        )
        .expect("a string");
    }
    current("docs/languages.md", &page);
}

#[test]
fn reports_are_what_their_schema_says() {
    let text = |name: &str, language: &str, text: &str| Text::new(name, Some(language), text);
    let source = text("a", "en", "The fire killed 14 people in Porto on 3 May. Nobody knows why it began.");
    let target = text("b", "pt", "O incêndio matou 41 pessoas no Porto em 3 de maio. tornou -se notícia.");
    let checker = Checker::default();
    let inputs = vec![
        checker.check(Input::Text { id: "text".into(), target: target.clone() }),
        checker.check(Input::Pair { id: "pair".into(), source: source.clone(), target: target.clone() }),
        checker.check(Input::Story { id: "story".into(), accounts: vec![source, target] }),
        checker.check(Input::Unreadable { id: "none".into(), error: "none: no such file".into() }),
    ];
    assert!(inputs.iter().any(|input| !input.findings.is_empty()), "nothing to validate");
    let mut out = Vec::new();
    report::find("json").expect("a format").write(&Report { inputs }, &mut out).expect("memory");
    let mut value: Value = serde_json::from_slice(&out).expect("JSON");
    let schema = jsonschema::validator_for(&report_schema()).expect("a schema");
    let errors: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    value["inputs"][0]["findings"][0]["places"][0]["line"] = "first".into();
    assert!(!schema.is_valid(&value), "the schema accepts anything");
}

#[test]
fn effective_settings_are_what_their_schema_says() {
    let settings = recto::config::Settings::default().effective();
    let schema = jsonschema::validator_for(&recto::config::schema()).expect("a schema");
    let mut value = serde_json::to_value(&settings).expect("JSON");
    let errors: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    value["checks"]["omision"] = serde_json::json!({});
    assert!(!schema.is_valid(&value), "the schema accepts any check");
}

#[test]
fn paths_that_pages_name_exist() {
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "NOTICE"].map(|name| root().join(name)).into();
    let docs = fs::read_dir(root().join("docs")).expect("docs").map(|entry| entry.expect("an entry").path());
    pages.extend(docs.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    let (mut missing, mut seen) = (Vec::new(), 0);
    for page in pages {
        let text = fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        let folder = page.parent().expect("a folder");
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let links = links
            .filter(|link| !link.contains("://"))
            .map(|link| folder.join(link.split('#').next().unwrap_or_default()));
        let quoted =
            text.split('`').skip(1).step_by(2).filter(|words| is_path(words)).map(|path| root().join(path));
        for path in links.chain(quoted) {
            seen += 1;
            if !path.exists() {
                missing.push(format!("{}: {}", page.display(), path.display()));
            }
        }
    }
    assert!(seen > 40, "the pages name {seen} paths");
    assert!(missing.is_empty(), "named and not there:\n{}", missing.join("\n"));
}

/// Whether words between back quotes are a path from the root of the repository.
fn is_path(words: &str) -> bool {
    let tops = ["src/", "tests/", "docs/", "corpora/", "tools/", "benches/", "examples/", ".ci/"];
    tops.iter().any(|top| words.starts_with(top)) && !words.contains(['<', '*', ' ', '\n', '{'])
}
