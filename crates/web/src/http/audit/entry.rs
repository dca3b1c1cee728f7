//! `GET /quan-tri/nhat-ky/muc/{number}`: one entry, the version that it made, and what that
//! changed.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use directory::{Act, Subject};
use serde::Deserialize;
use store::Scope;
use store::Version;
use vocab::Id;

use super::super::{App, Failure, Page, Visitor};
use super::LOG;
use super::changes::{Shown, fields};
use super::list::{chain, shown};
use super::names::Names;
use crate::pages::audit_entry::{EntryPage, FieldRow, Value};
use crate::pages::links;
use crate::pages::shell::Section;

/// With which version to compare: the one before unless `so-voi` says another.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Asked {
    so_voi: Option<i64>,
}

/// Shows it, for administrators.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page<EntryPage>, Failure> {
    visitor.require(Act::Audit, &LOG)?;
    let words = visitor.words();
    let store = app.store();
    let log = Scope::bypass("asked for above: who may audit reads every version");
    let entry = store.audit_entry(&log, number).await?;
    let entry = entry.ok_or_else(|| Failure::not_found(format!("no audit entry {number}")))?;
    let (record, made) = (entry.record, entry.version);
    let version = store
        .fetch_version(&entry.table, &log, record, made)
        .await?;
    let with = asked.so_voi.unwrap_or(made - 1);
    let other = match with {
        1.. if with != made => {
            store
                .fetch_version(&entry.table, &log, record, with)
                .await?
        }
        _ => None,
    };
    let hidden = version.as_ref().map(|version| hidden(&visitor, version));
    let hidden = hidden.unwrap_or_default();
    if let Some(version) = &version {
        note(&app, &visitor, version, &hidden);
    }
    let compared = version
        .as_ref()
        .map(|version| fields(other.as_ref(), version));
    let mut changed = Vec::new();
    let mut all = Vec::new();
    for (field, differs) in compared.unwrap_or_default() {
        let row = FieldRow {
            before: value(field.before, hidden.contains(&field.name)),
            after: value(field.after, hidden.contains(&field.name)),
            name: field.name,
        };
        if differs {
            changed.push(row.clone());
        }
        all.push(row);
    }
    let segment = store.audit_segment_of(number).await?;
    let (_, latest) = app.chain.state();
    let href = |version: i64| {
        let base = links::audit_entry(number);
        links::with_query(&base, &[("so-voi", &version.to_string())])
    };
    let compare = (1..made)
        .rev()
        .take(20)
        .map(|version| (version, href(version)));
    Ok(Page(EntryPage {
        erased: version
            .as_ref()
            .is_some_and(|version| version.body.is_none()),
        state: version.map(|version| version.state).unwrap_or_default(),
        compared_with: other.map(|other| other.version),
        compare: compare.collect(),
        changed,
        all,
        segment: segment.map(|(segment, hash)| format!("{segment}:{hash}")),
        chain: chain(words, latest),
        entry: shown(words, &mut Names::new(&app, words), entry).await?,
        shell: visitor.shell(Section::Admin),
    }))
}

/// A version of an account or a person shows personal data: of a person who has an account,
/// the account's.
fn note(app: &App, visitor: &Visitor, version: &Version, hidden: &BTreeSet<String>) {
    #[derive(Deserialize)]
    struct Owner {
        account: Option<Id>,
    }
    match version.table.as_str() {
        "account" => {
            let fields: &[&str] = if hidden.contains("email") {
                &["login", "name"]
            } else {
                &["login", "name", "email"]
            };
            visitor.saw_personal(app, "account", version.id, version.id, fields);
        }
        "person" => {
            let body = version.body.as_deref().unwrap_or("{}");
            let owner = serde_json::from_str(body).ok();
            let account = owner.and_then(|owner: Owner| owner.account);
            let subject = account.unwrap_or(version.id);
            let fields: &[&str] = match (hidden.contains("phone"), hidden.contains("email")) {
                (false, false) => &["name", "phone", "email"],
                (false, true) => &["name", "phone"],
                (true, false) => &["name", "email"],
                (true, true) => &["name"],
            };
            visitor.saw_personal(app, "person", version.id, subject, fields);
        }
        _ => {}
    }
}

/// The personal fields of a version that the reader is not shown of people and accounts
/// anywhere else either.
fn hidden(visitor: &Visitor, version: &Version) -> BTreeSet<String> {
    let subject = Subject {
        kind: &version.table,
        unit: version.unit,
        state: &version.state,
        author: None,
    };
    let permissions = visitor.principal.permissions();
    permissions.hidden_personal(&subject, None)
}

fn value(shown: Shown, hidden: bool) -> Value {
    match shown {
        Shown::Absent => Value::Absent,
        Shown::Text(_) if hidden => Value::Secret,
        Shown::Text(text) => Value::Text(text),
        Shown::Secret => Value::Secret,
    }
}
