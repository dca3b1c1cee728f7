//! The way of a number: who reported, who approved, who consolidated, when, with what.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use directory::{Account, Grant, Principal, Role};
use registry::{Comment, Evidence};
use vocab::{Id, Instant, Period};

use crate::OBSERVATION;
use crate::entry::Kept;
use crate::error::PlanError;
use crate::feeds::Computed;
use crate::opinions::{Heard, Round, Stance};
use crate::plans::Plans;
use crate::records::ObservationBody;
use crate::reports::Report;
use crate::view::TargetView;

/// The most reports whose way a page shows.
const MOST: usize = 40;
/// The most versions of one report.
const VERSIONS: usize = 200;

/// Who took the steps: the same few people stand behind most of them, so each is read once.
type People = HashMap<Id, Option<Account>>;

/// One step that somebody took, or something that somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayStep {
    /// The report.
    pub report: Id,
    /// Its version after the step.
    pub version: i64,
    /// The period that it speaks of.
    pub period: Period,
    /// `create`, `edit`, a step's name (`hand_in` is that of a body without accounts, by a link), `ask_opinions`, `opinion` or `comment`.
    pub action: String,
    /// The unit whose report it is.
    pub unit: Id,
    /// The unit that the person acted for: the coordinator's where the coordinator acted.
    pub acted_for: Id,
    /// The account that did it; [`Id::NIL`] for a comment, which names its writer.
    pub actor: Id,
    /// The person's name; empty if the account is not known any more, and for what was done by a
    /// link.
    pub person: String,
    /// When.
    pub at: Instant,
    /// The reason or the comment.
    pub said: String,
    /// The evidence that the report had then.
    pub evidence: Vec<Evidence>,
    /// What looked wrong with its value then, and what the unit said about it.
    pub checks: Vec<Kept>,
    /// What was computed for it, and whether its value then was another.
    pub computed: Option<(Computed, bool)>,
    /// What a partner thinks, and whether it spoke of an earlier figure; of an `opinion` alone.
    pub opinion: Option<(Stance, bool)>,
}

impl Plans {
    /// How the consolidated figures of a target came to be, latest step first: with what
    /// partners said of them for whoever may read that.
    pub async fn way_of_target(
        &self,
        reader: &Principal,
        target: &TargetView,
    ) -> Result<Vec<WayStep>, PlanError> {
        let latest = target
            .indicators
            .iter()
            .flat_map(|indicator| &indicator.units);
        let mut observations: Vec<(Instant, Id)> = latest
            .filter_map(|unit| Some((unit.latest?.at, unit.latest?.observation)))
            .collect();
        observations.sort_unstable_by(|one, other| other.cmp(one));
        let mut way = Vec::new();
        let mut people = People::new();
        let nobody = Principal::public();
        observations.truncate(MOST);
        let ids = observations.iter().map(|(_, id)| *id);
        let rounds = self.opinion_rounds(reader, ids).await?;
        for (_, id) in observations {
            let report = self.consolidated_or_readable(&nobody, id).await?;
            let round = rounds.iter().find(|round| round.body.observation == id);
            way.extend(round.iter().flat_map(|round| opinions(&report, round)));
            let steps = self.steps_of(&nobody, &report, &mut people).await?;
            // Drafts and what was sent back are the unit's own affair; what led to the
            // figure is everybody's.
            let last = |action| steps.iter().find(|step| step.action == action).cloned();
            way.extend(
                ["submit", "hand_in", "approve", "consolidate"]
                    .into_iter()
                    .filter_map(last),
            );
        }
        way.sort_by(|one, other| other.at.cmp(&one.at).then(other.version.cmp(&one.version)));
        Ok(way)
    }

