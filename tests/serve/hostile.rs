//! Clients that mean harm, or break.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use recto::serve::{Access, Token};
use serde_json::{Value, json};

use super::client::{Connection, Gate, Process, get, get_with, post, request};

#[test]
fn what_is_left_of_a_body_is_no_request() {
    let gate = Gate::start(|_| {});
    let hidden = request("GET", "/metrics", "", "");
    for (method, path, status) in [
        ("PATCH", "/v1/check", 405),
        ("DELETE", "/healthz", 405),
        ("POST", "/nowhere", 404),
        ("GET", "/healthz", 200),
        ("FETCH", "/v1/check", 405),
    ] {
        let mut connection = Connection::open(gate.address);
        let first = request(method, path, "", &hidden);
        connection.write(first + &request("GET", "/readyz", "", "")).expect("taken");
        let first = connection.read().expect("an answer");
        assert_eq!(first.status, status, "{method} {path}");
        if status == 405 {
            assert!(first.header("allow").is_some(), "{method} {path}");
        }
        let second = connection.read().expect("a second answer");
        assert!(second.json()["version"].is_string(), "{method} {path}: {second:?}");
    }
}

#[test]
fn the_slow_are_not_waited_for() {
    let gate = Gate::start(|setup| {
        setup.limits.header_time = Duration::from_millis(400);
        setup.limits.body_time = Duration::from_millis(400);
        setup.limits.connections = 4;
    });
    let start = Instant::now();
    let mut loris: Vec<Connection> = (0..4)
        .map(|_| {
            let mut connection = Connection::open(gate.address);
            connection.write("POST /v1/check HTTP/1.1\r\nhost: localhost\r\n").expect("taken");
            connection
        })
        .collect();
    // All places are taken: this one waits until the first of them is sent away.
    let answer = get(gate.address, "/healthz");
    assert_eq!(answer.status, 200);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    for connection in &mut loris {
        assert!(connection.read().is_none_or(|answer| answer.status == 408));
    }
    drop(loris);

    let mut slow = Connection::open(gate.address);
    slow.write("POST /v1/check HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{\"")
        .expect("taken");
    let answer = slow.read().expect("an answer");
    assert_eq!((answer.status, answer.header("connection")), (408, Some("close")));
    assert!(slow.read().is_none(), "it is closed");
}

#[test]
fn bodies_are_bounded_and_plain() {
    let gate = Gate::start(|setup| setup.limits.body = 1000);
    let ask = |head: &str, body: &str| {
        let mut connection = Connection::open(gate.address);
        let json = "content-type: application/json\r\n";
        let request = format!("POST /v1/check HTTP/1.1\r\nhost: localhost\r\n{json}{head}\r\n{body}");
        // It may be refused before it is all there.
        let _ = connection.write(request);
        connection.read().map(|answer| answer.status)
    };
    assert_eq!(ask("content-length: 1001\r\n", ""), Some(413), "before the body is sent");
    // All of it is taken, though all of it is dropped: a client that is still writing would not see the answer.
    let huge = request("POST", "/v1/check", "content-type: application/json\r\n", &" ".repeat(20 << 20));
    let mut connection = Connection::open(gate.address);
    connection.write(huge).expect("it is taken");
    assert_eq!(connection.read().map(|answer| answer.status), Some(413));
    assert!(connection.read().is_none(), "no other request is read from this connection");
    let chunks = format!("1f4\r\n{0}\r\n1f4\r\n{0}\r\n1f4\r\n{0}\r\n0\r\n\r\n", " ".repeat(500));
    assert_eq!(ask("transfer-encoding: chunked\r\n", &chunks), Some(413), "though nothing says how long");
    let small = "19\r\n{\"target\":{\"text\":\"abc\"}}\r\n0\r\n\r\n";
    assert_eq!(ask("transfer-encoding: chunked\r\n", small), Some(200));
    assert_eq!(ask("", ""), Some(400), "neither length nor chunks: no body");
    assert_eq!(ask("content-encoding: gzip\r\ncontent-length: 4\r\n", "\x1F\u{8}ab"), Some(415));
    assert_eq!(ask("content-length: 5\r\ncontent-length: 6\r\n", "{}{}{}"), Some(400), "two lengths");
    assert_eq!(ask("content-length: 4\r\ntransfer-encoding: chunked\r\n", "0\r\n\r\n"), Some(400), "both");
    assert_eq!(ask(&format!("x: {}\r\n", "y".repeat(100_000)), ""), Some(431), "a head without end");
}

