//! Source and translation side by side, or accounts one after the other; what is missing is a hole.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::text::{Mark, marked};
use crate::lang::Direction;
use crate::model::{Bitext, Document, InputReport, Span, Subject};

/// A row of the grid: source and target spans, either may be missing.
struct Row {
    source: Option<Span>,
    target: Option<Span>,
    moved: bool,
}

/// One side: a document and what is marked in it.
struct Column<'a> {
    document: &'a Document,
    /// In order of place.
    marks: &'a [Mark],
    /// Bytes of the longest mark.
    longest: usize,
}

impl<'a> Column<'a> {
    fn direction(&self) -> &'static str {
        if self.document.language.direction == Direction::Rtl { "rtl" } else { "ltr" }
    }

    fn new(document: &'a Document, marks: &'a [Mark]) -> Self {
        let longest = marks.iter().map(|mark| mark.span.len()).max().unwrap_or_default();
        Self { document, marks, longest }
    }
}

/// The rows of one input, and which finding is in which row, by document and place.
pub(super) struct Grid {
    html: String,
    /// For every document, where its rows begin, and their ids.
    starts: Vec<BTreeMap<usize, String>>,
}

impl Grid {
    /// The grid of the `nth` input, with marks a document; with a head that names the texts, or without.
    pub(super) fn new(nth: usize, input: &InputReport, marks: &[Vec<Mark>], head: bool) -> Self {
        let documents = input.subject.documents();
        let mut grid =
            Self { html: String::new(), starts: documents.iter().map(|_| BTreeMap::new()).collect() };
        match &input.subject {
            Subject::Bitext(bitext) => grid.bitext(nth, bitext, marks, head),
            _ => {
                for (index, document) in documents.iter().enumerate() {
                    grid.document(nth, index, document, &marks[index], documents.len() > 1);
                }
            }
        }
        grid
    }

    /// Its markup.
    pub(super) fn html(&self) -> &str {
        &self.html
    }

    /// The id of the row that holds a byte of a document.
    pub(super) fn row(&self, document: usize, byte: usize) -> Option<&str> {
        let starts = self.starts.get(document)?;
        starts.range(..=byte).next_back().or(starts.first_key_value()).map(|(_, id)| id.as_str())
    }

    fn bitext(&mut self, nth: usize, bitext: &Bitext, marks: &[Vec<Mark>], head: bool) {
        let mut rows: Vec<Row> = (bitext.beads.iter())
            .map(|bead| Row {
                source: bitext.source_span(bead),
                target: bitext.target_span(bead),
                moved: bead.moved,
            })
            .collect();
        // What is no part of the article stands on neither side of a bead.
        let around = |document: &Document| -> Vec<Span> {
            document.segments.iter().filter(|one| !one.kind.is_prose()).map(|one| one.span).collect()
        };
        let page = rows.len();
        let alone = |source, target| Row { source, target, moved: false };
        rows.extend(around(&bitext.source).into_iter().map(|span| alone(Some(span), None)));
        rows.extend(around(&bitext.target).into_iter().map(|span| alone(None, Some(span))));
        let (source, target) =
            (Column::new(&bitext.source, &marks[0]), Column::new(&bitext.target, &marks[1]));
        self.html.push_str("<div class=\"grid two\" role=\"table\">");
        if head {
            self.html.push_str(
                "<div class=\"row head\" role=\"row\"><div class=\"n\" role=\"columnheader\">#</div>",
            );
            for column in [&source, &target] {
                let _ = write!(
                    self.html,
                    "<div role=\"columnheader\" dir=\"{}\">{}</div>",
                    column.direction(),
                    super::heading(column.document)
                );
            }
            self.html.push_str("</div>");
        }
        for (number, row) in rows.iter().enumerate() {
            let id = format!("r{nth}-{number}");
            let class = match (row.source, row.target) {
                _ if number >= page => " page",
                (Some(_), None) => " hole",
                (None, Some(_)) => " added",
                _ if row.moved => " moved",
                _ => "",
            };
            let _ = write!(
                self.html,
                "<div class=\"row{class}\" role=\"row\" id=\"{id}\"><div class=\"n\" role=\"rowheader\"><a href=\"#{id}\">{}</a></div>",
                number + 1
            );
            let missing = if number >= page { "" } else { "not translated" };
            self.cell(row.source, &source, if number >= page { "" } else { "not in the source" });
            self.cell(row.target, &target, missing);
            self.html.push_str("</div>");
            for (index, span) in [row.source, row.target].into_iter().enumerate() {
                if let Some(span) = span {
                    self.starts[index].insert(span.start, id.clone());
                }
            }
        }
        self.html.push_str("</div>");
    }

    fn document(&mut self, nth: usize, index: usize, document: &Document, marks: &[Mark], several: bool) {
        let _ = write!(self.html, "<div class=\"grid one\" role=\"table\">");
        if several {
            let _ = write!(
                self.html,
                "<div class=\"row head\" role=\"row\"><div class=\"n\" role=\"columnheader\">#</div><div role=\"columnheader\">{}</div></div>",
                super::heading(document)
            );
        }
        let column = Column::new(document, marks);
        for (number, segment) in document.segments.iter().enumerate() {
            let id = format!("r{nth}-{index}-{number}");
            let class = if segment.kind.is_prose() { "" } else { " page" };
            let _ = write!(
                self.html,
                "<div class=\"row{class}\" role=\"row\" id=\"{id}\"><div class=\"n\" role=\"rowheader\"><a href=\"#{id}\">{}</a></div>",
                number + 1
            );
            self.cell(Some(segment.span), &column, "");
            self.html.push_str("</div>");
            self.starts[index].insert(segment.span.start, id);
        }
        self.html.push_str("</div>");
    }

    fn cell(&mut self, span: Option<Span>, column: &Column<'_>, missing: &str) {
        let Some(span) = span else {
            let _ = write!(self.html, "<div class=\"c none\" role=\"cell\"><i>{missing}</i></div>");
            return;
        };
        let Column { document, marks, longest } = *column;
        let direction = column.direction();
        // Marks are in order of place: those of this row are next to each other.
        let first = marks.partition_point(|mark| mark.span.start + longest < span.start);
        let last = marks.partition_point(|mark| mark.span.start < span.end);
        let _ = write!(
            self.html,
            "<div class=\"c\" role=\"cell\" lang=\"{}\" dir=\"{direction}\">{}</div>",
            super::text::escape(&document.language.tag),
            marked(&document.text, span, marks.get(first..last).unwrap_or_default())
        );
    }
}
