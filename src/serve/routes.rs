//! What can be asked.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde_json::value::RawValue;

use super::access::Caller;
use super::gate::{Gate, Stopped};
use super::journal::Note;
use super::shelf::Kind;
use super::wire::{CheckReply, Health, OnError, Problem};
use super::{Engine, decide, openapi, page, read, reply, say};
use crate::model::{InputReport, Report, Verdict};
use crate::pipeline::Input;
use crate::report::{Writer, json::Json};

pub(super) fn router(gate: Arc<Gate>) -> Router {
    Router::new()
        .route("/v1/check", post(check))
        .route("/v1/compare", post(compare))
        .route("/v1/decisions", get(decide::list).post(decide::decide))
        .route("/v1/reports/{id}", get(report))
        .route("/", get(page::page))
        .route("/healthz", get(health))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/openapi.json", get(description))
        .fallback(async || reply::problem(StatusCode::NOT_FOUND, "path", "there is nothing here"))
        .method_not_allowed_fallback(async || {
            reply::problem(StatusCode::METHOD_NOT_ALLOWED, "method", "that cannot be done here")
        })
        // Bodies are bounded before they come here.
        .layer(DefaultBodyLimit::disable())
        .with_state(gate)
}

async fn check(
    State(gate): State<Arc<Gate>>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    asked(&gate, Kind::Check, "/v1/check", &caller, &headers, body).await
}

async fn compare(
    State(gate): State<Arc<Gate>>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    asked(&gate, Kind::Compare, "/v1/compare", &caller, &headers, body).await
}

/// The report of a request that is kept, as it is now.
async fn report(
    State(gate): State<Arc<Gate>>,
    Extension(caller): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
) -> Response<Body> {
    let route = "/v1/reports/{id}";
    if let Some(refused) = unless_known(&caller) {
        return noted(refused, route, &caller);
    }
    let Some((kind, body)) = id.ok().and_then(|Path(id)| gate.shelf.find(&id)) else {
        let gone = reply::problem(StatusCode::NOT_FOUND, "report", "no such report, or no longer kept");
        return noted(gone, route, &caller);
    };
    answer(&gate, kind, route, &caller, body).await
}

/// A signature says that a system asks: it may have texts checked, and nothing else.
pub(super) fn unless_known(caller: &Caller) -> Option<Response<Body>> {
    caller.signed.then(|| reply::problem(StatusCode::FORBIDDEN, "token", "a signature does not do here"))
}

async fn asked(
    gate: &Arc<Gate>,
    kind: Kind,
    route: &'static str,
    caller: &Caller,
    headers: &HeaderMap,
    body: Bytes,
) -> Response<Body> {
    if !is_json(headers) {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        let refused = reply::problem(status, "type", "the body is to be application/json");
        return noted(refused, route, caller);
    }
    answer(gate, kind, route, caller, body).await
}

/// Whether the body is said to be JSON. A form of another site cannot say so without asking first.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

pub(super) fn noted(mut response: Response<Body>, route: &'static str, caller: &Caller) -> Response<Body> {
    let mut note = response.extensions_mut().remove::<Note>().unwrap_or_default();
    note.route = route;
    note.by = note.by.or_else(|| caller.name.clone());
    response.extensions_mut().insert(note);
    response
}

