//! `GET /du-an/theo-doi`: where each project stands, by unit, source, step and lateness.

use axum::extract::Query;
use plan::projects::{Account, Ledger, Source, Stage};
use plan::view::ProjectView;
use vocab::{Id, Period, Vnd};

use super::super::super::{Failure, Page};
use super::super::query::Asked;
use super::desk::Desk;
use super::show::{number, stage_key, stage_status};
use super::table::{LIST_FILE, files};
use crate::pages::links;
use crate::pages::parts::Choice;
use crate::pages::project::list::{Money, ProjectLine, ProjectList};

/// Which projects to show; what is not asked for does not narrow.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filter {
    pub unit: Option<Id>,
    /// Those of which nobody knows the unit.
    pub ownerless: bool,
    pub source: Option<Source>,
    pub stage: Option<Stage>,
    pub period: Option<Period>,
    pub late: bool,
}

impl Filter {
    pub(super) fn of(asked: &Asked) -> Self {
        let unit = asked.choice("don-vi").unwrap_or_default();
        Self {
            unit: unit.parse().ok(),
            ownerless: unit == "chua-ro",
            source: asked
                .choice("nguon")
                .and_then(|name| Source::of_name(&name)),
            stage: asked.choice("buoc").and_then(|name| Stage::of_name(&name)),
            period: asked.choice("ky").and_then(|code| code.parse().ok()),
            late: asked.choice("tre").as_deref() == Some("co"),
        }
    }

    fn passes(&self, desk: &Desk, project: &ProjectView, account: &Account) -> bool {
        self.unit.is_none_or(|unit| account.unit == Some(unit))
            && (!self.ownerless || account.unit.is_none())
            && self
                .source
                .is_none_or(|source| has_source(project, account, source))
            && self.stage.is_none_or(|stage| account.stage() == stage)
            && self
                .period
                .is_none_or(|period| !account.paid_in(period).is_zero())
            && (!self.late || account.is_late(desk.today()))
    }
}

/// Whether anything of a project is from a source: listed, approved, contracted or paid.
pub(super) fn has_source(project: &ProjectView, account: &Account, source: Source) -> bool {
    let listed = match source {
        Source::Recurrent => project.body.budget.recurrent,
        Source::Capital => project.body.budget.capital,
        Source::Other => None,
    };
    let counted = [
        account.in_principle(),
        account.estimate(),
        account.contracted(),
        Some(account.paid()),
    ];
    let counted = counted.into_iter().flatten();
    listed.is_some_and(|listed| listed > Vnd::ZERO)
        || counted
            .into_iter()
            .any(|amounts| amounts.of(source) > Vnd::ZERO)
}

/// Shows them.
pub(super) async fn show(
    desk: Desk,
    Query(asked): Query<Asked>,
) -> Result<Page<ProjectList>, Failure> {
    let principal = &desk.visitor.principal;
    let ledger = desk.app.plans.ledger(principal, &desk.view).await?;
    let filter = Filter::of(&asked);
    let rows = narrowed(&desk, &ledger, &filter);
    let lines: Vec<ProjectLine> = rows
        .iter()
        .map(|(project, account)| line(&desk, project, account, &filter))
        .collect();
    let sum = sum(lines.iter().map(|line| line.money));
    let query: Vec<(&str, String)> = ["don-vi", "nguon", "buoc", "ky", "tre"]
        .into_iter()
        .filter_map(|name| Some((name, asked.choice(name)?)))
        .collect();
    let query: Vec<(&str, &str)> = query
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    Ok(Page(ProjectList {
        units: units(&desk, &ledger, &filter),
        sources: sources(&desk, &filter),
        stages: stages(&desk, &filter),
        periods: paid_periods(&desk, &ledger, filter.period),
        late: filter.late,
        total: ledger.accounts.len(),
        rows: lines,
        sum,
        files: files(&desk, LIST_FILE, &query),
        shell: desk.shell(),
    }))
}

/// The projects that a filter lets through, in the order of the annexes.
pub(super) fn narrowed<'a>(
    desk: &'a Desk,
    ledger: &'a Ledger,
    filter: &Filter,
) -> Vec<(&'a ProjectView, &'a Account)> {
    ledger
        .accounts
        .iter()
        .filter_map(|account| Some((desk.view.project(account.project)?, account)))
        .filter(|(project, account)| filter.passes(desk, project, account))
        .collect()
}

