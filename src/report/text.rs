//! The report for a terminal: both sides quoted, marks inside the text, 80 columns.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::escape::harmless;
use super::places::{Located, Places};
use super::wrap::pieces;
use crate::model::{
    Document, Entity, Finding, InputReport, NameKind, Overridden, Relation, Report, Severity, Side, Span,
    Story, Subject, Verdict,
};

/// Columns of the report.
const WIDTH: usize = 80;
/// Characters of context on each side of a mark.
const CONTEXT: usize = 48;

/// Begins text that runs from right to left, apart from what is around it.
const ISOLATE: char = '\u{2067}';
/// Ends it.
const POP: char = '\u{2069}';

/// The report for a terminal.
pub struct Plain;

impl super::Writer for Plain {
    fn name(&self) -> &'static str {
        "text"
    }

    fn summary(&self) -> &'static str {
        "a report to read, 80 columns"
    }

    fn streams(&self) -> bool {
        true
    }

    fn gap(&self) -> &'static str {
        "\n"
    }

    fn write(&self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        for (index, input) in report.inputs.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            write_input(input, out)?;
        }
        Ok(())
    }
}

fn style_of(severity: Severity) -> Style {
    match severity {
        Severity::Critical => AnsiColor::Red.on_default().bold(),
        Severity::Major => AnsiColor::Red.on_default(),
        Severity::Minor => AnsiColor::Yellow.on_default(),
        Severity::Neutral => AnsiColor::Cyan.on_default(),
    }
}

