//! `GET /so-lieu/{pack}/{record}/{indicator}`: one figure, what it counts, as of when, by unit,
//! and the records behind it for whoever may see them.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use directory::UnitTree;
use jiff::civil::Date;
use pack::declaration::{FieldType, Taking};
use registry::Registry;
use registry::system::figures::{Amount, Counted, Measured, Source, Span};
use serde::Deserialize;
use vocab::{Id, Instant, Period};

use super::super::systems::{code_title, label, state_title};
use super::super::{App, Failure, Page, Visitor};
use super::index::{is_shown, items};
use super::told;
use crate::pages::figure::{CutTable, FigurePage, FigureSeen, RecordRow, Shown, ValueRow};
use crate::pages::links;
use crate::pages::parts::{Choice, Link};
use crate::pages::shell::Section;

/// So many periods can be chosen.
const PERIODS: usize = 12;
/// A minute, as instants count.
const MINUTE_MICROS: i64 = 60_000_000;
/// So many records are listed.
const LISTED: usize = 100;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// A period by its code.
    #[serde(default)]
    ky: String,
    /// An instant in microseconds, as a report remembers it.
    #[serde(default)]
    luc: String,
    /// With that: the first day of what happened.
    #[serde(default)]
    tu: String,
    /// And the last.
    #[serde(default)]
    den: String,
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((pack, record, indicator)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page<FigurePage>, Failure> {
    let registry = app.plans.registry();
    let systems = registry.systems().clone();
    let key = format!("{pack}/{record}/{indicator}");
    let source = systems.indicator(&key);
    let source = source.filter(|source| is_shown(&visitor, source));
    let source = source.ok_or_else(|| Failure::not_found("no such figure for this visitor"))?;
    let words = visitor.words();
    let now = app.store().context().now();
    let clock = match visitor.principal.account {
        Some(_) => now,
        // For everybody it ticks by the minute, so that a busy page is counted once.
        None => Instant::from_micros(now.as_micros().div_euclid(MINUTE_MICROS) * MINUTE_MICROS),
    };
    if visitor.principal.account.is_none() && !asked.luc.is_empty() {
        // Every instant is counted anew: nobody has many of them counted.
        app.directory.look_publicly(&visitor.device())?;
    }
    let (span, period) = span(&source, &asked, clock)?;
    let seen = seen(&visitor, &source);
    let shown = match seen {
        FigureSeen::Nothing => None,
        _ => Some(figure(&app, &visitor, &source, seen, span).await?),
    };
    let view = app.plans.view_for(&visitor.principal).await?;
    let feeds = match &view {
        Some(view) => {
            let feeds = app.plans.feeds(view).await?;
            let items = items(view, words);
            let fed = feeds.fed_by(&key);
            fed.iter()
                .filter_map(|item| items.get(item).cloned())
                .collect()
        }
        None => Vec::new(),
    };
    let mut periods = periods(&source, now);
    for choice in &mut periods {
        choice.selected = period.is_some_and(|period| period.code() == choice.value);
        if let Ok(period) = choice.value.parse::<Period>() {
            choice.label = period.label(words.lang);
        }
    }
    Ok(Page(FigurePage {
        action: links::figure(&key, &[]),
        definition: told::definition(words, &systems, &source),
        seen,
        feeds,
        periods,
        as_of: span.as_of.in_vietnam().datetime(),
        days: span.days,
        kept: period.is_none(),
        shown,
        shell: visitor.shell(Section::Systems),
    }))
}

/// What a visitor is shown of a figure.
fn seen(visitor: &Visitor, source: &Source<'_>) -> FigureSeen {
    let principal = &visitor.principal;
    if source.is_public() || Registry::sees_all(principal, source) {
        FigureSeen::All
    } else if super::super::systems::reads(principal, source.kind) {
        FigureSeen::Own
    } else {
        FigureSeen::Nothing
    }
}

/// As of when: what a report remembers, or a period, the running one if none was chosen.
fn span(
    source: &Source<'_>,
    asked: &Asked,
    now: Instant,
) -> Result<(Span, Option<Period>), Failure> {
    let unknown = |name: &str| super::super::fields::at(name, 422, "choice-unknown");
    if !asked.luc.is_empty() {
        let micros = asked.luc.parse::<i64>().map_err(|_| unknown("luc"))?;
        let as_of = Instant::from_micros(micros).min(now);
        let days = match *source.declared.taken {
            Taking::End => None,
            Taking::Over => {
                let from = asked.tu.parse::<Date>().map_err(|_| unknown("tu"))?;
                let to = asked.den.parse::<Date>().map_err(|_| unknown("den"))?;
                Some((from, to))
            }
        };
        return Ok((Span { as_of, days }, None));
    }
    let period = if asked.ky.is_empty() {
        let today = now.in_vietnam().date();
        source.period_of(today).ok_or_else(|| unknown("ky"))?
    } else {
        let shown: String = asked.ky.chars().take(40).collect();
        shown.parse::<Period>().map_err(|_| unknown("ky"))?
    };
    Ok((Span::of(source, period, now), Some(period)))
}

/// The latest periods of an indicator's kind, the running one first.
fn periods(source: &Source<'_>, now: Instant) -> Vec<Choice> {
    let mut day = now.in_vietnam().date();
    let mut periods = Vec::new();
    while periods.len() < PERIODS {
        let Some(period) = source.period_of(day) else {
            break;
        };
        periods.push(Choice {
            value: period.code(),
            label: String::new(),
            selected: false,
        });
        let Ok(before) = period.start().yesterday() else {
            break;
        };
        day = before;
    }
    periods
}

async fn figure(
    app: &App,
    visitor: &Visitor,
    source: &Source<'_>,
    seen: FigureSeen,
    span: Span,
) -> Result<Shown, Failure> {
    let registry = app.plans.registry();
    let words = visitor.words();
    let measured: Measured = match seen {
        FigureSeen::All => registry.measure(source, span).await?.as_ref().clone(),
        _ => {
            registry
                .measure_for(&visitor.principal, source, span)
                .await?
        }
    };
    let day = span.day();
    let by_unit = registry.by_units_of(source, &measured, day).await?;
    let tree = app.directory.units_on(day).await?;
    let order: Vec<Id> = tree.iter().map(|unit| unit.id).collect();
    let row = |name: Link, amount: &Amount| ValueRow {
        name,
        value: told::value(words, source, amount).unwrap_or_else(|| "–".to_owned()),
        records: words.number(amount.records),
    };
    let units = order.iter().filter_map(|id| {
        let amount = by_unit.own.get(id)?;
        Some(row(unit_link(&tree, *id), amount))
    });
    let mut units: Vec<ValueRow> = units.collect();
    if by_unit.unclear.records > 0 {
        let unclear = Link::plain(words.t("figures-unit-unclear"));
        units.push(row(unclear, &by_unit.unclear));
    }
    let systems = registry.systems();
    let names = measured.cuts.iter().map(|(key, values)| {
        let rows = cut(app, visitor, source, &tree, key, values);
        rows.into_iter()
            .map(|(name, amount)| row(Link::plain(name), amount))
            .collect()
    });
    let rows: Vec<Vec<ValueRow>> = names.collect();
    let titles = told::definition(words, systems, source).cuts;
    let cuts = titles.into_iter().zip(rows);
    // The records themselves are for whoever may see them, whoever may see the figure.
    let (records, more) = if super::super::systems::reads(&visitor.principal, source.kind) {
        let counted = registry
            .counted_for(&visitor.principal, source, span)
            .await?;
        listed(app, visitor, source, counted).await?
    } else {
        (Vec::new(), 0)
    };
    Ok(Shown {
        value: told::value(words, source, &measured.whole),
        records_count: words.number(measured.whole.records),
        known: measured.known,
        untold: measured.untold,
        units,
        cuts: cuts.map(|(title, rows)| CutTable { title, rows }).collect(),
        records,
        more,
    })
}

fn unit_link(tree: &UnitTree, id: Id) -> Link {
    let name = tree.get(id).map(|unit| unit.name.clone());
    Link::plain(name.unwrap_or_else(|| id.to_string()))
}

/// The values of a cut, in words.
fn cut<'m>(
    app: &App,
    visitor: &Visitor,
    source: &Source<'_>,
    tree: &UnitTree,
    key: &str,
    values: &'m BTreeMap<String, Amount>,
) -> Vec<(String, &'m Amount)> {
    let words = visitor.words();
    let systems = app.plans.registry().systems();
    let record = systems.record(source.kind);
    let named = |value: &String| {
        if value.is_empty() {
            return words.t("figures-unsaid");
        }
        if key == "state" {
            return state_title(words.lang, &record.declared, value);
        }
        let unit = || value.parse().map(|id| unit_link(tree, id).text);
        match record.field(key) {
            Some(field) => match *field.kind {
                FieldType::Code => {
                    code_title(words.lang, systems, source.kind.at.pack, field, value)
                }
                FieldType::Flag if value == "true" => words.t("system-yes"),
                FieldType::Flag => words.t("system-no"),
                FieldType::Unit | FieldType::Area => unit().unwrap_or_else(|_| value.clone()),
                _ => value.clone(),
            },
            None => unit().unwrap_or_else(|_| value.clone()),
        }
    };
    values
        .iter()
        .map(|(value, amount)| (named(value), amount))
        .collect()
}

/// The first of the records that count, and how many more there are.
async fn listed(
    app: &App,
    visitor: &Visitor,
    source: &Source<'_>,
    mut counted: Vec<Counted>,
) -> Result<(Vec<RecordRow>, usize), Failure> {
    let registry = app.plans.registry();
    let (words, kind) = (visitor.words(), source.kind);
    // Those of the part first: they are what the figure says.
    counted.sort_by_key(|one| (!one.is_part, one.id));
    let more = counted.len().saturating_sub(LISTED);
    counted.truncate(LISTED);
    let ids = counted.iter().map(|one| one.id).collect();
    let records = registry
        .get_these(&visitor.principal, kind.name, ids)
        .await?;
    let systems = registry.systems();
    let [pack, record, _] = source.path();
    let rows = counted.iter().filter_map(|one| {
        let found = records.iter().find(|record| record.id == one.id)?;
        Some(RecordRow {
            record: Link::new(
                links::system(pack, record, &one.id.to_string()),
                label(words.lang, systems, kind, found),
            ),
            version: one.version,
            changed: found.version != one.version,
            is_part: one.is_part,
        })
    });
    Ok((rows.collect(), more))
}
