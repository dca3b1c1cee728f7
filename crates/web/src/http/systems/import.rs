//! `…/nhap`: records from a table (CSV or XLSX), each row checked; refused rows come back in the
//! same layout with the reasons.

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use directory::{Act, Reading};
use office::{Table, Value as Cell};
use pack::declaration::{Field, FieldType};
use pack::shape::is_set;
use registry::RegistryError;
use registry::system::{NewRecord, Wanted};
use serde_json::{Map, Value};
use vocab::fold::name_key;
use vocab::{FieldProblem, Id, Problem, hex};

use super::super::sent_file::{self, SentFile};
use super::super::{Failure, MultipartForm, Page, form_errors, refused};
use super::desk::{Desk, Sought};
use super::list::{Asked, asked};
use super::typed;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::system_import::{SystemImport, SystemImportReport};

/// The most rows that are taken in at once.
const MOST: usize = 2_000;
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
    let mut fields = form.fields;
    let tried = fields.take("viec")? != "nhap";
    fields.done()?;
    let digest = form.files.first().map(|file| file.stored.digest);
    let done = match (digest, form.refused.into_iter().next()) {
        (_, Some(refusal)) => Err(RegistryError::Refused(
            Problem::new(422, "invalid-fields", "a table").at(refusal),
        )),
        (None, None) => Err(wrong("people-file-missing")),
        (Some(digest), None) => desk.import(&digest, tried).await,
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
        let reason = match desk.import_row(&plan, &cells, true).await? {
            Some(problem) => desk.reasons(&problem),
            None => String::new(),
        };
        cells.push(reason);
        rows.push(cells);
    }
    let written = write(&rows).map_err(|error| Failure::internal(error.to_string()))?;
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

fn write(rows: &[Vec<String>]) -> std::io::Result<Vec<u8>> {
    let mut writer = office::csv::Writer::new(Vec::new())?;
    for row in rows {
        writer.row(row.iter().map(|cell| Cell::Text(cell)))?;
    }
    writer.finish()
}

