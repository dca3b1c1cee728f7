//! Notices: what others decided about a report, for whoever submitted it.
//!
//! The step enqueues a job; a worker makes the notice of it. Notice and job end in one
//! transaction, so that there is one notice however many workers tried.

use directory::Principal;
use registry::system::Told;
use registry::{Batch, Caller, Declaration, Draft, Field, FieldKind, Indexed, Lifecycle, Record};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::jobs::Job;
use store::{ListQuery, NewJob, Scope};
use vocab::{Id, Instant};

use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

/// The kind of the job that makes a notice.
pub const NOTIFY: &str = "notify";
/// The kind of record that a notice is.
pub const NOTICE: &str = "notice";

/// What happened to a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its identity.
    pub id: Id,
    /// The report, the sheet or the campaign.
    pub report: Id,
    /// What was done to it: `send_back` or `consolidate` of a report; `sheet-…` of a sheet,
    /// `campaign-…` of a campaign.
    pub step: String,
    /// When the notice was made.
    pub at: Instant,
    /// Of a record of a system, its table and the notification of its pack.
    pub system: Option<(String, String)>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct NoticeBody {
    report: Id,
    of_version: i64,
    step: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    aside: Option<bool>,
    /// The table of a system's record, and the notification of its pack that tells of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    notification: Option<String>,
}

impl NoticeBody {
    /// What happened to a record at this version.
    pub(crate) fn about(record: Id, version: i64, step: &str) -> Self {
        Self {
            report: record,
            of_version: version,
            step: step.to_owned(),
            aside: None,
            kind: None,
            notification: None,
        }
    }

    /// What a pack tells of a record of a system.
    pub(crate) fn told(told: &Told) -> Self {
        Self {
            kind: Some(told.kind.clone()),
            notification: Some(told.notification.clone()),
            ..Self::about(told.record, told.version, TOLD)
        }
    }
}

/// The step of a notice that a pack declares.
const TOLD: &str = "told";

#[derive(Serialize, Deserialize)]
struct Payload {
    account: Id,
    report: Id,
    version: i64,
    step: String,
}

pub(crate) fn declaration() -> Declaration {
    Declaration {
        kind: NOTICE,
        fields: vec![
            Field::required("report", FieldKind::Reference).indexed(Indexed::Shown),
            Field::required("of_version", FieldKind::Whole(1, i64::MAX)),
            Field::required("step", FieldKind::Text(40)),
            Field::optional("aside", FieldKind::Flag).indexed(Indexed::Filtered),
            Field::optional("kind", FieldKind::Text(40)),
            Field::optional("notification", FieldKind::Text(80)),
        ],
        order: &[],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(directory::Act::Draft),
    }
}

/// The job that tells an account what was done to a report.
pub(crate) fn job(account: Id, report: &Record, step: &str) -> Result<NewJob, PlanError> {
    let payload = Payload {
        account,
        report: report.id,
        version: report.version,
        step: step.to_owned(),
    };
    let payload = serde_json::to_string(&payload)
        .map_err(|error| PlanError::Shape(format!("a job for a notice: {error}")))?;
    Ok(NewJob {
        kind: NOTIFY.to_owned(),
        payload,
        unique_key: None,
        run_at: None,
    })
}

/// Makes the notice of a job: of its identity, so that there is one however often it is tried.
pub(crate) async fn make(
    batch: &mut Batch<'_>,
    job: &Job,
    account: Id,
    body: &NoticeBody,
) -> Result<(), PlanError> {
    make_as(batch, job.id, account, body).await
}

/// The same of an identity of its own.
pub(crate) async fn make_as(
    batch: &mut Batch<'_>,
    id: Id,
    account: Id,
    body: &NoticeBody,
) -> Result<(), PlanError> {
    batch
        .create(Draft {
            kind: NOTICE,
            id: Some(id),
            unit: account,
            body: to_map("a notice", body)?,
        })
        .await?;
    Ok(())
}

impl Plans {
    /// Makes the notice of a leased job and ends the job, both or neither. An error leaves the
    /// job with its worker, to be given back.
    pub async fn notify(&self, job: &Job, worker: Id) -> Result<(), PlanError> {
        let payload: Payload = serde_json::from_str(&job.payload)
            .map_err(|error| PlanError::Shape(format!("the job of a notice: {error}")))?;
        let program = self.program();
        let mut batch = self.registry().batch(&program);
        let body = NoticeBody::about(payload.report, payload.version, &payload.step);
        make(&mut batch, job, payload.account, &body).await?;
        batch.complete(job.id, worker);
        batch.commit(String::new()).await?;
        Ok(())
    }

    /// The program itself, at a job.
    pub(crate) fn program(&self) -> Caller {
        let request = self.registry().store().context().new_id();
        Caller::new(Principal::system(), "job", request)
    }

    /// The notices that a reader has not put aside, latest first, at most so many.
    pub async fn notices(
        &self,
        reader: &Principal,
        limit: usize,
    ) -> Result<Vec<Notice>, PlanError> {
        let Some(account) = reader.account else {
            return Ok(Vec::new());
        };
        let query = ListQuery::new(NOTICE, Scope::units([account]))
            .filter("aside", store::Value::Null)
            .descending()
            .limit(limit);
        let page = self.registry().list_all(&query).await?;
        let notices = page.items.iter().map(|record| {
            let body: NoticeBody = record.read()?;
            Ok(Notice {
                id: record.id,
                report: body.report,
                step: body.step,
                at: record.at,
                system: body.kind.zip(body.notification),
            })
        });
        notices.collect()
    }

    /// Puts one of one's own notices aside; nothing happens if it was before.
    pub async fn put_aside(&self, by: &Caller, id: Id) -> Result<(), PlanError> {
        let notice = self.registry().get(&by.principal, NOTICE, id).await?;
        if notice.body.contains_key("aside") {
            return Ok(());
        }
        let mut body = notice.body.clone();
        body.insert("aside".to_owned(), Value::Bool(true));
        let mut batch = self.registry().batch(by);
        batch.edit(NOTICE, &notice, body).await?;
        batch.commit(String::new()).await?;
        Ok(())
    }
}
