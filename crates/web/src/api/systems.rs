//! `/api/v1/systems`: records of the systems that packs declare, whichever they are.

mod described;
pub(super) mod imports;
pub(super) mod printed;
mod record;

use axum::extract::State;
use pack::shape::is_set;
use registry::system::{NewRecord, StepAsked, Wanted, filter_value};
use serde_json::{Map, Value};
use store::Cursor;
use utoipa::ToSchema;
use vocab::Id;

use self::described::SystemShown;
pub(super) use self::record::SystemRecordShown;
use self::record::{one, shown, stale};
use super::change::Change;
use super::paging::{Page, next, no_such_mark};
use super::problem::{ChangeRefusals, CreateRefusals, ReadRefusals};
use super::query::{Asked, NoQuery};
use super::shown::Shown;
use crate::http::systems::{Desk, order_of, reads};
use crate::http::{App, Failure, Visitor};

const PATH: &str = "/api/v1/systems";

/// A step to take.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "it describes the body; its members are read by name"
)]
pub(super) struct SystemStepInput {
    /// The reason in words, where the step needs one.
    reason: Option<String>,
    /// The fields that the step needs.
    #[schema(value_type = Object, nullable, required = false)]
    fields: Option<Map<String, Value>>,
}

/// The record types of all systems that the asker sees.
#[utoipa::path(
    get, path = "/api/v1/systems", operation_id = "list_systems", tag = "systems",
    responses((status = 200, description = "As asked for", body = Page<SystemShown>), ReadRefusals),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn list_systems(
    State(app): State<App>,
    visitor: Visitor,
    _: NoQuery,
) -> Result<Shown, Failure> {
    visitor.account()?;
    let systems = app.plans.registry().systems();
    let lang = visitor.words().lang;
    let kinds = systems.kinds().iter();
    let items = kinds
        .filter(|kind| reads(&visitor.principal, kind))
        .map(|kind| SystemShown::of(systems, lang, kind))
        .collect();
    Shown::to_asker(&Page { items, next: None })
}

/// Records of a system.
///
/// Those that the asker may read, in the order that the pack declares. A field by which lists
/// are filtered is a parameter of its own name.
#[utoipa::path(
    get, path = "/api/v1/systems/{pack}/{record}", operation_id = "list_system_records", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack", example = "growing-area"),
        ("record" = String, Path, description = "Its record type", example = "growing-area"),
        ("state" = Option<String>, Query, description = "Where they stand"),
        ("unit" = Option<String>, Query, format = "uuid", description = "Whose they are"),
        ("q" = Option<String>, Query, description = "Words that they are found by; then newest first, one page"),
        ("sort" = Option<String>, Query, description = "What they are ordered by instead, of what the pack allows: a field, `code` or `created_on`; with `-` before it, the largest first"),
        ("archived" = Option<bool>, Query, description = "`true` for those that are archived, which are left out otherwise"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "How many at most; 50 if not given"),
        ("after" = Option<String>, Query, description = "The mark in the page before's `next`"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Page<SystemRecordShown>, headers(("Link" = String, description = "`rel=next`"))),
        ReadRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn list(desk: Desk, mut asked: Asked) -> Result<Shown, Failure> {
    let state = asked.text("state");
    let unit: Option<Id> = asked.parsed("unit", "not-an-id");
    let words = asked.text("q").unwrap_or_default();
    let mut filters = Vec::new();
    let mut parameters = Vec::new();
    for field in desk
        .declared()
        .fields
        .iter()
        .filter(|field| is_set(field.filter.as_ref()))
    {
        let name = field.id.text.as_str();
        if desk.kind().is_personal(name) {
            continue;
        }
        if let Some(text) = asked.text(name) {
            match filter_value(*field.kind, &text) {
                Some(value) => filters.push((name.to_owned(), value)),
                None => asked.wrong(name, "choice-unknown"),
            }
            parameters.push((name, Some(text)));
        }
    }
    let sort = asked.text("sort");
    let by = sort.as_deref().map(order_of);
    let by = by.map(|(name, falling)| (name.to_owned(), falling));
    let archived = asked.parsed("archived", "not-a-flag") == Some(true);
    let page = asked.page();
    asked.done()?;
    let after = page.after.map(|mark| mark.parse::<Cursor>());
    let after = after.transpose().map_err(|_| no_such_mark())?;
    let wanted = Wanted {
        view: None,
        state: state.clone(),
        unit,
        filters,
        by,
        words: words.clone(),
        archived,
        after,
        limit: page.limit,
    };
    let registry = desk.registry();
    let found = registry
        .listing(&desk.visitor.principal, desk.kind(), wanted)
        .await?;
    found.items.iter().for_each(|record| desk.saw(record));
    let items = found
        .items
        .iter()
        .map(|record| one(&desk, record))
        .collect();
    parameters.extend([
        ("state", state),
        ("unit", unit.map(|unit| unit.to_string())),
        ("q", Some(words).filter(|words| !words.is_empty())),
        ("sort", sort),
        ("archived", archived.then(|| "true".to_owned())),
        ("limit", Some(page.limit.to_string())),
    ]);
    let path = address(&desk);
    let next = found
        .next
        .map(|mark| next(&path, &parameters, &mark.to_string()));
    Ok(Shown::to_asker(&Page {
        items,
        next: next.clone(),
    })?
    .next(next.as_deref()))
}

