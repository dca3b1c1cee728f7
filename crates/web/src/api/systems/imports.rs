//! Imports into systems: begun with a file that was sent, tried, taken in, ended, undone.

use axum::http::StatusCode;
use axum::response::Response;
use registry::Evidence;
use registry::system::imports::{Import, ImportStep, NewImport, Pass, Which};
use serde::Serialize;
use store::Cursor;
use utoipa::ToSchema;
use vocab::{FieldProblem, Lang, Problem, hex};

use super::super::change::Change;
use super::super::failure::refused;
use super::super::object::Object;
use super::super::paging::{Page, next, no_such_mark};
use super::super::problem::{CreateRefusals, ReadRefusals};
use super::super::query::{Asked, NoQuery};
use super::super::shown::Shown;
use super::address;
use crate::http::systems::{Desk, REFUSED_SHOWN, import_state, import_why, reason_titles};
use crate::http::{Failure, clean_file_name};

/// A file to import.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "it describes the body; its members are read by name"
)]
pub(in crate::api) struct SystemImportInput {
    /// The digest of the file, sent before (`POST /api/v1/files`) by the same account.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
    /// Its name.
    #[schema(example = "thiet-bi.xlsx")]
    name: Option<String>,
    /// The language in which numbers are written in it, `vi` or `en`; that of the answer, if not
    /// given.
    lang: Option<String>,
}

/// An import.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct SystemImportShown {
    /// Its identity.
    #[schema(format = "uuid")]
    id: String,
    /// Its version, which is its `ETag` too.
    version: i64,
    /// `trying`, `tried`, `running`, `done`, `cancelled`, `stopped`, `undoing` or `undone`.
    #[schema(example = "tried")]
    state: &'static str,
    /// The same in words.
    title: String,
    /// Why it stopped, in words.
    why: Option<String>,
    /// Who began it.
    #[schema(format = "uuid")]
    starter: String,
    /// When.
    began: String,
    /// The name of its file.
    file: String,
    /// Whether the file and the rows that were refused are still kept.
    file_kept: bool,
    /// How many rows the latest pass has to go through, once that is known.
    rows: Option<i64>,
    /// Trying them.
    trial: SystemImportPass,
    /// Taking them in.
    run: Option<SystemImportPass>,
    /// Taking them out again.
    undo: Option<SystemImportPass>,
    /// The steps that the asker may take with it now.
    steps: Vec<&'static str>,
    /// The first rows that the latest pass refused; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<Vec<SystemImportRefused>>,
}

/// How far a pass over the rows came.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct SystemImportPass {
    /// How many rows it went through.
    rows: i64,
    /// How many were good: could be taken in, were, or are out again.
    good: i64,
    /// How many were refused.
    refused: i64,
    /// Rows a second, so far.
    speed: Option<i64>,
}

/// A row that was refused.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct SystemImportRefused {
    /// Which row it is, counted from 1 behind the titles.
    row: i64,
    /// The line of the file where it stands.
    line: Option<u32>,
    /// The record that stays, where it was to be taken out again.
    record: Option<String>,
    /// The record that names that one, where that is why.
    named_by: Option<String>,
    /// Why, in words.
    why: String,
}

impl From<Pass> for SystemImportPass {
    fn from(pass: Pass) -> Self {
        Self {
            rows: pass.rows,
            good: pass.good,
            refused: pass.refused,
            speed: pass.speed(),
        }
    }
}

fn one(desk: &Desk, import: &Import) -> SystemImportShown {
    let pass = |which| import.pass(which).map(SystemImportPass::from);
    let words = desk.visitor.words();
    let steps = desk
        .registry()
        .import_steps(&desk.visitor.principal, import);
    SystemImportShown {
        id: import.id().to_string(),
        version: import.version(),
        state: import.state.value(),
        title: import_state(words, import),
        why: import.why().map(|why| words.t(import_why(why))),
        starter: import.starter().to_string(),
        began: import.began().to_string(),
        file: import.file().name.clone(),
        file_kept: import.holds_file(),
        rows: import.rows(),
        trial: import.pass(Which::Trial).unwrap_or_default().into(),
        run: pass(Which::Run),
        undo: pass(Which::Undo),
        steps: steps.into_iter().map(ImportStep::value).collect(),
        refused: None,
    }
}

async fn shown(desk: &Desk, import: &Import) -> Result<Shown, Failure> {
    let refusals = desk.registry().refusals(import, import.latest());
    let refusals = refusals.first(REFUSED_SHOWN).await?;
    let refused = refusals.iter().map(|refused| {
        let row = desk.refused_row(refused);
        SystemImportRefused {
            row: refused.place,
            line: row.line,
            record: refused.problem.args.get("record").cloned(),
            named_by: refused.problem.args.get("by").cloned(),
            why: row.why,
        }
    });
    let whole = SystemImportShown {
        refused: Some(refused.collect()),
        ..one(desk, import)
    };
    Ok(Shown::to_asker(&whole)?.version(import.version()))
}

/// Imports into a system.
///
/// Those that the asker began, and others' where they may see them, latest first.
#[utoipa::path(
    get, path = "/api/v1/systems/{pack}/{record}/imports", operation_id = "list_system_imports", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack", example = "it-equipment"),
        ("record" = String, Path, description = "Its record type", example = "device"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "How many at most; 50 if not given"),
        ("after" = Option<String>, Query, description = "The mark in the page before's `next`"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Page<SystemImportShown>, headers(("Link" = String, description = "`rel=next`"))),
        ReadRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(in crate::api) async fn list(desk: Desk, mut asked: Asked) -> Result<Shown, Failure> {
    let page = asked.page();
    asked.done()?;
    let after = page.after.map(|mark| mark.parse::<Cursor>());
    let after = after.transpose().map_err(|_| no_such_mark())?;
    let found = desk
        .registry()
        .imports(&desk.visitor.principal, desk.kind(), after, page.limit)
        .await?;
    let items = found
        .items
        .iter()
        .map(|import| one(&desk, import))
        .collect();
    let parameters = [("limit", Some(page.limit.to_string()))];
    let path = format!("{}/imports", address(&desk));
    let next = found
        .next
        .map(|mark| next(&path, &parameters, &mark.to_string()));
    Ok(Shown::to_asker(&Page {
        items,
        next: next.clone(),
    })?
    .next(next.as_deref()))
}

