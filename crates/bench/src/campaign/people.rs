//! People of a province at their browsers: what they type, and what goes wrong on the way.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

use super::form;
use crate::Failure;

/// The session's cookie where no TLS stands in front.
const COOKIE: &str = "phusa";
/// What whoever is asked about a strange value answers.
const WORDS: &str = "Đã đối chiếu với hồ sơ (giả lập)";

/// Somebody who is signed in.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) app: Router,
    pub(super) session: String,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) page: String,
}

impl Person {
    pub(super) async fn get(&self, path: &str) -> Result<String, Failure> {
        let answer = self.send(Request::get(path), String::new()).await?;
        if answer.status != StatusCode::OK {
            return Err(format!("{path}: {}", answer.status).into());
        }
        Ok(answer.page)
    }

    pub(super) async fn post(
        &self,
        path: &str,
        fields: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let form = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, form);
        self.send(request, form::encoded(fields)).await
    }

    async fn send(
        &self,
        request: axum::http::request::Builder,
        body: String,
    ) -> Result<Answer, Failure> {
        let cookie = format!("{COOKIE}={}", self.session);
        let request = request
            .header(header::COOKIE, cookie)
            .body(Body::from(body))?;
        let answer = self.app.clone().oneshot(request).await?;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 64 << 20).await?;
        Ok(Answer {
            status,
            page: String::from_utf8(bytes.to_vec())?,
        })
    }

    /// The same form twice at once, as from a button pressed twice: both must be answered alike.
    pub(super) async fn post_twice(
        &self,
        path: &str,
        fields: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let (one, other) = tokio::join!(self.post(path, fields), self.post(path, fields));
        let (one, other) = (one?, other?);
        if one.status != other.status {
            return Err(format!("{path}: {} and {}", one.status, other.status).into());
        }
        Ok(one)
    }

    /// A form whose sender's connection breaks while it is worked on, then sent again.
    pub(super) async fn post_after_a_break(
        &self,
        path: &str,
        fields: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let broken = tokio::time::timeout(Duration::from_millis(3), self.post(path, fields));
        if let Ok(answered) = broken.await {
            return answered;
        }
        self.post(path, fields).await
    }
}

/// The form of a sheet, every line filled in: `seed` makes the values of a unit its own.
pub(super) fn filled(page: &str, seed: usize) -> Vec<(String, String)> {
    let mut fields = form::fields(page, "phieu");
    for (name, value) in &mut fields {
        let Some((kind, place)) = name.split_once('-') else {
            continue;
        };
        let Ok(place) = place.split('-').next().unwrap_or_default().parse::<usize>() else {
            continue;
        };
        match kind {
            "ts" => *value = (50 + (seed + place) % 40).to_string(),
            "ms" => "100".clone_into(value),
            "sl" => *value = (1 + (seed + place) % 7).to_string(),
            "ht" => "co".clone_into(value),
            "gt" => WORDS.clone_into(value),
            _ => {}
        }
    }
    fields
}

/// The same form with the button that was pressed.
pub(super) fn pressing(mut fields: Vec<(String, String)>, button: &str) -> Vec<(String, String)> {
    fields.push(("viec".to_owned(), button.to_owned()));
    fields
}
