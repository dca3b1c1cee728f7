//! The HTTP face: routes, who is asking, forms, and what goes out when something goes wrong.
//!
//! To add a page, write its handler beside the others and name it in [`routes`]:
//!
//! ```ignore
//! pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Page<Units>, Failure> {
//!     visitor.require(Act::Read, &subject)?;           // refused: a page in the visitor's language
//!     let tree = app.directory.units().await?;         // any floor's error becomes a Failure
//!     Ok(Page(Units::new(visitor.shell(Section::Units), &tree)))
//! }
//! ```
//!
//! and to take a form: [`Form`] (or [`Multipart`] with files) as the last argument. It has
//! checked the CSRF token, knows its fields by name and refuses any that the handler did not
//! ask for; answer with [`GoTo`], or [`refused`] with the page to correct. What every answer
//! needs (headers, cookies, words for errors, time limits, the log) is done by `face`.

mod about;
mod answer;
mod assets;
mod cookies;
mod csrf;
mod design;
mod face;
mod failure;
mod fields;
mod form;
mod frame;
mod health;
mod local_path;
mod metrics;
mod notice;
mod preferences;
mod security;
mod server;
mod visitor;
mod wording;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post};
use store::Store;
use tower_http::compression::CompressionLayer;

pub use answer::{GoTo, Page, refused};
pub use failure::Failure;
pub use fields::Fields;
pub use form::Form;
pub use frame::Frame;
pub use local_path::LocalPath;
pub use metrics::Metrics;
pub use notice::Notice;
pub use server::serve;
pub use visitor::Visitor;
pub use wording::form_errors;

use crate::pages::links;

/// What every handler works with. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Records.
    pub store: Store,
    /// How this program was started.
    pub settings: Arc<Settings>,
    /// What it counts.
    pub metrics: Metrics,
}

impl App {
    /// The store underneath.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

/// How the program was started.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether a reverse proxy in front speaks TLS: cookies are then `Secure`, and the last
    /// `X-Forwarded-For` says where a request comes from.
    pub behind_tls: bool,
    /// The largest evidence file in bytes.
    pub evidence_limit: u64,
    /// The bearer token that `/metrics` asks for; none: only the machine itself may look.
    pub metrics_token: Option<String>,
    /// The program's version.
    pub version: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            behind_tls: false,
            evidence_limit: 50 << 20,
            metrics_token: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// The most that a body without files may measure.
const BODY_BYTES: usize = 256 << 10;

/// The whole face of the program.
pub fn router(app: App) -> Router {
    router_with(app, Router::new())
}

/// The face with more routes beside its own, served within the same limits and words.
pub fn router_with(app: App, more: Router<App>) -> Router {
    routes()
        .merge(more)
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(middleware::from_fn_with_state(app.clone(), face::face))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(app)
}

fn routes() -> Router<App> {
    Router::new()
        .route(links::ABOUT, get(about::show))
        .route(links::DESIGN, get(design::show))
        .route(links::LANGUAGE, post(preferences::language))
        .route(links::THEME, post(preferences::theme))
        .route("/assets/{name}", get(assets::send))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::show))
}

async fn nothing_here() -> Failure {
    Failure::not_found("no such route")
}

async fn wrong_method() -> Failure {
    Failure::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "no such method here",
    )
}
