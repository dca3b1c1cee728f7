//! `/he-thong/{pack}/{record}/cung-luc`: the same done with several records of a list at once.
//!
//! Chosen in the list, looked at here first: with which of them it can be done, and why not with
//! the others. Each is then done by itself, as from its own page, so that one that cannot be keeps
//! none of the others back.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use directory::Act;
use pack::declaration::{Field, FieldType, Step};
use pack::shape::is_set;
use registry::system::{Hindrance, StepAsked};
use registry::{Caller, Record, Registry, RegistryError};
use serde_json::{Map, Value};
use vocab::{FieldProblem, Id, Problem};

use super::super::{Failure, Form, Page, refused};
use super::desk::{Desk, Sought};
use super::list::{Asked, asked};
use super::save::invalid;
use super::typed::{Typed, name};
use crate::pages::parts::{Choice, FormErrors, Link};
use crate::pages::system_many::{ManyRow, SystemMany};

/// The most records at once: as many as a page of a list shows.
const MOST: usize = 50;

/// What is done with each.
enum Job<'a> {
    /// A step is taken.
    Step(&'a Step),
    /// A field is given the same value.
    Field(&'a Field),
}

/// What was typed.
#[derive(Default)]
struct Said {
    typed: Typed,
    reason: String,
}

pub(super) async fn show(
    desk: Desk,
    Query(query): Query<Asked>,
) -> Result<Page<SystemMany>, Failure> {
    let named = asked(&query, "viec");
    let chosen = query.iter().filter(|(name, _)| name == "id");
    let chosen: Vec<Id> = chosen
        .filter_map(|(_, id)| id.parse().ok())
        .take(MOST)
        .collect();
    Ok(Page(
        desk.many(named, &chosen, &Said::default(), None).await?,
    ))
}

pub(super) async fn run(Sought(desk): Sought, Form(mut fields): Form) -> Result<Response, Failure> {
    let desk = desk?;
    let caller = desk.sender(&fields);
    let named = fields.take("viec")?;
    let job = desk.job(&named)?;
    let owned: Vec<Field> = desk.asked_for(&job).into_iter().cloned().collect();
    let said = Said {
        typed: Typed::take(&owned, &mut fields)?,
        reason: fields.lookup("ly-do")?.unwrap_or_default(),
    };
    let chosen = fields.take_all("id");
    fields.done()?;
    let chosen: Vec<(Id, i64)> = chosen
        .iter()
        .filter_map(|one| {
            let (id, version) = one.split_once('.')?;
            Some((id.parse().ok()?, version.parse().ok()?))
        })
        .take(MOST)
        .collect();
    let (values, mut problems) = said.typed.body(&owned, desk.words().lang);
    if let Job::Step(step) = &job
        && is_set(step.reason.as_ref())
        && said.reason.trim().is_empty()
    {
        problems.push(FieldProblem::new("ly-do", "field-required"));
    }
    if !problems.is_empty() {
        let problem = invalid(problems);
        let ids: Vec<Id> = chosen.iter().map(|(id, _)| *id).collect();
        let page = desk.many(&named, &ids, &said, Some(&problem)).await?;
        return Ok(refused(&problem, page));
    }
    let mut rows = Vec::with_capacity(chosen.len());
    for (id, version) in chosen {
        let mut caller = caller.clone();
        if let Some(request) = &mut caller.idempotency {
            request.key = format!("{}/{id}", request.key);
        }
        let of = (id, version);
        rows.push(
            desk.done_with(&caller, &job, of, &values, &said.reason)
                .await?,
        );
    }
    let title = desk.title(&job);
    Ok(Page(SystemMany {
        is_done: true,
        rows,
        ..desk.empty(title)
    })
    .into_response())
}

impl Desk {
    /// What can be done with several records that stand in these states, as choices: none for whoever
    /// may do nothing of it.
    pub(super) fn jobs(&self, records: &[Record]) -> Vec<Choice> {
        let mut jobs = Vec::new();
        let mut offer = |value: String, label: String| {
            jobs.push(Choice {
                value,
                label,
                selected: false,
            });
        };
        let words = self.words();
        let principal = &self.visitor.principal;
        for step in self.steps_for_many() {
            let leads_on = |record: &Record| step.from.iter().any(|from| **from == *record.state);
            if Registry::may_take(principal, self.kind(), step) && records.iter().any(leads_on) {
                offer(format!("buoc.{}", &*step.id), self.say(&step.title));
            }
        }
        let mut records = records.iter();
        if self.may_some(Act::Edit) && records.any(|record| self.kind().is_editable(&record.state))
        {
            for field in self.fields_for_many() {
                let title = self.say(&field.title);
                let label = words.t1("system-many-field", "field", title);
                offer(format!("sua.{}", &*field.id), label);
            }
        }
        jobs
    }

    fn steps_for_many(&self) -> impl Iterator<Item = &Step> {
        let steps = self.declared().lifecycle.iter();
        let steps = steps.flat_map(|life| &life.steps);
        steps.filter(|step| {
            let mut needed = step.needs.iter();
            !is_set(step.automatic.as_ref())
                && needed.all(|needed| {
                    let mut fields = self.declared().fields.iter();
                    let field = fields.find(|field| field.id.text == needed.text);
                    field.is_some_and(is_the_same_for_many)
                })
        })
    }

    fn fields_for_many(&self) -> impl Iterator<Item = &Field> {
        let fields = self.declared().fields.iter();
        fields.filter(|field| {
            is_the_same_for_many(field) && field.compute.is_none() && !is_set(field.unique.as_ref())
        })
    }

    fn job(&self, named: &str) -> Result<Job<'_>, Failure> {
        let found = match named.split_once('.') {
            Some(("buoc", step)) => {
                let mut steps = self.steps_for_many();
                steps.find(|known| *known.id.text == *step).map(Job::Step)
            }
            Some(("sua", field)) => {
                let mut fields = self.fields_for_many();
                fields
                    .find(|known| *known.id.text == *field)
                    .map(Job::Field)
            }
            _ => None,
        };
        let job =
            found.ok_or_else(|| Failure::not_found("nothing that is done with several records"))?;
        let may = match job {
            Job::Step(step) => Registry::may_take(&self.visitor.principal, self.kind(), step),
            Job::Field(_) => self.may_some(Act::Edit),
        };
        if !may {
            return Err(Failure::denied(
                "denied-role-missing",
                format!("{named} with several records"),
            ));
        }
        Ok(job)
    }

    /// Whether the visitor may do that to some record.
    fn may_some(&self, act: Act) -> bool {
        let permissions = self.visitor.principal.permissions();
        permissions.clauses(act, self.kind().name).next().is_some()
    }

    /// The fields that whoever does it fills in once for all.
    fn asked_for<'a>(&'a self, job: &Job<'a>) -> Vec<&'a Field> {
        match job {
            Job::Field(field) => vec![field],
            Job::Step(step) => {
                let fields = self.declared().fields.iter();
                let needed = |field: &&Field| {
                    let mut needs = step.needs.iter();
                    needs.any(|needed| needed.text == field.id.text)
                };
                fields.filter(needed).collect()
            }
        }
    }

    fn title(&self, job: &Job<'_>) -> String {
        match job {
            Job::Step(step) => self.say(&step.title),
            Job::Field(field) => {
                let title = self.say(&field.title);
                self.words().t1("system-many-field", "field", title)
            }
        }
    }

    fn empty(&self, title: String) -> SystemMany {
        SystemMany {
            title,
            kind: Link::new(self.link(""), self.say(&self.declared().record.title)),
            action: self.link("cung-luc"),
            job: String::new(),
            is_done: false,
            rows: Vec::new(),
            items: Vec::new(),
            needs_reason: false,
            reason: String::new(),
            errors: FormErrors::default(),
            shell: self.shell(),
        }
    }

    /// The page on which one looks at what was chosen before it is done.
    async fn many(
        &self,
        named: &str,
        chosen: &[Id],
        said: &Said,
        problem: Option<&Problem>,
    ) -> Result<SystemMany, Failure> {
        let job = self.job(named)?;
        let asked = self.asked_for(&job);
        let mut rows = Vec::new();
        for id in chosen {
            let (principal, kind) = (&self.visitor.principal, self.kind());
            let record = match self.registry().get(principal, kind.name, *id).await {
                Ok(record) => record,
                // What one does not see is not there.
                Err(RegistryError::NotFound { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            let why_not = self.why_not(&job, &record, !asked.is_empty()).await?;
            rows.push(ManyRow {
                link: Link::new(self.link_to(record.id, ""), self.label(&record)),
                state: self.state(&record.state),
                chosen: format!("{id}.{}", record.version),
                is_fine: why_not.is_empty(),
                why: why_not,
            });
        }
        let mut items = Vec::new();
        for field in asked {
            let fields = &self.declared().fields;
            items.push(self.item(field, "", &said.typed, fields).await?);
        }
        let errors = problem.map_or_else(FormErrors::default, |problem| self.errors(problem));
        Ok(SystemMany {
            job: named.to_owned(),
            rows,
            items,
            needs_reason: matches!(&job, Job::Step(step) if is_set(step.reason.as_ref())),
            reason: said.reason.clone(),
            errors,
            ..self.empty(self.title(&job))
        })
    }

    /// Why it cannot be done with a record; empty if it can.
    async fn why_not(&self, job: &Job<'_>, record: &Record, asks: bool) -> Result<String, Failure> {
        let words = self.words();
        let step = match job {
            Job::Step(step) => step,
            Job::Field(_) if self.may_edit(record) => return Ok(String::new()),
            Job::Field(_) => return Ok(words.t("system-many-not-editable")),
        };
        let principal = &self.visitor.principal;
        let open = self.registry().steps_open(principal, self.kind(), record);
        let open = open.await?;
        let mut open = open.iter();
        Ok(match open.find(|open| open.step.id.text == step.id.text) {
            None => words.t("system-many-not-from-here"),
            // A guard may come to hold by what is filled in here.
            Some(open) if asks && open.hindered == Some(Hindrance::Guard) => String::new(),
            Some(open) => self.hindrance(open),
        })
    }

    /// Does it with one record; how that went.
    async fn done_with(
        &self,
        caller: &Caller,
        job: &Job<'_>,
        (id, version): (Id, i64),
        values: &Map<String, Value>,
        reason: &str,
    ) -> Result<ManyRow, Failure> {
        let (principal, kind) = (&self.visitor.principal, self.kind());
        let before = self.registry().get(principal, kind.name, id).await.ok();
        let done = match job {
            Job::Step(step) => {
                let asked = StepAsked {
                    step: step.id.text.clone(),
                    version: Some(version),
                    reason: reason.to_owned(),
                    fields: values.clone(),
                };
                self.registry().take_step(caller, kind, id, asked).await
            }
            Job::Field(field) => {
                self.set(caller, field, before.as_ref(), version, values)
                    .await
            }
        };
        let now = done.as_ref().ok().map(|kept| &kept.record);
        let shown = now.or(before.as_ref());
        let link = match shown {
            // Whoever hands something on may not see it any more.
            Some(record) if before.is_some() => Link::new(
                self.link_to(id, ""),
                self.label(before.as_ref().unwrap_or(record)),
            ),
            _ => Link::plain(id.to_string()),
        };
        let state = shown.map_or_else(String::new, |record| self.state(&record.state));
        let why = match done {
            Ok(_) => String::new(),
            Err(error) => self.said_of(Failure::from(error))?,
        };
        Ok(ManyRow {
            link,
            state,
            chosen: String::new(),
            is_fine: why.is_empty(),
            why,
        })
    }

    /// Gives a field its value, all others staying as they are, those too that the visitor is not
    /// shown.
    async fn set(
        &self,
        caller: &Caller,
        field: &Field,
        record: Option<&Record>,
        version: i64,
        values: &Map<String, Value>,
    ) -> Result<registry::system::Kept, RegistryError> {
        let kind = self.kind();
        let Some(record) = record else {
            return Err(RegistryError::refused(
                404,
                "not-found",
                "a record that is not seen",
            ));
        };
        let fields = self.declared().fields.iter();
        let typed = fields.filter(|field| field.compute.is_none());
        let mut body: Map<String, Value> = typed
            .filter_map(|field| {
                let value = record.body.get(&field.id.text)?;
                Some((field.id.text.clone(), value.clone()))
            })
            .collect();
        body.remove(&field.id.text);
        body.extend(values.clone());
        let revised = self
            .registry()
            .revise_shown(caller, kind, record.id, version, body);
        revised.await
    }

    /// What a failure says, on a line; one that is the program's own ends the page.
    fn said_of(&self, failure: Failure) -> Result<String, Failure> {
        if failure.status().is_server_error() {
            return Err(failure);
        }
        let own = name("");
        let errors = self.errors(&failure.problem).0.into_iter();
        let said = errors.map(|error| {
            let field = error.field.strip_prefix(&own).unwrap_or_default();
            let mut fields = self.declared().fields.iter();
            match fields.find(|known| *known.id.text == *field) {
                Some(field) => format!("{}: {}", self.say(&field.title), error.message),
                None => error.message,
            }
        });
        let said: Vec<String> = said.collect();
        Ok(said.join(" "))
    }
}

/// Whether one value of a field can be typed for several records.
fn is_the_same_for_many(field: &Field) -> bool {
    let several = matches!(
        *field.kind,
        FieldType::Table | FieldType::File | FieldType::Photo
    );
    !several && !field.kind.is_geometry()
}
