//! Texts that mean harm, through the gate: refused with their place, or checked as what they show.

use std::time::{Duration, Instant};

use serde_json::json;

use super::client::{Connection, Gate, get, post};

/// A body as bytes: what is not UTF-8 has no other form.
fn post_bytes(gate: &Gate, body: &[u8]) -> (u16, String) {
    let mut connection = Connection::open(gate.address);
    let head = format!(
        "POST /v1/check HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    connection.write([head.as_bytes(), body].concat()).expect("taken");
    let answer = connection.read().expect("an answer");
    (answer.status, answer.body)
}

#[test]
fn what_is_no_request_is_refused_with_its_place() {
    let gate = Gate::start(|_| {});
    let deep = format!("{{\"target\":{{\"text\":{}", "[".repeat(100_000));
    let ninjs = format!("{{\"target\":{{\"ninjs\":{{\"a\":{}", "[".repeat(100_000));
    for (body, said) in [
        (r#"{"target":{"text":"\ud800 x"}}"#, "column 2"),
        (r#"{"target":{"text":"a"},"target":{"text":"b"}}"#, "duplicate field `target`"),
        (r#"{"target":{"text":1e999999}}"#, "column 2"),
        (r#"{"target":{"text":"a"}} {}"#, "line 1 column 25"),
        ("{\"target\":\n{\"text\":\"a\u{1}\"}}", "line 2 column"),
        (r#"{"target":{"text":NaN}}"#, "line 1 column 19"),
        (r#"{"target":{"txt":"a"}}"#, "unknown field `txt`"),
        (deep.as_str(), "line 1 column"),
        (ninjs.as_str(), "line 1 column"),
        ("\u{FEFF}{\"target\":{\"text\":\"a\"}}", "line 1 column 1"),
        ("", "line 1 column 0"),
    ] {
        let (status, answer) = post_bytes(&gate, body.as_bytes());
        assert_eq!(status, 400, "{body:.60}: {answer}");
        assert!(answer.contains(said), "{body:.60}: {answer}");
    }
    for sequence in [&b"\xC0\xAF"[..], b"\xED\xA0\x80", b"\xF4\x90\x80\x80", b"\xFF", b"\xE0\x80"] {
        let body = [b"{\"target\":{\"text\":\"", sequence, b"\"}}"].concat();
        let (status, answer) = post_bytes(&gate, &body);
        assert!(status == 400 && answer.contains("line 1 column"), "{sequence:X?}: {answer}");
    }
    assert_eq!(get(gate.address, "/healthz").status, 200);
}

#[test]
fn texts_that_are_built_to_break_readers_are_checked_or_told() {
    let gate = Gate::start(|_| {});
    let start = Instant::now();
    let many = |piece: &str| piece.repeat(20_000);
    for target in [
        json!({"html": many("<div>") + "The quay opened."}),
        json!({"html": many("&lt;")}),
        json!({"html": "<!DOCTYPE a [<!ENTITY b \"cc\">]><p>The quay opened &b;.</p>"}),
        json!({"markdown": many("> ")}),
        json!({"markdown": many("[a](")}),
        json!({"text": many("e\u{301}")}),
        json!({"text": many("\u{202E}")}),
        json!({"ninjs": {"headline": "The quay", "body_html": many("<p>")}}),
        json!({"ninjs": {"headline": ["no", "text"], "body_text": 1}}),
        json!({"ninjs": {}}),
    ] {
        let shown = target.to_string().chars().take(60).collect::<String>();
        let answer = post(gate.address, "/v1/check", &json!({"target": target}).to_string());
        assert_eq!(answer.status, 200, "{shown}: {}", answer.body);
        let reply = answer.json();
        let told = reply["errors"].as_array().is_some_and(|errors| !errors.is_empty());
        assert!(reply["checked"] == true || told, "{shown}: {reply}");
    }
    assert!(start.elapsed() < Duration::from_secs(100), "{:?}", start.elapsed());
}

#[test]
fn turned_figures_are_found_and_never_turn_the_page() {
    let gate = Gate::start(|_| {});
    let target =
        json!({"language": "pt", "text": "O porto reabriu.\nA multa foi de \u{202E}0001\u{202C} euros."});
    let reply = post(gate.address, "/v1/check", &json!({"target": target}).to_string()).json();
    let finding = &reply["report"]["inputs"][0]["findings"][0];
    assert_eq!(
        (&finding["check"], &finding["places"][0]["line"]),
        (&json!("invisible-character"), &json!(2)),
        "{reply}"
    );
    let page = get(gate.address, reply["review"].as_str().expect("a path")).body;
    let (shown, _) = page.split_once("<script type=\"application/json\"").expect("the page, then its data");
    assert!(shown.contains("invisible-character") && shown.contains(">RLO<"), "it is shown");
    assert!(!shown.contains('\u{202E}'), "and does nothing");
}
