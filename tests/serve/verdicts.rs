//! Verdicts are those of the command line, to the byte; and data.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use recto::model::InputReport;
use recto::pipeline::Input;
use recto::serve::wire::OnError;
use recto::serve::{Engine, Limits};
use serde_json::{Value, json};

use super::client::{Connection, Gate, Process, get, newsroom, post, request};

/// What the command line prints for files of a folder.
fn printed(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let output = Command::new(assert_cmd::cargo::cargo_bin("recto"))
        .args(arguments)
        .args(["--to", "json"])
        .current_dir(folder.path())
        .output()
        .expect("the binary");
    String::from_utf8(output.stdout).expect("text").trim_end().to_owned()
}

/// The bytes of the report in an answer, where it is the last member.
fn report_of(body: &str) -> &str {
    let (_, report) = body.split_once(",\"report\":").expect("a report");
    report.strip_suffix('}').expect("the last member")
}

const SOURCE: &str =
    "Dockers in Hamburg went back to work on 4 June.\n\nThe strike lasted 14 days, said Anna Berg.";
const TARGET: &str =
    "Os estivadores voltaram ao trabalho em 4 de junho.\n\nA greve durou 41 dias, disse Anna Borg.";

#[test]
fn the_report_is_what_the_command_line_prints() {
    let gate = Process::start(&[]);
    let files = [("a.en.txt", SOURCE), ("b.pt.txt", TARGET)];

    let pair = printed(&files, &["check", "--source", "a.en.txt", "b.pt.txt"]);
    let body = json!({"source": {"name": "a.en.txt", "text": SOURCE}, "target": {"name": "b.pt.txt", "text": TARGET}});
    let answer = post(gate.address, "/v1/check", &body.to_string());
    assert_eq!((answer.status, report_of(&answer.body)), (200, pair.as_str()));
    assert!(pair.contains("number-mismatch"), "{pair}");

    let alone = printed(&files, &["check", "--target-lang", "pt", "b.pt.txt"]);
    let body = json!({"target": {"name": "b.pt.txt", "language": "pt", "text": TARGET}});
    assert_eq!(report_of(&post(gate.address, "/v1/check", &body.to_string()).body), alone);

    let story = printed(&files, &["compare", "a.en.txt", "b.pt.txt"]);
    let body =
        json!({"accounts": [{"name": "a.en.txt", "text": SOURCE}, {"name": "b.pt.txt", "text": TARGET}]});
    assert_eq!(report_of(&post(gate.address, "/v1/compare", &body.to_string()).body), story);

    let page = "<!doctype html><html lang=\"pt\"><body><nav>Início</nav><article><h1>Greve</h1><p>A greve durou 41&nbsp;dias.</p>\n<!-- recto-ignore spacing: house style --><p>Disse  Ana Borg .</p></article></body></html>";
    let html = printed(&[("p.html", page)], &["check", "p.html"]);
    let body = json!({"target": {"name": "p.html", "html": page}});
    assert_eq!(report_of(&post(gate.address, "/v1/check", &body.to_string()).body), html);

    let item = |guid: &str, language: &str, headline: &str, text: &str| {
        let paragraphs: String = text.split("\n\n").map(|text| format!("<p>{text}</p>")).collect();
        json!({"guid": guid, "language": language, "headline": headline, "body_html": paragraphs, "translated_from": "urn:1"})
    };
    let (source, target) =
        (item("urn:1", "en", "Strike over", SOURCE), item("urn:2", "pt", "Fim da greve", TARGET));
    let (source_text, target_text) = (source.to_string(), target.to_string());
    let files = [("s.json", source_text.as_str()), ("t.json", target_text.as_str())];
    let ninjs = printed(&files, &["check", "--from", "ninjs", "--source", "s.json", "t.json"]);
    let body =
        json!({"source": {"name": "s.json", "ninjs": source}, "target": {"name": "t.json", "ninjs": target}});
    let answer = post(gate.address, "/v1/check", &body.to_string());
    assert_eq!(report_of(&answer.body), ninjs);
    assert!(ninjs.contains("t.json#urn:2") && ninjs.contains("number-mismatch"), "{ninjs}");
    assert_eq!(gate.stop().0, Some(0));
}

#[test]
fn a_verdict_is_data_with_sentences_to_show() {
    let gate = Gate::start(|_| {});
    let check = |source: &str, target: &str| {
        let body = json!({"id": "story 7", "source": {"text": source, "language": "en"}, "target": {"text": target, "language": "pt-PT"}});
        let answer = post(gate.address, "/v1/check", &body.to_string());
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
        answer.json()
    };
    let list = |reply: &Value, name: &str| reply[name].as_array().expect("a list").len();
    let blocked = check(SOURCE, TARGET);
    assert_eq!((&blocked["verdict"], &blocked["checked"]), (&json!("block"), &json!(true)));
    let errors = blocked["errors"].to_string();
    assert!(
        errors.contains("number-mismatch: “14 days” became “41 dias” (critical, 95 % sure, line 3)"),
        "{errors}"
    );
    assert_eq!(blocked["report"]["inputs"][0]["id"], "story 7");

    let good = check("The bridge opened on 4 May.", "A ponte abriu a 4 de maio.");
    assert_eq!((list(&good, "errors"), good["checked"] == true), (0, true), "{good}");
    assert_ne!(good["verdict"], "block");
}

