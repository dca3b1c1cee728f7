//! `…/lich-su`: the versions of a record and what each changed.

use std::collections::HashMap;

use directory::Act;
use directory::permission::reach;
use registry::system::UNDO;
use registry::{Entry, Record};

use super::super::{Failure, Page};
use super::desk::Desk;
use super::words::Labels;
use crate::pages::history::{FieldChange, History, Version};
use crate::pages::parts::Link;

/// The most versions that the page shows.
const MOST: usize = 200;

pub(super) async fn show(desk: Desk) -> Result<Page<History>, Failure> {
    let record = desk.record().await?;
    let kind = desk.kind().name;
    let principal = &desk.visitor.principal;
    let entries = desk
        .registry()
        .history(principal, kind, &record, MOST)
        .await?;
    let store = desk.app.store();
    let audited = store
        .audit_of(kind, &reach(principal, Act::Read, kind), record.id, MOST)
        .await?;
    let mut digests: HashMap<i64, String> = audited
        .into_iter()
        .map(|leaf| (leaf.version, leaf.hash))
        .collect();
    let records: Vec<Record> = entries.iter().map(|entry| entry.record.clone()).collect();
    let labels = desk.labels(&records).await?;
    desk.saw(&record);
    let mut versions = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        let account = desk.app.directory.account(entry.actor).await?;
        versions.push(Version {
            number: u32::try_from(entry.record.version).unwrap_or_default(),
            at: entry.at.in_vietnam().datetime(),
            person: match account {
                Some(account) => account.name,
                // A step that the program took, or what the law orders.
                None if entry.actor.is_nil() => desk.words().t("system-by-program"),
                None => String::new(),
            },
            unit: desk.unit_name(entry.record.unit),
            act: act(&desk, &entry.action),
            reason: entry.reason.clone().unwrap_or_default(),
            digest: digests.remove(&entry.record.version).unwrap_or_default(),
            changes: changes(&desk, &labels, entry, entries.get(place + 1)),
        });
    }
    Ok(Page(History {
        record: Link::new(desk.link_to(record.id, ""), desk.label(&record)),
        versions,
        shell: desk.shell(),
    }))
}

fn act(desk: &Desk, action: &str) -> String {
    let words = desk.words();
    match action {
        "create" => words.t("system-act-create"),
        "edit" => words.t("system-act-edit"),
        "delete" => words.t("system-act-delete"),
        "archive" => words.t("system-act-archive"),
        "migrate" => words.t("system-act-migrate"),
        "arrange" => words.t("system-act-arrange"),
        store::REDACT => words.t("system-act-erase-personal"),
        _ => {
            let title = |step| super::show::task_words(words.lang, desk.declared(), step);
            if let Some(step) = action.strip_prefix("approval.") {
                words.t1("system-act-approval", "step", title(step))
            } else if let Some(step) = action.strip_prefix(UNDO) {
                words.t1("system-act-undo", "step", title(step))
            } else {
                title(action)
            }
        }
    }
}

/// What differs between a version and the one before, field by field.
fn changes(
    desk: &Desk,
    labels: &Labels,
    entry: &Entry,
    before: Option<&Entry>,
) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let said = |record: Option<&Record>, field: &pack::declaration::Field| {
        let value = record?.body.get(&field.id.text)?;
        Some(desk.text(field, value, labels))
    };
    let state = |record: &Record| desk.state(&record.state);
    if desk.declared().lifecycle.is_some()
        && before.is_none_or(|before| before.record.state != entry.record.state)
    {
        changes.push(FieldChange {
            field: desk.words().t("col-state"),
            before: before.map(|before| state(&before.record)),
            after: Some(state(&entry.record)),
        });
    }
    let code = |record: Option<&Record>| Some(record?.body.get("code")?.as_str()?.to_owned());
    let (was, is) = (
        code(before.map(|before| &before.record)),
        code(Some(&entry.record)),
    );
    if was != is {
        changes.push(FieldChange {
            field: desk.words().t("system-code"),
            before: was,
            after: is,
        });
    }
    for field in &desk.declared().fields {
        let (was, is) = (
            before.and_then(|before| before.record.body.get(&field.id.text)),
            entry.record.body.get(&field.id.text),
        );
        if was != is {
            changes.push(FieldChange {
                field: desk.say(&field.title),
                before: said(before.map(|before| &before.record), field),
                after: said(Some(&entry.record), field),
            });
        }
    }
    changes
}
