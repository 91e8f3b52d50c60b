//! Connections: bounded in number, in time and in what they may send. A request is whole before anything looks at it,
//! so that no answer leaves a part of one behind for the next to be read from.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::access::Denied;
use super::gate::{Gate, Setup};
use super::journal::{Line, Note};
use super::{reply, routes};

/// Serves until `stop` is done; requests under way are finished.
pub async fn serve(listener: TcpListener, setup: Setup, stop: impl Future<Output = ()>) {
    let gate = Arc::new(Gate::new(setup));
    let router = routes::router(Arc::clone(&gate));
    let warm = Arc::clone(&gate);
    // Tables are read once, before the first who asks has to wait for them.
    tokio::task::spawn_blocking(move || {
        warm.engine.warm();
        warm.open();
    });
    let graceful = GracefulShutdown::new();
    let connections = Arc::new(Semaphore::new(gate.limits.connections.max(1)));
    let number = Arc::new(AtomicU64::new(0));
    tokio::pin!(stop);
    loop {
        let permit = tokio::select! {
            permit = Arc::clone(&connections).acquire_owned() => permit,
            () = &mut stop => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (Ok(permit), Ok((stream, _))) = (permit, accepted) else {
            // Out of file descriptors, most likely: some will be given back.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(gate.limits.write_time));
        let (shared, router, number) = (Arc::clone(&gate), router.clone(), Arc::clone(&number));
        let service = service_fn(move |request| {
            let (gate, router) = (Arc::clone(&shared), router.clone());
            let number = number.fetch_add(1, Ordering::Relaxed) + 1;
            async move { Ok::<_, Infallible>(answer(gate, router, request, number).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(gate.limits.header_time)
            .max_headers(64)
            .max_buf_size(32 << 10)
            .serve_connection(TokioIo::new(Box::pin(stream)), service);
        let connection = graceful.watch(connection);
        let gate = Arc::clone(&gate);
        tokio::spawn(async move {
            gate.connections.fetch_add(1, Ordering::Relaxed);
            // What goes wrong on a connection is the client's to see.
            let _ = connection.await;
            gate.connections.fetch_sub(1, Ordering::Relaxed);
            drop(permit);
        });
    }
    gate.close();
    drop(listener);
    let _ = tokio::time::timeout(gate.limits.grace, graceful.shutdown()).await;
}

async fn answer(gate: Arc<Gate>, router: Router, request: Request<Incoming>, number: u64) -> Response<Body> {
    let start = Instant::now();
    let (parts, incoming) = request.into_parts();
    let method = known(&parts.method);
    let (mut response, received, sha256) = match receive(&gate, &parts, incoming).await {
        Ok(body) => {
            let sha256 = (!body.is_empty()).then(|| half(&body));
            let received = body.len();
            (admit(&gate, router, parts, body).await, received, sha256)
        }
        Err((status, code, message)) => {
            let mut response = reply::problem(status, code, message);
            // What is left of the body must not be taken for the next request.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            (response, 0, None)
        }
    };
    protect(response.headers_mut());
    let note = response.extensions_mut().remove::<Note>().unwrap_or_default();
    let route = if note.route.is_empty() { "other" } else { note.route };
    let status = response.status().as_u16();
    gate.metrics.request(method.to_owned(), route, status, received);
    let line = Line {
        at: gate.engine.now(),
        request: number,
        method,
        route,
        status,
        received,
        sha256,
        milliseconds: start.elapsed().as_millis() as u64,
        note,
    };
    (gate.journal)(&line.text());
    response
}

/// A method as a label: one of those that there are, whatever a client writes.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

type Refused = (StatusCode, &'static str, &'static str);

/// The whole body, within the bounds.
async fn receive(gate: &Gate, parts: &Parts, mut incoming: Incoming) -> Result<Bytes, Refused> {
    let received = read(gate, parts, &mut incoming).await;
    // A client that is still writing when the connection closes may never see why it was refused: what it sends is
    // taken and dropped. One that asks before it sends gets its answer and sends nothing.
    let refused = received.as_ref().is_err_and(|(status, ..)| *status != StatusCode::REQUEST_TIMEOUT);
    if refused && !parts.headers.contains_key(header::EXPECT) {
        let rest = async move { while let Some(Ok(_)) = incoming.frame().await {} };
        tokio::spawn(tokio::time::timeout(gate.limits.body_time, rest));
    }
    received
}

async fn read(gate: &Gate, parts: &Parts, incoming: &mut Incoming) -> Result<Bytes, Refused> {
    let plain = |encoding: &HeaderValue| encoding.as_bytes().eq_ignore_ascii_case(b"identity");
    if parts.headers.get_all(header::CONTENT_ENCODING).iter().any(|encoding| !plain(encoding)) {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "encoding", "packed bodies are not unpacked"));
    }
    let large = (StatusCode::PAYLOAD_TOO_LARGE, "large", "the body is larger than this gate takes");
    let length = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if length
        .and_then(|length| length.parse::<u64>().ok())
        .is_some_and(|length| length > gate.limits.body as u64)
    {
        return Err(large);
    }
    let body = Limited::new(incoming, gate.limits.body).collect();
    match tokio::time::timeout(gate.limits.body_time, body).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(large),
        Ok(Err(_)) => Err((StatusCode::BAD_REQUEST, "body", "the body broke off")),
        Err(_) => Err((StatusCode::REQUEST_TIMEOUT, "slow", "the body took too long to arrive")),
    }
}

/// Lets a whole request in, or not.
async fn admit(gate: &Arc<Gate>, router: Router, parts: Parts, body: Bytes) -> Response<Body> {
    let denied = |denied: Denied| {
        let (status, code, message) = match denied {
            Denied::Host => (StatusCode::FORBIDDEN, "host", "this gate does not answer to that name"),
            Denied::Origin => (StatusCode::FORBIDDEN, "origin", "pages of other sites may not ask this gate"),
            Denied::Token => (StatusCode::UNAUTHORIZED, "token", "a valid token is needed"),
            Denied::Signature => {
                (StatusCode::UNAUTHORIZED, "signature", "the signature does not fit the body")
            }
        };
        let mut response = reply::problem(status, code, message);
        if status == StatusCode::UNAUTHORIZED {
            let headers = response.headers_mut();
            headers.append(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"recto\""));
            // A person at the review page is asked by the browser.
            if parts.uri.path() == "/" {
                let basic = HeaderValue::from_static("Basic realm=\"recto\", charset=\"UTF-8\"");
                headers.append(header::WWW_AUTHENTICATE, basic);
            }
        }
        response
    };
    if let Err(why) = gate.access.place(&parts.method, &parts.uri, &parts.headers) {
        return denied(why);
    }
    let mut request = Request::from_parts(parts.clone(), Body::empty());
    // Nothing in these but that the gate is there.
    if !matches!(parts.uri.path(), "/healthz" | "/readyz" | "/openapi.json") {
        match gate.access.caller(&parts.headers, &body) {
            Ok(caller) => {
                request.extensions_mut().insert(caller);
            }
            Err(why) => return denied(why),
        }
    }
    *request.body_mut() = Body::from(body);
    let router = router.oneshot(request);
    // A task of its own: should it panic, the connection goes on.
    match tokio::spawn(router).await {
        Ok(Ok(response)) => response,
        _ => reply::problem(StatusCode::INTERNAL_SERVER_ERROR, "failed", "the gate failed: please report it"),
    }
}

/// What browsers and proxies must not do with answers.
fn protect(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
}

/// The first half of the SHA-256, in hexadecimal digits.
fn half(body: &[u8]) -> String {
    Sha256::digest(body).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
