//! Failures in words: a page for people, problem details (RFC 9457) for programs.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use vocab::{FieldProblem, Problem};

use super::{Failure, GoTo, LocalPath, Page, Visitor, answer};
use crate::i18n::{ToArg, Translator};
use crate::pages::error::ErrorPage;
use crate::pages::links;
use crate::pages::parts::{FieldError, FormErrors};
use crate::pages::shell::Section;

/// RFC 9457 §3, with our extension members `requestId`, `errors` and those of the failure.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Details<'a> {
    r#type: String,
    title: String,
    status: u16,
    #[serde(skip_serializing_if = "String::is_empty")]
    detail: String,
    request_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldDetails<'a>>,
    #[serde(flatten)]
    members: Option<&'a Map<String, Value>>,
}

#[derive(Debug, Serialize)]
struct FieldDetails<'a> {
    /// A member of the body (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// A parameter of the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
    code: &'a str,
    detail: String,
}

/// The answer to a request that failed.
pub(super) fn put(failure: Failure, method: &Method, visitor: &Visitor) -> Response {
    let status = failure.status();
    let problem = failure.problem.clone();
    let mut response = if visitor.frame.api {
        details(&failure, visitor)
    } else if failure.sign_in && matches!(*method, Method::GET | Method::HEAD) {
        let next = links::encode(visitor.frame.path.as_str());
        GoTo::link(&format!("{}?tiep={next}", links::SIGN_IN)).into_response()
    } else {
        page(failure, visitor)
    };
    answer::retry_after(&mut response, &problem);
    if status == StatusCode::UNAUTHORIZED && visitor.frame.api {
        let bearer = HeaderValue::from_static("Bearer");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, bearer);
    }
    response
}

fn page(failure: Failure, visitor: &Visitor) -> Response {
    let status = failure.status();
    let page = ErrorPage {
        status: status.as_u16(),
        // The page of a 404 says it already.
        detail: match failure.problem.code.as_str() {
            "not-found" => String::new(),
            _ => sentences(visitor.words(), &failure.problem),
        },
        back: if failure.sign_in {
            Some(links::SIGN_IN.to_owned())
        } else {
            failure
                .back
                .as_ref()
                .map(LocalPath::as_str)
                .map(str::to_owned)
        },
        request_id: visitor.frame.request.to_string(),
        shell: visitor.shell(Section::Other),
    };
    (status, Page(page)).into_response()
}

fn details(failure: &Failure, visitor: &Visitor) -> Response {
    let words = visitor.words();
    let problem = &failure.problem;
    let of_query = problem.code == "invalid-parameters";
    let errors = problem.fields.iter().map(|field| FieldDetails {
        pointer: (!of_query).then(|| format!("/{}", field.field)),
        parameter: of_query.then_some(&*field.field),
        code: &field.code,
        detail: field_sentence(words, problem, field),
    });
    let details = Details {
        r#type: format!("urn:phusa:problem:{}", problem.code),
        title: words.t(&format!("error-{}-title", ErrorPage::words(problem.status))),
        status: problem.status,
        detail: sentence(words, problem).unwrap_or_default(),
        request_id: visitor.frame.request.to_string(),
        errors: errors.collect(),
        members: failure.members.as_deref(),
    };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&details).unwrap_or_default();
    (
        status,
        [(header::CONTENT_TYPE, "application/problem+json")],
        body,
    )
        .into_response()
}

/// The errors of a form beside its fields, as pages take them. `names` leads from a
/// problem's field to the form's own, where they differ; a problem that is about no field
/// stands at `fallback`.
pub fn form_errors(
    words: Translator,
    problem: &Problem,
    names: &[(&str, &str)],
    fallback: &str,
) -> FormErrors {
    let own = |field: &str| {
        let found = names.iter().find(|(theirs, _)| *theirs == field);
        found.map_or(field, |(_, ours)| *ours).to_owned()
    };
    if problem.fields.is_empty() {
        let message = sentence(words, problem).unwrap_or_else(|| {
            words.t(&format!(
                "error-{}-happened",
                ErrorPage::words(problem.status)
            ))
        });
        let field = fallback.to_owned();
        return FormErrors(vec![FieldError { field, message }]);
    }
    let errors = problem.fields.iter().map(|field| FieldError {
        field: own(&field.field),
        message: field_sentence(words, problem, field),
    });
    FormErrors(errors.collect())
}

/// What happened, and what is wrong with each field.
fn sentences(words: Translator, problem: &Problem) -> String {
    let fields = problem
        .fields
        .iter()
        .filter(|field| field.code != problem.code);
    let fields =
        fields.map(|field| format!("{}: {}", field.field, field_sentence(words, problem, field)));
    let all: Vec<String> = sentence(words, problem).into_iter().chain(fields).collect();
    all.join(" ")
}

/// The wording of a problem's code, where there is one.
fn sentence(words: Translator, problem: &Problem) -> Option<String> {
    worded(words, &format!("problem-{}", problem.code), &problem.args)
}

/// The wording of a field's code, with the field's values and the problem's; without one,
/// that the field is not as it should be.
fn field_sentence(words: Translator, problem: &Problem, field: &FieldProblem) -> String {
    if field.code.starts_with("entry-")
        && let Some(sentence) = words.entry_finding(&field.code, &field.args)
    {
        return format!("{sentence} {}", words.t("entry-explain-next"));
    }
    let mut args = problem.args.clone();
    args.extend(field.args.clone());
    // What a pack says itself, it says in both languages.
    let own = match words.lang {
        vocab::Lang::Vi => "said_vi",
        vocab::Lang::En => "said_en",
    };
    if let Some(said) = args.get(own) {
        return said.clone();
    }
    worded(words, &format!("field-{}", field.code), &args)
        .or_else(|| worded(words, &format!("problem-{}", field.code), &args))
        .unwrap_or_else(|| words.t("field-wrong"))
}

/// A message with a problem's values: `bytes` as a file's size, `seconds`, `count`,
/// `least` and `most` as numbers, `date` as a day, the rest as they are.
fn worded(words: Translator, key: &str, args: &BTreeMap<String, String>) -> Option<String> {
    let values: Vec<(&str, Box<dyn ToArg>)> = args
        .iter()
        .map(|(name, value)| {
            let number = value.parse::<i64>().ok();
            let value: Box<dyn ToArg> = match (name.as_str(), number) {
                ("bytes", Some(bytes)) => Box::new(words.file_size(bytes)),
                ("date", None) => match value.parse::<jiff::civil::Date>() {
                    Ok(date) => Box::new(words.date(&date)),
                    Err(_) => Box::new(value.clone()),
                },
                ("seconds" | "count" | "least" | "most", Some(number)) => Box::new(number),
                _ => Box::new(value.clone()),
            };
            (name.as_str(), value)
        })
        .collect();
    let values: Vec<(&str, &dyn ToArg)> = values
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    words.lookup(key, &values)
}
