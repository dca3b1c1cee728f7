//! `GET` and `POST /bao-cao-dinh-ky/mau`: how reports are laid out and drafted.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject, province};
use plan::PlanError;
use plan::periodic::layout::Sure;
use plan::periodic::{Layout, REPORT_LAYOUT};
use registry::RegistryError;
use serde_json::Value;
use vocab::Problem;

use super::super::{Failure, Form, GoTo, Notice, Page, fields, form_errors, refused};
use super::desk::Desk;
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::periodic_compare::{MeasureRow, PeriodicLayout};

fn require(desk: &Desk, act: Act) -> Result<(), Failure> {
    let subject = Subject {
        kind: REPORT_LAYOUT,
        unit: province(),
        state: "kept",
        author: None,
    };
    desk.visitor.require(act, &subject)
}

/// Shows it.
pub(super) async fn show(desk: Desk) -> Result<Page<PeriodicLayout>, Failure> {
    require(&desk, Act::Read)?;
    let kept = desk.app.plans.kept_layout().await?;
    Ok(Page(page(&desk, kept.version(), kept.text)))
}

/// Puts another in force.
pub(super) async fn save(desk: Desk, Form(fields): Form) -> Result<Response, Failure> {
    require(&desk, Act::Configure)?;
    let [read, text] = fields.exactly(["phien-ban", "mau"])?;
    let version = fields::version(&read)?;
    let by = desk.caller();
    match desk.app.plans.keep_layout(&by, version, &text).await {
        Ok(_) => Ok(GoTo::link(links::PERIODIC_LAYOUT)
            .saying(Notice::PeriodicLayoutKept)
            .into_response()),
        Err(PlanError::Registry(RegistryError::Conflict { current, .. })) => {
            let theirs = current.body.get("text").and_then(Value::as_str);
            let theirs = theirs.unwrap_or_default().to_owned();
            if theirs == text {
                let here = GoTo::link(links::PERIODIC_LAYOUT);
                return Ok(here.saying(Notice::AlreadyDone).into_response());
            }
            let status = StatusCode::CONFLICT.as_u16();
            let problem = Problem::new(status, "stale-version", "a layout that was changed");
            let page = PeriodicLayout {
                theirs: Some(theirs),
                ..page(&desk, current.version, text)
            };
            Ok(refused(&problem, page))
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            let errors = form_errors(desk.words(), &problem, &[("text", "mau")], "mau");
            let page = page(&desk, version, text);
            Ok(refused(&problem, PeriodicLayout { errors, ..page }))
        }
        Err(error) => Err(error.into()),
    }
}

fn page(desk: &Desk, version: i64, text: String) -> PeriodicLayout {
    PeriodicLayout {
        version,
        measures: measures(&text),
        text,
        theirs: None,
        changes: desk.app.plans.may_change_layout(&desk.visitor.principal),
        errors: FormErrors::default(),
        shell: desk.shell(),
    }
}

/// Where each measure comes from; none for a text that is no layout.
fn measures(text: &str) -> Vec<MeasureRow> {
    let Ok(layout) = Layout::read(text) else {
        return Vec::new();
    };
    let row = |name: String, cited: &str, sure: Sure| MeasureRow {
        name,
        cited: cited.to_owned(),
        sure: match sure {
            Sure::Found => "periodic-sure-found",
            Sure::Recalled => "periodic-sure-recalled",
            Sure::Own => "periodic-sure-own",
        },
    };
    let page = &layout.page;
    let head = &layout.head;
    let around = [
        row("page".to_owned(), &page.cited, page.sure),
        row("head".to_owned(), &head.cited, head.sure),
    ];
    let styles = layout.style.iter();
    let styles = styles.map(|(style, shape)| {
        // As the file calls it.
        let name = serde_json::to_value(style).unwrap_or_default();
        let name = format!("style.{}", name.as_str().unwrap_or_default());
        row(name, &shape.cited, shape.sure)
    });
    around.into_iter().chain(styles).collect()
}
