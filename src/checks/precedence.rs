//! One fault gives one finding: which check speaks where two see the same place.

use crate::model::{Finding, Place, Severity};

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
    ("misspelt-name", "name-inconsistent"),
    ("name-translated", "name-mismatch"),
    ("name-translated", "misspelt-name"),
    ("name-mismatch", "name-inconsistent"),
    ("name-mismatch", "name-added"),
    ("name-mismatch", "name-omitted"),
    ("name-mismatch", "misspelt-name"),
    ("name-mismatch", "name-style"),
    ("name-style", "name-inconsistent"),
    ("name-style", "misspelt-name"),
    ("markup-residue", "spacing"),
    ("markup-residue", "doubled-punctuation"),
    ("markup-residue", "run-together"),
    ("markup-residue", "misspelling"),
    ("markup-residue", "source-residue"),
    ("markup-residue", "unbalanced-quotation"),
    ("markup-residue", "doubled-word"),
    ("refusal", "boilerplate"),
    ("refusal", "source-residue"),
    ("refusal", "wrong-language"),
    ("refusal", "untranslated"),
    ("refusal", "unintelligible"),
    ("refusal", "misspelling"),
    ("refusal", "function-word"),
    ("refusal", "agreement"),
    ("unintelligible", "misspelling"),
    ("unintelligible", "source-residue"),
    ("unintelligible", "function-word"),
    ("unintelligible", "agreement"),
    ("unintelligible", "lowercase"),
    ("unintelligible", "truncated"),
    ("repeated-block", "repetition"),
    ("dropped-text", "spacing"),
    ("dropped-text", "function-word"),
    ("truncated", "unbalanced-bracket"),
    ("truncated", "unbalanced-quotation"),
    ("broken-number", "spacing"),
    ("broken-number", "number-format"),
    ("broken-number", "number-mismatch"),
    ("injected-reading", "mixed-script"),
    ("injected-reading", "run-together"),
    ("injected-reading", "source-residue"),
    ("injected-reading", "markup-residue"),
    ("injected-reading", "spacing"),
    ("markup-residue", "unbalanced-bracket"),
    ("calque", "function-word"),
    ("calque", "agreement"),
    ("calque", "false-friend"),
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
    ("detached-hyphen", "collapsed-dash"),
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
    ("copied-source", "untranslated"),
    ("copied-source", "wrong-language"),
    ("copied-source", "source-residue"),
    ("copied-source", "addition"),
    ("copied-source", "omission"),
    ("copied-source", "length"),
    ("untranslated", "wrong-language"),
    ("untranslated", "source-residue"),
    ("untranslated", "addition"),
    ("untranslated", "omission"),
    ("untranslated", "length"),
    ("wrong-language", "addition"),
    ("wrong-language", "omission"),
    ("wrong-language", "length"),
    ("omission", "length"),
    ("addition", "length"),
    ("number-mismatch", "length"),
    ("scale-mismatch", "length"),
    ("scale-mismatch", "false-friend"),
    ("negation-mismatch", "meaning-reversed"),
    ("name-mismatch", "meaning-reversed"),
    ("doubled-punctuation", "punctuation-mismatch"),
    ("unbalanced-quotation", "punctuation-mismatch"),
    ("mojibake", "punctuation-mismatch"),
    ("replacement-character", "punctuation-mismatch"),
    ("markup-residue", "punctuation-mismatch"),
];

/// Checks that speak for a passage: what other checks see inside it follows from it, faults of encoding and markup
/// aside.
const PASSAGES: &[&str] = &["copied-source", "untranslated", "wrong-language"];
/// Checks of segments without a counterpart: what checks against the source see inside follows from it.
const ONE_SIDED: &[&str] = &["addition", "omission"];
/// Speaks for all checks against the source.
const NO_TRANSLATION: &str = "unrelated";
/// Faults of their own wherever they stand.
const ANYWHERE: &[&str] = &[
    "boilerplate",
    "refusal",
    "invisible-character",
    "markup-residue",
    "repetition",
    "replacement-character",
    "stale-source",
    NO_TRANSLATION,
];

/// Drops the findings that another one speaks for, and orders the rest by place, then check.
pub fn settle(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        (a.places.first(), a.check, &a.message).cmp(&(b.places.first(), b.check, &b.message))
    });
    findings.dedup_by(|a, b| a.check == b.check && a.places == b.places && a.message == b.message);
    let reach = Reach::of(&findings);
    let silent: Vec<bool> = findings
        .iter()
        .map(|loser| reach.beside(loser).any(|winner| speaks_for(&findings[winner], loser)))
        .collect();
    let mut silent = silent.into_iter();
    findings.retain(|_| !silent.next().unwrap_or_default());
    findings
}

