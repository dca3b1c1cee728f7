//! What events would do, in words.

use directory::UnitPreview;

use crate::http::Visitor;
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::shell::Section;
pub(super) use crate::pages::unit_event_form::UnitEventPreview;

/// The page; without a preview there is nothing to confirm.
pub(super) fn page(
    visitor: &Visitor,
    told: Option<&UnitPreview>,
    notes: Vec<String>,
    action: &str,
) -> UnitEventPreview {
    let language = visitor.words();
    UnitEventPreview {
        notes,
        parts: told.map_or_else(Vec::new, |told| parts(language, told)),
        grants: language.t1(
            "units-preview-grants",
            "count",
            told.map_or(0, |told| told.grants),
        ),
        records: told.map_or_else(Vec::new, |told| records(language, told)),
        confirm: told.is_some(),
        action: action.to_owned(),
        hidden: Vec::new(),
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

fn records(language: Translator, told: &UnitPreview) -> Vec<String> {
    let record = |affected: &directory::Affected| {
        let mut count = language.number(affected.count);
        if affected.or_more {
            count.insert_str(0, "≥ ");
        }
        language.t_args(
            "units-preview-records",
            &[("table", &affected.table), ("count", &count)],
        )
    };
    told.records.iter().map(record).collect()
}
