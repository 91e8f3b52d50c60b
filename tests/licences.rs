//! What the binary is made of may be given away with it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences that we accept in what users get.
const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unlicense",
    "BSL-1.0",
    "MPL-2.0",
    "CC0-1.0",
    "0BSD",
];

#[test]
fn every_crate_in_the_binary_has_an_accepted_licence() {
    let host = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let host = String::from_utf8(host.stdout).expect("text");
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages: BTreeMap<&str, &Value> = (metadata["packages"].as_array().expect("packages").iter())
        .map(|package| (package["id"].as_str().expect("an id"), package))
        .collect();
    let nodes: BTreeMap<&str, &Value> = (metadata["resolve"]["nodes"].as_array().expect("nodes").iter())
        .map(|node| (node["id"].as_str().expect("an id"), node))
        .collect();
    let mut open = vec![metadata["resolve"]["root"].as_str().expect("a root")];
    let (mut seen, mut refused) = (BTreeSet::new(), Vec::new());
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let (name, licence) = (&packages[id]["name"], packages[id]["license"].as_str());
        if !licence.is_some_and(accepted) {
            refused.push(format!("{name}: {licence:?}"));
        }
        for dependency in nodes[id]["deps"].as_array().expect("dependencies") {
            let mut kinds = dependency["dep_kinds"].as_array().expect("kinds").iter();
            if kinds.any(|kind| kind["kind"] != "dev") {
                open.push(dependency["pkg"].as_str().expect("an id"));
            }
        }
    }
    assert!(seen.len() > 20, "the dependencies were not read");
    assert!(refused.is_empty(), "not accepted:\n{}", refused.join("\n"));
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    assert!(accepted("MIT OR GPL-3.0-only") && accepted("MIT/Apache-2.0"));
    assert!(accepted("(MIT OR GPL-2.0) AND Unicode-3.0") && accepted("Apache-2.0 WITH LLVM-exception"));
    assert!(!accepted("MIT AND GPL-3.0-only") && !accepted("GPL-3.0-only") && !accepted(""));
}

/// Whether one of the choices that an SPDX expression leaves is made of accepted licences alone.
fn accepted(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    let mut at = 0;
    let value = any(&words, &mut at);
    value && at == words.len()
}

fn any(words: &[&str], at: &mut usize) -> bool {
    let mut value = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        value |= all(words, at);
    }
    value
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut value = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        value &= one(words, at);
    }
    value
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let value = any(words, at);
        *at += 1;
        return value;
    }
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    ALLOWED.contains(word)
}