fn speaks_for(winner: &Finding, loser: &Finding) -> bool {
    PRECEDENCE.iter().any(|&(first, second)| first == winner.check && second == loser.check)
        || speaks_within(winner, loser)
}

fn speaks_within(winner: &Finding, loser: &Finding) -> bool {
    let passage = PASSAGES.contains(&winner.check);
    // A few letters in a passage of another script are no broken encoding; a passage of broken letters is.
    if winner.check == "mojibake" && PASSAGES.contains(&loser.check) {
        return length(loser) < 3 * length(winner);
    }
    if loser.check == "mojibake" && (!passage || length(winner) < 3 * length(loser)) {
        return false;
    }
    let against_source =
        |finding: &Finding| super::find(finding.check).is_some_and(|card| card.kind == super::Kind::Bitext);
    // A plain fault explains the pair better than a guess that it is none.
    let guess = |finding: &Finding| finding.check == NO_TRANSLATION && finding.severity < Severity::Major;
    if guess(loser) && winner.severity >= Severity::Major && against_source(winner) {
        return true;
    }
    // Some words without a partner are a guess; a plain fault among them is none.
    let one_sided = ONE_SIDED.contains(&winner.check) && winner.severity >= loser.severity;
    if winner.check == loser.check || ANYWHERE.contains(&loser.check) {
        return false;
    }
    if winner.check == NO_TRANSLATION {
        return !(guess(winner) && loser.severity >= Severity::Major)
            && against_source(loser)
            && !PASSAGES.contains(&loser.check);
    }
    (passage || (one_sided && against_source(loser)))
        && !PASSAGES.contains(&loser.check)
        && !ONE_SIDED.contains(&loser.check)
        && holds(winner, loser)
}

fn length(finding: &Finding) -> usize {
    finding.places.first().map_or(0, |place| place.span.len())
}

/// Whether a place of the one lies inside a place of the other.
fn holds(outer: &Finding, inner: &Finding) -> bool {
    outer.places.iter().any(|x| {
        inner.places.iter().any(|y| x.side == y.side && x.document == y.document && x.span.contains(y.span))
    })
}

/// Places of all findings in order, each with the farthest end of all in its document up to it: what overlaps a
/// place is found without looking at the rest.
struct Reach(Vec<(Place, usize, usize)>);

impl Reach {
    fn of(findings: &[Finding]) -> Self {
        let mut places: Vec<(Place, usize)> = (findings.iter().enumerate())
            .flat_map(|(index, finding)| finding.places.iter().map(move |&place| (place, index)))
            .collect();
        places.sort_unstable();
        let mut out: Vec<(Place, usize, usize)> = Vec::with_capacity(places.len());
        for (place, index) in places {
            let before =
                out.last().filter(|(last, ..)| same_text(*last, place)).map_or(0, |&(_, _, end)| end);
            out.push((place, index, before.max(place.span.end)));
        }
        Self(out)
    }

    /// Findings with a place that overlaps one of this finding, itself among them.
    fn beside<'a>(&'a self, finding: &'a Finding) -> impl Iterator<Item = usize> + 'a {
        finding.places.iter().flat_map(move |&wanted| {
            let key = (wanted.side, wanted.document, wanted.span.end);
            let after =
                self.0.partition_point(|(place, ..)| (place.side, place.document, place.span.start) < key);
            self.0[..after]
                .iter()
                .rev()
                .take_while(move |&&(place, _, end)| same_text(place, wanted) && end > wanted.span.start)
                .filter(move |(place, ..)| place.span.overlaps(wanted.span))
                .map(|&(_, index, _)| index)
        })
    }
}

fn same_text(a: Place, b: Place) -> bool {
    a.side == b.side && a.document == b.document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ErrorType, Side, Span};

    fn finding(check: &'static str, start: usize, end: usize) -> Finding {
        Finding {
            check,
            error_type: ErrorType::Spelling,
            severity: Severity::Minor,
            confidence: 0.8,
            message: check.to_owned(),
            places: vec![Place { side: Side::Target, document: 0, span: Span::new(start, end) }],
            suggestion: None,
            overridden: None,
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
