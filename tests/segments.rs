//! Sentence boundaries against `corpora/segmentation`: F1 by language, and the least that is accepted.

use std::{fs, path::Path};

use recto::lang;
use recto::model::SegmentKind;
use recto::segment::{segment, sentences};

/// The least boundary F1 over all passages. Raised when the segmenter gets better, never lowered.
const LEAST: f64 = 0.97;

#[derive(Default, Clone, Copy)]
struct Count {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Count {
    fn f1(self) -> f64 {
        if self.found + self.wanted == 0 {
            1.0
        } else {
            2.0 * self.right as f64 / (self.found + self.wanted) as f64
        }
    }
}

#[test]
fn boundaries_are_where_the_gold_has_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/segmentation");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    assert!(files.len() >= 15, "languages");
    let (mut all, mut passages) = (Count::default(), 0);
    for path in files {
        let tag = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let profiled = lang::PROFILES.iter().any(|entry| entry.tag == tag);
        let language = lang::find(&tag).unwrap_or_else(lang::unknown);
        let mut own = Count::default();
        let page = fs::read_to_string(&path).expect("a file of passages");
        for line in page.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            passages += 1;
            let (text, wanted) = passage(line);
            let found = sentences(&text, language);
            let mut ends: Vec<usize> = found.iter().map(|span| span.end).collect();
            ends.pop();
            let right = ends.iter().filter(|end| wanted.contains(end)).count();
            own.right += right;
            own.found += ends.len();
            own.wanted += wanted.len();
            if right < ends.len().max(wanted.len()) {
                let pieces: Vec<&str> = found.iter().map(|span| span.of(&text)).collect();
                println!("  {tag}: {}", pieces.join(" | "));
            }
        }
        println!("{tag}: F1 {:.3}{}", own.f1(), if profiled { "" } else { " (no profile)" });
        all.right += own.right;
        all.found += own.found;
        all.wanted += own.wanted;
    }
    println!("all: {passages} passages, {} boundaries, F1 {:.4}", all.wanted, all.f1());
    assert!(passages >= 30, "passages");
    assert!(all.f1() >= LEAST, "boundary F1 {:.4} under {LEAST}", all.f1());
}

/// The text of a line, and where its sentences end but the last.
fn passage(line: &str) -> (String, Vec<usize>) {
    let (mut text, mut ends) = (String::new(), Vec::new());
    for piece in line.split('|') {
        if text.is_empty() {
            text.push_str(piece);
            continue;
        }
        ends.push(text.trim_end().len());
        let spaced = text.ends_with(' ') && piece.starts_with(' ');
        text.push_str(if spaced { piece.trim_start() } else { piece });
    }
    (text, ends)
}

/// `corpora/segmentation/pages`: a letter for the kind of each line; `+` continues a hard-wrapped paragraph.
#[test]
fn lines_of_a_page_are_what_the_gold_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/segmentation/pages");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the pages").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let mut failures = Vec::new();
    for path in files {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let language = lang::find(name.split('-').next().expect("a tag")).unwrap_or_else(lang::unknown);
        let page = fs::read_to_string(&path).expect("a page");
        let lines: Vec<&str> = page.lines().map(|line| line.get(2..).unwrap_or_default()).collect();
        let document = lines.join("\n");
        let segments = segment(&document, language);
        let mut at = 0;
        let mut paragraph = 0;
        for (line, text) in page.lines().zip(lines) {
            let start = at;
            at += text.len() + 1;
            let kind = match line.chars().next() {
                Some('S' | '+') => SegmentKind::Sentence,
                Some('H') => SegmentKind::Heading,
                Some('Y') => SegmentKind::Byline,
                Some('C') => SegmentKind::Caption,
                Some('L') => SegmentKind::ListItem,
                Some('B') => SegmentKind::Boilerplate,
                _ => continue,
            };
            let found: Vec<_> = segments
                .iter()
                .filter(|segment| segment.span.start < start + text.len() && segment.span.end > start)
                .collect();
            for segment in &found {
                if segment.kind != kind {
                    failures.push(format!("{name}: {text:?} is {:?}, not {kind:?}", segment.kind));
                }
            }
            let own = found.first().map_or(0, |segment| segment.paragraph);
            if paragraph > 0 && line.starts_with('+') != (own == paragraph - 1) {
                failures.push(format!("{name}: paragraph border before {text:?}"));
            }
            paragraph = own + 1;
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
