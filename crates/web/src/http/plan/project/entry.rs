//! The form of something that happened to a project: new (`GET`, `POST /du-an/{id}/ghi`), and
//! what is not handed in yet (`/du-an/ghi-nhan/{id}`).

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use plan::PlanError;
use plan::projects::{Entry, EntryKind, PROJECT_ENTRY};
use plan::view::ProjectView;
use registry::RegistryError;
use store::StoreError;
use vocab::{FieldProblem, Period, Problem};

use super::super::super::multipart::too_large;
use super::super::super::reports::checks;
use super::super::super::{
    Failure, GoTo, MultipartForm, Notice, Page, fields, form_errors, refused,
};
use super::super::query::Asked;
use super::desk::{Desk, identity};
use super::files::{shown, take_files};
use super::typed::{Typed, asks, money_units};
use crate::pages::checks::{Check, anchor};
use crate::pages::links;
use crate::pages::parts::{Choice, FieldError, FormErrors};
use crate::pages::project::entry_form::EntryForm;

/// The names of an entry's fields, and those of the form that fill them.
pub(super) const NAMES: &[(&str, &str)] = &[
    ("on", "ngay"),
    ("symbol", "so-ky-hieu"),
    ("party", "nha-thau"),
    ("until", "han"),
    ("percent", "phan-tram"),
    ("milestone", "moc"),
    ("period", "ky"),
    ("recurrent", "thuong-xuyen"),
    ("capital", "dau-tu"),
    ("other", "nguon-khac"),
    ("other_source", "ten-nguon-khac"),
    ("note", "ghi-chu"),
    ("evidence", "tep"),
    ("kind", "ghi-chu"),
];

/// What a form is about.
struct Matter<'a> {
    project: &'a ProjectView,
    kind: EntryKind,
    known: Option<&'a Entry>,
}

