//! `POST /bao-cao/duyet-nhieu`: approving several reports at once, each as it was read.

use axum::response::{IntoResponse, Response};
use plan::{PlanError, ReportStep};
use vocab::{Id, Problem};

use super::super::{Failure, Form, GoTo, Notice, form_errors, refused};
use super::desk::Desk;
use super::list::{Asked, Returned, page};
use super::matter::Matter;
use crate::pages::parts::{FieldError, FormErrors};
use crate::pages::report_list::{ReportList, row_anchor};

/// Approves what is ticked. What could not be approved stays ticked, with the reason; the
/// rest is done.
pub(super) async fn many(desk: Desk, Form(mut fields): Form) -> Result<Response, Failure> {
    desk.visitor.account()?;
    let ticked = fields.take_all("id");
    let [ky, tinh_trang, don_vi] = fields.exactly(["ky", "tinh-trang", "don-vi"])?;
    let asked = Asked {
        ky,
        tinh_trang,
        don_vi,
        sau: String::new(),
    };
    if ticked.is_empty() {
        let problem = Problem::new(422, "nothing-ticked", "approving no reports");
        let errors = form_errors(desk.words(), &problem, &[], "danh-sach");
        return again(&desk, &asked, Vec::new(), errors, &problem).await;
    }
    let mut left = Vec::new();
    let mut errors = FormErrors::default();
    for tick in &ticked {
        let (id, version) = read(tick)?;
        if let Err(failure) = approve(&desk, id, version).await {
            errors.0.push(worded(&desk, id, &failure).await);
            left.push(id);
        }
    }
    if left.is_empty() {
        let back = GoTo::link(&asked.href());
        return Ok(back.saying(Notice::ReportsApproved).into_response());
    }
    let problem = Problem::new(409, "some-left", "some of several reports");
    again(&desk, &asked, left, errors, &problem).await
}

fn read(tick: &str) -> Result<(Id, i64), Failure> {
    let parts = tick.split_once(':');
    parts
        .and_then(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)))
        .ok_or_else(|| super::super::fields::at("id", 422, "choice-unknown"))
}

async fn approve(desk: &Desk, id: Id, version: i64) -> Result<(), Failure> {
    let (plans, caller) = (&desk.app.plans, desk.caller());
    let done = plans.step_report(&caller, id, version, &ReportStep::Approve);
    done.await
        .map(drop)
        .map_err(|error: PlanError| error.into())
}

/// Which report it was, and why it was not approved.
async fn worded(desk: &Desk, id: Id, failure: &Failure) -> FieldError {
    let words = desk.words();
    let anchor = row_anchor(&id.to_string());
    let mut errors = form_errors(words, &failure.problem, &[], &anchor).0;
    let why = errors.pop().map_or_else(String::new, |error| error.message);
    let report = desk.report(&id.to_string()).await.ok();
    let number = report.and_then(|report| Some(Matter::of(desk, &report).ok()?.target.body.number));
    FieldError {
        field: anchor,
        message: match number {
            Some(number) => words.t_args("approve-failed", &[("number", &number), ("why", &why)]),
            None => why,
        },
    }
}

async fn again(
    desk: &Desk,
    asked: &Asked,
    ticked: Vec<Id>,
    errors: FormErrors,
    problem: &Problem,
) -> Result<Response, Failure> {
    let list: ReportList = page(desk, asked, Returned { ticked, errors }).await?;
    Ok(refused(problem, list))
}
