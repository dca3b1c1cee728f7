//! A month: what begins and what ends on each day, and what goes on through it.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use pack::declaration::View;
use pack::shape::Key;
use registry::Record;

use super::super::super::fields::unreadable;
use super::super::super::{Failure, Page};
use super::super::desk::Desk;
use super::super::list::{Asked, asked};
use super::narrowed;
use crate::pages::looks::{Calendar, Day, Entry};

/// The most records of a month.
const RECORDS: usize = 500;

pub(super) async fn show(desk: &Desk, view: &View, query: &Asked) -> Result<Response, Failure> {
    let date = view.date.as_ref();
    let date = date.ok_or_else(|| Failure::not_found("a calendar without days"))?;
    let today = desk.app.store().context().now().in_vietnam().date();
    let first = match asked(query, "thang") {
        "" => today.first_of_month(),
        month => format!("{month}-01")
            .parse::<Date>()
            .map_err(|_| unreadable("address-unreadable", "a month that there is not"))?,
    };
    let last = first.last_of_month();
    let wanted = desk.looked_for(view, query, RECORDS)?;
    let listing = desk
        .registry()
        .on_days(&desk.visitor.principal, desk.kind(), &wanted, (first, last))
        .await?;
    let until_title = view.until.as_ref().map(|until| desk.key_title(until));
    let mut on: BTreeMap<Date, Vec<Entry>> = BTreeMap::new();
    let mut through = Vec::new();
    for record in &listing.items {
        let begins = day_of(record, date);
        let ends = view.until.as_ref().and_then(|until| day_of(record, until));
        let entry = |what: &str| Entry {
            href: desk.link_to(record.id, ""),
            label: desk.label(record),
            state: desk.state(&record.state),
            what: what.to_owned(),
        };
        let inside = |day: &Date| (first..=last).contains(day);
        let begun = begins.filter(inside);
        let ended = ends.filter(inside);
        if let Some(day) = begun {
            on.entry(day).or_default().push(entry(""));
        }
        if let Some(day) = ended.filter(|_| ended != begun) {
            let what = until_title.as_deref().unwrap_or_default();
            on.entry(day).or_default().push(entry(what));
        }
        if begun.is_none() && ended.is_none() {
            through.push(entry(""));
        }
    }
    let address = desk.address_of(view);
    let month = |day: Option<Date>| {
        let day = day.unwrap_or(first);
        let more = format!("thang={:04}-{:02}", day.year(), day.month());
        narrowed(&address, query, &["thang"], &more)
    };
    let days = days(first, last).map(|day| Day {
        number: day.day(),
        title: desk.words().date(&day),
        is_here: day.month() == first.month(),
        is_today: day == today,
        entries: on.remove(&day).unwrap_or_default(),
    });
    let days: Vec<Day> = days.collect();
    let page = Calendar {
        frame: desk.frame(view, query).await?,
        month: format!("{:02}/{}", first.month(), first.year()),
        value: format!("{:04}-{:02}", first.year(), first.month()),
        before: month(first.checked_sub(1.month()).ok()),
        after: month(first.checked_add(1.month()).ok()),
        weeks: days.chunks(7).map(<[Day]>::to_vec).collect(),
        through,
        cut: listing.next.is_some().then_some(RECORDS),
        shell: desk.shell(),
    };
    Ok(Page(page).into_response())
}

/// The day that a record says; of a moment its day.
fn day_of(record: &Record, key: &Key) -> Option<Date> {
    let text = record.body.get(&**key)?.as_str()?;
    text.get(..10)?.parse().ok()
}

/// The days of a month's weeks, Monday first, those of its neighbours among them.
fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    let back = first.weekday().since(Weekday::Monday);
    let start = first.saturating_sub(i64::from(back).days());
    let forward = Weekday::Sunday.since(last.weekday());
    let end = last.saturating_add(i64::from(forward).days());
    start.series(1.day()).take_while(move |day| *day <= end)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_whole_weeks_from_monday() {
        for (first, start, count) in [
            (date(2026, 11, 1), date(2026, 10, 26), 42),
            (date(2027, 2, 1), date(2027, 2, 1), 28),
            (date(2026, 6, 1), date(2026, 6, 1), 35),
        ] {
            let days: Vec<Date> = days(first, first.last_of_month()).collect();
            assert_eq!((days[0], days.len()), (start, count), "{first}");
        }
    }
}
