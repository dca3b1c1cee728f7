//! The conditions of a statement that is put together from what was asked for.

use crate::engine::{Param, Statement};

/// Conditions that all hold, and what is bound to them.
#[derive(Default)]
pub(crate) struct Conditions {
    params: Vec<Param>,
    parts: Vec<String>,
}

impl Conditions {
    /// `column` compared with a value, such as `at >=`; nothing is asked without one.
    pub(crate) fn add(&mut self, comparison: &str, value: Option<impl Into<Param>>) {
        if let Some(value) = value {
            self.params.push(value.into());
            self.parts
                .push(format!("{comparison} ?{}", self.params.len()));
        }
    }

    /// A condition that binds its own values after those bound so far; nothing if there is none.
    pub(crate) fn demand(&mut self, condition: impl FnOnce(&mut Vec<Param>) -> Option<String>) {
        self.parts.extend(condition(&mut self.params));
    }

    /// Only what stands before a place: `columns` below these values together.
    pub(crate) fn before<const N: usize>(&mut self, columns: &str, place: Option<[Param; N]>) {
        if let Some(values) = place {
            let first = self.params.len() + 1;
            self.params.extend(values);
            let bound: Vec<String> = (first..first + N).map(|at| format!("?{at}")).collect();
            self.parts
                .push(format!("({columns}) < ({})", bound.join(", ")));
        }
    }

    /// The statement: `select`, the conditions, `order`, and at most so many rows (1 to 500).
    pub(crate) fn select(mut self, select: &str, order: &str, limit: usize) -> Statement {
        let limit = i64::try_from(limit.clamp(1, 500)).unwrap_or(500);
        self.params.push(limit.into());
        let conditions = if self.parts.is_empty() {
            String::new()
        } else {
            format!("WHERE {} ", self.parts.join(" AND "))
        };
        let sql = format!(
            "SELECT {select} {conditions}ORDER BY {order} LIMIT ?{}",
            self.params.len()
        );
        Statement::new(sql, self.params).planned_anew()
    }
}
