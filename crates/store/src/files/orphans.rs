//! Which object holds which content, and which ones are to go.
//!
//! A loose object is one that no file has: its upload runs still (`doomed` 0), or it is to be
//! removed (`doomed` 1). Rows are locked in the order file, loose object, so that no two wait
//! for each other.

use vocab::{Id, Instant};

use super::{Files, StoredFile};
use crate::engine::{Param, Row, Statement};
use crate::store::Fields;
use crate::{Store, StoreError, Value};

/// How many objects are removed between two looks into the database.
const BATCH: i64 = 200;

const NOT_REFERRED: &str =
    "created_at < ?1 AND NOT EXISTS (SELECT 1 FROM file_ref r WHERE r.digest = file.digest)";

impl Store {
    /// Removes files that no version refers to and that came before an instant, and what was
    /// begun before it and never finished. Gives how many files. An upload that began before
    /// the instant and still runs is refused at its end: choose one some hours back.
    pub async fn remove_orphans(&self, older_than: Instant) -> Result<usize, StoreError> {
        let at = older_than.as_micros();
        let lock = format!(
            "SELECT digest FROM file WHERE {NOT_REFERRED} ORDER BY digest{}",
            self.dialect().for_update()
        );
        let statements = vec![
            // A write that refers to one of these holds its row: this waits for it, and what
            // follows sees what it wrote.
            statement(&lock, vec![at.into()]),
            statement(
                &format!(
                    "INSERT INTO loose_object (object, begun_at, doomed) \
                     SELECT object, created_at, 1 FROM file WHERE {NOT_REFERRED} ON CONFLICT DO NOTHING"
                ),
                vec![at.into()],
            ),
            statement(
                &format!(
                    "DELETE FROM file WHERE {NOT_REFERRED} AND EXISTS \
                     (SELECT 1 FROM loose_object l WHERE l.object = file.object) RETURNING digest"
                ),
                vec![at.into()],
            ),
        ];
        let removed = self.inner.engine.execute(statements).await?.remove(2).len();
        let abandoned = "UPDATE loose_object SET doomed = 1 WHERE doomed = 0 AND begun_at < ?1";
        self.run(abandoned, vec![at.into()]).await?;
        self.remove_doomed().await?;
        Ok(removed)
    }

    /// Removes the objects that are to go. One that a file has is never among them.
    async fn remove_doomed(&self) -> Result<(), StoreError> {
        let sql = "SELECT object FROM loose_object WHERE doomed = 1 AND NOT EXISTS \
                   (SELECT 1 FROM file f WHERE f.object = loose_object.object) ORDER BY begun_at, object LIMIT ?1";
        loop {
            let wanted = vec![statement(sql, vec![BATCH.into()])];
            let rows = self.inner.engine.query_all(wanted).await?.remove(0);
            if rows.is_empty() {
                return Ok(());
            }
            for row in &rows {
                self.remove_loose(row.id(0)?).await?;
            }
        }
    }

    async fn remove_loose(&self, object: Id) -> Result<(), StoreError> {
        self.inner.objects.remove(object).await?;
        let forget = "DELETE FROM loose_object WHERE object = ?1 AND doomed = 1";
        self.run(forget, vec![object.into()]).await.map(|_| ())
    }

    /// Notes an object that is about to be begun.
    pub(super) async fn note_loose(&self, object: Id) -> Result<(), StoreError> {
        let sql = "INSERT INTO loose_object (object, begun_at, doomed) VALUES (?1, ?2, 0)";
        let now = self.context().now().as_micros();
        self.run(sql, vec![object.into(), now.into()])
            .await
            .map(|_| ())
    }

    /// Makes a finished object the content of its file, or dooms it where the file has its
    /// content already. An upload of what was damaged heals it.
    pub(super) async fn settle(&self, object: Id, file: &StoredFile) -> Result<(), StoreError> {
        let known = Files::every(self).object(&file.digest).await?;
        let damaged = match known {
            Some(_) if Files::every(self).check(&file.digest).await? != Some(true) => known,
            _ => None,
        };
        let (digest, object_param) = (Param::from(file.digest.to_vec()), Param::from(object));
        let old = Param::One(damaged.map_or(Value::Null, Value::from));
        let lock = format!(
            "SELECT digest FROM file WHERE digest = ?1{}",
            self.dialect().for_update()
        );
        let statements = vec![
            statement(&lock, vec![digest.clone()]),
            // From here on nobody dooms it; no row if somebody has.
            statement(
                "UPDATE loose_object SET doomed = 2 WHERE object = ?1 AND doomed = 0",
                vec![object_param.clone()],
            ),
            statement(
                "INSERT INTO loose_object (object, begun_at, doomed) SELECT object, created_at, 1 FROM file \
                 WHERE digest = ?1 AND object = ?2 ON CONFLICT DO NOTHING",
                vec![digest.clone(), old.clone()],
            ),
            statement(
                "INSERT INTO file (digest, size, media_type, created_at, object) \
                 SELECT ?1, ?2, ?3, ?4, object FROM loose_object WHERE object = ?5 AND doomed = 2 \
                 ON CONFLICT (digest) DO UPDATE SET created_at = excluded.created_at, \
                 object = CASE WHEN file.object = ?6 THEN excluded.object ELSE file.object END \
                 RETURNING object",
                vec![
                    digest.clone(),
                    i64::try_from(file.size).unwrap_or(i64::MAX).into(),
                    file.media_type.as_str().into(),
                    self.context().now().as_micros().into(),
                    object_param.clone(),
                    old,
                ],
            ),
            statement(
                "DELETE FROM loose_object WHERE object = ?1 AND EXISTS \
                 (SELECT 1 FROM file WHERE digest = ?2 AND object = ?1)",
                vec![object_param.clone(), digest],
            ),
            statement(
                "UPDATE loose_object SET doomed = 1 WHERE object = ?1",
                vec![object_param],
            ),
        ];
        let rows = self.inner.engine.execute(statements).await?.remove(3);
        let Some(row) = rows.first() else {
            // Whoever cleared it away may have come before it was whole.
            self.inner.objects.remove(object).await?;
            return Err(StoreError::File {
                doing: crate::FileWork::Storing,
                why: "it took so long that it was cleared away; send it again".to_owned(),
            });
        };
        if row.id(0)? != object {
            self.remove_loose(object).await?;
        }
        Ok(())
    }

    async fn run(&self, sql: &str, params: Vec<Param>) -> Result<Vec<Row>, StoreError> {
        let statements = vec![statement(sql, params)];
        Ok(self.inner.engine.execute(statements).await?.remove(0))
    }
}

fn statement(sql: &str, params: Vec<Param>) -> Statement {
    Statement::new(sql, params)
}
