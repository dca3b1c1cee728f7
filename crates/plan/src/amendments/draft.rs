//! A later document put together: its particulars, then change by change.

use directory::{Principal, province};
use jiff::civil::Date;
use registry::{Batch, Caller, Done, Draft, Evidence, Record, RegistryError};
use store::ListQuery;
use vocab::{Decimal, FieldProblem, Id, Problem};

use super::terms::{Amends, MeasureTerms, TargetAmended, Terms};
use super::{AMENDMENT, Amendment, AmendmentBody, LONGEST_SYMBOL, LONGEST_TITLE};
use crate::declarations::LARGEST;
use crate::error::PlanError;
use crate::import::{Bound, IndicatorKind, written_target};
use crate::measures;
use crate::plans::Plans;
use crate::records::{Due, to_map};
use crate::view::PlanView;

/// The most characters of a target's name or goal.
const LONGEST_WORDS: usize = 4_000;

/// The particulars of a later document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendmentDraft {
    /// Its symbol: `1520/QĐ-UBND`.
    pub symbol: String,
    /// The day on which it was signed.
    pub date: Date,
    /// The first day on which it holds.
    pub from: Date,
    /// What it is about.
    pub title: String,
    /// The document itself.
    pub source: Vec<Evidence>,
    /// The obstacle that led to it.
    pub obstacle: Option<Id>,
}

/// What somebody says that a target reads like from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsEdit {
    /// The target; nothing for a new one.
    pub target: Option<Id>,
    /// Its number.
    pub number: u16,
    /// The code of its heading.
    pub group: String,
    /// What is to be done.
    pub name: String,
    /// Its goals in words.
    pub goal: String,
    /// Who leads, as written, one or several.
    pub leads: String,
    /// Who takes part, as written.
    pub partners: String,
    /// The last day, where it has one.
    pub due: Option<Date>,
    /// What is asked of each measure that it has.
    pub measures: Vec<MeasureEdit>,
}

/// What is asked of a measure from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureEdit {
    /// The indicator.
    pub indicator: Id,
    /// Whether the target is still measured by it.
    pub kept: bool,
    /// On which side of the value the goal lies, of what has a value.
    pub bound: Option<Bound>,
    /// The value to be reached.
    pub value: Option<Decimal>,
    /// The day on which it is due, where it has one of its own.
    pub due: Option<Date>,
}

impl Plans {
    /// The amendments of the latest plan that a reader may see, the latest first.
    pub async fn amendments(&self, reader: &Principal) -> Result<Vec<Amendment>, PlanError> {
        let Some(view) = self.view().await? else {
            return Ok(Vec::new());
        };
        let reached = directory::permission::reach(reader, directory::Act::Read, AMENDMENT);
        let query = ListQuery::new(AMENDMENT, reached)
            .filter("plan", view.id)
            .descending();
        let records = self.registry().all(query).await?;
        records.into_iter().map(Amendment::of).collect()
    }

    /// One amendment, if this reader may see it.
    pub async fn amendment(&self, reader: &Principal, id: Id) -> Result<Amendment, PlanError> {
        Amendment::of(self.registry().get(reader, AMENDMENT, id).await?)
    }

