//! `/dot-bao-cao`: calls for reports.

use plan::campaigns::{Campaign, Counts};

use super::super::reports::desk::Desk;
use super::super::{Failure, Page};
use super::face::{share, stage_key};
use crate::pages::campaign_list::{CampaignList, CampaignRow};
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;

/// So many own sheets are named; of more only the campaign's page tells.
const OWN: usize = 5;

/// Shows them.
pub(super) async fn show(desk: Desk) -> Result<Page<CampaignList>, Failure> {
    desk.visitor.account()?;
    let principal = &desk.visitor.principal;
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for campaign in desk.app.plans.campaigns(principal).await? {
        let row = row(&desk, &campaign).await?;
        if campaign.is_open() {
            open.push(row);
        } else {
            closed.push(row);
        }
    }
    // What is due first stands first.
    open.reverse();
    Ok(Page(CampaignList {
        shell: desk.shell(Section::Reports),
        opens: desk.app.plans.may_open_campaigns(principal),
        open,
        closed,
    }))
}

async fn row(desk: &Desk, campaign: &Campaign) -> Result<CampaignRow, Failure> {
    let words = desk.words();
    let principal = &desk.visitor.principal;
    let id = campaign.record.id.to_string();
    let rows = desk.app.plans.campaign_rows(principal, campaign).await?;
    let counts = rows
        .iter()
        .fold(Counts::default(), |sum, row| sum.and(row.counts));
    let handed_in = rows.iter().filter(|row| !row.stage.is_owed()).count();
    let mut own = Vec::new();
    if rows.len() <= OWN {
        for row in &rows {
            let unit = desk.name_of(row.record.unit).await?;
            let stage = words.t(&stage_key(row.stage));
            own.push(Link::new(
                links::sheet(&id, &row.record.unit.to_string()),
                format!("{unit}: {stage}"),
            ));
        }
    }
    Ok(CampaignRow {
        title: campaign.body.title.clone(),
        period: desk.period_label(campaign.body.period),
        due: campaign.is_open().then(|| desk.due_of(campaign)),
        href: links::campaign(&id),
        progress: format!(
            "{} · {}",
            words.t_args(
                "campaign-handed-in-of",
                &[("done", &handed_in), ("total", &rows.len())],
            ),
            share(desk, counts),
        ),
        own,
    })
}
