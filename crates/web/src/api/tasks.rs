//! `GET /api/v1/tasks`: what waits for whoever asks.

use axum::extract::State;
use directory::Role;
use registry::Task;
use serde::Serialize;
use store::Cursor;
use utoipa::ToSchema;
use vocab::Id;

use super::paging::{Page, next, no_such_mark};
use super::problem::ReadRefusals;
use super::query::Asked;
use super::shown::Shown;
use crate::http::{App, Failure, Visitor};

const PATH: &str = "/api/v1/tasks";

/// The roles that tasks wait for, in the order of the list.
const ROLES: [Role; 3] = [Role::Officer, Role::Head, Role::Coordinator];

/// Something to do.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TaskShown {
    #[schema(value_type = String, format = "uuid")]
    id: Id,
    /// `correct`, `approve` or `consolidate`; of a sheet `fill`, `correct` or `approve`.
    #[schema(example = "approve")]
    name: String,
    /// For whom: `officer`, `head` or `coordinator`.
    #[schema(example = "head")]
    role: String,
    /// The unit whose record it is.
    #[schema(value_type = String, format = "uuid")]
    unit: Id,
    /// The kind of the record: `observation`, or `sheet` for one of a call for reports.
    #[schema(example = "observation")]
    kind: String,
    /// The record: `/api/v1/observations/{id}`.
    #[schema(value_type = String, format = "uuid")]
    record: Id,
    /// Until when.
    #[schema(format = DateTime, example = "2023-04-19T23:59:59+07:00")]
    due: String,
    /// Since when.
    #[schema(format = DateTime, example = "2023-04-14T09:30:00+07:00")]
    since: String,
}

impl From<Task> for TaskShown {
    fn from(task: Task) -> Self {
        Self {
            id: task.id,
            name: task.name,
            role: task.role.value().to_owned(),
            unit: task.unit,
            kind: task.kind,
            record: task.record,
            due: task.due.to_string(),
            since: task.since.to_string(),
        }
    }
}

/// Where a page of tasks begins: a place in the list of roles, and in that role's tasks.
struct Place {
    role: usize,
    after: Option<Cursor>,
}

impl Place {
    /// `head.` and a cursor, or nothing after the point.
    fn read(mark: &str) -> Option<Self> {
        let (role, cursor) = mark.split_once('.')?;
        let after = match cursor {
            "" => None,
            cursor => Some(cursor.parse().ok()?),
        };
        Some(Self {
            role: ROLES.iter().position(|known| known.value() == role)?,
            after,
        })
    }

    fn mark(&self) -> String {
        let role = ROLES.get(self.role).map_or("", |role| role.value());
        let after = self
            .after
            .as_ref()
            .map_or_else(String::new, Cursor::to_string);
        format!("{role}.{after}")
    }
}

/// My tasks.
///
/// What waits for the asker in each of their roles, by deadline.
#[utoipa::path(
    get, path = "/api/v1/tasks", operation_id = "list_tasks", tag = "me",
    params(
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "How many at most; 50 if not given"),
        ("after" = Option<String>, Query, description = "The mark in the page before's `next`"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Page<TaskShown>, headers(("Link" = String, description = "`rel=next`"))),
        ReadRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    mut asked: Asked,
) -> Result<Shown, Failure> {
    visitor.account()?;
    let page = asked.page();
    asked.done()?;
    let first = Some(Place {
        role: 0,
        after: None,
    });
    let mut place = match &page.after {
        None => first,
        Some(mark) => Some(Place::read(mark).ok_or_else(no_such_mark)?),
    };
    let mut tasks = Vec::new();
    while let Some(Place { role, after }) = place.take_if(|_| tasks.len() < page.limit) {
        let Some(asked_for) = ROLES.get(role) else {
            break;
        };
        let room = page.limit - tasks.len();
        let registry = app.plans.registry();
        let found = registry
            .tasks(&visitor.principal, *asked_for, after, room)
            .await?;
        tasks.extend(found.items.into_iter().map(TaskShown::from));
        place = Some(match found.next {
            Some(cursor) => Place {
                role,
                after: Some(cursor),
            },
            None => Place {
                role: role + 1,
                after: None,
            },
        });
    }
    let place = place.filter(|place| place.role < ROLES.len());
    let parameters = [("limit", Some(page.limit.to_string()))];
    let page = Page {
        items: tasks,
        next: place.map(|place| next(PATH, &parameters, &place.mark())),
    };
    Ok(Shown::to_asker(&page)?.next(page.next.as_deref()))
}
