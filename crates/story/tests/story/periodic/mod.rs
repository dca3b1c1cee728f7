//! The periodic report: drafted from the figures, written by several, signed for good.

mod drafting;
mod files;
mod signing;
mod writing;

use directory::{Principal, Role};
use plan::periodic::{Periodic, PeriodicStep, Piece};
use vocab::Period;

use crate::fixture::{Place, page, somebody, unit};

fn quarter() -> Period {
    Period::quarter(2023, 2).unwrap()
}

/// The head of the unit that coordinates.
async fn signer(place: &Place) -> Principal {
    let coordinating = unit(&place.plans, "Sở Thông tin và Truyền thông").await;
    somebody("lanhdao.sttt", Role::Head, coordinating)
}

async fn begun(place: &Place) -> Periodic {
    let begun = place
        .plans
        .begin_periodic_report(&page(&place.coordinator), quarter())
        .await;
    begun.unwrap_or_else(|error| panic!("{}: {error}", place.name))
}

async fn now(place: &Place, report: &Periodic) -> Periodic {
    let reader = &place.coordinator;
    let found = place.plans.periodic_report(reader, report.record.id).await;
    found.unwrap()
}

async fn step(place: &Place, who: &Principal, report: &Periodic, step: PeriodicStep) -> Periodic {
    let current = now(place, report).await;
    let (id, version) = (current.record.id, current.record.version);
    let done = place
        .plans
        .step_periodic_report(&page(who), id, version, &step)
        .await;
    done.unwrap_or_else(|error| panic!("{step:?}: {error}"))
}

/// What a report reads, section by section.
async fn text(place: &Place, report: &Periodic) -> String {
    let paper = place.plans.paper(report).await.unwrap();
    let paragraphs = paper
        .sections
        .iter()
        .flat_map(|section| &section.paragraphs);
    let lines = paragraphs.map(|pieces| pieces.iter().map(Piece::text).collect::<String>());
    lines.collect::<Vec<_>>().join("\n")
}
