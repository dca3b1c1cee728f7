//! Names of bodies that a document leaves in doubt: who may be meant, what a person decided,
//! and every text read again with that.
//!
//! A decision is remembered under the province and the words of the name
//! ([`import::words::key`]), so that every later document that writes it so is understood. It
//! is a record of its own: its versions say who decided what, and withdrawing it is a version
//! too.

mod candidates;
mod decide;

use std::collections::BTreeMap;

use directory::{Reading, UnitTree};
use serde::{Deserialize, Serialize};
use store::{ListQuery, Scope};
use vocab::{Id, Instant};

pub use candidates::{Candidate, candidates};
pub use decide::NameDecision;

use crate::declarations::BODY_NAME;
use crate::error::PlanError;
use crate::import::{Body, BodyAliases, BodyKind, Match, NamedBody};
use crate::plans::Plans;
use crate::records::{NameDoubt, Party};

/// Whom a name means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// A unit of the directory.
    Unit(Id),
    /// A set of units, by its key.
    Group(String),
    /// A body outside the directory, by its official name.
    Outside(String),
    /// Nobody decided: the name is in doubt again.
    Undecided,
}

/// What a person decided of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedName {
    /// The decision.
    pub id: Id,
    /// Its version.
    pub version: i64,
    /// The words of the name.
    pub key: String,
    /// As written where it was decided.
    pub written: String,
    /// Whom it means.
    pub means: Meaning,
    /// When.
    pub at: Instant,
}

/// The body of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct NameBody {
    key: String,
    written: String,
    means: Meaning,
}

/// Names as they are understood: the units of a day, and what was decided.
pub(crate) struct Understood<'u> {
    pub units: &'u UnitTree,
    pub decided: &'u BTreeMap<String, Meaning>,
}

impl Plans {
    /// What was decided of names, those withdrawn included, by name.
    pub async fn decided_names(&self) -> Result<Vec<DecidedName>, PlanError> {
        let all = ListQuery::new(
            BODY_NAME,
            Scope::bypass("an import understands names as the province decided them"),
        );
        let records = self.registry().all(all).await?;
        let decided = records.iter().map(|record| {
            let body: NameBody = record.read()?;
            Ok(DecidedName {
                id: record.id,
                version: record.version,
                key: words_of(&body.key),
                written: body.written,
                means: body.means,
                at: record.at,
            })
        });
        decided.collect()
    }

    /// What holds, by the words of the name.
    pub(crate) async fn meanings(&self) -> Result<BTreeMap<String, Meaning>, PlanError> {
        let decided = self.decided_names().await?.into_iter();
        let held = decided.filter(|name| name.means != Meaning::Undecided);
        Ok(held.map(|name| (name.key, name.means)).collect())
    }
}

/// Under what a decision is kept: its province and the words of its name.
fn kept_under(key: &str) -> String {
    format!("{}/{key}", directory::province())
}

fn words_of(kept: &str) -> String {
    kept.split_once('/').map_or(kept, |(_, key)| key).to_owned()
}

/// The shipped table of names with what was decided in place of what it says.
pub(crate) fn aliases(decided: &BTreeMap<String, Meaning>, units: &UnitTree) -> BodyAliases {
    let mut aliases = BodyAliases::shipped();
    for (written, means) in decided {
        let body = match means {
            // Where the unit is none today, the plan's own day tells its name.
            Meaning::Unit(id) => {
                let name = units.get(*id).map(|unit| unit.name.clone());
                Some((name.unwrap_or_else(|| written.clone()), BodyKind::Body))
            }
            Meaning::Group(key) => {
                let group = units.groups().iter().find(|group| &group.key == key);
                group.map(|group| (group.name.clone(), BodyKind::Group))
            }
            Meaning::Outside(name) => Some((name.clone(), BodyKind::Body)),
            Meaning::Undecided => None,
        };
        if let Some((name, kind)) = body {
            aliases.decide(written, Body { name, kind });
        }
    }
    aliases
}

impl Understood<'_> {
    /// A name as a plan keeps it; `within` is the unit that it stands among.
    pub(crate) fn party(&self, named: &NamedBody, within: Option<Id>) -> Party {
        let mut name = named.body.as_ref().map(|body| body.name.clone());
        let (unit, group) = match self.decided.get(&named.key) {
            Some(Meaning::Unit(id)) if self.units.get(*id).is_some() => (Some(*id), None),
            Some(Meaning::Group(key)) => (None, Some(key.clone())),
            Some(Meaning::Outside(_)) => (None, None),
            _ => match name
                .as_deref()
                .and_then(|name| self.units.resolve(name, within))
            {
                Some(Reading::Unit(id)) => (Some(id), None),
                Some(Reading::Group(group)) => (None, Some(group.key.clone())),
                None => (None, None),
            },
        };
        if let Some(unit) = unit.and_then(|id| self.units.get(id))
            && self.decided.contains_key(&named.key)
        {
            name = Some(unit.name.clone());
        }
        Party {
            written: named.written.clone(),
            name,
            unit,
            group,
        }
    }

    /// Why a name waits for a person, and the known name concerned; nothing if it does not.
    pub(crate) fn doubt(
        &self,
        named: &NamedBody,
        within: Option<Id>,
    ) -> Option<(NameDoubt, Option<String>)> {
        if self.decided.contains_key(&named.key) {
            return None;
        }
        let name = named.body.as_ref().map(|body| body.name.clone());
        match named.matched {
            Match::Unknown => Some((NameDoubt::Unknown, None)),
            Match::Near(_) => Some((NameDoubt::Near, name)),
            Match::Exact | Match::WithinGroup => {
                let party = self.party(named, within);
                let nobody = party.unit.is_none() && party.group.is_none();
                nobody.then_some((NameDoubt::Nobody, name))
            }
        }
    }

    /// The unit that a name means, if it means one.
    pub(crate) fn unit(&self, name: &str) -> Option<Id> {
        match self.units.resolve(name, None) {
            Some(Reading::Unit(id)) => Some(id),
            _ => None,
        }
    }
}
