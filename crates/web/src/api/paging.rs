//! Pages of lists: of those that are held in memory, and the way from one to the next.

use std::fmt::Write;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::{FieldProblem, Problem};

use super::query::PageAsked;
use crate::http::Failure;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    /// The entries.
    pub(super) items: Vec<T>,
    /// The address of the next page; absent on the last one. The header `Link` says it too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/api/v1/targets?after=50")]
    pub(super) next: Option<String>,
}

/// A part of a list that is held in memory.
pub(super) struct Part<'a, T> {
    /// The entries.
    pub(super) items: &'a [T],
    /// The mark of the last one, if more follow.
    pub(super) next: Option<String>,
}

/// The entries behind the one that `after` marks. A mark that none bears is refused.
pub(super) fn part<'a, T>(
    list: &'a [T],
    asked: &PageAsked,
    mark: impl Fn(&T) -> String,
) -> Result<Part<'a, T>, Failure> {
    let start = match &asked.after {
        None => 0,
        Some(after) => {
            let place = list.iter().position(|item| mark(item) == *after);
            place.ok_or_else(no_such_mark)? + 1
        }
    };
    let rest = list.get(start..).unwrap_or_default();
    let items = rest.get(..asked.limit).unwrap_or(rest);
    let more = items.len() < rest.len();
    Ok(Part {
        items,
        next: items.last().filter(|_| more).map(mark),
    })
}

/// `after` is no mark that a page of this list gave.
pub(super) fn no_such_mark() -> Failure {
    let problem = Problem::new(422, "invalid-parameters", "a page mark");
    problem
        .at(FieldProblem::new("after", "not-a-page-mark"))
        .into()
}

/// The address of the page behind a mark, asking for the same otherwise.
pub(super) fn next(path: &str, parameters: &[(&str, Option<String>)], mark: &str) -> String {
    let mut address = path.to_owned();
    let after = ("after", Some(mark.to_owned()));
    let mut separator = '?';
    for (name, value) in parameters.iter().chain([&after]) {
        if let Some(value) = value {
            let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
            // Writing to a string cannot fail.
            let _ = write!(address, "{separator}{name}={value}");
            separator = '&';
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pages_cover_everything_once(length in 0_u32..300, limit in 1_usize..120) {
            let list: Vec<u32> = (0..length).collect();
            let mut seen = Vec::new();
            let mut asked = PageAsked { limit, after: None };
            loop {
                let part = part(&list, &asked, u32::to_string).unwrap();
                prop_assert!(part.items.len() <= limit);
                seen.extend_from_slice(part.items);
                match part.next {
                    Some(next) => asked.after = Some(next),
                    None => break,
                }
            }
            prop_assert_eq!(seen, list);
        }
    }

    #[test]
    fn addresses_are_encoded() {
        let parameters = [("q", Some("Sở & ban".to_owned())), ("lead", None)];
        assert_eq!(
            next("/x", &parameters, "12"),
            "/x?q=S%E1%BB%9F%20%26%20ban&after=12"
        );
    }
}