fn address(desk: &Desk) -> String {
    format!("{PATH}/{}/{}", desk.param("pack"), desk.param("record"))
}

/// Make a record.
///
/// The body is its fields by name.
#[utoipa::path(
    post, path = "/api/v1/systems/{pack}/{record}", operation_id = "create_system_record", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack"),
        ("record" = String, Path, description = "Its record type"),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    request_body = Object,
    responses(
        (status = 201, description = "Made", body = SystemRecordShown, headers(
            ("ETag" = String, description = "Its version"),
            ("Location" = String, description = "Where it is")
        )),
        CreateRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(super) async fn create(desk: Desk, _: NoQuery, change: Change) -> Result<Shown, Failure> {
    let new = NewRecord {
        fields: change.body.into_members(),
        ..NewRecord::default()
    };
    let kept = desk
        .registry()
        .make(&change.caller, desk.kind(), new)
        .await?;
    let place = format!("{}/{}", address(&desk), kept.record.id);
    Ok(shown(&desk, &kept.record)?.created(place))
}

/// One record.
#[utoipa::path(
    get, path = "/api/v1/systems/{pack}/{record}/{id}", operation_id = "show_system_record", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack"),
        ("record" = String, Path, description = "Its record type"),
        ("id" = String, Path, format = "uuid"),
    ),
    responses(
        (status = 200, description = "As asked for", body = SystemRecordShown, headers(("ETag" = String, description = "Its version"))),
        ReadRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn show(desk: Desk, _: NoQuery) -> Result<Shown, Failure> {
    let record = desk.record().await?;
    shown(&desk, &record)
}

/// Change a record.
///
/// Where its state lets it be changed. The body is all of its fields by name; what is hidden from
/// the asker stays as it is unless it is named, columns of a table unless the table differs.
#[utoipa::path(
    put, path = "/api/v1/systems/{pack}/{record}/{id}", operation_id = "edit_system_record", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack"),
        ("record" = String, Path, description = "Its record type"),
        ("id" = String, Path, format = "uuid"),
        ("If-Match" = String, Header, pattern = r#"^"[0-9]{1,18}"$"#, description = "The version that was read, as its `ETag`", example = "\"1\""),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    request_body = Object,
    responses(
        (status = 200, description = "As asked for", body = SystemRecordShown, headers(("ETag" = String, description = "Its new version"))),
        ChangeRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(super) async fn edit(desk: Desk, _: NoQuery, change: Change) -> Result<Shown, Failure> {
    let version = change.version()?;
    let id = desk.id()?;
    let fields = change.body.into_members();
    match desk
        .registry()
        .revise_shown(&change.caller, desk.kind(), id, version, fields)
        .await
    {
        Ok(kept) => shown(&desk, &kept.record),
        Err(error) => Err(stale(&desk, error)),
    }
}

/// Take a step.
///
/// The answer is the record as it stands then; where several must approve, it may stand where it
/// stood.
#[utoipa::path(
    post, path = "/api/v1/systems/{pack}/{record}/{id}/steps/{step}", operation_id = "take_system_step", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack"),
        ("record" = String, Path, description = "Its record type"),
        ("id" = String, Path, format = "uuid"),
        ("step" = String, Path, description = "The step", example = "propose"),
        ("If-Match" = String, Header, pattern = r#"^"[0-9]{1,18}"$"#, description = "The version that was read, as its `ETag`", example = "\"1\""),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    request_body = SystemStepInput,
    responses(
        (status = 200, description = "As asked for", body = SystemRecordShown, headers(("ETag" = String, description = "Its new version"))),
        ChangeRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(super) async fn step(desk: Desk, _: NoQuery, change: Change) -> Result<Shown, Failure> {
    let version = change.version()?;
    let id = desk.id()?;
    let mut body = change.body;
    let reason = body.text("reason").unwrap_or_default();
    let fields = body.object("fields").unwrap_or_default();
    body.done()?;
    let asked = StepAsked {
        step: desk.param("step").to_owned(),
        version: Some(version),
        reason,
        fields,
    };
    match desk
        .registry()
        .take_step(&change.caller, desk.kind(), id, asked)
        .await
    {
        Ok(kept) => shown(&desk, &kept.record),
        Err(error) => Err(stale(&desk, error)),
    }
}
