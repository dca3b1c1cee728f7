//! What the query of an address asks for: each parameter once, none left over.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use vocab::{FieldProblem, Problem};

use super::failure::refused;
use crate::http::{App, Failure};

/// The most entries of a page.
pub(super) const MOST: usize = 200;

/// The entries of a page when nobody says how many.
const USUAL: usize = 50;

/// The parameters of a query, and what was found wrong with them. Ask for every parameter,
/// then end with [`Asked::done`].
#[derive(Debug, Default)]
pub(super) struct Asked {
    pairs: Vec<(String, String)>,
    problems: Vec<FieldProblem>,
}

/// Which part of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageAsked {
    /// How many entries at most.
    pub(super) limit: usize,
    /// The mark that the page before gave.
    pub(super) after: Option<String>,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let pairs = Query::<Vec<(String, String)>>::from_request_parts(parts, app).await;
        let Query(pairs) = pairs.map_err(|rejection| {
            let about = rejection.to_string();
            refused(StatusCode::BAD_REQUEST, "query-unreadable", about)
        })?;
        Ok(Self {
            pairs,
            problems: Vec::new(),
        })
    }
}

impl Asked {
    /// Notes that something is wrong with a parameter.
    pub(super) fn wrong(&mut self, name: &str, code: &str) {
        self.problems.push(FieldProblem::new(name, code));
    }

    /// A parameter as it is; an empty one is none.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.value(name).filter(|value| !value.is_empty())
    }

    fn value(&mut self, name: &str) -> Option<String> {
        let mut values = self.pairs.extract_if(.., |(known, _)| known == name);
        let value = values.next().map(|(_, value)| value);
        if values.next().is_some() {
            drop(values);
            self.wrong(name, "parameter-twice");
            return None;
        }
        drop(values);
        value
    }

    /// A parameter that has a form of its own, which an empty one has not; `code` says what it is not.
    pub(super) fn parsed<T: FromStr>(&mut self, name: &str, code: &str) -> Option<T> {
        let text = self.value(name)?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.wrong(name, code);
        }
        parsed
    }

    /// One of a few values.
    pub(super) fn choice<T: Copy>(&mut self, name: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let chosen = choices.iter().find(|(value, _)| *value == text);
        if chosen.is_none() {
            self.wrong(name, "choice-unknown");
        }
        chosen.map(|(_, choice)| *choice)
    }

    /// `limit` and `after`.
    pub(super) fn page(&mut self) -> PageAsked {
        let limit = self.parsed("limit", "not-whole").unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            let problem = FieldProblem::new("limit", "number-range");
            self.problems
                .push(problem.with("least", 1).with("most", MOST));
        }
        PageAsked {
            limit: limit.clamp(1, MOST),
            after: self.text("after"),
        }
    }

    /// Refuses what is wrong and what was not asked for.
    pub(super) fn done(mut self) -> Result<(), Failure> {
        for (name, _) in std::mem::take(&mut self.pairs) {
            let name: String = name.chars().take(60).collect();
            let problem = FieldProblem::new(name.as_str(), "unknown-parameter");
            self.problems.push(problem.with("name", name));
        }
        if self.problems.is_empty() {
            return Ok(());
        }
        let mut problem = Problem::new(422, "invalid-parameters", "parameters of a query");
        problem.fields = self.problems;
        Err(problem.into())
    }
}

/// Parameters, where none are known.
#[derive(Debug)]
pub(super) struct NoQuery;

impl FromRequestParts<App> for NoQuery {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Asked::from_request_parts(parts, app).await?.done()?;
        Ok(Self)
    }
}

#[cfg(test)]
mod tests {
    use vocab::Id;

    use super::*;

    /// The codes of what is wrong with a query.
    fn wrong(asked: Asked) -> Vec<(String, String)> {
        let problems = asked.done().unwrap_err().problem.fields;
        problems
            .into_iter()
            .map(|problem| (problem.field, problem.code))
            .collect()
    }

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Asked {
            pairs: pairs.collect(),
            problems: Vec::new(),
        }
    }

    #[test]
    fn an_empty_text_is_none_and_what_has_a_form_is_never_empty() {
        let mut query = asked(&[("q", ""), ("unit", ""), ("limit", "")]);
        assert_eq!(query.text("q"), None);
        assert_eq!(query.parsed::<Id>("unit", "not-an-id"), None);
        assert_eq!(query.page().limit, USUAL);
        let expected = [("unit", "not-an-id"), ("limit", "not-whole")];
        let expected = expected.map(|(field, code)| (field.to_owned(), code.to_owned()));
        assert_eq!(wrong(query), expected);
    }
}
