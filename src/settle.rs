//! What people decided, taken off a report, which is then judged anew: comments in the text first, then decisions.

use crate::checks;
use crate::decisions::{Baseline, comments};
use crate::model::{Finding, InputReport, Side};
use crate::pipeline::Checker;
use crate::report::places::Places;

/// Leaves out what comments in the text and decisions cover, and judges what is left.
pub fn settle(checker: &Checker, input: &mut InputReport, baseline: Option<&mut Baseline>) {
    let before = input.findings.len();
    ignore(input);
    if let Some(baseline) = baseline {
        baseline.apply(input);
    }
    let overridden = input.findings.iter().any(|finding| finding.overridden.is_some());
    let complained = input.abstentions.iter().any(|one| one.check == "recto-ignore");
    if overridden || complained || input.findings.len() < before {
        checker.judge(input);
    }
}

/// Leaves out what comments in the documents cover.
fn ignore(input: &mut InputReport) {
    let documents = input.subject.documents();
    let found: Vec<_> = documents.iter().map(|document| comments::of(document)).collect();
    if found.iter().all(|(ignores, wrong)| ignores.is_empty() && wrong.is_empty()) {
        return;
    }
    let lines: Vec<Option<(usize, usize)>> = {
        let places = Places::new(input);
        let place = |finding: &Finding| {
            // A finding is where its fault is; comments in a source say nothing about a translation.
            let places = places.finding(finding);
            let main = places.iter().find(|place| place.side != Side::Source).or(places.first())?;
            Some((main.index, main.start.line))
        };
        input.findings.iter().map(place).collect()
    };
    comments::apply(input, &found, lines, |name| checks::find(name).is_some());
}
