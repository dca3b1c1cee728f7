//! What is done around every request, whichever route it takes.

use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tokio::time::error::Elapsed;

use super::answer::AlreadyWorded;
use super::{App, Failure, Frame, Notice, Visitor, ahead, bearer, cookies, security, wording};
use crate::api::unless_known;

/// How long a request may take.
const TIME: Duration = Duration::from_secs(30);

/// How long a request with files may take: 50 MB over a weak mobile network.
const UPLOAD_TIME: Duration = Duration::from_mins(15);

/// Gives the request its frame, limits its time, catches panics, words failures, and sees
/// to the headers and cookies of the answer.
pub(super) async fn face(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let frame = Frame::read(&request, &app.settings, app.store().context());
    let frame = Arc::new(frame);
    request.extensions_mut().insert(Arc::clone(&frame));
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("", MatchedPath::as_str);

    let time = if carries_files(&request) {
        UPLOAD_TIME
    } else {
        TIME
    };
    let answer = async {
        if frame.api {
            let mut along = ahead::of(&request);
            match bearer::check(&app, request.headers(), along.as_mut()).await {
                Ok(None) => {}
                Ok(Some(used)) => {
                    request.extensions_mut().insert(used);
                }
                Err(failure) => return failure.into_response(),
            }
            // Not read yet where nobody brought a token: a session reads it.
            if let Some(along) = along {
                request.extensions_mut().insert(along);
            }
        }
        next.run(request).await
    };
    let response = match within(time, AssertUnwindSafe(answer).catch_unwind()).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            Failure::internal("a handler panicked; see the message before").into_response()
        }
        Err(_) => {
            let about = format!("no answer within {} s", time.as_secs());
            Failure::new(StatusCode::SERVICE_UNAVAILABLE, "took-too-long", about).into_response()
        }
    };
    let mut response = refuse_unproven(response, &method, &frame);
    if frame.api {
        unless_known(&method, &frame.kept, &mut response);
    }
    let mut response = worded(response, &app, &method, &frame).await;
    finish(&mut response, &app, &frame);
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }

    let (status, took) = (response.status().as_u16(), began.elapsed());
    app.metrics.answered(known(&method), route, status, took);
    tracing::debug!(request = %frame.request, %method, route, status, ms = took.as_millis(), "answered");
    response
}

/// What this gives, unless that takes longer. The clock is set for those alone that wait for
/// something.
async fn within<T>(time: Duration, answer: impl Future<Output = T>) -> Result<T, Elapsed> {
    let mut answer = pin!(answer);
    match poll_fn(|context| Poll::Ready(answer.as_mut().poll(context))).await {
        Poll::Ready(answer) => Ok(answer),
        Poll::Pending => tokio::time::timeout(time, answer).await,
    }
}

fn carries_files(request: &Request) -> bool {
    let media_type = request.headers().get(header::CONTENT_TYPE);
    let form = media_type.is_some_and(|value| value.as_bytes().starts_with(b"multipart/"));
    form || request.uri().path() == crate::api::FILES
}

/// The method as a label: clients may send any word, and each would be a series of its own.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS => method.as_str(),
        _ => "other",
    }
}

/// Whatever changes something must have proved that it comes from our own pages. A handler
/// that forgot to ask does not get its answer out, which its first test shows.
fn refuse_unproven(response: Response, method: &Method, frame: &Frame) -> Response {
    let safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let done = response.status().is_success() || response.status().is_redirection();
    if safe || !done || frame.trusted.load(Ordering::Relaxed) {
        return response;
    }
    Failure::internal("a handler changed something without asking where the request comes from")
        .into_response()
}

/// Puts a failure into words, whether one of ours or a bare status of the framework's.
async fn worded(
    mut response: Response,
    app: &App,
    method: &Method,
    frame: &Arc<Frame>,
) -> Response {
    let status = response.status();
    if status.as_u16() < 400 || response.extensions().get::<AlreadyWorded>().is_some() {
        return response;
    }
    let failure = response
        .extensions_mut()
        .remove::<Failure>()
        .unwrap_or_else(|| {
            Failure::new(status, bare(status, method), "refused before any handler")
        });
    let (code, about) = (&failure.problem.code, &failure.problem.about);
    if status.is_server_error() {
        tracing::error!(request = %frame.request, code, about, "a request failed");
    } else {
        tracing::debug!(request = %frame.request, code, about, "a request was refused");
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let visitor = Visitor::for_words(app, frame).await;
    let mut response = wording::put(failure, method, &visitor);
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

/// The code of a status that came without one.
fn bare(status: StatusCode, method: &Method) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "body-too-large",
        status if status.is_server_error() => "internal",
        _ if matches!(*method, Method::GET | Method::HEAD) => "address-unreadable",
        _ => "form-unreadable",
    }
}

/// Headers and cookies that belong to every answer.
fn finish(response: &mut Response, app: &App, frame: &Frame) {
    let settings = &app.settings;
    let page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let notice = response.extensions_mut().remove::<Notice>();
    if let Some(notice) = notice {
        cookies::send(response, &cookies::Kind::Notice.set(settings, notice.key()));
    } else if page && frame.notice.is_some() {
        cookies::send(response, &cookies::Kind::Notice.clear(settings));
    }
    // A page with a tag has no form with a token in it.
    let tagged = response.headers().contains_key(header::ETAG);
    if page && frame.visit.fresh && !tagged {
        let secret = frame.visit.secret.as_str();
        cookies::send(response, &cookies::Kind::Visit.set(settings, secret));
    }
    let headers = response.headers_mut();
    if page || !frame.api {
        security::protect_page(headers);
    } else {
        security::protect_data(headers);
    }
    let secret = security::is_secret(frame.uri.path());
    if secret {
        security::keep_address(headers);
    }
    if settings.behind_tls {
        security::insist_on_tls(headers);
    }
    if let Ok(id) = HeaderValue::try_from(frame.request.to_string()) {
        headers.insert("x-request-id", id);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        // A page may be kept for going back; shown anew, it is asked for anew. What people
        // with a session see is not kept at all: machines in offices are shared.
        let policy = if frame.session.is_some() || secret || !page {
            "no-store"
        } else {
            "private, no-cache"
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
        headers.append(
            header::VARY,
            HeaderValue::from_static("cookie, accept-language"),
        );
    }
}
