use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::name_words::{self, Change, Likeness};
use super::persons::{is_person, named};
use super::{BitextCheck, Check, Context, Findings, StoryCheck};
use crate::lang::text::{fold, is_unspaced};
use crate::lang::{self, gazetteer, words};
use crate::model::{
    Bead, Bitext, Document, Entity, ErrorType, Mention, Name, NameKind, Role, Severity, Span, Story, Variant,
};
use crate::names::{self, Matcher, Verdict};

/// `name-mismatch` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NameMismatch {}

impl Check for NameMismatch {
    const NAME: &'static str = "name-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("name_mismatch.md");
}

impl StoryCheck for NameMismatch {
    fn run(&self, story: &Story, _context: &Context, findings: &mut Findings<'_>) {
        for entity in story.entities.iter().filter(|entity| entity.kind == NameKind::Person) {
            report_deviations(entity, story, findings);
        }
    }
}

/// Spellings of an entity that are one name.
struct Cluster<'a> {
    variants: Vec<&'a Variant>,
}

impl Cluster<'_> {
    fn accounts(&self) -> usize {
        self.variants.iter().map(|variant| variant.document).collect::<BTreeSet<_>>().len()
    }
}

fn clusters(entity: &Entity) -> Vec<Cluster<'_>> {
    // What a hundred accounts write alike is compared once.
    let mut spellings: BTreeMap<(&str, &str), Vec<&Variant>> = BTreeMap::new();
    for variant in entity.variants.iter().filter(|variant| is_full(variant)) {
        spellings.entry((&variant.text, variant.language)).or_default().push(variant);
    }
    let mut spellings: Vec<Vec<&Variant>> = spellings.into_values().collect();
    spellings.sort_by_key(|variants| (variants[0].document, variants[0].spans.first().copied()));
    let mut out: Vec<(Cluster<'_>, Vec<&Variant>)> = Vec::new();
    for variants in spellings {
        let variant = variants[0];
        let same = |other: &&Variant| {
            Matcher::in_a_story(&variant.text, variant.language, &other.text, other.language) > 0.5
        };
        // A spelling may be that of several groups that are not like each other: it makes them one.
        let own: Vec<usize> = (0..out.len()).filter(|&at| out[at].1.iter().any(same)).collect();
        let Some((&first, rest)) = own.split_first() else {
            out.push((Cluster { variants }, vec![variant]));
            continue;
        };
        out[first].0.variants.extend(variants);
        out[first].1.push(variant);
        for &at in rest.iter().rev() {
            if !differ_in_one_script(&out[first].1, &out[at].1) {
                let (cluster, different) = out.remove(at);
                out[first].0.variants.extend(cluster.variants);
                out[first].1.extend(different);
            }
        }
    }
    let mut out: Vec<Cluster<'_>> = out.into_iter().map(|(cluster, _)| cluster).collect();
    for cluster in &mut out {
        cluster.variants.sort_by_key(|variant| (variant.document, variant.spans.first().copied()));
    }
    // Most accounts first, then the earliest account.
    out.sort_by_key(|cluster| (usize::MAX - cluster.accounts(), cluster.variants[0].document));
    out
}

/// Whether two groups of spellings hold two of one script that are not one name: a third script may not tell them apart.
fn differ_in_one_script(a: &[&Variant], b: &[&Variant]) -> bool {
    let script = |variant: &Variant| lang::find(variant.language).map_or("", |language| &language.script);
    a.iter().any(|one| {
        b.iter().any(|other| {
            script(one) == script(other)
                && Matcher::in_a_story(&one.text, one.language, &other.text, other.language) <= 0.5
        })
    })
}

/// Whether a variant is a whole name rather than a surname.
fn is_full(variant: &Variant) -> bool {
    if variant.text.chars().any(is_unspaced) {
        return variant.text.contains(['·', '・', '‧', '•']);
    }
    words::words(&variant.text).count() >= 2
}

