//! `GET /du-an/tep/{name}`: what the pages of projects' money show, as a file: the same view,
//! the same narrowing. Amounts are in đồng.

use axum::extract::{Path, Query};
use axum::response::Response;
use plan::projects::{Account, Source};

use super::super::super::Failure;
use super::super::progress::sheets::{Cell, Sheet, sent};
use super::super::query::Asked;
use super::desk::Desk;
use super::list::{Filter, money, narrowed};
use super::money::{narrowing, units};
use super::show::{number, stage_key, state_words};
use crate::pages::links;
use crate::pages::progress::FileOf;

/// The stems of its files.
pub(super) const LIST_FILE: &str = "theo-doi";
pub(super) const MONEY_FILE: &str = "kinh-phi";
/// Every entry that the reader may see.
const ENTRIES_FILE: &str = "ghi-nhan";

/// The files of a page, with the same query; of the list, what was entered besides.
pub(super) fn files(desk: &Desk, name: &str, query: &[(&str, &str)]) -> Vec<FileOf> {
    let mut files = vec![
        file(name, "csv", "CSV".to_owned(), query),
        file(name, "xlsx", "XLSX".to_owned(), query),
    ];
    if name == LIST_FILE {
        let entries = |form: &str| desk.words().t1("project-file-entries", "form", form);
        files.push(file(ENTRIES_FILE, "csv", entries("CSV"), query));
        files.push(file(ENTRIES_FILE, "xlsx", entries("XLSX"), query));
    }
    files
}

fn file(name: &str, ending: &str, form: String, query: &[(&str, &str)]) -> FileOf {
    FileOf {
        href: links::project_file(name, ending, query),
        form,
    }
}

/// Sends a file of what the reader may see.
pub(super) async fn send(
    desk: Desk,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let unknown = || Failure::not_found("no file of this name");
    let (stem, ending) = name.rsplit_once('.').ok_or_else(unknown)?;
    let principal = &desk.visitor.principal;
    let ledger = desk.app.plans.ledger(principal, &desk.view).await?;
    let rows = match stem {
        MONEY_FILE => narrowed(&desk, &ledger, &Filter::default()),
        _ => narrowed(&desk, &ledger, &Filter::of(&asked)),
    };
    let sheet = match stem {
        LIST_FILE => list(&desk, &rows, &Filter::of(&asked)),
        MONEY_FILE => by_unit(&desk, &rows, &asked),
        ENTRIES_FILE => entries(&desk, &rows),
        _ => return Err(unknown()),
    };
    let now = desk.app.store().context().now();
    sent(&sheet, stem, ending, now)
}

type Rows<'a> = Vec<(&'a plan::view::ProjectView, &'a Account)>;

fn amount(amount: Option<i64>) -> Cell {
    amount.map_or(Cell::Empty, Cell::number)
}

fn heads(desk: &Desk, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| desk.words().t(key)).collect()
}

fn list(desk: &Desk, rows: &Rows<'_>, filter: &Filter) -> Sheet {
    let words = desk.words();
    let lines = rows.iter().map(|(project, account)| {
        let money = money(project, account, filter);
        vec![
            Cell::text(number(project)),
            Cell::text(&project.body.name),
            Cell::text(desk.unit(account.unit).text),
            Cell::text(words.t(stage_key(account.stage()))),
            amount(account.percent()),
            amount(money.listed_vnd),
            amount(money.estimate_vnd),
            amount(money.contracted_vnd),
            amount(money.paid_vnd),
            Cell::date(account.due),
            Cell::text(if account.is_late(desk.today()) {
                words.t("project-late")
            } else {
                String::new()
            }),
        ]
    });
    Sheet {
        title: words.t("project-list-title"),
        heads: heads(
            desk,
            &[
                "col-number",
                "col-project",
                "project-unit",
                "project-stage",
                "project-percent",
                "project-file-listed",
                "project-file-estimate",
                "project-file-contracted",
                "project-file-paid",
                "project-due",
                "project-late-column",
            ],
        ),
        rows: lines.collect(),
    }
}

fn by_unit(desk: &Desk, rows: &Rows<'_>, asked: &Asked) -> Sheet {
    let lines = units(desk, rows, &narrowing(asked))
        .into_iter()
        .map(|line| {
            vec![
                Cell::text(line.name.text),
                Cell::number(line.projects),
                amount(line.money.listed_vnd),
                amount(line.money.estimate_vnd),
                amount(line.money.contracted_vnd),
                amount(line.money.paid_vnd),
            ]
        });
    Sheet {
        title: desk.words().t("project-money-title"),
        heads: heads(
            desk,
            &[
                "project-unit",
                "progress-projects",
                "project-file-listed",
                "project-file-estimate",
                "project-file-contracted",
                "project-file-paid",
            ],
        ),
        rows: lines.collect(),
    }
}

fn entries(desk: &Desk, rows: &Rows<'_>) -> Sheet {
    let words = desk.words();
    let lines = rows.iter().flat_map(|(project, account)| {
        account.entries.iter().map(move |entry| {
            let body = &entry.body;
            let dong = |source| {
                let dong = body.amounts.of(source).dong();
                amount(Some(dong).filter(|dong| *dong != 0))
            };
            vec![
                Cell::text(number(project)),
                Cell::text(words.t(&format!("project-entry-{}", body.kind.name()))),
                Cell::text(state_words(words, &entry.record.state).0),
                Cell::date(body.on),
                Cell::text(body.period.map_or_else(String::new, vocab::Period::code)),
                Cell::text(&body.symbol),
                Cell::text(&body.party),
                amount(body.percent),
                dong(Source::Recurrent),
                dong(Source::Capital),
                dong(Source::Other),
                Cell::text(&body.other_source),
                Cell::text(&body.milestone),
                Cell::text(&body.note),
            ]
        })
    });
    Sheet {
        title: words.t("project-entries-heading"),
        heads: heads(
            desk,
            &[
                "col-number",
                "project-entry-what",
                "col-status",
                "project-day",
                "col-period",
                "project-symbol",
                "project-party",
                "project-percent",
                "progress-recurrent-vnd",
                "progress-capital-vnd",
                "project-file-other",
                "project-other-source-name",
                "project-milestone",
                "note",
            ],
        ),
        rows: lines.collect(),
    }
}
