//! How many records say what, drawn, with the table beside and as a file.

use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use pack::declaration::{ChartKind, View};
use pack::shape::Key;
use registry::system::Pile;
use serde_json::Value;
use vocab::Decimal;

use super::super::super::download::Made;
use super::super::super::{Failure, Page};
use super::super::desk::Desk;
use super::super::export::plain as csv;
use super::super::list::{Asked, asked};
use super::narrowed;
use super::told::plain;
use crate::pages::chart::{Trend, TrendChart, TrendPoint};
use crate::pages::looks::{Bar, Chart};

/// The most values of a chart.
const VALUES: usize = 60;
/// The most months of a line.
const MONTHS: usize = 240;

pub(super) async fn show(desk: &Desk, view: &View, query: &Asked) -> Result<Response, Failure> {
    let by = view.by.as_ref();
    let by = by.ok_or_else(|| Failure::not_found("a chart without values"))?;
    let is_line = view.chart.as_ref().map(|chart| **chart) == Some(ChartKind::Line);
    let is_share = view.chart.as_ref().map(|chart| **chart) == Some(ChartKind::Pie);
    let most = if is_line { MONTHS } else { VALUES };
    let wanted = desk.looked_for(view, query, 1)?;
    let mut piles = desk
        .registry()
        .piles(&desk.visitor.principal, desk.kind(), &wanted, most + 1)
        .await?;
    let cut = piles.len() > most;
    piles.truncate(most);
    if is_line {
        piles = month_by_month(piles);
    }
    let is_sum = view.sum.is_some();
    let amount = |pile: &Pile| {
        if is_sum {
            pile.sum.unwrap_or_default()
        } else {
            Decimal::from(i64::try_from(pile.count).unwrap_or(i64::MAX))
        }
    };
    let values = piles.iter().filter_map(|pile| pile.value.as_ref());
    let titles = desk.titles(by, values).await?;
    let words = desk.words();
    let title_of = |value: Option<&Value>| match value {
        None => words.t("look-nothing-said"),
        Some(value) => titles
            .get(&plain(value))
            .cloned()
            .unwrap_or_else(|| words.t("system-unseen")),
    };
    let heads = (desk.key_title(by), desk.amount_title(view));
    if asked(query, "dang") == "csv" {
        let mut rows = vec![vec![heads.0, heads.1]];
        rows.extend(piles.iter().map(|pile| {
            let said = amount(pile).normalized().to_string();
            vec![title_of(pile.value.as_ref()), said]
        }));
        let written = csv(&rows).map_err(Failure::internal)?;
        return Made::Csv.sent(&view.id, written);
    }
    let highest = piles.iter().map(amount).max().unwrap_or_default();
    let total = piles
        .iter()
        .map(amount)
        .try_fold(Decimal::default(), Decimal::checked_add);
    let bars = piles.iter().map(|pile| {
        let amount = amount(pile);
        Bar {
            label: title_of(pile.value.as_ref()),
            href: if is_line {
                String::new()
            } else {
                desk.list_of(view, by, pile.value.as_ref(), query)
            },
            said: words.decimal(&amount),
            share: total
                .filter(|_| is_share)
                .map(|total| {
                    words.percent(&Decimal::new(tenths(amount, total), 1).unwrap_or_default())
                })
                .unwrap_or_default(),
            width: tenths(amount, highest),
        }
    });
    let bars: Vec<Bar> = bars.collect();
    let line = is_line.then(|| {
        let points = bars.iter().zip(&piles).map(|(bar, pile)| TrendPoint {
            label: bar.label.clone(),
            value: Some(amount(pile)),
            needed: None,
        });
        let trend = Trend {
            points: points.collect(),
            ..Trend::default()
        };
        TrendChart::new(words, desk.say(&view.title), &trend)
    });
    let page = Chart {
        frame: desk.frame(view, query).await?,
        heads,
        total: total.map_or_else(String::new, |total| words.decimal(&total)),
        bars,
        is_share,
        line,
        file: narrowed(&desk.address_of(view), query, &["dang"], "dang=csv"),
        cut: cut.then_some(most),
        shell: desk.shell(),
    };
    Ok(Page(page).into_response())
}

