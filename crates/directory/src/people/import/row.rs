//! A row of a list, read by itself.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::super::person::is_email;
use super::super::{PersonDraft, PositionDraft, PositionKind};
use super::columns::{Cells, Column};
use super::{RowProblem, cells};
use crate::accounts::person_name;
use crate::permission::RoleBook;
use crate::{Directory, DirectoryError, UnitTree};

/// What a row says.
pub(super) struct Sought {
    pub(super) draft: PersonDraft,
    pub(super) position: Option<PositionDraft>,
}

/// Reads rows by the roles that there are and by the units of their days.
pub(super) struct RowReader {
    demo: bool,
    today: Date,
    book: Arc<RoleBook>,
    trees: HashMap<Date, Arc<UnitTree>>,
}

impl RowReader {
    pub(super) async fn new(directory: &Directory, demo: bool) -> Result<Self, DirectoryError> {
        Ok(Self {
            demo,
            today: directory.today(),
            book: directory.roles().await?,
            trees: HashMap::new(),
        })
    }

    /// What a row says, or all that is wrong with it.
    pub(super) async fn read(
        &mut self,
        directory: &Directory,
        row: &Cells<'_>,
    ) -> Result<Result<Sought, Vec<RowProblem>>, DirectoryError> {
        let mut problems = Vec::new();
        let mut draft = PersonDraft {
            demo: self.demo,
            ..PersonDraft::default()
        };
        match person_name(&row.text(Column::Name)) {
            Ok(name) => draft.name = name,
            Err(_) => problems.push(wrong(row, Column::Name, "name-invalid")),
        }
        let text = row.text(Column::CitizenId);
        match text.parse() {
            Ok(number) => draft.citizen_id = Some(number),
            Err(_) if text.is_empty() => {}
            Err(_) => problems.push(wrong(row, Column::CitizenId, "citizen-id-invalid")),
        }
        let text = row.text(Column::Phone);
        match text.parse() {
            Ok(phone) => draft.phone = Some(phone),
            Err(_) if text.is_empty() => {}
            Err(_) => problems.push(wrong(row, Column::Phone, "phone-invalid")),
        }
        let text = row.text(Column::Email);
        if is_email(&text) {
            draft.email = Some(text);
        } else if !text.is_empty() {
            problems.push(wrong(row, Column::Email, "email-invalid"));
        }
        let text = row.text(Column::Login);
        if !text.is_empty() {
            match directory.account_by_login(&text).await? {
                Some(account) => draft.account = Some(account.id),
                None => problems.push(wrong(row, Column::Login, "account-unknown")),
            }
        }
        let position = self.position(directory, row, &mut problems).await?;
        if problems.is_empty() {
            Ok(Ok(Sought { draft, position }))
        } else {
            Ok(Err(problems))
        }
    }

    /// The position that a row names; none if it names neither unit nor title.
    async fn position(
        &mut self,
        directory: &Directory,
        row: &Cells<'_>,
        problems: &mut Vec<RowProblem>,
    ) -> Result<Option<PositionDraft>, DirectoryError> {
        let (name, title) = (row.text(Column::Unit), row.text(Column::Title));
        if name.is_empty() && title.is_empty() {
            return Ok(None);
        }
        let text = row.text(Column::From);
        let valid_from = cells::read_day(&text);
        if valid_from.is_none() {
            let code = if text.is_empty() {
                "date-missing"
            } else {
                "date-invalid"
            };
            problems.push(wrong(row, Column::From, code));
        }
        let text = row.text(Column::To);
        let last = cells::read_day(&text);
        if last.is_none() && !text.is_empty() {
            problems.push(wrong(row, Column::To, "date-invalid"));
        }
        let valid_to = last.and_then(|day| day.tomorrow().ok());
        let roles = cells::roles(&row.text(Column::Roles), &self.book).unwrap_or_else(|part| {
            let problem = wrong(row, Column::Roles, "role-unknown");
            problems.push(problem.with("role", &part));
            Vec::new()
        });
        let kind = cells::kind(&row.text(Column::Kind)).unwrap_or_else(|| {
            problems.push(wrong(row, Column::Kind, "position-kind-unknown"));
            PositionKind::default()
        });
        let primary = cells::yes(&row.text(Column::Primary)).unwrap_or_else(|| {
            problems.push(wrong(row, Column::Primary, "yes-or-no"));
            false
        });
        let tree = self
            .tree(directory, valid_from.unwrap_or(self.today))
            .await?;
        let unit = cells::unit(&name, &tree);
        if unit.is_none() {
            let near = cells::near(&name, &tree);
            problems.push(if near.is_empty() {
                wrong(row, Column::Unit, "unit-unknown")
            } else {
                wrong(row, Column::Unit, "unit-unknown-near").with("near", &near.join("; "))
            });
        }
        let (Some(unit), Some(valid_from)) = (unit, valid_from) else {
            return Ok(None);
        };
        let draft = PositionDraft {
            unit,
            title,
            roles,
            kind,
            primary,
            valid_from,
            valid_to,
        };
        match draft.checked() {
            Ok(draft) => Ok(Some(draft)),
            Err(error) => {
                let code = error.code().unwrap_or("title-invalid").to_owned();
                let column = if code == "dates-order" {
                    Column::To
                } else {
                    Column::Title
                };
                problems.push(wrong(row, column, &code));
                Ok(None)
            }
        }
    }

    async fn tree(
        &mut self,
        directory: &Directory,
        day: Date,
    ) -> Result<Arc<UnitTree>, DirectoryError> {
        if let Some(tree) = self.trees.get(&day) {
            return Ok(tree.clone());
        }
        let tree = directory.units_on(day).await?;
        self.trees.insert(day, tree.clone());
        Ok(tree)
    }
}

/// A cell of a row that is refused.
pub(super) fn wrong(row: &Cells<'_>, column: Column, code: &str) -> RowProblem {
    let text = row.text(column);
    RowProblem {
        column: row.title(column),
        value: if column == Column::CitizenId {
            String::new()
        } else {
            text
        },
        code: code.to_owned(),
        args: BTreeMap::new(),
    }
}

impl RowProblem {
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.args.insert(name.to_owned(), value.to_owned());
        self
    }
}
