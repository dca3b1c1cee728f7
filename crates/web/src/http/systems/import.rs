//! `…/nhap`: records from a table (CSV or XLSX), each row checked; refused rows come back in the
//! same layout with the reasons.

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use directory::Act;
use pack::declaration::Field;
use registry::system::NewRecord;
use registry::{Caller, Idempotency, RegistryError};
use vocab::{FieldProblem, Problem, hex};

use super::super::{Failure, MultipartForm, Page, form_errors, refused};
use super::desk::{Desk, Sought};
use super::export::plain;
use super::list::{Asked, asked};
use crate::pages::parts::{FormErrors, Link};
use crate::pages::system_import::{SystemImport, SystemImportReport};

/// How many refused rows the page shows; all of them stand in the file.
const SHOWN: usize = 50;

pub(super) async fn show(desk: Desk) -> Result<Page<SystemImport>, Failure> {
    desk.demand_importing()?;
    Ok(Page(desk.import_page(None, FormErrors::default())))
}

/// `POST`: `tep`, and `viec` = `thu` to try or `nhap` to take in.
pub(super) async fn take(Sought(desk): Sought, form: MultipartForm) -> Result<Response, Failure> {
    let desk = desk?;
    desk.demand_importing()?;
    let caller = desk.sender(&form.fields);
    let mut fields = form.fields;
    let tried = fields.take("viec")? != "nhap";
    fields.done()?;
    let digest = form.files.first().map(|file| file.stored.digest);
    let done = match (digest, form.refused.into_iter().next()) {
        (_, Some(refusal)) => Err(RegistryError::Refused(
            Problem::new(422, "invalid-fields", "a table").at(refusal),
        )),
        (None, None) => Err(wrong("people-file-missing")),
        (Some(digest), None) => desk.import(&caller, &digest, tried).await,
    };
    match done {
        Ok(report) => {
            Ok(Page(desk.import_page(Some(report), FormErrors::default())).into_response())
        }
        Err(RegistryError::Refused(problem)) if problem.status != 404 => {
            let errors = form_errors(desk.words(), &problem, &[], "tep");
            Ok(refused(&problem, desk.import_page(None, errors)))
        }
        Err(error) => Err(error.into()),
    }
}

/// `…/nhap/loi`: the refused rows of a file that the visitor sent, with what is wrong.
pub(super) async fn refused_rows(
    desk: Desk,
    Query(query): Query<Asked>,
) -> Result<Response, Failure> {
    desk.demand_importing()?;
    let digest =
        hex::decode_digest(asked(&query, "tep")).ok_or_else(|| Failure::not_found("no digest"))?;
    let principal = &desk.visitor.principal;
    if !desk.registry().has_sent(principal, &digest).await? {
        return Err(Failure::not_found("a file that somebody else sent"));
    }
    let wanted: Vec<usize> = asked(&query, "dong")
        .split('.')
        .filter_map(|row| row.parse().ok())
        .collect();
    let table = desk.read_table(&digest).await?;
    let plan = desk.columns_of(&table)?;
    let mut rows = Vec::new();
    let mut head: Vec<String> = table.rows[0]
        .cells
        .iter()
        .map(|cell| cell.text.clone())
        .collect();
    head.push(desk.words().t("system-import-reason"));
    rows.push(head);
    for place in wanted {
        let Some(row) = table.rows.get(place).filter(|_| place > 0) else {
            continue;
        };
        let mut cells: Vec<String> = row.cells.iter().map(|cell| cell.text.clone()).collect();
        cells.resize(table.rows[0].cells.len(), String::new());
        let by = of_row(&desk.caller(), place);
        let reason = match desk.import_row(&by, &plan, &cells, true).await? {
            Some(problem) => desk.reasons(&problem),
            None => String::new(),
        };
        cells.push(reason);
        rows.push(cells);
    }
    let written = plain(&rows).map_err(Failure::internal)?;
    let name = format!(
        "attachment; filename=\"{}-loi.csv\"",
        &*desk.declared().record.id
    );
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        written,
    )
        .into_response())
}

