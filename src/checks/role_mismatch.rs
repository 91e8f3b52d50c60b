use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::persons::{Named, matched_in, named};
use super::{BitextCheck, Check, Context, Findings, StoryCheck};
use crate::lang::{Language, gazetteer, roles as table};
use crate::mentions::roles::roles;
use crate::model::{Bead, Bitext, Document, Entity, ErrorType, NameKind, Role, Severity, Span, Story};

/// `role-mismatch` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RoleMismatch {}

impl Check for RoleMismatch {
    const NAME: &'static str = "role-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("role_mismatch.md");
}

/// Offices of which nobody holds two, so that one is never a translation of another.
const APART: [&str; 30] = [
    "president",
    "prime-minister",
    "chancellor",
    "king",
    "queen",
    "emperor",
    "prince",
    "princess",
    "minister",
    "ambassador",
    "consul",
    "governor",
    "mayor",
    "senator",
    "attorney-general",
    "secretary-general",
    "pope",
    "patriarch",
    "cardinal",
    "archbishop",
    "bishop",
    "rabbi",
    "imam",
    "general",
    "colonel",
    "major",
    "captain",
    "lieutenant",
    "admiral",
    "sergeant",
];

/// Relatives, each with who is never meant in their place.
const RELATIVES: [(&str, &str); 12] = [
    ("father", "mother"),
    ("son", "daughter"),
    ("brother", "sister"),
    ("husband", "wife"),
    ("uncle", "aunt"),
    ("nephew", "niece"),
    ("grandfather", "grandmother"),
    ("widower", "widow"),
    ("father", "son"),
    ("mother", "daughter"),
    ("father", "brother"),
    ("mother", "sister"),
];

/// Whether one person cannot be both at once, so that a text that says the one does not mean the other.
fn contradict(a: &str, b: &str) -> bool {
    let ((rank, office), (other_rank, other)) = (table::degree(a), table::degree(b));
    let portfolio = |office: &str| office.ends_with("-minister") && office != "prime-minister";
    let relatives = |&(one, two): &(&str, &str)| (a, b) == (one, two) || (b, a) == (one, two);
    let ministry = |office: &str| office == "minister" || portfolio(office);
    // A deputy of whatever ministry is no minister, and a deputy minister of no named ministry is nobody's minister.
    let general = office == "minister" || other == "minister";
    if office == other || general && ministry(office) && ministry(other) {
        return rank != other_rank;
    }
    portfolio(office) && portfolio(other) && rank == other_rank
        || APART.contains(&a) && APART.contains(&b)
        || RELATIVES.iter().any(relatives)
}

/// Whether two texts may be held against each other: the degrees of an office are known in both languages.
fn comparable(a: &Language, b: &Language) -> bool {
    knows_degrees(a) && knows_degrees(b)
}

/// Whether deputies and former holders are told from the office itself in a language.
fn knows_degrees(language: &Language) -> bool {
    table::speaks(language)
        || language.roles.iter().any(|roles| roles.forms.keys().any(|concept| concept == "deputy-minister"))
}

fn words(concept: &str) -> String {
    concept.replace('-', " ")
}

impl BitextCheck for RoleMismatch {
    fn run(&self, bitext: &Bitext, _context: &Context, findings: &mut Findings<'_>) {
        if !comparable(bitext.source.language, bitext.target.language) {
            return;
        }
        for bead in bitext.beads.iter().filter(|bead| bead.is_pair()) {
            compare(bitext, bead, findings);
        }
    }
}

/// The roles of some segments, named person or not.
fn concepts(document: &Document, span: Span) -> Vec<(&'static str, Span)> {
    let found = roles(document.excerpt(span), document.language);
    found.into_iter().map(|role| (role.concept, role.span.shift(span.start))).collect()
}

