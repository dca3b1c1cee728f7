//! The HTTP face: routes, who is asking, forms, and what goes out when something goes wrong.
//!
//! To add a page, write its handler beside the others and name it in `routes`:
//!
//! ```text
//! pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Page<Units>, Failure> {
//!     visitor.require(Act::Read, &subject)?;           // refused: a page in the visitor's language
//!     let tree = app.directory.units().await?;         // any floor's error becomes a Failure
//!     Ok(Page(Units::new(visitor.shell(Section::Units), &tree)))
//! }
//! ```
//!
//! and to take a form: [`Form`] (or [`MultipartForm`] with files) as the last argument. It has
//! checked the CSRF token, knows its fields by name and refuses any that the handler did not
//! ask for; answer with [`GoTo`], or [`refused`] with the page to correct. Under `/api/` the
//! same [`Visitor`] is a program with its token or a session with `x-csrf-token`, and failures
//! go out as problem details. What every answer
//! needs (headers, cookies, words for errors, time limits, the log) is done by `face`.

mod about;
mod access;
mod account;
mod account_admin;
mod account_list;
mod admin;
mod agent;
pub(crate) mod ahead;
mod amendments;
mod answer;
mod assets;
mod audit;
mod bearer;
mod by_link;
mod campaigns;
mod chain;
mod cookies;
mod csrf;
mod design;
mod digest;
mod download;
pub(crate) mod evidence;
mod face;
mod failure;
mod fields;
mod figures;
mod file_name;
mod form;
mod frame;
mod health;
pub(crate) mod hooks;
mod invitation;
mod jobs;
mod local_path;
mod maps;
mod metrics;
mod multipart;
mod notice;
mod number;
mod obstacles;
mod page_tag;
mod password_reset;
mod people;
mod periodic;
mod plan;
mod preferences;
mod printing;
mod public;
mod reading;
mod reports;
mod rights;
mod roles;
pub(crate) mod route_list;
mod security;
mod sent_file;
mod server;
mod settings;
mod setup;
mod sign_in;
mod sign_out;
pub(crate) mod systems;
pub(crate) mod tag;
mod tokens;
mod units;
mod visitor;
mod wording;

use std::ops::Deref;
use std::sync::Arc;

use ::plan::Plans;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use directory::Directory;
use store::Store;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

pub use answer::{GoTo, Page, refused};
pub use chain::ChainCheck;
pub use evidence::{EvidenceGate, Readable};
pub use failure::Failure;
pub use fields::Fields;
pub(crate) use file_name::clean as clean_file_name;
pub use form::Form;
pub use frame::Frame;
pub use hooks::record_links;
pub use local_path::LocalPath;
pub use metrics::Metrics;
pub use multipart::{MultipartForm, ReceivedFile};
pub use notice::Notice;
pub use page_tag::PageTags;
pub(crate) use plan::changed_row;
pub use reports::EvidenceOfRecords;
pub use route_list::Endpoint;
use route_list::{Routes, get, post};
pub use server::{serve, serve_router};
pub use settings::{Demo, DemoLogin, Settings, Webhooks};
pub(crate) use systems::{link_to, said_condition, said_title, told as told_of};
pub use visitor::Visitor;
pub use wording::form_errors;

use crate::pages::links;

/// What every handler works with. Cheap to clone: one shared pointer.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
pub struct Parts {
    /// Units, accounts, sessions, and the store underneath.
    pub directory: Directory,
    /// The plan, its figures and the reports on it.
    pub plans: Plans,
    /// Who may read which evidence file.
    pub evidence: Arc<dyn EvidenceGate>,
    /// How this program was started.
    pub settings: Settings,
    /// What it counts.
    pub metrics: Metrics,
    /// The latest check of the audit chain.
    pub chain: ChainCheck,
    /// The tags of public pages.
    pub page_tags: PageTags,
}

impl App {
    /// An application that has counted and checked nothing yet.
    pub fn new(plans: Plans, settings: Settings) -> Self {
        let evidence = Arc::new(EvidenceOfRecords::new(plans.clone()));
        Self::guarded_by(evidence, plans, settings)
    }

    /// The same with other rules for who may read which evidence file.
    pub fn guarded_by(evidence: Arc<dyn EvidenceGate>, plans: Plans, settings: Settings) -> Self {
        Self(Arc::new(Parts {
            directory: plans.registry().directory().clone(),
            evidence,
            plans,
            settings,
            metrics: Metrics::default(),
            chain: ChainCheck::default(),
            page_tags: PageTags::default(),
        }))
    }

    /// The store underneath.
    pub fn store(&self) -> &Store {
        self.directory.store()
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
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
        .into_router()
        .merge(more)
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(middleware::from_fn_with_state(app.clone(), face::face))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_no_file)))
        .with_state(app)
}

/// Every endpoint of [`router`].
pub fn endpoints() -> Vec<Endpoint> {
    routes().into_endpoints()
}

fn routes() -> Routes {
    Routes::new()
        .merge(plan::routes())
        .merge(units::routes())
        .route(links::ABOUT, get(about::show))
        .route(links::DESIGN, get(design::show))
        .route(links::SIGN_IN, get(sign_in::show).post(sign_in::sign_in))
        .route(links::SIGN_OUT, post(sign_out::sign_out))
        .route(links::SETUP, get(setup::show).post(setup::set_up))
        .route(links::ACCOUNT, get(account::show))
        .route(links::PASSWORD, post(account::change_password))
        .route(links::DIGEST, post(digest::choose))
        .route("/tai-khoan/phien/{id}/ket-thuc", post(account::end_session))
        .route(links::JOBS, get(jobs::show))
        .route("/quan-tri/cong-viec/{id}/chay-lai", post(jobs::run_again))
        .merge(hooks::routes())
        .merge(audit::routes())
        .route("/tep/{sha256}", get(evidence::send))
        .route(links::LANGUAGE, post(preferences::language))
        .route(links::THEME, post(preferences::theme))
        .route("/assets/{name}", get(assets::send))
        .merge(people::routes())
        .merge(access::routes())
        .merge(roles::routes())
        .merge(reports::routes())
        .merge(campaigns::routes())
        .merge(by_link::routes())
        .merge(obstacles::routes())
        .merge(amendments::routes())
        .merge(periodic::routes())
        .merge(systems::routes())
        .merge(maps::routes())
        .merge(figures::routes())
        .merge(public::routes())
        .merge(crate::api::routes())
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

/// Evidence goes out as it is stored: most of it is compressed already.
fn is_no_file(
    _: StatusCode,
    _: axum::http::Version,
    headers: &HeaderMap,
    _: &axum::http::Extensions,
) -> bool {
    !headers.contains_key(header::CONTENT_DISPOSITION)
}
