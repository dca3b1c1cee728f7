//! What one does with a record: steps, tasks before them, comments, throwing a draft away.

use axum::response::{IntoResponse, Response};
use pack::declaration::{Field, FieldType};
use registry::RegistryError;
use registry::system::StepAsked;
use vocab::Problem;

use super::super::{Failure, Form, GoTo, MultipartForm, Notice, fields, refused};
use super::desk::{Desk, Sought};
use super::save::invalid;
use super::show::Said;
use super::typed::Typed;

/// `…/buoc/{step}`: takes a step, with its reason and the fields that it needs.
pub(super) async fn take(
    Sought(desk): Sought,
    mut form: MultipartForm,
) -> Result<Response, Failure> {
    let desk = desk?;
    let record = desk.record().await?;
    let step = desk.param("step").to_owned();
    let owned = needed(&desk, &step)?;
    let caller = desk.sender(&form.fields);
    let mut typed = Typed::take(&owned, &mut form.fields)?;
    let with_files: Vec<&Field> = owned
        .iter()
        .filter(|field| matches!(*field.kind, FieldType::File | FieldType::Photo))
        .collect();
    let mut problems = desk
        .take_files(&mut form, &with_files, Some(&record), &mut typed)
        .await?;
    let version = form.fields.take("phien-ban")?.parse().unwrap_or_default();
    let reason = form.fields.lookup("ly-do")?.unwrap_or_default();
    form.fields.done()?;
    let (fields, unread) = typed.body(&owned, desk.words().lang);
    problems.extend(unread);
    let said = Said {
        step: step.clone(),
        reason: reason.clone(),
        typed,
        ..Said::default()
    };
    let done = if problems.is_empty() {
        let asked = StepAsked {
            step,
            version: Some(version),
            reason,
            fields,
        };
        desk.registry()
            .take_step(&caller, desk.kind(), record.id, asked)
            .await
    } else {
        Err(RegistryError::Refused(invalid(problems)))
    };
    match done {
        Ok(kept) => {
            let still = desk
                .registry()
                .get(&desk.visitor.principal, desk.kind().name, kept.record.id)
                .await
                .is_ok();
            // Whoever hands something on may not see it any more.
            let to = if still {
                desk.link_to(record.id, "")
            } else {
                desk.link("")
            };
            Ok(GoTo::link(&to).saying(Notice::Saved).into_response())
        }
        Err(RegistryError::Refused(problem)) if problem.status == 422 => {
            let page = desk
                .record_page(&record, &said, Some(&reasoned(problem.clone())))
                .await?;
            Ok(refused(&problem, page))
        }
        Err(error) => Err(error.into()),
    }
}

/// The fields that a step needs.
fn needed(desk: &Desk, step: &str) -> Result<Vec<Field>, Failure> {
    let mut steps = desk
        .declared()
        .lifecycle
        .iter()
        .flat_map(|life| &life.steps);
    let known = steps.find(|known| *known.id.text == *step);
    let known = known.ok_or_else(|| Failure::not_found("no such step"))?;
    let fields = desk.declared().fields.iter();
    Ok(fields
        .filter(|field| {
            known
                .needs
                .iter()
                .any(|needed| needed.text == field.id.text)
        })
        .cloned()
        .collect())
}

/// What is wrong with the reason stands at its own field.
fn reasoned(mut problem: Problem) -> Problem {
    for field in &mut problem.fields {
        if field.field == "reason" {
            "ly-do".clone_into(&mut field.field);
        }
    }
    problem
}

/// `…/viec/{task}`: what a step waited for is done.
pub(super) async fn finish(Sought(desk): Sought, Form(fields): Form) -> Result<Response, Failure> {
    let desk = desk?;
    let caller = desk.sender(&fields);
    fields.done()?;
    let record = desk.record().await?;
    let task = desk
        .param("task")
        .parse()
        .map_err(|_| Failure::not_found("no such task"))?;
    desk.registry()
        .finish_task(&caller, desk.kind(), record.id, task)
        .await?;
    Ok(GoTo::link(&desk.link_to(record.id, ""))
        .saying(Notice::Saved)
        .into_response())
}

/// `…/gop-y`: says something about it.
pub(super) async fn comment(Sought(desk): Sought, Form(fields): Form) -> Result<Response, Failure> {
    let desk = desk?;
    let caller = desk.sender(&fields);
    let [text] = fields.exactly(["gop-y"])?;
    let record = desk.record().await?;
    let registry = desk.registry();
    let mut batch = registry.batch(&caller);
    let said = batch.comment(desk.kind().name, &record, &text).await;
    if said.is_ok() {
        batch.tell_followers(desk.kind(), &record).await?;
    }
    let done = match said {
        Ok(()) => batch.commit(record.id.to_string()).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(GoTo::link(&desk.link_to(record.id, ""))
            .saying(Notice::CommentSaved)
            .into_response()),
        Err(RegistryError::Refused(problem)) if problem.status == 422 => {
            let said = Said {
                comment: text,
                ..Said::default()
            };
            let page = desk.record_page(&record, &said, Some(&problem)).await?;
            Ok(refused(&problem, page))
        }
        Err(error) => Err(error.into()),
    }
}

/// `…/theo-doi`: follows it (`viec` = `co`), or follows it no more (`thoi`).
pub(super) async fn follow(Sought(desk): Sought, Form(fields): Form) -> Result<Response, Failure> {
    let desk = desk?;
    let caller = desk.visitor.caller();
    let [what] = fields.exactly(["viec"])?;
    let (now, said) = match what.as_str() {
        "co" => (true, Notice::Followed),
        "thoi" => (false, Notice::FollowedNoMore),
        _ => return Err(fields::at("viec", 422, "choice-unknown")),
    };
    let record = desk.record().await?;
    let registry = desk.registry();
    registry
        .follow_record(&caller, desk.kind(), record.id, now)
        .await?;
    Ok(GoTo::link(&desk.link_to(record.id, ""))
        .saying(said)
        .into_response())
}

/// `…/rut-lai`: takes back the step that the visitor took last.
pub(super) async fn undo(Sought(desk): Sought, Form(fields): Form) -> Result<Response, Failure> {
    let desk = desk?;
    let caller = desk.sender(&fields);
    let [version] = fields.exactly(["phien-ban"])?;
    let version = fields::version(&version)?;
    let record = desk.record().await?;
    let registry = desk.registry();
    registry
        .undo_step(&caller, desk.kind(), record.id, version)
        .await?;
    Ok(GoTo::link(&desk.link_to(record.id, ""))
        .saying(Notice::StepUndone)
        .into_response())
}

/// `…/xoa`: throws a draft away; its versions stay in the audit log.
pub(super) async fn discard(Sought(desk): Sought, Form(fields): Form) -> Result<Response, Failure> {
    let desk = desk?;
    let caller = desk.sender(&fields);
    let [version] = fields.exactly(["phien-ban"])?;
    let version = version.parse().unwrap_or_default();
    desk.registry()
        .discard(&caller, desk.kind(), desk.id()?, version)
        .await?;
    Ok(GoTo::link(&desk.link(""))
        .saying(Notice::Saved)
        .into_response())
}