#[test]
fn a_megabyte_of_single_letters_is_no_trouble() {
    let text = "a ".repeat(1 << 19);
    let body =
        json!({"source": {"text": text, "language": "en"}, "target": {"text": text, "language": "pt"}})
            .to_string();
    let gate = Gate::start(|setup| setup.limits.body = 4 << 20);
    let start = Instant::now();
    let reply = post(gate.address, "/v1/check", &body).json();
    assert!(reply["errors"].to_string().contains("longer than this gate checks"), "{reply}");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    // Where the budget allows it, time does not.
    let gate = Gate::start(|setup| {
        setup.limits.body = 4 << 20;
        setup.limits.words = 2_000_000;
        setup.limits.check_time = Duration::from_secs(2);
    });
    let start = Instant::now();
    let reply = post(gate.address, "/v1/check", &body).json();
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert!(reply["checked"] == true || reply["errors"].to_string().contains("took longer"), "{reply}");
    assert_eq!(get(gate.address, "/healthz").status, 200);
}

#[test]
fn who_has_no_token_is_not_let_in() {
    let access = Access {
        tokens: vec![Token::new("desk", Some("editor".into()), "a token of the desk")],
        secrets: vec![b"a shared secret".to_vec()],
        ..Access::default()
    };
    let gate = Gate::start(|setup| setup.access = access);
    for path in ["/v1/reports/0", "/metrics", "/nowhere"] {
        let denied = get(gate.address, path);
        assert_eq!(denied.status, 401, "{path}");
        assert!(denied.header("www-authenticate").is_some_and(|how| how.contains("Bearer")), "{path}");
        let token = "authorization: Bearer a token of the desk\r\n";
        assert_ne!(get_with(gate.address, path, token).status, 401, "{path}");
    }
    assert_eq!(get(gate.address, "/healthz").status, 200);
    let body = "{\"target\":{\"text\":\"Dois navios.\"}}";
    let ask = |headers: &str| {
        let mut connection = Connection::open(gate.address);
        let headers = format!("content-type: application/json\r\n{headers}");
        connection.write(request("POST", "/v1/check", &headers, body)).expect("taken");
        connection.read().expect("an answer").status
    };
    assert_eq!((ask(""), ask("authorization: Bearer no\r\n")), (401, 401));
    assert_eq!(ask("authorization: Bearer a token of the desk\r\n"), 200);
    let signed = hmac_sha256(b"a shared secret", body.as_bytes());
    assert_eq!(ask(&format!("x-hub-signature-256: sha256={signed}\r\n")), 200);
    assert_eq!(ask(&format!("x-websked-signature: {signed}\r\n")), 200);
    assert_eq!(ask(&format!("x-hub-signature-256: sha256={}\r\n", "0".repeat(64))), 401);
    // A signature is for checks; it is of the empty body here.
    let empty = hmac_sha256(b"a shared secret", b"");
    let signed = format!("x-hub-signature-256: sha256={empty}\r\n");
    assert_eq!(get_with(gate.address, "/metrics", &signed).status, 403);
}

