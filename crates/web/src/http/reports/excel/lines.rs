//! The lines of a unit's sheet as its reports stand now.

use std::collections::{HashMap, HashSet};

use directory::Act;
use plan::import::IndicatorKind;
use plan::workbook::{SheetHead, SheetLine};
use plan::{Entered, Report, SHEET};
use vocab::{Id, Period};

use super::super::super::Failure;
use super::super::desk::Desk;
use super::super::list::{latest_period, of_period};
use super::super::matter::{Matter, before, period};
use super::Asked;
use crate::pages::links;

/// A sheet: what it is about, its lines, and what stands behind each.
pub(super) struct Filled<'a> {
    pub head: SheetHead,
    pub lines: Vec<SheetLine>,
    /// By the indicator's key.
    pub behind: HashMap<String, Behind<'a>>,
    /// The call for reports, where only its lines are meant.
    pub campaign: Option<Id>,
}

/// What stands behind a line.
pub(super) struct Behind<'a> {
    pub matter: Matter<'a>,
    pub report: Option<Report>,
}

impl Filled<'_> {
    /// The address of one of its pages.
    pub(super) fn at(&self, page: &str) -> String {
        let (unit, period) = (self.head.unit.to_string(), self.head.period.code());
        links::excel(page, &period, &unit, &self.campaign_text())
    }

    /// Where these reports are filled in here.
    pub(super) fn back(&self) -> String {
        let (unit, period) = (self.head.unit.to_string(), self.head.period.code());
        match self.campaign {
            Some(campaign) => links::sheet(&campaign.to_string(), &unit),
            None => links::report_list(&period, "", &unit),
        }
    }

    fn campaign_text(&self) -> String {
        self.campaign
            .map_or_else(String::new, |campaign| campaign.to_string())
    }
}

/// The sheet that is asked for, of a unit that the reader writes for.
pub(super) async fn gather<'a>(desk: &'a Desk, asked: &Asked) -> Result<Filled<'a>, Failure> {
    desk.visitor.account()?;
    let unit = Some(asked.don_vi.as_str()).filter(|unit| !unit.is_empty());
    let unit = desk.writing_for(unit, |_| true)?;
    if !asked.dot.is_empty() {
        return of_campaign(desk, &asked.dot, unit).await;
    }
    let period = if asked.ky.is_empty() {
        latest_period(desk).ok_or_else(|| Failure::not_found("a plan without a year"))?
    } else {
        period(desk, &asked.ky)?
    };
    let mut reports = of_period(desk, unit, Some(period)).await?;
    let last = of_period(desk, unit, before(desk, period)).await?;
    let mut seen: HashSet<Id> = HashSet::new();
    let mut lines = Vec::new();
    let mut behind = HashMap::new();
    for target in desk.view.reported_by(unit) {
        for indicator in &target.indicators {
            // A figure that several targets share is entered once.
            if !seen.insert(indicator.id) {
                continue;
            }
            let matter = Matter {
                target,
                indicator,
                unit,
                period,
            };
            let report = reports.remove(&indicator.id);
            let before = entered(last.get(&indicator.id));
            let open = report.as_ref().is_none_or(|report| desk.may_edit(report));
            lines.push(line(matter, report.as_ref(), before, open));
            let key = indicator.body.key.clone();
            behind.insert(key, Behind { matter, report });
        }
    }
    Ok(Filled {
        head: head(desk, unit, period).await?,
        lines,
        behind,
        campaign: None,
    })
}

/// The lines of a call for reports, as they were settled when it was made.
async fn of_campaign<'a>(desk: &'a Desk, dot: &str, unit: Id) -> Result<Filled<'a>, Failure> {
    let campaign: Id = dot
        .parse()
        .map_err(|_| Failure::not_found("no call for reports"))?;
    let principal = &desk.visitor.principal;
    let sheet = desk.app.plans.sheet(principal, campaign, unit).await?;
    let fills = sheet.is_fillable()
        && desk
            .registry()
            .may(principal, Act::Draft, SHEET, &sheet.record);
    let period = sheet.body.period;
    let mut lines = Vec::new();
    let mut behind = HashMap::new();
    for known in &sheet.lines {
        let Some((target, indicator)) = desk.view.indicator(known.indicator) else {
            continue;
        };
        let matter = Matter {
            target,
            indicator,
            unit,
            period,
        };
        let before = known.last.map_or_else(Entered::default, Entered::from);
        let open = fills && known.is_open();
        lines.push(line(matter, known.report.as_ref(), before, open));
        let report = known.report.clone();
        behind.insert(indicator.body.key.clone(), Behind { matter, report });
    }
    Ok(Filled {
        head: SheetHead {
            campaign: campaign.to_string(),
            ..head(desk, unit, period).await?
        },
        lines,
        behind,
        campaign: Some(campaign),
    })
}

async fn head(desk: &Desk, unit: Id, period: Period) -> Result<SheetHead, Failure> {
    Ok(SheetHead {
        campaign: desk.view.body.symbol.clone(),
        unit,
        unit_name: desk.name_of(unit).await?,
        period,
        made_up: desk.app.settings.demo.is_some(),
        made: desk.app.store().context().now(),
    })
}

fn entered(report: Option<&Report>) -> Entered {
    let body = report.map(|report| &report.body);
    body.map_or_else(Entered::default, Entered::of)
}

fn line(matter: Matter<'_>, report: Option<&Report>, last: Entered, open: bool) -> SheetLine {
    let indicator = &matter.indicator.body;
    SheetLine {
        key: indicator.key.clone(),
        number: matter.target.body.number,
        name: matter.title(),
        kind: matter.kind(),
        measure_unit: match matter.kind() {
            IndicatorKind::Ratio => Some("%".to_owned()),
            _ => indicator.measure_unit.clone(),
        },
        counts: indicator.counts.clone(),
        among: indicator.among.clone(),
        goal: indicator.goal.clone(),
        last,
        baseline: indicator.start(),
        entered: entered(report),
        note: report.map_or_else(String::new, |report| report.body.note.clone()),
        open,
    }
}
