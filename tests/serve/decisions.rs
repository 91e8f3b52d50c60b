//! Decisions through the gate: kept with who took them, respected at once, and not for everybody to take.

use std::fs;
use std::process::Command;
use std::sync::Arc;

use recto::decisions::store;
use recto::pipeline::Checker;
use recto::serve::{Access, Newsroom, Token};
use serde_json::{Value, json};

use super::client::{Answer, Connection, Gate, get, get_with, post, request};

const DESK: &str = "authorization: Bearer the token of the desk\r\n";
const CHIEF: &str = "authorization: Bearer the token of the chief\r\n";

fn gate(folder: &tempfile::TempDir, tokens: bool) -> Gate {
    let place = folder.path().join("decisions.ndjson");
    Gate::start(|setup| {
        let store = store::open(&place, None).expect("a store");
        let policy = recto::decisions::overriding::Policy::of_roles(&["chief".into()]);
        let newsroom = Newsroom::new(Checker::default(), || "2026-05-01T10:00:00Z".into());
        setup.engine = Arc::new(newsroom.with_decisions(store, policy));
        if tokens {
            setup.access = Access {
                tokens: vec![
                    Token::new("desk", Some("editor".into()), "the token of the desk"),
                    Token::new("chief", Some("chief".into()), "the token of the chief"),
                ],
                ..Access::default()
            };
        }
    })
}

fn send(gate: &Gate, path: &str, token: &str, body: &Value) -> Answer {
    let mut connection = Connection::open(gate.address);
    let headers = format!("content-type: application/json\r\n{token}");
    connection.write(request("POST", path, &headers, &body.to_string())).expect("taken");
    connection.read().expect("an answer")
}

fn article(days: &str) -> Value {
    json!({
        "id": "lindvik-7",
        "source": {"language": "en", "text": format!("The harbour of Lindvik was closed for {days} days.")},
        "target": {"language": "pt", "text": "O porto de Lindvik esteve fechado durante 41 dias ."},
    })
}

/// The fingerprint of the finding of a check, among those that are open.
fn finding(reply: &Value, check: &str) -> Option<String> {
    let findings = reply["report"]["inputs"][0]["findings"].as_array()?;
    let found = findings.iter().find(|finding| finding["check"] == check)?;
    found["fingerprint"].as_str().map(str::to_owned)
}

#[test]
fn a_decision_is_kept_with_who_took_it_and_holds_until_the_text_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let gate = gate(&folder, true);
    let reply = send(&gate, "/v1/check", DESK, &article("14")).json();
    let print = finding(&reply, "spacing").expect("a minor fault");
    let mut decision = json!({
        "report": reply["report_id"], "fingerprint": print, "decision": "accept", "scope": "finding",
        "reason": "the house style", "by": "somebody else", "role": "chief",
    });
    let answer = send(&gate, "/v1/decisions", DESK, &decision);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let record = &answer.json()["record"];
    assert_eq!((&record["by"], &record["role"]), (&json!("desk"), &json!("editor")), "the token says who");
    for name in ["source_sha256", "target_sha256", "tool", "at", "fingerprint"] {
        assert!(record[name].is_string(), "{name}: {record}");
    }
    let now =
        get_with(gate.address, &format!("/v1/reports/{}", reply["report_id"].as_str().expect("an id")), DESK);
    assert_eq!(finding(&now.json(), "spacing"), None, "the same report knows it");
    assert_eq!(now.json()["report"]["inputs"][0]["accepted"][0]["reason"], "the house style");
    let other = send(&gate, "/v1/check", DESK, &article("15")).json();
    assert!(finding(&other, "spacing").is_some(), "another source is another text");

    // Taken back.
    decision["decision"] = "fixed".into();
    assert_eq!(send(&gate, "/v1/decisions", DESK, &decision).status, 200);
    assert!(finding(&send(&gate, "/v1/check", DESK, &article("14")).json(), "spacing").is_some());

    let all = get_with(gate.address, "/v1/decisions", DESK).json();
    assert_eq!((&all["count"], &all["sound"]), (&json!(2), &json!(true)), "{all}");
    let verified = Command::new(assert_cmd::cargo::cargo_bin("recto"))
        .args(["decisions", "verify", "--head", all["head"].as_str().expect("a head"), "--baseline"])
        .arg(folder.path().join("decisions.ndjson"))
        .output()
        .expect("the binary");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[test]
fn a_block_takes_a_role_and_leaves_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let gate = gate(&folder, true);
    let reply = send(&gate, "/v1/check", DESK, &article("14")).json();
    assert_eq!(reply["verdict"], "block");
    let decision = json!({
        "report": reply["report_id"], "fingerprint": finding(&reply, "number-mismatch"), "decision": "false-alarm",
        "scope": "finding", "reason": "the source was corrected since",
    });
    let denied = send(&gate, "/v1/decisions", DESK, &decision);
    assert_eq!((denied.status, &denied.json()["code"]), (403, &json!("role")), "{}", denied.body);
    assert_eq!(send(&gate, "/v1/decisions", CHIEF, &decision).status, 200);
    let reply = send(&gate, "/v1/check", DESK, &article("14")).json();
    assert_eq!((&reply["verdict"], &reply["errors"]), (&json!("warn"), &json!([])), "{reply}");
    assert!(finding(&reply, "number-mismatch").is_some(), "it is still told");
}