/// RFC 2104 on SHA-256, by hand, so that the gate's own is not its only judge.
fn hmac_sha256(secret: &[u8], body: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let mut key = [0; 64];
    key[..secret.len()].copy_from_slice(secret);
    let inner = Sha256::new().chain_update(key.map(|byte| byte ^ 0x36)).chain_update(body).finalize();
    let outer = Sha256::new().chain_update(key.map(|byte| byte ^ 0x5C)).chain_update(inner).finalize();
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn pages_on_the_web_cannot_reach_a_gate_on_this_machine() {
    let gate = Process::start(&["--allow-host", "gate.example.org"]);
    let ask = |host: &str, more: &str| {
        let mut connection = Connection::open(gate.address);
        let head =
            format!("POST /v1/check HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n{more}");
        connection
            .write(format!("{head}content-length: 26\r\n\r\n{{\"target\":{{\"text\":\"Sim.\"}}}}"))
            .expect("taken");
        connection.read().expect("an answer").status
    };
    assert_eq!((ask("127.0.0.1:8377", ""), ask("gate.example.org", "")), (200, 200));
    assert_eq!(ask("rebound.example", ""), 403);
    assert_eq!(ask("localhost", "origin: http://evil.example\r\n"), 403);
    assert_eq!(ask("localhost:1", "origin: http://localhost:1\r\n"), 200);
}

#[test]
fn a_gate_that_would_be_open_to_all_does_not_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("access.toml");
    let start = |access: &str, arguments: &[&str]| {
        fs::write(&file, access).expect("a file");
        let output = Command::new(assert_cmd::cargo::cargo_bin("recto"))
            .args(["serve", "--access"])
            .arg(&file)
            .args(arguments)
            .output()
            .expect("the binary");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    let public = ["--bind", "0.0.0.0:0", "--on-error", "block"];
    let (code, said) = start("", &public);
    assert!(code == Some(2) && said.contains("can be reached from other machines"), "{said}");
    let (code, said) = start("[[webhook]]\nsecret = \"long enough to be one\"\n", &public);
    assert!(code == Some(2) && said.contains("can be reached from other machines"), "{said}");
    let (code, said) = start("[[token]]\nname = \"desk\"\ntoken = \"short\"\n", &public);
    assert!(code == Some(2) && said.contains("fewer than 16"), "{said}");
    let (code, said) = start("[[token]]\nname = \"desk\"\ntokens = \"the secret itself\"\n", &public);
    assert!(code == Some(2) && !said.contains("the secret itself"), "{said}");
    let (code, said) = start("", &["--bind", "127.0.0.1:0"]);
    assert!(code == Some(2) && said.contains("--on-error"), "nobody chooses for the newsroom: {said}");
}

#[test]
fn nothing_in_the_binary_can_ask_another_machine() {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--no-default-features",
            "--features",
            "cli,serve",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let names: BTreeSet<&str> = (metadata["packages"].as_array().expect("packages").iter())
        .map(|package| package["name"].as_str().expect("a name"))
        .collect();
    for client in [
        "reqwest",
        "ureq",
        "curl",
        "curl-sys",
        "isahc",
        "surf",
        "attohttpc",
        "minreq",
        "awc",
        "http-client",
        "hyper-tls",
        "hyper-rustls",
        "rustls",
        "native-tls",
        "openssl",
        "openssl-sys",
        "h2",
        "h3",
        "quinn",
        "hickory-resolver",
        "tonic",
        "tungstenite",
        "git2",
        "libgit2-sys",
        "ssh2",
        "lettre",
    ] {
        assert!(!names.contains(client), "{client} is a client");
    }
    assert!(names.contains("hyper"), "the tree was not read");
    let nodes = metadata["resolve"]["nodes"].as_array().expect("nodes");
    for node in nodes {
        let id = node["id"].as_str().expect("an id");
        if id.contains("/hyper@") || id.contains("#hyper@") || id.contains("#hyper-util@") {
            let features: Vec<&str> =
                node["features"].as_array().expect("features").iter().filter_map(Value::as_str).collect();
            assert!(!features.iter().any(|feature| feature.contains("client")), "{id}: {features:?}");
            assert!(features.contains(&"server"), "{id}: {features:?}");
        }
    }
}
