//! Many clients at once: nobody gets what another asked for, and nothing is lost.

use std::time::Instant;

use serde_json::json;

use super::client::{Connection, Gate};

#[test]
fn sixty_four_clients_each_get_their_own_answers() {
    let gate = Gate::start(|_| {});
    let address = gate.address;
    let clients: Vec<_> = (0..64)
        .map(|client| {
            std::thread::spawn(move || {
                let mut connection = Connection::open(address);
                let mut slowest = 0;
                for round in 0..4 {
                    let (right, wrong) = (1000 + client * 7 + round, 5000 + client * 7 + round);
                    let id = format!("article {client}-{round}");
                    let body = json!({
                        "id": id,
                        "source": {"text": format!("The town of Lindvik bought {right} trees in May."), "language": "en"},
                        "target": {"text": format!("A cidade de Lindvik comprou {wrong} árvores em maio."), "language": "pt"},
                    });
                    let start = Instant::now();
                    let answer = connection.post("/v1/check", &body.to_string());
                    slowest = slowest.max(start.elapsed().as_millis());
                    assert_eq!(answer.status, 200);
                    let reply = answer.json();
                    assert_eq!(reply["report"]["inputs"][0]["id"], id);
                    let errors = reply["errors"].to_string();
                    assert!(errors.contains(&right.to_string()) && errors.contains(&wrong.to_string()), "{errors}");
                }
                slowest
            })
        })
        .collect();
    let slowest = clients.into_iter().map(|client| client.join().expect("every answer is right")).max();
    println!("the slowest of 256 answers took {slowest:?} ms");
    let log = gate.log.lock().expect("the log").clone();
    assert_eq!(log.lines().filter(|line| line.contains("\"status\":200")).count(), 256);
}