#[test]
fn what_cannot_be_decided_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = gate(&folder, false);
    let reply = post(open.address, "/v1/check", &article("14").to_string()).json();
    let whole = json!({
        "report": reply["report_id"], "fingerprint": finding(&reply, "spacing"), "decision": "wont-fix",
        "scope": "everywhere", "reason": "so be it", "by": "Inês Prado", "role": "chief", "expires": "2026-09-01",
    });
    for (name, value, status, code) in [
        ("reason", json!(" "), 400, "request"),
        ("expires", json!("soon"), 400, "request"),
        ("decision", json!("maybe"), 400, "request"),
        ("report", json!("0000"), 404, "report"),
        ("fingerprint", json!("0000"), 404, "finding"),
        ("more", json!(1), 400, "request"),
        ("scope", Value::Null, 400, "request"),
    ] {
        let mut wrong = whole.clone();
        wrong[name] = value;
        let answer = send(&open, "/v1/decisions", "", &wrong);
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (status, &json!(code)),
            "{name}: {}",
            answer.body
        );
    }
    assert_eq!(get(open.address, "/v1/decisions").json()["count"], 0);
    let kept = send(&open, "/v1/decisions", "", &whole).json();
    assert_eq!(kept["record"]["by"], "Inês Prado", "nobody is known here, so who asks says who it is");

    let none = Gate::start(|_| {});
    assert_eq!(get(none.address, "/v1/decisions").json()["code"], "decisions");
    let reply = post(none.address, "/v1/check", &article("14").to_string()).json();
    let mut decision = whole;
    decision["report"] = reply["report_id"].clone();
    assert_eq!(send(&none, "/v1/decisions", "", &decision).json()["code"], "decisions");
}

#[test]
fn a_log_that_cannot_be_read_lets_nothing_pass_unseen() {
    let folder = tempfile::tempdir().expect("a folder");
    let gate = gate(&folder, false);
    fs::write(folder.path().join("decisions.ndjson"), "no record\n{}\n").expect("a file");
    let reply = post(gate.address, "/v1/check", &article("14").to_string()).json();
    assert_eq!((&reply["verdict"], &reply["checked"]), (&json!("block"), &json!(false)));
    assert!(reply["errors"].to_string().contains("the decisions cannot be read"), "{reply}");
    let listed = get(gate.address, "/v1/decisions");
    assert_eq!((listed.status, &listed.json()["code"]), (503, &json!("store")));
}

#[test]
fn many_who_decide_at_once_leave_a_sound_log() {
    let folder = tempfile::tempdir().expect("a folder");
    // Two gates on one file, as two processes would be.
    let gates = [gate(&folder, false), gate(&folder, false)];
    let clients: Vec<_> = (0..16)
        .map(|client| {
            let address = gates[client % 2].address;
            std::thread::spawn(move || {
                let text = format!("The ship carried {} tonnes of salt .", client + 20);
                let body =
                    json!({"id": format!("ship {client}"), "target": {"language": "en", "text": text}});
                let mut connection = Connection::open(address);
                let reply = connection.post("/v1/check", &body.to_string()).json();
                let decision = json!({"report": reply["report_id"], "fingerprint": finding(&reply, "spacing"),
                    "decision": "accept", "scope": "finding", "reason": format!("client {client}")});
                let answer = connection.post("/v1/decisions", &decision.to_string());
                assert_eq!(answer.status, 200, "{}", answer.body);
            })
        })
        .collect();
    for client in clients {
        client.join().expect("it is kept");
    }
    let all = get(gates[0].address, "/v1/decisions").json();
    assert_eq!((&all["count"], &all["sound"]), (&json!(16), &json!(true)));
}

#[test]
fn the_page_shows_a_report_and_holds_to_its_policy() {
    let folder = tempfile::tempdir().expect("a folder");
    let gate = gate(&folder, true);
    assert_eq!(get(gate.address, "/").status, 401);
    let asked = get(gate.address, "/");
    let how: Vec<&str> = (asked.headers.iter())
        .filter(|(name, _)| name.eq_ignore_ascii_case("www-authenticate"))
        .map(|(_, how)| how.as_str())
        .collect();
    assert!(how.iter().any(|how| how.starts_with("Basic")), "a browser can be asked: {how:?}");
    let empty = get_with(gate.address, "/", DESK);
    assert!(empty.status == 200 && empty.body.contains("<h1>Check two texts</h1>"));
    let mut body = article("14");
    body["target"]["text"] = "O porto </script><script>alert(1)</script> fechou 41 dias .".into();
    let reply = send(&gate, "/v1/check", DESK, &body).json();
    let page = get_with(gate.address, reply["review"].as_str().expect("a path"), DESK);
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("connect-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    // Marks may stand anywhere in the text, and take no bracket with them.
    let ours = empty.body.matches("<script").count();
    assert_eq!(page.body.matches("<script").count(), ours + 1, "the script of a report, and no other");
    assert!(page.body.contains("alert(1)"), "it is shown");
    assert!(page.body.contains("\"who\":\"desk\""), "it knows who looks");
    assert_eq!(get_with(gate.address, "/?report=0123", DESK).status, 404);
}