    /// Everything that was done and said about a report, latest first, as this reader sees it.
    pub async fn way_of_report(
        &self,
        reader: &Principal,
        report: &Report,
    ) -> Result<Vec<WayStep>, PlanError> {
        let mut way = self.steps_of(reader, report, &mut People::new()).await?;
        let comments = self.registry().comments(report.record.id).await?;
        let comments = comments
            .into_iter()
            .filter(|comment| comment.step.is_empty());
        way.extend(comments.map(|comment| said(report, comment)));
        let round = self.opinion_round(reader, report.record.id).await?;
        way.extend(round.iter().flat_map(|round| opinions(report, round)));
        way.sort_by(|one, other| other.at.cmp(&one.at).then(other.version.cmp(&one.version)));
        Ok(way)
    }

    async fn steps_of(
        &self,
        reader: &Principal,
        report: &Report,
        people: &mut People,
    ) -> Result<Vec<WayStep>, PlanError> {
        let registry = self.registry();
        let mut steps = Vec::new();
        for entry in registry
            .history(reader, OBSERVATION, &report.record, VERSIONS)
            .await?
        {
            if let Entry::Vacant(unknown) = people.entry(entry.actor) {
                unknown.insert(registry.directory().account(entry.actor).await?);
            }
            let account = people.get(&entry.actor).and_then(Option::as_ref);
            let body: Option<ObservationBody> = entry.record.read().ok();
            let (evidence, checks, computed) = body
                .map(|body| {
                    // Only what asks for a figure has one computed.
                    let differs = body.computed.as_ref().is_some_and(|computed| {
                        computed.entered() != crate::figure::Entered::of(&body)
                    });
                    let computed = body.computed.map(|computed| (computed, differs));
                    (body.evidence, body.checks, computed)
                })
                .unwrap_or_default();
            steps.push(WayStep {
                report: report.record.id,
                version: entry.record.version,
                period: report.body.period,
                action: entry.action,
                unit: entry.record.unit,
                acted_for: acted_for(account, entry.record.unit),
                actor: entry.actor,
                person: account.map_or_else(String::new, |account| account.name.clone()),
                at: entry.at,
                said: entry.reason.unwrap_or_default(),
                evidence,
                checks,
                computed,
                opinion: None,
            });
        }
        Ok(steps)
    }
}

fn said(report: &Report, comment: Comment) -> WayStep {
    WayStep {
        report: report.record.id,
        version: comment.version,
        period: report.body.period,
        action: "comment".to_owned(),
        unit: report.record.unit,
        acted_for: report.record.unit,
        actor: Id::NIL,
        person: comment.by,
        at: comment.at,
        said: comment.text,
        evidence: Vec::new(),
        checks: Vec::new(),
        computed: None,
        opinion: None,
    }
}

/// What partners said of a report.
fn opinions(report: &Report, round: &Round) -> Vec<WayStep> {
    let given = |heard: &Heard| {
        let given = heard.given.as_ref()?;
        let stale = given.figure.differs(&report.body);
        Some(WayStep {
            report: report.record.id,
            version: given.figure.version,
            period: report.body.period,
            action: "opinion".to_owned(),
            unit: report.record.unit,
            acted_for: heard.unit,
            actor: given.account,
            person: given.person.clone(),
            at: given.moment(),
            said: given.said.clone(),
            evidence: given.files.clone(),
            checks: Vec::new(),
            computed: None,
            opinion: Some((given.stance, stale)),
        })
    };
    round.body.asked.iter().filter_map(given).collect()
}

/// The unit that somebody acts for on a report of this unit: that one where they hold a role
/// in it, else the one that they coordinate for.
pub fn acted_for(account: Option<&Account>, unit: Id) -> Id {
    let grants = account
        .map(|account| account.grants.as_slice())
        .unwrap_or_default();
    let own =
        |grant: &Grant| grant.unit == unit && matches!(grant.role, Role::Officer | Role::Head);
    if grants.iter().any(own) {
        return unit;
    }
    let coordinating = grants.iter().find(|grant| grant.role == Role::Coordinator);
    coordinating.map_or(unit, |grant| grant.unit)
}
