//! Typography and grammar of every profile: each example gives one finding on its faulty part, each refusal none.

use recto::lang::{PROFILES, agreement};
use recto::model::{Finding, Span};
use recto::pipeline::{Checker, Input, Text};

/// The checks that rest on these two sections.
const CHECKS: &[&str] = &[
    "agreement",
    "collapsed-dash",
    "detached-hyphen",
    "doubled-punctuation",
    "doubled-word",
    "function-word",
    "repetition",
    "run-together",
    "spacing",
    "stray-capital",
];

fn findings(checker: &Checker, tag: &str, text: &str) -> Vec<Finding> {
    let target = Text::new("proof", Some(tag), text);
    let mut report = checker.check(Input::Text { id: "proof".to_owned(), target });
    report.findings.retain(|finding| CHECKS.contains(&finding.check));
    report.findings
}

#[test]
fn typography_and_grammar_find_their_faults_and_nothing_else() {
    let checker = Checker::default();
    let mut problems = Vec::new();
    for entry in &PROFILES {
        let language = entry.language();
        let typography = language.typography.iter().map(|part| (&part.proof, &part.refuse));
        let grammar = language.grammar.iter().map(|part| (&part.proof, &part.refuse));
        let owned = |text: &&str| (*text).to_owned();
        let distant = agreement::of(language).map(|known| {
            let faults = known.faults.iter().map(|(text, fault)| (owned(text), owned(fault))).collect();
            (faults, known.fine.iter().map(owned).collect())
        });
        let (faults, fine): (Vec<(String, String)>, Vec<String>) = distant.unwrap_or_default();
        for (proof, refuse) in typography.chain(grammar).chain([(&faults, &fine)]) {
            for (text, fault) in proof {
                let Some(start) = text.find(fault.as_str()) else {
                    problems.push(format!("{}: “{text}” does not hold “{fault}”", entry.tag));
                    continue;
                };
                let span = Span::new(start, start + fault.len());
                let found = findings(&checker, entry.tag, text);
                let hits = found.iter().filter(|finding| finding.places[0].span.overlaps(span)).count();
                if hits != 1 || found.len() != 1 {
                    let said: Vec<_> =
                        found.iter().map(|finding| (finding.check, &finding.message)).collect();
                    problems
                        .push(format!("{}: “{text}”: one finding on “{fault}” wanted, {said:?}", entry.tag));
                }
            }
            for text in refuse {
                for finding in findings(&checker, entry.tag, text) {
                    problems.push(format!("{}: “{text}”: {}: {}", entry.tag, finding.check, finding.message));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
