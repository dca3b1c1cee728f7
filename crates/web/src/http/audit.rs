//! `GET /quan-tri/nhat-ky`: the audit log; having the chain checked.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject};
use serde::Deserialize;
use store::Scope;
use store::audit::AuditQuery;
use vocab::Id;

use super::chain::Checked;
use super::{App, Failure, Form, GoTo, Notice, Page, Visitor};
use crate::i18n::Translator;
use crate::pages::audit::{Audit, AuditEntry, Chain};
use crate::pages::links;
use crate::pages::parts::Pager;
use crate::pages::shell::Section;

/// How many entries a page shows.
const SHOWN: usize = 50;

/// The most findings of a check that a page names.
const FINDINGS: usize = 5;

const LOG: Subject<'static> = Subject {
    kind: "audit",
    unit: Id::NIL,
    state: "",
    author: None,
};

/// Which entries: `tu-khoa` is a record's id or a table, `truoc` where the page before ended.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default, rename = "tu-khoa")]
    text: String,
    truoc: Option<i64>,
}

/// Shows them, for administrators.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<Audit>, Failure> {
    visitor.require(Act::Audit, &LOG)?;
    let words = visitor.words();
    let text = asked.text.trim();
    let record = text.parse::<Id>().ok();
    let log = Scope::bypass("asked for above: who may audit reads the whole log");
    let query = AuditQuery {
        scope: log,
        before: asked.truoc,
        table: (record.is_none() && !text.is_empty()).then(|| text.to_owned()),
        record,
        limit: SHOWN + 1,
    };
    let mut found = app.store().audit_entries(&query).await?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let next = found.last().filter(|_| more).map(|last| {
        let query = links::encode(text);
        format!("{}?tu-khoa={query}&truoc={}", links::AUDIT, last.ord)
    });
    let mut names = HashMap::new();
    let mut entries = Vec::with_capacity(found.len());
    for entry in found {
        let actor = name_of(&app, words, &mut names, entry.actor).await?;
        entries.push(AuditEntry {
            sequence: u64::try_from(entry.ord).unwrap_or(0),
            at: entry.at.in_vietnam().datetime(),
            actor,
            act: words
                .lookup(&format!("action-{}", entry.action), &[])
                .unwrap_or(entry.action),
            kind: entry.table,
            record: entry.record.to_string(),
            version: u64::try_from(entry.version).unwrap_or(0),
            request: entry.request.to_string(),
        });
    }
    let (running, latest) = app.chain.state();
    Ok(Page(Audit {
        chain: chain(words, latest),
        checking: running,
        query: asked.text.clone(),
        entries,
        pager: Pager {
            previous: asked.truoc.map(|_| links::AUDIT.to_owned()),
            next,
        },
        shell: visitor.shell(Section::Admin),
    }))
}

/// `POST /quan-tri/nhat-ky/kiem-tra`: checks the chain in the background.
pub(super) async fn check(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    visitor.require(Act::Audit, &LOG)?;
    app.chain.begin(app.store());
    Ok(GoTo::link(links::AUDIT)
        .saying(Notice::CheckBegun)
        .into_response())
}

async fn name_of(
    app: &App,
    words: Translator,
    names: &mut HashMap<Id, String>,
    account: Id,
) -> Result<String, Failure> {
    if let Some(name) = names.get(&account) {
        return Ok(name.clone());
    }
    let name = if account.is_nil() {
        words.t("actor-system")
    } else {
        let account = app.directory.account(account).await?;
        account.map_or_else(|| words.t("actor-unknown"), |account| account.name)
    };
    names.insert(account, name.clone());
    Ok(name)
}

fn chain(words: Translator, latest: Option<Checked>) -> Chain {
    let Some(Checked { at, found }) = latest else {
        return Chain::Unchecked;
    };
    let at = at.in_vietnam().datetime();
    match found {
        Ok((report, head)) if report.findings.is_empty() => Chain::Whole {
            entries: u64::try_from(report.leaves).unwrap_or(0),
            at,
            head: format!("{}:{}", head.segment, head.hash),
        },
        Ok((report, _)) => {
            let named = report.findings.iter().take(FINDINGS);
            let named: Vec<String> = named
                .map(|finding| format!("{} ({})", finding.kind, finding.about))
                .collect();
            let more = report.findings.len().saturating_sub(FINDINGS);
            let more = (more > 0).then(|| words.t1("audit-findings-more", "count", more));
            Chain::Broken {
                what: named.into_iter().chain(more).collect::<Vec<_>>().join("; "),
                at,
            }
        }
        Err(error) => {
            tracing::error!(%error, "checking the audit chain");
            Chain::Failed { at }
        }
    }
}