#[test]
fn answers_are_what_the_description_says() {
    let document = recto::serve::openapi();
    let page = serde_json::to_string_pretty(&document).expect("JSON") + "\n";
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/openapi.json");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &page).expect("the page");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == page, "docs/openapi.json is out of date: UPDATE=1 cargo test --test serve");

    let gate = Gate::start(|_| {});
    assert_eq!(get(gate.address, "/openapi.json").json(), document);
    // What nothing refers to is not there, and what is referred to is.
    for name in page.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document["components"]["schemas"].get(name).is_some(), "no {name}");
    }
    let schema = |name: &str| {
        let mut schema = document.clone();
        schema["$ref"] = format!("#/components/schemas/{name}").into();
        jsonschema::validator_for(&schema).expect("a schema")
    };
    let holds = |name: &str, value: &Value| {
        let errors: Vec<String> = schema(name).iter_errors(value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
    };
    let pair = json!({"source": {"text": SOURCE}, "target": {"text": TARGET, "language": "pt-BR"}});
    holds("CheckRequest", &pair);
    holds("CheckReply", &post(gate.address, "/v1/check", &pair.to_string()).json());
    let story = json!({"accounts": [{"text": SOURCE}, {"html": "<p>A greve durou 41 dias.</p>"}]});
    holds("CompareRequest", &story);
    holds("CheckReply", &post(gate.address, "/v1/compare", &story.to_string()).json());
    let empty = json!({"target": {"text": " "}});
    holds("CheckReply", &post(gate.address, "/v1/check", &empty.to_string()).json());
    holds("Health", &get(gate.address, "/healthz").json());
    holds("Problem", &get(gate.address, "/nowhere").json());
}

#[test]
fn what_is_no_request_is_refused_and_told_why() {
    let gate = Gate::start(|_| {});
    for (body, why) in [
        ("", "EOF"),
        ("{", "EOF"),
        ("[]", "invalid length"),
        ("{\"target\":{}}", "exactly one of"),
        ("{\"target\":{\"text\":\"a\",\"html\":\"b\"}}", "exactly one of"),
        ("{\"target\":{\"text\":null}}", "invalid type: null"),
        ("{\"target\":{\"text\":\"a\"},\"source\":null}", "invalid type: null"),
        ("{\"target\":{\"text\":\"a\"},\"extra\":1}", "unknown field"),
        ("{\"target\":{\"text\":\"a\"},\"target\":{\"text\":\"b\"}}", "duplicate field"),
        ("{\"target\":{\"text\":\"a\",\"language\":\"xx\"}}", "no language `xx`"),
        ("{\"target\":{\"text\":\"a\",\"language\":\"pt-BR*\"}}", "no language `pt-BR*`"),
        ("{\"id\":\"\",\"target\":{\"text\":\"a\"}}", "`id` is empty"),
        ("{\"target\":{\"ninjs\":[]}}", "`ninjs` is an object"),
        ("{\"target\":{\"text\":\"a\"}} {}", "trailing characters"),
        ("{\"target\":{\"text\":\"\\ud800\"}}", "hex escape"),
    ] {
        let answer = post(gate.address, "/v1/check", body);
        assert_eq!(answer.status, 400, "{body}");
        let message = answer.json()["message"].as_str().expect("a message").to_owned();
        assert!(message.contains(why), "{body}: {message}");
    }
    let one = post(gate.address, "/v1/compare", "{\"accounts\":[{\"text\":\"a\"}]}");
    assert_eq!(one.status, 400);
    let mut connection = Connection::open(gate.address);
    connection.write(request("POST", "/v1/check", "content-type: text/plain\r\n", "{}")).expect("taken");
    assert_eq!(connection.read().expect("an answer").status, 415);
}

#[test]
fn a_report_can_be_asked_for_again() {
    let gate = Gate::start(|_| {});
    let body = json!({"source": {"text": SOURCE}, "target": {"text": TARGET}}).to_string();
    let first = post(gate.address, "/v1/check", &body);
    let id = first.json()["report_id"].as_str().expect("an id").to_owned();
    let again = get(gate.address, &format!("/v1/reports/{id}"));
    assert_eq!((again.status, again.body), (200, first.body));
    assert_eq!(get(gate.address, "/v1/reports/0123").status, 404);
    for path in ["/v1/reports/%00", "/v1/reports/%FF", "/v1/reports/..%2F.."] {
        assert_eq!(get(gate.address, path).json()["code"], "report", "{path}");
    }
}

