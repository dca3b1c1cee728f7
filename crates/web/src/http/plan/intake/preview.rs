//! `GET`, `POST /ke-hoach/nhap/{sha256}`: what a file that was sent would change, and taking it
//! in. The file waits under its digest, for whoever sent it.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use plan::import::{ParsedPlan, Project};
use plan::{Change, Comparison, Difference, FieldChange, ItemChange, PlanError};
use registry::RegistryError;
use vocab::{Problem, Vnd, hex};

use super::super::super::{
    App, Failure, Form, GoTo, Notice, Page, Visitor, clean_file_name, form_errors, refused,
};
use super::super::headings::sentence_case;
use super::super::query::Asked;
use super::{refusal, require, upload};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::plan_import::{
    ChangeList, Changed, ChangedField, FindingLine, InDoubt, Particular, PlanPreview, UnreadLine,
};
use crate::pages::shell::Section;

/// The most of one list that a page shows; how many more there are is said.
const MOST: usize = 400;

/// Shows what would change.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(sha256): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    require(&visitor)?;
    let name = clean_file_name(&asked.text("ten"));
    let digest = sent(&app, &visitor, &sha256).await?;
    Ok(match compared(&app, &digest).await? {
        Ok(compared) => {
            let page = page(&visitor, &compared, &sha256, &name, FormErrors::default());
            Page(page).into_response()
        }
        Err(problem) => upload::wrong(&visitor, &problem),
    })
}

/// Takes it in. Where the plan has changed since the page was shown, the page comes back with
/// what would change now; the file still waits.
pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(sha256): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    require(&visitor)?;
    let [name, seen] = fields.exactly(["ten", "phien-ban"])?;
    let name = clean_file_name(&name);
    let digest = sent(&app, &visitor, &sha256).await?;
    let bytes = match upload::read(&app, &digest).await? {
        Ok(bytes) => bytes,
        Err(problem) => return Ok(upload::wrong(&visitor, &problem)),
    };
    let seen = seen.parse::<i64>().unwrap_or(-1);
    let by = visitor.caller();
    let done = app.plans.import_as_seen(&by, &name, &bytes, Some(seen));
    match done.await {
        Ok(report) => {
            let notice = if report.known {
                Notice::PlanKnown
            } else {
                Notice::PlanImported
            };
            let view = app.plans.view().await?;
            let doubts = view.is_some_and(|view| !view.body.names.is_empty());
            let next = if doubts {
                links::PLAN_NAMES
            } else {
                links::TARGET_LIST
            };
            Ok(GoTo::link(next).saying(notice).into_response())
        }
        Err(error) => {
            let problem = match error {
                PlanError::Registry(RegistryError::Refused(problem)) if problem.status != 403 => {
                    problem
                }
                PlanError::Registry(RegistryError::Conflict { .. }) => {
                    Problem::new(409, "plan-changed", "a plan that was changed since")
                }
                error => refusal::of(error, &bytes)?,
            };
            let errors = form_errors(visitor.words(), &problem, &[], "xac-nhan");
            Ok(match compared(&app, &digest).await? {
                Ok(compared) => {
                    let page = page(&visitor, &compared, &sha256, &name, errors);
                    refused(&problem, page)
                }
                Err(problem) => upload::wrong(&visitor, &problem),
            })
        }
    }
}

/// The digest of a file that this visitor sent; any other is not there.
async fn sent(app: &App, visitor: &Visitor, sha256: &str) -> Result<[u8; 32], Failure> {
    let nothing = || Failure::not_found("no file that this account sent");
    let digest = hex::decode_digest(sha256).ok_or_else(nothing)?;
    let registry = app.plans.registry();
    if registry.has_sent(&visitor.principal, &digest).await? {
        Ok(digest)
    } else {
        Err(nothing())
    }
}

async fn compared(app: &App, digest: &[u8; 32]) -> Result<Result<Comparison, Problem>, Failure> {
    let bytes = match upload::read(app, digest).await? {
        Ok(bytes) => bytes,
        Err(problem) => return Ok(Err(problem)),
    };
    match app.plans.compare(&bytes).await {
        Ok(compared) => Ok(Ok(compared)),
        Err(error) => refusal::of(error, &bytes).map(Err),
    }
}

