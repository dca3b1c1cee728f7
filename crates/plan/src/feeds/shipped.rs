//! What feeds the duties and projects of the plan that ships.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use vocab::Id;

use super::{Covers, Feed};
use crate::error::PlanError;
use crate::view::PlanView;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    plan: String,
    feed: Vec<Fed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fed {
    /// How the text of a duty begins.
    duty: Option<String>,
    /// A project by annex and code: `2/1.1`.
    project: Option<String>,
    /// Indicators of systems.
    by: Vec<String>,
    #[expect(dead_code, reason = "for whoever reads the file")]
    reason: String,
}

/// Read once: every page that shows a duty asks.
static SHIPPED: LazyLock<Result<File, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../data/plan/feeds-833-2023.toml")));

/// What feeds duties and projects, by their identities.
pub(super) fn feeds(view: &PlanView) -> Result<HashMap<Id, Vec<Feed>>, PlanError> {
    let file = SHIPPED
        .as_ref()
        .map_err(|error| PlanError::Shape(format!("what feeds the plan: {error}")))?;
    let mut feeds: HashMap<Id, Vec<Feed>> = HashMap::new();
    if file.plan != view.body.symbol {
        return Ok(feeds);
    }
    for fed in &file.feed {
        let duties = view.duties.iter().filter(|duty| {
            let begins = |begin: &String| duty.body.text.starts_with(begin.as_str());
            fed.duty.as_ref().is_some_and(begins)
        });
        let projects = view.projects.iter().filter(|project| {
            let key = |code: &String| project.body.key == format!("{}#{code}", file.plan);
            fed.project.as_ref().is_some_and(key)
        });
        let items = duties
            .map(|duty| duty.id)
            .chain(projects.map(|project| project.id));
        for item in items {
            let by = fed.by.iter().map(|source| Feed {
                source: source.clone(),
                covers: Covers::All,
                version: 0,
            });
            feeds.entry(item).or_default().extend(by);
        }
    }
    Ok(feeds)
}
