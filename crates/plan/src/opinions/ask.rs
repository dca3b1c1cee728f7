//! Asking partners of a target for their opinion on a report.

use std::collections::BTreeMap;

use directory::{Act, Principal, Role};
use jiff::ToSpan;
use jiff::civil::Date;
use registry::{Batch, Caller, Draft, Record, RegistryError, Taken};
use vocab::calendar::end_of_day;
use vocab::{FieldProblem, Id, Problem};

use super::{
    Asker, FigureSeen, Heard, OPINION, OPINION_ROUND, Opinion, OpinionBody, Round, RoundBody,
    opinion_id, round_id, shipped_opinion_terms, states,
};
use crate::OBSERVATION;
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;
use crate::reports::Report;

/// Whom to ask, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpinionAsking {
    /// The units.
    pub units: Vec<Id>,
    /// The last day for answering.
    pub due_on: Date,
}

/// A partner's opinion that is to be opened, or opened again.
pub(super) struct ToAsk<'a> {
    pub report: &'a Report,
    pub by: &'a Asker,
    pub unit: Id,
    pub role: Role,
    pub due_on: Date,
    pub known: Option<&'a Opinion>,
}

impl Plans {
    /// Asks partners of the report's targets. `version` is that of the report as it was read;
    /// the report makes a version by it, so that nobody consolidates what they read before.
    ///
    /// Fields: `units`, `due`. Refused with `opinions-not-yet` where the report is not handed in,
    /// or is part of the public figure already.
    pub async fn ask_opinions(
        &self,
        by: &Caller,
        report: Id,
        version: i64,
        asking: &OpinionAsking,
    ) -> Result<Round, PlanError> {
        if self.registry().answered(by).await?.is_some() {
            return self.seen_round(&by.principal, report).await;
        }
        let record = self.at_version(by, report, version).await?;
        let known = self.round_of(report).await?;
        let asker = self.asker(&by.principal, &record);
        let mut body = begun(&record, known.as_ref(), asker.clone())?;
        // Whoever may not ask is told so, whomever they would ask.
        let mut trial = self.registry().batch(by);
        put(&mut trial, &record, known.as_ref(), &body).await?;
        if !["submitted", "approved"].contains(&record.state.as_str()) {
            let about = format!("asking about a report that is {}", record.state);
            return Err(RegistryError::refused(409, "opinions-not-yet", about).into());
        }
        let report_read = Report::of(record.clone())?;
        let roles = self.roles_of(&report_read).await?;
        self.check_asking(&report_read, known.as_ref(), asking, &roles)?;
        if self.coordinates(&by.principal, &record) {
            body.coordinated = true;
        }
        let opinions = match &known {
            Some(round) => self.opinions_of(round).await?,
            None => Vec::new(),
        };
        let mut batch = self.registry().batch(by);
        for unit in &asking.units {
            let id = opinion_id(report, *unit);
            let to_ask = ToAsk {
                report: &report_read,
                by: &asker,
                unit: *unit,
                role: roles.get(unit).copied().unwrap_or(Role::Officer),
                due_on: asking.due_on,
                known: opinions.iter().find(|opinion| opinion.record.id == id),
            };
            open(&mut batch, &to_ask).await?;
            heard(&mut body, &to_ask);
        }
        put(&mut batch, &record, known.as_ref(), &body).await?;
        batch
            .note(OBSERVATION, &record, record.body.clone(), "ask_opinions")
            .await?;
        batch.commit(report.to_string()).await?;
        self.seen_round(&by.principal, report).await
    }

    pub(super) async fn seen_round(
        &self,
        reader: &Principal,
        report: Id,
    ) -> Result<Round, PlanError> {
        let round = self.opinion_round(reader, report).await?;
        round.ok_or_else(|| {
            let (kind, id) = (OPINION_ROUND.to_owned(), round_id(report));
            RegistryError::NotFound { kind, id }.into()
        })
    }

    /// Whether somebody asks as whoever coordinates the plan.
    fn coordinates(&self, principal: &Principal, report: &Record) -> bool {
        let subject = Record {
            state: states::OPEN.to_owned(),
            author: None,
            ..report.clone()
        };
        let registry = self.registry();
        registry.may(principal, Act::Configure, OPINION_ROUND, &subject)
    }

    /// Who asks, and for which unit.
    fn asker(&self, principal: &Principal, report: &Record) -> Asker {
        let mut grants = principal.grants.iter();
        let coordinating = grants.find(|grant| grant.role == Role::Coordinator);
        let coordinating = coordinating.filter(|_| self.coordinates(principal, report));
        Asker {
            account: principal.account.unwrap_or(Id::NIL),
            person: principal.name.clone(),
            unit: coordinating.map_or(report.unit, |grant| grant.unit),
            at: self.registry().store().context().now().as_micros(),
        }
    }

    /// The units that can be asked, each with the role that answers there.
    pub(super) async fn roles_of(&self, report: &Report) -> Result<BTreeMap<Id, Role>, PlanError> {
        let partners = self.partners_of(report).await?;
        let units = partners.into_iter().flat_map(|partner| partner.units);
        Ok(units
            .filter_map(|unit| Some((unit.id, unit.answers?)))
            .collect())
    }

