//! Delegations (uỷ quyền): somebody acts for somebody else, for a span of days.
//!
//! A delegation passes on what its giver holds on each day, never more: when the giver's
//! position ends, it passes on nothing. Giver and receiver both hold the roles while it
//! lasts; whoever submitted something still does not decide on it, for himself or for others.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Actor, Expect, ListQuery, Op, Record, RecordPut, Scope};
use unicode_normalization::UnicodeNormalization;
use vocab::{FieldProblem, Id, Problem};

use super::DELEGATION;
use super::codes::{at, field_problem, unknown};
use super::guard::require_kept;
use super::roster::{Coverage, Roster, meets};
use crate::permission::{Giver, Taking};
use crate::{Directory, DirectoryError, Grant, Role, error};

/// The longest reason or symbol, in characters.
const LONGEST_TEXT: usize = 500;

/// A delegation as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// The permanent identity.
    pub id: Id,
    /// The version of the record.
    pub version: i64,
    /// Who gives, to whom, what and for how long.
    pub draft: DelegationDraft,
}

/// What a delegation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationDraft {
    /// The person who gives.
    pub giver: Id,
    /// The one position whose roles are given; none for all positions of the giver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Id>,
    /// The person who receives.
    pub receiver: Id,
    /// The roles that are given.
    pub roles: Vec<Role>,
    /// The first day.
    pub valid_from: Date,
    /// The first day on which it does not hold any more.
    pub valid_to: Date,
    /// Whether the receiver may pass it on.
    pub may_pass_on: bool,
    /// Why.
    pub reason: String,
    /// The symbol of the document that says so; may be empty.
    pub document: String,
}

impl DelegationDraft {
    pub(super) fn checked(mut self) -> Result<Self, DirectoryError> {
        let doing = "entering a delegation";
        for text in [&mut self.reason, &mut self.document] {
            *text = text.trim().nfc().collect();
        }
        if self.giver == self.receiver {
            return Err(at("receiver", "delegation-to-oneself", doing));
        }
        if self.valid_to <= self.valid_from {
            return Err(at("valid_to", "dates-order", doing));
        }
        if self.roles.is_empty() {
            return Err(at("roles", "delegation-nothing", doing));
        }
        let fits = |text: &str| {
            text.chars().count() <= LONGEST_TEXT && !text.contains(|ch: char| ch.is_control())
        };
        if self.reason.is_empty() || !fits(&self.reason) {
            return Err(at("reason", "delegation-reason", doing));
        }
        if !fits(&self.document) {
            return Err(at("document", "delegation-document", doing));
        }
        self.roles.sort_unstable();
        self.roles.dedup();
        Ok(self)
    }

    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && day < self.valid_to
    }

    pub(super) fn span(&self) -> (Date, Option<Date>) {
        (self.valid_from, Some(self.valid_to))
    }

    fn shares_roles(&self, other: &Self) -> bool {
        self.roles.iter().any(|role| other.roles.contains(role))
    }
}

impl Delegation {
    pub(super) fn read(record: &Record) -> Result<Self, DirectoryError> {
        Ok(Self {
            id: record.head.id,
            version: record.head.version,
            draft: error::read_body("a delegation", &record.body)?,
        })
    }

    pub(super) fn put(&self, action: &str) -> Result<RecordPut, DirectoryError> {
        let draft = &self.draft;
        Ok(RecordPut {
            table: DELEGATION.to_owned(),
            id: self.id,
            expect: match self.version {
                0 => Expect::New,
                version => Expect::Version(version),
            },
            action: action.to_owned(),
            unit: draft.giver,
            state: "active".to_owned(),
            sort_key: draft.valid_from.to_string().into_bytes(),
            columns: vec![
                draft.giver.into(),
                draft.receiver.into(),
                draft.valid_from.to_string().into(),
                draft.valid_to.to_string().into(),
            ],
            body: error::body("a delegation", draft)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        })
    }
}