fn painted(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

fn write_input(input: &InputReport, out: &mut dyn Write) -> io::Result<()> {
    let bold = Style::new().bold();
    if let Some(error) = &input.error {
        return writeln!(out, "{}", painted(&format!("not read: {error}"), style_of(Severity::Major)));
    }
    let (Some(verdict), Some(score)) = (input.verdict, &input.score) else { return Ok(()) };
    let verdict_style = match verdict {
        Verdict::Pass => AnsiColor::Green.on_default().bold(),
        Verdict::Warn => style_of(Severity::Minor),
        Verdict::Block => style_of(Severity::Critical),
    };
    writeln!(
        out,
        "{}  {}",
        painted(&verdict.as_str().to_ascii_uppercase(), verdict_style),
        painted(&input.id, bold)
    )?;
    for line in heading(input) {
        wrap(&line, "  ", "    ", out)?;
    }
    for document in input.subject.documents() {
        for note in &document.notes {
            wrap(&format!("note: {}: {note}", document.name), "  ", "    ", out)?;
        }
    }
    let counts: Vec<String> = Severity::ALL
        .iter()
        .rev()
        .filter(|&&severity| score.counts[severity as usize] > 0)
        .map(|&severity| format!("{} {}", score.counts[severity as usize], severity.as_str()))
        .collect();
    let counts = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    let unstable = if score.unstable { ", unstable under 300 words" } else { "" };
    let accepted = match input.accepted.len() {
        0 => String::new(),
        count => format!(", {count} accepted before"),
    };
    writeln!(out, "  {counts}{accepted} · MQM {:.1} over {} words{unstable}", score.quality, score.words)?;
    let places = Places::new(input);
    let mut order: Vec<&Finding> = input.findings.iter().collect();
    order.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for finding in order {
        writeln!(out)?;
        write_finding(finding, input, &places, out)?;
    }
    if let Subject::Story(story) = &input.subject {
        write_entities(story, out)?;
        write_passages(story, out)?;
    }
    if !input.abstentions.is_empty() {
        writeln!(out, "\n  {}", painted("not checked", bold))?;
        for abstention in &input.abstentions {
            wrap(&format!("{}: {}", abstention.check, abstention.reason), "    ", "      ", out)?;
        }
    }
    Ok(())
}

fn heading(input: &InputReport) -> Vec<String> {
    match &input.subject {
        Subject::Text(document) => vec![format!("{}, no source given", document.language.name)],
        Subject::Bitext(bitext) => {
            let relation = match bitext.parallelism.relation {
                // A short pair is taken for what the user says it is.
                Relation::Parallel | Relation::Unclear | Relation::SameLanguage | Relation::Swapped => "",
                Relation::PartlyParallel => ", translated in part",
                Relation::Comparable | Relation::Unrelated => ", no translation",
                Relation::Truncated => ", one side ends early",
            };
            vec![format!(
                "{} from {} ({}){relation}",
                bitext.target.language.name, bitext.source.language.name, bitext.source.name
            )]
        }
        Subject::Story(story) => story
            .documents
            .iter()
            .enumerate()
            .map(|(index, document)| format!("[{}] {}, {}", index + 1, document.name, document.language.name))
            .collect(),
        Subject::None => Vec::new(),
    }
}

fn write_finding(
    finding: &Finding,
    input: &InputReport,
    places: &Places<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = style_of(finding.severity);
    let head = format!("{} {}", finding.severity.as_str(), finding.check);
    let sure = format!("{:.0} % sure", finding.confidence * 100.0);
    let gap = WIDTH.saturating_sub(2 + head.width() + sure.width()).max(2);
    writeln!(out, "  {}{}{sure}", painted(&head, style), " ".repeat(gap))?;
    let message: String = finding.message.chars().map(shown).collect();
    wrap(&message, "    ", "    ", out)?;
    let mut last = None;
    let mut shown = 0;
    for Located { document, index, side, span, start, .. } in places.finding(finding) {
        let (line, column) = (start.line, start.column);
        if last == Some((index, line)) {
            continue;
        }
        last = Some((index, line));
        shown += 1;
        if shown > 6 {
            let more = finding.places.len() - 6;
            writeln!(out, "    and {more} more")?;
            break;
        }
        let label = match (&input.subject, side) {
            (Subject::Story(_), _) => format!("[{}] {line}:{column}", index + 1),
            (_, Side::Source) => format!("source {line}:{column}"),
            _ => format!("{line}:{column}"),
        };
        wrap(&format!("{label}  {}", quoted(document, span)), "    ", "        ", out)?;
    }
    if let Some(suggestion) = finding.suggestion.as_ref().filter(|suggestion| !suggestion.text.is_empty()) {
        let text: String = suggestion.text.chars().map(self::shown).collect();
        wrap(&format!("→ {text}"), "    ", "      ", out)?;
    }
    if let Some(Overridden { decision, reason, by, role, .. }) = &finding.overridden {
        let who = by.as_deref().map_or_else(|| role.clone(), |by| format!("{by}, {role}"));
        let text: String = format!("published all the same: {decision}: {reason} ({who})")
            .chars()
            .map(self::shown)
            .collect();
        wrap(&text, "    ", "      ", out)?;
    }
    Ok(())
}

/// The words around a span, the span marked ‹so›, one line. Right-to-left text is isolated, so that the marks
/// stay where they belong.
fn quoted(document: &Document, span: Span) -> String {
    let line = document.segment_at(span.start).map_or(span, |segment| segment.span.join(span));
    let before = Span::new(line.start, span.start).of(&document.text);
    let after = Span::new(span.end, line.end).of(&document.text);
    let kept: Vec<char> = before.chars().rev().take(CONTEXT).collect();
    let cut_before = if kept.len() < before.chars().count() { "…" } else { "" };
    let before: String = kept.into_iter().rev().collect();
    let cut_after = if after.chars().count() > CONTEXT { "…" } else { "" };
    let after: String = after.chars().take(CONTEXT).collect();
    let inside = document.excerpt(span);
    let inside = if inside.chars().count() > 160 {
        let head: String = inside.chars().take(100).collect();
        let tail: String = inside.chars().skip(inside.chars().count() - 40).collect();
        format!("{head} … {tail}")
    } else {
        inside.to_owned()
    };
    let text = format!("{cut_before}{before}‹{inside}›{after}{cut_after}");
    let visible: String = text.chars().map(shown).collect();
    if document.language.direction == crate::lang::Direction::Rtl {
        format!("{ISOLATE}{visible}{POP}")
    } else {
        visible
    }
}

/// Controls and invisible characters as something to see.
fn shown(character: char) -> char {
    match character {
        '\n' | '\r' => '⏎',
        '\t' => ' ',
        control if control.is_control() => '␦',
        other if crate::lang::text::is_invisible(other) => '·',
        other => other,
    }
}

/// Who appears where, under which spelling.
fn write_entities(story: &Story, out: &mut dyn Write) -> io::Result<()> {
    let shared: Vec<&Entity> =
        story.entities.iter().filter(|entity| entity.kind != NameKind::Other).collect();
    if shared.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  {}", painted("who and what", Style::new().bold()))?;
    entity_table(&shared, out)
}

/// Passages, and accounts of each, that are shown at most.
const PASSAGES: usize = 8;
const TELLERS: usize = 4;

/// Which sentences speak of the same fact.
fn write_passages(story: &Story, out: &mut dyn Write) -> io::Result<()> {
    if story.passages.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  {}", painted("told by several", Style::new().bold()))?;
    for passage in story.passages.iter().take(PASSAGES) {
        wrap(&passage.shared.join(", "), "    ", "      ", out)?;
        for &(account, span) in passage.sentences.iter().take(TELLERS) {
            let Some(document) = story.documents.get(account) else { continue };
            let text: Vec<&str> = document.excerpt(span).split(['\n', '\r']).map(str::trim).collect();
            wrap(&format!("[{}] {}", account + 1, text.join(" ")), "      ", "          ", out)?;
        }
        let more = passage.sentences.len().saturating_sub(TELLERS);
        if more > 0 {
            writeln!(out, "      and {more} more")?;
        }
    }
    let more = story.passages.len().saturating_sub(PASSAGES);
    if more > 0 {
        writeln!(out, "    and {more} more, in the JSON report")?;
    }
    Ok(())
}

/// Entities, one a paragraph: kind, name, then each spelling with its accounts.
pub fn entity_table(entities: &[&Entity], out: &mut dyn Write) -> io::Result<()> {
    for entity in entities {
        let mut spellings: Vec<(&str, Vec<String>)> = Vec::new();
        for variant in &entity.variants {
            let count = variant.spans.len();
            let account = if count > 1 {
                format!("[{}]×{count}", variant.document + 1)
            } else {
                format!("[{}]", variant.document + 1)
            };
            match spellings.iter_mut().find(|(text, _)| *text == variant.text) {
                Some((_, accounts)) => accounts.push(account),
                None => spellings.push((&variant.text, vec![account])),
            }
        }
        let spellings: Vec<String> =
            spellings.iter().map(|(text, accounts)| format!("{text} {}", accounts.join(" "))).collect();
        let mut roles: Vec<String> = entity.roles.iter().map(|role| role.concept.replace('-', " ")).collect();
        roles.sort();
        roles.dedup();
        let roles = if roles.is_empty() { String::new() } else { format!(", {}", roles.join(", ")) };
        let text = format!("{} ({}{roles}): {}", entity.name, entity.kind.as_str(), spellings.join("; "));
        wrap(&text, "    ", "      ", out)?;
    }
    Ok(())
}

/// Writes text wrapped to the width; what is too long for a line is cut where it is full. What is isolated for its
/// direction stays so on every line.
fn wrap(text: &str, first: &str, rest: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut line = first.to_owned();
    let mut used = first.width();
    let mut fresh = true;
    let mut isolated = false;
    for piece in pieces(text) {
        let word = piece.trim_end_matches(' ');
        if !fresh && used + word.width() > WIDTH {
            used = turn(&mut line, rest, isolated, out)?;
        }
        for character in piece.chars() {
            let width = character.width().unwrap_or_default();
            if used + width > WIDTH && character != ' ' {
                used = turn(&mut line, rest, isolated, out)?;
            }
            match character {
                ISOLATE => isolated = true,
                POP => isolated = false,
                _ => {}
            }
            line.push(character);
            used += width;
        }
        fresh = false;
    }
    writeln!(out, "{}", harmless(line.trim_end()))
}

/// Ends a line and begins the next; the columns that it has then.
fn turn(line: &mut String, rest: &str, isolated: bool, out: &mut dyn Write) -> io::Result<usize> {
    let close = if isolated { POP.to_string() } else { String::new() };
    writeln!(out, "{}{close}", harmless(line.trim_end()))?;
    rest.clone_into(line);
    if isolated {
        line.push(ISOLATE);
    }
    Ok(rest.width())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        wrap(text, "  ", "    ", &mut out).expect("memory");
        String::from_utf8(out).expect("text").lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_of_any_script_fit() {
        for text in ["渡轮此前停航了七十一天。".repeat(20), "слово ".repeat(40), "a".repeat(300)]
        {
            let lines = wrapped(&text);
            assert!(lines.len() > 2 && lines.iter().all(|line| line.width() <= WIDTH), "{lines:?}");
        }
    }

    #[test]
    fn every_line_of_what_runs_from_right_to_left_is_isolated() {
        let lines = wrapped(&format!("3:1  {ISOLATE}{}‹كلمة›{POP} end", "كلمة ".repeat(40)));
        assert!(lines.len() > 2);
        for line in &lines {
            assert_eq!(line.matches(ISOLATE).count(), 1, "{line}");
            assert_eq!(line.matches(POP).count(), 1, "{line}");
        }
    }

    #[test]
    fn a_line_that_begins_like_a_command_does_not() {
        let lines = wrapped(&format!("{} ::error::x", "word ".repeat(15)));
        assert_eq!(lines[1], "    : :error::x");
    }
}
