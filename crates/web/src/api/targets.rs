//! `GET /api/v1/targets`: the plan's targets.

use axum::extract::State;
use plan::view::{TargetFilter, TargetView};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::Id;

use super::figure::{STANDINGS, standing_name};
use super::paging::{Page, next, part};
use super::party::PartyShown;
use super::plan_shown::current;
use super::problem::ReadRefusals;
use super::query::Asked;
use super::shown::Shown;
use crate::http::{App, Failure, Visitor};

const PATH: &str = "/api/v1/targets";

/// A target as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TargetShown {
    #[schema(value_type = String, format = "uuid")]
    id: Id,
    /// Its number in the annex: `/api/v1/targets/{number}`.
    #[schema(example = 12)]
    number: u16,
    /// The code of its heading.
    #[schema(example = "II")]
    group: String,
    /// What is to be done, as written.
    #[schema(example = "Tỷ lệ hồ sơ công việc tại cấp xã được xử lý trên môi trường mạng")]
    name: String,
    /// Its goals, as written.
    #[schema(example = "≥ 80%")]
    goal: String,
    /// Who leads.
    leads: Vec<PartyShown>,
    /// Who takes part.
    partners: Vec<PartyShown>,
    /// The documents that order it, as written.
    legal_bases: Vec<String>,
    /// The line of the source on which it stands.
    line: u32,
    /// `duty`, `done`, `on-track`, `no-data`, `at-risk` or `off-track`.
    #[schema(example = "no-data")]
    standing: &'static str,
}

impl From<&TargetView> for TargetShown {
    fn from(target: &TargetView) -> Self {
        let body = &target.body;
        Self {
            id: target.id,
            number: body.number,
            group: body.group.clone(),
            name: body.name.clone(),
            goal: body.goal.clone(),
            leads: body.leads.iter().map(PartyShown::from).collect(),
            partners: body.partners.iter().map(PartyShown::from).collect(),
            legal_bases: body.legal_bases.clone(),
            line: body.line,
            standing: standing_name(target.standing),
        }
    }
}

/// Targets.
///
/// In the order of the annex.
#[utoipa::path(
    get, path = "/api/v1/targets", operation_id = "list_targets", tag = "plan",
    params(
        ("q" = Option<String>, Query, description = "Words that they hold, with or without tone marks", example = "cap xa"),
        ("group" = Option<String>, Query, description = "The code of their heading", example = "II"),
        ("lead" = Option<String>, Query, format = "uuid", description = "A unit that leads them, itself or as one of a set"),
        ("standing" = Option<String>, Query, description = "How they stand", example = "at-risk"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "How many at most; 50 if not given"),
        ("after" = Option<String>, Query, description = "The mark in the page before's `next`"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Page<TargetShown>, headers(("Link" = String, description = "`rel=next`"))),
        ReadRefusals
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    mut asked: Asked,
) -> Result<Shown, Failure> {
    let (text, group) = (asked.text("q"), asked.text("group"));
    let lead: Option<Id> = asked.parsed("lead", "not-an-id");
    let standing = asked.choice("standing", &STANDINGS);
    let page = asked.page();
    asked.done()?;
    let parameters = [
        ("q", text.clone()),
        ("group", group.clone()),
        ("lead", lead.map(|lead| lead.to_string())),
        (
            "standing",
            standing.map(|standing| standing_name(standing).to_owned()),
        ),
        ("limit", Some(page.limit.to_string())),
    ];
    let plan = current(&app, &visitor).await?;
    let found = plan.filter(&TargetFilter {
        text: text.unwrap_or_default(),
        group,
        lead,
        standing,
    });
    let part = part(&found, &page, |target| target.body.number.to_string())?;
    let next = part.next.map(|mark| next(PATH, &parameters, &mark));
    let page = Page {
        items: part
            .items
            .iter()
            .map(|target| TargetShown::from(*target))
            .collect(),
        next,
    };
    Ok(Shown::to_visitor(&visitor, &page)?.next(page.next.as_deref()))
}
