//! The log and the counters hold no word of an article, whatever happens.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::client::{Connection, Process, get, post, request};

/// Texts that break things, each with a word of its own that must be nowhere else.
const NAUGHTY: &[&str] = &[
    "undefinedzq null zqnil NaNzq",
    "</scriptzq><script>alert('zqhit')</script>",
    "'; DROP TABLE zqusers; --",
    "${jndi:ldap://zqevil.example/a}",
    "%s%n%x zqformat {0} {{7*7}}",
    "../../../../etc/zqpasswd\u{0}.txt",
    "\u{1B}[31mzqcolour\u{1B}[0m \u{7}",
    "::error::zqcommand ##[add-mask]zqmask",
    "zqline\r\nSet-Cookie: zqcookie=1",
    "\u{202E}zqright-to-left\u{202C} zero\u{200B}zqwidth \u{FEFF}",
    "zqẑ̵̙̈́ą̷̊l̴g̸o",
    "田中さんにzqあげて下さい 👩‍👩‍👧‍👦",
    "الكُل في المَجمُو عَة zqعربي",
    "\"zqquote\\\" \\u0000 \\ud800",
    "zqlong ",
];

#[test]
fn no_word_of_an_article_is_in_the_log() {
    let process = Process::start(&[]);
    let huge = "zqlong ".repeat(150_000);
    for text in NAUGHTY.iter().copied().chain([huge.as_str()]) {
        let pair = json!({"id": text.get(..6), "source": {"language": "en", "text": format!("Anna Zqberg paid 300 dollars: {text}")},
            "target": {"language": "pt", "text": format!("Ana Zqborg pagou 900 dólares : {text}"), "name": text.chars().take(30).collect::<String>()}});
        post(process.address, "/v1/check", &pair.to_string());
        post(process.address, "/v1/check", &json!({"target": {"html": text}}).to_string());
        post(process.address, "/v1/check", &json!({"target": {"text": text, "language": text}}).to_string());
        post(
            process.address,
            "/v1/compare",
            &json!({"accounts": [{"text": text}, {"markdown": text}, {"ninjs": {"headline": text}}]})
                .to_string(),
        );
        // What is no request at all, in the body, the path, the head.
        post(process.address, "/v1/check", text);
        get(
            process.address,
            &format!(
                "/zqpath/{}?zqquery={0}",
                text.chars().filter(char::is_ascii_alphanumeric).take(500).collect::<String>()
            ),
        );
        let mut connection = Connection::open(process.address);
        let _ = connection.write(request(
            "ZQMETHOD",
            "/v1/check",
            "user-agent: zqagent\r\nreferer: zqreferer\r\n",
            "zqbody",
        ));
        connection.read();
        let mut connection = Connection::open(process.address);
        let _ = connection.write(format!("{text}\r\n\r\n"));
        connection.read();
    }
    let metrics = get(process.address, "/metrics").body;
    let (code, log) = process.stop();
    assert_eq!(code, Some(0));
    assert!(log.lines().count() > 80, "a line a request: {}", log.lines().count());
    for (what, text) in [("log", &log), ("metrics", &metrics)] {
        let lower = text.to_ascii_lowercase();
        assert!(
            !lower.contains("zq"),
            "{what}: {}",
            lower.lines().find(|line| line.contains("zq")).unwrap_or_default()
        );
        assert!(text.is_ascii(), "{what} holds only what is ours");
        assert!(!text.contains(['\u{1B}', '\u{7}', '\r']), "{what}");
    }
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(
            line["status"].is_u64() && line["milliseconds"].is_u64() && line["route"].is_string(),
            "{line}"
        );
    }
    let checked = log.lines().find(|line| line.contains("\"verdict\":\"block\"")).expect("one was blocked");
    let line: Value = serde_json::from_str(checked).expect("JSON");
    assert!(line["report"].is_string() && line["sha256"].is_string() && line["received"].is_u64(), "{line}");
    assert!(
        metrics.contains("recto_requests_total{method=\"other\",route=\"other\",status=\"405\"}"),
        "{metrics}"
    );
    assert!(metrics.contains("recto_verdicts_total{pair=\"en-pt\",verdict=\"block\"}"), "{metrics}");
    assert!(metrics.contains("recto_check_seconds_count{route=\"check\"}"), "{metrics}");
}

#[test]
fn a_panic_says_where_and_not_of_what() {
    let said = Arc::new(Mutex::new(String::new()));
    let lines = Arc::clone(&said);
    let before = std::panic::take_hook();
    recto::serve::quiet_panics(Arc::new(move |line| lines.lock().expect("the log").push_str(line)));
    let word = String::from("zqsecret");
    let ended = std::thread::spawn(move || panic!("cannot read {word}")).join();
    std::panic::set_hook(before);
    assert!(ended.is_err());
    let said = said.lock().expect("the log").clone();
    assert!(said.contains("tests/serve/log.rs:") && !said.contains("zqsecret"), "{said}");
    let _: Value = serde_json::from_str(&said).expect("a line of JSON");
}
