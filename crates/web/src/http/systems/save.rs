//! Making and changing a record.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use directory::Act;
use pack::declaration::{Field, FieldType};
use registry::system::NewRecord;
use registry::{Evidence, Record, RegistryError};
use serde_json::{Map, Value};
use vocab::{FieldProblem, Problem};

use super::super::{Failure, GoTo, MultipartForm, Notice, Page, refused, sent_file};
use super::desk::{Desk, Sought};
use super::list::{Asked, asked};
use super::typed::{MORE_ROWS, Typed, name};
use crate::pages::system_form::SystemForm;

/// The form of a new record; the query may fill fields in.
pub(super) async fn begin(
    desk: Desk,
    Query(query): Query<Asked>,
) -> Result<Page<SystemForm>, Failure> {
    desk.demand_making()?;
    let mut typed = Typed::default();
    for field in &desk.declared().fields {
        let text = asked(&query, &name(&field.id));
        if !text.is_empty() {
            typed
                .texts
                .insert(field.id.text.clone(), vec![text.to_owned()]);
        }
    }
    Ok(Page(desk.form(None, &typed, None).await?))
}

pub(super) async fn create(Sought(desk): Sought, form: MultipartForm) -> Result<Response, Failure> {
    let desk = desk?;
    desk.demand_making()?;
    let sent = Sent::read(&desk, form, None).await?;
    if let Some(page) = sent.only_more(&desk, None).await? {
        return Ok(page);
    }
    let (fields, problems) = sent.body(&desk);
    if !problems.is_empty() {
        return sent.again(&desk, None, &invalid(problems)).await;
    }
    let caller = sent.caller.clone();
    let new = NewRecord {
        id: Some(sent.identity),
        unit: None,
        fields,
    };
    match desk.registry().make(&caller, desk.kind(), new).await {
        Ok(kept) => Ok(GoTo::link(&desk.link_to(kept.record.id, ""))
            .saying(Notice::Saved)
            .into_response()),
        Err(RegistryError::Refused(problem)) if problem.status != 404 => {
            sent.again(&desk, None, &problem).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn edit(desk: Desk) -> Result<Page<SystemForm>, Failure> {
    let record = desk.to_edit().await?;
    let typed = Typed::of(&desk.declared().fields, &record.body, desk.words().lang);
    Ok(Page(desk.form(Some(&record), &typed, None).await?))
}

pub(super) async fn revise(Sought(desk): Sought, form: MultipartForm) -> Result<Response, Failure> {
    let desk = desk?;
    let record = desk.to_edit().await?;
    let sent = Sent::read(&desk, form, Some(&record)).await?;
    if let Some(page) = sent.only_more(&desk, Some(&record)).await? {
        return Ok(page);
    }
    let (fields, problems) = sent.body(&desk);
    if !problems.is_empty() {
        return sent.again(&desk, Some(&record), &invalid(problems)).await;
    }
    let caller = sent.caller.clone();
    match desk
        .registry()
        .revise(&caller, desk.kind(), record.id, sent.version, fields)
        .await
    {
        Ok(kept) => Ok(GoTo::link(&desk.link_to(kept.record.id, ""))
            .saying(Notice::Saved)
            .into_response()),
        Err(RegistryError::Conflict { .. }) => {
            let stale = Problem::new(409, "stale-version", "a record that somebody else changed");
            sent.again(&desk, Some(&record), &stale).await
        }
        Err(RegistryError::Refused(problem)) if problem.status != 404 => {
            sent.again(&desk, Some(&record), &problem).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn invalid(fields: Vec<FieldProblem>) -> Problem {
    let mut problem = Problem::new(422, "invalid-fields", "a form of a system");
    problem.fields = fields;
    problem
}

impl Desk {
    fn demand_making(&self) -> Result<(), Failure> {
        if self.may_make() {
            return Ok(());
        }
        Err(Failure::denied(
            "denied-role-missing",
            format!("making a {}", self.kind().name),
        ))
    }

    /// The record for whoever may correct it, personal fields among the rest.
    async fn to_edit(&self) -> Result<Record, Failure> {
        let record = self.record().await?;
        self.require(Act::Edit, &record)?;
        if !self.kind().is_editable(&record.state) {
            return Err(Failure::new(
                axum::http::StatusCode::CONFLICT,
                "not-editable",
                "a record that stands where nobody edits it",
            ));
        }
        let whole = self
            .registry()
            .for_editing(&self.visitor.principal, self.kind(), &record)
            .await?;
        self.saw(&whole);
        Ok(whole)
    }

    /// Takes the files of a form in under the fields that they were sent for.
    pub(super) async fn take_files(
        &self,
        form: &mut MultipartForm,
        fields: &[&Field],
        known: Option<&Record>,
        typed: &mut Typed,
    ) -> Result<Vec<FieldProblem>, Failure> {
        let mut problems: Vec<FieldProblem> = std::mem::take(&mut form.refused);
        for problem in &mut problems {
            problem.field = problem.field.trim_start_matches("f_").to_owned();
        }
        let caller = self.caller();
        let received = std::mem::take(&mut form.files);
        for field in fields {
            let path = field.id.text.clone();
            let mut files: Vec<Evidence> = Vec::new();
            let dropped = form.fields.take_all(&format!("{}.bo", name(&path)));
            let stood = known.and_then(|record| record.body.get(&path));
            let stood = match stood {
                Some(Value::Array(items)) => items.clone(),
                Some(one) => vec![one.clone()],
                None => Vec::new(),
            };
            files.extend(
                stood
                    .into_iter()
                    .filter_map(|item| serde_json::from_value(item).ok()),
            );
            for named in form.fields.take_all(&format!("{}.da-nhan", name(&path))) {
                match sent_file::evidence(self.app.store(), &named).await? {
                    Some(file) if files.iter().all(|known| known.sha256 != file.sha256) => {
                        files.push(file);
                    }
                    Some(_) => {}
                    None => problems.push(FieldProblem::new(path.as_str(), "file-missing")),
                }
            }
            files.retain(|file| !dropped.contains(&file.sha256));
            for file in received.iter().filter(|file| file.field == name(&path)) {
                self.registry()
                    .receive(&caller, &file.stored.digest)
                    .await?;
                files.push(Evidence::of(file.name.clone(), &file.stored));
            }
            if !files.is_empty() {
                typed.files.insert(path, files);
            }
        }
        Ok(problems)
    }
}

/// A form that was sent.
struct Sent {
    typed: Typed,
    version: i64,
    caller: registry::Caller,
    identity: vocab::Id,
    /// The table of which more rows are wanted.
    more: String,
    problems: Vec<FieldProblem>,
}

impl Sent {
    async fn read(
        desk: &Desk,
        mut form: MultipartForm,
        known: Option<&Record>,
    ) -> Result<Self, Failure> {
        if form.cut {
            return Err(Problem::new(413, "body-too-large", "a form larger than it may be").into());
        }
        let caller = desk.sender(&form.fields);
        let identity = form.fields.identity();
        let declared = &desk.declared().fields;
        let mut typed = Typed::take(declared, &mut form.fields)?;
        let with_files: Vec<&Field> = declared
            .iter()
            .filter(|field| matches!(*field.kind, FieldType::File | FieldType::Photo))
            .collect();
        let problems = desk
            .take_files(&mut form, &with_files, known, &mut typed)
            .await?;
        let version = form.fields.take("phien-ban")?.parse().unwrap_or_default();
        let more = form.fields.lookup("them-dong")?.unwrap_or_default();
        form.fields.done()?;
        Ok(Self {
            typed,
            version,
            caller,
            identity,
            more,
            problems,
        })
    }

    fn body(&self, desk: &Desk) -> (Map<String, Value>, Vec<FieldProblem>) {
        let (body, mut problems) = self.typed.body(&desk.declared().fields, desk.words().lang);
        problems.extend(self.problems.iter().cloned());
        (body, problems)
    }

    /// The form with more rows, if that is all that was asked for.
    async fn only_more(
        &self,
        desk: &Desk,
        record: Option<&Record>,
    ) -> Result<Option<Response>, Failure> {
        if self.more.is_empty() {
            return Ok(None);
        }
        let mut typed = self.typed.clone();
        *typed.rows.entry(self.more.clone()).or_default() += MORE_ROWS;
        let mut page = desk.form(record, &typed, None).await?;
        page.version = if record.is_some() { self.version } else { 0 };
        Ok(Some(Page(page).into_response()))
    }

    /// The form again, with what is wrong with it.
    async fn again(
        &self,
        desk: &Desk,
        record: Option<&Record>,
        problem: &Problem,
    ) -> Result<Response, Failure> {
        let mut page = desk.form(record, &self.typed, Some(problem)).await?;
        if problem.code == "stale-version"
            && let Some(record) = record
        {
            // What stands now is shown beside what was typed; sent once more, what was typed holds.
            page.theirs =
                Some(desk.facts(record, &desk.labels(std::slice::from_ref(record)).await?));
        } else if record.is_some() {
            page.version = self.version;
        }
        Ok(refused(problem, page))
    }
}