    /// Begins to put a later document together.
    ///
    /// Fields: `symbol`, `date`, `from`, `title`.
    pub async fn begin_amendment(
        &self,
        by: &Caller,
        id: Option<Id>,
        draft: AmendmentDraft,
    ) -> Result<Amendment, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        check(&view, self.today(), &draft)?;
        let body = AmendmentBody {
            plan: view.id,
            symbol: draft.symbol.trim().to_owned(),
            date: draft.date,
            from: draft.from,
            title: draft.title.trim().to_owned(),
            source: draft.source,
            obstacle: draft.obstacle,
            changes: Vec::new(),
            recorded: None,
        };
        let mut batch = self.registry().batch(by);
        let record = batch
            .create(Draft {
                kind: AMENDMENT,
                id,
                unit: province(),
                body: to_map("an amendment", &body)?,
            })
            .await?;
        self.done(by, batch, record).await
    }

    /// Gives a draft other particulars; its changes stay. `version` is the one that was read.
    pub async fn edit_amendment(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        draft: AmendmentDraft,
    ) -> Result<Amendment, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        check(&view, self.today(), &draft)?;
        let known = self.draft_at(by, id, version).await?;
        let body = AmendmentBody {
            symbol: draft.symbol.trim().to_owned(),
            date: draft.date,
            from: draft.from,
            title: draft.title.trim().to_owned(),
            source: draft.source,
            obstacle: draft.obstacle.or(known.body.obstacle),
            ..known.body.clone()
        };
        self.keep(by, &known, body).await
    }

    /// Says what a target reads like from then on, in place of what the draft said of it.
    ///
    /// Fields: `number`, `group`, `name`, `goal`, `leads`, `partners`, `due`, and of the n-th
    /// measure `value-n`.
    pub async fn amend_target(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        edit: &TermsEdit,
    ) -> Result<Amendment, PlanError> {
        let known = self.draft_at(by, id, version).await?;
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let view = view.in_force_on(known.body.from);
        let names = self.known_names().await?;
        let mut wrong = words_wrong(&view, edit);
        let before = match edit.target {
            None => None,
            Some(target) => terms_on(&view, target, known.body.from),
        };
        let drafted = edit.target.and_then(|target| known.body.change(target));
        let drafted = drafted.filter(|change| change.what == Amends::Adds);
        let now = Terms {
            number: edit.number,
            group: edit.group.clone(),
            name: edit.name.trim().to_owned(),
            goal: edit.goal.trim().to_owned(),
            leads: names.parties(&view, &edit.leads),
            partners: names.parties(&view, &edit.partners),
            legal_bases: before.as_ref().map_or_else(
                || vec![known.body.symbol.clone()],
                |before| before.legal_bases.clone(),
            ),
            due: due(before.as_ref(), edit.due),
            measures: if let Some(before) = &before {
                measured(before, &edit.measures, &mut wrong)
            } else {
                let number = u32::from(edit.number);
                let read = written_target(
                    number,
                    &edit.group,
                    edit.name.trim(),
                    edit.goal.trim(),
                    &names.table,
                );
                let target = edit.target.unwrap_or(Id::NIL);
                let proposed = measures::of_target(view.id, target, &read, None, None);
                let proposed = proposed.into_iter().map(|(body, _)| {
                    MeasureTerms::of(self.registry().store().context().new_id(), &body)
                });
                proposed.collect()
            },
        };
        if now.leads.is_empty() {
            wrong.push(FieldProblem::new("leads", "field-required"));
        }
        let taken = view
            .targets
            .iter()
            .any(|other| Some(other.id) != edit.target && other.body.number == edit.number);
        let taken = taken
            || known.body.changes.iter().any(|other| {
                let number = other.now.as_ref().map(|now| now.number);
                Some(other.target) != edit.target && number == Some(edit.number)
            });
        if taken {
            wrong.push(FieldProblem::new("number", "target-number-taken"));
        }
        if before.is_none() && now.measures.is_empty() {
            wrong.push(FieldProblem::new("goal", "field-required"));
        }
        if edit.target.is_some() && before.is_none() && drafted.is_none() {
            return Err(not_in_plan(edit.target));
        }
        if before.as_ref() == Some(&now) {
            wrong.push(FieldProblem::new("goal", "amendment-nothing-changes"));
        }
        refuse(wrong, "what a target reads like")?;
        let change = TargetAmended {
            target: edit
                .target
                .unwrap_or_else(|| self.registry().store().context().new_id()),
            what: if before.is_some() {
                Amends::Changes
            } else {
                Amends::Adds
            },
            before,
            now: Some(now),
        };
        self.put_changes(by, &known, vec![change]).await
    }

    /// Drops a target from then on.
    pub async fn drop_target(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        target: Id,
    ) -> Result<Amendment, PlanError> {
        let known = self.draft_at(by, id, version).await?;
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let before = terms_on(&view, target, known.body.from);
        if before.is_none() {
            return Err(not_in_plan(Some(target)));
        }
        let change = TargetAmended {
            target,
            what: Amends::Drops,
            before,
            now: None,
        };
        self.put_changes(by, &known, vec![change]).await
    }

    /// Has the draft say nothing of a target.
    pub async fn leave_target(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        target: Id,
    ) -> Result<Amendment, PlanError> {
        let known = self.draft_at(by, id, version).await?;
        let mut body = known.body.clone();
        body.changes.retain(|change| change.target != target);
        self.keep(by, &known, body).await
    }

    /// Puts changes in place of what the draft said of the same targets, by number.
    pub(super) async fn put_changes(
        &self,
        by: &Caller,
        known: &Amendment,
        changes: Vec<TargetAmended>,
    ) -> Result<Amendment, PlanError> {
        let mut body = known.body.clone();
        for change in changes {
            body.changes.retain(|other| other.target != change.target);
            body.changes.push(change);
        }
        body.changes.sort_by_key(TargetAmended::number);
        self.keep(by, known, body).await
    }

    async fn keep(
        &self,
        by: &Caller,
        known: &Amendment,
        body: AmendmentBody,
    ) -> Result<Amendment, PlanError> {
        let mut batch = self.registry().batch(by);
        let record = batch
            .edit(AMENDMENT, &known.record, to_map("an amendment", &body)?)
            .await?;
        self.done(by, batch, record).await
    }

    /// Commits what was gathered about an amendment and gives it as it stands then.
    pub(super) async fn done(
        &self,
        by: &Caller,
        batch: Batch<'_>,
        record: Record,
    ) -> Result<Amendment, PlanError> {
        match batch.commit(record.id.to_string()).await? {
            Done::Now(_) => Amendment::of(record),
            Done::Before(_) => self.amendment(&by.principal, record.id).await,
        }
    }

    /// An amendment as somebody read it.
    pub(super) async fn draft_at(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
    ) -> Result<Amendment, PlanError> {
        let current = self.registry().get(&by.principal, AMENDMENT, id).await?;
        if current.version == version {
            return Amendment::of(current);
        }
        Err(RegistryError::Conflict {
            kind: AMENDMENT.to_owned(),
            expected: version,
            current: Box::new(current),
        }
        .into())
    }
}