/// The caller who brings in one row: the same file sent twice makes each record once.
fn of_row(caller: &Caller, place: usize) -> Caller {
    let idempotency = caller.idempotency.as_ref().map(|form| Idempotency {
        key: format!("{}/{place}", form.key),
        digest: form.digest,
    });
    Caller {
        via: "import",
        idempotency,
        ..caller.clone()
    }
}

pub(super) fn wrong(code: &str) -> RegistryError {
    RegistryError::Refused(Problem::new(422, code, "a table").at(FieldProblem::new("tep", code)))
}

impl Desk {
    /// Whether the visitor may bring records in.
    pub(super) fn may_import(&self) -> bool {
        let permissions = self.visitor.principal.permissions();
        permissions
            .clauses(Act::Import, self.kind().name)
            .next()
            .is_some()
    }

    fn demand_importing(&self) -> Result<(), Failure> {
        if self.may_import() && self.may_make() {
            return Ok(());
        }
        Err(Failure::denied(
            "denied-role-missing",
            "bringing records in",
        ))
    }

    fn import_page(&self, report: Option<SystemImportReport>, errors: FormErrors) -> SystemImport {
        let columns = self.importable().map(|field| self.say(&field.title));
        SystemImport {
            kind: Link::new(self.link(""), self.say(&self.declared().record.title)),
            action: self.link("nhap"),
            columns: columns.collect(),
            report,
            errors,
            shell: self.shell(),
        }
    }

    async fn import(
        &self,
        caller: &Caller,
        digest: &[u8; 32],
        tried: bool,
    ) -> Result<SystemImportReport, RegistryError> {
        let table = self.read_table(digest).await?;
        let plan = self.columns_of(&table)?;
        self.registry().receive(caller, digest).await?;
        let (mut taken, mut wrong, mut places) = (0, Vec::new(), Vec::new());
        for (place, row) in table.rows.iter().enumerate().skip(1) {
            let cells: Vec<String> = row.cells.iter().map(|cell| cell.text.clone()).collect();
            let by = of_row(caller, place);
            match self.import_row(&by, &plan, &cells, tried).await? {
                None => taken += 1,
                Some(problem) => {
                    if wrong.len() < SHOWN {
                        wrong.push((row.line, self.reasons(&problem)));
                    }
                    places.push(place.to_string());
                }
            }
        }
        let file = format!(
            "{}?tep={}&dong={}",
            self.link("nhap/loi"),
            hex::encode(digest),
            places.join(".")
        );
        Ok(SystemImportReport {
            tried,
            taken,
            refused: places.len(),
            wrong,
            file: if places.is_empty() {
                String::new()
            } else {
                file
            },
        })
    }

    /// What is wrong with a row; nothing if it was taken in, or could be.
    async fn import_row(
        &self,
        caller: &Caller,
        plan: &[Option<&Field>],
        cells: &[String],
        tried: bool,
    ) -> Result<Option<Problem>, RegistryError> {
        let (fields, problems) = self.read_row(plan, cells).await?;
        if !problems.is_empty() {
            return Ok(Some(super::save::invalid(problems)));
        }
        let new = NewRecord {
            fields,
            ..NewRecord::default()
        };
        let done = if tried {
            self.registry().could_make(caller, self.kind(), new).await
        } else {
            self.registry()
                .make(caller, self.kind(), new)
                .await
                .map(|_| ())
        };
        match done {
            Ok(()) => Ok(None),
            Err(RegistryError::Refused(problem)) => Ok(Some(problem)),
            Err(error) => Err(error),
        }
    }

    /// What is wrong with a row, each field by its title.
    fn reasons(&self, problem: &Problem) -> String {
        let said = form_errors(self.words(), problem, &[], "");
        let titled = said.0.iter().map(|error| {
            let id = error.field.split('/').next().unwrap_or_default();
            let field = self
                .declared()
                .fields
                .iter()
                .find(|field| field.id.text == id);
            match field {
                Some(field) => format!("{}: {}", self.say(&field.title), error.message),
                None => error.message.clone(),
            }
        });
        titled.collect::<Vec<_>>().join(" ")
    }
}
