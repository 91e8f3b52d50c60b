//! A report in ready sentences, which a content-management system shows as they are.

use crate::model::{Finding, InputReport, Severity, Side, Verdict};
use crate::report::places::Places;

/// Why it may not be published, and what to look at. There are errors where the verdict is block, and only there.
pub(super) fn sentences(input: &InputReport) -> (Vec<String>, Vec<String>) {
    let places = Places::new(input);
    let told = |finding: &Finding| sentence(finding, &places);
    let grave = input.findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Neutral);
    let blocks = |finding: &&Finding| {
        // Thresholds block too: then the gravest findings are why.
        input.verdict == Some(Verdict::Block)
            && finding.severity == grave
            && finding.severity > Severity::Neutral
    };
    let mut errors: Vec<String> = input.findings.iter().filter(blocks).map(told).collect();
    let mut warnings: Vec<String> = (input.findings.iter())
        .filter(|finding| finding.severity > Severity::Neutral && !blocks(finding))
        .map(told)
        .collect();
    let unchecked = input.abstentions.iter().map(|one| format!("not checked: {}: {}", one.check, one.reason));
    warnings.extend(unchecked);
    if input.verdict == Some(Verdict::Block) && errors.is_empty() {
        errors.push("blocked by the settings of the gate".to_owned());
    }
    (errors, warnings)
}

fn sentence(finding: &Finding, places: &Places<'_>) -> String {
    let located = places.finding(finding);
    let main = located.iter().find(|place| place.side != Side::Source).or(located.first());
    let place = main.map(|place| format!(", line {}", place.start.line)).unwrap_or_default();
    let sure = finding.confidence * 100.0;
    format!("{}: {} ({}, {sure:.0} % sure{place})", finding.check, finding.message, finding.severity.as_str())
}
