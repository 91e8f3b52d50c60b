//! The title beside a name that nothing but another account gave away.

use crate::lang::Language;
use crate::mentions::roles::roles;
use crate::model::{NameKind, Segment, Span, Value};

use super::units::{KNOWN, count};

/// How far a title may stand from its holder, in characters.
const REACH: usize = 24;

/// The title of a person beside the name, and whose it is: nothing but a few words without another person between.
pub(super) fn title(
    text: &str,
    segment: &Segment,
    span: Span,
    language: &Language,
) -> (Vec<String>, Vec<String>) {
    let whole = segment.span;
    let persons = |between: Span| {
        segment.mentions.iter().any(|mention| {
            mention.span.overlaps(between)
                && matches!(&mention.value, Value::Name(name) if name.kind == NameKind::Person
                    && (name.certainty > KNOWN || count(mention.span.of(text), name.kind) > 1))
        })
    };
    let nearest = roles(whole.of(text), language)
        .into_iter()
        .map(|role| (role.concept, role.span.shift(whole.start)))
        .filter(|(_, role)| !role.overlaps(span))
        .filter_map(|(concept, role)| {
            let between = Span::new(role.end.min(span.end), role.start.max(span.start));
            let words = between.of(text);
            let commas = words.matches([',', '،', '，', '、']).count();
            let clause =
                !words.contains(['.', ';', ':', '。', '“', '”', '"', '(', '؛', '।', '「', '」', '《', '«']);
            let near = words.chars().count() <= REACH && commas <= 1 && clause && !persons(between);
            near.then_some((words.chars().count(), role, concept))
        })
        .min();
    let Some((_, role, concept)) = nearest else { return Default::default() };
    let around = role.join(span);
    let mut of: Vec<String> = Vec::new();
    for mention in &segment.mentions {
        let touches = mention.span.overlaps(around)
            || mention.span.end <= around.start && around.start - mention.span.end <= 1
            || mention.span.start >= around.end && mention.span.start - around.end <= 1;
        if let Value::Name(name) = &mention.value
            && touches
            && name.kind != NameKind::Person
            && let Some(key) = &name.key
            && !of.contains(key)
        {
            of.push(key.clone());
        }
    }
    of.sort();
    (vec![concept.to_owned()], of)
}
