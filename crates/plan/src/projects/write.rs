//! Entering what happened to a project, and handing it on.

use directory::Act;
use registry::{Caller, Done, Draft, RegistryError, Taken};
use store::{ListQuery, Scope, StoreError};
use vocab::{FieldProblem, Id, Period, Problem};

use super::checks::{Known, check};
use super::draft::{EntryDraft, missing};
use super::{Amounts, Entry, EntryBody, EntryKind, PROJECT_ENTRY, owner, states};
use crate::entry::{Kept, Rules, keep, unexplained};
use crate::entry_known::demand_words;
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;
use crate::view::{PlanView, ProjectView};

pub(crate) fn invalid(doing: &str, fields: Vec<FieldProblem>) -> PlanError {
    let mut problem = Problem::new(422, "invalid-fields", doing);
    problem.fields = fields;
    RegistryError::Refused(problem).into()
}

impl Plans {
    /// Begins an entry of a project. The same request again gives what it made the first time.
    ///
    /// Refused with `project-owner-unknown` where nobody knows whose the project is, and with
    /// `invalid-fields` for what cannot be: a payment for a period that another payment of the
    /// project covers (`period-paid`) among it.
    pub async fn begin_entry(
        &self,
        by: &Caller,
        project: Id,
        draft: EntryDraft,
    ) -> Result<Entry, PlanError> {
        if let Some(answer) = self.registry().answered(by).await? {
            return self.answered_entry(by, &answer).await;
        }
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let of = known_project(&view, project)?;
        let Some(unit) = owner(&view, of) else {
            let about = format!("an entry of project {}", of.body.code);
            return Err(RegistryError::refused(422, "project-owner-unknown", about).into());
        };
        let id = self.registry().store().context().new_id();
        let body = self.body_of(of, &draft, id, None).await?;
        let mut batch = self.registry().batch(by);
        let record = batch
            .create(Draft {
                kind: PROJECT_ENTRY,
                id: Some(id),
                unit,
                body: to_map("an entry of a project", &body)?,
            })
            .await?;
        self.committed(by, batch.commit(id.to_string()).await, record.id)
            .await
    }

    /// Gives an entry that is not handed in another content. `version` is the one that was read.
    pub async fn edit_entry(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        draft: EntryDraft,
    ) -> Result<Entry, PlanError> {
        if let Some(answer) = self.registry().answered(by).await? {
            return self.answered_entry(by, &answer).await;
        }
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let current = self.read_at(by, PROJECT_ENTRY, id, version).await?;
        let known = Entry::of(current.clone())?;
        let of = known_project(&view, known.body.project)?;
        let draft = EntryDraft {
            kind: known.body.kind,
            ..draft
        };
        let body = self.body_of(of, &draft, id, Some(&known)).await?;
        let mut batch = self.registry().batch(by);
        batch
            .edit(
                PROJECT_ENTRY,
                &current,
                to_map("an entry of a project", &body)?,
            )
            .await?;
        self.committed(by, batch.commit(id.to_string()).await, id)
            .await
    }

