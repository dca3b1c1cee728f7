//! `GET /bao-cao-dinh-ky/{id}`: a report with its sections and what one may do with it.

use axum::extract::Path;
use plan::PlanError;
use plan::periodic::{Headings, PERIODIC_REPORT, Periodic, Piece, REPORT_SECTION, Section, states};
use registry::RegistryError;

use super::super::{Failure, Page};
use super::desk::{self, Desk};
use crate::pages::links;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::periodic_report::{Allowed, PeriodicReport, SectionRow, SentBack, SignedBy};

/// How many characters of a section the list shows.
const BEGINNING: usize = 160;

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<PeriodicReport>, Failure> {
    let report = desk.report(&id).await?;
    Ok(Page(page(&desk, &report).await?))
}

/// The page of a report.
pub(super) async fn page(desk: &Desk, report: &Periodic) -> Result<PeriodicReport, Failure> {
    let id = report.record.id.to_string();
    let mut headings = Headings::of(&report.body.layout);
    // As it reads, figures in place; a draft on an earlier plan shows its codes.
    let paper = match desk.app.plans.paper(report).await {
        Ok(paper) => paper.sections,
        Err(PlanError::Registry(RegistryError::Refused(_))) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let reads = |section: &Section| {
        let found = paper.iter().find(|read| read.id == section.record.id);
        let Some(found) = found else {
            return section.body.text.clone();
        };
        let paragraphs = found.paragraphs.iter();
        let paragraphs = paragraphs.map(|pieces| pieces.iter().map(Piece::text).collect());
        paragraphs.collect::<Vec<String>>().join(" ")
    };
    let sections = report.sections.iter().map(|section| SectionRow {
        edit: desk
            .may_edit(REPORT_SECTION, &section.record)
            .then(|| links::periodic_section(&section.record.id.to_string())),
        title: headings.next(section.body.level, &section.body.title),
        under: section.body.level > 1,
        begins: beginning(&reads(section)),
        version: section.record.version,
        at: desk::moment(&section.record),
    });
    let sections = sections.collect();
    let annexes = (1..).zip(&report.body.layout.annex).map(|(number, annex)| {
        let name = desk.words().t1("periodic-annex", "number", number);
        Link::new(
            links::periodic_annex(&id, number),
            format!("{name}. {}", annex.title),
        )
    });
    let principal = &desk.visitor.principal;
    let steps = desk
        .registry()
        .open_steps(principal, PERIODIC_REPORT, &report.record);
    let follows = report.body.follows;
    Ok(PeriodicReport {
        version: report.record.version,
        subject: report.body.around.subject.clone(),
        period: desk.period(report.body.period),
        edition: report.body.edition,
        unit: desk.unit_name(report.record.unit).await?,
        state: desk::state(&report.record),
        sections,
        annexes: annexes.collect(),
        signed: signed(desk, report).await?,
        back: sent_back(desk, report).await?,
        follows: follows.map(|id| links::periodic(&id.to_string())),
        allowed: Allowed {
            edit: desk.may_edit(PERIODIC_REPORT, &report.record),
            submit: steps.contains(&"submit"),
            send_back: steps.contains(&"send_back"),
            sign: steps.contains(&"sign"),
            reopen: may_reopen(desk, report).await?,
        },
        reason: String::new(),
        errors: FormErrors::default(),
        id,
        shell: desk.shell(),
    })
}

async fn may_reopen(desk: &Desk, report: &Periodic) -> Result<bool, Failure> {
    if report.record.state != states::SIGNED || !desk.begins() {
        return Ok(false);
    }
    let principal = &desk.visitor.principal;
    let heads = desk.app.plans.periodic_reports(principal).await?;
    Ok(!desk::is_followed(&heads, report))
}

async fn signed(desk: &Desk, report: &Periodic) -> Result<Option<SignedBy>, Failure> {
    let Some(signed) = &report.body.signed else {
        return Ok(None);
    };
    let differences = match desk.app.plans.differences(report).await {
        Ok(differences) => differences.len(),
        // A report on an earlier plan is not compared any more.
        Err(PlanError::Registry(RegistryError::Refused(_))) => 0,
        Err(error) => return Err(error.into()),
    };
    Ok(Some(SignedBy {
        person: signed.by.clone(),
        at: signed.at().in_vietnam().datetime(),
        differences,
    }))
}

/// Why a report that is being written again came back.
async fn sent_back(desk: &Desk, report: &Periodic) -> Result<Option<SentBack>, Failure> {
    if report.record.state != states::DRAFT {
        return Ok(None);
    }
    let said = desk.registry().comments(report.record.id).await?;
    let said = said.into_iter().rfind(|said| said.step == "send_back");
    Ok(said.map(|said| SentBack {
        person: said.by,
        reason: said.text,
        at: said.at.in_vietnam().datetime(),
    }))
}

fn beginning(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= BEGINNING {
        return words;
    }
    let cut: String = words.chars().take(BEGINNING).collect();
    format!("{}…", cut.trim_end())
}
