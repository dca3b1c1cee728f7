//! What lists show, and files.

use vocab::{Id, hex};

use super::{About, CHUNK, Check};
use crate::audit::digest;
use crate::engine::Param;
use crate::files::Files;
use crate::store::Fields;
use crate::{StoreError, TableSpec};

impl Check<'_> {
    /// Heads against the newest version of their records.
    pub(super) async fn heads(&mut self, spec: &TableSpec) -> Result<(), StoreError> {
        let table = &spec.name;
        let columns = spec
            .columns
            .iter()
            .fold(String::new(), |all, column| all + ", h." + &column.name);
        let sql = format!(
            "SELECT h.id, h.version, h.unit, h.state, h.sort_key, h.updated_at, v.head_digest, v.at, \
             (SELECT max(version) FROM record_version n WHERE n.record_id = h.id){columns} \
             FROM head_{table} h LEFT JOIN record_version v ON v.record_id = h.id AND v.version = h.version \
             WHERE h.id > ?1 ORDER BY h.id LIMIT ?2"
        );
        let mut after = Id::NIL;
        let mut count = 0;
        loop {
            let rows = self
                .rows(sql.clone(), vec![Param::from(after), CHUNK.into()])
                .await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                after = row.id(0)?;
                count += 1;
                let shown = digest::head(
                    row.id(2)?,
                    &row.text(3)?,
                    row[4].as_bytes().unwrap_or_default(),
                    spec,
                    &row[9..],
                );
                let fits =
                    row[6].as_bytes() == Some(&shown[..]) && row[7] == row[5] && row[8] == row[1];
                if !fits {
                    let about = About::Record {
                        table: table.clone(),
                        record: after,
                    };
                    self.find("head-altered", about);
                }
            }
        }
        let expected = self.last_with_head.get(table).copied().unwrap_or(0);
        if count != expected {
            let about = About::List {
                table: table.clone(),
                expected,
                listed: count,
            };
            self.find("head-missing", about);
        }
        self.report.heads += count;
        Ok(())
    }

    /// Files against their digests.
    pub(super) async fn files(&mut self) -> Result<(), StoreError> {
        let rows = self
            .rows(
                "SELECT DISTINCT digest FROM file_ref ORDER BY digest".to_owned(),
                Vec::new(),
            )
            .await?;
        for row in rows {
            let digest = row.digest(0)?;
            self.report.files += 1;
            let kind = match Files::every(self.store).check(&digest).await? {
                Some(true) => continue,
                Some(false) => "file-altered",
                None => "file-missing",
            };
            let digest = hex::encode(&digest);
            self.find(kind, About::File { digest });
        }
        Ok(())
    }
}
