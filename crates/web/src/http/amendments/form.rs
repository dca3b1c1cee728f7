//! `GET`, `POST /ke-hoach/sua-doi/moi` and `/ke-hoach/sua-doi/{id}/sua`: the particulars of a
//! later document.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use plan::PlanError;
use plan::amendments::{Amendment, AmendmentDraft};
use registry::{Caller, Evidence, RegistryError};
use serde::Deserialize;
use vocab::{FieldProblem, Id, Problem};

use super::super::reports::desk::Desk;
use super::super::reports::{files, words};
use super::super::{Failure, GoTo, MultipartForm, Notice, Page, fields, form_errors, refused};
use super::require;
use crate::pages::amendments::AmendmentForm;
use crate::pages::links;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::shell::Section;

/// The names of a problem's fields in the form.
const NAMES: &[(&str, &str)] = &[
    ("symbol", "so-hieu"),
    ("date", "ngay-ky"),
    ("from", "hieu-luc"),
    ("title", "trich-yeu"),
    ("source", "tep"),
];

/// The obstacle that led to it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Asked {
    vuong_mac: String,
}

/// What the form holds.
#[derive(Default)]
struct Typed {
    version: i64,
    obstacle: String,
    symbol: String,
    date: String,
    from: String,
    title: String,
    received: Vec<Evidence>,
    problems: Vec<FieldProblem>,
}

/// The form for a new one.
pub(super) async fn show(
    desk: Desk,
    Query(asked): Query<Asked>,
) -> Result<Page<AmendmentForm>, Failure> {
    require(&desk.visitor, "draft")?;
    let typed = Typed {
        obstacle: asked.vuong_mac,
        ..Typed::default()
    };
    let page = page(&desk, &typed, None, FormErrors::default());
    Ok(Page(page.await?))
}

/// Begins one.
pub(super) async fn begin(desk: Desk, form: MultipartForm) -> Result<Response, Failure> {
    require(&desk.visitor, "draft")?;
    let (identity, request) = (form.fields.identity(), form.fields.request());
    let typed = Typed::take(&desk, form).await?;
    let draft = match typed.draft(&[]) {
        Ok(draft) => draft,
        Err(problem) => return again(&desk, &typed, None, &problem).await,
    };
    let by = Caller {
        idempotency: Some(request),
        ..desk.caller()
    };
    let plans = &desk.app.plans;
    let begun = plans.begin_amendment(&by, Some(identity), draft).await;
    done(&desk, &typed, None, begun).await
}

