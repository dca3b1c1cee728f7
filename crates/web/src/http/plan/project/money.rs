//! `GET /du-an/kinh-phi`: listed against approved, contracted and paid, by unit, source and
//! period, and the part of the province's budget that it is.

use std::collections::BTreeSet;

use axum::extract::Query;
use plan::projects::{Account, Amounts, Ledger, PLAN_STATED, STATED_BUDGET, Source, share_ordered};
use plan::view::ProjectView;
use vocab::{Id, Period, Ratio};

use super::super::super::{Failure, Page};
use super::super::query::Asked;
use super::desk::Desk;
use super::list::{Filter, has_source, money, narrowed, paid_periods, source_key, sum};
use super::show::sources;
use super::table::{MONEY_FILE, files};
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::project::list::Money;
use crate::pages::project::money::{BudgetShare, MoneyLine, PaidLine, ProjectMoney};

type Rows<'a> = Vec<(&'a ProjectView, &'a Account)>;

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Query(asked): Query<Asked>,
) -> Result<Page<ProjectMoney>, Failure> {
    let principal = &desk.visitor.principal;
    let ledger = desk.app.plans.ledger(principal, &desk.view).await?;
    let filter = narrowing(&asked);
    let rows = narrowed(&desk, &ledger, &Filter::default());
    let sum = sum(rows
        .iter()
        .map(|(project, account)| money(project, account, &filter)));
    let code = filter.period.map_or_else(String::new, Period::code);
    Ok(Page(ProjectMoney {
        periods: paid_periods(&desk, &ledger, filter.period),
        period: filter.period.map(|period| desk.period(period)),
        total: rows.len(),
        units: units(&desk, &rows, &filter),
        sources: by_source(&desk, &rows, &filter),
        paid: paid(&desk, &ledger),
        share: share(&desk, &sum).await?,
        files: files(&desk, MONEY_FILE, &[("ky", code.as_str())]),
        sum,
        shell: desk.shell(),
    }))
}

/// Which payments the page looks at.
pub(super) fn narrowing(asked: &Asked) -> Filter {
    Filter {
        period: Filter::of(asked).period,
        ..Filter::default()
    }
}

/// By the unit that owns them, the largest first; those of nobody known at the end.
pub(super) fn units(desk: &Desk, rows: &Rows<'_>, filter: &Filter) -> Vec<MoneyLine> {
    let owners: BTreeSet<Option<Id>> = rows.iter().map(|(_, account)| account.unit).collect();
    let mut lines: Vec<MoneyLine> = owners
        .into_iter()
        .map(|unit| {
            let own = rows.iter().filter(|(_, account)| account.unit == unit);
            let own: Rows<'_> = own.copied().collect();
            let value = unit.map_or_else(|| "chua-ro".to_owned(), |unit| unit.to_string());
            let href = list(&[("don-vi", value.as_str())], filter);
            line(desk, Link::new(href, desk.unit(unit).text), &own, filter)
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.money.listed_vnd));
    lines
}

fn by_source(desk: &Desk, rows: &Rows<'_>, filter: &Filter) -> Vec<MoneyLine> {
    let lines = Source::ALL.into_iter().map(|source| {
        let own = rows
            .iter()
            .filter(|(project, account)| has_source(project, account, source));
        let own: Rows<'_> = own.copied().collect();
        let name = Link::new(
            list(&[("nguon", source.name())], filter),
            desk.words().t(source_key(source)),
        );
        let of_source = Filter {
            source: Some(source),
            ..*filter
        };
        line(desk, name, &own, &of_source)
    });
    lines.collect()
}

fn list(query: &[(&str, &str)], filter: &Filter) -> String {
    let code = filter.period.map_or_else(String::new, Period::code);
    let mut query = query.to_vec();
    query.push(("ky", code.as_str()));
    links::with_query(links::PROJECT_LIST, &query)
}

fn line(desk: &Desk, name: Link, rows: &Rows<'_>, filter: &Filter) -> MoneyLine {
    let money = sum(rows
        .iter()
        .map(|(project, account)| money(project, account, filter)));
    let share = money.paid_vnd.zip(money.estimate_vnd);
    let share = share.and_then(|(paid, estimate)| Ratio::new(paid, estimate).percent(1));
    MoneyLine {
        name,
        projects: rows.len(),
        money,
        paid_share: share.map_or_else(
            || "–".to_owned(),
            |share| desk.words().percent(&share.normalized()),
        ),
    }
}

/// What was paid, period by period, with all that was paid up to the end of each.
pub(super) fn paid(desk: &Desk, ledger: &Ledger) -> Vec<PaidLine> {
    let mut periods: Vec<Period> = ledger
        .accounts
        .iter()
        .flat_map(Account::paid_periods)
        .collect();
    periods.sort_by_key(|period| period.by_end());
    periods.dedup();
    let lines = periods.into_iter().map(|period| {
        let accounts = ledger.accounts.iter();
        let own = accounts
            .clone()
            .filter(|one| one.paid_periods().contains(&period));
        let code = period.code();
        let href = links::with_query(links::PROJECT_LIST, &[("ky", code.as_str())]);
        PaidLine {
            period: Link::new(href, desk.period(period)),
            paid: sources(Amounts::sum(own.map(|one| one.paid_in_exactly(period)))),
            until_vnd: Amounts::sum(accounts.map(|one| one.paid_until(period.end())))
                .total()
                .dong(),
        }
    });
    lines.collect()
}

async fn share(desk: &Desk, sum: &Money) -> Result<BudgetShare, Failure> {
    let words = desk.words();
    let stated = desk.app.plans.stated(desk.view.id, STATED_BUDGET).await?;
    let ordered = share_ordered(&desk.view);
    let subject = directory::Subject {
        kind: PLAN_STATED,
        unit: directory::province(),
        state: "kept",
        author: None,
    };
    let may = directory::may(&desk.visitor.principal, directory::Act::Configure, &subject);
    let mut share = BudgetShare {
        ordered: ordered.map(|(duty, part)| (words.percent(&part), duty.body.line)),
        edit: may.is_allowed().then_some(links::PROJECT_BUDGET),
        ..BudgetShare::default()
    };
    let Some((stated, amount)) = stated.and_then(|stated| {
        let amount = stated.body.amount?;
        Some((stated, amount))
    }) else {
        return Ok(share);
    };
    let part = |dong: i64| {
        let part = Ratio::new(dong, amount.dong()).percent(2);
        part.map_or_else(|| "–".to_owned(), |part| words.percent(&part.normalized()))
    };
    let parts = [
        ("project-listed", sum.listed_vnd),
        ("project-estimate", sum.estimate_vnd),
        ("project-contracted", sum.contracted_vnd),
        ("project-paid", sum.paid_vnd),
    ];
    share.budget_vnd = Some(amount.dong());
    share.source = stated.body.source;
    share.day = stated.body.day;
    share.parts = parts
        .into_iter()
        .filter_map(|(key, dong)| Some((key, dong?, part(dong?))))
        .collect();
    Ok(share)
}
