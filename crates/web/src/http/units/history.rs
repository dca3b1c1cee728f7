//! `GET /don-vi/{id}/lich-su`: one unit over all days.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use directory::{Kin, UnitVersion};
use jiff::civil::Date;
use vocab::Id;

use super::words;
use crate::http::plan::{AskedDay, unit_measures};
use crate::http::{App, Failure, Page, Visitor};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::unit_history::{Family, KinRow, UnitHistoryPage, VersionRow};

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<AskedDay>,
) -> Result<Page<UnitHistoryPage>, Failure> {
    let unit = id.parse::<Id>().unwrap_or_default();
    let versions = app.directory.unit_versions(unit).await?;
    let Some(last) = versions.last() else {
        return Err(Failure::not_found("no unit with this identity"));
    };
    let language = visitor.words();
    let name = last.unit.name.clone();
    let succession = app.directory.succession().await?;
    let (before, after) = (succession.ancestors(unit), succession.descendants(unit));
    let link = |id: Id| Link::new(links::unit_history(&id.to_string()), succession.name(id));
    let today = app.store().context().now().in_vietnam().date();
    let day = asked.day().unwrap_or(today);
    let shell = visitor.shell(Section::Units);
    let there = versions.iter().find(|version| holds(version, day));
    let row = |version: &UnitVersion| VersionRow {
        span: words::span(language, &version.unit),
        name: version.unit.name.clone(),
        aliases: version.unit.aliases.join(", "),
        code: version.unit.area_code.clone().unwrap_or_default(),
        parent: version.unit.parent.map(link),
        measures: unit_measures(&version.unit, &shell),
        now: holds(version, day),
    };
    let kin = |kin: &Kin, is_before: bool| kin_row(language, kin, is_before, link);
    let rows = before.iter().map(|found| kin(found, true));
    let rows = rows.chain(after.iter().map(|found| kin(found, false)));
    Ok(Page(UnitHistoryPage {
        versions: versions.iter().map(row).collect(),
        address: links::unit_history(&unit.to_string()),
        day,
        on_day: on_day(language, there, day),
        there: there.map(|_| links::unit_on(&unit.to_string(), day)),
        kin: rows.collect(),
        family: family(unit, &name, &before, &after),
        name,
        shell,
    }))
}

fn holds(version: &UnitVersion, day: Date) -> bool {
    let unit = &version.unit;
    unit.valid_from <= day && unit.valid_to.is_none_or(|last| day <= last)
}

fn on_day(language: Translator, there: Option<&UnitVersion>, day: Date) -> String {
    let date = language.date(&day);
    match there {
        Some(version) => language.t_args(
            "unit-on-day",
            &[("date", &date), ("name", &version.unit.name)],
        ),
        None => language.t1("unit-on-day-none", "date", date),
    }
}

fn kin_row(language: Translator, kin: &Kin, is_before: bool, link: impl Fn(Id) -> Link) -> KinRow {
    let (before, after) = if is_before {
        (kin.unit, kin.of)
    } else {
        (kin.of, kin.unit)
    };
    KinRow {
        before: link(before),
        after: link(after),
        share: words::share(language, kin.share),
        date: language.date(&kin.date),
        order: words::order(language, &kin.ordered_by),
    }
}

/// Columns by distance: the farthest past on the left, the unit, the farthest future.
fn family(unit: Id, name: &str, before: &[Kin], after: &[Kin]) -> Family {
    let own = before.iter().map(|kin| kin.distance).max().unwrap_or(0);
    let future = after.iter().map(|kin| kin.distance).max().unwrap_or(0);
    let mut columns = vec![Vec::new(); own + 1 + future];
    columns[own].push(name.to_owned());
    let mut lines = Vec::new();
    for (side, is_before) in [(before, true), (after, false)] {
        let mut places = HashMap::from([(unit, (own, 0))]);
        for kin in side {
            let column = if is_before {
                own - kin.distance
            } else {
                own + kin.distance
            };
            let place = *places.entry(kin.unit).or_insert_with(|| {
                columns[column].push(kin.name.clone());
                (column, columns[column].len() - 1)
            });
            let Some(near) = places.get(&kin.of) else {
                continue;
            };
            lines.push(if is_before {
                [place, *near]
            } else {
                [*near, place]
            });
        }
    }
    Family::draw(&columns, own, &lines)
}
