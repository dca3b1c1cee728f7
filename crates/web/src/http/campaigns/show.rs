//! `/dot-bao-cao/{id}`: who stands where.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use plan::campaigns::links::came_by_link;
use plan::campaigns::{Campaign, SheetRow, Stage};
use serde::Deserialize;
use vocab::{Id, Instant, Ratio};

use super::super::reports::desk::Desk;
use super::super::{Failure, Page};
use super::face::{stage_key, standing_key};
use crate::pages::campaign::{CampaignPage, UnitRow};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;

/// The units that are late and still owe their sheet, in the query.
const LATE: &str = "tre-han";

/// The bodies without accounts, in the query.
const BY_LINK: &str = "lien-ket";

/// Which units: the name of a stage, `tre-han` or `lien-ket`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    loc: String,
}

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<CampaignPage>, Failure> {
    let campaign = desk.campaign(&id).await?;
    let returned = Returned::default();
    Ok(Page(page(&desk, &campaign, &asked.loc, returned).await?))
}

/// What is ticked and what is wrong, when the page comes back.
#[derive(Debug, Default)]
pub(super) struct Returned {
    pub ticked: Vec<Id>,
    pub errors: FormErrors,
}

pub(super) fn anchor(unit: Id) -> String {
    format!("don-vi-{unit}")
}

pub(super) async fn page(
    desk: &Desk,
    campaign: &Campaign,
    narrowed: &str,
    returned: Returned,
) -> Result<CampaignPage, Failure> {
    let plans = &desk.app.plans;
    let principal = &desk.visitor.principal;
    let rows = plans.campaign_rows(principal, campaign).await?;
    let id = campaign.record.id.to_string();
    let runs = plans.runs_campaign(principal, campaign);
    let outside = outside(desk, campaign, &rows, runs).await?;
    let fits = |row: &SheetRow| match narrowed {
        "" => true,
        LATE => is_overdue(row),
        BY_LINK => outside.contains_key(&row.record.unit),
        name => row.stage.name() == name,
    };
    let mut shown = Vec::new();
    for row in rows.iter().filter(|row| fits(row)) {
        shown.push(unit_row(desk, campaign, row, (runs, &outside), &returned).await?);
    }
    Ok(CampaignPage {
        shell: desk.shell(Section::Reports),
        title: campaign.body.title.clone(),
        period: desk.period_label(campaign.body.period),
        due: Some(desk.due_of(campaign)),
        open: campaign.is_open(),
        runs,
        tiles: tiles(desk, &rows),
        tabs: tabs(desk, &id, &rows, (&outside, narrowed)),
        rows: shown,
        message: if runs {
            message(desk, campaign, &rows).await?
        } else {
            String::new()
        },
        reminders: if runs {
            reminders(desk, campaign)
        } else {
            Vec::new()
        },
        errors: returned.errors,
        id,
    })
}

/// Bodies without accounts, each with the key of how its link stands.
type Outside = HashMap<Id, &'static str>;

/// Those of a campaign, for whoever runs it. A body that has a link stays among them, though
/// somebody got an account meanwhile.
async fn outside(
    desk: &Desk,
    campaign: &Campaign,
    rows: &[SheetRow],
    runs: bool,
) -> Result<Outside, Failure> {
    if !runs {
        return Ok(Outside::new());
    }
    let plans = &desk.app.plans;
    let principal = &desk.visitor.principal;
    let made = plans.sheet_links(principal, campaign.record.id).await?;
    let units = rows.iter().map(|row| row.record.unit);
    let without = plans.without_accounts(units).await?;
    let mut outside: Outside = without
        .into_iter()
        .map(|unit| (unit, "sheet-link-none"))
        .collect();
    for (unit, link) in made {
        outside.insert(unit, standing_key(link.standing(desk.now())));
    }
    Ok(outside)
}

fn is_overdue(row: &SheetRow) -> bool {
    row.late && row.stage.is_owed()
}

async fn unit_row(
    desk: &Desk,
    campaign: &Campaign,
    row: &SheetRow,
    (runs, outside): (bool, &Outside),
    returned: &Returned,
) -> Result<UnitRow, Failure> {
    let unit = row.record.unit;
    let remindable = campaign.is_open() && row.stage.is_owed();
    let tickable = runs && (remindable || row.stage == Stage::Approved);
    let at = |micros| Instant::from_micros(micros).in_vietnam().datetime();
    Ok(UnitRow {
        unit: desk.name_of(unit).await?,
        anchor: anchor(unit),
        href: links::sheet(&campaign.record.id.to_string(), &unit.to_string()),
        stage: stage_key(row.stage),
        late: row.late,
        filled: row.counts.filled,
        lines: row.counts.lines,
        handed_in: row.body.handed_in.map(at),
        tick: tickable.then(|| format!("{unit}:{}", row.record.version)),
        ticked: returned.ticked.contains(&unit),
        by_link: came_by_link(&row.record),
        link: outside.get(&unit).copied(),
        link_href: links::sheet_link(&campaign.record.id.to_string(), &unit.to_string()),
    })
}