impl Roster {
    /// Refuses a delegation that contradicts what there is: `delegation-not-held`,
    /// `delegation-outside-term`, `delegation-not-passed-on`, `delegation-circle`,
    /// `delegation-overlaps`.
    pub(super) fn check_delegation(&self, delegation: &Delegation) -> Result<(), DirectoryError> {
        let draft = &delegation.draft;
        let doing = "entering a delegation";
        let meeting: Vec<&DelegationDraft> = self
            .delegations
            .iter()
            .filter(|other| other.id != delegation.id && meets(other.draft.span(), draft.span()))
            .map(|other| &other.draft)
            .filter(|other| other.shares_roles(draft))
            .collect();
        let doubled = meeting.iter().any(|other| {
            (other.giver, other.receiver) == (draft.giver, draft.receiver)
                && (other.position == draft.position
                    || other.position.is_none()
                    || draft.position.is_none())
        });
        if doubled {
            return Err(at("valid_from", "delegation-overlaps", doing));
        }
        if reaches(&meeting, draft.receiver, draft.giver) {
            return Err(at("receiver", "delegation-circle", doing));
        }
        for role in &draft.roles {
            let code = match self.coverage(draft, *role) {
                Coverage::Whole => continue,
                Coverage::Partly => "delegation-outside-term",
                Coverage::NotPassedOn => "delegation-not-passed-on",
                Coverage::Nothing => "delegation-not-held",
            };
            let problem = field_problem("roles", code, doing).with("role", role.value());
            return Err(problem.into());
        }
        Ok(())
    }
}

/// Whether what one person gives comes to another by these delegations.
fn reaches(delegations: &[&DelegationDraft], from: Id, to: Id) -> bool {
    let mut seen = vec![from];
    let mut open = vec![from];
    while let Some(person) = open.pop() {
        if person == to {
            return true;
        }
        for given in delegations.iter().filter(|given| given.giver == person) {
            if !seen.contains(&given.receiver) {
                seen.push(given.receiver);
                open.push(given.receiver);
            }
        }
    }
    false
}

impl Directory {
    /// Enters a delegation under an identity of the caller's; what stands under it already
    /// is given back unchanged. Refused with `person-unknown`, `person-left`,
    /// `delegation-to-oneself`, `delegation-nothing`, `delegation-reason`,
    /// `delegation-document`, `dates-order`, as it contradicts what there is, and where it is
    /// somebody else's to give with `gives-more-than-held` or `gives-longer-than-held`.
    pub async fn delegate(
        &self,
        actor: &Actor,
        id: Id,
        draft: DelegationDraft,
    ) -> Result<Delegation, DirectoryError> {
        if let Some(known) = self.delegation(id).await? {
            return Ok(known);
        }
        let epoch = self.people_epoch().await?;
        let doing = "entering a delegation";
        let mut giver = self.giver(actor.account).await?;
        let mut delegation = Delegation {
            id,
            version: 0,
            draft: draft.checked()?,
        };
        for (field, person) in [
            ("giver", delegation.draft.giver),
            ("receiver", delegation.draft.receiver),
        ] {
            let Some(person) = self.person(person).await? else {
                let problem = Problem::new(422, "person-unknown", doing);
                return Err(problem
                    .at(FieldProblem::new(field, "person-unknown"))
                    .into());
            };
            if field == "giver" {
                require_kept(&giver, &person, doing)?;
            }
            if person
                .left_on
                .is_some_and(|left| left < delegation.draft.valid_to)
            {
                return Err(at(field, "person-left", doing));
            }
        }
        let roster = self.roster().await?;
        if let Some(position) = delegation.draft.position
            && !roster
                .positions
                .iter()
                .any(|known| known.id == position && known.person == delegation.draft.giver)
        {
            return Err(at("position", "position-unknown", doing));
        }
        roster.check_delegation(&delegation)?;
        self.check_passed(&mut giver, &roster, &delegation).await?;
        let put = delegation.put("delegate")?;
        self.commit_people(actor, Some(epoch), Some(&giver), vec![Op::Put(put)])
            .await?;
        delegation.version = 1;
        Ok(delegation)
    }