fn compare(bitext: &Bitext, bead: &Bead, findings: &mut Findings<'_>) {
    let (Some(here), Some(there)) = (bitext.source_span(bead), bitext.target_span(bead)) else { return };
    let source = concepts(&bitext.source, here);
    let target = concepts(&bitext.target, there);
    let said = |roles: &[(&'static str, Span)], concept: &str| roles.iter().any(|(own, _)| *own == concept);
    let lost: Vec<_> = source.iter().filter(|(concept, _)| !said(&target, concept)).collect();
    let new: Vec<_> = target.iter().filter(|(concept, _)| !said(&source, concept)).collect();
    let persons = matched_in(bitext, bead);
    if let ([(was, from)], [(is, to)]) = (lost.as_slice(), new.as_slice())
        && contradict(was, is)
    {
        // The office of a person both sides name is a fact; that of somebody unnamed may be told otherwise.
        let holds = |named: &Named<'_>, concept: &str| named.1.roles.iter().any(|own| own == concept);
        let of_person = persons.iter().any(|(a, b)| holds(a, was) && holds(b, is));
        // Without a name only a degree is sure: *eş* is a husband or a wife.
        if !of_person && table::degree(was).1 != table::degree(is).1 {
            return;
        }
        let finding = findings.report(format!("{} became {}", words(was), words(is)));
        let former = [was, is].iter().any(|concept| table::degree(concept).0 == "former");
        if of_person && !former {
            finding.grave(0.8);
        } else {
            finding.severity(Severity::Minor).confidence(0.6);
        }
        finding.target(*to).source(*from);
        return;
    }
    for (a, b) in persons {
        country(bitext, bead, a, b, findings);
    }
}

/// The office of another country: the French minister became the German minister.
fn country(bitext: &Bitext, bead: &Bead, a: Named<'_>, b: Named<'_>, findings: &mut Findings<'_>) {
    let shared = a.1.roles.iter().any(|role| b.1.roles.contains(role));
    let ([was], [is]) = (a.1.role_of.as_slice(), b.1.role_of.as_slice()) else { return };
    let is_country = |key: &str| key.starts_with("place:") && !key.contains('/') && key.len() == 8;
    if !shared || was == is || !is_country(was) || !is_country(is) {
        return;
    }
    let keys = |document, range: &std::ops::Range<usize>| -> BTreeSet<String> {
        let names = named(document, range.clone());
        let keys = names.iter().filter_map(|(_, name)| name.key.as_deref());
        keys.map(|key| key.split('/').next().unwrap_or(key).to_owned()).collect()
    };
    let (here, there) = (keys(&bitext.source, &bead.source), keys(&bitext.target, &bead.target));
    if there.contains(was) || here.contains(is) {
        return;
    }
    let name = |key: &str| {
        gazetteer::row(key, gazetteer::Kind::Place).map_or(key.to_owned(), |row| row.name.to_owned())
    };
    let message = format!("{} of {} became that of {}", words(&a.1.roles[0]), name(was), name(is));
    findings.report(message).grave(0.8).target(b.0.span).source(a.0.span);
}

impl StoryCheck for RoleMismatch {
    fn run(&self, story: &Story, _context: &Context, findings: &mut Findings<'_>) {
        for entity in story.entities.iter().filter(|entity| entity.kind == NameKind::Person) {
            report_deviation(entity, story, findings);
        }
    }
}

/// An account that gives a person an office which the others' cannot be, and none of theirs.
fn report_deviation(entity: &Entity, story: &Story, findings: &mut Findings<'_>) {
    let mut accounts: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let mut by_concept: BTreeMap<&str, Vec<&Role>> = BTreeMap::new();
    for role in &entity.roles {
        if knows_degrees(story.documents[role.document].language)
            && accounts.entry(role.document).or_default().insert(&role.concept)
        {
            by_concept.entry(&role.concept).or_default().push(role);
        }
    }
    for (concept, roles) in &by_concept {
        // Said by one account alone.
        let [role] = roles[..] else { continue };
        let mine = &accounts[&role.document];
        let against = by_concept.iter().filter(|(other, theirs)| {
            contradict(other, concept)
                && !mine.contains(**other)
                && theirs.iter().all(|their| !accounts[&their.document].contains(concept))
        });
        let Some((usual, theirs)) = against.max_by_key(|(_, theirs)| theirs.len()) else { continue };
        // Alone against two at least; of two accounts the later one is named.
        if theirs.len() < 2 && (accounts.len() > 2 || theirs[0].document > role.document) {
            continue;
        }
        let message = format!(
            "{} is {} here, {} in {}",
            entity.name,
            words(concept),
            words(usual),
            if theirs.len() == 1 {
                "another account".to_owned()
            } else {
                format!("{} other accounts", theirs.len())
            },
        );
        let finding = findings.report(message);
        if theirs.len() >= 2 {
            finding.grave(0.75);
        } else {
            finding.severity(Severity::Minor).confidence(0.6);
        }
        for role in [role, theirs[0]] {
            finding.account(role.document, role_words(role, story));
        }
    }
}

/// The words of an office beside its holder; the holder where they are not found.
fn role_words(role: &Role, story: &Story) -> Span {
    let document = &story.documents[role.document];
    let Some(segment) = document.segment_at(role.span.start) else { return role.span };
    let words = concepts(document, segment.span).into_iter().filter(|(concept, _)| *concept == role.concept);
    let distance = |span: &Span| role.span.start.abs_diff(span.end).min(span.start.abs_diff(role.span.end));
    words.map(|(_, span)| span).min_by_key(distance).unwrap_or(role.span)
}

#[cfg(test)]
mod tests {
    use super::contradict;

    #[test]
    fn offices_contradict_each_other_or_do_not() {
        for (a, b) in [
            ("minister", "deputy-minister"),
            ("foreign-minister", "defence-minister"),
            ("president", "vice-president"),
            ("bishop", "cardinal"),
            ("sister", "brother"),
            ("deputy-minister", "energy-minister"),
            ("deputy-foreign-minister", "minister"),
        ] {
            assert!(contradict(a, b) && contradict(b, a), "{a}, {b}");
        }
        for (a, b) in [
            ("minister", "minister"),
            ("minister", "foreign-minister"),
            ("politician", "senator"),
            ("prime-minister", "foreign-minister"),
            ("lawyer", "mother"),
            ("deputy-minister", "deputy-foreign-minister"),
        ] {
            assert!(!contradict(a, b) && !contradict(b, a), "{a}, {b}");
        }
    }
}