/// A project's money, as far as a filter asks: of one source, and what was paid in one period.
pub(super) fn money(project: &ProjectView, account: &Account, filter: &Filter) -> Money {
    let dong = |amounts: plan::projects::Amounts| match filter.source {
        Some(source) => amounts.of(source).dong(),
        None => amounts.total().dong(),
    };
    let budget = &project.body.budget;
    let listed = match filter.source {
        None => budget.total,
        Some(Source::Recurrent) => budget.recurrent,
        Some(Source::Capital) => budget.capital,
        Some(Source::Other) => None,
    };
    let paid = match filter.period {
        Some(period) => account.paid_in(period),
        None => account.paid(),
    };
    Money {
        listed_vnd: listed.map(Vnd::dong),
        estimate_vnd: account.estimate().map(dong),
        contracted_vnd: account.contracted().map(dong),
        paid_vnd: (!account.paid_periods().is_empty()).then(|| dong(paid)),
    }
}

/// Money together; what none of them has is absent.
pub(super) fn sum(all: impl Iterator<Item = Money> + Clone) -> Money {
    let of = |of: fn(&Money) -> Option<i64>| {
        let amounts: Vec<Vnd> = all
            .clone()
            .filter_map(|money| of(&money))
            .map(Vnd::new)
            .collect();
        if amounts.is_empty() {
            return None;
        }
        Vnd::checked_sum(amounts).map(Vnd::dong)
    };
    Money {
        listed_vnd: of(|money| money.listed_vnd),
        estimate_vnd: of(|money| money.estimate_vnd),
        contracted_vnd: of(|money| money.contracted_vnd),
        paid_vnd: of(|money| money.paid_vnd),
    }
}

fn line(desk: &Desk, project: &ProjectView, account: &Account, filter: &Filter) -> ProjectLine {
    let stage = account.stage();
    let late = account.is_late(desk.today());
    ProjectLine {
        href: links::project_page(&project.id.to_string()),
        number: number(project),
        title: project.body.name.clone(),
        unit: desk.unit(account.unit),
        stage: desk.words().t(stage_key(stage)),
        status: stage_status(stage, late),
        money: money(project, account, filter),
        percent: account.percent(),
        due: account.due,
        late,
        overpaid: account.is_overpaid(),
    }
}

fn all(desk: &Desk, selected: bool) -> Choice {
    Choice {
        value: String::new(),
        label: desk.words().t("filter-all"),
        selected,
    }
}

fn units(desk: &Desk, ledger: &Ledger, filter: &Filter) -> Vec<Choice> {
    let mut units: Vec<Id> = ledger.accounts.iter().filter_map(|one| one.unit).collect();
    units.sort_unstable();
    units.dedup();
    let mut choices: Vec<Choice> = units
        .into_iter()
        .map(|unit| Choice {
            value: unit.to_string(),
            label: desk.unit(Some(unit)).text,
            selected: filter.unit == Some(unit),
        })
        .collect();
    choices.sort_by_cached_key(|choice| vocab::collate::sort_key(&choice.label));
    choices.insert(0, all(desk, filter.unit.is_none() && !filter.ownerless));
    if ledger.accounts.iter().any(|one| one.unit.is_none()) {
        choices.push(Choice {
            value: "chua-ro".to_owned(),
            label: desk.words().t("not-stated"),
            selected: filter.ownerless,
        });
    }
    choices
}

fn sources(desk: &Desk, filter: &Filter) -> Vec<Choice> {
    let sources = Source::ALL.map(|source| Choice {
        value: source.name().to_owned(),
        label: desk.words().t(source_key(source)),
        selected: filter.source == Some(source),
    });
    std::iter::once(all(desk, filter.source.is_none()))
        .chain(sources)
        .collect()
}

/// The name of a source.
pub(super) const fn source_key(source: Source) -> &'static str {
    match source {
        Source::Recurrent => "project-source-recurrent",
        Source::Capital => "project-source-capital",
        Source::Other => "project-source-other",
    }
}

fn stages(desk: &Desk, filter: &Filter) -> Vec<Choice> {
    let stages = Stage::ALL.map(|stage| Choice {
        value: stage.name().to_owned(),
        label: desk.words().t(stage_key(stage)),
        selected: filter.stage == Some(stage),
    });
    std::iter::once(all(desk, filter.stage.is_none()))
        .chain(stages)
        .collect()
}

/// The periods that something was paid in, with the quarters and years around them.
pub(super) fn paid_periods(desk: &Desk, ledger: &Ledger, chosen: Option<Period>) -> Vec<Choice> {
    let mut periods: Vec<Period> = Vec::new();
    for period in ledger.accounts.iter().flat_map(Account::paid_periods) {
        let mut around = Some(period);
        while let Some(period) = around {
            if !periods.contains(&period) {
                periods.push(period);
            }
            around = period.parent();
        }
    }
    periods.extend(chosen.filter(|chosen| !periods.contains(chosen)));
    periods.sort_by_key(|period| period.by_end());
    let choices = periods.into_iter().map(|period| Choice {
        value: period.code(),
        label: desk.period(period),
        selected: chosen == Some(period),
    });
    std::iter::once(all(desk, chosen.is_none()))
        .chain(choices)
        .collect()
}
