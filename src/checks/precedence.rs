//! One fault gives one finding: which check speaks where two see the same place.

use crate::model::Finding;

/// The first speaks, the second is silent where their places overlap on one side of one document.
pub static PRECEDENCE: &[(&str, &str)] = &[];

/// Drops the findings that another one speaks for, and orders the rest by place, then check.
pub fn settle(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        (a.places.first(), a.check, &a.message).cmp(&(b.places.first(), b.check, &b.message))
    });
    findings.dedup_by(|a, b| a.check == b.check && a.places == b.places && a.message == b.message);
    let silent: Vec<bool> = findings
        .iter()
        .map(|loser| {
            findings
                .iter()
                .any(|winner| speaks_for(winner.check, loser.check) && share_a_place(winner, loser))
        })
        .collect();
    let mut silent = silent.into_iter();
    findings.retain(|_| !silent.next().unwrap_or_default());
    findings
}

fn speaks_for(winner: &str, loser: &str) -> bool {
    PRECEDENCE.iter().any(|&(first, second)| first == winner && second == loser)
}

fn share_a_place(a: &Finding, b: &Finding) -> bool {
    a.places.iter().any(|x| {
        b.places.iter().any(|y| x.side == y.side && x.document == y.document && x.span.overlaps(y.span))
    })
}
