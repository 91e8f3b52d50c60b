//! Reports the rows of `lang/calques/` that a translation holds. Finds nothing itself: three checks use it.

use std::collections::BTreeMap;

use super::{Context, Findings};
use crate::lang;
use crate::lang::calques::{Kind, Rows};
use crate::lang::wildcards::Words;
use crate::model::{Document, SegmentKind, Span};

/// Reports rows of one kind. Gives back where they spoke, from each first byte to its end.
pub(super) fn report(
    text: &Document,
    context: &Context,
    kind: Kind,
    findings: &mut Findings<'_>,
) -> BTreeMap<usize, usize> {
    // None overlap.
    let mut told: BTreeMap<usize, usize> = BTreeMap::new();
    let rows = Rows::into(text.language);
    if rows.is_empty() {
        return told;
    }
    let words = Words::of(&text.text, text.language);
    let mut rows = rows.of(&words).filter(|row| row.kind == kind).peekable();
    if rows.peek().is_none() {
        return told;
    }
    let from = context.source_language.unwrap_or_else(lang::unknown);
    let source = context.source.as_deref().map(|source| (source, Words::of(source, from)));
    for row in rows {
        let said = source.as_ref().is_some_and(|(_, words)| {
            row.renders(from) && !row.in_source(words).is_empty() && !row.is_excused(words)
        });
        if !said && !row.alone {
            continue;
        }
        for span in row.in_target(&words) {
            let written = text.excerpt(span);
            // A newspaper's own title, a page's furniture.
            let furniture =
                text.segment_at(span.start).is_some_and(|segment| segment.kind == SegmentKind::Boilerplate);
            let again = is_told(&told, span);
            if furniture
                || again
                || source.as_ref().is_some_and(|(source, _)| source.contains(written))
                    && from.same_language(text.language)
            {
                continue;
            }
            told.insert(span.start, span.end);
            let message = match kind {
                Kind::Calque => format!("“{written}” is rendered word for word"),
                Kind::FalseFriend => format!("“{written}” only looks like the word of the source"),
                Kind::Name if row.better.contains(", ") => {
                    format!("“{written}” is a name, translated: one of {}", row.better)
                }
                Kind::Name => format!("“{written}” is a name, translated: “{}”", row.better),
            };
            findings.at(span, message).confidence(if said { 0.8 } else { 0.75 }).suggest(row.better);
        }
    }
    told
}

/// Whether a span overlaps one that was told.
pub(super) fn is_told(told: &BTreeMap<usize, usize>, span: Span) -> bool {
    told.range(..span.end).next_back().is_some_and(|(_, &end)| end > span.start)
}