/// Begin an import.
///
/// The file is CSV, XLSX or GeoJSON of at most 1,000,000 rows, its first row the titles of fields.
/// Its rows are tried in the background, without effect; look at it again for how far that came.
#[utoipa::path(
    post, path = "/api/v1/systems/{pack}/{record}/imports", operation_id = "begin_system_import", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack"),
        ("record" = String, Path, description = "Its record type"),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    request_body = SystemImportInput,
    responses(
        (status = 201, description = "Begun", body = SystemImportShown, headers(
            ("ETag" = String, description = "Its version"),
            ("Location" = String, description = "Where it is")
        )),
        CreateRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(in crate::api) async fn begin(
    desk: Desk,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    desk.demand_importing()?;
    let mut body = change.body;
    let digest = body.required("sha256", Object::digest);
    let name = body.text("name").unwrap_or_default();
    let lang = body.text("lang");
    let known = lang.as_deref().map(Lang::lookup);
    if known == Some(None) {
        body.wrong("lang", "choice-unknown");
    }
    body.done()?;
    let digest = digest.and_then(|digest| hex::decode_digest(&digest));
    let missing = || {
        let problem = Problem::new(422, "invalid-fields", "an import without its file");
        Failure::from(problem.at(FieldProblem::new("sha256", "file-missing")))
    };
    let digest = digest.ok_or_else(missing)?;
    if !desk
        .registry()
        .has_sent(&desk.visitor.principal, &digest)
        .await?
    {
        return Err(missing());
    }
    let files = desk.app.store().every_file("this account has just sent it");
    let stored = files.file(&digest).await?.ok_or_else(missing)?;
    let new = NewImport {
        id: None,
        file: Evidence::of(clean_file_name(&name), &stored),
        lang: known.flatten().unwrap_or(desk.visitor.words().lang),
        ignored: reason_titles(),
    };
    let import = desk
        .registry()
        .begin_import(&change.caller, desk.kind(), new)
        .await?;
    let place = format!("{}/imports/{}", address(&desk), import.id());
    Ok(shown(&desk, &import).await?.created(place))
}

/// One import.
#[utoipa::path(
    get, path = "/api/v1/systems/{pack}/{record}/imports/{import}", operation_id = "show_system_import", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack"),
        ("record" = String, Path, description = "Its record type"),
        ("import" = String, Path, format = "uuid"),
    ),
    responses(
        (status = 200, description = "As asked for", body = SystemImportShown, headers(("ETag" = String, description = "Its version"))),
        ReadRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(in crate::api) async fn show(desk: Desk, _: NoQuery) -> Result<Shown, Failure> {
    let import = desk.import().await?;
    shown(&desk, &import).await
}

/// The rows that an import refused.
///
/// As a file in the layout of the one that was sent, CSV or XLSX, with a column of reasons: sent
/// again, that column is passed over. While rows are gone through it holds those so far. 409 where
/// the file is not kept any more.
#[utoipa::path(
    get, path = "/api/v1/systems/{pack}/{record}/imports/{import}/failed", operation_id = "failed_rows_of_system_import", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack"),
        ("record" = String, Path, description = "Its record type"),
        ("import" = String, Path, format = "uuid"),
        ("pass" = Option<String>, Query, description = "`trial` or `run`; the latest of these, if not given"),
    ),
    responses(
        (status = 200, body = Vec<u8>, content_type = "text/csv", description = "The rows"),
        CreateRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(in crate::api) async fn failed(desk: Desk, mut asked: Asked) -> Result<Response, Failure> {
    let passes = [("trial", Which::Trial), ("run", Which::Run)];
    let pass = asked.choice("pass", &passes);
    asked.done()?;
    let import = desk.import().await?;
    let latest = match import.pass(Which::Run) {
        Some(_) => Which::Run,
        None => Which::Trial,
    };
    desk.failed_file(&import, pass.unwrap_or(latest)).await
}

/// Take a step with an import.
///
/// `start` takes its rows in, `cancel` ends it where it is (what is in stays), `resume` has one that
/// stopped go on, `undo` takes its records out again. The work is done in the background.
#[utoipa::path(
    post, path = "/api/v1/systems/{pack}/{record}/imports/{import}/steps/{step}", operation_id = "take_system_import_step", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack"),
        ("record" = String, Path, description = "Its record type"),
        ("import" = String, Path, format = "uuid"),
        ("step" = String, Path, description = "`start`, `cancel`, `resume` or `undo`", example = "start"),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    responses(
        (status = 200, description = "As it stands now", body = SystemImportShown, headers(("ETag" = String, description = "Its new version"))),
        CreateRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(in crate::api) async fn step(desk: Desk, _: NoQuery, change: Change) -> Result<Shown, Failure> {
    let import = desk.import().await?;
    change.body.done()?;
    let step = ImportStep::lookup(desk.param("step"));
    let step = step.ok_or_else(|| {
        refused(
            StatusCode::NOT_FOUND,
            "unknown-step",
            "a step that imports do not have",
        )
    })?;
    let stepped = desk
        .registry()
        .step_import(&change.caller, import.id(), step)
        .await?;
    shown(&desk, &stepped).await
}
