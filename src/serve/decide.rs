//! What was decided, and deciding.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use super::access::Caller;
use super::gate::Gate;
use super::newsroom::Undecided;
use super::read::short;
use super::reply;
use super::routes::{busy, input_of, is_json, noted, unless_known};
use super::wire::{DecisionReply, DecisionRequest, DecisionsReply};
use crate::decisions::log;

const ROUTE: &str = "/v1/decisions";
/// Lines that one answer holds.
const MOST: usize = 1_000;

pub(super) async fn list(
    State(gate): State<Arc<Gate>>,
    Extension(caller): Extension<Caller>,
) -> Response<Body> {
    if let Some(refused) = unless_known(&caller) {
        return noted(refused, ROUTE, &caller);
    }
    let response = match gate.run(super::Engine::decisions).await {
        Ok(Some(Ok(log))) => {
            let records = log.records();
            let decisions = records.iter().skip(records.len().saturating_sub(MOST));
            let answer = DecisionsReply {
                count: records.len(),
                head: log.lines().last().map(log::hash),
                sound: log.audit().is_sound(),
                decisions: decisions.map(|(_, record)| record.clone()).collect(),
            };
            reply::json(StatusCode::OK, &answer)
        }
        Ok(Some(Err(_))) => unkept(),
        Ok(None) => nowhere(),
        Err(_) => busy(gate.on_error),
    };
    noted(response, ROUTE, &caller)
}

pub(super) async fn decide(
    State(gate): State<Arc<Gate>>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let response = match unless_known(&caller) {
        Some(refused) => refused,
        None if !is_json(&headers) => {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            reply::problem(status, "type", "the body is to be application/json")
        }
        None => decided(&gate, &caller, &body).await,
    };
    noted(response, ROUTE, &caller)
}

async fn decided(gate: &Arc<Gate>, caller: &Caller, body: &[u8]) -> Response<Body> {
    let mistake = |message: String| reply::problem(StatusCode::BAD_REQUEST, "request", message);
    let missing = |code, message: &str| reply::problem(StatusCode::NOT_FOUND, code, message);
    let mut asked: DecisionRequest = match serde_json::from_slice(body) {
        Ok(asked) => asked,
        Err(error) => return mistake(format!("not a decision: {error}")),
    };
    let lengths = [
        short("report", Some(&asked.report), 64),
        short("fingerprint", Some(&asked.fingerprint), 64),
        short("reason", Some(&asked.reason), 2_000),
        short("by", asked.by.as_deref().filter(|by| !by.is_empty()), 200),
        short("role", asked.role.as_deref().filter(|role| !role.is_empty()), 200),
    ];
    if let Some(Err(refusal)) = lengths.into_iter().find(Result::is_err) {
        return mistake(refusal.0);
    }
    // Whom the gate knows does not choose a name.
    if caller.name.is_some() {
        asked.by.clone_from(&caller.name);
        asked.role.clone_from(&caller.role);
    }
    let Some((kind, text)) = gate.shelf.find(&asked.report) else {
        return missing("report", "no such report, or no longer kept");
    };
    let decision = asked.decision.as_str();
    let done = gate
        .run(move |engine| {
            let input = input_of(kind, &text).map_err(|(_, _, message)| Undecided::Wrong(message))?;
            engine.decide(input, &asked)
        })
        .await;
    match done {
        Ok(Ok(record)) => {
            gate.metrics.decided(decision);
            reply::json(StatusCode::OK, &DecisionReply { record })
        }
        Ok(Err(Undecided::Nowhere)) => nowhere(),
        Ok(Err(Undecided::NoFinding)) => missing("finding", "the report has no such finding"),
        Ok(Err(Undecided::Wrong(message))) => mistake(message),
        Ok(Err(Undecided::NotAllowed(message))) => reply::problem(StatusCode::FORBIDDEN, "role", message),
        Ok(Err(Undecided::Store(_))) => unkept(),
        Err(_) => busy(gate.on_error),
    }
}

fn nowhere() -> Response<Body> {
    reply::problem(
        StatusCode::NOT_FOUND,
        "decisions",
        "this gate keeps no decisions: start it with --baseline",
    )
}

/// The reason is in the system's hands, and may name files.
fn unkept() -> Response<Body> {
    let message = "the decisions cannot be read or kept now";
    let mut response = reply::problem(StatusCode::SERVICE_UNAVAILABLE, "store", message);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}
