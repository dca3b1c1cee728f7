//! A hook as it is kept.

use std::collections::BTreeSet;

use directory::Act;
use serde::{Deserialize, Serialize};
use store::Position;
use vocab::{FieldProblem, Id, Instant, Problem};
use webhook::{Address, Allow};

use super::{Happening, WEBHOOK};
use crate::{
    Declaration, Field, FieldKind, Indexed, Lifecycle, Record, Registry, RegistryError, Step,
    unprintable,
};

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 200;
/// Messages go out.
pub(super) const ACTIVE: &str = "active";
/// Nothing goes out, and nothing is forgotten.
pub(super) const PAUSED: &str = "paused";

/// What somebody would have told, to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewHook {
    /// What its administrators call it.
    pub name: String,
    /// Where messages go.
    pub address: String,
    /// By whose rights; none where none was given that there is.
    pub account: Option<Id>,
    /// Of which kinds of records.
    pub kinds: BTreeSet<String>,
    /// Which happenings.
    pub happenings: BTreeSet<Happening>,
    /// Whether messages hold what the record says.
    pub whole: bool,
}

/// A secret in use, without the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookSecret {
    /// Which one, from 1.
    pub generation: u32,
    /// What tells the key that it was derived from.
    pub check: String,
    /// Until when it signs, once there is a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// What a hook's body says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HookBody {
    pub name: String,
    pub address: String,
    pub account: Id,
    pub kinds: BTreeSet<String>,
    pub happenings: BTreeSet<Happening>,
    #[serde(default)]
    pub whole: bool,
    pub secrets: Vec<HookSecret>,
    /// Why the program paused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Nothing before it is told any more: what happened while it was paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Position>,
}

/// A hook.
#[derive(Clone, Debug, PartialEq)]
pub struct Hook {
    /// Its record.
    pub record: Record,
    /// What its administrators call it.
    pub name: String,
    /// Where messages go.
    pub address: String,
    /// By whose rights.
    pub account: Id,
    /// Of which kinds of records.
    pub kinds: BTreeSet<String>,
    /// Which happenings.
    pub happenings: BTreeSet<Happening>,
    /// Whether messages hold what the record says.
    pub whole: bool,
    /// The secrets that may sign, newest first.
    pub secrets: Vec<HookSecret>,
    /// Why the program paused it: `account`, `gone` or `dead`.
    pub why: Option<String>,
    pub(super) from: Option<Position>,
}

impl Hook {
    pub(super) fn of(record: Record) -> Result<Self, RegistryError> {
        let body: HookBody = record.read()?;
        Ok(Self {
            record,
            name: body.name,
            address: body.address,
            account: body.account,
            kinds: body.kinds,
            happenings: body.happenings,
            whole: body.whole,
            secrets: body.secrets,
            why: body.why,
            from: body.from,
        })
    }

    /// Its identity.
    pub const fn id(&self) -> Id {
        self.record.id
    }

    /// Whether messages go out.
    pub fn is_active(&self) -> bool {
        self.record.state == ACTIVE
    }

    /// The secrets that sign at an instant, newest first.
    pub fn signing(&self, now: Instant) -> impl Iterator<Item = &HookSecret> {
        let counts = move |secret: &&HookSecret| secret.until.is_none_or(|until| until > now);
        self.secrets.iter().filter(counts)
    }

    pub(super) fn body(&self) -> HookBody {
        HookBody {
            name: self.name.clone(),
            address: self.address.clone(),
            account: self.account,
            kinds: self.kinds.clone(),
            happenings: self.happenings.clone(),
            whole: self.whole,
            secrets: self.secrets.clone(),
            why: self.why.clone(),
            from: self.from.clone(),
        }
    }
}

impl NewHook {
    /// Refuses what cannot be declared; else the address in its one spelling. `offered` are the
    /// kinds that may be told of beside those of packs.
    pub fn check(
        &self,
        registry: &Registry,
        allow: &Allow,
        offered: &[&str],
    ) -> Result<Address, Problem> {
        let mut fields = Vec::new();
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(unprintable) {
            fields.push(FieldProblem::new("name", "webhook-name").with("most", LONGEST_NAME));
        }
        let address = Address::read(&self.address, allow);
        if let Err(error) = &address {
            fields.push(FieldProblem::new("address", error.code()));
        }
        if self.account.is_none() {
            fields.push(FieldProblem::new("account", "webhook-account"));
        }
        let known = |kind: &String| {
            offered.contains(&kind.as_str()) || registry.systems().kind(kind).is_some()
        };
        if self.kinds.is_empty() || !self.kinds.iter().all(known) {
            fields.push(FieldProblem::new("kinds", "webhook-kinds"));
        }
        if self.happenings.is_empty() {
            fields.push(FieldProblem::new("happenings", "webhook-happenings"));
        }
        match address {
            Ok(address) if fields.is_empty() => Ok(address),
            _ => {
                let mut problem = Problem::new(422, "invalid-fields", "declaring a webhook");
                problem.fields = fields;
                Err(problem)
            }
        }
    }
}

/// What a hook is kept as.
pub(crate) fn declaration() -> Declaration {
    Declaration {
        kind: WEBHOOK,
        fields: vec![
            Field::required("name", FieldKind::Text(LONGEST_NAME)).indexed(Indexed::Shown),
            Field::required("address", FieldKind::Text(2_000)),
            Field::required("account", FieldKind::Reference),
            Field::required("kinds", FieldKind::Structure),
            Field::required("happenings", FieldKind::Structure),
            Field::required("whole", FieldKind::Flag),
            Field::required("secrets", FieldKind::Structure),
            Field::optional("why", FieldKind::Text(40)),
            Field::optional("from", FieldKind::Structure),
        ],
        order: &["name"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: ACTIVE,
            editable: &[ACTIVE, PAUSED],
            editing: Act::Operate,
            steps: vec![
                Step::plain("pause", &[ACTIVE], PAUSED, Act::Operate),
                Step::plain("give_up", &[ACTIVE], PAUSED, Act::Operate),
                Step::plain("resume", &[PAUSED], ACTIVE, Act::Operate),
            ],
        },
    }
}