/// What a plan says of a target on a day, those included that amendments put there.
pub(super) fn terms_on(view: &PlanView, target: Id, day: Date) -> Option<Terms> {
    let target = view.target_by_id(target)?;
    let terms = target.timeline().on(day).cloned();
    terms.filter(|_| target.body.retired.is_none())
}

fn not_in_plan(target: Option<Id>) -> PlanError {
    let about = format!("amending the target {target:?}");
    RegistryError::refused(422, "amendment-target-not-in-force", about).into()
}

fn refuse(fields: Vec<FieldProblem>, about: &str) -> Result<(), PlanError> {
    if fields.is_empty() {
        return Ok(());
    }
    let mut problem = Problem::new(422, "invalid-fields", about);
    problem.fields = fields;
    Err(RegistryError::Refused(problem).into())
}

fn check(view: &PlanView, today: Date, draft: &AmendmentDraft) -> Result<(), PlanError> {
    let mut wrong = Vec::new();
    let symbol = draft.symbol.trim();
    if symbol.is_empty() {
        wrong.push(FieldProblem::new("symbol", "field-required"));
    } else if symbol.chars().count() > LONGEST_SYMBOL {
        let long = FieldProblem::new("symbol", "text-too-long");
        wrong.push(long.with("limit", LONGEST_SYMBOL));
    }
    if draft.title.chars().count() > LONGEST_TITLE {
        let long = FieldProblem::new("title", "text-too-long");
        wrong.push(long.with("limit", LONGEST_TITLE));
    }
    if draft.date > today {
        wrong.push(FieldProblem::new("date", "day-to-come"));
    } else if view.date.is_some_and(|date| draft.date < date) {
        wrong.push(FieldProblem::new("date", "amendment-before-plan"));
    }
    // A document holds from the day of signing at the earliest, unless it says otherwise; what
    // the plan did not say yet cannot be amended.
    if view.date.is_some_and(|date| draft.from < date) {
        wrong.push(FieldProblem::new("from", "amendment-before-plan"));
    }
    refuse(wrong, "an amendment")
}

