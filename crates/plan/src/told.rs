//! What packs tell of records of systems: notices in the inbox, and mails.

use directory::Principal;
use registry::Record;
use registry::system::{Kind, Told};
use serde::{Deserialize, Serialize};
use store::NewJob;
use store::jobs::Job;
use vocab::Id;

use crate::error::PlanError;
use crate::notices::{self, NoticeBody};
use crate::plans::{Plans, identity};

/// The kind of the job that mails what a pack tells.
pub const TOLD_MAIL: &str = "system_mail";

/// To whom a mail goes.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum To {
    /// An account, which reads the record itself.
    Account(Id),
    /// The address in a field of the record.
    Address(String),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Payload {
    to: To,
    told: Told,
}

/// A mail about a record of a system, before it is put into words.
#[derive(Clone, Debug)]
pub struct ToldLetter {
    /// The address.
    pub to: String,
    /// Who gets it, where that is an account, which can open the record.
    pub name: Option<String>,
    /// The record. What is personal in it does not belong into a mail.
    pub record: Record,
    /// What tells of it.
    pub told: Told,
}

impl Plans {
    /// Tells what a leased job of [`registry::system::TELL`] tells, has it mailed where it is to
    /// be and mail goes out, and ends the job: all or nothing. An error leaves the job with its
    /// worker.
    pub async fn tell(&self, job: &Job, worker: Id, by_mail: bool) -> Result<(), PlanError> {
        let program = self.program();
        let telling = self.registry().telling(job).await?;
        let mut batch = self.registry().batch(&program);
        if let Some(telling) = telling {
            let mut mails = Vec::new();
            for account in &telling.accounts {
                if telling.inbox {
                    // The same however often the job is tried.
                    let id = identity(&format!("told/{}/{}", job.id, account.id));
                    let body = NoticeBody::told(&telling.told);
                    notices::make_as(&mut batch, id, account.id, &body).await?;
                }
                if telling.email && !account.email.is_empty() {
                    mails.push(To::Account(account.id));
                }
            }
            // Whoever has no account has no inbox: an address is written to in any case.
            mails.extend(telling.address.map(To::Address));
            for to in mails.into_iter().filter(|_| by_mail) {
                let told = telling.told.clone();
                batch.enqueue(NewJob {
                    kind: TOLD_MAIL.to_owned(),
                    payload: written(&Payload { to, told })?,
                    unique_key: None,
                    run_at: None,
                });
            }
        }
        batch.complete(job.id, worker);
        batch.commit(String::new()).await?;
        Ok(())
    }

    /// What a job of [`TOLD_MAIL`] mails; nothing where the record is gone, or its reader may not
    /// read it any more.
    pub async fn told_letter(&self, job: &Job) -> Result<Option<ToldLetter>, PlanError> {
        let payload: Payload = serde_json::from_str(&job.payload)
            .map_err(|error| PlanError::Shape(format!("the job of a mail: {error}")))?;
        let told = payload.told;
        let systems = self.registry().systems().clone();
        let Some(kind) = systems.kind(&told.kind) else {
            return Ok(None);
        };
        let (to, name, record) = match payload.to {
            To::Address(address) => {
                let record = self.registry().find(kind.name, told.record).await?;
                (address, None, record)
            }
            To::Account(account) => {
                let directory = self.registry().directory();
                let account = directory.account(account).await?;
                let Some(account) = account.filter(|found| !found.email.is_empty()) else {
                    return Ok(None);
                };
                let Some(reader) = directory.acting_today(&account).await? else {
                    return Ok(None);
                };
                let record = self.readable(&reader, kind, told.record).await?;
                (account.email, Some(account.name), record)
            }
        };
        Ok(record.map(|record| ToldLetter {
            to,
            name,
            record,
            told,
        }))
    }

    async fn readable(
        &self,
        reader: &Principal,
        kind: &Kind,
        id: Id,
    ) -> Result<Option<Record>, PlanError> {
        match self.registry().get(reader, kind.name, id).await {
            Ok(record) => Ok(Some(record)),
            Err(registry::RegistryError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn written(payload: &Payload) -> Result<String, PlanError> {
    serde_json::to_string(payload)
        .map_err(|error| PlanError::Shape(format!("the job of a mail: {error}")))
}
