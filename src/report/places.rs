//! Places of findings as every writer shows them: in a file, from a position to a position, with the words there.
//!
//! This is the only way from a span to a line of a file, so that where a text was taken out of markup there is one
//! place to say so.

use super::offsets::{Offsets, Position};
use crate::decisions::fingerprint;
use crate::model::{Document, Finding, InputReport, Place, Report, Severity, Side, Span, Subject};

/// A place of a finding in the file that the user has.
#[derive(Debug, Clone, Copy)]
pub struct Located<'a> {
    /// Which text.
    pub side: Side,
    /// Which document of the subject, from 0.
    pub index: usize,
    /// The document.
    pub document: &'a Document,
    /// What the user calls the file.
    pub file: &'a str,
    /// Where in the document's text.
    pub span: Span,
    /// First character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
    /// The words there.
    pub text: &'a str,
    /// Code points of the text before the place, and up to its end.
    pub characters: (usize, usize),
}

/// Finds places of one input in its files.
pub struct Places<'a> {
    input: &'a InputReport,
    offsets: Vec<Offsets<'a>>,
}

impl<'a> Places<'a> {
    /// Reads where the lines of the input's documents are.
    pub fn new(input: &'a InputReport) -> Self {
        let documents = input.subject.documents();
        Self { input, offsets: documents.iter().map(|document| Offsets::of(document)).collect() }
    }

    /// One place.
    pub fn of(&self, place: &Place) -> Option<Located<'a>> {
        let document = self.input.subject.document(place)?;
        let index = self.input.subject.index(place)?;
        Some(self.span(place.side, index, document, place.span))
    }

    /// A span of a document.
    pub fn span(&self, side: Side, index: usize, document: &'a Document, span: Span) -> Located<'a> {
        let offsets = &self.offsets[index];
        let (start, end) = offsets.ends(span);
        Located {
            side,
            index,
            document,
            file: document.file(),
            span,
            start,
            end,
            text: document.excerpt(span),
            characters: (offsets.characters(span.start), offsets.characters(span.end)),
        }
    }

    /// Where in the translation something is missing that the source has at a place: after what was translated before.
    fn gap(&self, place: &Located<'a>) -> Option<Located<'a>> {
        let Subject::Bitext(bitext) = &self.input.subject else { return None };
        let segments = &bitext.source.segments;
        let segment =
            segments.partition_point(|segment| segment.span.start <= place.span.start).checked_sub(1)?;
        let at = bitext.beads.iter().position(|bead| bead.source.contains(&segment))?;
        let before = bitext.beads[..at].iter().rev().find_map(|bead| bitext.target_span(bead));
        let end = before.map_or(0, |span| span.end);
        Some(self.span(Side::Target, 1, &bitext.target, Span::new(end, end)))
    }

    /// Every place of a finding.
    pub fn finding(&self, finding: &Finding) -> Vec<Located<'a>> {
        finding.places.iter().filter_map(|place| self.of(place)).collect()
    }
}

/// A finding with everything that a list of findings needs.
pub struct Hit<'a> {
    /// The input that it was found in.
    pub input: &'a InputReport,
    /// The finding.
    pub finding: &'a Finding,
    /// See [`fingerprint`].
    pub fingerprint: String,
    /// Where; never empty.
    pub places: Vec<Located<'a>>,
    /// Where in the translation it is, if all its places are in the source.
    pub gap: Option<Located<'a>>,
}

impl<'a> Hit<'a> {
    /// Where the fault is, in the translation: the first place there, or the gap, or else the first place of all.
    pub fn main(&self) -> &Located<'a> {
        match self.main_index() {
            Some(index) => &self.places[index],
            None => self.gap.as_ref().unwrap_or(&self.places[0]),
        }
    }

    /// Every place but the main one.
    pub fn others(&self) -> impl Iterator<Item = &Located<'a>> {
        let main = self.main_index().or(if self.gap.is_some() { None } else { Some(0) });
        self.places.iter().enumerate().filter(move |(index, _)| Some(*index) != main).map(|(_, place)| place)
    }

    fn main_index(&self) -> Option<usize> {
        self.places.iter().position(|place| place.side != Side::Source)
    }
}

/// The open findings of one input, in its order.
pub fn hits(input: &InputReport) -> Vec<Hit<'_>> {
    let places = Places::new(input);
    let prints = fingerprint::of(input);
    (input.findings.iter().zip(prints))
        .map(|(finding, fingerprint)| {
            let found = places.finding(finding);
            let only_source = found.iter().all(|place| place.side == Side::Source);
            let gap = found.first().filter(|_| only_source).and_then(|place| places.gap(place));
            Hit { input, finding, fingerprint, places: found, gap }
        })
        .filter(|hit| !hit.places.is_empty())
        .collect()
}

/// The open findings of a report, the most severe first, else in input order.
pub fn gravest_first(report: &Report) -> Vec<Hit<'_>> {
    let mut all: Vec<Hit<'_>> = report.inputs.iter().flat_map(hits).collect();
    all.sort_by_key(|hit| std::cmp::Reverse(hit.finding.severity));
    all
}

/// What most formats have: error, warning, note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Critical and major.
    Error,
    /// Minor.
    Warning,
    /// Neutral.
    Note,
}

/// The level of a severity.
pub const fn level(severity: Severity) -> Level {
    match severity {
        Severity::Critical | Severity::Major => Level::Error,
        Severity::Minor => Level::Warning,
        Severity::Neutral => Level::Note,
    }
}

/// `message`, and what to do where the finding says so.
pub fn advice(finding: &Finding) -> String {
    match &finding.suggestion {
        None => finding.message.clone(),
        Some(suggestion) if suggestion.text.is_empty() => finding.message.clone(),
        Some(suggestion) => format!("{} → {}", finding.message, suggestion.text),
    }
}
