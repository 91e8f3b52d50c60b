//! Answers as bytes.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use super::wire::Problem;

/// An answer of a kind.
pub(super) fn typed(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Body::from(body.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// An answer in JSON.
pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Response<Body> {
    match serde_json::to_vec(value) {
        Ok(body) => typed(status, "application/json", body),
        Err(_) => typed(StatusCode::INTERNAL_SERVER_ERROR, "application/json", "{}"),
    }
}

/// A refusal.
pub(super) fn problem(status: StatusCode, code: &'static str, message: impl Into<String>) -> Response<Body> {
    let mut response = json(status, &Problem { code, message: message.into(), on_error: None });
    response.extensions_mut().insert(super::journal::Note { code: Some(code), ..Default::default() });
    response
}
