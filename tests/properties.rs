//! Promises for any text: nothing panics, spans lie inside the text, threads change nothing.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use recto::model::{InputReport, Side, Subject};
use recto::pipeline::{Checker, Input, Text};
use recto::read::{file, plain};

/// Text with more marks, figures, names and scripts than chance would give.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Zäéßçğıİ]{1,9}",
        3 => prop::sample::select(vec![
            " ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u{A0}", "\u{200B}", "\u{202E}", "\u{FEFF}", "\u{FFFD}", "",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            ".", "...", "!", "?", ",", "«", "»", "“", "”", "\"", "'", "(", ")", "-", " -", "—", "。", "「", "؟", "&amp;",
            "<b>", "]]>", "**", "{{x}}", "Ã©", "â€™", "\u{301}", "\u{200D}",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "12", "1.234,5", "1,234.5", "٣٤", "३ लाख", "三千五百万", "5 km", "$3", "€", "7 %", "12 March 2024", "3月12日", "1403",
            "12 de março", "10:30", "99999999999999999999999", "1/0", "²",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "Alexey Overchuk", "Оверчук", "القاهرة", "東京都", "Ivan Petrov, the minister,", "Kyiv", "北京", "ירושלים", "दिल्ली",
            "กรุงเทพ", "서울", "Երևան", "presidente", "🙂👩‍👩‍👧", "e\u{301}",
        ]).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| text.chars().take(8).collect()),
    ];
    prop::collection::vec(piece, 0..50).prop_map(|pieces| pieces.concat())
}

fn tag() -> impl Strategy<Value = Option<String>> {
    let tags = vec![
        None,
        None,
        Some("en"),
        Some("pt-BR"),
        Some("ru"),
        Some("zh"),
        Some("ar"),
        Some("tr"),
        Some("th"),
        Some("ja"),
        Some("hi"),
        Some("und"),
        Some("sk"),
        Some("no such tag"),
    ];
    prop::sample::select(tags).prop_map(|tag| tag.map(str::to_owned))
}

fn given() -> impl Strategy<Value = Text> {
    (text(), tag()).prop_map(|(text, language)| Text { language, ..Text::new("any", None, text) })
}

/// What holds for every report.
fn holds(report: &InputReport) -> Result<(), TestCaseError> {
    for abstention in &report.abstentions {
        prop_assert!(!abstention.reason.contains("failed"), "{}: {}", abstention.check, abstention.reason);
    }
    for finding in &report.findings {
        prop_assert!(!finding.places.is_empty(), "{} has no place", finding.check);
        prop_assert!((0.0..=1.0).contains(&finding.confidence), "{}", finding.check);
        prop_assert!(!finding.message.is_empty());
        for place in &finding.places {
            let document = report.subject.document(place);
            prop_assert!(document.is_some(), "{} is in no document", finding.check);
            let text = document.map_or("", |document| document.text.as_str());
            let inside = text.get(place.span.start..place.span.end);
            prop_assert!(inside.is_some(), "{}: {:?} of {:?}", finding.check, place.span, text);
        }
    }
    for document in report.subject.documents() {
        for mention in document.mentions() {
            let inside = document.text.get(mention.span.start..mention.span.end);
            prop_assert!(inside.is_some_and(|words| !words.is_empty()), "{mention:?} of {:?}", document.text);
        }
    }
    let written = recto::model::Report { inputs: vec![report.clone()] };
    for writer in recto::report::WRITERS {
        let mut out = Vec::new();
        prop_assert!(writer.write(&written, &mut out).is_ok());
        prop_assert!(String::from_utf8(out).is_ok());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_checked(target in given()) {
        let report = Checker::default().check(Input::Text { id: "any".into(), target });
        holds(&report)?;
    }

    #[test]
    fn any_pair_can_be_checked(source in given(), target in given()) {
        let report = Checker::default().check(Input::Pair { id: "any".into(), source, target });
        holds(&report)?;
    }

    #[test]
    fn any_accounts_can_be_compared(accounts in prop::collection::vec(given(), 0..4)) {
        let report = Checker::default().check(Input::Story { id: "any".into(), accounts });
        holds(&report)?;
    }

    #[test]
    fn any_bytes_are_a_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(target) = file::decode("any", bytes.clone(), false).and_then(|file| plain::text(&file)) {
            if let (None, Ok(read)) = (&target.origin, std::str::from_utf8(&bytes)) {
                prop_assert_eq!(&target.text, read);
            }
            holds(&Checker::default().check(Input::Text { id: "any".into(), target }))?;
        }
    }

    #[test]
    fn any_row_is_an_input(line in "\\PC{0,60}", number in 1_usize..9) {
        let input = recto::read::jsonl::input(&line, number, (None, None));
        holds(&Checker::default().check(input))?;
    }
}

fn stories() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/story/dam");
    let mut all: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the bundled story")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("an account")))
        .collect();
    all.sort();
    all
}

#[test]
fn a_text_against_itself_has_nothing_wrong_between_its_sides() {
    for (name, text) in stories() {
        let side = || Text::new(name.clone(), None, text.clone());
        let report =
            Checker::default().check(Input::Pair { id: name.clone(), source: side(), target: side() });
        let Subject::Bitext(_) = &report.subject else { panic!("a bitext") };
        let between =
            |finding: &&recto::model::Finding| finding.places.iter().any(|place| place.side == Side::Source);
        let found: Vec<_> = report.findings.iter().filter(between).map(|f| f.check).collect();
        assert_eq!(found, ["unrelated"], "{name}: one finding says that it is one text twice");
    }
}

#[cfg(feature = "cli")]
#[test]
fn threads_and_repetition_do_not_change_the_report() {
    let texts = stories();
    let rows: Vec<String> = (0..40)
        .map(|nth| {
            let (source, target) = (&texts[nth % texts.len()].1, &texts[(nth * 3 + 1) % texts.len()].1);
            let cut = |text: &str| text.lines().take(3 + nth % 4).collect::<Vec<_>>().join("\n");
            match nth % 4 {
                0 => serde_json::json!({ "id": nth, "target": cut(target) }).to_string(),
                3 => "{ no row".to_owned(),
                _ => {
                    serde_json::json!({ "id": nth, "source": cut(source), "target": cut(target) }).to_string()
                }
            }
        })
        .collect();
    let run = |threads: &str| {
        let output = assert_cmd::Command::cargo_bin("recto")
            .expect("the binary")
            .args(["--threads", threads, "check", "--from", "jsonl", "--to", "jsonl", "-"])
            .write_stdin(rows.join("\n"))
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(3), "rows that cannot be read");
        output.stdout
    };
    let one = run("1");
    assert_eq!(one.iter().filter(|&&byte| byte == b'\n').count(), 40);
    assert!(one == run("4"), "four threads give other bytes");
    assert!(one == run("4"), "a second run gives other bytes");
}