/// An engine that waits, fails, or counts, as the text says.
struct Trying(Duration);

impl Engine for Trying {
    fn check(&self, input: Input) -> InputReport {
        std::thread::sleep(self.0);
        if let Input::Text { target, .. } = &input {
            assert!(!target.text.contains("fail"), "cannot check: {}", target.text);
        }
        newsroom().check(input)
    }

    fn now(&self) -> String {
        "2026-05-01T10:00:00Z".into()
    }
}

#[test]
fn what_cannot_be_checked_gets_the_verdict_that_was_chosen() {
    let lengthy = "slow ".repeat(500);
    for (on_error, verdict, list) in
        [(OnError::Block, "block", "errors"), (OnError::Warn, "warn", "warnings")]
    {
        let gate = Gate::start(|setup| {
            setup.engine = Arc::new(Trying(Duration::ZERO));
            setup.on_error = on_error;
            setup.limits.words = 100;
        });
        for (text, why) in
            [("fail, please", "the check failed"), (lengthy.as_str(), "it is longer"), (" \n", "is empty")]
        {
            let reply = post(gate.address, "/v1/check", &json!({"target": {"text": text}}).to_string());
            assert_eq!(reply.status, 200, "{why}");
            let reply = reply.json();
            assert_eq!((&reply["verdict"], &reply["checked"]), (&json!(verdict), &json!(false)), "{why}");
            assert_eq!(reply["on_error"], verdict);
            assert!(reply[list].to_string().contains(why), "{reply}");
        }
        let log = gate.log.lock().expect("the log").clone();
        assert!(log.contains("\"code\":\"failed\"") && log.contains("\"code\":\"work\""), "{log}");
    }
    let limits = Limits { check_time: Duration::from_millis(100), workers: 1, ..Limits::default() };
    let gate = Gate::with_engine(Trying(Duration::from_millis(800)), limits);
    let reply = post(gate.address, "/v1/check", "{\"target\":{\"text\":\"a\"}}").json();
    assert!(reply["errors"].to_string().contains("took longer"), "{reply}");
    // The worker is not free before the work has ended: who comes now is told to come again.
    assert_eq!(post(gate.address, "/v1/check", "{\"target\":{\"text\":\"b\"}}").status, 503);
}

#[test]
fn too_many_are_told_to_come_again() {
    let limits = Limits { workers: 1, queue: 1, ..Limits::default() };
    let gate = Gate::with_engine(Trying(Duration::from_millis(600)), limits);
    let address = gate.address;
    let ask = |text: &'static str| {
        std::thread::spawn(move || {
            post(address, "/v1/check", &format!("{{\"target\":{{\"text\":\"{text}\"}}}}"))
        })
    };
    let (first, second) = (ask("one"), ask("two"));
    std::thread::sleep(Duration::from_millis(250));
    let third = post(address, "/v1/check", "{\"target\":{\"text\":\"three\"}}");
    assert_eq!((third.status, third.header("retry-after")), (503, Some("2")));
    assert_eq!(third.json()["on_error"], "block");
    assert_eq!(get(address, "/healthz").status, 200, "the gate itself answers");
    let metrics = get(address, "/metrics").body;
    assert!(
        metrics.contains("recto_checks_running 1\n") && metrics.contains("recto_checks_waiting 1\n"),
        "{metrics}"
    );
    for answer in [first, second] {
        assert_eq!(answer.join().expect("an answer").status, 200);
    }
}

#[test]
fn requests_under_way_finish_when_the_gate_stops() {
    let mut gate = Gate::with_engine(Trying(Duration::from_millis(500)), Limits::default());
    let mut idle = Connection::open(gate.address);
    idle.write(request("GET", "/healthz", "", "")).expect("taken");
    assert_eq!(idle.read().expect("an answer").status, 200);
    let address = gate.address;
    let under_way = std::thread::spawn(move || post(address, "/v1/check", "{\"target\":{\"text\":\"a\"}}"));
    std::thread::sleep(Duration::from_millis(200));
    gate.ask_to_stop();
    let answer = under_way.join().expect("an answer");
    assert_eq!((answer.status, answer.json()["checked"].as_bool()), (200, Some(true)));
    gate.wait();
    assert!(std::net::TcpStream::connect(address).is_err(), "nobody listens any more");
}

#[test]
fn it_is_ready_when_its_tables_are_read() {
    struct Slow;
    impl Engine for Slow {
        fn check(&self, input: Input) -> InputReport {
            newsroom().check(input)
        }
        fn now(&self) -> String {
            String::new()
        }
        fn warm(&self) {
            std::thread::sleep(Duration::from_millis(400));
        }
    }
    let gate = Gate::with_engine(Slow, Limits::default());
    let early = get(gate.address, "/readyz");
    assert_eq!((early.status, early.json()["status"].as_str()), (503, Some("starting")));
    assert_eq!(get(gate.address, "/healthz").status, 200);
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(get(gate.address, "/readyz").status, 200);
}