fn wrong(code: &str) -> RegistryError {
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

    /// The fields that a cell can hold.
    fn importable(&self) -> impl Iterator<Item = &Field> {
        let fields = self.declared().fields.iter();
        fields.filter(|field| {
            field.compute.is_none()
                && !matches!(
                    *field.kind,
                    FieldType::Table | FieldType::File | FieldType::Photo
                )
        })
    }

    async fn read_table(&self, digest: &[u8; 32]) -> Result<Table, RegistryError> {
        let bytes = match sent_file::read(self.app.store(), digest).await? {
            SentFile::Whole(bytes) => bytes,
            SentFile::Missing => return Err(wrong("people-file-missing")),
            SentFile::TooLarge => return Err(wrong("people-file-large")),
        };
        // Unpacking and parsing take their time: not in the threads that answer requests.
        let read = tokio::task::spawn_blocking(move || {
            if bytes.starts_with(b"PK") {
                office::xlsx_in::read(&bytes).ok()
            } else {
                office::csv::read(&String::from_utf8(bytes).ok()?).ok()
            }
        });
        let table = read
            .await
            .ok()
            .flatten()
            .filter(|table| !table.rows.is_empty());
        let table = table.ok_or_else(|| wrong("people-file-broken"))?;
        if table.rows.len() > MOST + 1 {
            return Err(wrong("system-import-too-long"));
        }
        Ok(table)
    }

    /// The field of each column, by its title in either language or its id.
    fn columns_of(&self, table: &Table) -> Result<Vec<Option<&Field>>, RegistryError> {
        let mut columns = Vec::new();
        for cell in table
            .rows
            .first()
            .map_or(&[][..], |row| row.cells.as_slice())
        {
            let key = name_key(&cell.text);
            if key.is_empty() {
                columns.push(None);
                continue;
            }
            let named = self.importable().find(|field| {
                name_key(&field.title.vi) == key
                    || name_key(&field.title.en) == key
                    || *field.id.text == *cell.text
            });
            let Some(field) = named else {
                let shown: String = cell.text.chars().take(60).collect();
                let problem = FieldProblem::new("tep", "system-import-column").with("name", shown);
                return Err(RegistryError::Refused(
                    Problem::new(422, "invalid-fields", "a table").at(problem),
                ));
            };
            columns.push(Some(field));
        }
        Ok(columns)
    }

    async fn import(
        &self,
        digest: &[u8; 32],
        tried: bool,
    ) -> Result<SystemImportReport, RegistryError> {
        let table = self.read_table(digest).await?;
        let plan = self.columns_of(&table)?;
        self.registry().receive(&self.caller(), digest).await?;
        let (mut taken, mut wrong, mut places) = (0, Vec::new(), Vec::new());
        for (place, row) in table.rows.iter().enumerate().skip(1) {
            let cells: Vec<String> = row.cells.iter().map(|cell| cell.text.clone()).collect();
            match self.import_row(&plan, &cells, tried).await? {
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
        plan: &[Option<&Field>],
        cells: &[String],
        tried: bool,
    ) -> Result<Option<Problem>, RegistryError> {
        let mut fields = Map::new();
        let mut problems = Vec::new();
        for (field, cell) in plan.iter().zip(cells) {
            let Some(field) = field else { continue };
            if cell.trim().is_empty() {
                continue;
            }
            let several = is_set(field.repeated.as_ref());
            let parts: Vec<&str> = if several {
                cell.split(';')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .collect()
            } else {
                vec![cell.trim()]
            };
            let mut values = Vec::new();
            for part in parts {
                match self.cell(field, part).await? {
                    Ok(value) => values.push(value),
                    Err(problem) => problems.push(problem),
                }
            }
            let value = if several {
                Some(Value::Array(values))
            } else {
                values.into_iter().next()
            };
            fields.extend(value.map(|value| (field.id.text.clone(), value)));
        }
        if !problems.is_empty() {
            return Ok(Some(super::save::invalid(problems)));
        }
        let caller = registry::Caller {
            via: "import",
            ..self.caller()
        };
        let new = NewRecord {
            fields,
            ..NewRecord::default()
        };
        let done = if tried {
            self.registry().could_make(&caller, self.kind(), new).await
        } else {
            self.registry()
                .make(&caller, self.kind(), new)
                .await
                .map(|_| ())
        };
        match done {
            Ok(()) => Ok(None),
            Err(RegistryError::Refused(problem)) => Ok(Some(problem)),
            Err(error) => Err(error),
        }
    }

    /// A cell as a body says it: codes by their titles too, units by name or code, records by
    /// their number.
    async fn cell(
        &self,
        field: &Field,
        text: &str,
    ) -> Result<Result<Value, FieldProblem>, RegistryError> {
        let unknown = |code: &str| Ok(Err(FieldProblem::new(field.id.text.as_str(), code)));
        match *field.kind {
            FieldType::Code => {
                let list = field
                    .list
                    .as_ref()
                    .and_then(|name| self.systems.catalog().find_list(self.kind().at.pack, name));
                let rows = list.map_or(&[][..], |at| {
                    self.systems.catalog().list(at).rows.as_slice()
                });
                let key = name_key(text);
                let row = rows.iter().find(|row| row.code == text).or_else(|| {
                    rows.iter()
                        .find(|row| name_key(&row.vi) == key || name_key(&row.en) == key)
                });
                Ok(Ok(Value::from(row.map_or(text, |row| row.code.as_str()))))
            }
            FieldType::Unit | FieldType::Area => {
                if text.parse::<Id>().is_ok() {
                    return Ok(Ok(Value::from(text)));
                }
                let unit = self.units.by_area_code(text).map(|unit| unit.id);
                let unit = unit.or_else(|| match self.units.resolve(text, None) {
                    Some(Reading::Unit(unit)) => Some(unit),
                    _ => None,
                });
                match unit {
                    Some(unit) => Ok(Ok(Value::from(unit.to_string()))),
                    None => unknown("no-such-unit"),
                }
            }
            FieldType::Reference if text.parse::<Id>().is_err() => {
                let to = field
                    .to
                    .as_ref()
                    .and_then(|to| self.systems.referred(self.kind(), to));
                let Some(to) = to.filter(|to| to.has_filter("code")) else {
                    return unknown("record-unknown");
                };
                let wanted = Wanted {
                    filters: vec![("code".to_owned(), Value::from(text))],
                    limit: 1,
                    ..Wanted::default()
                };
                let found = self
                    .registry()
                    .listing(&self.visitor.principal, to, wanted)
                    .await?;
                match found.items.first() {
                    Some(record) => Ok(Ok(Value::from(record.id.to_string()))),
                    None => unknown("record-unknown"),
                }
            }
            _ => Ok(typed::value(field, &field.id, text, self.words().lang)),
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