    fn check_asking(
        &self,
        report: &Report,
        known: Option<&Round>,
        asking: &OpinionAsking,
        roles: &BTreeMap<Id, Role>,
    ) -> Result<(), PlanError> {
        let mut wrong = Vec::new();
        if asking.units.is_empty() {
            wrong.push(FieldProblem::new("units", "opinions-nobody"));
        } else if !asking.units.iter().all(|unit| roles.contains_key(unit)) {
            wrong.push(FieldProblem::new("units", "choice-unknown"));
        } else if asking
            .units
            .iter()
            .any(|unit| !can_be_asked(report, known, *unit))
        {
            wrong.push(FieldProblem::new("units", "opinions-asked-before"));
        }
        let furthest = shipped_opinion_terms()?.furthest;
        let today = self.today();
        let last = today.checked_add(i64::from(furthest).days());
        let last = last.unwrap_or(Date::MAX);
        if asking.due_on < today {
            wrong.push(FieldProblem::new("due", "opinions-day-past"));
        } else if asking.due_on > last {
            let far = FieldProblem::new("due", "opinions-day-far");
            wrong.push(far.with("days", furthest));
        }
        if wrong.is_empty() {
            return Ok(());
        }
        let mut problem = Problem::new(422, "invalid-fields", "asking for opinions");
        problem.fields = wrong;
        Err(RegistryError::Refused(problem).into())
    }
}

/// Whether a partner may be asked now: not while it is to answer, nor while what it said of this
/// very figure may still be changed.
pub fn can_be_asked(report: &Report, round: Option<&Round>, unit: Id) -> bool {
    let Some(round) = round.filter(|round| round.is_open()) else {
        return true;
    };
    let asked = &round.body.asked;
    let Some(heard) = asked.iter().find(|heard| heard.unit == unit) else {
        return true;
    };
    let given = heard.given.as_ref();
    !heard.waits && given.is_none_or(|given| given.figure.differs(&report.body))
}

/// The asking as it begins, or goes on.
fn begun(report: &Record, known: Option<&Round>, by: Asker) -> Result<RoundBody, PlanError> {
    let said = Report::of(report.clone())?.body;
    Ok(match known {
        Some(round) => RoundBody {
            by,
            coordinated: round.body.coordinated && round.is_open(),
            closed: None,
            ..round.body.clone()
        },
        None => RoundBody {
            observation: report.id,
            target: said.target,
            period: said.period,
            asked: Vec::new(),
            by,
            coordinated: false,
            closed: None,
            files: Vec::new(),
        },
    })
}

/// Puts the asking; refuses whoever may not ask.
async fn put(
    batch: &mut Batch<'_>,
    report: &Record,
    known: Option<&Round>,
    body: &RoundBody,
) -> Result<(), PlanError> {
    let body = to_map("an asking for opinions", body)?;
    match known {
        None => {
            let draft = Draft {
                kind: OPINION_ROUND,
                id: Some(round_id(report.id)),
                unit: report.unit,
                body,
            };
            batch.create(draft).await?;
        }
        Some(round) if round.is_open() => {
            batch.edit(OPINION_ROUND, &round.record, body).await?;
        }
        Some(round) => {
            let taken = Taken {
                body: Some(body),
                ..Taken::default()
            };
            batch
                .step_as(OPINION_ROUND, &round.record, "ask_again", taken)
                .await?;
        }
    }
    Ok(())
}

/// Opens a partner's opinion, with its task: the permission was asked for the asking.
pub(super) async fn open(batch: &mut Batch<'_>, to_ask: &ToAsk<'_>) -> Result<(), PlanError> {
    let said = &to_ask.report.body;
    let given = to_ask.known.and_then(|known| known.body.given.clone());
    let body = OpinionBody {
        observation: to_ask.report.record.id,
        indicator: said.indicator,
        target: said.target,
        period: said.period,
        by_unit: to_ask.report.record.unit,
        by: to_ask.by.clone(),
        due_on: to_ask.due_on,
        figure: FigureSeen::of(said, to_ask.report.record.version),
        note: said.note.clone(),
        evidence: said.evidence.clone(),
        files: given
            .as_ref()
            .map_or_else(Vec::new, |given| given.files.clone()),
        given,
    };
    let body = to_map("an opinion", &body)?;
    let record = match to_ask.known {
        None => {
            let draft = Draft {
                kind: OPINION,
                id: Some(opinion_id(to_ask.report.record.id, to_ask.unit)),
                unit: to_ask.unit,
                body,
            };
            batch.follow_from(draft, &to_ask.report.record).await?
        }
        Some(known) => {
            let taken = Taken {
                body: Some(body),
                ..Taken::default()
            };
            let current = with_evidence_of(to_ask.report, known)?;
            batch
                .follow_step(OPINION, &current, "ask_again", taken)
                .await?
        }
    };
    let due = end_of_day(to_ask.due_on);
    batch
        .open_task(OPINION, &record, "answer", to_ask.role, due)
        .await?;
    Ok(())
}

/// An opinion whose files count as known where they are the report's: whoever wrote that sent
/// them.
pub(super) fn with_evidence_of(report: &Report, known: &Opinion) -> Result<Record, PlanError> {
    let mut evidence = known.body.evidence.clone();
    evidence.extend(report.body.evidence.iter().cloned());
    let body = OpinionBody {
        evidence,
        ..known.body.clone()
    };
    Ok(Record {
        body: to_map("an opinion", &body)?,
        ..known.record.clone()
    })
}

/// Notes in the asking that a partner is asked.
pub(super) fn heard(body: &mut RoundBody, to_ask: &ToAsk<'_>) {
    let opinion = opinion_id(to_ask.report.record.id, to_ask.unit);
    let known = body
        .asked
        .iter_mut()
        .find(|heard| heard.unit == to_ask.unit);
    if let Some(known) = known {
        known.since = to_ask.by.at;
        known.due_on = to_ask.due_on;
        known.waits = true;
        return;
    }
    body.asked.push(Heard {
        unit: to_ask.unit,
        opinion,
        since: to_ask.by.at,
        due_on: to_ask.due_on,
        waits: true,
        given: None,
    });
}
