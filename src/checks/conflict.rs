//! Accounts that give different figures for one thing. What `number-conflict` and `date-conflict` share.

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use crate::model::{Document, Fact, Figure, Span, Story, Value};

/// The number of a deviation, and what a figure is about.
type Thing<'a> = (Option<usize>, &'a str);

/// Reports what two accounts count or date differently: they speak of one thing in one place, and no figure of
/// the one is among those of the other.
pub(super) fn report(story: &Story, findings: &mut Findings<'_>, value: impl Fn(&Figure) -> Option<String>) {
    let mut things: BTreeMap<Thing<'_>, Vec<(&Fact, String)>> = BTreeMap::new();
    for fact in &story.facts {
        if let Some(value) = value(&fact.figure) {
            things.entry((fact.deviation, &fact.about)).or_default().push((fact, value));
        }
    }
    let mut said_once: BTreeSet<(usize, Span)> = BTreeSet::new();
    for facts in things.values() {
        // Each account once, each figure once: the cost grows with the accounts, not with their square.
        let mut said: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        let mut sayers: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut by_account: BTreeMap<usize, Vec<&Fact>> = BTreeMap::new();
        for (fact, value) in facts {
            said.entry(fact.document).or_default().insert(value);
            sayers.entry(value).or_default().insert(fact.document);
            by_account.entry(fact.document).or_default().push(fact);
        }
        // Most accounts set the figure, the earliest where they are even; each that shares none of its figures
        // differs.
        let mut known: BTreeMap<&BTreeSet<&str>, usize> = BTreeMap::new();
        for values in said.values() {
            known.entry(values).or_insert_with(|| {
                values.iter().flat_map(|value| &sayers[value]).collect::<BTreeSet<_>>().len()
            });
        }
        let support = |document: usize| known[&said[&document]];
        let Some(usual) =
            said.keys().copied().max_by_key(|&document| (support(document), usize::MAX - document))
        else {
            continue;
        };
        let base = &said[&usual];
        let anchor = by_account[&usual][0];
        // The figure is quoted from an account that a reader of the other can compare best.
        let language = |fact: &Fact| story.documents[fact.document].language.tag.as_str();
        let mut quoted: BTreeMap<&str, &Fact> = BTreeMap::new();
        for (fact, _) in facts.iter().filter(|(_, value)| base.contains(value.as_str())) {
            let first = quoted.entry(language(fact)).or_insert(fact);
            if (fact.document, fact.span) < (first.document, first.span) {
                *first = fact;
            }
        }
        let elsewhere =
            quoted.values().copied().min_by_key(|fact| (language(fact) != "en", fact.document, fact.span));
        for (&document, mine) in said.iter().filter(|(document, _)| **document != usual) {
            if !mine.is_disjoint(base) {
                continue;
            }
            // One figure in each account is about one thing; of several, those in sentences on one place.
            let single = mine.len() == 1 && base.len() == 1;
            let Some(other) = by_account[&document]
                .iter()
                .copied()
                .find(|fact| single || share_a_place(anchor, fact, &story.documents))
            else {
                continue;
            };
            let anchor = quoted.get(language(other)).copied().or(elsewhere).unwrap_or(anchor);
            if says_day_too(&story.documents[document], other, anchor) {
                continue;
            }
            // What a word for the thing counted told already, a slip of digits does not tell again.
            if !said_once.insert((other.document, other.span)) {
                continue;
            }
            let text = |fact: &Fact| said_in(story.documents[fact.document].excerpt(fact.span), &fact.figure);
            let about = anchor.about.trim_end_matches(" on").replace('-', " ");
            let more = support(usual);
            let whose = if more > 1 { format!("{more} accounts") } else { "another".to_owned() };
            findings
                .report(format!("{about}: {} in one account, {} in {whose}", text(other), text(anchor)))
                .confidence(0.6)
                .account(other.document, other.span)
                .account(anchor.document, anchor.span);
        }
    }
}

/// Whether an account says the day of the others as well: then the other day it says is that of a statement.
fn says_day_too(document: &Document, own: &Fact, others: &Fact) -> bool {
    let Figure::Date(day) = others.figure else { return false };
    document.prose().flat_map(|segment| &segment.mentions).any(|mention| match &mention.value {
        Value::Date(date) => {
            mention.span != own.span
                && date.day.is_some()
                && date.day == day.day
                && (date.month.is_none() || date.month == day.month)
        }
        _ => false,
    })
}

/// A figure as an account says it, in digits too where it is said in words.
fn said_in(written: &str, figure: &Figure) -> String {
    match figure {
        Figure::Number(number) if !written.chars().any(char::is_numeric) => {
            format!("“{written}” ({})", number.value)
        }
        _ => format!("“{written}”"),
    }
}

/// Whether the sentences of two facts name a place, person or organisation in common.
fn share_a_place(a: &Fact, b: &Fact, documents: &[Document]) -> bool {
    let keys = |fact: &Fact| -> BTreeSet<String> {
        let document = &documents[fact.document];
        let segment = document.segment_at(fact.span.start);
        let mentions = segment.into_iter().flat_map(|segment| &segment.mentions);
        mentions
            .filter_map(|mention| match &mention.value {
                Value::Name(name) => name.key.clone(),
                _ => None,
            })
            .collect()
    };
    let (left, right) = (keys(a), keys(b));
    left.intersection(&right).next().is_some()
}