    /// Hands an entry in: refused where something is missing, or looks wrong and nobody says why.
    pub async fn submit_entry(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
    ) -> Result<Entry, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let current = self.read_at(by, PROJECT_ENTRY, id, version).await?;
        let entry = Entry::of(current.clone())?;
        let lacking = missing(&entry.body);
        if !lacking.is_empty() {
            return Err(invalid("handing in an entry that lacks something", lacking));
        }
        let of = known_project(&view, entry.body.project)?;
        let known = self.known_around(of, &entry.body, id).await?;
        let rules = Rules::shipped();
        let now = keep(&check(&entry.body, &known), &[], rules);
        let silent = unexplained(&now, &entry.body.checks, rules);
        if !silent.is_empty() {
            return Err(unexplained_problem(&silent));
        }
        let mut batch = self.registry().batch(by);
        batch.step(PROJECT_ENTRY, &current, "submit", None).await?;
        self.committed(by, batch.commit(id.to_string()).await, id)
            .await
    }

    /// Approves an entry: from then on it counts.
    pub async fn approve_entry(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
    ) -> Result<Entry, PlanError> {
        self.entry_step(by, id, version, "approve", None).await
    }

    /// Back to its writer with a reason, whether or not it counted.
    pub async fn send_entry_back(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        reason: &str,
    ) -> Result<Entry, PlanError> {
        self.entry_step(by, id, version, "send_back", Some(reason))
            .await
    }

    /// Gives an entry up that does not count, with a reason.
    pub async fn withdraw_entry(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        reason: &str,
    ) -> Result<Entry, PlanError> {
        self.entry_step(by, id, version, "withdraw", Some(reason))
            .await
    }

    async fn entry_step(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        step: &str,
        reason: Option<&str>,
    ) -> Result<Entry, PlanError> {
        let current = self.read_at(by, PROJECT_ENTRY, id, version).await?;
        let mut taken = Taken {
            reason,
            ..Taken::default()
        };
        // What was given up leaves its place to another.
        if step == "withdraw" {
            let mut body = Entry::of(current.clone())?.body;
            body.key = id.to_string();
            taken.body = Some(to_map("an entry of a project", &body)?);
        }
        let mut batch = self.registry().batch(by);
        batch.step_as(PROJECT_ENTRY, &current, step, taken).await?;
        self.committed(by, batch.commit(id.to_string()).await, id)
            .await
    }

    /// What looks wrong with what is typed so far, with what was said about it.
    pub async fn entry_checks(
        &self,
        project: Id,
        draft: &EntryDraft,
        own: Option<Id>,
    ) -> Result<Vec<Kept>, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let of = known_project(&view, project)?;
        let own = own.unwrap_or(Id::NIL);
        let body = draft.body(project, String::new());
        let known = self.known_around(of, &body, own).await?;
        let found = check(&body, &known);
        Ok(keep(&found, &draft.explanations, Rules::shipped()))
    }

    /// An entry that this reader may see.
    pub async fn entry(&self, reader: &directory::Principal, id: Id) -> Result<Entry, PlanError> {
        Entry::of(self.registry().get(reader, PROJECT_ENTRY, id).await?)
    }

    /// Whether somebody may enter something of a project.
    pub fn may_enter(
        &self,
        reader: &directory::Principal,
        view: &PlanView,
        project: &ProjectView,
    ) -> bool {
        owner(view, project).is_some_and(|unit| {
            let subject = directory::Subject {
                kind: PROJECT_ENTRY,
                unit,
                state: states::DRAFT,
                author: None,
            };
            directory::may(reader, Act::Draft, &subject).is_allowed()
        })
    }

    async fn body_of(
        &self,
        project: &ProjectView,
        draft: &EntryDraft,
        id: Id,
        known: Option<&Entry>,
    ) -> Result<EntryBody, PlanError> {
        let mut wrong = draft.wrong(self.today());
        demand_words(&draft.explanations)?;
        let key = match draft.period.filter(|_| draft.kind == EntryKind::Payment) {
            Some(period) => format!("{}/{}", project.id, period.code()),
            None => id.to_string(),
        };
        let mut body = draft.body(project.id, key);
        if project.body.retired.is_some() && known.is_none() {
            wrong.push(FieldProblem::new("kind", "project-retired"));
        }
        if let Some(period) = body.period
            && let Some(other) = self.paid_in(project.id, period, id).await?
        {
            let other = other.body.period.map_or_else(String::new, Period::code);
            wrong.push(FieldProblem::new("period", "period-paid").with("period", other));
        }
        if !wrong.is_empty() {
            return Err(invalid("an entry of a project", wrong));
        }
        let around = self.known_around(project, &body, id).await?;
        body.checks = keep(
            &check(&body, &around),
            &draft.explanations,
            Rules::shipped(),
        );
        Ok(body)
    }

    /// Another payment of a project for a part of this period.
    async fn paid_in(
        &self,
        project: Id,
        period: Period,
        own: Id,
    ) -> Result<Option<Entry>, PlanError> {
        let entries = self.entries_of(project).await?;
        Ok(entries.into_iter().find(|entry| {
            let same = entry.record.id == own || entry.is_withdrawn();
            let other = entry.body.period;
            !same && other.is_some_and(|other| other.covers(period) || period.covers(other))
        }))
    }

    /// Every entry of a project, whoever may see it: what is entered is held against all of it.
    pub(super) async fn entries_of(&self, project: Id) -> Result<Vec<Entry>, PlanError> {
        let scope = Scope::bypass("what is entered is held against the whole project");
        let query = ListQuery::new(PROJECT_ENTRY, scope).filter("project", project);
        let records = self.registry().all(query).await?;
        records.into_iter().map(Entry::of).collect()
    }

    async fn known_around(
        &self,
        project: &ProjectView,
        body: &EntryBody,
        own: Id,
    ) -> Result<Known, PlanError> {
        let mut others = self.entries_of(project.id).await?;
        others.retain(|entry| entry.record.id != own && !entry.is_withdrawn());
        let paid = others
            .iter()
            .filter(|entry| entry.body.kind == EntryKind::Payment);
        let paid = Amounts::sum(paid.map(|entry| entry.body.amounts));
        let counted = super::ledger::Counted::of(others.iter().filter(|entry| entry.counts()));
        let replaced = (body.kind == EntryKind::Contract).then_some(body.symbol.as_str());
        Ok(Known {
            listed: project.body.budget,
            estimate: counted.estimate(),
            contracted: counted.contracted(replaced),
            paid,
            percent: counted.percent(),
            accepted: counted.has(EntryKind::Acceptance),
        })
    }

    async fn committed(
        &self,
        by: &Caller,
        done: Result<Done, RegistryError>,
        id: Id,
    ) -> Result<Entry, PlanError> {
        match done {
            Ok(Done::Now(_)) => self.entry(&by.principal, id).await,
            Ok(Done::Before(answer)) => self.answered_entry(by, &answer).await,
            // Two entered the same payment at once: the other one was first.
            Err(RegistryError::Store(StoreError::Duplicate { .. })) => Err(invalid(
                "an entry of a project",
                vec![FieldProblem::new("period", "period-paid").with("period", "")],
            )),
            Err(error) => Err(error.into()),
        }
    }

    async fn answered_entry(&self, by: &Caller, answer: &str) -> Result<Entry, PlanError> {
        let id = answer
            .parse()
            .map_err(|_| PlanError::Shape(format!("a kept answer: {answer}")))?;
        self.entry(&by.principal, id).await
    }
}

/// What nobody has explained, as the form takes it.
pub(crate) fn unexplained_problem(silent: &[&Kept]) -> PlanError {
    let (least, _) = Rules::shipped().lengths();
    let doing = "handing in a value that looks wrong without a word on it";
    let mut problem = Problem::new(422, "findings-unexplained", doing).with("letters", least);
    problem.fields = silent
        .iter()
        .map(|kept| {
            let mut field = FieldProblem::new(&*kept.field, &kept.code);
            field.args = kept.figures.clone();
            field.with("finding", kept.token())
        })
        .collect();
    RegistryError::Refused(problem).into()
}

pub(super) fn known_project(view: &PlanView, id: Id) -> Result<&ProjectView, PlanError> {
    view.project(id).ok_or_else(|| {
        RegistryError::NotFound {
            kind: crate::PROJECT.to_owned(),
            id,
        }
        .into()
    })
}
