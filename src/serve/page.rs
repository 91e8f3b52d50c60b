//! The page to review a report.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, StatusCode, Uri, header};

use super::access::Caller;
use super::gate::{Gate, Stopped};
use super::read::work;
use super::reply;
use super::routes::{input_of, noted, unless_known};
use super::shelf::Kind;
use crate::model::Report;
use crate::report::html::Review;

pub(super) async fn page(
    State(gate): State<Arc<Gate>>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
) -> Response<Body> {
    if let Some(refused) = unless_known(&caller) {
        return noted(refused, "/", &caller);
    }
    let query = uri.query().unwrap_or_default();
    let id = query.split('&').find_map(|part| part.strip_prefix("report=")).unwrap_or_default();
    let response = match (id, gate.shelf.find(id)) {
        ("", _) => bare(&gate, &caller, StatusCode::OK, None),
        (_, None) => {
            let notice = "This report is not kept any more: have the texts checked again.";
            bare(&gate, &caller, StatusCode::NOT_FOUND, Some(notice))
        }
        (_, Some((kind, body))) => written(&gate, &caller, id, kind, body).await,
    };
    noted(response, "/", &caller)
}

async fn written(
    gate: &Arc<Gate>,
    caller: &Caller,
    id: &str,
    kind: Kind,
    body: axum::body::Bytes,
) -> Response<Body> {
    let (words, most) = (gate.limits.words, gate.limits.body);
    let (id, who) = (id.to_owned(), caller.name.clone());
    let page = gate.run(move |engine| {
        let input = input_of(kind, &body).ok().filter(|input| work(input) <= words)?;
        let report = Report { inputs: vec![engine.check(input)] };
        let review = Review { report: &id, who: who.as_deref(), most, notice: None };
        let mut out = Vec::new();
        review.write(Some(&report), &mut out).ok()?;
        Some(out)
    });
    match page.await {
        Ok(Some(out)) => html(StatusCode::OK, out),
        Ok(None) => {
            let notice = "These texts were not checked: they are longer than this gate checks.";
            bare(gate, caller, StatusCode::OK, Some(notice))
        }
        Err(Stopped::Busy) => {
            let notice = "Too many checks wait already: try again in a moment.";
            bare(gate, caller, StatusCode::SERVICE_UNAVAILABLE, Some(notice))
        }
        Err(Stopped::Time) => {
            let notice = "These texts were not checked: it took longer than this gate waits.";
            bare(gate, caller, StatusCode::OK, Some(notice))
        }
        Err(Stopped::Panic) => {
            let notice = "These texts were not checked: the check failed. Please report it.";
            bare(gate, caller, StatusCode::OK, Some(notice))
        }
    }
}

/// The page without a report.
fn bare(gate: &Gate, caller: &Caller, status: StatusCode, notice: Option<&str>) -> Response<Body> {
    let review = Review { report: "", who: caller.name.as_deref(), most: gate.limits.body, notice };
    let mut out = Vec::new();
    match review.write(None, &mut out) {
        Ok(()) => html(status, out),
        Err(_) => reply::problem(StatusCode::INTERNAL_SERVER_ERROR, "failed", "the page failed"),
    }
}

fn html(status: StatusCode, page: Vec<u8>) -> Response<Body> {
    let mut response = reply::typed(status, "text/html; charset=utf-8", page);
    if let Ok(policy) = HeaderValue::from_str(&Review::policy()) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