impl Desk {
    /// What a chart counts or adds up.
    fn amount_title(&self, view: &View) -> String {
        match &view.sum {
            None => self.words().t("look-count"),
            Some(sum) => {
                let sum: &Key = sum;
                self.key_title(sum)
            }
        }
    }
}

/// An amount in tenths of a hundredth of another, from 0 to 1,000.
fn tenths(amount: Decimal, of: Decimal) -> i64 {
    let scale = amount.scale().max(of.scale());
    let whole = |value: Decimal| value.rescale(scale).map(Decimal::mantissa);
    match (whole(amount), whole(of)) {
        (Some(amount), Some(of)) if of > 0 && amount > 0 => {
            let share = (i128::from(amount) * 1_000 + i128::from(of) / 2) / i128::from(of);
            i64::try_from(share.min(1_000)).unwrap_or(1_000)
        }
        _ => 0,
    }
}

/// In the order of months, those without a record among them; a line through values that are no
/// months stays as it is.
fn month_by_month(piles: Vec<Pile>) -> Vec<Pile> {
    let day = |pile: &Pile| {
        let text = pile.value.as_ref()?.as_str()?;
        format!("{text}-01").parse::<Date>().ok()
    };
    let mut dated: Vec<(Date, Pile)> = Vec::with_capacity(piles.len());
    let mut others = Vec::new();
    for pile in piles {
        match day(&pile) {
            Some(day) => dated.push((day, pile)),
            None => others.push(pile),
        }
    }
    dated.sort_by_key(|(day, _)| *day);
    let mut filled: Vec<Pile> = Vec::with_capacity(dated.len() + others.len());
    let mut next: Option<Date> = None;
    for (day, pile) in dated {
        while let Some(between) = next.filter(|between| *between < day && filled.len() < MONTHS) {
            filled.push(Pile {
                value: Some(Value::from(between.to_string()[..7].to_owned())),
                count: 0,
                sum: None,
            });
            next = between.checked_add(1.month()).ok();
        }
        next = day.checked_add(1.month()).ok();
        filled.push(pile);
    }
    // Those that say no day stand at the end only where nothing else does: a line has no place
    // for them.
    if filled.is_empty() { others } else { filled }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pile(value: &str, count: usize) -> Pile {
        Pile {
            value: Some(Value::from(value)),
            count,
            sum: None,
        }
    }

    #[test]
    fn a_line_goes_through_every_month() {
        let piles = vec![pile("2023-04", 2), pile("2022-12", 5), pile("2023-01", 1)];
        let filled = month_by_month(piles);
        let said: Vec<(String, usize)> = filled
            .iter()
            .map(|pile| (plain(pile.value.as_ref().unwrap()), pile.count))
            .collect();
        let expected = [
            ("2022-12", 5),
            ("2023-01", 1),
            ("2023-02", 0),
            ("2023-03", 0),
            ("2023-04", 2),
        ];
        assert_eq!(
            said,
            expected.map(|(month, count)| (month.to_owned(), count))
        );
        assert_eq!(month_by_month(vec![pile("durian", 1)]), [pile("durian", 1)]);
    }

    #[test]
    fn a_share_is_of_what_there_is() {
        let number = |mantissa, scale| Decimal::new(mantissa, scale).unwrap();
        assert_eq!(tenths(number(5, 1), number(2, 0)), 250);
        assert_eq!(tenths(number(1, 0), number(3, 0)), 333);
        assert_eq!(tenths(number(1, 0), number(0, 0)), 0);
        assert_eq!(tenths(number(-1, 0), number(3, 0)), 0);
        assert_eq!(tenths(number(i64::MAX, 0), number(i64::MAX, 0)), 1_000);
    }
}
