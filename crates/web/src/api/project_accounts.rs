//! `GET /api/v1/project-accounts`, `GET /api/v1/projects/{id}`: where projects stand, with
//! their money. For those with an account.

use axum::extract::State;
use plan::PlanView;
use plan::projects::{Account, Amounts, Entry, Stage};
use registry::Evidence;
use serde::Serialize;
use utoipa::ToSchema;
use vocab::{Id, Problem, Vnd};

use super::address::Named;
use super::paging::{Page, next, part};
use super::party::{BudgetShown, UnitName};
use super::plan_shown::current;
use super::problem::ReadRefusals;
use super::query::{Asked, NoQuery};
use super::shown::Shown;
use crate::http::{App, Failure, Visitor};

const PATH: &str = "/api/v1/project-accounts";

/// Money in đồng by source, as decimals; what is nothing is absent.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct AmountsShown {
    /// All sources together.
    #[schema(value_type = String, example = "740500000")]
    total: Vnd,
    /// Nguồn sự nghiệp (chi thường xuyên).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    recurrent: Option<Vnd>,
    /// Nguồn đầu tư phát triển.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    capital: Option<Vnd>,
    /// Another source.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    other: Option<Vnd>,
}

impl From<Amounts> for AmountsShown {
    fn from(amounts: Amounts) -> Self {
        let some = |amount: Vnd| Some(amount).filter(|amount| *amount != Vnd::ZERO);
        Self {
            total: amounts.total(),
            recurrent: some(amounts.recurrent),
            capital: some(amounts.capital),
            other: some(amounts.other),
        }
    }
}

/// Where a project stands, with its money. Only what the head of the unit approved counts.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountShown {
    /// The project: `/api/v1/projects/{id}`.
    #[schema(value_type = String, format = "uuid")]
    project: Id,
    /// The number of its annex.
    #[schema(example = 2)]
    annex: u32,
    /// Its own code.
    #[schema(example = "9.1")]
    code: String,
    /// As written.
    name: String,
    /// The unit that owns it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitName>,
    /// `proposed`, `in_principle`, `estimated`, `contractor_chosen`, `under_way`, `accepted`,
    /// `settled` or `stopped`.
    #[schema(example = "under_way")]
    stage: &'static str,
    /// How much is done, in per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<i64>,
    /// The last day by which it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date, example = "2023-12-31")]
    due: Option<String>,
    /// Whether a document states that day; else it is the end of the plan's year.
    due_stated: bool,
    /// Whether that day is over and something is still waited for.
    late: bool,
    /// What the annex lists.
    listed: BudgetShown,
    /// The estimate that was approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<AmountsShown>,
    /// What the contracts are worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    contracted: Option<AmountsShown>,
    /// What was paid.
    paid: AmountsShown,
    /// The numbers of the targets that it serves, as a person decided.
    targets: Vec<u16>,
}

/// A project with what was entered of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProjectDetail {
    #[serde(flatten)]
    account: AccountShown,
    /// What was entered and the asker may see, oldest first.
    entries: Vec<ProjectEntryShown>,
}

/// Something that was entered of a project.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ProjectEntryShown {
    #[schema(value_type = String, format = "uuid")]
    id: Id,
    version: i64,
    /// `draft`, `submitted`, `approved`, `sent_back` or `withdrawn`.
    #[schema(example = "approved")]
    state: String,
    /// `in_principle`, `estimate`, `contractor`, `contract`, `progress`, `payment`,
    /// `acceptance`, `settlement`, `stop` or `resume`.
    #[schema(example = "payment")]
    kind: &'static str,
    /// The day of the document, or of what is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    on: Option<String>,
    /// The month or quarter of a payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2023Q2")]
    period: Option<String>,
    /// The document's number.
    #[serde(skip_serializing_if = "String::is_empty")]
    symbol: String,
    /// The contractor.
    #[serde(skip_serializing_if = "String::is_empty")]
    party: String,
    /// The last day by which it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    until: Option<String>,
    /// How much is done, in per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<i64>,
    /// The milestone that was reached.
    #[serde(skip_serializing_if = "String::is_empty")]
    milestone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    amounts: Option<AmountsShown>,
    /// What the other source is called.
    #[serde(skip_serializing_if = "String::is_empty")]
    other_source: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    /// Its files: `/api/v1/files/{sha256}`.
    evidence: Vec<ProjectFileShown>,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
struct ProjectFileShown {
    name: String,
    sha256: String,
    size: u64,
}

impl From<&Evidence> for ProjectFileShown {
    fn from(file: &Evidence) -> Self {
        Self {
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            size: file.size,
        }
    }
}

