//! Narrowing the wall: each way is a row of links, so that it needs no script and has an
//! address that can be sent on.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use plan::PlanView;
use plan::view::TargetView;
use vocab::{Id, collate};

use super::super::query::Asked;
use super::super::{figures, headings, parties};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::Choice;
use crate::pages::progress::Narrowing;
use crate::pages::status::Status;

/// What a query narrows the targets to; what the plan does not know narrows nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Narrowed {
    group: Option<String>,
    /// A unit by its identity, or a set of units by its key.
    lead: Option<String>,
    due: Option<Date>,
    status: Option<Status>,
}

impl Narrowed {
    pub(super) fn of(view: &PlanView, asked: &Asked) -> Self {
        let known = |code: &String| view.body.groups.iter().any(|group| &group.code == code);
        let lead = asked.choice("chu-tri");
        Self {
            group: asked.choice("nhom").filter(known),
            lead: lead.filter(|lead| view.targets.iter().any(|target| leads(target, lead))),
            due: asked.choice("han").and_then(|day| day.parse().ok()),
            status: asked
                .choice("trang-thai")
                .and_then(|value| Status::lookup(&value)),
        }
    }

    pub(super) fn any(&self) -> bool {
        !self.query().is_empty()
    }

    /// The targets that it lets through, in the order of the annex.
    pub(super) fn targets<'v>(&self, view: &'v PlanView) -> Vec<&'v TargetView> {
        let lets = |target: &&TargetView| {
            let group = self.group.as_ref();
            let lead = self.lead.as_ref();
            group.is_none_or(|group| &target.body.group == group)
                && lead.is_none_or(|lead| leads(target, lead))
                && self.due.is_none_or(|due| target.due() == Some(due))
                && self
                    .status
                    .is_none_or(|status| figures::status(target.standing) == status)
        };
        view.targets.iter().filter(lets).collect()
    }

    /// What an address says of it.
    pub(super) fn query(&self) -> Vec<(&'static str, String)> {
        let parts = [
            ("nhom", self.group.clone()),
            ("chu-tri", self.lead.clone()),
            ("han", self.due.map(|due| due.to_string())),
            (
                "trang-thai",
                self.status.map(|status| status.value().to_owned()),
            ),
        ];
        let said = parts.into_iter();
        said.filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// The rows of links.
    pub(super) fn choices(&self, view: &PlanView, words: Translator) -> Vec<Narrowing> {
        let groups = view.body.groups.iter().map(|heading| {
            let only = Self {
                group: Some(heading.code.clone()),
                ..self.clone()
            };
            (headings::title(heading), only)
        });
        let statuses = Status::ALL.into_iter().map(|status| {
            let only = Self {
                status: Some(status),
                ..self.clone()
            };
            (words.t(status.key()), only)
        });
        let days: BTreeSet<Date> = view.targets.iter().filter_map(TargetView::due).collect();
        let dues = days.iter().map(|due| {
            let only = Self {
                due: Some(*due),
                ..self.clone()
            };
            (words.date(due), only)
        });
        let leads = lead_names(view).into_iter().map(|(lead, name)| {
            let only = Self {
                lead: Some(lead),
                ..self.clone()
            };
            (name, only)
        });
        vec![
            self.row(words, "filter-group", false, groups, |one| Self {
                group: None,
                ..one.clone()
            }),
            self.row(words, "col-status", false, statuses, |one| Self {
                status: None,
                ..one.clone()
            }),
            self.row(words, "progress-due", days.len() > 8, dues, |one| Self {
                due: None,
                ..one.clone()
            }),
            self.row(words, "col-lead", true, leads, |one| Self {
                lead: None,
                ..one.clone()
            }),
        ]
    }

    fn row(
        &self,
        words: Translator,
        label: &str,
        folded: bool,
        choices: impl Iterator<Item = (String, Self)>,
        without: impl Fn(&Self) -> Self,
    ) -> Narrowing {
        let choice = |label: String, to: &Self| Choice {
            value: to.address(),
            label,
            selected: to.query() == self.query(),
        };
        let all = choice(words.t("filter-all"), &without(self));
        let rest = choices.map(|(label, to)| choice(label, &to));
        Narrowing {
            label: words.t(label),
            choices: std::iter::once(all).chain(rest).collect(),
            folded,
        }
    }

    fn address(&self) -> String {
        let query = self.query();
        let parts: Vec<(&str, &str)> = query
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        links::with_query(links::PROGRESS, &parts)
    }
}

/// Whether a target is led by this unit, itself or as one of a set, or was given to this set.
fn leads(target: &TargetView, lead: &str) -> bool {
    if let Ok(unit) = lead.parse::<Id>() {
        return target.reporters.contains(&unit);
    }
    let mut parties = target.body.leads.iter();
    parties.any(|party| party.group.as_deref() == Some(lead))
}

/// Whom the annex names as leads and the directory knows, by name.
fn lead_names(view: &PlanView) -> Vec<(String, String)> {
    let parties = view.targets.iter().flat_map(|target| &target.body.leads);
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for party in parties {
        let lead = match (party.unit, &party.group) {
            (Some(id), _) => id.to_string(),
            (None, Some(key)) => key.clone(),
            (None, None) => continue,
        };
        known
            .entry(lead)
            .or_insert_with(|| parties::name(view, party));
    }
    let mut leads: Vec<(String, String)> = known.into_iter().collect();
    leads.sort_by_cached_key(|(lead, name)| (collate::sort_key(name), lead.clone()));
    leads
}
