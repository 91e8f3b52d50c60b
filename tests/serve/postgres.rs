//! Two gates that keep their decisions in one PostgreSQL.

use serde_json::json;

use super::client::{Process, get, post};
use super::server::Server;

fn article(nth: usize) -> String {
    json!({
        "id": format!("lindvik-{nth}"),
        "target": {"language": "pt", "text": format!("O porto de Lindvik reabriu com {nth} navios .")},
    })
    .to_string()
}

/// Takes a decision about the first finding of an article.
fn accept(gate: &Process, nth: usize) {
    let reply = post(gate.address, "/v1/check", &article(nth)).json();
    let finding = &reply["report"]["inputs"][0]["findings"][0];
    assert_eq!(finding["check"], "spacing", "{reply}");
    let decision = json!({
        "report": reply["report_id"], "fingerprint": finding["fingerprint"], "decision": "accept",
        "scope": "finding", "reason": format!("agreed, {nth}"), "by": "R. Abelard",
    });
    let answer = post(gate.address, "/v1/decisions", &decision.to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// What a gate says of an article that was decided about: the reason, and who gave it.
fn accepted(gate: &Process, nth: usize) -> (String, String) {
    let reply = post(gate.address, "/v1/check", &article(nth)).json();
    let input = &reply["report"]["inputs"][0];
    assert_eq!(input["findings"].as_array().map(Vec::len), Some(0), "{reply}");
    let word = |name: &str| input["accepted"][0][name].as_str().unwrap_or_default().to_owned();
    (word("reason"), word("by"))
}

#[test]
fn gates_that_share_a_database_share_what_was_decided() {
    let Some(server) = Server::start() else { return };
    let place = server.place();
    let start = || Process::start(&["--baseline", &place]);
    let (one, other) = (start(), start());

    accept(&one, 0);
    assert_eq!(accepted(&other, 0), ("agreed, 0".into(), "R. Abelard".into()), "seen at once by the other");

    // Both at the same time: nothing is lost, and the trail is one.
    std::thread::scope(|scope| {
        for (gate, first) in [(&one, 1), (&other, 101), (&one, 201), (&other, 301)] {
            scope.spawn(move || (first..first + 6).for_each(|nth| accept(gate, nth)));
        }
    });
    for (gate, nth) in [(&one, 106), (&one, 303), (&other, 3), (&other, 206)] {
        assert_eq!(accepted(gate, nth).0, format!("agreed, {nth}"));
    }
    for gate in [&one, &other] {
        let trail = get(gate.address, "/v1/decisions").json();
        assert_eq!((&trail["count"], &trail["sound"]), (&json!(25), &json!(true)));
    }

    // Without the database nothing is said to be checked; when it is back, neither gate needs a hand.
    server.die();
    let reply = post(one.address, "/v1/check", &article(0)).json();
    assert_eq!((&reply["checked"], &reply["verdict"]), (&json!(false), &json!("block")), "{reply}");
    assert_eq!(get(one.address, "/healthz").status, 200);
    server.come_back();
    assert_eq!(accepted(&one, 0).0, "agreed, 0");
    accept(&other, 7);
    assert_eq!(accepted(&one, 7).0, "agreed, 7");

    let log = server.open().read().expect("a log");
    assert_eq!((log.records().len(), log.audit().is_sound()), (26, true));
    for gate in [one, other] {
        let (status, said) = gate.stop();
        assert_eq!(status, Some(0), "{said}");
        assert!(!said.contains("Lindvik") && !said.contains("agreed"), "not a word of articles or reasons");
    }
}
