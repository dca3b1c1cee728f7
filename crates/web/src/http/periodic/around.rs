//! `GET` and `POST /bao-cao-dinh-ky/{id}/thong-tin`: what stands around the text.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::periodic::{Around, PERIODIC_REPORT, Periodic, PeriodicBody};
use registry::RegistryError;
use vocab::Problem;

use super::super::{Failure, Form, GoTo, Notice, Page, fields, form_errors, refused};
use super::desk::Desk;
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::periodic_section::{AroundField, PeriodicAround};

/// The plan's names of the fields, the form's, and the keys of their labels, in the order of
/// the form.
const FIELDS: [(&str, &str, &str); 8] = [
    ("superior", "co-quan-chu-quan", "periodic-superior"),
    ("issuer", "co-quan", "periodic-issuer"),
    ("symbol", "so-ky-hieu", "periodic-symbol"),
    ("place_date", "dia-danh-ngay", "periodic-place-date"),
    ("subject", "trich-yeu", "periodic-subject"),
    ("capacity", "chuc-vu", "periodic-capacity"),
    ("signer", "nguoi-ky", "periodic-signer"),
    ("recipients", "noi-nhan", "periodic-recipients"),
];

/// Shows the form.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<PeriodicAround>, Failure> {
    let report = desk.report(&id).await?;
    desk.require_writing(PERIODIC_REPORT, &report.record)?;
    Ok(Page(page(&desk, &report, &report.body.around, None)))
}

/// Keeps what it says.
pub(super) async fn save(
    desk: Desk,
    Path(id): Path<String>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let report = desk.report(&id).await?;
    let version = fields::version(&fields.take("phien-ban")?)?;
    let mut typed = FIELDS.map(|_| String::new());
    for (value, (_, name, _)) in typed.iter_mut().zip(FIELDS) {
        *value = fields.take(name)?;
    }
    fields.done()?;
    let around = of(typed);
    let (by, id) = (desk.caller(), report.record.id);
    let here = GoTo::link(&links::periodic(&id.to_string()));
    let saved = desk.app.plans.edit_around(&by, id, version, around.clone());
    match saved.await {
        Ok(_) => Ok(here.saying(Notice::PeriodicSaved).into_response()),
        Err(PlanError::Registry(RegistryError::Conflict { current, .. })) => {
            let theirs: PeriodicBody = current.read()?;
            if theirs.around == around {
                return Ok(here.saying(Notice::AlreadyDone).into_response());
            }
            let changed = desk.latest(PERIODIC_REPORT, &current).await?;
            let mut report = report;
            report.record = *current;
            let page = PeriodicAround {
                changed: Some(changed),
                ..page(&desk, &report, &around, Some(&theirs.around))
            };
            let status = StatusCode::CONFLICT.as_u16();
            let problem = Problem::new(status, "stale-version", "what stands around a report");
            Ok(refused(&problem, page))
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            let names = FIELDS.map(|(theirs, ours, _)| (theirs, ours));
            let errors = form_errors(desk.words(), &problem, &names, "co-quan");
            let mut report = report;
            report.record.version = version;
            let page = page(&desk, &report, &around, None);
            Ok(refused(&problem, PeriodicAround { errors, ..page }))
        }
        Err(error) => Err(error.into()),
    }
}

fn page(desk: &Desk, report: &Periodic, typed: &Around, theirs: Option<&Around>) -> PeriodicAround {
    let words = desk.words();
    let theirs = theirs.map(values);
    let fields = FIELDS.into_iter().zip(values(typed)).enumerate();
    PeriodicAround {
        report: desk.link(report),
        action: links::periodic_step(&report.record.id.to_string(), "thong-tin"),
        version: report.record.version,
        fields: fields
            .map(|(at, ((name, ours, label), value))| AroundField {
                name: ours,
                label: words.t(label),
                value: value.to_owned(),
                theirs: theirs
                    .and_then(|theirs| theirs.get(at).copied())
                    .filter(|theirs| *theirs != value)
                    .map(str::to_owned),
                long: matches!(name, "capacity" | "recipients"),
            })
            .collect(),
        changed: None,
        errors: FormErrors::default(),
        shell: desk.shell(),
    }
}

fn values(around: &Around) -> [&str; 8] {
    [
        &around.superior,
        &around.issuer,
        &around.symbol,
        &around.place_date,
        &around.subject,
        &around.capacity,
        &around.signer,
        &around.recipients,
    ]
}

fn of(typed: [String; 8]) -> Around {
    let [
        superior,
        issuer,
        symbol,
        place_date,
        subject,
        capacity,
        signer,
        recipients,
    ] = typed;
    Around {
        superior,
        issuer,
        symbol,
        place_date,
        subject,
        capacity,
        signer,
        recipients,
    }
}
