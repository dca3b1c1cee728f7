//! `…/nhap`: the imports into a system, and beginning one with a file.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use registry::RegistryError;
use registry::system::imports::{Import, ImportState, ImportStep, NewImport, Which, may_import};
use store::Cursor;
use vocab::{FieldProblem, Lang, Problem};

use super::super::fields::unreadable;
use super::super::{Failure, GoTo, MultipartForm, Page, form_errors, refused};
use super::desk::{Desk, Sought};
use super::list::{Asked, asked};
use crate::i18n::Translator;
use crate::pages::parts::{FormErrors, Link, Pager};
use crate::pages::system_import::{ImportRow, SystemImports};

/// How many imports a page shows.
const SHOWN: usize = 20;

pub(super) async fn show(
    desk: Desk,
    Query(query): Query<Asked>,
) -> Result<Page<SystemImports>, Failure> {
    let after = asked(&query, "sau");
    desk.imports_page(after, FormErrors::default())
        .await
        .map(Page)
}

/// `POST`: `tep`. Its rows are tried in the background, on the page that this leads to.
pub(super) async fn begin(Sought(desk): Sought, form: MultipartForm) -> Result<Response, Failure> {
    let desk = desk?;
    desk.demand_importing()?;
    let caller = desk.sender(&form.fields);
    let id = form.fields.identity();
    form.fields.done()?;
    let file = form.files.into_iter().next();
    let begun = match (file, form.refused.into_iter().next()) {
        (_, Some(refusal)) => Err(RegistryError::Refused(
            Problem::new(422, "invalid-fields", "a table").at(refusal),
        )),
        (None, None) => Err(wrong("people-file-missing")),
        (Some(file), None) => {
            desk.registry()
                .receive(&caller, &file.stored.digest)
                .await?;
            let new = NewImport {
                id: Some(id),
                file: registry::Evidence::of(file.name, &file.stored),
                lang: desk.words().lang,
                ignored: reason_titles(),
            };
            desk.registry()
                .begin_import(&caller, desk.kind(), new)
                .await
        }
    };
    match begun {
        Ok(import) => Ok(GoTo::link(&desk.import_link(&import, "")).into_response()),
        Err(RegistryError::Refused(problem)) if problem.status == 422 => {
            let errors = form_errors(desk.words(), &problem, &[], "tep");
            Ok(refused(&problem, desk.imports_page("", errors).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn wrong(code: &str) -> RegistryError {
    RegistryError::Refused(Problem::new(422, code, "a table").at(FieldProblem::new("tep", code)))
}

/// What the column of reasons is called in files of refused rows: sent back, it is passed over.
pub(crate) fn reason_titles() -> Vec<String> {
    let titled = |lang| Translator::new(lang).t("system-import-reason");
    Lang::ALL.into_iter().map(titled).collect()
}

/// Where an import stands, in words.
pub(crate) fn state(words: Translator, import: &Import) -> String {
    words.t(match import.state {
        ImportState::Trying => "system-import-state-trying",
        ImportState::Tried => "system-import-state-tried",
        ImportState::Running => "system-import-state-running",
        ImportState::Done => "system-import-state-done",
        ImportState::Cancelled => "system-import-state-cancelled",
        ImportState::Stopped => "system-import-state-stopped",
        ImportState::Undoing => "system-import-state-undoing",
        ImportState::Undone => "system-import-state-undone",
    })
}

/// The step in addresses.
pub(super) const fn step_address(step: ImportStep) -> &'static str {
    match step {
        ImportStep::Start => "bat-dau",
        ImportStep::Cancel => "dung",
        ImportStep::Resume => "tiep-tuc",
        ImportStep::Undo => "hoan-tac",
    }
}

impl Desk {
    /// Whether the visitor may bring records in.
    pub(super) fn may_import(&self) -> bool {
        may_import(&self.visitor.principal, self.kind())
    }

    pub(crate) fn demand_importing(&self) -> Result<(), Failure> {
        if self.may_import() {
            return Ok(());
        }
        Err(Failure::denied(
            "denied-role-missing",
            "bringing records in",
        ))
    }

    /// The address of an import, and of what stands under it.
    pub(super) fn import_link(&self, import: &Import, rest: &str) -> String {
        let id = import.id();
        self.link(&if rest.is_empty() {
            format!("nhap/{id}")
        } else {
            format!("nhap/{id}/{rest}")
        })
    }

    /// The import that the address names, as far as the visitor may see it.
    pub(crate) async fn import(&self) -> Result<Import, Failure> {
        let id = self.param("import").parse();
        let id = id.map_err(|_| Failure::not_found("no identity"))?;
        let import = self.registry().import(&self.visitor.principal, id).await?;
        if import.kind() == self.kind().name {
            Ok(import)
        } else {
            Err(Failure::not_found("an import into another system"))
        }
    }

    async fn imports_page(
        &self,
        after: &str,
        errors: FormErrors,
    ) -> Result<SystemImports, Failure> {
        let mark = (!after.is_empty()).then(|| after.parse::<Cursor>());
        let mark = mark
            .transpose()
            .map_err(|_| unreadable("address-unreadable", "a place that no list has"))?;
        let registry = self.registry();
        let principal = &self.visitor.principal;
        let found = registry
            .imports(principal, self.kind(), mark, SHOWN)
            .await?;
        if found.items.is_empty() {
            self.demand_importing()?;
        }
        let mut rows = Vec::new();
        for import in &found.items {
            let starter = self.app.directory.account(import.starter()).await?;
            let run = import.pass(Which::Run).unwrap_or_default();
            rows.push(ImportRow {
                file: Link::new(self.import_link(import, ""), import.file().name.clone()),
                state: state(self.words(), import),
                starter: starter.map_or_else(String::new, |account| account.name),
                began: import.began().in_vietnam().datetime(),
                good: run.good,
                refused: run.refused,
            });
        }
        let fields = self.declared().fields.iter();
        let columns = fields.filter(|field| registry::system::imports::is_taken(field));
        let list = self.link("nhap");
        Ok(SystemImports {
            kind: Link::new(self.link(""), self.say(&self.declared().record.title)),
            action: if self.may_import() {
                list.clone()
            } else {
                String::new()
            },
            columns: columns.map(|field| self.say(&field.title)).collect(),
            rows,
            pager: Pager {
                previous: (!after.is_empty()).then(|| list.clone()),
                next: found.next.map(|next| format!("{list}?sau={next}")),
            },
            errors,
            shell: self.shell(),
        })
    }

    /// What is wrong with a row, each field by its title.
    pub(crate) fn reasons(&self, problem: &Problem) -> String {
        let said = form_errors(self.words(), problem, &[], "");
        let titled = said.0.iter().map(|error| {
            let id = error.field.split('/').next().unwrap_or_default();
            let fields = &self.declared().fields;
            let field = fields.iter().find(|field| field.id.text == id);
            match field {
                Some(field) => format!("{}: {}", self.say(&field.title), error.message),
                None => error.message.clone(),
            }
        });
        titled.collect::<Vec<_>>().join(" ")
    }
}
