//! What events would do, in words.

use directory::{Affected, Holder, UnitPreview};
use registry::Systems;

use crate::http::Visitor;
use crate::i18n::{RightsWords, Translator};
use crate::pages::links;
use crate::pages::shell::Section;
use crate::pages::unit_event_form::HolderRow;
pub(super) use crate::pages::unit_event_form::UnitEventPreview;

/// The page; without a preview there is nothing to confirm.
pub(super) fn page(
    systems: &Systems,
    visitor: &Visitor,
    told: Option<&UnitPreview>,
    action: &str,
) -> UnitEventPreview {
    let language = visitor.words();
    UnitEventPreview {
        step: None,
        notes: Vec::new(),
        known: false,
        parts: told.map_or_else(Vec::new, |told| parts(language, told)),
        touched: told.map_or_else(Vec::new, |told| touched(language.rights(systems), told)),
        holders: told.map_or_else(Vec::new, |told| holders(language, told)),
        people: told.map_or(0, |told| told.people),
        confirm: told.is_some(),
        action: action.to_owned(),
        hidden: Vec::new(),
        edits: Vec::new(),
        back: links::UNIT_EVENTS.to_owned(),
        shell: visitor.shell(Section::Admin),
    }
}

fn parts(language: Translator, told: &UnitPreview) -> Vec<(String, Vec<String>)> {
    let appearing = told.appearing.iter().map(|unit| {
        let from = [unit.from.join(", "), unit.name.clone()];
        line(from.into_iter(), language.date(&unit.date))
    });
    let ending = told.ending.iter().map(|unit| {
        let into = [unit.name.clone(), unit.into.join(", ")];
        line(into.into_iter(), language.date(&unit.date))
    });
    let changing = told.changing.iter().map(|unit| {
        let names = [
            unit.name.clone(),
            unit.new_name.clone().unwrap_or_default(),
            unit.new_parent.clone().unwrap_or_default(),
        ];
        line(names.into_iter(), language.date(&unit.date))
    });
    vec![
        (language.t("units-preview-appearing"), appearing.collect()),
        (language.t("units-preview-ending"), ending.collect()),
        (language.t("units-preview-changing"), changing.collect()),
    ]
}

/// What was before what comes, with the day.
fn line(names: impl Iterator<Item = String>, date: String) -> String {
    let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    format!("{} ({date})", names.join(" → "))
}

/// How much of each kind belongs to the units that end, roles first.
fn touched(language: RightsWords<'_>, told: &UnitPreview) -> Vec<String> {
    let grants = language.t1("units-preview-grants", "count", told.grants);
    let of_kinds = told.records.iter().map(|affected| kind(language, affected));
    std::iter::once(grants).chain(of_kinds).collect()
}

fn kind(language: RightsWords<'_>, affected: &Affected) -> String {
    let mut count = language.number(affected.count);
    if affected.or_more {
        count.insert_str(0, "≥ ");
    }
    let name = language
        .lookup(&format!("units-touched-{}", affected.table), &[])
        .unwrap_or_else(|| language.record_kind(&affected.table));
    let mut said = language.t_args(
        "units-preview-records",
        &[("table", &name), ("count", &count)],
    );
    for (key, count) in [
        ("units-preview-drafts", affected.drafts),
        ("units-preview-done", affected.done),
    ] {
        if count > 0 {
            said.push_str(&language.t1(key, "count", count));
        }
    }
    said
}

fn holders(language: Translator, told: &UnitPreview) -> Vec<HolderRow> {
    let unit = |holder: &Holder| {
        let mut ending = told.ending.iter();
        ending.find(|unit| unit.unit == holder.unit).map_or_else(
            || (String::new(), String::new()),
            |unit| (unit.name.clone(), unit.into.join(", ")),
        )
    };
    let row = |holder: &Holder| {
        let (unit, into) = unit(holder);
        HolderRow {
            person: holder.name.clone(),
            title: holder.title.clone(),
            kind: language.t(holder.kind.key()),
            unit,
            into,
        }
    };
    told.holders.iter().map(row).collect()
}
