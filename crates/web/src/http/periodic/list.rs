//! `GET /bao-cao-dinh-ky`: the reports that one may see.

use super::super::{Failure, Page};
use super::desk::{self, Desk};
use crate::pages::links;
use crate::pages::periodic::{PeriodicList, PeriodicRow};

/// Shows them.
pub(super) async fn show(desk: Desk) -> Result<Page<PeriodicList>, Failure> {
    let principal = &desk.visitor.principal;
    let heads = desk.app.plans.periodic_reports(principal).await?;
    let mut rows = Vec::with_capacity(heads.len());
    for head in heads {
        rows.push(PeriodicRow {
            href: links::periodic(&head.record.id.to_string()),
            period: desk.period(head.body.period),
            subject: head.body.around.subject.clone(),
            edition: head.body.edition,
            unit: desk.unit_name(head.record.unit).await?,
            state: desk::state(&head.record),
            at: desk::moment(&head.record),
        });
    }
    Ok(Page(PeriodicList {
        rows,
        begins: desk.begins(),
        lays_out: desk.app.plans.may_change_layout(principal),
        shell: desk.shell(),
    }))
}
