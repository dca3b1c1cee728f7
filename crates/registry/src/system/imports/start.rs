//! Beginning an import: its columns are understood at once, its rows are tried by jobs.

use std::sync::Arc;

use directory::Principal;
use vocab::{FieldProblem, Id, Lang, Problem};

use super::cells::{Lists, columns};
use super::source::{Source, layout_of, shape_column, why};
use super::work::job;
use super::{Body, FILE, IMPORT, Import, ImportState, Pass, SentTable, Which, file_id, may_import};
use crate::comment::object;
use crate::{Caller, Done, Draft, Evidence, Kind, Record, Registry, RegistryError};

/// A file that brings records in.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// The identity of the import; a fresh one if none is given.
    pub id: Option<Id>,
    /// The file, which its sender has sent ([`Registry::receive`]).
    pub file: Evidence,
    /// The language in which numbers are written in it.
    pub lang: Lang,
    /// Titles of columns that are passed over: those of the reasons in files of refused rows.
    pub ignored: Vec<String>,
}

impl Registry {
    /// Begins an import. Its rows are tried, without effect.
    ///
    /// # Errors
    ///
    /// 403 for whoever may not import; 422 at `tep` for a file that cannot be read or has a
    /// column that is no field.
    pub async fn begin_import(
        &self,
        caller: &Caller,
        kind: &Kind,
        new: NewImport,
    ) -> Result<Import, RegistryError> {
        if let Some(before) = self.answered(caller).await? {
            return self.import_before(&caller.principal, &before).await;
        }
        if !may_import(&caller.principal, kind) {
            let about = format!("importing into {}", kind.name);
            return Err(RegistryError::refused(403, "denied-role-missing", about));
        }
        let digest = new
            .file
            .digest()
            .ok_or_else(|| wrong("people-file-missing"))?;
        self.demand_receipt(caller, &digest).await?;
        let bytes = self.sent(&digest).await?;
        let bytes = bytes.ok_or_else(|| wrong("people-file-missing"))?;
        let systems = self.systems().clone();
        let fields = &systems.catalog().record(kind.at).declared.fields;
        let layout = layout_of(&bytes);
        let lists = Arc::new(Lists::of(systems.catalog(), kind));
        let mut source = Source::open(bytes, shape_column(fields), lists)?;
        let head = source.peek(1).await.map_err(|error| wrong(why(&error)))?;
        let head = head.first().ok_or_else(|| wrong("people-file-broken"))?;
        let columns = columns(fields, &head.cells, &new.ignored)?;
        source.pass(1);

        let now = self.store().context().now();
        let id = new.id.unwrap_or_else(|| self.store().context().new_id());
        let starter = caller.principal.account.unwrap_or(Id::NIL);
        let body = Body {
            kind: kind.name.to_owned(),
            began: now.as_micros(),
            file: SentTable {
                name: new.file.name.clone(),
                sha256: new.file.sha256.clone(),
                size: new.file.size,
                layout,
            },
            lang: new.lang.tag().to_owned(),
            columns,
            trial: Pass::begun(now),
            run: None,
            undo: None,
            undoer: None,
            why: None,
            holds: true,
        };
        let record = Record {
            id,
            version: 1,
            unit: starter,
            state: ImportState::Trying.value().to_owned(),
            author: Some(starter),
            at: now,
            body: serde_json::Map::new(),
        };
        let import = Import {
            record,
            body,
            state: ImportState::Trying,
        };
        let mut batch = self.batch(caller);
        let written = import.written()?;
        let draft = Draft {
            kind: IMPORT,
            id: Some(id),
            unit: starter,
            body: written.body.clone(),
        };
        batch.create(draft).await?;
        let holds = serde_json::json!({ "import": id.to_string(), "file": [new.file] });
        let sent = Draft {
            kind: FILE,
            id: Some(file_id(id)),
            unit: starter,
            body: object(holds)?,
        };
        let sent = batch.begun(sent)?;
        batch
            .put(FILE, &sent, "create", &serde_json::Map::new())
            .await?;
        batch.enqueue(job(id)?);
        match batch.commit(id.to_string()).await? {
            Done::Before(answer) => self.import_before(&caller.principal, &answer).await,
            Done::Now(_) => {
                self.sources().keep(id, Which::Trial, now, source);
                Ok(import)
            }
        }
    }

    pub(super) async fn import_before(
        &self,
        principal: &Principal,
        answer: &str,
    ) -> Result<Import, RegistryError> {
        let id = answer
            .parse()
            .map_err(|_| RegistryError::refused(500, "internal", answer))?;
        self.import(principal, id).await
    }
}

pub(super) fn wrong(code: &str) -> RegistryError {
    RegistryError::Refused(
        Problem::new(422, "invalid-fields", "a table").at(FieldProblem::new("tep", code)),
    )
}