/// Shows the form of a new entry.
pub(super) async fn begin(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<EntryForm>, Failure> {
    let project = desk.project(&id)?;
    require(&desk, project)?;
    let kind = asked.choice("loai");
    let kind = kind.and_then(|kind| EntryKind::of_name(&kind));
    let kind = kind.ok_or_else(|| Failure::not_found("no such kind of entry"))?;
    let matter = Matter {
        project,
        kind,
        known: None,
    };
    Ok(Page(page(&desk, &matter, &Typed::default()).await?))
}

/// Saves it, and hands it in if asked.
pub(super) async fn create(
    desk: Desk,
    Path(id): Path<String>,
    mut form: MultipartForm,
) -> Result<Response, Failure> {
    let project = desk.project(&id)?;
    require(&desk, project)?;
    let kind = form.fields.take("loai")?;
    let kind =
        EntryKind::of_name(&kind).ok_or_else(|| fields::at("loai", 422, "choice-unknown"))?;
    let matter = Matter {
        project,
        kind,
        known: None,
    };
    let caller = desk.caller_once(form.fields.request());
    let sent = Sent::read(&desk, kind, form).await?;
    let draft = match sent.draft(&desk, &matter) {
        Ok(draft) => draft,
        Err(problem) => return again(&desk, &matter, &sent.typed, &problem).await,
    };
    match desk.app.plans.begin_entry(&caller, project.id, draft).await {
        Ok(entry) => saved(&desk, project, entry, sent.submit).await,
        Err(error) => failed(&desk, &matter, &sent.typed, error).await,
    }
}

/// Shows the form of an entry that is not handed in.
pub(super) async fn edit(desk: Desk, Path(id): Path<String>) -> Result<Page<EntryForm>, Failure> {
    let entry = found(&desk, &id).await?;
    let project = desk.project(&entry.body.project.to_string())?;
    if !desk
        .registry()
        .may_edit(&desk.visitor.principal, PROJECT_ENTRY, &entry.record)
    {
        return Err(unchangeable(&desk, project, &entry));
    }
    let typed = Typed::of(&entry.body, desk.words());
    let matter = Matter {
        project,
        kind: entry.body.kind,
        known: Some(&entry),
    };
    Ok(Page(page(&desk, &matter, &typed).await?))
}

/// Saves it, and hands it in if asked.
pub(super) async fn save(
    desk: Desk,
    Path(id): Path<String>,
    mut form: MultipartForm,
) -> Result<Response, Failure> {
    let entry = found(&desk, &id).await?;
    let project = desk.project(&entry.body.project.to_string())?;
    form.fields.take("loai")?;
    let matter = Matter {
        project,
        kind: entry.body.kind,
        known: Some(&entry),
    };
    let caller = desk.caller_once(form.fields.request());
    let sent = Sent::read(&desk, matter.kind, form).await?;
    let draft = match sent.draft(&desk, &matter) {
        Ok(draft) => draft,
        Err(problem) => return again(&desk, &matter, &sent.typed, &problem).await,
    };
    let plans = &desk.app.plans;
    match plans
        .edit_entry(&caller, entry.record.id, sent.version, draft)
        .await
    {
        Ok(entry) => saved(&desk, project, entry, sent.submit).await,
        Err(error) => failed(&desk, &matter, &sent.typed, error).await,
    }
}

/// The entry at an address, if this reader may see it.
pub(super) async fn found(desk: &Desk, id: &str) -> Result<Entry, Failure> {
    let id = identity(id)?;
    Ok(desk.app.plans.entry(&desk.visitor.principal, id).await?)
}

fn require(desk: &Desk, project: &ProjectView) -> Result<(), Failure> {
    let owner = plan::projects::owner(&desk.view, project);
    let unit = owner.unwrap_or_else(directory::province);
    desk.visitor.require(
        directory::Act::Draft,
        &directory::Subject {
            kind: PROJECT_ENTRY,
            unit,
            state: plan::projects::states::DRAFT,
            author: None,
        },
    )
}

fn unchangeable(desk: &Desk, project: &ProjectView, entry: &Entry) -> Failure {
    let subject = directory::Subject {
        kind: PROJECT_ENTRY,
        unit: entry.record.unit,
        state: &entry.record.state,
        author: entry.record.author,
    };
    match desk.visitor.require(directory::Act::Draft, &subject) {
        Err(failure) => failure,
        Ok(()) => RegistryError::refused(409, "not-editable", project.body.code.clone()).into(),
    }
}

/// What a form sent.
struct Sent {
    typed: Typed,
    version: i64,
    submit: bool,
    problems: Vec<FieldProblem>,
    cut: bool,
}

impl Sent {
    async fn read(desk: &Desk, kind: EntryKind, form: MultipartForm) -> Result<Self, Failure> {
        let cut = form.cut;
        let sent = Self::taken(desk, kind, form).await;
        // What is missing is missing because it was cut off.
        sent.map_err(|failure| if cut { too_large().into() } else { failure })
    }

    async fn taken(desk: &Desk, kind: EntryKind, mut form: MultipartForm) -> Result<Self, Failure> {
        let cut = form.cut;
        let (received, problems) = take_files(desk, &mut form).await?;
        let mut sent = form.fields;
        let mut typed = Typed::take(kind, &mut sent)?;
        typed.received = received;
        let version = fields::version(&sent.take("phien-ban")?)?;
        let submit = match sent.lookup("viec")?.as_deref() {
            Some("gui") => true,
            Some("luu") => false,
            None if cut => false,
            None => return Err(fields::at("viec", 422, "form-missing-field")),
            Some(_) => return Err(fields::at("viec", 422, "choice-unknown")),
        };
        sent.done()?;
        Ok(Self {
            typed,
            version,
            submit,
            problems,
            cut,
        })
    }

    fn draft(
        &self,
        desk: &Desk,
        matter: &Matter<'_>,
    ) -> Result<plan::projects::EntryDraft, Problem> {
        let held = matter.known.map_or(&[][..], |entry| &entry.body.evidence);
        let draft = self.typed.draft(matter.kind, held, desk.words().lang);
        let mut wrong = draft.as_ref().err().cloned().unwrap_or_default();
        wrong.extend(self.problems.iter().cloned());
        match draft {
            Ok(draft) if wrong.is_empty() && !self.cut => Ok(draft),
            _ => {
                let status = if self.cut { 413 } else { 422 };
                let mut problem = Problem::new(status, "invalid-fields", "the form of an entry");
                problem.fields = wrong;
                Err(problem)
            }
        }
    }
}

/// Goes on once the entry is saved: to its project, handed in if asked.
async fn saved(
    desk: &Desk,
    project: &ProjectView,
    entry: Entry,
    submit: bool,
) -> Result<Response, Failure> {
    let here = GoTo::link(&links::project_page(&project.id.to_string()));
    if !submit {
        return Ok(here.saying(Notice::ProjectEntrySaved).into_response());
    }
    let (id, version) = (entry.record.id, entry.record.version);
    match desk
        .app
        .plans
        .submit_entry(&desk.caller(), id, version)
        .await
    {
        Ok(_) => Ok(here.saying(Notice::ProjectEntrySubmitted).into_response()),
        // The same form came twice and the other one was quicker.
        Err(PlanError::Registry(RegistryError::Conflict { current, .. }))
            if current.state == plan::projects::states::SUBMITTED =>
        {
            Ok(here.saying(Notice::ProjectEntrySubmitted).into_response())
        }
        // It is kept as a draft; something is missing, or wants a word.
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            let typed = Typed::of(&entry.body, desk.words());
            let matter = Matter {
                project,
                kind: entry.body.kind,
                known: Some(&entry),
            };
            again(desk, &matter, &typed, &problem).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form again for what can be corrected in it; the failure for what cannot.
async fn failed(
    desk: &Desk,
    matter: &Matter<'_>,
    typed: &Typed,
    error: PlanError,
) -> Result<Response, Failure> {
    let problem = match error {
        PlanError::Registry(RegistryError::Refused(problem)) if problem.status == 422 => problem,
        PlanError::Registry(RegistryError::Store(StoreError::MissingFile { .. })) => {
            Problem::new(422, "file-missing", "a file that this account did not send")
                .at(FieldProblem::new("tep", "file-missing"))
        }
        // Somebody else changed it meanwhile: nothing is written over, what was typed stays.
        PlanError::Registry(RegistryError::Conflict { .. }) => Problem::new(
            409,
            "project-entry-changed",
            "an entry that was changed since",
        ),
        error => return Err(error.into()),
    };
    again(desk, matter, typed, &problem).await
}

/// The form of an entry that was to be handed in, with what is missing or wants a word.
pub(super) async fn form_again(
    desk: &Desk,
    entry: &Entry,
    problem: &Problem,
) -> Result<Response, Failure> {
    let project = desk.project(&entry.body.project.to_string())?;
    let typed = Typed::of(&entry.body, desk.words());
    let matter = Matter {
        project,
        kind: entry.body.kind,
        known: Some(entry),
    };
    again(desk, &matter, &typed, problem).await
}

async fn again(
    desk: &Desk,
    matter: &Matter<'_>,
    typed: &Typed,
    problem: &Problem,
) -> Result<Response, Failure> {
    let page = page(desk, matter, typed).await?;
    let errors = errors(desk, problem, &page.checks);
    Ok(refused(problem, EntryForm { errors, ..page }))
}

fn errors(desk: &Desk, problem: &Problem, checks: &[Check]) -> FormErrors {
    let words = desk.words();
    let place = |token: &str| {
        let found = checks.iter().position(|check| check.token == token);
        found.map(|index| anchor(index + 1))
    };
    if problem.code != "findings-unexplained" {
        return form_errors(words, problem, NAMES, "ghi-chu");
    }
    let letters = problem.args.get("letters").cloned().unwrap_or_default();
    let needed = words.t1("entry-explain-needed", "letters", &letters);
    let fields = problem.fields.iter();
    let anchors = fields.filter_map(|field| place(field.args.get("finding")?));
    let needed = anchors.map(|field| FieldError {
        field,
        message: needed.clone(),
    });
    FormErrors(needed.collect())
}

async fn page(desk: &Desk, matter: &Matter<'_>, typed: &Typed) -> Result<EntryForm, Failure> {
    let Matter {
        project,
        kind,
        known,
    } = matter;
    let words = desk.words();
    let held = known.map_or(&[][..], |entry| &entry.body.evidence);
    let own = known.map(|entry| entry.record.id);
    let checked = match typed.draft(*kind, held, words.lang) {
        Ok(draft) => desk.app.plans.entry_checks(project.id, &draft, own).await?,
        // What cannot be read has its own message.
        Err(_) => Vec::new(),
    };
    let sent_back = match known {
        Some(entry) if entry.record.state == plan::projects::states::SENT_BACK => {
            desk.sent_back(entry.record.id).await?
        }
        _ => None,
    };
    Ok(EntryForm {
        what: words.t(&format!("project-entry-{}", kind.name())),
        kind: kind.name(),
        back: links::project_page(&project.id.to_string()),
        project: project.body.name.clone(),
        listed_vnd: project.body.budget.total.map(vocab::Vnd::dong),
        action: match known {
            Some(entry) => links::project_entry(&entry.record.id.to_string()),
            None => format!("{}/ghi", links::project_page(&project.id.to_string())),
        },
        version: known.map_or(0, |entry| entry.record.version),
        asks: asks(*kind),
        latest: desk.today().to_string(),
        typed: typed.fields.clone(),
        periods: periods(desk, &typed.period),
        money_units: money_units(words, &typed.money_unit),
        checks: checks(words, &checked),
        files: shown(held),
        received: shown(&typed.received),
        dropped: typed.dropped.clone(),
        sent_back,
        errors: FormErrors::default(),
        file_limit_bytes: desk.app.settings.evidence_limit,
        shell: desk.shell(),
    })
}

/// The months and quarters that a payment can be of: those of the plan's year and the next
/// that have begun, and what was chosen before.
fn periods(desk: &Desk, chosen: &str) -> Vec<Choice> {
    let today = desk.today();
    let mut choices = vec![Choice {
        value: String::new(),
        label: desk.words().t("project-period-choose"),
        selected: chosen.is_empty(),
    }];
    for period in payment_periods(desk.view.year().unwrap_or_else(|| today.year()), today) {
        choices.push(Choice {
            value: period.code(),
            label: desk.period(period),
            selected: period.code() == chosen,
        });
    }
    choices
}

/// The months and quarters of a year and the one after it that have begun by a day.
pub(super) fn payment_periods(year: i16, today: Date) -> Vec<Period> {
    let mut periods: Vec<Period> = [year, year + 1]
        .into_iter()
        .flat_map(|year| {
            let months = (1..=12).filter_map(move |month| Period::month(year, month).ok());
            let quarters = (1..=4).filter_map(move |quarter| Period::quarter(year, quarter).ok());
            months.chain(quarters)
        })
        .filter(|period| period.start() <= today)
        .collect();
    periods.sort_by_key(|period| period.by_end());
    periods
}
