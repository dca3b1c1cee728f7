//! `GET`, `POST /vuong-mac/moi` and `/vuong-mac/{id}/sua`: writing an obstacle down.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject};
use jiff::civil::Date;
use plan::obstacles::{About, Obstacle, ObstacleDraft, ObstacleStep, Rung};
use plan::{OBSTACLE, PlanError};
use registry::{Caller, Evidence, RegistryError};
use serde::Deserialize;
use vocab::{FieldProblem, Id, Problem};

use super::super::reports::desk::Desk;
use super::super::reports::files;
use super::super::{Failure, GoTo, MultipartForm, Notice, Page, fields, form_errors, refused};
use super::face::{self, rung_key};
use crate::pages::links;
use crate::pages::obstacles::ObstacleForm;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;

/// The names of a problem's fields in the form.
const NAMES: &[(&str, &str)] = &[
    ("about", "vuong-mac"),
    ("what", "vuong-mac"),
    ("since", "tu-ngay"),
    ("asks", "kien-nghi"),
    ("of", "gui-toi"),
    ("evidence", "tep"),
];

/// What a new obstacle is to be about.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Asked {
    muc_tieu: String,
    du_an: String,
    nhiem_vu: String,
    don_vi: String,
}

/// What the form holds.
struct Typed {
    about: About,
    unit: Id,
    version: i64,
    what: String,
    since: String,
    asks: String,
    of: String,
    received: Vec<Evidence>,
    dropped: Vec<String>,
    submit: bool,
    problems: Vec<FieldProblem>,
}

/// The form for a new one.
pub(super) async fn show(
    desk: Desk,
    Query(asked): Query<Asked>,
) -> Result<Page<ObstacleForm>, Failure> {
    desk.visitor.account()?;
    let about = about(&desk, &asked).ok_or_else(|| Failure::not_found("no such matter"))?;
    let unit = writer(&desk, &asked.don_vi)?;
    let typed = Typed {
        about,
        unit,
        version: 0,
        what: String::new(),
        since: desk.today().to_string(),
        asks: String::new(),
        of: String::new(),
        received: Vec::new(),
        dropped: Vec::new(),
        submit: false,
        problems: Vec::new(),
    };
    let page = page(&desk, &typed, None, FormErrors::default());
    Ok(Page(page.await?))
}

/// Keeps a new one, and hands it in if asked.
pub(super) async fn begin(desk: Desk, form: MultipartForm) -> Result<Response, Failure> {
    let (identity, request) = (form.fields.identity(), form.fields.request());
    let typed = Typed::take(&desk, form).await?;
    require(&desk, typed.unit)?;
    let draft = match typed.draft(&[]) {
        Ok(draft) => draft,
        Err(problem) => return again(&desk, &typed, None, &problem).await,
    };
    let by = Caller {
        idempotency: Some(request),
        ..desk.caller()
    };
    let plans = &desk.app.plans;
    let begun = plans
        .begin_obstacle(&by, Some(identity), typed.unit, draft)
        .await;
    match begun {
        Ok(begun) => kept(&desk, &typed, &begun).await,
        Err(error) => failed(&desk, &typed, None, error).await,
    }
}