/// The variant of a cluster that a reader of a language can compare best: the same language, the same script,
/// English, the first.
fn readable<'a>(cluster: &Cluster<'a>, language: &str) -> &'a Variant {
    let script = |tag: &str| lang::find(tag).map_or("", |language| language.script.as_str());
    let rank = |variant: &&&Variant| {
        let same = variant.language == language;
        (!same, script(variant.language) != script(language), variant.language != "en")
    };
    cluster.variants.iter().min_by_key(rank).copied().unwrap_or(cluster.variants[0])
}

fn report_deviations(entity: &Entity, story: &Story, findings: &mut Findings<'_>) {
    let clusters = clusters(entity);
    let Some((known, others)) = clusters.split_first() else { return };
    for cluster in others {
        let deviating = cluster.variants[0];
        let usual = readable(known, deviating.language);
        // Each language spells the names of the far east in its own way: Park, Пак, パク; Vương, Wang.
        let eastern = |variant: &Variant| {
            names::latin_words(&variant.text).iter().any(|word| names::is_korean_family(word))
        };
        if usual.language != deviating.language && (eastern(usual) || eastern(deviating)) {
            continue;
        }
        let shared = entity.roles.iter().find(|role| {
            role.document == deviating.document
                && entity.roles.iter().any(|other| {
                    other.document != deviating.document
                        && other.concept == role.concept
                        && other.of == role.of
                })
        });
        let accounts = known.accounts();
        let confidence = match (shared.is_some(), accounts) {
            (true, 2..) => 0.96,
            (true, _) => 0.9,
            (false, 2..) => 0.75,
            (false, _) => 0.6,
        };
        let office = shared.map(|role| format!(" as {}", office(role))).unwrap_or_default();
        let message = format!(
            "“{}” where {} “{}”{office}",
            deviating.text,
            if accounts == 1 {
                "another account names".to_owned()
            } else {
                format!("{accounts} other accounts name")
            },
            usual.text,
        );
        let finding = findings.report(message).grave(confidence).suggest(usual.text.clone());
        for &span in &deviating.spans {
            finding.account(deviating.document, span);
        }
        if let Some(role) = shared {
            finding.account(role.document, role_span(role, story));
        }
        for variant in &known.variants {
            finding.account(variant.document, variant.spans[0]);
        }
    }
}

/// The role in words: `deputy prime minister (Russia)`.
fn office(role: &Role) -> String {
    let concept = role.concept.replace('-', " ");
    let of = role.of.as_deref().and_then(|key| {
        gazetteer::row(key, gazetteer::Kind::Place)
            .or_else(|| gazetteer::row(key, gazetteer::Kind::Organisation))
    });
    match of {
        Some(row) => format!("{concept} ({})", row.name),
        None => concept,
    }
}

/// The sentence a role stands in.
fn role_span(role: &Role, story: &Story) -> Span {
    let document = &story.documents[role.document];
    document.segment_at(role.span.start).map_or(role.span, |segment| segment.span)
}

impl BitextCheck for NameMismatch {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        for ((index, bead), changes) in bitext.beads.iter().enumerate().zip(context.name_changes(bitext)) {
            if bead.is_pair() {
                compare(bitext, index, bead, changes, findings);
                if name_words::is_endless(bitext, bead) {
                    findings.abstain("a sentence without an end is not compared word by word");
                }
            }
        }
    }
}

