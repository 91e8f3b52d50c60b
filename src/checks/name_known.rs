//! One article against the ledger: a person in an office that somebody with nearly the same name holds.

use super::name_mismatch::NameMismatch;
use super::{Context, Findings, TextCheck};
use crate::lang::{gazetteer, text, words};
use crate::ledger::{Entry, Kind, Known, Status};
use crate::model::{Document, Name, NameKind, Value};
use crate::names::Verdict;

impl TextCheck for NameMismatch {
    fn run(&self, document: &Document, context: &Context, findings: &mut Findings<'_>) {
        let Some(known) = &context.ledger else { return };
        for mention in document.mentions() {
            let Value::Name(name) = &mention.value else { continue };
            let written = document.excerpt(mention.span);
            if name.kind != NameKind::Person || name.certainty < 0.7 {
                continue;
            }
            let Some((entry, role, of)) = wrong(known, name, written, &document.language.tag) else {
                continue;
            };
            let whose = of.map(|of| gazetteer::row(of, gazetteer::Kind::Place).map_or(of, |row| row.name));
            let whose = whose.map(|whose| format!(" ({whose})")).unwrap_or_default();
            let usual = entry.spelling(&document.language.tag);
            let message =
                format!("“{written}” where the ledger knows “{usual}” as {}{whose}", role.replace('-', " "));
            let confidence = match (of, entry.status == Status::Accepted) {
                (Some(_), true) => 0.9,
                (Some(_), false) => 0.8,
                (None, _) => 0.7,
            };
            findings.at(mention.span, message).grave(confidence).suggest(usual);
        }
    }
}

/// The holder of the office that a name is near, where the name is no other known person's.
fn wrong<'a>(
    known: &'a Known,
    name: &'a Name,
    written: &str,
    language: &str,
) -> Option<(&'a Entry, &'a str, Option<&'a str>)> {
    let unspaced = written.contains(['·', '・', '‧', '•']);
    if words::words(written).count() < 2 && !unspaced {
        return None;
    }
    let offices = name.roles.iter().flat_map(|role| name.role_of.iter().map(move |of| (role, of)));
    for (role, of) in offices {
        let mut near: Option<&Entry> = None;
        let mut right = false;
        for entry in known.holders(role, of) {
            match entry.compare(written, language).map(|found| found.verdict) {
                Some(Verdict::Same) => right = true,
                Some(Verdict::Near) => near = near.or(Some(entry)),
                _ => {}
            }
        }
        let Some(entry) = near.filter(|_| !right) else { continue };
        // Somebody else whom the newsroom knows may have come into the office, unless the two are known to be
        // confused.
        let other = known.find(Kind::Person, written, language).map(|index| &known.ledger().entities[index]);
        let confused = |other: &Entry| {
            entry.confused_with.contains(&other.name) || other.confused_with.contains(&entry.name)
        };
        if other.is_none_or(confused) {
            return Some((entry, role, Some(of)));
        }
    }
    if name.role_of.is_empty() && known.find(Kind::Person, written, language).is_none() {
        return namesake(known, name, written, language);
    }
    None
}

/// Somebody with the same given name and nearly the same surname in the same position, whoever gave it: *Judge Helena
/// Valderas* where the newsroom knows Judge Helena Valadares.
fn namesake<'a>(
    known: &'a Known,
    name: &'a Name,
    written: &str,
    language: &str,
) -> Option<(&'a Entry, &'a str, Option<&'a str>)> {
    let given = |name: &str| words::words(name).next().map(|word| text::fold(word.text));
    let own = given(written)?;
    let entries: Vec<&Entry> = known.alike(Kind::Person, written, language).collect();
    name.roles.iter().find_map(|role| {
        let holds = |entry: &&Entry| {
            entry.roles.iter().any(|office| office.role == *role)
                && given(entry.spelling(language)).is_some_and(|given| given == own)
        };
        let entry = entries.iter().copied().find(holds)?;
        Some((entry, role.as_str(), None))
    })
}