/// What came of a request.
enum Outcome {
    /// It is not one.
    Refused(StatusCode, &'static str, String),
    /// It asks for more than one request may.
    TooMuch,
    /// A report, and what of it is told.
    Told(Box<Told>),
}

struct Told {
    input: InputReport,
    errors: Vec<String>,
    warnings: Vec<String>,
    report: Option<Box<RawValue>>,
    milliseconds: u64,
}

/// The input that a request is about.
pub(super) fn input_of(kind: Kind, body: &[u8]) -> Result<Input, (StatusCode, &'static str, String)> {
    let mistake =
        |error: serde_json::Error| (StatusCode::BAD_REQUEST, "request", format!("not a request: {error}"));
    let read = match kind {
        Kind::Check => read::check(serde_json::from_slice(body).map_err(mistake)?),
        Kind::Compare => read::compare(serde_json::from_slice(body).map_err(mistake)?),
    };
    read.map_err(|refusal| (StatusCode::BAD_REQUEST, "request", refusal.0))
}

fn told(engine: &dyn Engine, kind: Kind, body: &[u8], words: usize) -> Outcome {
    let input = match input_of(kind, body) {
        Ok(input) => input,
        Err((status, code, message)) => return Outcome::Refused(status, code, message),
    };
    if read::work(&input) > words {
        return Outcome::TooMuch;
    }
    let start = Instant::now();
    let input = engine.check(input);
    let milliseconds = start.elapsed().as_millis() as u64;
    let (errors, warnings) = say::sentences(&input);
    let report = Report { inputs: vec![input] };
    let mut out = Vec::new();
    let written = Json.write(&report, &mut out).ok().and_then(|()| String::from_utf8(out).ok());
    let raw = written.and_then(|text| RawValue::from_string(text.trim_end().to_owned()).ok());
    let Some(input) = report.inputs.into_iter().next() else { return Outcome::TooMuch };
    Outcome::Told(Box::new(Told { input, errors, warnings, report: raw, milliseconds }))
}

async fn answer(
    gate: &Arc<Gate>,
    kind: Kind,
    route: &'static str,
    caller: &Caller,
    body: Bytes,
) -> Response<Body> {
    let words = gate.limits.words;
    let text = body.clone();
    let outcome = gate.run(move |engine| told(engine, kind, &text, words)).await;
    let response = match outcome {
        Ok(Outcome::Refused(status, code, message)) => reply::problem(status, code, message),
        Ok(Outcome::TooMuch) => given_up(gate, kind, &body, "work", "it is longer than this gate checks"),
        Ok(Outcome::Told(told)) => {
            gate.metrics.checked(
                if kind == Kind::Check { "check" } else { "compare" },
                &told.input,
                told.milliseconds,
            );
            verdict(gate, *told, gate.shelf.keep(kind, &body))
        }
        Err(Stopped::Busy) => busy(gate.on_error),
        Err(Stopped::Time) => given_up(gate, kind, &body, "time", "it took longer than this gate waits"),
        Err(Stopped::Panic) => given_up(gate, kind, &body, "failed", "the check failed: please report it"),
    };
    noted(response, route, caller)
}

/// The verdict on what was read, and on what could not be.
fn verdict(gate: &Gate, told: Told, report_id: String) -> Response<Body> {
    let Told { input, mut errors, mut warnings, report, .. } = told;
    let checked = input.error.is_none();
    if let Some(error) = &input.error {
        gate.metrics.unchecked("unread");
        let list = if gate.on_error == OnError::Block { &mut errors } else { &mut warnings };
        list.push(format!("not checked: {error}"));
    }
    let verdict = input.verdict.unwrap_or(gate.on_error.verdict());
    let note = Note {
        report: Some(report_id.clone()),
        verdict: Some(verdict),
        pair: Some(input.pair()),
        findings: Some(input.findings.len()),
        code: (!checked).then_some("unread"),
        ..Note::default()
    };
    respond(
        &CheckReply {
            verdict,
            checked,
            on_error: gate.on_error,
            errors,
            warnings,
            review: format!("/?report={report_id}"),
            report_id,
            report,
        },
        note,
    )
}

/// The verdict on what was not checked.
fn given_up(gate: &Gate, kind: Kind, body: &Bytes, code: &'static str, why: &str) -> Response<Body> {
    gate.metrics.unchecked(code);
    let told = vec![format!("not checked: {why}")];
    let (errors, warnings) = match gate.on_error {
        OnError::Block => (told, Vec::new()),
        OnError::Warn => (Vec::new(), told),
    };
    let verdict: Verdict = gate.on_error.verdict();
    let report_id = gate.shelf.keep(kind, body);
    let note =
        Note { report: Some(report_id.clone()), verdict: Some(verdict), code: Some(code), ..Note::default() };
    respond(
        &CheckReply {
            verdict,
            checked: false,
            on_error: gate.on_error,
            errors,
            warnings,
            review: format!("/?report={report_id}"),
            report_id,
            report: None,
        },
        note,
    )
}

fn respond(answer: &CheckReply, note: Note) -> Response<Body> {
    let mut response = reply::json(StatusCode::OK, answer);
    response.extensions_mut().insert(note);
    response
}

/// Come again.
pub(super) fn busy(on_error: OnError) -> Response<Body> {
    let message = "too many checks wait already: ask again".to_owned();
    let problem = Problem { code: "busy", message, on_error: Some(on_error) };
    let mut response = reply::json(StatusCode::SERVICE_UNAVAILABLE, &problem);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    response.extensions_mut().insert(Note { code: Some("busy"), ..Note::default() });
    response
}

async fn health(State(gate): State<Arc<Gate>>) -> Response<Body> {
    state(&gate, "/healthz", StatusCode::OK)
}

async fn ready(State(gate): State<Arc<Gate>>) -> Response<Body> {
    let status = if gate.status() == "ok" { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    state(&gate, "/readyz", status)
}

fn state(gate: &Gate, route: &'static str, status: StatusCode) -> Response<Body> {
    let health = Health { status: gate.status(), version: env!("CARGO_PKG_VERSION") };
    let mut response = reply::json(status, &health);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    noted(response, route, &Caller::default())
}

async fn metrics(State(gate): State<Arc<Gate>>, Extension(caller): Extension<Caller>) -> Response<Body> {
    let response = unless_known(&caller).unwrap_or_else(|| {
        let text = gate.metrics.text(&gate.gauges());
        reply::typed(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", text)
    });
    noted(response, "/metrics", &caller)
}

async fn description() -> Response<Body> {
    noted(reply::json(StatusCode::OK, &openapi::document()), "/openapi.json", &Caller::default())
}
