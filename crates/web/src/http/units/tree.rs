//! `GET /don-vi/cay`: the units of any day.

use axum::extract::{Query, State};
use directory::Hierarchy;
use serde::Deserialize;

use super::words;
use crate::http::{App, Failure, Page, Visitor};
use crate::pages::links;
use crate::pages::parts::{Choice, Link};
use crate::pages::shell::Section;
use crate::pages::unit_tree::{UnitRow, UnitTreePage};

/// The most units that a search shows.
const MOST: usize = 50;

/// Which day, which hierarchy, which words.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default, rename = "ngay")]
    day: String,
    #[serde(default, rename = "he")]
    hierarchy: String,
    #[serde(default)]
    q: String,
}

/// Shows them.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<UnitTreePage>, Failure> {
    let language = visitor.words();
    let today = app.store().context().now().in_vietnam().date();
    let day = words::day(&asked.day, today);
    let hierarchy = Hierarchy::from_value(&asked.hierarchy).unwrap_or(Hierarchy::Administration);
    let tree = app.directory.units_in(hierarchy, day).await?;
    let found = app.directory.find_units(&asked.q, MOST).await?;
    let address = |id: vocab::Id| links::unit_history(&id.to_string());
    let choice = |choice: Hierarchy| Choice {
        value: choice.value().to_owned(),
        label: language.t(&format!("units-hierarchy-{}", choice.value())),
        selected: choice == hierarchy,
    };
    let rows = tree.iter().map(|unit| UnitRow {
        unit: Link::new(address(unit.id), &unit.name),
        kind: language.t(unit.kind.key()),
        code: unit.area_code.clone().unwrap_or_default(),
        parent: unit
            .parent
            .and_then(|parent| tree.get(parent))
            .map_or_else(String::new, |parent| parent.name.clone()),
    });
    let found = found.iter().map(|found| {
        let unit = &found.unit;
        (
            Link::new(address(unit.id), &unit.name),
            words::span(language, unit),
        )
    });
    Ok(Page(UnitTreePage {
        may_change: super::require_configure(&visitor).is_ok(),
        day,
        hierarchies: Hierarchy::ALL.map(choice).to_vec(),
        query: asked.q.clone(),
        found: found.collect(),
        rows: rows.collect(),
        shell: visitor.shell(Section::Units),
    }))
}
