//! Mail digests: what waits for somebody and what changed in the plan since the last one, on the
//! days that they chose themselves.
//!
//! A subscription is a record of the account's own. Once a working day each process looks whose
//! turn it is ([`Plans::run_digests`]); that a turn was taken stands in the subscription, in the
//! same transaction as the job that mails, so that each turn is mailed once however many
//! processes look. The letter is made when the job is done, of what its reader may see then
//! ([`Plans::digest_letter`]).

mod letter;
mod rhythm;
mod run;

use directory::Act;
use jiff::civil::Date;
use registry::{Caller, Declaration, Draft, Field, FieldKind, Indexed, Lifecycle, Record};
use serde::{Deserialize, Serialize};
use vocab::{Id, Instant, Lang};

pub use letter::DigestLetter;
pub use rhythm::Rhythm;

use crate::error::PlanError;
use crate::plans::{Plans, identity};
use crate::records::to_map;

/// The kind of record that a subscription is.
pub const DIGEST: &str = "digest";
/// The kind of the job that mails a digest.
pub const DIGEST_MAIL: &str = "digest_mail";

/// What somebody chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// When a digest is mailed; none for never.
    pub rhythm: Option<Rhythm>,
    /// The subscription's version; 0 where there was none yet.
    pub version: i64,
}

/// The body of a subscription.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct DigestBody {
    /// [`Rhythm::value`], or [`OFF`].
    rhythm: String,
    /// The language of the mails.
    lang: String,
    /// Until when the last digest told, in microseconds: the next one tells what came after.
    told: i64,
    /// The day whose turn was taken last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ran: Option<Date>,
}

/// The rhythm of whoever wants no digest any more.
const OFF: &str = "off";

pub(crate) fn declaration() -> Declaration {
    Declaration {
        kind: DIGEST,
        fields: vec![
            Field::required("rhythm", FieldKind::Text(20)).indexed(Indexed::Filtered),
            Field::required("lang", FieldKind::Text(10)),
            Field::required("told", FieldKind::Whole(0, i64::MAX)),
            Field::optional("ran", FieldKind::Text(10)),
        ],
        order: &[],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Draft),
    }
}

/// The identity of an account's subscription: there is one.
fn subscription_id(account: Id) -> Id {
    identity(&format!("digest/{account}"))
}

impl Plans {
    /// What somebody chose; never, where they chose nothing yet.
    pub async fn subscription(&self, account: Id) -> Result<Subscription, PlanError> {
        let record = self.subscribed(account).await?;
        let Some(record) = record else {
            return Ok(Subscription {
                rhythm: None,
                version: 0,
            });
        };
        let body: DigestBody = record.read()?;
        Ok(Subscription {
            rhythm: Rhythm::from_value(&body.rhythm),
            version: record.version,
        })
    }

    /// Chooses when one's own digest is mailed, in which language; none for never. The first one
    /// tells of what happens from now on. Choosing what was chosen already changes nothing.
    ///
    /// Nobody without an account has a digest: refused as a permission is.
    pub async fn subscribe(
        &self,
        by: &Caller,
        rhythm: Option<Rhythm>,
        lang: Lang,
    ) -> Result<(), PlanError> {
        let account = by.principal.account.unwrap_or(Id::NIL);
        let chosen = rhythm.map_or(OFF, Rhythm::value);
        let record = self.subscribed(account).await?;
        let mut batch = self.registry().batch(by);
        match record {
            None if rhythm.is_none() => return Ok(()),
            None => {
                let body = self.beginning_now(chosen, lang);
                batch
                    .create(Draft {
                        kind: DIGEST,
                        id: Some(subscription_id(account)),
                        unit: account,
                        body: to_map("a subscription", &body)?,
                    })
                    .await?;
            }
            Some(record) => {
                let before: DigestBody = record.read()?;
                let same = before.rhythm == chosen && before.lang == lang.tag();
                if same {
                    return Ok(());
                }
                let body = if before.rhythm == OFF {
                    self.beginning_now(chosen, lang)
                } else {
                    DigestBody {
                        rhythm: chosen.to_owned(),
                        lang: lang.tag().to_owned(),
                        ..before
                    }
                };
                batch
                    .edit(DIGEST, &record, to_map("a subscription", &body)?)
                    .await?;
            }
        }
        batch.commit(String::new()).await?;
        Ok(())
    }

    fn beginning_now(&self, rhythm: &str, lang: Lang) -> DigestBody {
        let now: Instant = self.registry().store().context().now();
        DigestBody {
            rhythm: rhythm.to_owned(),
            lang: lang.tag().to_owned(),
            told: now.as_micros(),
            // The first one comes on another day: there is hardly anything to tell yet.
            ran: Some(now.in_vietnam().date()),
        }
    }

    async fn subscribed(&self, account: Id) -> Result<Option<Record>, PlanError> {
        let id = subscription_id(account);
        Ok(self.registry().find(DIGEST, id).await?)
    }
}
