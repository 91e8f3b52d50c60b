//! Offices and functions of people in a text, as concepts.

use std::collections::BTreeSet;

use crate::lang::phrases::Phrases;
use crate::lang::text::{fold, is_all_capitals, is_capitalised};
use crate::lang::words::words;
use crate::lang::{Language, PerLanguage, gazetteer, roles as table};
use crate::model::Span;

struct Index {
    phrases: Phrases,
    /// The concept of each form, and whether it is no more than a word: a fan, a model, a critic.
    concepts: Vec<(&'static str, bool)>,
    /// Words that make a deputy of the minister behind them, folded: *deputy*, *vice*.
    deputies: BTreeSet<String>,
}

/// A role in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleMention {
    /// Where.
    pub span: Span,
    /// The concept: `deputy-prime-minister`.
    pub concept: &'static str,
}

/// Fields whose roles stand before names with a capital: Colonel, Bishop, Minister.
const TITLES: [&str; 4] = ["state", "military", "religion", "international"];

impl Index {
    fn new(language: &'static Language) -> Self {
        let profile = || language.roles.iter().flat_map(|roles| &roles.forms);
        let mut forms: Vec<(&'static str, &'static str, bool)> = Vec::new();
        let known = |form: &str, concept: &str| {
            profile()
                .find(|(_, forms)| forms.iter().any(|other| other == form))
                .map(|(own, _)| own == concept)
        };
        for row in table::rows() {
            let word = !TITLES.contains(&row.kind);
            for form in table::forms(row, language) {
                // The profile decides what a form means where the table has it under another concept, unless the
                // table knows a degree of the same office.
                let lower = language.lower(form);
                let other = known(&lower, row.concept) == Some(false);
                if !other || is_degree_of_known(&lower, row.concept, profile()) {
                    let title = known(&lower, row.concept).is_some();
                    forms.push((row.concept, form, word && !title));
                }
            }
        }
        for (concept, own) in profile() {
            forms.extend(own.iter().map(|form| (concept.as_str(), form.as_str(), false)));
        }
        let of = |concept: &str| {
            let row = table::row(concept);
            let own = profile().filter(|(known, _)| known.as_str() == concept);
            let own = own.flat_map(|(_, forms)| forms.iter().map(String::as_str));
            row.into_iter().flat_map(|row| table::forms(row, language)).chain(own).collect::<Vec<_>>()
        };
        let ministers = of("minister");
        let deputies = of("deputy-minister")
            .iter()
            .filter_map(|form| form.split_once(' '))
            .filter(|(_, office)| ministers.iter().any(|minister| minister == office))
            .map(|(deputy, _)| fold(deputy))
            .collect();
        Self {
            deputies,
            phrases: Phrases::new(
                forms.iter().enumerate().map(|(number, (_, form, _))| (*form, number as u32)),
            ),
            concepts: forms.into_iter().map(|(concept, _, word)| (concept, word)).collect(),
        }
    }
}

/// Whether the profile has the form under the office that a concept is a degree of.
fn is_degree_of_known<'a>(
    form: &str,
    concept: &str,
    mut profile: impl Iterator<Item = (&'a String, &'a Vec<String>)>,
) -> bool {
    let (degree, office) = table::degree(concept);
    !degree.is_empty() && profile.any(|(own, forms)| own == office && forms.iter().any(|other| other == form))
}

/// Every role in a text, in order, the longest where several begin together.
pub fn roles(text: &str, language: &Language) -> Vec<RoleMention> {
    static INDEXES: PerLanguage<Index> = PerLanguage::new();
    let index = INDEXES.get(language, Index::new);
    let nouns_are_capitals =
        language.typography.as_ref().is_some_and(|rules| rules.capitals.iter().any(|word| word == "*"));
    let found = index.phrases.find(text, |word| gazetteer::bases(word, language));
    let mut out: Vec<RoleMention> = found
        .into_iter()
        .filter_map(|found| {
            let (concept, word) = index.concepts[found.phrases[0] as usize];
            let written = text.get(found.range.clone()).unwrap_or_default();
            // A word with a capital is more often a name: Rebel, Fan, Model.
            let name = word
                && language.cased
                && !nouns_are_capitals
                && found.range.start > 0
                && is_capitalised(written)
                && !is_all_capitals(written);
            (!name).then(|| RoleMention { span: found.range.into(), concept })
        })
        .map(|role| deputy(role, text, index))
        .collect();
    // *Vice-minister of energy*: the deputy of the minister whose words it shares.
    let mut at = 0;
    while at + 1 < out.len() {
        let (deputy, minister) = (out[at].span, out[at + 1].span);
        if table::degree(out[at].concept).0 == "deputy"
            && is_ministry(out[at + 1].concept)
            && deputy.overlaps(minister)
            && deputy.start <= minister.start
        {
            out[at].span = deputy.join(minister);
            out.remove(at + 1);
        } else {
            at += 1;
        }
    }
    // *Deputy* alone is a member of parliament, but not before the minister whose deputy it makes.
    let mut longest: Option<Span> = None;
    for index in (0..out.len()).rev() {
        let span = out[index].span;
        if longest.is_some_and(|longest| longest.contains(span)) {
            out.remove(index);
        } else {
            longest = Some(span);
        }
    }
    out
}

/// Most words between *deputy* and *minister*: Deputy Emergency Situations Minister.
const BETWEEN: usize = 3;

/// Whether a concept is a minister, of whatever ministry.
fn is_ministry(concept: &str) -> bool {
    concept == "minister"
        || concept.ends_with("-minister")
            && table::degree(concept).0.is_empty()
            && concept != "prime-minister"
}

/// A minister with *deputy* before the name of the ministry is a deputy minister.
fn deputy(role: RoleMention, text: &str, index: &Index) -> RoleMention {
    if !is_ministry(role.concept) || index.deputies.is_empty() {
        return role;
    }
    let before = text.get(..role.span.start).unwrap_or_default();
    let clause = before.rsplit([',', '.', ';', ':', '"', '(', '“', '\n']).next().unwrap_or_default();
    let shift = before.len() - clause.len();
    let found = words(clause).collect::<Vec<_>>();
    let word = found.iter().rev().take(BETWEEN + 1).find(|word| index.deputies.contains(&fold(word.text)));
    match word {
        Some(word) => {
            let own = table::row(&format!("deputy-{}", role.concept)).map(|row| row.concept);
            let span = Span::new(shift + word.start, role.span.end);
            RoleMention { span, concept: own.unwrap_or("deputy-minister") }
        }
        None => role,
    }
}
