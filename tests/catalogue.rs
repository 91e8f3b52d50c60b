//! Tables in the code and files on disk agree; names are unique; languages are data.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use recto::checks::{CATALOGUE, PRECEDENCE, find};
use recto::lang::{OTHERS, PROFILES};
use recto::report::WRITERS;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Stems of the files with an extension in a folder.
fn stems(folder: &str, extension: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|own| own == extension))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect()
}

#[test]
fn every_casebook_is_in_the_catalogue_and_every_check_has_one() {
    let listed: BTreeSet<String> = CATALOGUE.iter().map(|card| card.name.replace('-', "_")).collect();
    assert_eq!(listed, stems("src/checks", "md"));
    let code = stems("src/checks", "rs");
    assert!(listed.is_subset(&code), "no code: {:?}", listed.difference(&code));
}

#[test]
fn a_card_holds_the_page_beside_its_code() {
    for card in CATALOGUE {
        let path = root().join("src/checks").join(card.name.replace('-', "_"));
        let page = fs::read_to_string(path.with_extension("md")).expect("a casebook");
        assert_eq!(card.casebook, page, "{}", card.name);
        assert_eq!(page.lines().next(), Some(format!("# {}", card.name).as_str()));
        let summary = card.summary();
        assert!(summary.ends_with('.') && summary.len() > 20, "{}: {summary}", card.name);
        let code = fs::read_to_string(path.with_extension("rs")).expect("the code");
        assert!(code.contains(&format!("NAME: &'static str = \"{}\"", card.name)), "{}", card.name);
    }
}

#[test]
fn names_are_unique_for_a_kind_and_in_order() {
    let all: Vec<_> = CATALOGUE.iter().map(|card| (card.name, card.kind)).collect();
    assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
    for (name, _) in all {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
    }
}

#[test]
fn cards_of_one_name_say_the_same() {
    for pair in CATALOGUE.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        assert_eq!(pair[0].error_type, pair[1].error_type);
        assert_eq!(pair[0].severity, pair[1].severity);
        assert_eq!(pair[0].options(), pair[1].options());
    }
}

#[test]
fn precedence_names_checks_and_has_no_circle() {
    for (first, second) in PRECEDENCE {
        for name in [first, second] {
            assert!(find(name).is_some(), "there is no check {name}");
        }
        let (mut open, mut seen) = (vec![*second], BTreeSet::new());
        while let Some(name) = open.pop() {
            assert_ne!(name, *first, "{first} and {second} silence each other");
            if seen.insert(name) {
                open.extend(PRECEDENCE.iter().filter(|(winner, _)| *winner == name).map(|(_, loser)| *loser));
            }
        }
    }
}

#[test]
fn every_profile_on_disk_is_a_language() {
    let listed: BTreeSet<String> = PROFILES.iter().map(|entry| entry.tag.to_owned()).collect();
    assert_eq!(listed, stems("src/lang/profiles", "toml"));
    for other in &OTHERS {
        assert!(!listed.contains(other.tag), "{} has a profile and is called unprofiled", other.tag);
    }
    let named = OTHERS
        .iter()
        .filter(|other| recto::lang::find(other.tag).is_some_and(|language| language.names.is_some()));
    let named: BTreeSet<String> = named.map(|other| other.tag.to_owned()).collect();
    assert_eq!(named, stems("src/lang/profiles/names", "toml"));
}

#[test]
fn formats_have_names_of_their_own() {
    let names: BTreeSet<&str> = WRITERS.iter().map(|writer| writer.name()).collect();
    assert_eq!(names.len(), WRITERS.len());
}

/// Where code may name a language: file, what the line holds, why.
const NAMED: &[(&str, &str, &str)] = &[
    ("src/lang/mod.rs", "\"tr\" | \"az\"", "the casing of ı is Unicode's own special case"),
    ("src/entities/mod.rs", "language.tag == \"en\"", "reports are in English and prefer names in it"),
    ("src/checks/source_residue.rs", "primary() == \"en\"", "English is the pivot of machine translation"),
];

#[test]
fn what_is_special_about_a_language_is_in_its_profile() {
    let mut problems = Vec::new();
    for path in files(&root().join("src")) {
        let name = path.strip_prefix(root()).expect("inside").to_string_lossy().replace('\\', "/");
        let code = fs::read_to_string(&path).expect("a module");
        for (number, line) in code.lines().enumerate() {
            if line.trim_start().starts_with("#[cfg(test)]") {
                break;
            }
            let allowed = NAMED.iter().any(|(file, holds, _)| *file == name && line.contains(holds));
            if names_a_language(line) && !allowed {
                problems.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(problems.is_empty(), "language knowledge belongs into profiles:\n{}", problems.join("\n"));
}

/// Whether a line asks a tag for one language.
fn names_a_language(line: &str) -> bool {
    let asks = ["tag == \"", "tag != \"", "primary() == \"", "primary() != \"", "as_str() == \""];
    let compared = asks.iter().any(|ask| {
        line.split(ask).skip(1).any(|rest| {
            let tag = rest.split('"').next().unwrap_or_default();
            tag != "und" && recto::lang::find(tag).is_some()
        })
    });
    compared
        || (line.contains("matches!(")
            && ["primary()", "tag"].iter().any(|word| line.contains(word))
            && line.contains(", \""))
}

#[test]
fn the_search_for_named_languages_sees_them() {
    assert!(names_a_language("if language.tag == \"vi\" {"));
    assert!(names_a_language("matches!(self.primary(), \"tr\" | \"az\")"));
    assert!(!names_a_language("if language.tag == \"und\" {"));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push(path);
        }
    }
    all.sort();
    all
}
