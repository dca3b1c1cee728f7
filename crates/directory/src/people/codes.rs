//! How refusals about people are made.

use vocab::{FieldProblem, Problem};

use crate::DirectoryError;

/// A refusal that one field of the form is to blame for.
pub(super) fn at(field: &str, code: &str, doing: &str) -> DirectoryError {
    field_problem(field, code, doing).into()
}

/// The same as a problem, to add values to.
pub(super) fn field_problem(field: &str, code: &str, doing: &str) -> Problem {
    Problem::new(422, code, doing).at(FieldProblem::new(field, code))
}

/// There is no such thing.
pub(super) fn unknown(code: &str, doing: &str) -> DirectoryError {
    Problem::new(404, code, doing).into()
}
