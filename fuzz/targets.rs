//! What a fuzzer drives, and what `tests/fuzz.rs` runs on the inputs that are kept. Each target takes any bytes and panics
//! where a promise does not hold.

use std::io::Cursor;
use std::sync::LazyLock;

use recto::archive::answers::{Answers, merge_reports};
use recto::archive::{Cells, drift};
use recto::decisions::Log;
use recto::lang::{self, Language};
use recto::ledger::Ledger;
use recto::model::{Document, InputReport, Report, Span};
use recto::pipeline::{Checker, Input, Text, prepare};
use recto::read::formats::{self, FORMATS, Options};
use recto::read::{file, jsonl, termbase};
use recto::report;
use recto::report::offsets::Offsets;
use recto::{mentions, segment};

/// Takes any bytes.
type Target = fn(&[u8]);

/// Every target by its name.
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("readers", readers),
    ("records", records),
    ("segmenter", segmenter),
    ("numbers", numbers),
    ("offsets", offsets),
    ("aligner", aligner),
    ("merge", merge),
    ("decisions", decisions),
    ("html", html),
];

static CHECKER: LazyLock<Checker> = LazyLock::new(Checker::default);

const TAGS: &[&str] = &[
    "en", "de", "fr", "pt", "ru", "uk", "el", "tr", "ar", "fa", "he", "hi", "th", "zh", "ja", "ko", "hy",
    "vi",
];

/// The first byte chooses, the rest is text.
fn choice(bytes: &[u8]) -> (usize, String) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    (usize::from(*first), String::from_utf8_lossy(rest).into_owned())
}

fn language(choice: usize) -> &'static Language {
    lang::find(TAGS[choice % TAGS.len()]).expect("a language with a profile")
}

fn holds(span: Span, text: &str) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is no place in {} bytes", text.len());
}

/// Any bytes in any format are read or refused with the name of the file.
fn readers(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let format = &FORMATS[usize::from(*first) % FORMATS.len()];
    if let Err(error) = formats::content("x", rest.to_vec(), false, Some(format), &Options::default()) {
        assert!(error.to_string().starts_with('x'), "{error}");
    }
    if let Ok(file) = file::decode("x", rest.to_vec(), false) {
        let _ = termbase::concepts(&file);
    }
}

/// A line of JSON gives at most one input, and says which where it is none.
fn records(bytes: &[u8]) {
    let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    let count = jsonl::records(bytes, (None, None))
        .map(|input| assert!(!matches!(input, Input::Unreadable { error, .. } if error.is_empty())))
        .count();
    assert!(count <= lines + 1);
}

/// Segments are in order, do not overlap, and are places in the text.
fn segmenter(bytes: &[u8]) {
    let (choice, text) = choice(bytes);
    let mut end = 0;
    for segment in segment::segment(&text, language(choice)) {
        holds(segment.span, &text);
        assert!(segment.span.start >= end, "segments overlap");
        end = segment.span.end;
    }
    for span in segment::sentences(&text, language(choice)) {
        holds(span, &text);
    }
}

/// What is read as a number, a date or a quantity is a place in the text.
fn numbers(bytes: &[u8]) {
    let (choice, text) = choice(bytes);
    for mention in mentions::quantities(&text, language(choice)) {
        holds(mention.span, &text);
    }
}

/// Lines, columns and characters of any byte, in order.
fn offsets(bytes: &[u8]) {
    let (_, text) = choice(bytes);
    let offsets = Offsets::new(&text);
    let mut last = (0, 0);
    for (byte, _) in text.char_indices().step_by(1 + text.len() / 64) {
        let position = offsets.position(byte);
        // A byte order mark is in no column: what follows it is in its place.
        let next = (position.line, position.column);
        assert!(next > last || next == last && text.starts_with('\u{FEFF}'), "positions go back");
        last = next;
        assert_eq!(offsets.characters(byte), text.get(..byte).unwrap_or_default().chars().count());
    }
}

