//! A row of an annex of projects, and what it is: a group, a project, more of the one above, or
//! the total.

use office::{Cell, Row};

use crate::import::columns::{Columns, Meaning};
use crate::import::opening::{begins_small, is_code};
use crate::import::words::key;

const TOTALS: [&str; 5] = ["tổng cộng", "tổng số", "tổng", "cộng", "tổng kinh phí"];

pub(super) struct ProjectRow<'r> {
    pub(super) row: &'r Row,
    code: &'r Cell,
    pub(super) name: &'r Cell,
    pub(super) lead: &'r Cell,
    pub(super) money: [&'r Cell; 3],
    pub(super) note: &'r Cell,
    /// It begins a further piece of the table.
    cut: bool,
}

/// How an annex counts its groups and projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// `9` and `9.1`
    Dotted,
    /// `IX` or `I` and `1`
    Lettered,
    /// `1`, `2`: no groups.
    Flat,
}

/// What a row is.
pub(super) enum Says {
    Total,
    Group,
    Project,
    Continues,
    Nothing,
    Unreadable,
}

impl<'r> ProjectRow<'r> {
    pub(super) fn of(row: &'r Row, columns: &Columns, cut: bool) -> Option<Self> {
        if row.cells.len() < columns.width() {
            return None;
        }
        let cell = |meaning| columns.cell(row, meaning);
        Some(Self {
            row,
            code: cell(Meaning::Number),
            name: cell(Meaning::Name),
            lead: cell(Meaning::Lead),
            money: [
                cell(Meaning::Total),
                cell(Meaning::Recurrent),
                cell(Meaning::Capital),
            ],
            note: cell(Meaning::Note),
            cut,
        })
    }

    pub(super) fn code(&self) -> &'r str {
        self.code.text.trim_end_matches(['.', ')'])
    }

    pub(super) fn is_total(&self) -> bool {
        let says_so = |cell: &Cell| {
            cell.text.chars().count() < 30 && TOTALS.contains(&key(&cell.text).as_str())
        };
        !is_dotted(self.code()) && (says_so(self.code) || says_so(self.name))
    }

    /// What a group is called. Its name stands after its number, whichever column that is.
    pub(super) fn heading(&self) -> &'r str {
        let named = [self.name, self.lead].map(|cell| cell.text.as_str());
        let found = named.into_iter().find(|text| !text.is_empty());
        found.unwrap_or("")
    }

    fn has_money(&self) -> bool {
        self.money.iter().any(|cell| !cell.text.is_empty())
    }

    pub(super) fn says(&self, scheme: Scheme, numbered: bool, begun: bool) -> Says {
        let code = self.code();
        let counted = is_number(code);
        if self.row.cells.iter().all(|cell| cell.text.is_empty()) {
            return Says::Nothing;
        }
        if self.is_total() {
            return Says::Total;
        }
        match scheme {
            _ if code.is_empty() => {}
            Scheme::Dotted if counted => return Says::Group,
            Scheme::Dotted if is_dotted(code) => return Says::Project,
            Scheme::Lettered if is_code(code) => return Says::Group,
            Scheme::Lettered | Scheme::Flat if counted => return Says::Project,
            _ if matches!(code, "-" | "+" | "–") && begun && self.has_money() => {
                return Says::Project;
            }
            _ => return Says::Unreadable,
        }
        let continues = self.cut || self.name.text.is_empty() || begins_small(&self.name.text);
        if begun && continues && !self.has_money() {
            Says::Continues
        } else if !numbered && !self.name.text.is_empty() && self.has_money() {
            Says::Project
        } else {
            Says::Unreadable
        }
    }
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `9.1`
pub(super) fn is_dotted(text: &str) -> bool {
    let mut parts = text.split('.');
    let number = |part: Option<&str>| part.is_some_and(|part| part.parse::<u32>().is_ok());
    number(parts.next()) && number(parts.next()) && parts.next().is_none()
}

/// The row of the whole total: sums of groups may stand above it, under shorter names.
pub(super) fn total<'a, 'r>(rows: &'a [ProjectRow<'r>]) -> Option<&'a ProjectRow<'r>> {
    let totals = || rows.iter().filter(|row| row.is_total());
    let named = |row: &&ProjectRow<'_>| {
        TOTALS[0] == key(&row.code.text) || TOTALS[0] == key(&row.name.text)
    };
    totals().find(named).or_else(|| totals().next_back())
}

pub(super) fn scheme(rows: &[ProjectRow<'_>]) -> Scheme {
    if rows.iter().any(|row| is_dotted(row.code())) {
        Scheme::Dotted
    } else if rows
        .iter()
        .any(|row| is_code(row.code()) && !row.is_total())
    {
        Scheme::Lettered
    } else {
        Scheme::Flat
    }
}
