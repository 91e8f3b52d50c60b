//! Reports the rows of `lang/calques/` that a translation holds. Finds nothing itself: three checks use it.

use std::collections::BTreeMap;

use super::{Context, Findings};
use crate::lang;
use crate::lang::calques::{Kind, Rows};
use crate::lang::wildcards::Words;
use crate::model::{Document, SegmentKind};

/// Reports rows of one kind.
pub(super) fn report(text: &Document, context: &Context, kind: Kind, findings: &mut Findings<'_>) {
    let rows = Rows::into(text.language);
    if rows.is_empty() {
        return;
    }
    let words = Words::of(&text.text, text.language);
    let mut rows = rows.of(&words).filter(|row| row.kind == kind).peekable();
    if rows.peek().is_none() {
        return;
    }
    let from = context.source_language.unwrap_or_else(lang::unknown);
    let source = context.source.as_deref().map(|source| (source, Words::of(source, from)));
    // Where the rows before spoke, from each first byte to its end; none overlap.
    let mut told: BTreeMap<usize, usize> = BTreeMap::new();
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
            let again = told.range(..span.end).next_back().is_some_and(|(_, &end)| end > span.start);
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
}
