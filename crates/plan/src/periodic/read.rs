//! The ways to see reports.

use std::sync::Arc;

use directory::permission::reach;
use directory::{Act, Principal};
use registry::{Record, RegistryError};
use store::{ListQuery, Scope};
use vocab::{Id, Period, Problem};

use super::drafting::{Drafting, Notes};
use super::figures::Figures;
use super::layout::Drafter;
use super::paper::Paper;
use super::records::{PERIODIC_REPORT, PeriodicBody, REPORT_SECTION, SectionBody};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::view::PlanView;

/// A report as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodicHead {
    /// Its record: identity, version, state, unit.
    pub record: Record,
    /// What it says.
    pub body: PeriodicBody,
}

/// A report with its sections.
#[derive(Clone, Debug, PartialEq)]
pub struct Periodic {
    /// Its record: identity, version, state, unit.
    pub record: Record,
    /// What it says.
    pub body: PeriodicBody,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// A section of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its record: identity, version, state.
    pub record: Record,
    /// What it says.
    pub body: SectionBody,
}

impl Section {
    pub(super) fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }
}

impl Periodic {
    /// The section with this identity.
    pub fn section(&self, id: Id) -> Option<&Section> {
        self.sections.iter().find(|section| section.record.id == id)
    }
}

impl Plans {
    /// The reports that this reader may see, the latest period first.
    pub async fn periodic_reports(
        &self,
        reader: &Principal,
    ) -> Result<Vec<PeriodicHead>, PlanError> {
        let readable = reach(reader, Act::Read, PERIODIC_REPORT);
        let mut query = ListQuery::new(PERIODIC_REPORT, readable).limit(1_000);
        let mut heads = Vec::new();
        loop {
            let page = self.registry().list_shown(reader, &query).await?;
            for record in page.items {
                heads.push(PeriodicHead {
                    body: record.read()?,
                    record,
                });
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        heads.sort_by_key(|head| std::cmp::Reverse((head.body.period.by_end(), head.body.edition)));
        Ok(heads)
    }

    /// A report that this reader may see, with its sections.
    pub async fn periodic_report(&self, reader: &Principal, id: Id) -> Result<Periodic, PlanError> {
        let record = self.registry().get(reader, PERIODIC_REPORT, id).await?;
        let body: PeriodicBody = record.read()?;
        let readable = reach(reader, Act::Read, REPORT_SECTION);
        let query = ListQuery::new(REPORT_SECTION, readable)
            .filter("report", id)
            .limit(1_000);
        let page = self.registry().list_shown(reader, &query).await?;
        let sections = page.items.into_iter().map(Section::of);
        let mut sections: Vec<Section> = sections.collect::<Result<_, _>>()?;
        sections.sort_by_key(|section| section.body.place);
        Ok(Periodic {
            record,
            body,
            sections,
        })
    }

    /// A report as it reads: as it was signed, or with what the figures say now.
    pub async fn paper(&self, report: &Periodic) -> Result<Paper, PlanError> {
        match &report.body.signed {
            Some(signed) => Ok(signed.paper.clone()),
            None => self.paper_now(report).await.map(|(paper, _)| paper),
        }
    }

    /// The report with what the figures say now, and these figures.
    pub(super) async fn paper_now(&self, report: &Periodic) -> Result<(Paper, Figures), PlanError> {
        let view = self.view_of(report.body.plan, report.body.period).await?;
        let body = &report.body;
        let ledger = self.ledger_that_counts(&view).await?;
        let figures = Figures::at(&view, body.period).with_money(&ledger, body.period);
        let sections = report.sections.iter();
        let sections: Vec<_> = sections
            .map(|section| {
                (
                    section.record.id,
                    section.record.version,
                    section.body.clone(),
                )
            })
            .collect();
        let paper = Paper::of(
            &view,
            &figures,
            &body.layout,
            body.period,
            &body.around,
            &sections,
        );
        Ok((paper, figures))
    }

    /// What would be drafted into a section of a report from the figures as they stand now.
    ///
    /// Of obstacles it tells what this reader may see.
    pub async fn drafted_anew(
        &self,
        reader: &Principal,
        report: &Periodic,
        section: &Section,
    ) -> Result<String, PlanError> {
        let view = self.view_of(report.body.plan, report.body.period).await?;
        let figures = Figures::at(&view, report.body.period);
        let unit = self.unit_name(report.record.unit).await?;
        let body = &section.body;
        let name = body.key.split_once('/').map_or("", |(_, name)| name);
        let drafters = drafters(&report.body.layout, name);
        let notes = if drafters.contains(&Drafter::Causes) {
            self.notes_on(&figures).await?
        } else {
            Notes::new()
        };
        let obstacles = if drafters.contains(&Drafter::Obstacles) {
            self.obstacles_told(reader, &view, report.body.period)
                .await?
        } else {
            Vec::new()
        };
        let drafting = Drafting {
            view: &view,
            figures: &figures,
            notes: &notes,
            obstacles: &obstacles,
            layout: &report.body.layout,
            period: report.body.period,
            unit: &unit,
        };
        Ok(drafting.text(&drafters, body.group.as_deref()))
    }

    /// The view of the plan that a report is on, as the plan reads at the period's end. Figures of a plan that a later one follows
    /// are not derived any more; its signed reports keep theirs.
    pub(super) async fn view_of(
        &self,
        plan: Id,
        period: Period,
    ) -> Result<Arc<PlanView>, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        if view.id == plan {
            return Ok(view.in_force_on(period.end()));
        }
        let problem = Problem::new(409, "periodic-plan-past", "a report on an earlier plan");
        Err(RegistryError::Refused(problem).into())
    }

    /// A unit's name as it stood on the plan's day, or else as it stands now.
    pub async fn unit_name(&self, unit: Id) -> Result<String, PlanError> {
        if let Some(view) = self.view().await?
            && let Some(unit) = view.units.get(unit)
        {
            return Ok(unit.name.clone());
        }
        let units = self.registry().directory().units().await?;
        let unit = units.get(unit);
        Ok(unit.map_or_else(String::new, |unit| unit.name.clone()))
    }

    /// The latest edition of the report on a plan for a period, whoever asks.
    pub(super) async fn latest_edition(
        &self,
        plan: Id,
        period: Period,
    ) -> Result<Option<PeriodicHead>, PlanError> {
        let all = Scope::bypass("whether there is one, for whoever may begin one");
        let query = ListQuery::new(PERIODIC_REPORT, all).filter("period", period.code());
        let mut latest: Option<PeriodicHead> = None;
        for record in self.registry().all(query).await? {
            let body: PeriodicBody = record.read()?;
            let later = latest
                .as_ref()
                .is_none_or(|known| known.body.edition < body.edition);
            if body.plan == plan && later {
                latest = Some(PeriodicHead { record, body });
            }
        }
        Ok(latest)
    }
}

/// What is drafted into the section of this name.
fn drafters(layout: &super::Layout, name: &str) -> Vec<Drafter> {
    for section in &layout.section {
        if section.key == name || (section.each_group && under(name, &section.key)) {
            // The heading above the parts of the plan's groups says nothing itself.
            let above = section.each_group && section.key == name;
            return if above {
                Vec::new()
            } else {
                section.draft.clone()
            };
        }
        for part in &section.part {
            if format!("{}/{}", section.key, part.key) == name {
                return part.draft.clone();
            }
        }
    }
    Vec::new()
}

fn under(name: &str, key: &str) -> bool {
    name.strip_prefix(key)
        .is_some_and(|rest| rest.starts_with('/'))
}
