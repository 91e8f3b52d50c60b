//! Who and what is named, under which spelling, on which side.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::grid::Grid;
use super::text::{Mark, visible};
use crate::entities;
use crate::model::{Document, Entity, InputReport, NameKind, Subject};

/// The table of one input; nothing where nobody is named.
pub(super) fn table(input: &InputReport, grid: &Grid, marks: &[Vec<Mark>]) -> String {
    let documents = input.subject.documents();
    let gathered;
    let all: &[Entity] = match &input.subject {
        Subject::Story(story) => &story.entities,
        Subject::Bitext(bitext) => {
            gathered = entities::gather(vec![bitext.source.clone(), bitext.target.clone()]).entities;
            &gathered
        }
        _ => return String::new(),
    };
    let named: Vec<&Entity> = all.iter().filter(|entity| entity.kind != NameKind::Other).take(400).collect();
    if named.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "<details class=\"names\" open><summary>Who and what is named</summary><div class=\"scroll\"><table><thead><tr>\
         <th scope=\"col\">name</th>",
    );
    for document in &documents {
        let _ = write!(out, "<th scope=\"col\">{}</th>", super::heading(document));
    }
    out.push_str("</tr></thead><tbody>");
    for entity in named {
        row(entity, &documents, grid, marks, &mut out);
    }
    out.push_str("</tbody></table></div></details>");
    out
}

fn row(entity: &Entity, documents: &[&Document], grid: &Grid, marks: &[Vec<Mark>], out: &mut String) {
    let rows: BTreeSet<&str> = (entity.variants.iter())
        .flat_map(|variant| variant.spans.iter().filter_map(|span| grid.row(variant.document, span.start)))
        .collect();
    let rows: Vec<&str> = rows.into_iter().collect();
    let _ = write!(
        out,
        "<tr data-rows=\"{}\"><th scope=\"row\"><span class=\"kind\">{}</span> {}</th>",
        rows.join(" "),
        entity.kind.as_str(),
        visible(&entity.name)
    );
    for (index, document) in documents.iter().enumerate() {
        let mine: Vec<_> = entity.variants.iter().filter(|variant| variant.document == index).collect();
        let spans = mine.iter().flat_map(|variant| &variant.spans);
        let over = spans.flat_map(|span| marks[index].iter().filter(|mark| mark.span.overlaps(*span)));
        let class = match (mine.len(), over.map(|mark| mark.severity).max()) {
            (0, _) => "absent",
            (_, Some(severity)) => severity.as_str(),
            (1, None) => "",
            (_, None) => "various",
        };
        let spelled: Vec<String> = (mine.iter())
            .map(|variant| match variant.spans.len() {
                1 => visible(&variant.text),
                count => format!("{} ×{count}", visible(&variant.text)),
            })
            .collect();
        let spelled = if spelled.is_empty() { "—".to_owned() } else { spelled.join("<br>") };
        let _ = write!(
            out,
            "<td class=\"{class}\" lang=\"{}\" dir=\"auto\">{spelled}</td>",
            super::text::escape(&document.language.tag)
        );
    }
    out.push_str("</tr>");
}