    /// Has a delegation end on a day, as if it had been given up to then; before its first
    /// day it then never holds. Refused with `delegation-unknown`, `position-above`,
    /// `last-administrator` or as a conflict.
    pub async fn end_delegation(
        &self,
        actor: &Actor,
        id: Id,
        version: i64,
        day: Date,
    ) -> Result<Delegation, DirectoryError> {
        let known = self.delegation(id).await?;
        let mut delegation =
            known.ok_or_else(|| unknown("delegation-unknown", "ending a delegation"))?;
        delegation.version = version;
        let mut giver = self.giver(actor.account).await?;
        if !giver.is_program() {
            let roster = self.roster().await?;
            let succession = self.succession().await?;
            let but = |grant: &Grant| giver.passes_over(grant, Taking::Away);
            let passed = roster.passes_ever(&delegation, self.today(), &succession, &but);
            if !self.is_own(&giver, delegation.draft.giver).await?
                && self.is_above(&mut giver, &passed, Taking::Away).await?
            {
                let doing = "ending a delegation";
                return Err(Problem::new(403, "position-above", doing).into());
            }
            let receiver = self.person(delegation.draft.receiver).await?;
            if let Some(account) = receiver.and_then(|receiver| receiver.draft.account) {
                self.keep_administrator_besides(account, &delegation.draft.roles)
                    .await?;
            }
        }
        let end = day.max(delegation.draft.valid_from);
        delegation.draft.valid_to = delegation.draft.valid_to.min(end);
        let put = delegation.put("revoke")?;
        self.commit_people(actor, None, Some(&giver), vec![Op::Put(put)])
            .await?;
        delegation.version += 1;
        Ok(delegation)
    }

    /// Refuses passing on what is somebody else's by whoever does not hold it too.
    async fn check_passed(
        &self,
        giver: &mut Giver,
        roster: &Roster,
        delegation: &Delegation,
    ) -> Result<(), DirectoryError> {
        if giver.is_program() || self.is_own(giver, delegation.draft.giver).await? {
            return Ok(());
        }
        let succession = self.succession().await?;
        let receiver = self.person(delegation.draft.receiver).await?;
        let to = receiver.and_then(|receiver| receiver.draft.account);
        let own = giver.is(to);
        let but = |grant: &Grant| !own && giver.hands(grant);
        let passed = roster.passes_ever(delegation, self.today(), &succession, &but);
        self.require_gives(giver, &passed, to, "roles", "entering a delegation")
            .await
    }

    async fn is_own(&self, giver: &Giver, person: Id) -> Result<bool, DirectoryError> {
        let person = self.person(person).await?;
        Ok(giver.is(person.and_then(|person| person.draft.account)))
    }

    /// A delegation, if there is one.
    pub async fn delegation(&self, id: Id) -> Result<Option<Delegation>, DirectoryError> {
        let record = self
            .store()
            .fetch(
                DELEGATION,
                &Scope::bypass("the directory reads people and positions for itself"),
                id,
            )
            .await?;
        record.as_ref().map(Delegation::read).transpose()
    }

    /// What a person gave, then what they received; each the latest first.
    pub async fn delegations_of(
        &self,
        person: Id,
    ) -> Result<(Vec<Delegation>, Vec<Delegation>), DirectoryError> {
        let mut both = Vec::new();
        for column in ["giver", "receiver"] {
            let query = ListQuery::new(
                DELEGATION,
                Scope::bypass("the directory reads people and positions for itself"),
            )
            .filter(column, person);
            let records = self.all_people_records(query).await?;
            let mut read = records
                .iter()
                .map(Delegation::read)
                .collect::<Result<Vec<_>, _>>()?;
            read.reverse();
            both.push(read);
        }
        let received = both.pop().unwrap_or_default();
        Ok((both.pop().unwrap_or_default(), received))
    }
}