/// The form of a draft.
pub(super) async fn edit(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<AmendmentForm>, Failure> {
    let known = desk.amendment_of(&id).await?;
    require(&desk.visitor, &known.record.state)?;
    let body = &known.body;
    let typed = Typed {
        version: known.record.version,
        obstacle: body.obstacle.map_or_else(String::new, |id| id.to_string()),
        symbol: body.symbol.clone(),
        date: body.date.to_string(),
        from: body.from.to_string(),
        title: body.title.clone(),
        ..Typed::default()
    };
    let page = page(&desk, &typed, Some(&known), FormErrors::default());
    Ok(Page(page.await?))
}

/// Gives a draft other particulars.
pub(super) async fn save(
    desk: Desk,
    Path(id): Path<String>,
    form: MultipartForm,
) -> Result<Response, Failure> {
    let known = desk.amendment_of(&id).await?;
    require(&desk.visitor, &known.record.state)?;
    let typed = Typed::take(&desk, form).await?;
    let draft = match typed.draft(&known.body.source) {
        Ok(draft) => draft,
        Err(problem) => return again(&desk, &typed, Some(&known), &problem).await,
    };
    let plans = &desk.app.plans;
    let edited = plans
        .edit_amendment(&desk.caller(), known.record.id, typed.version, draft)
        .await;
    done(&desk, &typed, Some(&known), edited).await
}

impl Typed {
    async fn take(desk: &Desk, mut form: MultipartForm) -> Result<Self, Failure> {
        let (received, problems) = files::take(desk, &mut form).await?;
        let mut fields = form.fields;
        let typed = Self {
            version: fields::version(&fields.take("phien-ban")?)?,
            obstacle: fields.take("vuong-mac")?,
            symbol: fields.take("so-hieu")?,
            date: fields.take("ngay-ky")?,
            from: fields.take("hieu-luc")?,
            title: fields.take("trich-yeu")?,
            received,
            problems,
        };
        fields.done()?;
        Ok(typed)
    }

    /// What it says beside the files that are there; everything that is wrong otherwise.
    fn draft(&self, held: &[Evidence]) -> Result<AmendmentDraft, Problem> {
        let mut wrong = self.problems.clone();
        let mut day = |field: &str, text: &str| {
            let read = text.trim().parse::<Date>().ok();
            if read.is_none() {
                wrong.push(FieldProblem::new(field, "day-unreadable"));
            }
            read
        };
        let (date, from) = (day("date", &self.date), day("from", &self.from));
        let obstacle: Option<Id> = match self.obstacle.as_str() {
            "" => None,
            id => id.parse().ok(),
        };
        let (Some(date), Some(from), true) = (date, from, wrong.is_empty()) else {
            let mut problem = Problem::new(422, "invalid-fields", "the form of an amendment");
            problem.fields = wrong;
            return Err(problem);
        };
        let mut source: Vec<Evidence> = Vec::new();
        for file in held.iter().chain(&self.received) {
            if source.iter().all(|one| one.sha256 != file.sha256) {
                source.push(file.clone());
            }
        }
        Ok(AmendmentDraft {
            symbol: self.symbol.clone(),
            date,
            from,
            title: self.title.clone(),
            source,
            obstacle,
        })
    }
}

async fn done(
    desk: &Desk,
    typed: &Typed,
    known: Option<&Amendment>,
    done: Result<Amendment, PlanError>,
) -> Result<Response, Failure> {
    let problem = match done {
        Ok(kept) => {
            let here = links::amendment(&kept.record.id.to_string());
            let here = GoTo::link(&here).saying(Notice::AmendmentSaved);
            return Ok(here.into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => super::deeds::changed(),
        Err(error) => return Err(error.into()),
    };
    again(desk, typed, known, &problem).await
}

async fn again(
    desk: &Desk,
    typed: &Typed,
    known: Option<&Amendment>,
    problem: &Problem,
) -> Result<Response, Failure> {
    let errors = form_errors(desk.words(), problem, NAMES, "so-hieu");
    Ok(refused(problem, page(desk, typed, known, errors).await?))
}

async fn page(
    desk: &Desk,
    typed: &Typed,
    known: Option<&Amendment>,
    errors: FormErrors,
) -> Result<AmendmentForm, Failure> {
    Ok(AmendmentForm {
        action: match known {
            Some(known) => links::amendment_edit(&known.record.id.to_string()),
            None => links::AMENDMENT_NEW.to_owned(),
        },
        version: typed.version,
        led: led(desk, typed.obstacle.parse().ok()).await,
        obstacle: typed.obstacle.clone(),
        symbol: typed.symbol.clone(),
        date: typed.date.clone(),
        from: typed.from.clone(),
        title: typed.title.clone(),
        files: known.map_or_else(Vec::new, |known| words::files(&known.body.source)),
        received: words::files(&typed.received),
        file_limit_bytes: desk.app.settings.evidence_limit,
        errors,
        shell: desk.shell(Section::Plan),
    })
}

/// The obstacle that led to it, for whoever may see that.
pub(super) async fn led(desk: &Desk, obstacle: Option<Id>) -> Option<Link> {
    let principal = &desk.visitor.principal;
    let found = desk.app.plans.obstacle(principal, obstacle?).await.ok()?;
    let text: String = found.body.what.chars().take(160).collect();
    Some(Link::new(
        links::obstacle(&found.record.id.to_string()),
        text,
    ))
}
