//! What notifications of a pack make due, and whom they tell.
//!
//! The write that takes a step enqueues a job for each notification on that step, and one for
//! each deadline whose end it sets or moves, to run when the notification is due. Whom it tells is
//! found out when the job runs; in which words, where each is told, as they may see the record.

use std::collections::BTreeSet;

use directory::permission::reach_as;
use directory::{Account, Act, Grant, Principal, Role};
use pack::RecordType;
use pack::declaration::{Channel, FieldType, Notification};
use pack::shape::is_set;
use pack::term::Term;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::NewJob;
use store::jobs::Job;
use vocab::{Id, Instant, WorkingCalendar};

use super::flow::Flow;
use super::following::FOLLOWED;
use super::kind::Kind;
use crate::{Batch, Record, Registry, RegistryError};

/// The kind of the job that tells.
pub const TELL: &str = "system_tell";

/// Deadlines are told of from this hour of the day on, in Viet Nam.
const MORNING: jiff::civil::Time = jiff::civil::time(7, 0, 0, 0);

/// What is told, of which record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The record type's table.
    pub kind: String,
    /// The record.
    pub record: Id,
    /// The version that made it due.
    pub version: i64,
    /// The notification's id in the pack.
    pub notification: String,
    /// The end of the deadline, for one on a deadline: where that moved, nothing is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Instant>,
    /// Who did what followers are told of, and is not told of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
}

/// Whom a notification tells, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// What.
    pub told: Told,
    /// The accounts that are told.
    pub accounts: Vec<Account>,
    /// An address that stands in the record.
    pub address: Option<String>,
    /// Whether accounts find it in the product.
    pub inbox: bool,
    /// Whether it is mailed.
    pub email: bool,
}

impl Batch<'_> {
    /// Has told what a change makes due: a step that was taken, deadlines that now end at
    /// another time than before.
    pub(crate) fn tell(
        &mut self,
        kind: &Kind,
        record: &Record,
        before: &Map<String, Value>,
        step: Option<&str>,
    ) -> Result<(), RegistryError> {
        let registry = self.registry();
        let systems = registry.systems().clone();
        let declared = &systems.catalog().record(kind.at).declared;
        if declared.notifications.is_empty() {
            return Ok(());
        }
        let calendar = registry.calendar();
        let ends = |body: &Map<String, Value>| Flow::of(body).clocks(declared, calendar);
        let (earlier, now) = (ends(before), ends(&record.body));
        for sent in &declared.notifications {
            let on = sent.on.text.as_str();
            let told = |due| Told {
                kind: kind.name.to_owned(),
                record: record.id,
                version: record.version,
                notification: sent.id.text.clone(),
                due,
                by: None,
            };
            if step == Some(on) {
                self.enqueue(job(&told(None), None)?);
            }
            let clock = now.iter().find(|clock| clock.id == on);
            let Some(due) = clock.and_then(|clock| clock.due) else {
                continue;
            };
            let same = earlier
                .iter()
                .any(|was| was.id == on && was.due == Some(due));
            if !same {
                let at = ahead(sent.before, due, calendar);
                self.enqueue(job(&told(Some(due)), Some(at))?);
            }
        }
        Ok(())
    }
}

pub(super) fn job(told: &Told, run_at: Option<Instant>) -> Result<NewJob, RegistryError> {
    let payload = serde_json::to_string(told)
        .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?;
    Ok(NewJob {
        kind: TELL.to_owned(),
        payload,
        unique_key: None,
        run_at,
    })
}

/// When to tell of a deadline: so long before its end, in the morning; at the end itself where no
/// time ahead is said.
fn ahead(before: Option<Term>, due: Instant, calendar: &WorkingCalendar) -> Instant {
    let Some(term) = before else {
        return due;
    };
    let Some(counted) = term.counted() else {
        return hours_ahead(term.amount, due, calendar);
    };
    // The end of a day is the beginning of the next one.
    let last = due.plus_micros(-1).in_vietnam().date();
    let day = calendar.ahead_of(last, counted).unwrap_or(last);
    Instant::from_vietnam(day.to_datetime(MORNING))
}

/// The latest quarter of an hour from which so many working hours remain.
fn hours_ahead(hours: u32, due: Instant, calendar: &WorkingCalendar) -> Instant {
    const QUARTER: i64 = 15 * 60;
    const MOST: u32 = 4 * 24 * 60;
    let mut at = due;
    for _ in 0..MOST {
        if calendar.working_minutes_between(at, due) >= i64::from(hours) * 60 {
            break;
        }
        at = at.plus_seconds(-QUARTER);
    }
    at
}