fn words_wrong(view: &PlanView, edit: &TermsEdit) -> Vec<FieldProblem> {
    let mut wrong = Vec::new();
    for (field, text) in [("name", &edit.name), ("goal", &edit.goal)] {
        if text.trim().is_empty() {
            wrong.push(FieldProblem::new(field, "field-required"));
        } else if text.chars().count() > LONGEST_WORDS {
            let long = FieldProblem::new(field, "text-too-long");
            wrong.push(long.with("limit", LONGEST_WORDS));
        }
    }
    if edit.number == 0 || edit.number > 9_999 {
        let outside = FieldProblem::new("number", "number-range");
        wrong.push(outside.with("least", 1).with("most", 9_999));
    }
    let groups = &view.body.groups;
    if !groups.is_empty() && !groups.iter().any(|group| group.code == edit.group) {
        wrong.push(FieldProblem::new("group", "choice-unknown"));
    }
    wrong
}

/// When a target is due: in the words of the annex while they say the same day.
fn due(before: Option<&Terms>, by: Option<Date>) -> Option<Due> {
    let known = before.and_then(|before| before.due.as_ref());
    let by = by.map(|day| day.to_string());
    match (known, by) {
        (Some(known), by) if known.by == by => Some(known.clone()),
        (_, None) => None,
        (_, Some(day)) => Some(Due {
            written: day.clone(),
            from: None,
            by: Some(day),
        }),
    }
}

fn measured(
    before: &Terms,
    edits: &[MeasureEdit],
    wrong: &mut Vec<FieldProblem>,
) -> Vec<MeasureTerms> {
    let mut measures = Vec::new();
    for (place, known) in (1..).zip(&before.measures) {
        let mut edits = edits.iter();
        let Some(edit) = edits.find(|edit| edit.indicator == known.indicator) else {
            measures.push(known.clone());
            continue;
        };
        if !edit.kept {
            continue;
        }
        let mut measure = known.clone();
        measure.due = edit.due;
        let most = match known.measure.kind {
            IndicatorKind::Ratio => Some(100),
            IndicatorKind::Count => Some(LARGEST),
            IndicatorKind::Milestone | IndicatorKind::Standing => None,
        };
        if let Some(most) = most {
            // What had no figure may go on without one; what had one is asked for another.
            if edit.value.is_none() && known.measure.value.is_some() {
                wrong.push(FieldProblem::new(
                    format!("value-{place}"),
                    "field-required",
                ));
            }
            let outside = |value: &Decimal| *value < Decimal::ZERO || *value > Decimal::from(most);
            if edit.value.as_ref().is_some_and(outside) {
                let problem = FieldProblem::new(format!("value-{place}"), "number-range");
                wrong.push(problem.with("least", 0).with("most", most));
            }
            measure.measure.value = edit.value.map(Decimal::normalized);
            measure.measure.bound = edit.bound.or(known.measure.bound);
            if known.measure.value.map(Decimal::normalized) == measure.measure.value {
                measure.measure.value = known.measure.value;
            }
        }
        measures.push(measure);
    }
    measures
}