impl From<&Entry> for ProjectEntryShown {
    fn from(entry: &Entry) -> Self {
        let (record, body) = (&entry.record, &entry.body);
        Self {
            id: record.id,
            version: record.version,
            state: record.state.clone(),
            kind: body.kind.name(),
            on: body.on.map(|day| day.to_string()),
            period: body.period.map(vocab::Period::code),
            symbol: body.symbol.clone(),
            party: body.party.clone(),
            until: body.until.map(|day| day.to_string()),
            percent: body.percent,
            milestone: body.milestone.clone(),
            amounts: (!body.amounts.is_zero()).then(|| body.amounts.into()),
            other_source: body.other_source.clone(),
            note: body.note.clone(),
            evidence: body.evidence.iter().map(ProjectFileShown::from).collect(),
        }
    }
}

fn shown(app: &App, view: &PlanView, account: &Account) -> Option<AccountShown> {
    let project = view.project(account.project)?;
    let today = app.store().context().now().in_vietnam().date();
    let mut targets: Vec<u16> = account
        .targets
        .iter()
        .filter_map(|id| Some(view.target_by_id(*id)?.body.number))
        .collect();
    targets.sort_unstable();
    Some(AccountShown {
        project: account.project,
        annex: project.body.annex,
        code: project.body.code.clone(),
        name: project.body.name.clone(),
        unit: account.unit.map(|unit| UnitName::of(&view.units, unit)),
        stage: account.stage().name(),
        percent: account.percent(),
        due: account.due.map(|day| day.to_string()),
        due_stated: account.due_stated,
        late: account.is_late(today),
        listed: (&project.body.budget).into(),
        estimate: account.estimate().map(AmountsShown::from),
        contracted: account.contracted().map(AmountsShown::from),
        paid: account.paid().into(),
        targets,
    })
}

/// Where projects stand.
///
/// In the order of the annexes, with what was listed, approved, contracted and paid.
#[utoipa::path(
    get, path = "/api/v1/project-accounts", operation_id = "list_project_accounts", tag = "plan",
    params(
        ("stage" = Option<String>, Query, description = "Only those that stand there"),
        ("unit" = Option<String>, Query, description = "Only those that this unit owns"),
        ("late" = Option<String>, Query, description = "`true`: only those that are late"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "How many at most; 50 if not given"),
        ("after" = Option<String>, Query, description = "The mark in the page before's `next`"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Page<AccountShown>, headers(("Link" = String, description = "`rel=next`"))),
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
    let stages = Stage::ALL.map(|stage| (stage.name(), stage));
    let stage = asked.choice("stage", &stages);
    let unit: Option<Id> = asked.parsed("unit", "not-an-id");
    let late = asked.choice("late", &[("true", true), ("false", false)]);
    asked.done()?;
    let plan = current(&app, &visitor).await?;
    let ledger = app.plans.ledger(&visitor.principal, &plan).await?;
    let rows: Vec<AccountShown> = ledger
        .accounts
        .iter()
        .filter(|account| stage.is_none_or(|stage| account.stage() == stage))
        .filter(|account| unit.is_none_or(|unit| account.unit == Some(unit)))
        .filter_map(|account| shown(&app, &plan, account))
        .filter(|row| late.is_none_or(|late| row.late == late))
        .collect();
    let place = part(&rows, &page, |row| row.project.to_string())?;
    let parameters = [
        ("limit", Some(page.limit.to_string())),
        ("stage", stage.map(|stage| stage.name().to_owned())),
        ("unit", unit.map(|unit| unit.to_string())),
        ("late", late.map(|late| late.to_string())),
    ];
    let page = Page {
        next: place.next.map(|mark| next(PATH, &parameters, &mark)),
        items: place.items.iter().collect::<Vec<&AccountShown>>(),
    };
    Ok(Shown::to_asker(&page)?.next(page.next.as_deref()))
}

/// A project.
///
/// Where it stands, with its money and what was entered of it.
#[utoipa::path(
    get, path = "/api/v1/projects/{id}", operation_id = "get_project", tag = "plan",
    params(("id" = String, Path, description = "The project")),
    responses((status = 200, description = "As asked for", body = ProjectDetail), ReadRefusals),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Named(id): Named<Id>,
    _: NoQuery,
) -> Result<Shown, Failure> {
    visitor.account()?;
    let plan = current(&app, &visitor).await?;
    let none = || Failure::from(Problem::new(404, "not-found", "no such project"));
    let project = plan.project(id).ok_or_else(none)?;
    let account = app
        .plans
        .account(&visitor.principal, &plan, project)
        .await?;
    let detail = ProjectDetail {
        entries: account
            .entries
            .iter()
            .map(ProjectEntryShown::from)
            .collect(),
        account: shown(&app, &plan, &account).ok_or_else(none)?,
    };
    Shown::to_asker(&detail)
}
