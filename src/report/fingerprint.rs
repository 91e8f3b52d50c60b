//! Fingerprints: one for one fault in one wording, wherever it moves in the text.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::lang::text::fold;
use crate::model::{Finding, InputReport};

/// One fingerprint a finding, in order: 16 hexadecimal digits of the hash of check, document and the words
/// quoted on each side, folded; with `.2`, `.3` … where one input has the same fault again.
pub fn of(input: &InputReport) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    input
        .findings
        .iter()
        .map(|finding| {
            let print = print(finding, input);
            let count = seen.entry(print.clone()).and_modify(|count| *count += 1).or_insert(1);
            if *count == 1 { print } else { format!("{print}.{count}") }
        })
        .collect()
}

fn print(finding: &Finding, input: &InputReport) -> String {
    let mut hash = Sha256::new();
    hash.update(finding.check);
    for place in &finding.places {
        let Some(document) = input.subject.document(place) else { continue };
        let quoted = document.excerpt(place.span);
        let folded = fold(quoted);
        hash.update([0]);
        hash.update(&document.name);
        hash.update([1]);
        hash.update(if folded.is_empty() { quoted } else { &folded });
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