impl Registry {
    /// What a job of [`TELL`] tells whom; nothing where the record, the notification or its
    /// deadline is not there any more.
    pub async fn telling(&self, job: &Job) -> Result<Option<Telling>, RegistryError> {
        let told: Told = serde_json::from_str(&job.payload)
            .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?;
        let systems = self.systems().clone();
        let Some(kind) = systems.kind(&told.kind) else {
            return Ok(None);
        };
        if told.notification == FOLLOWED {
            let Some(record) = self.find(kind.name, told.record).await? else {
                return Ok(None);
            };
            return Ok(Some(Telling {
                accounts: self.followers(kind, &record, told.by).await?,
                address: None,
                inbox: true,
                email: false,
                told,
            }));
        }
        let declared = systems.catalog().record(kind.at);
        let mut known = declared.declared.notifications.iter();
        let Some(sent) = known.find(|sent| sent.id.text == told.notification) else {
            return Ok(None);
        };
        let Some(record) = self.find(kind.name, told.record).await? else {
            return Ok(None);
        };
        if told.due.is_some() {
            let clocks = Flow::of(&record.body);
            let clocks = clocks.clocks(&declared.declared, self.calendar());
            let mut clocks = clocks.iter();
            if !clocks.any(|clock| clock.id == sent.on.text && clock.due == told.due) {
                return Ok(None);
            }
        }
        let by = |channel: Channel| sent.by.iter().any(|by| by.value == channel);
        Ok(Some(Telling {
            accounts: self.told_accounts(kind, declared, sent, &record).await?,
            address: address(declared, sent, &record),
            inbox: sent.by.is_empty() || by(Channel::Inbox),
            email: by(Channel::Email),
            told,
        }))
    }

    /// The accounts that a notification tells: of those only who may read the record.
    async fn told_accounts(
        &self,
        kind: &Kind,
        declared: &RecordType,
        sent: &Notification,
        record: &Record,
    ) -> Result<Vec<Account>, RegistryError> {
        let directory = self.directory();
        if is_set(sent.to.author.as_ref()) {
            let Some(author) = record.author else {
                return Ok(Vec::new());
            };
            let account = directory.account(author).await?;
            return self.readers(kind, record, account, None).await;
        }
        let today = self.store().context().now().in_vietnam().date();
        if let Some(role) = &sent.to.role {
            let Some(role) = Role::coded(role) else {
                return Ok(Vec::new());
            };
            let acting = directory.accounts_acting_on(today).await?.into_iter();
            let holds = |grants: &[Grant]| grants.iter().any(|grant| grant.role == role);
            let holders = acting.filter(|(_, grants)| holds(grants));
            let holders = holders.map(|(account, _)| account);
            return self.readers(kind, record, holders, Some(role)).await;
        }
        let unit = sent.to.field.as_ref().and_then(|field| {
            let field = declared.field(field)?;
            let value = record.body.get(&field.id.text)?.as_str()?;
            (*field.kind == FieldType::Unit).then(|| value.parse::<Id>().ok())?
        });
        let Some(unit) = unit else {
            return Ok(Vec::new());
        };
        let succession = directory.succession().await?;
        let mut units: BTreeSet<Id> = succession.successors(unit, today).into_iter().collect();
        units.insert(unit);
        let acting = directory.accounts_acting_on(today).await?.into_iter();
        let there = acting.filter(|(_, grants)| grants.iter().any(|one| units.contains(&one.unit)));
        let there = there.map(|(account, _)| account);
        self.readers(kind, record, there, None).await
    }

    /// Those of some accounts who may read a record today, by the grants of one role if one is
    /// named.
    pub(super) async fn readers(
        &self,
        kind: &Kind,
        record: &Record,
        among: impl IntoIterator<Item = Account>,
        role: Option<Role>,
    ) -> Result<Vec<Account>, RegistryError> {
        let mut readers = Vec::new();
        for account in among {
            let Some(principal) = self.directory().acting_today(&account).await? else {
                continue;
            };
            if self.reaches(&principal, kind, record, role).await? {
                readers.push(account);
            }
        }
        Ok(readers)
    }

    async fn reaches(
        &self,
        principal: &Principal,
        kind: &Kind,
        record: &Record,
        role: Option<Role>,
    ) -> Result<bool, RegistryError> {
        let Some(role) = role else {
            return Ok(self.may(principal, Act::Read, kind.name, record));
        };
        let scope = reach_as(principal, role, Act::Read, kind.name);
        let found = self.store().fetch(kind.name, &scope, record.id).await?;
        Ok(found.is_some())
    }
}

/// The mail address in the field that a notification names.
fn address(declared: &RecordType, sent: &Notification, record: &Record) -> Option<String> {
    let field = declared.field(sent.to.field.as_ref()?)?;
    let value = record.body.get(&field.id.text)?.as_str()?;
    (*field.kind == FieldType::Email).then(|| value.to_owned())
}
