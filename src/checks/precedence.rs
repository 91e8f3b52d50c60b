//! One fault gives one finding: which check speaks where two see the same place.

use std::collections::BTreeMap;

use crate::model::{Finding, Place};

/// The first speaks, the second is silent where their places overlap on one side of one document.
pub static PRECEDENCE: &[(&str, &str)] = &[
    ("mojibake", "mixed-script"),
    ("mojibake", "misspelling"),
    ("mojibake", "source-residue"),
    ("mojibake", "invisible-character"),
    ("mojibake", "run-together"),
    ("mojibake", "doubled-punctuation"),
    ("mojibake", "spacing"),
    ("mojibake", "misspelt-name"),
    ("mojibake", "stray-capital"),
    ("mojibake", "detached-hyphen"),
    ("mojibake", "collapsed-dash"),
    ("mojibake", "unbalanced-quotation"),
    ("replacement-character", "misspelling"),
    ("replacement-character", "source-residue"),
    ("replacement-character", "mixed-script"),
    ("replacement-character", "run-together"),
    ("replacement-character", "spacing"),
    ("replacement-character", "misspelt-name"),
    ("markup-residue", "spacing"),
    ("markup-residue", "doubled-punctuation"),
    ("markup-residue", "run-together"),
    ("markup-residue", "misspelling"),
    ("markup-residue", "source-residue"),
    ("markup-residue", "unbalanced-quotation"),
    ("markup-residue", "doubled-word"),
    ("repetition", "doubled-word"),
    ("repetition", "function-word"),
    ("repetition", "agreement"),
    ("doubled-word", "function-word"),
    ("doubled-word", "agreement"),
    ("detached-hyphen", "spacing"),
    ("detached-hyphen", "misspelling"),
    ("detached-hyphen", "doubled-word"),
    ("detached-hyphen", "source-residue"),
    ("detached-hyphen", "agreement"),
    ("collapsed-dash", "source-residue"),
    ("collapsed-dash", "misspelling"),
    ("collapsed-dash", "misspelt-name"),
    ("run-together", "spacing"),
    ("run-together", "misspelling"),
    ("run-together", "source-residue"),
    ("run-together", "misspelt-name"),
    ("mixed-script", "misspelling"),
    ("mixed-script", "source-residue"),
    ("mixed-script", "run-together"),
    ("mixed-script", "misspelt-name"),
    ("invisible-character", "misspelling"),
    ("invisible-character", "misspelt-name"),
    ("lowercase", "misspelling"),
    ("lowercase", "source-residue"),
    ("doubled-punctuation", "spacing"),
    ("function-word", "agreement"),
    ("source-residue", "misspelling"),
];

/// Drops the findings that another one speaks for, and orders the rest by place, then check.
pub fn settle(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        (a.places.first(), a.check, &a.message).cmp(&(b.places.first(), b.check, &b.message))
    });
    findings.dedup_by(|a, b| a.check == b.check && a.places == b.places && a.message == b.message);
    let places = Places::of(&findings);
    let silent: Vec<bool> = findings.iter().map(|loser| places.silence(loser)).collect();
    let mut silent = silent.into_iter();
    findings.retain(|_| !silent.next().unwrap_or_default());
    findings
}

/// The places of each check that speaks for others.
struct Places {
    of_check: BTreeMap<&'static str, Reach>,
}

impl Places {
    fn of(findings: &[Finding]) -> Self {
        let mut places: BTreeMap<&'static str, Vec<Place>> = BTreeMap::new();
        for finding in findings {
            if PRECEDENCE.iter().any(|&(first, _)| first == finding.check) {
                places.entry(finding.check).or_default().extend(&finding.places);
            }
        }
        Self { of_check: places.into_iter().map(|(check, places)| (check, Reach::of(places))).collect() }
    }

    /// Whether another check speaks for a finding.
    fn silence(&self, loser: &Finding) -> bool {
        PRECEDENCE
            .iter()
            .filter(|&&(_, second)| second == loser.check)
            .filter_map(|(first, _)| self.of_check.get(first))
            .any(|reach| loser.places.iter().any(|&place| reach.overlaps(place)))
    }
}

/// Places in order, each with the farthest end of all in its document up to it.
struct Reach(Vec<(Place, usize)>);

impl Reach {
    fn of(mut places: Vec<Place>) -> Self {
        places.sort_unstable();
        let mut out: Vec<(Place, usize)> = Vec::with_capacity(places.len());
        for place in places {
            let before = out.last().filter(|(last, _)| same_text(*last, place)).map_or(0, |&(_, end)| end);
            out.push((place, before.max(place.span.end)));
        }
        Self(out)
    }

    fn overlaps(&self, wanted: Place) -> bool {
        // Those that start before it ends; of these the farthest end decides.
        let key = (wanted.side, wanted.document, wanted.span.end);
        let after = self.0.partition_point(|(place, _)| (place.side, place.document, place.span.start) < key);
        let last = after.checked_sub(1).and_then(|last| self.0.get(last));
        last.is_some_and(|&(place, end)| same_text(place, wanted) && wanted.span.start < end)
    }
}

fn same_text(a: Place, b: Place) -> bool {
    a.side == b.side && a.document == b.document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ErrorType, Severity, Side, Span};

    fn finding(check: &'static str, start: usize, end: usize) -> Finding {
        Finding {
            check,
            error_type: ErrorType::Spelling,
            severity: Severity::Minor,
            confidence: 0.8,
            message: check.to_owned(),
            places: vec![Place { side: Side::Target, document: 0, span: Span::new(start, end) }],
            suggestion: None,
        }
    }

    #[test]
    fn one_fault_gives_one_finding() {
        let settled =
            settle(vec![finding("mixed-script", 2, 8), finding("mojibake", 3, 6), finding("spacing", 9, 10)]);
        let checks: Vec<&str> = settled.iter().map(|finding| finding.check).collect();
        assert_eq!(checks, ["mojibake", "spacing"]);
    }

    #[test]
    fn a_long_place_is_seen_past_short_ones() {
        let settled = settle(vec![
            finding("mojibake", 0, 90),
            finding("mojibake", 10, 12),
            finding("spacing", 40, 41),
            finding("spacing", 90, 91),
        ]);
        let starts: Vec<usize> = settled.iter().map(|finding| finding.places[0].span.start).collect();
        assert_eq!(starts, [0, 10, 90]);
    }

    #[test]
    fn a_hundred_thousand_findings_are_settled_at_once() {
        let many = |check| (0..50_000).map(move |place| finding(check, place * 3, place * 3 + 2));
        let settled = settle(many("mojibake").chain(many("spacing")).collect());
        assert_eq!(settled.len(), 50_000);
    }

    #[test]
    fn the_table_has_no_circles() {
        for &(first, second) in PRECEDENCE {
            assert_ne!(first, second);
            assert!(!PRECEDENCE.contains(&(second, first)), "{first} and {second} silence each other");
        }
    }

    #[test]
    fn the_table_names_checks_of_the_catalogue() {
        for &(first, second) in PRECEDENCE {
            for name in [first, second] {
                assert!(crate::checks::find(name).is_some(), "{name} is no check");
            }
        }
    }
}
