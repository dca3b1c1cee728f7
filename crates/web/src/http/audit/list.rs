//! `GET /quan-tri/nhat-ky`: the audit log, a page at a time, and how its chain stands.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use directory::Act;
use store::Scope;
use store::audit::AuditEntry as Entry;

use super::super::chain::Checked;
use super::super::{App, Failure, Form, GoTo, Notice, Page, Visitor};
use super::LOG;
use super::filters::Asked;
use super::names::{self, ACTIONS, Names, WAYS};
use crate::i18n::Translator;
use crate::pages::audit::{Audit, AuditEntry, Chain, Filters};
use crate::pages::links;
use crate::pages::parts::{Choice, Pager};
use crate::pages::shell::Section;

/// How many entries a page shows.
const SHOWN: usize = 50;

/// The most findings of a check that a page names.
const FINDINGS: usize = 5;

/// Shows it, for administrators.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<Audit>, Failure> {
    visitor.require(Act::Audit, &LOG)?;
    let words = visitor.words();
    let understood = asked.understood(&app, words, SHOWN + 1).await?;
    let log = Scope::bypass("asked for above: who may audit reads every entry");
    let mut found = app.store().audit_entries(&log, &understood.query).await?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let last = found.last().filter(|_| more).map(Entry::place);
    let next = last.map(|last| asked.href(links::AUDIT, Some(last)));
    let mut names = Names::new(&app, words);
    let mut entries = Vec::with_capacity(found.len());
    for entry in found {
        entries.push(shown(words, &mut names, entry).await?);
    }
    let (running, latest) = app.chain.state();
    let first = asked.href(links::AUDIT, None);
    Ok(Page(Audit {
        chain: chain(words, latest),
        checking: running,
        export: asked.href(links::AUDIT_EXPORT, None),
        narrowed: asked.narrows(),
        entries,
        pager: Pager {
            previous: (!asked.truoc.is_empty()).then_some(first),
            next,
        },
        filters: filters(words, asked),
        errors: understood.errors,
        shell: visitor.shell(Section::Admin),
    }))
}

fn filters(words: Translator, asked: Asked) -> Filters {
    let choice = |value: &str, label: String, chosen: &str| Choice {
        value: value.to_owned(),
        label,
        selected: value == chosen,
    };
    let any = |chosen: &str| choice("", words.t("audit-any"), chosen);
    let actions = ACTIONS
        .iter()
        .map(|action| choice(action, names::action(words, action), &asked.viec));
    let ways = WAYS
        .iter()
        .map(|(value, key)| choice(value, words.t(key), &asked.qua));
    Filters {
        actions: std::iter::once(any(&asked.viec)).chain(actions).collect(),
        ways: std::iter::once(any(&asked.qua)).chain(ways).collect(),
        text: asked.tu_khoa,
        login: asked.nguoi,
        from: asked.tu,
        until: asked.den,
    }
}

/// An entry as the pages show it.
pub(super) async fn shown(
    words: Translator,
    names: &mut Names<'_>,
    entry: Entry,
) -> Result<AuditEntry, Failure> {
    Ok(AuditEntry {
        sequence: u64::try_from(entry.ord).unwrap_or(0),
        at: entry.at.in_vietnam().datetime(),
        actor: names.of(entry.actor).await?,
        on_behalf: match entry.on_behalf {
            Some(account) => Some(names.of(account).await?),
            None => None,
        },
        act: names.act(&entry.table, &entry.action),
        way: names::way(words, &entry.via),
        kind: entry.table,
        record: entry.record.to_string(),
        version: u64::try_from(entry.version).unwrap_or(0),
        request: entry.request.to_string(),
        digest: entry.hash,
    })
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

/// How the chain stands, in the reader's words.
pub(super) fn chain(words: Translator, latest: Option<Checked>) -> Chain {
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
            let named: Vec<String> = named.map(|finding| words.audit_finding(finding)).collect();
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