fn compare(bitext: &Bitext, index: usize, bead: &Bead, changes: &[Change], findings: &mut Findings<'_>) {
    let source = named(&bitext.source, bead.source.clone());
    let target = named(&bitext.target, bead.target.clone());
    let place = super::places::compare(bitext, index, &source, &target, findings);
    report_exchange(bitext, &source, &target, findings);
    if !bitext.target.language.cased {
        let settled = persons(bitext, bead, &source, &target, findings);
        for change in changes.iter().filter(|change| !settled.iter().any(|span| span.overlaps(change.source)))
        {
            let (was, is) = (bitext.source.excerpt(change.source), bitext.target.excerpt(change.target));
            let finding = findings.report(format!("{was} became {is}")).grave(0.6);
            finding.target(change.target).source(change.source);
        }
        return;
    }
    let mut reported: Vec<Span> = place.into_iter().collect();
    for change in changes.iter().filter(|change| change.likeness != Likeness::Word) {
        let (was, is) = whole_names(bitext, change, &source, &target);
        if reported.iter().any(|span| span.overlaps(is)) {
            continue;
        }
        // A part of a name may sound less like its rendering than the whole does.
        let sounds = matches!(change.likeness, Likeness::Sound { .. });
        if sounds && (was, is) != (change.source, change.target) {
            let (from, to) = (bitext.source.language, bitext.target.language);
            let (was, is) = (bitext.source.excerpt(was), bitext.target.excerpt(is));
            if Matcher::probability(was, &from.tag, is, &to.tag) > 0.5 {
                continue;
            }
        }
        reported.push(is);
        let confidence = match change.likeness {
            Likeness::Letters { strange: true, edits: 1, context } => 0.85 + if context { 0.05 } else { 0.0 },
            Likeness::Place { context: false } => 0.6,
            Likeness::Letters { .. } | Likeness::Place { .. } => 0.75,
            Likeness::Sound { context: true, .. } => 0.7,
            Likeness::Sound { .. } | Likeness::Word => 0.6,
        };
        let message = format!("{} became {}", bitext.source.excerpt(was), bitext.target.excerpt(is));
        let finding = findings.report(message);
        if change.grave {
            finding.grave(confidence);
        } else {
            finding.severity(Severity::Minor).confidence(confidence.min(0.6));
        }
        finding.target(is).source(was);
    }
}

/// Two persons of the bead in each other's place.
fn report_exchange(
    bitext: &Bitext,
    source: &[(&Mention, &Name)],
    target: &[(&Mention, &Name)],
    findings: &mut Findings<'_>,
) {
    let found = name_words::exchanged::find((&bitext.source, source), (&bitext.target, target));
    let Some(exchange) = found else { return };
    let (was, is) = (bitext.source.excerpt(exchange.source.0), bitext.target.excerpt(exchange.target.0));
    findings
        .report(format!("{is} stands in the place of {was}, and the other way round"))
        .grave(if exchange.both { 0.9 } else { 0.75 })
        .target(exchange.target.0)
        .target(exchange.target.1)
        .source(exchange.source.0)
        .source(exchange.source.1);
}

/// The persons' names that two words belong to, where both have as many words; else the words.
fn whole_names(
    bitext: &Bitext,
    change: &Change,
    source: &[(&Mention, &Name)],
    target: &[(&Mention, &Name)],
) -> (Span, Span) {
    let of = |names: &[(&Mention, &Name)], span: Span| {
        names
            .iter()
            .find(|(mention, name)| is_person(name) && mention.span.overlaps(span))
            .map(|name| name.0.span)
    };
    let count = |text: &str| words::words(text).count();
    of(source, change.source)
        .zip(of(target, change.target))
        .filter(|&(was, is)| {
            let (was, is) = (count(bitext.source.excerpt(was)), count(bitext.target.excerpt(is)));
            was == is && (2..=4).contains(&was)
        })
        .unwrap_or((change.source, change.target))
}

