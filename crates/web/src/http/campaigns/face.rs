//! Campaigns and sheets in words.

use plan::campaigns::links::LinkStanding;
use plan::campaigns::{Campaign, Counts, Sheet, Stage};
use plan::{CAMPAIGN, SHEET};
use registry::Caller;
use vocab::{Id, Instant};

use super::super::reports::desk::Desk;
use super::super::{Failure, Fields};
use crate::pages::inbox::{Due, NoticeRow, Task};
use crate::pages::links;

impl Desk {
    /// The campaign at an address.
    pub(super) async fn campaign(&self, id: &str) -> Result<Campaign, Failure> {
        self.visitor.account()?;
        let id = id.parse().map_err(|_| Failure::not_found("no campaign"))?;
        Ok(self.app.plans.campaign(&self.visitor.principal, id).await?)
    }

    /// The sheet at an address.
    pub(super) async fn sheet(&self, id: &str, unit: &str) -> Result<Sheet, Failure> {
        self.visitor.account()?;
        let hidden = || Failure::not_found("no such sheet");
        let id: Id = id.parse().map_err(|_| hidden())?;
        let unit: Id = unit.parse().map_err(|_| hidden())?;
        Ok(self
            .app
            .plans
            .sheet(&self.visitor.principal, id, unit)
            .await?)
    }

    /// The caller with a form as its request: the same form sent twice is one.
    pub(super) fn caller_of(&self, fields: &Fields) -> Caller {
        Caller {
            idempotency: Some(fields.request()),
            ..self.caller()
        }
    }

    pub(in crate::http) fn due_of(&self, campaign: &Campaign) -> Due {
        self.due(vocab::calendar::end_of_day(campaign.body.due_on))
    }

    pub(in crate::http) fn now(&self) -> Instant {
        self.app.store().context().now()
    }
}

/// The key of where a sheet stands.
pub(super) fn stage_key(stage: Stage) -> String {
    format!("sheet-stage-{}", stage.name())
}

/// The key of how a link stands.
pub(super) fn standing_key(standing: LinkStanding) -> &'static str {
    match standing {
        LinkStanding::Open => "sheet-link-open",
        LinkStanding::Ended => "sheet-link-ended",
        LinkStanding::Withdrawn => "sheet-link-withdrawn",
    }
}

/// How many of its lines are filled.
pub(super) fn filled(sheet: &Sheet) -> usize {
    let lines = sheet.lines.iter();
    lines.filter(|line| line.is_filled()).count()
}

/// Filled lines of all.
pub(super) fn share(desk: &Desk, counts: Counts) -> String {
    let words = desk.words();
    words.t_args(
        "sheet-filled",
        &[("filled", &counts.filled), ("lines", &counts.lines)],
    )
}

/// A task about a sheet in words, for the inbox; nothing where it is gone.
pub(in crate::http) async fn task(
    desk: &Desk,
    task: &registry::Task,
) -> Result<Option<Task>, Failure> {
    let principal = &desk.visitor.principal;
    let Ok(sheet) = desk.app.plans.sheet_by_id(principal, task.record).await else {
        return Ok(None);
    };
    let words = desk.words();
    let key = match task.name.as_str() {
        "approve" => "sheet-task-approve",
        "correct" => "sheet-task-correct",
        _ => "sheet-task-fill",
    };
    let counts = Counts {
        lines: sheet.lines.len(),
        filled: filled(&sheet),
        ..Counts::default()
    };
    let unit = desk.name_of(sheet.record.unit).await?;
    Ok(Some(Task {
        what: words.t1(key, "title", &sheet.campaign.body.title),
        why: format!("{unit} · {}", share(desk, counts)),
        href: links::sheet(
            &sheet.body.campaign.to_string(),
            &sheet.record.unit.to_string(),
        ),
        due: Some(desk.due(task.due)),
    }))
}

/// A notice about a sheet or a campaign in words; nothing where the reader may not see it.
pub(in crate::http) async fn notice(
    desk: &Desk,
    notice: &plan::Notice,
) -> Result<Option<NoticeRow>, Failure> {
    let (plans, principal) = (&desk.app.plans, &desk.visitor.principal);
    let (kind, _) = notice.step.split_once('-').unwrap_or_default();
    let (title, href, due_on) = match kind {
        CAMPAIGN => {
            let Ok(campaign) = plans.campaign(principal, notice.report).await else {
                return Ok(None);
            };
            let href = links::campaign(&campaign.record.id.to_string());
            (campaign.body.title, href, campaign.body.due_on)
        }
        SHEET => {
            let Ok((record, body, campaign)) = plans.sheet_head(principal, notice.report).await
            else {
                return Ok(None);
            };
            let href = links::sheet(&body.campaign.to_string(), &record.unit.to_string());
            (campaign.body.title, href, campaign.body.due_on)
        }
        _ => return Ok(None),
    };
    let words = desk.words();
    let due = words.date(&due_on);
    Ok(Some(NoticeRow {
        id: notice.id.to_string(),
        what: words.t_args(
            &format!("sheet-told-{}", notice.step),
            &[("title", &title), ("due", &due)],
        ),
        at: notice.at.in_vietnam().datetime(),
        href,
    }))
}
