//! `/bao-cao/{id}/lich-su`: the versions of a report and what each changed.

use std::collections::HashMap;

use axum::extract::Path;
use directory::Act;
use directory::permission::reach;
use plan::records::ObservationBody;
use plan::{Measurement, OBSERVATION, Report};
use registry::Entry;

use super::super::{Failure, Page};
use super::conflict::record_link;
use super::desk::Desk;
use super::matter::Matter;
use super::words;
use crate::pages::history::{FieldChange, History, Version};
use crate::pages::reading::Reading;
use crate::pages::shell::Section;

/// The most versions that the page shows.
const MOST: usize = 200;

/// Shows them to whoever sees how the report was made.
pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Result<Page<History>, Failure> {
    let report = desk.report(&id).await?;
    if !desk.sees_inside(&report.record) {
        desk.visitor.account()?;
        return Err(Failure::not_found("the versions of another unit's report"));
    }
    let matter = Matter::of(&desk, &report)?;
    let entries = desk
        .registry()
        .history(&desk.visitor.principal, OBSERVATION, &report.record, MOST)
        .await?;
    let store = desk.app.store();
    let reached = reach(&desk.visitor.principal, Act::Read, OBSERVATION);
    let audited = store
        .audit_of(OBSERVATION, &reached, report.record.id, MOST)
        .await?;
    let digests = audited.into_iter().map(|leaf| (leaf.version, leaf.hash));
    let mut digests: HashMap<i64, String> = digests.collect();
    let mut versions = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        let before = entries.get(place + 1);
        let mut version = version(&desk, matter, &report, entry, before).await?;
        version.digest = digests.remove(&entry.record.version).unwrap_or_default();
        versions.push(version);
    }
    Ok(Page(History {
        shell: desk.shell(Section::Reports),
        record: record_link(&desk, matter, &report),
        versions,
    }))
}

async fn version(
    desk: &Desk,
    matter: Matter<'_>,
    report: &Report,
    entry: &Entry,
    before: Option<&Entry>,
) -> Result<Version, Failure> {
    let account = desk.app.directory.account(entry.actor).await?;
    let unit = desk.acting_unit(entry.actor, report.record.unit).await?;
    let act = words::act(&entry.action);
    Ok(Version {
        number: u32::try_from(entry.record.version).unwrap_or_default(),
        at: entry.at.in_vietnam().datetime(),
        person: match account {
            Some(account) => account.name,
            None if desk.app.plans.body_of_link(entry.actor).await?.is_some() => {
                desk.words().t("sheet-by-link")
            }
            None => String::new(),
        },
        unit: desk.unit_name(unit),
        act: desk.words().t(act.key()),
        reason: entry.reason.clone().unwrap_or_default(),
        digest: String::new(),
        changes: changes(desk, matter, entry, before),
    })
}

/// What differs between a version and the one before, field by field.
fn changes(
    desk: &Desk,
    matter: Matter<'_>,
    entry: &Entry,
    before: Option<&Entry>,
) -> Vec<FieldChange> {
    let values = |entry: &Entry| {
        let body: Option<ObservationBody> = entry.record.read().ok();
        body.map(|body| shown(desk, matter, &body))
    };
    let empty = || shown_keys().map(|_| None);
    let after = values(entry).unwrap_or_else(empty);
    let before = before.and_then(values).unwrap_or_else(empty);
    let keys = shown_keys();
    let pairs = before.into_iter().zip(after).zip(keys);
    pairs
        .filter(|((before, after), _)| before != after)
        .map(|((before, after), key)| FieldChange {
            field: desk.words().t(key),
            before,
            after,
        })
        .collect()
}

const fn shown_keys() -> [&'static str; 6] {
    [
        "col-numerator",
        "col-denominator",
        "entry-count",
        "entry-result",
        "note",
        "col-evidence",
    ]
}

/// The fields of a report as text, in the order of their names.
fn shown(desk: &Desk, matter: Matter<'_>, body: &ObservationBody) -> [Option<String>; 6] {
    let words = desk.words();
    let reached = body.reached.and_then(|reached| {
        let reading = Reading::of(&matter.indicator.body, Measurement::Reached(reached))?;
        Some(words.reading(&reading))
    });
    let names: Vec<&str> = body
        .evidence
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    [
        body.numerator.map(|value| words.number(value)),
        body.denominator.map(|value| words.number(value)),
        body.count.map(|value| words.decimal(&value)),
        reached,
        Some(body.note.clone()).filter(|note| !note.is_empty()),
        Some(names.join(", ")).filter(|names| !names.is_empty()),
    ]
}