/// Persons whose name the target renders by one that is near but not the same. Gives back the persons of the source
/// that are rendered or reported.
fn persons(
    bitext: &Bitext,
    bead: &Bead,
    source: &[(&Mention, &Name)],
    target: &[(&Mention, &Name)],
    findings: &mut Findings<'_>,
) -> Vec<Span> {
    let (from, to) = (bitext.source.language, bitext.target.language);
    let mut settled: Vec<Span> = Vec::new();
    let Some(whole) = bitext.target_span(bead) else { return settled };
    let text = whole.of(&bitext.target.text);
    let mut rendered: Vec<Span> = Vec::new();
    let mut open: Vec<(&Mention, &Name)> = Vec::new();
    for &(mention, name) in source.iter().filter(|(_, name)| is_person(name)) {
        let written = bitext.source.excerpt(mention.span);
        let count = words::words(written).count().max(1);
        let spellings = spellings(&bitext.source, mention.span);
        let same =
            names::windows(text, to, count.saturating_sub(1).max(1)..=count + 1).into_iter().find(|range| {
                let other = text.get(range.clone()).unwrap_or_default();
                let is = |spelling: &&str| Matcher::probability(spelling, &from.tag, other, &to.tag) > 0.5;
                spellings.iter().any(is) && !is_given_name_alone(written, &from.tag, other, &to.tag)
            });
        match same {
            Some(range) => {
                rendered.push(Span::from(range).shift(whole.start));
                settled.push(mention.span);
            }
            None if carried(written, text) => settled.push(mention.span),
            None => open.push((mention, name)),
        }
    }
    for (mention, name) in open {
        let written = bitext.source.excerpt(mention.span);
        let near = target.iter().find(|(other, kind)| {
            kind.key.is_none()
                && (is_person(kind) || kind.kind == NameKind::Other && kind.certainty >= 0.4)
                && !rendered.iter().any(|span| span.overlaps(other.span))
                && replaces(written, &from.tag, bitext.target.excerpt(other.span), &to.tag)
                && !spellings(&bitext.target, other.span)
                    .iter()
                    .any(|other| Matcher::probability(written, &from.tag, other, &to.tag) > 0.5)
        });
        if let Some((other, kind)) = near {
            let several = words::words(written).count() >= 2;
            let sure = is_person(kind) && is_person(name) && several && from.spaced && to.spaced;
            let confidence = if sure { 0.9 } else { 0.7 };
            findings
                .report(format!("{written} became {}", bitext.target.excerpt(other.span)))
                .grave(confidence)
                .target(other.span)
                .source(mention.span);
            settled.push(mention.span);
        }
    }
    settled
}

/// What a mention may spell. Where words are not spaced a name around a middle dot may begin and end with any of
/// the letters about it: every cut is a spelling.
fn spellings(document: &Document, span: Span) -> Vec<&str> {
    let written = document.excerpt(span);
    let dot = |c: char| matches!(c, '·' | '・' | '‧' | '•');
    let Some((at, mark)) = written.char_indices().find(|&(_, c)| dot(c)) else { return vec![written] };
    if document.language.spaced {
        return vec![written];
    }
    let middle = span.start + at;
    let letters = |c: &(usize, char)| c.1.is_alphabetic() || dot(c.1);
    let before = Span::new(0, middle).of(&document.text).char_indices().rev();
    let starts: Vec<usize> = before.take_while(letters).take(6).map(|(at, _)| at).collect();
    let behind = middle + mark.len_utf8();
    let after = document.text.get(behind..).unwrap_or_default().char_indices();
    let ends: Vec<usize> =
        after.take_while(letters).take(8).map(|(at, c)| behind + at + c.len_utf8()).collect();
    let cut = |&start: &usize| ends.iter().map(move |&end| Span::new(start, end).of(&document.text));
    starts.iter().flat_map(cut).collect()
}

/// Whether a name stands in the place of another: near it, or with its given name and another surname.
fn replaces(name: &str, language: &str, other: &str, other_language: &str) -> bool {
    let verdict = Matcher::compare(name, language, other, other_language).verdict;
    let first = |name: &str| words::words(name).next().map(|word| word.text.to_owned()).unwrap_or_default();
    let several = |name: &str| words::words(name).count() >= 2 && !name.chars().any(is_unspaced);
    verdict == Verdict::Near
        || verdict == Verdict::Different
            && several(name)
            && several(other)
            && Matcher::compare(&first(name), language, &first(other), other_language).verdict
                == Verdict::Same
}

/// Whether one word stands for the first of several: a given name alone names many.
fn is_given_name_alone(name: &str, language: &str, other: &str, other_language: &str) -> bool {
    let mut parts = words::words(name);
    let Some(first) = parts.next().filter(|_| parts.next().is_some()) else { return false };
    let several = other.contains([' ', '\u{A0}', '·', '・', '‧', '•']);
    !several
        && !names::is_korean_family(&fold(first.text))
        && Matcher::probability(first.text, language, other, other_language) > 0.5
}

/// Whether the last word of a name stands in the other text as it is.
fn carried(name: &str, text: &str) -> bool {
    let last = words::words(name).last().map(|word| fold(word.text)).unwrap_or_default();
    words::words(text).any(|word| fold(word.text) == last)
}
