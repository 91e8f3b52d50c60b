//! Two persons of one passage in each other's place: the office, the age or the country that stands with the one
//! in the source stands with the other in the target.

use std::collections::BTreeSet;

use crate::checks::persons::{self, Named};
use crate::model::{Document, Mention, Name, NumberForm, Span, Value};

/// Two persons of the source, and where each of them should stand in the target.
pub(in crate::checks) struct Exchange {
    /// The one, then the other, in the source.
    pub(in crate::checks) source: (Span, Span),
    /// The other's place in the target, where the one should be, then the one's.
    pub(in crate::checks) target: (Span, Span),
    /// Whether what stands with both of them is exchanged.
    pub(in crate::checks) both: bool,
}

/// What stands with a person and nobody else.
fn marks(document: &Document, mention: &Mention, name: &Name) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = name.roles.iter().map(|role| format!("role {role}")).collect();
    out.extend(name.role_of.iter().map(|key| format!("of {key}")));
    let Some(segment) = document.segment_at(mention.span.start) else { return out };
    // *Ana Prado, 54,* and *Ana Prado (54)*.
    let age = segment.mentions.iter().find_map(|other| match &other.value {
        Value::Number(number)
            if number.form == NumberForm::Cardinal
                && other.span.start >= mention.span.end
                && other.span.start - mention.span.end <= 4 =>
        {
            let between = document.excerpt(Span::new(mention.span.end, other.span.start));
            let aside = between.contains([',', '(', '，', '（', '、', '،']);
            (aside && (5.0..120.0).contains(&number.value)).then_some(number.value)
        }
        _ => None,
    });
    out.extend(age.map(|age| format!("age {age}")));
    out
}

/// What stands with each of the persons and nobody else of them.
fn own<'a>(document: &Document, persons: impl Iterator<Item = Named<'a>>) -> Vec<BTreeSet<String>> {
    let all: Vec<BTreeSet<String>> = persons.map(|(mention, name)| marks(document, mention, name)).collect();
    let mut out = all.clone();
    for (index, own) in out.iter_mut().enumerate() {
        own.retain(|mark| {
            !all.iter().enumerate().any(|(other, marks)| other != index && marks.contains(mark))
        });
    }
    out
}

/// The first exchange of a passage.
pub(in crate::checks) fn find<'a>(
    source: (&'a Document, &[Named<'a>]),
    target: (&'a Document, &[Named<'a>]),
) -> Option<Exchange> {
    let pairs = persons::matched(source, target);
    let here = own(source.0, pairs.iter().map(|pair| pair.0));
    let there = own(target.0, pairs.iter().map(|pair| pair.1));
    let meet = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).count();
    for one in 0..pairs.len() {
        for other in one + 1..pairs.len() {
            let straight = meet(&here[one], &there[one]) + meet(&here[other], &there[other]);
            let crossed = (meet(&here[one], &there[other]), meet(&here[other], &there[one]));
            // One mark alone may hang on the wrong name by our own mistake: all four must be marked.
            let marked = [&here[one], &here[other], &there[one], &there[other]];
            let marked = marked.iter().all(|marks| !marks.is_empty());
            let both = crossed.0 > 0 && crossed.1 > 0;
            if straight == 0 && (both || crossed.0 + crossed.1 > 0 && marked) {
                return Some(Exchange {
                    source: (pairs[one].0.0.span, pairs[other].0.0.span),
                    target: (pairs[other].1.0.span, pairs[one].1.0.span),
                    both,
                });
            }
        }
    }
    None
}