/// The form of one that was not sent yet.
pub(super) async fn edit(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<ObstacleForm>, Failure> {
    let known = desk.obstacle_of(&id).await?;
    editable(&desk, &known)?;
    let body = &known.body;
    let typed = Typed {
        about: body.about,
        unit: known.record.unit,
        version: known.record.version,
        what: body.what.clone(),
        since: body.since.to_string(),
        asks: body.asks.clone(),
        of: body.of.name().to_owned(),
        received: Vec::new(),
        dropped: Vec::new(),
        submit: false,
        problems: Vec::new(),
    };
    let page = page(&desk, &typed, Some(&known), FormErrors::default());
    Ok(Page(page.await?))
}

/// Keeps it as it is written now, and hands it in if asked.
pub(super) async fn save(
    desk: Desk,
    Path(id): Path<String>,
    form: MultipartForm,
) -> Result<Response, Failure> {
    let known = desk.obstacle_of(&id).await?;
    let typed = Typed::take(&desk, form).await?;
    editable(&desk, &known)?;
    let draft = match typed.draft(&known.body.evidence) {
        Ok(draft) => draft,
        Err(problem) => return again(&desk, &typed, Some(&known), &problem).await,
    };
    let plans = &desk.app.plans;
    let edited = plans
        .edit_obstacle(&desk.caller(), known.record.id, typed.version, draft)
        .await;
    match edited {
        Ok(edited) => kept(&desk, &typed, &edited).await,
        Err(error) => failed(&desk, &typed, Some(&known), error).await,
    }
}

impl Desk {
    /// The obstacle at an address.
    pub(super) async fn obstacle_of(&self, id: &str) -> Result<Obstacle, Failure> {
        self.visitor.account()?;
        let hidden = || Failure::not_found("no such obstacle for this reader");
        let id = id.parse().map_err(|_| hidden())?;
        Ok(self.app.plans.obstacle(&self.visitor.principal, id).await?)
    }
}

impl Typed {
    async fn take(desk: &Desk, mut form: MultipartForm) -> Result<Self, Failure> {
        let (received, problems) = files::take(desk, &mut form).await?;
        let mut fields = form.fields;
        let about = fields.take("ve")?;
        let about = read_about(&about).ok_or_else(|| fields::at("ve", 422, "choice-unknown"))?;
        let unit = fields.take("don-vi")?;
        let unit = unit
            .parse()
            .map_err(|_| fields::at("don-vi", 422, "choice-unknown"))?;
        let typed = Self {
            about,
            unit,
            version: fields::version(&fields.take("phien-ban")?)?,
            what: fields.take("vuong-mac")?,
            since: fields.take("tu-ngay")?,
            asks: fields.take("kien-nghi")?,
            of: fields.take("gui-toi")?,
            dropped: fields.take_all("bo-tep"),
            submit: match fields.take("viec")?.as_str() {
                "gui" => true,
                "luu" => false,
                _ => return Err(fields::at("viec", 422, "choice-unknown")),
            },
            received,
            problems,
        };
        fields.done()?;
        Ok(typed)
    }

    /// What it asks to keep beside the files that are there; everything that is wrong otherwise.
    fn draft(&self, held: &[Evidence]) -> Result<ObstacleDraft, Problem> {
        let mut wrong = self.problems.clone();
        let since = self.since.trim().parse::<Date>();
        if since.is_err() {
            wrong.push(FieldProblem::new("since", "day-unreadable"));
        }
        let of = Rung::ALL.into_iter().find(|rung| rung.name() == self.of);
        if of.is_none() {
            wrong.push(FieldProblem::new("of", "choice-unknown"));
        }
        let (Ok(since), Some(of), true) = (since, of, wrong.is_empty()) else {
            let mut problem = Problem::new(422, "invalid-fields", "the form of an obstacle");
            problem.fields = wrong;
            return Err(problem);
        };
        let mut evidence: Vec<Evidence> = Vec::new();
        for file in held.iter().chain(&self.received) {
            let known = evidence.iter().any(|one| one.sha256 == file.sha256);
            if !known && !self.dropped.contains(&file.sha256) {
                evidence.push(file.clone());
            }
        }
        Ok(ObstacleDraft {
            about: self.about,
            what: self.what.clone(),
            since,
            asks: self.asks.clone(),
            of,
            evidence,
        })
    }
}

/// Goes on once it is kept: to its page, handed in if asked.
async fn kept(desk: &Desk, typed: &Typed, known: &Obstacle) -> Result<Response, Failure> {
    let (id, version) = (known.record.id, known.record.version);
    let here = GoTo::link(&links::obstacle(&id.to_string()));
    let waits = ["draft", "sent_back"].contains(&known.record.state.as_str());
    if !typed.submit || !waits {
        return Ok(here.saying(Notice::ObstacleSaved).into_response());
    }
    let plans = &desk.app.plans;
    plans
        .step_obstacle(&desk.caller(), id, version, &ObstacleStep::Submit)
        .await?;
    Ok(here.saying(Notice::ObstacleSubmitted).into_response())
}

async fn failed(
    desk: &Desk,
    typed: &Typed,
    known: Option<&Obstacle>,
    error: PlanError,
) -> Result<Response, Failure> {
    match error {
        PlanError::Registry(RegistryError::Refused(problem)) if problem.status == 422 => {
            again(desk, typed, known, &problem).await
        }
        error => Err(error.into()),
    }
}

async fn again(
    desk: &Desk,
    typed: &Typed,
    known: Option<&Obstacle>,
    problem: &Problem,
) -> Result<Response, Failure> {
    let errors = form_errors(desk.words(), problem, NAMES, "vuong-mac");
    Ok(refused(problem, page(desk, typed, known, errors).await?))
}

/// The matter that an address names.
fn about(desk: &Desk, asked: &Asked) -> Option<About> {
    if !asked.muc_tieu.is_empty() {
        let number = asked.muc_tieu.parse().ok()?;
        return desk
            .view
            .target(number)
            .map(|target| About::Target(target.id));
    }
    if !asked.du_an.is_empty() {
        let id = asked.du_an.parse().ok()?;
        let known = desk.view.projects.iter().any(|project| project.id == id);
        return known.then_some(About::Project(id));
    }
    let id = asked.nhiem_vu.parse().ok()?;
    let known = desk.view.duties.iter().any(|duty| duty.id == id);
    known.then_some(About::Duty(id))
}

fn read_about(text: &str) -> Option<About> {
    let (kind, id) = text.split_once(':')?;
    let id = id.parse().ok()?;
    match kind {
        "muc-tieu" => Some(About::Target(id)),
        "du-an" => Some(About::Project(id)),
        "nhiem-vu" => Some(About::Duty(id)),
        _ => None,
    }
}

fn written_about(about: About) -> String {
    let kind = match about {
        About::Target(_) => "muc-tieu",
        About::Project(_) => "du-an",
        About::Duty(_) => "nhiem-vu",
    };
    format!("{kind}:{}", about.id())
}

/// The unit asked for, or the first one that the reader writes for.
fn writer(desk: &Desk, asked: &str) -> Result<Id, Failure> {
    let units = desk.obstacle_units(Act::Draft, "draft");
    if let Ok(unit) = asked.parse() {
        require(desk, unit)?;
        return Ok(unit);
    }
    let unit = units.first().copied();
    unit.ok_or_else(|| {
        let about = "reporting an obstacle without a role that writes any";
        Failure::denied("denied-role-missing", about)
    })
}

fn require(desk: &Desk, unit: Id) -> Result<(), Failure> {
    desk.visitor.account()?;
    desk.visitor.require(
        Act::Draft,
        &Subject {
            kind: OBSTACLE,
            unit,
            state: "draft",
            author: None,
        },
    )
}

fn editable(desk: &Desk, known: &Obstacle) -> Result<(), Failure> {
    desk.visitor.require(
        Act::Draft,
        &Subject {
            kind: OBSTACLE,
            unit: known.record.unit,
            state: &known.record.state,
            author: known.record.author,
        },
    )
}

async fn page(
    desk: &Desk,
    typed: &Typed,
    known: Option<&Obstacle>,
    errors: FormErrors,
) -> Result<ObstacleForm, Failure> {
    let words = desk.words();
    let plans = &desk.app.plans;
    let mut rungs = Vec::new();
    for (rung, unit) in plans.ladder(&desk.view, typed.about, typed.unit).await? {
        rungs.push(Choice {
            value: rung.name().to_owned(),
            label: words.t1(rung_key(rung), "unit", desk.name_of(unit).await?),
            selected: rung.name() == typed.of,
        });
    }
    let held = known.map_or(&[][..], |known| &known.body.evidence);
    Ok(ObstacleForm {
        action: match known {
            Some(known) => links::obstacle_edit(&known.record.id.to_string()),
            None => links::OBSTACLE_NEW.to_owned(),
        },
        version: typed.version,
        about: written_about(typed.about),
        unit_id: typed.unit.to_string(),
        matter: face::matter(&desk.view, words, typed.about),
        unit: desk.name_of(typed.unit).await?,
        what: typed.what.clone(),
        since: typed.since.clone(),
        latest: desk.today(),
        asks: typed.asks.clone(),
        rungs,
        files: face::files(held),
        dropped: typed.dropped.clone(),
        received: face::files(&typed.received),
        file_limit_bytes: desk.app.settings.evidence_limit,
        errors,
        shell: desk.shell(Section::Inbox),
    })
}
