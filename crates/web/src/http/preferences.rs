//! Choosing a language and a theme.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use vocab::Lang;

use super::fields::at;
use super::form::ChoiceForm;
use super::{App, Failure, GoTo, LocalPath, cookies};
use crate::pages::shell::Theme;

/// `POST /ngon-ngu`: `lang`, `tiep`.
pub(super) async fn language(
    State(app): State<App>,
    ChoiceForm(fields): ChoiceForm,
) -> Result<Response, Failure> {
    let [tag, next] = fields.exactly(["lang", "tiep"])?;
    let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == tag);
    let lang = lang.ok_or_else(|| at("lang", 422, "choice-unknown"))?;
    Ok(chosen(&app, cookies::Kind::Language, lang.tag(), &next))
}

/// `POST /giao-dien`: `theme`, `tiep`.
pub(super) async fn theme(
    State(app): State<App>,
    ChoiceForm(fields): ChoiceForm,
) -> Result<Response, Failure> {
    let [value, next] = fields.exactly(["theme", "tiep"])?;
    let theme = Theme::lookup(&value).ok_or_else(|| at("theme", 422, "choice-unknown"))?;
    Ok(chosen(&app, cookies::Kind::Theme, theme.value(), &next))
}

fn chosen(app: &App, kind: cookies::Kind, value: &str, next: &str) -> Response {
    let cookie = kind.set(&app.settings, value);
    let mut response = GoTo::page(LocalPath::or_home(next)).into_response();
    cookies::send(&mut response, &cookie);
    response
}
