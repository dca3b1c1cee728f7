//! `GET /don-vi/so-sanh`: the units of two days.

use axum::extract::{Query, State};
use directory::{MappedShare, Share};
use jiff::civil::date;
use serde::Deserialize;
use vocab::Id;

use super::words;
use crate::http::{App, Failure, Page, Visitor};
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::unit_mapping::{MappedRow, UnitMappingPage};

/// Which days.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default, rename = "tu")]
    from: String,
    #[serde(default, rename = "den")]
    to: String,
}

/// Shows which part of each unit belongs to which on the other day.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<UnitMappingPage>, Failure> {
    let language = visitor.words();
    // The days around both rearrangements that ship.
    let from = words::day(&asked.from, date(2024, 10, 31));
    let to = words::day(&asked.to, date(2025, 7, 1));
    let tree = app.directory.units_on(from).await?;
    let units: Vec<Id> = tree.iter().map(|unit| unit.id).collect();
    let succession = app.directory.succession().await?;
    let link = |unit: Id| {
        let address = links::unit_history(&unit.to_string());
        Link::new(address, succession.name(unit))
    };
    let changed = |part: &MappedShare| part.to != Some(part.from) || part.share != Share::WHOLE;
    let row = |part: MappedShare| {
        let orders = part.ordered_by.iter();
        let orders: Vec<String> = orders.map(|by| words::order(language, by)).collect();
        MappedRow {
            from: link(part.from),
            to: part.to.map(link),
            share: words::share(language, part.share),
            order: orders.join("; "),
        }
    };
    let parts = succession.mapping(&units, from, to);
    Ok(Page(UnitMappingPage {
        from,
        to,
        rows: parts.into_iter().filter(changed).map(row).collect(),
        shell: visitor.shell(Section::Units),
    }))
}
