//! Decisions in a real PostgreSQL, started for the test and stopped after it. Where none is installed the tests say so.
#![cfg(feature = "postgres")]
#![allow(clippy::print_stdout, reason = "what is skipped is said in the log of the tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

use recto::decisions::{Record, StoreError, store};

#[path = "postgres/server.rs"]
mod server;

use server::Server;

fn record(reason: &str) -> Record {
    serde_json::from_value(serde_json::json!({
        "v": 1, "at": "2026-05-01T10:00:00Z", "decision": "accept", "scope": "everywhere", "check": "omission",
        "reason": reason,
    }))
    .expect("a record")
}

#[test]
fn a_database_keeps_the_same_trail_as_a_file() {
    let Some(server) = Server::start() else { return };
    let store = server.open();
    assert!(store.read().expect("empty").records().is_empty());
    assert_eq!(store.revision().expect("a figure"), 0);
    store.append(vec![record("one"), record("дві")]).expect("stored");
    assert_eq!(store.revision().expect("a figure"), 2);
    // Refused together, with nothing stored.
    let refused = store.append(vec![record("good"), record(" ")]);
    assert!(matches!(refused, Err(StoreError::Refused(_))));

    // Several gates at once, each with a connection of its own.
    std::thread::scope(|scope| {
        for gate in 0..6 {
            let server = &server;
            scope.spawn(move || {
                let store = server.open();
                for turn in 0..10 {
                    store.append(vec![record(&format!("{gate}/{turn}"))]).expect("stored");
                }
            });
        }
    });
    let log = store.read().expect("a log");
    assert_eq!((log.records().len(), log.audit().is_sound()), (62, true));
    let folder = tempfile::tempdir().expect("a folder");
    let file = store::open(&folder.path().join("d.ndjson"), None).expect("a file");
    let bare = log.records().iter().map(|(_, record)| Record { prev: None, ..record.clone() });
    file.append(bare.collect()).expect("stored");
    assert_eq!(file.read().expect("a log").text(), log.text(), "line for line");

    // A server that died at once, and came back: what was said to be stored is there, and the store connects anew.
    server.die();
    assert!(store.append(vec![record("lost")]).is_err());
    server.come_back();
    store.append(vec![record("after")]).expect("stored");
    let log = store.read().expect("a log");
    assert_eq!((log.records().len(), log.audit().is_sound()), (63, true));

    // Nobody changes or deletes a line.
    for statement in
        ["UPDATE recto_decisions SET line = ''", "DELETE FROM recto_decisions", "TRUNCATE recto_decisions"]
    {
        let done = Command::new("psql").args([&server.place(), "-qc", statement]).output();
        let Ok(done) = done else {
            println!("SKIPPED: no psql");
            continue;
        };
        assert!(!done.status.success(), "{statement}");
        assert!(String::from_utf8_lossy(&done.stderr).contains("only appended"));
    }
    assert_eq!(store.read().expect("a log").text(), log.text());
}

#[test]
fn the_command_line_takes_a_database_where_it_takes_a_file() {
    let Some(server) = Server::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), "The ferry sank sank at noon.\n").expect("a file");
    let recto = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_recto"))
            .current_dir(folder.path())
            .args(arguments)
            .args(["--baseline", &server.place()])
            .output()
            .expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), text + &String::from_utf8_lossy(&output.stderr))
    };
    let text = ["--target-lang", "en", "a.txt"];
    let (status, out) = recto(&[&["baseline", "update", "--reason", "the song"], &text[..]].concat());
    assert!(status == Some(0) && out.contains("1 lines added"), "{out}");
    let (_, out) = recto(&[&["check"], &text[..]].concat());
    assert!(out.contains("1 accepted before"), "{out}");
    let (status, out) = recto(&["decisions", "verify"]);
    assert!(status == Some(0) && out.contains("1 line, sound"), "{out}");
    let (_, out) = recto(&["decisions", "show"]);
    assert!(out.contains("the song"), "{out}");
}

#[test]
fn a_database_that_is_not_there_is_an_error_without_the_password() {
    let place = "postgresql://desk:secret@%2Fnowhere/recto";
    let error = store::open(Path::new(place), None).err().expect("no database").to_string();
    assert!(error.contains("desk@") && !error.contains("secret"), "{error}");
}