/// How many units stand where, with their share of all.
fn tiles(desk: &Desk, rows: &[SheetRow]) -> Vec<(String, usize, String)> {
    let words = desk.words();
    let tile = |label: String, count: usize| {
        let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let share = Ratio::new(whole(count), whole(rows.len())).percent(1);
        let share = share.map_or_else(String::new, |share| words.percent(&share));
        (label, count, share)
    };
    let mut tiles: Vec<_> = Stage::ALL
        .iter()
        .map(|stage| {
            let count = rows.iter().filter(|row| row.stage == *stage).count();
            tile(words.t(&stage_key(*stage)), count)
        })
        .filter(|(_, count, _)| *count > 0)
        .collect();
    let late = rows.iter().filter(|row| is_overdue(row)).count();
    if late > 0 {
        tiles.push(tile(words.t("sheet-is-late"), late));
    }
    tiles
}

fn tabs(
    desk: &Desk,
    id: &str,
    rows: &[SheetRow],
    (outside, narrowed): (&Outside, &str),
) -> Vec<Choice> {
    let words = desk.words();
    let tab = |name: &str, label: String, count: usize| Choice {
        value: links::with_query(&links::campaign(id), &[("loc", name)]),
        label: format!("{label} ({})", words.number(count)),
        selected: name == narrowed,
    };
    let mut tabs = vec![tab("", words.t("filter-all"), rows.len())];
    for stage in Stage::ALL {
        let count = rows.iter().filter(|row| row.stage == stage).count();
        if count > 0 || stage.name() == narrowed {
            tabs.push(tab(stage.name(), words.t(&stage_key(stage)), count));
        }
    }
    let late = rows.iter().filter(|row| is_overdue(row)).count();
    if late > 0 || narrowed == LATE {
        tabs.push(tab(LATE, words.t("sheet-is-late"), late));
    }
    if !outside.is_empty() || narrowed == BY_LINK {
        let label = words.t("sheet-link-no-account");
        tabs.push(tab(BY_LINK, label, outside.len()));
    }
    tabs
}

/// The message to the units that still owe their sheet, ready to be copied.
async fn message(desk: &Desk, campaign: &Campaign, rows: &[SheetRow]) -> Result<String, Failure> {
    let mut units = Vec::new();
    for row in rows.iter().filter(|row| row.stage.is_owed()) {
        units.push(format!("- {}", desk.name_of(row.record.unit).await?));
    }
    if units.is_empty() {
        return Ok(String::new());
    }
    let sender = desk.name_of(campaign.record.unit).await?;
    let words = desk.words();
    let (period, due) = (
        desk.period_label(campaign.body.period),
        words.date(&campaign.body.due_on),
    );
    let key = if desk.today() > campaign.body.due_on {
        "campaign-message-late"
    } else {
        "campaign-message-due"
    };
    Ok(words.t_args(
        key,
        &[
            ("title", &campaign.body.title),
            ("period", &period),
            ("due", &due),
            ("units", &units.join("\n")),
            ("sender", &sender),
        ],
    ))
}

/// The rules of reminding, which of them ran, and what was sent by hand.
fn reminders(desk: &Desk, campaign: &Campaign) -> Vec<String> {
    let words = desk.words();
    let mut lines = Vec::new();
    for reminder in &campaign.body.reminders {
        let to = words.t(match reminder.to {
            directory::Role::Officer => "campaign-to-officers",
            directory::Role::Head => "campaign-to-heads",
            _ => "campaign-to-viewers",
        });
        let when = match reminder.days {
            0 => words.t("campaign-on-the-day"),
            days @ ..0 => words.t1("campaign-days-before", "days", -days),
            days => words.t1("campaign-days-after", "days", days),
        };
        let ran = campaign.body.ran.contains(&reminder.name());
        let state = words.t(if ran {
            "campaign-ran"
        } else {
            "campaign-waits"
        });
        lines.push(format!("{to}: {when} ({state})"));
    }
    for call in campaign.body.calls.iter().rev() {
        let at = Instant::from_micros(call.at).in_vietnam().datetime();
        let at = words.moment(&at);
        lines.push(words.t_args("campaign-called", &[("at", &at), ("units", &call.units)]));
    }
    lines
}