fn page(
    visitor: &Visitor,
    compared: &Comparison,
    sha256: &str,
    name: &str,
    errors: FormErrors,
) -> PlanPreview {
    let shell = visitor.shell(Section::Plan);
    let words = shell.translator;
    let parsed = &compared.read.plan;
    let difference = &compared.difference;
    let lists = [
        ("intake-targets", &difference.targets),
        ("intake-projects", &difference.projects),
        ("intake-duties", &difference.duties),
    ];
    // Of a plan that is not kept yet all is new: how much is told above.
    let lists = lists.into_iter().filter(|_| difference.kept);
    let finding = |finding: &plan::records::Finding| FindingLine {
        says: words.finding(finding),
        lines: finding.lines.clone(),
    };
    let mut findings: Vec<(String, Vec<FindingLine>)> = Vec::new();
    for found in &parsed.findings {
        let kept = plan::records::Finding::from(found);
        let (topic, _) = super::super::treatment::of(&kept.code);
        let title = words.t(&format!("finding-topic-{topic}"));
        match findings.iter_mut().find(|(known, _)| *known == title) {
            Some((_, list)) => list.push(finding(&kept)),
            None => findings.push((title, vec![finding(&kept)])),
        }
    }
    let unread = parsed.unused_lines.iter().take(MOST);
    PlanPreview {
        action: links::plan_preview(sha256, ""),
        name: name.to_owned(),
        version: difference.version,
        kept: difference.kept,
        same: difference.is_empty(),
        moved: difference.moved,
        particulars: particulars(words, parsed),
        counts: counts(words, parsed),
        plan_fields: fields(words, &difference.plan),
        lists: lists
            .map(|(title, items)| list(words, title, items))
            .filter(|list| !list.items.is_empty())
            .collect(),
        indicators: (difference.kept).then(|| {
            words.t_args(
                "intake-indicators",
                &[
                    ("added", &difference.indicators.added),
                    ("changed", &difference.indicators.changed),
                    ("dropped", &difference.indicators.dropped),
                ],
            )
        }),
        findings_new: if difference.kept {
            difference.findings_new.iter().map(finding).collect()
        } else {
            Vec::new()
        },
        findings_gone: difference.findings_gone.iter().map(finding).collect(),
        findings,
        doubts: compared
            .names
            .iter()
            .map(|doubt| InDoubt {
                written: doubt.written.clone(),
                why: super::names::why(words, doubt),
                lines: doubt.lines.clone(),
            })
            .collect(),
        unread: unread
            .map(|line| UnreadLine {
                line: line.line,
                text: line.text.clone(),
            })
            .collect(),
        unread_more: parsed.unused_lines.len().saturating_sub(MOST),
        errors,
        shell,
    }
}

fn particulars(words: Translator, parsed: &ParsedPlan) -> Vec<Particular> {
    let facts = &parsed.facts;
    let budget = facts.budget.as_ref();
    let coordinator = facts.coordinator.as_ref().map(|named| {
        let body = named.body.as_ref();
        body.map_or_else(|| named.written.clone(), |body| body.name.clone())
    });
    let found = [
        ("intake-field-symbol", Some(facts.symbol.to_string())),
        (
            "intake-field-date",
            facts.date.map(|date| words.date(&date)),
        ),
        (
            "intake-field-title",
            facts.title.as_deref().map(sentence_case),
        ),
        ("intake-field-year", facts.year.map(|year| year.to_string())),
        (
            "intake-field-issuer",
            facts.issuer.as_deref().map(sentence_case),
        ),
        ("intake-field-coordinator", coordinator),
        (
            "intake-field-total_vnd",
            budget.map(|budget| words.money(budget.total.dong())),
        ),
    ];
    let found = found.into_iter().map(|(key, value)| Particular {
        name: words.t(key),
        value: value.unwrap_or_else(|| words.t("intake-not-found")),
    });
    found.collect()
}

fn counts(words: Translator, parsed: &ParsedPlan) -> Vec<Particular> {
    let projects: Vec<&Project> = parsed.projects().collect();
    let money: i64 = projects
        .iter()
        .filter_map(|project| project.amounts.total.vnd)
        .map(Vnd::dong)
        .sum();
    let dated = parsed.duties.iter().filter(|duty| !duty.due.is_empty());
    let fitting = parsed.baselines.iter();
    let fitting = fitting.filter(|baseline| baseline.target.is_some());
    let count = |key: &str, count: usize| Particular {
        name: words.t(key),
        value: words.number(count),
    };
    vec![
        count("intake-targets", parsed.targets.len()),
        Particular {
            name: words.t("intake-projects"),
            value: words.t_args(
                "intake-projects-count",
                &[("count", &projects.len()), ("money", &words.money(money))],
            ),
        },
        Particular {
            name: words.t("intake-duties"),
            value: words.t_args(
                "intake-duties-count",
                &[("count", &parsed.duties.len()), ("dated", &dated.count())],
            ),
        },
        Particular {
            name: words.t("intake-baselines"),
            value: words.t_args(
                "intake-baselines-count",
                &[
                    ("count", &parsed.baselines.len()),
                    ("fitting", &fitting.count()),
                ],
            ),
        },
        count("intake-findings", parsed.findings.len()),
        count("intake-unread", parsed.unused_lines.len()),
    ]
}

fn list(words: Translator, title: &str, items: &[ItemChange]) -> ChangeList {
    let count = |what| Difference::count(items, what);
    let counts = words.t_args(
        "intake-list-counts",
        &[
            ("added", &count(Change::Added)),
            ("changed", &count(Change::Changed)),
            ("dropped", &count(Change::Dropped)),
            ("returned", &count(Change::Returned)),
        ],
    );
    let shown = items.iter().take(MOST).map(|item| Changed {
        what: words.t(&format!("intake-change-{}", code(item.what))),
        class: code(item.what),
        number: item.number.clone(),
        name: item.name.clone(),
        line: item.line,
        fields: fields(words, &item.fields),
    });
    ChangeList {
        title: words.t(title),
        counts,
        items: shown.collect(),
        more: items.len().saturating_sub(MOST),
    }
}

fn code(what: Change) -> &'static str {
    match what {
        Change::Added => "added",
        Change::Changed => "changed",
        Change::Dropped => "dropped",
        Change::Returned => "returned",
        Change::Unread => "unread",
    }
}

fn fields(words: Translator, fields: &[FieldChange]) -> Vec<ChangedField> {
    let said = |field: &str, value: &str| match value.parse::<i64>() {
        _ if value.is_empty() => words.t("intake-nothing"),
        Ok(amount) if field.ends_with("_vnd") => words.money(amount),
        _ => value.to_owned(),
    };
    let fields = fields.iter().map(|change| ChangedField {
        name: words.t(&format!("intake-field-{}", change.field)),
        before: said(change.field, &change.before),
        after: said(change.field, &change.after),
    });
    fields.collect()
}
