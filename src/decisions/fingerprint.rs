//! Fingerprints: one for one fault in one wording, wherever it moves in the text.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{document_of, quote};
use crate::model::{Finding, InputReport};

/// One fingerprint an open finding, in order: 16 hexadecimal digits of the hash of check, document and the words
/// quoted on each side; with `.2`, `.3` … where one input has the same fault again. Findings that a
/// decision covers are counted too, so that deciding one changes no other.
pub fn of(input: &InputReport) -> Vec<String> {
    let all = all(input);
    let open = all.iter().filter(|(_, accepted)| !accepted);
    open.map(|(print, _)| print.clone()).collect()
}

/// One fingerprint a finding that a decision covers, in order.
pub fn of_accepted(input: &InputReport) -> Vec<String> {
    all(input).into_iter().filter_map(|(print, accepted)| accepted.then_some(print)).collect()
}

/// Every finding's, as they stood before any was accepted, and whether it was.
fn all(input: &InputReport) -> Vec<(String, bool)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let (mut open, mut accepted) = (input.findings.iter(), input.accepted.iter().peekable());
    let count = input.findings.len() + input.accepted.len();
    (0..count)
        .filter_map(|index| {
            let covered = accepted.next_if(|accepted| accepted.index == index);
            let finding = covered.map(|accepted| &accepted.finding).or_else(|| open.next())?;
            let print = print(finding, input);
            let count = seen.entry(print.clone()).and_modify(|count| *count += 1).or_insert(1);
            let print = if *count == 1 { print } else { format!("{print}.{count}") };
            Some((print, covered.is_some()))
        })
        .collect()
}

fn print(finding: &Finding, input: &InputReport) -> String {
    let mut hash = Sha256::new();
    hash.update(finding.check);
    hash.update([0]);
    // Two translations may lack the same passage.
    hash.update(document_of(finding, input).unwrap_or_default());
    for place in &finding.places {
        let Some(document) = input.subject.document(place) else { continue };
        hash.update([0]);
        hash.update(&document.name);
        hash.update([1]);
        hash.update(quote(document.excerpt(place.span)));
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
