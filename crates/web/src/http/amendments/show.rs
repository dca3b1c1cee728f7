//! `GET /ke-hoach/sua-doi/{id}`: one amendment, with what was before and what is from its day
//! on.

use axum::extract::Path;
use plan::amendments::{Amendment, Amends, MeasureTerms, TargetAmended, Terms, states};
use plan::records::Party;

use super::super::reports::desk::Desk;
use super::super::reports::words as report_words;
use super::super::{Failure, Page};
use super::list::state;
use super::{document, form, may};
use crate::i18n::Translator;
use crate::pages::amendments::{AmendmentPage, ChangeShown};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<AmendmentPage>, Failure> {
    let known = desk.amendment_of(&id).await?;
    let page = page(&desk, &known, String::new(), FormErrors::default());
    Ok(Page(page.await?))
}

/// The page, with what was typed.
pub(super) async fn page(
    desk: &Desk,
    known: &Amendment,
    reason: String,
    errors: FormErrors,
) -> Result<AmendmentPage, Failure> {
    let words = desk.words();
    let body = &known.body;
    let may = may(&desk.visitor);
    let open = may && known.is_draft();
    let withdrawn = if known.record.state == states::WITHDRAWN {
        desk.sent_back(known.record.id).await?
    } else {
        None
    };
    let view = desk.view.in_force_on(body.from);
    let targets = view.targets.iter().map(|target| Choice {
        value: target.body.number.to_string(),
        label: format!("{}. {}", target.body.number, target.body.name),
        selected: false,
    });
    Ok(AmendmentPage {
        id: known.record.id.to_string(),
        version: known.record.version,
        document: document(words, body),
        title: body.title.clone(),
        from: body.from,
        state: state(words, &known.record.state),
        withdrawn: withdrawn.map(|back| back.reason),
        files: report_words::files(&body.source),
        led: form::led(desk, body.obstacle).await,
        changes: body
            .changes
            .iter()
            .map(|change| shown(desk, known, change, open))
            .collect(),
        open,
        withdrawable: may && known.record.state != states::WITHDRAWN,
        targets: if open { targets.collect() } else { Vec::new() },
        reason,
        errors,
        shell: desk.shell(Section::Plan),
    })
}

fn shown(desk: &Desk, known: &Amendment, change: &TargetAmended, open: bool) -> ChangeShown {
    let words = desk.words();
    let id = known.record.id.to_string();
    let target = desk.view.target_by_id(change.target);
    let edit = match change.what {
        Amends::Drops => None,
        Amends::Adds => Some(links::amendment_target(&id, &change.target.to_string())),
        Amends::Changes => Some(links::amendment_target(&id, &change.number().to_string())),
    };
    ChangeShown {
        target: change.target.to_string(),
        name: format!("{}. {}", change.number(), change.name()),
        href: target.map_or_else(String::new, |target| {
            if target.in_force {
                links::target(target.body.number)
            } else {
                links::retired_target(&target.id.to_string())
            }
        }),
        what: change.what.name(),
        fields: fields(words, change.before.as_ref(), change.now.as_ref()),
        edit: edit.filter(|_| open),
    }
}

/// The fields that differ: label, before, now.
pub(in crate::http) fn fields(
    words: Translator,
    before: Option<&Terms>,
    now: Option<&Terms>,
) -> Vec<(String, String, String)> {
    let (was, is) = (said(words, before), said(words, now));
    let mut labels: Vec<&String> = was.iter().map(|(label, _)| label).collect();
    for (label, _) in &is {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let value = |of: &[(String, String)], label: &str| {
        let found = of.iter().find(|(own, _)| own == label);
        found.map_or_else(String::new, |(_, value)| value.clone())
    };
    let rows = labels
        .iter()
        .map(|label| ((*label).clone(), value(&was, label), value(&is, label)));
    rows.filter(|(_, before, now)| before != now).collect()
}

fn said(words: Translator, terms: Option<&Terms>) -> Vec<(String, String)> {
    let Some(terms) = terms else {
        return Vec::new();
    };
    let mut said = vec![
        (words.t("col-number"), terms.number.to_string()),
        (words.t("filter-group"), terms.group.clone()),
        (words.t("amendment-name"), terms.name.clone()),
        (words.t("target-goal"), terms.goal.clone()),
        (words.t("target-lead"), parties(&terms.leads)),
        (words.t("target-partner"), parties(&terms.partners)),
        (words.t("legal-bases"), terms.legal_bases.join("; ")),
        (
            words.t("target-due"),
            terms.due.as_ref().map_or_else(String::new, |due| {
                let day = due.by.as_ref().and_then(|by| by.parse().ok());
                day.map_or_else(|| due.written.clone(), |day| words.date(&day))
            }),
        ),
    ];
    for measure in &terms.measures {
        let label = words.t1("amendment-measure-label", "name", &measure.name);
        said.push((label, threshold(words, measure)));
    }
    said
}

fn parties(parties: &[Party]) -> String {
    let names = parties
        .iter()
        .map(|party| party.name.as_deref().unwrap_or(&party.written));
    names.collect::<Vec<_>>().join("; ")
}

/// What is asked of a measure, in words.
pub(in crate::http) fn threshold(words: Translator, measure: &MeasureTerms) -> String {
    let unit = measure.unit.as_deref();
    let said = super::super::plan::goal_in_words(words, &measure.measure, unit);
    let mut said = said.unwrap_or_else(|| measure.goal.clone());
    if let Some(due) = measure.due {
        said.push_str(" · ");
        said.push_str(&words.date(&due));
    }
    said
}
