//! Forms without files (`application/x-www-form-urlencoded`).

use std::borrow::Cow;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use percent_encoding::percent_decode;

use super::fields::{Fields, unreadable};
use super::{App, Failure, Visitor};

/// A form that came from one of our own pages: its fields, the token checked and gone.
#[derive(Clone, Debug)]
pub struct Form(pub Fields);

/// A form that chooses what the visitor's own browser remembers: see
/// [`Visitor::check_choice`].
#[derive(Clone, Debug)]
pub(super) struct ChoiceForm(pub Fields);

impl FromRequest<App> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (visitor, mut fields) = read(request, app).await?;
        let token = visitor.check_form(&mut fields)?;
        fields.seal(&token, &[]);
        Ok(Self(fields))
    }
}

impl FromRequest<App> for ChoiceForm {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (visitor, mut fields) = read(request, app).await?;
        visitor.check_choice(&mut fields)?;
        Ok(Self(fields))
    }
}

/// Who sends a form, and its fields.
async fn read(request: Request, app: &App) -> Result<(Visitor, Fields), Failure> {
    let media_type = request.headers().get(header::CONTENT_TYPE);
    let media_type = media_type
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let essence = media_type.split(';').next().unwrap_or("").trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Failure::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "form-media-type",
            format!("a form as {media_type:?}"),
        ));
    }
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::of(app, &mut parts).await?;
    let body = Request::from_parts(parts, body);
    let body = Bytes::from_request(body, app).await.map_err(|rejection| {
        let code = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            "body-too-large"
        } else {
            "form-unreadable"
        };
        Failure::new(rejection.status(), code, rejection.to_string())
    })?;
    Ok((visitor, parse(&body)?))
}

/// Reads the pairs, refusing what is not UTF-8 instead of replacing it.
fn parse(body: &[u8]) -> Result<Fields, Failure> {
    let mut fields = Fields::default();
    for pair in body
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
    {
        let middle = pair.iter().position(|byte| *byte == b'=');
        let (name, value) = middle.map_or((pair, &[][..]), |at| (&pair[..at], &pair[at + 1..]));
        fields.add(&decode(name)?, &decode(value)?)?;
    }
    Ok(fields)
}

fn decode(text: &[u8]) -> Result<String, Failure> {
    let spaced: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_decode(&spaced)
        .decode_utf8()
        .map(Cow::into_owned)
        .map_err(|_| unreadable("form-not-utf8", "a field that is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_as_browsers_write_them() {
        let fields = parse(b"a=S%E1%BB%9F+N%C3%B4ng&&b=&c").unwrap();
        let [a, b, c] = fields.exactly(["a", "b", "c"]).unwrap();
        assert_eq!((a.as_str(), b.as_str(), c.as_str()), ("Sở Nông", "", ""));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for body in [&b"a=%ff"[..], b"%c3=1", b"a=\xe1\xbb", b"a=%ED%A0%80"] {
            let failure = parse(body).unwrap_err();
            assert_eq!(failure.problem.code, "form-not-utf8", "{body:?}");
        }
        assert_eq!(parse(b"a=%00").unwrap_err().problem.code, "form-unreadable");
    }
}
