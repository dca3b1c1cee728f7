//! The same devices in Directus's database: put in by the driver, as if it had made them itself.
//!
//! Its API takes a million in hours. What each device does not say for itself is that of one which
//! Directus made, so that every value is kept as Directus keeps it; and each has its activity and its
//! revision, as those have that come through the API.

use bytes::Bytes;
use futures_util::SinkExt;
use rusqlite::{Connection, params};
use vocab::Id;

use super::Directus;
use crate::Failure;
use crate::place::connect;

use super::super::devices::Owners;

/// What is the same in every device, by column.
const ALIKE: &str =
    "state, created_on, bought_on, source, warranty_months, warranty_until, repair_cost_vnd";
/// How many rows of COPY go into one message.
const SENT: u64 = 2_048;

impl Directus {
    /// Puts so many in while it does not run; `like` is the one that it made, which goes.
    pub(in super::super) async fn load(
        &self,
        like: Id,
        owners: &Owners,
        count: u64,
    ) -> Result<(), Failure> {
        match &self.config.database_url {
            None => load_sqlite(&Connection::open(self.file())?, like, owners, count),
            Some(url) => load_postgres(&connect(url).await?, like, owners, count).await,
        }
    }
}

fn load_sqlite(
    connection: &Connection,
    like: Id,
    owners: &Owners,
    count: u64,
) -> Result<(), Failure> {
    connection.execute_batch("BEGIN")?;
    let mut statement = connection.prepare(&format!(
        "INSERT INTO device (id, unit, code, kind, model, price_vnd, {ALIKE}) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, {ALIKE} FROM device WHERE id = ?7"
    ))?;
    let like = like.to_string();
    for number in 0..count {
        let device = owners.device(number)?;
        let price = i64::try_from(device.price_vnd)?;
        let (id, unit) = (device.id.to_string(), device.unit.to_string());
        statement.execute(params![
            id,
            unit,
            device.code,
            device.kind,
            device.model,
            price,
            like
        ])?;
    }
    drop(statement);
    connection.execute_batch(&tracked(
        &like,
        "json_set(r.data, '$.id', d.id, '$.unit', d.unit, '$.code', d.code, '$.kind', d.kind, \
         '$.model', d.model, '$.price_vnd', d.price_vnd)",
    ))?;
    connection.execute_batch("COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

async fn load_postgres(
    client: &tokio_postgres::Client,
    like: Id,
    owners: &Owners,
    count: u64,
) -> Result<(), Failure> {
    client
        .batch_execute(
            "CREATE TEMP TABLE many (id uuid, unit uuid, code text, kind text, model text, price_vnd bigint)",
        )
        .await?;
    let mut sink = Box::pin(client.copy_in::<_, Bytes>("COPY many FROM STDIN").await?);
    for start in (0..count).step_by(usize::try_from(SENT)?) {
        let lines = (start..count.min(start + SENT)).map(|number| {
            let device = owners.device(number)?;
            Ok(format!(
                "{}\t{}\t{}\t{}\t{}\t{}\n",
                device.id, device.unit, device.code, device.kind, device.model, device.price_vnd
            ))
        });
        let lines: String = lines.collect::<Result<_, Failure>>()?;
        sink.send(Bytes::from(lines)).await?;
    }
    sink.as_mut().finish().await?;
    let like = like.to_string();
    let tracked = tracked(
        &like,
        "(r.data::jsonb || jsonb_build_object('id', d.id, 'unit', d.unit, 'code', d.code, 'kind', d.kind, \
         'model', d.model, 'price_vnd', d.price_vnd))::json",
    );
    client
        .batch_execute(&format!(
            "BEGIN; \
             INSERT INTO device (id, unit, code, kind, model, price_vnd, {ALIKE}) \
             SELECT m.id, m.unit, m.code, m.kind, m.model, m.price_vnd, {ALIKE} \
             FROM many m, (SELECT {ALIKE} FROM device WHERE id = '{like}') alike; \
             ANALYZE device; {tracked} COMMIT"
        ))
        .await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    Ok(())
}

/// Activity and revisions of all that have none, as those of one that Directus made; `data` makes its
/// revision `r` that of the device `d`. That one goes, and the index for what will be asked is made: its
/// API makes indexes of one column alone, its administrator any.
fn tracked(like: &str, data: &str) -> String {
    let (activity, revision) = (
        "action, \"user\", \"timestamp\", ip, user_agent, collection, origin",
        format!(
            "SELECT a.id, 'device', d.id, {data}, {data} FROM directus_revisions r, directus_activity a \
             JOIN device d ON a.item = CAST(d.id AS varchar(36)) \
             WHERE r.item = '{like}' AND a.collection = 'device' AND a.item <> '{like}' \
             AND a.id NOT IN (SELECT activity FROM directus_revisions WHERE activity IS NOT NULL)"
        ),
    );
    format!(
        "INSERT INTO directus_activity ({activity}, item) \
         SELECT {activity}, d.id FROM device d, \
         (SELECT {activity} FROM directus_activity WHERE item = '{like}' AND collection = 'device') like_it \
         WHERE d.code IS NOT NULL; \
         ANALYZE directus_activity; \
         INSERT INTO directus_revisions (activity, collection, item, data, delta) {revision}; \
         DELETE FROM directus_revisions WHERE item = '{like}'; \
         DELETE FROM directus_activity WHERE item = '{like}'; \
         DELETE FROM device WHERE id = '{like}'; \
         CREATE INDEX device_unit_kind ON device (unit, kind, id);"
    )
}