/// Two texts, parted by a zero byte or in the middle.
fn two(text: &str) -> (String, String) {
    let middle = text.floor_char_boundary(text.len() / 2);
    let (one, two) = text.split_once('\0').unwrap_or_else(|| text.split_at(middle));
    (one.to_owned(), two.to_owned())
}

fn checked(bytes: &[u8]) -> InputReport {
    let (choice, text) = choice(bytes);
    let (source, target) = two(&text);
    CHECKER.check(Input::Pair {
        id: "x".into(),
        source: Text::new("s", Some(&language(choice).tag), source),
        target: Text::new("t", Some(&language(choice / TAGS.len() + 3).tag), target),
    })
}

/// A pair is aligned: beads cover both sides in order, findings are places, no check fails.
fn aligner(bytes: &[u8]) {
    let report = checked(bytes);
    for finding in &report.findings {
        for place in &finding.places {
            holds(place.span, &report.subject.document(place).expect("a document").text);
        }
    }
    assert!(
        report.abstentions.iter().all(|one| !one.reason.contains("the check failed")),
        "{:?}",
        report.abstentions
    );
    if let recto::model::Subject::Bitext(bitext) = &report.subject {
        let all = |document: &Document| document.segments.len();
        for bead in &bitext.beads {
            assert!(bead.source.end <= all(&bitext.source) && bead.target.end <= all(&bitext.target));
        }
    }
}

/// Whatever answers, reports, cells and ledgers hold, they are merged or refused; merged twice, nothing changes.
fn merge(bytes: &[u8]) {
    let (choice, text) = choice(bytes);
    let (one, two) = two(&text);
    if let Ok(answers) = Answers::new(vec![Cursor::new(one.clone()), Cursor::new(two.clone())]) {
        let mut out = Vec::new();
        answers.write_sorted(&mut out, |_| ()).expect("memory");
        let mut again = Vec::new();
        let answers = Answers::new(vec![Cursor::new(out.clone())]).expect("what was merged can be merged");
        answers.write_sorted(&mut again, |_| ()).expect("memory");
        assert_eq!(out, again);
    }
    if let Ok(merged) = merge_reports(&[one.clone(), two.clone()], None) {
        assert_eq!(merge_reports(std::slice::from_ref(&merged), None).expect("a report"), merged);
    }
    let mut cells = Cells::default();
    if cells.read(one.as_bytes()).is_ok() && cells.read(two.as_bytes()).is_ok() {
        let mut out = Vec::new();
        cells.write(&mut out).expect("memory");
        let mut again = Cells::default();
        again.read(&*out).expect("what was written can be read");
        assert_eq!(cells, again);
        drift::of(&cells, Ledger::default());
    }
    if let (Ok(one), Ok(two)) = (Ledger::parse(&one), Ledger::parse(&two)) {
        let text = one.clone().join(two.clone()).to_text();
        if choice % 2 == 0 {
            assert_eq!(Ledger::parse(&text).expect("a ledger").to_text(), text);
        }
        assert_eq!(two.join(one).to_text().len(), text.len());
    }
}

/// A log is read or refused with the line; what was read holds together after an append.
fn decisions(bytes: &[u8]) {
    let Ok(mut log) = Log::read(bytes) else { return };
    let broken = log.broken().len();
    if let Some((_, record)) = log.records().first().cloned() {
        let _ = record.check();
        log.append(record).expect("JSON");
        let again = Log::parse(&log.text()).expect("what was written can be read");
        assert_eq!((again.records().len(), again.broken().len()), (log.records().len(), broken));
    }
}

/// A page in which the texts stay text.
fn html(bytes: &[u8]) {
    let mut out = Vec::new();
    let report = Report { inputs: vec![checked(bytes)] };
    report::find("html").expect("a format").write(&report, &mut out).expect("memory");
    let page = String::from_utf8(out).expect("UTF-8");
    let count = |tag: &str| page.matches(tag).count();
    assert_eq!((count("<script"), count("</script"), count("<body"), count("</html")), (2, 2, 1, 1));
    let _ = prepare(Text::new("x", None, String::from_utf8_lossy(bytes)));
}
