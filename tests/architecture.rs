//! Who may import whom. A row is a decision: `docs/architecture.md` says why.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module of the library, and the modules that it may name.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    // Knowledge. A language's profile holds measures and dates in the words of the model.
    ("lang", &["model"]),
    ("names", &["lang"]),
    // The nouns. A document is in a language.
    ("model", &["lang"]),
    // The stages: never each other, but that checks read quantities out of a passage as `mentions` does.
    ("read", &["lang", "model", "pipeline"]),
    ("segment", &["lang", "model"]),
    ("mentions", &["lang", "model", "names"]),
    ("align", &["lang", "model", "names"]),
    // A name that another account gave away is read with its title.
    ("entities", &["lang", "mentions", "model", "names"]),
    // What is learnt from texts is knowledge of languages.
    ("learn", &["lang"]),
    // What the newsroom knows: learnt from stories, asked by checks.
    ("ledger", &["lang", "model", "names"]),
    ("checks", &["lang", "ledger", "mentions", "model", "names"]),
    ("score", &["model"]),
    // A report says what a check is for, which finding is which, and who is named on both sides.
    ("decisions", &["lang", "model"]),
    ("report", &["checks", "decisions", "entities", "lang", "model"]),
    // Who puts them together.
    // Its tests run the pipeline.
    ("fix", &["model", "pipeline"]),
    // Counts and answers of many reports, put together.
    ("archive", &["entities", "ledger", "model", "report"]),
    ("settle", &["checks", "decisions", "model", "pipeline", "report"]),
    // The gate: what the command line does for files, for requests.
    ("serve", &["checks", "decisions", "lang", "model", "pipeline", "read", "report", "settle"]),
    ("rules", &["checks", "model", "score"]),
    ("config", &["checks", "lang", "model", "pipeline", "rules", "score"]),
    (
        "pipeline",
        &["align", "checks", "entities", "lang", "ledger", "mentions", "model", "rules", "score", "segment"],
    ),
];

#[test]
fn modules_import_what_the_table_allows() {
    let mut problems = Vec::new();
    for (module, paths) in modules() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else {
            problems.push(format!("src/{module} is not in the table"));
            continue;
        };
        for path in paths {
            for name in imports(&fs::read_to_string(&path).expect("a module")) {
                if name != module && !allowed.contains(&name.as_str()) {
                    problems.push(format!("{} imports {name}", path.display()));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_table_names_modules_that_exist() {
    let modules = modules();
    for (name, allowed) in MAY_IMPORT {
        for name in allowed.iter().chain([name]) {
            assert!(modules.contains_key(*name), "there is no module {name}");
        }
    }
}

#[test]
fn the_command_line_uses_the_library_from_outside() {
    for path in sources(&root().join("src/cli")) {
        let text = fs::read_to_string(&path).expect("a module");
        let own = ["cli"];
        for name in imports(&text) {
            assert!(own.contains(&name.as_str()), "{} imports crate::{name}", path.display());
        }
    }
}

#[test]
fn imports_are_read_in_every_form() {
    let text = "use crate::{align, lang::{self, words}};\nuse crate::model::Span;\n// crate::no\nfn f() { crate::score::g() }\n";
    let names: Vec<String> = imports(text).into_iter().collect();
    assert_eq!(names, ["align", "lang", "model", "score"]);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every module of the library with its files.
fn modules() -> BTreeMap<String, Vec<PathBuf>> {
    let mut modules: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(root().join("src")).expect("src") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if ["main", "lib", "cli"].contains(&name.as_str()) {
            continue;
        }
        modules.entry(name).or_default().extend(sources(&path));
    }
    modules
}

fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path());
    let rust = |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|extension| extension == "rs");
    entries.filter(rust).flat_map(|path| sources(&path)).collect()
}

/// The first name after every `crate::`, comments aside.
fn imports(text: &str) -> BTreeSet<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut names = BTreeSet::new();
    for part in code.split("crate::").skip(1) {
        let Some(list) = part.strip_prefix('{') else {
            names.extend(name(part));
            continue;
        };
        let mut depth = 0;
        let mut item = String::new();
        for character in list.chars() {
            match character {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => names.extend(name(&std::mem::take(&mut item))),
                other if depth == 0 => item.push(other),
                _ => {}
            }
        }
        names.extend(name(&item));
    }
    names
}

/// The name that a path begins with; a type or macro at the root of the crate is none.
fn name(path: &str) -> Option<String> {
    let word: String = path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    word.starts_with(|c: char| c.is_lowercase()).then_some(word)
}
